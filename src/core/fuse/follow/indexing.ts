import type { Arg } from '../../ops';
import { count, filled, indices, stridesOf, type Tensor } from '../tensor';
import { axisAt, held, numberOf } from './call';
import { broadcastShape, spreadOver } from './elementwise';

/** The places of a tensor that an index names, in the shape of what it gives. */
export interface Places {
  readonly shape: readonly number[];
  readonly at: readonly number[];
}

/** What one axis of the result runs over: offsets into the flat data. */
type Run = { readonly kind: 'axis'; readonly offsets: readonly number[] } | { readonly kind: 'together' };

/** Reads an index of numbers, slices, `None`, `...` and lists of whole numbers. */
export const placesOf = (shape: readonly number[], keys: readonly Arg[]): Places | undefined => {
  const strides = stridesOf(shape);
  const used = keys.filter((k) => k.kind !== 'none' && k.kind !== 'ellipsis').length;
  const runs: Run[] = [];
  const lists: { readonly numbers: Tensor; readonly axis: number }[] = [];
  let [axis, base, wasList] = [0, 0, false];
  const whole = (): void => {
    const step = strides[axis] ?? 1;
    runs.push({ kind: 'axis', offsets: Array.from({ length: shape[axis] ?? 0 }, (_, i) => i * step) });
    axis++;
  };
  for (const key of keys) {
    const [size, step] = [shape[axis] ?? 0, strides[axis] ?? 1];
    const isList = key.kind === 'tensor' || key.kind === 'sequence' || key.kind === 'tuple';
    if (key.kind === 'none') runs.push({ kind: 'axis', offsets: [0] });
    else if (key.kind === 'ellipsis') for (let i = shape.length - used; i > 0; i--) whole();
    else if (key.kind === 'slice') {
      const [lower, upper, by] = [key.lower, key.upper, key.step].map((k) => (k.kind === 'none' ? null : numberOf(k)));
      if (lower === undefined || upper === undefined || by === undefined || (by ?? 1) < 1) return undefined;
      const clamp = (n: number): number => Math.min(Math.max(axisAt(n, size), 0), size);
      const [from, to] = [clamp(lower ?? 0), upper === null ? size : clamp(upper)];
      const length = Math.max(0, Math.ceil((to - from) / (by ?? 1)));
      runs.push({ kind: 'axis', offsets: Array.from({ length }, (_, i) => (from + i * (by ?? 1)) * step) });
      axis++;
    } else if (isList) {
      const numbers = held(key);
      if (!numbers || (key.kind === 'tensor' && key.dtype === 'bool')) return undefined;
      if (lists.length > 0 && !wasList) return undefined;
      if (lists.length === 0) runs.push({ kind: 'together' });
      lists.push({ numbers, axis });
      axis++;
    } else {
      const at = numberOf(key);
      if (at === undefined || key.kind === 'bool') return undefined;
      base += axisAt(at, size) * step;
      axis++;
    }
    wasList = isList;
  }
  while (axis < shape.length) whole();
  const together = listPlaces(lists, shape, strides);
  if (lists.length > 0 && !together) return undefined;
  const sizes = runs.map((run) => (run.kind === 'axis' ? [run.offsets.length] : (together?.shape ?? [])));
  const columns = runs.map((run) => (run.kind === 'axis' ? run.offsets : (together?.at ?? [])));
  const at = [...indices(columns.map((c) => c.length))].map((place) =>
    place.reduce((sum, p, i) => sum + (columns[i]?.[p] ?? 0), base),
  );
  return { shape: sizes.flat(), at };
};

const listPlaces = (
  lists: readonly { readonly numbers: Tensor; readonly axis: number }[],
  shape: readonly number[],
  strides: readonly number[],
): Places | undefined => {
  let common: readonly number[] | undefined = [];
  for (const { numbers } of lists) common = common && broadcastShape(common, numbers.shape);
  if (!common) return undefined;
  const wide = common;
  const spread = lists.map(({ numbers, axis }) => ({ axis, data: spreadOver(numbers, wide).data }));
  const at = Array.from({ length: count(wide) }, (_, i) =>
    spread.reduce((sum, { axis, data }) => sum + axisAt(data[i] ?? 0, shape[axis] ?? 0) * (strides[axis] ?? 1), 0),
  );
  return { shape: wide, at };
};

/** `t[keys]`. */
export const taken = (t: Tensor, keys: readonly Arg[]): Tensor | undefined => {
  const places = placesOf(t.shape, keys);
  return places && filled(places.shape, (i) => t.data[places.at[i] ?? -1] ?? Number.NaN);
};

/** `t[keys] = value`, in place; whether it could be done. */
export const put = (t: Tensor, keys: readonly Arg[], value: Tensor | undefined): boolean => {
  const places = placesOf(t.shape, keys);
  // Leading axes of one element may be left out on either side.
  const lean = value && {
    ...value,
    shape: value.shape.slice(Math.max(0, value.shape.length - (places?.shape.length ?? 0))),
  };
  if (!places || !value || !lean || count(lean.shape) !== value.data.length) return false;
  const shape = broadcastShape(lean.shape, places.shape);
  if (shape?.join() !== places.shape.join()) return false;
  const wide = spreadOver(lean, places.shape);
  for (const [i, at] of places.at.entries()) t.data[at] = wide.data[i] ?? Number.NaN;
  return true;
};
