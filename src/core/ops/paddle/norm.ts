import { type Dim, product } from '../../dims';
import type { Shape } from '../../shapes';
import type { Arg, TensorArg } from '../arg';
import { type Call, need, refuse } from '../call';
import { fault } from '../codes';
import { layers, ops, type ParamShapes } from '../rows';
import { needAxis, sizeAt } from '../rules/axes';
import { needChoice, needMultiple, needNotNegative } from '../rules/checks';
import { anyFormat, asked, channelAxis, featuresOf, together } from '../rules/format';
import { needPerChannel, normalised } from '../rules/norm';
import { int, tupleOf } from '../rules/values';
import { twin } from './twin';

const paddle = { lib: 'paddle' } as const;
const float = { needs: 'float', dtype: 'same' } as const;

const needRank = (call: Call, { shape }: TensorArg, least: number, most = Number.POSITIVE_INFINITY): boolean => {
  const rank = shape.dims.length;
  if (shape.rest || (rank >= least && rank <= most)) return true;
  const expected = most === Number.POSITIVE_INFINITY ? `${least}+` : least === most ? `${least}` : `${least}–${most}`;
  refuse(call, fault('rank-mismatch', { op: call.op, argument: 'input', expected, found: rank, shape }, 'input', 'x'));
  return false;
};

interface Statistics {
  readonly running_mean: TensorArg | null;
  readonly running_var: TensorArg | null;
  readonly weight: TensorArg | null;
  readonly bias: TensorArg | null;
}

/** One statistic, scale and shift per channel; the input comes back as it is. */
const perChannel = (call: Call, x: TensorArg, axis: number | undefined, vectors: Statistics): void => {
  if (axis === undefined) return;
  const { running_mean, running_var, weight, bias } = vectors;
  needPerChannel(call, sizeAt(x.shape, axis), { running_mean, running_var, weight, bias });
};

/** The ranks of `BatchNorm1D` and its kin, and the layouts that each takes. */
const kinds: Readonly<Record<string, readonly [least: number, most: number, formats: readonly string[]]>> = {
  '1D': [2, 3, ['NC', 'NCL', 'NLC', 'NCHW', 'NHWC']],
  '2D': [4, 4, ['NCHW', 'NHWC']],
  '3D': [5, 5, ['NCDHW', 'NDHWC', 'NCHW', 'NHWC']],
  ND: [2, 5, anyFormat],
};

/** The input of a norm whose kind says its rank; one of unknown rank gets the demand. */
const ranked = (call: Call, x: TensorArg, kind: string, format: string, channels?: Dim): TensorArg | undefined => {
  const [least, most, formats] = kinds[kind] ?? [2, 5, []];
  needChoice(call, 'data_format', format, formats);
  if (!needRank(call, x, least, most)) return undefined;
  if (!x.shape.rest || least !== most) return x;
  const map = featuresOf(call, x, format.endsWith('C') && format !== 'NC', least - 2, channels);
  return map && { ...x, shape: together(map, map.channels, map.sizes) };
};

const channelsOf = (vectors: Statistics): Dim | undefined => {
  const known = vectors.running_mean ?? vectors.weight ?? vectors.bias;
  return known && !known.shape.rest ? product(known.shape.dims) : undefined;
};

