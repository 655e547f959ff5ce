import { type Dim, mul, product, sum } from '../../dims';
import { type Shape, shapeOf } from '../../shapes';
import type { Arg } from '../arg';
import { broadcastAll, type Call, fresh, tensor } from '../call';
import { fault } from '../codes';
import { keepShape, layers, ops } from '../rows';
import { needChoice, needMultiple, needPositive } from '../rules/checks';
import { convFlops } from '../rules/conv';
import { deformed, needFlatBias } from '../rules/deform';
import { floorBy } from '../rules/quotient';
import { tupleOf } from '../rules/values';

const kept = (_: unknown, call: Call): Arg =>
  tensor(call.lib, shapeOf(fresh(call, 'boxes that are kept')), { dtype: 'int64' });

const pairwise = {
  where: () => ({}),
  eg: ['(5, 4), (7, 4) -> (5, 7)', '(5, 3), (7, 4) -> !size-mismatch'],
};

/** torchvision's functions of boxes. */
export const boxFunctions = ops(
  'torchvision.ops torchvision.ops.boxes',
  {
    'nms(boxes: Tensor[n, 4], scores: Tensor[n], iou_threshold: any) -> any': {
      en: 'Keeps the boxes that overlap with no better one; gives their places, best first.',
      zh: '非极大值抑制：去掉与更优框重叠过多的框，按得分从高到低返回保留框的下标。',
      value: kept,
      aliases: ['torch.ops.torchvision.nms'],
      eg: ['(5, 4), (5), 0.5 -> (?)', '(5, 4), (6), 0.5 -> !size-mismatch'],
    },
    'batched_nms(boxes: Tensor[n, 4], scores: Tensor[n], idxs: Tensor[n], iou_threshold: any) -> any': {
      en: 'Keeps, within each category, the boxes that overlap with no better one; gives their places.',
      zh: '按类别分别做非极大值抑制，返回保留框的下标。',
      value: kept,
      eg: '(5, 4), (5), (5), 0.5 -> (?)',
    },
    'remove_small_boxes(boxes: Tensor[n, 4], min_size: any) -> any': {
      en: 'Places of the boxes whose sides are both long enough.',
      zh: '去掉边长过小的框，返回保留框的下标。',
      value: kept,
      eg: '(5, 4), 1.0 -> (?)',
    },
    'box_area(boxes: Tensor[n, 4]) -> Tensor[n]': {
      en: 'Area of each box.',
      zh: '每个框的面积。',
      eg: '(5, 4) -> (5)',
    },
    'box_iou(boxes1: Tensor[n, 4], boxes2: Tensor[m, 4]) -> Tensor[n, m]': {
      en: 'Overlap of every box of one set with every box of the other: intersection over union.',
      zh: '两组框两两之间的交并比（IoU）。',
      ...pairwise,
    },
    'generalized_box_iou(boxes1: Tensor[n, 4], boxes2: Tensor[m, 4]) -> Tensor[n, m]': {
      en: 'Intersection over union, less the empty part of the smallest box around both.',
      zh: '两组框两两之间的广义交并比（GIoU）。',
      ...pairwise,
    },
    'distance_box_iou(boxes1: Tensor[n, 4], boxes2: Tensor[m, 4], eps: any = 1e-07) -> Tensor[n, m]': {
      en: 'Intersection over union, less the distance of the centres.',
      zh: '两组框两两之间的距离交并比（DIoU）。',
      ...pairwise,
    },
    'complete_box_iou(boxes1: Tensor[n, 4], boxes2: Tensor[m, 4], eps: any = 1e-07) -> Tensor[n, m]': {
      en: 'Intersection over union, less the distance of the centres and the difference in proportion.',
      zh: '两组框两两之间的完全交并比（CIoU）。',
      ...pairwise,
    },
    'masks_to_boxes(masks: Tensor[n, h, w]) -> Tensor[n, 4]': {
      en: 'The smallest box around each mask.',
      zh: '每个掩码的最小外接框。',
      eg: '(5, 20, 30) -> (5, 4)',
    },
  },
  { python: true },
);

