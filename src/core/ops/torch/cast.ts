import { shapeOf } from '../../shapes';
import type { Arg, DType, TensorArg } from '../arg';
import { type Call, fresh, needFits, refuse, tensor } from '../call';
import { fault } from '../codes';
import { isComplex, isFloat, promote } from '../dtypes';
import { keepShape, ops } from '../rows';
import { needSingle } from '../rules/checks';
import { needFractions } from '../rules/rnn';
import { bool, int } from '../rules/values';
import { typed } from '../rules/view';

/** The tensor with another element type: the same shape, memory and origin. */
const retyped = (input: TensorArg, dtype: DType | undefined): TensorArg => {
  const { dtype: _, ...rest } = input;
  return dtype === undefined ? rest : { ...rest, dtype };
};

const cast = (en: string, zh: string, dtype: DType) => ({
  en,
  zh,
  value: ({ input }: { readonly input: TensorArg }): Arg => retyped(input, dtype),
  eg: '(2, 3) -> (2, 3)',
});

const moved = (en: string, zh: string) => ({
  en,
  zh,
  value: ({ input }: { readonly input: TensorArg }): Arg => input,
  eg: '(2, 3) -> (2, 3)',
});

/** What `to` and `type` are told, among their arguments. */
const typeAmong = (args: readonly Arg[], input: TensorArg): DType | undefined => {
  for (const arg of args) {
    if (arg.kind === 'dtype') return arg.name;
    if (arg.kind === 'tensor') return arg.dtype;
    if (arg.kind === 'unknown' || arg.kind === 'other') return undefined;
  }
  return input.dtype;
};

