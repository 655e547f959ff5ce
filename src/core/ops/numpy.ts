import { add, type Dim, mul } from '../dims';
import { numel, type Shape, shapeOf } from '../shapes';
import type { Arg, DType, TensorArg } from './arg';
import { broadcastAll, type Call, freshShape, giveUp, tensor } from './call';
import { fault } from './codes';
import { isParameter } from './convert';
import { ops, type Table } from './rows';
import { inserted, position, positions } from './rules/axes';
import { rangeSize, shapeOfData } from './rules/create';
import { einsum } from './rules/einsum';
import { cat, stack } from './rules/join';
import { matmul } from './rules/matmul';
import { reduced } from './rules/reduce';
import { sizesIn, tuple } from './rules/values';
import { targetShape, typed } from './rules/view';

// What model code computes with NumPy before it makes tensors of it. NumPy takes anything like an array and is
// generous with types, so that only shapes are followed here.

/** Anything like an array: an array, a number, nested lists; `undefined` where its shape is not known. */
const arrayOf = (call: Call, data: Arg): TensorArg | undefined => {
  if (data.kind === 'tensor') return data;
  if (data.kind === 'unknown' || data.kind === 'other' || isParameter(data))
    return giveUp(call, 'the array is not known');
  const shape = shapeOfData(call, data);
  return shape ? tensor(call.lib, shape) : giveUp(call, 'the array is not known');
};

const arraysOf = (call: Call, data: Arg): readonly TensorArg[] | undefined => {
  if (data.kind !== 'tuple' && data.kind !== 'sequence') return giveUp(call, 'the arrays are not known');
  const arrays = data.items.map((item) => arrayOf(call, item)).filter((a) => a !== undefined);
  return arrays.length === data.items.length ? arrays : undefined;
};

const array = (call: Call, shape: Shape, dtype?: DType): Arg => tensor(call.lib, shape, dtype ? { dtype } : {});

/** An element type, where it is one that we know; NumPy's own default where none is given. */
const typeOf = (dtype: Arg, otherwise?: DType): DType | undefined => {
  if (dtype.kind === 'callable') return pythonTypes[dtype.name];
  return dtype.kind === 'dtype' ? dtype.name : dtype.kind === 'none' ? otherwise : undefined;
};

const pythonTypes: Readonly<Record<string, DType>> = { int: 'int64', float: 'float64', bool: 'bool' };

interface Sized {
  readonly shape: readonly Dim[];
  readonly dtype: Arg;
}

const filled = (en: string, zh: string, eg = '(2, 3) -> (2, 3)') => ({
  en,
  zh,
  value: ({ shape, dtype }: Sized, call: Call): Arg => array(call, shapeOf(...shape), typeOf(dtype, 'float64')),
  eg,
});

/** One number of each element, or of elements that meet. */
const elementwise = (en: string, zh: string, eg = '(2, 3) -> (2, 3)') => ({
  en,
  zh,
  value: ({ x }: { readonly x: Arg }, call: Call): Arg | undefined => {
    const given = arrayOf(call, x);
    return given && array(call, given.shape);
  },
  eg,
});

/** Half of a matrix; a row stands for a matrix of such rows. */
const triangle = (en: string, zh: string) => ({
  en,
  zh,
  value: ({ m }: { readonly m: Arg }, call: Call): Arg | undefined => {
    const given = arrayOf(call, m);
    if (!given || given.shape.rest) return given && array(call, given.shape);
    const [only, ...others] = given.shape.dims;
    return array(call, only !== undefined && others.length === 0 ? shapeOf(only, only) : given.shape);
  },
  eg: ['(2, 3) -> (2, 3)', '(3) -> (3, 3)'],
});

const pairwise = (en: string, zh: string) => ({
  en,
  zh,
  value: ({ x1, x2 }: { readonly x1: Arg; readonly x2: Arg }, call: Call): Arg | undefined => {
    const sides = [arrayOf(call, x1), arrayOf(call, x2)].filter((a) => a !== undefined);
    const shape = sides.length === 2 ? met(call, sides) : undefined;
    return shape && array(call, shape);
  },
  eg: ['(2, 3), [1, 2, 3] -> (2, 3)', '(2, 3), 2 -> (2, 3)'],
});

