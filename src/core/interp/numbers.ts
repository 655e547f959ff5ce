import type { DType, NumberArg } from '../ops';
import { bool, float, int, type TensorValue, type Value } from '../values';
import type { Machine } from './machine';
import { numberOf } from './scalars';
import { shareNumbers } from './shared-numbers';

/**
 * The numbers of small tensors that code computes sizes with (`torch.arange(depth) * w_a + w_0`): carried through
 * elementwise arithmetic in the precision that the library uses, so that what is rounded off is the same.
 */
export const folded = (m: Machine, name: string, args: readonly Value[], result: Value): Value => {
  const told = withNumbers(name, args, result);
  // The flow of data goes on through the one that knows its numbers.
  if (told !== result && told.kind === 'tensor') m.trace.sources.set(told, { values: [result] });
  return told;
};

const withNumbers = (name: string, args: readonly Value[], result: Value): Value => {
  if (result.kind === 'tuple' || result.kind === 'list') return parts(args[0], result);
  if (result.kind !== 'tensor') return result;
  if (result.shape.rest) return result;
  if (JOINS.has(name)) return joined(args[0], result);
  const rule = RULES[name.replace(/_$/, '')];
  if (!rule) return result;
  const columns = (CASTS.has(name) ? args.slice(0, 1) : args).map(numbersOf);
  if (columns.some((c) => c === undefined) || !args.some((a) => a.kind === 'tensor')) return result;
  const known = columns.filter((c): c is readonly number[] => c !== undefined);
  const numbers = rule(known, Math.max(...known.map((c) => c.length)));
  const length = result.shape.dims.reduce<number>((n, d) => (typeof d === 'number' ? n * d : Number.NaN), 1);
  if (!numbers || numbers.length !== length) return result;
  // Arrays of NumPy do not tell their type; whole numbers stay whole.
  const dtype = result.dtype ?? (WHOLE.has(name) && args.every(isWhole) ? 'int64' : undefined);
  const elements = numbers.map((x) => elementOf(x, dtype));
  const [whole] = args; // A cast or another shape may lie in the same memory.
  const isShared = rule === keep && whole && hasNumbers(whole);
  return { ...result, elements: isShared ? shareNumbers(whole.elements ?? [], elements) : elements };
};

/** `x.split([2, 3])` and its kin: the parts of one row of numbers, in order. */
const parts = (whole: Value | undefined, result: Extract<Value, { kind: 'tuple' | 'list' }>): Value => {
  if (!whole || !hasNumbers(whole)) return result;
  const { elements = [] } = whole;
  let at = 0;
  const items: Value[] = [];
  for (const item of result.items) {
    const [length, ...more] = item.kind === 'tensor' && !item.shape.rest ? item.shape.dims : [];
    if (item.kind !== 'tensor' || typeof length !== 'number' || more.length > 0) return result;
    items.push({ ...item, elements: shareNumbers(elements, elements.slice(at, at + length)) });
    at += length;
  }
  return at === elements.length ? { ...result, items } : result;
};

const JOINS: ReadonlySet<string> = new Set(['cat', 'concat', 'concatenate']);

/** Rows of numbers one after the other. */
const joined = (given: Value | undefined, result: TensorValue): Value => {
  const rows = given && areNumbered(given) ? given.items : [];
  const elements = rows.flatMap((row) => (row.kind === 'tensor' ? (row.elements ?? []) : []));
  const fits = result.shape.dims.length === 1 && result.shape.dims[0] === elements.length;
  return fits ? { ...result, elements } : result;
};

/** Tensors in a sequence, each of which knows its numbers. */
const areNumbered = (value: Value): value is Extract<Value, { kind: 'tuple' | 'list' }> =>
  (value.kind === 'tuple' || (value.kind === 'list' && value.count === null)) &&
  value.items.length > 0 &&
  value.items.every(hasNumbers);

/** Whether numbers come with an argument. */
export const bringsNumbers = (value: Value): boolean => hasNumbers(value) || areNumbered(value);

/** The numbers of an argument: a scalar is one that meets every element. */
export const numbersOf = (value: Value): readonly number[] | undefined => {
  if (value.kind !== 'tensor') {
    const number = numberOf(value);
    return number === undefined ? undefined : [number];
  }
  const numbers = value.elements?.map(numberOf);
  return numbers?.includes(undefined) ? undefined : numbers?.filter((n): n is number => n !== undefined);
};

export const elementOf = (x: number, dtype: DType | undefined): NumberArg => {
  if (dtype === 'bool') return bool(x !== 0);
  if (dtype?.startsWith('int') || dtype === 'uint8') return int(Math.trunc(x));
  return float(dtype === 'float32' ? Math.fround(x) : x);
};

