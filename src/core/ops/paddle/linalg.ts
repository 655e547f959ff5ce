import { type Dim, min, mul, product } from '../../dims';
import { numel, type Shape, shapeOf } from '../../shapes';
import type { Arg, TensorArg } from '../arg';
import { type Call, fresh, giveUp, need, needFits, refuse, tensor } from '../call';
import { fault } from '../codes';
import { isComplex, isFloat, isInteger } from '../dtypes';
import { ops } from '../rows';
import { einsum } from '../rules/einsum';
import { elementwise } from '../rules/elementwise';
import { matmul, productFlops, productLayout } from '../rules/matmul';
import { swapped } from '../rules/move';
import { typed } from '../rules/view';
import { linalg as torchLinalg } from '../torch/linalg';
import { distances as torchDistances, equations as torchEquations, products as torchProducts } from '../torch/matmul';
import { anyTypes, borrow, withMore } from './borrow';
import { twin } from './twin';

const paddle = { lib: 'paddle', python: true } as const;
const everywhere = 'paddle paddle.Tensor paddle.tensor paddle.linalg';

/** A factor with its last two axes swapped where the call says so; a vector stays. */
const turned = (call: Call, t: TensorArg, flag: boolean): TensorArg | undefined => {
  if (!flag || (!t.shape.rest && t.shape.dims.length < 2)) return t;
  return swapped(call, t, -2, -1);
};

/** Factors have one element type (16- and 32-bit floats may meet under autocast); whole numbers may stand on the right. */
const needProductTypes = (call: Call, x: TensorArg, y: TensorArg): void => {
  const [left, right] = [x.dtype, y.dtype];
  if (left === undefined || right === undefined || left === right) return;
  if (isComplex(left) || isComplex(right)) return;
  if (isFloat(left) && (isInteger(right) || (left !== 'float64' && right !== 'float64' && isFloat(right)))) return;
  refuse(call, fault('dtype-mismatch', { op: call.op, left, right }, 'x', 'y'));
};