/** torchvision's functions that keep the shape of their first input. */
export const visionKeepers = keepShape(
  'torchvision.ops',
  {
    'clip_boxes_to_image(boxes: Tensor[*a], size: any)': [
      'Cuts boxes off at the border of the image.',
      '把框裁剪到图像范围之内。',
      { eg: '(5, 4), (32, 32) -> (5, 4)', aliases: ['torchvision.ops.boxes.clip_boxes_to_image'] },
    ],
    'box_convert(boxes: Tensor[*a], in_fmt: str, out_fmt: str)': [
      "Writes boxes in another form: corners 'xyxy', corner and sides 'xywh', or centre and sides 'cxcywh'.",
      "转换框的表示：'xyxy' 两角点、'xywh' 左上角加宽高、'cxcywh' 中心加宽高。",
      { eg: "(5, 4), 'xyxy', 'cxcywh' -> (5, 4)", aliases: ['torchvision.ops.boxes.box_convert'] },
    ],
    'stochastic_depth(input: Tensor[*a], p: any, mode: str, training: bool = True)': [
      'Drops whole samples (or the whole batch) of a branch at random during training and scales the others up.',
      '随机深度：训练时随机把整个样本（或整个批次）的分支置零，其余按比例放大。',
      {
        check: ({ mode }: { readonly mode: string }, call: Call) => needChoice(call, 'mode', mode, ['batch', 'row']),
        eg: ["(2, 3, 4, 4), 0.1, 'row' -> (2, 3, 4, 4)", "(2, 3), 0.1, 'column' -> !value-choice"],
      },
    ],
  },
  { python: true },
);

/** How many boxes there are: rows of one tensor, or of one tensor an image. */
const countOf = (boxes: Arg, call: Call): Dim => {
  const parts = boxes.kind === 'tuple' || boxes.kind === 'sequence' ? boxes.items : [boxes];
  const counts = parts.map((part) => (part.kind === 'tensor' && !part.shape.rest ? part.shape.dims[0] : undefined));
  return counts.every((d) => d !== undefined) ? sum(counts) : fresh(call, 'the number of boxes');
};

