import { type Dim, min, product } from '../../dims';
import { axis, type Shape, shapeOf } from '../../shapes';
import type { Arg, TensorArg } from '../arg';
import { type Call, giveUp, holds, need, refuse, tensor } from '../call';
import { fault } from '../codes';
import { ops } from '../rows';
import { reduced } from '../rules/reduce';
import { typed } from '../rules/view';
import { chained } from './matmul';

/** A batch of square matrices. */
const needSquare = (call: Call, shape: Shape, n: Dim, m: Dim): void =>
  need(call, { kind: 'eq', left: n, right: m }, fault('not-square', { op: call.op, shape }, 'A'));

const square = (en: string, zh: string) => ({
  en,
  zh,
  needs: 'float' as const,
  layout: 'unknown' as const,
  check: ({ A, n, m }: Matrices, call: Call): void => needSquare(call, A.shape, n, m),
  eg: ['(2, 3, 3) -> (2, 3, 3)', '(2, 3, 4) -> !not-square', '(3) -> !rank-mismatch'],
});

/** Norms of matrices: those of rows, columns and singular values. */
const needOrder = (call: Call, order: Arg, name: string): void => {
  if (order.kind !== 'int' || typeof order.value !== 'number' || [1, 2].includes(Math.abs(order.value))) return;
  const data = { op: call.op, argument: name, choices: '±1, ±2, ±∞, fro, nuc', found: `${order.value}` };
  refuse(call, fault('value-choice', data, name));
};

interface Matrices {
  readonly A: TensorArg;
  readonly b: Shape;
  readonly n: Dim;
  readonly m: Dim;
}

const parts = (call: Call, A: TensorArg, shapes: readonly Shape[], names?: readonly string[]): Arg => ({
  kind: 'tuple',
  items: shapes.map((shape) => tensor(call.lib, shape, typed(A))),
  ...(names ? { names } : {}),
});

const matrix = (b: Shape, ...dims: readonly Dim[]): Shape => ({ ...b, dims: [...b.dims, ...dims] });

/** Multiply–adds × 2 of a power of a matrix: squarings, and a product for each further bit of the exponent. */
const powerFlops = ({ dims, rest }: Shape, power: Dim, size: Dim): Dim | undefined => {
  if (rest || typeof power !== 'number' || power < 1) return undefined;
  const bits = power.toString(2);
  const products = bits.length - 2 + bits.replaceAll('0', '').length;
  return product([2, products, ...dims, size]);
};

