import type { Reduced } from './condition';
import { type Dim, type Factor, factorDim, type Monomial, termsOf } from './dim';
import { rawFloor } from './division';
import { type Facts, knownBy } from './facts';
import { monomialOf, one, over } from './monomial';
import { factorRange, type Interval, type Known, productRange, rangeOf } from './range';
import { reduce } from './reduce';
import { symbolsOf } from './substitute';
import { neg, rawAdd, rawMul, scaleBy } from './sum';

/**
 * Sizes that are never negative, and that say what the products and floors in the given ones are: the bounds of
 * factors, `d·(x//d) <= x < d·(x//d) + d`, `max(a, b) >= a`, products of differences to bounds, and the known
 * inequalities.
 */
export const constraints = (facts: Facts, sizes: readonly Dim[]): readonly Dim[] => {
  const products = facts.rewrites.map(({ monomial }) => scaleBy(1, 1, monomial));
  const found = inequalities(facts, [...sizes, ...products]);
  const seen = new Set<string>();
  let frontier: readonly Dim[] = [...sizes, ...found, ...products];
  // A floor brings in its dividend, which may have floors of its own.
  for (let round = 0; round < 3 && found.length < 120; round++) {
    const next: Dim[] = [];
    for (const { monomial } of frontier.flatMap(termsOf)) {
      if (seen.has(monomial.key)) continue;
      seen.add(monomial.key);
      next.push(...aboutMonomial(monomial, knownBy(facts)));
    }
    found.push(...next);
    frontier = next;
  }
  return facts.rewrites.length === 0 ? found : found.map((d) => reduce(facts, d));
};

/** The known inequalities that have to do with the sizes, through any number of others. */
const inequalities = (facts: Facts, sizes: readonly Dim[]): Dim[] => {
  const symbols = new Set(sizes.flatMap(symbolsOf).map(({ id }) => id));
  const found: Dim[] = [];
  let open = facts.others.flatMap((c) => (c.kind === 'le' || c.kind === 'eq' ? [c] : []));
  for (let count = -1; count !== found.length; ) {
    count = found.length;
    open = open.filter((c) => {
      const ids = symbolsIn(c);
      if (!ids.some((id) => symbols.has(id))) return true;
      for (const id of ids) symbols.add(id);
      found.push(c.right, ...(c.kind === 'eq' ? [neg(c.right)] : []));
      return false;
    });
  }
  return found;
};

const symbolTable = new WeakMap<Reduced, readonly string[]>();

const symbolsIn = (c: Extract<Reduced, { readonly right: Dim }>): readonly string[] => {
  const found = symbolTable.get(c) ?? symbolsOf(c.right).map(({ id }) => id);
  symbolTable.set(c, found);
  return found;
};

const aboutMonomial = (monomial: Monomial, known: Known): readonly Dim[] => {
  const whole = scaleBy(1, 1, monomial);
  const found = between(whole, productRange([1, 1], monomial.powers, known));
  for (const { factor } of monomial.powers) {
    const others = over(monomial, monomialOf([{ factor, exponent: 1 }])) ?? one;
    const rest = productRange([1, 1], others.powers, known);
    if (others.powers.length > 0) found.push(...aboutProduct(factor, others, rest, known));
    if (rest[0] < 0) continue;
    for (const d of aboutFactor(factor, known)) found.push(scaleBy(d, 1, others));
  }
  return found;
};

const between = (d: Dim, [low, high]: Interval): Dim[] => [
  ...(Number.isFinite(low) ? [rawAdd(d, -low)] : []),
  ...(Number.isFinite(high) ? [rawAdd(neg(d), high)] : []),
];

/** `(f - low)·(m - low) >= 0` and `(high - f)·(m - low) >= 0` for the bounds that are known. */
const aboutProduct = (factor: Factor, others: Monomial, rest: Interval, known: Known): readonly Dim[] => {
  const above = between(scaleBy(1, 1, others), [rest[0], Infinity]);
  return above.flatMap((d) => between(factorDim(factor), factorRange(factor, known)).map((f) => rawMul(f, d)));
};

/** What holds of a factor because of its kind; sizes that are not negative. */
const aboutFactor = (factor: Factor, known: Known): readonly Dim[] => {
  const f = factorDim(factor);
  switch (factor.kind) {
    case 'symbol':
    case 'down':
    case 'up':
    case 'near':
      return [];
    case 'max':
      return factor.args.map((arg) => rawAdd(f, neg(arg)));
    case 'min':
      return factor.args.map((arg) => rawAdd(arg, neg(f)));
    case 'floor': {
      const { dividend, divisor } = factor;
      if (rangeOf(divisor, known)[0] < 1) return [];
      const rest = rawAdd(dividend, neg(rawMul(divisor, f)));
      return [rest, rawAdd(rawAdd(divisor, -1), neg(rest))];
    }
    case 'mod': {
      const { dividend, divisor } = factor;
      if (rangeOf(divisor, known)[0] < 1) return [];
      const gap = rawAdd(rawAdd(dividend, neg(f)), neg(rawMul(divisor, rawFloor(dividend, divisor, known))));
      return [rawAdd(rawAdd(divisor, -1), neg(f)), f, gap, neg(gap)];
    }
  }
};
