import type { Dim, Ratio } from '../dims';
import type { Shape } from '../shapes';

export type Library = 'torch' | 'paddle';

/** Where a tensor or an op is at home: NumPy is no library of layers, but its arrays turn up on the way to tensors. */
export type Home = Library | 'numpy';

/** Element types under PyTorch's names; Paddle's are the same words. */
export type DType =
  | 'float16'
  | 'bfloat16'
  | 'float32'
  | 'float64'
  | 'complex64'
  | 'complex128'
  | 'uint8'
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'bool';

/**
 * A tensor whose values are not known.
 *
 * `origin` names the entry (an input of `forward`) that this tensor *is* or whose shape it keeps, so that what an op
 * demands of it reaches the entry. `layout` says how the elements lie in memory: row by row, or with these strides;
 * absent where nobody knows. `dtype` is absent where nobody knows.
 */
export interface TensorArg {
  readonly kind: 'tensor';
  readonly lib: Home;
  readonly shape: Shape;
  readonly dtype?: DType;
  readonly layout?: 'contiguous' | readonly Dim[];
  readonly origin?: string;
  /** The numbers, in row order, where the source says them (`torch.tensor([1, 2])`). */
  readonly elements?: readonly NumberArg[];
  /** Instead of `elements`, the one number that every element is (`torch.ones(b, n)`). */
  readonly fill?: readonly NumberArg[];
  /** What it holds in a run that computes; tensors that share memory share it. */
  readonly store?: Store;
  /** How often it stands in a list whose length nobody knows. */
  readonly times?: Dim;
}

/** The numbers of a tensor of known sizes, in row order. */
export interface Store {
  readonly data: Float64Array;
}

/** A Python number. */
export type NumberArg = Extract<Arg, { kind: 'int' | 'float' | 'bool' }>;

/**
 * What an op can be given and can answer: the part of Python's values that needs no heap. The interpreter's own union
 * of values holds these same objects.
 */
export type Arg =
  | { readonly kind: 'none' }
  | { readonly kind: 'bool'; readonly value: boolean }
  /** Every int is a size: a known one is a plain number. */
  | { readonly kind: 'int'; readonly value: Dim }
  /** A known number, an exact quotient of sizes, or a float nobody knows (`value` absent); where announced, an int too; where imaginary, a complex number. */
  | {
      readonly kind: 'float';
      readonly value?: number;
      readonly ratio?: Ratio;
      readonly announced?: true;
      readonly imaginary?: true;
    }
  | { readonly kind: 'str'; readonly value: string }
  /** `names` where it is a named tuple: `x.max(1).values`. */
  | { readonly kind: 'tuple'; readonly items: readonly Arg[]; readonly names?: readonly string[] }
  /** A list as it is at the moment of the call. */
  | { readonly kind: 'sequence'; readonly items: readonly Arg[] }
  | { readonly kind: 'slice'; readonly lower: Arg; readonly upper: Arg; readonly step: Arg }
  | { readonly kind: 'ellipsis' }
  | { readonly kind: 'dtype'; readonly name: DType }
  | { readonly kind: 'device' }
  | TensorArg
  /** A function, class or layer, given to an op that takes one (`activation=F.relu`). */
  | { readonly kind: 'callable'; readonly name: string }
  /** Any other object (a generator, a `ParamAttr`, an initialiser), told by the name of its class, with what is known of it. */
  | { readonly kind: 'other'; readonly name: string; readonly fields?: ReadonlyMap<string, Arg> }
  /**
   * `many` where it is a sequence of unknown length: its elements, each as often as it stands there; `likely` the tensor
   * that it is if it is one.
   */
  | { readonly kind: 'unknown'; readonly why: string; readonly many?: readonly Many[]; readonly likely?: TensorArg };

export interface Many {
  readonly item: Arg;
  readonly times: Dim;
}

export interface CallArgs {
  readonly positional: readonly Arg[];
  readonly keywords: ReadonlyMap<string, Arg>;
}
