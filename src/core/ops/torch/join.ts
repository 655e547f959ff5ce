import { add, type Dim, max, product } from '../../dims';
import { numel, type Shape, sameShape, shapeOf } from '../../shapes';
import type { Arg, TensorArg } from '../arg';
import { broadcastAll, type Call, fresh, giveUp, need, refuse, tensor } from '../call';
import { fault } from '../codes';
import { promoteAll } from '../dtypes';
import { trueCount } from '../indexing';
import { ops } from '../rows';
import { needAxis, position, sizeAt, withSize } from '../rules/axes';
import { needChoice, needInside, needMask, needPositive, needRank } from '../rules/checks';
import { cat, stack } from '../rules/join';
import { laid } from '../rules/layout';
import { selected } from '../rules/move';
import { chunked, cutAt, evenly, splitBy, splitInto, unbound } from '../rules/split';
import { int, tuple } from '../rules/values';
import { typed } from '../rules/view';

const joined = (call: Call, tensors: readonly TensorArg[], shape: Shape | undefined): Arg | undefined => {
  const dtype = promoteAll(tensors.map((t) => t.dtype));
  const rows = tensors.every((t) => t.layout === 'contiguous');
  return shape && tensor(call.lib, shape, { ...(dtype ? { dtype } : {}), ...(rows ? laid('contiguous') : {}) });
};

/** `hstack`, `vstack` and `dstack` first give each tensor a least rank. */
const raised = (call: Call, t: TensorArg, least: 1 | 2 | 3): TensorArg | undefined => {
  if (t.shape.rest) return giveUp(call, 'the rank is not known');
  const { dims } = t.shape;
  if (dims.length >= least) return t;
  const shape =
    least === 1 ? [1] : least === 2 ? [1, dims[0] ?? 1] : dims.length === 2 ? [...dims, 1] : [1, dims[0] ?? 1, 1];
  return tensor(call.lib, { dims: shape }, { ...typed(t), ...laid(t.layout === 'contiguous' ? t.layout : undefined) });
};

const raisedAll = (call: Call, tensors: readonly TensorArg[], least: 1 | 2 | 3): readonly TensorArg[] | undefined => {
  const all = tensors.map((t) => raised(call, t, least)).filter((t) => t !== undefined);
  return all.length === tensors.length ? all : undefined;
};

const stackedAlong = (call: Call, tensors: readonly TensorArg[], least: 1 | 2 | 3, dim: number): Arg | undefined => {
  if (tensors.length === 0) return refuse(call, fault('empty-list', { op: call.op }, 'tensors'));
  const all = raisedAll(call, tensors, least);
  return all && joined(call, all, cat(call, all, dim));
};

