import { type Dim, isWrittenAlike } from './dim';
import { type Facts, knownBy, noFacts, remembering } from './facts';
import { present } from './present';
import { type Interval, rangeOf } from './range';
import { reduce } from './reduce';
import { neg, rawAdd } from './sum';

/** The size in its shortest form under the facts: bound symbols replaced, exact divisions taken out of floors. */
export const simplify = (facts: Facts, d: Dim): Dim => {
  if (typeof d === 'number' || facts === noFacts) return d;
  const memo = memos(facts);
  const known = memo.get(d.key);
  if (known && isWrittenAlike(known.from, d)) return known.to;
  const to = present(facts, reduce(facts, d));
  memo.set(d.key, { from: d, to });
  return to;
};

const memos = remembering<{ readonly from: Dim; readonly to: Dim }>();

/** The least and the greatest value of a size under the facts, infinite where nothing is known. */
export const bounds = (facts: Facts, d: Dim): Interval => {
  if (typeof d === 'number') return [d, d];
  const reduced = reduce(facts, d);
  let [low, high] = rangeOf(reduced, knownBy(facts));
  for (const c of facts.others) {
    if (c.kind !== 'le') continue;
    const [below, above] = [rawAdd(c.right, neg(reduced)), rawAdd(c.right, reduced)];
    if (typeof below === 'number') low = Math.max(low, -below);
    if (typeof above === 'number') high = Math.min(high, above);
  }
  return [low, high];
};
