import { constantOf, type Dim, type Factor, factorDim, keyOf, type Poly, termsOf } from './dim';
import { modulo, quotient } from './integers';
import { cancel, content, exactly, leadsNegative, longDivision } from './long-division';
import { one, over } from './monomial';
import { type Known, nothingKnown, rangeOf } from './range';
import { collect, neg, rawAdd, rawMul, scaleBy } from './sum';

/** Python's `a // b` in normal form. Throws `RangeError` for a divisor that is the number 0. */
export const rawFloor = (a: Dim, b: Dim, known: Known = nothingKnown): Dim => {
  if (typeof b === 'number') {
    if (typeof a === 'number') return quotient(a, b);
    if (b === 0) throw new RangeError('division by zero');
    return b < 0 ? floorByNumber(neg(a), -b, known) : floorByNumber(a, b, known);
  }
  if (a === 0) return 0;
  if (leadsNegative(b)) return rawFloor(neg(a), neg(b), known);
  return floorByPoly(a, b, known);
};

/** Python's `a % b` in normal form. Throws `RangeError` for a divisor that is the number 0. */
export const rawMod = (a: Dim, b: Dim, known: Known = nothingKnown): Dim => {
  if (typeof b === 'number') {
    if (typeof a === 'number') return modulo(a, b);
    if (b === 0) throw new RangeError('division by zero');
    return b < 0 ? neg(modByNumber(neg(a), -b, known)) : modByNumber(a, b, known);
  }
  if (a === 0) return 0;
  if (leadsNegative(b)) return neg(rawMod(neg(a), neg(b), known));
  return modByPoly(a, b, known);
};

const floorByNumber = (a: Dim, d: number, known: Known): Dim => {
  if (typeof a === 'number') return quotient(a, d);
  if (d === 1) return a;
  // -x // d = -((x + d-1) // d): a ceiling stays one floor, and chains of ceilings stay flat.
  if (allNegative(a)) return neg(floorByNumber(rawAdd(neg(a), d - 1), d, known));
  // (Σ (d·q + r)·t) // d = Σ q·t + (Σ r·t) // d
  const [whole, rest] = longDivision(a, d);
  return rawAdd(whole, floorOfRest(rest, d, known));
};

const floorByPoly = (a: Dim, d: Poly, known: Known): Dim => {
  const [whole, rest] = longDivision(a, d);
  if (rest === 0) return whole;
  if (allNegative(rest) && isPositive(d, known)) {
    return rawAdd(whole, neg(floorByPoly(rawAdd(neg(rest), rawAdd(d, -1)), d, known)));
  }
  return rawAdd(whole, floorOfRest(rest, d, known));
};

/** `rest // d` where no whole part can be taken out any more. */
const floorOfRest = (rest: Dim, d: Dim, known: Known): Dim => {
  const reduced = lowestTerms(rest, d, known);
  if (reduced) return rawFloor(reduced.dividend, reduced.divisor, known);
  const small = smallQuotient(rest, d, known);
  if (small !== undefined) return small;
  const inner = innerFloor(rest);
  // (x//a + c) // b = (x + a·c) // (a·b) for b > 0
  if (inner && isPositive(d, known)) {
    const others = rawAdd(rest, neg(factorDim(inner)));
    const dividend = rawAdd(inner.dividend, rawMul(inner.divisor, others));
    return rawFloor(dividend, rawMul(inner.divisor, d), known);
  }
  return quotientFactor('floor', rest, d);
};

/** `(g·x + c) // (g·y) = (x + c//g) // y`: exact for any `g`, with `c` rounded for a number `g` and a positive divisor. */
const lowestTerms = (
  rest: Dim,
  d: Dim,
  known: Known,
): { readonly dividend: Dim; readonly divisor: Dim } | undefined => {
  const shared = content(d, rest);
  if (shared.factor > 1 || shared.monomial.powers.length > 0) {
    return { dividend: cancel(rest, shared), divisor: cancel(d, shared) };
  }
  const constant = constantOf(rest);
  const { factor } = content(d, rawAdd(rest, -constant));
  if (factor === 1 || typeof rest === 'number' || !isPositive(d, known)) return undefined;
  const by = { factor, monomial: one };
  return {
    dividend: rawAdd(cancel(rawAdd(rest, -constant), by), quotient(constant, factor)),
    divisor: cancel(d, by),
  };
};

