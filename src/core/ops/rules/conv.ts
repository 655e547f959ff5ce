import { add, type Dim, mul, product, same } from '../../dims';
import type { Shape } from '../../shapes';
import type { TensorArg } from '../arg';
import { type Call, holds, need, refuse } from '../call';
import { fault } from '../codes';
import type { Padding } from '../kinds';
import { needChoice, needNotNegative, needPositive } from './checks';
import { modBy } from './quotient';
import { padded, slide, spread } from './window';

/** The arguments that all convolutions share, one number an axis. */
export interface Conv {
  readonly stride: readonly Dim[];
  readonly padding: Padding;
  readonly dilation: readonly Dim[];
  readonly groups: Dim;
}

/** What every convolution refuses, whatever it is given. */
export const checkConv = (call: Call, { stride, padding, groups }: Conv, out: Dim): void => {
  needPositive(call, 'stride', stride);
  needPositive(call, 'groups', [groups]);
  if (padding === 'same') refuseStride(call, stride);
  else needNotNegative(call, 'padding', padding);
  if (call.lib === 'torch') needPositive(call, 'weight', [out]);
  divides(call, groups, out, 'out_channels', 'weight');
};

/** PyTorch lets only the batch and the channels be empty. */
const needSpace = (call: Call, sizes: readonly Dim[]): void => {
  if (call.lib !== 'torch' || !sizes.includes(0)) return;
  refuse(call, fault('output-empty', { op: call.op, size: 0, axis: '' }, 'input'));
};

/** What the constructors of all convolutions check. */
export interface ConvLayer {
  readonly in_channels: Dim;
  readonly out_channels: Dim;
  readonly kernel_size: readonly Dim[];
  readonly groups: Dim;
}

/** What the constructor of every convolution refuses. */
export const checkConvLayer = (
  call: Call,
  e: ConvLayer & { readonly padding: Padding; readonly stride: readonly Dim[]; readonly padding_mode: string },
  modes: readonly string[],
): void => {
  checkChannels(call, e);
  needChoice(call, 'padding_mode', e.padding_mode, modes);
  if (e.padding === 'same') refuseStride(call, e.stride);
};

/** What the constructor of every transposed convolution refuses. */
export const checkTransposedLayer = (call: Call, e: ConvLayer & { readonly padding_mode: string }): void => {
  checkChannels(call, e);
  needChoice(call, 'padding_mode', e.padding_mode, ['zeros']);
};

const checkChannels = (call: Call, { in_channels, out_channels, kernel_size, groups }: ConvLayer): void => {
  needPositive(call, 'groups', [groups]);
  needNotNegative(call, 'in_channels', [in_channels]);
  needNotNegative(call, 'out_channels', [out_channels]);
  needNotNegative(call, 'kernel_size', kernel_size);
  divides(call, groups, in_channels, 'in_channels', 'in_channels', 'groups');
  divides(call, groups, out_channels, 'out_channels', 'out_channels', 'groups');
};

/** `reflect` needs padding below the size, `circular` at most the size. */
export const needPaddable = (call: Call, mode: string, padding: Padding, sizes: readonly Dim[]): void => {
  if (padding === 'same' || (mode !== 'reflect' && mode !== 'circular')) return;
  sizes.forEach((size, i) => {
    const pad = padding[i] ?? 0;
    const data = { op: call.op, padding: pad, size };
    const kind = mode === 'reflect' ? 'lt' : 'le';
    need(call, { kind, left: pad, right: size }, fault('reflect-padding', data, 'padding', 'input'));
  });
};

/** A bias that is given to a function has one number per output channel. */
export const needBias = (call: Call, bias: TensorArg | null, channels: Dim): void => {
  const found = bias && !bias.shape.rest ? (bias.shape.dims[0] ?? 1) : undefined;
  if (found === undefined) return;
  const data = { op: call.op, axis: 'o', expected: channels, found };
  need(call, { kind: 'eq', left: channels, right: found }, fault('bias-mismatch', data, 'bias'));
};

