import { type Condition, type Dim, decide, equal, type Facts } from '../dims';
import { lead, type Shape, tail } from './shape';

/**
 * What makes two shapes equal:
 * - `equal`: they have the same number of axes, and are equal where the conditions hold;
 * - `rank`: they differ in the number of axes, of which these are known;
 * - `axis`: the sizes on this axis, which counts from the end when negative, are proved to differ;
 * - `unknown`: unknown axes hide it.
 */
export type Unified =
  | { readonly kind: 'equal'; readonly requires: readonly Condition[] }
  | { readonly kind: 'rank'; readonly left: number; readonly right: number }
  | { readonly kind: 'axis'; readonly axis: number; readonly left: Dim; readonly right: Dim }
  | { readonly kind: 'unknown' };

/** Compares two shapes axis by axis, without broadcasting. */
export const unify = (facts: Facts, a: Shape, b: Shape): Unified => {
  const [left, right] = [a.dims.length, b.dims.length];
  const isAligned = a.rest?.id === b.rest?.id && (a.rest?.at === b.rest?.at || left !== right);
  const isShort = (a.rest && !b.rest && right < left) || (b.rest && !a.rest && left < right);
  if ((isAligned && left !== right) || isShort) return { kind: 'rank', left, right };
  const requires: Condition[] = [];
  for (const pair of meeting(a, b)) {
    const equality = equal(pair.left, pair.right);
    const holds = decide(facts, equality);
    if (holds === false) return { kind: 'axis', ...pair };
    if (holds === undefined) requires.push(equality);
  }
  return isAligned ? { kind: 'equal', requires } : { kind: 'unknown' };
};

interface Meeting {
  readonly axis: number;
  readonly left: Dim;
  readonly right: Dim;
}

/** The axes that surely meet: those before the first unknown ones and those behind the last. */
const meeting = (a: Shape, b: Shape): readonly Meeting[] => {
  if (!a.rest && !b.rest) return pairs(a.dims, b.dims, 0);
  const front = pairs(a.rest ? lead(a) : a.dims, b.rest ? lead(b) : b.dims, 0);
  const [left, right] = [tail(a), tail(b)];
  const count = Math.min(left.length, right.length);
  return [...front, ...pairs(left.slice(left.length - count), right.slice(right.length - count), -count)];
};

const pairs = (a: readonly Dim[], b: readonly Dim[], start: number): readonly Meeting[] =>
  a.slice(0, b.length).flatMap((left, i) => {
    const right = b[i];
    return right === undefined ? [] : [{ axis: start + i, left, right }];
  });
