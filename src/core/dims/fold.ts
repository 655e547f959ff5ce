import { constantOf, type Dim, type Factor, soleFactor, type Term, termsOf } from './dim';
import { collect, neg, rawAdd, scale } from './sum';

/**
 * A sum read as one rounded quotient and a rest. The normal form takes whole multiples out of floors; for a reader
 * `⌊(H-3)/4⌋` is shorter than `⌊(H+1)/4⌋ - 1`, and `⌊8·dim/3⌋` than `2·dim + ⌊2·dim/3⌋`.
 */
export interface Folded {
  readonly up: boolean;
  readonly dividend: Dim;
  readonly divisor: Dim;
  readonly rest: Dim;
}

/** The sum with a floor that took in other terms of it, or `undefined` when no floor reads shorter for that. */
export const fold = (d: Dim): Folded | undefined => {
  for (const term of termsOf(d)) {
    const factor = soleFactor(collect([{ ...term, coefficient: 1 }]));
    if (factor?.kind !== 'floor') continue;
    const rest = rawAdd(d, neg(collect([term])));
    const folded = term.coefficient === 1 ? foldAdded(factor, rest) : undefined;
    if (folded) return folded;
    if (term.coefficient === -1) {
      const turned = foldSubtracted(factor, rest);
      if (turned) return turned;
    }
  }
  return undefined;
};

type Quotient = Extract<Factor, { readonly divisor: Dim }>;

/** `Σ q·t + c + (Σ r·t + c') // k = (Σ (k·q + r)·t + k·c + c') // k` */
const foldAdded = ({ dividend, divisor }: Quotient, rest: Dim): Folded | undefined => {
  const constant = constantOf(rest);
  if (typeof divisor !== 'number') {
    // ⌈x/P⌉ is 1 + (x-1) // P in normal form.
    const isCeiling = constantOf(dividend) === -1 && constant === 1;
    return isCeiling ? { up: true, dividend: rawAdd(dividend, 1), divisor, rest: rawAdd(rest, -1) } : undefined;
  }
  const inner = constantOf(dividend);
  const isCeiling = inner === divisor - 1;
  const taken = inner !== 0 && (constant < 0 || (constant === 1 && !isCeiling)) ? constant : 0;
  const shared = rawAdd(termsIn(rest, dividend), taken);
  if (shared === 0) return undefined;
  return roundedBy(rawAdd(dividend, scale(shared, divisor)), divisor, rawAdd(rest, neg(shared)));
};

/** `Σ q·t - (Σ r·t) // k = ⌈(Σ (k·q - r)·t) / k⌉` */
const foldSubtracted = ({ dividend, divisor }: Quotient, rest: Dim): Folded | undefined => {
  if (typeof divisor !== 'number' || constantOf(dividend) !== 0) return undefined;
  const shared = termsIn(rest, dividend);
  const above = rawAdd(scale(shared, divisor), neg(dividend));
  if (shared === 0 || termsOf(above).some(({ coefficient }) => coefficient < 0)) return undefined;
  return { up: true, dividend: above, divisor, rest: rawAdd(rest, neg(shared)) };
};

const roundedBy = (dividend: Dim, divisor: number, rest: Dim): Folded =>
  constantOf(dividend) === divisor - 1
    ? { up: true, dividend: rawAdd(dividend, 1 - divisor), divisor, rest }
    : { up: false, dividend, divisor, rest };

/** The terms of `rest` whose factors are those of a term of `dividend`. */
const termsIn = (rest: Dim, dividend: Dim): Dim => {
  const keys = new Set(termsOf(dividend).map(({ monomial }) => monomial.key));
  const found: readonly Term[] = termsOf(rest).filter(({ monomial }) => keys.has(monomial.key));
  return collect(found);
};
