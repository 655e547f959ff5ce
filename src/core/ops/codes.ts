import type { Dim } from '../dims';
import type { Shape } from '../shapes';
import type { Fault } from './outcome';

/** Two sizes that must be equal: what the op expects of the axis and what it found. */
export interface AxisClash {
  readonly op: string;
  readonly axis: string;
  readonly expected: Dim;
  readonly found: Dim;
}

interface Refused {
  readonly op: string;
  readonly argument: string;
}

/**
 * Every fault that an op can prove, with the data that its text needs. Codes are kebab-case, shown to users and never
 * renamed; the texts stand in `explain/faults.ts`.
 */
export interface FaultData {
  // Binding of arguments.
  readonly 'unexpected-keyword': { readonly op: string; readonly keyword: string };
  readonly 'repeated-argument': Refused;
  readonly 'missing-argument': Refused;
  readonly 'too-many-arguments': { readonly op: string; readonly most: number; readonly given: number };
  readonly 'wrong-type': Refused & { readonly expected: string; readonly found: string };
  readonly 'wrong-length': Refused & { readonly expected: string; readonly found: number };
  readonly 'none-size': Refused & { readonly adaptive: string };
  // Values that the library refuses.
  readonly 'value-range': Refused & { readonly low: string; readonly high: string; readonly found: string };
  readonly 'value-choice': Refused & { readonly choices: string; readonly found: string };
  readonly 'not-positive': Refused & { readonly found: Dim };
  readonly negative: Refused & { readonly found: Dim };
  readonly 'conflicting-arguments': { readonly op: string; readonly first: string; readonly second: string };
  readonly 'one-of-missing': { readonly op: string; readonly first: string; readonly second: string };
  readonly 'value-unsupported': Refused & { readonly found: string };
  // Ranks and axes.
  readonly 'rank-mismatch': Refused & { readonly expected: string; readonly found: number; readonly shape: Shape };
  readonly 'axis-range': { readonly op: string; readonly axis: number; readonly rank: number };
  readonly 'axis-repeated': { readonly op: string; readonly axis: number };
  readonly 'permute-count': { readonly op: string; readonly rank: number; readonly found: number };
  // Sizes that must be equal.
  readonly 'size-mismatch': AxisClash;
  readonly 'channel-mismatch': AxisClash;
  readonly 'feature-mismatch': AxisClash;
  readonly 'batch-mismatch': AxisClash;
  readonly 'norm-mismatch': AxisClash;
  readonly 'bias-mismatch': AxisClash;
  readonly 'hidden-mismatch': AxisClash;
  readonly 'mask-mismatch': { readonly op: string; readonly expected: Shape; readonly found: Shape };
  readonly 'matmul-mismatch': {
    readonly op: string;
    readonly left: Shape;
    readonly right: Shape;
    readonly inner: Dim;
    readonly outer: Dim;
  };
  readonly 'broadcast-mismatch': { readonly op: string; readonly left: Shape; readonly right: Shape };
  readonly 'expand-mismatch': { readonly op: string; readonly from: Shape; readonly to: Shape };
  readonly 'shape-mismatch': { readonly op: string; readonly left: Shape; readonly right: Shape };
  readonly 'inplace-shape': { readonly op: string; readonly target: Shape; readonly result: Shape };
  readonly 'cat-mismatch': {
    readonly op: string;
    readonly axis: number;
    readonly dim: number;
    readonly left: Shape;
    readonly right: Shape;
  };
  readonly 'stack-mismatch': { readonly op: string; readonly left: Shape; readonly right: Shape };
  readonly 'empty-list': { readonly op: string };
  // Rearranging.
  readonly 'view-count': { readonly op: string; readonly from: Shape; readonly to: Shape };
  readonly 'view-infer': { readonly op: string; readonly from: Shape; readonly known: Dim };
  readonly 'view-stride': { readonly op: string; readonly from: Shape; readonly to: Shape };
  readonly 'view-two-unknown': { readonly op: string };
  readonly 'view-negative': { readonly op: string; readonly found: Dim };
  readonly 'split-sum': { readonly op: string; readonly sum: Dim; readonly size: Dim };
  readonly 'unflatten-product': { readonly op: string; readonly product: Dim; readonly size: Dim };
  readonly 'odd-axis': { readonly op: string; readonly size: Dim };
  readonly 'not-divisible': { readonly op: string; readonly size: Dim; readonly by: Dim; readonly what: string };
  // Convolution and pooling.
  readonly 'groups-divide': {
    readonly op: string;
    readonly channels: Dim;
    readonly groups: Dim;
    readonly what: string;
  };
  readonly 'heads-divide': { readonly op: string; readonly size: Dim; readonly heads: Dim };
  readonly 'kernel-too-large': { readonly op: string; readonly kernel: Dim; readonly size: Dim; readonly axis: string };
  readonly 'output-empty': { readonly op: string; readonly size: Dim; readonly axis: string };
  readonly 'pool-padding': { readonly op: string; readonly padding: Dim; readonly kernel: Dim };
  readonly 'output-padding': {
    readonly op: string;
    readonly padding: Dim;
    readonly stride: Dim;
    readonly dilation: Dim;
  };
  readonly 'same-stride': { readonly op: string; readonly stride: Dim };
  readonly 'reflect-padding': { readonly op: string; readonly padding: Dim; readonly size: Dim };
  readonly 'pad-length': { readonly op: string; readonly found: number; readonly rank: number };
  readonly 'one-value': { readonly op: string; readonly shape: Shape };
  // Indexing.
  readonly 'index-range': { readonly op: string; readonly index: number; readonly size: Dim };
  readonly 'too-many-indices': { readonly op: string; readonly rank: number; readonly found: number };
  readonly 'slice-step': { readonly op: string };
  readonly 'too-many-picked': Refused & { readonly size: Dim; readonly found: Dim };
  readonly 'index-type': { readonly op: string; readonly found: string };
  readonly 'index-broadcast': { readonly op: string; readonly left: Shape; readonly right: Shape };
  readonly 'index-size': { readonly op: string; readonly axis: number; readonly size: Dim; readonly found: Dim };
  // Element types.
  readonly 'dtype-mismatch': { readonly op: string; readonly left: string; readonly right: string };
  readonly 'dtype-refused': Refused & { readonly expected: string; readonly found: string };
  // Patterns of einsum and einops.
  readonly 'pattern-syntax': { readonly op: string; readonly pattern: string };
  readonly 'pattern-rank': {
    readonly op: string;
    readonly pattern: string;
    readonly expected: number;
    readonly shape: Shape;
  };
  readonly 'pattern-axis': { readonly op: string; readonly pattern: string; readonly axis: string };
  readonly 'pattern-size': {
    readonly op: string;
    readonly pattern: string;
    readonly axis: string;
    readonly expected: Dim;
    readonly found: Dim;
  };
  readonly 'pattern-divide': {
    readonly op: string;
    readonly pattern: string;
    readonly group: string;
    readonly size: Dim;
    readonly by: Dim;
  };
  readonly 'pattern-count': {
    readonly op: string;
    readonly pattern: string;
    readonly expected: number;
    readonly found: number;
  };
  // The rest.
  readonly 'not-square': { readonly op: string; readonly shape: Shape };
  readonly 'arange-direction': { readonly op: string };
  readonly 'sequence-ragged': { readonly op: string };
  readonly 'item-count': { readonly op: string; readonly shape: Shape };
  readonly 'not-iterable': { readonly op: string };
}

export type FaultCode = keyof FaultData;

/** Codes that a row can give to the clash of one of its axes. */
export type AxisCode = {
  [C in FaultCode]: FaultData[C] extends AxisClash ? (AxisClash extends FaultData[C] ? C : never) : never;
}[FaultCode];

/** A fault with the data its text needs; `names` are the parameters at fault. */
export const fault = <C extends FaultCode>(code: C, data: FaultData[C], ...names: readonly string[]): Fault => ({
  code,
  data: { ...data },
  names,
});
