import { type Dim, floorDiv } from '../../dims';
import type { Shape } from '../../shapes';
import type { DType, TensorArg } from '../arg';
import { broadcastAll, type Call, need, refuse } from '../call';
import { fault } from '../codes';
import { isComplex, isFloat } from '../dtypes';
import { layers, ops } from '../rows';
import { needAxis, position, sizeAt, withSize } from '../rules/axes';
import { needBetween, needChoice, needMultiple } from '../rules/checks';
import { anyFormat, channelAxis, channelsLast } from '../rules/format';
import { needFractions } from '../rules/rnn';
import { sizesIn } from '../rules/values';
import { keepLike, twin } from './twin';

const paddle = { lib: 'paddle' } as const;
const float = { needs: 'float', dtype: 'same' } as const;
const at = 'paddle.nn.functional paddle.nn.functional.activation';

/** Activations of one number each. */
export const activations = keepLike(at, 'torch.nn.functional', {
  'relu(x: Tensor[*a], name: any = None)': { ...float, inplace: true },
  'relu6(x: Tensor[*a], name: any = None)': float,
  'elu(x: Tensor[*a], alpha: float = 1.0, name: any = None)': { ...float, inplace: true },
  'leaky_relu(x: Tensor[*a], negative_slope: float = 0.01, name: any = None)': { ...float, inplace: true },
  'silu(x/input: Tensor[*a], inplace: bool = False, name: any = None)': float,
  'swish(x: Tensor[*a], name: any = None)': { ...float, as: 'silu' },
  'mish(x: Tensor[*a], name: any = None)': float,
  'hardswish(x: Tensor[*a], name: any = None)': float,
  'hardsigmoid(x: Tensor[*a], slope: float = 0.1666667, offset: float = 0.5, name: any = None)': float,
  'hardtanh(x: Tensor[*a], min: float = -1.0, max: float = 1.0, name: any = None)': { ...float, inplace: true },
  'sigmoid(x/input: Tensor[*a], name: any = None, *, out: any = None)': { dtype: 'float' },
  'tanh(x/input: Tensor[*a], name: any = None, *, out: any = None)': { dtype: 'float', inplace: true },
  'softsign(x: Tensor[*a], name: any = None)': float,
  'tanhshrink(x: Tensor[*a], name: any = None)': float,
  'softplus(x/input: Tensor[*a], beta: any = 1, threshold: any = 20, name: any = None)': float,
  'log_sigmoid(x/input: Tensor[*a], name: any = None)': { ...float, as: 'logsigmoid' },
  'logsigmoid(x/input: Tensor[*a], name: any = None)': float,
  'hardshrink(x/input: Tensor[*a], threshold/lambd: float = 0.5, name: any = None)': float,
  'thresholded_relu(x: Tensor[*a], threshold: float = 1.0, value: float = 0.0, name: any = None)': {
    ...float,
    as: 'threshold',
    inplace: true,
  },
});