const met = (call: Call, sides: readonly TensorArg[]): Shape | undefined =>
  broadcastAll(
    call,
    sides.map((a) => a.shape),
    (left, right) => fault('broadcast-mismatch', { op: call.op, left, right }, 'x1', 'x2'),
  );

interface Reduced {
  readonly a: Arg;
  readonly axis: readonly number[] | null;
  readonly keepdims: boolean;
}

const reduction = (en: string, zh: string) => ({
  en,
  zh,
  value: ({ a, axis, keepdims }: Reduced, call: Call): Arg | undefined => {
    const given = arrayOf(call, a);
    const shape = given && reduced(call, given.shape, axis, keepdims);
    return shape && array(call, shape);
  },
  eg: ['(2, 3) -> ()', '(2, 3), 1 -> (2)'],
});

/** `np.sum(depths)` of a plain list of whole numbers is one. */
const sumOfList = ({ a, axis, keepdims }: Reduced): Arg | undefined => {
  if ((a.kind !== 'sequence' && a.kind !== 'tuple') || axis || keepdims) return undefined;
  const numbers = a.items.map((item) => (item.kind === 'int' ? item.value : undefined));
  if (numbers.length === 0 || numbers.includes(undefined)) return undefined;
  return { kind: 'int', value: numbers.reduce<Dim>((total, n) => add(total, n ?? 0), 0) };
};

const along = reduction('Sum, of all elements or along axes.', '求和：全部元素或沿某些轴。');

/** Reductions, the same as functions and as methods. */
const reductions = {
  'sum(a: any, axis: dims? = None, dtype: any = None, out: any = None, keepdims: bool = False, ...) -> any': {
    ...along,
    value: (e: Reduced, call: Call): Arg | undefined => sumOfList(e) ?? along.value(e, call),
    eg: [...along.eg, '[2, 3] -> 5'],
  },
  'mean(a: any, axis: dims? = None, dtype: any = None, out: any = None, keepdims: bool = False, ...) -> any': reduction(
    'Mean, of all elements or along axes.',
    '求均值：全部元素或沿某些轴。',
  ),
  'max(a: any, axis: dims? = None, out: any = None, keepdims: bool = False, ...) -> any': reduction(
    'Largest element, of all or along axes.',
    '求最大值：全部元素或沿某些轴。',
  ),
  'min(a: any, axis: dims? = None, out: any = None, keepdims: bool = False, ...) -> any': reduction(
    'Smallest element, of all or along axes.',
    '求最小值：全部元素或沿某些轴。',
  ),
};

const transposed = (call: Call, given: TensorArg, axes: readonly number[] | null): Arg | undefined => {
  const { dims, rest } = given.shape;
  if (rest) return giveUp(call, 'the rank is not known');
  const order = axes ?? dims.map((_, i) => dims.length - 1 - i);
  if (order.length !== dims.length) return giveUp(call, 'the axes do not fit');
  const at = positions(call, given.shape, order, 'axes');
  return at && tensor(call.lib, shapeOf(...at.map((i) => dims[i] ?? 1)), typed(given));
};

const reshaped = (call: Call, given: TensorArg, shape: Arg): Arg | undefined => {
  const only = shape.kind === 'tuple' && shape.items.length === 1 ? shape.items[0] : undefined;
  const whole = only && only.kind !== 'int' ? only : shape;
  const sizes = whole.kind === 'int' ? [whole.value] : sizesIn(whole);
  const target = sizes && targetShape(call, given.shape, sizes);
  return target ? tensor(call.lib, target, typed(given)) : sizes ? undefined : giveUp(call, 'the sizes are not known');
};

/** NumPy's grids have the first two axes swapped unless told otherwise. */
const grids = (call: Call, vectors: readonly Arg[], indexing: string): Arg | undefined => {
  const lengths: Dim[] = [];
  for (const vector of vectors) {
    const given = arrayOf(call, vector);
    const length = given && numel(given.shape);
    if (length === undefined) return giveUp(call, 'the vectors are not known');
    lengths.push(length);
  }
  const [first, second, ...others] = lengths;
  const dims = indexing === 'xy' && first !== undefined && second !== undefined ? [second, first, ...others] : lengths;
  return { kind: 'sequence', items: vectors.map(() => tensor(call.lib, { dims })) };
};

