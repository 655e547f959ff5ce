import { axis, numel, type Shape, shapeOf } from '../../shapes';
import type { Arg, DType, TensorArg } from '../arg';
import { type Call, need, refuse, tensor } from '../call';
import { fault } from '../codes';
import { isInteger, realType } from '../dtypes';
import { keepShape, ops } from '../rows';
import { needAxis } from '../rules/axes';
import { needProbability } from '../rules/checks';
import { elementwise } from '../rules/elementwise';
import { reduced } from '../rules/reduce';

/** The element type of a sum or product: integers and booleans add up in 64 bits. */
const summed = (input: TensorArg, dtype: DType | undefined | null): { readonly dtype?: DType } => {
  if (dtype) return { dtype };
  if (dtype === undefined || input.dtype === undefined) return {};
  return { dtype: input.dtype === 'bool' || isInteger(input.dtype) ? 'int64' : input.dtype };
};

const total = (
  call: Call,
  input: TensorArg,
  shape: Shape | undefined,
  dtype: DType | undefined | null,
): Arg | undefined => shape && tensor(call.lib, shape, { ...summed(input, dtype), ...rows(input) });

/** Reductions of a tensor that lies row by row give one that does. */
const rows = (input: TensorArg): { readonly layout?: 'contiguous' } =>
  input.layout === 'contiguous' ? { layout: 'contiguous' } : {};

/** Values and their places along an axis, as a named tuple. */
const valuesAndIndices = (call: Call, input: TensorArg, shape: Shape | undefined, dim?: number): Arg | undefined => {
  if (dim !== undefined) needElements(call, input.shape, dim);
  return named(call, input, shape);
};

/** There is no largest of nothing. */
const needElements = (call: Call, shape: Shape, dim: number): void => {
  const size = axis(shape, dim);
  if (size === 0) refuse(call, fault('output-empty', { op: call.op, size, axis: `${dim}` }, 'dim'));
};

/** The place of the largest of nothing is nowhere, along an axis or over all. */
const needSome = (call: Call, shape: Shape, dim: number | null): void => {
  if (dim !== null) needElements(call, shape, dim);
  else if (numel(shape) === 0) refuse(call, fault('output-empty', { op: call.op, size: 0, axis: '' }, 'input'));
};

const named = (call: Call, input: TensorArg, shape: Shape | undefined): Arg | undefined =>
  shape && {
    kind: 'tuple',
    names: ['values', 'indices'],
    items: [
      tensor(call.lib, shape, { ...(input.dtype ? { dtype: input.dtype } : {}), ...rows(input) }),
      tensor(call.lib, shape, { dtype: 'int64', ...rows(input) }),
    ],
  };

const pair = (call: Call, shape: Shape | undefined, input: TensorArg, names: readonly string[]): Arg | undefined => {
  if (!shape) return undefined;
  const one = tensor(call.lib, shape, { ...(input.dtype ? { dtype: input.dtype } : {}), ...rows(input) });
  // Spread is real, whatever the numbers are.
  const first = one.dtype ? { ...one, dtype: realType(one.dtype) } : one;
  return { kind: 'tuple', items: [first, one], ...(names.length > 0 ? { names } : {}) };
};

const single = (input: TensorArg, call: Call): Arg => {
  needSome(call, input.shape, null);
  return tensor(call.lib, shapeOf(), { ...(input.dtype ? { dtype: input.dtype } : {}), layout: 'contiguous' });
};