/** Activations that look at their arguments. */
export const checkedActivations = ops(
  at,
  {
    'gelu(x/input: Tensor[*a], approximate: any = False, name: any = None) -> Tensor[*a]': {
      ...float,
      ...twin('torch.nn.functional.gelu', [
        "approximate may be True or False here as well as 'tanh' or 'none'.",
        '这里 approximate 除 tanh/none 外还可写 True/False。',
      ]),
      check: ({ approximate }, call) => {
        if (approximate.kind === 'str') needChoice(call, 'approximate', approximate.value, ['none', 'tanh']);
      },
      eg: ['(2, 3) -> (2, 3)', '(2, 3), approximate=True -> (2, 3)'],
    },
    'celu(x: Tensor[*a], alpha: float = 1.0, name: any = None) -> Tensor[*a]': {
      ...float,
      ...twin('torch.nn.functional.celu'),
      check: ({ alpha }, call) => {
        if (alpha !== 0) return;
        refuse(call, fault('value-unsupported', { op: call.op, argument: 'alpha', found: '0' }, 'alpha'));
      },
      eg: ['(2, 3) -> (2, 3)', '(2, 3), 0 -> !value-unsupported'],
    },
    'selu(x: Tensor[*a], scale: float = 1.0507009873554805, alpha: float = 1.6732632423543772, name: any = None) -> Tensor[*a]':
      {
        ...float,
        ...twin('torch.nn.functional.selu'),
        check: ({ scale, alpha }, call) => {
          if (scale !== undefined && scale <= 1) refuseLow(call, 'scale', scale, '1');
          if (alpha !== undefined && alpha < 0) refuseLow(call, 'alpha', alpha, '0');
        },
        eg: ['(2, 3) -> (2, 3)', '(2, 3), 0.5 -> !value-range'],
      },
    'rrelu(x: Tensor[*a], lower: float = 0.125, upper: float = 0.3333333333333333, training: bool = True, name: any = None) -> Tensor[*a]':
      {
        ...float,
        ...twin('torch.nn.functional.rrelu', ['training is True by default here.', '这里 training 默认为 True。']),
        check: ({ lower, upper }, call) => {
          needBetween(call, 'lower', lower, 0, 1);
          needBetween(call, 'upper', upper, lower ?? 0, 1);
        },
        eg: ['(2, 3) -> (2, 3)', '(2, 3), 0.5, 0.1 -> !value-range'],
      },
    'softshrink(x/input: Tensor[*a], threshold/lambd: float = 0.5, name: any = None) -> Tensor[*a]': {
      ...float,
      ...twin('torch.nn.functional.softshrink'),
      check: ({ threshold }, call) => needBetween(call, 'threshold', threshold, 0, Number.POSITIVE_INFINITY),
      eg: ['(2, 3) -> (2, 3)', '(2, 3), -1 -> !value-range'],
    },
    'softmax(x/input: Tensor[*a], axis/dim: dim = -1, dtype: dtype? = None, name: any = None, *, out: any = None) -> Tensor[*a]':
      {
        ...twin('torch.nn.functional.softmax', ['the last axis is the default here.', '这里默认沿最后一维。']),
        dtype: 'unknown',
        inplace: true,
        aliases: ['paddle.Tensor.softmax', 'paddle.Tensor.softmax_'],
        check: ({ x, axis, dtype }, call) => needSoft(call, x, axis, dtype),
        eg: ['(2, 3) -> (2, 3)', '(2, 3), axis=2 -> !axis-range', '(2, 3), dim=1 -> (2, 3)'],
      },
    'log_softmax(x: Tensor[*a], axis: dim = -1, dtype: dtype? = None, name: any = None) -> Tensor[*a]': {
      ...twin('torch.nn.functional.log_softmax', ['the last axis is the default here.', '这里默认沿最后一维。']),
      dtype: 'unknown',
      check: ({ x, axis, dtype }, call) => needSoft(call, x, axis, dtype),
      eg: ['(2, 3) -> (2, 3)', '(2, 3), 2 -> !axis-range'],
    },
    'gumbel_softmax(x: Tensor[*a], temperature: any = 1.0, hard: bool = False, axis: dim = -1, name: any = None) -> Tensor[*a]':
      {
        ...float,
        ...twin('torch.nn.functional.gumbel_softmax'),
        check: ({ x, axis }, call) => needAxis(call, x.shape, axis, 'axis'),
        eg: '(2, 3) -> (2, 3)',
      },
    'glu(x/input: Tensor, axis/dim: dim = -1, name: any = None) -> Tensor': {
      ...float,
      ...twin('torch.nn.functional.glu'),
      shape: ({ x, axis }, call) => halved(call, x.shape, axis),
      eg: ['(2, 6) -> (2, 3)', '(4, 6), 0 -> (2, 6)', '(2, 3) -> !odd-axis'],
    },
    'swiglu(x: Tensor, y: Tensor? = None, name: any = None) -> Tensor': {
      ...float,
      en: 'SiLU of one half, times the other half or a second tensor.',
      zh: '一半取 SiLU 后与另一半（或第二个张量）相乘。',
      formula: 'out = x·σ(x)·y',
      aliases: ['paddle.incubate.nn.functional.swiglu'],
      shape: ({ x, y }, call) => {
        if (!y) return halved(call, x.shape, -1);
        const clash = fault('shape-mismatch', { op: call.op, left: x.shape, right: y.shape }, 'x', 'y');
        return broadcastAll(call, [x.shape, y.shape], () => clash);
      },
      eg: ['(2, 6) -> (2, 3)', '(2, 6), (2, 6) -> (2, 6)', '(2, 5) -> !odd-axis'],
    },
    'maxout(x: Tensor, groups: int, axis: dim = 1, name: any = None) -> Tensor': {
      ...float,
      en: 'Takes the largest of each group of channels.',
      zh: '每组通道取最大值。',
      shape: ({ x, groups, axis }, call) => {
        if (axis !== 1 && axis !== -1 && axis !== 3) return refuseAxis(call, axis);
        const place = position(call, x.shape, axis, 0, 'axis');
        if (place === undefined) return undefined;
        if (groups === 1) refuseLow(call, 'groups', 1, '2');
        const size = sizeAt(x.shape, place);
        needMultiple(call, size, groups, 'channels', 'x', 'groups');
        return withSize(x.shape, place, groups === 0 ? 0 : floorDiv(size, groups));
      },
      eg: ['(2, 4, 3, 3), 2 -> (2, 2, 3, 3)', '(2, 4, 3, 3), 3 -> !not-divisible'],
    },
    "prelu(x: Tensor[*a], weight: Tensor, data_format: str = 'NCHW', name: any = None) -> Tensor[*a]": {
      ...float,
      ...twin('torch.nn.functional.prelu'),
      alike: 'x weight',
      check: ({ x, weight, data_format }, call) => needSlopes(call, x, weight, data_format),
      eg: ['(2, 3), (1) -> (2, 3)', '(2, 3, 4), (3) -> (2, 3, 4)', '(2, 3, 4), (4) -> !channel-mismatch'],
    },
  },
  paddle,
);

