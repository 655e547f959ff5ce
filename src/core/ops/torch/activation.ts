import { floorDiv } from '../../dims';
import type { DType, TensorArg } from '../arg';
import { type Call, need, refuse } from '../call';
import { fault } from '../codes';
import { isFloat } from '../dtypes';
import { keepShape, layers, ops } from '../rows';
import { needAxis, position, sizeAt, withSize } from '../rules/axes';
import { needBetween, needChoice } from '../rules/checks';

const float = { needs: 'real float', dtype: 'same' } as const;
const same = { needs: 'real number', dtype: 'same' } as const;

/** Activations of one number each. */
export const activations = keepShape(
  'torch.nn.functional',
  {
    'relu(input: Tensor[*a], inplace: bool = False)': [
      'Keeps positive values and zeroes the rest.',
      '正数不变，负数置零。',
      { ...same, formula: 'y = max(0, x)' },
    ],
    'relu6(input: Tensor[*a], inplace: bool = False)': [
      'ReLU that stops at 6.',
      '上限为 6 的 ReLU。',
      { ...same, formula: 'y = min(max(0, x), 6)' },
    ],
    'elu(input: Tensor[*a], alpha: float = 1.0, inplace: bool = False)': [
      'Smooth ReLU that saturates at −α.',
      '平滑的 ReLU，负侧饱和到 −α。',
      { ...float, formula: 'y = x if x > 0 else α·(eˣ − 1)' },
    ],
    'celu(input: Tensor[*a], alpha: float = 1.0, inplace: bool = False)': [
      'ELU with a continuous slope.',
      '斜率连续的 ELU。',
      float,
    ],
    'selu(input: Tensor[*a], inplace: bool = False)': [
      'Scaled ELU that keeps mean 0 and variance 1.',
      '按固定系数缩放的 ELU，使输出自动保持均值 0、方差 1。',
      float,
    ],
    'leaky_relu(input: Tensor[*a], negative_slope: float = 0.01, inplace: bool = False)': [
      'Keeps positive values and scales negative ones down.',
      '正数不变，负数乘以一个小斜率。',
      { ...float, formula: 'y = max(x, slope·x)' },
    ],
    'rrelu(input: Tensor[*a], lower: float = 0.125, upper: float = 0.3333333333333333, training: bool = False, inplace: bool = False)':
      ['Leaky ReLU whose slope is random while training.', '训练时负侧斜率随机的 Leaky ReLU。', float],
    'silu(input: Tensor[*a], inplace: bool = False)': [
      'x times its sigmoid (Swish).',
      'x 乘以自身的 sigmoid（即 Swish）。',
      { ...float, needs: 'float', formula: 'y = x·σ(x)' },
    ],
    'mish(input: Tensor[*a], inplace: bool = False)': [
      'x times tanh of its softplus.',
      'x 乘以 tanh(softplus(x))。',
      { ...float, formula: 'y = x·tanh(log(1 + eˣ))' },
    ],
    'hardswish(input: Tensor[*a], inplace: bool = False)': [
      'Piecewise linear Swish.',
      '用折线近似的 Swish。',
      { ...float, formula: 'y = x·min(max(x + 3, 0), 6)/6' },
    ],
    'hardsigmoid(input: Tensor[*a], inplace: bool = False)': [
      'Piecewise linear sigmoid.',
      '用折线近似的 sigmoid。',
      { ...float, formula: 'y = min(max(x + 3, 0), 6)/6' },
    ],
    sigmoid: ['Squashes to between 0 and 1.', '压缩到 0 与 1 之间。', { dtype: 'float', formula: 'y = 1/(1 + e⁻ˣ)' }],
    tanh: ['Squashes to between −1 and 1.', '压缩到 −1 与 1 之间。', { dtype: 'float' }],
    softsign: ['x over 1 + |x|.', 'x 除以 1 + |x|。', { needs: 'number', dtype: 'float' }],
    tanhshrink: ['x minus tanh x.', 'x 减去 tanh x。', { needs: 'number', dtype: 'float' }],
    'threshold(input: Tensor[*a], threshold: number, value: number, inplace: bool = False)': [
      'Replaces what is not above a threshold.',
      '不大于阈值的元素换成给定值。',
      { ...same, eg: '(2, 3), 0.1, 20 -> (2, 3)' },
    ],
  },
  { python: true },
);

