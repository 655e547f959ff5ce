import type { Dim } from '../dims';
import { takeBorder } from './border-rule';
import { isLegal, type Judge } from './check';
import { composeConvs, composeLinears, composeTransposed } from './compose';
import { isCheaper } from './cost';
import { absorbAfter, absorbBefore, isWeighted, joinDiagonals } from './diagonal';
import { foldSum } from './fold-sum';
import type { Numbers, Operator } from './operator';
import type { Attempt } from './rule';
import { filled, zeros } from './tensor';
import type { Ref, Refusal, Step, Tree } from './tree';
import { asConv, refuse, take, type Work } from './work';

/** What folding a tree comes to. */
export interface Plan {
  /** What is left: one operator where everything folds. */
  readonly rest: Tree;
  readonly steps: readonly Step[];
  readonly refusals: readonly Refusal[];
}

/** Folds affine maps as far as the rules allow, and writes down how and why not further. */
export const fold = (judge: Judge, tree: Tree, sizes?: readonly Dim[]): Plan => {
  const work: Work = { ...judge, steps: [], refusals: [], sizes };
  const rest = foldTree(work, tree, false);
  return { rest, steps: work.steps, refusals: work.refusals };
};

/** `parallel`: it is a branch of a sum, which must become one kernel to be added to the others. */
const foldTree = (work: Work, tree: Tree, parallel: boolean): Tree => {
  switch (tree.kind) {
    case 'one':
      return tree;
    case 'chain':
      return foldChain(work, tree.parts, parallel);
    case 'sum':
      return foldSum(
        work,
        tree.parts.map((part) => foldTree(work, part, true)),
      );
  }
};

const foldChain = (work: Work, parts: readonly Tree[], parallel: boolean): Tree => {
  const whole = parts
    .flatMap(flat)
    .map((part) => foldTree(work, part, parallel))
    .flatMap(flat);
  let chain: readonly Tree[] = whole.filter((part) => !isIdentity(part) || whole.length === 1);
  for (const way of WAYS) chain = joinNeighbours(work, chain, way, parallel);
  const [only, more] = chain;
  return only && !more ? only : { kind: 'chain', parts: chain };
};

/** Chains in a chain are one. */
const flat = (tree: Tree): readonly Tree[] => (tree.kind === 'chain' ? tree.parts.flatMap(flat) : [tree]);

const isIdentity = (tree: Tree): boolean =>
  tree.kind === 'one' && tree.operator.op === 'diagonal' && tree.operator.role === 'identity';

/** One operator from two neighbours, or undefined where this way knows nothing of such a pair. */
type Way = (work: Work, a: Operator, b: Operator, parallel: boolean) => Attempt | undefined;

/** In this order: what follows a layer goes into it first, then what comes before it, then layers meet. */
const WAYS: readonly Way[] = [
  (work, a, b) => (isWeighted(a) && b.op === 'diagonal' ? absorbAfter(work, a, b) : undefined),
  (work, a, b) => (a.op === 'diagonal' && b.op === 'diagonal' ? joinDiagonals(work, a, b) : undefined),
  (work, a, b) => (a.op === 'diagonal' && isWeighted(b) ? absorbBefore(work, a, b) : undefined),
  (work, a, b) => (a.op === 'conv' && b.op === 'border' ? takeBorder(work, a, b) : undefined),
  (work, a, b, parallel) => {
    const attempt = composed(work, a, b);
    return attempt && !parallel && isLegal(attempt.checks)
      ? { ...attempt, checks: [...attempt.checks, isCheaper(work, [a, b], attempt.result)] }
      : attempt;
  },
];

const composed = (work: Work, a: Operator, b: Operator): Attempt | undefined => {
  if (a.op === 'conv' && b.op === 'conv') return composeConvs(work, a, b);
  if (a.op === 'linear' && b.op === 'linear') return composeLinears(work, a, b);
  if (a.op === 'transposed' || b.op === 'transposed')
    return isConvLike(a) && isConvLike(b) ? composeTransposed(work, a, b) : undefined;
  return undefined;
};

const isConvLike = (o: Operator): o is Extract<Operator, { op: 'conv' | 'transposed' }> =>
  o.op === 'conv' || o.op === 'transposed';

const joinNeighbours = (work: Work, chain: readonly Tree[], way: Way, parallel: boolean): readonly Tree[] => {
  const done: Tree[] = [];
  for (const next of chain) {
    const part = parallel ? asConv(work, next) : next;
    const before = done.at(-1);
    const attempt =
      before?.kind === 'one' && part.kind === 'one' ? way(work, before.operator, part.operator, parallel) : undefined;
    if (!attempt || before?.kind !== 'one' || part.kind !== 'one') done.push(part);
    else if (isLegal(attempt.checks)) done.splice(-1, 1, take(work, [before, part], attempt));
    else {
      refuse(work, [before, part], attempt);
      done.push(part);
    }
  }
  return done;
};

/** The numbers of every step, from those of the layers; every size must be a number. */
export const evaluateSteps = (steps: readonly Step[], layer: (id: number) => Numbers): ((ref: Ref) => Numbers) => {
  const made: Numbers[] = [];
  const numbersOf = (ref: Ref): Numbers => {
    switch (ref.kind) {
      case 'layer':
        return layer(ref.id);
      case 'identity':
        return UNCHANGED;
      case 'step':
        return made[ref.id] ?? UNCHANGED;
    }
  };
  for (const step of steps) made.push(step.compute(step.inputs.map(numbersOf)));
  return numbersOf;
};

const UNCHANGED: Numbers = { weight: filled([1], () => 1), bias: zeros(1) };
