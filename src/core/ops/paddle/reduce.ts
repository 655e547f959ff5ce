import { numel, type Shape, shapeOf } from '../../shapes';
import type { Arg, DType, TensorArg } from '../arg';
import { type Call, giveUp, refuse, tensor } from '../call';
import { fault } from '../codes';
import { isFloat, isInteger } from '../dtypes';
import { ops } from '../rows';
import { needAxis } from '../rules/axes';
import { reduced } from '../rules/reduce';
import { typed } from '../rules/view';

const paddle = { lib: 'paddle', python: true } as const;
const everywhere = 'paddle paddle.Tensor paddle.tensor';

/** Whole numbers and truth values add up in 64 bits; the short ones keep their type in some ops and lose it in others. */
const summed = (x: TensorArg, dtype: DType | undefined | null): { readonly dtype?: DType } => {
  if (dtype) return { dtype };
  if (dtype === undefined || x.dtype === undefined) return {};
  if (/^u?int(8|16)$/.test(x.dtype)) return {};
  return { dtype: x.dtype === 'bool' || isInteger(x.dtype) ? 'int64' : x.dtype };
};

const total = (call: Call, x: TensorArg, shape: Shape | undefined, dtype: DType | undefined | null): Arg | undefined =>
  shape && tensor(call.lib, shape, summed(x, dtype));

interface Reduction {
  readonly x: TensorArg;
  readonly axis: readonly number[] | null;
  readonly keepdim: boolean;
}

/** The shape after a reduction; a list without axes means all of them. */
const left = ({ x, axis, keepdim }: Reduction, call: Call): Shape | undefined => reduced(call, x.shape, axis, keepdim);

const examples = [
  '(2, 3, 4), 1 -> (2, 4)',
  '(2, 3, 4), [1, 2], keepdim=True -> (2, 1, 1)',
  '(2, 3) -> ()',
  '(2, 3), 2 -> !axis-range',
  '(2, 3), [0, 0] -> !axis-repeated',
];

/** The entry of a reduction to one number a group. */
const reduction = (en: string, zh: string, dtype: 'same' | 'float' | 'bool' | 'int64', needs?: 'float' | 'number') => ({
  en,
  zh,
  dtype,
  ...(needs ? { needs } : {}),
  shape: left,
  eg: examples,
});

/** The place of an element along one axis. */
interface Place {
  readonly x: TensorArg;
  readonly axis: number | null;
  readonly keepdim: boolean;
  readonly dtype: DType | undefined | null;
}

const place = (en: string, zh: string) => ({
  en,
  zh,
  needs: 'number' as const,
  value: ({ x, axis, keepdim, dtype }: Place, call: Call): Arg | undefined => {
    if (keepdim && axis !== null && !x.shape.rest && x.shape.dims.length === 0)
      return giveUp(call, 'an axis of a single number');
    const shape = reduced(call, x.shape, axis === null ? null : [axis], keepdim);
    const type = dtype === null ? 'int64' : dtype;
    return shape && tensor(call.lib, shape, type ? { dtype: type } : {});
  },
  eg: ['(2, 3), 1 -> (2)', '(2, 3) -> ()', '(2, 3), keepdim=True -> (1, 1)', '(2, 3), 2 -> !axis-range'],
});

