import { add, type Condition, type Dim, min, mul, sub } from '../../dims';
import { type Call, need } from '../call';
import { fault } from '../codes';
import type { Padding } from '../kinds';
import { ceilBy, floorBy } from './quotient';

/** A window that slides along one axis. */
export interface Window {
  readonly kernel: Dim;
  readonly stride: Dim;
  readonly dilation: Dim;
}

/** The reach of a dilated kernel: `dilation·(kernel − 1) + 1`. */
export const reach = (kernel: Dim, dilation: Dim): Dim => add(mul(dilation, sub(kernel, 1)), 1);

/** Padding of both sides of an axis together; `'same'` pads so that stride 1 keeps the size. */
export const padded = (padding: Padding, i: number, kernel: Dim, dilation: Dim): Dim =>
  padding === 'same' ? mul(dilation, sub(kernel, 1)) : mul(2, padding[i] ?? 0);

/**
 * Output size of a convolution along one axis: `⌊(size + 2p − d·(k − 1) − 1)/s⌋ + 1`
 * (docs.pytorch.org, `Conv2d`, section Shape). A kernel larger than the padded input is a fault.
 */
export const slide = (call: Call, axis: string, size: Dim, w: Window, bothPads: Dim): Dim => {
  const wide = add(size, bothPads);
  const kernel = reach(w.kernel, w.dilation);
  const data = { op: call.op, kernel, size: wide, axis };
  need(call, { kind: 'le', left: kernel, right: wide }, fault('kernel-too-large', data, 'kernel_size', 'weight'));
  return add(floorBy(sub(wide, kernel), w.stride), 1);
};

/** Output size of a transposed convolution: `(size − 1)·s − 2p + d·(k − 1) + output_padding + 1`. */
export const spread = (size: Dim, w: Window, padding: Dim, outputPadding: Dim): Dim =>
  add(add(sub(mul(sub(size, 1), w.stride), mul(2, padding)), mul(w.dilation, sub(w.kernel, 1))), add(outputPadding, 1));

/**
 * Output size of a pool. With `ceil_mode` the last window may hang over the end, but must start inside the input or
 * its left padding (`pooling_output_shape` in ATen/native/Pool.h).
 */
export const pool = (call: Call, axis: string, size: Dim, w: Window, padding: Dim, ceilMode: boolean): Dim => {
  const kernel = reach(w.kernel, w.dilation);
  const span = sub(add(size, mul(2, padding)), kernel);
  const steps = add(ceilMode ? ceilBy(span, w.stride) : floorBy(span, w.stride), 1);
  const out = ceilMode ? min(steps, ceilBy(add(size, padding), w.stride)) : steps;
  const enough: Condition = { kind: 'le', left: 1, right: out };
  need(call, enough, fault('output-empty', { op: call.op, size: out, axis }, 'kernel_size', 'input'));
  return out;
};

/** Refuses padding of more than half of the window, which would make windows of padding alone. */
export const needHalfPadding = (call: Call, padding: Dim, kernel: Dim, dilation: Dim = 1): void => {
  const limit = floorBy(reach(kernel, dilation), 2);
  need(
    call,
    { kind: 'le', left: padding, right: limit },
    fault('pool-padding', { op: call.op, padding, kernel }, 'padding'),
  );
};