const refuseLow = (call: Call, argument: string, found: number, low: string): undefined =>
  refuse(call, fault('value-range', { op: call.op, argument, low, high: '∞', found: `${found}` }, argument));

const refuseAxis = (call: Call, axis: number): undefined =>
  refuse(call, fault('value-choice', { op: call.op, argument: 'axis', choices: '1, 3, -1', found: `${axis}` }, 'axis'));

const halved = (call: Call, shape: Shape, axis: number): Shape | undefined => {
  const place = position(call, shape, axis, 0, 'axis');
  if (place === undefined) return undefined;
  const size = sizeAt(shape, place);
  need(call, { kind: 'divides', divisor: 2, dividend: size }, fault('odd-axis', { op: call.op, size }, 'x'));
  return withSize(shape, place, floorDiv(size, 2));
};

/** An axis in range, and fractions unless the call asks for another element type. */
const needSoft = (call: Call, x: TensorArg, axis: number, dtype: DType | undefined | null): void => {
  needAxis(call, x.shape, axis, 'axis');
  if (dtype !== null || x.dtype === undefined || isFloat(x.dtype) || isComplex(x.dtype)) return;
  const data = { op: call.op, argument: 'x', expected: 'float', found: x.dtype };
  refuse(call, fault('dtype-refused', data, 'x'));
};

/** One slope, or one a channel. */
const needSlopes = (call: Call, x: TensorArg, weight: TensorArg, format: string): void => {
  const { shape } = weight;
  if (shape.rest) return;
  if (shape.dims.length > 1) {
    const data = { op: call.op, argument: 'weight', expected: '0/1', found: shape.dims.length, shape };
    refuse(call, fault('rank-mismatch', data, 'weight'));
    return;
  }
  const count: Dim = shape.dims[0] ?? 1;
  // One slope for all: the layout is not looked at.
  if (count === 1) return;
  needChoice(call, 'data_format', format, anyFormat);
  const axis = channelAxis(x.shape, format);
  if (axis === undefined) return;
  const found = sizeAt(x.shape, axis);
  const data = { op: call.op, axis: 'c', expected: count, found };
  need(call, { kind: 'eq', left: count, right: found }, fault('channel-mismatch', data, 'x', 'weight'));
};

