import { type Dim, mul, product, sub } from '../../dims';
import { numel, type Shape, shapeOf } from '../../shapes';
import type { Arg, TensorArg } from '../arg';
import { type Call, giveUp, need, needFits, refuse, tensor } from '../call';
import { fault } from '../codes';
import { ops } from '../rows';
import { position, sizeAt } from '../rules/axes';
import { needNotNegative } from '../rules/checks';
import { einsum, einsumFlops } from '../rules/einsum';
import { commonType, elementwise } from '../rules/elementwise';
import { matmul, productFlops, productLayout } from '../rules/matmul';
import { floorBy } from '../rules/quotient';

const batchFaults = { b: 'batch-mismatch' } as const;

/** A product with a sparse matrix: what it costs depends on how many of its entries are not 0. */
const sparse = {
  needs: 'number',
  en: 'Product of a sparse matrix and another one.',
  zh: '稀疏矩阵与矩阵相乘。',
  layout: 'unknown',
  eg: ['(2, 3), (3, 4) -> (2, 4)', '(2, 3), (4, 4) -> !size-mismatch', '(2, 3, 4), (4, 5) -> !rank-mismatch'],
} as const;

/** One product for each group of rows or columns; `offs` says where each group ends. */
const grouped = {
  needs: 'number',
  alike: 'mat_a mat_b',
  en: 'Matrix product for each group of rows or columns; `offs` says where each group ends.',
  zh: '逐组做矩阵乘法，`offs` 给出各组行或列的终点。',
  faults: { g: 'batch-mismatch' },
  aliases: ['torch._grouped_mm'],
} as const;
const options = 'bias: Tensor? = None, out_dtype: dtype? = None';

export const groupedProducts = ops('torch.nn.functional', {
  [`grouped_mm(mat_a: Tensor[n, m], mat_b: Tensor[g, m, p], *, offs: Tensor[g], ${options}) -> Tensor[n, p]` as const]:
    {
      ...grouped,
      flops: ({ n, m, p }) => mul(2, product([n, m, p])),
      eg: ['(8, 16), (4, 16, 32), offs=(4) -> (8, 32)', '(8, 16), (4, 16, 32), offs=(2) -> !batch-mismatch'],
    },
  [`grouped_mm(mat_a: Tensor[g, n, m], mat_b: Tensor[m, p], *, offs: Tensor[g], ${options}) -> Tensor[n, p]` as const]:
    {
      ...grouped,
      eg: '(4, 8, 16), (16, 32), offs=(4) -> (8, 32)',
    },
  [`grouped_mm(mat_a: Tensor[n, m], mat_b: Tensor[m, p], *, offs: Tensor[g], ${options}) -> Tensor[g, n, p]` as const]:
    {
      ...grouped,
      eg: '(8, 16), (16, 32), offs=(4) -> (4, 8, 32)',
    },
  [`grouped_mm(mat_a: Tensor[g, n, m], mat_b: Tensor[g, m, p], *, offs: any = None, ${options}) -> Tensor[g, n, p]` as const]:
    { ...grouped, eg: '(4, 8, 16), (4, 16, 32) -> (4, 8, 32)' },
});

export const sparseProducts = [
  ops('torch', {
    'spmm(input: Tensor[n, m], mat2: Tensor[m, p]) -> Tensor[n, p]': { ...sparse, alike: 'input mat2' },
  }),
  ops('torch.sparse', {
    'mm(sparse: Tensor[n, m], dense: Tensor[m, p]) -> Tensor[n, p]': { ...sparse, alike: 'sparse dense' },
  }),
];

