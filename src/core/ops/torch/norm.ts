import { type Dim, same } from '../../dims';
import type { Shape } from '../../shapes';
import type { Arg, TensorArg } from '../arg';
import { type Call, need, refuse } from '../call';
import { fault } from '../codes';
import { integerOf, typeName } from '../convert';
import { layers, ops, type Words } from '../rows';
import { needMultiple, needPositive } from '../rules/checks';
import { divides } from '../rules/conv';
import { needPerChannel, needSeveral, normalised } from '../rules/norm';
import { tupleOf } from '../rules/values';

const batchFormula = 'y = γ·(x − μ)/√(σ² + ε) + β';
const bareNorm: readonly Words[] = [
  {
    en: 'Unlike BatchNorm it has no weight, no bias and no running statistics unless they are asked for.',
    zh: '与 BatchNorm 不同：默认没有 weight、bias，也不记录滑动统计量。',
  },
];
const layerFormula = 'y = γ·(x − μ)/√(σ² + ε) + β over the last axes';

interface Statistics {
  readonly running_mean: TensorArg | null;
  readonly running_var: TensorArg | null;
  readonly weight: TensorArg | null;
  readonly bias: TensorArg | null;
  readonly training: boolean;
}

/** What all batch normalisations need of their vectors, and of the batch while training. */
const checkBatch = (call: Call, shape: Shape, c: Dim, e: Statistics): void => {
  const { running_mean, running_var, weight, bias } = e;
  needPerChannel(call, c, { running_mean, running_var, weight, bias });
  // Read last: when nobody knows it, what stands above has been checked all the same.
  if (e.training && !shape.rest) needSeveral(call, shape, [shape.dims[0] ?? 1, ...shape.dims.slice(2)]);
};

