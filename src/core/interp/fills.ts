import { decide, mul, product } from '../dims';
import type { DType, NumberArg } from '../ops';
import type { Shape } from '../shapes';
import { bool, FALSE, float, int, type TensorValue, TRUE, type Value } from '../values';
import { ELEMENTWISE, elementOf } from './elementwise';
import type { Args, Machine } from './machine';
import { inMemoryOf, isSame, memoryOf } from './memory';
import { numberOf } from './scalars';

/** The number that all elements of a tensor are, or that a scalar is. */
export const fillOf = (value: Value): NumberArg | undefined => {
  if (value.kind !== 'tensor') return isNumber(value) ? value : undefined;
  const [first, ...others] = memoryOf(value) ?? [];
  if (!first || (first.kind === 'float' && first.value === undefined)) return undefined;
  return others.every((other) => isSame(first, other)) ? first : undefined;
};

const isNumber = (v: Value): v is NumberArg => v.kind === 'int' || v.kind === 'float' || v.kind === 'bool';

/** The one number that a tensor of one element holds. */
export const onlyNumber = (value: TensorValue): NumberArg | undefined => {
  if (value.elements) return value.elements.length === 1 ? value.elements[0] : undefined;
  return !value.shape.rest && value.shape.dims.every((d) => d === 1) ? fillOf(value) : undefined;
};

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));

/** Whose results hold numbers of what is given, all or some, in another order or as another type. */
const VIEWS = words(
  'view reshape flatten ravel squeeze unsqueeze expand_dims transpose t permute swapaxes swapdims movedim moveaxis ' +
    'expand expand_as broadcast_to view_as reshape_as unflatten narrow select slice chunk split tensor_split unbind ' +
    'unstack hsplit vsplit dsplit split_with_sizes diagonal as_strided detach contiguous repeat to type type_as cpu ' +
    'cuda astype cast byte bool short int long float double half bfloat16 positive data real T mT H mH rearrange ' +
    'asarray as_tensor from_numpy to_tensor atleast_1d atleast_2d atleast_3d [] ascontiguousarray',
);
const COPIES = words(
  'clone flip fliplr flipud roll tile gather index_select take take_along_dim take_along_axis rot90 ' +
    'repeat_interleave masked_select amax amin max min mean median',
);

/** Whose results may lie in the memory of what was given, but may hold other numbers: `F.unfold` pads. */
const MAY_GIVE_BACK = words('unfold dropout dropout1d dropout2d dropout3d alpha_dropout broadcast_tensors meshgrid');

export const isPicking = (name: string): boolean => VIEWS.has(name) || MAY_GIVE_BACK.has(name);

/** What an op that picks numbers, or turns them into another type, makes of what is known of a tensor. */
export const moved = (whole: Value, result: TensorValue, name: string): TensorValue => {
  if (result === whole) return result;
  const number = MAY_GIVE_BACK.has(name) ? undefined : fillOf(whole);
  const given = number && cast(number, result.dtype);
  if (!COPIES.has(name)) return inMemoryOf(result, [whole], given);
  return given ? uniform(result, given) : result;
};

/** A tensor that holds one number all over. Of a row the elements are told one by one. */
const uniform = (result: TensorValue, number: NumberArg): TensorValue => {
  const { dims, rest } = result.shape;
  const [length = 1, ...more] = dims;
  return !rest && more.length === 0 && typeof length === 'number' && length <= MOST
    ? { ...result, elements: Array.from({ length }, () => number) }
    : { ...result, fill: [number] };
};

/** More elements than these are not told one by one. */
const MOST = 256;

/** A number as it is stored; undefined where the type has another one in its place that is not worked out here. */
const cast = (number: NumberArg, dtype: DType | undefined): NumberArg | undefined => {
  const x = numberOf(number);
  if (x === undefined) return number.kind === 'int' && dtype === 'int64' ? number : undefined;
  if (dtype === undefined) return Number.isInteger(x) ? number : undefined;
  if (dtype === 'bool') return bool(x !== 0);
  const [, bits] = /^u?int(\d+)$/.exec(dtype) ?? [];
  if (bits) {
    const isInside = Math.abs(x) < 2 ** (Number(bits) - 1) && (x >= 0 || dtype !== 'uint8');
    return isInside ? elementOf(x, dtype) : undefined;
  }
  const isExact = dtype === 'float32' || dtype === 'float64' || Math.abs(x) === Infinity || isSmall(x);
  return isExact ? elementOf(x, dtype) : undefined;
};

/** Whole numbers that every type of fractions has. */
const isSmall = (x: number): boolean => Number.isInteger(x) && Math.abs(x) <= 256;

type Filler = (args: Args) => Value | undefined;

const one: Filler = () => int(1);
const zero: Filler = () => int(0);
const valueAt =
  (place: number): Filler =>
  ({ positional, keywords }) =>
    positional[place] ?? keywords.get('fill_value');

/** What tensors are filled with where they are made, by the name of who makes them. */
const FILLERS: ReadonlyMap<string, Filler> = new Map([
  ['ones', one],
  ['ones_like', one],
  ['new_ones', one],
  ['zeros', zero],
  ['zeros_like', zero],
  ['new_zeros', zero],
  ['full', valueAt(1)],
  ['full_like', valueAt(1)],
  ['new_full', valueAt(2)],
]);

/** Whether an op makes tensors that are filled with one number. */
export const isFilling = (name: string): boolean => FILLERS.has(name);

const JOINS = words('cat concat concatenate stack hstack vstack dstack column_stack row_stack');