/** NumPy's functions. */
const functions = ops(
  'numpy',
  {
    'zeros(shape: ints1, dtype: any = None, ...) -> any': filled('Zeros of a shape.', '给定形状的全 0 数组。'),
    'ones(shape: ints1, dtype: any = None, ...) -> any': filled('Ones of a shape.', '给定形状的全 1 数组。'),
    'empty(shape: ints1, dtype: any = None, ...) -> any': filled(
      'Memory of a shape, not filled.',
      '给定形状的未初始化数组。',
    ),
    'full(shape: ints1, fill_value: any, dtype: any = None, ...) -> any': {
      en: 'One value in a shape.',
      zh: '给定形状、以一个值填充的数组。',
      value: ({ shape, dtype }, call) => array(call, shapeOf(...shape), typeOf(dtype)),
      eg: '(2, 3), 1.0 -> (2, 3)',
    },
    'eye(N: int, M: int? = None, ...) -> any': {
      en: 'Identity matrix.',
      zh: '单位矩阵。',
      value: ({ N, M }, call) => array(call, shapeOf(N, M ?? N), 'float64'),
      eg: ['3 -> (3, 3)', '3, 4 -> (3, 4)'],
    },
    'arange(start: number, stop: number? = None, step: number = 1, ...) -> any': {
      en: 'Numbers at equal steps, the end left out.',
      zh: '等间隔的数列，不含终点。',
      value: ({ start, stop, step }, call) => {
        const [from, to] = stop === null ? [zero, start] : [start, stop];
        const size = goesBack(from, to, step) ? 0 : rangeSize(call, from, to, step);
        const whole = [from, to, step].every((n) => n.kind === 'int');
        return array(call, shapeOf(size), ...(whole ? (['int64'] as const) : []));
      },
      eg: ['5 -> (5)', '1, 10, 2 -> (5)'],
    },
    'array(object: any, dtype: any = None, ...) -> any': {
      en: 'Array from data.',
      zh: '由数据创建数组。',
      value: ({ object, dtype }, call) => {
        const given = arrayOf(call, object);
        return given && array(call, given.shape, typeOf(dtype, given.dtype));
      },
      aliases: ['numpy.asarray', 'numpy.ascontiguousarray'],
      eg: '[[1, 2], [3, 4]] -> (2, 2)',
    },
    'concatenate(arrays: any, axis: dim? = 0, ...) -> any': {
      en: 'Joins arrays along an axis.',
      zh: '沿某轴拼接数组。',
      value: ({ arrays, axis }, call) => {
        const all = arraysOf(call, arrays);
        const shape = all && axis !== null ? cat(call, all, axis) : undefined;
        return shape ? array(call, shape, undefined) : giveUp(call, 'the arrays are not known');
      },
      eg: '[(2, 3), (4, 3)] -> (6, 3)',
    },
    'stack(arrays: any, axis: dim = 0, ...) -> any': {
      en: 'Joins arrays of one shape along a new axis.',
      zh: '沿新轴堆叠形状相同的数组。',
      value: ({ arrays, axis }, call) => {
        const all = arraysOf(call, arrays);
        const shape = all && stack(call, all, axis);
        return shape && array(call, shape);
      },
      eg: '[(2, 3), (2, 3)] -> (2, 2, 3)',
    },
    "meshgrid(xi: any*, *, indexing: str = 'xy', **) -> any": {
      en: 'Coordinate grids from vectors, one an axis.',
      zh: '由各轴的坐标向量生成网格。',
      value: ({ xi, indexing }, call) => (xi.kind === 'tuple' ? grids(call, xi.items, indexing) : undefined),
      eg: ['(2), (3) -> ((3, 2), (3, 2))', "(2), (3), indexing='ij' -> ((2, 3), (2, 3))"],
    },
    'outer(a: any, b: any) -> any': {
      en: 'All products of two vectors.',
      zh: '两个向量的外积。',
      value: ({ a, b }, call) => {
        const sizes = [a, b].map((v) => numel(arrayOf(call, v)?.shape ?? freshShape(call, 'the vector')));
        const known = sizes.filter((d) => d !== undefined);
        return known.length === 2
          ? array(call, shapeOf(...known), undefined)
          : giveUp(call, 'the vectors are not known');
      },
      eg: '(2), [1, 2, 3] -> (2, 3)',
    },
    'matmul(x1: any, x2: any, ...) -> any': {
      en: 'Matrix product.',
      zh: '矩阵乘法。',
      value: ({ x1, x2 }, call) => {
        const [left, right] = [arrayOf(call, x1), arrayOf(call, x2)];
        const shape = left && right && matmul(call, left, right);
        return shape && array(call, shape);
      },
      eg: '(2, 3), [[1], [2], [3]] -> (2, 1)',
    },
    'dot(a: any, b: any) -> any': {
      en: 'Matrix product; a number scales.',
      zh: '矩阵乘法；与数相乘则为缩放。',
      value: ({ a, b }, call) => {
        const [left, right] = [arrayOf(call, a), arrayOf(call, b)];
        if (!left || !right || left.shape.rest || right.shape.rest) return undefined;
        const [rank, other] = [left.shape.dims.length, right.shape.dims.length];
        if (rank === 0 || other === 0) return array(call, rank === 0 ? right.shape : left.shape);
        // Beyond matrices it pairs every matrix with every other, not one with one.
        if (rank > 2 || other > 2) return giveUp(call, 'more than matrices');
        const shape = matmul(call, left, right);
        return shape && array(call, shape);
      },
      eg: ['(2, 3), [[1], [2], [3]] -> (2, 1)', '(2, 3), 2 -> (2, 3)', '(2, 3), [1, 2, 3] -> (2)'],
    },
    'einsum(subscripts: str, operands: any*) -> any': {
      en: 'Sum of products over named axes.',
      zh: '爱因斯坦求和。',
      value: ({ subscripts, operands }, call) => {
        const all = arraysOf(call, operands);
        const shape = all && einsum(call, subscripts, all);
        return shape && array(call, shape);
      },
      eg: "'m,d->md', (2), (3) -> (2, 3)",
    },
    'reshape(a: any, shape/newshape: any, ...) -> any': {
      en: 'The same numbers in another shape.',
      zh: '改变形状，元素不变。',
      value: ({ a, shape }, call) => {
        const given = arrayOf(call, a);
        return given && reshaped(call, given, shape);
      },
      eg: ['(2, 6), [3, -1] -> (3, 4)', '(2, 6), newshape=[3, -1] -> (3, 4)'],
    },
    'tile(A: any, reps: any) -> any': {
      en: 'Repeats the array along each axis.',
      zh: '沿各轴重复数组。',
      value: ({ A, reps }, call) => {
        const given = arrayOf(call, A);
        const times = reps.kind === 'int' ? [reps.value] : sizesIn(reps);
        if (!given || !times || given.shape.rest) return giveUp(call, 'the array is not known');
        const rank = Math.max(times.length, given.shape.dims.length);
        const at = (sizes: readonly Dim[], i: number): Dim => sizes[i - rank + sizes.length] ?? 1;
        const dims = Array.from({ length: rank }, (_, i) => mul(at(given.shape.dims, i), at(times, i)));
        return tensor(call.lib, { dims }, typed(given));
      },
      eg: ['(3), 2 -> (6)', '(2, 3), [2, 1, 2] -> (2, 2, 6)'],
    },
    'transpose(a: any, axes: dims? = None) -> any': {
      en: 'Reorders axes; turned round where none are named.',
      zh: '维度重排；不给出顺序时全部反转。',
      value: ({ a, axes }, call) => {
        const given = arrayOf(call, a);
        return given && transposed(call, given, axes);
      },
      eg: ['(2, 3) -> (3, 2)', '(2, 3, 4), (0, 2, 1) -> (2, 4, 3)'],
    },
    'expand_dims(a: any, axis: dim) -> any': {
      en: 'Adds an axis of size 1.',
      zh: '增加一个大小为 1 的轴。',
      value: ({ a, axis }, call) => {
        const given = arrayOf(call, a);
        const at = given && position(call, given.shape, axis, 1, 'axis');
        return given && at !== undefined ? tensor(call.lib, inserted(given.shape, at, 1), typed(given)) : undefined;
      },
      eg: '(2, 3), 0 -> (1, 2, 3)',
    },
    'tril(m: any, k: number = 0) -> any': triangle('Keeps the lower triangle.', '保留下三角，其余置零。'),
    'triu(m: any, k: number = 0) -> any': triangle('Keeps the upper triangle.', '保留上三角，其余置零。'),
    'sin(x: any, ...) -> any': elementwise('Sine of each element.', '逐元素正弦。'),
    'cos(x: any, ...) -> any': elementwise('Cosine of each element.', '逐元素余弦。'),
    'tanh(x: any, ...) -> any': elementwise('Hyperbolic tangent of each element.', '逐元素双曲正切。'),
    'exp(x: any, ...) -> any': elementwise('Exponential of each element.', '逐元素指数。'),
    'abs(x: any, ...) -> any': elementwise('Absolute value of each element.', '逐元素绝对值。'),
    'round(x: any, ...) -> any': elementwise('Rounds each element, halves to even.', '逐元素取整，恰为一半时取偶数。'),
    'clip(x: any, ...) -> any': elementwise('Limits each element to a range.', '把各元素限制在给定范围内。'),
    'add(x1: any, x2: any, ...) -> any': pairwise('Adds element by element.', '逐元素相加。'),
    'subtract(x1: any, x2: any, ...) -> any': pairwise('Subtracts element by element.', '逐元素相减。'),
    'multiply(x1: any, x2: any, ...) -> any': pairwise('Multiplies element by element.', '逐元素相乘。'),
    'divide(x1: any, x2: any, ...) -> any': pairwise('Divides element by element.', '逐元素相除。'),
    'power(x1: any, x2: any, ...) -> any': pairwise('Raises element by element to a power.', '逐元素求幂。'),
    ...reductions,
  },
  { python: true, lib: 'numpy' },
);