/** Sums, means and other reductions to one number per group. */
export const sums = ops('torch torch.Tensor', {
  'sum(input: Tensor, *, dtype: dtype? = None) -> any': {
    en: 'Adds all elements.',
    zh: '对所有元素求和。',
    value: ({ input, dtype }, call) => total(call, input, shapeOf(), dtype),
    eg: '(2, 3) -> ()',
  },
  'sum(input: Tensor, dim: dims?, keepdim: bool = False, *, dtype: dtype? = None) -> any': {
    en: 'Adds along axes.',
    zh: '沿某些轴求和。',
    value: ({ input, dim, keepdim, dtype }, call) =>
      total(call, input, reduced(call, input.shape, dim, keepdim), dtype),
    eg: ['(2, 3, 4), 1 -> (2, 4)', '(2, 3, 4), (1, 2), keepdim=True -> (2, 1, 1)', '(2, 3), 2 -> !axis-range'],
  },
  'nansum(input: Tensor, dim: dims? = None, keepdim: bool = False, *, dtype: dtype? = None) -> any': {
    needs: 'real',
    en: 'Adds along axes and skips NaN.',
    zh: '沿某些轴求和，忽略 NaN。',
    value: ({ input, dim, keepdim, dtype }, call) =>
      total(call, input, reduced(call, input.shape, dim, keepdim), dtype),
    eg: '(2, 3), 1 -> (2)',
  },
  'prod(input: Tensor, *, dtype: dtype? = None) -> any': {
    en: 'Multiplies all elements.',
    zh: '所有元素连乘。',
    value: ({ input, dtype }, call) => total(call, input, shapeOf(), dtype),
    eg: '(2, 3) -> ()',
  },
  'prod(input: Tensor, dim: dim, keepdim: bool = False, *, dtype: dtype? = None) -> any': {
    en: 'Multiplies along an axis.',
    zh: '沿某轴连乘。',
    value: ({ input, dim, keepdim, dtype }, call) =>
      total(call, input, reduced(call, input.shape, [dim], keepdim), dtype),
    eg: '(2, 3), 1 -> (2)',
  },
  'mean(input: Tensor, *, dtype: dtype? = None) -> Tensor': {
    en: 'Averages all elements.',
    zh: '对所有元素求均值。',
    dtype: 'unknown',
    check: ({ input, dtype }, call) => needFloat(call, input, dtype),
    shape: () => shapeOf(),
    eg: '(2, 3) -> ()',
  },
  'mean(input: Tensor, dim: dims?, keepdim: bool = False, *, dtype: dtype? = None) -> Tensor': {
    en: 'Averages along axes.',
    zh: '沿某些轴求均值。',
    check: ({ input, dtype }, call) => needFloat(call, input, dtype),
    shape: ({ input, dim, keepdim }, call) => reduced(call, input.shape, dim, keepdim),
    eg: ['(2, 3, 4), 1 -> (2, 4)', '(2, 3, 4), [1, 2], True -> (2, 1, 1)', '(2, 3), (0, 0) -> !axis-repeated'],
  },
  'nanmean(input: Tensor, dim: dims? = None, keepdim: bool = False, *, dtype: dtype? = None) -> Tensor': {
    needs: 'real float',
    en: 'Averages along axes and skips NaN.',
    zh: '沿某些轴求均值，忽略 NaN。',
    shape: ({ input, dim, keepdim }, call) => reduced(call, input.shape, dim, keepdim),
    eg: '(2, 3), 1 -> (2)',
  },
  'logsumexp(input: Tensor, dim: dims, keepdim: bool = False) -> Tensor': {
    en: 'Logarithm of the sum of exponentials along axes.',
    zh: '沿某些轴取指数之和的对数。',
    dtype: 'float',
    shape: ({ input, dim, keepdim }, call) => reduced(call, input.shape, dim, keepdim),
    eg: '(2, 3), 1 -> (2)',
  },
  'count_nonzero(input: Tensor, dim: dims*? = None) -> Tensor': {
    en: 'Counts the elements that are not 0.',
    zh: '统计非零元素的个数。',
    dtype: 'int64',
    shape: ({ input, dim }, call) => reduced(call, input.shape, dim, false),
    eg: '(2, 3), 1 -> (2)',
  },
});

const needFloat = (call: Call, input: TensorArg, dtype: DType | undefined | null): void => {
  if (dtype !== null || input.dtype === undefined) return;
  if (input.dtype !== 'bool' && !isInteger(input.dtype)) return;
  const data = { op: call.op, argument: 'input', expected: 'float', found: input.dtype };
  refuse(call, fault('dtype-refused', data, 'input'));
};