/** Products of matrices and vectors. */
export const products = ops('torch torch.Tensor', {
  'matmul(input: Tensor, other: Tensor) -> Tensor': {
    needs: 'number',
    alike: 'input other',
    en: 'Matrix product over the last two axes; leading axes broadcast.',
    zh: '最后两维做矩阵乘法，前面各维广播。',
    formula: 'y[…,i,k] = Σⱼ a[…,i,j]·b[…,j,k]',
    shape: ({ input, other }, call) => matmul(call, input, other),
    flops: ({ input }, result) => productFlops(input.shape, result),
    layout: productLayout,
    aliases: ['torch.linalg.matmul'],
    eg: ['(2, 3, 4), (2, 4, 5) -> (2, 3, 5)', '(4), (4) -> ()', '(3, 4), (5, 6) -> !matmul-mismatch'],
  },
  'mm(input: Tensor[n, m], mat2: Tensor[m, p]) -> Tensor[n, p]': {
    needs: 'number',
    alike: 'input mat2',
    en: 'Product of two matrices.',
    zh: '两个矩阵相乘。',
    flops: ({ n, m, p }) => mul(2, product([n, m, p])),
    eg: ['(2, 3), (3, 4) -> (2, 4)', '(2, 3), (4, 4) -> !size-mismatch', '(2, 3, 4), (4, 5) -> !rank-mismatch'],
  },
  'bmm(input: Tensor[b, n, m], mat2: Tensor[b, m, p]) -> Tensor[b, n, p]': {
    needs: 'number',
    alike: 'input mat2',
    en: 'Matrix product for each item of a batch.',
    zh: '按批做矩阵乘法。',
    layout: 'contiguous',
    faults: batchFaults,
    flops: ({ b, n, m, p }) => mul(2, product([b, n, m, p])),
    eg: ['(2, 3, 4), (2, 4, 5) -> (2, 3, 5)', '(2, 3, 4), (3, 4, 5) -> !batch-mismatch'],
  },
  'mv(input: Tensor[n, m], vec: Tensor[m]) -> Tensor[n]': {
    needs: 'number',
    alike: 'input vec',
    en: 'Product of a matrix and a vector.',
    zh: '矩阵乘向量。',
    flops: ({ n, m }) => mul(2, mul(n, m)),
    eg: '(2, 3), (3) -> (2)',
  },
  'dot(input: Tensor[n], tensor: Tensor[n]) -> Tensor[]': {
    needs: 'number',
    alike: 'input tensor',
    en: 'Inner product of two vectors.',
    zh: '两个向量的内积。',
    flops: ({ n }) => mul(2, n),
    eg: ['(3), (3) -> ()', '(3), (4) -> !size-mismatch', '(2, 3), (2, 3) -> !rank-mismatch'],
  },
  'vdot(input: Tensor[n], other: Tensor[n]) -> Tensor[]': {
    needs: 'number',
    alike: 'input other',
    en: 'Inner product of two vectors, the first conjugated.',
    zh: '两个向量的内积，前者取共轭。',
    eg: '(3), (3) -> ()',
  },
  'inner(input: Tensor, other: Tensor) -> any': {
    needs: 'number',
    alike: 'input other',
    en: 'Inner product over the last axes.',
    zh: '沿最后一维求内积。',
    value: ({ input, other }, call) => {
      if (input.shape.rest || other.shape.rest) return giveUp(call, 'the rank is not known');
      if (input.shape.dims.length === 0 || other.shape.dims.length === 0) return elementwise(call, [input, other]);
      const a = input.shape.dims.at(-1) ?? 1;
      const b = other.shape.dims.at(-1) ?? 1;
      const data = { op: call.op, left: input.shape, right: other.shape, inner: a, outer: b };
      need(call, { kind: 'eq', left: a, right: b }, fault('matmul-mismatch', data, 'input', 'other'));
      return typedLike(call, input, { dims: [...input.shape.dims.slice(0, -1), ...other.shape.dims.slice(0, -1)] });
    },
    flops: ({ input }, result) => productFlops(input.shape, result),
    eg: '(2, 3), (4, 3) -> (2, 4)',
  },
  'outer(input: Tensor[n], vec2: Tensor[m]) -> Tensor[n, m]': {
    en: 'Every product of one element each of two vectors.',
    zh: '两个向量的外积。',
    aliases: ['torch.ger', 'torch.Tensor.ger'],
    eg: ['(2), (3) -> (2, 3)', '(2, 2), (3) -> !rank-mismatch'],
  },
  'addmm(input: Tensor, mat1: Tensor[n, m], mat2: Tensor[m, p], *, beta: number = 1, alpha: number = 1) -> Tensor': {
    needs: 'number',
    alike: 'input mat1 mat2',
    en: 'Adds a matrix product.',
    zh: '加上矩阵乘积。',
    formula: 'y = β·x + α·A·B',
    inplace: true,
    shape: ({ input, n, p }, call) => onto(call, input, shapeOf(n, p)),
    flops: ({ n, m, p }) => mul(2, product([n, m, p])),
    eg: [
      '(4), (2, 3), (3, 4) -> (2, 4)',
      '(4), (2, 3), (4, 4) -> !size-mismatch',
      '(5), (2, 3), (3, 4) -> !expand-mismatch',
    ],
  },
  'addmv(input: Tensor, mat: Tensor[n, m], vec: Tensor[m], *, beta: number = 1, alpha: number = 1) -> Tensor': {
    needs: 'number',
    alike: 'input mat vec',
    en: 'Adds the product of a matrix and a vector.',
    zh: '加上矩阵与向量的乘积。',
    inplace: true,
    shape: ({ input, n }, call) => onto(call, input, shapeOf(n)),
    eg: '(2), (2, 3), (3) -> (2)',
  },
  'addr(input: Tensor, vec1: Tensor[n], vec2: Tensor[m], *, beta: number = 1, alpha: number = 1) -> Tensor': {
    en: 'Adds an outer product.',
    zh: '加上外积。',
    inplace: true,
    shape: ({ input, n, m }, call) => onto(call, input, shapeOf(n, m)),
    eg: '(2, 3), (2), (3) -> (2, 3)',
  },
  'baddbmm(input: Tensor, batch1: Tensor[b, n, m], batch2: Tensor[b, m, p], *, beta: number = 1, alpha: number = 1) -> Tensor':
    {
      needs: 'number',
      alike: 'input batch1 batch2',
      en: 'Adds a matrix product for each item of a batch.',
      zh: '按批加上矩阵乘积。',
      faults: batchFaults,
      inplace: true,
      shape: ({ input, b, n, p }, call) => onto(call, input, shapeOf(b, n, p)),
      flops: ({ b, n, m, p }) => mul(2, product([b, n, m, p])),
      eg: '(2, 3, 5), (2, 3, 4), (2, 4, 5) -> (2, 3, 5)',
    },
  'addbmm(input: Tensor, batch1: Tensor[b, n, m], batch2: Tensor[b, m, p], *, beta: number = 1, alpha: number = 1) -> Tensor':
    {
      needs: 'number',
      alike: 'input batch1 batch2',
      en: 'Adds the sum of a batch of matrix products.',
      zh: '加上一批矩阵乘积之和。',
      faults: batchFaults,
      inplace: true,
      shape: ({ input, n, p }, call) => onto(call, input, shapeOf(n, p)),
      eg: '(3, 5), (2, 3, 4), (2, 4, 5) -> (3, 5)',
    },
  'kron(input: Tensor, other: Tensor) -> any': {
    en: 'Kronecker product.',
    zh: 'Kronecker 积。',
    value: ({ input, other }, call) => {
      const a = input.shape;
      const b = other.shape;
      if (a.rest || b.rest) return giveUp(call, 'the rank is not known');
      const rank = Math.max(a.dims.length, b.dims.length);
      const at = (s: Shape, i: number): Dim => s.dims[i - (rank - s.dims.length)] ?? 1;
      const dtype = commonType([input, other]);
      const dims = Array.from({ length: rank }, (_, i) => mul(at(a, i), at(b, i)));
      return tensor(call.lib, { dims }, dtype ? { dtype } : {});
    },
    eg: '(2, 3), (4, 5) -> (8, 15)',
  },
  'cross(input: Tensor, other: Tensor, dim: dim? = None) -> any': {
    needs: 'number',
    en: 'Cross product of vectors of size 3.',
    zh: '三维向量的叉积。',
    value: ({ input, other, dim }, call) => {
      const all = elementwise(call, [input, other]);
      if (all && dim !== null && !all.shape.rest) needThree(call, all.shape, dim);
      if (all && dim === null && !all.shape.rest && all.shape.dims.every((d) => typeof d === 'number' && d !== 3))
        needThree(call, all.shape, -1);
      return all;
    },
    eg: ['(2, 3), (2, 3) -> (2, 3)', '(2, 4), (2, 4), dim=1 -> !size-mismatch'],
  },
});

