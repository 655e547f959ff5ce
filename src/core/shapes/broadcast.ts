import {
  assume,
  bounds,
  type Condition,
  type Dim,
  decide,
  equal,
  type Facts,
  keyOf,
  mul,
  same,
  symbol,
  symbolsOf,
} from '../dims';
import { lead, type Shape, tail } from './shape';

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
   * Equalities that are the plain reading but are not forced, because a size could also be 1. The shape is right when
   * they hold. Against a size that is surely 2 or more it is right in any case: that size is the result.
   */
  readonly assumes: readonly Condition[];
  /** The first axis, from the end, on which the shapes are proved not to fit. */
  readonly fault?: BroadcastFault;
}

/**
 * The shape of `a + b + …`: aligned at the last axis, where sizes are equal or one of them is 1. Of two sizes that
 * may both be 1 the result has the first one, and their equality is assumed; against one that nobody knows it has the
 * other, which is taken for 2 or more. Unknown axes of several shapes become
 * one run of unknown axes whose id says where it came from.
 */
export const broadcast = (facts: Facts, shapes: readonly Shape[]): Broadcast => {
  const ledger: Ledger = { facts, assumed: facts, requires: [], assumes: [] };
  const shape = shapes.slice(1).reduce((all, next) => broadcastTwo(ledger, all, next), shapes[0] ?? { dims: [] });
  const { requires, assumes, fault } = ledger;
  return { shape, requires, assumes, ...(fault ? { fault } : {}) };
};

/** What was found so far. Faults and requirements follow from the facts alone, never from an assumption. */
interface Ledger {
  facts: Facts;
  assumed: Facts;
  readonly requires: Condition[];
  readonly assumes: Condition[];
  fault?: BroadcastFault;
}

const broadcastTwo = (ledger: Ledger, a: Shape, b: Shape): Shape => {
  const { left, right, front, id } = alignment(ledger.facts, a, b);
  const isStretched = a.dims.includes(1) && !b.dims.includes(1);
  const fit = (x: readonly Dim[], y: readonly Dim[], behind: number): readonly Dim[] => {
    const sizes: Dim[] = [];
    for (let at = -1; -at <= Math.max(x.length, y.length); at--) {
      const [l, r] = [x.at(at), y.at(at)];
      if (l !== undefined && r !== undefined) sizes.unshift(fitSizes(ledger, at - behind, l, r, isStretched));
      else {
        const [missing, size] = l === undefined ? [a, r ?? 1] : [b, l];
        sizes.unshift(missing.rest ? besideUnknown(ledger.facts, size, `${id}:${at}`) : size);
      }
    }
    return sizes;
  };
  const back = fit(tail(a).slice(tail(a).length - left), tail(b).slice(tail(b).length - right), 0);
  const ahead = front === 'both' ? fit(lead(a), lead(b), back.length) : front;
  return { dims: [...ahead, ...back], ...(id === undefined ? {} : { rest: { at: ahead.length, id } }) };
};

/** How many of the last axes of both meet or stay, what stands in front of these, and the id of the unknown axes. */
interface Alignment {
  readonly left: number;
  readonly right: number;
  /** `both`: the unknown axes are the same ones, so the axes before them meet as well. */
  readonly front: readonly Dim[] | 'both';
  readonly id?: string;
}

const alignment = (facts: Facts, a: Shape, b: Shape): Alignment => {
  const [left, right] = [tail(a).length, tail(b).length];
  if (!a.rest && !b.rest) return { left, right, front: [] };
  if (a.rest && !b.rest && right <= left) return { left, right, front: lead(a), id: a.rest.id };
  if (b.rest && !a.rest && left <= right) return { left, right, front: lead(b), id: b.rest.id };
  if (a.rest && a.rest.id === b.rest?.id && a.rest.at === b.rest.at && left === right) {
    return { left, right, front: 'both', id: a.rest.id };
  }
  const met = Math.min(a.rest ? left : Infinity, b.rest ? right : Infinity);
  const kept = { left: lasting(facts, tail(a), met), right: lasting(facts, tail(b), met) };
  const most = Math.max(kept.left, kept.right);
  const sources = new Set([...sourcesOf(a, kept.left, most), ...sourcesOf(b, kept.right, most)]);
  return { ...kept, front: [], id: brief([...sources].sort().join('&')) };
};

/**
 * The `met` last axes and those before them up to the first that keeps its size whatever it meets: because it is 2 or
 * more, or, in the plain reading, because it is a width that a constructor was given.
 */
const lasting = (facts: Facts, dims: readonly Dim[], met: number): number => {
  for (let count = dims.length; count > met; count--) if (lasts(facts, dims.at(-count) ?? 1)) return count;
  return Math.min(met, dims.length);
};

const lasts = (facts: Facts, d: Dim): boolean => bounds(facts, d)[0] >= 2 || (typeof d !== 'number' && isGiven(d));

/** The size of the result where the other tensor has an unknown axis, or none. */
const besideUnknown = (facts: Facts, d: Dim, id: string): Dim =>
  lasts(facts, d) ? d : symbol(brief(`${id}:${keyOf(d)}`), '?', 'unknown');

const isGiven = (d: Dim): boolean => symbolsOf(d).every((s) => s.role === 'rigid');