/** Activations that the C++ parser binds. */
export const nativeActivations = ops('torch.nn.functional torch._C._nn', {
  "gelu(input: Tensor[*a], *, approximate: str = 'none') -> Tensor[*a]": {
    en: 'x times the share of a normal distribution below x.',
    zh: 'x 乘以标准正态分布在 x 以下的概率。',
    formula: 'y = x·Φ(x)',
    ...float,
    check: ({ approximate }, call) => needChoice(call, 'approximate', approximate, ['none', 'tanh']),
    eg: ['(2, 3) -> (2, 3)', "(2, 3), approximate='no' -> !value-choice"],
  },
  'softplus(input: Tensor[*a], beta: number = 1, threshold: number = 20) -> Tensor[*a]': {
    en: 'Smooth ReLU.',
    zh: '平滑的 ReLU。',
    formula: 'y = log(1 + eᵝˣ)/β',
    ...float,
    eg: '(2, 3) -> (2, 3)',
  },
  'logsigmoid(input: Tensor[*a]) -> Tensor[*a]': {
    en: 'Logarithm of the sigmoid.',
    zh: 'sigmoid 的对数。',
    formula: 'y = log(1/(1 + e⁻ˣ))',
    ...float,
    eg: '(2, 3) -> (2, 3)',
  },
  'hardtanh(input: Tensor[*a], min_val: float = -1.0, max_val: float = 1.0, inplace: bool = False) -> Tensor[*a]': {
    en: 'Cuts off below and above.',
    zh: '把两端截断到给定范围。',
    ...same,
    inplace: true,
    eg: '(2, 3) -> (2, 3)',
  },
  'hardshrink(input: Tensor[*a], lambd: float = 0.5) -> Tensor[*a]': {
    en: 'Zeroes small values.',
    zh: '绝对值小的元素置零。',
    ...float,
    aliases: ['torch.hardshrink'],
    eg: '(2, 3) -> (2, 3)',
  },
  'softshrink(input: Tensor[*a], lambd: float = 0.5) -> Tensor[*a]': {
    en: 'Moves values towards 0 by λ and zeroes small ones.',
    zh: '各元素向 0 收缩 λ，绝对值小的置零。',
    ...float,
    check: ({ lambd }, call) => needBetween(call, 'lambd', lambd, 0, Number.POSITIVE_INFINITY),
    eg: ['(2, 3) -> (2, 3)', '(2, 3), -1 -> !value-range'],
  },
  'relu_(input: Tensor[*a]) -> Tensor[*a]': {
    en: 'Zeroes negative values in place.',
    zh: '原地把负数置零。',
    ...same,
    aliases: ['torch.relu_'],
    eg: '(2, 3) -> (2, 3)',
  },
  'leaky_relu_(input: Tensor[*a], negative_slope: float = 0.01) -> Tensor[*a]': {
    en: 'Scales negative values down in place.',
    zh: '原地把负数乘以一个小斜率。',
    ...float,
    eg: '(2, 3) -> (2, 3)',
  },
  'elu_(input: Tensor[*a], alpha: float = 1.0) -> Tensor[*a]': {
    en: 'ELU in place.',
    zh: '原地执行 ELU。',
    ...float,
    eg: '(2, 3) -> (2, 3)',
  },
});

