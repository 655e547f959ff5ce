import type { Dim } from '../../dims';
import { type Shape, shapeOf } from '../../shapes';
import type { Arg, DType, TensorArg } from '../arg';
import { type Call, freshShape, giveUp, holds, refuse, tensor } from '../call';
import { fault } from '../codes';
import { typeName } from '../convert';
import { ops } from '../rows';
import { needNotNegative } from '../rules/checks';
import { made, one, rangeSize, rangeType, shapeOfData, sized, triangle, typeOfData, zero } from '../rules/create';
import { elementwise } from '../rules/elementwise';
import { say } from '../rules/notes';
import { isTensor } from '../rules/values';
import { typed } from '../rules/view';

interface Sized {
  readonly size: readonly Dim[];
  readonly dtype: DType | undefined | null;
}

/** The entry of a constructor that takes a size. */
const filled = (en: string, zh: string) => ({
  en,
  zh,
  value: ({ size, dtype }: Sized, call: Call): Arg => made(call, sized(call, size), dtype, 'float32'),
  eg: ['2, 3 -> (2, 3)', '(2, 3) -> (2, 3)', '2, -1 -> !negative'],
});

/** Tensors of a given size. */
export const fills = ops('torch', {
  'zeros(size: ints*, *, dtype: dtype? = None, layout: any = None, device: any = None, pin_memory: bool? = False, requires_grad: bool = False) -> any':
    filled('Zeros of the given size.', '给定大小的全 0 张量。'),
  'ones(size: ints*, *, dtype: dtype? = None, layout: any = None, device: any = None, pin_memory: bool? = False, requires_grad: bool = False) -> any':
    filled('Ones of the given size.', '给定大小的全 1 张量。'),
  'empty(size: ints*, *, dtype: dtype? = None, layout: any = None, device: any = None, pin_memory: bool? = False, requires_grad: bool = False, memory_format: any = None) -> any':
    filled('Memory of the given size, not filled.', '给定大小的未初始化张量。'),
  'rand(size: ints*, *, dtype: dtype? = None, layout: any = None, device: any = None, pin_memory: bool? = False, requires_grad: bool = False, generator: any = None) -> any':
    filled('Uniform random numbers in [0, 1).', '[0, 1) 内均匀分布的随机数。'),
  'randn(size: ints*, *, dtype: dtype? = None, layout: any = None, device: any = None, pin_memory: bool? = False, requires_grad: bool = False, generator: any = None) -> any':
    filled('Standard normal random numbers.', '标准正态分布的随机数。'),
});

interface Like {
  readonly input: TensorArg;
  readonly dtype: DType | undefined | null;
}

/** The entry of a constructor that takes the shape of a tensor. */
const like = (en: string, zh: string, eg = '(2, 3) -> (2, 3)') => ({
  en,
  zh,
  value: ({ input, dtype }: Like, call: Call): Arg => {
    const type = dtype === null ? input.dtype : dtype;
    return tensor(call.lib, input.shape, {
      ...(type ? { dtype: type } : {}),
      ...(input.layout === 'contiguous' ? { layout: 'contiguous' } : {}),
      ...(input.origin === undefined ? {} : { origin: input.origin }),
    });
  },
  eg,
});

/** Tensors in the shape of another. */
export const likes = ops('torch', {
  'zeros_like(input: Tensor[*a], *, dtype: dtype? = None, layout: any = None, device: any = None, requires_grad: bool = False, pin_memory: bool? = False, memory_format: any = None) -> any':
    like('Zeros of another tensor’s shape.', '形状与给定张量相同的全 0 张量。'),
  'ones_like(input: Tensor[*a], *, dtype: dtype? = None, layout: any = None, device: any = None, requires_grad: bool = False, pin_memory: bool? = False, memory_format: any = None) -> any':
    like('Ones of another tensor’s shape.', '形状与给定张量相同的全 1 张量。'),
  'empty_like(input: Tensor[*a], *, dtype: dtype? = None, layout: any = None, device: any = None, requires_grad: bool = False, pin_memory: bool? = False, memory_format: any = None) -> any':
    like('Memory of another tensor’s shape, not filled.', '形状与给定张量相同的未初始化张量。'),
  'rand_like(input: Tensor[*a], *, dtype: dtype? = None, layout: any = None, device: any = None, requires_grad: bool = False, pin_memory: bool? = False, memory_format: any = None) -> any':
    like('Uniform random numbers in another tensor’s shape.', '形状与给定张量相同、[0, 1) 内均匀分布的随机数。'),
  'randn_like(input: Tensor[*a], *, dtype: dtype? = None, layout: any = None, device: any = None, requires_grad: bool = False, pin_memory: bool? = False, memory_format: any = None) -> any':
    like('Standard normal numbers in another tensor’s shape.', '形状与给定张量相同的标准正态随机数。'),
  'full_like(input: Tensor[*a], fill_value: number, *, dtype: dtype? = None, layout: any = None, device: any = None, requires_grad: bool = False, pin_memory: bool? = False, memory_format: any = None) -> any':
    like('One value in another tensor’s shape.', '形状与给定张量相同、以一个数填充的张量。', '(2, 3), 9 -> (2, 3)'),
  'randint_like(input: Tensor[*a], high: operand, *, dtype: dtype? = None, layout: any = None, device: any = None, requires_grad: bool = False, pin_memory: bool? = False, memory_format: any = None) -> any':
    like('Random integers in another tensor’s shape.', '形状与给定张量相同的随机整数。', '(2, 3), 9 -> (2, 3)'),
  'randint_like(input: Tensor[*a], low: int, high: int, *, dtype: dtype? = None, layout: any = None, device: any = None, requires_grad: bool = False, pin_memory: bool? = False, memory_format: any = None) -> any':
    {
      ...like('Random integers in another tensor’s shape.', '形状与给定张量相同的随机整数。', '(2, 3), 0, 9 -> (2, 3)'),
      check: ({ low, high }, call) => needRange(call, low, high),
    },
});

