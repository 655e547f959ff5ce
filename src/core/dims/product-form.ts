import { add, sub } from './arithmetic';
import type { Condition } from './condition';
import { constantOf, type Dim, type Monomial, termsOf } from './dim';
import { collect } from './sum';

/** `left · right = value`, where an equality says no more and no less. */
export interface ProductForm {
  readonly left: Dim;
  readonly right: Dim;
  readonly value: number;
}

/**
 * An equality of the form `a·b + q·a + p·b = c` as the product that it is: `(a + p)·(b + q) = c + p·q`. Undefined for
 * any other one, and for a product of sizes themselves, which reads well as it is.
 */
export const productForm = (c: Extract<Condition, { readonly left: Dim }>): ProductForm | undefined => {
  const difference = sub(c.left, c.right);
  const terms = termsOf(difference);
  const pair = terms.find(({ monomial }) => monomial.powers.length === 2);
  const [first, second] = pair?.monomial.powers ?? [];
  if (!pair || !first || !second || first.exponent > 1 || second.exponent > 1 || terms.length !== 3) return undefined;
  const linear = (key: string): { readonly monomial: Monomial; readonly coefficient: number } | undefined =>
    terms.find(
      ({ monomial: { powers } }) => powers.length === 1 && powers[0]?.exponent === 1 && powers[0].factor.key === key,
    );
  const [a, b] = [linear(first.factor.key), linear(second.factor.key)];
  const k = pair.coefficient;
  if (!a || !b) return undefined;
  const [q, p, rest] = [a.coefficient / k, b.coefficient / k, -constantOf(difference) / k];
  if (![p, q, rest].every(Number.isSafeInteger)) return undefined;
  const size = (monomial: Monomial): Dim => collect([{ coefficient: 1, monomial }]);
  return { left: add(size(a.monomial), p), right: add(size(b.monomial), q), value: rest + p * q };
};

/** `a·b + q·a + p·b + p·q` and its multiples as the product that they are: `(a + p)·(b + q)`. */
export const asProduct = (d: Dim): { readonly times: number; readonly left: Dim; readonly right: Dim } | undefined => {
  const form = productForm({ kind: 'eq', left: d, right: 0 });
  const times = termsOf(d).find(({ monomial }) => monomial.powers.length === 2)?.coefficient;
  return form?.value === 0 && times !== undefined ? { times, left: form.left, right: form.right } : undefined;
};
