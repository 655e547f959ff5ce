import type { Dim } from '../dims';
import type { Arg, DType, TensorArg } from './arg';

/** Padding of a convolution as the rules see it: one number a side and axis, or the word that asks for it. */
export type Padding = 'same' | readonly Dim[];

/** What a rule's callback gets for a parameter of each kind; `?` after a kind adds `null` for Python's `None`. */
export interface Kinds {
  /** A tensor of any shape; with `[…]` behind it the axes are matched and named. */
  readonly Tensor: TensorArg;
  /** A list or tuple of tensors. */
  readonly Tensors: readonly TensorArg[];
  /** The same, where it does not matter how many there are: one tensor may stand for `times`. */
  readonly TensorList: readonly TensorArg[];
  /** Tensors one after the other, or one list of them. */
  readonly 'Tensors*': readonly TensorArg[];
  /** The other side of an elementwise op: a tensor or a number. */
  readonly operand: Arg;
  /** A Python number, as it came. */
  readonly number: Arg;
  readonly int: Dim;
  readonly bool: boolean;
  /** A number that decides no size; `undefined` when nobody knows it. */
  readonly float: number | undefined;
  readonly str: string;
  /** A number or that many of them. */
  readonly int1: readonly [Dim];
  readonly int2: readonly [Dim, Dim];
  readonly int3: readonly [Dim, Dim, Dim];
  readonly pad1: Padding;
  readonly pad2: Padding;
  readonly pad3: Padding;
  /** Target sizes; `null` keeps the axis. */
  readonly size1: readonly (Dim | null)[];
  readonly size2: readonly (Dim | null)[];
  readonly size3: readonly (Dim | null)[];
  /** A sequence of any length. */
  readonly ints: readonly Dim[];
  /** A number or a sequence of any length. */
  readonly ints1: readonly Dim[];
  /** Numbers one after the other, or one sequence of them. */
  readonly 'ints*': readonly Dim[];
  /** An axis number, possibly negative. */
  readonly dim: number;
  /** One or several axis numbers. */
  readonly dims: readonly number[];
  readonly 'dims*': readonly number[];
  /** An element type; `undefined` when nobody knows it. */
  readonly dtype: DType | undefined;
  readonly callable: Arg;
  readonly any: Arg;
  /** Values one after the other, as a tuple. */
  readonly 'any*': Arg;
}

/** The names of {@link Kinds} at run time. */
export const kindNames: ReadonlySet<string> = new Set<keyof Kinds>([
  'Tensor',
  'Tensors',
  'TensorList',
  'Tensors*',
  'operand',
  'number',
  'int',
  'bool',
  'float',
  'str',
  'int1',
  'int2',
  'int3',
  'pad1',
  'pad2',
  'pad3',
  'size1',
  'size2',
  'size3',
  'ints',
  'ints1',
  'ints*',
  'dim',
  'dims',
  'dims*',
  'dtype',
  'callable',
  'any',
  'any*',
]);