/** Normalisations as Python functions. */
export const normFunctions = ops(
  'torch.nn.functional',
  {
    'batch_norm(input: Tensor[b, c, *s], running_mean: Tensor?, running_var: Tensor?, weight: Tensor? = None, bias: Tensor? = None, training: bool = False, momentum: float? = 0.1, eps: float = 1e-05) -> Tensor[b, c, *s]':
      {
        alike: 'input weight bias',
        en: 'Shifts and scales each channel to mean 0 and variance 1.',
        zh: '把每个通道归一化到均值 0、方差 1。',
        formula: batchFormula,
        dtype: 'same',
        needs: 'real float',
        check: (e, call) => {
          checkBatch(call, e.input.shape, e.c, e);
          if (e.training || e.running_mean !== null) return;
          refuse(call, fault('missing-argument', { op: call.op, argument: 'running_mean' }, 'running_mean'));
        },
        eg: ['(2, 3, 4, 4), (3), (3) -> (2, 3, 4, 4)', '(2, 3, 4), (4), (4) -> !channel-mismatch'],
      },
    'instance_norm(input: Tensor[b, c, *s], running_mean: Tensor? = None, running_var: Tensor? = None, weight: Tensor? = None, bias: Tensor? = None, use_input_stats: bool = True, momentum: float = 0.1, eps: float = 1e-05) -> Tensor[b, c, *s]':
      {
        needs: 'real float',
        alike: 'input weight bias',
        en: 'Normalises each channel of each sample by itself.',
        zh: '对每个样本的每个通道单独归一化。',
        formula: batchFormula,
        dtype: 'same',
        check: ({ input, c, s, weight, bias, use_input_stats }, call) => {
          needPerChannel(call, c, { weight, bias });
          if (use_input_stats && !s.rest) needSeveral(call, input.shape, s.dims);
        },
        eg: ['(2, 3, 4) -> (2, 3, 4)', '(2, 3, 1) -> !one-value'],
      },
    'group_norm(input: Tensor[b, c, *s], num_groups: int, weight: Tensor? = None, bias: Tensor? = None, eps: float = 1e-05) -> Tensor[b, c, *s]':
      {
        alike: 'input weight bias',
        en: 'Normalises groups of channels of each sample.',
        zh: '对每个样本按通道分组归一化。',
        formula: batchFormula,
        dtype: 'same',
        needs: 'real float',
        check: ({ input, b, c, s, num_groups, weight, bias }, call) => {
          needPositive(call, 'num_groups', [num_groups]);
          divides(call, num_groups, c, 'input', 'input', 'num_groups');
          needPerChannel(call, c, { weight, bias });
          if (!s.rest && same(c, num_groups)) needSeveral(call, input.shape, [b, ...s.dims]);
        },
        eg: ['(2, 6, 4), 3 -> (2, 6, 4)', '(2, 6, 4), 4 -> !groups-divide'],
      },
    'layer_norm(input: Tensor, normalized_shape: ints, weight: Tensor? = None, bias: Tensor? = None, eps: float = 1e-05) -> any':
      {
        needs: 'real float',
        alike: 'input weight',
        en: 'Normalises over the last axes, each position by itself.',
        zh: '在最后几维上归一化，每个位置各算各的。',
        formula: layerFormula,
        value: ({ input, normalized_shape, weight, bias }, call) => {
          needShape(call, normalized_shape, { weight, bias });
          return settled(normalised(call, input, normalized_shape));
        },
        eg: ['(2, 3, 4), (4,) -> (2, 3, 4)', '(2, 3, 4), [5] -> !norm-mismatch', '(2, 4), 4 -> !wrong-type'],
      },
    'rms_norm(input: Tensor, normalized_shape: ints, weight: Tensor? = None, eps: float? = None) -> any': {
      needs: 'float',
      en: 'Scales the last axes to root mean square 1.',
      zh: '把最后几维缩放到均方根为 1。',
      formula: 'y = γ·x/√(mean(x²) + ε)',
      value: ({ input, normalized_shape, weight }, call) => {
        needShape(call, normalized_shape, { weight });
        return settled(normalised(call, input, normalized_shape));
      },
      eg: '(2, 3, 4), (4,) -> (2, 3, 4)',
    },
    'local_response_norm(input: Tensor[b, c, l, *s], size: int, alpha: float = 0.0001, beta: float = 0.75, k: float = 1.0) -> Tensor[b, c, l, *s]':
      {
        en: 'Scales values down by the squares of neighbouring channels.',
        zh: '用相邻通道的平方和做归一化。',
        dtype: 'same',
        eg: ['(2, 3, 4), 2 -> (2, 3, 4)', '(2, 3), 2 -> !rank-mismatch'],
      },
  },
  { python: true },
);

/** Elementwise results: the strides of what is not contiguous are not followed. */
const settled = (t: TensorArg | undefined): Arg | undefined => {
  if (!t) return undefined;
  const { layout, ...rest } = t;
  return layout === 'contiguous' ? t : rest;
};

const needShape = (call: Call, sizes: readonly Dim[], vectors: Readonly<Record<string, TensorArg | null>>): void => {
  for (const [name, t] of Object.entries(vectors)) {
    if (!t || t.shape.rest) continue;
    const clash = fault('shape-mismatch', { op: call.op, left: { dims: [...sizes] }, right: t.shape }, name);
    if (t.shape.dims.length !== sizes.length) {
      refuse(call, clash);
      continue;
    }
    t.shape.dims.forEach((d, i) => {
      need(call, { kind: 'eq', left: sizes[i] ?? d, right: d }, clash);
    });
  }
};