/** Spread around the mean. */
export const spreads = ops('torch torch.Tensor', {
  'var(input: Tensor, unbiased: bool = True) -> Tensor': {
    en: 'Variance of all elements.',
    zh: '所有元素的方差。',
    needs: 'float',
    dtype: 'real',
    shape: () => shapeOf(),
    eg: '(2, 3) -> ()',
  },
  'var(input: Tensor, dim: dims?, unbiased: bool = True, keepdim: bool = False) -> Tensor': {
    en: 'Variance along axes.',
    zh: '沿某些轴求方差。',
    needs: 'float',
    dtype: 'real',
    shape: ({ input, dim, keepdim }, call) => reduced(call, input.shape, dim, keepdim),
    eg: ['(2, 3), 1 -> (2)', '(2, 3), 1, False, True -> (2, 1)'],
  },
  'var(input: Tensor, dim: dims? = None, *, correction: number? = None, keepdim: bool = False) -> Tensor': {
    en: 'Variance along axes.',
    zh: '沿某些轴求方差。',
    needs: 'float',
    dtype: 'real',
    shape: ({ input, dim, keepdim }, call) => reduced(call, input.shape, dim, keepdim),
    eg: '(2, 3), dim=1, correction=0, keepdim=True -> (2, 1)',
  },
  'std(input: Tensor, unbiased: bool = True) -> Tensor': {
    en: 'Standard deviation of all elements.',
    zh: '所有元素的标准差。',
    needs: 'float',
    dtype: 'real',
    shape: () => shapeOf(),
    eg: '(2, 3) -> ()',
  },
  'std(input: Tensor, dim: dims?, unbiased: bool = True, keepdim: bool = False) -> Tensor': {
    en: 'Standard deviation along axes.',
    zh: '沿某些轴求标准差。',
    needs: 'float',
    dtype: 'real',
    shape: ({ input, dim, keepdim }, call) => reduced(call, input.shape, dim, keepdim),
    eg: '(2, 3), 1 -> (2)',
  },
  'std(input: Tensor, dim: dims? = None, *, correction: number? = None, keepdim: bool = False) -> Tensor': {
    en: 'Standard deviation along axes.',
    zh: '沿某些轴求标准差。',
    needs: 'float',
    dtype: 'real',
    shape: ({ input, dim, keepdim }, call) => reduced(call, input.shape, dim, keepdim),
    eg: '(2, 3), dim=1, keepdim=True -> (2, 1)',
  },
});

/** Spread and mean at once. */
export const moments = ops('torch', {
  'var_mean(input: Tensor, unbiased: bool = True) -> any': {
    needs: 'float',
    en: 'Variance and mean of all elements.',
    zh: '所有元素的方差和均值。',
    value: ({ input }, call) => pair(call, shapeOf(), input, []),
    eg: '(2, 3) -> ((), ())',
  },
  'var_mean(input: Tensor, dim: dims?, unbiased: bool = True, keepdim: bool = False) -> any': {
    needs: 'float',
    en: 'Variance and mean along axes.',
    zh: '沿某些轴求方差和均值。',
    value: ({ input, dim, keepdim }, call) => pair(call, reduced(call, input.shape, dim, keepdim), input, []),
    eg: '(2, 3), 1 -> ((2), (2))',
  },
  'var_mean(input: Tensor, dim: dims? = None, *, correction: number? = None, keepdim: bool = False) -> any': {
    needs: 'float',
    en: 'Variance and mean along axes.',
    zh: '沿某些轴求方差和均值。',
    value: ({ input, dim, keepdim }, call) => pair(call, reduced(call, input.shape, dim, keepdim), input, []),
    eg: '(2, 3), dim=1, correction=0 -> ((2), (2))',
  },
  'std_mean(input: Tensor, unbiased: bool = True) -> any': {
    needs: 'float',
    en: 'Standard deviation and mean of all elements.',
    zh: '所有元素的标准差和均值。',
    value: ({ input }, call) => pair(call, shapeOf(), input, []),
    eg: '(2, 3) -> ((), ())',
  },
  'std_mean(input: Tensor, dim: dims?, unbiased: bool = True, keepdim: bool = False) -> any': {
    needs: 'float',
    en: 'Standard deviation and mean along axes.',
    zh: '沿某些轴求标准差和均值。',
    value: ({ input, dim, keepdim }, call) => pair(call, reduced(call, input.shape, dim, keepdim), input, []),
    eg: '(2, 3), 1 -> ((2), (2))',
  },
  'std_mean(input: Tensor, dim: dims? = None, *, correction: number? = None, keepdim: bool = False) -> any': {
    needs: 'float',
    en: 'Standard deviation and mean along axes.',
    zh: '沿某些轴求标准差和均值。',
    value: ({ input, dim, keepdim }, call) => pair(call, reduced(call, input.shape, dim, keepdim), input, []),
    eg: '(2, 3), dim=1, correction=0 -> ((2), (2))',
  },
});