/** Activations under `torch` and as methods. */
export const tensorActivations = ops('torch torch.Tensor', {
  'relu(input: Tensor[*a]) -> Tensor[*a]': {
    en: 'Keeps positive values and zeroes the rest.',
    zh: '正数不变，负数置零。',
    formula: 'y = max(0, x)',
    ...same,
    inplace: true,
    eg: '(2, 3) -> (2, 3)',
  },
  'prelu(input: Tensor[*a], weight: Tensor) -> Tensor[*a]': {
    en: 'Leaky ReLU whose slope is learnt, one for all or one a channel.',
    zh: '负侧斜率可学习的 ReLU：全体共用一个，或每个通道一个。',
    ...float,
    aliases: ['torch.nn.functional.prelu'],
    check: ({ input, weight }, call) => {
      const slopes = weight.shape;
      if (slopes.dims.length > 1) {
        const data = { op: call.op, argument: 'weight', expected: '0/1', found: slopes.dims.length, shape: slopes };
        return refuse(call, fault('rank-mismatch', data, 'weight'));
      }
      const count = slopes.dims[0];
      if (slopes.rest || count === undefined || count === 1 || input.shape.rest) return;
      const channels = input.shape.dims.length > 1 ? (input.shape.dims[1] ?? 1) : 1;
      const data = { op: call.op, axis: 'c', expected: count, found: channels };
      need(call, { kind: 'eq', left: count, right: channels }, fault('channel-mismatch', data, 'input', 'weight'));
    },
    eg: ['(2, 3, 4), (3) -> (2, 3, 4)', '(2, 3, 4), (2) -> !channel-mismatch', '(5), (1) -> (5)'],
  },
  'softmax(input: Tensor[*a], dim: dim, dtype: dtype? = None) -> Tensor[*a]': {
    en: 'Turns values along an axis into weights that sum to 1.',
    zh: '把某轴上的值变成和为 1 的权重。',
    formula: 'yᵢ = e^xᵢ / Σⱼ e^xⱼ',
    dtype: 'unknown',
    check: ({ input, dim, dtype }, call) => needSoft(call, input, dim, dtype),
    aliases: ['torch.special.softmax'],
    eg: ['(2, 3), 1 -> (2, 3)', '(2, 3), 2 -> !axis-range', '(2, 3) -> !missing-argument'],
  },
  'log_softmax(input: Tensor[*a], dim: dim, dtype: dtype? = None) -> Tensor[*a]': {
    en: 'Logarithm of the softmax along an axis.',
    zh: '沿某轴取 softmax 的对数。',
    dtype: 'unknown',
    check: ({ input, dim, dtype }, call) => needSoft(call, input, dim, dtype),
    aliases: ['torch.special.log_softmax'],
    eg: '(2, 3), 1 -> (2, 3)',
  },
});