/** Batch normalisation with a rank of its own: what the layers call. */
export const normLayerOps = ops(
  'torch._nn',
  {
    'batch_norm1d(input: Tensor[b, c, l?], running_mean: Tensor?, running_var: Tensor?, weight: Tensor?, bias: Tensor?, training: bool) -> Tensor[b, c, l?]':
      {
        en: 'Batch normalisation.',
        needs: 'float',
        zh: '批归一化。',
        formula: batchFormula,
        dtype: 'same',
        check: (e, call) => checkBatch(call, e.input.shape, e.c, e),
        eg: '(2, 3, 4), (3), (3), None, None, False -> (2, 3, 4)',
      },
    'batch_norm2d(input: Tensor[b, c, h, w], running_mean: Tensor?, running_var: Tensor?, weight: Tensor?, bias: Tensor?, training: bool) -> Tensor[b, c, h, w]':
      {
        en: 'Batch normalisation.',
        needs: 'float',
        zh: '批归一化。',
        formula: batchFormula,
        dtype: 'same',
        check: (e, call) => checkBatch(call, e.input.shape, e.c, e),
        eg: '(2, 3, 4, 4), (3), (3), None, None, False -> (2, 3, 4, 4)',
      },
    'batch_norm3d(input: Tensor[b, c, d, h, w], running_mean: Tensor?, running_var: Tensor?, weight: Tensor?, bias: Tensor?, training: bool) -> Tensor[b, c, d, h, w]':
      {
        en: 'Batch normalisation.',
        needs: 'float',
        zh: '批归一化。',
        formula: batchFormula,
        dtype: 'same',
        check: (e, call) => checkBatch(call, e.input.shape, e.c, e),
        eg: '(2, 3, 4, 4, 4), (3), (3), None, None, False -> (2, 3, 4, 4, 4)',
      },
    'batch_norm_any(input: Tensor[b, c, *s], running_mean: Tensor?, running_var: Tensor?, weight: Tensor?, bias: Tensor?, training: bool) -> Tensor[b, c, *s]':
      {
        en: 'Batch normalisation.',
        needs: 'float',
        zh: '批归一化。',
        formula: batchFormula,
        dtype: 'same',
        check: (e, call) => checkBatch(call, e.input.shape, e.c, e),
        eg: '(2, 3), (3), (3), None, None, False -> (2, 3)',
      },
    'instance_norm1d(input: Tensor[b?, c, l], running_mean: Tensor?, weight: Tensor?, bias: Tensor?, training: bool, track_running_stats: bool) -> Tensor[b?, c, l]':
      {
        en: 'Instance normalisation.',
        needs: 'float',
        zh: '实例归一化。',
        formula: batchFormula,
        dtype: 'same',
        check: (e, call) => {
          needPerChannel(call, e.c, { running_mean: e.running_mean, weight: e.weight, bias: e.bias });
          if (e.training || !e.track_running_stats) needSeveral(call, e.input.shape, [e.l]);
        },
        eg: '(2, 3, 4), None, None, None, False, False -> (2, 3, 4)',
      },
    'instance_norm2d(input: Tensor[b?, c, h, w], running_mean: Tensor?, weight: Tensor?, bias: Tensor?, training: bool, track_running_stats: bool) -> Tensor[b?, c, h, w]':
      {
        en: 'Instance normalisation.',
        needs: 'float',
        zh: '实例归一化。',
        formula: batchFormula,
        dtype: 'same',
        check: (e, call) => {
          needPerChannel(call, e.c, { running_mean: e.running_mean, weight: e.weight, bias: e.bias });
          if (e.training || !e.track_running_stats) needSeveral(call, e.input.shape, [e.h, e.w]);
        },
        eg: '(2, 3, 4, 4), None, None, None, False, False -> (2, 3, 4, 4)',
      },
    'instance_norm3d(input: Tensor[b?, c, d, h, w], running_mean: Tensor?, weight: Tensor?, bias: Tensor?, training: bool, track_running_stats: bool) -> Tensor[b?, c, d, h, w]':
      {
        en: 'Instance normalisation.',
        needs: 'float',
        zh: '实例归一化。',
        formula: batchFormula,
        dtype: 'same',
        check: (e, call) => {
          needPerChannel(call, e.c, { running_mean: e.running_mean, weight: e.weight, bias: e.bias });
          if (e.training || !e.track_running_stats) needSeveral(call, e.input.shape, [e.d, e.h, e.w]);
        },
        eg: '(2, 3, 4, 4, 4), None, None, None, False, False -> (2, 3, 4, 4, 4)',
      },
  },
  { python: true },
);