/** Largest, smallest and middle elements. */
export const extremes = ops('torch torch.Tensor', {
  'max(input: Tensor) -> any': {
    needs: 'real',
    en: 'Largest element.',
    zh: '最大的元素。',
    value: ({ input }, call) => single(input, call),
    eg: '(2, 3) -> ()',
  },
  'max(input: Tensor, dim: dim, keepdim: bool = False) -> any': {
    needs: 'real',
    en: 'Largest element along an axis, and its place.',
    zh: '沿某轴取最大值及其位置。',
    value: ({ input, dim, keepdim }, call) =>
      valuesAndIndices(call, input, reduced(call, input.shape, [dim], keepdim), dim),
    eg: '(2, 3), 1 -> ((2), (2))',
  },
  'max(input: Tensor, other: Tensor) -> any': {
    needs: 'real',
    en: 'The larger of two tensors, element by element.',
    zh: '两个张量逐元素取大。',
    value: ({ input, other }, call) => elementwise(call, [input, other]),
    eg: '(2, 3), (3) -> (2, 3)',
  },
  'min(input: Tensor) -> any': {
    needs: 'real',
    en: 'Smallest element.',
    zh: '最小的元素。',
    value: ({ input }, call) => single(input, call),
    eg: '(2, 3) -> ()',
  },
  'min(input: Tensor, dim: dim, keepdim: bool = False) -> any': {
    needs: 'real',
    en: 'Smallest element along an axis, and its place.',
    zh: '沿某轴取最小值及其位置。',
    value: ({ input, dim, keepdim }, call) =>
      valuesAndIndices(call, input, reduced(call, input.shape, [dim], keepdim), dim),
    eg: '(2, 3), 1, True -> ((2, 1), (2, 1))',
  },
  'min(input: Tensor, other: Tensor) -> any': {
    needs: 'real',
    en: 'The smaller of two tensors, element by element.',
    zh: '两个张量逐元素取小。',
    value: ({ input, other }, call) => elementwise(call, [input, other]),
    eg: '(2, 3), (3) -> (2, 3)',
  },
  'median(input: Tensor) -> any': {
    needs: 'real number',
    en: 'Middle element by size.',
    zh: '中位数。',
    value: ({ input }, call) => single(input, call),
    eg: '(2, 3) -> ()',
  },
  'median(input: Tensor, dim: dim, keepdim: bool = False) -> any': {
    needs: 'real number',
    en: 'Middle element along an axis, and its place.',
    zh: '沿某轴取中位数及其位置。',
    value: ({ input, dim, keepdim }, call) =>
      valuesAndIndices(call, input, reduced(call, input.shape, [dim], keepdim), dim),
    eg: '(2, 3), 1 -> ((2), (2))',
  },
  'nanmedian(input: Tensor) -> any': {
    needs: 'real number',
    en: 'Middle element by size, NaN skipped.',
    zh: '中位数，忽略 NaN。',
    value: ({ input }, call) => single(input, call),
    eg: '(2, 3) -> ()',
  },
  'nanmedian(input: Tensor, dim: dim, keepdim: bool = False) -> any': {
    needs: 'real number',
    en: 'Middle element along an axis, NaN skipped.',
    zh: '沿某轴取中位数，忽略 NaN。',
    value: ({ input, dim, keepdim }, call) =>
      valuesAndIndices(call, input, reduced(call, input.shape, [dim], keepdim), dim),
    eg: '(2, 3), 1 -> ((2), (2))',
  },
  'mode(input: Tensor, dim: dim = -1, keepdim: bool = False) -> any': {
    needs: 'real',
    en: 'Most frequent element along an axis, and its place.',
    zh: '沿某轴取众数及其位置。',
    value: ({ input, dim, keepdim }, call) =>
      valuesAndIndices(call, input, reduced(call, input.shape, [dim], keepdim), dim),
    eg: '(2, 3) -> ((2), (2))',
  },
  'kthvalue(input: Tensor, k: int, dim: dim = -1, keepdim: bool = False) -> any': {
    needs: 'real number',
    en: 'The k-th smallest element along an axis, and its place.',
    zh: '沿某轴取第 k 小的元素及其位置。',
    check: ({ input, k, dim }, call) => {
      const size = axis(input.shape, dim);
      const data = { op: call.op, index: typeof k === 'number' ? k : 0, size: size ?? 1 };
      if (typeof k === 'number' && size !== undefined && input.shape.dims.length > 0)
        need(call, { kind: 'le', left: k, right: size }, fault('index-range', data, 'k'));
    },
    value: ({ input, dim, keepdim }, call) =>
      valuesAndIndices(call, input, reduced(call, input.shape, [dim], keepdim), dim),
    eg: ['(2, 3), 2 -> ((2), (2))', '(2, 3), 4 -> !index-range'],
  },
  'amax(input: Tensor, dim: dims? = (), keepdim: bool = False) -> Tensor': {
    needs: 'real',
    en: 'Largest element along axes.',
    zh: '沿某些轴取最大值。',
    dtype: 'same',
    check: ({ input, dim }, call) => {
      for (const one of dim ?? []) needElements(call, input.shape, one);
    },
    shape: ({ input, dim, keepdim }, call) => reduced(call, input.shape, dim, keepdim),
    eg: ['(2, 3, 4), (1, 2) -> (2)', '(2, 3) -> ()'],
  },
  'amin(input: Tensor, dim: dims? = (), keepdim: bool = False) -> Tensor': {
    needs: 'real',
    en: 'Smallest element along axes.',
    zh: '沿某些轴取最小值。',
    dtype: 'same',
    check: ({ input, dim }, call) => {
      for (const one of dim ?? []) needElements(call, input.shape, one);
    },
    shape: ({ input, dim, keepdim }, call) => reduced(call, input.shape, dim, keepdim),
    eg: '(2, 3, 4), 1, True -> (2, 1, 4)',
  },
  'aminmax(input: Tensor, *, dim: dim? = None, keepdim: bool = False) -> any': {
    needs: 'real',
    en: 'Smallest and largest element.',
    zh: '最小值和最大值。',
    value: ({ input, dim, keepdim }, call) =>
      pair(call, reduced(call, input.shape, dim === null ? null : [dim], keepdim), input, ['min', 'max']),
    eg: '(2, 3), dim=1 -> ((2), (2))',
  },
  'argmax(input: Tensor, dim: dim? = None, keepdim: bool = False) -> Tensor': {
    needs: 'real number',
    en: 'Place of the largest element.',
    zh: '最大元素的位置。',
    dtype: 'int64',
    check: ({ input, dim }, call) => needSome(call, input.shape, dim),
    shape: ({ input, dim, keepdim }, call) => reduced(call, input.shape, dim === null ? null : [dim], keepdim),
    eg: ['(2, 3), 1 -> (2)', '(2, 3) -> ()'],
  },
  'argmin(input: Tensor, dim: dim? = None, keepdim: bool = False) -> Tensor': {
    needs: 'real number',
    en: 'Place of the smallest element.',
    zh: '最小元素的位置。',
    dtype: 'int64',
    check: ({ input, dim }, call) => needSome(call, input.shape, dim),
    shape: ({ input, dim, keepdim }, call) => reduced(call, input.shape, dim === null ? null : [dim], keepdim),
    eg: '(2, 3), 1, True -> (2, 1)',
  },
  'all(input: Tensor) -> Tensor': {
    en: 'True when every element is.',
    zh: '是否全部为真。',
    dtype: 'bool',
    shape: () => shapeOf(),
    eg: '(2, 3) -> ()',
  },
  'all(input: Tensor, dim: dims? = None, keepdim: bool = False) -> Tensor': {
    en: 'True where all along axes are.',
    zh: '沿某些轴判断是否全部为真。',
    dtype: 'bool',
    shape: ({ input, dim, keepdim }, call) => reduced(call, input.shape, dim, keepdim, 'none'),
    eg: '(2, 3), 1 -> (2)',
  },
  'any(input: Tensor) -> Tensor': {
    en: 'True when some element is.',
    zh: '是否有元素为真。',
    dtype: 'bool',
    shape: () => shapeOf(),
    eg: '(2, 3) -> ()',
  },
  'any(input: Tensor, dim: dims? = None, keepdim: bool = False) -> Tensor': {
    en: 'True where one along axes is.',
    zh: '沿某些轴判断是否有元素为真。',
    dtype: 'bool',
    shape: ({ input, dim, keepdim }, call) => reduced(call, input.shape, dim, keepdim, 'none'),
    eg: '(2, 3), 1, True -> (2, 1)',
  },
  "quantile(input: Tensor, q: operand, dim: dim? = None, keepdim: bool = False, *, interpolation: str = 'linear') -> Tensor":
    {
      needs: 'real float',
      en: 'Quantiles along an axis; several come first.',
      zh: '沿某轴取分位数；多个分位数排在最前一维。',
      layout: 'unknown',
      check: ({ q }, call) => needProbability(call, q, 'q'),
      shape: ({ input, q, dim, keepdim }, call) => quantiles(call, input, q, dim, keepdim),
      eg: ['(2, 3), 0.5 -> ()', '(2, 3), 0.5, 1, True -> (2, 1)', '(2, 3), (4), 1 -> (4, 2)'],
    },
  "nanquantile(input: Tensor, q: operand, dim: dim? = None, keepdim: bool = False, *, interpolation: str = 'linear') -> Tensor":
    {
      needs: 'real float',
      en: 'Quantiles along an axis, NaN skipped.',
      zh: '沿某轴取分位数，忽略 NaN。',
      layout: 'unknown',
      check: ({ q }, call) => needProbability(call, q, 'q'),
      shape: ({ input, q, dim, keepdim }, call) => quantiles(call, input, q, dim, keepdim),
      eg: '(2, 3), 0.5 -> ()',
    },
});

