import { count, filled, indices, stridesOf, type Tensor, zeros } from '../tensor';
import { axisAt, held, integers, type Numeric, numberOf, stacked } from './call';
import { spreadOver } from './elementwise';

/** A tensor with its axes in another order. */
export const permuted = (t: Tensor, order: readonly number[]): Tensor => {
  const own = stridesOf(t.shape);
  const shape = order.map((axis) => t.shape[axis] ?? 1);
  const data = new Float64Array(count(shape));
  let at = 0;
  for (const place of indices(shape)) {
    data[at++] = t.data[order.reduce((sum, axis, i) => sum + (place[i] ?? 0) * (own[axis] ?? 0), 0)] ?? Number.NaN;
  }
  return { shape, data };
};

/** Tensors one behind the other along an axis. */
export const joined = (parts: readonly Tensor[], axis: number): Tensor | undefined => {
  const [first] = parts;
  if (!first) return undefined;
  const at = axisAt(axis, first.shape.length);
  const shape = first.shape.map((size, i) => (i === at ? parts.reduce((n, p) => n + (p.shape[at] ?? 0), 0) : size));
  const outer = count(shape.slice(0, at));
  const data = new Float64Array(count(shape));
  let to = 0;
  for (let o = 0; o < outer; o++)
    for (const part of parts) {
      const block = part.data.length / outer;
      data.set(part.data.subarray(o * block, (o + 1) * block), to);
      to += block;
    }
  return { shape, data };
};

/** A stretch of a tensor along an axis. */
const narrowed = (t: Tensor, axis: number, from: number, size: number): Tensor => {
  const shape = t.shape.map((n, i) => (i === axis ? size : n));
  const inner = count(t.shape.slice(axis + 1));
  const whole = t.shape[axis] ?? 1;
  return filled(shape, (index) => {
    const [outer, rest] = [Math.floor(index / (size * inner)), index % (size * inner)];
    return t.data[outer * whole * inner + from * inner + rest] ?? Number.NaN;
  });
};

const split: Numeric = ({ name, subject, arg }) => {
  const t = held(subject);
  const given = integers(
    arg('split_size_or_sections', 'num_or_sections', 'split_size', 'chunks', 'indices_or_sections'),
  );
  const axis = t && axisAt(integers(arg('dim', 'axis'))?.[0] ?? 0, t.shape.length);
  const [first, more] = given ?? [];
  if (!t || axis === undefined || first === undefined || !given) return undefined;
  const whole = t.shape[axis] ?? 0;
  const isCount = name === 'chunk' || arg('num_or_sections') !== undefined;
  const size = isCount ? Math.ceil(whole / first) : first;
  const sizes =
    more !== undefined
      ? given
      : Array.from({ length: Math.ceil(whole / size) }, (_, i) => Math.min(size, whole - i * size));
  let from = 0;
  return sizes.map((n) => {
    from += n;
    return narrowed(t, axis, from - n, n);
  });
};

const swap: Numeric = ({ subject, arg, lib }) => {
  const t = held(subject);
  if (!t) return undefined;
  const order = integers(arg('dims', 'perm', 'axes'));
  const pair = [arg('dim0', 'axis0'), arg('dim1', 'axis1')].map((a) => a && integers(a)?.[0]);
  const rank = t.shape.length;
  if (pair[0] !== undefined && pair[1] !== undefined) {
    const [a, b] = [axisAt(pair[0], rank), axisAt(pair[1], rank)];
    return permuted(
      t,
      t.shape.map((_, i) => (i === a ? b : i === b ? a : i)),
    );
  }
  if (order && order.length === rank)
    return permuted(
      t,
      order.map((a) => axisAt(a, rank)),
    );
  return lib === 'numpy' && !order?.length ? reversed({ ...t }) : undefined;
};

const reversed = (t: Tensor): Tensor =>
  permuted(
    t,
    t.shape.map((_, i) => t.shape.length - 1 - i),
  );

const lastTwo = (t: Tensor): Tensor => {
  const rank = t.shape.length;
  return permuted(
    t,
    t.shape.map((_, i) => (i < rank - 2 ? i : 2 * rank - 3 - i)),
  );
};

