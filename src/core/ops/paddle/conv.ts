import { add, type Dim, mul, product, sub } from '../../dims';
import type { Shape } from '../../shapes';
import type { Arg, TensorArg } from '../arg';
import { type Call, fresh, giveUp, holds, need, refuse } from '../call';
import { fault } from '../codes';
import { layers, ops, type ParamShapes } from '../rows';
import { needChoice, needNotNegative, needPositive } from '../rules/checks';
import { convFlops, divides } from '../rules/conv';
import { asked, axisNames, channelsLast, featuresOf, together } from '../rules/format';
import { floorBy } from '../rules/quotient';
import { needElements, type Sides, samePadding, sidesOf, slideBetween } from '../rules/sides';
import { int } from '../rules/values';
import { twin } from './twin';

const paddle = { lib: 'paddle' } as const;

interface Conv {
  readonly x: TensorArg;
  readonly weight: TensorArg;
  readonly bias: TensorArg | null;
  readonly stride: readonly Dim[];
  readonly padding: Arg;
  readonly dilation: readonly Dim[];
  readonly groups: Dim;
  readonly data_format: string;
}

/** A convolution: the weight `[o, c/groups, …]` stands so whatever the layout of the input. */
const convolved = (call: Call, e: Conv, kernels: readonly Dim[], o: Dim, k: Dim): Shape | undefined => {
  const spatial = kernels.length;
  const last = channelsLast(call, e.data_format, spatial);
  const sides = sidesOf(call, e.padding, spatial, last);
  checkConv(call, e, sides);
  needPositive(call, 'dilation', e.dilation);
  divides(call, e.groups, o, 'out_channels', 'weight');
  const channels = mul(k, e.groups);
  const map = featuresOf(call, e.x, last, spatial, channels);
  if (!map || !sides) return undefined;
  needChannels(call, channels, map.channels);
  const sizes = map.sizes.map((size, i) =>
    slideBetween(call, axisNames(spatial)[i] ?? '', size, window(e, kernels, i), sides, i),
  );
  return held(call, together(map, biased(call, o, e.bias), sizes));
};

/** A shape that can be; what a negative size is turned into where it passes, nobody says. */
const held = (call: Call, shape: Shape): Shape | undefined => {
  needElements(call, shape);
  return shape.dims.some((d) => typeof d === 'number' && d < 0) ? giveUp(call, 'a size below 0') : shape;
};

const window = (e: Pick<Conv, 'stride' | 'dilation'>, kernels: readonly Dim[], i: number) => ({
  kernel: kernels[i] ?? 1,
  stride: e.stride[i] ?? 1,
  dilation: e.dilation[i] ?? 1,
});

const checkConv = (call: Call, { stride, groups }: Pick<Conv, 'stride' | 'groups'>, sides: Sides | undefined): void => {
  if (sides !== 'same') needNotNegative(call, 'padding', sides?.flat() ?? []);
  needPositive(call, 'stride', stride);
  needPositive(call, 'groups', [groups]);
};

const needChannels = (call: Call, expected: Dim, found: Dim): void => {
  const data = { op: call.op, axis: 'c', expected, found };
  need(call, { kind: 'eq', left: expected, right: found }, fault('channel-mismatch', data, 'x', 'weight'));
};

/** The bias is added with broadcasting: one number for all channels will do. */
const biased = (call: Call, channels: Dim, bias: TensorArg | null): Dim => {
  if (!bias || bias.shape.rest) return channels;
  if (bias.shape.dims.length > 1) giveUp(call, 'a bias of several axes');
  const found = product(bias.shape.dims);
  if (found === 1) return channels;
  if (channels === 1) return found;
  const data = { op: call.op, axis: 'o', expected: channels, found };
  need(call, { kind: 'eq', left: channels, right: found }, fault('bias-mismatch', data, 'bias'));
  return channels;
};