/** Softmaxes, the gated unit and dropout as Python functions. */
export const functionalActivations = ops(
  'torch.nn.functional',
  {
    'softmax(input: Tensor[*a], dim: dim? = None, _stacklevel: any = 3, dtype: dtype? = None) -> Tensor[*a]': {
      en: 'Turns values along an axis into weights that sum to 1.',
      zh: '把某轴上的值变成和为 1 的权重。',
      formula: 'yᵢ = e^xᵢ / Σⱼ e^xⱼ',
      dtype: 'unknown',
      check: ({ input, dim, dtype }, call) => needSoft(call, input, dim, dtype),
      eg: ['(2, 3), 1 -> (2, 3)', '(2, 3), dim=2 -> !axis-range', '(2, 3), axis=1 -> !unexpected-keyword'],
    },
    'log_softmax(input: Tensor[*a], dim: dim? = None, _stacklevel: any = 3, dtype: dtype? = None) -> Tensor[*a]': {
      en: 'Logarithm of the softmax along an axis.',
      zh: '沿某轴取 softmax 的对数。',
      dtype: 'unknown',
      check: ({ input, dim, dtype }, call) => needSoft(call, input, dim, dtype),
      eg: '(2, 3), 1 -> (2, 3)',
    },
    'softmin(input: Tensor[*a], dim: dim? = None, _stacklevel: any = 3, dtype: dtype? = None) -> Tensor[*a]': {
      en: 'Softmax of the negative values: small ones weigh most.',
      zh: '对相反数做 softmax：值越小权重越大。',
      dtype: 'unknown',
      check: ({ input, dim, dtype }, call) => needSoft(call, input, dim, dtype),
      eg: '(2, 3), 1 -> (2, 3)',
    },
    'normalize(input: Tensor[*a], p: float? = 2.0, dim: dims? = 1, eps: float = 1e-12, out: any = None) -> Tensor[*a]':
      {
        en: 'Scales vectors along an axis to length 1.',
        zh: '沿某轴把向量缩放到长度 1。',
        formula: 'y = x/max(‖x‖ₚ, ε)',
        needs: 'float',
        dtype: 'same',
        check: ({ input, dim }, call) => {
          for (const axis of dim ?? []) needAxis(call, input.shape, axis);
        },
        eg: ['(2, 3) -> (2, 3)', '(3) -> !axis-range', '(2, 3), dim=None -> (2, 3)'],
      },
    'gumbel_softmax(logits: Tensor[*a], tau: float = 1, hard: bool = False, eps: float = 1e-10, dim: dim = -1) -> Tensor[*a]':
      {
        en: 'Softmax with random noise: a soft draw of one class.',
        zh: '加随机噪声的 softmax：对类别的软采样。',
        ...float,
        layout: 'unknown',
        check: ({ logits, dim }, call) => needAxis(call, logits.shape, dim),
        eg: '(2, 3) -> (2, 3)',
      },
    'glu(input: Tensor, dim: dim = -1) -> Tensor': {
      needs: 'real float',
      en: 'Halves an axis: the second half gates the first.',
      zh: '把某轴分成两半，后一半作为前一半的门控。',
      formula: 'y = a·σ(b)',
      dtype: 'same',
      shape: ({ input, dim }, call) => {
        const at = position(call, input.shape, dim);
        if (at === undefined) return undefined;
        const size = sizeAt(input.shape, at);
        need(call, { kind: 'divides', divisor: 2, dividend: size }, fault('odd-axis', { op: call.op, size }, 'input'));
        return withSize(input.shape, at, floorDiv(size, 2));
      },
      eg: ['(2, 6) -> (2, 3)', '(4, 6), 0 -> (2, 6)', '(2, 3) -> !odd-axis'],
    },
    'dropout(input: Tensor[*a], p: float = 0.5, training: bool = True, inplace: bool = False) -> Tensor[*a]': {
      en: 'Zeroes values at random while training and scales the others up.',
      zh: '训练时随机把一部分值置零，其余按比例放大。',
      dtype: 'same',
      check: ({ p }, call) => needProbability(call, p),
      remarks: [
        {
          en: 'training is True unless given: without training=self.training it drops in eval mode, too.',
          zh: 'training 默认为 True：不传 training=self.training，评估模式下也会失活。',
        },
      ],
      eg: ['(2, 3) -> (2, 3)', '(2, 3), 1.5 -> !value-range'],
    },
    'alpha_dropout(input: Tensor[*a], p: float = 0.5, training: bool = False, inplace: bool = False) -> Tensor[*a]': {
      en: 'Dropout that keeps mean and variance, for SELU networks.',
      zh: '保持均值和方差的随机失活，与 SELU 配合使用。',
      dtype: 'same',
      check: ({ p }, call) => needProbability(call, p),
      eg: '(2, 3) -> (2, 3)',
    },
    'feature_alpha_dropout(input: Tensor[*a], p: float = 0.5, training: bool = False, inplace: bool = False) -> Tensor[*a]':
      {
        en: 'Alpha dropout of whole channels.',
        zh: '按整个通道做 Alpha 随机失活。',
        dtype: 'same',
        check: ({ p }, call) => needProbability(call, p),
        eg: '(2, 3, 4) -> (2, 3, 4)',
      },
    'dropout1d(input: Tensor[b?, c, l], p: float = 0.5, training: bool = True, inplace: bool = False) -> Tensor[b?, c, l]':
      {
        en: 'Zeroes whole channels of sequences at random while training.',
        zh: '训练时随机把序列的整个通道置零。',
        dtype: 'same',
        check: ({ p }, call) => needProbability(call, p),
        eg: ['(2, 3, 4) -> (2, 3, 4)', '(4) -> !rank-mismatch'],
      },
    'dropout2d(input: Tensor[*a], p: float = 0.5, training: bool = True, inplace: bool = False) -> Tensor[*a]': {
      en: 'Zeroes whole channels at random while training.',
      zh: '训练时随机把整个通道置零。',
      dtype: 'same',
      check: ({ p }, call) => needProbability(call, p),
      eg: '(2, 3, 4, 4) -> (2, 3, 4, 4)',
    },
    'dropout3d(input: Tensor[*a], p: float = 0.5, training: bool = True, inplace: bool = False) -> Tensor[*a]': {
      en: 'Zeroes whole channels of volumes at random while training.',
      zh: '训练时随机把三维数据的整个通道置零。',
      dtype: 'same',
      check: ({ p }, call) => needProbability(call, p),
      eg: '(2, 3, 4, 4, 4) -> (2, 3, 4, 4, 4)',
    },
  },
  { python: true },
);

