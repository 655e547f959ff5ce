import { type Dim, mul } from '../../dims';
import type { Arg } from '../arg';
import type { Padding } from '../kinds';
import { layers, ops, type Words } from '../rows';
import {
  askedSizes,
  checkConv,
  checkConvLayer,
  checkTransposedLayer,
  convFlops,
  convolved,
  needBias,
  needPaddable,
  transposed,
} from '../rules/conv';
import { floorBy } from '../rules/quotient';
import { tupleOf } from '../rules/values';

const transposedRemarks: readonly Words[] = [
  {
    en: 'The weight is [in, out/groups, …]: input channels first, the reverse of a convolution.',
    zh: '权重为 [in, out/groups, …]：输入通道在前，与卷积相反。',
  },
  {
    en: 'output_padding settles which of several possible output sizes is meant; it adds no zeros to the data.',
    zh: 'output_padding 只用来确定取哪一种输出大小，并不给数据补零。',
  },
];

/** Convolutions with a given weight. */
export const convFunctions = ops('torch.nn.functional torch', {
  'conv1d(input: Tensor[b?, c, l], weight: Tensor[o, k, kl], bias: Tensor[o]? = None, stride: int1 = 1, padding: pad1 = 0, dilation: int1 = 1, groups: int = 1) -> Tensor[b?, o, y]':
    {
      en: 'Slides filters along a sequence: each output channel is a weighted sum over a window of the input channels.',
      zh: '让卷积核沿序列滑动：每个输出通道是窗口内各输入通道的加权和。',
      faults: { c: 'channel-mismatch', o: 'bias-mismatch' },
      alike: 'input weight',
      where: ({ l, o, k, kl, stride, padding, dilation, groups }, call) => {
        const conv = { stride, padding, dilation, groups };
        checkConv(call, conv, o);
        const [y = 0]: readonly Dim[] = convolved(call, ['L'], [l], [kl], conv);
        return { c: mul(k, groups), y };
      },
      flops: ({ weight }, result) => convFlops(weight.shape, result),
      eg: ['(8, 3, 20), (16, 3, 5), padding=2 -> (8, 16, 20)', "(8, 3, 20), (16, 3, 4), padding='same' -> (8, 16, 20)"],
    },
  'conv2d(input: Tensor[b?, c, h, w], weight: Tensor[o, k, kh, kw], bias: Tensor[o]? = None, stride: int2 = 1, padding: pad2 = 0, dilation: int2 = 1, groups: int = 1) -> Tensor[b?, o, y, x]':
    {
      en: 'Slides filters over height and width: each output channel is a weighted sum over a window of the input channels.',
      zh: '让卷积核在高和宽上滑动：每个输出通道是窗口内各输入通道的加权和。',
      faults: { c: 'channel-mismatch', o: 'bias-mismatch' },
      alike: 'input weight',
      where: ({ h, w, o, k, kh, kw, stride, padding, dilation, groups }, call) => {
        const conv = { stride, padding, dilation, groups };
        checkConv(call, conv, o);
        const [y = 0, x = 0]: readonly Dim[] = convolved(call, ['H', 'W'], [h, w], [kh, kw], conv);
        return { c: mul(k, groups), y, x };
      },
      flops: ({ weight }, result) => convFlops(weight.shape, result),
      eg: [
        '(8, 3, 224, 224), (64, 3, 7, 7), stride=2, padding=3 -> (8, 64, 112, 112)',
        '(3, 8, 8), (4, 3, 3, 3) -> (4, 6, 6)',
        '(1, 4, 8, 8), (4, 3, 3, 3) -> !channel-mismatch',
        '(1, 4, 8, 8), (6, 2, 3, 3), groups=2 -> (1, 6, 6, 6)',
        '(1, 3, 2, 8), (4, 3, 3, 3) -> !kernel-too-large',
      ],
    },
  'conv3d(input: Tensor[b?, c, d, h, w], weight: Tensor[o, k, kd, kh, kw], bias: Tensor[o]? = None, stride: int3 = 1, padding: pad3 = 0, dilation: int3 = 1, groups: int = 1) -> Tensor[b?, o, z, y, x]':
    {
      en: 'Slides filters over depth, height and width: each output channel is a weighted sum over a window of the input channels.',
      zh: '让卷积核在深、高、宽上滑动：每个输出通道是窗口内各输入通道的加权和。',
      faults: { c: 'channel-mismatch', o: 'bias-mismatch' },
      alike: 'input weight',
      where: ({ d, h, w, o, k, kd, kh, kw, stride, padding, dilation, groups }, call) => {
        const conv = { stride, padding, dilation, groups };
        checkConv(call, conv, o);
        const [z = 0, y = 0, x = 0]: readonly Dim[] = convolved(call, ['D', 'H', 'W'], [d, h, w], [kd, kh, kw], conv);
        return { c: mul(k, groups), z, y, x };
      },
      flops: ({ weight }, result) => convFlops(weight.shape, result),
      eg: ['(1, 3, 8, 8, 8), (4, 3, 3, 3, 3) -> (1, 4, 6, 6, 6)'],
    },
  'conv_transpose1d(input: Tensor[b?, c, l], weight: Tensor[c, k, kl], bias: Tensor? = None, stride: int1 = 1, padding: int1 = 0, output_padding: int1 = 0, groups: int = 1, dilation: int1 = 1) -> Tensor[b?, o, y]':
    {
      en: 'Transposed convolution: spreads every input value over a window and adds up; the gradient of a convolution.',
      zh: '转置卷积：把每个输入值按卷积核摊开再累加，是卷积的梯度运算（不是逆运算）。',
      faults: { c: 'channel-mismatch' },
      alike: 'input weight',
      where: ({ c, l, k, kl, bias, stride, padding, output_padding, dilation, groups }, call) => {
        const conv = { stride, padding, dilation, groups };
        checkConv(call, conv, c);
        const [y = 0]: readonly Dim[] = transposed(call, [l], [kl], conv, output_padding);
        needBias(call, bias, mul(k, groups));
        return { o: mul(k, groups), y };
      },
      flops: ({ input, weight }) => convFlops(weight.shape, input.shape),
      remarks: transposedRemarks,
      eg: '(2, 4, 8), (4, 6, 3) -> (2, 6, 10)',
    },
  'conv_transpose2d(input: Tensor[b?, c, h, w], weight: Tensor[c, k, kh, kw], bias: Tensor? = None, stride: int2 = 1, padding: int2 = 0, output_padding: int2 = 0, groups: int = 1, dilation: int2 = 1) -> Tensor[b?, o, y, x]':
    {
      en: 'Transposed convolution: spreads every input value over a window and adds up; the gradient of a convolution.',
      zh: '转置卷积：把每个输入值按卷积核摊开再累加，是卷积的梯度运算（不是逆运算）。',
      faults: { c: 'channel-mismatch' },
      alike: 'input weight',
      where: ({ c, h, w, k, kh, kw, bias, stride, padding, output_padding, dilation, groups }, call) => {
        const conv = { stride, padding, dilation, groups };
        checkConv(call, conv, c);
        const [y = 0, x = 0]: readonly Dim[] = transposed(call, [h, w], [kh, kw], conv, output_padding);
        needBias(call, bias, mul(k, groups));
        return { o: mul(k, groups), y, x };
      },
      flops: ({ input, weight }) => convFlops(weight.shape, input.shape),
      remarks: transposedRemarks,
      eg: [
        '(2, 4, 8, 8), (4, 6, 4, 4), stride=2, padding=1 -> (2, 6, 16, 16)',
        '(2, 4, 8, 8), (5, 6, 4, 4) -> !channel-mismatch',
      ],
    },
  'conv_transpose3d(input: Tensor[b?, c, d, h, w], weight: Tensor[c, k, kd, kh, kw], bias: Tensor? = None, stride: int3 = 1, padding: int3 = 0, output_padding: int3 = 0, groups: int = 1, dilation: int3 = 1) -> Tensor[b?, o, z, y, x]':
    {
      en: 'Transposed convolution: spreads every input value over a window and adds up; the gradient of a convolution.',
      zh: '转置卷积：把每个输入值按卷积核摊开再累加，是卷积的梯度运算（不是逆运算）。',
      faults: { c: 'channel-mismatch' },
      alike: 'input weight',
      where: ({ c, d, h, w, k, kd, kh, kw, bias, stride, padding, output_padding, dilation, groups }, call) => {
        const conv = { stride, padding, dilation, groups };
        checkConv(call, conv, c);
        const [z = 0, y = 0, x = 0]: readonly Dim[] = transposed(call, [d, h, w], [kd, kh, kw], conv, output_padding);
        needBias(call, bias, mul(k, groups));
        return { o: mul(k, groups), z, y, x };
      },
      flops: ({ input, weight }) => convFlops(weight.shape, input.shape),
      remarks: transposedRemarks,
      eg: '(2, 4, 3, 3, 3), (4, 6, 2, 2, 2) -> (2, 6, 4, 4, 4)',
    },
});

