import type { Condition } from './condition';
import type { Dim, Monomial } from './dim';
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
  /** How to read the symbols of exact quotients. */
  readonly quotients: readonly Quotient[];
  /** Products that have a name: `heads·head_dim` is read as `embed_dim`. */
  readonly aliases: readonly Rewrite[];
  /** Bounds of factors, by key. */
  readonly ranges: ReadonlyMap<string, Interval>;
  /** The conditions that are none of the above, about unbound symbols. */
  readonly others: readonly Condition[];
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
    facts.ranges.get(factor.key);