/** Dropout and its kin. */
export const dropouts = ops(
  'paddle.nn.functional paddle.nn.functional.common',
  {
    "dropout(x/input: Tensor[*a], p: any = 0.5, axis: any = None, training: bool = True, inplace: bool = False, mode: str = 'upscale_in_train', name: any = None) -> Tensor[*a]":
      {
        ...twin('torch.nn.functional.dropout', [
          'axis stands before training here: pass training by name.',
          '这里第三个参数是 axis，training 请用关键字传入。',
        ]),
        dtype: 'same',
        check: ({ x, p, axis, training, mode }, call) => {
          const given = p.kind === 'int' || p.kind === 'float' ? p.value : undefined;
          const share = typeof given === 'number' ? given : undefined;
          needProbability(call, share);
          if (share !== 0) needChoice(call, 'mode', mode, ['upscale_in_train', 'downscale_in_infer']);
          if (!training || share === undefined || share <= 0 || share >= 1) return;
          if (axis.kind === 'none') needFractions(call, x, 'x');
          for (const one of axis.kind === 'int' ? [axis.value] : (sizesIn(axis) ?? [])) needPlace(call, x.shape, one);
        },
        eg: ['(2, 3) -> (2, 3)', '(2, 3), 1.5 -> !value-range'],
      },
    'alpha_dropout(x: any, p: float = 0.5, training: bool = True, name: any = None) -> any': {
      value: ({ x }) => (x.kind === 'tensor' ? x : undefined),
      ...twin('torch.nn.functional.alpha_dropout', [
        'training is True by default here.',
        '这里 training 默认为 True。',
      ]),
      check: ({ p }, call) => needProbability(call, p),
      eg: '(2, 3) -> (2, 3)',
    },
    'feature_alpha_dropout(x: any, p: float = 0.5, training: bool = True, name: any = None) -> any': {
      value: ({ x }) => (x.kind === 'tensor' ? x : undefined),
      ...twin('torch.nn.functional.feature_alpha_dropout', [
        'training is True by default here.',
        '这里 training 默认为 True。',
      ]),
      check: ({ p }, call) => needProbability(call, p),
      eg: '(2, 3, 4) -> (2, 3, 4)',
    },
    'dropout1d(input: Tensor[b?, c, l], p: float = 0.5, training: bool = True, inplace: bool = False) -> Tensor[b?, c, l]':
      {
        dtype: 'same',
        ...twin('torch.nn.functional.dropout1d'),
        check: ({ p }, call) => needProbability(call, p),
        eg: ['(2, 3, 4) -> (2, 3, 4)', '(4) -> !rank-mismatch'],
      },
    "dropout2d(x: Tensor[b, c, h, w], p: float = 0.5, training: bool = True, data_format: str = 'NCHW', name: any = None) -> Tensor[b, c, h, w]":
      {
        dtype: 'same',
        ...twin('torch.nn.functional.dropout2d'),
        check: ({ p, data_format }, call) => {
          needProbability(call, p);
          channelsLast(call, data_format, 2);
        },
        eg: ['(2, 3, 4, 4) -> (2, 3, 4, 4)', '(2, 3, 4) -> !rank-mismatch'],
      },
    "dropout3d(x: Tensor[b, c, d, h, w], p: float = 0.5, training: bool = True, data_format: str = 'NCDHW', name: any = None) -> Tensor[b, c, d, h, w]":
      {
        dtype: 'same',
        ...twin('torch.nn.functional.dropout3d'),
        check: ({ p, data_format }, call) => {
          needProbability(call, p);
          channelsLast(call, data_format, 3);
        },
        eg: '(2, 3, 4, 4, 4) -> (2, 3, 4, 4, 4)',
      },
  },
  paddle,
);

const needProbability = (call: Call, p: number | undefined): void => needBetween(call, 'p', p, 0, 1);

/** Axes of dropout do not count from the end. */
const needPlace = (call: Call, shape: Shape, axis: Dim): void => {
  if (shape.rest || typeof axis !== 'number' || (axis >= 0 && axis < shape.dims.length)) return;
  refuse(call, fault('axis-range', { op: call.op, axis, rank: shape.dims.length }, 'axis'));
};

