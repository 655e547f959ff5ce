import { add, assume, type Dim, decide, type Facts, max, min, neg, sub } from '../dims';
import { type Shape, sameShape } from '../shapes';
import type { Arg, TensorArg } from './arg';
import {
  broadcastAll,
  type Call,
  fresh,
  freshShape,
  giveUp,
  need,
  needFits,
  newCall,
  outcome,
  refuse,
  tensor,
} from './call';
import { fault } from './codes';
import { typeName } from './convert';
import type { OpContext, Outcome } from './outcome';
import { laid, layoutOf, stridesOf } from './rules/layout';
import { ceilBy } from './rules/quotient';
import { typed } from './rules/view';

/** `x[items]`, one item an index of the subscript. */
export const index = (t: TensorArg, items: readonly Arg[], cx: OpContext): Outcome => {
  const call = newCall(cx, t.lib, 'indexing');
  return outcome(call, indexed(call, t, items));
};

/** `x[items] = value`: the value must broadcast to the part; the result is the tensor. */
export const setIndex = (t: TensorArg, items: readonly Arg[], value: Arg, cx: OpContext): Outcome => {
  const call = newCall(cx, t.lib, 'indexing');
  const part = indexed(call, t, items);
  if (part && value.kind === 'tensor') {
    const clash = fault('expand-mismatch', { op: call.op, from: value.shape, to: part.shape }, 'value');
    needFits(call, value.shape, part.shape, clash);
  }
  return { ...outcome(call, t), ...(call.faults.length > 0 ? {} : { value: t }) };
};

/** One axis of the result while it is built: taken from the input, new, or where the index tensors' axes go. */
interface Walk {
  readonly call: Call;
  readonly dims: readonly Dim[];
  readonly strides: readonly Dim[] | undefined;
  at: number;
  readonly out: Dim[];
  readonly outStrides: (Dim | undefined)[];
  readonly tensors: Shape[];
  /** Place of the first index tensor's axes; −1 before there is one. */
  place: number;
  /** The last item was an index tensor. */
  adjacent: boolean;
  /** Something stood between two index tensors: their axes come first then. */
  apart: boolean;
}

/** PyTorch reads a list that holds more than numbers as if it were a tuple: `x[[slice(0, 2), None]]`. */
const unlisted = (t: TensorArg, items: readonly Arg[]): readonly Arg[] => {
  const [only, ...others] = items;
  if (t.lib !== 'torch' || others.length > 0 || only?.kind !== 'sequence') return items;
  return only.items.some(({ kind }) => AS_TUPLE.has(kind)) ? only.items : items;
};

const AS_TUPLE: ReadonlySet<Arg['kind']> = new Set<Arg['kind']>(['slice', 'none', 'ellipsis', 'tensor', 'sequence']);

const indexed = (call: Call, t: TensorArg, given: readonly Arg[]): TensorArg | undefined => {
  const items = unlisted(t, given);
  const doubt = items.find((item) => item.kind === 'unknown' || item.kind === 'other');
  if (doubt) return giveUp(call, doubt.kind === 'unknown' ? doubt.why : 'the index is not known');
  const parts = items.flatMap((item) => (item.kind === 'slice' ? [item.lower, item.upper, item.step] : [item]));
  const wrong = parts.find((item) => ['str', 'float', 'dtype', 'device', 'callable'].includes(item.kind));
  if (wrong) return refuse(call, fault('index-type', { op: call.op, found: typeName(wrong) }, 'index'));
  if (items.some((item) => item.kind === 'tensor' && isMask(item) && item.shape.rest))
    return tensor(call.lib, freshShape(call, 'a mask of unknown rank'), typed(t));
  const taken = items.reduce((count, item) => count + axesOf(item), 0);
  if (t.shape.rest) return openIndexed(call, t, items);
  const { dims } = t.shape;
  if (taken > dims.length)
    return refuse(call, fault('too-many-indices', { op: call.op, rank: dims.length, found: taken }, 'index'));
  const ellipsis = items.findIndex((item) => item.kind === 'ellipsis');
  const walk: Walk = {
    call,
    dims,
    strides: stridesOf(t),
    at: 0,
    out: [],
    outStrides: [],
    tensors: [],
    place: -1,
    adjacent: false,
    apart: false,
  };
  items.forEach((item, i) => {
    if (item.kind === 'ellipsis') {
      if (i === ellipsis) keep(walk, dims.length - taken);
    } else step(walk, item);
  });
  keep(walk, dims.length - walk.at);
  return finishWalk(walk, t, items);
};