/** NumPy's range is empty where PyTorch's refuses to run the wrong way. */
const goesBack = (from: Arg, to: Arg, step: Arg): boolean => {
  const [a, b, by] = [from, to, step].map((n) => (n.kind === 'int' || n.kind === 'float' ? n.value : undefined));
  return typeof a === 'number' && typeof b === 'number' && typeof by === 'number' && (b - a) * by < 0;
};

const zero: Arg = { kind: 'int', value: 0 };

/** Methods of NumPy's arrays. */
const methods = ops(
  'numpy.ndarray',
  {
    'reshape(input: Tensor, shape: any*, **) -> any': {
      en: 'The same numbers in another shape.',
      zh: '改变形状，元素不变。',
      value: ({ input, shape }, call) => reshaped(call, input, shape),
      eg: ['(2, 6), 3, 4 -> (3, 4)', '(2, 6), [3, -1] -> (3, 4)'],
    },
    'transpose(input: Tensor, axes: dims* = ()) -> any': {
      en: 'Reorders axes; turned round where none are named.',
      zh: '维度重排；不给出顺序时全部反转。',
      value: ({ input, axes }, call) => transposed(call, input, axes.length > 0 ? axes : null),
      eg: ['(2, 3, 4), 0, 2, 1 -> (2, 4, 3)', '(2, 3, 4) -> (4, 3, 2)'],
    },
    'astype(input: Tensor[*a], dtype: any, ...) -> any': {
      en: 'Converts the element type.',
      zh: '转换元素类型。',
      value: ({ input, dtype }, call) => array(call, input.shape, typeOf(dtype)),
      eg: '(2, 3), None -> (2, 3)',
    },
    'copy(input: Tensor[*a], ...) -> Tensor[*a]': {
      en: 'Copy of the array.',
      zh: '复制数组。',
      dtype: 'same',
      eg: '(2, 3) -> (2, 3)',
    },
    'flatten(input: Tensor, ...) -> any': {
      en: 'All elements in one axis.',
      zh: '展平为一维。',
      value: ({ input }, call) => reshaped(call, input, tuple([{ kind: 'int', value: -1 }])),
      aliases: ['numpy.ndarray.ravel'],
      eg: '(2, 3) -> (6)',
    },
    ...reductions,
  },
  { python: true, lib: 'numpy' },
);

/** NumPy, as far as model code uses it. */
export const numpyTables: readonly Table[] = [functions, methods];