/** Ops that only layers call. */
export const layerOps = ops(
  'paddle._nn',
  {
    '_identity(input: any) -> any': {
      ...twin('torch.nn.Identity'),
      value: ({ input }) => input,
      eg: '(2, 3) -> (2, 3)',
    },
    '_softmax2d(x: Tensor[b?, c, h, w]) -> Tensor[b?, c, h, w]': {
      ...float,
      ...twin('torch.nn.Softmax2d'),
      eg: ['(2, 3, 4, 4) -> (2, 3, 4, 4)', '(2, 3) -> !rank-mismatch'],
    },
  },
  paddle,
);

/** A layer that calls the function of an activation. */
const act = (path: string, call: string, eg: string, forward = 'x') => ({
  ...twin(`torch.nn.${path}`),
  call,
  forward,
  eg: eg.includes('->') ? eg : `${eg}: (2, 3) -> (2, 3)`,
});

/** Activation layers. */
export const activationLayers = layers(
  'paddle.nn paddle.nn.layer paddle.nn.layer.activation',
  {
    'ReLU(name: any = None)': {
      ...act('ReLU', 'relu(x)', 'ReLU()'),
      ...twin('torch.nn.ReLU', ['there is no inplace here: passing it fails.', '这里没有 inplace 参数，传入会报错。']),
    },
    'ReLU6(name: any = None)': act('ReLU6', 'relu6(x)', 'ReLU6()'),
    'GELU(approximate: any = False, name: any = None)': act('GELU', 'gelu(x, approximate)', 'GELU()'),
    'Silu(inplace: bool = False, name: any = None)': {
      ...act('SiLU', 'silu(x)', 'Silu()', 'x/input'),
      aliases: ['paddle.nn.SiLU'],
    },
    'Swish(name: any = None)': act('SiLU', 'swish(x)', 'Swish()'),
    'Mish(name: any = None)': act('Mish', 'mish(x)', 'Mish()'),
    'LeakyReLU(negative_slope: float = 0.01, name: any = None)': act(
      'LeakyReLU',
      'leaky_relu(x, negative_slope)',
      'LeakyReLU(0.2)',
    ),
    'ELU(alpha: float = 1.0, name: any = None)': act('ELU', 'elu(x, alpha)', 'ELU()'),
    'CELU(alpha: float = 1.0, name: any = None)': act('CELU', 'celu(x, alpha)', 'CELU()'),
    'SELU(scale: float = 1.0507009873554805, alpha: float = 1.6732632423543772, name: any = None)': act(
      'SELU',
      'selu(x, scale, alpha)',
      'SELU()',
    ),
    'RReLU(lower: float = 0.125, upper: float = 0.3333333333333333, name: any = None)': act(
      'RReLU',
      'rrelu(x, lower, upper, training=training)',
      'RReLU()',
    ),
    "PReLU(num_parameters: int = 1, init: float = 0.25, weight_attr: any = None, data_format: str = 'NCHW', name: any = None)":
      {
        ...act('PReLU', 'prelu(x, _weight, data_format)', 'PReLU(3): (2, 3, 4) -> (2, 3, 4)'),
        params: ({ num_parameters: c }) => ({ _weight: [c] }),
        init: { _weight: 'quarter' },
      },
    'Hardswish(name: any = None)': act('Hardswish', 'hardswish(x)', 'Hardswish()'),
    'Hardsigmoid(name: any = None)': act('Hardsigmoid', 'hardsigmoid(x)', 'Hardsigmoid()'),
    'Hardtanh(min: float = -1.0, max: float = 1.0, name: any = None)': act(
      'Hardtanh',
      'hardtanh(x, min, max)',
      'Hardtanh()',
    ),
    'Hardshrink(threshold/lambd: float = 0.5, name: any = None)': act(
      'Hardshrink',
      'hardshrink(x, threshold)',
      'Hardshrink()',
      'x/input',
    ),
    'Softshrink(threshold/lambd: float = 0.5, name: any = None)': act(
      'Softshrink',
      'softshrink(x, threshold)',
      'Softshrink()',
      'x/input',
    ),
    'Tanhshrink(name: any = None)': act('Tanhshrink', 'tanhshrink(x)', 'Tanhshrink()'),
    'ThresholdedReLU(threshold: float = 1.0, value: float = 0.0, name: any = None)': act(
      'Threshold',
      'thresholded_relu(x, threshold, value)',
      'ThresholdedReLU()',
    ),
    'Sigmoid(name: any = None)': act('Sigmoid', 'sigmoid(x)', 'Sigmoid()'),
    'LogSigmoid(name: any = None)': act('LogSigmoid', 'log_sigmoid(x)', 'LogSigmoid()'),
    'Tanh(name: any = None)': act('Tanh', 'tanh(x)', 'Tanh()'),
    'Softplus(beta: any = 1, threshold: any = 20, name: any = None)': act(
      'Softplus',
      'softplus(x, beta, threshold)',
      'Softplus()',
    ),
    'Softsign(name: any = None)': act('Softsign', 'softsign(x)', 'Softsign()'),
    'GLU(axis/dim: dim = -1, name: any = None)': act('GLU', 'glu(x, axis)', 'GLU(): (2, 6) -> (2, 3)', 'x/input'),
    'Softmax(axis: dim = -1, name: any = None)': {
      ...act('Softmax', 'softmax(x, axis)', 'Softmax()'),
      ...twin('torch.nn.Softmax', [
        'axis is dim there, and has no default there; here it is the last axis.',
        '参数 axis 对应 dim；这里默认沿最后一维，PyTorch 须写明。',
      ]),
    },
    'LogSoftmax(axis: dim = -1, name: any = None)': act('LogSoftmax', 'log_softmax(x, axis)', 'LogSoftmax()'),
    'Softmax2D(name: any = None)': act('Softmax2d', '_softmax2d(x)', 'Softmax2D(): (2, 3, 4, 4) -> (2, 3, 4, 4)'),
    'Maxout(groups: int, axis: dim = 1, name: any = None)': {
      en: 'Takes the largest of each group of channels.',
      zh: '每组通道取最大值。',
      call: 'maxout(x, groups, axis)',
      eg: 'Maxout(2): (2, 4, 3, 3) -> (2, 2, 3, 3)',
    },
  },
  paddle,
);

