import type { Shape } from '../shapes';
import type { Value } from '../values';

/** The places that a slice with known ends takes of a sequence of known length. */
export const bounds = (key: Extract<Value, { kind: 'slice' }>, length: number): readonly number[] | undefined => {
  const number = (v: Value): number | null | undefined =>
    v.kind === 'none' ? null : v.kind === 'int' && typeof v.value === 'number' ? v.value : undefined;
  const [lower, upper, step] = [number(key.lower), number(key.upper), number(key.step)];
  if (lower === undefined || upper === undefined || step === undefined || step === 0) return undefined;
  const by = step ?? 1;
  const clamp = (at: number | null, whenNull: number): number => {
    if (at === null) return whenNull;
    const from = at < 0 ? at + length : at;
    return by > 0 ? Math.min(Math.max(from, 0), length) : Math.min(Math.max(from, -1), length - 1);
  };
  const [start, stop] = by > 0 ? [clamp(lower, 0), clamp(upper, length)] : [clamp(lower, length - 1), clamp(upper, -1)];
  const places: number[] = [];
  for (let at = start; by > 0 ? at < stop : at > stop; at += by) places.push(at);
  return places;
};

/** The places, in row order, that a subscript takes of a tensor; undefined where that is not told by numbers alone. */
export const placesOf = ({ dims, rest }: Shape, keys: readonly Value[]): readonly number[] | undefined => {
  const sizes = dims.filter((d) => typeof d === 'number');
  const given = keys.filter((key) => key.kind !== 'none');
  const dots = given.findIndex((key) => key.kind === 'ellipsis');
  const behind = dots < 0 ? 0 : given.length - dots - 1;
  if (rest || sizes.length < dims.length || given.length - (dots < 0 ? 0 : 1) > sizes.length) return undefined;
  let places: readonly number[] = [0];
  for (const [axis, size] of sizes.entries()) {
    const fromEnd = sizes.length - axis;
    const isBefore = dots < 0 || axis < dots;
    const taken = along(isBefore ? given[axis] : fromEnd <= behind ? given[given.length - fromEnd] : undefined, size);
    if (!taken) return undefined;
    places = places.flatMap((place) => taken.map((i) => place * size + i));
  }
  return places;
};

/** The places that a key takes along one axis. */
const along = (key: Value | undefined, size: number): readonly number[] | undefined => {
  if (!key) return Array.from({ length: size }, (_, i) => i);
  if (key.kind === 'slice') return bounds(key, size);
  if (key.kind !== 'int' || typeof key.value !== 'number') return undefined;
  const at = key.value < 0 ? key.value + size : key.value;
  return at >= 0 && at < size ? [at] : undefined;
};
