import { add, type Condition, type Dim, mod, mul, sub } from '../dims';

/**
 * The one size behind `k if k % 2 else k + 1`: where a condition asks for the rest of a division by 2, two sizes that
 * differ by a number are one with that rest in it. `yes` is the size where the condition holds.
 */
export const byParity = (relation: Condition | undefined, yes: Dim, no: Dim): Dim | undefined => {
  const asked = relation && parityAsked(relation);
  if (!asked) return undefined;
  const [odd, even] = asked.odd ? [yes, no] : [no, yes];
  const step = sub(odd, even);
  return typeof step === 'number' ? add(even, mul(step, mod(asked.of, 2))) : undefined;
};

/** Whose parity a condition asks for, and whether it holds where that is odd. */
const parityAsked = (c: Condition): { readonly of: Dim; readonly odd: boolean } | undefined => {
  if (c.kind === 'divides' || c.kind === 'not-divides')
    return c.divisor === 2 ? { of: c.dividend, odd: c.kind === 'not-divides' } : undefined;
  if (c.kind !== 'eq' && c.kind !== 'ne') return undefined;
  const [rest, value] = typeof c.left === 'number' ? [c.right, c.left] : [c.left, c.right];
  const of = halved(rest);
  return of !== undefined && (value === 0 || value === 1)
    ? { of, odd: (c.kind === 'eq') === (value === 1) }
    : undefined;
};

/** `k` of `k % 2`. */
const halved = (d: Dim): Dim | undefined => {
  if (typeof d === 'number' || d.constant !== 0 || d.terms.length !== 1) return undefined;
  const [term] = d.terms;
  const [power, more] = term?.monomial.powers ?? [];
  const factor = term?.coefficient === 1 && power?.exponent === 1 && !more ? power.factor : undefined;
  return factor?.kind === 'mod' && factor.divisor === 2 ? factor.dividend : undefined;
};
