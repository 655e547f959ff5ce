import { type Dim, max, sub } from '../../dims';
import { numel, type Shape, shapeOf } from '../../shapes';
import type { Arg, TensorArg } from '../arg';
import { broadcastAll, type Call, fresh, freshShape, giveUp, need, refuse, tensor } from '../call';
import { fault } from '../codes';
import { sliceSize } from '../indexing';
import { ops } from '../rows';
import { needAxis, position, sizeAt, without, withSize } from '../rules/axes';
import { elementwise } from '../rules/elementwise';
import { typed } from '../rules/view';

const paddle = { lib: 'paddle', python: true } as const;
const everywhere = 'paddle paddle.Tensor paddle.tensor';

const needIndex = (call: Call, index: TensorArg, name = 'index'): void => {
  if (index.dtype === undefined || index.dtype === 'int64' || index.dtype === 'int32') return;
  refuse(call, fault('dtype-refused', { op: call.op, argument: name, expected: 'int64', found: index.dtype }, name));
};

/** An index for slices along an axis. */
const needSlicesAlong = (call: Call, x: TensorArg, index: TensorArg, axis: number): void => {
  needIndex(call, index);
  needAxis(call, x.shape, axis, 'axis');
};

const needRank = (call: Call, t: TensorArg, name: string, expected: string, fits: (rank: number) => boolean): void => {
  if (t.shape.rest || fits(t.shape.dims.length)) return;
  const data = { op: call.op, argument: name, expected, found: t.shape.dims.length, shape: t.shape };
  refuse(call, fault('rank-mismatch', data, name));
};

/** An index of two axes is a column: its last axis is 1 and counts for nothing. */
const columnOf = (call: Call, index: TensorArg): Shape => {
  const { dims, rest } = index.shape;
  needRank(call, index, 'index', '0/2', (rank) => rank <= 2);
  const [count = 1, width] = dims;
  if (rest || width === undefined) return index.shape;
  const data = { op: call.op, axis: '1', expected: 1, found: width };
  need(call, { kind: 'eq', left: 1, right: width }, fault('size-mismatch', data, 'index'));
  return shapeOf(count);
};

const selected = (call: Call, x: TensorArg, index: TensorArg, axis: number): Arg | undefined => {
  needIndex(call, index);
  // A column counts as a vector.
  const column = index.shape.dims.length === 2 && index.shape.dims[1] === 1;
  if (!column) needRank(call, index, 'index', '1', (rank) => rank === 1);
  const at = position(call, x.shape, axis, 0, 'axis');
  if (at === undefined) return undefined;
  const count = index.shape.rest ? fresh(call, 'number of indices') : (index.shape.dims[0] ?? 1);
  return tensor(call.lib, withSize(x.shape, at, count), typed(x));
};

