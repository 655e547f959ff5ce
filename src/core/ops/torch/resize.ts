import { add, type Dim, mul, product, sub } from '../../dims';
import { shapeOf } from '../../shapes';
import type { Arg, TensorArg } from '../arg';
import { type Call, giveUp, need, refuse, tensor } from '../call';
import { fault } from '../codes';
import { isParameter } from '../convert';
import { layers, ops } from '../rows';
import { needChoice, needMultiple, needNotNegative, needPositive } from '../rules/checks';
import { floorBy } from '../rules/quotient';
import { blocks, type Resize, resizable, resized } from '../rules/resize';
import { typed } from '../rules/view';
import { reach } from '../rules/window';

const resize = (call: Call, input: TensorArg, how: Resize): Arg | undefined => {
  const whole = resizable(call, input, how);
  const shape = whole && resized(call, whole, how);
  const rows = input.layout === 'contiguous' ? ({ layout: 'contiguous' } as const) : {};
  return shape && tensor(call.lib, shape, { ...typed(input), ...rows });
};

/** Resizing as Python functions. */
export const resizeFunctions = ops(
  'torch.nn.functional',
  {
    "interpolate(input: Tensor, size: any = None, scale_factor: any = None, mode: str = 'nearest', align_corners: bool? = None, recompute_scale_factor: bool? = None, antialias: bool = False) -> any":
      {
        en: 'Resizes feature maps by interpolation.',
        zh: '用插值改变特征图的大小。',
        formula: 'out = ⌊in·scale_factor⌋, or size',
        needs: 'pixel',
        value: ({ input, size, scale_factor, mode, align_corners }, call) =>
          resize(call, input, { size, scale: scale_factor, mode, alignCorners: align_corners }),
        check: ({ size, recompute_scale_factor, antialias, mode }, call) => {
          if (recompute_scale_factor && size.kind !== 'none') {
            const data = { op: call.op, first: 'size', second: 'recompute_scale_factor' };
            refuse(call, fault('conflicting-arguments', data, 'size', 'recompute_scale_factor'));
          }
          if (antialias && !['bilinear', 'bicubic', 'lanczos'].includes(mode)) {
            const data = { op: call.op, first: `mode='${mode}'`, second: 'antialias' };
            refuse(call, fault('conflicting-arguments', data, 'antialias', 'mode'));
          }
        },
        eg: [
          '(2, 3, 4, 5), scale_factor=2 -> (2, 3, 8, 10)',
          '(2, 3, 4, 5), (8, 9) -> (2, 3, 8, 9)',
          '(2, 3, 4, 5), scale_factor=1.7 -> (2, 3, 6, 8)',
          "(2, 3, 4), scale_factor=2, mode='bilinear' -> !rank-mismatch",
          '(2, 3, 4, 5), 8, 2 -> !conflicting-arguments',
        ],
      },
    "upsample(input: Tensor, size: any = None, scale_factor: any = None, mode: str = 'nearest', align_corners: bool? = None) -> any":
      {
        en: 'Resizes feature maps by interpolation (old name of interpolate).',
        zh: '用插值改变特征图的大小（interpolate 的旧名）。',
        value: ({ input, size, scale_factor, mode, align_corners }, call) =>
          resize(call, input, { size, scale: scale_factor, mode, alignCorners: align_corners }),
        eg: '(2, 3, 4, 5), scale_factor=2 -> (2, 3, 8, 10)',
      },
    'upsample_bilinear(input: Tensor, size: any = None, scale_factor: any = None) -> any': {
      en: 'Resizes feature maps bilinearly, corners aligned.',
      zh: '双线性插值改变大小，角点对齐。',
      value: ({ input, size, scale_factor }, call) =>
        resize(call, input, { size, scale: scale_factor, mode: 'bilinear', alignCorners: true }),
      eg: '(2, 3, 4, 5), scale_factor=2 -> (2, 3, 8, 10)',
    },
    'upsample_nearest(input: Tensor, size: any = None, scale_factor: any = None) -> any': {
      en: 'Resizes feature maps by repeating the nearest pixel.',
      zh: '最近邻插值改变大小。',
      value: ({ input, size, scale_factor }, call) =>
        resize(call, input, { size, scale: scale_factor, mode: 'nearest', alignCorners: null }),
      eg: '(2, 3, 4, 5), scale_factor=2 -> (2, 3, 8, 10)',
    },
    'unfold(input: Tensor[b?, c, h, w], kernel_size: int2, dilation: int2 = 1, padding: int2 = 0, stride: int2 = 1) -> Tensor[b?, k, l]':
      {
        en: 'Cuts sliding blocks out of a feature map, each a column.',
        zh: '从特征图取出滑动块，每块展平成一列。',
        where: ({ c, h, w, kernel_size, dilation, padding, stride }, call) => {
          const counts = slidingBlocks(call, [h, w], kernel_size, dilation, padding, stride);
          return { k: product([c, ...kernel_size]), l: product(counts) };
        },
        eg: ['(2, 3, 8, 8), 3 -> (2, 27, 36)', '(2, 3, 8, 8), 9 -> !output-empty'],
      },
    'fold(input: Tensor[b?, k, l], output_size: int2, kernel_size: int2, dilation: int2 = 1, padding: int2 = 0, stride: int2 = 1) -> Tensor[b?, c, y, x]':
      {
        en: 'Adds sliding blocks back into a feature map.',
        zh: '把滑动块累加回特征图。',
        where: ({ k, l, output_size, kernel_size, dilation, padding, stride }, call) => {
          const [y = 1, x = 1] = output_size;
          const window = product(kernel_size);
          needMultiple(call, k, window, 'channels', 'input', 'kernel_size');
          const counts = product(slidingBlocks(call, [y, x], kernel_size, dilation, padding, stride));
          const data = { op: call.op, axis: 'l', expected: counts, found: l };
          need(call, { kind: 'eq', left: counts, right: l }, fault('size-mismatch', data, 'input', 'output_size'));
          return { c: floorBy(k, window), y, x };
        },
        eg: [
          '(2, 27, 36), (8, 8), 3 -> (2, 3, 8, 8)',
          '(2, 28, 36), (8, 8), 3 -> !not-divisible',
          '(2, 27, 35), (8, 8), 3 -> !size-mismatch',
        ],
      },
    "grid_sample(input: Tensor, grid: Tensor, mode: str = 'bilinear', padding_mode: str = 'zeros', align_corners: bool? = None) -> any":
      {
        alike: 'input grid',
        en: 'Samples feature maps at given places.',
        zh: '按给定坐标对特征图采样。',
        check: ({ mode, padding_mode }, call) => {
          needChoice(call, 'mode', mode, ['bilinear', 'nearest', 'bicubic']);
          needChoice(call, 'padding_mode', padding_mode, ['zeros', 'border', 'reflection']);
        },
        value: ({ input, grid, mode }, call) => sampled(call, input, grid, mode),
        eg: [
          '(2, 3, 8, 8), (2, 5, 6, 2) -> (2, 3, 5, 6)',
          '(2, 3, 8, 8), (1, 5, 6, 2) -> !batch-mismatch',
          '(2, 3, 8, 8), (2, 5, 6, 3) -> !size-mismatch',
        ],
      },
    'affine_grid(theta: Tensor, size: ints, align_corners: bool? = None) -> any': {
      needs: 'real float',
      en: 'Places to sample for an affine map of the image.',
      zh: '由仿射变换生成采样坐标。',
      check: ({ size }, call) => needPositive(call, 'size', size),
      value: ({ theta, size }, call) => affineGrid(call, theta, size),
      eg: ['(2, 2, 3), (2, 3, 4, 5) -> (2, 4, 5, 2)', '(1, 2, 2), (1, 7, 10, 15) -> !size-mismatch'],
    },
  },
  { python: true },
);

