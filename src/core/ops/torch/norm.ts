import type { Dim } from '../../dims';
import { type Call, need } from '../call';
import { fault } from '../codes';
import { layers, ops } from '../rows';

const owned = (call: Call, found: Dim, expected: Dim, name: string): void =>
  need(
    call,
    { kind: 'eq', left: expected, right: found },
    fault('channel-mismatch', { op: call.op, axis: 'c', expected, found }, name),
  );

export const normFunctions = ops(
  'torch.nn.functional',
  {
    'batch_norm(input: Tensor[b, c, *s], running_mean: Tensor[c]?, running_var: Tensor[c]?, weight: Tensor[c]? = None, bias: Tensor[c]? = None, training: bool = False, momentum: float = 0.1, eps: float = 1e-05) -> Tensor[b, c, *s]':
      {
        en: 'Shifts and scales each channel to mean 0 and variance 1.',
        zh: '把每个通道平移、缩放到均值 0、方差 1。',
        formula: 'y = γ·(x − μ)/√(σ² + ε) + β',
        faults: { c: 'channel-mismatch' },
        eg: '(2, 3, 4, 4), (3), (3) -> (2, 3, 4, 4)',
      },
  },
  { python: true },
);

export const normFixed = ops('torch._nn', {
  'batch_norm2d(input: Tensor[b, c, h, w], running_mean: Tensor[c]?, running_var: Tensor[c]?, weight: Tensor[c]?, bias: Tensor[c]?, num_features: int, training: bool) -> Tensor[b, c, h, w]':
    {
      en: 'Batch normalisation of feature maps.',
      zh: '对特征图做批归一化。',
      faults: { c: 'channel-mismatch' },
      where: ({ c, num_features, weight, running_mean }, call) => {
        if (weight || running_mean) owned(call, c, num_features, 'input');
      },
      eg: '(2, 3, 4, 4), (3), (3), None, None, 3, False -> (2, 3, 4, 4)',
    },
});

export const normLayers = layers('torch.nn torch.nn.modules torch.nn.modules.batchnorm', {
  'BatchNorm2d(num_features: int, eps: float = 1e-05, momentum: float? = 0.1, affine: bool = True, track_running_stats: bool = True, device: any = None, dtype: any = None)':
    {
      en: 'Batch normalisation of feature maps: each channel over batch, height and width.',
      zh: '对特征图做批归一化：每个通道在批次、高、宽上归一化。',
      formula: 'y = γ·(x − μ)/√(σ² + ε) + β',
      call: 'batch_norm2d(input, running_mean, running_var, weight, bias, num_features, training)',
      params: ({ num_features: c, affine }) => ({ weight: affine && [c], bias: affine && [c] }),
      buffers: ({ num_features: c, track_running_stats: track }) => ({
        running_mean: track && [c],
        running_var: track && [c],
        num_batches_tracked: track && [],
      }),
      init: { weight: 'ones', bias: 'zeros', running_mean: 'zeros', running_var: 'ones', num_batches_tracked: 'zeros' },
      eg: 'BatchNorm2d(3): (2, 3, 4, 4) -> (2, 3, 4, 4)',
    },
});