const needThree = (call: Call, shape: Shape, dim: number): void => {
  const at = position(call, shape, dim);
  if (at === undefined) return;
  const found = sizeAt(shape, at);
  const data = { op: call.op, axis: `${dim}`, expected: 3, found };
  need(call, { kind: 'eq', left: 3, right: found }, fault('size-mismatch', data, 'input'));
};

const typedLike = (call: Call, input: TensorArg, shape: Shape): TensorArg =>
  tensor(call.lib, shape, input.dtype ? { dtype: input.dtype } : {});

/** The summand of `addmm` and its kin must expand to the product. */
const onto = (call: Call, input: TensorArg, shape: Shape): Shape => {
  const clash = fault('expand-mismatch', { op: call.op, from: input.shape, to: shape }, 'input');
  if (!input.shape.rest && input.shape.dims.length > shape.dims.length) refuse(call, clash);
  else needFits(call, input.shape, shape, clash);
  return shape;
};

/** Sums of products by a written equation. */
export const equations = ops(
  'torch',
  {
    'einsum(equation: str, operands: Tensors*) -> Tensor': {
      en: 'Sum of products: axes with one letter are matched, letters that the result lacks are summed.',
      zh: '爱因斯坦求和：同名的轴对齐相乘，结果中没有的字母求和。',
      layout: 'unknown',
      shape: ({ equation, operands }, call) => einsum(call, equation, operands),
      flops: ({ equation, operands }) => einsumFlops(equation, operands),
      eg: [
        "'bij,bjk->bik', (2, 3, 4), (2, 4, 5) -> (2, 3, 5)",
        "'b h i d, b h j d -> b h i j', (2, 8, 5, 4), (2, 8, 6, 4) -> (2, 8, 5, 6)",
        "'ij,jk', (2, 3), (3, 4) -> (2, 4)",
        "'ij,jk->ik', (2, 3), (4, 4) -> !pattern-size",
      ],
    },
    'einsum(operands: any*) -> any': {
      en: 'Sum of products: axes are numbered instead of lettered.',
      zh: '爱因斯坦求和：轴以数字列表给出。',
      value: ({ operands }, call) => numbered(call, operands),
      eg: ' -> !missing-argument',
    },
    'tensordot(a: Tensor, b: Tensor, dims: int = 2, out: any = None) -> any': {
      alike: 'a b',
      en: 'Contracts the last axes of one tensor with the first of another.',
      zh: '把前者的末尾几维与后者的开头几维缩并。',
      layout: 'unknown',
      value: ({ a, b, dims }, call) => {
        needNotNegative(call, 'dims', [dims]);
        if (typeof dims !== 'number' || dims < 0 || a.shape.rest) return giveUp(call, 'the axes are not known');
        const count = a.shape.dims.length;
        const last = Array.from({ length: dims }, (_, i) => count - dims + i);
        return contracted(
          call,
          a,
          b,
          last,
          Array.from({ length: dims }, (_, i) => i),
        );
      },
      flops: ({ a, b, dims }) => {
        const counts = [numel(a.shape), numel({ ...b.shape, dims: b.shape.dims.slice(Number(dims)) })];
        const known = counts.filter((d) => d !== undefined);
        return typeof dims === 'number' && dims > 0 && known.length === 2 ? mul(2, product(known)) : undefined;
      },
      eg: ['(2, 3, 4), (3, 4, 5) -> (2, 5)', '(2, 3), (3, 4), 1 -> (2, 4)', '(2, 3), (4, 4), 1 -> !size-mismatch'],
    },
    'tensordot(a: Tensor, b: Tensor, dims: any, out: any = None) -> any': {
      en: 'Contracts named axes of two tensors.',
      zh: '缩并两个张量的指定轴。',
      value: ({ a, b, dims }, call) => {
        if (dims.kind !== 'tuple' && dims.kind !== 'sequence') return giveUp(call, 'the axes are not known');
        const [left, right] = dims.items.map(axesIn);
        if (left && right && left.length !== right.length) {
          const data = { op: call.op, argument: 'dims', expected: `${left.length}`, found: right.length };
          return refuse(call, fault('wrong-length', data, 'dims'));
        }
        return left && right ? contracted(call, a, b, left, right) : giveUp(call, 'the axes are not known');
      },
      eg: '(2, 3, 4), (4, 3, 5), ([1, 2], [1, 0]) -> (2, 5)',
    },
    'chain_matmul(matrices: Tensors*, out: any = None) -> any': {
      en: 'Product of several matrices.',
      zh: '多个矩阵连乘。',
      value: ({ matrices }, call) => chained(call, matrices),
      eg: '(2, 3), (3, 4), (4, 5) -> (2, 5)',
    },
  },
  { python: true },
);