/** With an unknown rank, items before the unknown axes and, behind an ellipsis, after them can be followed. */
const openIndexed = (call: Call, t: TensorArg, items: readonly Arg[]): TensorArg | undefined => {
  const { dims, rest } = t.shape;
  if (!rest) return undefined;
  const cut = items.findIndex((item) => item.kind === 'ellipsis');
  const front = cut < 0 ? items : items.slice(0, cut);
  const back = cut < 0 ? [] : items.slice(cut + 1);
  const simple = [...front, ...back].every(
    (item) => item.kind !== 'tensor' && item.kind !== 'sequence' && item.kind !== 'bool',
  );
  const count = (part: readonly Arg[]): number => part.reduce((all, item) => all + axesOf(item), 0);
  if (!simple || count(front) > rest.at || count(back) > dims.length - rest.at)
    return tensor(call.lib, freshShape(call, 'indexing a tensor of unknown rank'), typed(t));
  const split = dims.length - count(back);
  const lead = indexed(call, { ...t, shape: { dims: dims.slice(0, rest.at) } }, front);
  const tail = indexed(call, { ...t, shape: { dims: dims.slice(split) } }, back);
  if (!lead || !tail) return undefined;
  const middle = dims.slice(rest.at, split);
  const shape = {
    dims: [...lead.shape.dims, ...middle, ...tail.shape.dims],
    rest: { at: lead.shape.dims.length, id: rest.id },
  };
  return tensor(call.lib, shape, typed(t));
};

const axesOf = (item: Arg): number => {
  if (item.kind === 'none' || item.kind === 'ellipsis' || item.kind === 'bool') return 0;
  if (item.kind === 'tensor' && isMask(item)) return item.shape.dims.length;
  return 1;
};

const isMask = (t: TensorArg): boolean => t.dtype === 'bool' || t.dtype === 'uint8';

const keep = (walk: Walk, count: number): void => {
  if (count > 0) walk.adjacent = false;
  for (let i = 0; i < count; i++) {
    walk.out.push(walk.dims[walk.at] ?? 1);
    walk.outStrides.push(walk.strides?.[walk.at]);
    walk.at++;
  }
};

const step = (walk: Walk, item: Arg): void => {
  if (item.kind === 'none') {
    walk.out.push(1);
    walk.outStrides.push(1);
    walk.adjacent = false;
  } else if (item.kind === 'bool') advance(walk, { dims: [item.value ? 1 : 0] }, 0);
  else if (item.kind === 'int') pick(walk, item.value);
  else if (item.kind === 'slice') cutAxis(walk, item);
  else if (item.kind === 'tensor') byTensor(walk, item);
  else if (item.kind === 'sequence' || item.kind === 'tuple') byList(walk, item);
};

/** An index that is a number: the axis goes, and the number must lie inside it. */
const pick = (walk: Walk, i: Dim): void => {
  const { call } = walk;
  const size = walk.dims[walk.at] ?? 1;
  if (typeof i === 'number') {
    const data = { op: call.op, index: i, size };
    const enough = i < 0 ? -i : i + 1;
    need(call, { kind: 'le', left: enough, right: size }, fault('index-range', data, 'index'));
  }
  walk.at++;
};

/** A bound of a slice: a size, or a tensor of one number that the source says. */
const bound = (arg: Arg): Dim | null | undefined => {
  if (arg.kind === 'none') return null;
  const number = arg.kind === 'tensor' && arg.elements?.length === 1 ? arg.elements[0] : arg;
  return number?.kind === 'int' ? number.value : undefined;
};