/** Tensors joined. */
export const joins = ops('torch', {
  'cat(tensors: TensorList, dim: dim = 0) -> any': {
    en: 'Joins tensors along an axis.',
    zh: '沿某轴拼接张量。',
    value: ({ tensors, dim }, call) => joined(call, tensors, cat(call, tensors, dim)),
    aliases: ['torch.concat', 'torch.concatenate'],
    eg: ['[(2, 3), (2, 4)], 1 -> (2, 7)', '[(2, 3), (3, 4)], 1 -> !cat-mismatch', '[(2, 3), (2,)] -> !cat-mismatch'],
  },
  'stack(tensors: TensorList, dim: dim = 0) -> any': {
    en: 'Joins tensors of one shape along a new axis.',
    zh: '沿新轴堆叠形状相同的张量。',
    value: ({ tensors, dim }, call) => joined(call, tensors, stack(call, tensors, dim)),
    eg: ['[(2, 3), (2, 3)], 1 -> (2, 2, 3)', '[(2, 3), (2, 4)] -> !stack-mismatch'],
  },
  'hstack(tensors: Tensors) -> any': {
    en: 'Joins along the second axis, vectors along the first.',
    zh: '沿第二维拼接（向量沿第一维）。',
    value: ({ tensors }, call) => {
      const all = raisedAll(call, tensors, 1);
      const flat = all?.[0]?.shape.dims.length === 1;
      return (
        all &&
        (all.length > 0
          ? joined(call, all, cat(call, all, flat ? 0 : 1))
          : refuse(call, fault('empty-list', { op: call.op }, 'tensors')))
      );
    },
    eg: ['[(2, 3), (2, 4)] -> (2, 7)', '[(3), (4)] -> (7)'],
  },
  'vstack(tensors: Tensors) -> any': {
    en: 'Joins along the first axis, vectors as rows.',
    zh: '沿第一维拼接（向量作为行）。',
    value: ({ tensors }, call) => stackedAlong(call, tensors, 2, 0),
    aliases: ['torch.row_stack'],
    eg: ['[(2, 3), (3)] -> (3, 3)', '[(2, 3), (2, 4)] -> !cat-mismatch'],
  },
  'dstack(tensors: Tensors) -> any': {
    en: 'Joins along the third axis.',
    zh: '沿第三维拼接。',
    value: ({ tensors }, call) => stackedAlong(call, tensors, 3, 2),
    eg: '[(2, 3), (2, 3)] -> (2, 3, 2)',
  },
  'column_stack(tensors: Tensors) -> any': {
    en: 'Joins as columns.',
    zh: '按列拼接。',
    value: ({ tensors }, call) => {
      const all = tensors.map((t) => {
        const count = t.shape.dims.length;
        const column = t.shape.rest || count > 1 ? t.shape : { dims: [t.shape.dims[0] ?? 1, 1] };
        return tensor(call.lib, column, typed(t));
      });
      return joined(call, all, cat(call, all, 1));
    },
    eg: '[(3), (3, 2)] -> (3, 3)',
  },
  'block_diag(tensors: Tensors*) -> any': {
    en: 'Puts matrices along a diagonal.',
    zh: '按对角拼成分块矩阵。',
    value: ({ tensors }, call) => {
      let rows: Dim = 0;
      let columns: Dim = 0;
      for (const { shape } of tensors) {
        if (shape.rest) return giveUp(call, 'the rank is not known');
        rows = add(rows, shape.dims.length > 1 ? (shape.dims[0] ?? 1) : 1);
        columns = add(columns, shape.dims.at(-1) ?? 1);
      }
      return joined(call, tensors, shapeOf(rows, columns));
    },
    eg: '(2, 3), (1, 4) -> (3, 7)',
  },
  'cartesian_prod(tensors: Tensors*) -> any': {
    en: 'All combinations of one element each.',
    zh: '笛卡儿积：各取一个元素的所有组合。',
    value: ({ tensors }, call) => {
      for (const { shape } of tensors) {
        if (shape.rest) return giveUp(call, 'the rank is not known');
        if (shape.dims.length === 1) continue;
        if (tensors.length === 1 && call.lib === 'paddle') return giveUp(call, 'a single tensor');
        const data = { op: call.op, argument: 'tensors', expected: '1', found: shape.dims.length, shape };
        return refuse(call, fault('rank-mismatch', data, 'tensors'));
      }
      const count = product(tensors.map((t) => t.shape.dims[0] ?? 1));
      return joined(call, tensors, tensors.length === 1 ? shapeOf(count) : shapeOf(count, tensors.length));
    },
    eg: ['(2), (3) -> (6, 2)', '(2) -> (2)', '(2, 2), (3) -> !rank-mismatch'],
  },
  'meshgrid(tensors: Tensors*, *, indexing: str? = None) -> any': {
    en: 'Coordinate grids from vectors, one an axis.',
    zh: '由各轴的坐标向量生成网格。',
    check: ({ indexing }, call) => {
      if (indexing !== null) needChoice(call, 'indexing', indexing, ['xy', 'ij']);
    },
    value: ({ tensors, indexing }, call) => grids(call, tensors, indexing),
    eg: ['(2), (3) -> ((2, 3), (2, 3))', "(2), (3), indexing='xy' -> ((3, 2), (3, 2))", '(2, 2) -> !rank-mismatch'],
  },
  'broadcast_tensors(tensors: Tensors*) -> any': {
    en: 'Expands tensors to one common shape.',
    zh: '把多个张量广播到共同的形状。',
    value: ({ tensors }, call) => {
      const shape = broadcastAll(
        call,
        tensors.map((t) => t.shape),
        (left, right) => fault('broadcast-mismatch', { op: call.op, left, right }, 'tensors'),
      );
      return shape && tuple(tensors.map((t) => tensor(call.lib, shape, typed(t))));
    },
    eg: ['(2, 1), (3) -> ((2, 3), (2, 3))', '(2), (3) -> !broadcast-mismatch'],
  },
  'combinations(input: Tensor, r: int = 2, with_replacement: bool = False) -> any': {
    en: 'Combinations of r elements of a vector.',
    zh: '向量中取 r 个元素的所有组合。',
    value: ({ input, r, with_replacement }, call) => {
      const size = input.shape.dims[0];
      if (typeof size !== 'number' || typeof r !== 'number') return giveUp(call, 'the number of combinations');
      return tensor(call.lib, shapeOf(choose(with_replacement ? size + r - 1 : size, r), r), typed(input));
    },
    eg: '(4) -> (6, 2)',
  },
  'atleast_1d(tensors: Tensors* = ()) -> any': {
    en: 'Gives a number an axis.',
    zh: '至少补到一维。',
    value: ({ tensors }, call) => rankAtLeast(call, tensors, 1),
    eg: '() -> (1)',
  },
  'atleast_2d(tensors: Tensors* = ()) -> any': {
    en: 'Gives vectors and numbers leading axes.',
    zh: '至少补到二维。',
    value: ({ tensors }, call) => rankAtLeast(call, tensors, 2),
    eg: '(3) -> (1, 3)',
  },
  'atleast_3d(tensors: Tensors* = ()) -> any': {
    en: 'Gives matrices, vectors and numbers further axes.',
    zh: '至少补到三维。',
    value: ({ tensors }, call) => rankAtLeast(call, tensors, 3),
    eg: '(2, 3) -> (2, 3, 1)',
  },
  'vander(x: Tensor, N: int? = None, increasing: bool = False) -> any': {
    en: 'Powers of a vector as columns.',
    zh: '由向量的各次幂组成的范德蒙德矩阵。',
    value: ({ x, N }, call) =>
      tensor(
        call.lib,
        { ...x.shape, dims: [...x.shape.dims, N ?? x.shape.dims.at(-1) ?? 1] },
        x.dtype === 'bool' ? { dtype: 'int64' } : typed(x),
      ),
    eg: '(4), 3 -> (4, 3)',
  },
});

const choose = (n: number, r: number): number => {
  let all = 1;
  for (let i = 0; i < r; i++) all = (all * (n - i)) / (i + 1);
  return n < r ? 0 : all;
};