const isWhole = (value: Value): boolean =>
  value.kind === 'int' || (value.kind === 'tensor' && value.elements?.every(({ kind }) => kind === 'int') === true);

type Rule = (columns: readonly (readonly number[])[], length: number) => readonly number[] | undefined;

const elementwise =
  (use: (a: number, b: number) => number): Rule =>
  ([a = [], b = [0]], length) => {
    if ((a.length !== 1 && a.length !== length) || (b.length !== 1 && b.length !== length)) return undefined;
    return Array.from({ length }, (_, i) => use(a[a.length === 1 ? 0 : i] ?? 0, b[b.length === 1 ? 0 : i] ?? 0));
  };

/** Halves go to the even neighbour. */
const halfEven = (x: number): number => {
  const low = Math.floor(x);
  if (x - low !== 0.5) return Math.round(x);
  return low % 2 === 0 ? low : low + 1;
};

const divide = elementwise((a, b) => a / b);
const keep: Rule = ([a = []]) => a;

const holds = (test: (a: number, b: number) => boolean): Rule => elementwise((a, b) => Number(test(a, b)));

/** Their other arguments say what type or shape the numbers get; row by row they are the same. */
const CASTS: ReadonlySet<string> = new Set(
  'astype to type type_as cpu cuda clone detach contiguous view reshape flatten squeeze unsqueeze'.split(' '),
);

const RULES: Readonly<Record<string, Rule>> = {
  add: elementwise((a, b) => a + b),
  sub: elementwise((a, b) => a - b),
  mul: elementwise((a, b) => a * b),
  multiply: elementwise((a, b) => a * b),
  div: divide,
  divide,
  true_divide: divide,
  floor_divide: elementwise((a, b) => Math.floor(a / b)),
  remainder: elementwise((a, b) => a - b * Math.floor(a / b)),
  pow: elementwise((a, b) => a ** b),
  power: elementwise((a, b) => a ** b),
  round: elementwise(halfEven),
  floor: elementwise(Math.floor),
  ceil: elementwise(Math.ceil),
  trunc: elementwise(Math.trunc),
  log: elementwise((a) => Math.log(a)),
  log2: elementwise((a) => Math.log2(a)),
  exp: elementwise((a) => Math.exp(a)),
  sqrt: elementwise((a) => Math.sqrt(a)),
  abs: elementwise((a) => Math.abs(a)),
  neg: elementwise((a) => -a),
  byte: keep,
  bool: keep,
  short: keep,
  int: keep,
  long: keep,
  float: keep,
  double: keep,
  diff: ([a = []]) => a.slice(1).map((x, i) => x - (a[i] ?? 0)),
  cumsum: ([a = []]) => a.map((_, i) => a.slice(0, i + 1).reduce((x, y) => x + y, 0)),
  sum: ([a = []]) => [a.reduce((x, y) => x + y, 0)],
  max: ([a = [], ...more]) => (more.length > 0 ? undefined : [Math.max(...a)]),
  min: ([a = [], ...more]) => (more.length > 0 ? undefined : [Math.min(...a)]),
  flip: ([a = []]) => [...a].reverse(),
  eq: holds((a, b) => a === b),
  ne: holds((a, b) => a !== b),
  lt: holds((a, b) => a < b),
  le: holds((a, b) => a <= b),
  gt: holds((a, b) => a > b),
  ge: holds((a, b) => a >= b),
  prod: ([a = []]) => [a.reduce((x, y) => x * y, 1)],
  ...Object.fromEntries([...CASTS].map((name) => [name, keep])),
};

/** Rules that give whole numbers for whole numbers. */
const WHOLE: ReadonlySet<string> = new Set(
  'add sub mul multiply floor_divide remainder pow power abs neg diff cumsum sum max min flip prod reshape flatten squeeze'.split(
    ' ',
  ),
);

/** The rule that an operator is. */
export const OPERATORS: Readonly<Record<string, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'div',
  '//': 'floor_divide',
  '%': 'remainder',
  '**': 'pow',
};

/** The rule that a comparison is. */
export const RELATIONS = { '==': 'eq', '!=': 'ne', '<': 'lt', '<=': 'le', '>': 'gt', '>=': 'ge' } as const;

/** `linspace(start, end, steps)` as the library computes it: from either end towards the middle, in single precision. */
export const linspace = (start: number, end: number, steps: number): readonly number[] => {
  const f = Math.fround;
  if (steps === 1) return [f(start)];
  const step = f((f(end) - f(start)) / (steps - 1));
  return Array.from({ length: steps }, (_, i) =>
    i < steps / 2 ? f(f(start) + f(step * i)) : f(f(end) - f(step * (steps - i - 1))),
  );
};

export const hasNumbers = (value: Value): value is TensorValue =>
  value.kind === 'tensor' && value.elements !== undefined;