/** Convolutions with a given weight. */
export const convFunctions = ops(
  'paddle.nn.functional paddle.nn.functional.conv',
  {
    "conv1d(x: Tensor, weight: Tensor[o, k, kl], bias: Tensor? = None, stride: int1 = 1, padding: any = 0, dilation: int1 = 1, groups: int = 1, data_format: str = 'NCL', name: any = None) -> Tensor":
      {
        ...twin('torch.nn.functional.conv1d'),
        alike: 'x weight',
        shape: (e, call) => convolved(call, e, [e.kl], e.o, e.k),
        flops: ({ weight }, result) => convFlops(weight.shape, result),
        eg: [
          '(8, 3, 20), (16, 3, 5), padding=2 -> (8, 16, 20)',
          "(8, 20, 3), (16, 3, 5), data_format='NLC' -> (8, 16, 16)",
          '(3, 20), (16, 3, 5) -> !rank-mismatch',
        ],
      },
    "conv2d(x/input: Tensor, weight: Tensor[o, k, kh, kw], bias: Tensor? = None, stride: int2 = 1, padding: any = 0, dilation: int2 = 1, groups: int = 1, data_format: str = 'NCHW', name: any = None) -> Tensor":
      {
        ...twin('torch.nn.functional.conv2d', [
          "the same axis order; Paddle also takes one padding a side, the words 'SAME' and 'VALID' with any stride, and channels last.",
          '各轴顺序相同；Paddle 的 padding 还可逐边给出，SAME、VALID 可与任意步长同用，并支持通道在后的 NHWC。',
        ]),
        alike: 'x weight',
        shape: (e, call) => convolved(call, e, [e.kh, e.kw], e.o, e.k),
        flops: ({ weight }, result) => convFlops(weight.shape, result),
        eg: [
          '(8, 3, 224, 224), (64, 3, 7, 7), stride=2, padding=3 -> (8, 64, 112, 112)',
          "(1, 3, 7, 8), (4, 3, 3, 3), stride=3, padding='SAME' -> (1, 4, 3, 3)",
          '(1, 3, 8, 8), (4, 3, 3, 3), padding=[1, 2, 3, 4] -> (1, 4, 9, 13)',
          '(1, 4, 8, 8), (4, 3, 3, 3) -> !channel-mismatch',
          '(3, 8, 8), (4, 3, 3, 3) -> !rank-mismatch',
        ],
      },
    "conv3d(x: Tensor, weight: Tensor[o, k, kd, kh, kw], bias: Tensor? = None, stride: int3 = 1, padding: any = 0, dilation: int3 = 1, groups: int = 1, data_format: str = 'NCDHW', name: any = None) -> Tensor":
      {
        ...twin('torch.nn.functional.conv3d'),
        alike: 'x weight',
        shape: (e, call) => convolved(call, e, [e.kd, e.kh, e.kw], e.o, e.k),
        flops: ({ weight }, result) => convFlops(weight.shape, result),
        eg: '(1, 3, 8, 8, 8), (4, 3, 3, 3, 3) -> (1, 4, 6, 6, 6)',
      },
    "conv1d_transpose(x: Tensor, weight: Tensor[c, k, kl], bias: Tensor? = None, stride: int1 = 1, padding: any = 0, output_padding: int1 = 0, groups: int = 1, dilation: int1 = 1, output_size: any = None, data_format: str = 'NCL', name: any = None) -> Tensor":
      {
        ...twin('torch.nn.functional.conv_transpose1d'),
        alike: 'x weight',
        shape: (e, call) => spread(call, e, [e.kl], e.c, e.k),
        flops: ({ x, weight }) => convFlops(weight.shape, x.shape),
        eg: '(2, 4, 8), (4, 6, 3) -> (2, 6, 10)',
      },
    "conv2d_transpose(x: Tensor, weight: Tensor[c, k, kh, kw], bias: Tensor? = None, stride: int2 = 1, padding: any = 0, output_padding: int2 = 0, dilation: int2 = 1, groups: int = 1, output_size: any = None, data_format: str = 'NCHW', name: any = None) -> Tensor":
      {
        ...twin('torch.nn.functional.conv_transpose2d', [
          'dilation stands before groups here.',
          '这里 dilation 排在 groups 之前。',
        ]),
        alike: 'x weight',
        shape: (e, call) => spread(call, e, [e.kh, e.kw], e.c, e.k),
        flops: ({ x, weight }) => convFlops(weight.shape, x.shape),
        eg: [
          '(2, 4, 8, 8), (4, 6, 4, 4), stride=2, padding=1 -> (2, 6, 16, 16)',
          "(2, 4, 8, 8), (4, 6, 3, 3), stride=2, padding='SAME' -> (2, 6, 16, 16)",
          '(2, 4, 8, 8), (4, 6, 3, 3), stride=2, output_size=18 -> (2, 6, 18, 18)',
          '(2, 4, 8, 8), (4, 6, 3, 3), stride=2, output_size=19 -> !size-mismatch',
          '(2, 4, 8, 8), (5, 6, 4, 4) -> !channel-mismatch',
        ],
      },
    "conv3d_transpose(x: Tensor, weight: Tensor[c, k, kd, kh, kw], bias: Tensor? = None, stride: int3 = 1, padding: any = 0, output_padding: int3 = 0, groups: int = 1, dilation: int3 = 1, output_size: any = None, data_format: str = 'NCDHW', name: any = None) -> Tensor":
      {
        ...twin('torch.nn.functional.conv_transpose3d'),
        alike: 'x weight',
        shape: (e, call) => spread(call, e, [e.kd, e.kh, e.kw], e.c, e.k),
        flops: ({ x, weight }) => convFlops(weight.shape, x.shape),
        eg: '(2, 4, 3, 3, 3), (4, 6, 2, 2, 2) -> (2, 6, 4, 4, 4)',
      },
  },
  paddle,
);

