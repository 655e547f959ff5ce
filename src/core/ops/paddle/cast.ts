import type { Dim } from '../../dims';
import { numel, type Shape, shapeOf } from '../../shapes';
import type { Arg, DType, NumberArg, TensorArg } from '../arg';
import { broadcastAll, type Call, need, refuse, tensor } from '../call';
import { fault } from '../codes';
import { dtypeNamed } from '../constants';
import { isComplex, isFloat, isInteger } from '../dtypes';
import { keepShape, ops } from '../rows';
import { bool, int, none, sizesIn } from '../rules/values';
import { typeQueries } from '../torch/cast';
import { borrow } from './borrow';

const paddle = { lib: 'paddle', python: true } as const;

/** The tensor with another element type: the same shape, memory and origin. */
const retyped = (x: TensorArg, dtype: DType | undefined): TensorArg => {
  const { dtype: _, ...rest } = x;
  return dtype === undefined ? rest : { ...rest, dtype };
};

interface One {
  readonly x: TensorArg;
}

const cast = (en: string, zh: string, dtype: DType) => ({
  en,
  zh,
  value: ({ x }: One): Arg => retyped(x, dtype),
  eg: '(2, 3) -> (2, 3)',
});

const moved = (en: string, zh: string) => ({ en, zh, value: ({ x }: One): Arg => x, eg: '(2, 3) -> (2, 3)' });

/** The element type that one of several arguments names; the tensor's own where none does. */
const typeAmong = (args: readonly Arg[], x: TensorArg): DType | undefined => {
  for (const arg of args) {
    if (arg.kind === 'dtype') return arg.name;
    if (arg.kind === 'tensor') return arg.dtype;
    if (arg.kind === 'unknown' || arg.kind === 'other' || arg.kind === 'callable') return undefined;
    const named = arg.kind === 'str' ? dtypeNamed(arg.value) : undefined;
    if (named) return named;
  }
  return x.dtype;
};

/** Other element types. */
export const casts = ops(
  'paddle paddle.Tensor paddle.tensor',
  {
    'cast(x: Tensor, dtype: dtype) -> any': {
      en: 'The tensor with another element type.',
      zh: '转换数据类型。',
      inplace: 'becomes',
      value: ({ x, dtype }) => retyped(x, dtype),
      eg: ["(2, 3), 'float64' -> (2, 3)", '(2, 3) -> !missing-argument'],
    },
  },
  paddle,
);

/** Methods that give other element types and devices; shape and origin stay. */
export const castMethods = ops(
  'paddle.Tensor',
  {
    'astype(x: Tensor, dtype: dtype) -> any': {
      en: 'The tensor with another element type.',
      zh: '转换数据类型。',
      value: ({ x, dtype }) => retyped(x, dtype),
      eg: ["(2, 3), 'float64' -> (2, 3)", '(2, 3), int64 -> (2, 3)'],
    },
    'to(x: Tensor, device: any = None, dtype: any = None, blocking: any = None, ...) -> any': {
      en: 'The tensor on another device or with another element type.',
      zh: '转到另一设备或另一数据类型。',
      value: ({ x, device, dtype }) => retyped(x, typeAmong([dtype, device], x)),
      eg: ["(2, 3), 'float64' -> (2, 3)", "(2, 3), 'cpu' -> (2, 3)", '(2, 3), dtype=int64 -> (2, 3)'],
    },
    'type_as(x: Tensor, tensor/other: any) -> any': {
      en: 'The tensor with another tensor’s element type.',
      zh: '转成另一个张量的数据类型。',
      value: ({ x, tensor: other }) => retyped(x, other.kind === 'tensor' ? other.dtype : undefined),
      eg: '(2, 3), (4) -> (2, 3)',
    },
    'float(x: Tensor) -> any': cast('In single precision.', '转为单精度浮点。', 'float32'),
    'double(x: Tensor) -> any': cast('In double precision.', '转为双精度浮点。', 'float64'),
    'half(x: Tensor) -> any': cast('In half precision.', '转为半精度浮点。', 'float16'),
    'bfloat16(x: Tensor) -> any': cast('In bfloat16.', '转为 bfloat16。', 'bfloat16'),
    'long(x: Tensor) -> any': cast('As 64-bit integers.', '转为 64 位整数。', 'int64'),
    'int(x: Tensor) -> any': cast('As 32-bit integers.', '转为 32 位整数。', 'int32'),
    'short(x: Tensor) -> any': cast('As 16-bit integers.', '转为 16 位整数。', 'int16'),
    'bool(x: Tensor) -> any': cast('As true and false.', '转为布尔值。', 'bool'),
    'cpu(x: Tensor) -> any': moved('The tensor in main memory.', '移到内存（CPU）。'),
    'cuda(x: Tensor, device_id: any = None, blocking: bool = True) -> any': moved(
      'The tensor on the GPU.',
      '移到 GPU。',
    ),
    'pin_memory(x: Tensor, ...) -> any': moved('The tensor in pinned memory.', '放入锁页内存。'),
    'contiguous(x: Tensor, **) -> any': {
      en: 'Lays the elements row by row in memory.',
      zh: '让元素在内存中按行连续存放。',
      value: ({ x }) => ({ ...x, layout: 'contiguous' }),
      eg: '(2, 3) -> (2, 3)',
    },
    'value(x: Tensor) -> any': moved('The tensor itself.', '张量本身。'),
    'coalesce(x: Tensor) -> any': moved('Joins repeated entries of a sparse tensor.', '合并稀疏张量的重复项。'),
    'is_contiguous(x: Tensor, **) -> any': {
      en: 'Whether the elements lie row by row.',
      zh: '元素是否按行连续存放。',
      value: ({ x }) => (x.layout === 'contiguous' ? bool(true) : undefined),
      eg: '(2, 3) -> True',
    },
    'dim(x: Tensor) -> any': {
      en: 'The number of axes.',
      zh: '维数。',
      value: ({ x }) => (x.shape.rest ? undefined : int(x.shape.dims.length)),
      aliases: ['paddle.Tensor.ndimension'],
      eg: '(2, 3) -> 2',
    },
  },
  paddle,
);

