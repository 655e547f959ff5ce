import { add, type Dim, max, min, product, sub, sum } from '../../dims';
import { axis, numel, type Shape, shapeOf } from '../../shapes';
import type { Arg, TensorArg } from '../arg';
import { bytes } from '../attributes';
import { type Call, fresh, freshShape, giveUp, need, refuse, tensor } from '../call';
import { fault } from '../codes';
import { ops } from '../rows';
import { leadingAxes, needAxis, position, positions, sizeAt, withSize } from '../rules/axes';
import { needNotNegative } from '../rules/checks';
import { laid, stridesOf } from '../rules/layout';
import {
  expanded,
  moved,
  narrowed,
  permuted,
  repeated,
  selected,
  squeezed,
  swapped,
  unfolded,
  unsqueezed,
} from '../rules/move';
import { floorBy } from '../rules/quotient';
import { bool, int, sizeTuple, tupleOf } from '../rules/values';
import { reshape, typed, view } from '../rules/view';

/** Shapes changed without moving an element. */
export const viewMethods = ops('torch.Tensor', {
  'reshape(input: Tensor, shape: ints*) -> any': {
    en: 'Gives the same numbers other sizes.',
    zh: '改变形状，元素顺序不变。',
    value: ({ input, shape }, call) => reshape(call, input, shape),
    eg: ['(2, 6), 3, 4 -> (3, 4)', '(2, 6), (-1,) -> (12)', '(2, 6), -1, -1 -> !view-two-unknown'],
  },
  'permute(input: Tensor, dims: dims*) -> any': {
    en: 'Reorders the axes.',
    zh: '维度重排（换轴）。',
    value: ({ input, dims }, call) => permuted(call, input, dims),
    eg: ['(2, 3, 4), 0, 2, 1 -> (2, 4, 3)', '(2, 3, 4), 0, 2 -> !permute-count', '(2, 3), 0, 0 -> !axis-repeated'],
  },
  'tile(input: Tensor, dims: ints*) -> any': {
    en: 'Copies the tensor along its last axes.',
    zh: '沿末尾各轴平铺重复。',
    value: ({ input, dims }, call) => copied(call, input, repeated(call, input, dims, 'pad')),
    eg: ['(2, 3), 2 -> (2, 6)', '(3), (2, 2) -> (2, 6)'],
  },
  'view(input: Tensor, size: ints*) -> any': {
    en: 'Gives the same numbers other sizes, without a copy.',
    zh: '改变形状，不复制数据。',
    value: ({ input, size }, call) => view(call, input, size),
    eg: ['(2, 6), 3, -1 -> (3, 4)', '(2, 6), 5, -1 -> !view-infer', '(2, 6), (3, 5) -> !view-count'],
  },
  'view(input: Tensor, dtype: dtype) -> Tensor': {
    en: 'Reads the same memory as another element type.',
    zh: '按另一种数据类型解读同一段内存。',
    dtype: 'unknown',
    shape: ({ input, dtype }, call) =>
      dtype === input.dtype ? input.shape : freshShape(call, 'sizes after another element type'),
    eg: '(2, 3), float32 -> (2, 3)',
  },
  'view_as(input: Tensor, other: Tensor) -> any': {
    en: 'Gives the numbers the shape of another tensor, without a copy.',
    zh: '改成另一个张量的形状，不复制数据。',
    value: ({ input, other }, call) =>
      other.shape.rest ? tensor(call.lib, other.shape, typed(input)) : view(call, input, other.shape.dims),
    eg: ['(2, 6), (3, 4) -> (3, 4)', '(2, 6), (3, 5) -> !view-count'],
  },
  'reshape_as(input: Tensor, other: Tensor) -> any': {
    en: 'Gives the numbers the shape of another tensor.',
    zh: '改成另一个张量的形状。',
    value: ({ input, other }, call) =>
      other.shape.rest ? tensor(call.lib, other.shape, typed(input)) : reshape(call, input, other.shape.dims),
    eg: '(2, 6), (3, 4) -> (3, 4)',
  },
  'expand(input: Tensor, size: ints*, *, implicit: bool = False) -> any': {
    en: 'Repeats axes of size 1 without a copy; −1 keeps an axis.',
    zh: '把大小为 1 的轴扩展开，不复制数据；−1 表示该轴不变。',
    value: ({ input, size }, call) => expanded(call, input, size),
    eg: ['(2, 1, 3), -1, 4, -1 -> (2, 4, 3)', '(3), 2, 3 -> (2, 3)', '(2, 3), 4, 3 -> !expand-mismatch'],
  },
  'broadcast_to(input: Tensor, size: ints*) -> any': {
    en: 'Repeats axes of size 1 up to a shape.',
    zh: '广播到给定形状。',
    value: ({ input, size }, call) => expanded(call, input, size),
    eg: ['(1, 3), (2, 3) -> (2, 3)', '(1, 3), 2, 3 -> (2, 3)'],
  },
  'expand_as(input: Tensor, other: Tensor) -> any': {
    en: 'Repeats axes of size 1 up to the shape of another tensor.',
    zh: '扩展到另一个张量的形状。',
    value: ({ input, other }, call) =>
      other.shape.rest ? tensor(call.lib, other.shape, typed(input)) : expanded(call, input, other.shape.dims),
    eg: '(2, 1), (2, 4) -> (2, 4)',
  },
  'repeat(input: Tensor, repeats: ints*) -> any': {
    en: 'Copies the tensor along its axes.',
    zh: '沿各轴重复拷贝。',
    value: ({ input, repeats }, call) => copied(call, input, repeated(call, input, repeats, 'refuse')),
    eg: ['(2, 3), 2, 1 -> (4, 3)', '(3), 4, 1 -> (4, 3)', '(2, 3), 2 -> !wrong-length'],
  },
  'unfold(input: Tensor, dimension: dim, size: int, step: int) -> any': {
    en: 'Cuts windows along an axis; they become the last axis.',
    zh: '沿某轴切出滑动窗口，窗口成为最后一维。',
    value: ({ input, dimension, size, step }, call) => unfolded(call, input, dimension, size, step),
    eg: ['(2, 8), 1, 3, 1 -> (2, 6, 3)', '(2, 8), 1, 9, 1 -> !kernel-too-large'],
  },
  'resize_(input: Tensor, size: ints*, *, memory_format: any = None) -> any': {
    en: 'Changes the size in place; new memory is not filled.',
    zh: '原地改变大小，新增的内存未初始化。',
    value: ({ input, size }, call) => {
      needNotNegative(call, 'size', size);
      return tensor(call.lib, shapeOf(...size), { ...typed(input), layout: 'contiguous' });
    },
    eg: '(2, 6), 3, 5 -> (3, 5)',
  },
  'resize_as_(input: Tensor, other: Tensor, *, memory_format: any = None) -> any': {
    en: 'Changes the size in place to that of another tensor.',
    zh: '原地改成另一个张量的大小。',
    value: ({ input, other }, call) => tensor(call.lib, other.shape, typed(input)),
    eg: '(2, 6), (3, 5) -> (3, 5)',
  },
  'contiguous(input: Tensor, *, memory_format: any = None) -> any': {
    en: 'Lays the elements row by row in memory.',
    zh: '让元素在内存中按行连续存放。',
    value: ({ input, memory_format }, call) =>
      memory_format.kind === 'none'
        ? { ...input, layout: 'contiguous' }
        : tensor(call.lib, input.shape, { ...typed(input), ...kept(input) }),
    eg: '(2, 3) -> (2, 3)',
  },
  'unsqueeze_(input: Tensor, dim: dim) -> any': {
    en: 'Adds an axis of size 1 in place.',
    zh: '原地增加大小为 1 的轴。',
    value: ({ input, dim }, call) => unsqueezed(call, input, dim),
    eg: '(2, 3), 1 -> (2, 1, 3)',
  },
  'squeeze_(input: Tensor, dim: dims? = None) -> any': {
    en: 'Removes axes of size 1 in place.',
    zh: '原地去掉大小为 1 的轴。',
    value: ({ input, dim }, call) => squeezed(call, input, dim),
    eg: '(2, 1, 3), 1 -> (2, 3)',
  },
  'transpose_(input: Tensor, dim0: dim, dim1: dim) -> any': {
    en: 'Swaps two axes in place.',
    zh: '原地交换两个轴。',
    value: ({ input, dim0, dim1 }, call) => swapped(call, input, dim0, dim1),
    eg: '(2, 3, 4), 1, 2 -> (2, 4, 3)',
  },
  't_(input: Tensor) -> any': {
    en: 'Transposes a matrix in place.',
    zh: '原地转置矩阵。',
    value: ({ input }, call) => transposed(call, input),
    eg: '(2, 3) -> (3, 2)',
  },
});

