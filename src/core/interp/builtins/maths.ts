import { ceilRatio, type Dim, type Facts, floorRatio, type Ratio, type Rounding, truncRatio } from '../../dims';
import { float, int, NONE, type TensorValue, unknown, type Value } from '../../values';
import { distribute, resolve } from '../branch';
import { iterate } from '../iteration';
import { numbersOf } from '../numbers';
import { binaryOperation, ratioOf } from '../operators';
import { numberOf } from '../scalars';
import { type Native, type NativeTable, unclear } from './native';
import { sizeOf, wholeValue } from './numbers';

const NODE = { start: 0, end: 0 };
const EXPR = { kind: 'ErrorExpr', start: 0, end: 0 } as const;

const rounding =
  (
    constant: (x: number) => number,
    symbolic: (r: Ratio, facts: Facts) => Dim | undefined,
    way: Rounding = 'down',
  ): Native =>
  ({ m, at }) =>
    distribute(m, at(0) ?? NONE, (v) => {
      if (v.kind === 'int') return wholeValue(way, v);
      const number = numberOf(v);
      if (number !== undefined) return int(constant(number));
      const ratio = ratioOf(v);
      const size = ratio && symbolic(ratio, m.facts);
      return int(size ?? m.context.unknownSize('a rounded number that is not known'));
    });

const real =
  (use: (...x: readonly number[]) => number): Native =>
  ({ m, args }) => {
    const numbers = args.positional.map((v) => numberOf(resolve(m, v)));
    return numbers.includes(undefined)
      ? { kind: 'float' }
      : float(use(...numbers.filter((n): n is number => n !== undefined)));
  };

/** A function of known integers. */
const whole =
  (use: (...x: readonly number[]) => number): Native =>
  ({ m, args }) => {
    const numbers = args.positional.map((v) => numberOf(resolve(m, v)));
    if (numbers.includes(undefined)) return int(m.context.unknownSize('a number that is not known'));
    return int(use(...numbers.filter((n): n is number => n !== undefined)));
  };

const prod: Native = ({ m, at, node }) => {
  const { items, count } = iterate(m, resolve(m, at(0) ?? NONE), node ?? NODE);
  if (count !== null) return int(m.context.unknownSize('a product'));
  return items.reduce((a, b) => binaryOperation(m, '*', a, b, EXPR), int(1));
};

const gcd = (a: number, b: number): number => (b === 0 ? Math.abs(a) : gcd(b, a % b));
const lcm = whole((...all) => all.reduce((a, b) => (a && b ? Math.abs(a * b) / gcd(a, b) : 0), 1));
const greatest = whole((...all) => all.reduce(gcd, 0));

/** A function of NumPy's that takes arrays as well: only what numbers give is told. */
const ofNumbers =
  (use: Native): Native =>
  (call) =>
    call.args.positional.every((v) => ['int', 'bool'].includes(resolve(call.m, v).kind))
      ? use(call)
      : unknown('a function of arrays');

/** A function of NumPy's, which takes arrays as well: those have the shape of what was given. */
const numpyReal =
  (use: (x: number) => number): Native =>
  ({ m, at }) => {
    const given = resolve(m, at(0, 'x') ?? NONE);
    if (given.kind === 'tensor') {
      const { elements, fill: _, ...rest } = given;
      const numbers = elements && numbersOf(given)?.map((x) => float(use(x)));
      return { ...rest, lib: 'numpy', dtype: 'float64', ...(numbers && { elements: numbers }) };
    }
    const number = numberOf(given);
    if (number !== undefined) return float(use(number));
    return sizeOf(given) !== undefined || given.kind === 'float' ? { kind: 'float' } : unknown('an array');
  };

/** `numpy.linspace`: a row of floats, with its numbers where the ends are known. */
const spaced: Native = ({ m, at }) => {
  const [from, to] = [at(0, 'start'), at(1, 'stop')].map((v) => numberOf(resolve(m, v ?? NONE)));
  const count = sizeOf(resolve(m, at(2, 'num') ?? int(50)));
  const shape = { dims: [count ?? m.context.unknownSize('linspace()')] };
  const row: TensorValue = { kind: 'tensor', lib: 'numpy', shape, dtype: 'float64' };
  if (typeof count !== 'number' || from === undefined || to === undefined) return row;
  const step = count > 1 ? (to - from) / (count - 1) : 0;
  const numbers = Array.from({ length: count }, (_, i) => (i > 0 && i === count - 1 ? to : from + i * step));
  return { ...row, elements: numbers.map(float) };
};

/** A function of a row of numbers that gives another; whole numbers of whole numbers, unless it gives places. */
const ofRow =
  (use: (row: readonly number[]) => readonly number[] | undefined, gives?: 'places'): Native =>
  ({ m, at, args }) => {
    const items = rowOf(resolve(m, at(0, 'a') ?? NONE));
    const numbers = items?.map(numberOf).filter((n) => n !== undefined);
    const asWritten = args.positional.length === 1 && [...args.keywords.keys()].every((name) => name === 'a');
    const found = items && numbers?.length === items.length && asWritten ? use(numbers) : undefined;
    if (!items || !found) return unknown('a function of an array');
    const whole = gives !== undefined || items.every((item) => item.kind === 'int');
    return {
      kind: 'tensor',
      lib: 'numpy',
      shape: { dims: [found.length] },
      dtype: whole ? 'int64' : 'float64',
      elements: found.map((x) => (whole ? int(x) : float(x))),
    };
  };