/** Ops in place that fill; the shape stays. */
export const fillings = keepShape(
  'paddle.Tensor',
  {
    'zero_(x: Tensor[*a])': ['Fills with zeros in place.', '原地置零。', { dtype: 'same' }],
    'fill_(x: Tensor[*a], value: operand)': [
      'Fills with a number in place.',
      '原地以一个数填充。',
      { dtype: 'same', eg: '(2, 3), 0 -> (2, 3)' },
    ],
    'uniform_(x: Tensor[*a], min: float = 0.0, max: float = 1.0, seed: int = 0)': [
      'Fills with uniform random numbers in place.',
      '原地以均匀分布随机数填充。',
      { dtype: 'same' },
    ],
    'normal_(x: Tensor[*a], mean: float = 0.0, std: float = 1.0)': [
      'Fills with normal random numbers in place.',
      '原地以正态随机数填充。',
      { dtype: 'same' },
    ],
    'exponential_(x: Tensor[*a], lam: float = 1.0)': [
      'Fills with exponential random numbers in place.',
      '原地以指数分布随机数填充。',
      { dtype: 'same' },
    ],
    'fill_diagonal_(x: Tensor[*a], value: number, offset: int = 0, wrap: bool = False)': [
      'Fills the diagonal in place.',
      '原地填充对角线。',
      { dtype: 'same', eg: '(3, 3), 0 -> (3, 3)' },
    ],
  },
  paddle,
);

/** Ops in place that take the elements of another tensor. */
export const overwritings = ops(
  'paddle.Tensor',
  {
    'copy_(x: Tensor, other: Tensor, blocking: bool = True) -> any': {
      en: 'Takes over another tensor’s elements, and its shape.',
      zh: '取用另一个张量的元素，连同其形状。',
      value: ({ x, other }, call) => tensor(call.lib, other.shape, x.dtype ? { dtype: x.dtype } : {}),
      eg: '(2, 3), (3) -> (3)',
    },
  },
  paddle,
);

/** The values of a parameter, which keeps its shape. */
export const settings = ops(
  'paddle.Tensor',
  {
    'set_value(x: Tensor, value: operand) -> any': {
      en: 'Puts other values in, of exactly this shape.',
      zh: '写入新的数值，形状必须完全相同。',
      value: ({ x, value }, call) => {
        if (value.kind === 'tensor') needShape(call, x.shape, value.shape);
        return none;
      },
      eg: ['(2, 3), (2, 3) -> None', '(2, 3), (3, 2) -> !shape-mismatch'],
    },
  },
  paddle,
);

const needShape = (call: Call, left: Shape, right: Shape): void => {
  if (left.rest || right.rest) return;
  const clash = fault('shape-mismatch', { op: call.op, left, right }, 'value');
  if (left.dims.length !== right.dims.length) refuse(call, clash);
  else
    left.dims.forEach((d, i) => {
      need(call, { kind: 'eq', left: d, right: right.dims[i] ?? d }, clash);
    });
};