/** `einsum(x, [0, 1], y, [1, 2], [0, 2])`: numbers stand for letters. */
const numbered = (call: Call, operands: Arg): Arg | undefined => {
  if (operands.kind !== 'tuple') return undefined;
  const tensors: TensorArg[] = [];
  const inputs: string[] = [];
  let output: string | undefined;
  for (let i = 0; i < operands.items.length; i++) {
    const item = operands.items[i];
    const next = operands.items[i + 1];
    if (item?.kind === 'tensor' && next) {
      const axes = axesIn(next);
      if (!axes) return giveUp(call, 'the axes are not known');
      tensors.push(item);
      inputs.push(lettersOf(axes));
      i++;
    } else if (item && i === operands.items.length - 1) {
      const axes = axesIn(item);
      if (!axes) return giveUp(call, 'the axes are not known');
      output = lettersOf(axes);
    } else return giveUp(call, 'the operands are not known');
  }
  const shape = einsum(call, `${inputs.join(',')}${output === undefined ? '' : `->${output}`}`, tensors);
  return shape && tensor(call.lib, shape);
};

const lettersOf = (axes: readonly number[]): string =>
  axes.map((i) => String.fromCharCode((i < 26 ? 97 : 39) + i)).join('');

const axesIn = (arg: Arg): readonly number[] | undefined => {
  if (arg.kind === 'int') return typeof arg.value === 'number' ? [arg.value] : undefined;
  if (arg.kind !== 'tuple' && arg.kind !== 'sequence') return undefined;
  const axes: number[] = [];
  for (const item of arg.items) {
    if (item.kind !== 'int' || typeof item.value !== 'number') return undefined;
    axes.push(item.value);
  }
  return axes;
};

