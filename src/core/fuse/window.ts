import type { Dim } from '../dims';

/** What stands beyond the edge of the input. */
export type PaddingMode = 'zeros' | 'reflect' | 'replicate' | 'circular';

/** What stands before and after an axis. */
export interface Margin<N = Dim> {
  readonly before: N;
  readonly after: N;
}

/** One axis of a sliding window. Padding before and after may differ (`padding='same'` with an even kernel). */
export interface Axis<N = Dim> extends Margin<N> {
  readonly kernel: N;
  readonly stride: N;
  readonly dilation: N;
}

/** An axis of a transposed convolution: the padding crops, `extra` is `output_padding`. */
export interface TransposedAxis<N = Dim> {
  readonly kernel: N;
  readonly stride: N;
  readonly padding: N;
  readonly dilation: N;
  readonly extra: N;
}
