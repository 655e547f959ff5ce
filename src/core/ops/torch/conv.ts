import { type Dim, mul } from '../../dims';
import { layers, ops } from '../rows';
import { checkConv, checkConvLayer, convolved } from '../rules/conv';
import { floorBy } from '../rules/quotient';
import { tupleOf } from '../rules/values';

const spatial = ['H', 'W'];

export const convFunctions = ops('torch.nn.functional torch', {
  'conv2d(input: Tensor[b?, c, h, w], weight: Tensor[o, k, kh, kw], bias: Tensor[o]? = None, stride: int2 = 1, padding: pad2 = 0, dilation: int2 = 1, groups: int = 1) -> Tensor[b?, o, y, x]':
    {
      en: 'Slides filters over height and width.',
      zh: '让卷积核在高和宽上滑动。',
      faults: { c: 'channel-mismatch', o: 'bias-mismatch' },
      where: ({ h, w, o, k, kh, kw, stride, padding, dilation, groups }, call) => {
        const conv = { stride, padding, dilation, groups };
        checkConv(call, conv, o);
        const [y = 0, x = 0]: readonly Dim[] = convolved(call, spatial, [h, w], [kh, kw], conv);
        return { c: mul(k, groups), y, x };
      },
      eg: [
        '(8, 3, 224, 224), (64, 3, 7, 7), stride=2, padding=3 -> (8, 64, 112, 112)',
        '(3, 8, 8), (4, 3, 3, 3) -> (4, 6, 6)',
        '(1, 4, 8, 8), (4, 3, 3, 3) -> !channel-mismatch',
      ],
    },
});

export const convLayers = layers('torch.nn torch.nn.modules torch.nn.modules.conv', {
  "Conv2d(in_channels: int, out_channels: int, kernel_size: int2, stride: int2 = 1, padding: pad2 = 0, dilation: int2 = 1, groups: int = 1, bias: bool = True, padding_mode: str = 'zeros', device: any = None, dtype: any = None)":
    {
      en: '2-D convolution: each output channel is a weighted sum over a window of all input channels.',
      zh: '二维卷积：每个输出通道是窗口内各输入通道的加权和。',
      formula: 'y[n,o,i,j] = b[o] + Σ_c Σ_u Σ_v W[o,c,u,v] · x[n,c,i·s+u−p,j·s+v−p]',
      call: 'conv2d(input, weight, bias, stride, padding, dilation, groups)',
      check: ({ in_channels, out_channels, groups, padding, stride }, call) =>
        checkConvLayer(call, in_channels, out_channels, groups, padding, stride),
      fields: ({ kernel_size, stride, padding, dilation }) => ({
        kernel_size: tupleOf(kernel_size),
        stride: tupleOf(stride),
        dilation: tupleOf(dilation),
        ...(padding === 'same' ? {} : { padding: tupleOf(padding) }),
      }),
      params: ({ in_channels: c, out_channels: o, kernel_size: [kh, kw], groups, bias }) => ({
        weight: [o, floorBy(c, groups), kh, kw],
        bias: bias && [o],
      }),
      init: { weight: 'fan-in', bias: 'bias-fan-in' },
      eg: 'Conv2d(3, 64, 7, stride=2, padding=3): (8, 3, 224, 224) -> (8, 64, 112, 112)',
    },
});