const grids = (call: Call, tensors: readonly TensorArg[], indexing: string | null): Arg | undefined => {
  const types = tensors.map((t) => t.dtype).filter((t) => t !== undefined);
  const odd = types.find((t) => t !== types[0]);
  if (odd && types[0])
    return refuse(call, fault('dtype-mismatch', { op: call.op, left: types[0], right: odd }, 'tensors'));
  const sizes: Dim[] = [];
  for (const { shape } of tensors) {
    if (shape.rest) {
      sizes.push(fresh(call, 'size of a coordinate vector'));
      continue;
    }
    if (shape.dims.length > 1) {
      const data = { op: call.op, argument: 'tensors', expected: '0/1', found: shape.dims.length, shape };
      return refuse(call, fault('rank-mismatch', data, 'tensors'));
    }
    sizes.push(shape.dims[0] ?? 1);
  }
  if (sizes.length === 0) return refuse(call, fault('empty-list', { op: call.op }, 'tensors'));
  const [first = 1, second = 1, ...rest] = sizes;
  const dims = indexing === 'xy' && sizes.length > 1 ? [second, first, ...rest] : sizes;
  return tuple(tensors.map((t) => tensor(call.lib, { dims }, typed(t))));
};

/** Tensors with further axes until each has so many; one alone, or a tuple of them. */
export const rankAtLeast = (call: Call, tensors: readonly TensorArg[], least: 1 | 2 | 3): Arg | undefined => {
  const all = raisedAll(call, tensors, least);
  return all?.length === 1 ? all[0] : all && tuple(all);
};

/** Tensors taken apart. */
export const splits = ops('torch torch.Tensor', {
  'chunk(input: Tensor, chunks: int, dim: dim = 0) -> any': {
    en: 'Cuts an axis into so many pieces.',
    zh: '沿某轴切成若干块。',
    value: ({ input, chunks, dim }, call) => chunked(call, input, chunks, dim),
    eg: ['(2, 6), 3, 1 -> ((2, 2), (2, 2), (2, 2))', '(2, 7), 3, 1 -> ((2, 3), (2, 3), (2, 1))'],
  },
  'unbind(input: Tensor, dim: dim = 0) -> any': {
    en: 'Takes an axis apart, one tensor an index.',
    zh: '沿某轴拆开，每个下标一个张量。',
    value: ({ input, dim }, call) => unbound(call, input, dim, (at) => selected(call, input, at, int(0)) ?? tuple([])),
    eg: '(2, 3) -> ((3), (3))',
  },
  'tensor_split(input: Tensor, sections: int, dim: dim = 0) -> any': {
    en: 'Cuts an axis into so many pieces; they need not be of one size.',
    zh: '沿某轴切成若干份，大小可以不等。',
    value: ({ input, sections, dim }, call) => evenly(call, input, sections, dim),
    eg: '(7, 2), 3 -> ((3, 2), (2, 2), (2, 2))',
  },
  'tensor_split(input: Tensor, indices: ints, dim: dim = 0) -> any': {
    en: 'Cuts an axis at given places.',
    zh: '沿某轴在指定位置切开。',
    value: ({ input, indices, dim }, call) => cutAt(call, input, indices, dim),
    eg: ['(7), [2, 5] -> ((2), (3), (2))', '(7), indices=[2] -> ((2), (5))'],
  },
  'tensor_split(input: Tensor, tensor_indices_or_sections: Tensor, dim: dim = 0) -> any': {
    en: 'Cuts an axis where a tensor says.',
    zh: '沿某轴在张量给出的位置切开。',
    value: (_, call) => giveUp(call, 'where to cut'),
    eg: '(7), ():int64 -> unknown',
  },
  'hsplit(input: Tensor, sections: int) -> any': {
    en: 'Cuts the second axis into equal pieces.',
    zh: '沿第二维等分。',
    value: ({ input, sections }, call) => equalPieces(call, input, sections, acrossAxis(input)),
    eg: '(2, 6), 2 -> ((2, 3), (2, 3))',
  },
  'hsplit(input: Tensor, indices: ints*) -> any': {
    en: 'Cuts the second axis at given places.',
    zh: '沿第二维在指定位置切开。',
    value: ({ input, indices }, call) => cutAt(call, input, indices, acrossAxis(input)),
    eg: '(2, 6), (1, 4) -> ((2, 1), (2, 3), (2, 2))',
  },
  'vsplit(input: Tensor, sections: int) -> any': {
    en: 'Cuts the first axis into equal pieces.',
    zh: '沿第一维等分。',
    value: ({ input, sections }, call) => equalPieces(call, input, sections, 0),
    eg: '(4, 6), 2 -> ((2, 6), (2, 6))',
  },
  'vsplit(input: Tensor, indices: ints*) -> any': {
    en: 'Cuts the first axis at given places.',
    zh: '沿第一维在指定位置切开。',
    value: ({ input, indices }, call) => cutAt(call, input, indices, 0),
    eg: '(4, 6), (1,) -> ((1, 6), (3, 6))',
  },
  'dsplit(input: Tensor, sections: int) -> any': {
    en: 'Cuts the third axis into equal pieces.',
    zh: '沿第三维等分。',
    value: ({ input, sections }, call) => equalPieces(call, input, sections, 2),
    eg: '(2, 2, 4), 2 -> ((2, 2, 2), (2, 2, 2))',
  },
  'dsplit(input: Tensor, indices: ints*) -> any': {
    en: 'Cuts the third axis at given places.',
    zh: '沿第三维在指定位置切开。',
    value: ({ input, indices }, call) => cutAt(call, input, indices, 2),
    eg: '(2, 2, 4), (1,) -> ((2, 2, 1), (2, 2, 3))',
  },
  'split_with_sizes(input: Tensor, split_sizes: ints, dim: dim = 0) -> any': {
    en: 'Cuts an axis into pieces of given sizes.',
    zh: '沿某轴按给定大小切开。',
    value: ({ input, split_sizes, dim }, call) => splitInto(call, input, split_sizes, dim),
    eg: '(2, 6), (2, 4), 1 -> ((2, 2), (2, 4))',
  },
});