interface Transposed extends Conv {
  readonly output_padding: readonly Dim[];
  readonly output_size: Arg;
}

/** A transposed convolution: the weight is `[c, o/groups, …]`. */
const spread = (call: Call, e: Transposed, kernels: readonly Dim[], c: Dim, k: Dim): Shape | undefined => {
  const spatial = kernels.length;
  const last = channelsLast(call, e.data_format, spatial);
  const sides = sidesOf(call, e.padding, spatial, last);
  checkConv(call, e, sides);
  const map = featuresOf(call, e.x, last, spatial, c);
  if (!map || !sides) return undefined;
  needChannels(call, c, map.channels);
  divides(call, e.groups, map.channels, 'in_channels', 'x');
  const least = map.sizes.map((size, i) => spreadSize(call, e, kernels, size, sides, i));
  const sizes = e.output_size.kind === 'none' ? least : askedSizes(call, e, least);
  return sizes && held(call, together(map, biased(call, mul(k, e.groups), e.bias), sizes));
};

const spreadSize = (call: Call, e: Transposed, kernels: readonly Dim[], size: Dim, sides: Sides, i: number): Dim => {
  const w = window(e, kernels, i);
  const extra = e.output_padding[i] ?? 0;
  needNotNegative(call, 'output_padding', [extra]);
  checkOutputPadding(call, extra, w.stride, w.dilation);
  const [before = 0, after = 0] = sides === 'same' ? [samePadding(size, w)] : (sides[i] ?? []);
  const dilation = sides === 'same' ? 1 : w.dilation;
  const reached = add(mul(dilation, sub(w.kernel, 1)), add(extra, 1));
  return add(sub(mul(sub(size, 1), w.stride), add(before, after)), reached);
};

const checkOutputPadding = (call: Call, padding: Dim, stride: Dim, dilation: Dim): void => {
  const below = (limit: Dim): boolean => holds(call, { kind: 'lt', left: padding, right: limit }) === false;
  if (!below(stride) || !below(dilation)) return;
  refuse(call, fault('output-padding', { op: call.op, padding, stride, dilation }, 'output_padding'));
};

/** The sizes that `output_size` asks for: each between the least and stride − 1 more. */
const askedSizes = (call: Call, e: Transposed, least: readonly Dim[]): readonly Dim[] | undefined => {
  if (e.output_padding.some((p) => p !== 0)) {
    const data = { op: call.op, first: 'output_padding', second: 'output_size' };
    return refuse(call, fault('conflicting-arguments', data, 'output_size', 'output_padding'));
  }
  const wanted = sizesFrom(call, e.output_size, least.length);
  return wanted?.map((found, i) => {
    const from = least[i] ?? found;
    const clash = fault('size-mismatch', { op: call.op, axis: `${i}`, expected: from, found }, 'output_size');
    need(call, { kind: 'le', left: from, right: found }, clash);
    need(call, { kind: 'lt', left: found, right: add(from, e.stride[i] ?? 1) }, clash);
    return found;
  });
};