/** Attributes that the constructors turn into tuples. */
const tuples = (e: {
  readonly kernel_size: readonly Dim[];
  readonly stride: readonly Dim[];
  readonly padding: Padding;
  readonly dilation: readonly Dim[];
}): Readonly<Record<string, Arg>> => ({
  kernel_size: tupleOf(e.kernel_size),
  stride: tupleOf(e.stride),
  dilation: tupleOf(e.dilation),
  ...(e.padding === 'same' ? {} : { padding: tupleOf(e.padding) }),
});

const paddingModes = ['zeros', 'reflect', 'replicate', 'circular'];

/** Convolution layers: they own weight and bias. */
export const convLayers = layers('torch.nn torch.nn.modules torch.nn.modules.conv', {
  "Conv1d(in_channels: int, out_channels: int, kernel_size: int1, stride: int1 = 1, padding: pad1 = 0, dilation: int1 = 1, groups: int = 1, bias: bool = True, padding_mode: str = 'zeros', device: any = None, dtype: any = None)":
    {
      en: '1-D convolution: each output channel is a weighted sum over a window of the input channels.',
      zh: '一维卷积：每个输出通道是窗口内各输入通道的加权和。',
      formula: 'y[n,o,i] = b[o] + Σ_c Σ_u W[o,c,u] · x[n,c,i·s+u−p]',
      call: '_conv1d(input, weight, bias, stride, padding, dilation, groups, padding_mode)',
      check: (e, call) => checkConvLayer(call, e, paddingModes),
      fields: tuples,
      params: ({ in_channels: c, out_channels: o, kernel_size, groups, bias }) => ({
        weight: [o, floorBy(c, groups), ...kernel_size],
        bias: bias && [o],
      }),
      init: { weight: 'fan-in', bias: 'bias-fan-in' },
      eg: ['Conv1d(3, 16, 5, padding=2): (8, 3, 20) -> (8, 16, 20)'],
    },
  "Conv2d(in_channels: int, out_channels: int, kernel_size: int2, stride: int2 = 1, padding: pad2 = 0, dilation: int2 = 1, groups: int = 1, bias: bool = True, padding_mode: str = 'zeros', device: any = None, dtype: any = None)":
    {
      en: '2-D convolution: each output channel is a weighted sum over a window of the input channels.',
      zh: '二维卷积：每个输出通道是窗口内各输入通道的加权和。',
      formula: 'y[n,o,i,j] = b[o] + Σ_c Σ_u Σ_v W[o,c,u,v] · x[n,c,i·s+u−p,j·s+v−p]',
      call: '_conv2d(input, weight, bias, stride, padding, dilation, groups, padding_mode)',
      check: (e, call) => checkConvLayer(call, e, paddingModes),
      fields: tuples,
      params: ({ in_channels: c, out_channels: o, kernel_size, groups, bias }) => ({
        weight: [o, floorBy(c, groups), ...kernel_size],
        bias: bias && [o],
      }),
      init: { weight: 'fan-in', bias: 'bias-fan-in' },
      eg: [
        'Conv2d(3, 64, 7, stride=2, padding=3): (8, 3, 224, 224) -> (8, 64, 112, 112)',
        'Conv2d(64, 64, 3, padding=1, groups=64): (8, 64, 9, 9) -> (8, 64, 9, 9)',
        'Conv2d(3, 64, 3, groups=2): -> !groups-divide',
        "Conv2d(3, 8, 3, padding='same', padding_mode='reflect'): (1, 3, 8, 8) -> (1, 8, 8, 8)",
      ],
    },
  "Conv3d(in_channels: int, out_channels: int, kernel_size: int3, stride: int3 = 1, padding: pad3 = 0, dilation: int3 = 1, groups: int = 1, bias: bool = True, padding_mode: str = 'zeros', device: any = None, dtype: any = None)":
    {
      en: '3-D convolution: each output channel is a weighted sum over a window of the input channels.',
      zh: '三维卷积：每个输出通道是窗口内各输入通道的加权和。',
      formula: 'y[n,o,i,j,k] = b[o] + Σ_c Σ_u Σ_v Σ_t W[o,c,u,v,t] · x[n,c,i·s+u−p,j·s+v−p,k·s+t−p]',
      call: '_conv3d(input, weight, bias, stride, padding, dilation, groups, padding_mode)',
      check: (e, call) => checkConvLayer(call, e, paddingModes),
      fields: tuples,
      params: ({ in_channels: c, out_channels: o, kernel_size, groups, bias }) => ({
        weight: [o, floorBy(c, groups), ...kernel_size],
        bias: bias && [o],
      }),
      init: { weight: 'fan-in', bias: 'bias-fan-in' },
      eg: ['Conv3d(3, 4, 3): (1, 3, 8, 8, 8) -> (1, 4, 6, 6, 6)'],
    },
  "ConvTranspose1d(in_channels: int, out_channels: int, kernel_size: int1, stride: int1 = 1, padding: int1 = 0, output_padding: int1 = 0, groups: int = 1, bias: bool = True, dilation: int1 = 1, padding_mode: str = 'zeros', device: any = None, dtype: any = None)":
    {
      en: '1-D transposed convolution: spreads every input value over a window and adds up.',
      zh: '一维转置卷积：把每个输入值按卷积核摊开再累加。',
      formula: 'out = (in − 1)·stride − 2·padding + dilation·(k − 1) + output_padding + 1',
      call: '_conv_transpose1d(input, weight, bias, stride, padding, output_padding, groups, dilation, output_size)',
      forward: 'input, output_size=None',
      check: (e, call) => checkTransposedLayer(call, e),
      fields: (e) => ({ ...tuples(e), output_padding: tupleOf(e.output_padding) }),
      params: ({ in_channels: c, out_channels: o, kernel_size, groups, bias }) => ({
        weight: [c, floorBy(o, groups), ...kernel_size],
        bias: bias && [o],
      }),
      init: { weight: 'fan-in', bias: 'bias-fan-in' },
      remarks: transposedRemarks,
      eg: ['ConvTranspose1d(4, 6, 3): (2, 4, 8) -> (2, 6, 10)'],
    },
  "ConvTranspose2d(in_channels: int, out_channels: int, kernel_size: int2, stride: int2 = 1, padding: int2 = 0, output_padding: int2 = 0, groups: int = 1, bias: bool = True, dilation: int2 = 1, padding_mode: str = 'zeros', device: any = None, dtype: any = None)":
    {
      en: '2-D transposed convolution: spreads every input value over a window and adds up.',
      zh: '二维转置卷积：把每个输入值按卷积核摊开再累加。',
      formula: 'out = (in − 1)·stride − 2·padding + dilation·(k − 1) + output_padding + 1',
      call: '_conv_transpose2d(input, weight, bias, stride, padding, output_padding, groups, dilation, output_size)',
      forward: 'input, output_size=None',
      check: (e, call) => checkTransposedLayer(call, e),
      fields: (e) => ({ ...tuples(e), output_padding: tupleOf(e.output_padding) }),
      params: ({ in_channels: c, out_channels: o, kernel_size, groups, bias }) => ({
        weight: [c, floorBy(o, groups), ...kernel_size],
        bias: bias && [o],
      }),
      init: { weight: 'fan-in', bias: 'bias-fan-in' },
      remarks: transposedRemarks,
      eg: [
        'ConvTranspose2d(4, 6, 4, 2, 1): (2, 4, 8, 8) -> (2, 6, 16, 16)',
        'ConvTranspose2d(4, 6, 3, 2, 1): (2, 4, 8, 8), output_size=(16, 16) -> (2, 6, 16, 16)',
      ],
    },
  "ConvTranspose3d(in_channels: int, out_channels: int, kernel_size: int3, stride: int3 = 1, padding: int3 = 0, output_padding: int3 = 0, groups: int = 1, bias: bool = True, dilation: int3 = 1, padding_mode: str = 'zeros', device: any = None, dtype: any = None)":
    {
      en: '3-D transposed convolution: spreads every input value over a window and adds up.',
      zh: '三维转置卷积：把每个输入值按卷积核摊开再累加。',
      formula: 'out = (in − 1)·stride − 2·padding + dilation·(k − 1) + output_padding + 1',
      call: '_conv_transpose3d(input, weight, bias, stride, padding, output_padding, groups, dilation, output_size)',
      forward: 'input, output_size=None',
      check: (e, call) => checkTransposedLayer(call, e),
      fields: (e) => ({ ...tuples(e), output_padding: tupleOf(e.output_padding) }),
      params: ({ in_channels: c, out_channels: o, kernel_size, groups, bias }) => ({
        weight: [c, floorBy(o, groups), ...kernel_size],
        bias: bias && [o],
      }),
      init: { weight: 'fan-in', bias: 'bias-fan-in' },
      remarks: transposedRemarks,
      eg: ['ConvTranspose3d(4, 6, 2): (2, 4, 3, 3, 3) -> (2, 6, 4, 4, 4)'],
    },
});