/** Sums, means and other reductions. */
export const reductions = ops(
  everywhere,
  {
    'sum(x: Tensor, axis: dims? = None, dtype: dtype? = None, keepdim: any = False) -> any': {
      en: 'Adds along axes.',
      zh: '沿某些轴求和。',
      // Anything but True and False is taken for an element type.
      value: (e, call) =>
        e.keepdim.kind === 'bool'
          ? total(call, e.x, left({ ...e, keepdim: e.keepdim.value }, call), e.dtype)
          : giveUp(call, 'keepdim is not known'),
      eg: examples,
    },
    'sum(x: Tensor, axis: dims?, keepdim: bool, dtype: dtype? = None) -> any': {
      en: 'Adds along axes (PyTorch’s order of arguments).',
      zh: '沿某些轴求和（PyTorch 的参数顺序）。',
      value: (e, call) => total(call, e.x, left(e, call), e.dtype),
      eg: '(2, 3), 1, True -> (2, 1)',
    },
    'nansum(x: Tensor, axis: dims? = None, dtype: dtype? = None, keepdim: bool = False) -> any': {
      en: 'Adds along axes and skips NaN.',
      zh: '沿某些轴求和，忽略 NaN。',
      value: (e, call) => total(call, e.x, left(e, call), e.dtype),
      eg: '(2, 3), 1 -> (2)',
    },
    'prod(x: Tensor, axis: dims? = None, keepdim: bool = False, dtype: dtype? = None) -> any': {
      en: 'Multiplies along axes.',
      zh: '沿某些轴连乘。',
      needs: 'number',
      value: (e, call) => {
        const shape = left(e, call);
        const whole = e.x.dtype === undefined || !isFloat(e.x.dtype);
        return (
          shape &&
          tensor(call.lib, shape, e.dtype ? { dtype: e.dtype } : whole || e.dtype === undefined ? {} : typed(e.x))
        );
      },
      eg: examples,
    },
    'mean(x: Tensor, axis: dims? = None, keepdim: bool = False, *, dtype: dtype? = None) -> any': {
      en: 'Averages along axes.',
      zh: '沿某些轴求均值。',
      value: (e, call) => {
        const shape = left(e, call);
        return shape && tensor(call.lib, shape, e.dtype === null ? typed(e.x) : e.dtype ? { dtype: e.dtype } : {});
      },
      eg: examples,
    },
    'nanmean(x: Tensor, axis: dims? = None, keepdim: bool = False) -> Tensor': reduction(
      'Averages along axes and skips NaN.',
      '沿某些轴求均值，忽略 NaN。',
      'float',
    ),
    'max(x: Tensor, axis: dims? = None, keepdim: bool = False) -> Tensor': {
      ...reduction('Largest element along axes; no places.', '沿某些轴取最大值（不返回位置）。', 'same', 'number'),
      remarks: [
        {
          en: 'With an axis PyTorch’s max gives the pair of values and places; here argmax gives the places.',
          zh: '指定轴时 PyTorch 的 max 返回值和位置两项；这里位置由 argmax 给出。',
        },
      ],
    },
    'min(x: Tensor, axis: dims? = None, keepdim: bool = False) -> Tensor': {
      ...reduction('Smallest element along axes; no places.', '沿某些轴取最小值（不返回位置）。', 'same', 'number'),
      remarks: [
        {
          en: 'With an axis PyTorch’s min gives the pair of values and places; here argmin gives the places.',
          zh: '指定轴时 PyTorch 的 min 返回值和位置两项；这里位置由 argmin 给出。',
        },
      ],
    },
    'amax(x: Tensor, axis: dims? = None, keepdim: bool = False) -> Tensor': reduction(
      'Largest element along axes.',
      '沿某些轴取最大值。',
      'same',
      'number',
    ),
    'amin(x: Tensor, axis: dims? = None, keepdim: bool = False) -> Tensor': reduction(
      'Smallest element along axes.',
      '沿某些轴取最小值。',
      'same',
      'number',
    ),
    'all(x: Tensor, axis: dims? = None, keepdim: bool = False) -> Tensor': reduction(
      'True where all along axes are.',
      '沿某些轴判断是否全部为真。',
      'bool',
    ),
    'any(x: Tensor, axis: dims? = None, keepdim: bool = False) -> Tensor': reduction(
      'True where one along axes is.',
      '沿某些轴判断是否有元素为真。',
      'bool',
    ),
    'logsumexp(x: Tensor, axis: dims? = None, keepdim: bool = False) -> Tensor': reduction(
      'Logarithm of the sum of exponentials along axes.',
      '沿某些轴取指数之和的对数。',
      'float',
    ),
    'count_nonzero(x: Tensor, axis: dims? = None, keepdim: bool = False) -> Tensor': reduction(
      'Counts the elements that are not 0.',
      '统计非零元素的个数。',
      'int64',
    ),
    'var(x: Tensor, axis: dims? = None, unbiased: bool = True, keepdim: bool = False, name: any = None, *, correction: any = 1) -> Tensor':
      reduction('Variance along axes.', '沿某些轴求方差。', 'same'),
    'std(x: Tensor, axis: dims? = None, unbiased: bool = True, keepdim: bool = False) -> Tensor': reduction(
      'Standard deviation along axes.',
      '沿某些轴求标准差。',
      'float',
    ),
    'argmax(x: Tensor, axis: dim? = None, keepdim: bool = False, dtype: dtype? = None) -> any': place(
      'Place of the largest element.',
      '最大元素的位置。',
    ),
    'argmin(x: Tensor, axis: dim? = None, keepdim: bool = False, dtype: dtype? = None) -> any': place(
      'Place of the smallest element.',
      '最小元素的位置。',
    ),
    "median(x: Tensor, axis: dim? = None, keepdim: bool = False, mode: str = 'avg') -> any": {
      en: 'Middle element by size.',
      zh: '中位数。',
      remarks: [
        {
          en: 'Of an even number of elements it is the mean of the two middle ones; PyTorch takes the smaller.',
          zh: '元素个数为偶数时取中间两数的均值；PyTorch 取其中较小的一个。',
        },
      ],
      value: ({ x, axis, keepdim, mode }, call) => {
        const shape = reduced(call, x.shape, axis === null ? null : [axis], keepdim);
        if (!shape) return undefined;
        const middle = tensor(call.lib, shape, mode === 'min' ? typed(x) : {});
        return mode === 'min' && axis !== null ? placed(call, x, shape) : middle;
      },
      eg: ['(2, 3), 1 -> (2)', "(2, 3), 1, mode='min' -> ((2), (2))"],
    },
    "median(x: Tensor, *, dim: dim?, keepdim: bool = False, mode: str = 'min') -> any": {
      en: 'Middle element by size, and its place (PyTorch’s name for the axis).',
      zh: '中位数及其位置（PyTorch 的轴参数名 dim）。',
      value: ({ x, dim, keepdim }, call) =>
        dim === null ? giveUp(call, 'no axis') : placed(call, x, reduced(call, x.shape, [dim], keepdim)),
      eg: '(2, 3), dim=1 -> ((2), (2))',
    },
    "nanmedian(x: Tensor, axis: dims? = None, keepdim: bool = False, mode: str = 'avg') -> Tensor": {
      en: 'Middle element by size, NaN skipped.',
      zh: '中位数，忽略 NaN。',
      dtype: 'unknown',
      shape: left,
      eg: '(2, 3), 1 -> (2)',
    },
    'mode(x: Tensor, axis: dim = -1, keepdim: bool = False) -> any': {
      en: 'Most frequent element along an axis, and its place.',
      zh: '沿某轴取众数及其位置。',
      value: ({ x, axis, keepdim }, call) => placed(call, x, reduced(call, x.shape, [axis], keepdim)),
      eg: '(2, 3) -> ((2), (2))',
    },
    'kthvalue(x: Tensor, k: int, axis: dim? = None, keepdim: bool = False) -> any': {
      en: 'The k-th smallest element along an axis, and its place.',
      zh: '沿某轴取第 k 小的元素及其位置。',
      value: ({ x, axis, keepdim }, call) => placed(call, x, reduced(call, x.shape, [axis ?? -1], keepdim)),
      eg: '(2, 3), 2 -> ((2), (2))',
    },
    "quantile(x: Tensor, q: any, axis: dims? = None, keepdim: bool = False, interpolation: str = 'linear') -> any": {
      en: 'Quantiles along axes; several come first.',
      zh: '沿某些轴取分位数；多个分位数排在最前一维。',
      value: (e, call) => {
        const shape = left(e, call);
        const { q } = e;
        if (q.kind === 'float' || q.kind === 'int') return shape && tensor(call.lib, shape);
        if (!shape || shape.rest || (q.kind !== 'sequence' && q.kind !== 'tuple')) return undefined;
        return tensor(call.lib, { dims: q.items.length === 1 ? shape.dims : [q.items.length, ...shape.dims] });
      },
      eg: ['(2, 3), 0.5, 1 -> (2)', '(2, 3), [0.5], 1 -> (2)', '(2, 3), [0.5, 0.2], 1 -> (2, 2)'],
    },
  },
  paddle,
);

