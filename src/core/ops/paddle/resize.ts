import { add, type Dim, mul, product, sub } from '../../dims';
import type { Shape } from '../../shapes';
import type { Arg, TensorArg } from '../arg';
import { type Call, giveUp, need, refuse } from '../call';
import { fault } from '../codes';
import { isParameter, typeName } from '../convert';
import { layers, ops } from '../rows';
import { needChoice, needMultiple, needPositive } from '../rules/checks';
import { channelsLast, type Features, featuresOf, together } from '../rules/format';
import { floorBy } from '../rules/quotient';
import { blocks, sizesAfter } from '../rules/resize';
import { sizesIn, tupleOf } from '../rules/values';
import { reach } from '../rules/window';
import { twin } from './twin';

const paddle = { lib: 'paddle' } as const;

interface Resize {
  readonly x: TensorArg;
  readonly size: Arg;
  readonly scale_factor: Arg;
  readonly mode: string;
  readonly align_corners: boolean;
  readonly data_format: Arg;
}

/** How many spatial axes a mode resizes. */
const modeAxes: Readonly<Record<string, readonly number[]>> = {
  nearest: [2, 3],
  area: [1, 2, 3],
  linear: [1],
  bilinear: [2],
  bicubic: [2],
  trilinear: [3],
};

const formats: readonly (readonly string[])[] = [
  ['NCW', 'NWC'],
  ['NCHW', 'NHWC'],
  ['NCDHW', 'NDHWC'],
];

/** The shape after `interpolate`: the sizes asked for, or ⌊size·scale⌋. */
const resized = (call: Call, e: Resize): Shape | undefined => {
  const mode = e.mode.toLowerCase();
  const axes = modeAxes[mode];
  if (!axes) {
    const choices = Object.keys(modeAxes).join(', ');
    return refuse(
      call,
      fault('value-choice', { op: call.op, argument: 'mode', choices, found: `'${e.mode}'` }, 'mode'),
    );
  }
  checkResize(call, e, mode);
  const spatial = spatialOf(call, e, axes);
  if (spatial === undefined) return undefined;
  // An area is an adaptive average, which has channels first.
  const last = mode === 'area' ? false : lastOf(call, e.data_format, spatial);
  const map = last === undefined ? undefined : featuresOf(call, e.x, last, spatial);
  const sizes = map && sizesAfter(call, map.sizes, { size: e.size, scale: e.scale_factor }, true);
  if (!map || !sizes) return undefined;
  // An area of no size, too, is an adaptive average.
  const none = sizes.some((d) => typeof d === 'number' && d <= 0);
  if (mode === 'area' && none) return giveUp(call, 'an area without size');
  for (const name of ['size', 'scale_factor'] as const) if (e[name].kind !== 'none') needPositive(call, name, sizes);
  return together(map, map.channels, sizes);
};

const checkResize = (call: Call, e: Resize, mode: string): void => {
  // An area is an adaptive average: the scale and the corners are not looked at.
  if (mode === 'area' && e.size.kind !== 'none') return;
  if (e.size.kind !== 'none' && e.scale_factor.kind !== 'none')
    refuse(
      call,
      fault('conflicting-arguments', { op: call.op, first: 'size', second: 'scale_factor' }, 'size', 'scale_factor'),
    );
  if (e.size.kind === 'none' && (e.scale_factor.kind === 'none' || mode === 'area'))
    refuse(
      call,
      fault('one-of-missing', { op: call.op, first: 'size', second: 'scale_factor' }, 'size', 'scale_factor'),
    );
  if (e.align_corners && mode === 'nearest') {
    const data = { op: call.op, first: `mode='${mode}'`, second: 'align_corners' };
    refuse(call, fault('conflicting-arguments', data, 'align_corners'));
  }
};

