import { type Dim, mul, product, sum } from '../../dims';
import { type Shape, shapeOf } from '../../shapes';
import type { Arg, TensorArg } from '../arg';
import { type Call, fresh, giveUp, need, tensor } from '../call';
import { fault } from '../codes';
import { type OpEntry, ops, type Table, table, type Words } from '../rows';
import { needChoice } from '../rules/checks';
import { checkConv, convFlops, convolved } from '../rules/conv';
import { pooled } from '../rules/pool';
import { floorBy } from '../rules/quotient';
import { reduced } from '../rules/reduce';

const owner = 'paddle.fluid.layers';

/**
 * What `paddle.fluid.layers` had under the same name, or as `old=new`, by where it is now. A third part after a colon
 * replaces the default of an argument that was another then.
 */
const spellings: Readonly<Record<string, string>> = {
  paddle:
    'abs acos add_n=sum add_n=sums arange=range argmax:axis=0 argmin:axis=0 asin assign atan cast ceil clip concat cos cosh ' +
    'cumsum:axis=-1 diag equal erf exp eye floor gather gather_nd greater_equal greater_than increment isfinite ' +
    'less_equal less_than linspace log logical_and logical_not logical_or logical_xor matmul mean not_equal ones ones_like ' +
    'pow:y=1.0 reciprocal reshape round rsqrt scale scatter scatter_nd scatter_nd_add shape sign sin sinh slice split:axis=-1 ' +
    'sqrt square squeeze stack stanh strided_slice tanh tile=expand topk transpose unsqueeze unstack zeros zeros_like ' +
    'max=reduce_max min=reduce_min mean=reduce_mean prod=reduce_prod all=reduce_all any=reduce_any ' +
    'add=elementwise_add subtract=elementwise_sub multiply=elementwise_mul divide=elementwise_div maximum=elementwise_max ' +
    'minimum=elementwise_min pow=elementwise_pow remainder=elementwise_mod floor_divide=elementwise_floordiv',
  'paddle.nn.functional':
    'elu gelu hardsigmoid=hard_sigmoid:slope=0.2 hardswish=hard_swish leaky_relu:negative_slope=0.02 log_softmax mish relu relu6 selu ' +
    'sigmoid softmax softmax_with_cross_entropy softplus softsign swish square_error_cost label_smooth',
};

/** Arguments had other names then. */
const names: readonly (readonly [RegExp, string])[] = [
  [/\bx(\/\w+)?: /, 'x/input: '],
  [/\baxis(\/\w+)?: /, 'axis/dim/axes: '],
  [/\bkeepdim: /, 'keepdim/keep_dim: '],
  [/\brepeat_times: /, 'repeat_times/expand_times: '],
  [/\by: operand/, 'y/factor: operand'],
  [/\bnegative_slope: /, 'negative_slope/alpha: '],
  // Names, activations and choices of kernels, which decide no shape.
  [/\) -> /, ', **) -> '],
];

/** Ops of Paddle 1.x that live on elsewhere: the row of today under its old name. */
export const oldSpellings = (from: readonly Table[]): Table =>
  table(
    owner,
    Object.entries(spellings).flatMap(([space, words]) =>
      words.split(' ').flatMap((word) => {
        const [, now = word, old = now, changed] = /^(\w+)(?:=(\w+))?(?::(.*))?$/.exec(word) ?? [];
        return rowsAt(from, space, now).map(([text, entry]): readonly [string, OpEntry] => [
          spelt(text, old, changed),
          aged(old.startsWith('elementwise_') ? alignedAt(entry) : entry, `${space}.${now}`),
        ]);
      }),
    ),
    { lib: 'paddle' },
  );

const rowsAt = (from: readonly Table[], space: string, name: string): readonly (readonly [string, OpEntry])[] =>
  from.flatMap(({ owners, functions }) =>
    owners.includes(space) ? functions.filter(([text]) => text.startsWith(`${name}(`)) : [],
  );

const spelt = (text: string, old: string, changed: string | undefined): string => {
  let own = old + text.slice(text.indexOf('('));
  for (const [name, both] of names) own = own.replace(name, both);
  if (old.startsWith('elementwise_'))
    own = own.replace(/(\w+: \w+)(?:, \*.*| = .*)?(\) -> .*)$/, '$1, axis: int = -1, act: any = None$2');
  if (changed === undefined) return own;
  const [name, value] = changed.split('=');
  return own.replace(new RegExp(`(${name}[^:]*: \\w+)\\??( = [^,)]*)?`), `$1 = ${value}`);
};