/** Other element types and devices; shape and origin stay. */
export const casts = ops('torch.Tensor', {
  'to(input: Tensor, other: any = None, dtype: any = None, non_blocking: any = False, copy: bool = False, *, device: any = None, memory_format: any = None) -> any':
    {
      en: 'The tensor on another device or with another element type.',
      zh: '转到另一设备或另一数据类型。',
      value: ({ input, other, dtype, device }) => {
        if (other.kind === 'float' || other.kind === 'sequence') return undefined;
        return retyped(input, typeAmong([other, dtype, device.kind === 'unknown' ? { kind: 'none' } : device], input));
      },
      eg: ['(2, 3), float64 -> (2, 3)', "(2, 3), 'cuda' -> (2, 3)"],
    },
  'type(input: Tensor, dtype: any = None, non_blocking: bool = False) -> any': {
    en: 'The tensor with another element type.',
    zh: '转换数据类型。',
    value: ({ input, dtype }) =>
      dtype.kind === 'none' ? undefined : retyped(input, dtype.kind === 'dtype' ? dtype.name : undefined),
    eg: '(2, 3), float64 -> (2, 3)',
  },
  'type_as(input: Tensor, other: Tensor) -> any': {
    en: 'The tensor with another tensor’s element type.',
    zh: '转成另一个张量的数据类型。',
    value: ({ input, other }) => retyped(input, other.dtype),
    eg: '(2, 3), (4) -> (2, 3)',
  },
  'float(input: Tensor, *, memory_format: any = None) -> any': cast(
    'In single precision.',
    '转为单精度浮点。',
    'float32',
  ),
  'double(input: Tensor, *, memory_format: any = None) -> any': cast(
    'In double precision.',
    '转为双精度浮点。',
    'float64',
  ),
  'half(input: Tensor, *, memory_format: any = None) -> any': cast('In half precision.', '转为半精度浮点。', 'float16'),
  'bfloat16(input: Tensor, *, memory_format: any = None) -> any': cast('In bfloat16.', '转为 bfloat16。', 'bfloat16'),
  'long(input: Tensor, *, memory_format: any = None) -> any': cast('As 64-bit integers.', '转为 64 位整数。', 'int64'),
  'int(input: Tensor, *, memory_format: any = None) -> any': cast('As 32-bit integers.', '转为 32 位整数。', 'int32'),
  'short(input: Tensor, *, memory_format: any = None) -> any': cast('As 16-bit integers.', '转为 16 位整数。', 'int16'),
  'byte(input: Tensor, *, memory_format: any = None) -> any': cast('As bytes.', '转为 8 位无符号整数。', 'uint8'),
  'char(input: Tensor, *, memory_format: any = None) -> any': cast('As 8-bit integers.', '转为 8 位整数。', 'int8'),
  'bool(input: Tensor, *, memory_format: any = None) -> any': cast('As true and false.', '转为布尔值。', 'bool'),
  'cfloat(input: Tensor, *, memory_format: any = None) -> any': cast('As complex numbers.', '转为复数。', 'complex64'),
  'cdouble(input: Tensor, *, memory_format: any = None) -> any': cast(
    'As complex numbers in double precision.',
    '转为双精度复数。',
    'complex128',
  ),
  'cpu(input: Tensor, memory_format: any = None) -> any': moved('The tensor in main memory.', '移到内存（CPU）。'),
  'cuda(input: Tensor, device: any = None, non_blocking: bool = False, memory_format: any = None) -> any': moved(
    'The tensor on the GPU.',
    '移到 GPU。',
  ),
  'xpu(input: Tensor, device: any = None, non_blocking: bool = False, memory_format: any = None) -> any': moved(
    'The tensor on the XPU.',
    '移到 XPU。',
  ),
  'pin_memory(input: Tensor, device: any = None) -> any': moved('The tensor in pinned memory.', '放入锁页内存。'),
  'share_memory_(input: Tensor) -> any': moved('The tensor in shared memory.', '放入共享内存。'),
  'requires_grad_(input: Tensor, requires_grad: bool = True) -> any': {
    ...moved('Records gradients from here.', '开始记录梯度。'),
    check: ({ input, requires_grad }, call) => {
      if (requires_grad) needFractions(call, input);
    },
  },
  'detach_(input: Tensor) -> any': moved('Cuts the tensor from the gradient in place.', '原地从计算图中分离。'),
  'coalesce(input: Tensor) -> any': moved('Joins repeated entries of a sparse tensor.', '合并稀疏张量的重复项。'),
  'to_dense(input: Tensor, dtype: any = None, *, masked_grad: any = None) -> any': moved(
    'As a dense tensor.',
    '转为稠密张量。',
  ),
  'to_sparse(input: Tensor[*a], sparse_dim: any = None, *, layout: any = None, blocksize: any = None, dense_dim: any = None) -> Tensor[*a]':
    { en: 'As a sparse tensor.', zh: '转为稀疏张量。', dtype: 'same', layout: 'unknown', eg: '(2, 3) -> (2, 3)' },
  'is_floating_point(input: Tensor) -> any': {
    en: 'Whether the elements are floating-point numbers.',
    zh: '元素是否为浮点数。',
    value: ({ input }) => (input.dtype ? bool(isFloat(input.dtype)) : undefined),
    aliases: ['torch.is_floating_point'],
    eg: '(2, 3) -> True',
  },
  'is_complex(input: Tensor) -> any': {
    en: 'Whether the elements are complex numbers.',
    zh: '元素是否为复数。',
    value: ({ input }) => (input.dtype ? bool(isComplex(input.dtype)) : undefined),
    aliases: ['torch.is_complex'],
    eg: '(2, 3) -> False',
  },
  'is_signed(input: Tensor) -> any': {
    en: 'Whether the elements have a sign.',
    zh: '元素是否有符号。',
    value: ({ input }) => (input.dtype ? bool(input.dtype !== 'uint8' && input.dtype !== 'bool') : undefined),
    eg: '(2, 3) -> True',
  },
  'storage_offset(input: Tensor) -> any': {
    en: 'Where the tensor begins in its memory.',
    zh: '张量在存储中的起始偏移。',
    value: (_, call) => int(call.cx.unknownSize('offset in memory')),
    eg: '(2, 3) -> ?',
  },
});

