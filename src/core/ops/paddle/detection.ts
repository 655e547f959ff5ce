import { mul, product } from '../../dims';
import { shapeOf } from '../../shapes';
import type { Arg } from '../arg';
import { fresh, giveUp, refuse, tensor } from '../call';
import { fault } from '../codes';
import { layers, ops, type ParamShapes } from '../rows';
import { needChoice, needMultiple, needNotNegative, needPositive } from '../rules/checks';
import { convFlops, divides } from '../rules/conv';
import { deformed, needCount, needFlatBias } from '../rules/deform';
import { asked } from '../rules/format';
import { floorBy } from '../rules/quotient';
import { tuple } from '../rules/values';

const paddle = { lib: 'paddle' } as const;
const float = { needs: 'float', dtype: 'same' } as const;

/** Regions of interest and deformable convolution. */
export const detectionFunctions = ops(
  'paddle.vision.ops',
  {
    'roi_align(x: Tensor[b, c, h, w], boxes: Tensor[n, 4], boxes_num: Tensor, output_size: int2, spatial_scale: any = 1.0, sampling_ratio: any = -1, aligned: any = True, name: any = None) -> Tensor[n, c, y, x2]':
      {
        ...float,
        en: 'Samples each box by interpolation to a feature map of one size.',
        zh: '用插值把每个候选框采样成统一大小的特征图。',
        where: ({ output_size: [y, x2] }) => ({ y, x2 }),
        eg: [
          '(2, 3, 16, 16), (5, 4), (2):int32, 4 -> (5, 3, 4, 4)',
          '(2, 3, 16, 16), (5, 5), (2):int32, 4 -> !size-mismatch',
        ],
      },
    'roi_pool(x: Tensor[b, c, h, w], boxes: Tensor[n, 4], boxes_num: Tensor, output_size: int2, spatial_scale: any = 1.0, name: any = None) -> Tensor[n, c, y, x2]':
      {
        ...float,
        en: 'Takes the largest values of each box, down to a feature map of one size.',
        zh: '把每个候选框最大池化成统一大小的特征图。',
        where: ({ output_size: [y, x2] }) => ({ y, x2 }),
        eg: '(2, 3, 16, 16), (5, 4), (2):int32, 4 -> (5, 3, 4, 4)',
      },
    'psroi_pool(x: Tensor[b, c, h, w], boxes: Tensor[n, 4], boxes_num: Tensor, output_size: int2, spatial_scale: any = 1.0, name: any = None) -> Tensor[n, o, y, x2]':
      {
        ...float,
        en: 'Averages each box, every place from channels of its own.',
        zh: '位置敏感的候选框池化：每个位置取自己的一组通道求平均。',
        where: ({ c, output_size: [y, x2] }, call) => {
          needMultiple(call, c, mul(y, x2), 'channels', 'x', 'output_size');
          return { o: floorBy(c, mul(y, x2)), y, x2 };
        },
        eg: [
          '(2, 12, 16, 16), (5, 4), (2):int32, 2 -> (5, 3, 2, 2)',
          '(2, 13, 16, 16), (5, 4), (2):int32, 2 -> !not-divisible',
        ],
      },
    'nms(boxes: Tensor[n, 4], iou_threshold: any = 0.3, scores: Tensor? = None, category_idxs: Tensor? = None, categories: any = None, top_k: any = None) -> any':
      {
        en: 'Keeps the boxes that overlap with no better one; gives their places.',
        zh: '非极大值抑制：去掉与更优框重叠过多的框，返回保留框的下标。',
        value: (_, call) => tensor(call.lib, shapeOf(fresh(call, 'boxes that are kept')), { dtype: 'int64' }),
        eg: ['(5, 4) -> (?)', '(5, 3) -> !size-mismatch'],
      },
    'deform_conv2d(x: Tensor[b, c, h, w], offset: Tensor[b, p, y, x2], weight: Tensor[o, k, kh, kw], bias: Tensor? = None, stride: int2 = 1, padding: int2 = 0, dilation: int2 = 1, deformable_groups: int = 1, groups: int = 1, mask: Tensor[b, q, y, x2]? = None, name: any = None) -> Tensor[b, o, y, x2]':
      {
        ...float,
        en: 'Convolution whose windows bend: every place of the kernel is moved by an offset, and weighted by a mask.',
        zh: '可变形卷积：卷积核的每个采样点按 offset 偏移，并可用 mask 加权。',
        alike: 'x weight',
        faults: { c: 'channel-mismatch' },
        where: (e, call) => {
          const { h, w, o, k, p, q, kh, kw, bias } = e;
          needPositive(call, 'stride', e.stride);
          needPositive(call, 'dilation', e.dilation);
          needNotNegative(call, 'padding', e.padding);
          divides(call, e.groups, o, 'out_channels', 'weight');
          const points = product([e.deformable_groups, kh, kw]);
          needCount(call, 'offset', mul(2, points), p);
          if (q !== null) needCount(call, 'mask', points, q);
          needFlatBias(call, bias, o);
          const [y = 0, x2 = 0] = deformed(call, [h, w], [kh, kw], e);
          return { c: mul(k, e.groups), y, x2 };
        },
        flops: ({ weight }, result) => convFlops(weight.shape, result),
        eg: [
          '(2, 3, 8, 8), (2, 18, 6, 6), (4, 3, 3, 3) -> (2, 4, 6, 6)',
          '(2, 3, 8, 8), (2, 17, 6, 6), (4, 3, 3, 3) -> !size-mismatch',
          '(2, 3, 8, 8), (2, 18, 8, 8), (4, 3, 3, 3) -> !size-mismatch',
        ],
      },
    'yolo_box(x: Tensor[b, c, h, w], img_size: Tensor[b, 2], anchors: any, class_num: int, conf_thresh: any, downsample_ratio: int, clip_bbox: any = True, name: any = None, scale_x_y: any = 1.0, iou_aware: any = False, iou_aware_factor: any = 0.5) -> any':
      {
        en: 'Reads boxes and scores out of the map of a YOLO head.',
        zh: '把 YOLO 检测头的输出解码成边界框与得分。',
        value: ({ b, h, w, anchors, class_num }, call) => {
          const count = lengthOf(anchors);
          const boxes = count === undefined ? fresh(call, 'the number of anchors') : product([h, w, floorBy(count, 2)]);
          return tuple([tensor(call.lib, shapeOf(b, boxes, 4)), tensor(call.lib, shapeOf(b, boxes, class_num))]);
        },
        eg: '(2, 27, 8, 8), (2, 2):int32, [10, 13, 16, 30, 33, 23], 4, 0.01, 32 -> ((2, 192, 4), (2, 192, 4))',
      },
    'prior_box(input: Tensor[b, c, h, w], image: Tensor[b, d, y, x], min_sizes: any, max_sizes: any = None, aspect_ratios: any = 1.0, variance: any = None, flip: bool = False, clip: any = False, steps: any = None, offset: any = 0.5, min_max_aspect_ratios_order: any = False, name: any = None) -> any':
      {
        en: 'Prior boxes of SSD around each place of a feature map, and their variances.',
        zh: '为特征图的每个位置生成 SSD 先验框及其方差。',
        value: ({ h, w, min_sizes, max_sizes, aspect_ratios, flip }, call) => {
          const count = priorsAt(min_sizes, max_sizes, aspect_ratios, flip) ?? fresh(call, 'the number of priors');
          const all = tensor(call.lib, shapeOf(h, w, count, 4));
          return tuple([all, all]);
        },
        eg: '(1, 3, 6, 9), (1, 3, 9, 12), [2.0, 4.0], None, [1.0, 2.0] -> ((6, 9, 4, 4), (6, 9, 4, 4))',
      },
    "box_coder(prior_box: Tensor[n, 4], prior_box_var: any, target_box: Tensor, code_type: str = 'encode_center_size', box_normalized: any = True, axis: int = 0, name: any = None) -> Tensor":
      {
        en: 'Writes boxes relative to prior boxes, or reads them back.',
        zh: '相对先验框编码边界框，或将其解码还原。',
        shape: ({ n, target_box, code_type }, call) => {
          needChoice(call, 'code_type', code_type, ['encode_center_size', 'decode_center_size']);
          if (code_type !== 'encode_center_size') return target_box.shape;
          const [count] = target_box.shape.dims;
          return count === undefined ? giveUp(call, 'the number of boxes') : shapeOf(count, n, 4);
        },
        eg: '(5, 4), (5, 4), (3, 4) -> (3, 5, 4)',
      },
  },
  paddle,
);