/** An axis in range, and fractions unless the call asks for another element type. */
const needSoft = (call: Call, input: TensorArg, dim: number | null, dtype: DType | undefined | null): void => {
  needAxis(call, input.shape, dim);
  if (dtype !== null || input.dtype === undefined || isFloat(input.dtype)) return;
  const data = { op: call.op, argument: 'input', expected: 'float', found: input.dtype };
  refuse(call, fault('dtype-refused', data, 'input'));
};

const needProbability = (call: Call, p: number | undefined): void => needBetween(call, 'p', p, 0, 1);

/** Ops that only layers call. */
export const layerOps = ops(
  'torch._nn',
  {
    '_identity(input: any) -> any': {
      en: 'Gives its input back.',
      zh: '原样返回输入。',
      value: ({ input }) => input,
      eg: '(2, 3) -> (2, 3)',
    },
    '_softmax2d(input: Tensor[b?, c, h, w]) -> Tensor[b?, c, h, w]': {
      needs: 'real float',
      en: 'Softmax over the channels of each pixel.',
      zh: '对每个像素的各通道做 softmax。',
      dtype: 'same',
      eg: ['(2, 3, 4, 4) -> (2, 3, 4, 4)', '(2, 3) -> !rank-mismatch'],
    },
  },
  { python: true },
);