const kept = (input: TensorArg): { readonly origin?: string } =>
  input.origin === undefined ? {} : { origin: input.origin };

const copied = (call: Call, input: TensorArg, shape: Shape | undefined): Arg | undefined =>
  shape && tensor(call.lib, shape, { ...typed(input), ...(input.layout === 'contiguous' ? laid('contiguous') : {}) });

/** One number of repetitions for all, or one an element. */
const needRepeats = (call: Call, shape: Shape, repeats: Shape, dim: number | null): void => {
  const found = repeats.rest ? undefined : repeats.dims[0];
  const size = dim === null ? numel(shape) : axis(shape, dim);
  if (found === undefined || found === 1 || size === undefined) return;
  const data = { op: call.op, axis: `${dim ?? 0}`, expected: size, found };
  need(call, { kind: 'eq', left: size, right: found }, fault('size-mismatch', data, 'repeats'));
};

const transposed = (call: Call, input: TensorArg): TensorArg | undefined => {
  const { dims, rest } = input.shape;
  if (rest) return giveUp(call, 'the rank is not known');
  if (dims.length > 2) {
    const data = { op: call.op, argument: 'input', expected: '0/2', found: dims.length, shape: input.shape };
    return refuse(call, fault('rank-mismatch', data, 'input'));
  }
  return dims.length < 2 ? input : swapped(call, input, 0, 1);
};

