import type { Dim } from '../dims';
import { averageAsConv } from './average';
import { isLegal, type Judge } from './check';
import type { Attempt } from './rule';
import type { Refusal, Step, Tree } from './tree';

/** A fold under way. */
export interface Work extends Judge {
  readonly steps: Step[];
  readonly refusals: Refusal[];
  /** The sizes of the spatial axes of the input, where they are known. */
  readonly sizes: readonly Dim[] | undefined;
}

export type One = Extract<Tree, { readonly kind: 'one' }>;

/** Takes a step: what it makes stands for what it was made of. */
export const take = (work: Work, inputs: readonly One[], attempt: Attempt): One => {
  const id = work.steps.push({ ...attempt, inputs: inputs.map((one) => one.ref) }) - 1;
  return { kind: 'one', ref: { kind: 'step', id }, operator: attempt.result };
};

/** Writes down why a rule that fits is not applied. */
export const refuse = (work: Work, inputs: readonly One[], { rule, result, checks, compute }: Attempt): void => {
  const refs = inputs.map((one) => one.ref);
  const key = (refusal: Pick<Refusal, 'rule' | 'inputs'>): string => JSON.stringify([refusal.rule, refusal.inputs]);
  const refusal = { rule, result, checks, compute, inputs: refs };
  // A chain in a chain is tried twice.
  if (!work.refusals.some((r) => key(r) === key(refusal))) work.refusals.push(refusal);
};

/** An average pooling in a branch becomes a convolution, where that is the same. */
export const asConv = (work: Work, tree: Tree): Tree => {
  if (tree.kind !== 'one' || tree.operator.op !== 'average') return tree;
  const attempt = averageAsConv(work, tree.operator);
  if (isLegal(attempt.checks)) return take(work, [tree], attempt);
  refuse(work, [tree], attempt);
  return tree;
};
