import { type Dim, mul, product, same } from '../../dims';
import type { Shape } from '../../shapes';
import type { TensorArg } from '../arg';
import { type Call, needFits, refuse } from '../call';
import { fault } from '../codes';
import { layers, ops } from '../rows';
import { needNotNegative, needPositive } from '../rules/checks';

/** The bias must broadcast to the result without making it larger. */
const needBias = (call: Call, bias: TensorArg | null, result: Shape): void => {
  if (!bias || bias.shape.rest || result.rest) return;
  const clash = fault('expand-mismatch', { op: call.op, from: bias.shape, to: result }, 'bias');
  if (bias.shape.dims.length > result.dims.length) {
    refuse(call, clash);
    return;
  }
  needFits(call, bias.shape, result, clash);
};

/** Products with a weight matrix. */
export const linearFunctions = ops('torch.nn.functional torch._C._nn', {
  'linear(input: Tensor[*b, i], weight: Tensor[o, i], bias: Tensor? = None) -> Tensor[*b, o]': {
    en: 'Maps the last axis with a weight matrix.',
    zh: '用权重矩阵线性变换最后一维。',
    formula: 'y = x·Wᵀ + b',
    faults: { i: 'feature-mismatch' },
    alike: 'input weight bias',
    check: ({ bias, b, o }, call) => {
      needBias(call, bias, { ...b, dims: [...b.dims, o] });
    },
    flops: ({ b, i, o }): Dim | undefined => (b.rest ? undefined : mul(2, mul(product(b.dims), mul(i, o)))),
    eg: [
      '(8, 10), (4, 10) -> (8, 4)',
      '(2, 3, 10), (4, 10), (4) -> (2, 3, 4)',
      '(8, 9), (4, 10) -> !feature-mismatch',
      '(4, 6), (7, 6), (9) -> !expand-mismatch',
      '(8, 10):int64, (4, 10) -> !dtype-mismatch',
    ],
  },
  'linear(input: Tensor[*b, i], weight: Tensor[i], bias: Tensor? = None) -> Tensor[*b]': {
    en: 'Weighted sum of the last axis.',
    zh: '对最后一维加权求和。',
    faults: { i: 'feature-mismatch' },
    eg: '(8, 10), (10) -> (8)',
  },
  'bilinear(input1: Tensor[*b, i], input2: Tensor[*b, j], weight: Tensor[o, i, j], bias: Tensor[o]? = None) -> Tensor[*b, o]':
    {
      en: 'Weighted sum of all products of two inputs.',
      zh: '对两个输入的所有乘积加权求和。',
      formula: 'yₒ = x₁ᵀ·Wₒ·x₂ + bₒ',
      faults: { i: 'feature-mismatch', j: 'feature-mismatch', o: 'bias-mismatch' },
      alike: 'input1 input2 weight bias',
      check: ({ input1, input2 }, call) => {
        const a = input1.shape.dims.slice(0, -1);
        const b = input2.shape.dims.slice(0, -1);
        if (input1.shape.rest || input2.shape.rest || a.every((d, i) => typeof d !== 'number' || same(d, b[i] ?? -1)))
          return;
        refuse(
          call,
          fault('shape-mismatch', { op: call.op, left: input1.shape, right: input2.shape }, 'input1', 'input2'),
        );
      },
      flops: ({ b, i, j, o }) => (b.rest ? undefined : product([2, ...b.dims, i, j, o])),
      eg: ['(2, 3), (2, 4), (5, 3, 4) -> (2, 5)', '(2, 4), (2, 4), (5, 3, 4) -> !feature-mismatch'],
    },
});

/** Fully connected layers. */
export const linearLayers = layers('torch.nn torch.nn.modules torch.nn.modules.linear', {
  'Linear(in_features: int, out_features: int, bias: bool = True, device: any = None, dtype: any = None)': {
    en: 'Fully connected layer: mixes the features of the last axis.',
    zh: '全连接层：线性组合最后一维的特征。',
    formula: 'y = x·Wᵀ + b',
    call: 'linear(input, weight, bias)',
    check: ({ in_features, out_features }, call) => {
      needNotNegative(call, 'in_features', [in_features]);
      needNotNegative(call, 'out_features', [out_features]);
    },
    params: ({ in_features: i, out_features: o, bias }) => ({ weight: [o, i], bias: bias && [o] }),
    init: { weight: 'fan-in', bias: 'bias-fan-in' },
    eg: [
      'Linear(10, 4): (8, 10) -> (8, 4)',
      'Linear(10, 4, bias=False): (2, 3, 10) -> (2, 3, 4)',
      'Linear(-1, 4): (2) -> !negative',
    ],
  },
  'NonDynamicallyQuantizableLinear(in_features: int, out_features: int, bias: bool = True, device: any = None, dtype: any = None)':
    {
      en: 'Fully connected layer that quantisation leaves alone.',
      zh: '不参与动态量化的全连接层。',
      call: 'linear(input, weight, bias)',
      params: ({ in_features: i, out_features: o, bias }) => ({ weight: [o, i], bias: bias && [o] }),
      init: { weight: 'fan-in', bias: 'bias-fan-in' },
      eg: 'NonDynamicallyQuantizableLinear(10, 4): (8, 10) -> (8, 4)',
    },
  'Bilinear(in1_features: int, in2_features: int, out_features: int, bias: bool = True, device: any = None, dtype: any = None)':
    {
      en: 'Weighted sum of all products of two inputs.',
      zh: '双线性层：对两个输入的所有乘积加权求和。',
      formula: 'yₒ = x₁ᵀ·Wₒ·x₂ + bₒ',
      call: 'bilinear(input1, input2, weight, bias)',
      check: ({ in1_features }, call) => needPositive(call, 'in1_features', [in1_features]),
      params: ({ in1_features: i, in2_features: j, out_features: o, bias }) => ({
        weight: [o, i, j],
        bias: bias && [o],
      }),
      init: { weight: 'last-axis', bias: 'last-axis' },
      eg: 'Bilinear(3, 4, 5): (2, 3), (2, 4) -> (2, 5)',
    },
  'Identity(...)': {
    en: 'Gives its input back.',
    zh: '恒等层：原样返回输入。',
    call: '_identity(input)',
    eg: 'Identity(): (2, 3) -> (2, 3)',
  },
});