const placed = (
  call: Call,
  x: TensorArg,
  shape: Shape | undefined,
  dtype: DType | undefined | null = null,
): Arg | undefined => {
  const places = dtype === null ? 'int64' : dtype;
  return (
    shape && {
      kind: 'tuple',
      items: [tensor(call.lib, shape, typed(x)), tensor(call.lib, shape, places ? { dtype: places } : {})],
    }
  );
};

interface Running {
  readonly x: TensorArg;
  readonly axis: number | null;
}

/** The shape of running totals: without an axis the tensor is flattened first. */
const running = ({ x, axis }: Running, call: Call): Shape => {
  if (axis === null) {
    const count = numel(x.shape);
    return shapeOf(count ?? call.cx.unknownSize('number of elements'));
  }
  needAxis(call, x.shape, axis, 'axis');
  return x.shape;
};

/** Running totals. */
export const cumulative = ops(
  everywhere,
  {
    'cumsum(x: Tensor, axis: dim? = None, dtype: dtype? = None) -> any': {
      en: 'Running sum along an axis; without one, of the flattened tensor.',
      zh: '沿某轴求累积和；不指定轴则先展平。',
      inplace: 'becomes',
      value: (e, call) => {
        if (call.op.endsWith('_') && e.x.dtype !== undefined && isInteger(e.x.dtype))
          return tensor(call.lib, running(e, call), e.dtype === null ? typed(e.x) : {});
        if (e.x.dtype === 'bool' && e.dtype === null) {
          const data = { op: call.op, argument: 'x', expected: 'number', found: 'bool' };
          return refuse(call, fault('dtype-refused', data, 'x'));
        }
        return tensor(call.lib, running(e, call), summed(e.x, e.dtype));
      },
      eg: ['(2, 3), 1 -> (2, 3)', '(2, 3) -> (6)', '(2, 3), 2 -> !axis-range'],
    },
    'cumprod(x: Tensor, axis: dim? = None, dtype: dtype? = None) -> any': {
      en: 'Running product along an axis; without one, of the flattened tensor.',
      zh: '沿某轴求累积积；不指定轴则先展平。',
      needs: 'number',
      inplace: 'becomes',
      value: (e, call) => tensor(call.lib, running(e, call), e.dtype ? { dtype: e.dtype } : typed(e.x)),
      eg: ['(2, 3), 1 -> (2, 3)', '(2, 3) -> (6)'],
    },
    'logcumsumexp(x: Tensor, axis: dim? = None, dtype: dtype? = None) -> any': {
      en: 'Logarithm of the running sum of exponentials.',
      zh: '指数累积和的对数。',
      value: (e, call) => {
        const own = e.x.dtype !== undefined && isInteger(e.x.dtype) ? {} : typed(e.x);
        return tensor(call.lib, running(e, call), e.dtype === null ? own : {});
      },
      eg: '(2, 3), 1 -> (2, 3)',
    },
    'cummax(x: Tensor, axis: dim? = None, dtype: dtype? = None) -> any': {
      en: 'Running maximum along an axis, and its place.',
      zh: '沿某轴求累积最大值及其位置。',
      value: (e, call) => placed(call, e.x, running(e, call), e.dtype),
      eg: '(2, 3), 1 -> ((2, 3), (2, 3))',
    },
    'cummin(x: Tensor, axis: dim? = None, dtype: dtype? = None) -> any': {
      en: 'Running minimum along an axis, and its place.',
      zh: '沿某轴求累积最小值及其位置。',
      value: (e, call) => placed(call, e.x, running(e, call), e.dtype),
      eg: '(2, 3), 1 -> ((2, 3), (2, 3))',
    },
  },
  paddle,
);

