import type { Dim, Factor, Poly, Term } from './dim';
import { rawFloor, rawMod } from './division';
import { exactly, size } from './long-division';
import { monomialOf, over } from './monomial';
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
  const others = over(term.monomial, monomialOf([{ factor, exponent: 1 }]));
  if (!others) return [];
  const cofactor = scaleBy(term.coefficient, 1, others);
  const { dividend: e, divisor } = factor;
  if (factor.kind === 'mod') {
    if (size(d) < 2) return [];
    const byFloor = rawAdd(e, neg(rawMul(divisor, rawFloor(e, divisor))));
    const values = typeof divisor === 'number' ? [byFloor, rawAdd(divisor - 1, neg(mirrored(e, divisor)))] : [byFloor];
    return values.map((value) => rawAdd(without(d, term), rawMul(cofactor, value)));
  }
  const times = exactly(cofactor, divisor);
  if (times === undefined) return [];
  const byMod = rawAdd(e, neg(rawMod(e, divisor)));
  const values = typeof divisor === 'number' ? [byMod, rawAdd(rawAdd(e, 1 - divisor), mirrored(e, divisor))] : [byMod];
  return values.map((value) => rawAdd(without(d, term), rawMul(times, value)));
};

/** `(k-1 - e) % k`, which is `k-1 - e % k` for a positive `k`. */
const mirrored = (e: Dim, k: number): Dim => rawMod(rawAdd(k - 1, neg(e)), k);

const without = (d: Poly, term: Term): Dim => rawAdd(d, neg(collect([term])));