/** What the layers add to the functions: other paddings, and an output size that is asked for. */
export const convLayerOps = ops(
  'torch._nn',
  {
    '_conv1d(input: Tensor[b?, c, l], weight: Tensor[o, k, kl], bias: Tensor[o]?, stride: int1, padding: pad1, dilation: int1, groups: int, padding_mode: str) -> Tensor[b?, o, y]':
      {
        en: '1-D convolution.',
        zh: '一维卷积。',
        faults: { c: 'channel-mismatch', o: 'bias-mismatch' },
        alike: 'input weight',
        where: ({ l, o, k, kl, stride, padding, dilation, groups }, call) => {
          const conv = { stride, padding, dilation, groups };
          checkConv(call, conv, o);
          const [y = 0]: readonly Dim[] = convolved(call, ['L'], [l], [kl], conv);
          return { c: mul(k, groups), y };
        },
        check: ({ l, padding, padding_mode }, call) => needPaddable(call, padding_mode, padding, [l]),
        flops: ({ weight }, result) => convFlops(weight.shape, result),
        eg: "(1, 3, 8), (4, 3, 3), None, 1, 1, 1, 1, 'zeros' -> (1, 4, 8)",
      },
    '_conv2d(input: Tensor[b?, c, h, w], weight: Tensor[o, k, kh, kw], bias: Tensor[o]?, stride: int2, padding: pad2, dilation: int2, groups: int, padding_mode: str) -> Tensor[b?, o, y, x]':
      {
        en: '2-D convolution.',
        zh: '二维卷积。',
        faults: { c: 'channel-mismatch', o: 'bias-mismatch' },
        alike: 'input weight',
        where: ({ h, w, o, k, kh, kw, stride, padding, dilation, groups }, call) => {
          const conv = { stride, padding, dilation, groups };
          checkConv(call, conv, o);
          const [y = 0, x = 0]: readonly Dim[] = convolved(call, ['H', 'W'], [h, w], [kh, kw], conv);
          return { c: mul(k, groups), y, x };
        },
        check: ({ h, w, padding, padding_mode }, call) => needPaddable(call, padding_mode, padding, [h, w]),
        flops: ({ weight }, result) => convFlops(weight.shape, result),
        eg: "(1, 3, 8, 8), (4, 3, 3, 3), None, 1, 1, 1, 1, 'zeros' -> (1, 4, 8, 8)",
      },
    '_conv3d(input: Tensor[b?, c, d, h, w], weight: Tensor[o, k, kd, kh, kw], bias: Tensor[o]?, stride: int3, padding: pad3, dilation: int3, groups: int, padding_mode: str) -> Tensor[b?, o, z, y, x]':
      {
        en: '3-D convolution.',
        zh: '三维卷积。',
        faults: { c: 'channel-mismatch', o: 'bias-mismatch' },
        alike: 'input weight',
        where: ({ d, h, w, o, k, kd, kh, kw, stride, padding, dilation, groups }, call) => {
          const conv = { stride, padding, dilation, groups };
          checkConv(call, conv, o);
          const [z = 0, y = 0, x = 0]: readonly Dim[] = convolved(call, ['D', 'H', 'W'], [d, h, w], [kd, kh, kw], conv);
          return { c: mul(k, groups), z, y, x };
        },
        check: ({ d, h, w, padding, padding_mode }, call) => needPaddable(call, padding_mode, padding, [d, h, w]),
        flops: ({ weight }, result) => convFlops(weight.shape, result),
        eg: "(1, 3, 8, 8, 8), (4, 3, 3, 3, 3), None, 1, 1, 1, 1, 'zeros' -> (1, 4, 8, 8, 8)",
      },
    '_conv_transpose1d(input: Tensor[b?, c, l], weight: Tensor[c, k, kl], bias: Tensor?, stride: int1, padding: int1, output_padding: int1, groups: int, dilation: int1, output_size: ints?) -> Tensor[b?, o, y]':
      {
        en: '1-D transposed convolution.',
        zh: '一维转置卷积。',
        faults: { c: 'channel-mismatch' },
        alike: 'input weight',
        where: ({ l, k, kl, stride, padding, output_padding, dilation, groups, output_size }, call) => {
          const conv = { stride, padding, dilation, groups };
          const wanted = output_size?.slice(-1);
          const [y = 0]: readonly Dim[] = wanted
            ? askedSizes(call, [l], [kl], conv, wanted)
            : transposed(call, [l], [kl], conv, output_padding);
          return { o: mul(k, groups), y };
        },
        flops: ({ input, weight }) => convFlops(weight.shape, input.shape),
        eg: '(2, 4, 8), (4, 6, 3), None, 1, 0, 0, 1, 1, None -> (2, 6, 10)',
      },
    '_conv_transpose2d(input: Tensor[b?, c, h, w], weight: Tensor[c, k, kh, kw], bias: Tensor?, stride: int2, padding: int2, output_padding: int2, groups: int, dilation: int2, output_size: ints?) -> Tensor[b?, o, y, x]':
      {
        en: '2-D transposed convolution.',
        zh: '二维转置卷积。',
        faults: { c: 'channel-mismatch' },
        alike: 'input weight',
        where: ({ h, w, k, kh, kw, stride, padding, output_padding, dilation, groups, output_size }, call) => {
          const conv = { stride, padding, dilation, groups };
          const wanted = output_size?.slice(-2);
          const [y = 0, x = 0]: readonly Dim[] = wanted
            ? askedSizes(call, [h, w], [kh, kw], conv, wanted)
            : transposed(call, [h, w], [kh, kw], conv, output_padding);
          return { o: mul(k, groups), y, x };
        },
        flops: ({ input, weight }) => convFlops(weight.shape, input.shape),
        eg: '(2, 4, 8, 8), (4, 6, 3, 3), None, 1, 0, 0, 1, 1, None -> (2, 6, 10, 10)',
      },
    '_conv_transpose3d(input: Tensor[b?, c, d, h, w], weight: Tensor[c, k, kd, kh, kw], bias: Tensor?, stride: int3, padding: int3, output_padding: int3, groups: int, dilation: int3, output_size: ints?) -> Tensor[b?, o, z, y, x]':
      {
        en: '3-D transposed convolution.',
        zh: '三维转置卷积。',
        faults: { c: 'channel-mismatch' },
        alike: 'input weight',
        where: ({ d, h, w, k, kd, kh, kw, stride, padding, output_padding, dilation, groups, output_size }, call) => {
          const conv = { stride, padding, dilation, groups };
          const wanted = output_size?.slice(-3);
          const [z = 0, y = 0, x = 0]: readonly Dim[] = wanted
            ? askedSizes(call, [d, h, w], [kd, kh, kw], conv, wanted)
            : transposed(call, [d, h, w], [kd, kh, kw], conv, output_padding);
          return { o: mul(k, groups), z, y, x };
        },
        flops: ({ input, weight }) => convFlops(weight.shape, input.shape),
        eg: '(2, 4, 8, 8, 8), (4, 6, 3, 3, 3), None, 1, 0, 0, 1, 1, None -> (2, 6, 10, 10, 10)',
      },
  },
  { python: true },
);