const forwardSize = (call: Call, item: Slice, size: Dim, by: Dim): Dim | undefined =>
  sliceSize(call, size, bound(item.lower), bound(item.upper), by);

/** `x[::-2]`: all of the axis from its end; with bounds the size is not followed. */
const turnedSize = ({ lower, upper }: Slice, size: Dim, by: number): Dim | undefined =>
  lower.kind === 'none' && upper.kind === 'none' ? ceilBy(size, by) : undefined;

type Slice = Extract<Arg, { kind: 'slice' }>;

const cutAxis = (walk: Walk, item: Slice): void => {
  const { call } = walk;
  const size = walk.dims[walk.at] ?? 1;
  const stride = walk.strides?.[walk.at];
  const by = bound(item.step) ?? (item.step.kind === 'none' ? 1 : undefined);
  // NumPy and Paddle go backwards, PyTorch does not.
  const backwards = typeof by === 'number' && by < 0 && call.lib !== 'torch';
  if (typeof by === 'number' && by < 1 && !backwards) refuse(call, fault('slice-step', { op: call.op }, 'index'));
  const out =
    by === undefined ? undefined : backwards ? turnedSize(item, size, -by) : forwardSize(call, item, size, by);
  walk.out.push(out ?? fresh(call, 'bounds of a slice'));
  walk.outStrides.push(
    stride !== undefined && typeof stride === 'number' && typeof by === 'number'
      ? stride * by
      : by === 1
        ? stride
        : undefined,
  );
  walk.at++;
  walk.adjacent = false;
};

/** Size of `x[lower:upper:by]` along an axis: bounds are clamped to the axis, negative ones count from its end. */
export const sliceSize = (
  call: Call,
  size: Dim,
  lower: Dim | null | undefined,
  upper: Dim | null | undefined,
  by: Dim,
): Dim | undefined => {
  if (lower === null && upper === null) return ceilBy(size, by);
  // An axis is as long as it is: its size is no negative number, whatever it is made of.
  const facts = assume(call.cx.facts, { kind: 'le', left: 0, right: size }) ?? call.cx.facts;
  const from = lower === null ? 0 : lower === undefined ? undefined : clamp(facts, size, lower);
  const to = upper === null ? size : upper === undefined ? undefined : clamp(facts, size, upper);
  if (from === undefined || to === undefined) return undefined;
  const span = sub(to, from);
  return decide(facts, { kind: 'le', left: from, right: to }) ? ceilBy(span, by) : max(0, ceilBy(span, by));
};

const clamp = (facts: Facts, size: Dim, bound: Dim): Dim | undefined => {
  if (bound === 0) return 0;
  const negative = decide(facts, { kind: 'lt', left: bound, right: 0 });
  if (negative === undefined) return undefined;
  if (negative)
    return decide(facts, { kind: 'le', left: neg(bound), right: size }) ? add(size, bound) : max(0, add(size, bound));
  return decide(facts, { kind: 'le', left: bound, right: size }) ? bound : min(bound, size);
};

const byTensor = (walk: Walk, item: TensorArg): void => {
  const { call } = walk;
  if (item.dtype === undefined && item.shape.rest) {
    giveUp(call, 'the index is not known');
    return;
  }
  if (item.dtype && (item.dtype.includes('float') || item.dtype.startsWith('complex'))) {
    refuse(call, fault('index-type', { op: call.op, found: item.dtype }, 'index'));
    return;
  }
  if (!isMask(item)) {
    if (item.dtype === undefined) giveUp(call, 'the element type of the index is not known');
    for (const element of item.elements ?? []) needInside(walk, element);
    // A single integer in a tensor picks like a number.
    if (!item.shape.rest && item.shape.dims.length === 0) {
      walk.at++;
      return;
    }
    advance(walk, item.shape, 1);
    return;
  }
  item.shape.dims.forEach((d, i) => {
    const size = walk.dims[walk.at + i] ?? d;
    const data = { op: call.op, axis: walk.at + i, size, found: d };
    need(call, { kind: 'eq', left: size, right: d }, fault('index-size', data, 'index'));
  });
  advance(walk, { dims: [trueCount(item) ?? fresh(call, 'count of true values')] }, item.shape.dims.length);
};