/** `hsplit` cuts a vector along its only axis. */
const acrossAxis = ({ shape }: TensorArg): number => (shape.dims.length === 1 && !shape.rest ? 0 : 1);

const equalPieces = (call: Call, input: TensorArg, count: Dim, dim: number): Arg | undefined => {
  const at = position(call, input.shape, dim);
  if (at === undefined) return undefined;
  const size = sizeAt(input.shape, at);
  const clash = fault('not-divisible', { op: call.op, size, by: count, what: `dim ${dim}` }, 'sections');
  if (count === 0) return refuse(call, clash);
  need(call, { kind: 'divides', divisor: count, dividend: size }, clash);
  return evenly(call, input, count, dim);
};

/** `split` is Python's: a number is the size of a piece, a list the sizes of all. */
export const pythonSplits = ops(
  'torch',
  {
    'split(tensor: Tensor, split_size_or_sections: int, dim: dim = 0) -> any': {
      en: 'Cuts an axis into pieces of one size.',
      zh: '沿某轴按固定大小切开。',
      value: ({ tensor: input, split_size_or_sections: size, dim }, call) => splitBy(call, input, size, dim),
      eg: ['(2, 7), 3, 1 -> ((2, 3), (2, 3), (2, 1))', '(2, 7), 3, dim=2 -> !axis-range'],
    },
    'split(tensor: Tensor, split_size_or_sections: ints, dim: dim = 0) -> any': {
      en: 'Cuts an axis into pieces of given sizes.',
      zh: '沿某轴按给定大小切开。',
      value: ({ tensor: input, split_size_or_sections: parts, dim }, call) => splitInto(call, input, parts, dim),
      eg: ['(2, 6), [2, 4], 1 -> ((2, 2), (2, 4))', '(2, 6), [2, 3], 1 -> !split-sum'],
    },
  },
  { python: true },
);

/** The method names its sizes otherwise. */
export const splitMethods = ops(
  'torch.Tensor',
  {
    'split(tensor: Tensor, split_size: int, dim: dim = 0) -> any': {
      en: 'Cuts an axis into pieces of one size.',
      zh: '沿某轴按固定大小切开。',
      value: ({ tensor: input, split_size: size, dim }, call) => splitBy(call, input, size, dim),
      eg: '(2, 6), split_size=3, dim=1 -> ((2, 3), (2, 3))',
    },
    'split(tensor: Tensor, split_size: ints, dim: dim = 0) -> any': {
      en: 'Cuts an axis into pieces of given sizes.',
      zh: '沿某轴按给定大小切开。',
      value: ({ tensor: input, split_size: parts, dim }, call) => splitInto(call, input, parts, dim),
      eg: '(2, 6), split_size=[2, 4], dim=1 -> ((2, 2), (2, 4))',
    },
  },
  { python: true },
);