const sizesFrom = (call: Call, arg: Arg, count: number): readonly Dim[] | undefined => {
  if (arg.kind === 'int') return Array.from({ length: count }, () => arg.value);
  if (arg.kind !== 'tuple' && arg.kind !== 'sequence') return giveUp(call, 'output_size is not known');
  if (arg.items.length !== count) {
    const data = { op: call.op, argument: 'output_size', expected: `${count}`, found: arg.items.length };
    return refuse(call, fault('wrong-length', data, 'output_size'));
  }
  const sizes = arg.items.flatMap((item) => (item.kind === 'int' ? [item.value] : []));
  return sizes.length === count ? sizes : giveUp(call, 'output_size is not known');
};

/** What the layers run: the padding of other modes than zeros is put around the input first. */
export const convLayerOps = ops(
  'paddle._nn',
  {
    "_conv(x/input: Tensor, weight: Tensor[o, k, *s], bias: Tensor? = None, stride: ints = 1, padding: any = 0, dilation: ints = 1, groups: int = 1, padding_mode: str = 'zeros', data_format: str = 'NCHW') -> Tensor":
      {
        ...twin('torch.nn.functional.conv2d'),
        alike: 'x weight',
        shape: (e, call) => {
          const kernels = kernelsOf(call, e.s, e.data_format);
          needPaddable(call, e, kernels.length);
          return convolved(call, e, kernels, e.o, e.k);
        },
        flops: ({ weight }, result) => convFlops(weight.shape, result),
        eg: '(1, 3, 8, 8), (4, 3, 3, 3), None, (1, 1), 1, (1, 1) -> (1, 4, 8, 8)',
      },
    "_conv_transpose(x/input: Tensor, weight: Tensor[c, k, *s], bias: Tensor? = None, output_size: any = None, stride: ints = 1, padding: any = 0, output_padding: ints = 0, dilation: ints = 1, groups: int = 1, data_format: str = 'NCHW') -> Tensor":
      {
        ...twin('torch.nn.functional.conv_transpose2d'),
        alike: 'x weight',
        shape: (e, call) => {
          const output_padding = e.output_size.kind === 'none' ? e.output_padding : [];
          return spread(call, { ...e, output_padding }, kernelsOf(call, e.s, e.data_format), e.c, e.k);
        },
        flops: ({ x, weight }) => convFlops(weight.shape, x.shape),
        eg: '(2, 4, 8), (4, 6, 3), None, None, [1], 0, [0], [1], 1, NCL -> (2, 6, 10)',
      },
  },
  paddle,
);

/** The kernel's sizes; the layout says how many there are where the weight is not known. */
const kernelsOf = (call: Call, { dims, rest }: Shape, format: string): readonly Dim[] =>
  rest ? Array.from({ length: format.length - 2 }, () => fresh(call, 'size of the kernel')) : dims;

interface Padded {
  readonly x: TensorArg;
  readonly padding: Arg;
  readonly padding_mode: string;
  readonly data_format: string;
}

/** `reflect` needs padding below the size. */
const needPaddable = (call: Call, e: Padded, spatial: number): void => {
  const { padding, x } = e;
  if (e.padding_mode !== 'reflect' || padding.kind !== 'int' || x.shape.rest) return;
  const sizes = x.shape.dims.slice(1).slice(channelsLast(call, e.data_format, spatial) ? 0 : 1);
  for (const size of sizes.slice(0, spatial)) {
    const clash = fault('reflect-padding', { op: call.op, padding: padding.value, size }, 'padding', 'x');
    need(call, { kind: 'lt', left: padding.value, right: size }, clash);
  }
};

interface ConvLayer {
  readonly in_channels: Dim;
  readonly out_channels: Dim;
  readonly kernel_size: readonly Dim[];
  readonly stride: readonly Dim[];
  readonly padding: Arg;
  readonly dilation: readonly Dim[];
  readonly groups: Dim;
  readonly weight_attr: Arg;
  readonly data_format: string;
}

const modes = ['zeros', 'reflect', 'replicate', 'circular'];