/** `x.new_zeros(2, 3)`: the element type of another tensor. */
export const news = ops('torch.Tensor', {
  'new(input: Tensor, data: any* = (), *, device: any = None) -> any': {
    en: 'Tensor of a given size, not filled, or from data, with this tensor’s element type.',
    zh: '给定大小的未初始化张量，或由数据创建，类型同本张量。',
    value: ({ input, data }, call) => {
      const shape = oldShape(call, data);
      return shape && tensor(call.lib, shape, input.dtype ? { dtype: input.dtype } : {});
    },
    eg: ['(4), 2, 3 -> (2, 3)', '(4), [1, 2] -> (2)', '(4) -> (0)'],
  },
  'new_zeros(input: Tensor, size: ints*, *, dtype: dtype? = None, device: any = None, requires_grad: bool = False, layout: any = None, pin_memory: bool = False) -> any':
    {
      en: 'Zeros of a given size with this tensor’s element type.',
      zh: '给定大小的全 0 张量，类型同本张量。',
      value: ({ input, size, dtype }, call) => made(call, sized(call, size), dtype, input.dtype),
      eg: '(2), 3, 4 -> (3, 4)',
    },
  'new_ones(input: Tensor, size: ints*, *, dtype: dtype? = None, device: any = None, requires_grad: bool = False, layout: any = None, pin_memory: bool = False) -> any':
    {
      en: 'Ones of a given size with this tensor’s element type.',
      zh: '给定大小的全 1 张量，类型同本张量。',
      value: ({ input, size, dtype }, call) => made(call, sized(call, size), dtype, input.dtype),
      eg: '(2), (3, 4) -> (3, 4)',
    },
  'new_empty(input: Tensor, size: ints*, *, dtype: dtype? = None, device: any = None, requires_grad: bool = False, layout: any = None, pin_memory: bool = False) -> any':
    {
      en: 'Memory of a given size with this tensor’s element type.',
      zh: '给定大小的未初始化张量，类型同本张量。',
      value: ({ input, size, dtype }, call) => made(call, sized(call, size), dtype, input.dtype),
      eg: '(2), 3 -> (3)',
    },
  'new_full(input: Tensor, size: ints, fill_value: number, *, dtype: dtype? = None, device: any = None, requires_grad: bool = False, layout: any = None, pin_memory: bool = False) -> any':
    {
      en: 'One value in a given size with this tensor’s element type.',
      zh: '给定大小、以一个数填充的张量，类型同本张量。',
      value: ({ input, size, dtype }, call) => made(call, sized(call, size), dtype, input.dtype),
      eg: '(2), (3, 4), 1 -> (3, 4)',
    },
  'new_tensor(input: Tensor, data: any, *, dtype: dtype? = None, device: any = None, requires_grad: bool = False, layout: any = None, pin_memory: bool = False) -> any':
    {
      en: 'Tensor from data with this tensor’s element type.',
      zh: '由数据创建张量，类型同本张量。',
      value: ({ input, data, dtype }, call) => {
        const shape = shapeOfData(call, data);
        return shape && made(call, shape, dtype, input.dtype);
      },
      eg: '(2), [1, 2, 3] -> (3)',
    },
});