const spatialOf = (call: Call, e: Resize, axes: readonly number[]): number | undefined => {
  const { dims, rest } = e.x.shape;
  if (rest)
    return axes.length === 1 ? axes[0] : (countOf(e.size) ?? countOf(e.scale_factor) ?? layoutAxes(e.data_format));
  if (axes.includes(dims.length - 2)) return dims.length - 2;
  const expected = axes.map((n) => n + 2).join('/');
  const data = { op: call.op, argument: 'x', expected, found: dims.length, shape: e.x.shape };
  return refuse(call, fault('rank-mismatch', data, 'x', 'mode'));
};

const countOf = (arg: Arg): number | undefined =>
  arg.kind === 'tuple' || arg.kind === 'sequence' ? arg.items.length : undefined;

const layoutAxes = (format: Arg): number | undefined => (format.kind === 'str' ? format.value.length - 2 : undefined);

const lastOf = (call: Call, format: Arg, spatial: number): boolean | undefined => {
  if (format.kind === 'none') return false;
  if (format.kind !== 'str') return giveUp(call, 'the layout is not known');
  const [first = '', last = ''] = formats[spatial - 1] ?? [];
  const asked = format.value.toUpperCase();
  if (asked !== first && asked !== last) needChoice(call, 'data_format', format.value, [first, last]);
  return asked === last;
};

/** One number for the size of all axes is no list of them, which is what Paddle wants. */
const needSizes = (call: Call, { size, x, mode }: Resize): void => {
  if ((size.kind !== 'int' && size.kind !== 'float') || isParameter(size)) return;
  if (mode === 'area' || (!x.shape.rest && x.shape.dims.length === 3)) return;
  const data = { op: call.op, argument: 'size', expected: 'list of ints', found: typeName(size) };
  refuse(call, fault('wrong-type', data, 'size'));
};

const lists = [
  'size must be a list here, and align_mode chooses how places are counted.',
  '这里 size 必须是列表；align_mode 决定坐标的取法。',
] as const;

/** Resizing. */
export const resizeFunctions = ops(
  'paddle.nn.functional paddle.nn.functional.common',
  {
    "interpolate(x: Tensor, size: any = None, scale_factor: any = None, mode: str = 'nearest', align_corners: bool = False, align_mode: any = 0, data_format: any = None, recompute_scale_factor: any = None, antialias: bool = False, name: any = None) -> Tensor":
      {
        ...twin('torch.nn.functional.interpolate', lists),
        dtype: 'same',
        check: (e, call) => needSizes(call, e),
        shape: (e, call) => resized(call, e),
        eg: [
          '(2, 3, 8, 8), [4, 4] -> (2, 3, 4, 4)',
          "(2, 3, 7, 7), scale_factor=1.5, mode='bilinear' -> (2, 3, 10, 10)",
          "(2, 8, 8, 3), [4, 4], data_format='NHWC' -> (2, 4, 4, 3)",
          '(2, 3, 8, 8), 4 -> !wrong-type',
          '(2, 3, 8, 8) -> !one-of-missing',
          '(2, 3, 8), [4] -> !rank-mismatch',
        ],
      },
    "upsample(x: Tensor, size: any = None, scale_factor: any = None, mode: str = 'nearest', align_corners: bool = False, align_mode: any = 0, data_format: any = None, name: any = None) -> Tensor":
      {
        ...twin('torch.nn.functional.interpolate', lists),
        dtype: 'same',
        check: (e, call) => needSizes(call, e),
        shape: (e, call) => resized(call, e),
        eg: '(2, 3, 8, 8), scale_factor=2 -> (2, 3, 16, 16)',
      },
  },
  paddle,
);

interface Shuffle {
  readonly x: TensorArg;
  readonly data_format: string;
}

const mapOf = (call: Call, { x, data_format }: Shuffle): Features | undefined =>
  featuresOf(call, x, channelsLast(call, data_format, 2), 2);

