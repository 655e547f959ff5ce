import { add, type Dim, mul, sub } from '../../dims';
import type { Arg, TensorArg } from '../arg';
import { type Call, giveUp, holds, need, refuse, tensor } from '../call';
import { fault } from '../codes';
import { layers, ops } from '../rows';
import { needPositive } from '../rules/checks';
import { axisNames, channelsLast, featuresOf, together } from '../rules/format';
import { needElements, sidesOf, slideBetween } from '../rules/sides';
import { asGiven, int, none, tuple } from '../rules/values';
import { typed } from '../rules/view';
import { twin } from './twin';

const paddle = { lib: 'paddle' } as const;

interface Pool {
  readonly x: TensorArg;
  readonly kernel_size: readonly Dim[];
  readonly stride: readonly Dim[] | null;
  readonly padding: Arg;
  readonly ceil_mode: boolean;
  readonly return_mask?: boolean;
  readonly data_format?: string;
}

/** A pool over windows; with the mask a pair of values and their places. */
const pooled = (call: Call, e: Pool): Arg | undefined => {
  const spatial = e.kernel_size.length;
  const last = e.data_format !== undefined && channelsLast(call, e.data_format, spatial);
  const asked = sidesOf(call, e.padding, spatial, last);
  // With the places, 'SAME' pads nothing.
  const sides = e.return_mask && asked === 'same' ? Array.from({ length: spatial }, () => [0, 0] as const) : asked;
  const stride = e.stride ?? e.kernel_size;
  if (call.op.toLowerCase().startsWith('avg')) needPositive(call, 'kernel_size', e.kernel_size);
  if (e.stride || stride.includes(0)) needPositive(call, e.stride ? 'stride' : 'kernel_size', stride);
  else if (stride.some((d) => typeof d === 'number' && d < 0)) return giveUp(call, 'windows of negative size');
  if (e.padding.kind === 'str' && /^valid$/i.test(e.padding.value) && e.ceil_mode)
    refuseBoth(call, "padding='VALID'", 'ceil_mode=True');
  if (e.return_mask && last) refuseBoth(call, 'return_mask=True', `data_format='${e.data_format}'`);
  if (e.return_mask && sides !== 'same' && sides?.some(([before, after]) => differ(call, before, after)))
    refuseBoth(call, 'return_mask=True', 'padding');
  const map = featuresOf(call, e.x, last, spatial);
  if (!map || !sides) return undefined;
  const names = axisNames(spatial);
  const sizes = map.sizes.map((size, i) => {
    const w = { kernel: e.kernel_size[i] ?? 1, stride: stride[i] ?? 1, dilation: 1 };
    return slideBetween(call, names[i] ?? '', size, w, sides, i, e.ceil_mode);
  });
  return result(call, e.x, together(map, map.channels, sizes), e.return_mask ?? false);
};

const differ = (call: Call, a: Dim, b: Dim): boolean => holds(call, { kind: 'eq', left: a, right: b }) === false;

const refuseBoth = (call: Call, first: string, second: string): undefined =>
  refuse(call, fault('conflicting-arguments', { op: call.op, first, second }, 'padding', 'return_mask'));

const result = (call: Call, x: TensorArg, shape: TensorArg['shape'], mask: boolean): Arg => {
  needElements(call, shape);
  const rows = x.layout === 'contiguous' ? ({ layout: 'contiguous' } as const) : {};
  const values = tensor(call.lib, shape, { ...typed(x), ...rows });
  return mask ? { kind: 'tuple', items: [values, tensor(call.lib, shape, { dtype: 'int32', ...rows })] } : values;
};

interface Adaptive {
  readonly x: TensorArg;
  readonly output_size: readonly (Dim | null)[];
  readonly return_mask?: boolean;
  readonly data_format?: string;
}

/** A pool to given sizes; `None` keeps an axis. */
const adapted = (call: Call, e: Adaptive): Arg | undefined => {
  const spatial = e.output_size.length;
  const last = e.data_format !== undefined && channelsLast(call, e.data_format, spatial);
  const map = featuresOf(call, e.x, last, spatial);
  if (!map) return undefined;
  const sizes = map.sizes.map((size, i) => e.output_size[i] ?? size);
  return result(call, e.x, together(map, map.channels, sizes), e.return_mask ?? false);
};

