import {
  assume,
  type Condition,
  type Dim,
  type Facts,
  keyOf,
  noFacts,
  printCondition,
  productForm,
  same,
  solve,
  strongest,
  sub,
  symbol,
  symbolsOf,
} from '../dims';
import { type ClassRun, unconditional } from '../interp';
import type { Words } from '../ops';
import { isSyntax, type SyntaxNode } from '../syntax';
import type { Reader } from './reader';
import { join, text, words } from './words';

/** What must hold whenever the code runs, in the fewest words: `H and W must be even`. */
export const requirementsOf = (run: Pick<ClassRun, 'trace'>, r: Reader): readonly Words[] => {
  const all = [...run.trace.requirements, ...run.trace.assumptions].filter(({ path }) => unconditional(path));
  const conditions = all.map(({ condition }) => condition);
  const bound = conditions.filter(isBinding).reduce<Facts>((facts, c) => assume(facts, c) ?? facts, noFacts);
  const solved = distinct(conditions.filter((c) => !isBinding(c)).map((c) => solve(c, positive(c, bound))));
  const open = solved.length <= MOST ? strongest(solved, bound) : solved;
  return together(
    open
      .map(plainer)
      .filter((c) => !isTrivial(c))
      .map((c) => clause(c, r))
      // A size without a name says nothing of what must be given.
      .filter(({ subject, demand }) => !subject.includes('?') && !demand.en.includes('?')),
  );
};

/** An equality is told of tensors that have elements: what stands on both sides as a factor is no part of it. */
const positive = (c: Condition, facts: Facts): Facts =>
  c.kind === 'eq'
    ? [...symbolsOf(c.left), ...symbolsOf(c.right)].reduce<Facts>(
        (known, sym) => assume(known, { kind: 'le', left: 1, right: symbol(sym.id, sym.name, sym.role) }) ?? known,
        facts,
      )
    : facts;

/** The same in the words of a reader: `T = min(T, 256)` is `T ≤ 256`, and half of it is not 0 from 2 on. */
const plainer = (c: Condition): Condition => {
  if (c.kind === 'ne' && c.right === 0) {
    const floor = soleFactor(c.left);
    return floor?.kind === 'floor' && typeof floor.divisor === 'number' && floor.divisor > 0 && isCount(floor.dividend)
      ? { kind: 'le', left: floor.divisor, right: floor.dividend }
      : c;
  }
  if (c.kind !== 'eq') return c;
  for (const [size, other] of [
    [c.left, c.right],
    [c.right, c.left],
  ] as const) {
    const least = soleFactor(other);
    const [bound, more] = least?.kind === 'min' ? least.args.filter((arg) => !same(arg, size)) : [];
    if (least?.kind === 'min' && bound !== undefined && more === undefined && least.args.length === 2)
      return { kind: 'le', left: size, right: bound };
  }
  return c;
};

/** Whether a size is a symbol: a number of things, which is not below 0. */
const isCount = (d: Dim): boolean => soleSymbol(d) !== undefined;

/** Which of many conditions imply the others takes too long to find out. */
const MOST = 12;

/** Each condition once, and of the lower bounds of one size the highest. */
const distinct = (conditions: readonly Condition[]): readonly Condition[] => {
  const found = new Map<string, Condition>();
  for (const c of conditions) {
    const key =
      c.kind === 'le' && lowerBound(c) > Number.NEGATIVE_INFINITY
        ? `>= ${keyOf(c.right)}`
        : printCondition(c, { name: (s) => s.id });
    const known = found.get(key);
    if (!known || lowerBound(c) > lowerBound(known)) found.set(key, c);
  }
  return [...found.values()];
};

const lowerBound = (c: Condition): number =>
  c.kind === 'le' && typeof c.left === 'number' ? c.left : Number.NEGATIVE_INFINITY;

/** An equality that gives a size of an input its value is told by the shapes; what an unknown one is, nobody asks. */
const isBinding = (c: Condition): boolean => c.kind === 'eq' && (gives(c.left, c.right) || gives(c.right, c.left));

const gives = (d: Dim, value: Dim): boolean => {
  const sole = soleSymbol(d);
  return sole !== undefined && sole.role !== 'rigid' && !symbolsOf(value).some((s) => s.id === sole.id);
};

const soleSymbol = (d: Dim) => {
  const factor = soleFactor(d);
  return factor?.kind === 'symbol' ? factor.sym : undefined;
};

const soleFactor = (d: Dim) => {
  if (typeof d === 'number' || d.constant !== 0 || d.terms.length !== 1) return undefined;
  const [term] = d.terms;
  const [power, more] = term?.monomial.powers ?? [];
  return term?.coefficient !== 1 || more || power?.exponent !== 1 ? undefined : power.factor;
};

/** Nobody needs to be told that a number of channels is positive. */
const isTrivial = (c: Condition): boolean =>
  c.kind === 'le' &&
  typeof c.left === 'number' &&
  c.left <= 1 &&
  (soleSymbol(c.right) !== undefined || (isSumOfCounts(c.right) && c.left <= constantOf(c.right)));

const constantOf = (d: Dim): number => (typeof d === 'number' ? d : d.constant);

/** Products of symbols that are added and never taken away: numbers of things, which are not below 0. */
const isSumOfCounts = (d: Dim): boolean =>
  typeof d !== 'number' &&
  d.terms.every(
    ({ coefficient, monomial }) => coefficient > 0 && monomial.powers.every(({ factor }) => factor.kind === 'symbol'),
  );