/** Pixels and channels into each other, sampling, and sliding blocks. */
export const visionFunctions = ops(
  'paddle.nn.functional paddle.nn.functional.vision',
  {
    "pixel_shuffle(x: Tensor, upscale_factor: int, data_format: str = 'NCHW', name: any = None) -> Tensor": {
      ...twin('torch.nn.functional.pixel_shuffle'),
      needs: 'float',
      dtype: 'same',
      shape: ({ upscale_factor: r, ...e }, call) => {
        if (typeof r === 'number' && r < 0) return giveUp(call, 'a negative factor');
        needPositive(call, 'upscale_factor', [r]);
        const map = mapOf(call, e);
        if (!map) return undefined;
        needMultiple(call, map.channels, mul(r, r), 'channels', 'x', 'upscale_factor');
        return together(
          map,
          floorBy(map.channels, mul(r, r)),
          map.sizes.map((d) => mul(d, r)),
        );
      },
      eg: ['(2, 12, 3, 4), 2 -> (2, 3, 6, 8)', '(2, 10, 3, 4), 2 -> !not-divisible', '(12, 3, 4), 2 -> !rank-mismatch'],
    },
    "pixel_unshuffle(x: Tensor, downscale_factor: int, data_format: str = 'NCHW', name: any = None) -> Tensor": {
      ...twin('torch.nn.functional.pixel_unshuffle'),
      needs: 'float',
      dtype: 'same',
      shape: ({ downscale_factor: r, ...e }, call) => {
        needPositive(call, 'downscale_factor', [r]);
        const map = mapOf(call, e);
        if (!map) return undefined;
        for (const size of map.sizes) needMultiple(call, size, r, 'sizes', 'x', 'downscale_factor');
        return together(
          map,
          product([map.channels, r, r]),
          map.sizes.map((d) => floorBy(d, r)),
        );
      },
      eg: ['(2, 3, 4, 6), 2 -> (2, 12, 2, 3)', '(2, 3, 4, 5), 2 -> !not-divisible'],
    },
    "channel_shuffle(x: Tensor, groups: int, data_format: str = 'NCHW', name: any = None) -> Tensor": {
      ...twin('torch.nn.functional.channel_shuffle'),
      needs: 'float',
      dtype: 'same',
      shape: ({ groups, ...e }, call) => {
        needPositive(call, 'groups', [groups]);
        const map = mapOf(call, e);
        if (!map) return undefined;
        needMultiple(call, map.channels, groups, 'channels', 'x', 'groups');
        return together(map, map.channels, map.sizes);
      },
      eg: ['(2, 6, 4, 4), 3 -> (2, 6, 4, 4)', '(2, 6, 4, 4), 4 -> !not-divisible'],
    },
    "grid_sample(x: Tensor[b, c, *s], grid: Tensor[b, *t, k], mode: str = 'bilinear', padding_mode: str = 'zeros', align_corners: bool = True, name: any = None) -> Tensor[b, c, *t]":
      {
        ...twin('torch.nn.functional.grid_sample', [
          'align_corners is True by default here, False there.',
          '这里 align_corners 默认为 True，PyTorch 默认为 False。',
        ]),
        dtype: 'same',
        alike: 'x grid',
        faults: { b: 'batch-mismatch' },
        check: ({ x, grid, s, t, k, mode, padding_mode }, call) => {
          needChoice(call, 'mode', mode, ['bilinear', 'nearest']);
          needChoice(call, 'padding_mode', padding_mode, ['zeros', 'reflection', 'border']);
          if (s.rest || t.rest) return;
          const count = s.dims.length;
          if (count !== 2 && count !== 3) {
            const data = { op: call.op, argument: 'x', expected: '4/5', found: count + 2, shape: x.shape };
            refuse(call, fault('rank-mismatch', data, 'x', 'grid'));
          }
          if (t.dims.length < count && count === 2) {
            const wrong = { op: call.op, argument: 'grid', expected: '4', found: t.dims.length + 2, shape: grid.shape };
            refuse(call, fault('rank-mismatch', wrong, 'grid'));
          }
          if (t.dims.length !== count) return;
          const data = { op: call.op, axis: 'k', expected: count, found: k };
          need(call, { kind: 'eq', left: count, right: k }, fault('size-mismatch', data, 'grid'));
        },
        // A grid of another rank runs, though not as a grid.
        where: ({ s, t }, call) =>
          !s.rest && !t.rest && s.dims.length !== t.dims.length ? giveUp(call, 'a grid of another rank') : {},
        eg: [
          '(2, 3, 8, 8), (2, 5, 6, 2) -> (2, 3, 5, 6)',
          '(2, 3, 8, 8), (1, 5, 6, 2) -> !batch-mismatch',
          '(2, 3, 8, 8), (2, 5, 6, 3) -> !size-mismatch',
        ],
      },
    'affine_grid(theta: Tensor[n, r, c], out_shape: any, align_corners: bool = True, name: any = None) -> Tensor': {
      ...twin('torch.nn.functional.affine_grid', [
        'align_corners is True by default here, False there.',
        '这里 align_corners 默认为 True，PyTorch 默认为 False。',
      ]),
      needs: 'float',
      dtype: 'same',
      shape: ({ n, r, c, out_shape }, call) => {
        const sizes = sizesIn(out_shape);
        if (!sizes) return giveUp(call, 'the shape is not known');
        if (sizes.length !== 4 && sizes.length !== 5) {
          const data = { op: call.op, argument: 'out_shape', expected: '4/5', found: sizes.length };
          return refuse(call, fault('wrong-length', data, 'out_shape'));
        }
        for (const [least, found] of [
          [2, r],
          [3, c],
        ] as const) {
          const clash = fault('size-mismatch', { op: call.op, axis: `${least}`, expected: least, found }, 'theta');
          need(call, { kind: 'le', left: least, right: found }, clash);
        }
        const places = sizes.slice(2);
        return { dims: [n, ...places, places.length] };
      },
      eg: ['(2, 2, 3), [2, 3, 4, 5] -> (2, 4, 5, 2)', '(2, 2, 2), [2, 3, 4, 5] -> !size-mismatch'],
    },
    'unfold(x: Tensor[b, c, h, w], kernel_sizes: int2, strides: int2 = 1, paddings: any = 0, dilations: int2 = 1, name: any = None) -> Tensor[b, k, l]':
      {
        ...twin('torch.nn.functional.unfold', [
          'the order is strides, paddings, dilations here; dilation, padding, stride there.',
          '这里参数顺序是 strides、paddings、dilations，PyTorch 是 dilation、padding、stride。',
        ]),
        needs: 'float',
        dtype: 'same',
        where: ({ c, h, w, kernel_sizes, strides, paddings, dilations }, call) => {
          const counts = blocksOf(call, [h, w], { kernel_sizes, strides, paddings, dilations });
          return counts && { k: product([c, ...kernel_sizes]), l: product(counts) };
        },
        eg: [
          '(2, 3, 8, 8), 3 -> (2, 27, 36)',
          '(2, 3, 8, 8), 3, 2, [1, 2, 3, 4] -> (2, 27, 30)',
          '(2, 3, 8, 8), 9 -> !output-empty',
        ],
      },
    'fold(x: Tensor[b, k, l], output_sizes: int2, kernel_sizes: int2, strides: int2 = 1, paddings: any = 0, dilations: int2 = 1, name: any = None) -> Tensor[b, c, y, x2]':
      {
        ...twin('torch.nn.functional.fold', [
          'the order is strides, paddings, dilations here; dilation, padding, stride there.',
          '这里参数顺序是 strides、paddings、dilations，PyTorch 是 dilation、padding、stride。',
        ]),
        needs: 'float',
        dtype: 'same',
        where: ({ k, l, output_sizes, kernel_sizes, strides, paddings, dilations }, call) => {
          const [y = 1, x2 = 1] = output_sizes;
          const window = product(kernel_sizes);
          needMultiple(call, k, window, 'channels', 'x', 'kernel_sizes');
          const counts = blocksOf(call, [y, x2], { kernel_sizes, strides, paddings, dilations });
          if (!counts) return undefined;
          const count = product(counts);
          const clash = fault(
            'size-mismatch',
            { op: call.op, axis: 'l', expected: count, found: l },
            'x',
            'output_sizes',
          );
          need(call, { kind: 'eq', left: count, right: l }, clash);
          return { c: floorBy(k, window), y, x2 };
        },
        eg: [
          '(2, 27, 36), 8, 3 -> (2, 3, 8, 8)',
          '(2, 27, 35), 8, 3 -> !size-mismatch',
          '(2, 26, 36), 8, 3 -> !not-divisible',
        ],
      },
    "temporal_shift(x: Tensor, seg_num: int, shift_ratio: any = 0.25, name: any = None, data_format: str = 'NCHW') -> Tensor":
      {
        en: 'Shifts a part of the channels by one frame to either side.',
        zh: '把一部分通道沿时间轴前后各移一帧。',
        needs: 'float',
        dtype: 'same',
        shape: ({ seg_num, ...e }, call) => {
          const map = mapOf(call, e);
          if (!map) return undefined;
          needMultiple(call, map.batch, seg_num, 'frames', 'x', 'seg_num');
          return together(map, map.channels, map.sizes);
        },
        eg: ['(6, 4, 3, 3), 3 -> (6, 4, 3, 3)', '(6, 4, 3, 3), 4 -> !not-divisible'],
      },
  },
  paddle,
);