const windows = [
  'the same sizes, except that ceil_mode keeps a last window that starts behind the end of the input.',
  '输出大小相同；但 ceil_mode 时，起点已越过输入末端的最后一个窗口也保留。',
] as const;
const averages = [
  'exclusive=True, the default, leaves the padding out of the average: count_include_pad=False there.',
  'exclusive=True（默认）不把填充计入平均，相当于 PyTorch 的 count_include_pad=False。',
] as const;
const float = { needs: 'float' } as const;

/** Pools as functions. */
export const poolFunctions = ops(
  'paddle.nn.functional paddle.nn.functional.pooling',
  {
    'max_pool1d(x: Tensor, kernel_size: int1, stride: int1? = None, padding: any = 0, return_mask: bool = False, ceil_mode: bool = False, name: any = None) -> any':
      {
        ...float,
        ...twin('torch.nn.functional.max_pool1d', windows),
        value: (e, call) => pooled(call, e),
        eg: ['(2, 3, 8), 2 -> (2, 3, 4)', '(3, 8), 2 -> !rank-mismatch'],
      },
    "max_pool2d(x: Tensor, kernel_size: int2, stride: int2? = None, padding: any = 0, return_mask: bool = False, ceil_mode: bool = False, data_format: str = 'NCHW', name: any = None) -> any":
      {
        ...float,
        ...twin('torch.nn.functional.max_pool2d', windows),
        value: (e, call) => pooled(call, e),
        eg: [
          '(2, 3, 8, 8), 2 -> (2, 3, 4, 4)',
          '(2, 3, 7, 7), 2, 2, 1, ceil_mode=True -> (2, 3, 5, 5)',
          "(2, 3, 8, 8), 3, 2, padding='SAME' -> (2, 3, 4, 4)",
          '(2, 3, 8, 8), 2, return_mask=True -> ((2, 3, 4, 4), (2, 3, 4, 4))',
          '(2, 3, 8, 8), [2] -> !wrong-length',
        ],
      },
    "max_pool3d(x: Tensor, kernel_size: int3, stride: int3? = None, padding: any = 0, return_mask: bool = False, ceil_mode: bool = False, data_format: str = 'NCDHW', name: any = None) -> any":
      {
        ...float,
        ...twin('torch.nn.functional.max_pool3d', windows),
        value: (e, call) => pooled(call, e),
        eg: '(2, 3, 8, 8, 8), 2 -> (2, 3, 4, 4, 4)',
      },
    'avg_pool1d(x: Tensor, kernel_size: int1, stride: int1? = None, padding: any = 0, exclusive: bool = True, ceil_mode: bool = False, name: any = None) -> any':
      {
        ...float,
        ...twin('torch.nn.functional.avg_pool1d', averages),
        value: (e, call) => pooled(call, e),
        eg: '(2, 3, 8), 2 -> (2, 3, 4)',
      },
    "avg_pool2d(x: Tensor, kernel_size: int2, stride: int2? = None, padding: any = 0, ceil_mode: bool = False, exclusive: bool = True, divisor_override: any = None, data_format: str = 'NCHW', name: any = None) -> any":
      {
        ...float,
        ...twin('torch.nn.functional.avg_pool2d', averages),
        value: (e, call) => pooled(call, e),
        eg: ['(2, 3, 8, 8), 2 -> (2, 3, 4, 4)', "(2, 8, 8, 3), 2, data_format='NHWC' -> (2, 4, 4, 3)"],
      },
    "avg_pool3d(x: Tensor, kernel_size: int3, stride: int3? = None, padding: any = 0, ceil_mode: bool = False, exclusive: bool = True, divisor_override: any = None, data_format: str = 'NCDHW', name: any = None) -> any":
      {
        ...float,
        ...twin('torch.nn.functional.avg_pool3d', averages),
        value: (e, call) => pooled(call, e),
        eg: '(2, 3, 8, 8, 8), 2 -> (2, 3, 4, 4, 4)',
      },
    'adaptive_avg_pool1d(x/input: Tensor, output_size: int1, name: any = None) -> any': {
      ...float,
      ...twin('torch.nn.functional.adaptive_avg_pool1d'),
      value: (e, call) => adapted(call, e),
      eg: '(2, 3, 8), 1 -> (2, 3, 1)',
    },
    "adaptive_avg_pool2d(x/input: Tensor, output_size: size2, data_format: str = 'NCHW', name: any = None) -> any": {
      ...float,
      ...twin('torch.nn.functional.adaptive_avg_pool2d'),
      value: (e, call) => adapted(call, e),
      eg: ['(2, 3, 8, 8), 1 -> (2, 3, 1, 1)', '(2, 3, 8, 8), (None, 4) -> (2, 3, 8, 4)'],
    },
    "adaptive_avg_pool3d(x/input: Tensor, output_size: size3, data_format: str = 'NCDHW', name: any = None) -> any": {
      ...float,
      ...twin('torch.nn.functional.adaptive_avg_pool3d'),
      value: (e, call) => adapted(call, e),
      eg: '(2, 3, 8, 8, 8), 1 -> (2, 3, 1, 1, 1)',
    },
    'adaptive_max_pool1d(x/input: Tensor, output_size: int1, return_mask/return_indices: bool = False, name: any = None) -> any':
      {
        ...float,
        ...twin('torch.nn.functional.adaptive_max_pool1d'),
        value: (e, call) => adapted(call, e),
        eg: '(2, 3, 8), 1 -> (2, 3, 1)',
      },
    'adaptive_max_pool2d(x/input: Tensor, output_size: size2, return_mask/return_indices: bool = False, name: any = None) -> any':
      {
        ...float,
        ...twin('torch.nn.functional.adaptive_max_pool2d'),
        value: (e, call) => adapted(call, e),
        eg: '(2, 3, 8, 8), 1 -> (2, 3, 1, 1)',
      },
    'adaptive_max_pool3d(x/input: Tensor, output_size: size3, return_mask/return_indices: bool = False, name: any = None) -> any':
      {
        ...float,
        ...twin('torch.nn.functional.adaptive_max_pool3d'),
        value: (e, call) => adapted(call, e),
        eg: '(2, 3, 8, 8, 8), 1 -> (2, 3, 1, 1, 1)',
      },
    "max_unpool1d(x: Tensor[b, c, l], indices: Tensor[b, c, l], kernel_size: int1, stride: int1? = None, padding: int1 = 0, data_format: str = 'NCL', output_size: ints? = None, name: any = None) -> any":
      {
        ...twin('torch.nn.functional.max_unpool1d'),
        value: (e, call) => unpooled(call, e, [e.l]),
        eg: '(2, 3, 4), (2, 3, 4):int64, 2 -> (2, 3, 8)',
      },
    "max_unpool2d(x: Tensor[b, c, h, w], indices: Tensor[b, c, h, w], kernel_size: int2, stride: int2? = None, padding: int2 = 0, data_format: str = 'NCHW', output_size: ints? = None, name: any = None) -> any":
      {
        ...twin('torch.nn.functional.max_unpool2d'),
        value: (e, call) => unpooled(call, e, [e.h, e.w]),
        eg: [
          '(2, 3, 4, 4), (2, 3, 4, 4):int64, 2 -> (2, 3, 8, 8)',
          '(2, 3, 4, 4), (2, 3, 4, 4):int64, 2, output_size=[9, 9] -> (2, 3, 9, 9)',
        ],
      },
    "max_unpool3d(x: Tensor[b, c, d, h, w], indices: Tensor[b, c, d, h, w], kernel_size: int3, stride: int3? = None, padding: int3 = 0, data_format: str = 'NCDHW', output_size: ints? = None, name: any = None) -> any":
      {
        ...twin('torch.nn.functional.max_unpool3d'),
        value: (e, call) => unpooled(call, e, [e.d, e.h, e.w]),
        eg: '(2, 3, 4, 4, 4), (2, 3, 4, 4, 4):int64, 2 -> (2, 3, 8, 8, 8)',
      },
    "lp_pool1d(x: Tensor, norm_type: number, kernel_size: int1, stride: int1? = None, padding: any = 0, ceil_mode: bool = False, data_format: str = 'NCL', name: any = None) -> any":
      {
        ...float,
        ...twin('torch.nn.functional.lp_pool1d'),
        value: (e, call) => pooled(call, e),
        eg: '(2, 3, 8), 2, 2 -> (2, 3, 4)',
      },
    "lp_pool2d(x: Tensor, norm_type: number, kernel_size: int2, stride: int2? = None, padding: any = 0, ceil_mode: bool = False, data_format: str = 'NCHW', name: any = None) -> any":
      {
        ...float,
        ...twin('torch.nn.functional.lp_pool2d'),
        value: (e, call) => pooled(call, e),
        eg: '(2, 3, 8, 8), 2, 2 -> (2, 3, 4, 4)',
      },
    'fractional_max_pool2d(x: Tensor, output_size: size2, kernel_size: any = None, random_u: any = None, return_mask: bool = False, name: any = None) -> any':
      {
        ...float,
        ...twin('torch.nn.functional.fractional_max_pool2d'),
        value: (e, call) => adapted(call, e),
        eg: '(2, 3, 8, 8), 5 -> (2, 3, 5, 5)',
      },
    'fractional_max_pool3d(x: Tensor, output_size: size3, kernel_size: any = None, random_u: any = None, return_mask: bool = False, name: any = None) -> any':
      {
        ...float,
        ...twin('torch.nn.functional.fractional_max_pool3d'),
        value: (e, call) => adapted(call, e),
        eg: '(2, 3, 8, 8, 8), 5 -> (2, 3, 5, 5, 5)',
      },
  },
  paddle,
);