const smallQuotient = (rest: Dim, d: Dim, known: Known): number | undefined => {
  const [low, high] = rangeOf(rest, known);
  if (typeof d === 'number') {
    if (!Number.isFinite(low) || !Number.isFinite(high)) return undefined;
    return quotient(low, d) === quotient(high, d) ? quotient(low, d) : undefined;
  }
  if (!isPositive(d, known)) return undefined;
  if (low >= 0 && rangeOf(rawAdd(d, neg(rest)), known)[0] >= 1) return 0;
  return high <= -1 && rangeOf(rawAdd(d, rest), known)[0] >= 0 ? -1 : undefined;
};

const innerFloor = (rest: Dim): Quotient | undefined => {
  const found: Quotient[] = [];
  for (const { coefficient, monomial } of termsOf(rest)) {
    const [power, more] = monomial.powers;
    if (coefficient !== 1 || more || power?.exponent !== 1 || power.factor.kind !== 'floor') continue;
    found.push(power.factor);
  }
  return found.length === 1 ? found[0] : undefined;
};

const modByNumber = (a: Dim, d: number, known: Known): Dim => {
  if (typeof a === 'number') return modulo(a, d);
  if (d === 1) return 0;
  const near = termsOf(a).map(({ coefficient, monomial }) => {
    const rest = modulo(coefficient, d);
    // -H % 32 reads better than 31·H % 32.
    return { coefficient: rest * 2 > d ? rest - d : rest, monomial };
  });
  const terms = near.filter(({ coefficient }) => coefficient !== 0);
  return modOfRest(collect([...terms, { coefficient: modulo(a.constant, d), monomial: one }]), d, known);
};

const modByPoly = (a: Dim, d: Poly, known: Known): Dim => modOfRest(longDivision(a, d)[1], d, known);

const modOfRest = (rest: Dim, d: Dim, known: Known): Dim => {
  if (typeof rest === 'number' && typeof d === 'number') return modulo(rest, d);
  if (rest === 0) return 0;
  const shared = content(d, rest);
  // (g·x) % (g·y) = g·(x % y)
  if (shared.factor > 1 || shared.monomial.powers.length > 0) {
    return scaleBy(rawMod(cancel(rest, shared), cancel(d, shared), known), shared.factor, shared.monomial);
  }
  if (smallQuotient(rest, d, known) === 0) return rest;
  const flat = withoutInnerMod(rest, d);
  if (flat !== undefined) return rawMod(flat, d, known);
  return quotientFactor('mod', rest, d);
};

/** `(x % (k·d) + c) % d = (x + c) % d` */
const withoutInnerMod = (rest: Dim, d: Dim): Dim | undefined => {
  for (const { coefficient, monomial } of termsOf(rest)) {
    for (const { factor, exponent } of monomial.powers) {
      if (factor.kind !== 'mod' || exponent !== 1 || exactly(factor.divisor, d) === undefined) continue;
      const others = over(monomial, { powers: [{ factor, exponent }], key: factor.key });
      if (!others) continue;
      const change = rawAdd(factor.dividend, neg(factorDim(factor)));
      return rawAdd(rest, scaleBy(change, coefficient, others));
    }
  }
  return undefined;
};

type Quotient = Extract<Factor, { readonly kind: 'floor' | 'mod' }>;

const quotientFactor = (kind: Quotient['kind'], dividend: Dim, divisor: Dim): Dim =>
  factorDim({ kind, key: `${kind}(${keyOf(dividend)},${keyOf(divisor)})`, dividend, divisor });

const isPositive = (d: Dim, known: Known): boolean => rangeOf(d, known)[0] >= 1;

const allNegative = (d: Dim): boolean =>
  typeof d === 'number' ? d < 0 : d.terms.every(({ coefficient }) => coefficient < 0);