/** Decompositions and solutions. */
export const linalg = ops('torch.linalg', {
  'inv(A: Tensor[*b, n, m]) -> Tensor[*b, n, m]': square('Inverse of each matrix.', '每个矩阵的逆。'),
  'cholesky(A: Tensor[*b, n, m], *, upper: bool = False) -> Tensor[*b, n, m]': square(
    'Cholesky factor of each matrix.',
    '每个矩阵的 Cholesky 分解。',
  ),
  'matrix_exp(A: Tensor[*b, n, m]) -> Tensor[*b, n, m]': square('Exponential of each matrix.', '每个矩阵的矩阵指数。'),
  'matrix_power(input: Tensor[*b, r, c], n: int) -> Tensor[*b, r, c]': {
    ...square('Power of each matrix.', '每个矩阵的幂。'),
    needs: 'number',
    check: ({ input, r, c }, call) => needSquare(call, input.shape, r, c),
    flops: ({ input, n, r }) => powerFlops(input.shape, n, r),
    eg: ['(2, 3, 3), 2 -> (2, 3, 3)', '(2, 3, 4), 2 -> !not-square'],
  },
  'pinv(input: Tensor[*b, n, m], rcond: any, hermitian: bool = False) -> Tensor[*b, m, n]': {
    needs: 'float',
    en: 'Pseudo-inverse of each matrix, small singular values taken for 0.',
    zh: '每个矩阵的伪逆，过小的奇异值视为 0。',
    layout: 'unknown',
    eg: '(2, 3, 4), 0.1 -> (2, 4, 3)',
  },
  'pinv(A: Tensor[*b, n, m], *, atol: any = None, rtol: any = None, hermitian: bool = False) -> Tensor[*b, m, n]': {
    needs: 'float',
    en: 'Pseudo-inverse of each matrix.',
    zh: '每个矩阵的伪逆。',
    layout: 'unknown',
    eg: '(2, 3, 4) -> (2, 4, 3)',
  },
  'det(A: Tensor[*b, n, m]) -> Tensor[*b]': {
    en: 'Determinant of each matrix.',
    zh: '每个矩阵的行列式。',
    needs: 'float',
    check: ({ A, n, m }, call) => needSquare(call, A.shape, n, m),
    aliases: ['torch.det', 'torch.Tensor.det', 'torch.logdet', 'torch.Tensor.logdet'],
    eg: ['(2, 3, 3) -> (2)', '(3, 4) -> !not-square'],
  },
  'slogdet(A: Tensor[*b, n, m]) -> any': {
    en: 'Sign and logarithm of each determinant.',
    zh: '行列式的符号与对数。',
    value: ({ A, b, n, m }, call) => {
      needSquare(call, A.shape, n, m);
      return parts(call, A, [b, b], ['sign', 'logabsdet']);
    },
    aliases: ['torch.slogdet', 'torch.Tensor.slogdet'],
    eg: '(2, 3, 3) -> ((2), (2))',
  },
  'matrix_rank(A: Tensor[*b, n, m], tol: any = None, hermitian: bool = False, *, atol: any = None, rtol: any = None) -> Tensor[*b]':
    {
      en: 'Rank of each matrix.',
      zh: '每个矩阵的秩。',
      dtype: 'int64',
      eg: '(2, 3, 4) -> (2)',
    },
  'cond(A: Tensor[*b, n, m], p: any = None) -> Tensor[*b]': {
    en: 'Condition number of each matrix.',
    zh: '每个矩阵的条件数。',
    check: ({ p }, call) => needOrder(call, p, 'p'),
    eg: '(2, 3, 3) -> (2)',
  },
  'svd(A: Tensor[*b, n, m], full_matrices: bool = True, *, driver: any = None) -> any': {
    en: 'Singular value decomposition.',
    zh: '奇异值分解。',
    value: ({ A, b, n, m, full_matrices }, call) => {
      const k = min(n, m);
      const left = matrix(b, n, full_matrices ? n : k);
      return parts(call, A, [left, matrix(b, k), matrix(b, full_matrices ? m : k, m)], ['U', 'S', 'Vh']);
    },
    eg: ['(2, 3, 4) -> ((2, 3, 3), (2, 3), (2, 4, 4))', '(3, 4), False -> ((3, 3), (3), (3, 4))'],
  },
  'svdvals(A: Tensor[*b, n, m], *, driver: any = None) -> Tensor[*b, k]': {
    en: 'Singular values.',
    zh: '奇异值。',
    where: ({ n, m }) => ({ k: min(n, m) }),
    eg: '(2, 3, 4) -> (2, 3)',
  },
  "qr(A: Tensor[*b, n, m], mode: str = 'reduced') -> any": {
    en: 'QR decomposition.',
    zh: 'QR 分解。',
    value: ({ A, b, n, m, mode }, call) => {
      const k = mode === 'complete' ? n : min(n, m);
      if (mode === 'r') return parts(call, A, [shapeOf(0), matrix(b, min(n, m), m)], ['Q', 'R']);
      return parts(call, A, [matrix(b, n, k), matrix(b, k, m)], ['Q', 'R']);
    },
    eg: '(2, 4, 3) -> ((2, 4, 3), (2, 3, 3))',
  },
  'eig(A: Tensor[*b, n, m]) -> any': {
    en: 'Eigenvalues and eigenvectors.',
    zh: '特征值与特征向量。',
    value: ({ A, b, n, m }, call) => {
      needSquare(call, A.shape, n, m);
      return eigen(call, A, b, n, true);
    },
    eg: '(2, 3, 3) -> ((2, 3), (2, 3, 3))',
  },
  "eigh(A: Tensor[*b, n, m], UPLO: str = 'L') -> any": {
    en: 'Eigenvalues and eigenvectors of symmetric matrices.',
    zh: '对称矩阵的特征值与特征向量。',
    value: ({ A, b, n, m }, call) => {
      needSquare(call, A.shape, n, m);
      return eigen(call, A, b, n, false);
    },
    eg: '(2, 3, 3) -> ((2, 3), (2, 3, 3))',
  },
  'eigvals(A: Tensor[*b, n, m]) -> Tensor[*b, n]': {
    en: 'Eigenvalues.',
    zh: '特征值。',
    dtype: 'unknown',
    check: ({ A, n, m }, call) => needSquare(call, A.shape, n, m),
    eg: '(2, 3, 3) -> (2, 3)',
  },
  "eigvalsh(A: Tensor[*b, n, m], UPLO: str = 'L') -> Tensor[*b, n]": {
    en: 'Eigenvalues of symmetric matrices.',
    zh: '对称矩阵的特征值。',
    check: ({ A, n, m }, call) => needSquare(call, A.shape, n, m),
    eg: '(2, 3, 3) -> (2, 3)',
  },
  'solve(A: Tensor[*b, n, m], B: Tensor, *, left: bool = True) -> any': {
    en: 'Solves A·X = B.',
    zh: '求解 A·X = B。',
    value: ({ A, n, m, B }, call) => {
      needSquare(call, A.shape, n, m);
      if (A.shape.rest || B.shape.rest) return giveUp(call, 'the rank is not known');
      return tensor(call.lib, B.shape, typed(B));
    },
    eg: '(3, 3), (3, 2) -> (3, 2)',
  },
  'lstsq(input: Tensor[*s, n, m], b: Tensor[*c, n, k], rcond: any = None, *, driver: any = None) -> any': {
    en: 'Least-squares solution of A·X = B.',
    zh: 'A·X = B 的最小二乘解。',
    value: ({ input, s, m, k }, call) => ({
      kind: 'tuple',
      names: ['solution', 'residuals', 'rank', 'singular_values'],
      items: [
        tensor(call.lib, matrix(s, m, k), typed(input)),
        { kind: 'unknown', why: 'residuals' },
        { kind: 'unknown', why: 'rank' },
        { kind: 'unknown', why: 'singular values' },
      ],
    }),
    eg: '(4, 3), (4, 2) -> ((3, 2), unknown, unknown, unknown)',
  },
  'multi_dot(tensors: Tensors) -> any': {
    en: 'Product of several matrices in the cheapest order.',
    zh: '按最省的顺序把多个矩阵连乘。',
    value: ({ tensors }, call) => chained(call, tensors),
    eg: '[(2, 3), (3, 4), (4, 5)] -> (2, 5)',
  },
  'norm(input: Tensor, ord: any = None, dim: dims? = None, keepdim: bool = False, *, dtype: dtype? = None) -> Tensor': {
    en: 'Length of vectors or matrices.',
    zh: '向量或矩阵的范数。',
    dtype: 'unknown',
    check: ({ input, ord, dim }, call) => {
      if (ord.kind === 'none' || dim !== null || input.shape.rest || input.shape.dims.length <= 2) return;
      const data = {
        op: call.op,
        argument: 'input',
        expected: '1/2',
        found: input.shape.dims.length,
        shape: input.shape,
      };
      refuse(call, fault('rank-mismatch', data, 'input', 'ord'));
    },
    shape: ({ input, dim, keepdim }, call) => reduced(call, input.shape, dim, keepdim),
    eg: ['(2, 3), dim=1 -> (2)', '(2, 3, 4), 2 -> !rank-mismatch'],
  },
  'vector_norm(x: Tensor, ord: any = 2, dim: dims? = None, keepdim: bool = False, *, dtype: dtype? = None) -> Tensor': {
    en: 'Length of vectors along axes.',
    zh: '沿某些轴的向量范数。',
    dtype: 'unknown',
    shape: ({ x, dim, keepdim }, call) => reduced(call, x.shape, dim, keepdim),
    eg: '(2, 3, 4), dim=(0, 2) -> (3)',
  },
  "matrix_norm(A: Tensor, ord: any = 'fro', dim: dims? = None, keepdim: bool = False, *, dtype: dtype? = None) -> Tensor":
    {
      en: 'Norm of each matrix.',
      zh: '每个矩阵的范数。',
      dtype: 'unknown',
      shape: ({ A, dim, keepdim }, call) => reduced(call, A.shape, dim ?? [-2, -1], keepdim),
      eg: '(2, 3, 4) -> (2)',
    },
  'cross(input: Tensor[*a], other: Tensor[*a], *, dim: dim = -1) -> Tensor[*a]': {
    en: 'Cross product of vectors of 3.',
    zh: '三维向量的叉积。',
    check: ({ a, dim }, call) => {
      const found = axis(a, dim);
      if (found === undefined) return;
      const data = { op: call.op, axis: `${dim}`, expected: 3, found };
      need(call, { kind: 'eq', left: 3, right: found }, fault('size-mismatch', data, 'dim'));
    },
    eg: ['(2, 3), (2, 3) -> (2, 3)', '(2, 4), (2, 4) -> !size-mismatch'],
  },
  'vecdot(x: Tensor[*a, n], y: Tensor[*a, n], *, dim: dim = -1) -> Tensor[*a]': {
    en: 'Inner products along the last axis.',
    zh: '沿最后一维的内积。',
    eg: '(2, 3), (2, 3) -> (2)',
  },
  'diagonal(A: Tensor[*b, n, m], *, offset: int = 0, dim1: dim = -2, dim2: dim = -1) -> any': {
    en: 'Diagonal of each matrix.',
    zh: '每个矩阵的对角线。',
    value: ({ A, b, n, m, offset, dim1, dim2 }, call) =>
      offset === 0 && dim1 === -2 && dim2 === -1
        ? tensor(call.lib, matrix(b, min(n, m)), typed(A))
        : giveUp(call, 'which diagonal'),
    eg: '(2, 3, 4) -> (2, 3)',
  },
});