/** Pairs for the last axes, the last one first; Paddle takes one pair for every axis from the first one on. */
const pad: Numeric = ({ subject, arg, lib }) => {
  const t = held(subject);
  const pads = integers(arg('pad', 'pad_width'));
  const mode = arg('mode');
  const value = arg('value', 'constant_values');
  if (!t || !pads || (mode?.kind === 'str' && mode.value !== 'constant')) return undefined;
  const by = value && value.kind !== 'none' ? numberOf(value) : 0;
  if (by === undefined) return undefined;
  const rank = t.shape.length;
  const fromFront = lib !== 'torch' && pads.length === 2 * rank;
  const at = (axis: number): number => (fromFront ? 2 * axis : 2 * (rank - 1 - axis));
  const before = t.shape.map((_, axis) => pads[at(axis)] ?? 0);
  const shape = t.shape.map((size, axis) => size + (pads[at(axis)] ?? 0) + (pads[at(axis) + 1] ?? 0));
  const own = stridesOf(t.shape);
  const result = filled(shape, () => by);
  let i = 0;
  for (const place of indices(shape)) {
    const from = place.map((p, axis) => p - (before[axis] ?? 0));
    if (from.every((p, axis) => p >= 0 && p < (t.shape[axis] ?? 0)))
      result.data[i] = t.data[from.reduce((sum, p, axis) => sum + p * (own[axis] ?? 0), 0)] ?? Number.NaN;
    i++;
  }
  return result;
};

const spread: Numeric = ({ subject, shape }) => {
  const t = held(subject);
  return t && shape && spreadOver(t, shape);
};

/** Every axis over and over. */
const tiled: Numeric = ({ subject, shape }) => {
  const t = held(subject);
  if (!t || !shape) return undefined;
  const own = stridesOf(t.shape);
  const lead = shape.length - t.shape.length;
  const data = new Float64Array(count(shape));
  let at = 0;
  for (const place of indices(shape))
    data[at++] =
      t.data[own.reduce((sum, step, i) => sum + ((place[i + lead] ?? 0) % (t.shape[i] ?? 1)) * step, 0)] ?? Number.NaN;
  return { shape, data };
};

const partsOf: Numeric = ({ arg, subject }) => {
  const given = arg('tensors', 'x', 'arrays') ?? subject;
  const items = given?.kind === 'tuple' || given?.kind === 'sequence' ? given.items.map(held) : [];
  const all = items.filter((t): t is Tensor => t !== undefined);
  return all.length === items.length ? all : undefined;
};

const cat: Numeric = (call) => {
  const parts = partsOf(call);
  return Array.isArray(parts) ? joined(parts, integers(call.arg('dim', 'axis'))?.[0] ?? 0) : undefined;
};

const stack: Numeric = (call) => {
  const parts = partsOf(call);
  const axis = integers(call.arg('dim', 'axis'))?.[0] ?? 0;
  return Array.isArray(parts) && axis === 0 ? stacked(parts) : undefined;
};

const flip: Numeric = ({ subject, arg }) => {
  const t = held(subject);
  const axes = integers(arg('dims', 'axis'));
  if (!t || !axes) return undefined;
  const own = stridesOf(t.shape);
  const turned = new Set(axes.map((a) => axisAt(a, t.shape.length)));
  let at = 0;
  const result = zeros(...t.shape);
  for (const place of indices(t.shape))
    result.data[at++] =
      t.data[place.reduce((sum, p, i) => sum + (turned.has(i) ? (t.shape[i] ?? 1) - 1 - p : p) * (own[i] ?? 0), 0)] ??
      Number.NaN;
  return result;
};

const turned: Numeric = ({ arg }) => {
  const t = held(arg('0'));
  return t && reversed(t);
};

/** Ops that put numbers into other places. */
export const REARRANGE: Readonly<Record<string, Numeric>> = {
  permute: swap,
  transpose: swap,
  swapaxes: swap,
  t: ({ subject }) => {
    const x = held(subject);
    return x && reversed(x);
  },
  '.T': turned,
  '.mT': ({ arg }) => {
    const x = held(arg('0'));
    return x && lastTwo(x);
  },
  pad,
  expand: spread,
  expand_as: spread,
  broadcast_to: spread,
  repeat: tiled,
  tile: tiled,
  cat,
  concat: cat,
  concatenate: cat,
  stack,
  split,
  chunk: split,
  flip,
};

/** Ops that leave the numbers where they are: their result shares the memory. */
export const SHARING: ReadonlySet<string> = new Set([
  'reshape',
  'view',
  'view_as',
  'reshape_as',
  'flatten',
  'ravel',
  'unflatten',
  'unsqueeze',
  'squeeze',
  'detach',
  'contiguous',
  'to',
  'cpu',
  'cuda',
  'float',
  'double',
  'half',
  'type',
  'type_as',
  'astype',
  'cast',
  'from_numpy',
  'as_tensor',
  'to_tensor',
  'asarray',
  'array',
  'tensor',
  'identity',
  'dropout',
  'dropout2d',
  'requires_grad_',
  'detach_',
]);