/** Normalisation with given statistics or parameters. */
export const normFunctions = ops(
  'paddle.nn.functional paddle.nn.functional.norm',
  {
    "batch_norm(x: Tensor, running_mean: Tensor, running_var: Tensor, weight: Tensor? = None, bias: Tensor? = None, training: bool = False, momentum: any = 0.9, epsilon: any = 1e-05, data_format: str = 'NCHW', use_global_stats: any = None, name: any = None) -> any":
      {
        ...float,
        ...twin('torch.nn.functional.batch_norm', [
          'momentum is the share of the old statistics here, of the new ones there.',
          '这里 momentum 是旧统计量的比重，PyTorch 是新统计量的比重。',
        ]),
        value: ({ x, data_format, training, ...vectors }, call) => {
          needChoice(call, 'data_format', data_format, anyFormat);
          if (!needRank(call, x, 2, 5)) return undefined;
          // While training the old statistics are not looked at.
          const read = training ? { ...vectors, running_mean: null, running_var: null } : vectors;
          perChannel(call, x, channelAxis(x.shape, data_format), read);
          return x;
        },
        eg: ['(2, 3, 4, 4), (3), (3) -> (2, 3, 4, 4)', '(2, 4, 4, 4), (3), (3) -> !channel-mismatch'],
      },
    'layer_norm(x/input: Tensor, normalized_shape: ints1, weight: Tensor? = None, bias: Tensor? = None, epsilon/eps: any = 1e-05, name: any = None) -> any':
      {
        ...float,
        ...twin('torch.nn.functional.layer_norm', [
          'weight and bias are flat here.',
          '这里 weight 与 bias 须展平成一维。',
        ]),
        alike: 'x weight bias',
        value: ({ x, normalized_shape, weight, bias }, call) => {
          for (const [name, vector] of [
            ['weight', weight],
            ['bias', bias],
          ] as const)
            needFlat(call, name, vector, normalized_shape);
          if (!needRank(call, x, 2)) return undefined;
          return normalised(call, x, normalized_shape);
        },
        eg: [
          '(2, 3, 4), 4 -> (2, 3, 4)',
          '(2, 3, 4), [3] -> !norm-mismatch',
          '(2, 3, 4), [3, 4], (12), (12) -> (2, 3, 4)',
        ],
      },
    "instance_norm(x: Tensor, running_mean: any = None, running_var: any = None, weight: Tensor? = None, bias: Tensor? = None, use_input_stats: bool = True, momentum: any = 0.9, eps: any = 1e-05, data_format: any = 'NCHW', name: any = None) -> any":
      {
        ...float,
        ...twin('torch.nn.functional.instance_norm'),
        alike: 'x weight bias',
        value: ({ x, weight, bias }, call) => {
          if (!needRank(call, x, 2, 5)) return undefined;
          perChannel(call, x, x.shape.rest ? undefined : 1, { running_mean: null, running_var: null, weight, bias });
          return x;
        },
        eg: '(2, 3, 4, 4) -> (2, 3, 4, 4)',
      },
    "group_norm(x: Tensor, num_groups: int, epsilon: any = 1e-05, weight: Tensor? = None, bias: Tensor? = None, data_format: str = 'NCHW', name: any = None) -> any":
      {
        ...float,
        ...twin('torch.nn.functional.group_norm', [
          'epsilon stands before weight here.',
          '这里 epsilon 排在 weight 之前。',
        ]),
        alike: 'x weight bias',
        value: (e, call) => grouped(call, e.x, e.num_groups, e),
        eg: ['(2, 4, 3, 3), 2 -> (2, 4, 3, 3)', '(2, 4, 3, 3), 3 -> !not-divisible'],
      },
    'group_norm(input: Tensor, num_groups: int, weight: Tensor? = None, bias: Tensor? = None, eps: float = 1e-05) -> any':
      {
        ...float,
        ...twin('torch.nn.functional.group_norm'),
        alike: 'input weight bias',
        value: (e, call) => grouped(call, e.input, e.num_groups, { ...e, data_format: 'NCHW' }),
        eg: '(2, 4, 3, 3), 2, (4), (4), 1e-05 -> (2, 4, 3, 3)',
      },
    "local_response_norm(x: Tensor, size: any, alpha: any = 0.0001, beta: any = 0.75, k: any = 1.0, data_format: str = 'NCHW', name: any = None) -> any":
      {
        ...float,
        ...twin('torch.nn.functional.local_response_norm'),
        value: ({ x }, call) => (needRank(call, x, 3) ? x : undefined),
        eg: ['(2, 4, 3, 3), 3 -> (2, 4, 3, 3)', '(2, 4), 3 -> !rank-mismatch'],
      },
    'normalize(x: Tensor, p: float = 2, axis: dim = 1, epsilon: any = 1e-12, out: any = None, name: any = None) -> Tensor':
      {
        ...float,
        ...twin('torch.nn.functional.normalize'),
        shape: ({ x, axis }, call) => {
          if (!x.shape.rest && x.shape.dims.length === 0) return { dims: [1] };
          needAxis(call, x.shape, axis, 'axis');
          return x.shape;
        },
        eg: ['(2, 3) -> (2, 3)', '(3) -> !axis-range'],
      },
    'rms_norm(input: Tensor, normalized_shape: ints1, weight: Tensor? = None, eps: any = 1e-05, name: any = None) -> any':
      {
        ...float,
        ...twin('torch.nn.functional.rms_norm', [
          'the result is a pair here, with 1/RMS of each row; it runs on GPUs only.',
          '这里返回二元组（另含每行的 1/RMS），且只能在 GPU 上运行。',
        ]),
        value: ({ input, normalized_shape }, call) => {
          const out = normalised(call, input, normalized_shape);
          if (!out) return undefined;
          const rows: TensorArg = { kind: 'tensor', lib: call.lib, shape: leading(out.shape, normalized_shape.length) };
          return { kind: 'tuple', items: [out, { ...rows, dtype: 'float32' }] };
        },
        eg: '(2, 3, 4), 4 -> ((2, 3, 4), (6))',
      },
  },
  paddle,
);

