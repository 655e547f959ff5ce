import { mul } from '../dims';
import { numel, rank } from '../shapes';
import type { Arg, DType, TensorArg } from './arg';
import type { OpContext } from './outcome';
import { laid, layoutOf, stridesOf } from './rules/layout';
import { bool, int, sizeTuple, unknown } from './rules/values';

type Read = (t: TensorArg, cx: OpContext) => Arg;

/**
 * An attribute of a tensor that is no method: `x.shape`, `x.T`, `x.dtype`. `undefined` for methods and for names that
 * are not known. Reading `shape` of a tensor of unknown rank gives an unknown value.
 */
export const tensorAttribute = (t: TensorArg, name: string, cx: OpContext): Arg | undefined => {
  const read = Object.hasOwn(attributes, name) ? attributes[name] : undefined;
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

/** The last two axes swapped; a tensor of lower rank has none. */
const matrixTransposed: Read = (t) => {
  const count = rank(t.shape);
  return count === undefined || count < 2 ? unknown('the rank is not known or below 2') : transposed(t, count - 2);
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
  mT: matrixTransposed,
  H: (t) => (t.shape.rest || t.shape.dims.length > 2 ? unknown('only a matrix has one') : transposed(t, 0)),
  mH: matrixTransposed,
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