interface Unpool {
  readonly x: TensorArg;
  readonly indices: TensorArg;
  readonly b: Dim;
  readonly c: Dim;
  readonly kernel_size: readonly Dim[];
  readonly stride: readonly Dim[] | null;
  readonly padding: readonly Dim[];
  readonly data_format: string;
  readonly output_size: readonly Dim[] | null;
}

/** Unpooling: `(size − 1)·stride − 2·padding + kernel`, or as asked, within a stride of it. */
const unpooled = (call: Call, e: Unpool, sizes: readonly Dim[]): Arg | undefined => {
  const { dtype } = e.indices;
  if (dtype !== undefined && dtype !== 'int32' && dtype !== 'int64') {
    const data = { op: call.op, argument: 'indices', expected: 'int32', found: dtype };
    return refuse(call, fault('dtype-refused', data, 'indices'));
  }
  if (channelsLast(call, e.data_format, sizes.length)) return refuseBoth(call, 'max_unpool', 'channels last');
  // One axis is run as two, and so must be asked for.
  const count = Math.max(2, sizes.length);
  const given = e.output_size?.length ?? count;
  if (given !== count && given !== count + 2) {
    const data = { op: call.op, argument: 'output_size', expected: `${count}/${count + 2}`, found: given };
    return refuse(call, fault('wrong-length', data, 'output_size'));
  }
  const out = sizes.map((size, i) => {
    const stride = (e.stride ?? e.kernel_size)[i] ?? 1;
    const usual = add(sub(mul(sub(size, 1), stride), mul(2, e.padding[i] ?? 0)), e.kernel_size[i] ?? 1);
    const found = e.output_size?.slice(-sizes.length)[i];
    if (found === undefined) return usual;
    const clash = fault('size-mismatch', { op: call.op, axis: `${i}`, expected: usual, found }, 'output_size');
    need(call, { kind: 'lt', left: sub(usual, stride), right: found }, clash);
    need(call, { kind: 'lt', left: found, right: add(usual, stride) }, clash);
    return found;
  });
  return result(call, e.x, { dims: [e.b, e.c, ...out] }, false);
};

