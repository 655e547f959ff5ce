import { type Dim, type Facts, keyOf, product, type Sym, same, simplify, substitute } from '../dims';

/**
 * The sizes of a tensor. With a rest, an unknown number of axes stands before `dims[rest.at]`, so that `[*]` has no
 * dims, `[*, C]` is one dim with the rest at 0 and `[B, *]` one dim with the rest at 1.
 */
export interface Shape {
  readonly dims: readonly Dim[];
  readonly rest?: Rest;
}

/** A run of unknown axes. Equal ids are the same axes: the same number of them, with the same sizes. */
export interface Rest {
  readonly at: number;
  readonly id: string;
}

/** A shape whose axes are all known. */
export const shapeOf = (...dims: readonly Dim[]): Shape => ({ dims });

/** `[*]`: a shape of which nothing is known but that it is the one called `id`. */
export const unknownShape = (id: string): Shape => ({ dims: [], rest: { at: 0, id } });

/** Whether the number of axes is known. */
export const isKnown = (shape: Shape): boolean => shape.rest === undefined;

/** The number of axes, `undefined` when it is not known. */
export const rank = (shape: Shape): number | undefined => (shape.rest ? undefined : shape.dims.length);

/** The size of an axis, counted from the end when negative; `undefined` when it is not known or there is none. */
export const axis = (shape: Shape, i: number): Dim | undefined => {
  const { dims, rest } = shape;
  if (i >= 0) return rest && i >= rest.at ? undefined : dims[i];
  const at = dims.length + i;
  return rest && at < rest.at ? undefined : dims[at];
};

/** The known axes before and after the rest; without a rest all are after it. */
export const lead = ({ dims, rest }: Shape): readonly Dim[] => (rest ? dims.slice(0, rest.at) : []);

/** The known axes behind the rest; all of them when there is none. */
export const tail = ({ dims, rest }: Shape): readonly Dim[] => (rest ? dims.slice(rest.at) : dims);

/** Whether two shapes have the same axes in the same form; `false` does not mean that they differ. */
export const sameShape = (a: Shape, b: Shape): boolean =>
  a.rest?.id === b.rest?.id &&
  a.rest?.at === b.rest?.at &&
  a.dims.length === b.dims.length &&
  a.dims.every((d, i) => {
    const other = b.dims[i];
    return other !== undefined && same(d, other);
  });

/** The shape with every known size replaced. */
const mapShape = (shape: Shape, f: (d: Dim) => Dim): Shape => ({ ...shape, dims: shape.dims.map(f) });

/** The shape with symbols replaced, as `substitute` does it for a size. */
export const substituteShape = (shape: Shape, get: (s: Sym) => Dim | undefined): Shape =>
  mapShape(shape, (d) => substitute(d, get));

/** The shape with every size in its shortest form under the facts. */
export const simplifyShape = (facts: Facts, shape: Shape): Shape => mapShape(shape, (d) => simplify(facts, d));

/** The number of elements, `undefined` when an axis is not known. */
export const numel = (shape: Shape): Dim | undefined => (shape.rest ? undefined : product(shape.dims));

/** The canonical text of a shape: equal texts are equal shapes. */
export const shapeKey = (shape: Shape): string =>
  [...lead(shape).map(keyOf), ...(shape.rest ? [`*${shape.rest.id}`] : []), ...tail(shape).map(keyOf)].join(',');