const quantiles = (call: Call, input: TensorArg, q: Arg, dim: number | null, keep: boolean): Shape | undefined => {
  const shape = reduced(call, input.shape, dim === null ? null : [dim], keep);
  if (!shape || q.kind !== 'tensor') return q.kind === 'float' || q.kind === 'int' ? shape : undefined;
  if (q.shape.rest || shape.rest) return undefined;
  return { dims: [...q.shape.dims, ...shape.dims] };
};

/** Norms as Python functions. */
export const norms = ops(
  'torch torch.Tensor',
  {
    "norm(input: Tensor, p: any = 'fro', dim: dims? = None, keepdim: bool = False, out: any = None, dtype: dtype? = None) -> Tensor":
      {
        en: 'Length of the tensor, or of vectors along axes.',
        zh: '张量的范数，或沿某些轴的向量范数。',
        needs: 'float',
        check: ({ p, dim }, call) => {
          // The Frobenius norm is one of matrices: two axes at most.
          if (p.kind !== 'str' || dim === null || dim.length <= 2) return;
          const data = { op: call.op, argument: 'dim', expected: '1/2', found: dim.length };
          refuse(call, fault('wrong-length', data, 'dim'));
        },
        shape: ({ input, dim, keepdim }, call) => reduced(call, input.shape, dim, keepdim),
        eg: ['(2, 3) -> ()', '(2, 3), 2, 1 -> (2)', '(2, 3), dim=1, keepdim=True -> (2, 1)'],
      },
  },
  { python: true },
);