/** The second operand may begin at any axis of the first: `elementwise_mul(x, weights, axis=0)`. */
const alignedAt = (entry: OpEntry): OpEntry => ({
  ...entry,
  value: (e, call) => {
    const { x, y, axis } = pairIn(e);
    if (x?.kind !== 'tensor' || y?.kind !== 'tensor' || axis === -1) return entry.value?.(e, call);
    if (x.shape.rest || y.shape.rest || typeof axis !== 'number') return giveUp(call, 'where the operand begins');
    const behind = x.shape.dims.length - axis - y.shape.dims.length;
    if (behind < 0) return giveUp(call, 'an operand that does not fit behind the axis');
    const dims = [...y.shape.dims, ...Array.from({ length: behind }, () => 1)];
    const both: object = Object.create(typeof e === 'object' ? e : null, { y: { value: { ...y, shape: { dims } } } });
    return entry.value?.(both, call);
  },
});

const pairIn = (e: unknown): { readonly x?: Arg; readonly y?: Arg; readonly axis?: Dim } =>
  typeof e === 'object' && e !== null ? e : {};

const aged = (entry: OpEntry, path: string): OpEntry => {
  const { aliases: _, inplace: __, eg, ...rest } = entry;
  const remark: Words = {
    en: `Old spelling of Paddle 1.x; today it is ${path}.`,
    zh: `Paddle 1.x 的旧写法，现为 ${path}。`,
  };
  return { ...rest, eg: [], remarks: [...(entry.remarks ?? []), remark] };
};

const removed = (en: string, zh: string): Words => ({
  en: `${en} An op of Paddle 1.x that is no more.`,
  zh: `${zh}Paddle 1.x 的算子，现已移除。`,
});

const same = (en: string, zh: string, now: string): Words & { readonly remarks: readonly Words[] } => ({
  en,
  zh,
  remarks: [{ en: `Old spelling of Paddle 1.x; today it is ${now}.`, zh: `Paddle 1.x 的旧写法，现为 ${now}。` }],
});

const flat = (shape: Shape, from: number, to?: number): Dim => product(shape.dims.slice(from, to));

/** Height and width of an image that is resized: as asked for, or as often as wide. */
const resized = (input: TensorArg, outShape: Arg, scale: Arg, call: Call): Shape | undefined => {
  const [b = 1, c = 1, h = 1, w = 1] = input.shape.dims;
  if (input.shape.rest || input.shape.dims.length !== 4) return giveUp(call, 'an image has four axes');
  if (outShape.kind === 'sequence' || outShape.kind === 'tuple') {
    const [y, x] = outShape.items;
    if (y?.kind === 'int' && x?.kind === 'int') return shapeOf(b, c, y.value, x.value);
  }
  if (outShape.kind === 'none' && scale.kind === 'int') return shapeOf(b, c, mul(h, scale.value), mul(w, scale.value));
  return giveUp(call, 'the new size is not known');
};

const resize = (zh: string, en: string) => ({
  ...same(`Resizes an image: ${en}.`, `缩放图像：${zh}。`, 'paddle.nn.functional.interpolate'),
  shape: (e: { readonly input: TensorArg; readonly out_shape: Arg; readonly scale: Arg }, call: Call) =>
    resized(e.input, e.out_shape, e.scale, call),
  eg: ['(2, 3, 4, 5), [8, 9] -> (2, 3, 8, 9)', '(2, 3, 4, 5), scale=2 -> (2, 3, 8, 10)'],
});

