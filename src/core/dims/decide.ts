import { type Condition, gap, isInexact } from './condition';
import { constraints } from './constraints';
import { type Dim, factorDim, keyOf, same, termsOf } from './dim';
import { rawMod } from './division';
import { type Facts, knownBy, remembering } from './facts';
import { isImpossible } from './impossible';
import { quotient } from './integers';
import { cancel, content, exactly } from './long-division';
import { monomialOf, one } from './monomial';
import { type Known, productRange, rangeOf } from './range';
import { reduce } from './reduce';
import { atResidue, mostResidues, type Period, periodsOf } from './residues';
import { symbolsOf } from './substitute';
import { collect, neg, rawAdd, scale } from './sum';
import { isMet } from './witness';

/** Whether the condition holds under the facts: proved, refuted or, as `undefined`, not known. */
export const decide = (facts: Facts, c: Condition): boolean | undefined => {
  if ('left' in c && isBlurred(c.left, c.right)) return undefined;
  switch (c.kind) {
    case 'eq':
      return isZero(facts, reduce(facts, gap(c)));
    case 'ne':
      return not(decide(facts, { ...c, kind: 'eq' }));
    case 'le':
      return isNatural(facts, reduce(facts, gap(c)));
    case 'lt':
      return not(decide(facts, { kind: 'le', left: c.right, right: c.left }));
    case 'divides':
      return isMultiple(facts, reduce(facts, c.dividend), reduce(facts, c.divisor));
    case 'not-divides':
      return not(decide(facts, { ...c, kind: 'divides' }));
  }
};

/** The size divided by what all its terms share, as far as that cannot be 0: it is 0 exactly where the size is. */
export const primitive = (d: Dim, known: Known): Dim => {
  if (typeof d === 'number') return d;
  const { factor, monomial } = content(d);
  const powers = monomial.powers.filter((power) => {
    const [low, high] = productRange([1, 1], [power], known);
    return low > 0 || high < 0;
  });
  return cancel(d, { factor, monomial: monomialOf(powers) });
};

/** `g·x + c >= 0` is `x + c//g >= 0`, and a positive factor of all terms does not matter. */
export const tighten = (d: Dim, known: Known): Dim => {
  if (typeof d === 'number') return d;
  const { factor } = content(rawAdd(d, -d.constant));
  const terms = cancel(rawAdd(d, -d.constant), { factor, monomial: one });
  const divided = rawAdd(terms, quotient(d.constant, factor));
  const { monomial } = content(divided);
  const powers = monomial.powers.filter((power) => productRange([1, 1], [power], known)[0] > 0);
  return cancel(divided, { factor: 1, monomial: monomialOf(powers) });
};

/** Whether a size is 0 as far as the bounds of its factors and the common divisor of its coefficients tell. */
export const zeroByRange = (d: Dim, known: Known): boolean | undefined => {
  if (typeof d === 'number') return d === 0;
  if (d.constant % content(rawAdd(d, -d.constant)).factor !== 0) return false;
  const [low, high] = rangeOf(d, known);
  return low > 0 || high < 0 ? false : undefined;
};

/** Whether numbers too large to be exact stand on the sides, too near to each other to be told apart. */
const isBlurred = (left: Dim, right: Dim): boolean => {
  if (!isInexact(left) && !isInexact(right)) return false;
  if (typeof left === 'object' || typeof right === 'object') return true;
  return Math.abs(left - right) <= 1e-9 * Math.max(Math.abs(left), Math.abs(right));
};

const not = (b: boolean | undefined): boolean | undefined => (b === undefined ? undefined : !b);

const memos = remembering<{ readonly answer: boolean | undefined }>();

const remember = (facts: Facts, key: string, answer: () => boolean | undefined): boolean | undefined => {
  const memo = memos(facts);
  const found = memo.get(key) ?? { answer: answer() };
  memo.set(key, found);
  return found.answer;
};

const isZero = (facts: Facts, d: Dim): boolean | undefined => {
  if (isInexact(d)) return undefined;
  if (typeof d === 'number') return d === 0;
  return remember(facts, `= ${d.key}`, () => {
    const known = knownBy(facts);
    const core = primitive(d, known);
    const quick = zeroByRange(core, known);
    if (quick !== undefined) return quick;
    if (facts.others.some((c) => c.kind === 'ne' && (same(c.right, core) || same(c.right, neg(core))))) return false;
    const [mayBe, mayNotBe] = [isMet(facts, core, 'zero'), isMet(facts, core, 'nonzero')];
    if ((mayBe && mayNotBe) || isIndependent(facts, core)) return undefined;
    const about = constraints(facts, [core]);
    if (!mayBe && isImpossible(facts, [core, neg(core)], about)) return false;
    const isNone = (d: Dim) => isImpossible(facts, [rawAdd(d, -1)], about);
    if (!mayNotBe && isNone(core) && isNone(neg(core))) return true;
    return forAllResidues(known, core, periodsOf(core), zeroByRange);
  });
};

