import type { Reduced } from './condition';
import { type Dim, factorDim, keyOf, type Sym } from './dim';
import type { Bound, Facts, Rewrite } from './facts';
import { modulo } from './integers';
import { evaluate, symbolsOf } from './substitute';
import { scaleBy } from './sum';

/** What the value of a size is to be. */
export type Goal = 'negative' | 'natural' | 'zero' | 'nonzero';

/**
 * Whether numbers were found for the symbols that satisfy the facts and give the reduced size such a value. Then no proof of
 * the contrary can exist, and it need not be tried, which is the dearer the more is known. `false` says nothing.
 */
export const isMet = (facts: Facts, d: Dim, goal: Goal): boolean => {
  const claims = claimsOf(facts);
  const witnesses = witnessesOf(facts, claims);
  const wanted = claimOf([d], ([v = 0]) => missing[goal](v));
  if (witnesses.some((point) => holds(wanted, valuesAt(point)))) return true;
  for (const start of witnesses.slice(0, 2)) {
    const found = search(start, [...claims, wanted]);
    if (!found) continue;
    witnesses.push(found);
    remember(found);
    return true;
  }
  return false;
};

/** By how much a value that is not as it should be may be changed. */
const missing: Readonly<Record<Goal, (value: number) => readonly number[]>> = {
  negative: (v) => (v < 0 ? [] : [-1 - v]),
  natural: (v) => (v >= 0 ? [] : [-v]),
  zero: (v) => (v === 0 ? [] : [-v]),
  nonzero: (v) => (v !== 0 ? [] : [1, -1]),
};

/** Something that is to hold: `change` gives what to add to the first size so that it does; nothing where it does. */
interface Claim {
  readonly sizes: readonly Dim[];
  readonly symbols: readonly Sym[];
  /** What it costs to look whether it holds, in characters of its sizes. */
  readonly weight: number;
  readonly change: (values: readonly number[]) => readonly number[];
}

const claimOf = (sizes: readonly Dim[], change: Claim['change']): Claim => {
  const symbols = new Map(sizes.flatMap(symbolsOf).map((sym) => [sym.id, sym]));
  const weight = sizes.reduce<number>((total, d) => total + keyOf(d).length, 0);
  return { sizes, symbols: [...symbols.values()], weight, change };
};

/** Numbers for symbols. Those that are not set are what the seed says. */
interface Point {
  readonly seed: number;
  readonly values: Map<string, number>;
  /** The claims that are known to hold or not. */
  readonly known: WeakMap<Claim, boolean>;
}

type Values = (sym: Sym) => number;

const valuesAt =
  (point: Point): Values =>
  (sym) =>
    point.values.get(sym.id) ?? startingValue(sym, point.seed);

/** Images are large, kernels and channel counts smaller; the same symbol gets the same number. */
const startingValue = ({ id, role }: Sym, seed: number): number => {
  let hash = seed;
  for (let i = 0; i < id.length; i++) hash = Math.imul(hash ^ id.charCodeAt(i), 0x01000193);
  const step = 1 + ((hash >>> 8) & 7);
  if (seed === 0) return role === 'free' ? 96 * step : role === 'rigid' ? 12 * step : step;
  return role === 'free' ? 7 + step : role === 'rigid' ? step : step - 1;
};

const least = { free: 1, unknown: 0, rigid: -Infinity };

const changeOf = ({ sizes, change }: Claim, values: Values): readonly number[] | undefined => {
  const numbers: number[] = [];
  for (const d of sizes) {
    const value = evaluate(d, values);
    if (value === undefined || !Number.isSafeInteger(value)) return undefined;
    numbers.push(value);
  }
  return change(numbers);
};

const holds = (claim: Claim, values: Values): boolean => changeOf(claim, values)?.length === 0;

const holdsAt = (point: Point, claim: Claim): boolean => {
  const known = point.known.get(claim) ?? holds(claim, valuesAt(point));
  point.known.set(claim, known);
  return known;
};

/** Points that were found last; which of them are there decides how long an answer takes, never what it is. */
const recent: Point[] = [];
const mostRecent = 24;

const remember = (point: Point): void => {
  recent.unshift(point);
  if (recent.length > mostRecent) recent.pop();
};

const witnessTable = new WeakMap<Facts, Point[]>();

const witnessesOf = (facts: Facts, claims: readonly Claim[]): Point[] => {
  const known = witnessTable.get(facts);
  if (known) return known;
  const found = recent.filter((point) => claims.every((claim) => holdsAt(point, claim)));
  if (found.length === 0) {
    for (const start of startsFor(claims)) {
      const point = search(start, claims);
      if (!point) continue;
      remember(point);
      found.push(point);
      break;
    }
  }
  witnessTable.set(facts, found);
  return found;
};

const newPoint = (seed: number, values: ReadonlyMap<string, number> = new Map()): Point => ({
  seed,
  values: new Map(values),
  known: new WeakMap(),
});

