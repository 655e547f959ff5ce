import { add, type Dim, mul, same, sub } from '../../dims';
import type { Shape } from '../../shapes';
import type { Arg, TensorArg } from '../arg';
import { type Call, giveUp, holds, need, refuse, tensor } from '../call';
import { fault } from '../codes';
import { batchFirst } from '../outcome';
import { inserted, position, positions, sizeAt, without, withRank } from './axes';
import { needNotNegative, needPositive } from './checks';
import { laid, layoutOf, stridesOf } from './layout';
import { floorBy } from './quotient';
import { typed } from './view';

/** A view of a tensor: another shape, and the strides that it has in the same memory. */
const viewed = (call: Call, input: TensorArg, shape: Shape, strides: readonly Dim[] | undefined): TensorArg =>
  tensor(call.lib, shape, { ...typed(input), ...laid(layoutOf(shape, strides)) });

/** The axes in another order. */
export const reordered = (call: Call, input: TensorArg, order: readonly number[]): TensorArg => {
  const shape = { dims: order.map((i) => sizeAt(input.shape, i)) };
  const strides = stridesOf(input);
  return viewed(call, input, shape, strides && order.map((i) => strides[i] ?? 1));
};

/** `permute`: every axis named once, which also tells the rank. */
export const permuted = (call: Call, input: TensorArg, dims: readonly number[]): TensorArg | undefined => {
  const shape = withRank(call, input, dims.length);
  if (!shape) return undefined;
  if (dims.length !== shape.dims.length)
    return refuse(call, fault('permute-count', { op: call.op, rank: shape.dims.length, found: dims.length }, 'dims'));
  const order = positions(call, shape, dims, 'dims');
  return order && reordered(call, { ...input, shape }, order);
};

/** Two axes swapped. With an unknown rank both must stand on one known side. */
export const swapped = (call: Call, input: TensorArg, a: number, b: number): TensorArg | undefined => {
  const { shape } = input;
  const i = position(call, shape, a, 0, 'dim0');
  const j = position(call, shape, b, 0, 'dim1');
  if (i === undefined || j === undefined) return undefined;
  if (shape.dims.length === 0) return input;
  if (!shape.rest) {
    const order = shape.dims.map((_, k) => (k === i ? j : k === j ? i : k));
    return reordered(call, input, order);
  }
  const dims = shape.dims.map((d, k) => (k === i ? sizeAt(shape, j) : k === j ? sizeAt(shape, i) : d));
  return tensor(call.lib, { ...shape, dims }, typed(input));
};

/** Axes moved to other places, the others keeping their order. */
export const moved = (
  call: Call,
  input: TensorArg,
  source: readonly number[],
  destination: readonly number[],
): TensorArg | undefined => {
  if (input.shape.rest) return giveUp(call, 'the rank is not known');
  if (source.length !== destination.length) {
    const data = { op: call.op, argument: 'destination', expected: `${source.length}`, found: destination.length };
    return refuse(call, fault('wrong-length', data, 'destination'));
  }
  const from = positions(call, input.shape, source, 'source');
  const to = positions(call, input.shape, destination, 'destination');
  if (!from || !to) return undefined;
  const others = input.shape.dims.map((_, i) => i).filter((i) => !from.includes(i));
  const order: number[] = [];
  for (let i = 0; i < input.shape.dims.length; i++) {
    const k = to.indexOf(i);
    order.push(k >= 0 ? (from[k] ?? 0) : (others.shift() ?? 0));
  }
  return reordered(call, input, order);
};

/** A new axis of size 1. */
export const unsqueezed = (call: Call, input: TensorArg, dim: number): TensorArg | undefined => {
  const { shape } = input;
  if (shape.rest) {
    const at = dim >= 0 ? dim : shape.dims.length + 1 + dim;
    const known = dim >= 0 ? at <= shape.rest.at : at > shape.rest.at || (at === shape.rest.at && dim < 0);
    if (!known) return giveUp(call, 'the rank is not known');
    const dims = [...shape.dims.slice(0, at), 1, ...shape.dims.slice(at)];
    const restAt = dim >= 0 ? shape.rest.at + 1 : shape.rest.at;
    return tensor(call.lib, { dims, rest: { at: restAt, id: shape.rest.id } }, typed(input));
  }
  const at = position(call, shape, dim, 1);
  if (at === undefined) return undefined;
  const strides = stridesOf(input);
  const step = mul(sizeAt(shape, at), strides?.[at] ?? 1);
  return viewed(call, input, inserted(shape, at, 1), strides && [...strides.slice(0, at), step, ...strides.slice(at)]);
};

/**
 * Axes of size 1 removed: the named ones, where they are 1, or all. An axis that may or may not be 1 leaves the rank
 * open; where the code names it, the call is taken to mean it, as an assumption.
 */
export const squeezed = (call: Call, input: TensorArg, dims: readonly number[] | null): TensorArg | undefined => {
  const { shape } = input;
  if (dims === null && shape.rest) return giveUp(call, 'the rank is not known');
  demandSingle(call, input, dims);
  const wanted = dims === null ? shape.dims.map((_, i) => i) : positions(call, shape, dims);
  if (!wanted) return undefined;
  const gone: number[] = [];
  for (const i of wanted) {
    const size = sizeAt(shape, i);
    const one = holds(call, { kind: 'eq', left: size, right: 1 });
    if (one === undefined) return giveUp(call, 'whether an axis has size 1');
    if (one) gone.push(i);
  }
  const strides = stridesOf(input);
  return viewed(
    call,
    input,
    without(shape, gone),
    strides?.filter((_, i) => !gone.includes(i)),
  );
};

