import type { Monomial, Power } from './dim';

/** The empty product. */
export const one: Monomial = { powers: [], key: '' };

/** A product of powers in reading order, with its canonical key. */
export const monomialOf = (powers: readonly Power[]): Monomial => {
  if (powers.length === 0) return one;
  const keys = powers.map(({ factor, exponent }) => (exponent === 1 ? factor.key : `${factor.key}^${exponent}`));
  return { powers, key: keys.length === 1 ? (keys[0] ?? '') : keys.sort().join('*') };
};

/** `a · b`; the factors of `a` are read first. */
export const times = (a: Monomial, b: Monomial): Monomial => {
  if (a.powers.length === 0) return b;
  if (b.powers.length === 0) return a;
  const powers = [...a.powers];
  for (const power of b.powers) {
    const at = powers.findIndex((p) => p.factor.key === power.factor.key);
    const found = powers[at];
    if (found) powers[at] = { factor: found.factor, exponent: found.exponent + power.exponent };
    else powers.push(power);
  }
  return monomialOf(powers);
};

/** `a / b`, or `undefined` when `b` does not divide `a`. */
export const over = (a: Monomial, b: Monomial): Monomial | undefined => {
  if (b.powers.length === 0) return a;
  if (b.powers.length > a.powers.length || !b.powers.every((power) => exponentIn(a, power) >= power.exponent))
    return undefined;
  const powers = [...a.powers];
  for (const power of b.powers) {
    const at = powers.findIndex((p) => p.factor.key === power.factor.key);
    const found = powers[at];
    if (!found) continue;
    if (found.exponent === power.exponent) powers.splice(at, 1);
    else powers[at] = { factor: found.factor, exponent: found.exponent - power.exponent };
  }
  return monomialOf(powers);
};

const exponentIn = ({ powers }: Monomial, { factor: { key } }: Power): number =>
  powers.find(({ factor }) => factor.key === key)?.exponent ?? 0;

/** The greatest common divisor of two products. */
export const common = (a: Monomial, b: Monomial): Monomial => {
  const powers: Power[] = [];
  for (const { factor, exponent } of a.powers) {
    const other = b.powers.find((p) => p.factor.key === factor.key);
    if (other) powers.push({ factor, exponent: Math.min(exponent, other.exponent) });
  }
  return monomialOf(powers);
};

/** The sum of the exponents. */
export const degree = (m: Monomial): number => m.powers.reduce((total, { exponent }) => total + exponent, 0);

/**
 * Graded lexicographic order: positive when `a` is the larger. Unlike the order of keys it survives multiplication,
 * which long division needs to end.
 */
export const compareMonomials = (a: Monomial, b: Monomial): number => {
  const byDegree = degree(a) - degree(b);
  if (byDegree !== 0) return byDegree;
  const [left, right] = [sorted(a), sorted(b)];
  for (const [i, p] of left.entries()) {
    const q = right[i];
    if (!q) return 1;
    if (p.factor.key !== q.factor.key) return p.factor.key < q.factor.key ? 1 : -1;
    if (p.exponent !== q.exponent) return p.exponent - q.exponent;
  }
  return 0;
};

const sorted = (m: Monomial): readonly Power[] =>
  m.powers.toSorted((p, q) => (p.factor.key < q.factor.key ? -1 : p.factor.key > q.factor.key ? 1 : 0));