const eigen = (call: Call, A: TensorArg, b: Shape, n: Dim, complex: boolean): Arg => {
  const more = complex ? {} : typed(A);
  return {
    kind: 'tuple',
    names: ['eigenvalues', 'eigenvectors'],
    items: [tensor(call.lib, matrix(b, n), more), tensor(call.lib, matrix(b, n, n), more)],
  };
};

/** A square of one number per pair of rows; one row alone gives a single number. */
const betweenRows = (call: Call, shape: Shape): Shape | undefined => {
  if (shape.rest) return giveUp(call, 'the rank is not known');
  if (shape.dims.length > 2) {
    const data = { op: call.op, argument: 'input', expected: '0/1/2', found: shape.dims.length, shape };
    return refuse(call, fault('rank-mismatch', data, 'input'));
  }
  const rows = shape.dims.length === 2 ? (shape.dims[0] ?? 1) : 1;
  const single = holds(call, { kind: 'eq', left: rows, right: 1 });
  if (single === undefined) return giveUp(call, 'whether there is one row');
  return single ? shapeOf() : shapeOf(rows, rows);
};

/** The same under old names. */
export const oldLinalg = ops('torch torch.Tensor', {
  'inverse(A: Tensor[*b, n, m]) -> Tensor[*b, n, m]': square('Inverse of each matrix.', '每个矩阵的逆。'),
  'cholesky(A: Tensor[*b, n, m], upper: bool = False) -> Tensor[*b, n, m]': square(
    'Cholesky factor of each matrix.',
    '每个矩阵的 Cholesky 分解。',
  ),
  'matrix_exp(A: Tensor[*b, n, m]) -> Tensor[*b, n, m]': square('Exponential of each matrix.', '每个矩阵的矩阵指数。'),
  'matrix_power(input: Tensor[*b, r, c], n: int) -> Tensor[*b, r, c]': {
    ...square('Power of each matrix.', '每个矩阵的幂。'),
    needs: 'number',
    check: ({ input, r, c }, call) => needSquare(call, input.shape, r, c),
    flops: ({ input, n, r }) => powerFlops(input.shape, n, r),
    eg: '(2, 3, 3), 2 -> (2, 3, 3)',
  },
  'pinverse(A: Tensor[*b, n, m], rcond: float = 1e-15) -> Tensor[*b, m, n]': {
    en: 'Pseudo-inverse of each matrix.',
    zh: '每个矩阵的伪逆。',
    layout: 'unknown',
    eg: '(2, 3, 4) -> (2, 4, 3)',
  },
  'svd(input: Tensor[*b, n, m], some: bool = True, compute_uv: bool = True) -> any': {
    en: 'Singular value decomposition.',
    zh: '奇异值分解。',
    value: ({ input, b, n, m, some, compute_uv }, call) => {
      const k = min(n, m);
      const reducedSize = some && compute_uv;
      const shapes = [matrix(b, n, reducedSize ? k : n), matrix(b, k), matrix(b, m, reducedSize ? k : m)];
      return parts(call, input, shapes, ['U', 'S', 'V']);
    },
    eg: '(2, 3, 4) -> ((2, 3, 3), (2, 3), (2, 4, 3))',
  },
  'qr(input: Tensor[*b, n, m], some: bool = True) -> any': {
    en: 'QR decomposition.',
    zh: 'QR 分解。',
    value: ({ input, b, n, m, some }, call) => {
      const k = some ? min(n, m) : n;
      return parts(call, input, [matrix(b, n, k), matrix(b, k, m)], ['Q', 'R']);
    },
    eg: '(4, 3) -> ((4, 3), (3, 3))',
  },
  'trace(input: Tensor[n, m]) -> Tensor[]': {
    en: 'Sum of the diagonal.',
    zh: '迹（对角线之和）。',
    eg: ['(3, 4) -> ()', '(2, 3, 3) -> !rank-mismatch'],
  },
  'corrcoef(input: Tensor) -> Tensor': {
    en: 'Correlations between rows.',
    zh: '各行之间的相关系数。',
    dtype: 'unknown',
    shape: ({ input }, call) => betweenRows(call, input.shape),
    flops: ({ input }) => rowFlops(input.shape),
    eg: ['(3, 5) -> (3, 3)', '(5) -> ()', '(1, 5) -> ()'],
  },
  'cov(input: Tensor, *, correction: int = 1, fweights: Tensor? = None, aweights: Tensor? = None) -> Tensor': {
    en: 'Covariances between rows.',
    zh: '各行之间的协方差。',
    dtype: 'unknown',
    shape: ({ input }, call) => betweenRows(call, input.shape),
    flops: ({ input }) => rowFlops(input.shape),
    eg: ['(3, 5) -> (3, 3)', '(5) -> ()', '(1, 5) -> ()'],
  },
});