/** What the constructor of every convolution refuses. */
const checkLayer = (e: ConvLayer & { readonly padding_mode?: string }, call: Call): void => {
  const { padding_mode: mode = 'zeros' } = e;
  needPositive(call, 'groups', [e.groups]);
  for (const name of ['in_channels', 'out_channels', 'kernel_size'] as const)
    needNotNegative(call, name, [e[name]].flat());
  if (!asked(e.weight_attr)) {
    const data = { op: call.op, argument: 'weight_attr', expected: 'ParamAttr', found: 'False' };
    refuse(call, fault('wrong-type', data, 'weight_attr'));
  }
  if (e.padding_mode !== undefined) divides(call, e.groups, e.in_channels, 'in_channels', 'in_channels', 'groups');
  needChoice(call, 'padding_mode', mode, modes);
  if (mode !== 'zeros' && (e.padding.kind === 'tuple' || e.padding.kind === 'sequence' || e.padding.kind === 'str')) {
    const data = { op: call.op, argument: 'padding', expected: 'int', found: e.padding.kind };
    refuse(call, fault('wrong-type', data, 'padding', 'padding_mode'));
  }
  const spatial = e.kernel_size.length;
  const sides = spatial > 1 ? sidesOf(call, e.padding, spatial, e.data_format.endsWith('C')) : undefined;
  if (sides !== 'same') needNotNegative(call, 'padding', sides?.flat() ?? []);
  // A padding that nobody knows decides nothing here.
  call.doubts.length = 0;
};

/** The attributes as the layer keeps them: under names with an underscore, sizes as lists. */
const kept = (e: ConvLayer): Readonly<Record<string, Arg>> => {
  const list = (sizes: readonly Dim[]): Arg => ({ kind: 'sequence', items: sizes.map(int) });
  return {
    kernel_size: list(e.kernel_size),
    stride: list(e.stride),
    dilation: list(e.dilation),
    _kernel_size: list(e.kernel_size),
    _stride: list(e.stride),
    _dilation: list(e.dilation),
    _in_channels: int(e.in_channels),
    _out_channels: int(e.out_channels),
    _groups: int(e.groups),
    _padding: e.padding,
    _data_format: { kind: 'str', value: e.data_format },
  };
};

const keptTransposed = (e: ConvLayer & { readonly output_padding: readonly Dim[] }): Readonly<Record<string, Arg>> => ({
  ...kept(e),
  output_padding: { kind: 'sequence', items: e.output_padding.map(int) },
});

interface Biased extends ConvLayer {
  readonly bias?: Arg;
  readonly bias_attr: Arg;
}

/** `bias=False` is PyTorch's way to say it; any other value says nothing. */
const hasBias = (e: Biased): boolean => !(e.bias?.kind === 'bool' && !e.bias.value) && asked(e.bias_attr);

const convParams = (e: Biased): ParamShapes => ({
  weight: [e.out_channels, floorBy(e.in_channels, e.groups), ...e.kernel_size],
  bias: hasBias(e) && [e.out_channels],
});

const transposedParams = (e: Biased): ParamShapes => ({
  weight: [e.in_channels, floorBy(e.out_channels, e.groups), ...e.kernel_size],
  bias: hasBias(e) && [e.out_channels],
});

const call = '_conv(x, weight, bias, stride, padding, dilation, groups, padding_mode, data_format)';
const callTransposed =
  '_conv_transpose(x, weight, bias, output_size, stride, padding, output_padding, dilation, groups, data_format)';
const forwardTransposed = 'x/input, output_size=None';
const convInit = { weight: 'kaiming-normal', bias: 'zeros' } as const;
const transposedInit = { weight: 'xavier-uniform', bias: 'zeros' } as const;
const convShared = { call, forward: 'x/input', check: checkLayer, fields: kept, init: convInit };
const transposedShared = {
  call: callTransposed,
  forward: forwardTransposed,
  check: checkLayer,
  fields: keptTransposed,
  init: transposedInit,
};
const orders = [
  'same axis order, weight included; bias_attr=False is bias=False there.',
  '各轴顺序相同（权重也相同）；bias_attr=False 相当于 PyTorch 的 bias=False。',
] as const;