/** Elements taken and put by index tensors. */
export const gathers = ops('torch torch.Tensor', {
  'gather(input: Tensor, dim: dim, index: Tensor, *, sparse_grad: bool = False) -> any': {
    en: 'Picks elements along an axis by an index tensor.',
    zh: '沿某轴按索引张量取元素。',
    value: ({ input, dim, index }, call) => {
      needIndex(call, index);
      needWithin(call, input.shape, index.shape, dim, 'input');
      return tensor(call.lib, index.shape, typed(input));
    },
    eg: [
      '(2, 5), 1, (2, 3):int64 -> (2, 3)',
      '(2, 5), 1, (3, 3):int64 -> !index-size',
      '(2, 5), 1, (3):int64 -> !rank-mismatch',
    ],
  },
  'take_along_dim(input: Tensor, indices: Tensor, dim: dim? = None) -> any': {
    en: 'Picks elements along an axis; the other axes broadcast.',
    zh: '沿某轴按索引取元素，其余各轴广播。',
    value: ({ input, indices, dim }, call) => takenAlong(call, input, indices, dim),
    eg: ['(2, 5), (1, 3):int64, 1 -> (2, 3)', '(2, 5), (4):int64 -> (4)'],
  },
  'take(input: Tensor, index: Tensor) -> any': {
    en: 'Picks elements as if the tensor were flat.',
    zh: '把张量看成一维，按索引取元素。',
    value: ({ input, index }, call) => tensor(call.lib, index.shape, typed(input)),
    eg: '(2, 5), (3):int64 -> (3)',
  },
  'index_select(input: Tensor, dim: dim, index: Tensor) -> any': {
    en: 'Picks indices along an axis.',
    zh: '沿某轴选取若干下标。',
    value: ({ input, dim, index }, call) => {
      needIndex(call, index);
      const at = position(call, input.shape, dim);
      if (at !== undefined) needInside(call, index, sizeAt(input.shape, at), 'index');
      if (index.shape.dims.length > 1) {
        const data = {
          op: call.op,
          argument: 'index',
          expected: '0/1',
          found: index.shape.dims.length,
          shape: index.shape,
        };
        return refuse(call, fault('rank-mismatch', data, 'index'));
      }
      if (at === undefined) return undefined;
      const count = index.shape.rest ? fresh(call, 'number of indices') : (index.shape.dims[0] ?? 1);
      return tensor(call.lib, withSize(input.shape, at, count), typed(input));
    },
    eg: ['(2, 5), 1, (3):int64 -> (2, 3)', '(2, 5), 1, (2, 2):int64 -> !rank-mismatch'],
  },
  'masked_select(input: Tensor, mask: Tensor) -> any': {
    en: 'Takes the elements where the mask is true.',
    zh: '取出掩码为真处的元素。',
    value: ({ input, mask }, call) => {
      needBroadcast(call, input.shape, mask.shape, 'mask');
      needMask(call, mask, 'mask');
      const count = sameShape(input.shape, mask.shape) ? trueCount(mask) : undefined;
      return tensor(call.lib, shapeOf(count ?? fresh(call, 'count of true values')), typed(input));
    },
    eg: ['(2, 3), (3):bool -> (?)', '(2, 3), (4):bool -> !broadcast-mismatch'],
  },
  'nonzero(input: Tensor) -> any': {
    en: 'Places of the elements that are not 0, one a row.',
    zh: '非零元素的位置，每行一个。',
    value: ({ input }, call) => {
      if (input.shape.rest) return giveUp(call, 'the rank is not known');
      const shape = shapeOf(fresh(call, 'count of elements that are not 0'), input.shape.dims.length);
      return tensor(call.lib, shape, { dtype: 'int64' });
    },
    aliases: ['torch.argwhere', 'torch.Tensor.argwhere'],
    eg: '(2, 3) -> (?, 2)',
  },
  'nonzero(input: Tensor, *, as_tuple: bool) -> any': {
    en: 'Places of the elements that are not 0, one tensor an axis.',
    zh: '非零元素的位置，可按轴分开返回。',
    value: ({ input, as_tuple }, call) => {
      if (input.shape.rest) return giveUp(call, 'the rank is not known');
      const count = fresh(call, 'count of elements that are not 0');
      const { length } = input.shape.dims;
      if (!as_tuple) return tensor(call.lib, shapeOf(count, length), { dtype: 'int64' });
      const one = tensor(call.lib, shapeOf(count), { dtype: 'int64' });
      return tuple(Array.from({ length: Math.max(1, length) }, () => one));
    },
    eg: '(2, 3), as_tuple=True -> ((?), (?))',
  },
  'scatter(input: Tensor, dim: dim, index: Tensor, src: operand, *, reduce: str? = None) -> any': {
    en: 'Puts values at indices along an axis.',
    zh: '沿某轴按索引写入数值。',
    value: ({ input, dim, index, src }, call) => scattered(call, input, dim, index, src),
    inplace: true,
    eg: ['(2, 5), 1, (2, 3):int64, (2, 3) -> (2, 5)', '(2, 5), 2, (2, 3):int64, 1.0 -> !axis-range'],
  },
  'scatter(input: Tensor, dim: dim, index: Tensor, value: operand, *, reduce: str? = None) -> any': {
    en: 'Puts one value at indices along an axis.',
    zh: '沿某轴按索引写入同一个数。',
    value: ({ input, dim, index, value }, call) => scattered(call, input, dim, index, value),
    inplace: true,
    eg: '(2, 5), 1, (2, 3):int64, value=1.0 -> (2, 5)',
  },
  'scatter_add(input: Tensor, dim: dim, index: Tensor, src: Tensor) -> any': {
    en: 'Adds values at indices along an axis.',
    zh: '沿某轴按索引累加数值。',
    value: ({ input, dim, index, src }, call) => scattered(call, input, dim, index, src),
    inplace: true,
    eg: '(2, 5), 1, (2, 3):int64, (2, 3) -> (2, 5)',
  },
  'scatter_reduce(input: Tensor, dim: dim, index: Tensor, src: Tensor, reduce: str, *, include_self: bool = True) -> any':
    {
      en: 'Reduces values into indices along an axis.',
      zh: '沿某轴按索引归约写入。',
      value: ({ input, dim, index, src }, call) => scattered(call, input, dim, index, src),
      inplace: true,
      eg: "(2, 5), 1, (2, 3):int64, (2, 3), 'sum' -> (2, 5)",
    },
  'index_add(input: Tensor[*a], dim: dim, index: Tensor, source: Tensor, *, alpha: number = 1) -> Tensor[*a]': {
    en: 'Adds slices at indices along an axis.',
    zh: '沿某轴按下标累加切片。',
    dtype: 'unknown',
    inplace: true,
    check: ({ input, dim, index, source }, call) => needSlices(call, input, dim, index, source),
    eg: ['(5, 3), 0, (2):int64, (2, 3) -> (5, 3)', '(5, 3), 0, (2):int64, (2, 4) -> !index-size'],
  },
  'index_copy(input: Tensor[*a], dim: dim, index: Tensor, source: Tensor) -> Tensor[*a]': {
    en: 'Puts slices at indices along an axis.',
    zh: '沿某轴按下标写入切片。',
    dtype: 'unknown',
    inplace: true,
    check: ({ input, dim, index, source }, call) => needSlices(call, input, dim, index, source),
    eg: '(5, 3), 0, (2):int64, (2, 3) -> (5, 3)',
  },
  'index_fill(input: Tensor[*a], dim: dim, index: Tensor, value: operand) -> Tensor[*a]': {
    en: 'Puts one value at indices along an axis.',
    zh: '沿某轴把若干下标填成同一个数。',
    dtype: 'unknown',
    inplace: true,
    check: ({ input, dim, index }, call) => {
      needIndex(call, index);
      needAxis(call, input.shape, dim);
    },
    eg: '(5, 3), 0, (2):int64, 1.0 -> (5, 3)',
  },
  'masked_scatter(input: Tensor[*a], mask: Tensor, source: Tensor) -> Tensor[*a]': {
    en: 'Puts values one after the other where the mask is true.',
    zh: '依次把数值写入掩码为真处。',
    dtype: 'unknown',
    inplace: true,
    check: ({ input, mask }, call) => {
      needBroadcast(call, input.shape, mask.shape, 'mask');
      needMask(call, mask, 'mask');
    },
    eg: '(2, 3), (3):bool, (6) -> (2, 3)',
  },
  'topk(input: Tensor, k: int, dim: dim = -1, largest: bool = True, sorted: bool = True) -> any': {
    needs: 'real number',
    en: 'The k largest elements along an axis, and their places.',
    zh: '沿某轴取最大的 k 个元素及其位置。',
    value: ({ input, k, dim }, call) => {
      const at = position(call, input.shape, dim);
      if (at === undefined) return undefined;
      const size = sizeAt(input.shape, at);
      if (typeof k === 'number' && k < 0)
        return refuse(call, fault('negative', { op: call.op, argument: 'k', found: k }, 'k'));
      const data = { op: call.op, argument: 'k', size, found: k };
      need(call, { kind: 'le', left: k, right: size }, fault('too-many-picked', data, 'k'));
      return valued(call, input, input.shape.dims.length === 0 ? input.shape : withSize(input.shape, at, k));
    },
    eg: ['(2, 5), 3 -> ((2, 3), (2, 3))', '(2, 5), 6 -> !too-many-picked'],
  },
  'sort(input: Tensor, dim: dim = -1, descending: bool = False) -> any': {
    needs: 'real',
    en: 'Sorts along an axis; also gives the old places.',
    zh: '沿某轴排序，并给出原位置。',
    value: ({ input, dim }, call) => {
      needAxis(call, input.shape, dim);
      return valued(call, input, input.shape);
    },
    eg: '(2, 5) -> ((2, 5), (2, 5))',
  },
  'sort(input: Tensor, *, stable: bool?, dim: dim = -1, descending: bool = False) -> any': {
    needs: 'real',
    en: 'Sorts along an axis and keeps the order of equal elements.',
    zh: '沿某轴稳定排序，并给出原位置。',
    value: ({ input, dim }, call) => {
      needAxis(call, input.shape, dim);
      return valued(call, input, input.shape);
    },
    eg: '(2, 5), stable=True -> ((2, 5), (2, 5))',
  },
  'argsort(input: Tensor[*a], dim: dim = -1, descending: bool = False) -> Tensor[*a]': {
    needs: 'real',
    en: 'The order that sorts along an axis.',
    zh: '沿某轴排序所用的下标。',
    dtype: 'int64',
    check: ({ input, dim }, call) => needAxis(call, input.shape, dim),
    eg: '(2, 5), 1 -> (2, 5)',
  },
  'argsort(input: Tensor[*a], *, stable: bool, dim: dim = -1, descending: bool = False) -> Tensor[*a]': {
    needs: 'real',
    en: 'The order that sorts along an axis, stable.',
    zh: '沿某轴稳定排序所用的下标。',
    dtype: 'int64',
    check: ({ input, dim }, call) => needAxis(call, input.shape, dim),
    eg: '(2, 5), stable=True -> (2, 5)',
  },
  'diff(input: Tensor, n: int = 1, dim: dim = -1, prepend: Tensor? = None, append: Tensor? = None) -> any': {
    en: 'Differences of neighbours along an axis.',
    zh: '沿某轴求相邻元素之差。',
    value: ({ input, n, dim, prepend, append }, call) => {
      const at = position(call, input.shape, dim);
      if (at === undefined || typeof n !== 'number') return undefined;
      let size = sizeAt(input.shape, at);
      for (const more of [prepend, append])
        if (more) size = add(size, more.shape.rest ? fresh(call, 'size') : sizeAt(more.shape, at));
      return tensor(call.lib, withSize(input.shape, at, max(0, add(size, -n))), typed(input));
    },
    eg: '(2, 5) -> (2, 4)',
  },
  'renorm(input: Tensor[*a], p: number, dim: dim, maxnorm: number) -> Tensor[*a]': {
    en: 'Scales slices along an axis down to a largest norm.',
    zh: '把沿某轴的切片缩放到不超过给定范数。',
    inplace: true,
    eg: '(2, 3), 2, 0, 1.0 -> (2, 3)',
  },
  'bincount(input: Tensor, weights: Tensor? = None, minlength: int = 0) -> any': {
    en: 'Counts how often each number occurs.',
    zh: '统计每个整数出现的次数。',
    value: (_, call) => tensor(call.lib, shapeOf(fresh(call, 'largest number plus 1')), {}),
    eg: '(5):int64 -> (?)',
  },
  'histc(input: Tensor, bins: int = 100, min: number = 0, max: number = 0) -> any': {
    en: 'Counts elements in bins.',
    zh: '统计各区间内的元素个数。',
    value: ({ input, bins }, call) => tensor(call.lib, shapeOf(bins), typed(input)),
    eg: '(5), 10 -> (10)',
  },
  'multinomial(input: Tensor, num_samples: int, replacement: bool = False, *, generator: any = None) -> any': {
    en: 'Draws indices with the elements as weights.',
    zh: '以元素为权重抽取下标。',
    value: ({ input, num_samples, replacement }, call) => {
      needPositive(call, 'num_samples', [num_samples]);
      const { dims, rest } = input.shape;
      if (rest) return giveUp(call, 'the rank is not known');
      const weights = dims.at(-1) ?? 1;
      const clash = { op: call.op, argument: 'num_samples', size: weights, found: num_samples };
      if (!replacement)
        need(call, { kind: 'le', left: num_samples, right: weights }, fault('too-many-picked', clash, 'num_samples'));
      if (dims.length === 0 || dims.length > 2) {
        const data = { op: call.op, argument: 'input', expected: '1/2', found: dims.length, shape: input.shape };
        return refuse(call, fault('rank-mismatch', data, 'input'));
      }
      return tensor(call.lib, { dims: [...dims.slice(0, -1), num_samples] }, { dtype: 'int64', layout: 'contiguous' });
    },
    eg: ['(2, 5), 3 -> (2, 3)', '(2, 5), 0 -> !not-positive'],
  },
});