const affineParams = ({
  num_features: c,
  affine,
  bias,
}: {
  readonly num_features: Dim;
  readonly affine: boolean;
  readonly bias: boolean;
}) => ({
  weight: affine && [c],
  bias: affine && bias && [c],
});

const statistics = ({
  num_features: c,
  track_running_stats: track,
}: {
  readonly num_features: Dim;
  readonly track_running_stats: boolean;
}) => ({
  running_mean: track && [c],
  running_var: track && [c],
  num_batches_tracked: track && [],
});

/** The channels of an instance norm, which keeps any number when it owns no tensors. */
const featuresOf = (
  call: Call,
  e: { readonly num_features: Arg; readonly affine: boolean; readonly track_running_stats: boolean },
): Dim => {
  const size = integerOf(e.num_features, call);
  if (size !== undefined) return size;
  if (!e.affine && !e.track_running_stats) return 0;
  const data = { op: call.op, argument: 'num_features', expected: 'int', found: typeName(e.num_features) };
  refuse(call, fault('wrong-type', data, 'num_features'));
  return 0;
};

const batchInit = {
  weight: 'ones',
  bias: 'zeros',
  running_mean: 'zeros',
  running_var: 'ones',
  num_batches_tracked: 'zeros',
} as const;

/** Batch normalisation layers. */
export const batchNormLayers = layers('torch.nn torch.nn.modules torch.nn.modules.batchnorm', {
  'BatchNorm1d(num_features: int, eps: float = 1e-05, momentum: float? = 0.1, affine: bool = True, track_running_stats: bool = True, device: any = None, dtype: any = None, *, bias: bool = True)':
    {
      en: 'Batch normalisation of vectors or sequences: each channel to mean 0 and variance 1 over the batch, then scaled and shifted.',
      zh: '对向量或序列做批归一化：每个通道在整个批次上归一化，再缩放、平移。',
      formula: batchFormula,
      call: 'batch_norm1d(input, running_mean, running_var, weight, bias, training)',
      params: affineParams,
      buffers: statistics,
      init: batchInit,
      eg: ['BatchNorm1d(3): (2, 3, 4) -> (2, 3, 4)', 'BatchNorm1d(3): (2, 4, 4) -> !channel-mismatch'],
    },
  'BatchNorm2d(num_features: int, eps: float = 1e-05, momentum: float? = 0.1, affine: bool = True, track_running_stats: bool = True, device: any = None, dtype: any = None, *, bias: bool = True)':
    {
      en: 'Batch normalisation of feature maps: each channel to mean 0 and variance 1 over the batch, then scaled and shifted.',
      zh: '对特征图做批归一化：每个通道在整个批次上归一化，再缩放、平移。',
      formula: batchFormula,
      call: 'batch_norm2d(input, running_mean, running_var, weight, bias, training)',
      params: affineParams,
      buffers: statistics,
      init: batchInit,
      eg: ['BatchNorm2d(3): (2, 3, 4, 4) -> (2, 3, 4, 4)', 'BatchNorm2d(3): (2, 4, 4, 4) -> !channel-mismatch'],
    },
  'BatchNorm3d(num_features: int, eps: float = 1e-05, momentum: float? = 0.1, affine: bool = True, track_running_stats: bool = True, device: any = None, dtype: any = None, *, bias: bool = True)':
    {
      en: 'Batch normalisation of volumes: each channel to mean 0 and variance 1 over the batch, then scaled and shifted.',
      zh: '对三维数据做批归一化：每个通道在整个批次上归一化，再缩放、平移。',
      formula: batchFormula,
      call: 'batch_norm3d(input, running_mean, running_var, weight, bias, training)',
      params: affineParams,
      buffers: statistics,
      init: batchInit,
      eg: [
        'BatchNorm3d(3): (2, 3, 4, 4, 4) -> (2, 3, 4, 4, 4)',
        'BatchNorm3d(3): (2, 4, 4, 4, 4) -> !channel-mismatch',
      ],
    },
  'SyncBatchNorm(num_features: int, eps: float = 1e-05, momentum: float? = 0.1, affine: bool = True, track_running_stats: bool = True, process_group: any = None, device: any = None, dtype: any = None, *, bias: bool = True)':
    {
      en: 'Batch normalisation over the batches of all devices.',
      zh: '跨设备同步统计量的批归一化。',
      formula: batchFormula,
      call: 'batch_norm_any(input, running_mean, running_var, weight, bias, training)',
      params: affineParams,
      buffers: statistics,
      init: batchInit,
      eg: 'SyncBatchNorm(3): (2, 3, 4, 4) -> (2, 3, 4, 4)',
    },
});

