import { type Condition, type Dim, decide, equal, type Facts } from '../dims';
import { lead, type Shape, tail } from './shape';

/** What makes two shapes equal: conditions that are not decided yet, or the reason why they cannot be. */
export type Unified =
  | { readonly kind: 'equal'; readonly requires: readonly Condition[] }
  | { readonly kind: 'rank'; readonly left: number; readonly right: number }
  | { readonly kind: 'axis'; readonly axis: number; readonly left: Dim; readonly right: Dim }
  | { readonly kind: 'unknown' };

/**
 * Compares two shapes axis by axis, as `torch.cat` or `copy_` need it. `unknown` when a rest hides which axes meet
 * and no known one is proved to differ; a faulty axis counts from the end where the rest is in front of it.
 */
export const unify = (facts: Facts, a: Shape, b: Shape): Unified => {
  const sameRest = a.rest?.id === b.rest?.id && a.rest?.at === b.rest?.at;
  if (sameRest && a.dims.length !== b.dims.length) {
    return a.rest ? { kind: 'unknown' } : { kind: 'rank', left: a.dims.length, right: b.dims.length };
  }
  if (!sameRest && !(a.rest && b.rest)) {
    const [open, closed] = a.rest ? [a, b] : [b, a];
    if (closed.dims.length < open.dims.length) return { kind: 'rank', left: a.dims.length, right: b.dims.length };
  }
  const requires: Condition[] = [];
  for (const { at, left, right } of meeting(a, b)) {
    const holds = decide(facts, equal(left, right));
    if (holds === false) return { kind: 'axis', axis: at, left, right };
    if (holds === undefined) requires.push(equal(left, right));
  }
  return sameRest ? { kind: 'equal', requires } : { kind: 'unknown' };
};

interface Meeting {
  readonly at: number;
  readonly left: Dim;
  readonly right: Dim;
}

/** The axes that surely meet: those before the first rest and those behind the last one. */
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
    return right === undefined ? [] : [{ at: start + i, left, right }];
  });