/** Ops of Paddle 1.x whose arguments meant something else than those of today. */
export const oldOps = ops(
  owner,
  {
    'reduce_sum(x/input: Tensor, axis/dim: dims? = None, keepdim/keep_dim: bool = False, name: any = None) -> Tensor': {
      ...same('Sum along axes.', '沿若干轴求和。', 'paddle.sum'),
      shape: ({ x, axis, keepdim }, call) => reduced(call, x.shape, axis, keepdim),
      eg: ['(2, 3, 4), dim=1 -> (2, 4)', '(2, 3), dim=[0, 1], keep_dim=True -> (1, 1)'],
    },
    'argsort(x/input: Tensor, axis: dim = -1, descending: bool = False, name: any = None) -> any': {
      ...same('The sorted elements along an axis, and their places.', '沿某轴排序后的元素及其下标。', 'paddle.argsort'),
      value: ({ x }, call) => ({
        kind: 'tuple',
        items: [x, tensor(call.lib, x.shape, { dtype: 'int64' })],
      }),
      eg: '(2, 5) -> ((2, 5), (2, 5))',
    },
    'one_hot(input: Tensor[*a, n], depth: int, allow_out_of_range: any = False) -> Tensor[*a, k]': {
      ...same(
        'Class numbers `[…, 1]` as vectors with a single 1.',
        '把类别编号 […, 1] 变成独热向量。',
        'paddle.nn.functional.one_hot',
      ),
      dtype: 'float32',
      where: ({ depth }) => ({ k: depth }),
      eg: '(4, 1):int64, 10 -> (4, 10)',
    },
    "pad2d(input: Tensor[b, c, h, w], paddings: ints, mode: str = 'constant', pad_value: any = 0.0, data_format: str = 'NCHW', name: any = None) -> Tensor":
      {
        ...same(
          'Pads height and width: top, bottom, left, right.',
          '填充高和宽，依次为上、下、左、右。',
          'paddle.nn.functional.pad',
        ),
        shape: ({ b, c, h, w, paddings: [top = 0, bottom = 0, left = 0, right = 0], data_format }, call) =>
          data_format === 'NCHW'
            ? shapeOf(b, c, sum([h, top, bottom]), sum([w, left, right]))
            : giveUp(call, 'channels last'),
        eg: '(1, 2, 3, 4), [1, 1, 2, 2] -> (1, 2, 5, 8)',
      },
    'where(condition: Tensor) -> any': {
      ...same('Places of the elements that are true, one row each.', '真值元素的下标，每行一个。', 'paddle.nonzero'),
      value: ({ condition: { shape } }, call) => {
        if (shape.rest) return giveUp(call, 'the rank is not known');
        return tensor(call.lib, shapeOf(fresh(call, 'elements that are true'), shape.dims.length), { dtype: 'int64' });
      },
      eg: '(2, 3):bool -> (?, 2)',
    },
    'fill_constant(shape: ints1, dtype: dtype, value: any, **) -> Tensor': {
      ...same('Tensor of one number.', '用同一个数填充张量。', 'paddle.full'),
      dtype: 'unknown',
      shape: ({ shape }) => shapeOf(...shape),
      eg: '[2, 3], float32, 1.0 -> (2, 3)',
    },
    'l2_normalize(x: Tensor[*a], axis: any, epsilon: any = 1e-12, name: any = None) -> Tensor[*a]': {
      ...same(
        'Scales vectors along an axis to length 1.',
        '沿一轴把向量缩放到 L2 范数为 1。',
        'paddle.nn.functional.normalize',
      ),
      eg: '(2, 3), 1 -> (2, 3)',
    },
    'flatten(x/input: Tensor, axis: dim = 1, name: any = None) -> Tensor': {
      ...removed(
        'Makes a matrix: the axes before one, and those from it on.',
        '展平成矩阵：axis 之前的各轴合为一维，其余合为一维。',
      ),
      shape: ({ x, axis }, call) =>
        x.shape.rest
          ? giveUp(call, 'the rank is not known')
          : shapeOf(flat(x.shape, 0, axis), flat(x.shape, axis < 0 ? axis + x.shape.dims.length : axis)),
      eg: ['(2, 3, 4) -> (2, 12)', '(2, 3, 4), 2 -> (6, 4)'],
    },
    'mul(x: Tensor, y: Tensor, x_num_col_dims: int = 1, y_num_col_dims: int = 1, name: any = None) -> Tensor': {
      ...removed(
        'Matrix product of two tensors that are flattened to matrices.',
        '先把两个张量展平成矩阵再做矩阵乘法。',
      ),
      shape: ({ x, y, x_num_col_dims: m, y_num_col_dims: n }, call) => {
        if (x.shape.rest || y.shape.rest || typeof m !== 'number' || typeof n !== 'number')
          return giveUp(call, 'the ranks are not known');
        const left = flat(x.shape, m);
        const right = flat(y.shape, 0, n);
        const clash = fault('shape-mismatch', { op: call.op, left: x.shape, right: y.shape }, 'x', 'y');
        need(call, { kind: 'eq', left, right }, clash);
        return shapeOf(...x.shape.dims.slice(0, m), ...y.shape.dims.slice(n));
      },
      eg: ['(2, 3, 4), (12, 5) -> (2, 5)', '(2, 3), (4, 5) -> !shape-mismatch'],
    },
    'expand_as(x: Tensor, target_tensor: Tensor[*t], name: any = None) -> Tensor[*t]': {
      ...removed('Repeats a tensor until it has the shape of another.', '把张量重复至与目标张量同形。'),
      eg: '(1, 3), (2, 3) -> (2, 3)',
    },
    'fc(input: Tensor, size: int, num_flatten_dims: int = 1, param_attr: any = None, bias_attr: any = None, act: any = None, name: any = None) -> Tensor':
      {
        ...same('Fully connected layer that makes its own weight.', '全连接层，自行创建权重。', 'paddle.nn.Linear'),
        shape: ({ input, size, num_flatten_dims: n }, call) => {
          if (input.shape.rest || typeof n !== 'number') return giveUp(call, 'the rank is not known');
          return shapeOf(...input.shape.dims.slice(0, n < 0 ? input.shape.dims.length + n : n), size);
        },
        eg: ['(2, 3, 4), 5 -> (2, 5)', '(2, 3, 4), 5, 2 -> (2, 3, 5)'],
      },
    'conv2d(input: Tensor[b, c, h, w], num_filters: int, filter_size: int2, stride: int2 = 1, padding: int2 = 0, dilation: int2 = 1, groups: int? = None, param_attr: any = None, bias_attr: any = None, use_cudnn: any = True, act: any = None, name: any = None) -> Tensor[b, num, y, z]':
      {
        ...same('2-D convolution that makes its own filters.', '二维卷积，自行创建卷积核。', 'paddle.nn.Conv2D'),
        where: (e, call) => {
          const conv = { stride: e.stride, padding: e.padding, dilation: e.dilation, groups: e.groups ?? 1 };
          checkConv(call, conv, e.num_filters);
          const [y = 0, z = 0] = convolved(call, ['H', 'W'], [e.h, e.w], e.filter_size, conv);
          return { num: e.num_filters, y, z };
        },
        flops: ({ c, groups, num_filters, filter_size }, result) =>
          convFlops(shapeOf(num_filters, floorBy(c, groups ?? 1), ...filter_size), result),
        eg: ['(2, 3, 8, 8), 4, 3, padding=1 -> (2, 4, 8, 8)', '(2, 3, 2, 8), 4, 3 -> !kernel-too-large'],
      },
    "pool2d(input: Tensor[b, c, h, w], pool_size: int2 = -1, pool_type: str = 'max', pool_stride: int2 = 1, pool_padding: int2 = 0, global_pooling: bool = False, use_cudnn: any = True, ceil_mode: bool = False, name: any = None, exclusive: any = True) -> Tensor[b, c, y, z]":
      {
        ...same(
          'Largest or mean value of each window.',
          '取每个窗口的最大值或平均值。',
          'paddle.nn.functional.max_pool2d',
        ),
        where: (e, call) => {
          needChoice(call, 'pool_type', e.pool_type, ['max', 'avg']);
          if (e.global_pooling) return { y: 1, z: 1 };
          const how = { kernel: e.pool_size, stride: e.pool_stride, padding: e.pool_padding, ceilMode: e.ceil_mode };
          const [y = 0, z = 0] = pooled(call, ['H', 'W'], [e.h, e.w], how, e.c);
          return { y, z };
        },
        eg: [
          "(2, 3, 8, 8), 2, 'max', 2 -> (2, 3, 4, 4)",
          "(2, 3, 8, 8), pool_type='avg', global_pooling=True -> (2, 3, 1, 1)",
        ],
      },
    'batch_norm(input: Tensor[*a], act: any = None, **) -> Tensor[*a]': {
      ...same(
        'Batch normalisation that makes its own statistics.',
        '批归一化，自行创建统计量。',
        'paddle.nn.BatchNorm2D',
      ),
      eg: '(2, 3, 4, 4) -> (2, 3, 4, 4)',
    },
    'layer_norm(input: Tensor[*a], scale: any = True, shift: any = True, begin_norm_axis: any = 1, **) -> Tensor[*a]': {
      ...same('Layer normalisation that makes its own scale.', '层归一化，自行创建缩放系数。', 'paddle.nn.LayerNorm'),
      eg: '(2, 3, 4) -> (2, 3, 4)',
    },
    'dropout(x: Tensor[*a], dropout_prob: any, is_test: any = None, seed: any = None, name: any = None, dropout_implementation: any = None) -> Tensor[*a]':
      {
        ...same('Zeroes numbers at random during training.', '训练时随机置零。', 'paddle.nn.functional.dropout'),
        eg: '(2, 3), 0.5 -> (2, 3)',
      },
    'resize_bilinear(input: Tensor, out_shape: any = None, scale: any = None, **) -> Tensor': resize(
      '双线性插值',
      'bilinear',
    ),
    'resize_nearest(input: Tensor, out_shape: any = None, scale: any = None, **) -> Tensor': resize(
      '最近邻',
      'nearest',
    ),
    'image_resize(input: Tensor, out_shape: any = None, scale: any = None, **) -> Tensor': resize(
      '插值',
      'by interpolation',
    ),
    "adaptive_pool2d(input: Tensor[b, c, h, w], pool_size: int2, pool_type: str = 'max', require_index: any = False, name: any = None) -> Tensor[b, c, y, z]":
      {
        ...same('Pools to a given size.', '池化到给定大小。', 'paddle.nn.functional.adaptive_avg_pool2d'),
        where: ({ pool_size: [y, z] }) => ({ y, z }),
        eg: "(2, 3, 8, 8), 1, 'avg' -> (2, 3, 1, 1)",
      },
    'cross_entropy(input: Tensor[*a, k], label: Tensor, **) -> Tensor[*a, 1]': {
      ...removed('Cross entropy of probabilities, one number a sample.', '交叉熵：input 为概率，每个样本一个损失值。'),
      eg: '(8, 10), (8, 1):int64 -> (8, 1)',
    },
  },
  { lib: 'paddle' },
);
