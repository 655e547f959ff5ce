import type { Dim } from '../../dims';
import type { Shape } from '../../shapes';
import type { TensorArg } from '../arg';
import { type Call, giveUp, refuse } from '../call';
import { fault } from '../codes';

/**
 * The position of an axis in `shape.dims`; negative numbers count from the end. A number out of range is refused. With
 * an unknown rank only axes on the near side of the unknown ones have a position; otherwise the call is given up.
 * A tensor of rank 0 takes the axes 0 and −1 (`scalar`), as PyTorch's reductions do.
 */
export const position = (call: Call, shape: Shape, axis: number, extra = 0, name = 'dim'): number | undefined => {
  const { dims, rest } = shape;
  if (rest) return openPosition(call, shape, axis, rest.at, extra === 0);
  const rank = dims.length + extra;
  const least = Math.max(rank, 1);
  if (axis >= least || axis < -least) return refuse(call, fault('axis-range', { op: call.op, axis, rank }, name));
  return axis < 0 ? axis + least : axis;
};

const openPosition = (call: Call, shape: Shape, axis: number, at: number, isThere: boolean): number | undefined => {
  const { dims } = shape;
  if (axis >= 0 && axis < at) return axis;
  if (axis < 0 && -axis <= dims.length - at) return dims.length + axis;
  if (isThere) demandReach(call, shape, axis);
  return giveUp(call, 'the rank is not known');
};

/** `x.mean(-1)` needs an axis at the end of `x`, `x.softmax(1)` two at its beginning: the demand is stated. */
const demandReach = (call: Call, shape: Shape, axis: number): void => {
  const tensor = call.tensors.find((t) => t.shape === shape);
  if (!tensor || call.doubts.length > 0) return;
  const axes = Array.from({ length: axis < 0 ? -axis : axis + 1 }, () => ({ name: '_' }));
  call.demands.push({ tensor, axes, open: axis < 0 ? 'front' : 'back' });
};

/** Refuses an axis that is proved to be out of range. */
export const needAxis = (call: Call, shape: Shape, axis: number | null, name = 'dim'): void => {
  if (axis !== null && !shape.rest) position(call, shape, axis, 0, name);
};

/**
 * The shape that a tensor of unknown rank must have when the call names every axis: so many axes, known ones kept. The
 * demand is stated, with names for the axes where there are any; a tensor of known rank is its own answer.
 */
export const withRank = (
  call: Call,
  tensor: TensorArg,
  count: number,
  names: readonly string[] = [],
): Shape | undefined => {
  const { dims, rest } = tensor.shape;
  if (!rest) return tensor.shape;
  const missing = count - dims.length;
  if (missing < 0) return giveUp(call, 'the rank is not known');
  const between = Array.from({ length: missing }, (_, i) => call.cx.unknownSize(`axis ${rest.at + i}`));
  const all = [...dims.slice(0, rest.at), ...between, ...dims.slice(rest.at)];
  const axes = all.map((size, i) => {
    const name = names[i] ?? `d${i}`;
    return i >= rest.at && i < rest.at + missing ? { name } : { name, size };
  });
  if (call.doubts.length === 0) call.demands.push({ tensor, axes, open: false });
  return { dims: all };
};

/** What the first axes of a batch are called as a rule. */
const LEADING = ['b', 'c'];

/** The sizes of the first `count` axes, behind which at least one more stands; a tensor of unknown rank gets the demand. */
export const leadingAxes = (call: Call, tensor: TensorArg, count: number): readonly Dim[] => {
  const { dims, rest } = tensor.shape;
  const known = rest ? dims.slice(0, Math.min(rest.at, count)) : dims.slice(0, count);
  if (known.length === count) return known;
  const axes = Array.from({ length: count }, (_, i) => {
    const name = (count <= LEADING.length && LEADING[i]) || '_';
    const size = known[i];
    return size === undefined ? { name } : { name, size };
  });
  if (call.doubts.length === 0) call.demands.push({ tensor, axes, open: 'back' });
  return axes.map(({ size }, i) => size ?? call.cx.unknownSize(`axis ${i}`));
};

/** The positions of several axes, which must differ. */
export const positions = (
  call: Call,
  shape: Shape,
  axes: readonly number[],
  name = 'dim',
): readonly number[] | undefined => {
  const found: number[] = [];
  for (const axis of axes) {
    const at = position(call, shape, axis, 0, name);
    if (at === undefined) return undefined;
    if (found.includes(at)) return refuse(call, fault('axis-repeated', { op: call.op, axis }, name));
    found.push(at);
  }
  return found;
};

/** The size of an axis; 1 for axis 0 of a single number. */
export const sizeAt = (shape: Shape, at: number): Dim => shape.dims[at] ?? 1;

/** The shape with one size replaced. */
export const withSize = (shape: Shape, at: number, size: Dim): Shape => ({
  ...shape,
  dims: shape.dims.map((d, i) => (i === at ? size : d)),
});

/** The shape without some axes. */
export const without = (shape: Shape, gone: readonly number[]): Shape => {
  const dims = shape.dims.filter((_, i) => !gone.includes(i));
  if (!shape.rest) return { dims };
  const { at, id } = shape.rest;
  return { dims, rest: { at: at - gone.filter((i) => i < at).length, id } };
};

/** The shape with a new axis before position `at`. */
export const inserted = (shape: Shape, at: number, size: Dim): Shape => {
  const dims = [...shape.dims.slice(0, at), size, ...shape.dims.slice(at)];
  if (!shape.rest) return { dims };
  const { rest } = shape;
  return { dims, rest: { at: at <= rest.at ? rest.at + 1 : rest.at, id: rest.id } };
};
