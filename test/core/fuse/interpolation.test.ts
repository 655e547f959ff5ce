import { describe, expect, test } from 'vitest';
import { spread } from '../../../src/core/fuse/convolve';
import { interpolationOf } from '../../../src/core/fuse/known';
import { filled, type Tensor, zeros } from '../../../src/core/fuse/tensor';
import { factsOf, type Recorded, tensorOf } from './cases';

/** FCN's kernel: a triangle along each axis. */
const triangle = (factor: number): { readonly kernel: Tensor; readonly padding: number } => {
  const size = 2 * factor - (factor % 2);
  const center = (size - 1) / 2;
  const row = (i: number): number => 1 - Math.abs(i - center) / Math.floor((size + 1) / 2);
  const kernel = filled([size, size], (i) => row(Math.floor(i / size)) * row(i % size));
  return { kernel, padding: Math.ceil((factor - 1) / 2) };
};

/** Each channel through a transposed convolution of its own. */
const enlarged = (input: Recorded, kernel: Tensor, stride: number, padding: number): Tensor => {
  const [channels = 0] = input.shape;
  const [size = 0] = kernel.shape;
  const axis = { kernel: size, stride, padding, dilation: 1, extra: 0 };
  const weight = filled([channels, 1, size, size], (i) => kernel.data[i % kernel.data.length] ?? 0);
  return spread(tensorOf(input), { weight, bias: zeros(channels), axes: [axis, axis], groups: channels });
};

/** The largest differences, apart from each other: inside, and within two steps of the edge. */
const gaps = ({ shape: [, height = 0, width = 0], data }: Tensor, wanted: Recorded, edge: number) => {
  let [inside, border] = [0, 0];
  for (const [i, value] of data.entries()) {
    const [y, x] = [Math.floor(i / width) % height, i % width];
    const gap = Math.abs(value - (wanted.data[i] ?? Number.NaN));
    if (Math.min(y, x, height - 1 - y, width - 1 - x) >= edge) inside = Math.max(inside, gap);
    else border = Math.max(border, gap);
  }
  return { inside, border };
};

describe.each(factsOf('torch').bilinear.map((one) => [one.factor, one] as const))(
  'a transposed convolution that enlarges %i times (F25)',
  (factor, { input, output, nearest }) => {
    test('gives inside what bilinear interpolation gives, and something else at the border', () => {
      const { kernel, padding } = triangle(factor);
      const made = enlarged(input, kernel, factor, padding);
      expect(made.shape).toEqual(output.shape);
      const { inside, border } = gaps(made, output, factor);
      expect(inside).toBeLessThan(1e-12);
      expect(border).toBeGreaterThan(1e-2);
      const said = interpolationOf(kernel, { stride: factor, padding, extra: 0 });
      expect(said).toMatchObject({ mode: 'bilinear', scale: factor });
      expect(said?.border).toBeGreaterThan(1e-2);
    });

    test('gives everywhere what the nearest neighbour gives, with ones', () => {
      const ones = filled([factor, factor], () => 1);
      const { inside, border } = gaps(enlarged(input, ones, factor, 0), nearest, factor);
      expect(Math.max(inside, border)).toBeLessThan(1e-12);
      expect(interpolationOf(ones, { stride: factor, padding: 0, extra: 0 })?.mode).toBe('nearest');
    });

    test('that does not lie where the map lies interpolates nothing', () => {
      const { kernel, padding } = triangle(factor);
      expect(interpolationOf(kernel, { stride: factor, padding: padding + 1, extra: 0 })).toBeUndefined();
    });
  },
);