const lengthOf = (arg: Arg): number | undefined =>
  arg.kind === 'sequence' || arg.kind === 'tuple' ? arg.items.length : undefined;

/** One box a ratio and least size, where 1 is always among the ratios, and one a greatest size. */
const priorsAt = (least: Arg, greatest: Arg, ratios: Arg, flip: boolean): number | undefined => {
  const items = ratios.kind === 'sequence' || ratios.kind === 'tuple' ? ratios.items : [ratios];
  const all = new Set([1]);
  for (const item of items) {
    if ((item.kind !== 'float' && item.kind !== 'int') || typeof item.value !== 'number') return undefined;
    all.add(item.value);
    if (flip) all.add(1 / item.value);
  }
  const count = lengthOf(least);
  const more = greatest.kind === 'none' ? 0 : lengthOf(greatest);
  return count === undefined || more === undefined ? undefined : count * all.size + more;
};

/** Layers of detection. */
export const detectionLayers = layers(
  'paddle.vision.ops',
  {
    'RoIAlign(output_size: any, spatial_scale: any = 1.0)': {
      en: 'Samples each box by interpolation to a feature map of one size.',
      zh: '用插值把每个候选框采样成统一大小的特征图。',
      call: 'paddle.vision.ops.roi_align(x, boxes, boxes_num, output_size, spatial_scale)',
      forward: 'x, boxes, boxes_num, aligned=True',
      eg: 'RoIAlign(4): (2, 3, 16, 16), (5, 4), (2):int32 -> (5, 3, 4, 4)',
    },
    'RoIPool(output_size: any, spatial_scale: any = 1.0)': {
      en: 'Takes the largest values of each box, down to a feature map of one size.',
      zh: '把每个候选框最大池化成统一大小的特征图。',
      call: 'paddle.vision.ops.roi_pool(x, boxes, boxes_num, output_size, spatial_scale)',
      forward: 'x, boxes, boxes_num',
      eg: 'RoIPool(4): (2, 3, 16, 16), (5, 4), (2):int32 -> (5, 3, 4, 4)',
    },
    'PSRoIPool(output_size: any, spatial_scale: any = 1.0)': {
      en: 'Averages each box, every place from channels of its own.',
      zh: '位置敏感的候选框池化。',
      call: 'paddle.vision.ops.psroi_pool(x, boxes, boxes_num, output_size, spatial_scale)',
      forward: 'x, boxes, boxes_num',
      eg: 'PSRoIPool(2): (2, 12, 16, 16), (5, 4), (2):int32 -> (5, 3, 2, 2)',
    },
    'DeformConv2D(in_channels: int, out_channels: int, kernel_size: int2, stride: int2 = 1, padding: int2 = 0, dilation: int2 = 1, deformable_groups: int = 1, groups: int = 1, weight_attr: any = None, bias_attr: any = None)':
      {
        en: 'Deformable convolution: every place of the kernel is moved by an offset, and weighted by a mask.',
        zh: '可变形卷积：卷积核的每个采样点按 offset 偏移，并可用 mask 加权。',
        call: 'paddle.vision.ops.deform_conv2d(x, offset, weight, bias, stride, padding, dilation, deformable_groups, groups, mask)',
        forward: 'x, offset, mask=None',
        check: (e, call) => {
          needPositive(call, 'groups', [e.groups]);
          divides(call, e.groups, e.in_channels, 'in_channels', 'in_channels', 'groups');
          if (asked(e.weight_attr)) return;
          const data = { op: call.op, argument: 'weight_attr', expected: 'ParamAttr', found: 'False' };
          refuse(call, fault('wrong-type', data, 'weight_attr'));
        },
        params: (e): ParamShapes => ({
          weight: [e.out_channels, floorBy(e.in_channels, e.groups), ...e.kernel_size],
          bias: asked(e.bias_attr) && [e.out_channels],
        }),
        init: { weight: 'kaiming-normal', bias: 'zeros' },
        eg: 'DeformConv2D(3, 4, 3): (2, 3, 8, 8), (2, 18, 6, 6) -> (2, 4, 6, 6)',
      },
  },
  paddle,
);
