import type { Dim } from '../../dims';
import type { Call } from '../call';
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
export const pooled = (call: Call, axes: readonly string[], sizes: readonly Dim[], how: Pool): readonly Dim[] => {
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