const leading = (shape: Shape, count: number): Shape =>
  shape.rest ? shape : { dims: [product(shape.dims.slice(0, shape.dims.length - count))] };

/** Scale and shift of layer normalisation are flat. */
const needFlat = (call: Call, name: string, vector: TensorArg | null, sizes: readonly Dim[]): void => {
  if (!vector || vector.shape.rest) return;
  const expected = product(sizes);
  const clash = fault(
    'shape-mismatch',
    { op: call.op, left: vector.shape, right: { dims: [expected] } },
    name,
    'normalized_shape',
  );
  const [found = 1] = vector.shape.dims;
  if (vector.shape.dims.length === 1) need(call, { kind: 'eq', left: expected, right: found }, clash);
  else refuse(call, clash);
};

interface Groups {
  readonly weight: TensorArg | null;
  readonly bias: TensorArg | null;
  readonly data_format: string;
}

/** Sizes that nobody knows were read as none at all. */
const flattened = (sizes: readonly Dim[]): readonly Dim[] => (sizes.length === 0 ? [] : [product(sizes)]);

const grouped = (call: Call, x: TensorArg, groups: Dim, e: Groups): Arg | undefined => {
  needChoice(call, 'data_format', e.data_format, anyFormat.slice(1));
  if (!needRank(call, x, 2)) return undefined;
  const axis = channelAxis(x.shape, e.data_format);
  if (axis === undefined) return x;
  needMultiple(call, sizeAt(x.shape, axis), groups, 'channels', 'x', 'num_groups');
  perChannel(call, x, axis, { running_mean: null, running_var: null, weight: e.weight, bias: e.bias });
  return x;
};

/** Ops that the layers call: the kind says which ranks and layouts are taken. */
export const normLayerOps = ops(
  'paddle._nn',
  {
    '_batch_norm(input: Tensor, running_mean: Tensor, running_var: Tensor, weight: Tensor? = None, bias: Tensor? = None, data_format: str, kind: str) -> any':
      {
        ...float,
        ...twin('torch.nn.functional.batch_norm'),
        alike: 'input weight bias',
        value: ({ input, data_format, kind, ...vectors }, call) => {
          const x = ranked(call, input, kind, data_format, channelsOf(vectors));
          if (x) perChannel(call, x, channelAxis(x.shape, data_format), vectors);
          return x;
        },
        eg: '(2, 3, 4, 4), (3), (3), None, None, NCHW, 2D -> (2, 3, 4, 4)',
      },
    '_instance_norm(input: Tensor, weight: Tensor? = None, bias: Tensor? = None, kind: str) -> any': {
      ...float,
      ...twin('torch.nn.functional.instance_norm'),
      alike: 'input weight bias',
      value: ({ input, weight, bias, kind }, call) => {
        const vectors = { running_mean: null, running_var: null, weight, bias };
        const x = ranked(call, input, kind, 'NCHW', channelsOf(vectors));
        if (x) perChannel(call, x, x.shape.rest ? undefined : 1, vectors);
        return x;
      },
      eg: '(2, 3, 4, 4), None, None, 2D -> (2, 3, 4, 4)',
    },
    '_spectral_norm(x: Tensor) -> any': {
      ...float,
      en: 'Divides a weight by its largest singular value.',
      zh: '把权重除以其最大奇异值（谱归一化）。',
      value: ({ x }) => x,
      eg: '(4, 3) -> (4, 3)',
    },
  },
  paddle,
);

