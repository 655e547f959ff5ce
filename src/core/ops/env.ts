import type { Dim } from '../dims';
import type { Shape } from '../shapes';
import type { TensorArg } from './arg';
import type { Kinds } from './kinds';

// TypeScript reads a row's signature here, so that its callbacks get typed arguments and a misspelt kind, axis or
// parameter does not compile. `grammar.ts` reads the same string at run time.

type Trim<S extends string> = S extends ` ${infer R}` ? Trim<R> : S extends `${infer R} ` ? Trim<R> : S;

type Axis<A extends string> =
  Trim<A> extends `*${infer N}`
    ? { readonly [K in N]: Shape }
    : Trim<A> extends `${infer N}?`
      ? { readonly [K in N]: Dim | null }
      : Trim<A> extends '' | `${number}`
        ? unknown
        : { readonly [K in Trim<A>]: Dim };

type AxisList<G extends string> = G extends `${infer A}, ${infer R}` ? Axis<A> & AxisList<R> : Axis<G>;

/** The axes named in all `Tensor[…]` of a string. */
export type Axes<S extends string> = S extends `${string}Tensor[${infer G}]${infer R}`
  ? AxisList<G> & Axes<R>
  : unknown;

type Next<T extends string> = T extends `${string}, ${infer R}` ? R : '';
type Base<K extends string> = K extends `${infer B} = ${string}` ? B : K;
type KindOf<K extends string> = K extends keyof Kinds
  ? Kinds[K]
  : K extends `${infer B}?`
    ? B extends keyof Kinds
      ? Kinds[B] | null
      : { readonly unknownKind: K }
    : { readonly unknownKind: K };

type Named<N extends string> = N extends `${infer A}/${string}` ? A : N;

/** The parameters of a signature with the types that callbacks see. */
export type Params<S extends string> = S extends `*, ${infer R}`
  ? Params<R>
  : S extends `${infer N}: ${infer R}`
    ? R extends `Tensor[${string}]${infer T}`
      ? { readonly [K in Named<N>]: T extends `?${string}` ? TensorArg | null : TensorArg } & Params<Next<T>>
      : R extends `${infer K}, ${infer More}`
        ? { readonly [P in Named<N>]: KindOf<Base<K>> } & Params<More>
        : { readonly [P in Named<N>]: KindOf<Base<R>> }
    : unknown;

type UnknownKinds<E> = { [K in keyof E]: E[K] extends { readonly unknownKind: infer U } ? U : never }[keyof E];

/** What a rule of an op sees: parameters and the axes of its inputs. */
export type Env<S extends string> = S extends `${string}(${infer P}) -> ${string}` ? Params<P> & Axes<P> : never;

/** What a rule of a layer's constructor sees. */
export type LayerEnv<S extends string> = S extends `${string}(${infer P})` ? Params<P> : never;

/** Kinds that do not exist; `never` for a sound signature. */
export type Misspelt<S extends string> = S extends `${string}(${infer P})${string}` ? UnknownKinds<Params<P>> : never;

type Inputs<S extends string> = S extends `${string}(${infer P}) -> ${string}` ? Axes<P> : unknown;
type Result<S extends string> = S extends `${string}) -> ${infer R}` ? R : '';

/** What `where` gives: each axis that only the result has must be there, those of the inputs may be. */
export type Solved<S extends string> = Omit<Axes<Result<S>>, keyof Inputs<S>> & Partial<Inputs<S>>;

/** The axes that only the result has. */
export type Free<S extends string> = Exclude<keyof Axes<Result<S>>, keyof Inputs<S>>;