const fromData = (call: Call, data: Arg, dtype: DType | undefined | null, otherwise?: DType): Arg | undefined => {
  const shape = shapeOfData(call, data);
  return shape && made(call, shape, dtype, otherwise ?? typeOfData(data));
};

/** Tensors from data. */
export const datas = ops('torch', {
  'tensor(data: any, *, dtype: dtype? = None, device: any = None, requires_grad: bool = False, pin_memory: bool = False) -> any':
    {
      en: 'Tensor from numbers or nested lists.',
      zh: '由数或嵌套列表创建张量。',
      value: ({ data, dtype }, call) => fromData(call, data, dtype),
      eg: [
        '[[1, 2], [3, 4]] -> (2, 2)',
        '3.5 -> ()',
        '[[1, 2], [3]] -> !sequence-ragged',
        '2, 3 -> !too-many-arguments',
      ],
    },
  'as_tensor(data: any, dtype: dtype? = None, device: any = None) -> any': {
    en: 'Tensor from data, without a copy where possible.',
    zh: '把数据转为张量，能不复制则不复制。',
    value: ({ data, dtype }, call) => fromData(call, data, dtype),
    aliases: ['torch.asarray'],
    eg: '[1, 2, 3] -> (3)',
  },
  'from_numpy(data: any) -> any': {
    en: 'Tensor that shares memory with a NumPy array.',
    zh: '与 NumPy 数组共享内存的张量。',
    value: ({ data }, call) => {
      if (data.kind === 'unknown' || data.kind === 'other')
        return tensor(call.lib, freshShape(call, 'a NumPy array that is not known'));
      if (data.kind === 'tensor' && data.lib === 'numpy') return tensor(call.lib, data.shape, typed(data));
      const wrong = { op: call.op, argument: 'data', expected: 'numpy.ndarray', found: typeName(data) };
      return refuse(call, fault('wrong-type', wrong, 'data'));
    },
    eg: '(2, 3) -> !wrong-type',
  },
  'scalar_tensor(s: number, *, dtype: dtype? = None, layout: any = None, device: any = None, pin_memory: bool? = None) -> any':
    {
      en: 'Tensor of one number.',
      zh: '单个数的张量。',
      value: ({ dtype }, call) => made(call, shapeOf(), dtype, 'float32'),
      eg: '2 -> ()',
    },
  'full(size: ints, fill_value: number, *, dtype: dtype? = None, layout: any = None, device: any = None, pin_memory: bool? = False, requires_grad: bool = False) -> any':
    {
      en: 'One value in a given size.',
      zh: '给定大小、以一个数填充的张量。',
      value: ({ size, fill_value, dtype }, call) => made(call, sized(call, size), dtype, typeOfData(fill_value)),
      eg: ['(2, 3), 1.0 -> (2, 3)', '(2, -1), 0 -> !negative'],
    },
  'eye(n: int, *, dtype: dtype? = None, layout: any = None, device: any = None, pin_memory: bool? = False, requires_grad: bool = False) -> any':
    {
      en: 'Identity matrix.',
      zh: '单位矩阵。',
      value: ({ n, dtype }, call) => made(call, sized(call, [n, n]), dtype, 'float32'),
      eg: ['3 -> (3, 3)', '-1 -> !negative'],
    },
  'eye(n: int, m: int, *, dtype: dtype? = None, layout: any = None, device: any = None, pin_memory: bool? = False, requires_grad: bool = False) -> any':
    {
      en: 'Identity matrix, perhaps not square.',
      zh: '单位矩阵，可以不是方阵。',
      value: ({ n, m, dtype }, call) => made(call, sized(call, [n, m]), dtype, 'float32'),
      eg: '3, 4 -> (3, 4)',
    },
  'randperm(n: int, *, generator: any = None, dtype: dtype? = None, layout: any = None, device: any = None, requires_grad: bool = False, pin_memory: bool? = False) -> any':
    {
      en: 'The numbers 0 to n − 1 in random order.',
      zh: '0 到 n − 1 的随机排列。',
      value: ({ n, dtype }, call) => made(call, sized(call, [n]), dtype, 'int64'),
      eg: ['5 -> (5)', '-1 -> !negative'],
    },
  'randint(high: int, size: ints, *, generator: any = None, dtype: dtype? = None, layout: any = None, device: any = None, requires_grad: bool = False, pin_memory: bool? = False) -> any':
    {
      en: 'Random integers below a bound.',
      zh: '小于给定上界的随机整数。',
      check: ({ high }, call) => needRange(call, 0, high),
      value: ({ size, dtype }, call) => made(call, sized(call, size), dtype, 'int64'),
      eg: ['9, (2, 3) -> (2, 3)', '0, (2, 3) -> !value-range'],
    },
  'randint(low: int, high: int, size: ints, *, generator: any = None, dtype: dtype? = None, layout: any = None, device: any = None, requires_grad: bool = False, pin_memory: bool? = False) -> any':
    {
      en: 'Random integers between two bounds.',
      zh: '给定范围内的随机整数。',
      check: ({ low, high }, call) => needRange(call, low, high),
      value: ({ size, dtype }, call) => made(call, sized(call, size), dtype, 'int64'),
      eg: ['0, 9, (2, 3) -> (2, 3)', '9, 9, (2, 3) -> !value-range'],
    },
  'normal(mean: number, std: number, size: ints, *, generator: any = None, dtype: dtype? = None, layout: any = None, device: any = None, pin_memory: bool? = False, requires_grad: bool = False) -> any':
    {
      en: 'Normal random numbers of a given size.',
      zh: '给定大小的正态随机数。',
      value: ({ size, dtype }, call) => made(call, sized(call, size), dtype, 'float32'),
      eg: '0.0, 1.0, (2, 3) -> (2, 3)',
    },
  'normal(mean: operand, std: operand = 1.0, *, generator: any = None) -> any': {
    en: 'Normal random numbers around given means.',
    zh: '以给定均值（标准差）抽取正态随机数。',
    value: ({ mean, std }, call) => {
      const parts = [mean, std].filter(isTensor);
      return parts.length > 0 ? elementwise(call, parts) : undefined;
    },
    eg: '(2, 3), 1.0 -> (2, 3)',
  },
  'tril_indices(row: int, col: int, offset: int = 0, *, dtype: dtype? = None, device: any = None, layout: any = None) -> any':
    {
      en: 'Places of the lower triangle.',
      zh: '下三角元素的位置。',
      check: ({ row, col }, call) => needNotNegative(call, 'size', [row, col]),
      value: ({ row, col, offset }, call) => made(call, shapeOf(2, triangle(call, row, col, offset, true)), 'int64'),
      eg: '3, 3 -> (2, 6)',
    },
  'triu_indices(row: int, col: int, offset: int = 0, *, dtype: dtype? = None, device: any = None, layout: any = None) -> any':
    {
      en: 'Places of the upper triangle.',
      zh: '上三角元素的位置。',
      check: ({ row, col }, call) => needNotNegative(call, 'size', [row, col]),
      value: ({ row, col, offset }, call) => made(call, shapeOf(2, triangle(call, row, col, offset, false)), 'int64'),
      eg: '3, 3, 1 -> (2, 3)',
    },
});