/** The elements of an array of one axis, or of a list. */
const rowOf = (given: Value): readonly Value[] | undefined => {
  if (given.kind === 'tensor') return given.shape.dims.length === 1 ? given.elements : undefined;
  return given.kind === 'tuple' || (given.kind === 'list' && given.count === null) ? given.items : undefined;
};

/** `argsort`: equal numbers come in an order that nobody promises. */
const sortedPlaces = (row: readonly number[]): readonly number[] | undefined =>
  new Set(row).size < row.length ? undefined : [...row.keys()].sort((i, j) => (row[i] ?? 0) - (row[j] ?? 0));

const running = (combine: (a: number, b: number) => number) => (row: readonly number[]) =>
  row.map((_, i) => row.slice(0, i + 1).reduce(combine));

/** The number of bits that a whole number takes, without its sign. */
const bits: Native = ({ m, self }) => {
  const number = self && numberOf(resolve(m, self));
  return int(
    number === undefined
      ? m.context.unknownSize('bit_length()')
      : Math.abs(number).toString(2).length - (number ? 0 : 1),
  );
};

export const maths: NativeTable = {
  'int.bit_length': bits,
  'math.ceil': rounding(Math.ceil, ceilRatio, 'up'),
  'math.floor': rounding(Math.floor, floorRatio),
  'math.trunc': rounding(Math.trunc, truncRatio),
  'math.sqrt': real(Math.sqrt),
  'math.log': real((x, b) => (b === undefined ? Math.log(x) : Math.log(x) / Math.log(b))),
  'math.log2': real(Math.log2),
  'math.log10': real(Math.log10),
  'math.exp': real(Math.exp),
  'math.pow': real((a = 0, b = 0) => a ** b),
  'math.cos': real(Math.cos),
  'math.sin': real(Math.sin),
  'math.tan': real(Math.tan),
  'math.tanh': real(Math.tanh),
  'math.fabs': real(Math.abs),
  'math.hypot': real(Math.hypot),
  'math.fmod': real((a = 0, b = 0) => a % b),
  'math.copysign': real((a = 0, b = 0) => Math.abs(a) * (b < 0 || Object.is(b, -0) ? -1 : 1)),
  'math.log1p': real(Math.log1p),
  'math.degrees': real((x) => (x * 180) / Math.PI),
  'math.lcm': lcm,
  'numpy.lcm': ofNumbers(lcm),
  'math.perm': whole((n = 0, k = n) => Array.from({ length: k }, (_, i) => n - i).reduce((a, b) => a * b, 1)),
  'math.erf': () => ({ kind: 'float' }),
  'math.atan2': real(Math.atan2),
  'math.radians': real((x) => (x * Math.PI) / 180),
  'math.isclose': unclear('isclose()'),
  'math.prod': prod,
  'math.gcd': greatest,
  'numpy.gcd': ofNumbers(greatest),
  'math.comb': whole((n = 0, k = 0) =>
    Array.from({ length: k }, (_, i) => i).reduce((c, i) => (c * (n - i)) / (i + 1), 1),
  ),
  'math.factorial': whole((n = 0) => Array.from({ length: n }, (_, i) => i + 1).reduce((a, b) => a * b, 1)),
  'math.isqrt': ({ m, at }) => {
    const number = numberOf(resolve(m, at(0) ?? NONE));
    return int(number === undefined ? m.context.unknownSize('isqrt()') : Math.floor(Math.sqrt(number)));
  },
  'numpy.prod': (call) => {
    // Along an axis it is as many numbers as the others have.
    if (call.args.keywords.has('axis')) return unknown('products along an axis');
    const given = resolve(call.m, call.at(0, 'a') ?? NONE);
    if (given.kind === 'int' || given.kind === 'float') return given;
    const isRow = given.kind === 'tensor' && given.elements !== undefined && given.shape.dims.length === 1;
    return given.kind === 'tensor' && !isRow ? unknown('a product of numbers of an array') : prod(call);
  },
  'numpy.ceil': numpyReal(Math.ceil),
  'numpy.floor': numpyReal(Math.floor),
  'numpy.sqrt': numpyReal(Math.sqrt),
  'numpy.log2': numpyReal(Math.log2),
  'numpy.log': numpyReal(Math.log),
  'numpy.log10': numpyReal(Math.log10),
  'numpy.exp': numpyReal(Math.exp),
  'numpy.diff': ofRow((row) => row.slice(1).map((x, i) => x - (row[i] ?? 0))),
  'numpy.cumsum': ofRow(running((a, b) => a + b)),
  'numpy.cumprod': ofRow(running((a, b) => a * b)),
  'numpy.sort': ofRow((row) => row.toSorted((a, b) => a - b)),
  'numpy.unique': ofRow((row) => [...new Set(row)].sort((a, b) => a - b)),
  'numpy.flip': ofRow((row) => row.toReversed()),
  'numpy.argsort': ofRow(sortedPlaces, 'places'),
  'numpy.linspace': spaced,
};
