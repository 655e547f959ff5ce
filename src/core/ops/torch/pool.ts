import { add, type Dim, sub } from '../../dims';
import type { Shape } from '../../shapes';
import type { Arg, TensorArg } from '../arg';
import { type Call, fresh, giveUp, holds, need, refuse, tensor } from '../call';
import { fault } from '../codes';
import { layers, ops } from '../rows';
import { adaptive, pooled, unpooled } from '../rules/pool';
import { asGiven } from '../rules/values';
import { typed } from '../rules/view';

/** A pooled tensor: batch where there is one, channels, new sizes; with indices a pair. */
const result = (
  call: Call,
  input: TensorArg,
  batch: Dim | null,
  channels: Dim,
  sizes: readonly Dim[],
  indices = false,
): Arg => {
  const shape = { dims: [...(batch === null ? [] : [batch]), channels, ...sizes] };
  const rows = input.layout === 'contiguous' ? ({ layout: 'contiguous' } as const) : {};
  const values = tensor(call.lib, shape, { ...typed(input), ...rows });
  return indices ? { kind: 'tuple', items: [values, tensor(call.lib, shape, { dtype: 'int64', ...rows })] } : values;
};

/** Averaging to a single number works for every rank (ATen takes a mean then); other sizes need feature maps. */
const averaged = (call: Call, input: TensorArg, lead: Shape, sizes: readonly (Dim | null)[]): Arg | undefined => {
  const single = sizes.map((d) => d !== null && holds(call, { kind: 'eq', left: d, right: 1 }));
  if (single.includes(undefined)) return giveUp(call, 'the output size is not known');
  if (!single.includes(false))
    return tensor(call.lib, { ...lead, dims: [...lead.dims, ...sizes.map(() => 1)] }, typed(input));
  const expected = `${sizes.length + 1}/${sizes.length + 2}`;
  const data = { op: call.op, argument: 'input', expected, found: input.shape.dims.length, shape: input.shape };
  return refuse(call, fault('rank-mismatch', data, 'input'));
};

