import { type Dim, type Factor, factorDim, isWrittenAlike, type Monomial, same, type Term, termsOf } from './dim';
import { rawFloor, rawMod } from './division';
import { extremum } from './extrema';
import { type Facts, knownBy, noFacts, remembering } from './facts';
import { exactly } from './long-division';
import { monomialOf, over } from './monomial';
import type { Known } from './range';
import { recombine } from './recombine';
import { collect, neg, rawAdd, rawMul, scaleBy } from './sum';
import { wholeNumber } from './whole';

/** A size without bound symbols, known floors and known products: the form in which facts are compared. */
export const reduce = (facts: Facts, d: Dim): Dim => {
  if (typeof d === 'number' || facts === noFacts) return d;
  const memo = memos(facts);
  const known = memo.get(d.key);
  if (known && isWrittenAlike(known.from, d)) return known.to;
  const result = rewrite(facts, recombine(rebuild(d, (factor) => reduceFactor(facts, factor))));
  memo.set(d.key, { from: d, to: result });
  return result;
};

/** The size with every factor replaced, multiplied out again; `undefined` keeps one. */
export const rebuild = (d: Dim, get: (factor: Factor) => Dim | undefined): Dim => {
  if (typeof d === 'number') return d;
  const kept: Term[] = [];
  let result: Dim = d.constant;
  for (const term of d.terms) {
    const values = term.monomial.powers.map(({ factor }) => get(factor));
    if (values.every((value) => value === undefined)) {
      kept.push(term);
      continue;
    }
    let product: Dim = term.coefficient;
    for (const [i, { factor, exponent }] of term.monomial.powers.entries()) {
      const value = values[i] ?? factorDim(factor);
      for (let times = 0; times < exponent; times++) product = rawMul(product, value);
    }
    result = rawAdd(result, product);
  }
  if (kept.length === d.terms.length) return d;
  return rawAdd(collect(kept), result);
};

/** A floor, remainder, extremum or whole number made again of replaced parts; `undefined` for a symbol, or a divisor that became 0. */
export const remake = (factor: Factor, map: (d: Dim) => Dim, known: Known): Dim | undefined => {
  switch (factor.kind) {
    case 'symbol':
      return undefined;
    case 'floor':
    case 'mod': {
      const [dividend, divisor] = [map(factor.dividend), map(factor.divisor)];
      if (divisor === 0) return undefined;
      return factor.kind === 'floor' ? rawFloor(dividend, divisor, known) : rawMod(dividend, divisor, known);
    }
    case 'max':
    case 'min':
      return extremum(factor.kind, factor.args.map(map), known);
    case 'down':
    case 'up':
    case 'near':
      return wholeNumber(factor.kind, map(factor.args[0]), known);
  }
};

/** The size with one factor replaced wherever it occurs. */
export const replaceFactor = (d: Dim, key: string, value: Dim, known: Known): Dim =>
  typeof d === 'number' || !d.key.includes(key)
    ? d
    : recombine(
        rebuild(d, (factor) =>
          factor.key === key ? value : remake(factor, (part) => replaceFactor(part, key, value, known), known),
        ),
      );

/** What of the facts says how a size is reduced: the same object for facts that differ in other things alone. */
const rulesOf = (facts: Facts): object => {
  const known = rules.get(facts);
  if (known) return known;
  const states = facts.others.some(({ kind }) => kind === 'divides');
  const found = states ? facts : within(within(within(all, facts.symbols), facts.ranges), facts.rewrites);
  rules.set(facts, found);
  return found;
};

interface Branch {
  readonly inner: WeakMap<object, Branch>;
}

const rules = new WeakMap<Facts, object>();
const all: Branch = { inner: new WeakMap() };

const within = ({ inner }: Branch, part: object): Branch => {
  const known = inner.get(part) ?? { inner: new WeakMap() };
  inner.set(part, known);
  return known;
};

const memos = remembering<{ readonly from: Dim; readonly to: Dim }>(rulesOf);

const reduceFactor = (facts: Facts, factor: Factor): Dim | undefined => {
  if (factor.kind !== 'symbol') return remake(factor, (d) => reduce(facts, d), knownBy(facts));
  const value = facts.symbols.get(factor.sym.id);
  // A value has no bound symbol, but what was learned after it may simplify it.
  return value === undefined ? undefined : reduce(facts, value);
};

const rewrite = (facts: Facts, d: Dim): Dim => {
  let result = d;
  // Rewrites go from larger products to smaller ones; the bound is for those that feed each other.
  for (let steps = 0; steps < 24; steps++) {
    const next = rewriteOnce(facts, result);
    if (next === undefined) return result;
    result = recombine(next);
  }
  return result;
};

const rewriteOnce = (facts: Facts, d: Dim): Dim | undefined => {
  for (const term of termsOf(d)) {
    for (const { monomial, value } of facts.rewrites) {
      const others = over(term.monomial, monomial);
      const swapped = others && inPlace(term, monomial, value);
      if (swapped) return rawAdd(without(d, term), swapped);
      if (others) return rawAdd(without(d, term), scaleBy(value, term.coefficient, others));
    }
    const whole = withoutFloor(facts, term);
    if (whole !== undefined) return rawAdd(without(d, term), whole);
  }
  return undefined;
};

/** A factor in the place of one that it is equal to: a product is read in the order in which it was written. */
const inPlace = (
  { coefficient, monomial: { powers } }: Term,
  { powers: [old, ...more] }: Monomial,
  value: Dim,
): Dim | undefined => {
  const [only, ...others] = termsOf(value);
  const [power, ...further] = only?.monomial.powers ?? [];
  const isFactor = power && others.length + further.length === 0 && typeof value !== 'number' && value.constant === 0;
  if (!old || more.length > 0 || !isFactor || only?.coefficient !== 1 || old.exponent !== 1 || power.exponent !== 1)
    return undefined;
  const at = powers.findIndex(({ factor, exponent }) => factor.key === old.factor.key && exponent === 1);
  if (at < 0) return undefined;
  return powers.reduce<Dim>(
    (product, { factor, exponent }, i) =>
      rawMul(product, i === at ? value : scaleBy(1, 1, monomialOf([{ factor, exponent }]))),
    coefficient,
  );
};

/** `k·(e // k) = e` where a fact says that `k` divides `e`. */
const withoutFloor = (facts: Facts, { coefficient, monomial }: Term): Dim | undefined => {
  for (const { factor, exponent } of monomial.powers) {
    if (factor.kind !== 'floor' || exponent !== 1) continue;
    const stated = facts.others.some(
      (c) => c.kind === 'divides' && same(c.dividend, factor.dividend) && same(c.divisor, factor.divisor),
    );
    const others = stated ? over(monomial, monomialOf([{ factor, exponent }])) : undefined;
    const times = others && exactly(scaleBy(coefficient, 1, others), factor.divisor);
    if (times !== undefined) return rawMul(times, factor.dividend);
  }
  return undefined;
};

const without = (d: Dim, term: Term): Dim => rawAdd(d, neg(collect([term])));
