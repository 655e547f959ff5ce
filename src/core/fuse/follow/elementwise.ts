import { count, filled, mapped, stridesOf, type Tensor } from '../tensor';
import { held, type Numeric, numberOf } from './call';

/** The shape that two shapes broadcast to; undefined where they do not meet. */
export const broadcastShape = (a: readonly number[], b: readonly number[]): readonly number[] | undefined => {
  const rank = Math.max(a.length, b.length);
  const sizes: number[] = [];
  for (let i = 0; i < rank; i++) {
    const [x, y] = [a[i - rank + a.length] ?? 1, b[i - rank + b.length] ?? 1];
    if (x !== y && x !== 1 && y !== 1) return undefined;
    sizes.push(x === 1 ? y : x);
  }
  return sizes;
};

/** A tensor spread over a larger shape. */
export const spreadOver = (t: Tensor, shape: readonly number[]): Tensor => {
  const own = stridesOf(t.shape);
  const wide = stridesOf(shape);
  const lead = shape.length - t.shape.length;
  return filled(shape, (index) => {
    let at = 0;
    for (let i = 0; i < t.shape.length; i++) {
      const place = Math.floor(index / (wide[i + lead] ?? 1)) % (shape[i + lead] ?? 1);
      if (t.shape[i] !== 1) at += place * (own[i] ?? 0);
    }
    return t.data[at] ?? Number.NaN;
  });
};

/** A function of two numbers on two tensors that broadcast. */
export const pairwise = (
  a: Tensor | undefined,
  b: Tensor | undefined,
  f: (x: number, y: number) => number,
): Tensor | undefined => {
  const shape = a && b && broadcastShape(a.shape, b.shape);
  if (!a || !b || !shape || count(shape) > 4_000_000) return undefined;
  const [x, y] = [spreadOver(a, shape), spreadOver(b, shape)];
  return filled(shape, (i) => f(x.data[i] ?? Number.NaN, y.data[i] ?? Number.NaN));
};

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
const clip = (x: number, low: number, high: number): number => Math.min(Math.max(x, low), high);

/** The error function by its series, to the last digits for what layers give. */
const erf = (x: number): number => {
  if (Math.abs(x) > 5) return Math.sign(x);
  let [sum, term] = [x, x];
  for (let n = 1; n < 120; n++) {
    term *= (-x * x) / n;
    sum += term / (2 * n + 1);
  }
  return (2 / Math.sqrt(Math.PI)) * sum;
};

const UNARY: Readonly<Record<string, (x: number) => number>> = {
  relu: (x) => Math.max(x, 0),
  relu6: (x) => clip(x, 0, 6),
  sigmoid,
  silu: (x) => x * sigmoid(x),
  swish: (x) => x * sigmoid(x),
  gelu: (x) => (x * (1 + erf(x / Math.SQRT2))) / 2,
  mish: (x) => x * Math.tanh(Math.log1p(Math.exp(x))),
  hardswish: (x) => (x * clip(x + 3, 0, 6)) / 6,
  hardsigmoid: (x) => clip(x + 3, 0, 6) / 6,
  tanh: Math.tanh,
  sqrt: Math.sqrt,
  rsqrt: (x) => 1 / Math.sqrt(x),
  reciprocal: (x) => 1 / x,
  abs: Math.abs,
  neg: (x) => -x,
  exp: Math.exp,
  log: Math.log,
  square: (x) => x * x,
};

/** What functions of two numbers make of them, by their names. */
export const BINARY: Readonly<Record<string, (x: number, y: number) => number>> = {
  add: (x, y) => x + y,
  sub: (x, y) => x - y,
  subtract: (x, y) => x - y,
  mul: (x, y) => x * y,
  multiply: (x, y) => x * y,
  div: (x, y) => x / y,
  divide: (x, y) => x / y,
  true_divide: (x, y) => x / y,
  pow: (x, y) => x ** y,
  power: (x, y) => x ** y,
  maximum: Math.max,
  minimum: Math.min,
};

const SIGNS: Readonly<Record<string, string>> = { '+': 'add', '-': 'sub', '*': 'mul', '/': 'div', '**': 'pow' };

const unary =
  (f: (x: number) => number): Numeric =>
  ({ subject }) => {
    const x = held(subject);
    return x && mapped(x, f);
  };

const binary =
  (f: (x: number, y: number) => number): Numeric =>
  ({ subject, arg }) => {
    const alpha = arg('alpha');
    if (alpha && numberOf(alpha) !== 1) return undefined;
    const other = arg('other', 'y', 'exponent', 'x2');
    return other === subject ? undefined : pairwise(held(subject), held(other), f);
  };

const operator =
  (f: (x: number, y: number) => number): Numeric =>
  ({ arg }) =>
    pairwise(held(arg('0')), held(arg('1')), f);

const first: Numeric = ({ arg }) => held(arg('0'));

/** Functions and operators that act on each number by itself. */
export const ELEMENTWISE: Readonly<Record<string, Numeric>> = {
  ...Object.fromEntries(Object.entries(UNARY).map(([name, f]) => [name, unary(f)])),
  ...Object.fromEntries(Object.entries(BINARY).map(([name, f]) => [name, binary(f)])),
  ...Object.fromEntries(Object.entries(SIGNS).map(([sign, name]) => [sign, operator(BINARY[name] ?? Math.max)])),
  '-x': ({ arg }) => {
    const x = held(arg('0'));
    return x && mapped(x, (value) => -value);
  },
  '+x': first,
};
