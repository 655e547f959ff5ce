import type { Dim } from './dim';
import { type Facts, knownBy, noFacts } from './facts';
import { present } from './present';
import { type Interval, rangeOf } from './range';
import { reduce } from './reduce';

/** The size in its shortest form under the facts: bound symbols replaced, exact divisions taken out of floors. */
export const simplify = (facts: Facts, d: Dim): Dim => {
  if (typeof d === 'number' || facts === noFacts) return d;
  return present(facts, reduce(facts, d));
};

/** The least and the greatest value of a size under the facts, infinite where nothing is known. */
export const bounds = (facts: Facts, d: Dim): Interval => {
  if (typeof d === 'number') return [d, d];
  return rangeOf(reduce(facts, d), knownBy(facts));
};
