import type { TensorValue, Value } from '../values';
import { ELEMENTWISE, elementOf } from './elementwise';
import { filled, isPicking, moved } from './fills';
import type { Args, Machine } from './machine';
import { memoryOf, shareNumbers } from './memory';
import { numberOf } from './scalars';

/**
 * The numbers of small tensors that code computes sizes with (`torch.arange(depth) * w_a + w_0`), and the one number that
 * a larger one is filled with: carried through arithmetic in the precision that the library uses, so that what is rounded
 * off is the same.
 */
export const folded = (m: Machine, name: string, args: Args, result: Value): Value => {
  const told = withNumbers(m, name, args, result);
  // The flow of data goes on through the one that knows its numbers.
  if (told !== result && told.kind === 'tensor') m.trace.sources.set(told, { values: [result] });
  return told;
};

const withNumbers = (m: Machine, name: string, { positional: args, keywords }: Args, result: Value): Value => {
  if (result.kind === 'tuple' || result.kind === 'list') return parts(name, args, result);
  if (result.kind !== 'tensor') return result;
  const isPlain = keywords.size === 0 || CASTS.has(name) || [...keywords.keys()].every((key) => HARMLESS.has(key));
  return (isPlain && numbered(name, args, result)) || filled(m, name, { positional: args, keywords }, result);
};

/** What says along which axis, in which type or where an op works changes none of the numbers of a row. */
const HARMLESS: ReadonlySet<string> = new Set(
  'dim axis keepdim keepdims dtype device requires_grad name out shape size inplace'.split(' '),
);

/** A result whose numbers are known one by one. */
const numbered = (name: string, args: readonly Value[], result: TensorValue): TensorValue | undefined => {
  if (result.shape.rest) return undefined;
  if (JOINS.has(name)) return joined(args[0], result);
  const rule = RULES[name.replace(/_$/, '')];
  if (!rule || !args.some(hasElements)) return undefined;
  const columns = (CASTS.has(name) ? args.slice(0, 1) : args).map(numbersOf);
  if (columns.some((c) => c === undefined) || (ALONG.has(name) && !args.every(isRow))) return undefined;
  const known = columns.filter((c): c is readonly number[] => c !== undefined);
  const numbers = rule(known, Math.max(...known.map((c) => c.length)));
  const length = result.shape.dims.reduce<number>((n, d) => (typeof d === 'number' ? n * d : Number.NaN), 1);
  if (!numbers || numbers.length !== length) return undefined;
  // Arrays of NumPy do not tell their type; whole numbers stay whole.
  const dtype = result.dtype ?? (WHOLE.has(name) && args.every(isWhole) ? 'int64' : undefined);
  const elements = numbers.map((x) => elementOf(x, dtype));
  const [whole] = args; // A cast or another shape may lie in the same memory.
  const isShared = rule === keep && name !== 'clone' && whole && hasElements(whole);
  return { ...result, elements: isShared ? shareNumbers(whole.elements ?? [], elements) : elements };
};

/** `x.split([2, 3])` and its kin: the parts of one row of numbers, in order; or what lies in the same memory. */
const parts = (
  name: string,
  [whole]: readonly Value[],
  result: Extract<Value, { kind: 'tuple' | 'list' }>,
): Extract<Value, { kind: 'tuple' | 'list' }> => {
  if (!whole || !isPicking(name) || !memoryOf(whole)) return result;
  const elements = whole.kind === 'tensor' ? (whole.elements ?? []) : [];
  let at = 0;
  const items = result.items.map((item) => {
    if (item.kind !== 'tensor') return item;
    const [length, ...more] = item.shape.rest ? [] : item.shape.dims;
    const from = at;
    at += typeof length === 'number' ? length : Number.NaN;
    return more.length === 0 && at <= elements.length
      ? { ...item, elements: shareNumbers(elements, elements.slice(from, at)) }
      : moved(whole, item, name);
  });
  return { ...result, items };
};

const JOINS: ReadonlySet<string> = new Set(['cat', 'concat', 'concatenate']);

