import { type Dim, mul, product } from '../../dims';
import type { Shape } from '../../shapes';
import type { TensorArg } from '../arg';
import { broadcastAll, type Call, need, refuse } from '../call';
import { fault } from '../codes';
import { isFloat } from '../dtypes';
import { layers, ops } from '../rows';
import { needNotNegative } from '../rules/checks';
import { asked } from '../rules/format';
import { matmul } from '../rules/matmul';
import { needFractions } from '../rules/rnn';
import { twin } from './twin';

const paddle = { lib: 'paddle' } as const;
const transposed = [
  'its weight is [out, in], here [in, out]: transpose it when you carry weights over.',
  '权重形状为 [out, in]，这里是 [in, out]，搬运权重时须转置。',
] as const;

/** Products with a weight matrix `[in, out]`. */
export const linearFunctions = ops(
  'paddle.nn.functional paddle.nn.functional.common',
  {
    'linear(x: Tensor[*b, i], weight: Tensor[i, o], bias: Tensor? = None, name: any = None) -> Tensor': {
      ...twin('torch.nn.functional.linear', transposed),
      formula: 'y = x·W + b',
      faults: { i: 'feature-mismatch' },
      check: ({ x, weight }, call) => needType(call, x, weight),
      shape: ({ b, o, bias }, call) => biased(call, { ...b, dims: [...b.dims, o] }, bias),
      flops: ({ b, i, o }): Dim | undefined => (b.rest ? undefined : mul(2, mul(product(b.dims), mul(i, o)))),
      eg: [
        '(8, 10), (10, 4) -> (8, 4)',
        '(2, 3, 10), (10, 4), (4) -> (2, 3, 4)',
        '(8, 10), (4, 10) -> !feature-mismatch',
        '(8, 10):int64, (10, 4) -> !dtype-refused',
        '(8, 10):float64, (10, 4) -> !dtype-mismatch',
      ],
    },
    'linear(x: Tensor, weight: Tensor, bias: Tensor? = None, name: any = None) -> Tensor': {
      ...twin('torch.nn.functional.linear'),
      check: ({ x, weight }, call) => needType(call, x, weight),
      shape: ({ x, weight, bias }, call) => {
        const shape = matmul(call, x, weight);
        return shape && biased(call, shape, bias);
      },
      eg: ['(2, 3), (3) -> (2)', '(5, 2, 3), (5, 3, 4) -> (5, 2, 4)'],
    },
    'bilinear(x1: Tensor[n, i], x2: Tensor[n, j], weight: Tensor[o, i, j], bias: Tensor[1, o]? = None, name: any = None) -> Tensor[n, o]':
      {
        ...twin('torch.nn.functional.bilinear', [
          'its bias is [out], here [1, out].',
          '其偏置为 [out]，这里是 [1, out]。',
        ]),
        faults: { i: 'feature-mismatch', j: 'feature-mismatch', n: 'batch-mismatch', o: 'bias-mismatch' },
        alike: 'x1 x2 weight bias',
        flops: ({ n, i, j, o }) => product([2, n, i, j, o]),
        eg: ['(2, 3), (2, 4), (5, 3, 4) -> (2, 5)', '(2, 4), (2, 4), (5, 3, 4) -> !feature-mismatch'],
      },
  },
  paddle,
);

/** Fractions of one width; a weight of whole numbers is converted, an input of them is not. */
const needType = (call: Call, x: TensorArg, weight: TensorArg): void => {
  needFractions(call, x, 'x');
  const [left, right] = [x.dtype, weight.dtype];
  if (left === undefined || right === undefined || (left === 'float64') === (right === 'float64')) return;
  if (isFloat(left) && isFloat(right))
    refuse(call, fault('dtype-mismatch', { op: call.op, left, right }, 'x', 'weight'));
};

/** The bias is added with broadcasting. */
const biased = (call: Call, shape: Shape, bias: TensorArg | null): Shape | undefined => {
  if (!bias) return shape;
  const outer = shape.dims.at(-1) ?? 1;
  const found = bias.shape.dims.at(-1);
  if (bias.shape.rest || bias.shape.dims.length !== 1 || found === undefined || found === 1)
    return broadcastAll(call, [shape, bias.shape], (left, right) =>
      fault('expand-mismatch', { op: call.op, from: right, to: left }, 'bias'),
    );
  if (outer === 1) return { ...shape, dims: [...shape.dims.slice(0, -1), found] };
  const data = { op: call.op, axis: 'o', expected: outer, found };
  need(call, { kind: 'eq', left: outer, right: found }, fault('bias-mismatch', data, 'bias'));
  return shape;
};

/** Fully connected layers. */
export const linearLayers = layers(
  'paddle.nn paddle.nn.layer paddle.nn.layer.common',
  {
    'Linear(in_features: int, out_features: int, weight_attr: any = None, bias_attr: any = None, name: any = None)': {
      ...twin('torch.nn.Linear', transposed),
      formula: 'y = x·W + b',
      call: 'linear(input, weight, bias)',
      check: ({ in_features, out_features }, call) => {
        needNotNegative(call, 'in_features', [in_features]);
        needNotNegative(call, 'out_features', [out_features]);
      },
      params: ({ in_features: i, out_features: o, weight_attr, bias_attr }) => ({
        weight: asked(weight_attr) && [i, o],
        bias: asked(bias_attr) && [o],
      }),
      init: { weight: 'xavier-uniform', bias: 'zeros' },
      eg: [
        'Linear(10, 4): (8, 10) -> (8, 4)',
        'Linear(10, 4, bias_attr=False): (2, 3, 10) -> (2, 3, 4)',
        'Linear(10, 4): (8, 9) -> !feature-mismatch',
        'Linear(10, 4, bias=False): (8, 10) -> !unexpected-keyword',
      ],
    },
    'Bilinear(in1_features: int, in2_features: int, out_features: int, weight_attr: any = None, bias_attr: any = None, name: any = None)':
      {
        ...twin('torch.nn.Bilinear', ['its bias is [out], here [1, out].', '其偏置为 [out]，这里是 [1, out]。']),
        call: 'bilinear(x1, x2, weight, bias)',
        params: ({ in1_features: i, in2_features: j, out_features: o, bias_attr }) => ({
          weight: [o, i, j],
          bias: asked(bias_attr) && [1, o],
        }),
        init: { weight: 'xavier-uniform', bias: 'zeros' },
        eg: 'Bilinear(3, 4, 5): (2, 3), (2, 4) -> (2, 5)',
      },
    'Identity(...)': {
      ...twin('torch.nn.Identity'),
      call: '_identity(input)',
      eg: 'Identity(): (2, 3) -> (2, 3)',
    },
  },
  paddle,
);