const valued = (call: Call, input: TensorArg, shape: Shape): Arg => ({
  kind: 'tuple',
  names: ['values', 'indices'],
  items: [
    tensor(call.lib, shape, { ...typed(input), ...laid(input.layout === 'contiguous' ? input.layout : undefined) }),
    tensor(call.lib, shape, { dtype: 'int64' }),
  ],
});

const needIndex = (call: Call, index: TensorArg): void => {
  // Nobody looks at the type of no index at all.
  if (index.shape.dims.includes(0)) return;
  if (index.dtype === undefined || index.dtype === 'int64' || index.dtype === 'int32') return;
  const data = { op: call.op, argument: 'index', expected: 'int64', found: index.dtype };
  refuse(call, fault('dtype-refused', data, 'index'));
};

/** `index` may be no larger than `whole` on the axes besides `dim`, and has its rank. */
const needWithin = (call: Call, whole: Shape, index: Shape, dim: number, argument: string): void => {
  if (whole.rest || index.rest || index.dims.includes(0)) return;
  const rank = Math.max(1, whole.dims.length);
  if (rank !== Math.max(1, index.dims.length)) {
    const data = {
      op: call.op,
      argument: 'index',
      expected: `${whole.dims.length}`,
      found: index.dims.length,
      shape: index,
    };
    refuse(call, fault('rank-mismatch', data, 'index', argument));
    return;
  }
  const at = position(call, whole, dim);
  if (at === undefined) return;
  index.dims.forEach((found, i) => {
    const size = whole.dims[i] ?? found;
    const data = { op: call.op, axis: i, size, found };
    if (i !== at) need(call, { kind: 'le', left: found, right: size }, fault('index-size', data, 'index', argument));
  });
};