/** Rows of numbers one after the other. */
const joined = (given: Value | undefined, result: TensorValue): TensorValue | undefined => {
  const rows = given && areNumbered(given) ? given.items : [];
  const elements = rows.flatMap((row) => (row.kind === 'tensor' ? (row.elements ?? []) : []));
  const fits = result.shape.dims.length === 1 && result.shape.dims[0] === elements.length;
  return fits ? { ...result, elements } : undefined;
};

/** Tensors in a sequence, each of which knows its numbers. */
const areNumbered = (value: Value): value is Extract<Value, { kind: 'tuple' | 'list' }> =>
  (value.kind === 'tuple' || (value.kind === 'list' && value.count === null)) &&
  value.items.length > 0 &&
  value.items.every((item) => memoryOf(item) !== undefined);

/** Whether numbers come with an argument. */
export const bringsNumbers = (value: Value): boolean => memoryOf(value) !== undefined || areNumbered(value);

/** The numbers of an argument: a scalar is one that meets every element. */
export const numbersOf = (value: Value): readonly number[] | undefined => {
  if (value.kind !== 'tensor') {
    const number = numberOf(value);
    return number === undefined ? undefined : [number];
  }
  const numbers = (value.elements ?? value.fill)?.map(numberOf);
  return numbers?.includes(undefined) ? undefined : numbers?.filter((n): n is number => n !== undefined);
};

const isWhole = (value: Value): boolean =>
  value.kind === 'int' || (value.kind === 'tensor' && value.elements?.every(({ kind }) => kind === 'int') === true);

type Rule = (columns: readonly (readonly number[])[], length: number) => readonly number[] | undefined;

const elementwise =
  (use: (a: number, b: number) => number): Rule =>
  (columns, length) => {
    const [a = [], b = [0]] = columns;
    if (columns.length > use.length || (a.length !== 1 && a.length !== length)) return undefined;
    if (b.length !== 1 && b.length !== length) return undefined;
    return Array.from({ length }, (_, i) => use(a[a.length === 1 ? 0 : i] ?? 0, b[b.length === 1 ? 0 : i] ?? 0));
  };

const keep: Rule = ([a = []]) => a;

/** Their other arguments say what type or shape the numbers get; row by row they are the same. */
const CASTS: ReadonlySet<string> = new Set(
  'astype to type type_as cpu cuda clone detach contiguous view reshape flatten squeeze unsqueeze data'.split(' '),
);

const RULES: Readonly<Record<string, Rule>> = {
  ...Object.fromEntries(Object.entries(ELEMENTWISE).map(([name, use]) => [name, elementwise(use)])),
  byte: keep,
  bool: keep,
  short: keep,
  int: keep,
  long: keep,
  float: keep,
  double: keep,
  diff: ([a = [], ...more]) => (more.length > 0 ? undefined : a.slice(1).map((x, i) => x - (a[i] ?? 0))),
  cumsum: ([a = []]) => a.map((_, i) => a.slice(0, i + 1).reduce((x, y) => x + y, 0)),
  sum: ([a = []]) => [a.reduce((x, y) => x + y, 0)],
  max: ([a = [], ...more]) => (more.length > 0 ? undefined : [Math.max(...a)]),
  min: ([a = [], ...more]) => (more.length > 0 ? undefined : [Math.min(...a)]),
  flip: ([a = []]) => [...a].reverse(),
  prod: ([a = []]) => [a.reduce((x, y) => x * y, 1)],
  all: ([a = []]) => [Number(a.every((x) => x !== 0))],
  any: ([a = []]) => [Number(a.some((x) => x !== 0))],
  ...Object.fromEntries([...CASTS].map((name) => [name, keep])),
};

/** What goes along one axis goes from number to number where there is no other. */
const ALONG: ReadonlySet<string> = new Set(['cumsum', 'diff', 'flip']);

const isRow = (value: Value): boolean => value.kind !== 'tensor' || value.shape.dims.length === 1;

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
  '&': 'and',
  '|': 'or',
};

/** The rule that an operator before a tensor is; a plus gives the tensor itself. */
export const UNARY: Readonly<Record<string, string>> = { '-': 'neg', '~': 'invert', '+': 'positive' };

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

const hasElements = (value: Value): value is TensorValue => value.kind === 'tensor' && value.elements !== undefined;