const slidingBlocks = (
  call: Call,
  sizes: readonly Dim[],
  kernel: readonly Dim[],
  dilation: readonly Dim[],
  padding: readonly Dim[],
  stride: readonly Dim[],
): readonly Dim[] => {
  needPositive(call, 'kernel_size', kernel);
  needPositive(call, 'dilation', dilation);
  needPositive(call, 'stride', stride);
  needNotNegative(call, 'padding', padding);
  return blocks(call, sizes, (size, i) => {
    const room = sub(add(size, mul(2, padding[i] ?? 0)), reach(kernel[i] ?? 1, dilation[i] ?? 1));
    return add(floorBy(room, stride[i] ?? 1), 1);
  });
};

const sampled = (call: Call, input: TensorArg, grid: TensorArg, mode: string): Arg | undefined => {
  if (input.shape.rest || grid.shape.rest) return giveUp(call, 'the rank is not known');
  const { dims } = input.shape;
  const rank = dims.length;
  const places = grid.shape.dims;
  if (rank < 3 || rank > 5 || (mode === 'bicubic' && rank !== 4)) {
    const data = { op: call.op, argument: 'input', expected: mode === 'bicubic' ? '4' : '4/5', found: rank };
    return refuse(call, fault('rank-mismatch', { ...data, shape: input.shape }, 'input'));
  }
  const batch = { op: call.op, axis: 'b', expected: dims[0] ?? 1, found: places[0] ?? 1 };
  need(call, { kind: 'eq', left: batch.expected, right: batch.found }, fault('batch-mismatch', batch, 'input', 'grid'));
  if (places.length !== rank) {
    const data = { op: call.op, argument: 'grid', expected: `${rank}`, found: places.length, shape: grid.shape };
    return refuse(call, fault('rank-mismatch', data, 'grid'));
  }
  const last = { op: call.op, axis: '-1', expected: rank - 2, found: places.at(-1) ?? 1 };
  need(call, { kind: 'eq', left: last.expected, right: last.found }, fault('size-mismatch', last, 'grid'));
  return tensor(call.lib, { dims: [...dims.slice(0, 2), ...places.slice(1, -1)] }, typed(input));
};