/** Matrix products. */
export const products = ops(
  everywhere,
  {
    'matmul(x: Tensor, y: Tensor, transpose_x: bool = False, transpose_y: bool = False) -> Tensor': {
      en: 'Matrix product over the last two axes; leading axes broadcast. Either factor may be transposed first.',
      zh: '最后两维做矩阵乘法，前面各维广播；可先转置任一因子。',
      formula: 'z[…,i,k] = Σⱼ x[…,i,j]·y[…,j,k]',
      layout: productLayout,
      shape: ({ x, y, transpose_x, transpose_y }, call) => {
        const left = turned(call, x, transpose_x);
        const right = turned(call, y, transpose_y);
        return left && right && matmul(call, left, right);
      },
      check: ({ x, y }, call) => needProductTypes(call, x, y),
      flops: ({ x, transpose_x }, result) => (transpose_x ? undefined : productFlops(x.shape, result)),
      eg: [
        '(2, 3, 4), (2, 4, 5) -> (2, 3, 5)',
        '(2, 3), (4, 3), transpose_y=True -> (2, 4)',
        '(3), (3, 4), transpose_x=True -> (4)',
        '(4), (4) -> ()',
        '(3, 4), (5, 6) -> !matmul-mismatch',
      ],
    },
    'mm(input: Tensor, mat2: Tensor) -> Tensor': {
      en: 'Matrix product, as matmul.',
      zh: '矩阵相乘，同 matmul。',
      layout: 'unknown',
      check: ({ input, mat2 }, call) => needProductTypes(call, input, mat2),
      shape: ({ input, mat2 }, call) => matmul(call, input, mat2),
      flops: ({ input }, result) => productFlops(input.shape, result),
      eg: ['(2, 3), (3, 4) -> (2, 4)', '(2, 3, 4), (2, 4, 5) -> (2, 3, 5)', '(2, 3), (4, 4) -> !matmul-mismatch'],
    },
    'bmm(x: Tensor[b, n, m], y: Tensor[b, m, p]) -> Tensor[b, n, p]': {
      en: 'Matrix product for each item of a batch.',
      zh: '按批做矩阵乘法。',
      alike: 'x y',
      faults: { b: 'batch-mismatch' },
      flops: ({ b, n, m, p }) => mul(2, product([b, n, m, p])),
      eg: [
        '(2, 3, 4), (2, 4, 5) -> (2, 3, 5)',
        '(2, 3, 4), (3, 4, 5) -> !batch-mismatch',
        '(2, 3), (2, 3, 4) -> !rank-mismatch',
      ],
    },
    'mv(x: Tensor[n, m], vec: Tensor[m]) -> Tensor[n]': {
      en: 'Product of a matrix and a vector.',
      zh: '矩阵乘向量。',
      eg: '(2, 3), (3) -> (2)',
    },
    'dot(x: Tensor[b?, n], y: Tensor[b?, n]) -> Tensor[b?]': {
      en: 'Inner product of two vectors, or of each row of two matrices.',
      zh: '两个向量（或两个矩阵逐行）的内积。',
      eg: ['(3), (3) -> ()', '(2, 3), (2, 3) -> (2)', '(3), (4) -> !size-mismatch'],
    },
    'inner(x: Tensor, y: Tensor) -> any': {
      en: 'Inner products of all rows of one with all rows of the other; a single number multiplies.',
      zh: '两者最后一维两两求内积；若其一只有一个数，则为数乘。',
      value: ({ x, y }, call) => {
        if (x.shape.rest || y.shape.rest) return giveUp(call, 'the rank is not known');
        const [n, m] = [x.shape.dims.at(-1), y.shape.dims.at(-1)];
        if (n === undefined || m === undefined || [x, y].some((t) => numel(t.shape) === 1))
          return elementwise(call, [x, y]);
        const data = { op: call.op, axis: 'n', expected: n, found: m };
        need(call, { kind: 'eq', left: n, right: m }, fault('size-mismatch', data, 'x', 'y'));
        return ofBoth(call, x, y, { dims: [...x.shape.dims.slice(0, -1), ...y.shape.dims.slice(0, -1)] });
      },
      eg: ['(2, 3), (4, 3) -> (2, 4)', '(2, 3), (4, 2) -> !size-mismatch', '(2, 3), () -> (2, 3)'],
    },
    'outer(x: Tensor, y: Tensor) -> any': {
      en: 'Products of all elements of one with all of the other.',
      zh: '外积：各自展平后两两相乘。',
      value: ({ x, y }, call) => {
        const [n, m] = [numel(x.shape), numel(y.shape)];
        const counts = [n, m].map((count) => count ?? fresh(call, 'number of elements'));
        return ofBoth(call, x, y, shapeOf(...counts));
      },
      eg: '(2, 3), (4) -> (6, 4)',
    },
    'addmm(input: Tensor, x: Tensor[n, m], y: Tensor[m, p], beta: number = 1.0, alpha: number = 1.0) -> Tensor[n, p]': {
      en: 'Adds a matrix product.',
      zh: '加上矩阵乘积。',
      alike: 'x y',
      formula: 'z = β·input + α·x·y',
      flops: ({ n, m, p }) => mul(2, product([n, m, p])),
      check: ({ input, n, p }, call) => {
        const clash = fault('expand-mismatch', { op: call.op, from: input.shape, to: shapeOf(n, p) }, 'input');
        const { dims, rest } = input.shape;
        if (!rest && (dims.length === 0 || dims.length > 2)) refuse(call, clash);
        else needFits(call, input.shape, shapeOf(n, p), clash);
      },
      eg: [
        '(4), (2, 3), (3, 4) -> (2, 4)',
        '(4), (2, 3), (4, 4) -> !size-mismatch',
        '(5), (2, 3), (3, 4) -> !expand-mismatch',
      ],
    },
    'baddbmm(input: Tensor, x: Tensor[b, n, m], y: Tensor[b, m, p], beta: number = 1.0, alpha: number = 1.0) -> Tensor[b, n, p]':
      {
        en: 'Adds a matrix product for each item of a batch.',
        zh: '按批加上矩阵乘积。',
        faults: { b: 'batch-mismatch' },
        eg: '(2, 3, 5), (2, 3, 4), (2, 4, 5) -> (2, 3, 5)',
      },
    'cross(x: Tensor[*a], y: Tensor, axis: dim? = 9) -> any': {
      en: 'Cross product of vectors of 3 along an axis, the first of size 3 unless told otherwise.',
      zh: '三维向量的叉积，默认沿第一个大小为 3 的轴。',
      value: ({ x, y }, call) => {
        if (!x.shape.rest && x.shape.dims.length > 0 && x.shape.dims.every((d) => typeof d === 'number' && d !== 3)) {
          const data = { op: call.op, axis: '', expected: 3, found: x.shape.dims.at(-1) ?? 1 };
          return refuse(call, fault('size-mismatch', data, 'x'));
        }
        return elementwise(call, [x, y]);
      },
      eg: ['(2, 3), (2, 3) -> (2, 3)', '(2, 4), (2, 4) -> !size-mismatch'],
    },
    'trace(x: Tensor, offset: int = 0, axis1: dim = 0, axis2: dim = 1) -> any': {
      en: 'Sum of a diagonal.',
      zh: '迹（对角线之和）。',
      value: ({ x, axis1, axis2 }, call) => {
        const { dims, rest } = x.shape;
        if (rest) return giveUp(call, 'the rank is not known');
        const gone = [axis1, axis2].map((a) => (a < 0 ? a + dims.length : a));
        return tensor(call.lib, { dims: dims.filter((_, i) => !gone.includes(i)) }, typed(x));
      },
      eg: ['(3, 4) -> ()', '(2, 3, 3), 0, 1, 2 -> (2)'],
    },
  },
  paddle,
);