/** Elements and slices taken by indices. */
export const gathers = ops(
  everywhere,
  {
    'gather(x: Tensor, index: Tensor, axis: dim? = 0) -> any': {
      en: 'Takes slices along an axis by their indices.',
      zh: '沿某轴按下标取切片。',
      remarks: [
        {
          en: 'PyTorch’s gather picks single elements: that is take_along_axis here.',
          zh: 'PyTorch 的 gather 逐元素取值，在这里是 take_along_axis。',
        },
      ],
      value: ({ x, index, axis: given }, call) => {
        const axis = given ?? 0;
        // Along any axis but the first the type of the index is not looked at.
        if (axis === 0) needIndex(call, index);
        const along = columnOf(call, index);
        if (!x.shape.rest && x.shape.dims.length === 0)
          return refuse(call, fault('axis-range', { op: call.op, axis, rank: 0 }, 'axis'));
        if (!x.shape.rest && axis < -x.shape.dims.length)
          return giveUp(call, 'an axis before the first is not refused');
        const at = position(call, x.shape, axis, 0, 'axis');
        if (at === undefined) return undefined;
        if (along.rest) return giveUp(call, 'the rank of the index is not known');
        if (along.dims.length === 0) return tensor(call.lib, without(x.shape, [at]), typed(x));
        return tensor(call.lib, withSize(x.shape, at, along.dims[0] ?? 1), typed(x));
      },
      eg: [
        '(3, 7), (5):int64 -> (5, 7)',
        '(3, 7), (5):int64, 1 -> (3, 5)',
        '(3, 7), ():int64 -> (7)',
        '(3, 7), (5, 1):int64 -> (5, 7)',
        '(3, 7), (5, 2):int64 -> !size-mismatch',
        '(3, 7), (5):int64, 2 -> !axis-range',
        '(3, 7), (5) -> !dtype-refused',
      ],
    },
    'gather(input: Tensor, dim: dim, index: Tensor, out: any = None) -> any': {
      en: 'Takes single elements along an axis: with the axis before the index, it is PyTorch’s gather.',
      zh: '沿某轴逐元素取值：轴写在索引之前时，与 PyTorch 的 gather 相同。',
      value: ({ input, dim, index }, call) => taken(call, input, index, dim, false),
      eg: ['(3, 7), 1, (2, 5):int64 -> (2, 5)', '(3, 7), 2, (3, 5):int64 -> !axis-range'],
    },
    'gather_nd(x: Tensor, index: Tensor) -> any': {
      en: 'Takes elements or slices by tuples of indices, one a row of the index.',
      zh: '按下标元组取元素或切片，索引的最后一维是一个元组。',
      value: ({ x, index }, call) => {
        needIndex(call, index);
        needRank(call, index, 'index', '1+', (rank) => rank > 0);
        const depth = index.shape.dims.at(-1);
        if (x.shape.rest || index.shape.rest || typeof depth !== 'number') return giveUp(call, 'the rank is not known');
        const rank = x.shape.dims.length;
        if (depth > rank) return refuse(call, fault('too-many-indices', { op: call.op, rank, found: depth }, 'index'));
        return tensor(call.lib, shapeOf(...index.shape.dims.slice(0, -1), ...x.shape.dims.slice(depth)), typed(x));
      },
      eg: [
        '(2, 5, 3), (6, 2):int64 -> (6, 3)',
        '(2, 5), (6, 1):int64 -> (6, 5)',
        '(2, 5), (6, 3):int64 -> !too-many-indices',
      ],
    },
    'index_select(x: Tensor, index: Tensor, axis: dim = 0) -> any': {
      en: 'Takes indices along an axis.',
      zh: '沿某轴选取若干下标。',
      value: ({ x, index, axis }, call) => selected(call, x, index, axis),
      eg: [
        '(2, 5), (3):int64, 1 -> (2, 3)',
        '(2, 5), (2, 2):int64 -> !rank-mismatch',
        '(2, 5), (3):int64, 2 -> !axis-range',
      ],
    },
    'index_select(x: Tensor, axis: dim, index: Tensor) -> any': {
      en: 'Takes indices along an axis, which may stand before the index.',
      zh: '沿某轴选取若干下标；轴也可写在索引之前。',
      value: ({ x, index, axis }, call) => selected(call, x, index, axis),
      eg: ['(2, 5), 1, (3):int64 -> (2, 3)', '(2, 5), 2, (3):int64 -> !axis-range'],
    },
    'index_sample(x: Tensor[n, m], index: Tensor[n, k]) -> Tensor[n, k]': {
      en: 'Takes elements of each row by that row’s indices.',
      zh: '逐行按该行的下标取元素。',
      dtype: 'same',
      check: ({ index }, call) => needIndex(call, index),
      eg: ['(2, 3), (2, 5):int64 -> (2, 5)', '(2, 3), (4, 5):int64 -> !size-mismatch'],
    },
    'take_along_axis(arr: Tensor, indices: Tensor, axis: dim, broadcast: bool = True) -> any': {
      en: 'Takes single elements along an axis; the other axes broadcast.',
      zh: '沿某轴逐元素取值，其余各轴可广播。',
      value: ({ arr, indices, axis, broadcast }, call) => taken(call, arr, indices, axis, broadcast),
      eg: [
        '(3, 2), (3, 5):int64, 1 -> (3, 5)',
        '(3, 2), (1, 5):int64, 1 -> (3, 5)',
        '(3, 2), (3, 5):int64, 2 -> !axis-range',
        '(3, 2), (4, 5):int64, 1 -> !index-size',
        '(3, 2), (5):int64, 1 -> !rank-mismatch',
      ],
    },
    "put_along_axis(arr: Tensor[*a], indices: Tensor, values: any, axis: dim, reduce: str = 'assign', include_self: bool = True, broadcast: bool = True) -> Tensor[*a]":
      {
        en: 'Puts single elements along an axis.',
        zh: '沿某轴逐元素写入。',
        dtype: 'same',
        inplace: true,
        check: ({ arr, indices, axis }, call) => {
          needAxis(call, arr.shape, axis, 'axis');
          if (!call.op.endsWith('_')) needIndex(call, indices, 'indices');
        },
        eg: '(2, 3), (2, 1):int64, 1.0, 1 -> (2, 3)',
      },
    'scatter(x: Tensor[*a], index: Tensor, updates: Tensor, overwrite: bool = True) -> Tensor[*a]': {
      en: 'Puts slices at indices along the first axis.',
      zh: '沿第一维按下标写入切片。',
      remarks: [
        {
          en: 'PyTorch’s scatter puts single elements: that is put_along_axis here.',
          zh: 'PyTorch 的 scatter 逐元素写入，在这里是 put_along_axis。',
        },
      ],
      dtype: 'same',
      check: ({ x, index, updates }, call) => needSlices(call, x, index, updates, true),
      eg: [
        '(5, 3), (2):int64, (2, 3) -> (5, 3)',
        '(5, 3), ():int64, (3) -> (5, 3)',
        '(5, 3), (2):int64, (2, 4) -> !index-size',
        '(5, 3), (3):int64, (2, 3) -> !index-size',
        '(5, 3), (2):int64, (3) -> !rank-mismatch',
      ],
    },
    'scatter(input: Tensor[*a], dim: dim, index: Tensor, src/value: any, reduce: any = None, out: any = None) -> Tensor[*a]':
      {
        en: 'Puts values at indices along an axis: with the axis before the index, it is PyTorch’s scatter.',
        zh: '沿某轴按索引写入数值：轴写在索引之前时，与 PyTorch 的 scatter 相同。',
        dtype: 'same',
        inplace: true,
        check: ({ input, dim, index }, call) => {
          taken(call, input, index, dim, false);
        },
        eg: [
          '(2, 5), 1, (2, 3):int64, (2, 3) -> (2, 5)',
          '(2, 5), 1, (2, 3):int64, value=1.0 -> (2, 5)',
          '(2, 5), 2, (2, 3):int64, 1.0 -> !axis-range',
        ],
      },
    'scatter_(x: Tensor[*a], index: Tensor, updates: Tensor, overwrite: bool = True) -> Tensor[*a]': {
      en: 'Puts slices at indices along the first axis in place.',
      zh: '沿第一维按下标原地写入切片。',
      dtype: 'same',
      check: ({ x, index, updates }, call) => needSlices(call, x, index, updates, false),
      eg: ['(5, 3), (2):int64, (2, 3) -> (5, 3)', '(5, 3), (2):int64, (2, 4) -> !index-size'],
    },
    'scatter_nd_add(x: Tensor[*a], index: Tensor, updates: Tensor) -> Tensor[*a]': {
      en: 'Adds values at tuples of indices.',
      zh: '按下标元组累加数值。',
      dtype: 'same',
      check: ({ index }, call) => needIndex(call, index),
      eg: '(5, 3), (4, 1):int64, (4, 3) -> (5, 3)',
    },
    'index_add(x: Tensor[*a], index: Tensor, axis: dim, value/source: Tensor, alpha: any = 1) -> Tensor[*a]': {
      en: 'Adds slices at indices along an axis.',
      zh: '沿某轴按下标累加切片。',
      dtype: 'same',
      inplace: true,
      check: ({ x, index, axis }, call) => needSlicesAlong(call, x, index, axis),
      eg: '(5, 3), (2):int64, 0, (2, 3) -> (5, 3)',
    },
    'index_add(x: Tensor[*a], axis: dim, index: Tensor, value/source: Tensor, alpha: any = 1) -> Tensor[*a]': {
      en: 'Adds slices at indices along an axis, which may stand before the index.',
      zh: '沿某轴按下标累加切片；轴也可写在索引之前。',
      dtype: 'same',
      inplace: true,
      check: ({ x, index, axis }, call) => needSlicesAlong(call, x, index, axis),
      eg: '(5, 3), 0, (2):int64, (2, 3) -> (5, 3)',
    },
    'index_fill(x: Tensor[*a], index: Tensor, axis: dim, value: any) -> Tensor[*a]': {
      en: 'Puts one value at indices along an axis.',
      zh: '沿某轴把若干下标填成同一个数。',
      dtype: 'same',
      inplace: true,
      check: ({ x, index, axis }, call) => {
        if (index.dtype !== 'bool') needIndex(call, index);
        needAxis(call, x.shape, axis, 'axis');
      },
      eg: '(5, 3), (2):int64, 0, 1.0 -> (5, 3)',
    },
    'index_put(x: Tensor[*a], indices: any, value: Tensor, accumulate: bool = False) -> Tensor[*a]': {
      en: 'Puts values at index tensors.',
      zh: '按索引张量写入数值。',
      dtype: 'same',
      inplace: true,
      eg: '(2, 3), [(2):int64], (2, 3) -> (2, 3)',
    },
    'masked_scatter(x: Tensor, mask: Tensor, value: Tensor) -> any': {
      en: 'Puts values one after the other where the mask is true.',
      zh: '依次把数值写入掩码为真处。',
      inplace: 'becomes',
      // Tensor and mask broadcast.
      value: ({ x, mask }, call) => elementwise(call, [x, mask], x.dtype),
      eg: '(2, 3), (3):bool, (6) -> (2, 3)',
    },
    'masked_select(x: Tensor, mask: Tensor) -> any': {
      en: 'Takes the elements where the mask is true.',
      zh: '取出掩码为真处的元素。',
      value: ({ x, mask }, call) => {
        if (mask.dtype !== undefined && mask.dtype !== 'bool')
          refuse(
            call,
            fault('dtype-refused', { op: call.op, argument: 'mask', expected: 'bool', found: mask.dtype }, 'mask'),
          );
        const all = broadcastAll(call, [x.shape, mask.shape], (left, right) =>
          fault('broadcast-mismatch', { op: call.op, left, right }, 'x', 'mask'),
        );
        return all && tensor(call.lib, shapeOf(fresh(call, 'count of true values')), typed(x));
      },
      eg: ['(2, 3), (3):bool -> (?)', '(2, 3), (4):bool -> !broadcast-mismatch'],
    },
    'nonzero(x: Tensor, as_tuple: bool = False) -> any': {
      en: 'Places of the elements that are not 0, one a row; or one tensor an axis.',
      zh: '非零元素的位置，每行一个；或每维一个张量。',
      check: ({ x }, call) => needRank(call, x, 'x', '1+', (rank) => rank > 0),
      value: ({ x, as_tuple }, call) => {
        if (x.shape.rest) return giveUp(call, 'the rank is not known');
        const count = fresh(call, 'count of elements that are not 0');
        const { length } = x.shape.dims;
        if (!as_tuple) return tensor(call.lib, shapeOf(count, length), { dtype: 'int64' });
        const one = tensor(call.lib, shapeOf(count), { dtype: 'int64' });
        return { kind: 'tuple', items: Array.from({ length }, () => one) };
      },
      aliases: ['paddle.argwhere', 'paddle.Tensor.argwhere'],
      eg: ['(2, 3) -> (?, 2)', '(2, 3), as_tuple=True -> ((?), (?))'],
    },
    'slice(input: Tensor, axes: ints1, starts: ints1, ends: ints1) -> any': {
      en: 'Takes a range of each named axis.',
      zh: '取各指定轴的一段。',
      value: ({ input, axes, starts, ends }, call) => sliced(call, input, axes, starts, ends),
      eg: [
        '(4, 5), [0, 1], [0, 1], [2, 100] -> (2, 4)',
        '(4, 5), [1], [-2], [-1] -> (4, 1)',
        '(4, 5), [0, 1], [0], [1] -> !wrong-length',
      ],
    },
    'strided_slice(x: Tensor, axes: ints, starts: ints, ends: ints, strides: ints) -> any': {
      en: 'Takes a range of each named axis by steps.',
      zh: '按步长取各指定轴的一段。',
      value: ({ x, axes, starts, ends, strides }, call) => sliced(call, x, axes, starts, ends, strides),
      eg: '(4, 5), [0, 1], [0, 1], [4, 5], [2, 2] -> (2, 2)',
    },
    'crop(x: Tensor, shape: ints? = None, offsets: ints? = None) -> any': {
      en: 'Takes a block of a given shape; −1 takes the rest of an axis.',
      zh: '裁剪出给定形状的一块；−1 表示取到末尾。',
      value: ({ x, shape, offsets }, call) => {
        if (x.shape.rest) return giveUp(call, 'the rank is not known');
        const dims = x.shape.dims.map((d, i) => (shape?.[i] === -1 ? sub(d, offsets?.[i] ?? 0) : (shape?.[i] ?? d)));
        return tensor(call.lib, { dims }, typed(x));
      },
      eg: '(4, 5), [2, 3] -> (2, 3)',
    },
  },
  paddle,
);