/** Pools as Python functions. */
export const poolFunctions = ops(
  'torch.nn.functional',
  {
    'max_pool1d(input: Tensor[b?, c, l], kernel_size: int1, stride: int1? = None, padding: int1 = 0, dilation: int1 = 1, ceil_mode: bool = False, return_indices: bool = False) -> any':
      {
        needs: 'real float',
        en: 'Takes the largest value of each window.',
        zh: '取每个窗口内的最大值。',
        value: ({ input, b, c, l, kernel_size, stride, padding, dilation, ceil_mode, return_indices }, call) => {
          const how = { kernel: kernel_size, stride: stride ?? kernel_size, padding, dilation, ceilMode: ceil_mode };
          return result(call, input, b, c, pooled(call, ['L'], [l], how, c), return_indices);
        },
        eg: [
          '(2, 3, 8), 2 -> (2, 3, 4)',
          '(2, 3, 8), 3, 2, 1 -> (2, 3, 4)',
          '(2, 3, 8), 3, 2, ceil_mode=True -> (2, 3, 4)',
          '(2, 3, 8), 3, padding=2 -> !pool-padding',
        ],
      },
    'max_pool2d(input: Tensor[b?, c, h, w], kernel_size: int2, stride: int2? = None, padding: int2 = 0, dilation: int2 = 1, ceil_mode: bool = False, return_indices: bool = False) -> any':
      {
        needs: 'real number',
        en: 'Takes the largest value of each window.',
        zh: '取每个窗口内的最大值。',
        value: ({ input, b, c, h, w, kernel_size, stride, padding, dilation, ceil_mode, return_indices }, call) => {
          const how = { kernel: kernel_size, stride: stride ?? kernel_size, padding, dilation, ceilMode: ceil_mode };
          return result(call, input, b, c, pooled(call, ['H', 'W'], [h, w], how, c), return_indices);
        },
        eg: [
          '(2, 3, 8, 8), 2 -> (2, 3, 4, 4)',
          '(2, 3, 8, 8), 3, 2, 1 -> (2, 3, 4, 4)',
          '(2, 3, 8, 8), 3, 2, ceil_mode=True -> (2, 3, 4, 4)',
          '(2, 3, 8, 8), 3, padding=2 -> !pool-padding',
        ],
      },
    'max_pool3d(input: Tensor[b?, c, d, h, w], kernel_size: int3, stride: int3? = None, padding: int3 = 0, dilation: int3 = 1, ceil_mode: bool = False, return_indices: bool = False) -> any':
      {
        needs: 'real number',
        en: 'Takes the largest value of each window.',
        zh: '取每个窗口内的最大值。',
        value: ({ input, b, c, d, h, w, kernel_size, stride, padding, dilation, ceil_mode, return_indices }, call) => {
          const how = { kernel: kernel_size, stride: stride ?? kernel_size, padding, dilation, ceilMode: ceil_mode };
          return result(call, input, b, c, pooled(call, ['D', 'H', 'W'], [d, h, w], how, c), return_indices);
        },
        eg: [
          '(2, 3, 8, 8, 8), 2 -> (2, 3, 4, 4, 4)',
          '(2, 3, 8, 8, 8), 3, 2, 1 -> (2, 3, 4, 4, 4)',
          '(2, 3, 8, 8, 8), 3, 2, ceil_mode=True -> (2, 3, 4, 4, 4)',
          '(2, 3, 8, 8, 8), 3, padding=2 -> !pool-padding',
        ],
      },
    'lp_pool1d(input: Tensor[b?, c, l], norm_type: number, kernel_size: int1, stride: int1? = None, ceil_mode: bool = False) -> any':
      {
        en: 'Takes the p-norm of each window.',
        zh: '取每个窗口的 p 范数。',
        value: ({ input, b, c, l, kernel_size, stride, ceil_mode }, call) => {
          const padding = kernel_size.map(() => 0);
          const how = { kernel: kernel_size, stride: stride ?? kernel_size, padding, ceilMode: ceil_mode };
          return result(call, input, b, c, pooled(call, ['L'], [l], how, c));
        },
        eg: '(2, 3, 8), 2, 2 -> (2, 3, 4)',
      },
    'lp_pool2d(input: Tensor[b?, c, h, w], norm_type: number, kernel_size: int2, stride: int2? = None, ceil_mode: bool = False) -> any':
      {
        en: 'Takes the p-norm of each window.',
        zh: '取每个窗口的 p 范数。',
        value: ({ input, b, c, h, w, kernel_size, stride, ceil_mode }, call) => {
          const padding = kernel_size.map(() => 0);
          const how = { kernel: kernel_size, stride: stride ?? kernel_size, padding, ceilMode: ceil_mode };
          return result(call, input, b, c, pooled(call, ['H', 'W'], [h, w], how, c));
        },
        eg: '(2, 3, 8, 8), 2, 2 -> (2, 3, 4, 4)',
      },
    'lp_pool3d(input: Tensor[b?, c, d, h, w], norm_type: number, kernel_size: int3, stride: int3? = None, ceil_mode: bool = False) -> any':
      {
        en: 'Takes the p-norm of each window.',
        zh: '取每个窗口的 p 范数。',
        value: ({ input, b, c, d, h, w, kernel_size, stride, ceil_mode }, call) => {
          const padding = kernel_size.map(() => 0);
          const how = { kernel: kernel_size, stride: stride ?? kernel_size, padding, ceilMode: ceil_mode };
          return result(call, input, b, c, pooled(call, ['D', 'H', 'W'], [d, h, w], how, c));
        },
        eg: '(2, 3, 8, 8, 8), 2, 2 -> (2, 3, 4, 4, 4)',
      },
    'adaptive_max_pool1d(input: Tensor[b?, c, l], output_size: int1, return_indices: bool = False) -> any': {
      needs: 'real float',
      en: 'Takes the largest of windows chosen so that the output has the given size.',
      zh: '自动划分窗口取最大值，使输出为给定大小。',
      value: ({ input, b, c, l, output_size, return_indices }, call) =>
        result(call, input, b, c, adaptive(call, [l], output_size, b === null ? 1 : c), return_indices),
      eg: ['(2, 3, 8), 1 -> (2, 3, 1)', '(2, 3, 8), (4,) -> (2, 3, 4)'],
    },
    'adaptive_max_pool2d(input: Tensor[b?, c, h, w], output_size: size2, return_indices: bool = False) -> any': {
      needs: 'real float',
      en: 'Takes the largest of windows chosen so that the output has the given size.',
      zh: '自动划分窗口取最大值，使输出为给定大小。',
      value: ({ input, b, c, h, w, output_size, return_indices }, call) =>
        result(call, input, b, c, adaptive(call, [h, w], output_size, c), return_indices),
      eg: ['(2, 3, 8, 8), 1 -> (2, 3, 1, 1)', '(2, 3, 8, 8), (None, 4) -> (2, 3, 8, 4)'],
    },
    'adaptive_max_pool3d(input: Tensor[b?, c, d, h, w], output_size: size3, return_indices: bool = False) -> any': {
      needs: 'real float',
      en: 'Takes the largest of windows chosen so that the output has the given size.',
      zh: '自动划分窗口取最大值，使输出为给定大小。',
      value: ({ input, b, c, d, h, w, output_size, return_indices }, call) =>
        result(call, input, b, c, adaptive(call, [d, h, w], output_size, c), return_indices),
      eg: ['(2, 3, 8, 8, 8), 1 -> (2, 3, 1, 1, 1)', '(2, 3, 8, 8, 8), (None, 4, 4) -> (2, 3, 8, 4, 4)'],
    },
    'adaptive_avg_pool2d(input: Tensor[b?, c, h, w], output_size: size2) -> any': {
      needs: 'float',
      en: 'Takes the average of windows chosen so that the output has the given size.',
      zh: '自动划分窗口取平均值，使输出为给定大小。',
      value: ({ input, b, c, h, w, output_size }, call) =>
        result(call, input, b, c, adaptive(call, [h, w], output_size, c)),
      eg: ['(2, 3, 8, 8), 1 -> (2, 3, 1, 1)', '(2, 3, 8, 8), (None, 4) -> (2, 3, 8, 4)'],
    },
    'adaptive_avg_pool2d(input: Tensor[*b, h, w], output_size: size2) -> any': {
      needs: 'float',
      en: 'Averages everything, whatever the rank.',
      zh: '全局平均，不限维数。',
      value: ({ input, b, output_size }, call) => averaged(call, input, b, output_size),
      eg: ['(6, 8), 1 -> (1, 1)', '(6, 8), 2 -> !rank-mismatch'],
    },
    'adaptive_avg_pool3d(input: Tensor[b?, c, d, h, w], output_size: size3) -> any': {
      needs: 'float',
      en: 'Takes the average of windows chosen so that the output has the given size.',
      zh: '自动划分窗口取平均值，使输出为给定大小。',
      value: ({ input, b, c, d, h, w, output_size }, call) =>
        result(call, input, b, c, adaptive(call, [d, h, w], output_size, c)),
      eg: ['(2, 3, 8, 8, 8), 1 -> (2, 3, 1, 1, 1)', '(2, 3, 8, 8, 8), (None, 4, 4) -> (2, 3, 8, 4, 4)'],
    },
    'adaptive_avg_pool3d(input: Tensor[*b, d, h, w], output_size: size3) -> any': {
      needs: 'float',
      en: 'Averages everything, whatever the rank.',
      zh: '全局平均，不限维数。',
      value: ({ input, b, output_size }, call) => averaged(call, input, b, output_size),
      eg: ['(6, 8, 8), 1 -> (1, 1, 1)', '(6, 8, 8), 2 -> !rank-mismatch'],
    },
    'max_unpool1d(input: Tensor[b?, c, l], indices: Tensor[b?, c, l], kernel_size: int1, stride: int1? = None, padding: int1 = 0, output_size: ints? = None) -> any':
      {
        needs: 'real float',
        en: 'Puts values back to where max pooling took them from; the rest is 0.',
        zh: '按最大池化记录的位置放回数值，其余为 0。',
        value: ({ input, b, c, l, kernel_size, stride, padding, output_size }, call) =>
          result(call, input, b, c, unpooled(call, [l], kernel_size, stride ?? kernel_size, padding, output_size)),
        eg: '(2, 3, 4), (2, 3, 4):int64, 2 -> (2, 3, 8)',
      },
    'max_unpool2d(input: Tensor[b?, c, h, w], indices: Tensor[b?, c, h, w], kernel_size: int2, stride: int2? = None, padding: int2 = 0, output_size: ints? = None) -> any':
      {
        needs: 'real float',
        en: 'Puts values back to where max pooling took them from; the rest is 0.',
        zh: '按最大池化记录的位置放回数值，其余为 0。',
        value: ({ input, b, c, h, w, kernel_size, stride, padding, output_size }, call) =>
          result(call, input, b, c, unpooled(call, [h, w], kernel_size, stride ?? kernel_size, padding, output_size)),
        eg: '(2, 3, 4, 4), (2, 3, 4, 4):int64, 2 -> (2, 3, 8, 8)',
      },
    'max_unpool3d(input: Tensor[b?, c, d, h, w], indices: Tensor[b?, c, d, h, w], kernel_size: int3, stride: int3? = None, padding: int3 = 0, output_size: ints? = None) -> any':
      {
        needs: 'real float',
        en: 'Puts values back to where max pooling took them from; the rest is 0.',
        zh: '按最大池化记录的位置放回数值，其余为 0。',
        value: ({ input, b, c, d, h, w, kernel_size, stride, padding, output_size }, call) =>
          result(
            call,
            input,
            b,
            c,
            unpooled(call, [d, h, w], kernel_size, stride ?? kernel_size, padding, output_size),
          ),
        eg: '(2, 3, 4, 4, 4), (2, 3, 4, 4, 4):int64, 2 -> (2, 3, 8, 8, 8)',
      },
    'fractional_max_pool2d(input: Tensor[b?, c, h, w], kernel_size: int2, output_size: int2? = None, output_ratio: any = None, return_indices: bool = False, _random_samples: any = None) -> any':
      {
        needs: 'real float',
        en: 'Max pooling over windows of random places.',
        zh: '窗口位置随机的最大池化。',
        value: ({ input, b, c, h, w, kernel_size, output_size, output_ratio, return_indices }, call) =>
          result(call, input, b, c, fractional(call, [h, w], kernel_size, output_size, output_ratio), return_indices),
        eg: '(2, 3, 8, 8), 2, 5 -> (2, 3, 5, 5)',
      },
    'fractional_max_pool3d(input: Tensor[b?, c, d, h, w], kernel_size: int3, output_size: int3? = None, output_ratio: any = None, return_indices: bool = False, _random_samples: any = None) -> any':
      {
        needs: 'real float',
        en: 'Max pooling over windows of random places.',
        zh: '窗口位置随机的最大池化。',
        value: ({ input, b, c, d, h, w, kernel_size, output_size, output_ratio, return_indices }, call) =>
          result(
            call,
            input,
            b,
            c,
            fractional(call, [d, h, w], kernel_size, output_size, output_ratio),
            return_indices,
          ),
        eg: '(2, 3, 8, 8, 8), 2, 5 -> (2, 3, 5, 5, 5)',
      },
  },
  { python: true },
);