/** Convolution layers: they own weight and bias. */
export const convLayers = layers(
  'paddle.nn paddle.nn.layer paddle.nn.layer.conv',
  {
    "Conv1D(in_channels: int, out_channels: int, kernel_size: int1, stride: int1 = 1, padding: any = 0, dilation: int1 = 1, groups: int = 1, *, bias: any = True, padding_mode: str = 'zeros', device: any = None, dtype: any = None, weight_attr: any = None, bias_attr: any = None, data_format: str = 'NCL')":
      {
        ...twin('torch.nn.Conv1d', orders),
        ...convShared,
        params: convParams,
        aliases: ['paddle.nn.Conv1d'],
        eg: 'Conv1D(3, 16, 5, padding=2): (8, 3, 20) -> (8, 16, 20)',
      },
    "Conv2D(in_channels: int, out_channels: int, kernel_size: int2, stride: int2 = 1, padding: any = 0, dilation: int2 = 1, groups: int = 1, *, bias: any = True, padding_mode: str = 'zeros', device: any = None, dtype: any = None, weight_attr: any = None, bias_attr: any = None, data_format: str = 'NCHW')":
      {
        ...twin('torch.nn.Conv2d', orders),
        ...convShared,
        params: convParams,
        aliases: ['paddle.nn.Conv2d'],
        eg: [
          'Conv2D(3, 64, 7, stride=2, padding=3): (8, 3, 224, 224) -> (8, 64, 112, 112)',
          "Conv2D(3, 4, 3, padding='SAME', data_format=NHWC): (1, 8, 8, 3) -> (1, 8, 8, 4)",
          'Conv2D(3, 4, [3]): (1, 3, 8, 8) -> !wrong-length',
          'Conv2D(3, 4, 3, groups=2): (1, 3, 8, 8) -> !groups-divide',
        ],
      },
    "Conv3D(in_channels: int, out_channels: int, kernel_size: int3, stride: int3 = 1, padding: any = 0, dilation: int3 = 1, groups: int = 1, *, bias: any = True, padding_mode: str = 'zeros', device: any = None, dtype: any = None, weight_attr: any = None, bias_attr: any = None, data_format: str = 'NCDHW')":
      {
        ...twin('torch.nn.Conv3d', orders),
        ...convShared,
        params: convParams,
        aliases: ['paddle.nn.Conv3d'],
        eg: 'Conv3D(3, 4, 3): (1, 3, 8, 8, 8) -> (1, 4, 6, 6, 6)',
      },
    "Conv1DTranspose(in_channels: int, out_channels: int, kernel_size: int1, stride: int1 = 1, padding: any = 0, output_padding: int1 = 0, groups: int = 1, dilation: int1 = 1, weight_attr: any = None, bias_attr: any = None, data_format: str = 'NCL')":
      {
        ...twin('torch.nn.ConvTranspose1d', orders),
        ...transposedShared,
        params: transposedParams,
        eg: 'Conv1DTranspose(4, 6, 3): (2, 4, 8) -> (2, 6, 10)',
      },
    "Conv2DTranspose(in_channels: int, out_channels: int, kernel_size: int2, stride: int2 = 1, padding: any = 0, output_padding: int2 = 0, dilation: int2 = 1, groups: int = 1, weight_attr: any = None, bias_attr: any = None, data_format: str = 'NCHW')":
      {
        ...twin('torch.nn.ConvTranspose2d', orders),
        ...transposedShared,
        params: transposedParams,
        eg: 'Conv2DTranspose(4, 6, 4, stride=2, padding=1): (2, 4, 8, 8) -> (2, 6, 16, 16)',
      },
    "Conv3DTranspose(in_channels: int, out_channels: int, kernel_size: int3, stride: int3 = 1, padding: any = 0, output_padding: int3 = 0, dilation: int3 = 1, groups: int = 1, weight_attr: any = None, bias_attr: any = None, data_format: str = 'NCDHW')":
      {
        ...twin('torch.nn.ConvTranspose3d', orders),
        ...transposedShared,
        params: transposedParams,
        eg: 'Conv3DTranspose(4, 6, 2): (2, 4, 3, 3, 3) -> (2, 6, 4, 4, 4)',
      },
  },
  paddle,
);