interface BatchNorm {
  readonly num_features: Dim;
  readonly weight_attr: Arg;
  readonly bias_attr: Arg;
}

const batchParams = (e: BatchNorm): ParamShapes => ({
  weight: asked(e.weight_attr) && [e.num_features],
  bias: asked(e.bias_attr) && [e.num_features],
});
/** Paddle counts the statistics among `parameters()`, though they are not trained. */
const batchBuffers = (e: BatchNorm): ParamShapes => ({ _mean: [e.num_features], _variance: [e.num_features] });

/** Of which share of the statistics `momentum` is. */
const momentum = [
  'momentum is the share of the old statistics here (0.9), of the new ones there (0.1); _mean and _variance are running_mean and running_var there, and parameters() counts them here',
  '这里 momentum 是旧统计量的比重（0.9），PyTorch 是新统计量的比重（0.1）；_mean、_variance 对应 running_mean、running_var，且计入 parameters()',
] as const;

const synchronised = [`${momentum[0]}.`, `${momentum[1]}。`] as const;

const statistics = [
  `${momentum[0]}; the running variance comes from n elements here, from n − 1 there.`,
  `${momentum[1]}；更新滑动方差时，这里除以 n，PyTorch 除以 n − 1。`,
] as const;

const { twin: old } = twin('torch.nn.BatchNorm2d', statistics);
const momentumTwin = old ? { twin: old } : {};

const batchNorm = (kind: '1D' | '2D' | '3D' | 'ND') => ({
  ...(kind === 'ND'
    ? twin('torch.nn.SyncBatchNorm', synchronised)
    : twin(`torch.nn.BatchNorm${kind.toLowerCase()}`, statistics)),
  call: `_batch_norm(input, _mean, _variance, weight, bias, data_format, '${kind}')`,
  check: ({ num_features }: BatchNorm, call: Call) => needNotNegative(call, 'num_features', [num_features]),
  params: batchParams,
  buffers: batchBuffers,
  init: { weight: 'ones', bias: 'zeros', _mean: 'zeros', _variance: 'ones' } as const,
  fields: ({ num_features }: BatchNorm) => ({ _num_features: int(num_features) }),
});

const instanceNorm = (kind: '1D' | '2D' | '3D') => ({
  ...twin(`torch.nn.InstanceNorm${kind.toLowerCase()}`, [
    'scale and shift are learnt unless weight_attr and bias_attr are False; the scale is called scale.',
    '默认学习缩放与平移（weight_attr、bias_attr 均为 False 时不学）；缩放参数名为 scale。',
  ]),
  call: `_instance_norm(input, scale, bias, '${kind}')`,
  check: ({ num_features, weight_attr, bias_attr }: BatchNorm, call: Call) => {
    needNotNegative(call, 'num_features', [num_features]);
    // Compared by value here: 0 is False.
    if ([weight_attr, bias_attr].some((attr) => attr.kind !== 'bool' && attr.kind !== 'none')) return;
    if (asked(weight_attr) === asked(bias_attr)) return;
    const data = { op: call.op, first: 'weight_attr', second: 'bias_attr' };
    refuse(call, fault('conflicting-arguments', data, 'weight_attr', 'bias_attr'));
  },
  params: (e: BatchNorm): ParamShapes => ({
    scale: asked(e.weight_attr) && [e.num_features],
    bias: asked(e.bias_attr) && [e.num_features],
  }),
  init: { scale: 'ones', bias: 'zeros' } as const,
});

