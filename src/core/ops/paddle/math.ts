import { keepShape } from '../rows';
import { keepers as torchKeepers, elementMath as torchMath } from '../torch/math';
import { complexParts as torchParts } from '../torch/parts';
import { borrow, needing } from './borrow';

const everywhere = 'paddle paddle.Tensor paddle.tensor';

/** Functions of one number each. */
export const elementMath = needing(
  'number',
  borrow(
    everywhere,
    torchMath,
    'abs acos acosh angle asin asinh atan atanh ceil conj cos cosh digamma erf erfinv exp expm1 floor frac i0 ' +
      'isfinite isinf isnan lgamma log log10 log1p log2 logit reciprocal rsqrt sgn sigmoid sign ' +
      'signbit sin sinc sinh sqrt square tan tanh trunc',
  ),
);

/** Functions that truth values have, too. */
export const truthMath = borrow(everywhere, torchMath, 'bitwise_not isneginf isposinf isreal positive');

/** Their negatives are themselves. */
export const negations = needing(undefined, borrow(everywhere, torchMath, 'neg negative'));

/** Triangles of matrices. */
export const triangles = borrow(everywhere, torchKeepers, 'tril triu');

/** Real and imaginary parts. */
export const complexParts = borrow('paddle paddle.Tensor', torchParts, 'real imag');

/** Functions that only Paddle has, or has under other parameters. */
export const ownMath = keepShape(
  everywhere,
  {
    'round(x: Tensor[*a], decimals: int = 0)': [
      'Rounds to the nearest whole number, or to so many decimals.',
      '取最接近的整数，或保留 decimals 位小数。',
      { dtype: 'same', needs: 'number', inplace: true, twin: { path: 'torch.round' } },
    ],
    'rad2deg(x: Tensor[*a])': [
      'Radians to degrees.',
      '弧度转角度。',
      { inplace: true, twin: { path: 'torch.rad2deg' } },
    ],
    'deg2rad(x: Tensor[*a])': ['Degrees to radians.', '角度转弧度。', { inplace: true }],
    'logical_not(x: Tensor[*a], out: any = None)': [
      'True where zero.',
      '是否为零（逻辑非）。',
      { dtype: 'bool', inplace: 'becomes', twin: { path: 'torch.logical_not' } },
    ],
    'stanh(x: Tensor[*a], scale_a: float = 0.67, scale_b: float = 1.7159)': [
      'Scaled hyperbolic tangent.',
      '带缩放的双曲正切。',
      { dtype: 'float', formula: 'y = b·tanh(a·x)' },
    ],
    'nan_to_num(x: Tensor[*a], nan: any = 0.0, posinf: any = None, neginf: any = None)': [
      'Replaces what is no number, and infinities, by numbers.',
      '把 NaN 与无穷替换为有限数。',
      { dtype: 'same', needs: 'number', inplace: true },
    ],
    'bernoulli(x: Tensor[*a], p: any = None)': [
      'Draws 0 or 1, each element being the probability of 1.',
      '以各元素为概率抽取 0 或 1。',
      { dtype: 'same', inplace: true },
    ],
    'poisson(x: Tensor[*a])': ['Draws from Poisson distributions.', '从泊松分布抽样。', { dtype: 'same' }],
    'detach(x: Tensor[*a], **)': [
      'Cuts the tensor from the gradient.',
      '从计算图中分离，不再传梯度。',
      { dtype: 'same', inplace: true },
    ],
    'clone(x: Tensor[*a], **)': ['Copies the tensor.', '复制一份。', { dtype: 'same' }],
  },
  { lib: 'paddle', python: true },
);