/** Functions that make their result from a shape. */
export const scatters = ops(
  'paddle paddle.tensor',
  {
    'scatter_nd(index: Tensor, updates: Tensor, shape: ints) -> any': {
      en: 'Zeros of a shape with values added at tuples of indices.',
      zh: '给定形状的全零张量，按下标元组累加数值。',
      value: ({ updates, shape }, call) => tensor(call.lib, shapeOf(...shape), typed(updates)),
      eg: '(4, 1):int64, (4, 3), [5, 3] -> (5, 3)',
    },
  },
  paddle,
);

const taken = (call: Call, arr: TensorArg, indices: TensorArg, axis: number, broadcast: boolean): Arg | undefined => {
  const at = position(call, arr.shape, axis, 0, 'axis');
  if (at === undefined) return undefined;
  if (arr.shape.rest || indices.shape.rest) return giveUp(call, 'the rank is not known');
  if (arr.shape.dims.length !== indices.shape.dims.length) {
    const data = {
      op: call.op,
      argument: 'indices',
      expected: `${arr.shape.dims.length}`,
      found: indices.shape.dims.length,
    };
    return refuse(call, fault('rank-mismatch', { ...data, shape: indices.shape }, 'indices'));
  }
  const dims = indices.shape.dims.map((found, i) => {
    const size = sizeAt(arr.shape, i);
    if (i === at) return found;
    const clash = fault('index-size', { op: call.op, axis: i, size, found }, 'indices');
    if (!broadcast) {
      need(call, { kind: 'le', left: found, right: size }, clash);
      return found;
    }
    if (size === 1) return found;
    if (found !== 1) need(call, { kind: 'eq', left: size, right: found }, clash);
    return size;
  });
  return tensor(call.lib, { dims }, typed(arr));
};