const contracted = (
  call: Call,
  a: TensorArg,
  b: TensorArg,
  left: readonly number[],
  right: readonly number[],
): Arg | undefined => {
  if (a.shape.rest || b.shape.rest) return giveUp(call, 'the rank is not known');
  const ours: number[] = [];
  const theirs: number[] = [];
  for (const [i, axis] of left.entries()) {
    const x = position(call, a.shape, axis, 0, 'dims');
    const y = position(call, b.shape, right[i] ?? 0, 0, 'dims');
    if (x === undefined || y === undefined) return undefined;
    ours.push(x);
    theirs.push(y);
    const data = { op: call.op, axis: `${axis}`, expected: sizeAt(a.shape, x), found: sizeAt(b.shape, y) };
    // A size of 1 broadcasts here, too, whichever side has it.
    const clash = fault('size-mismatch', data, 'a', 'b');
    if (data.expected !== 1) needFits(call, shapeOf(data.found), shapeOf(data.expected), clash);
  }
  const dims = [
    ...a.shape.dims.filter((_, i) => !ours.includes(i)),
    ...b.shape.dims.filter((_, i) => !theirs.includes(i)),
  ];
  return typedLike(call, a, { dims });
};

/** Product of a chain; vectors are allowed at its ends. */
export const chained = (call: Call, matrices: readonly TensorArg[]): Arg | undefined => {
  let all = matrices[0];
  if (!all) return refuse(call, fault('empty-list', { op: call.op }, 'tensors'));
  for (const next of matrices.slice(1)) {
    const shape = matmul(call, all, next);
    if (!shape) return undefined;
    all = typedLike(call, all, shape);
  }
  return all;
};

