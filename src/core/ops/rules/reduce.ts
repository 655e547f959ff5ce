import type { Shape } from '../../shapes';
import { type Call, giveUp } from '../call';
import { positions, without } from './axes';

/**
 * The shape after a reduction over `axes`; none given means all of them (`empty` says whether an empty list does too,
 * as it does for most ops). With `keep` reduced axes stay with size 1.
 */
export const reduced = (
  call: Call,
  shape: Shape,
  axes: readonly number[] | null,
  keep: boolean,
  empty: 'all' | 'none' = 'all',
): Shape | undefined => {
  if (axes === null || (axes.length === 0 && empty === 'all')) {
    if (!keep) return { dims: [] };
    if (shape.rest) return giveUp(call, 'the rank is not known');
    return { dims: shape.dims.map(() => 1) };
  }
  const at = positions(call, shape, axes);
  if (!at) return undefined;
  if (!keep) return without(shape, at);
  return { ...shape, dims: shape.dims.map((d, i) => (at.includes(i) ? 1 : d)) };
};
