import type { Check } from './check';
import type { Operator } from './operator';
import type { Attempt, RuleId } from './rule';

/** What an operator stands for: a layer of the model, what a step of the plan has made, or the way past all layers. */
export type Ref =
  | { readonly kind: 'layer'; readonly id: number }
  | { readonly kind: 'step'; readonly id: number }
  | { readonly kind: 'identity' };

/** Affine maps in a row and in parallel. A chain without parts is the identity. */
export type Tree =
  | { readonly kind: 'one'; readonly ref: Ref; readonly operator: Operator }
  | { readonly kind: 'chain'; readonly parts: readonly Tree[] }
  | { readonly kind: 'sum'; readonly parts: readonly Tree[] };

/** A rule applied: its place in the plan is its id. */
export interface Step {
  readonly rule: RuleId;
  readonly inputs: readonly Ref[];
  readonly result: Operator;
  readonly checks: readonly Check[];
  readonly compute: Attempt['compute'];
}

/** A rule that fits and may not be applied; what it would make can be computed to see where that differs. */
export type Refusal = Step;
