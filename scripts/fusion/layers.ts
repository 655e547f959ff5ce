import { IDENTITY, type Numbers, type Operator, type Tree } from '../../src/core/fuse';
import { type NormNumbers, normScale } from '../../src/core/fuse/norm';
import { type Random, randomTensor } from '../../src/core/fuse/random';
import { filled, type Tensor } from '../../src/core/fuse/tensor';
import type { Axis, PaddingMode, TransposedAxis } from '../../src/core/fuse/window';

export const pick = <T>(random: Random, from: readonly [T, ...T[]]): T =>
  from[Math.floor(random() * from.length)] ?? from[0];
export const chance = (random: Random, p: number): boolean => random() < p;

/** A layer with its numbers as Python is told of it. */
export interface Layer {
  readonly operator: Operator;
  readonly numbers: Numbers;
  readonly norm?: NormNumbers;
}

export interface Draft {
  readonly layers: Layer[];
  readonly tree: Tree;
  /** Spatial sizes to try; several where the answer must hold for all. */
  readonly sizes: readonly (readonly number[])[];
  readonly channels: number;
  /** The sizes are known to the fold. */
  readonly fixed: boolean;
  /** Rows of features: `[…, F]`. */
  readonly rows?: readonly (readonly number[])[];
}

const small = (random: Random, shape: readonly number[]): Tensor => {
  const t = randomTensor(random, shape, -1, 1);
  return filled(shape, (i) => Math.round((t.data[i] ?? 0) * 256) / 256 || 0.5);
};

export const MODES = ['zeros', 'zeros', 'reflect', 'replicate', 'circular'] as const;

export const axisOf = (random: Random, extra: Partial<Axis<number>> = {}): Axis<number> => {
  const kernel = pick(random, [1, 1, 2, 3, 3, 4, 5]);
  const padding = pick(random, [0, 0, 1, 2, Math.floor(kernel / 2)]);
  return {
    kernel,
    stride: pick(random, [1, 1, 1, 2, 3]),
    before: padding,
    after: chance(random, 0.1) ? padding + 1 : padding,
    dilation: pick(random, [1, 1, 2, 3]),
    ...extra,
  };
};

export const conv = (
  random: Random,
  given: { in: number; out: number; groups: number; axes: readonly Axis<number>[]; mode?: PaddingMode; bias?: boolean },
): Layer => {
  const bias = given.bias ?? chance(random, 0.5);
  return {
    operator: {
      op: 'conv',
      in: given.in,
      out: given.out,
      groups: given.groups,
      axes: given.axes,
      mode: given.mode ?? pick(random, MODES),
      shift: bias,
    },
    numbers: {
      weight: small(random, [given.out, given.in / given.groups, ...given.axes.map((a) => a.kernel)]),
      bias: bias ? small(random, [given.out]) : filled([given.out], () => 0),
    },
  };
};

export const transposed = (
  random: Random,
  given: { in: number; out: number; groups: number; axes: readonly TransposedAxis<number>[]; bias?: boolean },
): Layer => {
  const bias = given.bias ?? chance(random, 0.5);
  return {
    operator: { op: 'transposed', in: given.in, out: given.out, groups: given.groups, axes: given.axes, shift: bias },
    numbers: {
      weight: small(random, [given.in, given.out / given.groups, ...given.axes.map((a) => a.kernel)]),
      bias: bias ? small(random, [given.out]) : filled([given.out], () => 0),
    },
  };
};

export const transposedAxis = (random: Random): TransposedAxis<number> => {
  const kernel = pick(random, [1, 2, 3, 4]);
  const stride = pick(random, [1, 1, 2, 3]);
  const dilation = pick(random, [1, 1, 2]);
  const padding = pick(random, [0, 1, dilation * (kernel - 1)]);
  const extra = chance(random, 0.3) ? Math.max(stride, dilation) - 1 : 0;
  return { kernel, stride, padding, dilation, extra };
};

export const norm = (
  random: Random,
  channels: number,
  axis: 'channels' | 'last' | 'any' = 'channels',
  tracked = true,
): Layer => {
  const numbers: NormNumbers = {
    gamma: small(random, [channels]),
    beta: small(random, [channels]),
    mean: small(random, [channels]),
    variance: filled([channels], () => 0.25 + random()),
    epsilon: 1e-5,
  };
  return {
    operator: { op: 'diagonal', role: 'norm', channels, axis, shift: true, tracked },
    numbers: normScale(numbers),
    norm: numbers,
  };
};

/** A border around what the layers make: what they make of zeros, or of nothing but their normalisation. */
export const border = (random: Random, { numbers: first }: Layer, by: Layer | undefined, dims: number): Layer => {
  const channels = first.bias.data.length;
  const isResponse = chance(random, 0.7);
  const at = (t: Tensor | undefined, c: number, none: number): number => t?.data[c] ?? none;
  const bias = filled([channels], (c) => {
    const own = isResponse ? at(first.bias, c, 0) : 0;
    return own * at(by?.numbers.weight, c, 1) + at(by?.numbers.bias, c, 0);
  });
  const isSame = isResponse || first.bias.data.every((b) => b === 0);
  const axes = Array.from({ length: dims }, () => ({
    before: pick(random, [1, 1, 0, 2]),
    after: pick(random, [1, 1, 0, 2]),
  }));
  return {
    operator: { op: 'border', channels, axes, isResponse: isSame },
    numbers: { weight: filled([channels], () => 1), bias },
  };
};

export const linear = (random: Random, inputs: number, outputs: number): Layer => {
  const bias = chance(random, 0.7);
  return {
    operator: { op: 'linear', in: inputs, out: outputs, shift: bias },
    numbers: {
      weight: small(random, [outputs, inputs]),
      bias: bias ? small(random, [outputs]) : filled([outputs], () => 0),
    },
  };
};

export const scalar = (random: Random, channels: number): Layer => {
  const role = pick(random, ['scale', 'add'] as const);
  const size = role === 'scale' && chance(random, 0.3) ? 1 : channels;
  return {
    operator: {
      op: 'diagonal',
      role,
      channels: size === 1 ? undefined : size,
      axis: size === 1 ? 'any' : 'channels',
      shift: role === 'add',
      tracked: true,
    },
    numbers: {
      weight: role === 'scale' ? small(random, [size]) : filled([size], () => 1),
      bias: role === 'add' ? small(random, [size]) : filled([size], () => 0),
    },
  };
};

export const pool = (random: Random, channels: number, dims: number): Layer => {
  const axes = Array.from({ length: dims }, () => {
    const kernel = pick(random, [2, 3, 4]);
    const padding = pick(random, [0, 1]);
    return { kernel, stride: pick(random, [1, 2, 3]), before: padding, after: padding, dilation: 1 };
  });
  return {
    operator: {
      op: 'average',
      channels,
      axes,
      countsPadding: chance(random, 0.6),
      ceil: chance(random, 0.3),
      divisor: dims > 1 && chance(random, 0.2) ? 7 : undefined,
    },
    numbers: { weight: filled([1], () => 1), bias: filled([1], () => 0) },
  };
};

export const one = (layers: readonly Layer[], id: number): Tree => ({
  kind: 'one',
  ref: { kind: 'layer', id },
  operator: layers[id]?.operator ?? IDENTITY,
});