/** torchvision's poolings of regions, and deformable convolution. */
export const visionFunctions = ops(
  'torchvision.ops',
  {
    'roi_align(input: Tensor[b, c, h, w], boxes: any, output_size: int2, spatial_scale: any = 1.0, sampling_ratio: any = -1, aligned: any = False) -> Tensor[n, c, y, x]':
      {
        en: 'Samples each box by interpolation to a feature map of one size; boxes are [n, 5] with the image first, or a list of [n, 4].',
        zh: '用插值把每个候选框采样成统一大小的特征图；boxes 为 [n, 5]（首列是图像序号），或每张图一个 [n, 4] 的列表。',
        where: ({ boxes, output_size: [y, x] }, call) => ({ n: countOf(boxes, call), y, x }),
        eg: '(2, 3, 16, 16), (5, 5):float32, 7 -> (5, 3, 7, 7)',
      },
    'roi_pool(input: Tensor[b, c, h, w], boxes: any, output_size: int2, spatial_scale: any = 1.0) -> Tensor[n, c, y, x]':
      {
        en: 'Takes the largest values of each box, down to a feature map of one size.',
        zh: '把每个候选框最大池化成统一大小的特征图。',
        where: ({ boxes, output_size: [y, x] }, call) => ({ n: countOf(boxes, call), y, x }),
        eg: '(2, 3, 16, 16), (5, 5):float32, 7 -> (5, 3, 7, 7)',
      },
    'ps_roi_align(input: Tensor[b, c, h, w], boxes: any, output_size: int2, spatial_scale: any = 1.0, sampling_ratio: any = -1) -> Tensor[n, o, y, x]':
      {
        en: 'Samples each box, every place from channels of its own.',
        zh: '位置敏感的 RoIAlign：每个位置取自己的一组通道插值采样。',
        where: ({ c, boxes, output_size: [y, x] }, call) => {
          needMultiple(call, c, mul(y, x), 'channels', 'input', 'output_size');
          return { n: countOf(boxes, call), o: floorBy(c, mul(y, x)), y, x };
        },
        eg: [
          '(2, 12, 16, 16), (5, 5):float32, 2 -> (5, 3, 2, 2)',
          '(2, 13, 16, 16), (5, 5):float32, 2 -> !not-divisible',
        ],
      },
    'ps_roi_pool(input: Tensor[b, c, h, w], boxes: any, output_size: int2, spatial_scale: any = 1.0) -> Tensor[n, o, y, x]':
      {
        en: 'Averages each box, every place from channels of its own.',
        zh: '位置敏感的候选框池化：每个位置取自己的一组通道求平均。',
        where: ({ c, boxes, output_size: [y, x] }, call) => {
          needMultiple(call, c, mul(y, x), 'channels', 'input', 'output_size');
          return { n: countOf(boxes, call), o: floorBy(c, mul(y, x)), y, x };
        },
        eg: '(2, 12, 16, 16), (5, 5):float32, 2 -> (5, 3, 2, 2)',
      },
    'deform_conv2d(input: Tensor[b, c, h, w], offset: Tensor[b, p, y, x], weight: Tensor[o, k, kh, kw], bias: Tensor? = None, stride: int2 = 1, padding: int2 = 0, dilation: int2 = 1, mask: Tensor[b, q, y, x]? = None) -> Tensor[b, o, y, x]':
      {
        en: 'Convolution whose windows bend: every place of the kernel is moved by an offset, and weighted by a mask.',
        zh: '可变形卷积：卷积核的每个采样点按 offset 偏移，并可用 mask 加权。',
        aliases: ['torchvision.ops.deform_conv.deform_conv2d'],
        alike: 'input weight',
        where: (e, call) => {
          needPositive(call, 'stride', e.stride);
          needPositive(call, 'dilation', e.dilation);
          needMultiple(call, e.c, e.k, 'channels', 'input', 'weight');
          needMultiple(call, e.p, product([2, e.kh, e.kw]), 'offsets', 'offset', 'weight');
          if (e.q !== null) needMultiple(call, e.q, mul(e.kh, e.kw), 'masks', 'mask', 'weight');
          needFlatBias(call, e.bias, e.o);
          const [y = 0, x = 0] = deformed(call, [e.h, e.w], [e.kh, e.kw], e);
          return { y, x };
        },
        flops: ({ weight }, result) => convFlops(weight.shape, result),
        eg: [
          '(2, 3, 8, 8), (2, 18, 6, 6), (4, 3, 3, 3) -> (2, 4, 6, 6)',
          '(2, 3, 8, 8), (2, 17, 6, 6), (4, 3, 3, 3) -> !not-divisible',
          '(2, 3, 8, 8), (2, 18, 8, 8), (4, 3, 3, 3) -> !size-mismatch',
        ],
      },
    'drop_block2d(input: Tensor[b, c, h, w], p: any, block_size: any, inplace: bool = False, eps: any = 1e-06, training: bool = True) -> Tensor[b, c, h, w]':
      {
        en: 'Zeroes square regions of a feature map at random during training.',
        zh: '训练时随机将特征图上的方块区域置零。',
        eg: '(2, 3, 8, 8), 0.1, 3 -> (2, 3, 8, 8)',
      },
    'drop_block3d(input: Tensor[b, c, d, h, w], p: any, block_size: any, inplace: bool = False, eps: any = 1e-06, training: bool = True) -> Tensor[b, c, d, h, w]':
      {
        en: 'Zeroes cubes of a volume at random during training.',
        zh: '训练时随机将三维特征中的立方块区域置零。',
        eg: '(2, 3, 8, 8, 8), 0.1, 3 -> (2, 3, 8, 8, 8)',
      },
    "sigmoid_focal_loss(inputs: Tensor[*a], targets: Tensor[*a], alpha: any = 0.25, gamma: any = 2, reduction: str = 'none') -> Tensor":
      {
        en: 'Cross entropy of two classes from raw scores, in which easy examples count less.',
        zh: '焦点损失：二分类交叉熵，降低易分样本的权重；inputs 为未归一化得分（logits）。',
        check: ({ reduction }, call) => needChoice(call, 'reduction', reduction, ['none', 'mean', 'sum']),
        shape: ({ inputs, reduction }) => (reduction === 'none' ? inputs.shape : shapeOf()),
        eg: ["(4, 3), (4, 3), reduction='mean' -> ()", '(4, 3), (4, 3) -> (4, 3)'],
      },
  },
  { python: true },
);

