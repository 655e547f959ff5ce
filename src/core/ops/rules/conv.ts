import { type Dim, mul, same } from '../../dims';
import { type Call, holds, need, refuse } from '../call';
import { fault } from '../codes';
import type { Padding } from '../kinds';
import { modBy } from './quotient';
import { needNotNegative, needPositive, padded, slide, spread } from './window';

/** The arguments that all convolutions share, one number an axis. */
export interface Conv {
  readonly stride: readonly Dim[];
  readonly padding: Padding;
  readonly dilation: readonly Dim[];
  readonly groups: Dim;
}

/** What every convolution refuses, whatever it is given. */
export const checkConv = (call: Call, { stride, padding, dilation, groups }: Conv, out: Dim): void => {
  needPositive(call, 'stride', stride);
  needPositive(call, 'dilation', dilation);
  needPositive(call, 'groups', [groups]);
  if (padding === 'same') refuseStride(call, stride);
  else needNotNegative(call, 'padding', padding);
  divides(call, groups, out, 'out_channels', 'weight');
};

/** What the constructor of every convolution refuses. */
export const checkConvLayer = (
  call: Call,
  inChannels: Dim,
  outChannels: Dim,
  groups: Dim,
  padding: Padding,
  stride: readonly Dim[],
): void => {
  needPositive(call, 'groups', [groups]);
  divides(call, groups, inChannels, 'in_channels', 'in_channels', 'groups');
  divides(call, groups, outChannels, 'out_channels', 'out_channels', 'groups');
  if (padding === 'same') refuseStride(call, stride);
};

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
): readonly Dim[] =>
  sizes.map((size, i) => {
    const kernel = kernels[i] ?? 1;
    const dilation = conv.dilation[i] ?? 1;
    const window = { kernel, stride: conv.stride[i] ?? 1, dilation };
    return slide(call, axes[i] ?? '', size, window, padded(conv.padding, i, kernel, dilation));
  });

/** Output sizes of a transposed convolution; `output_padding` must stay below the stride or the dilation. */
export const transposed = (
  call: Call,
  sizes: readonly Dim[],
  kernels: readonly Dim[],
  conv: Conv,
  outputPadding: readonly Dim[],
): readonly Dim[] =>
  sizes.map((size, i) => {
    const stride = conv.stride[i] ?? 1;
    const dilation = conv.dilation[i] ?? 1;
    const extra = outputPadding[i] ?? 0;
    checkOutputPadding(call, extra, stride, dilation);
    const padding = conv.padding === 'same' ? 0 : (conv.padding[i] ?? 0);
    const out = spread(size, { kernel: kernels[i] ?? 1, stride, dilation }, padding, extra);
    need(
      call,
      { kind: 'lt', left: 0, right: out },
      fault('output-empty', { op: call.op, size: out, axis: '' }, 'input'),
    );
    return out;
  });

const checkOutputPadding = (call: Call, padding: Dim, stride: Dim, dilation: Dim): void => {
  const below = (limit: Dim): boolean => holds(call, { kind: 'lt', left: padding, right: limit }) === false;
  if (!below(stride) || !below(dilation)) return;
  refuse(call, fault('output-padding', { op: call.op, padding, stride, dilation }, 'output_padding'));
};

/** Multiply–adds × 2 of a convolution: every output value sums over the kernel and the channels it sees. */
export const convFlops = (weight: readonly Dim[], outputs: Dim): Dim =>
  mul(
    2,
    weight.slice(1).reduce<Dim>((all, d) => mul(all, d), outputs),
  );
