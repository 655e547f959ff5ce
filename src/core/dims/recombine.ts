import { constantOf, type Dim, type Factor, isWrittenAlike, type Poly, type Term } from './dim';
import { rawFloor, rawMod } from './division';
import { exactly, size } from './long-division';
import { monomialOf, over } from './monomial';
import { collect, neg, rawAdd, rawMul, scaleBy } from './sum';

/**
 * Floors and remainders of one division are written by each other where that leaves fewer terms:
 * `d·(e//d) + e%d = e`, `e - d·(e//d) = e % d`, `e + (-e)%d = d·⌈e/d⌉`, `e//2 + (e+1)//2 = e`.
 */
export const recombine = (d: Dim): Dim => {
  if (typeof d === 'number' || !d.terms.some(hasDivision)) return d;
  const known = memo.get(d.key);
  if (known && isWrittenAlike(known.from, d)) return known.to;
  const to = shortest(d);
  if (memo.size >= mostKept) memo.clear();
  memo.set(d.key, { from: d, to });
  return to;
};

/** Every pass of a run adds and multiplies the same sizes. */
const memo = new Map<string, { readonly from: Poly; readonly to: Dim }>();
const mostKept = 4096;

const shortest = (d: Poly): Dim => {
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

type Division = Extract<Factor, { readonly divisor: Dim }>;

/** The sums that equal `d` after one floor or remainder in a term of it was written in another way. */
const rewritten = (d: Poly, term: Term, factor: Factor): readonly Dim[] => {
  if (factor.kind !== 'floor' && factor.kind !== 'mod') return [];
  const isWhole = typeof factor.divisor !== 'number' || term.coefficient % factor.divisor === 0;
  const isPart = factor.kind === 'mod' ? size(d) > 1 : isWhole || isSeries(d, factor);
  const others = isPart ? over(term.monomial, monomialOf([{ factor, exponent: 1 }])) : undefined;
  if (!others) return [];
  const cofactor = scaleBy(term.coefficient, 1, others);
  const rest = rawAdd(d, neg(collect([term])));
  const changed = (by: Dim, values: readonly Dim[]) => values.map((value) => rawAdd(rest, rawMul(by, value)));
  if (factor.kind === 'mod') return changed(cofactor, byFloor(factor));
  const times = isWhole ? exactly(cofactor, factor.divisor) : undefined;
  return [
    ...(times === undefined ? [] : changed(times, byRemainder(factor))),
    ...(isSeries(d, factor) ? [rawAdd(d, rawMul(cofactor, missing(factor)))] : []),
  ];
};

/** `e % k = e - k·(e // k)`, and `e % k = k-1 - (k-1 - e) % k` for a number `k`. */
const byFloor = ({ dividend: e, divisor }: Division): readonly Dim[] => {
  const direct = rawAdd(e, neg(rawMul(divisor, rawFloor(e, divisor))));
  return typeof divisor === 'number' ? [direct, rawAdd(divisor - 1, neg(mirrored(e, divisor)))] : [direct];
};

/** `k·(e // k) = e - e % k`, and `e - (k-1) + (k-1 - e) % k` for a number `k`. */
const byRemainder = ({ dividend: e, divisor }: Division): readonly Dim[] => {
  const direct = rawAdd(e, neg(rawMod(e, divisor)));
  return typeof divisor === 'number' ? [direct, rawAdd(rawAdd(e, 1 - divisor), mirrored(e, divisor))] : [direct];
};

const mirrored = (e: Dim, k: number): Dim => rawMod(rawAdd(k - 1, neg(e)), k);

/** Whether a sum has so many of the floors of `e`, `e+1`, … by the same number that writing `e` for all of them may pay. */
const isSeries = (d: Poly, { dividend, divisor }: Division): boolean => {
  if (typeof divisor !== 'number' || divisor > d.terms.length) return false;
  const isLike = ({ monomial }: Term) =>
    monomial.powers.some(({ factor }) => factor.kind === 'floor' && factor.divisor === divisor);
  return 2 * d.terms.filter(isLike).length + size(dividend) > divisor;
};

/** `e - e//k - (e+1)//k - … - (e+k-1)//k`, which is 0: Hermite's identity. */
const missing = ({ dividend, divisor }: Division): Dim => {
  const e = rawAdd(dividend, -constantOf(dividend));
  let result = e;
  for (let r = 0; r < Number(divisor); r++) result = rawAdd(result, neg(rawFloor(rawAdd(e, r), divisor)));
  return result;
};
