import { mul } from '../dims';
import { numel, rank } from '../shapes';
import type { Arg, DType, TensorArg } from './arg';
import { fault } from './codes';
import type { Fault, OpContext } from './outcome';
import { laid, layoutOf, stridesOf } from './rules/layout';
import { bool, int, sizeTuple, unknown } from './rules/values';

type Read = (t: TensorArg, cx: OpContext) => Arg | Fault;

/**
 * An attribute of a tensor that is no method: `x.shape`, `x.T`, `x.dtype`. `undefined` for methods and for names that
 * are not known. Reading `shape` of a tensor of unknown rank gives an unknown value, `x.H` of three axes a fault.
 */
export const tensorAttribute = (t: TensorArg, name: string, cx: OpContext): Arg | Fault | undefined => {
  if (t.lib === 'numpy' && !ofArrays.has(name)) return name === 'size' ? count(t, cx) : undefined;
  if (t.lib === 'paddle' && (name === 'real' || name === 'imag')) return undefined;
  const own = t.lib === 'paddle' && Object.hasOwn(ofPaddle, name) ? ofPaddle[name] : undefined;
  const read = own ?? (Object.hasOwn(attributes, name) ? attributes[name] : undefined);
  return read?.(t, cx);
};

const transposed = (t: TensorArg, from: number): Arg => {
  if (t.shape.rest) return unknown('the rank is not known');
  const { dims } = t.shape;
  const order = dims.map((_, i) => (i < from ? i : dims.length - 1 - (i - from)));
  const shape = { dims: order.map((i) => dims[i] ?? 1) };
  const strides = stridesOf(t);
  const layout = layoutOf(shape, strides && order.map((i) => strides[i] ?? 1));
  return { kind: 'tensor', lib: t.lib, shape, ...(t.dtype ? { dtype: t.dtype } : {}), ...laid(layout) };
};

const refusedRank = (t: TensorArg, op: string, expected: string): Fault =>
  fault('rank-mismatch', { op, argument: 'input', expected, found: t.shape.dims.length, shape: t.shape });

/** The last two axes swapped; a tensor of lower rank has none. */
const matrixTransposed =
  (op: string): Read =>
  (t) => {
    const count = rank(t.shape);
    if (count === undefined) return unknown('the rank is not known');
    return count === 1 && t.lib === 'torch' ? refusedRank(t, op, '2+') : transposed(t, Math.max(0, count - 2));
  };

const part = (t: TensorArg): Arg => {
  const { layout: _, dtype, ...rest } = t;
  const real = dtype === 'complex64' ? 'float32' : dtype === 'complex128' ? 'float64' : dtype;
  return { ...rest, ...(real ? { dtype: real } : {}) };
};

const no: Read = () => bool(false);

const attributes: Readonly<Record<string, Read>> = {
  shape: (t) => sizeTuple(t.shape),
  ndim: (t) => {
    const count = rank(t.shape);
    return count === undefined ? unknown('the rank is not known') : int(count);
  },
  dtype: (t) => (t.dtype ? { kind: 'dtype', name: t.dtype } : unknown('the element type is not known')),
  device: () => ({ kind: 'device' }),
  data: (t) => t,
  T: (t) => transposed(t, 0),
  mT: matrixTransposed('mT'),
  H: (t) => {
    if (t.shape.rest) return unknown('the rank is not known');
    return t.shape.dims.length === 2 || t.shape.dims.length === 0 ? transposed(t, 0) : refusedRank(t, 'H', '2');
  },
  mH: matrixTransposed('mH'),
  real: part,
  imag: part,
  grad: () => unknown('gradient'),
  grad_fn: () => unknown('gradient'),
  requires_grad: () => unknown('whether gradients are recorded'),
  is_leaf: () => unknown('whether gradients are recorded'),
  is_cuda: () => unknown('the device'),
  is_cpu: () => unknown('the device'),
  is_mps: () => unknown('the device'),
  is_xpu: () => unknown('the device'),
  is_sparse: no,
  is_quantized: no,
  is_nested: no,
  is_meta: no,
  layout: () => ({ kind: 'other', name: 'layout' }),
  names: () => unknown('axis names'),
  itemsize: (t) => (t.dtype ? int(bytes[t.dtype]) : unknown('the element type is not known')),
  nbytes: (t) => {
    const count = numel(t.shape);
    return t.dtype && count !== undefined ? int(mul(bytes[t.dtype], count)) : unknown('the size is not known');
  },
  stop_gradient: () => unknown('whether gradients are recorded'),
};

/** What a NumPy array has of these. */
const ofArrays: ReadonlySet<string> = new Set(['shape', 'ndim', 'dtype', 'T', 'real', 'imag', 'itemsize', 'nbytes']);

const count: Read = (t) => {
  const all = numel(t.shape);
  return all === undefined ? unknown('the size is not known') : int(all);
};

/** Attributes that Paddle has under the same names with another value, or has alone. */
const ofPaddle: Readonly<Record<string, Read>> = {
  shape: ({ shape }) =>
    shape.rest ? unknown('the rank is not known') : { kind: 'sequence', items: shape.dims.map(int) },
  size: count,
  strides: (t) => {
    const strides = stridesOf(t);
    return strides ? { kind: 'sequence', items: strides.map(int) } : unknown('the layout is not known');
  },
  place: () => ({ kind: 'device' }),
  name: () => unknown('the name of a tensor'),
  persistable: () => unknown('whether a tensor is kept'),
  trainable: () => unknown('whether gradients are recorded'),
};

/** Bytes of one element. */
export const bytes: Readonly<Record<DType, number>> = {
  bool: 1,
  uint8: 1,
  int8: 1,
  int16: 2,
  float16: 2,
  bfloat16: 2,
  int32: 4,
  float32: 4,
  int64: 8,
  float64: 8,
  complex64: 8,
  complex128: 16,
};
