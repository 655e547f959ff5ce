import { type Dim, mul, same } from '../../dims';
import type { Shape } from '../../shapes';
import type { TensorArg } from '../arg';

type Layout = TensorArg['layout'];

/** Strides of a tensor that lies row by row. */
export const rowStrides = (dims: readonly Dim[]): readonly Dim[] => {
  const strides: Dim[] = [];
  let step: Dim = 1;
  for (let i = dims.length - 1; i >= 0; i--) {
    strides.unshift(step);
    step = mul(step, dims[i] ?? 1);
  }
  return strides;
};

/** The strides of a tensor, where they are known. */
export const stridesOf = ({ shape, layout }: TensorArg): readonly Dim[] | undefined => {
  if (shape.rest || layout === undefined) return undefined;
  return layout === 'contiguous' ? rowStrides(shape.dims) : layout;
};

/** Strides as a layout: `contiguous` where they are those of rows, whatever axes of size 1 say. */
export const layoutOf = (shape: Shape, strides: readonly Dim[] | undefined): Layout => {
  if (!strides || shape.rest) return undefined;
  const rows = rowStrides(shape.dims);
  const fits = shape.dims.every((d, i) => d === 1 || same(strides[i] ?? 0, rows[i] ?? 0));
  return fits || shape.dims.includes(0) ? 'contiguous' : strides;
};

/** The layout as a part of a tensor, left out where it is not known. */
export const laid = (layout: Layout): { readonly layout?: NonNullable<Layout> } =>
  layout === undefined ? {} : { layout };

/**
 * The layout of a view with new sizes (`computeStride_impl` in ATen/TensorUtils.cpp): `refused` when the axes to be
 * merged do not lie behind each other in memory; `undefined` when symbolic sizes leave it open.
 */
export const viewLayout = (tensor: TensorArg, target: readonly Dim[]): Layout | 'refused' => {
  if (tensor.layout === undefined || tensor.shape.rest) return undefined;
  if (tensor.layout === 'contiguous') return 'contiguous';
  const old = tensor.shape.dims.filter(isNumber);
  const strides = tensor.layout.filter(isNumber);
  const next = target.filter(isNumber);
  if (old.length < tensor.shape.dims.length || strides.length < old.length || next.length < target.length)
    return undefined;
  if (old.includes(0)) return 'contiguous';
  const found = numericStrides(old, strides, next);
  return found ? layoutOf({ dims: target }, found) : 'refused';
};

const isNumber = (d: Dim): d is number => typeof d === 'number';

const numericStrides = (
  old: readonly number[],
  strides: readonly number[],
  next: readonly number[],
): readonly number[] | undefined => {
  const found = next.map(() => 1);
  let at = next.length - 1;
  let base = strides.at(-1) ?? 1;
  let chunk = 1;
  let covered = 1;
  for (let i = old.length - 1; i >= 0; i--) {
    chunk *= old[i] ?? 1;
    const breaks = i === 0 || (old[i - 1] !== 1 && strides[i - 1] !== chunk * base);
    if (!breaks) continue;
    while (at >= 0 && (covered < chunk || next[at] === 1)) {
      found[at] = covered * base;
      covered *= next[at] ?? 1;
      at--;
    }
    if (covered !== chunk) return undefined;
    base = strides[i - 1] ?? 1;
    chunk = 1;
    covered = 1;
  }
  return at < 0 ? found : undefined;
};