/** There must be a number to draw: the lower bound is one, the upper is not. */
const needRange = (call: Call, low: Dim, high: Dim): void => {
  const data = { op: call.op, argument: 'high', low: `${say(low)} + 1`, high: '2⁶³', found: say(high) };
  if (holds(call, { kind: 'lt', left: low, right: high }) === false) refuse(call, fault('value-range', data, 'high'));
};

interface Range {
  readonly start?: Arg;
  readonly end: Arg;
  readonly step?: Arg;
  readonly dtype: DType | undefined | null;
}

/** The entry of a range: `⌈(end − start)/step⌉` numbers. */
const range = (eg: string | readonly string[]) => ({
  en: 'Numbers at equal steps, the end left out.',
  zh: '等间隔的数列，不含终点。',
  formula: '⌈(end − start)/step⌉ numbers',
  value: ({ start = zero, end, step = one, dtype }: Range, call: Call): Arg => {
    const [from, to, by] = [counted(start), counted(end), counted(step)];
    return made(call, shapeOf(rangeSize(call, from, to, by)), dtype, rangeType([from, to, by]));
  },
  eg,
});

/** A number in a tensor of one, as that number. */
const counted = (arg: Arg): Arg =>
  arg.kind === 'tensor' && arg.shape.dims.length === 0 && !arg.shape.rest ? (arg.elements?.[0] ?? arg) : arg;

interface Steps {
  readonly steps: Dim;
  readonly dtype: DType | undefined | null;
}

const spaced = (en: string, zh: string) => ({
  en,
  zh,
  value: ({ steps, dtype }: Steps, call: Call): Arg => made(call, sized(call, [steps]), dtype, 'float32'),
  eg: ['0, 1, 5 -> (5)', '0, 1, -5 -> !negative'],
});