/** A product, whose element type is known where both factors have one and the same. */
const ofBoth = (call: Call, x: TensorArg, y: TensorArg, shape: Shape): TensorArg =>
  tensor(call.lib, shape, x.dtype === y.dtype ? typed(x) : {});

/** Products that differ from PyTorch's by names alone. */
export const sharedProducts = borrow(everywhere, torchProducts, 'kron');

/** Distances between rows. */
export const distances = borrow('paddle', torchDistances, 'cdist', { x1: 'x', x2: 'y' });

/** Sums of products by a written equation. */
export const equations = ops(
  'paddle paddle.tensor',
  {
    'einsum(equation: str, operands: Tensors*) -> Tensor': {
      en: 'Sum of products: axes with one letter are matched, letters that the result lacks are summed.',
      zh: '爱因斯坦求和：同名的轴对齐相乘，结果中没有的字母求和。',
      layout: 'unknown',
      shape: ({ equation, operands }, call) => einsum(call, equation, operands),
      eg: [
        "'bij,bjk->bik', (2, 3, 4), (2, 4, 5) -> (2, 3, 5)",
        "'ij,jk', (2, 3), (3, 4) -> (2, 4)",
        "'ij,jk->ik', (2, 3), (4, 4) -> !pattern-size",
      ],
    },
  },
  paddle,
);

/** Contractions of named axes. */
export const contractions = anyTypes(
  borrow('paddle paddle.Tensor paddle.tensor', torchEquations, 'tensordot', { a: 'x', b: 'y', dims: 'axes' }),
);

/** Decompositions that differ from PyTorch's by names alone. */
export const linalg = withMore(
  borrow(
    'paddle.linalg',
    torchLinalg,
    'inv matrix_exp matrix_power det qr eig eigh eigvals eigvalsh lstsq multi_dot cond',
    { A: 'x', B: 'y', b: 'y', input: 'x', other: 'y', tensors: 'x', dim: 'axis' },
  ),
  'lstsq',
  'driver: any = None',
);