/** Of a single number, and of two axes, it is not looked whether the axes are there. */
const lengths = (e: Reduction & { readonly p: Arg }, call: Call): Shape | undefined => {
  const { dims, rest } = e.x.shape;
  const beyond = !rest && e.axis?.some((axis) => axis >= dims.length || axis < -dims.length);
  const odd = beyond || (e.axis !== null && new Set(e.axis).size < e.axis.length);
  const unseen = dims.length === 0 || ((e.axis?.length ?? 0) > 1 && e.p.kind !== 'str');
  return odd && unseen ? giveUp(call, 'an axis that is not there') : left(e, call);
};

/** Lengths of vectors and matrices. */
export const norms = ops(
  'paddle paddle.Tensor paddle.tensor paddle.linalg',
  {
    'norm(x: Tensor, p: any = None, axis: dims? = None, keepdim: bool = False, out: any = None, dtype: any = None) -> Tensor':
      {
        en: 'Length of the tensor, or of vectors and matrices along axes.',
        zh: '张量的范数，或沿某些轴的向量、矩阵范数。',
        needs: 'float',
        dtype: 'real',
        check: ({ p, axis, x }, call) => {
          // Norms with a name are those of matrices.
          const count = axis?.length ?? (x.shape.rest ? 2 : x.shape.dims.length);
          if (p.kind !== 'str' || count <= 2 || (axis === null && p.value === 'fro')) return;
          const data = { op: call.op, argument: 'axis', expected: '1/2', found: count };
          refuse(call, fault('wrong-length', data, 'axis'));
        },
        shape: lengths,
        eg: [
          '(2, 3) -> ()',
          '(2, 3), 2, 1 -> (2)',
          '(2, 3), axis=1, keepdim=True -> (2, 1)',
          '(2, 3), 2, 2 -> !axis-range',
        ],
      },
  },
  paddle,
);

/** Norms that say of what they are. */
export const namedNorms = ops(
  'paddle.linalg',
  {
    'vector_norm(x: Tensor, p: any = 2.0, axis: dims? = None, keepdim: bool = False, name: any = None, *, dtype: any = None) -> Tensor':
      {
        en: 'Length of vectors along axes.',
        zh: '沿某些轴的向量范数。',
        dtype: 'real',
        shape: lengths,
        eg: ['(2, 3) -> ()', '(2, 3), axis=1 -> (2)'],
      },
    "matrix_norm(x: Tensor, p: any = 'fro', axis: dims = -2, keepdim: bool = False) -> Tensor": {
      en: 'Norm of matrices.',
      zh: '矩阵范数。',
      shape: ({ x, axis, keepdim }, call) => reduced(call, x.shape, call.given.has('axis') ? axis : [-2, -1], keepdim),
      eg: '(5, 2, 3) -> (5)',
    },
  },
  paddle,
);