/** Numbers at equal steps. */
export const ranges = ops('torch', {
  'arange(end: number, *, dtype: dtype? = None, layout: any = None, device: any = None, pin_memory: bool? = False, requires_grad: bool = False) -> any':
    range('5 -> (5)'),
  'arange(start: number, end: number, step: number = 1, *, dtype: dtype? = None, layout: any = None, device: any = None, pin_memory: bool? = False, requires_grad: bool = False) -> any':
    range(['1, 10, 2 -> (5)', '0, 1, 0.25 -> (4)', '5, 0 -> !arange-direction']),
  'linspace(start: operand, end: operand, steps: int, *, dtype: dtype? = None, layout: any = None, device: any = None, pin_memory: bool? = False, requires_grad: bool = False) -> any':
    spaced('So many numbers at equal steps, both ends included.', '给定个数的等间隔数列，含两端。'),
  'logspace(start: operand, end: operand, steps: int, base: number = 10.0, *, dtype: dtype? = None, layout: any = None, device: any = None, pin_memory: bool? = False, requires_grad: bool = False) -> any':
    spaced('Powers at equal steps of the exponent.', '指数等间隔的数列。'),
});

interface Window {
  readonly window_length: Dim;
  readonly dtype: DType | undefined | null;
}

const window = {
  en: 'Window for signal processing.',
  zh: '信号处理用的窗函数。',
  value: ({ window_length, dtype }: Window, call: Call): Arg =>
    made(call, sized(call, [window_length]), dtype, 'float32'),
  eg: '8 -> (8)',
};

/** Windows for signal processing. */
export const windows = ops('torch', {
  'hann_window(window_length: int, periodic: bool = True, *, dtype: dtype? = None, layout: any = None, device: any = None, pin_memory: bool? = False, requires_grad: bool = False) -> any':
    window,
  'hamming_window(window_length: int, periodic: bool = True, alpha: float = 0.54, beta: float = 0.46, *, dtype: dtype? = None, layout: any = None, device: any = None, pin_memory: bool? = False, requires_grad: bool = False) -> any':
    window,
  'blackman_window(window_length: int, periodic: bool = True, *, dtype: dtype? = None, layout: any = None, device: any = None, pin_memory: bool? = False, requires_grad: bool = False) -> any':
    window,
  'bartlett_window(window_length: int, periodic: bool = True, *, dtype: dtype? = None, layout: any = None, device: any = None, pin_memory: bool? = False, requires_grad: bool = False) -> any':
    window,
  'kaiser_window(window_length: int, periodic: bool = True, beta: float = 12.0, *, dtype: dtype? = None, layout: any = None, device: any = None, pin_memory: bool? = False, requires_grad: bool = False) -> any':
    window,
});

/** `torch.Tensor(2, 3)` is memory of that size, `torch.Tensor([1, 2])` its data. */
const oldStyle = (dtype: DType) => ({
  en: 'Tensor of a given size, not filled, or from data.',
  zh: '给定大小的未初始化张量，或由数据创建。',
  value: ({ data }: { readonly data: Arg }, call: Call): Arg | undefined => {
    const shape = oldShape(call, data);
    return shape && made(call, shape, dtype);
  },
  eg: ['2, 3 -> (2, 3)', '[1, 2] -> (2)', ' -> (0)'],
});

const oldShape = (call: Call, data: Arg): Shape | undefined => {
  if (data.kind !== 'tuple' || data.items.length === 0)
    return data.kind === 'tuple' ? shapeOf(0) : shapeOfData(call, data);
  const [first] = data.items;
  if (data.items.length === 1 && first && first.kind !== 'int') return shapeOfData(call, first);
  const sizes: Dim[] = [];
  for (const item of data.items) {
    if (item.kind !== 'int') return giveUp(call, 'the sizes are not known');
    sizes.push(item.value);
  }
  return sized(call, sizes);
};

/** Old constructors. */
export const oldConstructors = ops('torch', {
  'Tensor(data: any* = (), *, device: any = None) -> any': oldStyle('float32'),
  'FloatTensor(data: any* = (), *, device: any = None) -> any': oldStyle('float32'),
  'DoubleTensor(data: any* = (), *, device: any = None) -> any': oldStyle('float64'),
  'HalfTensor(data: any* = (), *, device: any = None) -> any': oldStyle('float16'),
  'LongTensor(data: any* = (), *, device: any = None) -> any': oldStyle('int64'),
  'IntTensor(data: any* = (), *, device: any = None) -> any': oldStyle('int32'),
  'ShortTensor(data: any* = (), *, device: any = None) -> any': oldStyle('int16'),
  'ByteTensor(data: any* = (), *, device: any = None) -> any': oldStyle('uint8'),
  'CharTensor(data: any* = (), *, device: any = None) -> any': oldStyle('int8'),
  'BoolTensor(data: any* = (), *, device: any = None) -> any': oldStyle('bool'),
});