/** Activation layers. */
export const activationLayers = layers('torch.nn torch.nn.modules torch.nn.modules.activation', {
  'ReLU(inplace: bool = False)': {
    en: 'Keeps positive values and zeroes the rest.',
    zh: '正数不变，负数置零。',
    formula: 'y = max(0, x)',
    call: 'relu(input)',
    eg: 'ReLU(): (2, 3) -> (2, 3)',
  },
  'ReLU6(inplace: bool = False)': {
    en: 'ReLU that stops at 6.',
    zh: '上限为 6 的 ReLU。',
    formula: 'y = min(max(0, x), 6)',
    call: 'relu6(input)',
    eg: 'ReLU6(): (2, 3) -> (2, 3)',
  },
  "GELU(approximate: str = 'none')": {
    en: 'x times the share of a normal distribution below x.',
    zh: 'x 乘以标准正态分布在 x 以下的概率。',
    formula: 'y = x·Φ(x)',
    call: 'gelu(input, approximate=approximate)',
    eg: "GELU('tanh'): (2, 3) -> (2, 3)",
  },
  'SiLU(inplace: bool = False)': {
    en: 'x times its sigmoid (Swish).',
    zh: 'x 乘以自身的 sigmoid（即 Swish）。',
    formula: 'y = x·σ(x)',
    call: 'silu(input)',
    eg: 'SiLU(): (2, 3) -> (2, 3)',
  },
  'Mish(inplace: bool = False)': {
    en: 'x times tanh of its softplus.',
    zh: 'x 乘以 tanh(softplus(x))。',
    call: 'mish(input)',
    eg: 'Mish(): (2, 3) -> (2, 3)',
  },
  'LeakyReLU(negative_slope: float = 0.01, inplace: bool = False)': {
    en: 'Keeps positive values and scales negative ones down.',
    zh: '正数不变，负数乘以一个小斜率。',
    formula: 'y = max(x, slope·x)',
    call: 'leaky_relu(input, negative_slope)',
    eg: 'LeakyReLU(0.2): (2, 3) -> (2, 3)',
  },
  'ELU(alpha: float = 1.0, inplace: bool = False)': {
    en: 'Smooth ReLU that saturates at −α.',
    zh: '平滑的 ReLU，负侧饱和到 −α。',
    call: 'elu(input, alpha)',
    eg: 'ELU(): (2, 3) -> (2, 3)',
  },
  'CELU(alpha: float = 1.0, inplace: bool = False)': {
    en: 'ELU with a continuous slope.',
    zh: '斜率连续的 ELU。',
    call: 'celu(input, alpha)',
    eg: 'CELU(): (2, 3) -> (2, 3)',
  },
  'SELU(inplace: bool = False)': {
    en: 'Scaled ELU that keeps mean 0 and variance 1.',
    zh: '按固定系数缩放的 ELU，使输出自动保持均值 0、方差 1。',
    call: 'selu(input)',
    eg: 'SELU(): (2, 3) -> (2, 3)',
  },
  'RReLU(lower: float = 0.125, upper: float = 0.3333333333333333, inplace: bool = False)': {
    en: 'Leaky ReLU whose slope is random while training.',
    zh: '训练时负侧斜率随机的 Leaky ReLU。',
    call: 'rrelu(input, lower, upper)',
    eg: 'RReLU(): (2, 3) -> (2, 3)',
  },
  'PReLU(num_parameters: int = 1, init: float = 0.25, device: any = None, dtype: any = None)': {
    en: 'Leaky ReLU whose slope is learnt.',
    zh: '负侧斜率可学习的 ReLU。',
    call: 'prelu(input, weight)',
    params: ({ num_parameters: c }) => ({ weight: [c] }),
    init: { weight: 'quarter' },
    eg: ['PReLU(): (2, 3) -> (2, 3)', 'PReLU(3): (2, 3, 4) -> (2, 3, 4)'],
  },
  'Hardswish(inplace: bool = False)': {
    en: 'Piecewise linear Swish.',
    zh: '用折线近似的 Swish。',
    call: 'hardswish(input)',
    eg: 'Hardswish(): (2, 3) -> (2, 3)',
  },
  'Hardsigmoid(inplace: bool = False)': {
    en: 'Piecewise linear sigmoid.',
    zh: '用折线近似的 sigmoid。',
    call: 'hardsigmoid(input)',
    eg: 'Hardsigmoid(): (2, 3) -> (2, 3)',
  },
  'Hardtanh(min_val: float = -1.0, max_val: float = 1.0, inplace: bool = False, min_value: float? = None, max_value: float? = None)':
    {
      en: 'Cuts off below and above.',
      zh: '把两端截断到给定范围。',
      call: 'hardtanh(input, min_val, max_val)',
      check: ({ min_val, max_val }, call) => {
        if (min_val === undefined || max_val === undefined || max_val > min_val) return;
        const data = { op: call.op, argument: 'max_val', low: `${min_val}`, high: '∞', found: `${max_val}` };
        refuse(call, fault('value-range', data, 'max_val'));
      },
      eg: 'Hardtanh(): (2, 3) -> (2, 3)',
    },
  'Hardshrink(lambd: float = 0.5)': {
    en: 'Zeroes small values.',
    zh: '绝对值小的元素置零。',
    call: 'hardshrink(input, lambd)',
    eg: 'Hardshrink(): (2, 3) -> (2, 3)',
  },
  'Softshrink(lambd: float = 0.5)': {
    en: 'Moves values towards 0 and zeroes small ones.',
    zh: '各元素向 0 收缩，绝对值小的置零。',
    call: 'softshrink(input, lambd)',
    eg: 'Softshrink(): (2, 3) -> (2, 3)',
  },
  'Tanhshrink()': {
    en: 'x minus tanh x.',
    zh: 'x 减去 tanh x。',
    call: 'tanhshrink(input)',
    eg: 'Tanhshrink(): (2, 3) -> (2, 3)',
  },
  'Threshold(threshold: float, value: float, inplace: bool = False)': {
    en: 'Replaces what is not above a threshold.',
    zh: '不大于阈值的元素换成给定值。',
    call: 'threshold(input, threshold, value)',
    eg: 'Threshold(0.1, 20): (2, 3) -> (2, 3)',
  },
  'Sigmoid()': {
    en: 'Squashes to between 0 and 1.',
    zh: '压缩到 0 与 1 之间。',
    formula: 'y = 1/(1 + e⁻ˣ)',
    call: 'torch.sigmoid(input)',
    eg: 'Sigmoid(): (2, 3) -> (2, 3)',
  },
  'LogSigmoid()': {
    en: 'Logarithm of the sigmoid.',
    zh: 'sigmoid 的对数。',
    call: 'logsigmoid(input)',
    eg: 'LogSigmoid(): (2, 3) -> (2, 3)',
  },
  'Tanh()': {
    en: 'Squashes to between −1 and 1.',
    zh: '压缩到 −1 与 1 之间。',
    call: 'torch.tanh(input)',
    eg: 'Tanh(): (2, 3) -> (2, 3)',
  },
  'Softplus(beta: float = 1.0, threshold: float = 20.0)': {
    en: 'Smooth ReLU.',
    zh: '平滑的 ReLU。',
    formula: 'y = log(1 + eᵝˣ)/β',
    call: 'softplus(input, beta, threshold)',
    eg: 'Softplus(): (2, 3) -> (2, 3)',
  },
  'Softsign()': {
    en: 'x over 1 + |x|.',
    zh: 'x 除以 1 + |x|。',
    call: 'softsign(input)',
    eg: 'Softsign(): (2, 3) -> (2, 3)',
  },
  'GLU(dim: dim = -1)': {
    en: 'Halves an axis: the second half gates the first.',
    zh: '把某轴分成两半，后一半作为前一半的门控。',
    formula: 'y = a·σ(b)',
    call: 'glu(input, dim)',
    eg: 'GLU(): (2, 6) -> (2, 3)',
  },
  'Softmax(dim: dim? = None)': {
    en: 'Turns values along an axis into weights that sum to 1.',
    zh: '把某轴上的值变成和为 1 的权重。',
    call: 'torch.nn.functional.softmax(input, dim)',
    eg: 'Softmax(dim=1): (2, 3) -> (2, 3)',
  },
  'LogSoftmax(dim: dim? = None)': {
    en: 'Logarithm of the softmax along an axis.',
    zh: '沿某轴取 softmax 的对数。',
    call: 'torch.nn.functional.log_softmax(input, dim)',
    eg: 'LogSoftmax(1): (2, 3) -> (2, 3)',
  },
  'Softmin(dim: dim? = None)': {
    en: 'Softmax of the negative values.',
    zh: '对相反数做 softmax。',
    call: 'softmin(input, dim)',
    eg: 'Softmin(1): (2, 3) -> (2, 3)',
  },
  'Softmax2d()': {
    en: 'Softmax over the channels of each pixel.',
    zh: '对每个像素的各通道做 softmax。',
    call: '_softmax2d(input)',
    eg: 'Softmax2d(): (2, 3, 4, 4) -> (2, 3, 4, 4)',
  },
});

