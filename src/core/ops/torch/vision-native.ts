import { type Dim, mul, product } from '../../dims';
import { shapeOf } from '../../shapes';
import { fresh, tensor } from '../call';
import { ops, type Words } from '../rows';
import { needMultiple } from '../rules/checks';
import { convFlops } from '../rules/conv';
import { deformed, needFlatBias } from '../rules/deform';
import { floorBy } from '../rules/quotient';

const compiled = (name: string): { readonly remarks: readonly Words[] } => ({
  remarks: [
    {
      en: `The compiled op behind torchvision.ops.${name}: every size is an argument of its own.`,
      zh: `torchvision.ops.${name} 背后的编译算子，各个大小分开传入。`,
    },
  ],
});

interface Region {
  readonly c: Dim;
  readonly pooled_height: Dim;
  readonly pooled_width: Dim;
}

const sizes = ({ pooled_height: y, pooled_width: x }: Region) => ({ y, x });

/** Channels that each place of a region has of its own. */
const shared = (e: Region): Dim => floorBy(e.c, mul(e.pooled_height, e.pooled_width));

/** torchvision's ops as its own Python code calls them: `torch.ops.torchvision.roi_align(…)`. */
export const nativeVision = ops('torch.ops.torchvision', {
  'nms(dets: Tensor[n, 4], scores: Tensor[n], iou_threshold: float) -> any': {
    en: 'Keeps the boxes that overlap with no better one; gives their places, best first.',
    zh: '非极大值抑制：去掉与更优框重叠过多的框，按得分从高到低返回保留框的下标。',
    ...compiled('nms'),
    value: (_, call) => tensor(call.lib, shapeOf(fresh(call, 'boxes that are kept')), { dtype: 'int64' }),
    eg: '(5, 4), (5), 0.5 -> (?)',
  },
  'roi_align(input: Tensor[b, c, h, w], rois: Tensor[n, 5], spatial_scale: float, pooled_height: int, pooled_width: int, sampling_ratio: int, aligned: bool) -> Tensor[n, c, y, x]':
    {
      en: 'Samples each box by interpolation to a feature map of one size.',
      zh: '用插值把每个候选框采样成统一大小的特征图。',
      ...compiled('roi_align'),
      where: sizes,
      eg: '(2, 3, 16, 16), (5, 5), 1.0, 7, 7, 2, True -> (5, 3, 7, 7)',
    },
  'roi_pool(input: Tensor[b, c, h, w], rois: Tensor[n, 5], spatial_scale: float, pooled_height: int, pooled_width: int) -> (Tensor[n, c, y, x], Tensor[n, c, y, x])':
    {
      en: 'Takes the largest values of each box, and tells their places.',
      zh: '把每个候选框最大池化成统一大小的特征图，并给出最大值的位置。',
      ...compiled('roi_pool'),
      dtype: 'unknown',
      where: sizes,
      eg: '(2, 3, 16, 16), (5, 5), 1.0, 7, 7 -> ((5, 3, 7, 7), (5, 3, 7, 7))',
    },
  'ps_roi_align(input: Tensor[b, c, h, w], rois: Tensor[n, 5], spatial_scale: float, pooled_height: int, pooled_width: int, sampling_ratio: int) -> (Tensor[n, o, y, x], Tensor[n, o, y, x])':
    {
      en: 'Samples each box, every place from channels of its own, and tells which.',
      zh: '位置敏感的 RoIAlign：每个位置取自己的一组通道插值采样，并给出所取的通道。',
      ...compiled('ps_roi_align'),
      dtype: 'unknown',
      where: (e, call) => {
        needMultiple(call, e.c, mul(e.pooled_height, e.pooled_width), 'channels', 'input', 'pooled_height');
        return { ...sizes(e), o: shared(e) };
      },
      eg: '(2, 12, 16, 16), (5, 5), 1.0, 2, 2, 2 -> ((5, 3, 2, 2), (5, 3, 2, 2))',
    },
  'ps_roi_pool(input: Tensor[b, c, h, w], rois: Tensor[n, 5], spatial_scale: float, pooled_height: int, pooled_width: int) -> (Tensor[n, o, y, x], Tensor[n, o, y, x])':
    {
      en: 'Averages each box, every place from channels of its own, and tells which.',
      zh: '位置敏感的候选框池化：每个位置取自己的一组通道求平均，并给出所取的通道。',
      ...compiled('ps_roi_pool'),
      dtype: 'unknown',
      where: (e, call) => {
        needMultiple(call, e.c, mul(e.pooled_height, e.pooled_width), 'channels', 'input', 'pooled_height');
        return { ...sizes(e), o: shared(e) };
      },
      eg: '(2, 12, 16, 16), (5, 5), 1.0, 2, 2 -> ((5, 3, 2, 2), (5, 3, 2, 2))',
    },
  'deform_conv2d(input: Tensor[b, c, h, w], weight: Tensor[o, k, kh, kw], offset: Tensor[b, p, y, x], mask: Tensor, bias: Tensor, stride_h: int, stride_w: int, pad_h: int, pad_w: int, dilation_h: int, dilation_w: int, groups: int, offset_groups: int, use_mask: bool) -> Tensor[b, o, y, x]':
    {
      en: 'Convolution whose windows bend: every place of the kernel is moved by an offset, and weighted by a mask.',
      zh: '可变形卷积：卷积核的每个采样点按 offset 偏移，并可用 mask 加权。',
      ...compiled('deform_conv2d'),
      alike: 'input weight',
      where: (e, call) => {
        needMultiple(call, e.c, e.k, 'channels', 'input', 'weight');
        needMultiple(call, e.p, product([2, e.kh, e.kw]), 'offsets', 'offset', 'weight');
        needFlatBias(call, e.bias, e.o);
        const window = {
          stride: [e.stride_h, e.stride_w],
          padding: [e.pad_h, e.pad_w],
          dilation: [e.dilation_h, e.dilation_w],
        };
        const [y = 0, x = 0] = deformed(call, [e.h, e.w], [e.kh, e.kw], window);
        return { y, x };
      },
      flops: ({ weight }, result) => convFlops(weight.shape, result),
      eg: '(2, 3, 8, 8), (4, 3, 3, 3), (2, 18, 6, 6), (2, 9, 6, 6), (4), 1, 1, 0, 0, 1, 1, 1, 1, True -> (2, 4, 6, 6)',
    },
});