interface Bounds {
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/** Ops in place that fill or overwrite; the shape stays. */
export const fillings = keepShape('torch.Tensor', {
  zero_: ['Fills with zeros in place.', '原地置零。', { dtype: 'same' }],
  'uniform_(input: Tensor[*a], from: float = 0, to: float = 1, *, generator: any = None)': [
    'Fills with uniform random numbers in place.',
    '原地以均匀分布随机数填充。',
    {
      needs: 'float',
      dtype: 'same',
      check: ({ from, to }: Bounds, call: Call) => {
        if (from !== undefined && to !== undefined && from > to)
          refuse(
            call,
            fault('value-range', { op: call.op, argument: 'to', low: `${from}`, high: '∞', found: `${to}` }, 'to'),
          );
      },
    },
  ],
  'normal_(input: Tensor[*a], mean: float = 0, std: float = 1, *, generator: any = None)': [
    'Fills with normal random numbers in place.',
    '原地以正态随机数填充。',
    { needs: 'float', dtype: 'same' },
  ],
  'log_normal_(input: Tensor[*a], mean: float = 1, std: float = 2, *, generator: any = None)': [
    'Fills with log-normal random numbers in place.',
    '原地以对数正态随机数填充。',
    { needs: 'real float', dtype: 'same' },
  ],
  'exponential_(input: Tensor[*a], lambd: float = 1, *, generator: any = None)': [
    'Fills with exponential random numbers in place.',
    '原地以指数分布随机数填充。',
    { needs: 'real float', dtype: 'same' },
  ],
  'geometric_(input: Tensor[*a], p: float, *, generator: any = None)': [
    'Fills with geometric random numbers in place.',
    '原地以几何分布随机数填充。',
    { dtype: 'same', eg: '(2, 3), 0.5 -> (2, 3)' },
  ],
  'cauchy_(input: Tensor[*a], median: float = 0, sigma: float = 1, *, generator: any = None)': [
    'Fills with Cauchy random numbers in place.',
    '原地以柯西分布随机数填充。',
    { needs: 'real float', dtype: 'same' },
  ],
  'random_(input: Tensor[*a], from: int = 0, to: int? = None, *, generator: any = None)': [
    'Fills with random integers in place.',
    '原地以随机整数填充。',
    { dtype: 'same' },
  ],
});

/** Ops in place that take another tensor. */
export const overwritings = ops('torch.Tensor', {
  'fill_(input: Tensor[*a], value: operand) -> Tensor[*a]': {
    en: 'Fills with a number in place.',
    zh: '原地以一个数填充。',
    dtype: 'unknown',
    check: ({ value }, call) => needSingle(call, value, 'value'),
    eg: ['(2, 3), 0 -> (2, 3)', '(2, 3), (4) -> !rank-mismatch'],
  },
  'copy_(input: Tensor[*a], src: Tensor, non_blocking: bool = False) -> Tensor[*a]': {
    en: 'Copies another tensor’s elements into this one.',
    zh: '把另一个张量的元素复制进来。',
    dtype: 'unknown',
    check: ({ input, src }, call) => needFit(call, input, src),
    eg: ['(2, 3), (3) -> (2, 3)', '(2, 3), (4) -> !expand-mismatch'],
  },
  'set_(input: Tensor, source: any = None, ...) -> any': {
    en: 'Lets the tensor use another’s memory; without one it holds nothing.',
    zh: '改用另一个张量的存储；不给出则变为空张量。',
    value: ({ input, source }, call) =>
      source.kind === 'tensor'
        ? source
        : source.kind === 'none'
          ? tensor(call.lib, shapeOf(0), typed(input))
          : undefined,
    eg: ['(2, 3), 3 -> unknown', '(2, 3) -> (0)'],
  },
  'fill_diagonal_(input: Tensor[h, w, *s], fill_value: number, wrap: bool = False) -> Tensor[h, w, *s]': {
    en: 'Fills the diagonal in place.',
    zh: '原地填充对角线。',
    dtype: 'same',
    eg: ['(3, 3), 0 -> (3, 3)', '(3), 0 -> !rank-mismatch'],
  },
  'put_(input: Tensor[*a], index: Tensor, source: Tensor, accumulate: bool = False) -> Tensor[*a]': {
    en: 'Puts values at places of the flattened tensor in place.',
    zh: '按展平后的位置原地写入数值。',
    dtype: 'same',
    eg: '(2, 3), (2):int64, (2) -> (2, 3)',
  },
  'index_put_(input: Tensor[*a], indices: any, values: Tensor, accumulate: bool = False) -> Tensor[*a]': {
    en: 'Puts values at indices in place.',
    zh: '原地按索引写入数值。',
    dtype: 'same',
    eg: '(2, 3), (1,), (3) -> (2, 3)',
  },
});

const needFit = (call: Call, target: TensorArg, source: TensorArg): void =>
  needFits(
    call,
    source.shape,
    target.shape,
    fault('expand-mismatch', { op: call.op, from: source.shape, to: target.shape }, 'src'),
  );

/** Single values out of tensors. */
export const scalars = ops('torch.Tensor', {
  'item(input: Tensor) -> any': {
    en: 'The only number of the tensor.',
    zh: '取出张量中唯一的数。',
    value: ({ input }, call) => {
      const many = input.shape.dims.find((d) => typeof d === 'number' && d > 1);
      if (many !== undefined) return refuse(call, fault('item-count', { op: call.op, shape: input.shape }, 'input'));
      if (input.dtype !== undefined && isFloat(input.dtype)) return { kind: 'float' };
      return input.dtype?.startsWith('int') ? int(call.cx.unknownSize('value of a tensor')) : undefined;
    },
    eg: ['() -> float', '(2) -> !item-count', '():int64 -> ?'],
  },
});

/** Types combined. */
export const typeQueries = ops('torch', {
  'result_type(tensor1: operand, tensor2: operand) -> any': {
    en: 'The element type that two values have in common.',
    zh: '两个值运算后的数据类型。',
    value: ({ tensor1, tensor2 }) =>
      tensor1.kind === 'tensor' && tensor2.kind === 'tensor' && tensor1.dtype && tensor2.dtype
        ? { kind: 'dtype', name: promote(tensor1.dtype, tensor2.dtype) }
        : undefined,
    eg: '(2), (2):float64 -> dtype',
  },
  'promote_types(type1: dtype, type2: dtype) -> any': {
    en: 'The common element type of two.',
    zh: '两种数据类型的公共类型。',
    value: ({ type1, type2 }) => (type1 && type2 ? { kind: 'dtype', name: promote(type1, type2) } : undefined),
    eg: 'float64, int64 -> dtype',
  },
  'finfo(dtype: any = None) -> any': {
    en: 'The limits of a floating-point type.',
    zh: '浮点类型的取值范围。',
    value: () => ({ kind: 'other', name: 'torch.finfo', fields: limits }),
    eg: 'float64 -> other',
  },
  'iinfo(dtype: any) -> any': {
    en: 'The limits of an integer type.',
    zh: '整数类型的取值范围。',
    value: (_, call) => ({
      kind: 'other',
      name: 'torch.iinfo',
      fields: new Map(['min', 'max', 'bits'].map((name) => [name, int(fresh(call, 'limit of a type'))])),
    }),
    eg: 'int64 -> other',
  },
  'autograd.Variable(data: Tensor, requires_grad: bool = False, volatile: any = None) -> any': {
    en: 'The tensor itself (old wrapper).',
    zh: '张量本身（旧式包装）。',
    value: ({ data }) => data,
    aliases: ['torch.autograd.variable.Variable'],
    eg: '(2, 3) -> (2, 3)',
  },
});

const limits: ReadonlyMap<string, Arg> = new Map<string, Arg>(
  ['min', 'max', 'eps', 'tiny', 'smallest_normal', 'resolution'].map((name) => [name, { kind: 'float' }]),
);
