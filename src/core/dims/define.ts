import { atMost, type Condition, equal, mapCondition, type Reduced } from './condition';
import { type Dim, type Factor, factorDim, type Sym, same, symbolDim, symbolFactor, termsOf } from './dim';
import { type Alias, type Bound, type Facts, knownBy, type Quotient, type Rewrite } from './facts';
import { degree } from './monomial';
import { reduce, replaceFactor } from './reduce';
import { symbolsOf } from './substitute';
import { scaleBy } from './sum';

/** Facts, and conditions that have to be assumed because something in them changed or follows. */
export interface Step {
  readonly facts: Facts;
  readonly more: readonly Condition[];
}

/** Binds a symbol to a size in which it does not occur, made of the given quotient where that is why. */
export const define = (facts: Facts, sym: Sym, value: Dim, quotient?: Quotient): Step => {
  const { key } = symbolFactor(sym);
  const known = knownBy(facts);
  const map = (d: Dim) => replaceFactor(d, key, value, known);
  const symbols = new Map([...facts.symbols].map(([id, old]) => [id, map(old)]));
  symbols.set(sym.id, value);
  const aliases = facts.aliases.flatMap((alias) => mapAlias(alias, map));
  const bound: Facts = quotient
    ? { ...facts, symbols, aliases, quotients: [...facts.quotients, quotient] }
    : { ...facts, symbols, aliases: [...aliases, ...aliasOf(sym, value)] };
  const step = refresh({ ...bound, quotients: bound.quotients.map((old) => withDivisor(bound, old)) });
  const least = { free: [1], unknown: [0], rigid: [] }[sym.role];
  return { ...step, more: [...step.more, ...least.map((low) => atMost(low, value))] };
};

/** Makes a product or a floor equal to a size that does not contain it. */
export const identify = (facts: Facts, rewrite: Rewrite): Step =>
  refresh({ ...facts, rewrites: [...facts.rewrites, rewrite] });

/** The facts with bounds for a factor; the end that is not learned stays. */
export const restrict = (facts: Facts, factor: Factor, low: number, high: number): Facts => {
  const old = facts.ranges.get(factor.key)?.range ?? [-Infinity, Infinity];
  const range = [Math.max(old[0], low), Math.min(old[1], high)] as const;
  return { ...facts, ranges: new Map([...facts.ranges, [factor.key, { factor, range }]]) };
};

/** The facts with a condition that is kept as it is. */
export const withOther = (facts: Facts, c: Reduced): Facts => ({ ...facts, others: [...facts.others, c] });

/** Takes out every fact that reads differently now and lists it for being assumed again. */
const refresh = (facts: Facts): Step => {
  const more: Condition[] = [];
  const keep = <T>(items: readonly T[], changed: (item: T) => readonly Condition[]): readonly T[] =>
    items.filter((item) => {
      const conditions = changed(item);
      more.push(...conditions);
      return conditions.length === 0;
    });
  const plain = { ...facts, rewrites: [] };
  const rewrites = keep(facts.rewrites, ({ monomial, value }) => {
    const product = scaleBy(1, 1, monomial);
    const [left, right] = [reduce(plain, product), reduce(plain, value)];
    return same(left, product) && same(right, value) ? [] : [equal(left, right)];
  });
  const others = keep(facts.others, (c) => {
    let isSame = true;
    const mapped = mapCondition(c, (d) => {
      const reduced = reduce(facts, d);
      isSame &&= same(reduced, d);
      return reduced;
    });
    return isSame ? [] : [mapped];
  });
  const ranges = keep([...facts.ranges.values()], (bound) => movedBound(facts, bound));
  return { facts: { ...facts, rewrites, others, ranges: new Map(ranges.map((b) => [b.factor.key, b])) }, more };
};

const movedBound = (facts: Facts, { factor, range: [low, high] }: Bound): readonly Condition[] => {
  // A bound must not be used to simplify the factor that it is about.
  const d = factorDim(factor);
  const reduced = reduce({ ...facts, ranges: new Map() }, d);
  if (same(reduced, d)) return [];
  return [...(low === -Infinity ? [] : [atMost(low, reduced)]), ...(high === Infinity ? [] : [atMost(reduced, high)])];
};

/** A divisor is read by its own name as long as that is written by quotients: these are unfolded before it. */
const withDivisor = (facts: Facts, quotient: Quotient): Quotient => {
  const divisor = reduce(facts, quotient.divisor);
  const isInner = symbolsOf(divisor).some(({ id }) => facts.quotients.some((other) => other.id === id));
  return isInner ? quotient : { ...quotient, divisor };
};

const mapAlias = ({ term, name }: Alias, map: (d: Dim) => Dim): readonly Alias[] => {
  const [mapped, more] = termsOf(map(scaleBy(term.coefficient, 1, term.monomial)));
  return mapped && !more && degree(mapped.monomial) > 1 ? [{ term: mapped, name }] : [];
};

const aliasOf = (sym: Sym, value: Dim): readonly Alias[] => {
  const [term, more] = termsOf(value);
  if (!term || more || typeof value === 'number' || value.constant !== 0 || degree(term.monomial) < 2) return [];
  return sym.role === 'free' ? [] : [{ term, name: symbolDim(sym) }];
};