/** Slices to be put at indices: like the target, and (unless in place) as many as there are indices. */
const needSlices = (call: Call, x: TensorArg, index: TensorArg, updates: TensorArg, counted: boolean): void => {
  needIndex(call, index);
  const along = columnOf(call, index);
  if (x.shape.rest || along.rest || updates.shape.rest) return;
  const single = along.dims.length === 0;
  const expected = x.shape.dims.length - (single ? 1 : 0);
  needRank(call, updates, 'updates', `${expected}`, (rank) => rank === expected);
  if (updates.shape.dims.length !== expected) return;
  const target = single ? x.shape.dims.slice(1) : [along.dims[0] ?? 1, ...x.shape.dims.slice(1)];
  // Of a vector only the indices count, not how many updates are at hand; one index alone takes what it needs.
  if (x.shape.dims.length === 1 || single) return;
  updates.shape.dims.forEach((found, i) => {
    const size = target[i] ?? found;
    const clash = fault('index-size', { op: call.op, axis: i, size, found }, 'updates');
    // Updates that no index asks for are left over.
    if (i === 0) {
      if (counted) need(call, { kind: 'le', left: size, right: found }, clash);
    } else need(call, { kind: 'eq', left: size, right: found }, clash);
  });
};

const sliced = (
  call: Call,
  x: TensorArg,
  axes: readonly Dim[],
  starts: readonly Dim[],
  ends: readonly Dim[],
  strides?: readonly Dim[],
): Arg | undefined => {
  for (const [name, list] of [
    ['starts', starts],
    ['ends', ends],
  ] as const) {
    if (list.length === axes.length) continue;
    const data = { op: call.op, argument: name, expected: `${axes.length}`, found: list.length };
    return refuse(call, fault('wrong-length', data, name));
  }
  if (x.shape.rest) return tensor(call.lib, freshShape(call, 'the rank is not known'), typed(x));
  const dims = [...x.shape.dims];
  const seen = new Set<number>();
  for (const [i, axis] of axes.entries()) {
    if (typeof axis !== 'number') return giveUp(call, 'an axis is not known');
    // An axis beyond the last one is taken to be the last.
    const at = Math.min(axis < 0 ? axis + dims.length : axis, dims.length - 1);
    const size = dims[at];
    if (size === undefined) return giveUp(call, 'an axis is not known');
    if (seen.has(at)) return giveUp(call, 'an axis that is named twice');
    seen.add(at);
    const step = strides?.[i] ?? 1;
    if (typeof step === 'number' && step < 0) return giveUp(call, 'a slice that runs backwards');
    dims[at] = sliceSize(call, size, starts[i] ?? 0, ends[i] ?? size, step) ?? fresh(call, 'bounds of a slice');
  }
  return tensor(call.lib, { dims }, typed(x));
};