/** The same outside `paddle.linalg`. */
export const oldLinalg = borrow(
  'paddle paddle.Tensor paddle.tensor',
  torchLinalg,
  'inv=inverse matrix_power eigvals multi_dot',
  {
    A: 'x',
    input: 'x',
    tensors: 'x',
  },
);

const needSquare = (call: Call, x: TensorArg, n: Dim, m: Dim): void =>
  need(call, { kind: 'eq', left: n, right: m }, fault('not-square', { op: call.op, shape: x.shape }, 'x'));

/** Cholesky's factor, which methods and functions have alike. */
export const factors = ops(
  everywhere,
  {
    'cholesky(x: Tensor[*b, n, m], upper: bool = False) -> Tensor[*b, n, m]': {
      ...twin('torch.linalg.cholesky'),
      check: ({ x, n, m }, call) => needSquare(call, x, n, m),
      eg: ['(2, 3, 3) -> (2, 3, 3)', '(2, 3, 4) -> !not-square'],
    },
  },
  paddle,
);

/** Decompositions whose results Paddle lays out otherwise. */
export const ownLinalg = ops(
  'paddle.linalg paddle.tensor',
  {
    'svd(x: Tensor[*b, n, m], full_matrices: bool = False) -> any': {
      en: 'Singular value decomposition: U, S and Vᴴ.',
      zh: '奇异值分解，返回 U、S、Vᴴ。',
      value: ({ x, b, n, m, full_matrices: full }, call) => {
        const k = min(n, m);
        const part = (...dims: readonly (typeof n)[]): Arg =>
          tensor(call.lib, { ...b, dims: [...b.dims, ...dims] }, typed(x));
        return { kind: 'tuple', items: [part(n, full ? n : k), part(k), part(full ? m : k, m)] };
      },
      eg: ['(3, 4) -> ((3, 3), (3), (3, 4))', '(3, 4), True -> ((3, 3), (3), (4, 4))'],
    },
    'pinv(x: Tensor[*b, n, m], rcond: any = 1e-15, hermitian: bool = False) -> Tensor[*b, m, n]': {
      ...twin('torch.linalg.pinv'),
      aliases: ['paddle.Tensor.pinv'],
      needs: 'float',
      layout: 'unknown',
      eg: ['(2, 3, 4) -> (2, 4, 3)', '(3, 3), hermitian=True -> (3, 3)'],
    },
    'solve(x: Tensor[*b, n, m], y: Tensor, left: bool = True) -> any': {
      ...twin('torch.linalg.solve'),
      value: ({ x, n, m, y }, call) => {
        needSquare(call, x, n, m);
        return x.shape.rest || y.shape.rest
          ? giveUp(call, 'the rank is not known')
          : tensor(call.lib, y.shape, typed(y));
      },
      eg: ['(3, 3), (3, 2) -> (3, 2)', '(3, 4), (3, 2) -> !not-square'],
    },
    'matrix_rank(x: Tensor[*b, n, m], tol: any = None, hermitian: bool = False, atol: any = None, rtol: any = None) -> Tensor[*b]':
      { ...twin('torch.linalg.matrix_rank'), dtype: 'int64', eg: '(2, 3, 4) -> (2)' },
    'slogdet(x: Tensor[*b, n, m]) -> Tensor[2, *b]': {
      en: 'Sign and logarithm of the determinant, one above the other.',
      zh: '行列式的符号与对数，叠在第一维。',
      check: ({ x, n, m }, call) => needSquare(call, x, n, m),
      eg: '(5, 3, 3) -> (2, 5)',
    },
    'triangular_solve(x: Tensor[*b, n, n], y: Tensor[*c, n, k], upper: bool = True, transpose: bool = False, unitriangular: bool = False) -> Tensor[*c, n, k]':
      {
        en: 'Solves a triangular system.',
        zh: '求解三角方程组。',
        eg: '(3, 3), (3, 2) -> (3, 2)',
      },
  },
  paddle,
);
