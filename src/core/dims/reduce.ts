import { type Dim, type Factor, factorDim, type Monomial, termsOf } from './dim';
import { rawFloor, rawMod } from './division';
import { extremum } from './extrema';
import { type Facts, knownBy, noFacts, type Rewrite } from './facts';
import { over } from './monomial';
import type { Known } from './range';
import { recombine } from './recombine';
import { collect, neg, rawAdd, rawMul, scaleBy } from './sum';

/** A size without bound symbols, known floors and known products: the form in which facts are compared. */
export const reduce = (facts: Facts, d: Dim): Dim => {
  if (typeof d === 'number' || facts === noFacts) return d;
  const memo = memoOf(facts);
  const known = memo.get(d.key);
  if (known !== undefined) return known;
  const result = rewrite(facts, recombine(rebuild(d, (factor) => reduceFactor(facts, factor))));
  memo.set(d.key, result);
  return result;
};

/** The size with every factor replaced, multiplied out again. */
export const rebuild = (d: Dim, get: (factor: Factor) => Dim): Dim => {
  if (typeof d === 'number') return d;
  let result: Dim = d.constant;
  for (const { coefficient, monomial } of d.terms) {
    let term: Dim = coefficient;
    for (const { factor, exponent } of monomial.powers) {
      const value = get(factor);
      for (let i = 0; i < exponent; i++) term = rawMul(term, value);
    }
    result = rawAdd(result, term);
  }
  return result;
};

/** A floor, remainder or extremum of other arguments; a divisor that became 0 keeps the factor as it was. */
export const remake = (factor: Factor, map: (d: Dim) => Dim, known: Known): Dim => {
  switch (factor.kind) {
    case 'symbol':
      return factorDim(factor);
    case 'floor':
    case 'mod': {
      const divisor = map(factor.divisor);
      if (divisor === 0) return factorDim(factor);
      return factor.kind === 'floor'
        ? rawFloor(map(factor.dividend), divisor, known)
        : rawMod(map(factor.dividend), divisor, known);
    }
    case 'max':
    case 'min':
      return extremum(factor.kind, factor.args.map(map), known);
  }
};

const reduceFactor = (facts: Facts, factor: Factor): Dim => {
  if (factor.kind === 'symbol') return facts.symbols.get(factor.sym.id) ?? factorDim(factor);
  return remake(factor, (d) => reduce(facts, d), knownBy(facts));
};

const rewrite = (facts: Facts, d: Dim): Dim => {
  let result = d;
  // Rewrites go from larger products to smaller ones; the bound is for those that feed each other.
  for (let steps = 0; steps < 24; steps++) {
    const next = rewriteOnce(facts.rewrites, result);
    if (next === undefined) return result;
    result = recombine(next);
  }
  return result;
};

const rewriteOnce = (rewrites: readonly Rewrite[], d: Dim): Dim | undefined => {
  for (const { monomial, value } of rewrites) {
    for (const term of termsOf(d)) {
      const others: Monomial | undefined = over(term.monomial, monomial);
      if (others) return rawAdd(rawAdd(d, neg(collect([term]))), scaleBy(value, term.coefficient, others));
    }
  }
  return undefined;
};

const memos = new WeakMap<Facts, Map<string, Dim>>();

const memoOf = (facts: Facts): Map<string, Dim> => {
  const memo = memos.get(facts) ?? new Map<string, Dim>();
  memos.set(facts, memo);
  return memo;
};