/** What the layers run: the size that a call asks for comes before the layer's own. */
export const poolLayerOps = ops(
  'paddle._nn',
  {
    "_max_unpool(x: Tensor[b, c, *s], indices: Tensor[b, c, *s], kernel_size: ints1, stride: ints1? = None, padding: ints1 = 0, data_format: str = 'NCHW', output_size: ints? = None, size: ints? = None) -> any":
      {
        ...twin('torch.nn.functional.max_unpool2d'),
        value: (e, call) => {
          const whole = (sizes: readonly Dim[]): readonly Dim[] =>
            sizes.length === 1 ? e.s.dims.map(() => sizes[0] ?? 1) : sizes;
          const how = {
            kernel_size: whole(e.kernel_size),
            stride: e.stride && whole(e.stride),
            padding: whole(e.padding),
            output_size: e.size ?? e.output_size,
          };
          return e.s.rest ? giveUp(call, 'the rank is not known') : unpooled(call, { ...e, ...how }, e.s.dims);
        },
        eg: '(2, 3, 4, 4), (2, 3, 4, 4):int64, 2 -> (2, 3, 8, 8)',
      },
  },
  paddle,
);

/** The attributes of an adaptive pool, which subclasses read. */
const kept = (e: { readonly output_size: readonly (Dim | null)[] | null; readonly data_format?: string }) => ({
  _output_size: e.output_size ? tuple(e.output_size.map((d) => (d === null ? none : int(d)))) : none,
  ...(e.data_format === undefined ? {} : { _data_format: { kind: 'str', value: e.data_format } as const }),
  _name: none,
});

