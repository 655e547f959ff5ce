import type { Dim } from '../dims';
import type { Shape } from '../shapes';
import type { Arg, DType, Home, TensorArg } from './arg';
import type { Call } from './call';
import type { AxisCode } from './codes';
import type { Env, Free, LayerEnv, Misspelt, Solved } from './env';

/** A text in both languages. */
export interface Words {
  readonly en: string;
  readonly zh: string;
}

/** How the result's element type follows: `same` as the first tensor's, the promoted one, a floating one, the real one of
 * a complex one, or a fixed one. Without a rule it is that of the inputs where they share a floating one. */
export type DTypeRule = 'same' | 'promote' | 'float' | 'real' | 'unknown' | DType;

/**
 * Element types that an op takes: fractions, real or complex (`float`); real fractions; those or bytes (`pixel`); no
 * fractions (`whole`); anything but truth values (`number`), but complex numbers (`real`), or but either (`real number`).
 */
export type Need = 'float' | 'real float' | 'pixel' | 'whole' | 'number' | 'real' | 'real number';

type Laid = 'contiguous' | 'unknown';

/** What every row says besides its rule. */
export interface Entry extends Words {
  /** One or more examples that run as tests: `(8, 10), (4, 10) -> (8, 4)`; after the arrow a `!code` for a fault. */
  readonly eg: string | readonly string[];
  /** The computation, in mathematical notation. */
  readonly formula?: string;
  readonly dtype?: DTypeRule;
  /** How the result lies in memory: row by row if the inputs do (default), or nobody knows. */
  readonly layout?: Laid | ((inputs: readonly TensorArg[]) => Laid);
  /** The fault that a clash of this axis is, where `size-mismatch` says too little. */
  readonly faults?: Readonly<Record<string, AxisCode>>;
  /** What the first tensor must hold. */
  readonly needs?: Need;
  /** Parameters whose element types must agree; 16- and 32-bit floats may meet under autocast. */
  readonly alike?: string;
  /** A twin `name_` that works in place exists; with `becomes` the tensor takes on whatever the result is. */
  readonly inplace?: boolean | 'becomes';
  /** Further names, each a full path. */
  readonly aliases?: readonly string[];
  /** The layer that a constructor of another name makes: `Embedding.from_pretrained`. */
  readonly makes?: string;
  /** Facts worth telling beside the meaning: traps, relations to other ops. */
  readonly remarks?: readonly Words[];
  /** The op of the other library that does the same. */
  readonly twin?: Twin;
}

/** An op of another library, told to those who carry models over. */
export interface Twin {
  readonly path: string;
  /** What is not the same there; absent where nothing but names differs. */
  readonly differs?: Words;
}

interface Telling<E> {
  /** What the library refuses, whatever the rule says. What nobody knows is passed over here. */
  check?(e: E, call: Call): void;
  /** Multiply–adds × 2 and the like, for one call. */
  flops?(e: E, result: Shape): Dim | undefined;
  /** The axes that the caller names, with what they are in this call. */
  axes?(e: E, call: Call): ReadonlyMap<string, Dim> | undefined;
}

interface Noting<E> {
  /** The sentence of this very call. */
  note?(e: E): Words | undefined;
}

type OpRule<S extends string> = S extends `${string} -> Tensor`
  ? { shape(e: Env<S>, call: Call): Shape | undefined }
  : S extends `${string} -> any`
    ? { value(e: Env<S>, call: Call): Arg | undefined }
    : [Free<S>] extends [never]
      ? { where?(e: Env<S>, call: Call): Solved<S> | undefined }
      : { where(e: Env<S>, call: Call): Solved<S> | undefined };

/** A row of an op table, typed by its own signature. */
export type Row<S extends string> = [Misspelt<S>] extends [never]
  ? Entry & Telling<Env<S>> & Noting<Env<S>> & OpRule<S>
  : { readonly unknownKind: Misspelt<S> };

/** Parameter shapes in the library's own order; `false` or `null` where this instance has none. */
export type ParamShapes = Readonly<Record<string, readonly Dim[] | Shape | false | null | undefined>>;

/** How a parameter is filled when it is made. */
export type Init =
  | 'fan-in'
  | 'transposed-fan-in'
  | 'bias-fan-in'
  | 'ones'
  | 'zeros'
  | 'normal'
  | 'hidden'
  | 'xavier-uniform'
  | 'xavier-normal'
  | 'kaiming-normal'
  | 'quarter'
  | 'last-axis'
  | 'given';

/** What a lazy layer waits for: a size that is the constructor's argument elsewhere, told by an axis of the first input. */
export interface Lazy {
  readonly size: string;
  readonly axis: number;
}