interface Blocks {
  readonly kernel_sizes: readonly Dim[];
  readonly strides: readonly Dim[];
  readonly paddings: Arg;
  readonly dilations: readonly Dim[];
}

/** How many blocks slide along each axis. */
const blocksOf = (call: Call, sizes: readonly Dim[], e: Blocks): readonly Dim[] | undefined => {
  needPositive(call, 'kernel_sizes', e.kernel_sizes);
  needPositive(call, 'strides', e.strides);
  needPositive(call, 'dilations', e.dilations);
  const [first, second, third = first, fourth = second] = padsOf(call, e.paddings) ?? [];
  if (first === undefined || second === undefined || third === undefined || fourth === undefined) return undefined;
  const pads = [add(first, third), add(second, fourth)];
  return blocks(call, sizes, (size, i) => {
    const kernel = reach(e.kernel_sizes[i] ?? 1, e.dilations[i] ?? 1);
    const span = sub(add(size, pads[i] ?? 0), kernel);
    const stride = e.strides[i] ?? 1;
    // C++ divides towards zero: a window that is too large by less than a stride counts once.
    const less = typeof span === 'number' && typeof stride === 'number' && span < 0 && stride > -span;
    return less ? 1 : add(floorBy(span, stride), 1);
  });
};

/** `paddings`: one number, one an axis, or top, left, bottom and right. */
const padsOf = (call: Call, arg: Arg): readonly Dim[] | undefined => {
  if (arg.kind === 'int') return [arg.value, arg.value];
  const sizes = sizesIn(arg);
  if (!sizes) return giveUp(call, 'the padding is not known');
  if (sizes.length === 2 || sizes.length === 4) return sizes;
  const data = { op: call.op, argument: 'paddings', expected: '2/4', found: sizes.length };
  return refuse(call, fault('wrong-length', data, 'paddings'));
};