const affineGrid = (call: Call, theta: TensorArg, size: readonly Dim[]): Arg | undefined => {
  const flat = size.length - 2;
  if (flat !== 2 && flat !== 3) {
    const data = { op: call.op, argument: 'size', expected: '4/5', found: size.length };
    return refuse(call, fault('wrong-length', data, 'size'));
  }
  const wanted = [size[0] ?? 1, flat, flat + 1];
  if (!theta.shape.rest && theta.shape.dims.length !== 3) {
    const data = { op: call.op, argument: 'theta', expected: '3', found: theta.shape.dims.length, shape: theta.shape };
    return refuse(call, fault('rank-mismatch', data, 'theta'));
  }
  if (!theta.shape.rest)
    wanted.forEach((expected, i) => {
      const found = theta.shape.dims[i] ?? expected;
      const data = { op: call.op, axis: `${i}`, expected, found };
      need(call, { kind: 'eq', left: expected, right: found }, fault('size-mismatch', data, 'theta', 'size'));
    });
  return tensor(call.lib, shapeOf(size[0] ?? 1, ...size.slice(2), flat), typed(theta));
};

/** Channels traded for pixels. */
export const shuffles = ops('torch.nn.functional torch', {
  'pixel_shuffle(input: Tensor[*b, c, h, w], upscale_factor: int) -> Tensor[*b, o, y, x]': {
    en: 'Turns groups of r² channels into r×r pixels.',
    zh: '把每 r² 个通道重排成 r×r 个像素。',
    where: ({ c, h, w, upscale_factor: r }, call) => {
      needPositive(call, 'upscale_factor', [r]);
      needMultiple(call, c, mul(r, r), 'channels', 'input', 'upscale_factor');
      return { o: floorBy(c, mul(r, r)), y: mul(h, r), x: mul(w, r) };
    },
    eg: ['(2, 12, 3, 4), 2 -> (2, 3, 6, 8)', '(2, 10, 3, 4), 2 -> !not-divisible', '(3, 4), 2 -> !rank-mismatch'],
  },
  'pixel_unshuffle(input: Tensor[*b, c, h, w], downscale_factor: int) -> Tensor[*b, o, y, x]': {
    en: 'Turns r×r pixels into r² channels.',
    zh: '把 r×r 个像素重排成 r² 个通道。',
    where: ({ c, h, w, downscale_factor: r }, call) => {
      needPositive(call, 'downscale_factor', [r]);
      needMultiple(call, h, r, 'H', 'input', 'downscale_factor');
      needMultiple(call, w, r, 'W', 'input', 'downscale_factor');
      return { o: product([c, r, r]), y: floorBy(h, r), x: floorBy(w, r) };
    },
    eg: ['(2, 3, 4, 6), 2 -> (2, 12, 2, 3)', '(2, 3, 4, 5), 2 -> !not-divisible'],
  },
  'channel_shuffle(input: Tensor[b, c, l, *s], groups: int) -> Tensor[b, c, l, *s]': {
    en: 'Interleaves the channels of the groups.',
    zh: '把各组的通道交错排列。',
    check: ({ c, groups }, call) => {
      needPositive(call, 'groups', [groups]);
      needMultiple(call, c, groups, 'channels', 'input', 'groups');
    },
    eg: ['(2, 6, 4, 4), 3 -> (2, 6, 4, 4)', '(2, 6, 4, 4), 4 -> !not-divisible'],
  },
});

const numberIn = (text: string): Arg => {
  const value = Number(text);
  return text.trim() === '' || Number.isNaN(value) ? { kind: 'str', value: text } : { kind: 'float', value };
};

