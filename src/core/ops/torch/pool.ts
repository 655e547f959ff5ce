import type { Dim } from '../../dims';
import { tensor } from '../call';
import { layers, ops } from '../rows';
import { pooled } from '../rules/pool';

export const poolFunctions = ops(
  'torch.nn.functional',
  {
    'max_pool2d(input: Tensor[b?, c, h, w], kernel_size: int2, stride: int2? = None, padding: int2 = 0, dilation: int2 = 1, ceil_mode: bool = False, return_indices: bool = False) -> any':
      {
        en: 'Takes the largest value of each window.',
        zh: '取每个窗口内的最大值。',
        value: ({ input, b, c, h, w, kernel_size, stride, padding, dilation, ceil_mode, return_indices }, call) => {
          const how = { kernel: kernel_size, stride: stride ?? kernel_size, padding, dilation, ceilMode: ceil_mode };
          const out: readonly Dim[] = pooled(call, ['H', 'W'], [h, w], how);
          const shape = { dims: [...(b === null ? [] : [b]), c, ...out] };
          const max = tensor(call.lib, shape, { ...(input.dtype ? { dtype: input.dtype } : {}) });
          return return_indices ? { kind: 'tuple', items: [max, tensor(call.lib, shape, { dtype: 'int64' })] } : max;
        },
        eg: ['(2, 3, 8, 8), 2 -> (2, 3, 4, 4)', '(2, 3, 8, 8), 3, 2, 1 -> (2, 3, 4, 4)'],
      },
  },
  { python: true },
);

export const poolLayers = layers('torch.nn torch.nn.modules torch.nn.modules.pooling', {
  'MaxPool2d(kernel_size: int2, stride: int2? = None, padding: int2 = 0, dilation: int2 = 1, return_indices: bool = False, ceil_mode: bool = False)':
    {
      en: 'Takes the largest value of each window.',
      zh: '取每个窗口内的最大值。',
      call: 'max_pool2d(input, kernel_size, stride, padding, dilation, ceil_mode, return_indices)',
      eg: 'MaxPool2d(2): (2, 3, 8, 8) -> (2, 3, 4, 4)',
    },
});