const isNatural = (facts: Facts, d: Dim): boolean | undefined => {
  const quick = naturalByRange(d, knownBy(facts));
  if (quick !== undefined || typeof d === 'number') return quick;
  return remember(facts, `>= ${d.key}`, () => {
    const core = tighten(d, knownBy(facts));
    const [mayBe, mayNotBe] = [isMet(facts, core, 'natural'), isMet(facts, core, 'negative')];
    if (mayBe && mayNotBe) return undefined;
    if (isIndependent(facts, core)) return naturalByRange(core, knownBy(facts));
    const about = constraints(facts, [core]);
    if (!mayNotBe && isImpossible(facts, [rawAdd(neg(core), -1)], about)) return true;
    if (!mayBe && isImpossible(facts, [core], about)) return false;
    return forAllResidues(knownBy(facts), core, periodsOf(core), naturalByRange);
  });
};

const linked = remembering<boolean>();

/** Whether the size is a sum of symbols that no fact relates to others: then bounds say all that can be said. */
const isIndependent = (facts: Facts, d: Dim): boolean =>
  termsOf(d).every(({ monomial: { key, powers } }) => {
    const [power, more] = powers;
    if (power?.factor.kind !== 'symbol' || power.exponent > 1 || more) return false;
    const table = linked(facts);
    const found = table.get(key) ?? isMentioned(facts, power.factor.sym.id);
    table.set(key, found);
    return !found;
  });

const isMentioned = (facts: Facts, id: string): boolean => {
  const sizes = facts.others.flatMap((c) => ('left' in c ? [c.left, c.right] : [c.divisor, c.dividend]));
  const products = facts.rewrites.flatMap(({ monomial, value }) => [collect([{ coefficient: 1, monomial }]), value]);
  const bounded = [...facts.ranges.values()]
    .map(({ factor }) => factorDim(factor))
    .filter((d) => symbolsOf(d).length > 1);
  return [...sizes, ...products, ...bounded].some((d) => symbolsOf(d).some((sym) => sym.id === id));
};

const naturalByRange = (d: Dim, known: Known): boolean | undefined => {
  const [low, high] = rangeOf(d, known);
  if (low >= 0) return true;
  return high < 0 ? false : undefined;
};

const isMultiple = (facts: Facts, dividend: Dim, divisor: Dim): boolean | undefined => {
  if (divisor === 0 || isInexact(dividend) || isInexact(divisor)) return undefined;
  return (
    statedMultiple(facts, dividend, divisor) ??
    remember(facts, `${keyOf(divisor)} | ${keyOf(dividend)}`, () =>
      isZero(facts, reduce(facts, rawMod(dividend, divisor, knownBy(facts)))),
    )
  );
};

/** What the known divisibilities say: a multiple of a known multiple by a divisor of its divisor. */
const statedMultiple = (facts: Facts, dividend: Dim, divisor: Dim): boolean | undefined => {
  for (const c of facts.others) {
    if (c.kind === 'not-divides' && same(c.dividend, dividend) && same(c.divisor, divisor)) return false;
    if (c.kind !== 'divides' || exactly(c.divisor, divisor) === undefined) continue;
    if (exactly(dividend, c.dividend) !== undefined) return true;
    const rest = rawAdd(dividend, scale(c.dividend, -multipleOf(dividend, c.dividend)));
    if (exactly(rest, divisor) !== undefined) return true;
  }
  return undefined;
};

/** How many times the first term of `d` goes into a size: the number of `d`s to compare it with. */
const multipleOf = (whole: Dim, d: Dim): number => {
  const [first] = termsOf(d);
  const found = first && termsOf(whole).find(({ monomial }) => monomial.key === first.monomial.key);
  return found ? quotient(found.coefficient, first.coefficient) : 1;
};

/** The answer that is the same for all rests of one symbol, or of a second one where the first does not decide. */
const forAllResidues = (
  known: Known,
  d: Dim,
  periods: readonly Period[],
  test: (d: Dim, known: Known) => boolean | undefined,
  most = mostResidues,
): boolean | undefined => {
  const [period, ...more] = periods;
  if (!period || periods.length > 2 || period.modulus > most) return undefined;
  const answer = (r: number) => {
    const [inner, by] = atResidue(known, d, period, r);
    return test(inner, by) ?? forAllResidues(by, inner, more, test, Math.floor(most / period.modulus));
  };
  const first = answer(0);
  if (first === undefined) return undefined;
  for (let r = 1; r < period.modulus; r++) if (answer(r) !== first) return undefined;
  return first;
};
