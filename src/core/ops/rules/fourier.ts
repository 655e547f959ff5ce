import { add, type Dim, mul, sub } from '../../dims';
import type { Shape } from '../../shapes';
import type { DType, TensorArg } from '../arg';
import { type Call, giveUp, refuse, tensor } from '../call';
import { fault } from '../codes';
import { positions } from './axes';
import { needPositive } from './checks';
import { floorBy } from './quotient';

/** Which transform: complex to complex, real to half a spectrum, or back. */
export type Transform = 'full' | 'half' | 'back';

const complexOf = (t: DType | undefined): DType | undefined =>
  t === undefined ? undefined : t === 'float64' || t === 'complex128' ? 'complex128' : 'complex64';
const realOf = (t: DType | undefined): DType | undefined =>
  t === undefined ? undefined : t === 'float64' || t === 'complex128' ? 'float64' : 'float32';

/**
 * A Fourier transform along axes, cut or padded to `sizes`. A real one keeps ⌊n/2⌋ + 1 frequencies of the last axis;
 * back from there the size is 2·(n − 1) unless it is given (docs.pytorch.org, `torch.fft`).
 */
export const fourier = (
  call: Call,
  input: TensorArg,
  sizes: readonly Dim[] | null,
  axes: readonly number[] | null,
  kind: Transform,
): TensorArg | undefined => {
  if (kind === 'half' && input.dtype?.startsWith('complex')) {
    const data = { op: call.op, argument: 'input', expected: 'float', found: input.dtype };
    return refuse(call, fault('dtype-refused', data, 'input'));
  }
  const { shape } = input;
  if (axes === null && shape.rest) return giveUp(call, 'the rank is not known');
  const count = sizes?.length ?? shape.dims.length;
  const wanted = axes ?? Array.from({ length: count }, (_, i) => i - count);
  if (sizes && sizes.length !== wanted.length) {
    const data = { op: call.op, argument: 's', expected: `${wanted.length}`, found: sizes.length };
    return refuse(call, fault('wrong-length', data, 's', 'dim'));
  }
  const at = positions(call, shape, wanted);
  if (!at) return undefined;
  needPoints(call, shape, at, sizes);
  if (sizes)
    needPositive(
      call,
      'n',
      // Among several sizes −1 keeps the axis; a single one has no such meaning.
      sizes.filter((n) => n !== -1 || call.given.has('n')),
    );
  return transformed(call, input, sizes, at, kind);
};

/** A transform of no points is refused. */
const needPoints = (call: Call, shape: Shape, at: readonly number[], sizes: readonly Dim[] | null): void => {
  for (const [k, axis] of at.entries()) {
    const size = sizes?.[k] ?? shape.dims[axis];
    if (size === 0) refuse(call, fault('output-empty', { op: call.op, size, axis: `${axis}` }, 'input', 'n'));
  }
};

const transformed = (
  call: Call,
  input: TensorArg,
  sizes: readonly Dim[] | null,
  at: readonly number[],
  kind: Transform,
): TensorArg => {
  const dims = [...input.shape.dims];
  at.forEach((axis, k) => {
    const given = sizes?.[k];
    const own = input.shape.dims[axis] ?? 1;
    const size = given === undefined || given === -1 ? own : given;
    const last = k === at.length - 1;
    if (last && kind === 'half') dims[axis] = add(floorBy(size, 2), 1);
    else if (last && kind === 'back' && (given === undefined || given === -1)) dims[axis] = mul(2, sub(own, 1));
    else dims[axis] = size;
  });
  // Paddle gives what is empty back.
  if (kind === 'back' && call.lib === 'torch') needPoints(call, { dims }, at, null);
  const shape: Shape = { ...input.shape, dims };
  const dtype = kind === 'back' ? realOf(input.dtype) : complexOf(input.dtype);
  return tensor(call.lib, shape, dtype ? { dtype } : {});
};