/** Output sizes of fractional pooling: as given, or ⌊ratio·size⌋. */
const fractional = (
  call: Call,
  sizes: readonly Dim[],
  kernels: readonly Dim[],
  given: readonly Dim[] | null,
  ratio: Arg,
): readonly Dim[] => {
  given?.forEach((out, i) => {
    const reached = sub(add(out, kernels[i] ?? 1), 1);
    const data = { op: call.op, kernel: reached, size: sizes[i] ?? reached, axis: '' };
    need(call, { kind: 'le', left: reached, right: data.size }, fault('kernel-too-large', data, 'output_size'));
  });
  if (given) return given;
  if (ratio.kind === 'none') {
    refuse(call, fault('one-of-missing', { op: call.op, first: 'output_size', second: 'output_ratio' }, 'output_size'));
    return sizes;
  }
  return sizes.map((size, i) => {
    const one = ratio.kind === 'tuple' || ratio.kind === 'sequence' ? ratio.items[i] : ratio;
    const known = one?.kind === 'float' && one.value !== undefined && typeof size === 'number';
    return known ? Math.floor(size * (one.value ?? 1)) : fresh(call, 'size of fractional pooling');
  });
};

/** Average pools, which the C++ parser binds. */
export const averagePools = ops('torch.nn.functional torch._C._nn', {
  'avg_pool1d(input: Tensor[b?, c, l], kernel_size: int1, stride: int1? = None, padding: int1 = 0, ceil_mode: bool = False, count_include_pad: bool = True) -> any':
    {
      needs: 'real number',
      en: 'Averages each window.',
      zh: '取每个窗口的平均值。',
      value: ({ input, b, c, l, kernel_size, stride, padding, ceil_mode }, call) => {
        const how = { kernel: kernel_size, stride: stride ?? kernel_size, padding, ceilMode: ceil_mode };
        return result(call, input, b, c, pooled(call, ['L'], [l], how, c));
      },
      eg: ['(2, 3, 8), 2 -> (2, 3, 4)', '(2, 3, 8), 3, 2, 1 -> (2, 3, 4)'],
    },
  'avg_pool2d(input: Tensor[b?, c, h, w], kernel_size: int2, stride: int2? = None, padding: int2 = 0, ceil_mode: bool = False, count_include_pad: bool = True, divisor_override: int? = None) -> any':
    {
      needs: 'real number',
      en: 'Averages each window.',
      zh: '取每个窗口的平均值。',
      value: ({ input, b, c, h, w, kernel_size, stride, padding, ceil_mode }, call) => {
        const how = { kernel: kernel_size, stride: stride ?? kernel_size, padding, ceilMode: ceil_mode };
        return result(call, input, b, c, pooled(call, ['H', 'W'], [h, w], how, c));
      },
      eg: ['(2, 3, 8, 8), 2 -> (2, 3, 4, 4)', '(2, 3, 8, 8), 3, 2, 1 -> (2, 3, 4, 4)'],
    },
  'avg_pool3d(input: Tensor[b?, c, d, h, w], kernel_size: int3, stride: int3? = None, padding: int3 = 0, ceil_mode: bool = False, count_include_pad: bool = True, divisor_override: int? = None) -> any':
    {
      needs: 'real number',
      en: 'Averages each window.',
      zh: '取每个窗口的平均值。',
      value: ({ input, b, c, d, h, w, kernel_size, stride, padding, ceil_mode }, call) => {
        const how = { kernel: kernel_size, stride: stride ?? kernel_size, padding, ceilMode: ceil_mode };
        // Of all pools this one alone does not count the padding.
        [d, h, w].forEach((size, i) => {
          const data = { op: call.op, kernel: kernel_size[i] ?? 1, size, axis: 'DHW'[i] ?? '' };
          need(call, { kind: 'le', left: data.kernel, right: size }, fault('kernel-too-large', data, 'kernel_size'));
        });
        return result(call, input, b, c, pooled(call, ['D', 'H', 'W'], [d, h, w], how, c));
      },
      eg: [
        '(2, 3, 8, 8, 8), 2 -> (2, 3, 4, 4, 4)',
        '(2, 3, 8, 8, 8), 3, 2, 1 -> (2, 3, 4, 4, 4)',
        '(2, 3, 8, 8, 1), 3, 2, 1 -> !kernel-too-large',
      ],
    },
  'adaptive_avg_pool1d(input: Tensor[b?, c, l], output_size: int1) -> any': {
    needs: 'float',
    en: 'Averages windows chosen so that the output has the given size.',
    zh: '自动划分窗口取平均值，使输出为给定大小。',
    value: ({ input, b, c, l, output_size }, call) => result(call, input, b, c, adaptive(call, [l], output_size, 1)),
    aliases: ['torch.adaptive_avg_pool1d'],
    eg: '(2, 3, 8), 1 -> (2, 3, 1)',
  },
});