/**
 * What the unknown axes of a result are made of. Broadcasting is associative and gives nothing new for the same axes
 * twice, so plain rests are a set; what has known axes in it, or starts further left, is one name of its own.
 */
const sourcesOf = ({ dims, rest }: Shape, kept: number, most: number): readonly string[] => {
  const hidden = dims.slice(0, dims.length - kept).map(keyOf);
  if (!rest) return hidden.length === 0 ? [] : [`[${hidden.join()}]`];
  if (hidden.length > 0 || most > kept) {
    return [`[${hidden.toSpliced(rest.at, 0, `*${rest.id}`).join()}]${most > kept ? `-${most - kept}` : ''}`];
  }
  return /[[\]]/.test(rest.id) ? [rest.id] : rest.id.split('&');
};

/** Names within names double at every step of a deep network: a long one is told by two of its hashes. */
const brief = (id: string): string =>
  id.length <= LONGEST ? id : `#${hashed(id, 0x811c9dc5)}${hashed(id, 0x9e3779b9)}`;

const LONGEST = 400;

const hashed = (text: string, seed: number): string => {
  let [high, low] = [seed, seed ^ text.length];
  for (let i = 0; i < text.length; i++) {
    high = Math.imul(high ^ text.charCodeAt(i), 0x01000193);
    low = Math.imul(low ^ text.charCodeAt(i), 0x5bd1e995) ^ (low >>> 15);
  }
  return `${(high >>> 0).toString(36)}.${(low >>> 0).toString(36)}`;
};

/**
 * The size of the result on one axis, with what that rests on put down in the ledger. Where the left shape is stretched
 * on another axis and the right one is not, an equality that is only supposed is told by the right one.
 */
const fitSizes = (ledger: Ledger, axis: number, left: Dim, right: Dim, isStretched: boolean): Dim => {
  if (left === right || right === 1) return left;
  if (left === 1) return right;
  const equality = equal(left, right);
  const { facts, assumed } = ledger;
  const areEqual = decide(facts, equality);
  if (areEqual || (areEqual === undefined && decide(assumed, equality))) return plainer(left, right);
  const [leftIsOne, rightIsOne] = [decide(facts, equal(left, 1)), decide(facts, equal(right, 1))];
  if (leftIsOne) return right;
  if (rightIsOne) return left;
  if (areEqual === undefined) {
    // A slice of at most one element beside more than that is one element.
    const [mostLeft, mostRight] = [bounds(facts, left)[1], bounds(facts, right)[1]];
    if (mostRight <= 1 !== mostLeft <= 1) {
      suppose(ledger, equal(mostRight <= 1 ? right : left, 1));
      return mostRight <= 1 ? left : right;
    }
    // Equal they would be only where both are empty: sizes that nobody knows are of two tensors, not of the same one.
    if (isOpen(left) && isOpen(right) && leftIsOne !== rightIsOne && !mayBeEqual(facts, left, right))
      return rightIsOne === false ? right : left;
    const isForced = leftIsOne === false && rightIsOne === false;
    if (isForced) demand(ledger, equality);
    // A size that nobody knows may as well be 1, so nothing is supposed of it.
    else if (isOpen(left) !== isOpen(right)) return isOpen(left) ? right : left;
    // A quotient of a size may be 1 as well as anything else, and the result is the same.
    else if (!(leftIsOne === false && isMade(right)) && !(rightIsOne === false && isMade(left)))
      suppose(ledger, isStretched ? equal(right, left) : equality);
    return isForced ? plainer(left, right) : rightIsOne === false ? right : left;
  }
  // Sizes that differ fit when one of them is 1, which leaves the other: their product when it may be either.
  if (leftIsOne === undefined && rightIsOne === undefined) return mul(left, right);
  if (leftIsOne === undefined) demand(ledger, equal(left, 1));
  else if (rightIsOne === undefined) demand(ledger, equal(right, 1));
  else ledger.fault ??= { axis, left, right };
  return leftIsOne === undefined ? right : left;
};

/** Whether two sizes of tensors that hold something can be the same. */
const mayBeEqual = (facts: Facts, left: Dim, right: Dim): boolean => {
  const some = assume(facts, { kind: 'lt', left: 0, right: left });
  const both = some && assume(some, { kind: 'lt', left: 0, right });
  return !both || decide(both, equal(left, right)) !== false;
};

const isOpen = (d: Dim): boolean => symbolsOf(d).some((s) => s.role === 'unknown');

/** Whether a size is made of others, not one that somebody gives. */
const isMade = (d: Dim): boolean => {
  const [only, ...others] = symbolsOf(d);
  return only !== undefined && (others.length > 0 || !same(d, symbol(only.id, only.name, only.role)));
};

const plainer = (left: Dim, right: Dim): Dim => (typeof right === 'number' ? right : left);

const demand = (ledger: Ledger, c: Condition): void => {
  ledger.requires.push(c);
  ledger.facts = assume(ledger.facts, c) ?? ledger.facts;
  ledger.assumed = assume(ledger.assumed, c) ?? ledger.assumed;
};

const suppose = (ledger: Ledger, c: Condition): void => {
  ledger.assumes.push(c);
  ledger.assumed = assume(ledger.assumed, c) ?? ledger.assumed;
};
