import type { Dim } from '../dims';
import type { Shape } from './shape';

/** A shape cut in two; together they are the shape. */
export interface Split {
  readonly front: Shape;
  readonly back: Shape;
}

/** Cuts before the last `count` axes, as the pattern `[*b, i]` asks for; `undefined` when one of them is not known. */
export const suffix = (shape: Shape, count: number): Split | undefined => {
  const cut = shape.dims.length - count;
  if (count < 0 || cut < (shape.rest?.at ?? 0)) return undefined;
  return { front: { ...shape, dims: shape.dims.slice(0, cut) }, back: { dims: shape.dims.slice(cut) } };
};

/** Cuts behind the first `count` axes; `undefined` when one of them is not known. */
export const prefix = (shape: Shape, count: number): Split | undefined => {
  const { dims, rest } = shape;
  if (count < 0 || count > (rest?.at ?? dims.length)) return undefined;
  const back = { dims: dims.slice(count) };
  return {
    front: { dims: dims.slice(0, count) },
    back: rest ? { ...back, rest: { ...rest, at: rest.at - count } } : back,
  };
};

/** The axes of `front`, then those of `back`; `undefined` when both have unknown ones. */
export const joinShapes = (front: Shape, back: Shape): Shape | undefined => {
  const dims = [...front.dims, ...back.dims];
  if (!back.rest) return { ...front, dims };
  if (front.rest) return undefined;
  return { dims, rest: { ...back.rest, at: back.rest.at + front.dims.length } };
};

/** The place in `dims` of axis `i`, counted from the end when negative; `undefined` when it is not known. */
const axisIndex = ({ dims, rest }: Shape, i: number): number | undefined => {
  const at = i < 0 ? dims.length + i : i;
  const known = rest ? (i < 0 ? at >= rest.at : at < rest.at) : at < dims.length;
  return known && at >= 0 ? at : undefined;
};

/** The shape with another size on axis `i`; `undefined` when that axis is not known. */
export const withAxis = (shape: Shape, i: number, size: Dim): Shape | undefined => {
  const at = axisIndex(shape, i);
  return at === undefined ? undefined : { ...shape, dims: shape.dims.with(at, size) };
};

/** The shape without axis `i`; `undefined` when that axis is not known. */
export const withoutAxis = (shape: Shape, i: number): Shape | undefined => {
  const at = axisIndex(shape, i);
  if (at === undefined) return undefined;
  const dims = shape.dims.toSpliced(at, 1);
  const { rest } = shape;
  return rest && at < rest.at ? { dims, rest: { ...rest, at: rest.at - 1 } } : { ...shape, dims };
};

/** The shape with a new axis that gets the index `i` (of the result, from the end when negative), as `unsqueeze` does. */
export const insertAxis = (shape: Shape, i: number, size: Dim): Shape | undefined => {
  const { dims, rest } = shape;
  const at = i < 0 ? dims.length + 1 + i : i;
  const known = rest ? (i < 0 ? at >= rest.at : at <= rest.at) : at <= dims.length;
  if (!known || at < 0) return undefined;
  const longer = dims.toSpliced(at, 0, size);
  return rest && i >= 0 ? { dims: longer, rest: { ...rest, at: rest.at + 1 } } : { ...shape, dims: longer };
};