/** Distances between rows. */
export const distances = ops('torch torch.nn.functional', {
  'cdist(x1: Tensor[*b, n, d], x2: Tensor[*b, m, d], p: number = 2.0, compute_mode: any = None) -> Tensor[*b, n, m]': {
    needs: 'float',
    en: 'Distance of every row of one to every row of the other.',
    zh: '两组行向量两两之间的距离。',
    faults: { d: 'feature-mismatch' },
    eg: [
      '(2, 3, 4), (2, 5, 4) -> (2, 3, 5)',
      '(2, 3, 4), (2, 5, 6) -> !feature-mismatch',
      '(4), (3, 4) -> !rank-mismatch',
    ],
  },
  'cosine_similarity(x1: Tensor, x2: Tensor, dim: dim = 1, eps: float = 1e-08) -> any': {
    en: 'Cosine of the angle between vectors along an axis.',
    zh: '沿某轴计算向量夹角的余弦。',
    value: ({ x1, x2, dim }, call) => alongAxis(call, x1, x2, dim, false),
    eg: ['(2, 3), (2, 3) -> (2)', '(2, 3), (3), -1 -> (2)', '(2, 3), (2, 4) -> !broadcast-mismatch'],
  },
  'pairwise_distance(x1: Tensor, x2: Tensor, p: number = 2.0, eps: float = 1e-06, keepdim: bool = False) -> any': {
    en: 'Distance between vectors along the last axis.',
    zh: '沿最后一维计算成对的距离。',
    value: ({ x1, x2, keepdim }, call) => alongAxis(call, x1, x2, -1, keepdim),
    eg: '(2, 3), (2, 3) -> (2)',
  },
  'pdist(input: Tensor[n, d], p: number = 2) -> Tensor[k]': {
    needs: 'real float',
    en: 'Distance of every pair of rows.',
    zh: '各行两两之间的距离。',
    where: ({ n }) => ({ k: floorBy(mul(n, sub(n, 1)), 2) }),
    eg: '(4, 3) -> (6)',
  },
});

const alongAxis = (call: Call, a: TensorArg, b: TensorArg, dim: number, keep: boolean): Arg | undefined => {
  const all = elementwise(call, [a, b]);
  if (!all) return undefined;
  const at = position(call, all.shape, dim);
  if (at === undefined) return undefined;
  const dims = keep ? all.shape.dims.map((d, i) => (i === at ? 1 : d)) : all.shape.dims.filter((_, i) => i !== at);
  return typedLike(call, all, { ...all.shape, dims });
};