/** What is known of the numbers of a result that are one number, or lie in memory of which something is known. */
export const filled = (m: Machine, name: string, args: Args, result: TensorValue): TensorValue => {
  const plain = name.replace(/_$/, '');
  const [whole] = args.positional;
  const made = FILLERS.get(name)?.(args);
  if (made) {
    const number = made.kind === 'tensor' ? undefined : fillOf(made);
    const stored = number && cast(number, result.dtype);
    return stored ? uniform(result, stored) : result;
  }
  if (!whole) return result;
  const isReduced = args.positional.length === 1 || !(plain === 'max' || plain === 'min');
  if (isPicking(plain) || (COPIES.has(plain) && isReduced)) return moved(whole, result, plain);
  const number = computed(m, plain, args, result);
  const stored = number && cast(number, result.dtype);
  return stored ? uniform(result, stored) : result;
};

const computed = (
  m: Machine,
  name: string,
  { positional, keywords }: Args,
  result: TensorValue,
): NumberArg | undefined => {
  const [whole, other] = positional;
  if (!whole) return undefined;
  if (JOINS.has(name)) return common(whole);
  const given = fillOf(whole);
  if (name === 'all' || name === 'any')
    return whole.kind === 'tensor' ? judged(m, name, whole.shape, given) : undefined;
  if (name === 'sum') return whole.kind === 'tensor' ? summed(whole, given, result) : undefined;
  if (keywords.size > 0 && [...keywords.keys()].some((key) => key !== 'other' && key !== 'out')) return undefined;
  const numbers = positional.map((arg) => single(fillOf(arg), whole, other));
  const [a, b] = numbers.map((number) => number && numberOf(number));
  if (BITWISE[name] && positional.every(isTruth)) return logical(BITWISE[name], a, b);
  const use = ELEMENTWISE[name];
  if (!use || numbers.length !== use.length || a === undefined || (use.length > 1 && b === undefined)) return undefined;
  const number = use(a, b ?? 0);
  return Number.isNaN(number) ? undefined : float(number);
};

/** A Python number beside a tensor of single precision is one of single precision. */
const single = (number: NumberArg | undefined, ...args: readonly (Value | undefined)[]): NumberArg | undefined =>
  number && args.some((arg) => arg?.kind === 'tensor' && arg.dtype === 'float32') ? cast(number, 'float32') : number;

const isTruth = (value: Value): boolean => value.kind === 'bool' || (value.kind === 'tensor' && value.dtype === 'bool');

type Logical = 'logical_and' | 'logical_or' | 'logical_not';

/** Of truths, what works on bits is logic. */
const BITWISE: Readonly<Record<string, Logical>> = {
  and: 'logical_and',
  bitwise_and: 'logical_and',
  or: 'logical_or',
  bitwise_or: 'logical_or',
  invert: 'logical_not',
  bitwise_not: 'logical_not',
};

/** What two truths give of which one may not be known. */
const logical = (name: Logical, a: number | undefined, b: number | undefined): NumberArg | undefined => {
  if (name === 'logical_not') return a === undefined ? undefined : bool(a === 0);
  const settles = name === 'logical_or';
  if ([a, b].some((x) => x !== undefined && (x !== 0) === settles)) return bool(settles);
  return a !== undefined && b !== undefined ? bool(!settles) : undefined;
};

/** Whether all or any of equal numbers hold: all do of no numbers, and none does. */
const judged = (m: Machine, name: 'all' | 'any', shape: Shape, given: NumberArg | undefined): NumberArg | undefined => {
  const x = given && numberOf(given);
  if (x === undefined) return undefined;
  if (name === 'all' ? x !== 0 : x === 0) return bool(x !== 0);
  return isFull(m, shape) ? bool(x !== 0) : undefined;
};

/** Whether a tensor is known to have elements. */
const isFull = (m: Machine, { dims, rest }: Shape): boolean =>
  !rest && dims.every((d) => decide(m.facts, { kind: 'lt', left: 0, right: d }) === true);

/** Equal numbers added up: how many there are may be a size that is only named. */
const summed = (
  { shape, dtype }: TensorValue,
  given: NumberArg | undefined,
  result: TensorValue,
): NumberArg | undefined => {
  const x = given && numberOf(given);
  if (x === undefined || !Number.isInteger(x) || shape.rest || result.shape.rest) return undefined;
  if (result.shape.dims.length === 0 && result.dtype === 'int64') return int(mul(x, product(shape.dims)));
  const [all, left] = [product(shape.dims), product(result.shape.dims)];
  const total = typeof all === 'number' && typeof left === 'number' && left > 0 ? (x * all) / left : Number.NaN;
  return Math.abs(total) < 2 ** 24 && dtype !== 'float16' && dtype !== 'bfloat16' ? float(total) : undefined;
};

/** The number that all the tensors of a sequence are filled with. */
const common = (value: Value): NumberArg | undefined => {
  if (value.kind !== 'tuple' && (value.kind !== 'list' || value.count !== null)) return undefined;
  const [first, ...others] = value.items.map((item) => (item.kind === 'tensor' ? fillOf(item) : undefined));
  return first && others.every((other) => other && isSame(first, other)) ? first : undefined;
};

/** Whether a number is among those of a tensor; undefined where that is not known. */
export const holdsNumber = (m: Machine, value: TensorValue, item: Value): Value | undefined => {
  const sought = isNumber(item) ? numberOf(item) : undefined;
  const numbers = memoryOf(value)?.map(numberOf);
  if (sought === undefined || !numbers || numbers.includes(undefined)) return undefined;
  if (!numbers.includes(sought)) return FALSE;
  return isFull(m, value.shape) ? TRUE : undefined;
};