/** Axes moved, merged, added and removed. */
export const rearrangers = ops('torch torch.Tensor', {
  'transpose(input: Tensor, dim0: dim, dim1: dim) -> any': {
    en: 'Swaps two axes.',
    zh: '交换两个轴。',
    value: ({ input, dim0, dim1 }, call) => swapped(call, input, dim0, dim1),
    eg: ['(2, 3, 4), 1, 2 -> (2, 4, 3)', '(2, 3), 0, 2 -> !axis-range'],
  },
  'swapaxes(input: Tensor, axis0: dim, axis1: dim) -> any': {
    en: 'Swaps two axes.',
    zh: '交换两个轴。',
    value: ({ input, axis0, axis1 }, call) => swapped(call, input, axis0, axis1),
    eg: '(2, 3, 4), 1, 2 -> (2, 4, 3)',
  },
  'swapdims(input: Tensor, dim0: dim, dim1: dim) -> any': {
    en: 'Swaps two axes.',
    zh: '交换两个轴。',
    value: ({ input, dim0, dim1 }, call) => swapped(call, input, dim0, dim1),
    eg: '(2, 3, 4), 1, 2 -> (2, 4, 3)',
  },
  't(input: Tensor) -> any': {
    en: 'Transposes a matrix.',
    zh: '转置矩阵。',
    value: ({ input }, call) => transposed(call, input),
    eg: ['(2, 3) -> (3, 2)', '(2, 3, 4) -> !rank-mismatch'],
  },
  'adjoint(input: Tensor) -> any': {
    en: 'Conjugate transpose of each matrix.',
    zh: '每个矩阵的共轭转置。',
    value: ({ input }, call) =>
      !input.shape.rest && input.shape.dims.length === 0 ? input : swapped(call, input, -2, -1),
    eg: '(2, 3, 4) -> (2, 4, 3)',
  },
  'movedim(input: Tensor, source: dims, destination: dims) -> any': {
    en: 'Moves axes to other places.',
    zh: '把某些轴移到别的位置。',
    value: ({ input, source, destination }, call) => moved(call, input, source, destination),
    aliases: ['torch.moveaxis', 'torch.Tensor.moveaxis'],
    eg: ['(2, 3, 4), 1, -1 -> (2, 4, 3)', '(2, 3, 4), (0, 1), (1, 0) -> (3, 2, 4)'],
  },
  'unsqueeze(input: Tensor, dim: dim) -> any': {
    en: 'Adds an axis of size 1.',
    zh: '增加大小为 1 的轴。',
    value: ({ input, dim }, call) => unsqueezed(call, input, dim),
    eg: ['(2, 3), 1 -> (2, 1, 3)', '(2, 3), -1 -> (2, 3, 1)', '(2, 3), 3 -> !axis-range'],
  },
  'squeeze(input: Tensor) -> any': {
    en: 'Removes all axes of size 1.',
    zh: '去掉所有大小为 1 的轴。',
    value: ({ input }, call) => squeezed(call, input, null),
    eg: '(1, 2, 1) -> (2)',
  },
  'squeeze(input: Tensor, dim: dims*) -> any': {
    en: 'Removes the named axes where their size is 1.',
    zh: '去掉指定的轴（大小为 1 时）。',
    value: ({ input, dim }, call) => squeezed(call, input, dim),
    eg: ['(2, 1, 3), 1 -> (2, 3)', '(2, 3), 1 -> (2, 3)'],
  },
  'flatten(input: Tensor, start_dim: dim = 0, end_dim: dim = -1) -> any': {
    en: 'Merges neighbouring axes into one.',
    zh: '把相邻的几个轴合并为一个。',
    value: ({ input, start_dim, end_dim }, call) => flattened(call, input, start_dim, end_dim),
    eg: ['(2, 3, 4), 1 -> (2, 12)', '(2, 3, 4) -> (24)', '(2, 3, 4), 2, 1 -> !axis-range'],
  },
  'ravel(input: Tensor) -> any': {
    en: 'Makes one axis of all.',
    zh: '展平成一维。',
    value: ({ input }, call) => flattened(call, input, 0, -1),
    eg: '(2, 3) -> (6)',
  },
  'unflatten(input: Tensor, dim: dim, sizes: ints) -> any': {
    en: 'Splits an axis into several.',
    zh: '把一个轴拆成多个。',
    value: ({ input, dim, sizes }, call) => unflattened(call, input, dim, sizes),
    eg: ['(2, 12), 1, (3, 4) -> (2, 3, 4)', '(2, 12), 1, (5, -1) -> !unflatten-product'],
  },
  'repeat_interleave(input: Tensor, repeats: int, dim: dim? = None, *, output_size: int? = None) -> any': {
    en: 'Repeats each element in place along an axis.',
    zh: '沿某轴把每个元素就地重复。',
    value: ({ input, repeats, dim }, call) => {
      needNotNegative(call, 'repeats', [repeats]);
      const { shape } = input;
      if (dim === null) {
        const count = numel(shape);
        return tensor(
          call.lib,
          shapeOf(count === undefined ? fresh(call, 'number of elements') : product([count, repeats])),
          {
            ...typed(input),
          },
        );
      }
      const at = position(call, shape, dim);
      return at === undefined
        ? undefined
        : tensor(call.lib, withSize(shape, at, product([sizeAt(shape, at), repeats])), typed(input));
    },
    eg: ['(2, 3), 2, 1 -> (2, 6)', '(2, 3), 2 -> (12)', '(2, 3), 2, dim=2 -> !axis-range'],
  },
  'repeat_interleave(input: Tensor, repeats: Tensor, dim: dim? = None, *, output_size: int? = None) -> any': {
    en: 'Repeats each element its own number of times.',
    zh: '每个元素按各自的次数重复。',
    value: ({ input, repeats, dim, output_size }, call) => {
      needRepeats(call, input.shape, repeats.shape, dim);
      const counts = repeats.elements?.filter((e) => e.kind === 'int').map((e) => e.value);
      needNotNegative(call, 'repeats', counts ?? []);
      const known = counts && counts.length > 1 && counts.length === repeats.elements?.length;
      const count = output_size ?? (known ? sum(counts) : fresh(call, 'sum of the repeats'));
      if (dim === null) return tensor(call.lib, shapeOf(count), typed(input));
      const at = position(call, input.shape, dim);
      return at === undefined ? undefined : tensor(call.lib, withSize(input.shape, at, count), typed(input));
    },
    eg: '(2, 3), (3):int64, 1 -> (2, ?)',
  },
  'flip(input: Tensor[*a], dims: dims*) -> Tensor[*a]': {
    en: 'Reverses the order along axes.',
    zh: '沿某些轴翻转。',
    dtype: 'same',
    check: ({ input, dims }, call) => {
      if (!input.shape.rest) positions(call, input.shape, dims, 'dims');
    },
    eg: ['(2, 3), [0] -> (2, 3)', '(2, 3), [2] -> !axis-range'],
  },
  'fliplr(input: Tensor[*a]) -> Tensor[*a]': {
    en: 'Reverses the second axis (left to right).',
    zh: '左右翻转。',
    dtype: 'same',
    eg: '(2, 3) -> (2, 3)',
  },
  'flipud(input: Tensor[*a]) -> Tensor[*a]': {
    en: 'Reverses the first axis (top to bottom).',
    zh: '上下翻转。',
    dtype: 'same',
    eg: '(2, 3) -> (2, 3)',
  },
  'rot90(input: Tensor, k: int = 1, dims: dims? = ()) -> any': {
    en: 'Turns a plane of two axes by quarter turns.',
    zh: '把两个轴张成的平面旋转 90° 的整数倍。',
    value: ({ input, k, dims }, call) => {
      if (typeof k !== 'number') return giveUp(call, 'the number of turns');
      const at = positions(call, input.shape, dims?.length ? dims : [0, 1], 'dims');
      if (!at) return undefined;
      const [a = 0, b = 1] = at;
      const order = input.shape.dims.map((_, i) => (k % 2 === 0 ? i : i === a ? b : i === b ? a : i));
      return tensor(call.lib, { dims: order.map((i) => sizeAt(input.shape, i)) }, typed(input));
    },
    eg: ['(2, 3) -> (3, 2)', '(2, 3, 4), 1, (1, 2) -> (2, 4, 3)'],
  },
  'roll(input: Tensor[*a], shifts: ints1, dims: dims? = ()) -> Tensor[*a]': {
    en: 'Shifts elements along axes; what leaves one end enters at the other.',
    zh: '沿某些轴循环移位。',
    dtype: 'same',
    check: ({ input, shifts, dims }, call) => {
      if (dims === null || (dims.length === 0 && shifts.length === 1)) return;
      if (dims.length !== shifts.length) {
        const data = { op: call.op, argument: 'dims', expected: `${shifts.length}`, found: dims.length };
        refuse(call, fault('wrong-length', data, 'shifts', 'dims'));
      }
      for (const dim of dims) needAxis(call, input.shape, dim, 'dims');
    },
    eg: ['(2, 3), 1, 0 -> (2, 3)', '(2, 3), (1, 1), (0, 2) -> !axis-range', '(2, 3), (1, 1), 0 -> !wrong-length'],
  },
  'narrow(input: Tensor, dim: dim, start: int, length: int) -> any': {
    en: 'Takes a part of an axis.',
    zh: '取某轴的一段。',
    value: ({ input, dim, start, length }, call) => {
      const at = position(call, input.shape, dim);
      if (at === undefined) return undefined;
      needNotNegative(call, 'length', [length]);
      const size = sizeAt(input.shape, at);
      if (typeof start === 'number' && start >= 0) {
        const data = { op: call.op, index: start, size };
        need(
          call,
          { kind: 'le', left: add(start, length), right: size },
          fault('index-range', data, 'start', 'length'),
        );
      }
      return narrowed(call, input, at, length);
    },
    eg: ['(2, 8), 1, 2, 3 -> (2, 3)', '(2, 8), 1, 6, 3 -> !index-range'],
  },
  'select(input: Tensor, dim: dim, index: int) -> any': {
    en: 'Picks one index along an axis, which goes.',
    zh: '取某轴上的一个下标，该轴消失。',
    value: ({ input, dim, index }, call) => selected(call, input, dim, int(index)),
    eg: ['(2, 3), 1, 0 -> (2)', '(2, 3), 1, 3 -> !index-range'],
  },
  'diagonal(input: Tensor, offset: int = 0, dim1: dim = 0, dim2: dim = 1) -> any': {
    en: 'Diagonal of each matrix, as the last axis.',
    zh: '取每个矩阵的对角线，成为最后一维。',
    value: ({ input, offset, dim1, dim2 }, call) => diagonal(call, input, offset, dim1, dim2),
    eg: '(2, 3, 3) -> (3, 2)',
  },
  'diag(input: Tensor, diagonal: int = 0) -> any': {
    en: 'Diagonal of a matrix, or the matrix with this diagonal.',
    zh: '取矩阵对角线，或由向量造对角矩阵。',
    value: ({ input, diagonal: offset }, call) => {
      const { dims, rest } = input.shape;
      if (rest || typeof offset !== 'number') return giveUp(call, 'the rank is not known');
      if (dims.length === 2) return diagonal(call, input, offset, 0, 1);
      if (dims.length === 1) {
        const size = add(dims[0] ?? 0, Math.abs(offset));
        return tensor(call.lib, shapeOf(size, size), typed(input));
      }
      if (dims.length === 0 && call.lib === 'paddle') {
        const size = add(1, Math.abs(offset));
        return tensor(call.lib, shapeOf(size, size), typed(input));
      }
      const data = { op: call.op, argument: 'input', expected: '1/2', found: dims.length, shape: input.shape };
      return refuse(call, fault('rank-mismatch', data, 'input'));
    },
    eg: ['(3) -> (3, 3)', '(2, 3) -> (2)', '(2, 3, 4) -> !rank-mismatch'],
  },
  'diagflat(input: Tensor, offset: int = 0) -> any': {
    en: 'Matrix with the elements on its diagonal.',
    zh: '把所有元素放到对角线上构成矩阵。',
    value: ({ input, offset }, call) => {
      const count = numel(input.shape);
      if (count === undefined || typeof offset !== 'number') return giveUp(call, 'the rank is not known');
      const size = add(count, Math.abs(offset));
      return tensor(call.lib, shapeOf(size, size), typed(input));
    },
    eg: '(2, 3) -> (6, 6)',
  },
  'diag_embed(input: Tensor, offset: int = 0, dim1: dim = -2, dim2: dim = -1) -> any': {
    en: 'Matrices with the last axis on their diagonals.',
    zh: '把最后一维放到矩阵的对角线上。',
    value: ({ input, offset, dim1, dim2 }, call) => {
      const { dims, rest } = input.shape;
      if (rest || typeof offset !== 'number') return giveUp(call, 'the rank is not known');
      const size = add(dims.at(-1) ?? 1, Math.abs(offset));
      const plain = tensor(call.lib, { dims: [...dims.slice(0, -1), size, size] }, typed(input));
      return moved(call, plain, [-2, -1], [dim1, dim2]);
    },
    eg: '(2, 3) -> (2, 3, 3)',
  },
  'as_strided(input: Tensor, size: ints, stride: ints, storage_offset: int? = None) -> any': {
    en: "Reads the memory with sizes and strides of one's own.",
    zh: '按自定的大小和步幅解读内存。',
    value: ({ input, size }, call) => tensor(call.lib, shapeOf(...size), typed(input)),
    eg: '(2, 3), (2, 2), (3, 1) -> (2, 2)',
  },
});