/** What a tensor says of itself. */
export const queries = ops(
  'paddle paddle.Tensor paddle.tensor',
  {
    'numel(x: Tensor) -> any': {
      en: 'The number of elements, as a tensor of one number.',
      zh: '元素个数，结果是单个数的张量。',
      value: ({ x }, call) => numbered(call, 'int64', numel(x.shape)),
      eg: '(2, 3) -> ()',
    },
    'rank(input: Tensor) -> any': {
      en: 'The number of axes, as a tensor of one number.',
      zh: '维数，结果是单个数的张量。',
      value: ({ input }, call) => numbered(call, 'int32', input.shape.rest ? undefined : input.shape.dims.length),
      eg: '(2, 3) -> ()',
    },
    'is_floating_point(x: Tensor) -> any': {
      en: 'Whether the elements are floating-point numbers.',
      zh: '元素是否为浮点数。',
      value: ({ x }) => (x.dtype ? bool(isFloat(x.dtype)) : undefined),
      eg: '(2, 3) -> True',
    },
    'is_complex(x: Tensor) -> any': {
      en: 'Whether the elements are complex numbers.',
      zh: '元素是否为复数。',
      value: ({ x }) => (x.dtype ? bool(isComplex(x.dtype)) : undefined),
      eg: '(2, 3) -> False',
    },
    'is_integer(x: Tensor) -> any': {
      en: 'Whether the elements are whole numbers.',
      zh: '元素是否为整数。',
      value: ({ x }) => (x.dtype ? bool(isInteger(x.dtype)) : undefined),
      eg: '(2, 3) -> False',
    },
    'item(x: Tensor, index: any* = ()) -> any': {
      en: 'The only number of the tensor, or the one at a place.',
      zh: '取出张量中唯一的数，或指定位置的数。',
      value: ({ x, index }, call) => {
        const many = x.shape.dims.find((d) => typeof d === 'number' && d > 1);
        if (many !== undefined && index.kind === 'tuple' && index.items.length === 0)
          return refuse(call, fault('item-count', { op: call.op, shape: x.shape }, 'x'));
        if (x.dtype !== undefined && isFloat(x.dtype)) return { kind: 'float' };
        return x.dtype?.startsWith('int') ? int(call.cx.unknownSize('value of a tensor')) : undefined;
      },
      eg: ['() -> float', '(2) -> !item-count', '():int64 -> ?'],
    },
    'broadcast_shape(x_shape: any, y_shape: any) -> any': {
      en: 'The shape that two shapes broadcast to.',
      zh: '两个形状广播后的形状。',
      value: ({ x_shape, y_shape }, call) => {
        const [a, b] = [sizesIn(x_shape), sizesIn(y_shape)];
        if (!a || !b || [...a, ...b].some((d) => typeof d === 'number' && d < 0)) return undefined;
        const shape = broadcastAll(call, [{ dims: a }, { dims: b }], (left, right) =>
          fault('broadcast-mismatch', { op: call.op, left, right }, 'x_shape', 'y_shape'),
        );
        return shape && { kind: 'sequence', items: shape.dims.map(int) };
      },
      aliases: ['paddle.broadcast_shapes'],
      eg: '[2, 1], [3] -> (2, 3)',
    },
  },
  paddle,
);

/** Rows that differ from PyTorch's by nothing. */
export const typeLimits = borrow('paddle', typeQueries, 'finfo iinfo');

/** Sizes as tensors, for code that is also run as a static graph. */
export const shapes = ops(
  'paddle paddle.tensor',
  {
    'shape(input: Tensor) -> any': {
      en: 'The sizes of all axes, as a tensor.',
      zh: '各轴的大小，结果是张量。',
      value: ({ input }, call) =>
        input.shape.rest
          ? undefined
          : tensor(call.lib, shapeOf(input.shape.dims.length), {
              dtype: 'int64',
              layout: 'contiguous',
              elements: numbersOf(input.shape.dims),
            }),
      eg: '(2, 3) -> (2)',
    },
  },
  paddle,
);

const numbersOf = (sizes: readonly Dim[]): readonly NumberArg[] => sizes.map((value) => ({ kind: 'int', value }));

/** A tensor of one number that is known. */
const numbered = (call: Call, dtype: DType, number: Dim | undefined): Arg =>
  tensor(call.lib, shapeOf(), {
    dtype,
    layout: 'contiguous',
    ...(number === undefined ? {} : { elements: numbersOf([number]) }),
  });
