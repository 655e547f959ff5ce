import type { Table } from '../rows';
import { keepShape, ops } from '../rows';
import { needProbability } from '../rules/checks';

const float = { dtype: 'float', inplace: true } as const;
const same = { dtype: 'same', inplace: true } as const;
const flag = { dtype: 'bool' } as const;
const real = { ...float, needs: 'real' } as const;
const rounded = { ...same, needs: 'real number' } as const;

/** Functions of one number applied to each element. */
export const elementMath: Table = keepShape('torch torch.Tensor', {
  abs: ['Takes the absolute value.', '取绝对值。', { dtype: 'real', needs: 'number', inplace: true }],
  absolute: ['Takes the absolute value.', '取绝对值。', { dtype: 'real', needs: 'number', inplace: true }],
  acos: ['Arc cosine.', '反余弦。', float],
  arccos: ['Arc cosine.', '反余弦。', float],
  acosh: ['Inverse hyperbolic cosine.', '反双曲余弦。', float],
  arccosh: ['Inverse hyperbolic cosine.', '反双曲余弦。', float],
  angle: ['Angle of a complex number.', '复数的辐角。', { dtype: 'unknown' }],
  asin: ['Arc sine.', '反正弦。', float],
  arcsin: ['Arc sine.', '反正弦。', float],
  asinh: ['Inverse hyperbolic sine.', '反双曲正弦。', float],
  arcsinh: ['Inverse hyperbolic sine.', '反双曲正弦。', float],
  atan: ['Arc tangent.', '反正切。', float],
  arctan: ['Arc tangent.', '反正切。', float],
  atanh: ['Inverse hyperbolic tangent.', '反双曲正切。', float],
  arctanh: ['Inverse hyperbolic tangent.', '反双曲正切。', float],
  bitwise_not: ['Flips every bit.', '按位取反。', { ...same, needs: 'whole', eg: '(2, 3):int64 -> (2, 3)' }],
  ceil: ['Rounds up.', '向上取整。', rounded],
  conj: ['Complex conjugate.', '取共轭复数。', { dtype: 'same', layout: 'unknown' }],
  conj_physical: ['Complex conjugate.', '取共轭复数。', same],
  cos: ['Cosine.', '余弦。', float],
  cosh: ['Hyperbolic cosine.', '双曲余弦。', float],
  deg2rad: ['Degrees to radians.', '角度转弧度。', real],
  digamma: ['Digamma function, the slope of log Γ.', 'digamma 函数（log Γ 的导数）。', real],
  erf: ['Error function.', '误差函数。', real],
  erfc: ['Complement of the error function.', '互补误差函数。', real],
  erfinv: ['Inverse of the error function.', '误差函数的反函数。', real],
  exp: ['Exponential.', '指数 eˣ。', { ...float, formula: 'y = eˣ' }],
  exp2: ['Power of 2.', '2 的幂。', { ...float, formula: 'y = 2ˣ' }],
  expm1: ['Exponential minus 1, exact near 0.', 'eˣ − 1，在 0 附近仍精确。', float],
  fix: ['Cuts the fraction off.', '去掉小数部分。', rounded],
  floor: ['Rounds down.', '向下取整。', rounded],
  frac: ['Keeps the fraction.', '取小数部分。', { ...same, needs: 'real float' }],
  i0: ['Modified Bessel function of order 0.', '零阶修正贝塞尔函数。', real],
  isfinite: ['True where the number is finite.', '是否为有限数。', flag],
  isinf: ['True where the number is infinite.', '是否为无穷大。', flag],
  isnan: ['True where it is not a number.', '是否为 NaN。', flag],
  isneginf: ['True where it is minus infinity.', '是否为负无穷。', { ...flag, needs: 'real' }],
  isposinf: ['True where it is plus infinity.', '是否为正无穷。', { ...flag, needs: 'real' }],
  isreal: ['True where the imaginary part is 0.', '虚部是否为 0。', flag],
  lgamma: ['Logarithm of the gamma function.', 'Γ 函数的对数。', real],
  log: ['Natural logarithm.', '自然对数。', float],
  log10: ['Logarithm to base 10.', '以 10 为底的对数。', float],
  log1p: ['log(1 + x), exact near 0.', 'log(1 + x)，在 0 附近仍精确。', float],
  log2: ['Logarithm to base 2.', '以 2 为底的对数。', float],
  logical_not: ['Swaps true and false.', '逻辑非。', { dtype: 'bool', inplace: true }],
  'logit(input: Tensor[*a], eps: float? = None)': ['Inverse of the sigmoid.', 'sigmoid 的反函数。', real],
  'mvlgamma(input: Tensor[*a], p: int)': [
    'Logarithm of the multivariate gamma function.',
    '多元 Γ 函数的对数。',
    { ...float, needs: 'real number', eg: '(2, 3), 2 -> (2, 3)' },
  ],
  'nan_to_num(input: Tensor[*a], nan: float? = None, posinf: float? = None, neginf: float? = None)': [
    'Replaces NaN and infinities by numbers.',
    '把 NaN 和无穷大换成有限数。',
    same,
  ],
  neg: ['Changes the sign.', '取相反数。', { ...same, needs: 'number' }],
  negative: ['Changes the sign.', '取相反数。', { ...same, needs: 'number' }],
  positive: ['Gives the tensor back.', '原样返回。', { dtype: 'same', needs: 'number' }],
  rad2deg: ['Radians to degrees.', '弧度转角度。', real],
  reciprocal: ['One over x.', '取倒数。', { ...float, formula: 'y = 1/x' }],
  resolve_conj: ['Writes a pending conjugate out.', '落实尚未执行的共轭。', { dtype: 'same' }],
  resolve_neg: ['Writes a pending sign change out.', '落实尚未执行的取负。', { dtype: 'same' }],
  'round(input: Tensor[*a], *, decimals: int = 0)': [
    'Rounds to the nearest number, halves to the even one.',
    '舍入到最近的数，.5 取偶数。',
    rounded,
  ],
  rsqrt: ['One over the square root.', '平方根的倒数。', { ...float, formula: 'y = 1/√x' }],
  sgn: ['Sign, for complex numbers the direction.', '符号；复数则为方向。', same],
  sigmoid: ['Squashes to between 0 and 1.', '压缩到 0 与 1 之间。', { ...float, formula: 'y = 1/(1 + e⁻ˣ)' }],
  sign: ['Sign: −1, 0 or 1.', '符号：−1、0 或 1。', { ...same, needs: 'real' }],
  signbit: ['True where the sign is minus.', '符号位是否为负。', { ...flag, needs: 'real' }],
  sin: ['Sine.', '正弦。', float],
  sinc: ['Normalised sinc, sin(πx)/(πx).', '归一化 sinc 函数 sin(πx)/(πx)。', float],
  sinh: ['Hyperbolic sine.', '双曲正弦。', float],
  sqrt: ['Square root.', '平方根。', { ...float, formula: 'y = √x' }],
  square: ['Square.', '平方。', { ...same, formula: 'y = x²' }],
  tan: ['Tangent.', '正切。', float],
  tanh: ['Hyperbolic tangent: squashes to between −1 and 1.', '双曲正切：压缩到 −1 与 1 之间。', float],
  trunc: ['Cuts the fraction off.', '去掉小数部分。', rounded],
});