/** Instance, group and layer normalisation. */
export const normLayers = layers(
  'torch.nn torch.nn.modules torch.nn.modules.normalization torch.nn.modules.instancenorm',
  {
    'InstanceNorm1d(num_features: any, eps: float = 1e-05, momentum: float = 0.1, affine: bool = False, track_running_stats: bool = False, device: any = None, dtype: any = None, *, bias: bool = True)':
      {
        en: 'Instance normalisation: each channel of each sample by itself.',
        zh: '实例归一化：对每个样本的每个通道单独归一化。',
        remarks: bareNorm,
        formula: batchFormula,
        call: 'instance_norm1d(input, running_mean, weight, bias, training, track_running_stats)',
        params: (e, call) => affineParams({ ...e, num_features: featuresOf(call, e) }),
        buffers: (e, call) => statistics({ ...e, num_features: featuresOf(call, e) }),
        init: batchInit,
        eg: [
          'InstanceNorm1d(3): (2, 3, 4) -> (2, 3, 4)',
          'InstanceNorm1d(3, affine=True): (2, 4, 4) -> !channel-mismatch',
        ],
      },
    'InstanceNorm2d(num_features: any, eps: float = 1e-05, momentum: float = 0.1, affine: bool = False, track_running_stats: bool = False, device: any = None, dtype: any = None, *, bias: bool = True)':
      {
        en: 'Instance normalisation: each channel of each sample by itself.',
        zh: '实例归一化：对每个样本的每个通道单独归一化。',
        remarks: bareNorm,
        formula: batchFormula,
        call: 'instance_norm2d(input, running_mean, weight, bias, training, track_running_stats)',
        params: (e, call) => affineParams({ ...e, num_features: featuresOf(call, e) }),
        buffers: (e, call) => statistics({ ...e, num_features: featuresOf(call, e) }),
        init: batchInit,
        eg: [
          'InstanceNorm2d(3): (2, 3, 4, 4) -> (2, 3, 4, 4)',
          'InstanceNorm2d(3, affine=True): (2, 4, 4, 4) -> !channel-mismatch',
        ],
      },
    'InstanceNorm3d(num_features: any, eps: float = 1e-05, momentum: float = 0.1, affine: bool = False, track_running_stats: bool = False, device: any = None, dtype: any = None, *, bias: bool = True)':
      {
        en: 'Instance normalisation: each channel of each sample by itself.',
        zh: '实例归一化：对每个样本的每个通道单独归一化。',
        remarks: bareNorm,
        formula: batchFormula,
        call: 'instance_norm3d(input, running_mean, weight, bias, training, track_running_stats)',
        params: (e, call) => affineParams({ ...e, num_features: featuresOf(call, e) }),
        buffers: (e, call) => statistics({ ...e, num_features: featuresOf(call, e) }),
        init: batchInit,
        eg: [
          'InstanceNorm3d(3): (2, 3, 4, 4, 4) -> (2, 3, 4, 4, 4)',
          'InstanceNorm3d(3, affine=True): (2, 4, 4, 4, 4) -> !channel-mismatch',
        ],
      },
    'GroupNorm(num_groups: int, num_channels: int, eps: float = 1e-05, affine: bool = True, device: any = None, dtype: any = None, *, bias: bool = True)':
      {
        en: 'Group normalisation: groups of channels of each sample.',
        zh: '组归一化：对每个样本按通道分组归一化。',
        formula: batchFormula,
        call: 'group_norm(input, num_groups, weight, bias, eps)',
        check: ({ num_groups, num_channels }, call) =>
          needMultiple(call, num_channels, num_groups, 'num_channels', 'num_channels', 'num_groups'),
        params: ({ num_channels: c, affine, bias }) => ({ weight: affine && [c], bias: affine && bias && [c] }),
        init: { weight: 'ones', bias: 'zeros' },
        eg: ['GroupNorm(3, 6): (2, 6, 4, 4) -> (2, 6, 4, 4)', 'GroupNorm(4, 6): (2, 6) -> !not-divisible'],
      },
    'LayerNorm(normalized_shape: ints1, eps: float = 1e-05, elementwise_affine: bool = True, bias: bool = True, device: any = None, dtype: any = None)':
      {
        en: 'Layer normalisation over the last axes, each position by itself.',
        zh: '层归一化：在最后几维上归一化，每个位置各算各的。',
        formula: layerFormula,
        call: 'layer_norm(input, normalized_shape, weight, bias, eps)',
        fields: ({ normalized_shape }) => ({ normalized_shape: tupleOf(normalized_shape) }),
        params: ({ normalized_shape: s, elementwise_affine, bias }) => ({
          weight: elementwise_affine && s,
          bias: elementwise_affine && bias && s,
        }),
        init: { weight: 'ones', bias: 'zeros' },
        eg: [
          'LayerNorm(4): (2, 3, 4) -> (2, 3, 4)',
          'LayerNorm([3, 4]): (2, 3, 4) -> (2, 3, 4)',
          'LayerNorm(5): (2, 4) -> !norm-mismatch',
        ],
      },
    'RMSNorm(normalized_shape: ints1, eps: float? = None, elementwise_affine: bool = True, device: any = None, dtype: any = None)':
      {
        en: 'Scales the last axes to root mean square 1.',
        zh: 'RMSNorm：把最后几维缩放到均方根为 1。',
        formula: 'y = γ·x/√(mean(x²) + ε)',
        call: 'rms_norm(input, normalized_shape, weight, eps)',
        fields: ({ normalized_shape }) => ({ normalized_shape: tupleOf(normalized_shape) }),
        params: ({ normalized_shape: s, elementwise_affine }) => ({ weight: elementwise_affine && s }),
        init: { weight: 'ones' },
        eg: 'RMSNorm(4): (2, 3, 4) -> (2, 3, 4)',
      },
    'LocalResponseNorm(size: int, alpha: float = 0.0001, beta: float = 0.75, k: float = 1.0)': {
      en: 'Scales values down by the squares of neighbouring channels.',
      zh: '局部响应归一化：用相邻通道的平方和做归一化。',
      call: 'local_response_norm(input, size, alpha, beta, k)',
      eg: 'LocalResponseNorm(2): (2, 3, 4) -> (2, 3, 4)',
    },
    'CrossMapLRN2d(size: int, alpha: float = 0.0001, beta: float = 0.75, k: float = 1)': {
      en: 'Scales values down by the squares of neighbouring channels.',
      zh: '跨通道的局部响应归一化。',
      call: '_identity(input)',
      eg: 'CrossMapLRN2d(2): (2, 3, 4, 4) -> (2, 3, 4, 4)',
    },
  },
);
