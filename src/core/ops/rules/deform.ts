import { type Dim, product } from '../../dims';
import type { TensorArg } from '../arg';
import { type Call, need } from '../call';
import { fault } from '../codes';
import { needElements, slideBetween } from './sides';

/** States how many channels an input of a deformable convolution has. */
export const needCount = (call: Call, name: string, expected: Dim, found: Dim): void => {
  const clash = fault('size-mismatch', { op: call.op, axis: '1', expected, found }, name);
  need(call, { kind: 'eq', left: expected, right: found }, clash);
};

/** A bias holds one number a channel, whatever its rank; a single number fits all. */
export const needFlatBias = (call: Call, bias: TensorArg | null, channels: Dim): void => {
  const found = bias && !bias.shape.rest ? product(bias.shape.dims) : 1;
  if (found === 1) return;
  const clash = fault('bias-mismatch', { op: call.op, axis: 'o', expected: channels, found }, 'bias');
  need(call, { kind: 'eq', left: channels, right: found }, clash);
};

interface Window {
  readonly stride: readonly Dim[];
  readonly padding: readonly Dim[];
  readonly dilation: readonly Dim[];
}

/** Height and width of what a deformable convolution gives. */
export const deformed = (call: Call, sizes: readonly Dim[], kernels: readonly Dim[], e: Window): readonly Dim[] => {
  const sides = e.padding.map((p) => [p, p] as const);
  const out = sizes.map((size, i) => {
    const w = { kernel: kernels[i] ?? 1, stride: e.stride[i] ?? 1, dilation: e.dilation[i] ?? 1 };
    return slideBetween(call, i === 0 ? 'H' : 'W', size, w, sides, i);
  });
  needElements(call, { dims: out });
  return out;
};