/** The output sizes that a call asks for: each between the least and stride − 1 more (`_output_padding`). */
export const askedSizes = (
  call: Call,
  sizes: readonly Dim[],
  kernels: readonly Dim[],
  conv: Conv,
  wanted: readonly Dim[],
): readonly Dim[] =>
  transposed(call, sizes, kernels, conv, []).map((least, i) => {
    const found = wanted[i] ?? least;
    const clash = fault('size-mismatch', { op: call.op, axis: `${i}`, expected: least, found }, 'output_size');
    need(call, { kind: 'le', left: least, right: found }, clash);
    need(call, { kind: 'lt', left: found, right: add(least, conv.stride[i] ?? 1) }, clash);
    return found;
  });

const refuseStride = (call: Call, stride: readonly Dim[]): void => {
  const wide = stride.find((s) => holds(call, { kind: 'eq', left: s, right: 1 }) === false);
  if (wide !== undefined) refuse(call, fault('same-stride', { op: call.op, stride: wide }, 'padding', 'stride'));
};

/** Refuses channels that the groups do not divide. */
export const divides = (call: Call, groups: Dim, channels: Dim, what: string, ...names: readonly string[]): void => {
  const data = { op: call.op, channels, groups, what };
  if (same(groups, 1) || same(modBy(channels, groups), 0)) return;
  need(call, { kind: 'divides', divisor: groups, dividend: channels }, fault('groups-divide', data, ...names));
};

/** Output sizes of a convolution along its spatial axes, in order. */
export const convolved = (
  call: Call,
  axes: readonly string[],
  sizes: readonly Dim[],
  kernels: readonly Dim[],
  conv: Conv,
): readonly Dim[] => {
  needSpace(call, sizes);
  needPositive(call, 'dilation', conv.dilation);
  if (call.lib === 'torch') needPositive(call, 'kernel_size', kernels);
  return sizes.map((size, i) => {
    const kernel = kernels[i] ?? 1;
    const dilation = conv.dilation[i] ?? 1;
    const window = { kernel, stride: conv.stride[i] ?? 1, dilation };
    return slide(call, axes[i] ?? '', size, window, padded(conv.padding, i, kernel, dilation));
  });
};

/** Output sizes of a transposed convolution; `output_padding` must stay below the stride or the dilation. */
export const transposed = (
  call: Call,
  sizes: readonly Dim[],
  kernels: readonly Dim[],
  conv: Conv,
  outputPadding: readonly Dim[],
): readonly Dim[] => {
  needSpace(call, sizes);
  return sizes.map((size, i) => {
    const stride = conv.stride[i] ?? 1;
    const dilation = conv.dilation[i] ?? 1;
    const extra = outputPadding[i] ?? 0;
    checkOutputPadding(call, extra, stride, dilation);
    const padding = conv.padding === 'same' ? 0 : (conv.padding[i] ?? 0);
    needNotNegative(call, 'padding', [padding]);
    const out = spread(size, { kernel: kernels[i] ?? 1, stride, dilation }, padding, extra);
    need(
      call,
      { kind: 'le', left: 0, right: out },
      fault('output-empty', { op: call.op, size: out, axis: '' }, 'input'),
    );
    return out;
  });
};

const checkOutputPadding = (call: Call, padding: Dim, stride: Dim, dilation: Dim): void => {
  const below = (limit: Dim): boolean => holds(call, { kind: 'lt', left: padding, right: limit }) === false;
  if (!below(stride) || !below(dilation)) return;
  refuse(call, fault('output-padding', { op: call.op, padding, stride, dilation }, 'output_padding'));
};

/**
 * Multiply–adds × 2 of a convolution: every output value sums over the kernel and the channels it sees. For a
 * transposed one the roles of input and output are swapped.
 */
export const convFlops = (weight: Shape, outputs: Shape): Dim | undefined =>
  outputs.rest || weight.rest ? undefined : mul(2, mul(product(weight.dims.slice(1)), product(outputs.dims)));