const special = { dtype: 'float', needs: 'real' } as const;

/** `torch.special`: the same functions under their mathematical names. */
export const specialMath: Table = keepShape('torch.special', {
  digamma: ['Digamma function.', 'digamma 函数。', special],
  entr: ['Entropy of each element: −x·log x.', '逐元素的熵：−x·log x。', special],
  erf: ['Error function.', '误差函数。', special],
  erfc: ['Complement of the error function.', '互补误差函数。', special],
  erfinv: ['Inverse of the error function.', '误差函数的反函数。', special],
  exp2: ['Power of 2.', '2 的幂。', { dtype: 'float' }],
  expit: ['Squashes to between 0 and 1.', '压缩到 0 与 1 之间。', { dtype: 'float' }],
  expm1: ['Exponential minus 1.', 'x 的指数减 1。', { dtype: 'float' }],
  gammaln: ['Logarithm of the gamma function.', 'Γ 函数的对数。', special],
  i0: ['Modified Bessel function of order 0.', '零阶修正贝塞尔函数。', special],
  i1: ['Modified Bessel function of order 1.', '一阶修正贝塞尔函数。', special],
  log1p: ['Logarithm of 1 + x.', '1 + x 的对数。', { dtype: 'float' }],
  ndtr: ['Area under the normal curve up to x.', '标准正态分布函数。', special],
  ndtri: ['Inverse of the normal distribution function.', '标准正态分布函数的反函数。', special],
  psi: ['Digamma function.', 'digamma 函数。', special],
  sinc: ['Normalised sinc, sin(πx)/(πx).', '归一化 sinc 函数 sin(πx)/(πx)。', { dtype: 'float' }],
});

/** Copies and detached tensors. */
export const copies: Table = keepShape('torch torch.Tensor', {
  detach: ['Cuts the tensor from the gradient.', '从计算图中分离，不再传梯度。', same],
  'clone(input: Tensor[*a], *, memory_format: any = None)': ['Copies the tensor.', '复制一份。', { dtype: 'same' }],
});

/** Functions of matrices and of random draws that keep the shape. */
export const keepers: Table = ops('torch torch.Tensor', {
  'tril(input: Tensor[*b, h, w], diagonal: int = 0) -> Tensor[*b, h, w]': {
    en: 'Keeps the lower triangle of each matrix and zeroes the rest.',
    zh: '保留每个矩阵的下三角，其余置零。',
    dtype: 'same',
    inplace: true,
    eg: ['(2, 3, 3) -> (2, 3, 3)', '(3) -> !rank-mismatch'],
  },
  'triu(input: Tensor[*b, h, w], diagonal: int = 0) -> Tensor[*b, h, w]': {
    en: 'Keeps the upper triangle of each matrix and zeroes the rest.',
    zh: '保留每个矩阵的上三角，其余置零。',
    dtype: 'same',
    inplace: true,
    eg: '(2, 3, 3), 1 -> (2, 3, 3)',
  },
  'bernoulli(input: Tensor[*a], *, generator: any = None) -> Tensor[*a]': {
    needs: 'real',
    en: 'Draws 0 or 1, each element being the probability of 1.',
    zh: '以各元素为概率抽取 0 或 1。',
    dtype: 'same',
    inplace: true,
    eg: '(2, 3) -> (2, 3)',
  },
  'bernoulli(input: Tensor[*a], p: operand, *, generator: any = None) -> Tensor[*a]': {
    en: 'Draws 0 or 1 with probability p of 1.',
    check: ({ p }, call) => needProbability(call, p, 'p'),
    zh: '以概率 p 抽取 1，否则为 0。',
    dtype: 'same',
    inplace: true,
    eg: '(2, 3), 0.5 -> (2, 3)',
  },
});