interface LayerRule<E> {
  /** The op that a call of the layer is: `conv2d(input, weight, bias, stride)`; names are fields or inputs. */
  readonly call: string;
  /** The inputs of `forward`, where they are not just the names in `call` that are no fields: `input, hx=None`. */
  readonly forward?: string;
  /** Names in `call` that are attributes, besides the constructor's arguments and the parameters. */
  readonly owns?: readonly string[];
  params?(e: E, call: Call): ParamShapes | undefined;
  /** How each parameter and buffer is filled; names all that `call` uses, `*` the rest. */
  readonly init?: Readonly<Record<string, Init>>;
  /** Not trained, but saved and moved with the layer. */
  buffers?(e: E, call: Call): ParamShapes | undefined;
  /** The layer has its parameters from the first call on. */
  readonly lazy?: Lazy;
  /** Attributes that differ from the constructor's argument of that name. */
  fields?(e: E, call: Call): Readonly<Record<string, Arg>>;
}

/** A row of a layer table. */
export type LayerRow<S extends string> = [Misspelt<S>] extends [never]
  ? Entry & Telling<LayerEnv<S>> & LayerRule<LayerEnv<S>>
  : { readonly unknownKind: Misspelt<S> };

/** Rows with their types worn off: methods, because those compare loosely and rows of all signatures must fit. */
export interface OpEntry extends Entry, Telling<unknown>, Noting<unknown> {
  shape?(e: unknown, call: Call): Shape | undefined;
  value?(e: unknown, call: Call): Arg | undefined;
  where?(e: unknown, call: Call): object | undefined;
}

export interface LayerEntry extends Entry, Telling<unknown>, LayerRule<unknown> {}

/** The rows of one namespace. */
export interface Table {
  readonly lib: Home;
  /** Where the names live; the first is the one that is shown. */
  readonly owners: readonly string[];
  /** Bound by Python, not by the C++ parser: `bool` takes anything, NumPy's keyword spellings are refused. */
  readonly python: boolean;
  readonly functions: readonly (readonly [string, OpEntry])[];
  readonly layers: readonly (readonly [string, LayerEntry])[];
}

interface Binding {
  /** Python binds the arguments (F.dropout), not the C++ parser (torch.sum): any value is a truth value. */
  readonly python?: boolean;
  readonly lib?: Home;
}

/** A table of functions or methods; `owners` are the namespaces in which each of its rows lives, separated by a space. */
export function ops<S extends string>(owners: string, rows: { readonly [K in S]: Row<K> }, how?: Binding): Table;
export function ops(owners: string, rows: Readonly<Record<string, OpEntry>>, how: Binding = {}): Table {
  return table(owners, Object.entries(rows), how);
}

/** A table of layers: classes with a constructor, parameters and a call. */
export function layers<S extends string>(
  owners: string,
  rows: { readonly [K in S]: LayerRow<K> },
  how?: Binding,
): Table;
export function layers(owners: string, rows: Readonly<Record<string, LayerEntry>>, how: Binding = {}): Table {
  return {
    lib: how.lib ?? 'torch',
    owners: owners.split(' '),
    python: true,
    functions: [],
    layers: Object.entries(rows),
  };
}

/** A table of rows made by a program instead of written out. */
export const table = (
  owners: string,
  functions: readonly (readonly [string, OpEntry])[],
  how: Binding = {},
): Table => ({
  lib: how.lib ?? 'torch',
  owners: owners.split(' '),
  python: how.python ?? how.lib === 'paddle',
  functions,
  layers: [],
});

/** A table of layers made by a program instead of written out. */
export const layerTable = (owners: string, rows: readonly (readonly [string, LayerEntry])[]): Table => ({
  lib: 'torch',
  owners: owners.split(' '),
  python: true,
  functions: [],
  layers: rows,
});

/** English, Chinese, and whatever the row needs besides. */
type KeepRow = readonly [en: string, zh: string, more?: Partial<OpEntry>];

/**
 * A table of functions whose result has the shape of their first tensor. A key is a name alone, or a signature without
 * its result; examples are made up where none is given.
 */
export const keepShape = (owners: string, rows: Readonly<Record<string, KeepRow>>, how: Binding = {}): Table =>
  table(
    owners,
    Object.entries(rows).map(([key, [en, zh, more]]) => {
      const head = key.includes('(') ? key : `${key}(${how.lib === 'paddle' ? 'x' : 'input'}: Tensor[*a])`;
      return [`${head} -> Tensor[*a]`, { en, zh, eg: '(2, 3) -> (2, 3)', ...more }];
    }),
    how,
  );