const scattered = (call: Call, input: TensorArg, dim: number, index: TensorArg, src: Arg): Arg => {
  needIndex(call, index);
  if (src.kind === 'tensor') needSameType(call, input, src);
  needWithin(call, input.shape, index.shape, dim, 'input');
  if (
    src.kind === 'tensor' &&
    !src.shape.rest &&
    !index.shape.rest &&
    src.shape.dims.length === index.shape.dims.length &&
    !index.shape.dims.includes(0)
  ) {
    index.shape.dims.forEach((found, i) => {
      const size = src.shape.dims[i] ?? found;
      const data = { op: call.op, axis: i, size, found };
      need(call, { kind: 'le', left: found, right: size }, fault('index-size', data, 'index', 'src'));
    });
  }
  return tensor(call.lib, input.shape, typed(input));
};

const takenAlong = (call: Call, input: TensorArg, indices: TensorArg, dim: number | null): Arg | undefined => {
  needIndex(call, indices);
  if (dim === null) {
    const count = numel(indices.shape);
    return tensor(call.lib, shapeOf(count ?? fresh(call, 'number of indices')), typed(input));
  }
  const at = position(call, input.shape, dim);
  if (at === undefined || indices.shape.rest || input.shape.rest) return giveUp(call, 'the rank is not known');
  if (indices.shape.dims.length !== input.shape.dims.length) {
    const found = indices.shape.dims.length;
    const data = {
      op: call.op,
      argument: 'indices',
      expected: `${input.shape.dims.length}`,
      found,
      shape: indices.shape,
    };
    return refuse(call, fault('rank-mismatch', data, 'indices'));
  }
  const own = withSize(input.shape, at, 1);
  const theirs = withSize(indices.shape, at, 1);
  const shape = broadcastAll(call, [own, theirs], (left, right) =>
    fault('broadcast-mismatch', { op: call.op, left, right }, 'input', 'indices'),
  );
  return shape && tensor(call.lib, withSize(shape, at, sizeAt(indices.shape, at)), typed(input));
};

const needBroadcast = (call: Call, left: Shape, right: Shape, name: string): void => {
  broadcastAll(call, [left, right], () => fault('broadcast-mismatch', { op: call.op, left, right }, 'input', name));
};

/** What is put must have the target's element type. */
const needSameType = (call: Call, target: TensorArg, source: TensorArg): void => {
  if (target.dtype === undefined || source.dtype === undefined || target.dtype === source.dtype) return;
  const data = { op: call.op, left: target.dtype, right: source.dtype };
  refuse(call, fault('dtype-mismatch', data, 'input', 'src'));
};