/** How many values of a mask are true, where the source says them. */
export const trueCount = ({ elements }: TensorArg): number | undefined => {
  const known = elements?.filter((e) => e.kind === 'bool');
  return known && known.length === elements?.length ? known.filter((e) => e.value).length : undefined;
};

/** A list is an index tensor of its own shape; one of booleans is a mask, whose true values count. */
const byList = (walk: Walk, item: Extract<Arg, { kind: 'sequence' | 'tuple' }>): void => {
  const { call } = walk;
  const bools = item.items.filter((x) => x.kind === 'bool');
  if (bools.length > 0 && bools.length === item.items.length) {
    const size = walk.dims[walk.at] ?? 1;
    const data = { op: call.op, axis: walk.at, size, found: bools.length };
    need(call, { kind: 'eq', left: size, right: bools.length }, fault('index-size', data, 'index'));
    advance(walk, { dims: [bools.filter((b) => b.kind === 'bool' && b.value).length] }, 1);
    return;
  }
  const shape = listShape(item);
  if (shape) {
    needInside(walk, item);
    advance(walk, shape, 1);
  } else {
    giveUp(call, 'the index is not known');
    walk.at++;
  }
};

/** Known numbers in a list of indices must lie inside the axis. */
const needInside = (walk: Walk, item: Arg): void => {
  if (item.kind === 'sequence' || item.kind === 'tuple') {
    for (const inner of item.items) needInside(walk, inner);
    return;
  }
  if (item.kind !== 'int' || typeof item.value !== 'number') return;
  const { call } = walk;
  const size = walk.dims[walk.at] ?? 1;
  const data = { op: call.op, index: item.value, size };
  const enough = item.value < 0 ? -item.value : item.value + 1;
  need(call, { kind: 'le', left: enough, right: size }, fault('index-range', data, 'index'));
};

const listShape = (item: Arg): Shape | undefined => {
  if (item.kind === 'int') return { dims: [] };
  if (item.kind !== 'sequence' && item.kind !== 'tuple') return undefined;
  const first = item.items[0];
  if (!first) return { dims: [0] };
  const inner = listShape(first);
  if (!inner) return undefined;
  const alike = item.items.every((x) => {
    const other = listShape(x);
    return other !== undefined && sameShape(other, inner);
  });
  return alike ? { dims: [item.items.length, ...inner.dims] } : undefined;
};

const advance = (walk: Walk, shape: Shape, axes: number): void => {
  if (walk.place < 0) walk.place = walk.out.length;
  else if (!walk.adjacent) walk.apart = true;
  walk.adjacent = true;
  walk.tensors.push(shape);
  walk.at += axes;
};

const finishWalk = (walk: Walk, t: TensorArg, items: readonly Arg[]): TensorArg | undefined => {
  const { call } = walk;
  if (walk.tensors.length === 0) {
    const shape = { dims: walk.out };
    const strides = walk.outStrides.filter((s) => s !== undefined);
    const layout = strides.length === walk.out.length ? layoutOf(shape, strides) : undefined;
    const whole = items.every((item) => item.kind === 'ellipsis');
    return whole ? t : tensor(call.lib, shape, { ...typed(t), ...laid(layout) });
  }
  const joined = broadcastAll(call, walk.tensors, (left, right) =>
    fault('index-broadcast', { op: call.op, left, right }, 'index'),
  );
  if (!joined || joined.rest) return giveUp(call, 'the index is not known');
  const place = walk.apart ? 0 : walk.place;
  return tensor(call.lib, { dims: walk.out.toSpliced(place, 0, ...joined.dims) }, typed(t));
};