const flattened = (call: Call, input: TensorArg, start: number, end: number): TensorArg | undefined => {
  const { shape } = input;
  if (shape.rest && end === -1 && start >= 0)
    return tensor(
      call.lib,
      shapeOf(...leadingAxes(call, input, start), fresh(call, 'number of elements', 'N')),
      typed(input),
    );
  const from = position(call, shape, start, 0, 'start_dim');
  const to = position(call, shape, end, 0, 'end_dim');
  if (from === undefined || to === undefined) return undefined;
  if (from > to)
    return refuse(call, fault('axis-range', { op: call.op, axis: start, rank: shape.dims.length }, 'start_dim'));
  const { dims } = shape;
  if (shape.rest && from < shape.rest.at && to >= shape.rest.at) return giveUp(call, 'the rank is not known');
  const merged = [...dims.slice(0, from), product(dims.slice(from, to + 1)), ...dims.slice(to + 1)];
  if (!shape.rest) return reshape(call, input, merged);
  const at = to < shape.rest.at ? shape.rest.at - (to - from) : shape.rest.at;
  return tensor(call.lib, { dims: merged, rest: { at, id: shape.rest.id } }, typed(input));
};

const unflattened = (call: Call, input: TensorArg, dim: number, sizes: readonly Dim[]): TensorArg | undefined => {
  const at = position(call, input.shape, dim);
  if (at === undefined) return undefined;
  const size = sizeAt(input.shape, at);
  const known = product(sizes.filter((d) => d !== -1));
  const open = sizes.filter((d) => d === -1).length;
  const clash = fault('unflatten-product', { op: call.op, product: known, size }, 'sizes');
  if (open > 1) return refuse(call, fault('view-two-unknown', { op: call.op }, 'sizes'));
  if (sizes.length === 0 || known === 0) return refuse(call, clash);
  need(
    call,
    open === 1 ? { kind: 'divides', divisor: known, dividend: size } : { kind: 'eq', left: known, right: size },
    clash,
  );
  const parts = sizes.map((d) => (d === -1 ? floorBy(size, known) : d));
  const dims = [...input.shape.dims.slice(0, at), ...parts, ...input.shape.dims.slice(at + 1)];
  if (!input.shape.rest) return call.faults.length > 0 ? undefined : view(call, input, dims);
  const { rest } = input.shape;
  return tensor(
    call.lib,
    { dims, rest: { at: at < rest.at ? rest.at + parts.length - 1 : rest.at, id: rest.id } },
    typed(input),
  );
};

