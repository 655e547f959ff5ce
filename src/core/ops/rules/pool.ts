import { add, type Dim, mul, sub } from '../../dims';
import { type Call, need, refuse } from '../call';
import { fault } from '../codes';
import { needNotNegative, needPositive } from './checks';
import { needHalfPadding, pool } from './window';

/** The arguments of a pool, one number an axis. */
export interface Pool {
  readonly kernel: readonly Dim[];
  readonly stride: readonly Dim[];
  readonly padding: readonly Dim[];
  readonly dilation?: readonly Dim[];
  readonly ceilMode: boolean;
}

/** Output sizes of a max or average pool along its spatial axes. */
export const pooled = (
  call: Call,
  axes: readonly string[],
  sizes: readonly Dim[],
  how: Pool,
  channels: Dim,
): readonly Dim[] => {
  if (channels === 0) refuse(call, fault('output-empty', { op: call.op, size: 0, axis: 'C' }, 'input'));
  needPositive(call, 'kernel_size', how.kernel);
  needPositive(call, 'stride', how.stride);
  needPositive(call, 'dilation', how.dilation ?? []);
  needNotNegative(call, 'padding', how.padding);
  return sizes.map((size, i) => {
    const kernel = how.kernel[i] ?? 1;
    const padding = how.padding[i] ?? 0;
    const dilation = how.dilation?.[i] ?? 1;
    needHalfPadding(call, padding, kernel, dilation);
    return pool(
      call,
      axes[i] ?? '',
      size,
      { kernel, stride: how.stride[i] ?? kernel, dilation },
      padding,
      how.ceilMode,
    );
  });
};

/** Output sizes of an adaptive pool; `null` keeps the axis. */
export const adaptive = (
  call: Call,
  sizes: readonly Dim[],
  wanted: readonly (Dim | null)[],
  channels: Dim,
): readonly Dim[] => {
  // An average of one number is a mean, which ATen takes of nothing, too.
  const mean = /avg/i.test(call.op) && wanted.every((d) => d === 1);
  const empty = mean ? undefined : [channels, ...sizes].find((d) => d === 0);
  if (empty !== undefined) refuse(call, fault('output-empty', { op: call.op, size: empty, axis: '' }, 'input'));
  needNotNegative(
    call,
    'output_size',
    wanted.filter((d) => d !== null),
  );
  return sizes.map((size, i) => wanted[i] ?? size);
};

/** Output sizes of unpooling: `(size − 1)·stride − 2·padding + kernel`, or as asked, within a stride of it. */
export const unpooled = (
  call: Call,
  sizes: readonly Dim[],
  kernels: readonly Dim[],
  strides: readonly Dim[],
  paddings: readonly Dim[],
  asked: readonly Dim[] | null,
): readonly Dim[] =>
  sizes.map((size, i) => {
    const stride = strides[i] ?? 1;
    const usual = add(sub(mul(sub(size, 1), stride), mul(2, paddings[i] ?? 0)), kernels[i] ?? 1);
    const wanted = asked?.slice(-sizes.length)[i];
    if (wanted === undefined) return usual;
    const clash = fault('size-mismatch', { op: call.op, axis: `${i}`, expected: usual, found: wanted }, 'output_size');
    need(call, { kind: 'lt', left: sub(usual, stride), right: wanted }, clash);
    need(call, { kind: 'lt', left: wanted, right: add(usual, stride) }, clash);
    return wanted;
  });
