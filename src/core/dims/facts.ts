import type { Reduced } from './condition';
import type { Dim, Factor, Monomial, Term } from './dim';
import type { Interval, Known } from './range';

/** A product of factors that a fact made equal to another size. */
export interface Rewrite {
  readonly monomial: Monomial;
  readonly value: Dim;
}

/** The symbol `id` stands for `dividend / divisor`, a division that a fact made exact. */
export interface Quotient {
  readonly id: string;
  readonly dividend: Dim;
  readonly divisor: Dim;
}

/** A product that has a shorter name: `heads·head_dim` is read as `embed_dim`. */
export interface Alias {
  readonly term: Term;
  readonly name: Dim;
}

/** A factor and its bounds. */
export interface Bound {
  readonly factor: Factor;
  readonly range: Interval;
}

/**
 * What is known about sizes. Immutable: assuming gives another value and forking a state costs nothing. Inside,
 * bound symbols do not occur any more, and a symbol `H` known to be a multiple of 32 is written `32·q` with an
 * own symbol for the quotient: then floors and remainders of it disappear by themselves.
 */
export interface Facts {
  /** Values of bound symbols, by id, with no bound symbol inside. */
  readonly symbols: ReadonlyMap<string, Dim>;
  /** Products and floors that equal something else. */
  readonly rewrites: readonly Rewrite[];
  /** How to read the symbols of exact quotients, oldest first. */
  readonly quotients: readonly Quotient[];
  /** How to read products that have a name. */
  readonly aliases: readonly Alias[];
  /** Bounds of factors, by key. */
  readonly ranges: ReadonlyMap<string, Bound>;
  /** The conditions that are none of the above, in reduced form. */
  readonly others: readonly Reduced[];
}

/** Nothing is known. */
export const noFacts: Facts = {
  symbols: new Map(),
  rewrites: [],
  quotients: [],
  aliases: [],
  ranges: new Map(),
  others: [],
};

/** The bounds of factors that facts give. */
export const knownBy =
  (facts: Facts): Known =>
  (factor) =>
    facts.ranges.get(factor.key)?.range;

/**
 * A table per facts: facts are immutable, so what was derived from them stays right for as long as they live. `part` is
 * what of them it is derived from: facts with the same part share a table.
 */
export const remembering = <T>(
  part: (facts: Facts) => object = (facts) => facts,
): ((facts: Facts) => Map<string, T>) => {
  const tables = new WeakMap<object, Map<string, T>>();
  return (facts) => {
    const key = part(facts);
    const found = tables.get(key);
    // `noFacts` lives as long as the process, so its table must not grow without end.
    if (found && found.size < 4096) return found;
    const table = new Map<string, T>();
    tables.set(key, table);
    return table;
  };
};