/** What a search in a tensor gives. */
export const searches = ops(
  everywhere,
  {
    'topk(x: Tensor, k: int, axis: dim? = None, largest: bool = True, sorted: bool = True) -> any': {
      en: 'The k largest elements along an axis, and their places.',
      zh: '沿某轴取最大的 k 个元素及其位置。',
      needs: 'number',
      value: ({ x, k, axis }, call) => {
        const at = position(call, x.shape, axis ?? -1, 0, 'axis');
        if (at === undefined) return undefined;
        if (typeof k === 'number' && k < 1)
          return refuse(call, fault('not-positive', { op: call.op, argument: 'k', found: k }, 'k'));
        const size = sizeAt(x.shape, at);
        const data = { op: call.op, argument: 'k', size, found: k };
        if (x.shape.rest || x.shape.dims.length > 0)
          need(call, { kind: 'le', left: k, right: size }, fault('too-many-picked', data, 'k'));
        return valued(call, x, x.shape.dims.length === 0 ? x.shape : withSize(x.shape, at, k));
      },
      eg: [
        '(2, 5), 3 -> ((2, 3), (2, 3))',
        '(2, 5), 6 -> !too-many-picked',
        '(2, 5), 0 -> !not-positive',
        '(2, 5), 2, 2 -> !axis-range',
      ],
    },
    'sort(x: Tensor[*a], axis: dim = -1, descending: bool = False, stable: bool = False) -> Tensor[*a]': {
      en: 'Sorts along an axis.',
      zh: '沿某轴排序。',
      dtype: 'same',
      needs: 'number',
      remarks: [{ en: 'Gives the values alone; argsort gives the places.', zh: '只返回数值；位置用 argsort。' }],
      check: ({ x, axis }, call) => needAxis(call, x.shape, axis, 'axis'),
      eg: ['(2, 5) -> (2, 5)', '(2, 5), 2 -> !axis-range'],
    },
    'argsort(x: Tensor[*a], axis: dim = -1, descending: bool = False, stable: bool = False) -> Tensor[*a]': {
      en: 'The order that sorts along an axis.',
      zh: '沿某轴排序所用的下标。',
      dtype: 'int64',
      needs: 'number',
      check: ({ x, axis }, call) => needAxis(call, x.shape, axis, 'axis'),
      eg: ['(2, 5), 1 -> (2, 5)', '(2, 5), 2 -> !axis-range'],
    },
    'msort(x: Tensor[*a]) -> Tensor[*a]': {
      en: 'Sorts along the first axis.',
      zh: '沿第一维排序。',
      dtype: 'same',
      eg: '(2, 5) -> (2, 5)',
    },
    'unique(x: Tensor, return_index: bool = False, return_inverse: bool = False, return_counts: bool = False, axis: dim? = None, dtype: dtype? = None, sorted: bool = True) -> any':
      {
        en: 'The different elements, sorted.',
        zh: '去重并排序。',
        value: ({ x, return_index, return_inverse, return_counts, axis }, call) =>
          distinct(call, x, axis, { places: return_index, inverse: return_inverse, counts: return_counts }),
        eg: ['(4) -> (?)', '(2, 3), axis=0 -> (?, 3)', '(2, 3), axis=2 -> !axis-range'],
      },
    'unique_consecutive(x: Tensor, return_inverse: bool = False, return_counts: bool = False, axis: dim? = None, dtype: dtype? = None) -> any':
      {
        en: 'The elements without their immediate repetitions.',
        zh: '去掉连续重复的元素。',
        value: ({ x, return_inverse, return_counts, axis }, call) =>
          distinct(call, x, axis, { places: false, inverse: return_inverse, counts: return_counts }),
        eg: '(4) -> (?)',
      },
    'diff(x: Tensor, n: int = 1, axis: dim = -1, prepend: Tensor? = None, append: Tensor? = None) -> any': {
      en: 'Differences of neighbours along an axis.',
      zh: '沿某轴求相邻元素之差。',
      value: ({ x, n, axis, prepend, append }, call) => {
        const at = position(call, x.shape, axis, 0, 'axis');
        if (at === undefined || typeof n !== 'number' || prepend || append)
          return giveUp(call, 'the size of the differences');
        return tensor(call.lib, withSize(x.shape, at, max(0, sub(sizeAt(x.shape, at), n))), typed(x));
      },
      eg: '(2, 5) -> (2, 4)',
    },
    'searchsorted(sorted_sequence: Tensor, values: Tensor[*a], out_int32: bool = False, right: bool = False, name: any = None, *, side: any = None, sorter: any = None) -> Tensor[*a]':
      {
        en: 'Where values would stand in a sorted sequence.',
        zh: '各值在有序序列中的插入位置。',
        dtype: 'unknown',
        eg: '(5), (2, 3) -> (2, 3)',
      },
    'bucketize(x: Tensor[*a], sorted_sequence: Tensor, out_int32: bool = False, right: bool = False) -> Tensor[*a]': {
      en: 'The bin of each value.',
      zh: '各值所在的区间编号。',
      dtype: 'unknown',
      eg: '(2, 3), (5) -> (2, 3)',
    },
    'isin(x: Tensor, test_x: Tensor, assume_unique: bool = False, invert: bool = False) -> any': {
      en: 'True where an element is among others.',
      zh: '元素是否属于给定集合。',
      // Beside a tensor without axes the result has none either, in Paddle 3.3.
      value: ({ x, test_x }, call) =>
        test_x.shape.dims.length === 0
          ? giveUp(call, 'a single element')
          : tensor(call.lib, x.shape, { dtype: 'bool' }),
      eg: '(2, 3), (4) -> (2, 3)',
    },
    'histogram(input: Tensor, bins: int = 100, min: number = 0, max: number = 0, weight: Tensor? = None, density: bool = False) -> any':
      {
        en: 'Counts elements in bins.',
        zh: '统计各区间内的元素个数。',
        value: ({ bins }, call) => tensor(call.lib, shapeOf(bins), {}),
        eg: '(5), 10 -> (10)',
      },
    'bincount(x: Tensor, weights: Tensor? = None, minlength: int = 0) -> any': {
      en: 'Counts how often each number occurs.',
      zh: '统计每个整数出现的次数。',
      value: (_, call) => tensor(call.lib, shapeOf(fresh(call, 'largest number plus 1')), {}),
      eg: '(5):int64 -> (?)',
    },
  },
  paddle,
);

