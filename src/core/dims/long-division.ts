import { constantOf, type Dim, type Monomial, type Poly, type Term, termsOf } from './dim';
import { gcd, modulo, quotient } from './integers';
import { common, compareMonomials, one, over } from './monomial';
import { collect, neg, rawAdd, rawMul } from './sum';

/** The product of an integer and factors that divides every term of some sizes; the integer is positive. */
export interface Content {
  readonly factor: number;
  readonly monomial: Monomial;
}

/** The greatest common content of sizes. */
export const content = (...dims: readonly Dim[]): Content => {
  let factor = 0;
  let monomial: Monomial | undefined;
  for (const d of dims) {
    if (constantOf(d) !== 0) monomial = one;
    factor = gcd(factor, constantOf(d));
    for (const term of termsOf(d)) {
      factor = gcd(factor, term.coefficient);
      monomial = monomial ? common(monomial, term.monomial) : term.monomial;
    }
  }
  return { factor: factor || 1, monomial: monomial ?? one };
};

/** `d` divided by a content of it. */
export const cancel = (d: Dim, { factor, monomial }: Content): Dim => {
  if (factor === 1 && monomial.powers.length === 0) return d;
  return divideTerms(d, { coefficient: factor, monomial })[0];
};

/** `a / b` when the polynomial `b` divides `a` without a rest, else `undefined`; `b` is not the number 0. */
export const exactly = (a: Dim, b: Dim): Dim | undefined => {
  const [whole, rest] = longDivision(a, b);
  return rest === 0 ? whole : undefined;
};

/**
 * `[q, r]` with `a = q·b + r`. By a single term every term of `a` is divided on its own, coefficients as Python does;
 * a sum of terms is only taken out of `a` when the rest gets simpler by it. `b` is not the number 0.
 */
export const longDivision = (a: Dim, b: Dim): readonly [whole: Dim, rest: Dim] => {
  const terms = termsOf(b);
  const [first] = terms;
  if (!first) return divideTerms(a, { coefficient: constantOf(b), monomial: one });
  if (terms.length === 1 && constantOf(b) === 0) return divideTerms(a, first);
  const lead = leading(terms) ?? first;
  let [whole, rest]: readonly [Dim, Dim] = [0, a];
  for (let steps = 0; steps < 32; steps++) {
    const step = nextStep(rest, lead);
    if (step === undefined) break;
    whole = rawAdd(whole, step);
    rest = rawAdd(rest, neg(rawMul(step, b)));
  }
  return size(rest) < size(a) ? [whole, rest] : [0, a];
};

/** The number of terms, the constant counted as one. */
export const size = (d: Dim): number => termsOf(d).length + (constantOf(d) === 0 ? 0 : 1);

/** Whether the first term in key order is negative: such divisors are negated, so that each has one form. */
export const leadsNegative = (d: Poly): boolean => (d.terms[0]?.coefficient ?? 1) < 0;

const leading = (terms: readonly Term[]): Term | undefined =>
  terms.reduce<Term | undefined>(
    (best, term) => (best && compareMonomials(best.monomial, term.monomial) >= 0 ? best : term),
    undefined,
  );

const nextStep = (rest: Dim, lead: Term): Dim | undefined => {
  const divisible = termsOf(rest).filter(
    ({ coefficient, monomial }) => quotient(coefficient, lead.coefficient) !== 0 && over(monomial, lead.monomial),
  );
  const largest = leading(divisible);
  const monomial = largest && over(largest.monomial, lead.monomial);
  return monomial && collect([{ coefficient: quotient(largest.coefficient, lead.coefficient), monomial }]);
};

const divideTerms = (a: Dim, by: Term): readonly [Dim, Dim] => {
  const [whole, rest]: readonly [Term[], Term[]] = [[], []];
  const split = (coefficient: number, monomial: Monomial) => {
    const reduced = over(monomial, by.monomial);
    const q = reduced ? quotient(coefficient, by.coefficient) : 0;
    if (reduced && q !== 0) whole.push({ coefficient: q, monomial: reduced });
    const r = reduced ? modulo(coefficient, by.coefficient) : coefficient;
    if (r !== 0) rest.push({ coefficient: r, monomial });
  };
  for (const { coefficient, monomial } of termsOf(a)) split(coefficient, monomial);
  split(constantOf(a), one);
  return [collect(whole), collect(rest)];
};