/** Pooling layers. */
export const poolLayers = layers(
  'paddle.nn paddle.nn.layer paddle.nn.layer.pooling',
  {
    'MaxPool1D(kernel_size: int1, stride: int1? = None, padding: any = 0, return_mask: bool = False, ceil_mode: bool = False, name: any = None)':
      {
        ...twin('torch.nn.MaxPool1d', windows),
        call: 'max_pool1d(input, kernel_size, stride, padding, return_mask, ceil_mode)',
        forward: 'input',
        fields: ({ kernel_size }) => ({ ksize: asGiven(kernel_size) }),
        eg: 'MaxPool1D(2): (2, 3, 8) -> (2, 3, 4)',
      },
    'AvgPool1D(kernel_size: int1, stride: int1? = None, padding: any = 0, exclusive: bool = True, ceil_mode: bool = False, name: any = None)':
      {
        ...twin('torch.nn.AvgPool1d', averages),
        call: 'avg_pool1d(x, kernel_size, stride, padding, ceil_mode=ceil_mode)',
        forward: 'x',
        fields: ({ kernel_size }) => ({ ksize: asGiven(kernel_size) }),
        eg: 'AvgPool1D(2): (2, 3, 8) -> (2, 3, 4)',
      },
    'AdaptiveAvgPool1D(output_size: int1?, name: any = None)': {
      ...twin('torch.nn.AdaptiveAvgPool1d'),
      call: 'adaptive_avg_pool1d(input, output_size)',
      forward: 'input',
      aliases: ['paddle.nn.AdaptiveAvgPool1d'],
      fields: kept,
      eg: 'AdaptiveAvgPool1D(1): (2, 3, 8) -> (2, 3, 1)',
    },
    'AdaptiveMaxPool1D(output_size: int1?, return_mask/return_indices: bool = False, name: any = None)': {
      ...twin('torch.nn.AdaptiveMaxPool1d'),
      call: 'adaptive_max_pool1d(input, output_size, return_mask)',
      forward: 'input',
      aliases: ['paddle.nn.AdaptiveMaxPool1d'],
      fields: kept,
      eg: 'AdaptiveMaxPool1D(1): (2, 3, 8) -> (2, 3, 1)',
    },
    "MaxUnPool1D(kernel_size: int1, stride: int1? = None, padding: int1 = 0, data_format: str = 'NCL', output_size: ints? = None, name: any = None)":
      {
        ...twin('torch.nn.MaxUnpool1d'),
        call: '_max_unpool(x, indices, kernel_size, stride, padding, data_format, output_size, size)',
        forward: 'x/input, indices, size/output_size=None',
        eg: 'MaxUnPool1D(2): (2, 3, 4), (2, 3, 4):int64 -> (2, 3, 8)',
      },
    "MaxPool2D(kernel_size: int2, stride: int2? = None, padding: any = 0, return_mask: bool = False, ceil_mode: bool = False, data_format: str = 'NCHW', name: any = None)":
      {
        ...twin('torch.nn.MaxPool2d', windows),
        call: 'max_pool2d(x, kernel_size, stride, padding, return_mask, ceil_mode, data_format=data_format)',
        forward: 'x',
        fields: ({ kernel_size }) => ({ ksize: asGiven(kernel_size) }),
        eg: 'MaxPool2D(2): (2, 3, 8, 8) -> (2, 3, 4, 4)',
      },
    "AvgPool2D(kernel_size: int2, stride: int2? = None, padding: any = 0, ceil_mode: bool = False, exclusive: bool = True, divisor_override: any = None, data_format: str = 'NCHW', name: any = None)":
      {
        ...twin('torch.nn.AvgPool2d', averages),
        call: 'avg_pool2d(x, kernel_size, stride, padding, ceil_mode=ceil_mode, data_format=data_format)',
        forward: 'x',
        fields: ({ kernel_size }) => ({ ksize: asGiven(kernel_size) }),
        eg: 'AvgPool2D(2): (2, 3, 8, 8) -> (2, 3, 4, 4)',
      },
    "AdaptiveAvgPool2D(output_size: size2?, data_format: str = 'NCHW', name: any = None)": {
      ...twin('torch.nn.AdaptiveAvgPool2d'),
      call: 'adaptive_avg_pool2d(x, output_size, data_format=data_format)',
      forward: 'x/input',
      aliases: ['paddle.nn.AdaptiveAvgPool2d'],
      fields: kept,
      eg: 'AdaptiveAvgPool2D(1): (2, 3, 8, 8) -> (2, 3, 1, 1)',
    },
    'AdaptiveMaxPool2D(output_size: size2?, return_mask/return_indices: bool = False, name: any = None)': {
      ...twin('torch.nn.AdaptiveMaxPool2d'),
      call: 'adaptive_max_pool2d(x, output_size, return_mask)',
      forward: 'x/input',
      aliases: ['paddle.nn.AdaptiveMaxPool2d'],
      fields: kept,
      eg: 'AdaptiveMaxPool2D(1): (2, 3, 8, 8) -> (2, 3, 1, 1)',
    },
    "MaxUnPool2D(kernel_size: int2, stride: int2? = None, padding: int2 = 0, data_format: str = 'NCHW', output_size: ints? = None, name: any = None)":
      {
        ...twin('torch.nn.MaxUnpool2d'),
        call: '_max_unpool(x, indices, kernel_size, stride, padding, data_format, output_size, size)',
        forward: 'x/input, indices, size/output_size=None',
        eg: 'MaxUnPool2D(2): (2, 3, 4, 4), (2, 3, 4, 4):int64 -> (2, 3, 8, 8)',
      },
    "MaxPool3D(kernel_size: int3, stride: int3? = None, padding: any = 0, return_mask: bool = False, ceil_mode: bool = False, data_format: str = 'NCDHW', name: any = None)":
      {
        ...twin('torch.nn.MaxPool3d', windows),
        call: 'max_pool3d(x, kernel_size, stride, padding, return_mask, ceil_mode, data_format=data_format)',
        forward: 'x',
        fields: ({ kernel_size }) => ({ ksize: asGiven(kernel_size) }),
        eg: 'MaxPool3D(2): (2, 3, 8, 8, 8) -> (2, 3, 4, 4, 4)',
      },
    "AvgPool3D(kernel_size: int3, stride: int3? = None, padding: any = 0, ceil_mode: bool = False, exclusive: bool = True, divisor_override: any = None, data_format: str = 'NCDHW', name: any = None)":
      {
        ...twin('torch.nn.AvgPool3d', averages),
        call: 'avg_pool3d(x, kernel_size, stride, padding, ceil_mode=ceil_mode, data_format=data_format)',
        forward: 'x',
        fields: ({ kernel_size }) => ({ ksize: asGiven(kernel_size) }),
        eg: 'AvgPool3D(2): (2, 3, 8, 8, 8) -> (2, 3, 4, 4, 4)',
      },
    "AdaptiveAvgPool3D(output_size: size3?, data_format: str = 'NCDHW', name: any = None)": {
      ...twin('torch.nn.AdaptiveAvgPool3d'),
      call: 'adaptive_avg_pool3d(x, output_size, data_format=data_format)',
      forward: 'x/input',
      aliases: ['paddle.nn.AdaptiveAvgPool3d'],
      fields: kept,
      eg: 'AdaptiveAvgPool3D(1): (2, 3, 8, 8, 8) -> (2, 3, 1, 1, 1)',
    },
    'AdaptiveMaxPool3D(output_size: size3?, return_mask/return_indices: bool = False, name: any = None)': {
      ...twin('torch.nn.AdaptiveMaxPool3d'),
      call: 'adaptive_max_pool3d(x, output_size, return_mask)',
      forward: 'x/input',
      aliases: ['paddle.nn.AdaptiveMaxPool3d'],
      fields: kept,
      eg: 'AdaptiveMaxPool3D(1): (2, 3, 8, 8, 8) -> (2, 3, 1, 1, 1)',
    },
    "MaxUnPool3D(kernel_size: int3, stride: int3? = None, padding: int3 = 0, data_format: str = 'NCDHW', output_size: ints? = None, name: any = None)":
      {
        ...twin('torch.nn.MaxUnpool3d'),
        call: '_max_unpool(x, indices, kernel_size, stride, padding, data_format, output_size, size)',
        forward: 'x/input, indices, size/output_size=None',
        eg: 'MaxUnPool3D(2): (2, 3, 4, 4, 4), (2, 3, 4, 4, 4):int64 -> (2, 3, 8, 8, 8)',
      },
    "LPPool1D(norm_type: number, kernel_size: int1, stride: int1? = None, padding: any = 0, ceil_mode: bool = False, data_format: str = 'NCL', name: any = None)":
      {
        ...twin('torch.nn.LPPool1d'),
        aliases: ['paddle.nn.LPPool1d'],
        call: 'lp_pool1d(x, norm_type, kernel_size, stride, padding, ceil_mode, data_format)',
        forward: 'x',
        eg: 'LPPool1D(2, 2): (2, 3, 8) -> (2, 3, 4)',
      },
    "LPPool2D(norm_type: number, kernel_size: int2, stride: int2? = None, padding: any = 0, ceil_mode: bool = False, data_format: str = 'NCHW', name: any = None)":
      {
        ...twin('torch.nn.LPPool2d'),
        aliases: ['paddle.nn.LPPool2d'],
        call: 'lp_pool2d(x, norm_type, kernel_size, stride, padding, ceil_mode, data_format)',
        forward: 'x',
        eg: 'LPPool2D(2, 2): (2, 3, 8, 8) -> (2, 3, 4, 4)',
      },
    'FractionalMaxPool2D(output_size: size2, kernel_size: any = None, random_u: any = None, return_mask: bool = False, name: any = None)':
      {
        ...twin('torch.nn.FractionalMaxPool2d'),
        call: 'fractional_max_pool2d(x, output_size, kernel_size, random_u, return_mask)',
        forward: 'x',
        eg: 'FractionalMaxPool2D(5): (2, 3, 8, 8) -> (2, 3, 5, 5)',
      },
    'FractionalMaxPool3D(output_size: size3, kernel_size: any = None, random_u: any = None, return_mask: bool = False, name: any = None)':
      {
        ...twin('torch.nn.FractionalMaxPool3d'),
        call: 'fractional_max_pool3d(x, output_size, kernel_size, random_u, return_mask)',
        forward: 'x',
        eg: 'FractionalMaxPool3D(5): (2, 3, 8, 8, 8) -> (2, 3, 5, 5, 5)',
      },
  },
  paddle,
);