/** Dropout layers. */
export const dropoutLayers = layers(
  'paddle.nn paddle.nn.layer paddle.nn.layer.common',
  {
    "Dropout(p: any = 0.5, inplace: bool = False, axis: any = None, mode: str = 'upscale_in_train', name: any = None)":
      {
        ...twin('torch.nn.Dropout'),
        call: 'dropout(input, p, axis, training=training, mode=mode)',
        eg: ['Dropout(0.1): (2, 3) -> (2, 3)', 'Dropout(1.5): (2, 3) -> !value-range'],
      },
    "Dropout2D(p: float = 0.5, data_format: str = 'NCHW', name: any = None)": {
      ...twin('torch.nn.Dropout2d', ['only four axes are taken here.', '这里只接受四维输入。']),
      call: 'dropout2d(input, p, data_format=data_format)',
      eg: 'Dropout2D(): (2, 3, 4, 4) -> (2, 3, 4, 4)',
    },
    "Dropout3D(p: float = 0.5, data_format: str = 'NCDHW', name: any = None)": {
      ...twin('torch.nn.Dropout3d', ['only five axes are taken here.', '这里只接受五维输入。']),
      call: 'dropout3d(input, p, data_format=data_format)',
      eg: 'Dropout3D(): (2, 3, 4, 4, 4) -> (2, 3, 4, 4, 4)',
    },
    'AlphaDropout(p: float = 0.5, name: any = None)': {
      ...twin('torch.nn.AlphaDropout'),
      call: 'alpha_dropout(input, p, training=training)',
      eg: 'AlphaDropout(): (2, 3) -> (2, 3)',
    },
    'FeatureAlphaDropout(p: float = 0.5, name: any = None)': {
      ...twin('torch.nn.FeatureAlphaDropout'),
      call: 'feature_alpha_dropout(input, p, training=training)',
      eg: 'FeatureAlphaDropout(): (2, 3, 4) -> (2, 3, 4)',
    },
  },
  paddle,
);