/** Multiply–adds × 2 of the product of rows with rows. */
const rowFlops = ({ dims, rest }: Shape): Dim | undefined => {
  const [rows = 1, points = 1] = dims.length === 1 ? [1, ...dims] : dims;
  return rest || dims.length === 0 ? undefined : product([2, rows, rows, points]);
};

/** Area under sampled curves. */
export const integrals = ops('torch', {
  'trapezoid(y: Tensor, x: Tensor? = None, *, dx: number? = None, dim: dim = -1) -> Tensor': {
    en: 'Area under a sampled curve along an axis.',
    zh: '沿某轴用梯形法求积分。',
    check: ({ y, x, dim }, call) => {
      const points = axis(y.shape, dim);
      const found = x && axis(x.shape, x.shape.dims.length === 1 ? 0 : dim);
      if (points === undefined || found === undefined || found === null) return;
      const data = { op: call.op, axis: `${dim}`, expected: points, found };
      need(call, { kind: 'eq', left: points, right: found }, fault('size-mismatch', data, 'x'));
    },
    shape: ({ y, dim }, call) => reduced(call, y.shape, [dim], false),
    aliases: ['torch.trapz'],
    eg: ['(2, 5) -> (2)', '(2, 5), dim=0 -> (5)', '(2, 5), (6) -> !size-mismatch'],
  },
});