const valued = (call: Call, x: TensorArg, shape: Shape): Arg => ({
  kind: 'tuple',
  names: ['values', 'indices'],
  items: [tensor(call.lib, shape, typed(x)), tensor(call.lib, shape, { dtype: 'int64' })],
});

interface Wanted {
  readonly places: boolean;
  readonly inverse: boolean;
  readonly counts: boolean;
}

const distinct = (call: Call, x: TensorArg, axis: number | null, wanted: Wanted): Arg | undefined => {
  const count = fresh(call, 'count of different elements');
  const at = axis === null ? undefined : position(call, x.shape, axis, 0, 'axis');
  if (axis !== null && at === undefined) return undefined;
  const whole = at === undefined ? numel(x.shape) : sizeAt(x.shape, at);
  const numbers = (size: Dim): TensorArg => tensor(call.lib, shapeOf(size), { dtype: 'int64' });
  const items: Arg[] = [tensor(call.lib, at === undefined ? shapeOf(count) : withSize(x.shape, at, count), typed(x))];
  if (wanted.places) items.push(numbers(count));
  if (wanted.inverse) items.push(numbers(whole ?? fresh(call, 'number of elements')));
  if (wanted.counts) items.push(numbers(count));
  return items.length === 1 ? items[0] : { kind: 'tuple', items };
};
