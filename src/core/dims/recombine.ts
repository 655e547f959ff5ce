import { type Dim, type Factor, type Poly, type Term, termsOf } from './dim';
import { rawFloor, rawMod } from './division';
import { exactly, size } from './long-division';
import { monomialOf, over } from './monomial';
import { nothingKnown } from './range';
import { collect, neg, rawAdd, rawMul, scaleBy } from './sum';

/**
 * Floors and remainders of one division are written by each other where that leaves fewer terms:
 * `d·(e//d) + e%d = e`, `e - d·(e//d) = e % d`, `e + (-e)%d = d·⌈e/d⌉`.
 */
export const recombine = (d: Dim): Dim => {
  if (typeof d === 'number' || !d.terms.some(hasDivision)) return d;
  let best: Dim = d;
  for (const term of d.terms) {
    for (const { factor, exponent } of term.monomial.powers) {
      if (exponent !== 1) continue;
      for (const candidate of rewritten(d, term, factor)) if (size(candidate) < size(best)) best = candidate;
    }
  }
  return best === d ? d : recombine(best);
};

const hasDivision = ({ monomial }: Term): boolean =>
  monomial.powers.some(({ factor, exponent }) => exponent === 1 && (factor.kind === 'floor' || factor.kind === 'mod'));

/** The sums that equal `d` after one floor or remainder in a term of it was written by the other. */
const rewritten = (d: Poly, term: Term, factor: Factor): readonly Dim[] => {
  if (factor.kind !== 'floor' && factor.kind !== 'mod') return [];
  const { dividend: e, divisor } = factor;
  const others = over(term.monomial, monomialOf([{ factor, exponent: 1 }]));
  if (!others) return [];
  const cofactor = scaleBy(term.coefficient, 1, others);
  const without = rawAdd(d, neg(collect([term])));
  const plus = (by: Dim, value: Dim) => rawAdd(without, rawMul(by, value));
  const turned = rawMod(rawAdd(rawAdd(divisor, -1), neg(e)), divisor, nothingKnown);
  if (factor.kind === 'mod') {
    if (termsOf(d).length < 2 && d.constant === 0) return [];
    const byFloor = rawAdd(e, neg(rawMul(divisor, rawFloor(e, divisor, nothingKnown))));
    // e % d = d-1 - (d-1-e) % d, for a divisor of either sign only when it is positive: a number here
    const mirrored = typeof divisor === 'number' ? [plus(cofactor, rawAdd(divisor - 1, neg(turned)))] : [];
    return [plus(cofactor, byFloor), ...mirrored];
  }
  const times = exactly(cofactor, divisor);
  if (times === undefined) return [];
  const low = plus(times, rawAdd(e, neg(rawMod(e, divisor, nothingKnown))));
  if (typeof divisor !== 'number') return [low];
  return [low, plus(times, rawAdd(rawAdd(e, 1 - divisor), turned))];
};