/** Pooling layers. */
export const poolLayers = layers('torch.nn torch.nn.modules torch.nn.modules.pooling', {
  'MaxPool1d(kernel_size: int1, stride: int1? = None, padding: int1 = 0, dilation: int1 = 1, return_indices: bool = False, ceil_mode: bool = False)':
    {
      en: 'Max pooling of sequences: takes the largest value of each window.',
      zh: '对序列做最大池化：取每个窗口内的最大值。',
      call: 'max_pool1d(input, kernel_size, stride, padding, dilation, ceil_mode, return_indices)',
      fields: ({ kernel_size, stride }) => (stride === null ? { stride: asGiven(kernel_size) } : {}),
      eg: 'MaxPool1d(2): (2, 3, 8) -> (2, 3, 4)',
    },
  'MaxPool2d(kernel_size: int2, stride: int2? = None, padding: int2 = 0, dilation: int2 = 1, return_indices: bool = False, ceil_mode: bool = False)':
    {
      en: 'Max pooling of feature maps: takes the largest value of each window.',
      zh: '对特征图做最大池化：取每个窗口内的最大值。',
      call: 'max_pool2d(input, kernel_size, stride, padding, dilation, ceil_mode, return_indices)',
      fields: ({ kernel_size, stride }) => (stride === null ? { stride: asGiven(kernel_size) } : {}),
      eg: 'MaxPool2d(2): (2, 3, 8, 8) -> (2, 3, 4, 4)',
    },
  'MaxPool3d(kernel_size: int3, stride: int3? = None, padding: int3 = 0, dilation: int3 = 1, return_indices: bool = False, ceil_mode: bool = False)':
    {
      en: 'Max pooling of volumes: takes the largest value of each window.',
      zh: '对三维数据做最大池化：取每个窗口内的最大值。',
      call: 'max_pool3d(input, kernel_size, stride, padding, dilation, ceil_mode, return_indices)',
      fields: ({ kernel_size, stride }) => (stride === null ? { stride: asGiven(kernel_size) } : {}),
      eg: 'MaxPool3d(2): (2, 3, 8, 8, 8) -> (2, 3, 4, 4, 4)',
    },
  'AvgPool1d(kernel_size: int1, stride: int1? = None, padding: int1 = 0, ceil_mode: bool = False, count_include_pad: bool = True)':
    {
      en: 'Average pooling of sequences: averages each window.',
      zh: '对序列做平均池化：取每个窗口的平均值。',
      call: 'avg_pool1d(input, kernel_size, stride, padding, ceil_mode, count_include_pad)',
      fields: ({ kernel_size, stride }) => (stride === null ? { stride: asGiven(kernel_size) } : {}),
      eg: 'AvgPool1d(2): (2, 3, 8) -> (2, 3, 4)',
    },
  'AvgPool2d(kernel_size: int2, stride: int2? = None, padding: int2 = 0, ceil_mode: bool = False, count_include_pad: bool = True, divisor_override: int? = None)':
    {
      en: 'Average pooling of feature maps: averages each window.',
      zh: '对特征图做平均池化：取每个窗口的平均值。',
      call: 'avg_pool2d(input, kernel_size, stride, padding, ceil_mode, count_include_pad)',
      fields: ({ kernel_size, stride }) => (stride === null ? { stride: asGiven(kernel_size) } : {}),
      eg: 'AvgPool2d(2): (2, 3, 8, 8) -> (2, 3, 4, 4)',
    },
  'AvgPool3d(kernel_size: int3, stride: int3? = None, padding: int3 = 0, ceil_mode: bool = False, count_include_pad: bool = True, divisor_override: int? = None)':
    {
      en: 'Average pooling of volumes: averages each window.',
      zh: '对三维数据做平均池化：取每个窗口的平均值。',
      call: 'avg_pool3d(input, kernel_size, stride, padding, ceil_mode, count_include_pad)',
      fields: ({ kernel_size, stride }) => (stride === null ? { stride: asGiven(kernel_size) } : {}),
      eg: 'AvgPool3d(2): (2, 3, 8, 8, 8) -> (2, 3, 4, 4, 4)',
    },
  'AdaptiveAvgPool1d(output_size: int1)': {
    en: 'Averages sequences down to a given size.',
    zh: '把序列平均池化到给定大小。',
    call: 'adaptive_avg_pool1d(input, output_size)',
    eg: 'AdaptiveAvgPool1d(1): (2, 3, 8) -> (2, 3, 1)',
  },
  'AdaptiveMaxPool1d(output_size: int1, return_indices: bool = False)': {
    en: 'Takes the largest values of sequences down to a given size.',
    zh: '把序列最大池化到给定大小。',
    call: 'adaptive_max_pool1d(input, output_size, return_indices)',
    eg: 'AdaptiveMaxPool1d(1): (2, 3, 8) -> (2, 3, 1)',
  },
  'AdaptiveAvgPool2d(output_size: size2)': {
    en: 'Averages feature maps down to a given size.',
    zh: '把特征图平均池化到给定大小。',
    call: 'adaptive_avg_pool2d(input, output_size)',
    eg: 'AdaptiveAvgPool2d(1): (2, 3, 8, 8) -> (2, 3, 1, 1)',
  },
  'AdaptiveMaxPool2d(output_size: size2, return_indices: bool = False)': {
    en: 'Takes the largest values of feature maps down to a given size.',
    zh: '把特征图最大池化到给定大小。',
    call: 'adaptive_max_pool2d(input, output_size, return_indices)',
    eg: 'AdaptiveMaxPool2d(1): (2, 3, 8, 8) -> (2, 3, 1, 1)',
  },
  'AdaptiveAvgPool3d(output_size: size3)': {
    en: 'Averages volumes down to a given size.',
    zh: '把三维数据平均池化到给定大小。',
    call: 'adaptive_avg_pool3d(input, output_size)',
    eg: 'AdaptiveAvgPool3d(1): (2, 3, 8, 8, 8) -> (2, 3, 1, 1, 1)',
  },
  'AdaptiveMaxPool3d(output_size: size3, return_indices: bool = False)': {
    en: 'Takes the largest values of volumes down to a given size.',
    zh: '把三维数据最大池化到给定大小。',
    call: 'adaptive_max_pool3d(input, output_size, return_indices)',
    eg: 'AdaptiveMaxPool3d(1): (2, 3, 8, 8, 8) -> (2, 3, 1, 1, 1)',
  },
  'LPPool1d(norm_type: number, kernel_size: int1, stride: int1? = None, ceil_mode: bool = False)': {
    en: 'Takes the p-norm of each window.',
    zh: '取每个窗口的 p 范数。',
    call: 'lp_pool1d(input, norm_type, kernel_size, stride, ceil_mode)',
    eg: 'LPPool1d(2, 2): (2, 3, 8) -> (2, 3, 4)',
  },
  'LPPool2d(norm_type: number, kernel_size: int2, stride: int2? = None, ceil_mode: bool = False)': {
    en: 'Takes the p-norm of each window.',
    zh: '取每个窗口的 p 范数。',
    call: 'lp_pool2d(input, norm_type, kernel_size, stride, ceil_mode)',
    eg: 'LPPool2d(2, 2): (2, 3, 8, 8) -> (2, 3, 4, 4)',
  },
  'LPPool3d(norm_type: number, kernel_size: int3, stride: int3? = None, ceil_mode: bool = False)': {
    en: 'Takes the p-norm of each window.',
    zh: '取每个窗口的 p 范数。',
    call: 'lp_pool3d(input, norm_type, kernel_size, stride, ceil_mode)',
    eg: 'LPPool3d(2, 2): (2, 3, 8, 8, 8) -> (2, 3, 4, 4, 4)',
  },
  'MaxUnpool1d(kernel_size: int1, stride: int1? = None, padding: int1 = 0)': {
    en: 'Puts values back to where max pooling took them from.',
    zh: '按最大池化记录的位置放回数值。',
    call: 'max_unpool1d(input, indices, kernel_size, stride, padding, output_size)',
    forward: 'input, indices, output_size=None',
    fields: ({ kernel_size, stride }) => (stride === null ? { stride: asGiven(kernel_size) } : {}),
    eg: 'MaxUnpool1d(2): (2, 3, 4), (2, 3, 4):int64 -> (2, 3, 8)',
  },
  'MaxUnpool2d(kernel_size: int2, stride: int2? = None, padding: int2 = 0)': {
    en: 'Puts values back to where max pooling took them from.',
    zh: '按最大池化记录的位置放回数值。',
    call: 'max_unpool2d(input, indices, kernel_size, stride, padding, output_size)',
    forward: 'input, indices, output_size=None',
    fields: ({ kernel_size, stride }) => (stride === null ? { stride: asGiven(kernel_size) } : {}),
    eg: 'MaxUnpool2d(2): (2, 3, 4, 4), (2, 3, 4, 4):int64 -> (2, 3, 8, 8)',
  },
  'MaxUnpool3d(kernel_size: int3, stride: int3? = None, padding: int3 = 0)': {
    en: 'Puts values back to where max pooling took them from.',
    zh: '按最大池化记录的位置放回数值。',
    call: 'max_unpool3d(input, indices, kernel_size, stride, padding, output_size)',
    forward: 'input, indices, output_size=None',
    fields: ({ kernel_size, stride }) => (stride === null ? { stride: asGiven(kernel_size) } : {}),
    eg: 'MaxUnpool3d(2): (2, 3, 4, 4, 4), (2, 3, 4, 4, 4):int64 -> (2, 3, 8, 8, 8)',
  },
  'FractionalMaxPool2d(kernel_size: int2, output_size: int2? = None, output_ratio: any = None, return_indices: bool = False, _random_samples: any = None)':
    {
      en: 'Max pooling over windows of random places.',
      zh: '窗口位置随机的最大池化。',
      call: 'fractional_max_pool2d(input, kernel_size, output_size, output_ratio, return_indices)',
      eg: 'FractionalMaxPool2d(2, 5): (2, 3, 8, 8) -> (2, 3, 5, 5)',
    },
  'FractionalMaxPool3d(kernel_size: int3, output_size: int3? = None, output_ratio: any = None, return_indices: bool = False, _random_samples: any = None)':
    {
      en: 'Max pooling over windows of random places.',
      zh: '窗口位置随机的最大池化。',
      call: 'fractional_max_pool3d(input, kernel_size, output_size, output_ratio, return_indices)',
      eg: 'FractionalMaxPool3d(2, 5): (2, 3, 8, 8, 8) -> (2, 3, 5, 5, 5)',
    },
});