/** What a batch normalisation is whose statistics stay: one factor and one summand a channel. */
export const visionLayerOps = ops(
  'torch._nn',
  {
    'frozen_batch_norm(x: Tensor, weight: Tensor[c]) -> Tensor': {
      en: 'Batch normalisation with fixed statistics.',
      zh: '统计量固定不变的批归一化。',
      shape: ({ x, c }, call): Shape | undefined => {
        const row = shapeOf(1, c, 1, 1);
        const clash = fault('shape-mismatch', { op: call.op, left: x.shape, right: row }, 'x');
        return broadcastAll(call, [x.shape, row], () => clash);
      },
      eg: ['(2, 3, 4, 4), (3) -> (2, 3, 4, 4)', '(2, 4, 4, 4), (3) -> !shape-mismatch'],
    },
  },
  { python: true },
);

const regions = (name: string, en: string, zh: string, more = '') =>
  ({
    en,
    zh,
    call: `torchvision.ops.${name}(input, rois, output_size, spatial_scale${more})`,
    forward: 'input, rois',
  }) as const;

/** torchvision's layers. */
export const visionLayers = layers('torchvision.ops', {
  'RoIAlign(output_size: any, spatial_scale: any, sampling_ratio: any, aligned: any = False)': {
    ...regions(
      'roi_align',
      'Samples each box by interpolation to a feature map of one size.',
      '用插值把每个候选框采样成统一大小的特征图。',
      ', sampling_ratio, aligned',
    ),
    eg: 'RoIAlign(7, 1.0, 2): (2, 3, 16, 16), (5, 5) -> (5, 3, 7, 7)',
  },
  'RoIPool(output_size: any, spatial_scale: any)': {
    ...regions(
      'roi_pool',
      'Takes the largest values of each box, down to a feature map of one size.',
      '把每个候选框最大池化成统一大小的特征图。',
    ),
    eg: 'RoIPool(7, 1.0): (2, 3, 16, 16), (5, 5) -> (5, 3, 7, 7)',
  },
  'PSRoIAlign(output_size: any, spatial_scale: any, sampling_ratio: any)': {
    ...regions(
      'ps_roi_align',
      'Samples each box, every place from channels of its own.',
      '位置敏感的 RoIAlign：每个位置取自己的一组通道插值采样。',
      ', sampling_ratio',
    ),
    eg: 'PSRoIAlign(2, 1.0, 2): (2, 12, 16, 16), (5, 5) -> (5, 3, 2, 2)',
  },
  'PSRoIPool(output_size: any, spatial_scale: any)': {
    ...regions(
      'ps_roi_pool',
      'Averages each box, every place from channels of its own.',
      '位置敏感的候选框池化：每个位置取自己的一组通道求平均。',
    ),
    eg: 'PSRoIPool(2, 1.0): (2, 12, 16, 16), (5, 5) -> (5, 3, 2, 2)',
  },
  'DeformConv2d(in_channels: int, out_channels: int, kernel_size: int2, stride: int2 = 1, padding: int2 = 0, dilation: int2 = 1, groups: int = 1, bias: bool = True)':
    {
      en: 'Deformable convolution: every place of the kernel is moved by an offset, and weighted by a mask.',
      zh: '可变形卷积：卷积核的每个采样点按 offset 偏移，并可用 mask 加权。',
      aliases: ['torchvision.ops.deform_conv.DeformConv2d'],
      call: 'torchvision.ops.deform_conv2d(input, offset, weight, bias, stride, padding, dilation, mask)',
      forward: 'input, offset, mask=None',
      check: ({ in_channels, out_channels, groups }, call) => {
        needPositive(call, 'groups', [groups]);
        needMultiple(call, in_channels, groups, 'in_channels', 'in_channels', 'groups');
        needMultiple(call, out_channels, groups, 'out_channels', 'out_channels', 'groups');
      },
      fields: ({ kernel_size, stride, padding, dilation }) => ({
        kernel_size: tupleOf(kernel_size),
        stride: tupleOf(stride),
        padding: tupleOf(padding),
        dilation: tupleOf(dilation),
      }),
      params: ({ in_channels, out_channels, kernel_size, groups, bias }) => ({
        weight: [out_channels, floorBy(in_channels, groups), ...kernel_size],
        bias: bias && [out_channels],
      }),
      init: { weight: 'fan-in', bias: 'bias-fan-in' },
      eg: [
        'DeformConv2d(3, 4, 3): (2, 3, 8, 8), (2, 18, 6, 6) -> (2, 4, 6, 6)',
        'DeformConv2d(3, 4, 3, groups=2): -> !not-divisible',
      ],
    },
  'FrozenBatchNorm2d(num_features: int, eps: any = 1e-05)': {
    en: 'Batch normalisation whose statistics and scale never change: nothing of it is trained.',
    zh: '冻结的批归一化：统计量与缩放、平移系数均不更新，没有可训练参数。',
    aliases: ['torchvision.ops.misc.FrozenBatchNorm2d'],
    call: 'torch._nn.frozen_batch_norm(x, weight)',
    buffers: ({ num_features: c }) => ({ weight: [c], bias: [c], running_mean: [c], running_var: [c] }),
    init: { weight: 'ones', bias: 'zeros', running_mean: 'zeros', running_var: 'ones' },
    eg: 'FrozenBatchNorm2d(3): (2, 3, 4, 4) -> (2, 3, 4, 4)',
  },
  'StochasticDepth(p: any, mode: str)': {
    en: 'Drops whole samples of a branch at random during training: the block is skipped for them.',
    zh: '随机深度：训练时随机让部分样本跳过该分支。',
    aliases: ['torchvision.ops.stochastic_depth.StochasticDepth'],
    call: 'torchvision.ops.stochastic_depth(input, p, mode, training)',
    eg: "StochasticDepth(0.1, 'row'): (2, 3, 4, 4) -> (2, 3, 4, 4)",
  },
  'DropBlock2d(p: any, block_size: any, inplace: bool = False, eps: any = 1e-06)': {
    en: 'Zeroes square regions of a feature map at random during training.',
    zh: '训练时随机将特征图上的方块区域置零。',
    call: 'torchvision.ops.drop_block2d(input, p, block_size, training=training)',
    eg: 'DropBlock2d(0.1, 3): (2, 3, 8, 8) -> (2, 3, 8, 8)',
  },
  'DropBlock3d(p: any, block_size: any, inplace: bool = False, eps: any = 1e-06)': {
    en: 'Zeroes cubes of a volume at random during training.',
    zh: '训练时随机将三维特征中的立方块区域置零。',
    call: 'torchvision.ops.drop_block3d(input, p, block_size, training=training)',
    eg: 'DropBlock3d(0.1, 3): (2, 3, 8, 8, 8) -> (2, 3, 8, 8, 8)',
  },
  'Permute(dims: ints)': {
    en: 'Puts the axes into another order, as a layer.',
    zh: '以层的形式重排各轴。',
    aliases: ['torchvision.ops.misc.Permute'],
    call: 'permute(x, dims)',
    eg: 'Permute([0, 2, 3, 1]): (2, 3, 4, 5) -> (2, 4, 5, 3)',
  },
});