const upsample = (mode: string) => ({
  call: `interpolate(x, size, scale_factor, ${mode}, data_format=data_format)`,
  forward: 'x',
});

/** One number is taken for both axes. */
const pairOf = ({ size }: { readonly size: Arg }): Readonly<Record<string, Arg>> =>
  size.kind === 'int' ? { size: tupleOf([size.value, size.value]) } : {};

/** Layers that resize and rearrange. */
export const resizeLayers = layers(
  'paddle.nn paddle.nn.layer paddle.nn.layer.common paddle.nn.layer.vision',
  {
    "Upsample(size: any = None, scale_factor: any = None, mode: str = 'nearest', align_corners: bool = False, align_mode: any = 0, data_format: any = None, recompute_scale_factor: any = None, name: any = None)":
      {
        ...twin('torch.nn.Upsample', lists),
        ...upsample('mode'),
        call: 'interpolate(x, size, scale_factor, mode, align_corners, data_format=data_format)',
        eg: [
          "Upsample(scale_factor=2, mode='bilinear'): (2, 3, 4, 5) -> (2, 3, 8, 10)",
          'Upsample(): (2, 3, 4, 5) -> !one-of-missing',
        ],
      },
    "UpsamplingNearest2D(size: any = None, scale_factor: any = None, data_format: any = 'NCHW', name: any = None)": {
      ...twin('torch.nn.UpsamplingNearest2d'),
      ...upsample("'nearest'"),
      fields: pairOf,
      aliases: ['paddle.nn.UpsamplingNearest2d'],
      eg: 'UpsamplingNearest2D(scale_factor=2): (2, 3, 4, 5) -> (2, 3, 8, 10)',
    },
    "UpsamplingBilinear2D(size: any = None, scale_factor: any = None, data_format: any = 'NCHW', name: any = None)": {
      ...twin('torch.nn.UpsamplingBilinear2d'),
      ...upsample("'bilinear'"),
      fields: pairOf,
      aliases: ['paddle.nn.UpsamplingBilinear2d'],
      eg: 'UpsamplingBilinear2D(4): (2, 3, 8, 8) -> (2, 3, 4, 4)',
    },
    "PixelShuffle(upscale_factor: int, data_format: str = 'NCHW', name: any = None)": {
      ...twin('torch.nn.PixelShuffle'),
      call: 'pixel_shuffle(x, upscale_factor, data_format)',
      forward: 'x',
      check: ({ data_format }, call) => {
        channelsLast(call, data_format, 2);
      },
      eg: 'PixelShuffle(2): (2, 12, 3, 4) -> (2, 3, 6, 8)',
    },
    "PixelUnshuffle(downscale_factor: int, data_format: str = 'NCHW', name: any = None)": {
      ...twin('torch.nn.PixelUnshuffle'),
      call: 'pixel_unshuffle(x, downscale_factor, data_format)',
      forward: 'x',
      eg: 'PixelUnshuffle(2): (2, 3, 4, 6) -> (2, 12, 2, 3)',
    },
    "ChannelShuffle(groups: int, data_format: str = 'NCHW', name: any = None)": {
      ...twin('torch.nn.ChannelShuffle'),
      call: 'channel_shuffle(x, groups, data_format)',
      forward: 'x',
      eg: 'ChannelShuffle(3): (2, 6, 4, 4) -> (2, 6, 4, 4)',
    },
    'Flatten(start_axis: dim = 1, stop_axis: dim = -1)': {
      ...twin('torch.nn.Flatten'),
      call: 'paddle.flatten(input, start_axis, stop_axis)',
      eg: ['Flatten(): (2, 3, 4) -> (2, 12)', 'Flatten(): (3) -> !axis-range'],
    },
    'Unflatten(axis: dim, shape: any, name: any = None)': {
      ...twin('torch.nn.Unflatten'),
      call: 'paddle.unflatten(input, axis, shape)',
      eg: 'Unflatten(1, [3, 4]): (2, 12) -> (2, 3, 4)',
    },
    'Unfold(kernel_sizes: int2, dilations: int2 = 1, paddings: any = 0, strides: int2 = 1, name: any = None)': {
      ...twin('torch.nn.Unfold'),
      call: 'paddle.nn.functional.unfold(input, kernel_sizes, strides, paddings, dilations)',
      eg: 'Unfold(3): (2, 3, 8, 8) -> (2, 27, 36)',
    },
    'Fold(output_sizes: int2, kernel_sizes: int2, dilations: int2 = 1, paddings: any = 0, strides: int2 = 1, name: any = None)':
      {
        ...twin('torch.nn.Fold'),
        call: 'fold(input, output_sizes, kernel_sizes, strides, paddings, dilations)',
        eg: 'Fold(8, 3): (2, 27, 36) -> (2, 3, 8, 8)',
      },
  },
  paddle,
);
