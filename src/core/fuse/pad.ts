import { indices, stridesOf, type Tensor, zeros } from './tensor';
import type { Axis, PaddingMode } from './window';

/** Pads the spatial axes of `[C, …]` as a convolution of this mode does. */
export const pad = (x: Tensor, axes: readonly Axis<number>[], mode: PaddingMode, value = 0): Tensor => {
  const [channels = 0, ...sizes] = x.shape;
  const sources = axes.map(({ before, after }, i) => sourceIndices(sizes[i] ?? 0, before, after, mode));
  const padded = zeros(channels, ...sources.map((s) => s.length));
  const from = stridesOf(sizes);
  const [area, wide] = [count(sizes), count(sources.map((s) => s.length))];
  let at = 0;
  for (const place of indices(sources.map((s) => s.length))) {
    let source = 0;
    for (const [axis, index] of place.entries()) {
      const origin = sources[axis]?.[index] ?? -1;
      source = origin < 0 || source < 0 ? -1 : source + origin * (from[axis] ?? 0);
    }
    for (let c = 0; c < channels; c++)
      padded.data[c * wide + at] = source < 0 ? value : (x.data[c * area + source] ?? 0);
    at++;
  }
  return padded;
};

const count = (sizes: readonly number[]): number => sizes.reduce((n, size) => n * size, 1);

/** Where each padded index reads; −1 for a zero. */
const sourceIndices = (size: number, before: number, after: number, mode: PaddingMode): readonly number[] =>
  Array.from({ length: Math.max(0, size + before + after) }, (_, i) => sourceIndex(i - before, size, mode));

const sourceIndex = (at: number, size: number, mode: PaddingMode): number => {
  if (at >= 0 && at < size) return at;
  switch (mode) {
    case 'zeros':
      return -1;
    case 'replicate':
      return Math.min(Math.max(at, 0), size - 1);
    case 'circular':
      return ((at % size) + size) % size;
    case 'reflect': {
      const period = 2 * (size - 1);
      const folded = period === 0 ? 0 : ((at % period) + period) % period;
      return folded < size ? folded : period - folded;
    }
  }
};