const diagonal = (call: Call, input: TensorArg, offset: Dim, dim1: number, dim2: number): TensorArg | undefined => {
  const { shape } = input;
  if (shape.rest || typeof offset !== 'number') return giveUp(call, 'the rank is not known');
  const at = positions(call, shape, [dim1, dim2], 'dim1');
  if (!at) return undefined;
  const [i = 0, j = 1] = at;
  const rows = sizeAt(shape, i);
  const columns = sizeAt(shape, j);
  const length = offset >= 0 ? min(rows, sub(columns, offset)) : min(add(rows, offset), columns);
  const dims = shape.dims.filter((_, k) => k !== i && k !== j);
  return tensor(call.lib, { dims: [...dims, max(0, length)] }, typed(input));
};

/** Sizes and counts. */
export const sizes = ops('torch.Tensor', {
  'size(input: Tensor, dim: dim? = None) -> any': {
    en: 'The sizes of all axes, or of one.',
    zh: '各轴的大小，或某一轴的大小。',
    value: ({ input, dim }, call) => {
      if (dim === null) return sizeTuple(input.shape);
      const at = position(call, input.shape, dim);
      return at === undefined ? undefined : int(sizeAt(input.shape, at));
    },
    eg: ['(2, 3), 1 -> 3', '(2, 3), 2 -> !axis-range'],
  },
  'dim(input: Tensor) -> any': {
    en: 'The number of axes.',
    zh: '维数。',
    value: ({ input }) => (input.shape.rest ? undefined : int(input.shape.dims.length)),
    aliases: ['torch.Tensor.ndimension'],
    eg: '(2, 3) -> 2',
  },
  'stride(input: Tensor, dim: dim? = None) -> any': {
    en: 'Steps in memory along the axes.',
    zh: '各轴在内存中的步幅。',
    value: ({ input, dim }, call) => {
      const strides = stridesOf(input);
      if (!strides) return undefined;
      if (dim === null) return tupleOf(strides);
      const at = position(call, input.shape, dim);
      return at === undefined ? undefined : int(strides[at] ?? 1);
    },
    eg: '(2, 3), 0 -> 3',
  },
  'element_size(input: Tensor) -> any': {
    en: 'Bytes of one element.',
    zh: '每个元素的字节数。',
    value: ({ input }) => (input.dtype ? int(bytes[input.dtype]) : undefined),
    eg: '(2, 3) -> 4',
  },
  'is_contiguous(input: Tensor, *, memory_format: any = None) -> any': {
    en: 'Whether the elements lie row by row.',
    zh: '元素是否按行连续存放。',
    value: ({ input }) => (input.layout === 'contiguous' ? bool(true) : undefined),
    eg: '(2, 3) -> True',
  },
});