/** `squeeze(1)` of `[*, 1]` means the axis of which it is known that it has size 1. */
const demandSingle = (call: Call, tensor: TensorArg, dims: readonly number[] | null): void => {
  const { rest, dims: known } = tensor.shape;
  const [at, more] = dims ?? [];
  if (rest?.at !== 0 || known.length !== 1 || known[0] !== 1 || at === undefined || at < 1 || more !== undefined)
    return;
  if (call.cx.supposes) call.demands.push({ tensor, axes: batchFirst(at + 1), open: false, usual: 'always' });
};

/** `expand`: axes of size 1 repeated without a copy; −1 keeps an axis, new ones come first. */
export const expanded = (call: Call, input: TensorArg, sizes: readonly Dim[]): TensorArg | undefined => {
  const { shape } = input;
  const to = { dims: sizes };
  if (shape.rest) {
    if (sizes.includes(-1)) return giveUp(call, 'the rank is not known');
    return tensor(call.lib, to, typed(input));
  }
  const extra = sizes.length - shape.dims.length;
  const clash = fault('expand-mismatch', { op: call.op, from: shape, to }, 'size');
  if (extra < 0) return refuse(call, clash);
  const own = stridesOf(input);
  const strides: Dim[] = [];
  const dims = sizes.map((size, i) => {
    const old = i < extra ? undefined : shape.dims[i - extra];
    const step = own?.[i - extra] ?? 0;
    if (old === undefined) {
      if (typeof size === 'number' && size < 0) refuse(call, clash);
      strides.push(0);
      return size;
    }
    if (typeof size === 'number' && size < -1) refuse(call, clash);
    if (size === -1 || same(size, old)) {
      strides.push(step);
      return old;
    }
    strides.push(0);
    if (old !== 1) needExpandable(call, old, size, clash);
    return size;
  });
  return viewed(call, input, { dims }, own && strides);
};

/** An axis that is not known to be 1 must have the size already, which is then the plain reading. */
const needExpandable = (call: Call, old: Dim, size: Dim, clash: ReturnType<typeof fault>): void => {
  const one = holds(call, { kind: 'eq', left: old, right: 1 });
  if (one) return;
  const equal = { kind: 'eq', left: old, right: size } as const;
  if (one === false) need(call, equal, clash);
  else if (call.doubts.length === 0) call.assumes.push(equal);
};

/** `repeat`: each axis copied so many times; new axes come first. */
export const repeated = (
  call: Call,
  input: TensorArg,
  times: readonly Dim[],
  short: 'refuse' | 'pad',
): Shape | undefined => {
  const { shape } = input;
  if (shape.rest) return giveUp(call, 'the rank is not known');
  const missing = shape.dims.length - times.length;
  if (missing > 0 && short === 'refuse') {
    const data = { op: call.op, argument: 'repeats', expected: `${shape.dims.length}+`, found: times.length };
    return refuse(call, fault('wrong-length', data, 'repeats'));
  }
  const all = [...Array.from({ length: Math.max(0, missing) }, () => 1), ...times];
  const extra = all.length - shape.dims.length;
  for (const t of all) {
    if (typeof t === 'number' && t < 0)
      return refuse(call, fault('negative', { op: call.op, argument: 'repeats', found: t }, 'repeats'));
  }
  return { dims: all.map((t, i) => (i < extra ? t : mul(t, shape.dims[i - extra] ?? 1))) };
};

/** Windows of `size` every `step` along an axis; they become a new last axis. */
export const unfolded = (call: Call, input: TensorArg, dim: number, size: Dim, step: Dim): TensorArg | undefined => {
  const { shape } = input;
  if (shape.rest) return giveUp(call, 'the rank is not known');
  const at = position(call, shape, dim, 0, 'dimension');
  if (at === undefined) return undefined;
  const whole = sizeAt(shape, at);
  const data = { op: call.op, kernel: size, size: whole, axis: `${dim}` };
  need(call, { kind: 'le', left: size, right: whole }, fault('kernel-too-large', data, 'size'));
  needPositive(call, 'step', [step]);
  needNotNegative(call, 'size', [size]);
  const strides = stridesOf(input);
  const count = add(floorBy(sub(whole, size), step), 1);
  const dims = [...shape.dims.map((d, i) => (i === at ? count : d)), size];
  const own = strides?.[at] ?? 1;
  return viewed(call, input, { dims }, strides && [...strides.map((s, i) => (i === at ? mul(s, step) : s)), own]);
};

/** The index along an axis that a number picks. */
export const selected = (call: Call, input: TensorArg, dim: number, index: Arg): TensorArg | undefined => {
  const { shape } = input;
  if (!shape.rest && shape.dims.length === 0) {
    return refuse(
      call,
      fault('rank-mismatch', { op: call.op, argument: 'input', expected: '1+', found: 0, shape }, 'input'),
    );
  }
  const at = position(call, shape, dim);
  if (at === undefined) return undefined;
  if (index.kind === 'int' && typeof index.value === 'number') {
    const enough = index.value < 0 ? -index.value : index.value + 1;
    const size = sizeAt(shape, at);
    const data = { op: call.op, index: index.value, size };
    need(call, { kind: 'le', left: enough, right: size }, fault('index-range', data, 'index'));
  }
  const strides = stridesOf(input);
  return viewed(
    call,
    input,
    without(shape, [at]),
    strides?.filter((_, i) => i !== at),
  );
};

/** A part of an axis, as a view. */
export const narrowed = (call: Call, input: TensorArg, at: number, size: Dim): TensorArg => {
  const { shape } = input;
  const dims = shape.dims.map((d, i) => (i === at ? size : d));
  return viewed(call, input, { ...shape, dims }, stridesOf(input));
};
