import type { Value } from '../values';
import { commonParent, type Flow, type Work } from './flow';
import { found, type Idiom } from './idiom';
import {
  dimsOf,
  isActivation,
  isConv,
  isMove,
  isNorm,
  isProduct,
  isSum,
  isUpsample,
  isWeighted,
  parameterBehind,
  walkBack,
} from './works';

/** Sums of a value with what was made of it: residual connections, branches that could be one layer, top-down fusion. */
export const sums = (flow: Flow): readonly Idiom[] =>
  flow.works.filter(isSum).flatMap((sum) => {
    const [a, b, more] = sum.inputs;
    if (!a || !b || more || parameterBehind(flow, a) || parameterBehind(flow, b)) return [];
    return branches(flow, sum) ?? residual(flow, sum, a, b) ?? residual(flow, sum, b, a) ?? [];
  });

/** `x + f(x)`, or `g(x) + f(x)` where g only brings x to the same size. */
const residual = (flow: Flow, sum: Work, short: Value, main: Value): readonly Idiom[] | undefined => {
  const fork = forkOf(flow, short, main);
  const works = fork && flow.between(fork.value, main);
  if (isSpread(flow, short, main)) return undefined;
  if (!fork || !works || !(works.some(isWeighted) || isOpenBranch(works))) return undefined;
  const all = [...works, ...fork.passed, sum];
  const parent = commonParent(flow, all);
  const top = walkBack(flow, main, (work) => isConv(work) || isNorm(work) || isActivation(work));
  const last = flow.maker(top.value);
  if (fork.passed.length > 0 && last && isUpsample(last))
    return [found('pyramid', parent, all, sum.output, [[sum, 'fuse']])];
  // Two ways of equal rank are no shortcut.
  if (fork.passed.length > 0 && !works.some(isActivation) && !works.some((work) => /softmax|attention/.test(work.name)))
    return undefined;
  const projections = fork.passed.filter((work) => isConv(work) || /pool$/.test(work.name));
  const kind = projections.length === 0 ? 'residual' : fork.maybe ? 'adapted-residual' : 'projected-residual';
  const shortcut = projections.slice(0, 1).map((work) => [work, 'shortcut'] as const);
  return [found(kind, parent, all, sum.output, [[sum, 'sum'], ...shortcut]), ...norms(flow, sum, works, parent)];
};

/** A branch of which somebody else decides what it does: `x + sublayer(norm(x))`, and nothing but that. */
const isOpenBranch = (works: readonly Work[]): boolean =>
  works.some(({ name }) => name === '?') &&
  works.every((work) => work.name === '?' || isNorm(work) || isMove(work) || isActivation(work) || isProduct(work));

/** Whether one of two values is spread over the other: one number for a whole axis is no branch of equal rank. */
const isSpread = (flow: Flow, a: Value, b: Value): boolean => {
  const [left, right] = [dimsOf(flow, a), dimsOf(flow, b)];
  return left?.length === right?.length && left?.some((size, i) => (size === 1) !== (right?.[i] === 1)) === true;
};

const isProjection = (work: Work): boolean =>
  isConv(work) || isNorm(work) || /pool$|^pad$/.test(work.name) || isMove(work);

interface Fork {
  readonly value: Value;
  /** What the shortcut does to the value. */
  readonly passed: readonly Work[];
  /** Whether it may also do nothing. */
  readonly maybe: boolean;
}

/** The value from which a shortcut and the main way part. */
const forkOf = (flow: Flow, short: Value, main: Value): Fork | undefined => {
  const ends = flow.alternatives(short);
  const direct = ends.find((value) => flow.between(value, main) !== undefined);
  if (direct) {
    const others = ends.filter((value) => value !== direct).map((value) => wayBack(flow, value, direct));
    return others.every((way) => way !== undefined) ? { value: direct, passed: others.flat(), maybe: true } : undefined;
  }
  const [only, more] = ends;
  if (!only || more) return undefined;
  const { passed } = walkBack(flow, only, isProjection);
  for (const [i, work] of passed.entries()) {
    const [input] = work.inputs;
    const value = input && flow.origin(input);
    if (value && flow.between(value, main)) return { value, passed: passed.slice(0, i + 1), maybe: false };
  }
  return undefined;
};

/** The projections that lead from a value back to another one. */
const wayBack = (flow: Flow, from: Value, to: Value): readonly Work[] | undefined => {
  const { passed } = walkBack(flow, from, isProjection);
  const end = passed.findIndex(({ inputs: [input] }) => input && flow.origin(input) === to);
  return end < 0 ? undefined : passed.slice(0, end + 1);
};

/** Where the norm of a residual branch stands: before its layers, or behind the sum. */
const norms = (flow: Flow, sum: Work, works: readonly Work[], parent: number): readonly Idiom[] => {
  const [first] = works;
  const isLayerNorm = (work: Work | undefined): boolean => work?.name === 'layernorm' || work?.name === 'rmsnorm';
  const [next, more] = flow.users(sum);
  if (first && isLayerNorm(first)) return [found('pre-norm', parent, [first], sum.output, [[first, 'norm-before']])];
  if (next && !more && isLayerNorm(next))
    return [found('post-norm', parent, [next], next.output, [[next, 'norm-after']])];
  return [];
};

/** Several convolutions of one value, added without an activation: while training they are several, deployed one. */
const branches = (flow: Flow, sum: Work): readonly Idiom[] | undefined => {
  if (flow.users(sum).some((user) => isSum(user) && termsOf(flow, user).every((term) => branchOf(flow, term))))
    return undefined;
  const terms = termsOf(flow, sum).map((term) => branchOf(flow, term));
  const known = terms.filter((term) => term !== undefined);
  const [first] = known;
  if (!first || known.length < terms.length || known.length < 2) return undefined;
  if (!known.every((term) => term.value === first.value)) return undefined;
  const convs = known.filter((term) => term.passed.some(isConv));
  if (convs.length < 2 || convs.some((term) => term.passed.filter(isConv).length > 1)) return undefined;
  const works = [...known.flatMap(({ passed }) => passed), sum];
  return [
    found('branches', commonParent(flow, works), works, sum.output, [[sum, 'branch-sum']], { branches: known.length }),
  ];
};

/** No block has more branches than this. */
const BRANCHES = 64;

const termsOf = (flow: Flow, sum: Work, left = BRANCHES): readonly Value[] =>
  sum.inputs.flatMap((value) => {
    const made = flow.maker(value);
    const goesOn = made && left > 0 && isSum(made) && flow.users(made).length === 1;
    return goesOn ? termsOf(flow, made, left - 1) : [value];
  });

const branchOf = (flow: Flow, term: Value): { readonly value: Value; readonly passed: readonly Work[] } | undefined => {
  const way = walkBack(flow, term, (work) => isNorm(work) || isConv(work));
  return way.passed.length <= 3 ? way : undefined;
};
