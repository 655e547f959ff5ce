import { bounds, type Condition, type Dim, decide, equal, type Facts, mul } from '../dims';
import { lead, type Shape, shapeKey, tail } from './shape';

/** Two axes that cannot be broadcast: `axis` counts from the end and is negative. */
export interface BroadcastFault {
  readonly axis: number;
  readonly left: Dim;
  readonly right: Dim;
}

/** The shape of an elementwise result and what it rests on. */
export interface Broadcast {
  readonly shape: Shape;
  /** What must hold for the code to run. */
  readonly requires: readonly Condition[];
  /**
   * Equalities that are the plain reading but not forced, because a size could be 1 as well. The shape is right when
   * they hold; an equality with a size known to be 2 or more may fail without making the shape wrong.
   */
  readonly assumes: readonly Condition[];
  /** The first axis, from the end, on which the shapes are proved not to fit. */
  readonly fault?: BroadcastFault;
}

/** The shape of `a + b + …`: aligned at the last axis, where sizes are equal or one of them is 1. */
export const broadcast = (facts: Facts, shapes: readonly Shape[]): Broadcast => {
  let result: Broadcast = { shape: shapes[0] ?? { dims: [] }, requires: [], assumes: [] };
  for (const next of shapes.slice(1)) {
    const both = broadcastTwo(facts, result.shape, next);
    const fault = result.fault ?? both.fault;
    result = {
      shape: both.shape,
      requires: [...result.requires, ...both.requires],
      assumes: [...result.assumes, ...both.assumes],
      ...(fault ? { fault } : {}),
    };
  }
  return result;
};

interface Pair {
  readonly size: Dim;
  readonly requires?: Condition;
  readonly assumes?: Condition;
  readonly fault?: true;
}

const broadcastTwo = (facts: Facts, a: Shape, b: Shape): Broadcast => {
  const [left, right] = [tail(a), tail(b)];
  const aligned = alignment(facts, a, b);
  const found: { requires: Condition[]; assumes: Condition[]; fault?: BroadcastFault } = { requires: [], assumes: [] };
  const fit = (x: readonly Dim[], y: readonly Dim[]): readonly Dim[] => {
    const count = Math.max(x.length, y.length);
    return Array.from({ length: count }, (_, i) => i - count)
      .toReversed()
      .map((at) => {
        const [l, r] = [x.at(at), y.at(at)];
        if (l === undefined || r === undefined || -at > Math.min(x.length, y.length)) return l ?? r ?? 1;
        const pair = fitPair(facts, l, r);
        if (pair.requires) found.requires.push(pair.requires);
        if (pair.assumes) found.assumes.push(pair.assumes);
        if (pair.fault && !found.fault) found.fault = { axis: at, left: l, right: r };
        return pair.size;
      })
      .toReversed();
  };
  const back = fit(left.slice(left.length - aligned.left), right.slice(right.length - aligned.right));
  const front = aligned.same ? fit(lead(a), lead(b)) : aligned.lead;
  const dims = [...front, ...back];
  return {
    shape: aligned.id === undefined ? { dims } : { dims, rest: { at: front.length, id: aligned.id } },
    ...found,
  };
};

/** How many of the last axes of both shapes meet, and which unknown axes stand before the result of that. */
interface Alignment {
  readonly left: number;
  readonly right: number;
  readonly lead: readonly Dim[];
  readonly id?: string;
  /** The rests of both are the same axes at the same place. */
  readonly same?: true;
}

const alignment = (facts: Facts, a: Shape, b: Shape): Alignment => {
  const [left, right] = [tail(a).length, tail(b).length];
  if (!a.rest && !b.rest) return { left, right, lead: [] };
  if (a.rest && !b.rest && right <= left) return { left, right, lead: lead(a), id: a.rest.id };
  if (b.rest && !a.rest && left <= right) return { left, right, lead: lead(b), id: b.rest.id };
  if (a.rest?.id === b.rest?.id && a.rest?.at === b.rest?.at && left === right && a.rest) {
    return { left, right, lead: [], id: a.rest.id, same: true };
  }
  const met = Math.min(a.rest ? left : Infinity, b.rest ? right : Infinity);
  const kept = { left: surely(facts, tail(a), met), right: surely(facts, tail(b), met) };
  return { ...kept, lead: [], id: `${absorbed(a, kept.left)}&${absorbed(b, kept.right)}` };
};

/** Axes before the `met` last ones that keep their size whatever they meet: 2 or more, so the other is 1 or equal. */
const surely = (facts: Facts, dims: readonly Dim[], met: number): number => {
  let count = Math.min(met, dims.length);
  for (;;) {
    const next = dims.at(-count - 1);
    if (count >= dims.length || next === undefined || bounds(facts, next)[0] < 2) return count;
    count++;
  }
};

const absorbed = (shape: Shape, kept: number): string => {
  const front = { ...shape, dims: shape.dims.slice(0, shape.dims.length - kept) };
  return shape.rest && front.dims.length === 0 ? shape.rest.id : `[${shapeKey(front)}]`;
};

const fitPair = (facts: Facts, left: Dim, right: Dim): Pair => {
  if (left === right || right === 1) return { size: left };
  if (left === 1) return { size: right };
  const equality = equal(left, right);
  const holds = decide(facts, equality);
  if (holds) return { size: left };
  const [leftIsOne, rightIsOne] = [decide(facts, equal(left, 1)), decide(facts, equal(right, 1))];
  if (rightIsOne) return { size: left };
  if (leftIsOne) return { size: right };
  if (holds === false) return fitUnequal(left, right, leftIsOne, rightIsOne);
  if (leftIsOne === false && rightIsOne === false) return { size: preferred(left, right), requires: equality };
  if (leftIsOne === false) return { size: left, assumes: equality };
  if (rightIsOne === false) return { size: right, assumes: equality };
  return { size: left, assumes: equality };
};

/** Sizes proved to differ: one of them must be 1, which leaves the other; that is their product when it may be either. */
const fitUnequal = (left: Dim, right: Dim, leftIsOne?: boolean, rightIsOne?: boolean): Pair => {
  if (leftIsOne === false && rightIsOne === false) return { size: left, fault: true };
  if (leftIsOne === false) return { size: left, requires: equal(right, 1) };
  if (rightIsOne === false) return { size: right, requires: equal(left, 1) };
  return { size: mul(left, right) };
};

const preferred = (left: Dim, right: Dim): Dim => (typeof right === 'number' ? right : left);