/** Normalisation layers. */
export const normLayers = layers(
  'paddle.nn paddle.nn.layer paddle.nn.layer.norm',
  {
    "BatchNorm1D(num_features: int, momentum: any = 0.9, epsilon: any = 1e-05, weight_attr: any = None, bias_attr: any = None, data_format: str = 'NCL', use_global_stats: any = None, name: any = None)":
      {
        ...batchNorm('1D'),
        eg: ['BatchNorm1D(3): (2, 3) -> (2, 3)', 'BatchNorm1D(3): (2, 3, 4) -> (2, 3, 4)'],
      },
    "BatchNorm2D(num_features: int, momentum: any = 0.9, epsilon: any = 1e-05, weight_attr: any = None, bias_attr: any = None, data_format: str = 'NCHW', use_global_stats: any = None, name: any = None)":
      {
        ...batchNorm('2D'),
        eg: [
          'BatchNorm2D(3): (2, 3, 4, 4) -> (2, 3, 4, 4)',
          'BatchNorm2D(3): (2, 4, 4, 4) -> !channel-mismatch',
          'BatchNorm2D(3): (3, 4, 4) -> !rank-mismatch',
        ],
      },
    "BatchNorm3D(num_features: int, momentum: any = 0.9, epsilon: any = 1e-05, weight_attr: any = None, bias_attr: any = None, data_format: str = 'NCDHW', use_global_stats: any = None, name: any = None)":
      { ...batchNorm('3D'), eg: 'BatchNorm3D(3): (2, 3, 4, 4, 4) -> (2, 3, 4, 4, 4)' },
    "SyncBatchNorm(num_features: int, momentum: any = 0.9, epsilon: any = 1e-05, weight_attr: any = None, bias_attr: any = None, data_format: str = 'NCHW', name: any = None)":
      {
        ...batchNorm('ND'),
        forward: 'x',
        call: "_batch_norm(x, _mean, _variance, weight, bias, data_format, 'ND')",
        eg: 'SyncBatchNorm(3): (2, 3, 4, 4) -> (2, 3, 4, 4)',
      },
    "BatchNorm(num_channels: int, act: any = None, is_test: bool = False, momentum: any = 0.9, epsilon: any = 1e-05, param_attr: any = None, bias_attr: any = None, dtype: any = 'float32', data_layout: str = 'NCHW', in_place: bool = False, moving_mean_name: any = None, moving_variance_name: any = None, do_model_average_for_mean_and_var: any = True, use_global_stats: any = False, trainable_statistics: any = False)":
      {
        en: 'Normalises each channel over batch and positions, with an activation if act names one.',
        zh: '按通道对批次和位置做归一化；act 可指定随后的激活函数。',
        formula: 'y = (x − E[x])/√(Var[x] + ε)·γ + β',
        ...momentumTwin,
        call: "_batch_norm(input, _mean, _variance, weight, bias, data_layout, 'ND')",
        check: ({ num_channels }, call) => needNotNegative(call, 'num_channels', [num_channels]),
        params: ({ num_channels: c, param_attr, bias_attr }) => ({
          weight: asked(param_attr) && [c],
          bias: asked(bias_attr) && [c],
        }),
        buffers: ({ num_channels: c }) => ({ _mean: [c], _variance: [c] }),
        init: { weight: 'ones', bias: 'zeros', _mean: 'zeros', _variance: 'ones' },
        remarks: [
          {
            en: 'The old form of BatchNorm2D, with an activation built in.',
            zh: 'BatchNorm2D 的旧写法，可内置激活函数。',
          },
        ],
        eg: ['BatchNorm(3): (2, 3, 4, 4) -> (2, 3, 4, 4)', 'BatchNorm(3): (3) -> !rank-mismatch'],
      },
    'LayerNorm(normalized_shape: ints1, epsilon/eps: any = 1e-05, *, elementwise_affine: bool = True, bias: bool = True, device: any = None, dtype: any = None, weight_attr: any = None, bias_attr: any = None, name: any = None)':
      {
        ...twin('torch.nn.LayerNorm', ['weight and bias are flat here.', '这里 weight 与 bias 是展平的一维向量。']),
        call: 'layer_norm(input, _normalized_shape, weight, bias)',
        owns: ['_normalized_shape'],
        check: ({ normalized_shape }, call) => needNotNegative(call, 'normalized_shape', normalized_shape),
        fields: ({ normalized_shape }) => ({ _normalized_shape: tupleOf(normalized_shape) }),
        params: (e) => ({
          weight: e.elementwise_affine && asked(e.weight_attr) && flattened(e.normalized_shape),
          bias: e.elementwise_affine && e.bias && asked(e.bias_attr) && flattened(e.normalized_shape),
        }),
        init: { weight: 'ones', bias: 'zeros' },
        eg: [
          'LayerNorm(4): (2, 3, 4) -> (2, 3, 4)',
          'LayerNorm([3, 4]): (2, 3, 4) -> (2, 3, 4)',
          'LayerNorm(4): (2, 3) -> !norm-mismatch',
          'LayerNorm(4): (4) -> !rank-mismatch',
        ],
      },
    "GroupNorm(num_groups: int, num_channels: int, epsilon: any = 1e-05, *, affine: bool = True, device: any = None, dtype: any = None, weight_attr: any = None, bias_attr: any = None, data_format: str = 'NCHW', name: any = None)":
      {
        ...twin('torch.nn.GroupNorm'),
        call: 'group_norm(input, num_groups, epsilon, weight, bias, data_format)',
        check: ({ num_channels }, call) => needNotNegative(call, 'num_channels', [num_channels]),
        params: (e) => ({
          weight: e.affine && asked(e.weight_attr) && [e.num_channels],
          bias: e.affine && asked(e.bias_attr) && [e.num_channels],
        }),
        init: { weight: 'ones', bias: 'zeros' },
        eg: [
          'GroupNorm(2, 4): (2, 4, 3, 3) -> (2, 4, 3, 3)',
          'GroupNorm(2, 4): (2, 6, 3) -> !channel-mismatch',
          'GroupNorm(3, 4): (2, 4, 3) -> !not-divisible',
        ],
      },
    "InstanceNorm1D(num_features: int, epsilon: any = 1e-05, momentum: any = 0.9, weight_attr: any = None, bias_attr: any = None, data_format: any = 'NCL', name: any = None)":
      { ...instanceNorm('1D'), eg: 'InstanceNorm1D(3): (2, 3, 4) -> (2, 3, 4)' },
    "InstanceNorm2D(num_features: int, epsilon: any = 1e-05, momentum: any = 0.9, weight_attr: any = None, bias_attr: any = None, data_format: any = 'NCHW', name: any = None)":
      {
        ...instanceNorm('2D'),
        eg: [
          'InstanceNorm2D(3): (2, 3, 4, 4) -> (2, 3, 4, 4)',
          'InstanceNorm2D(3, weight_attr=False): (2, 3, 4, 4) -> !conflicting-arguments',
        ],
      },
    "InstanceNorm3D(num_features: int, epsilon: any = 1e-05, momentum: any = 0.9, weight_attr: any = None, bias_attr: any = None, data_format: any = 'NCDHW', name: any = None)":
      { ...instanceNorm('3D'), eg: 'InstanceNorm3D(3): (2, 3, 4, 4, 4) -> (2, 3, 4, 4, 4)' },
    "LocalResponseNorm(size: any, alpha: any = 0.0001, beta: any = 0.75, k: any = 1.0, data_format: str = 'NCHW', name: any = None)":
      {
        ...twin('torch.nn.LocalResponseNorm'),
        call: 'local_response_norm(input, size)',
        eg: 'LocalResponseNorm(3): (2, 4, 3, 3) -> (2, 4, 3, 3)',
      },
    "SpectralNorm(weight_shape: ints, dim: dim = 0, power_iters: int = 1, eps: any = 1e-12, dtype: any = 'float32')": {
      en: 'Divides a weight by its largest singular value.',
      zh: '谱归一化：把权重除以其最大奇异值。',
      call: '_spectral_norm(x)',
      buffers: ({ weight_shape, dim }) => {
        const height = weight_shape.at(dim) ?? 1;
        const others = weight_shape.filter((_, i) => i !== (dim < 0 ? dim + weight_shape.length : dim));
        return { weight_u: [height], weight_v: [product(others)] };
      },
      init: { weight_u: 'normal', weight_v: 'normal' },
      eg: 'SpectralNorm([4, 3, 2]): (4, 3, 2) -> (4, 3, 2)',
    },
  },
  paddle,
);