/** What a condition is about, and what it demands of it. */
interface Clause {
  readonly subject: string;
  readonly demand: Words;
}

const clause = (c: Condition, r: Reader): Clause => {
  switch (c.kind) {
    case 'divides':
    case 'not-divides':
      return c.kind === 'divides' ? multiple(c.dividend, c.divisor, r) : asCode(c, r);
    case 'le':
    case 'lt':
      return order(c, r);
    case 'eq': {
      const product = productForm({ kind: 'eq', left: c.left, right: c.right });
      const subject = product
        ? [product.left, product.right].map((d) => factorOf(r.bare(d))).join('·')
        : r.bare(c.left);
      const value = r.bare(product?.value ?? c.right);
      return { subject, demand: words(`must equal ${value}`, `须等于 ${value}`) };
    }
    case 'ne':
      return {
        subject: r.bare(c.left),
        demand: words(`must differ from ${r.bare(c.right)}`, `不得等于 ${r.bare(c.right)}`),
      };
  }
};

/** A size as a factor: a sum stands in brackets. */
const factorOf = (size: string): string => (/^(?:\S+|⌊[^⌊⌋]*⌋)$/.test(size) ? size : `(${size})`);

const multiple = (dividend: Dim, divisor: Dim, r: Reader): Clause => {
  const constant = typeof dividend === 'number' ? 0 : dividend.constant;
  if (typeof divisor === 'number' && constant % divisor !== 0) {
    if (divisor === 2) return { subject: r.bare(sub(dividend, constant)), demand: words('must be odd', '须为奇数') };
    return asCode({ kind: 'divides', divisor, dividend }, r);
  }
  const subject = r.bare(dividend);
  if (divisor === 2) return { subject, demand: words('must be even', '须为偶数') };
  const by = r.bare(divisor);
  return typeof divisor === 'number'
    ? { subject, demand: words(`must be a multiple of ${by}`, `须为 ${by} 的倍数`) }
    : { subject, demand: words(`must be divisible by ${by}`, `须能被 ${by} 整除`) };
};

const order = (c: Extract<Condition, { readonly kind: 'eq' | 'ne' | 'le' | 'lt' }>, r: Reader): Clause => {
  const [left, right] = [r.bare(c.left), r.bare(c.right)];
  const strict = c.kind === 'lt';
  // What the input must be is said of the input, not of what the code fixes.
  if (typeof c.left === 'number' || (isFixed(c.left) && !isFixed(c.right))) {
    return strict
      ? { subject: right, demand: words(`must be greater than ${left}`, `须大于 ${left}`) }
      : { subject: right, demand: words(`must be at least ${left}`, `至少为 ${left}`) };
  }
  return strict
    ? { subject: left, demand: words(`must be less than ${right}`, `须小于 ${right}`) }
    : { subject: left, demand: words(`must be at most ${right}`, `至多为 ${right}`) };
};

const isFixed = (size: Dim): boolean => symbolsOf(size).every(({ role }) => role === 'rigid');

/** What goes wrong where sizes are no multiples, if it is one thing: `(or the two that are added differ in size)`. */
export const reasonWords = (run: Pick<ClassRun, 'trace'>): Words | undefined => {
  const all = [...run.trace.requirements, ...run.trace.assumptions].filter(({ path }) => unconditional(path));
  const reasons = all
    .filter(({ condition }) => !isBinding(condition) && solve(condition, noFacts).kind === 'divides')
    .map(({ node }) => (node && isSyntax(node) ? meetingOf(node) : undefined));
  const [first] = reasons;
  return first && reasons.every((reason) => reason === first) ? first : undefined;
};

const meetingOf = (node: SyntaxNode): Words | undefined => {
  if (node.kind === 'BinOp' || node.kind === 'AugAssign') return MEETINGS[node.op];
  const name = node.kind === 'Call' && node.func.kind === 'Attribute' ? node.func.attr : undefined;
  return name !== undefined && /^(cat|concat|concatenate)$/.test(name) ? MEETINGS[','] : undefined;
};

const MEETINGS: Readonly<Record<string, Words>> = {
  '+': words(' (or the two that are added differ in size)', '（否则相加的两支尺寸不同）'),
  '*': words(' (or the two that are multiplied differ in size)', '（否则相乘的两支尺寸不同）'),
  ',': words(' (or the maps that are joined differ in size)', '（否则拼接的特征图尺寸不同）'),
};

const asCode = (c: Condition, r: Reader): Clause => ({
  subject: r.condition(c),
  demand: words('must hold', '须成立'),
});

/** `H must be even` and `W must be even` are one sentence. */
const together = (clauses: readonly Clause[]): readonly Words[] => {
  const groups = new Map<string, { readonly demand: Words; readonly subjects: string[] }>();
  for (const { subject, demand } of clauses) {
    const group = groups.get(demand.en) ?? { demand, subjects: [] };
    if (!group.subjects.includes(subject)) group.subjects.push(subject);
    groups.set(demand.en, group);
  }
  return [...groups.values()].map(({ demand, subjects }) => {
    const names = join(
      subjects.toSorted().map((s) => words(s, s)),
      ' and ',
      '、',
    );
    return text`${names} ${demand}`;
  });
};
