import { atMost, type Condition, divides } from './condition';
import { define, identify, type Step, withOther } from './define';
import { type Dim, type Factor, factorDim, isOfSeveral, type Sym, soleFactor, type Term, termsOf } from './dim';
import { rawFloor } from './division';
import { type Facts, knownBy } from './facts';
import { compareMonomials } from './monomial';
import { rangeOf } from './range';
import { reduce } from './reduce';
import { symbolsOf } from './substitute';
import { collect, neg, rawAdd, rawMul, scale } from './sum';

/**
 * Learns `d = 0`, which is what `condition` became: solved for a symbol, else for a floor, else for a product. Nothing
 * where it says one of several things what is not known of all.
 */
export const bind = (facts: Facts, condition: Condition, d: Dim): Step => {
  if (symbolsOf(d).some(isOfSeveral)) return { facts, more: [] };
  const best = candidates(facts, condition, d)[0];
  if (best) return bindSymbol(facts, d, best);
  return (
    bindFactor(facts, d) ??
    bindProduct(facts, d) ?? { facts: withOther(facts, { kind: 'eq', left: 0, right: d }), more: [] }
  );
};

/** A symbol that stands in one term of an equation, alone but for a coefficient, and nowhere else. */
interface Candidate {
  readonly sym: Sym;
  readonly term: Term;
  /** What is tried first is least. */
  readonly rank: readonly number[];
}

const candidates = (facts: Facts, condition: Condition, d: Dim): readonly Candidate[] => {
  const sides = 'left' in condition ? [reduce(facts, condition.left), reduce(facts, condition.right)] : [d];
  const order = sides.flatMap(symbolsOf).map(({ id }) => id);
  const ids = [...new Set(order)].sort();
  const lone = sides.map(soleFactor).flatMap((factor) => (factor?.kind === 'symbol' ? [factor.sym.id] : []));
  const found = termsOf(d).flatMap((term): readonly Candidate[] => {
    const factor = soleFactor(collect([{ ...term, coefficient: 1 }]));
    if (factor?.kind !== 'symbol') return [];
    const { sym } = factor;
    const others = symbolsOf(rawAdd(d, neg(collect([term]))));
    if (others.some(({ id }) => id === sym.id)) return [];
    if (sym.role === 'rigid' && others.some(({ role }) => role !== 'rigid')) return [];
    if (sym.role === 'free' && others.some(isNameless)) return [];
    const role = { unknown: 0, free: 1, rigid: 2 }[sym.role];
    const isUnit = Math.abs(term.coefficient) === 1;
    const byId = lone.length === 1 && lone[0] === sym.id ? -ids.length : -ids.indexOf(sym.id);
    return [{ sym, term, rank: [isUnit ? 0 : 1, role, role === 2 ? byId : -order.indexOf(sym.id)] }];
  });
  return found.toSorted((a, b) => compareRanks(a.rank, b.rank));
};

/** Sizes that have names are not told by one that has none; what a divisor was taken out of keeps its name. */
const isNameless = ({ role, id }: Sym): boolean => role === 'unknown' && !id.includes('÷');

const compareRanks = (a: readonly number[], b: readonly number[]): number => {
  for (const [i, x] of a.entries()) {
    const difference = x - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
};

/** `c·s + e = 0`: `s` is `-e // c`, and `c` divides `e`. */
const bindSymbol = (facts: Facts, d: Dim, { sym, term }: Candidate): Step => {
  const rest = scale(rawAdd(d, neg(collect([term]))), -Math.sign(term.coefficient));
  const by = Math.abs(term.coefficient);
  const step = define(facts, sym, rawFloor(rest, by, knownBy(facts)));
  return by === 1 ? step : { ...step, more: [divides(by, rest), ...step.more] };
};

/** `x//k = e` for a floor, remainder or extremum that stands alone in a term and does not occur in the rest. */
const bindFactor = (facts: Facts, d: Dim): Step | undefined => {
  for (const term of termsOf(d)) {
    const factor = soleFactor(collect([{ ...term, coefficient: 1 }]));
    if (!factor || factor.kind === 'symbol' || Math.abs(term.coefficient) !== 1) continue;
    const value = scale(rawAdd(d, neg(collect([term]))), -term.coefficient);
    if (typeof value === 'object' && value.key.includes(factor.key)) continue;
    const step = identify(facts, { monomial: { powers: [{ factor, exponent: 1 }], key: factor.key }, value });
    return { ...step, more: [...step.more, ...withoutFactor(facts, factor, value)] };
  }
  return undefined;
};

/** What a known value of a factor says about its parts. */
const withoutFactor = (facts: Facts, factor: Factor, value: Dim): readonly Condition[] => {
  const [low, high] = rangeOf(factorDim(factor), knownBy(facts));
  const inRange = [
    ...(Number.isFinite(low) ? [atMost(low, value)] : []),
    ...(Number.isFinite(high) ? [atMost(value, high)] : []),
  ];
  switch (factor.kind) {
    case 'symbol':
    case 'down':
    case 'up':
    case 'near':
      return inRange;
    case 'max':
      return [...inRange, ...factor.args.map((arg) => atMost(arg, value))];
    case 'min':
      return [...inRange, ...factor.args.map((arg) => atMost(value, arg))];
    case 'mod':
      return [...inRange, divides(factor.divisor, rawAdd(factor.dividend, neg(value)))];
    case 'floor': {
      const { dividend, divisor } = factor;
      if (rangeOf(divisor, knownBy(facts))[0] < 1) return inRange;
      const least = rawMul(divisor, value);
      return [...inRange, atMost(least, dividend), { kind: 'lt', left: dividend, right: rawAdd(least, divisor) }];
    }
  }
};

/** `a·b + e = 0` makes `a·b` read `-e`, for the largest product, so that repeating it ends. */
const bindProduct = (facts: Facts, d: Dim): Step | undefined => {
  const [first, ...rest] = termsOf(d);
  if (!first) return undefined;
  const largest = rest.reduce((a, b) => (compareMonomials(a.monomial, b.monomial) >= 0 ? a : b), first);
  if (Math.abs(largest.coefficient) !== 1) return undefined;
  const value = scale(rawAdd(d, neg(collect([largest]))), -largest.coefficient);
  return identify(facts, { monomial: largest.monomial, value });
};