/** Dropout layers. */
export const dropoutLayers = layers('torch.nn torch.nn.modules torch.nn.modules.dropout', {
  'Dropout(p: float = 0.5, inplace: bool = False)': {
    en: 'Zeroes values at random while training and scales the others up.',
    zh: '训练时随机把一部分值置零，其余按比例放大。',
    call: 'dropout(input, p)',
    check: ({ p }, call) => needProbability(call, p),
    eg: ['Dropout(0.1): (2, 3) -> (2, 3)', 'Dropout(1.5): (2, 3) -> !value-range'],
  },
  'Dropout1d(p: float = 0.5, inplace: bool = False)': {
    en: 'Zeroes whole channels of sequences at random while training.',
    zh: '训练时随机把序列的整个通道置零。',
    call: 'dropout1d(input, p)',
    check: ({ p }, call) => needProbability(call, p),
    eg: 'Dropout1d(): (2, 3, 4) -> (2, 3, 4)',
  },
  'Dropout2d(p: float = 0.5, inplace: bool = False)': {
    en: 'Zeroes whole channels at random while training.',
    zh: '训练时随机把整个通道置零。',
    call: 'dropout2d(input, p)',
    check: ({ p }, call) => needProbability(call, p),
    eg: 'Dropout2d(): (2, 3, 4, 4) -> (2, 3, 4, 4)',
  },
  'Dropout3d(p: float = 0.5, inplace: bool = False)': {
    en: 'Zeroes whole channels of volumes at random while training.',
    zh: '训练时随机把三维数据的整个通道置零。',
    call: 'dropout3d(input, p)',
    check: ({ p }, call) => needProbability(call, p),
    eg: 'Dropout3d(): (2, 3, 4, 4, 4) -> (2, 3, 4, 4, 4)',
  },
  'AlphaDropout(p: float = 0.5, inplace: bool = False)': {
    en: 'Dropout that keeps mean and variance, for SELU networks.',
    zh: '保持均值和方差的随机失活，与 SELU 配合使用。',
    call: 'alpha_dropout(input, p)',
    check: ({ p }, call) => needProbability(call, p),
    eg: 'AlphaDropout(): (2, 3) -> (2, 3)',
  },
  'FeatureAlphaDropout(p: float = 0.5, inplace: bool = False)': {
    en: 'Alpha dropout of whole channels.',
    zh: '按整个通道做 Alpha 随机失活。',
    call: 'feature_alpha_dropout(input, p)',
    check: ({ p }, call) => needProbability(call, p),
    eg: 'FeatureAlphaDropout(): (2, 3, 4) -> (2, 3, 4)',
  },
});