/** Slices to be put at indices: as many as there are indices, and like the target elsewhere. */
const needSlices = (call: Call, input: TensorArg, dim: number, index: TensorArg, source: TensorArg): void => {
  needIndex(call, index);
  needSameType(call, input, source);
  if (input.shape.rest || source.shape.rest || index.shape.rest) return;
  const at = position(call, input.shape, dim);
  if (at === undefined) return;
  if (source.shape.dims.length !== input.shape.dims.length) {
    if (source.shape.dims.length === 0 || input.shape.dims.length === 0) return;
    const found = source.shape.dims.length;
    const data = {
      op: call.op,
      argument: 'source',
      expected: `${input.shape.dims.length}`,
      found,
      shape: source.shape,
    };
    refuse(call, fault('rank-mismatch', data, 'source'));
    return;
  }
  source.shape.dims.forEach((found, i) => {
    const size = i === at ? (index.shape.dims[0] ?? 1) : (input.shape.dims[i] ?? found);
    const data = { op: call.op, axis: i, size, found };
    need(call, { kind: 'eq', left: size, right: found }, fault('index-size', data, 'source'));
  });
};

/** Python functions whose result depends on the values. */
export const uniques = ops(
  'torch torch.Tensor',
  {
    'unique(input: Tensor, sorted: bool = True, return_inverse: bool = False, return_counts: bool = False, dim: dim? = None) -> any':
      {
        en: 'The different elements, or slices along an axis.',
        zh: '去重后的元素，或沿某轴去重后的切片。',
        value: ({ input, return_inverse, return_counts, dim }, call) =>
          distinct(call, input, return_inverse, return_counts, dim),
        eg: ['(2, 3) -> (?)', '(2, 3), dim=0 -> (?, 3)'],
      },
    'unique_consecutive(input: Tensor, return_inverse: bool = False, return_counts: bool = False, dim: dim? = None) -> any':
      {
        en: 'Elements without their immediate repetitions.',
        zh: '去掉连续重复的元素。',
        value: ({ input, return_inverse, return_counts, dim }, call) =>
          distinct(call, input, return_inverse, return_counts, dim),
        eg: '(2, 3) -> (?)',
      },
  },
  { python: true },
);

const distinct = (
  call: Call,
  input: TensorArg,
  inverse: boolean,
  countsToo: boolean,
  dim: number | null,
): Arg | undefined => {
  const count = fresh(call, 'count of different elements');
  const at = dim === null ? undefined : position(call, input.shape, dim);
  if (dim !== null && at === undefined) return undefined;
  const shape = at === undefined ? shapeOf(count) : withSize(input.shape, at, count);
  const items: Arg[] = [tensor(call.lib, shape, typed(input))];
  const places = at === undefined ? input.shape : shapeOf(sizeAt(input.shape, at));
  if (inverse) items.push(tensor(call.lib, places, { dtype: 'int64' }));
  if (countsToo) items.push(tensor(call.lib, shapeOf(count), { dtype: 'int64' }));
  return items.length === 1 ? items[0] : tuple(items);
};

/** Searches in sorted values. */
export const searches = ops('torch', {
  'searchsorted(sorted_sequence: Tensor, input: operand, *, out_int32: bool = False, right: bool = False, side: str? = None, sorter: Tensor? = None) -> any':
    {
      en: 'Where values would stand in a sorted sequence.',
      zh: '各值在有序序列中的插入位置。',
      check: ({ sorted_sequence, input }, call) => {
        if (input.kind === 'tensor') needSortedLike(call, sorted_sequence.shape, input.shape);
        else if (input.kind !== 'unknown' && input.kind !== 'other')
          needRank(call, sorted_sequence, 'sorted_sequence', 1);
      },
      value: ({ input, out_int32 }, call) => placed(call, input, out_int32),
      eg: '(5), (2, 3) -> (2, 3)',
    },
  'bucketize(input: operand, boundaries: Tensor, *, out_int32: bool = False, right: bool = False) -> any': {
    en: 'The bin of each value.',
    zh: '各值所在的区间编号。',
    check: ({ boundaries }, call) => needRank(call, boundaries, 'boundaries', 1),
    value: ({ input, out_int32 }, call) => placed(call, input, out_int32),
    eg: ['(2, 3), (5) -> (2, 3)', '(2, 3), (2, 5) -> !rank-mismatch'],
  },
  'isin(elements: operand, test_elements: operand, *, assume_unique: bool = False, invert: bool = False) -> any': {
    en: 'True where an element is among others.',
    zh: '元素是否属于给定集合。',
    value: ({ elements }, call) =>
      elements.kind === 'tensor' ? tensor(call.lib, elements.shape, { dtype: 'bool' }) : undefined,
    eg: '(2, 3), (4) -> (2, 3)',
  },
});

/** A sorted sequence of several rows has the leading axes of what is searched in it. */
const needSortedLike = (call: Call, sorted: Shape, input: Shape): void => {
  if (sorted.rest || input.rest || sorted.dims.length <= 1) return;
  const clash = fault('shape-mismatch', { op: call.op, left: sorted, right: input }, 'sorted_sequence', 'input');
  if (sorted.dims.length !== input.dims.length) {
    refuse(call, clash);
    return;
  }
  sorted.dims.slice(0, -1).forEach((d, i) => {
    need(call, { kind: 'eq', left: d, right: input.dims[i] ?? d }, clash);
  });
};

const placed = (call: Call, input: Arg, short: boolean): Arg | undefined =>
  input.kind === 'unknown' || input.kind === 'other'
    ? undefined
    : tensor(call.lib, input.kind === 'tensor' ? input.shape : shapeOf(), { dtype: short ? 'int32' : 'int64' });
