import { spread } from './convolve';
import { count, filled, type Tensor, zeros } from './tensor';

/** A kernel that has a name. */
export interface NamedKernel {
  readonly name: KernelName;
  /** What it is multiplied with. */
  readonly factor: number;
  /** σ of a Gaussian. */
  readonly sigma?: number;
}

export type KernelName =
  | 'identity'
  | 'mean'
  | 'sobel-x'
  | 'sobel-y'
  | 'prewitt-x'
  | 'prewitt-y'
  | 'scharr-x'
  | 'scharr-y'
  | 'laplacian-4'
  | 'laplacian-8'
  | 'binomial'
  | 'gaussian';

const NAMED: readonly (readonly [KernelName, readonly (readonly number[])[]])[] = [
  [
    'sobel-x',
    [
      [-1, 0, 1],
      [-2, 0, 2],
      [-1, 0, 1],
    ],
  ],
  [
    'sobel-y',
    [
      [-1, -2, -1],
      [0, 0, 0],
      [1, 2, 1],
    ],
  ],
  [
    'prewitt-x',
    [
      [-1, 0, 1],
      [-1, 0, 1],
      [-1, 0, 1],
    ],
  ],
  [
    'prewitt-y',
    [
      [-1, -1, -1],
      [0, 0, 0],
      [1, 1, 1],
    ],
  ],
  [
    'scharr-x',
    [
      [-3, 0, 3],
      [-10, 0, 10],
      [-3, 0, 3],
    ],
  ],
  [
    'scharr-y',
    [
      [-3, -10, -3],
      [0, 0, 0],
      [3, 10, 3],
    ],
  ],
  [
    'laplacian-4',
    [
      [0, 1, 0],
      [1, -4, 1],
      [0, 1, 0],
    ],
  ],
  [
    'laplacian-8',
    [
      [1, 1, 1],
      [1, -8, 1],
      [1, 1, 1],
    ],
  ],
  [
    'binomial',
    [
      [1, 2, 1],
      [2, 4, 2],
      [1, 2, 1],
    ],
  ],
  ['binomial', [1, 4, 6, 4, 1].map((a) => [1, 4, 6, 4, 1].map((b) => a * b))],
];

/** The name of a kernel of one pair of channels; undefined where it has none. */
export const namedKernel = (kernel: Tensor): NamedKernel | undefined => {
  const [height = 0, width = 0, more] = kernel.shape;
  if (more !== undefined || height !== width || height < 2) return undefined;
  const middle = Math.floor(height / 2) * (width + 1);
  const { data } = kernel;
  const [first = 0] = data;
  if (data.every((v, i) => (i === middle ? v !== 0 : v === 0)) && height % 2 === 1)
    return { name: 'identity', factor: data[middle] ?? 1 };
  if (first !== 0 && data.every((v) => close(v, first))) return { name: 'mean', factor: first };
  for (const [name, rows] of NAMED) {
    const factor = rows.length === height ? multiple(data, rows.flat()) : undefined;
    if (factor !== undefined) return { name, factor };
  }
  return gaussian(kernel);
};

const close = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a), Math.abs(b));

/** The number by which the one is a multiple of the other. */
const multiple = (data: Float64Array, pattern: readonly number[]): number | undefined => {
  const at = pattern.findIndex((p) => p !== 0);
  const factor = (data[at] ?? 0) / (pattern[at] ?? 1);
  return factor !== 0 && pattern.every((p, i) => close(data[i] ?? Number.NaN, p * factor)) ? factor : undefined;
};

/** exp(−(x² + y²)/2σ²) up to a factor: the logarithm is a parabola of the same width everywhere. */
const gaussian = ({ shape: [size = 0], data }: Tensor): NamedKernel | undefined => {
  if (size < 3 || size % 2 === 0 || data.some((v) => v <= 0)) return undefined;
  const half = (size - 1) / 2;
  const middle = half * (size + 1);
  const [peak, next] = [data[middle] ?? 0, data[middle + 1] ?? 0];
  const slope = Math.log(peak / next);
  if (slope <= 1e-6) return undefined;
  const fits = data.every((v, i) => {
    const [y, x] = [Math.floor(i / size) - half, (i % size) - half];
    return Math.abs(Math.log(peak / v) - slope * (x * x + y * y)) < 1e-6 * Math.max(1, x * x + y * y);
  });
  return fits ? { name: 'gaussian', factor: peak, sigma: Math.sqrt(1 / (2 * slope)) } : undefined;
};

/** How a transposed convolution of each channel by itself compares with interpolation. */
export interface Interpolation {
  readonly mode: 'bilinear' | 'nearest';
  readonly scale: number;
  /** The largest differences inside and at the border, on a random input. */
  readonly inside: number;
  readonly border: number;
}

/** Whether a transposed kernel interpolates: `kernel` of one channel, with its stride and padding on both axes. */
export const interpolationOf = (
  kernel: Tensor,
  { stride, padding, extra }: { readonly stride: number; readonly padding: number; readonly extra: number },
): Interpolation | undefined => {
  const [size = 0, width = 0] = kernel.shape;
  if (size !== width || stride < 2 || count(kernel.shape) > 4096) return undefined;
  const side = 8;
  const input = filled([1, side, side], (i) => Math.sin(1 + i * 1.7) + ((i * i) % 7) / 5);
  const axis = { kernel: size, stride, padding, dilation: 1, extra };
  const weight = { shape: [1, 1, size, size], data: kernel.data };
  const made = spread(input, { weight, bias: zeros(1), axes: [axis, axis], groups: 1 });
  const wide = side * stride;
  if (made.shape[1] !== wide) return undefined;
  const edge = 2 * stride;
  for (const mode of ['bilinear', 'nearest'] as const) {
    const wanted = mode === 'bilinear' ? bilinear(input, stride) : nearest(input, stride);
    let [inside, border] = [0, 0];
    for (const [i, value] of made.data.entries()) {
      const gap = Math.abs(value - (wanted.data[i] ?? 0));
      const [y, x] = [Math.floor(i / wide), i % wide];
      if (Math.min(y, x, wide - 1 - y, wide - 1 - x) >= edge) inside = Math.max(inside, gap);
      else border = Math.max(border, gap);
    }
    if (inside < 1e-9) return { mode, scale: stride, inside, border };
  }
  return undefined;
};

/** `interpolate(…, mode='bilinear', align_corners=False)` by a whole number. */
const bilinear = ({ shape: [, size = 0], data }: Tensor, scale: number): Tensor => {
  const wide = size * scale;
  const places = Array.from({ length: wide }, (_, i) => {
    const at = Math.min(Math.max((i + 0.5) / scale - 0.5, 0), size - 1);
    const low = Math.floor(at);
    return { low, high: Math.min(low + 1, size - 1), part: at - low };
  });
  return filled([1, wide, wide], (i) => {
    const [y, x] = [places[Math.floor(i / wide)], places[i % wide]];
    if (!y || !x) return Number.NaN;
    const at = (r: number, c: number): number => data[r * size + c] ?? 0;
    const top = at(y.low, x.low) * (1 - x.part) + at(y.low, x.high) * x.part;
    const bottom = at(y.high, x.low) * (1 - x.part) + at(y.high, x.high) * x.part;
    return top * (1 - y.part) + bottom * y.part;
  });
};

const nearest = ({ shape: [, size = 0], data }: Tensor, scale: number): Tensor => {
  const wide = size * scale;
  return filled([1, wide, wide], (i) => {
    const [y, x] = [Math.floor(Math.floor(i / wide) / scale), Math.floor((i % wide) / scale)];
    return data[y * size + x] ?? Number.NaN;
  });
};
