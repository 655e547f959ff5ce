import { keyOf } from '../dims';
import type { Reader } from '../explain';
import { shapeKey } from '../shapes';

/** A reader that writes every size and shape once: a picture of a whole model asks for the same ones over and over. */
export const cachedReader = (r: Reader): Reader => {
  const dims = new Map<string, string>();
  const shapes = new Map<string, string | undefined>();
  return {
    ...r,
    dim: (d) => {
      const key = keyOf(d);
      const known = dims.get(key) ?? r.dim(d);
      dims.set(key, known);
      return known;
    },
    shape: (shape) => {
      const key = shapeKey(shape);
      if (!shapes.has(key)) shapes.set(key, r.shape(shape));
      return shapes.get(key);
    },
  };
};
