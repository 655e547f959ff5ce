import type { Arg, TensorArg } from '../../ops';
import type { LayerOperator } from '../operator';
import { type CallRead, operatorOf } from '../read';
import { filled, type Tensor } from '../tensor';

/** A call whose tensors hold numbers, by the names of its parameters. */
export interface NumericCall {
  readonly name: string;
  readonly lib: 'torch' | 'paddle' | 'numpy';
  /** The first of these parameters that the call has. */
  readonly arg: (...names: readonly string[]) => Arg | undefined;
  /** What the call is about: its first argument. */
  readonly subject: Arg | undefined;
  /** The shape of its output; undefined where it has several or none. */
  readonly shape: readonly number[] | undefined;
  readonly read: CallRead;
}

/** What a call computes: the number of all outputs; undefined where it cannot be told. */
export type Numeric = (call: NumericCall) => Tensor | readonly Tensor[] | undefined;

/** The sizes of a tensor, where all are numbers. */
export const sizesOf = ({ shape }: Pick<TensorArg, 'shape'>): readonly number[] | undefined => {
  const sizes = shape.dims.filter((d) => typeof d === 'number');
  return shape.rest || sizes.length !== shape.dims.length ? undefined : sizes;
};

/** A tensor as it is held, a number as a tensor without axes, nested lists of numbers as they are written. */
export const held = (arg: Arg | undefined): Tensor | undefined => {
  if (arg?.kind === 'tensor') {
    const shape = sizesOf(arg);
    if (!shape) return undefined;
    if (arg.store) return { shape, data: arg.store.data };
    const listed = arg.elements?.map(numberOf);
    return listed && !listed.includes(undefined) ? filled(shape, (i) => listed[i] ?? Number.NaN) : undefined;
  }
  if (arg?.kind === 'tuple' || arg?.kind === 'sequence') return stacked(arg.items.map(held));
  const number = arg && numberOf(arg);
  return number === undefined ? undefined : filled([], () => number);
};

/** Tensors of one shape along a new first axis. */
export const stacked = (parts: readonly (Tensor | undefined)[]): Tensor | undefined => {
  const [first] = parts;
  if (!first || parts.some((p) => p?.shape.join() !== first.shape.join())) return undefined;
  return {
    shape: [parts.length, ...first.shape],
    data: Float64Array.from(parts.flatMap((p) => [...(p?.data ?? [])])),
  };
};

/** A Python number. */
export const numberOf = (arg: Arg): number | undefined => {
  if (arg.kind === 'bool') return arg.value ? 1 : 0;
  if (arg.kind === 'float') return arg.value;
  return arg.kind === 'int' && typeof arg.value === 'number' ? arg.value : undefined;
};

/** One integer, or a list of them. */
export const integers = (arg: Arg | undefined): readonly number[] | undefined => {
  if (arg?.kind === 'tensor') return arg.shape.dims.length < 2 ? [...(held(arg)?.data ?? [])] : undefined;
  const items = arg?.kind === 'tuple' || arg?.kind === 'sequence' ? arg.items : arg ? [arg] : [];
  const [only] = items;
  if (items.length === 1 && (only?.kind === 'tuple' || only?.kind === 'sequence')) return integers(only);
  const numbers = items.map(numberOf).filter((n): n is number => n !== undefined);
  return numbers.length === items.length ? numbers : undefined;
};

/** The affine map that a call is. */
export const affine = ({ read }: NumericCall): LayerOperator | undefined => operatorOf(read, []);

/** An axis counted from the front. */
export const axisAt = (axis: number, rank: number): number => (axis < 0 ? axis + rank : axis);
