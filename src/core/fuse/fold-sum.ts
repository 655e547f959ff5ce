import { isLegal } from './check';
import { type Conv, IDENTITY, type Operator } from './operator';
import type { Attempt } from './rule';
import {
  addBranches,
  addDiagonals,
  allOf,
  diagonalAsConv,
  diagonalAsLinear,
  embedConvs,
  embedTransposed,
  isHost,
} from './sum';
import type { Tree } from './tree';
import { asConv, type One, refuse, take, type Work } from './work';

/** Adds branches on one input: those that are one operator each become one, the others stay beside it. */
export const foldSum = (work: Work, branches: readonly Tree[]): Tree => {
  const ready: One[] = [];
  const others: Tree[] = [];
  for (const branch of branches) {
    const one = asConv(work, branch.kind === 'chain' && branch.parts.length === 0 ? PASS : branch);
    if (one.kind === 'one') ready.push(one);
    else others.push(one);
  }
  const kept = addAll(work, ready);
  const parts = [...kept, ...others];
  const [only, more] = parts;
  return only && !more ? only : { kind: 'sum', parts };
};

const PASS: One = { kind: 'one', ref: { kind: 'identity' }, operator: IDENTITY };

const addAll = (work: Work, branches: readonly One[]): readonly Tree[] => {
  const diagonals = branches.filter((b) => b.operator.op === 'diagonal');
  const weighted = branches.filter((b) => b.operator.op !== 'diagonal');
  const [first] = weighted;
  if (!first) return addPlain(work, branches);
  if (branches.length < 2 || weighted.some((b) => b.operator.op !== first.operator.op)) return branches;
  switch (first.operator.op) {
    case 'conv':
      return addConvs(work, branches);
    case 'linear':
      return addLinears(work, branches);
    case 'transposed':
      return diagonals.length === 0 ? addTransposed(work, branches) : branches;
    default:
      return branches;
  }
};

/** Branches that only scale and shift channels; the bare identity and one other are left as they are written. */
const addPlain = (work: Work, branches: readonly One[]): readonly Tree[] => {
  const operators = branches.map((b) => b.operator);
  if (branches.length < 2 || !allOf(operators, 'diagonal')) return branches;
  return settle(work, branches, addDiagonals(work, operators)) ?? branches;
};

const settle = (work: Work, inputs: readonly One[], attempt: Attempt): readonly One[] | undefined => {
  if (isLegal(attempt.checks)) return [take(work, inputs, attempt)];
  refuse(work, inputs, attempt);
  return undefined;
};

const isConv = (operator: Operator): operator is Conv => operator.op === 'conv';

const addConvs = (work: Work, branches: readonly One[]): readonly Tree[] => {
  const hosts = branches.flatMap((b) => (isConv(b.operator) ? [b.operator] : []));
  const widest = hosts.find((h) => h.axes.some((a) => a.kernel !== 1)) ?? hosts[0];
  if (!widest) return branches;
  const aside: One[] = [];
  const convs: One[] = [];
  for (const branch of branches) {
    const { operator } = branch;
    if (operator.op !== 'diagonal') convs.push(branch);
    else {
      const [made] = settle(work, [branch], diagonalAsConv(work, operator, widest)) ?? [];
      if (made) convs.push(made);
      else aside.push(branch);
    }
  }
  return [...embedAndAdd(work, convs, embedAll), ...aside];
};

const addTransposed = (work: Work, branches: readonly One[]): readonly Tree[] =>
  embedAndAdd(work, branches, (w, operators) =>
    allOf(operators, 'transposed') ? embedTransposed(w, operators) : undefined,
  );

const embedAll = (work: Work, operators: readonly Operator[]): readonly Attempt[] | undefined =>
  allOf(operators, 'conv') ? embedConvs(work, operators, work.sizes) : undefined;

/** Embeds what fits into a common window and adds it up; what does not fit is left, and the window is sought anew. */
const embedAndAdd = (
  work: Work,
  branches: readonly One[],
  embed: (work: Work, operators: readonly Operator[]) => readonly Attempt[] | undefined,
): readonly Tree[] => {
  if (branches.length < 2) return branches;
  const attempts = embed(
    work,
    branches.map((b) => b.operator),
  );
  if (!attempts) return branches;
  const wrong = branches.filter((_, i) => !isLegal(attempts[i]?.checks ?? []));
  if (wrong.length > 0) {
    for (const [i, branch] of branches.entries()) {
      const attempt = attempts[i];
      if (attempt && wrong.includes(branch)) refuse(work, [branch], attempt);
    }
    const fitting = branches.filter((b) => !wrong.includes(b));
    return [...embedAndAdd(work, fitting, embed), ...wrong];
  }
  const embedded = branches.map((branch, i) => {
    const attempt = attempts[i];
    if (!attempt) return branch;
    const { operator } = branch;
    const same = operator.op === 'conv' && attempt.result.op === 'conv' && isHost(operator, attempt.result);
    const open = attempt.checks.some((c) => c.verdict === 'depends');
    return same && !open ? { ...branch, operator: attempt.result } : take(work, [branch], attempt);
  });
  return addUp(work, embedded);
};

const addUp = (work: Work, branches: readonly One[]): readonly Tree[] => {
  const operators = branches.map((b) => b.operator);
  const [first, ...more] = operators;
  if (first?.op === 'conv' && allOf(more, 'conv'))
    return settle(work, branches, addBranches(work, [first, ...more])) ?? branches;
  if (first?.op === 'linear' && allOf(more, 'linear'))
    return settle(work, branches, addBranches(work, [first, ...more])) ?? branches;
  if (first?.op === 'transposed' && allOf(more, 'transposed'))
    return settle(work, branches, addBranches(work, [first, ...more])) ?? branches;
  return branches;
};

const addLinears = (work: Work, branches: readonly One[]): readonly Tree[] => {
  const host = branches.flatMap((b) => (b.operator.op === 'linear' ? [b.operator] : []))[0];
  if (!host) return branches;
  const aside: One[] = [];
  const linears: One[] = [];
  for (const branch of branches) {
    const { operator } = branch;
    if (operator.op !== 'diagonal') linears.push(branch);
    else {
      const [made] = settle(work, [branch], diagonalAsLinear(work, operator, host)) ?? [];
      if (made) linears.push(made);
      else aside.push(branch);
    }
  }
  return [...(linears.length > 1 ? addUp(work, linears) : linears), ...aside];
};