/** How many elements. */
export const counts = ops('torch torch.Tensor', {
  'numel(input: Tensor) -> any': {
    en: 'The number of elements.',
    zh: '元素个数。',
    value: ({ input }) => {
      const count = numel(input.shape);
      return count === undefined ? undefined : int(count);
    },
    aliases: ['torch.Tensor.nelement'],
    eg: '(2, 3) -> 6',
  },
});

/** What is a function alone; and methods that take numbers one after the other, which as functions want one sequence. */
export const sequenceFunctions = ops('torch', {
  'reshape(input: Tensor, shape: ints) -> any': {
    en: 'Gives the same numbers other sizes.',
    zh: '改变形状，元素顺序不变。',
    value: ({ input, shape }, call) => reshape(call, input, shape),
    eg: ['(2, 6), (3, 4) -> (3, 4)', '(2, 6), (-1,) -> (12)', '(2, 6), -1 -> !wrong-type'],
  },
  'permute(input: Tensor, dims: dims) -> any': {
    en: 'Reorders the axes.',
    zh: '维度重排（换轴）。',
    value: ({ input, dims }, call) => permuted(call, input, dims),
    eg: [
      '(2, 3, 4), (0, 2, 1) -> (2, 4, 3)',
      '(2, 3, 4), (0, 2) -> !permute-count',
      '(2, 3, 4), 0, 2, 1 -> !too-many-arguments',
    ],
  },
  'tile(input: Tensor, dims: ints) -> any': {
    en: 'Copies the tensor along its last axes.',
    zh: '沿末尾各轴平铺重复。',
    value: ({ input, dims }, call) => copied(call, input, repeated(call, input, dims, 'pad')),
    eg: ['(2, 3), (2,) -> (2, 6)', '(3), (2, 2) -> (2, 6)'],
  },
  'broadcast_to(input: Tensor, size: ints) -> any': {
    en: 'Repeats axes of size 1 up to a shape.',
    zh: '广播到给定形状。',
    value: ({ input, size }, call) => expanded(call, input, size),
    eg: ['(1, 3), (2, 3) -> (2, 3)', '(1, 3), 2, 3 -> !too-many-arguments'],
  },
  'view_as_real(input: Tensor) -> any': {
    en: 'Complex numbers as pairs of real ones.',
    zh: '把复数看成实部、虚部两个数。',
    value: ({ input }, call) => {
      if (input.dtype !== undefined && !input.dtype.startsWith('complex')) {
        const data = { op: call.op, argument: 'input', expected: 'complex', found: input.dtype };
        return refuse(call, fault('dtype-refused', data, 'input'));
      }
      const dtype = input.dtype === 'complex128' ? 'float64' : 'float32';
      const dims = [...input.shape.dims, 2];
      return tensor(call.lib, { ...input.shape, dims }, input.dtype ? { dtype } : {});
    },
    eg: '(2, 3):complex64 -> (2, 3, 2)',
  },
  'view_as_complex(input: Tensor) -> any': {
    needs: 'real float',
    en: 'Pairs of real numbers as complex ones.',
    zh: '把最后一维的两个实数看成一个复数。',
    value: ({ input }, call) => {
      const last = axis(input.shape, -1);
      if (last === undefined && !input.shape.rest) {
        const data = { op: call.op, argument: 'input', expected: '1+', found: 0, shape: input.shape };
        return refuse(call, fault('rank-mismatch', data, 'input'));
      }
      if (last === undefined) return giveUp(call, 'the last axis is not known');
      const clash = fault('size-mismatch', { op: call.op, axis: '-1', expected: 2, found: last }, 'input');
      need(call, { kind: 'eq', left: 2, right: last }, clash);
      const step = stridesOf(input)?.at(-1);
      if (typeof step === 'number' && step !== 1)
        return refuse(call, fault('view-stride', { op: call.op, from: input.shape, to: input.shape }, 'input'));
      const dtype = input.dtype === 'float64' ? 'complex128' : 'complex64';
      return tensor(call.lib, { ...input.shape, dims: input.shape.dims.slice(0, -1) }, input.dtype ? { dtype } : {});
    },
    eg: ['(2, 3, 2) -> (2, 3)', '(2, 3) -> !size-mismatch'],
  },
  'squeeze_copy(input: Tensor, dim: dims? = None) -> any': {
    en: 'Removes axes of size 1 and copies.',
    zh: '去掉大小为 1 的轴并复制。',
    value: ({ input, dim }, call) => squeezed(call, input, dim),
    eg: '(2, 1) -> (2)',
  },
});
