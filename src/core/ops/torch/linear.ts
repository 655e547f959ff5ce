import { type Dim, mul, product } from '../../dims';
import { layers, ops } from '../rows';

export const linearFunctions = ops('torch.nn.functional', {
  'linear(input: Tensor[*b, i], weight: Tensor[o, i], bias: Tensor[o]? = None) -> Tensor[*b, o]': {
    en: 'Maps the last axis with a weight matrix.',
    zh: '用权重矩阵线性变换最后一维。',
    formula: 'y = x·Wᵀ + b',
    faults: { i: 'feature-mismatch', o: 'bias-mismatch' },
    flops: ({ b, i, o }): Dim => mul(2, mul(product(b.dims), mul(i, o))),
    eg: ['(8, 10), (4, 10) -> (8, 4)', '(2, 3, 10), (4, 10), (4) -> (2, 3, 4)', '(8, 9), (4, 10) -> !feature-mismatch'],
  },
});

export const linearLayers = layers('torch.nn torch.nn.modules torch.nn.modules.linear', {
  'Linear(in_features: int, out_features: int, bias: bool = True, device: any = None, dtype: any = None)': {
    en: 'Fully connected layer: mixes the features of the last axis.',
    zh: '全连接层：线性组合最后一维的特征。',
    formula: 'y = x·Wᵀ + b',
    call: 'linear(input, weight, bias)',
    params: ({ in_features: i, out_features: o, bias }) => ({ weight: [o, i], bias: bias && [o] }),
    init: { weight: 'fan-in', bias: 'bias-fan-in' },
    eg: ['Linear(10, 4): (8, 10) -> (8, 4)', 'Linear(10, 4, bias=False): (2, 3, 10) -> (2, 3, 4)'],
  },
});