const startsFor = (claims: readonly Claim[]): readonly Point[] => {
  const broken = (point: Point): number => claims.filter((claim) => !holdsAt(point, claim)).length;
  const nearest = recent.map((point) => ({ point, count: broken(point) })).sort((a, b) => a.count - b.count);
  return [...nearest.slice(0, 1).map(({ point }) => point), newPoint(0), newPoint(1)];
};

/** What one search may cost, in the unit of `weight`: a proof is not worth more. */
const patience = 15_000;

/** Changes one symbol after the other until all claims hold; `undefined` where that does not soon succeed. */
const search = (start: Point, claims: readonly Claim[]): Point | undefined => {
  let point = start;
  const budget = { left: patience };
  while (budget.left > 0) {
    const broken = claims.findLast((claim) => !holdsAt(point, claim));
    if (!broken) return point === start ? newPoint(point.seed, point.values) : point;
    const next = bestMove(point, broken, claims, budget);
    if (!next) return undefined;
    const moved = newPoint(point.seed, point.values);
    moved.values.set(next.sym.id, next.value);
    // What does not speak of the symbol is as it was.
    for (const claim of claims)
      if (!claim.symbols.some(({ id }) => id === next.sym.id)) moved.known.set(claim, holdsAt(point, claim));
    point = moved;
  }
  return undefined;
};

interface Move {
  readonly sym: Sym;
  readonly value: number;
}

/** The value of one symbol that mends the claim and breaks the fewest others. */
const bestMove = (point: Point, claim: Claim, claims: readonly Claim[], budget: { left: number }): Move | undefined => {
  let best: { readonly move: Move; readonly cost: number } | undefined;
  const values = valuesAt(point);
  for (const sym of claim.symbols) {
    const related = claims.filter(({ symbols }) => symbols.some(({ id }) => id === sym.id));
    const dear = related.reduce((total, { weight }) => total + weight, 0);
    for (const value of proposals(claim, sym, values)) {
      if (budget.left <= 0) return undefined;
      const moved = withValue(values, sym, value);
      budget.left -= claim.weight + 50;
      if (!holds(claim, moved)) continue;
      budget.left -= dear;
      const cost = related.filter((other) => !holds(other, moved)).length;
      if (!best || cost < best.cost) best = { move: { sym, value }, cost };
      if (cost === 0) return best.move;
    }
  }
  return best?.move;
};

const withValue =
  (values: Values, { id }: Sym, value: number): Values =>
  (sym) =>
    sym.id === id ? value : values(sym);

/** Values that may mend a claim: by its slope in the symbol, and some of the usual ones. */
const proposals = (claim: Claim, sym: Sym, values: Values): ReadonlySet<number> => {
  const now = values(sym);
  const [d = 0] = claim.sizes;
  const sizeAt = (value: number): number => evaluate(d, withValue(values, sym, value)) ?? Number.NaN;
  const found = new Set<number>();
  for (const change of changeOf(claim, values) ?? []) {
    for (const width of [1, 64]) {
      const slope = (sizeAt(now + width) - sizeAt(now)) / width;
      if (!slope) continue;
      for (const round of [Math.ceil, Math.floor]) found.add(now + round(change / slope));
    }
  }
  for (const value of [now + 1, now - 1, 2 * now, 1, 2, 3, 8, 64, 0, -1, 192, 4096]) found.add(value);
  found.delete(now);
  const isPossible = (value: number): boolean => value >= least[sym.role] && Math.abs(value) < 2 ** 24;
  return new Set([...found].filter(isPossible));
};

const claimTable = new WeakMap<Facts, readonly Claim[]>();
const claimByItem = new WeakMap<Reduced | Bound | Rewrite, Claim>();

/** Everything that facts say of symbols that are not bound. */
const claimsOf = (facts: Facts): readonly Claim[] => {
  const known = claimTable.get(facts);
  if (known) return known;
  const claims = [...facts.ranges.values(), ...facts.rewrites, ...facts.others].map((item) => {
    const claim = claimByItem.get(item) ?? claimOfItem(item);
    claimByItem.set(item, claim);
    return claim;
  });
  claimTable.set(facts, claims);
  return claims;
};

const claimOfItem = (item: Reduced | Bound | Rewrite): Claim => {
  if ('range' in item) {
    const [low, high] = item.range;
    return claimOf([factorDim(item.factor)], ([v = 0]) => (v < low ? [low - v] : v > high ? [high - v] : []));
  }
  if ('monomial' in item)
    return claimOf([scaleBy(1, 1, item.monomial), item.value], ([v = 0, w = 0]) => missing.zero(v - w));
  switch (item.kind) {
    case 'eq':
      return claimOf([item.right], ([v = 0]) => missing.zero(v));
    case 'ne':
      return claimOf([item.right], ([v = 0]) => missing.nonzero(v));
    case 'le':
      return claimOf([item.right], ([v = 0]) => missing.natural(v));
    case 'divides':
    case 'not-divides':
      return claimOf([item.dividend, item.divisor], ([v = 0, by = 0]) => {
        if (by === 0) return [1];
        const rest = modulo(v, by);
        if (item.kind === 'not-divides') return rest !== 0 ? [] : [1];
        return rest === 0 ? [] : [-rest, by - rest];
      });
  }
};
