import type { Value } from './value';

/** A container with more than this in it, counted through all levels, is not followed. */
export const HEAVIEST = 100_000;

/** Longer texts are not followed. */
export const LONGEST_TEXT = 1_000_000;

const weights = new WeakMap<readonly Value[], number>();

/** How many values are in tuples and lists in each other, shared ones counted each time; lists that hold themselves too. */
export const weightOf = (value: Value): number => {
  if (value.kind !== 'tuple' && value.kind !== 'list') return 1;
  const known = weights.get(value.items);
  if (known !== undefined) return known;
  weights.set(value.items, 1);
  const weight = value.items.reduce((sum, item) => sum + weightOf(item), 1);
  weights.set(value.items, weight);
  return weight;
};
