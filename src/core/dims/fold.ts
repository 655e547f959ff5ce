import { constantOf, type Dim, type Factor, soleFactor, type Term, termsOf } from './dim';
import { collect, neg, rawAdd, scale } from './sum';

/**
 * A sum read as one rounded quotient, up or down, and a rest. The normal form takes whole multiples out of floors;
 * for a reader `⌊(H-3)/4⌋` is shorter than `⌊(H+1)/4⌋ - 1`, and `⌊8·dim/3⌋` than `2·dim + ⌊2·dim/3⌋`.
 */
export interface Folded {
  readonly up: boolean;
  readonly dividend: Dim;
  readonly divisor: Dim;
  readonly rest: Dim;
}

const LARGEST_RATIO = 10;

/** `Σ q·t + c + (Σ r·t + c') // k = (Σ (k·q + r)·t + k·c + c') // k`, where that leaves fewer terms. */
export const foldFloor = (d: Dim): Folded | undefined =>
  firstFolded(d, 1, ({ dividend, divisor }, rest) => {
    if (typeof divisor !== 'number') return undefined;
    const [constant, inner] = [constantOf(rest), constantOf(dividend)];
    const isShorter = inner !== 0 && (constant < 0 || (constant === 1 && inner !== divisor - 1));
    // A ratio of two small numbers is how wide a layer is made; `C + ⌊C/16⌋` are two things.
    const terms = divisor <= LARGEST_RATIO ? termsIn(rest, dividend) : 0;
    const shared = rawAdd(terms, isShorter ? constant : 0);
    if (shared === 0) return undefined;
    return rounded(rawAdd(dividend, scale(shared, divisor)), divisor, rawAdd(rest, neg(shared)));
  });

/** `1 + (x-1) // P = ⌈x/P⌉` and `Σ q·t - (Σ r·t) // k = ⌈(Σ (k·q - r)·t) / k⌉`. */
export const foldCeiling = (d: Dim): Folded | undefined =>
  firstFolded(d, 1, ({ dividend, divisor }, rest) => {
    if (typeof divisor === 'number' || constantOf(dividend) !== -1 || constantOf(rest) !== 1) return undefined;
    const above = rawAdd(dividend, 1);
    return above === 0 ? undefined : { up: true, dividend: above, divisor, rest: rawAdd(rest, -1) };
  }) ??
  firstFolded(d, -1, ({ dividend, divisor }, rest) => {
    if (typeof divisor !== 'number' || constantOf(dividend) !== 0) return undefined;
    const shared = termsIn(rest, dividend);
    const above = rawAdd(scale(shared, divisor), neg(dividend));
    if (shared === 0 || termsOf(above).every(({ coefficient }) => coefficient < 0)) return undefined;
    return { up: true, dividend: above, divisor, rest: rawAdd(rest, neg(shared)) };
  });

/** A quotient as it is read: `(x + k-1) // k` is rounded up. */
export const rounded = (dividend: Dim, divisor: Dim, rest: Dim = 0): Folded => {
  const up = typeof divisor === 'number' && divisor > 1 && constantOf(dividend) === divisor - 1;
  return { up, dividend: up ? rawAdd(dividend, 1 - divisor) : dividend, divisor, rest };
};

type Quotient = Extract<Factor, { readonly divisor: Dim }>;

const firstFolded = (
  d: Dim,
  coefficient: number,
  folded: (factor: Quotient, rest: Dim) => Folded | undefined,
): Folded | undefined => {
  for (const term of termsOf(d)) {
    const factor = term.coefficient === coefficient ? soleFactor(collect([{ ...term, coefficient: 1 }])) : undefined;
    const found = factor?.kind === 'floor' ? folded(factor, rawAdd(d, neg(collect([term])))) : undefined;
    if (found) return found;
  }
  return undefined;
};

/** The terms of `rest` whose factors are those of a term of `dividend`. */
const termsIn = (rest: Dim, dividend: Dim): Dim => {
  const keys = new Set(termsOf(dividend).map(({ monomial }) => monomial.key));
  const found: readonly Term[] = termsOf(rest).filter(({ monomial }) => keys.has(monomial.key));
  return collect(found);
};