/** Running sums and the like keep the shape. */
export const cumulative = ops('torch torch.Tensor', {
  'cumsum(input: Tensor[*a], dim: dim, *, dtype: dtype? = None) -> any': {
    en: 'Running sum along an axis.',
    zh: '沿某轴求累积和。',
    value: ({ input, dim, dtype }, call) => {
      needAxis(call, input.shape, dim);
      return tensor(call.lib, input.shape, { ...summed(input, dtype), ...rows(input) });
    },
    inplace: true,
    eg: ['(2, 3), 1 -> (2, 3)', '(2, 3) -> !missing-argument'],
  },
  'cumprod(input: Tensor[*a], dim: dim, *, dtype: dtype? = None) -> any': {
    en: 'Running product along an axis.',
    zh: '沿某轴求累积积。',
    value: ({ input, dim, dtype }, call) => {
      needAxis(call, input.shape, dim);
      return tensor(call.lib, input.shape, { ...summed(input, dtype), ...rows(input) });
    },
    inplace: true,
    eg: '(2, 3), 1 -> (2, 3)',
  },
  'logcumsumexp(input: Tensor[*a], dim: dim) -> Tensor[*a]': {
    needs: 'float',
    en: 'Logarithm of the running sum of exponentials.',
    zh: '指数累积和的对数。',
    check: ({ input, dim }, call) => needAxis(call, input.shape, dim),
    eg: '(2, 3), 1 -> (2, 3)',
  },
  'cummax(input: Tensor, dim: dim) -> any': {
    needs: 'real',
    en: 'Running maximum along an axis, and its place.',
    zh: '沿某轴求累积最大值及其位置。',
    value: ({ input, dim }, call) => {
      needAxis(call, input.shape, dim);
      return valuesAndIndices(call, input, input.shape);
    },
    eg: '(2, 3), 1 -> ((2, 3), (2, 3))',
  },
  'cummin(input: Tensor, dim: dim) -> any': {
    needs: 'real',
    en: 'Running minimum along an axis, and its place.',
    zh: '沿某轴求累积最小值及其位置。',
    value: ({ input, dim }, call) => {
      needAxis(call, input.shape, dim);
      return valuesAndIndices(call, input, input.shape);
    },
    eg: '(2, 3), 1 -> ((2, 3), (2, 3))',
  },
});

/** Reductions whose shape is the input's. */
export const ranks = keepShape('torch torch.Tensor', {
  msort: ['Sorts along the first axis.', '沿第一维排序。', { dtype: 'same' }],
});