/** Layers that resize and rearrange. */
export const resizeLayers = layers('torch.nn torch.nn.modules torch.nn.modules.upsampling', {
  "Upsample(size: any = None, scale_factor: any = None, mode: str = 'nearest', align_corners: bool? = None, recompute_scale_factor: bool? = None)":
    {
      en: 'Resizes feature maps by interpolation.',
      zh: '上采样：用插值改变特征图的大小。',
      call: 'interpolate(input, size, scale_factor, mode, align_corners, recompute_scale_factor)',
      // The layer makes a number of whatever it is given.
      fields: ({ scale_factor: given }) => (given.kind === 'str' ? { scale_factor: numberIn(given.value) } : {}),
      eg: [
        "Upsample(scale_factor=2, mode='bilinear'): (2, 3, 4, 5) -> (2, 3, 8, 10)",
        'Upsample(): (2, 3, 4, 5) -> !one-of-missing',
      ],
    },
  'UpsamplingBilinear2d(size: any = None, scale_factor: any = None)': {
    en: 'Resizes feature maps bilinearly, corners aligned.',
    zh: '双线性上采样，角点对齐。',
    call: 'upsample_bilinear(input, size, scale_factor)',
    eg: 'UpsamplingBilinear2d(scale_factor=2): (2, 3, 4, 5) -> (2, 3, 8, 10)',
  },
  'UpsamplingNearest2d(size: any = None, scale_factor: any = None)': {
    en: 'Resizes feature maps by repeating the nearest pixel.',
    zh: '最近邻上采样。',
    call: 'upsample_nearest(input, size, scale_factor)',
    eg: 'UpsamplingNearest2d(scale_factor=2): (2, 3, 4, 5) -> (2, 3, 8, 10)',
  },
  'PixelShuffle(upscale_factor: int)': {
    en: 'Turns groups of r² channels into r×r pixels.',
    zh: '把每 r² 个通道重排成 r×r 个像素。',
    call: 'pixel_shuffle(input, upscale_factor)',
    eg: 'PixelShuffle(2): (2, 12, 3, 4) -> (2, 3, 6, 8)',
  },
  'PixelUnshuffle(downscale_factor: int)': {
    en: 'Turns r×r pixels into r² channels.',
    zh: '把 r×r 个像素重排成 r² 个通道。',
    call: 'pixel_unshuffle(input, downscale_factor)',
    eg: 'PixelUnshuffle(2): (2, 3, 4, 6) -> (2, 12, 2, 3)',
  },
  'ChannelShuffle(groups: int)': {
    en: 'Interleaves the channels of the groups.',
    zh: '把各组的通道交错排列。',
    call: 'channel_shuffle(input, groups)',
    eg: 'ChannelShuffle(3): (2, 6, 4, 4) -> (2, 6, 4, 4)',
  },
  'Unfold(kernel_size: int2, dilation: int2 = 1, padding: int2 = 0, stride: int2 = 1)': {
    en: 'Cuts sliding blocks out of a feature map, each a column.',
    zh: '从特征图取出滑动块，每块展平成一列。',
    call: 'torch.nn.functional.unfold(input, kernel_size, dilation, padding, stride)',
    eg: 'Unfold(3): (2, 3, 8, 8) -> (2, 27, 36)',
  },
  'Fold(output_size: int2, kernel_size: int2, dilation: int2 = 1, padding: int2 = 0, stride: int2 = 1)': {
    en: 'Adds sliding blocks back into a feature map.',
    zh: '把滑动块累加回特征图。',
    call: 'fold(input, output_size, kernel_size, dilation, padding, stride)',
    eg: 'Fold((8, 8), 3): (2, 27, 36) -> (2, 3, 8, 8)',
  },
  'Flatten(start_dim: dim = 1, end_dim: dim = -1)': {
    en: 'Merges all axes but the batch into one.',
    zh: '除批次外全部展平。',
    call: 'torch.flatten(input, start_dim, end_dim)',
    eg: ['Flatten(): (2, 3, 4) -> (2, 12)', 'Flatten(): (3) -> !axis-range'],
  },
  'Unflatten(dim: dim, unflattened_size: any)': {
    en: 'Splits an axis into several.',
    zh: '把一个轴拆成多个。',
    call: 'torch.unflatten(input, dim, unflattened_size)',
    check: ({ unflattened_size: size }, call) => {
      if ((size.kind !== 'int' && size.kind !== 'float') || isParameter(size)) return;
      const data = { op: call.op, argument: 'unflattened_size', expected: 'tuple of ints', found: size.kind };
      refuse(call, fault('wrong-type', data, 'unflattened_size'));
    },
    eg: ['Unflatten(1, (3, 4)): (2, 12) -> (2, 3, 4)', 'Unflatten(1, 3): (2, 12) -> !wrong-type'],
  },
});
