import { type Dim, product } from '../../dims';
import { numel, type Shape, shapeOf } from '../../shapes';
import type { Arg, TensorArg } from '../arg';
import { type Call, fresh, giveUp, need, refuse, tensor } from '../call';
import { fault } from '../codes';
import { ops } from '../rows';
import { leadingAxes, needAxis, position, sizeAt, withSize } from '../rules/axes';
import { needPositive } from '../rules/checks';
import { laid } from '../rules/layout';
import { expanded, moved, permuted, reordered, repeated, squeezed, swapped, unfolded, unsqueezed } from '../rules/move';
import { floorBy } from '../rules/quotient';
import { reshape, typed, view } from '../rules/view';
import { rearrangers as torchRearrangers } from '../torch/rearrange';
import { borrow, unlaid, withMore } from './borrow';

const paddle = { lib: 'paddle', python: true } as const;
const everywhere = 'paddle paddle.Tensor paddle.tensor';

/** Sizes of a reshape: 0 copies the size that the input has at that place. */
const copiedSizes = (call: Call, x: TensorArg, sizes: readonly Dim[]): readonly Dim[] | undefined => {
  const { dims, rest } = x.shape;
  const all: Dim[] = [];
  for (const [i, size] of sizes.entries()) {
    if (size !== 0) all.push(size);
    else if (rest && i >= rest.at) all.push(fresh(call, 'size copied from an axis that is not known'));
    else {
      const own = dims[i];
      if (own === undefined) {
        const data = { op: call.op, axis: i, rank: dims.length };
        return refuse(call, fault('axis-range', data, 'shape'));
      }
      all.push(own);
    }
  }
  return all;
};

const reshaped = (call: Call, x: TensorArg, sizes: readonly Dim[]): TensorArg | undefined => {
  // Of a tensor without elements a 0 is a size like any other; what a −1 becomes beside it is a matter of its own.
  if (numel(x.shape) === 0 && sizes.includes(0))
    return sizes.includes(-1)
      ? giveUp(call, 'a size worked out of a tensor without elements')
      : tensor(call.lib, shapeOf(...sizes), typed(x));
  const all = copiedSizes(call, x, sizes);
  return all && reshape(call, x, all);
};

/** `perm` may name fewer axes than there are: the others stay where they are. */
const transposed = (call: Call, x: TensorArg, perm: readonly number[]): TensorArg | undefined => {
  const { dims, rest } = x.shape;
  if (rest || perm.length >= dims.length) return permuted(call, x, perm);
  // What a short list says of axes behind its own is looked at by nobody.
  if (perm.some((axis) => axis >= perm.length || axis < 0)) return giveUp(call, 'axes that the list does not name');
  const head = permuted(call, { ...x, shape: { dims: dims.slice(0, perm.length) } }, perm);
  if (!head) return undefined;
  return reordered(call, x, [...perm, ...dims.map((_, i) => i).slice(perm.length)]);
};

/** Paddle expands by copying. */
const inRows = (t: TensorArg | undefined): TensorArg | undefined => t && { ...t, layout: 'contiguous' };

const grownTo = (call: Call, x: TensorArg, sizes: readonly Dim[]): TensorArg | undefined =>
  sizes.length === 0 || sizes.some((d) => typeof d === 'number' && d < -1)
    ? giveUp(call, 'sizes that nobody means')
    : expanded(call, x, sizes);

/** Paddle counts the strides of axes of size 1, too: what was reordered does not lie row by row, whatever they say. */
const strided = (x: TensorArg, t: TensorArg | undefined): TensorArg | undefined =>
  t?.layout === 'contiguous' && t !== x ? tensor(t.lib, t.shape, typed(t)) : t;

/** New axes one after the other, each counted in the tensor as it then is. */
const unsqueezedAll = (call: Call, x: TensorArg, axes: readonly number[]): TensorArg | undefined => {
  let all: TensorArg | undefined = x;
  for (const axis of axes) all = all && unsqueezed(call, all, axis);
  return all;
};

const flattened = (call: Call, x: TensorArg, start: number, stop: number): TensorArg | undefined => {
  const { shape } = x;
  const { dims, rest } = shape;
  if (rest) {
    if (stop !== -1 || start < 0) return giveUp(call, 'the rank is not known');
    return tensor(call.lib, shapeOf(...leadingAxes(call, x, start), fresh(call, 'number of elements', 'N')), typed(x));
  }
  const from = position(call, shape, start, 0, 'start_axis');
  const to = position(call, shape, stop, 0, 'stop_axis');
  if (from === undefined || to === undefined) return undefined;
  if (from > to)
    return refuse(call, fault('axis-range', { op: call.op, axis: start, rank: dims.length }, 'start_axis'));
  return reshape(call, x, [...dims.slice(0, from), product(dims.slice(from, to + 1)), ...dims.slice(to + 1)]);
};

const copied = (call: Call, x: TensorArg, shape: Shape | undefined): Arg | undefined =>
  shape && tensor(call.lib, shape, { ...typed(x), ...(x.layout === 'contiguous' ? laid('contiguous') : {}) });

/** Axes moved, merged, added and removed. */
export const rearrangers = ops(
  everywhere,
  {
    'reshape(x: Tensor, shape: ints*) -> any': {
      en: 'Gives the same numbers other sizes; 0 copies a size, −1 is worked out.',
      zh: '改变形状，元素顺序不变；0 表示沿用该轴原来的大小，−1 由其余推出。',
      value: ({ x, shape }, call) => reshaped(call, x, shape),
      eg: [
        '(2, 6), [3, 4] -> (3, 4)',
        '(2, 6), [0, 3, -1] -> (2, 3, 2)',
        '(2, 6), [-1] -> (12)',
        '(2, 6), 3, 4 -> (3, 4)',
        '(2, 6), [5, -1] -> !view-infer',
        '(2, 6), [2, 6, 0] -> !axis-range',
        '(2, 6), [-1, -1] -> !view-two-unknown',
      ],
    },
    'transpose(x: Tensor, perm: ints, name: any = None) -> any': {
      en: 'Reorders the axes; all of them are named.',
      zh: '维度重排：perm 列出新的轴顺序。',
      value: ({ x, perm }, call) => {
        const axes = perm.filter((axis) => typeof axis === 'number');
        return axes.length === perm.length
          ? strided(x, transposed(call, x, axes))
          : giveUp(call, 'an axis is not known');
      },
      remarks: [
        {
          en: 'PyTorch’s transpose swaps two axes; this is its permute.',
          zh: 'PyTorch 的 transpose 只交换两个轴；这里相当于 permute。',
        },
      ],
      eg: [
        '(2, 3, 4), [0, 2, 1] -> (2, 4, 3)',
        '(2, 3, 4), [1, 0] -> (3, 2, 4)',
        '(2, 3), [0, 0] -> !axis-repeated',
        '(2, 3), [0, 1, 2] -> !permute-count',
      ],
    },
    'transpose(x: Tensor, dim0/axis0: dim, dim1/axis1: dim) -> any': {
      en: 'Swaps two axes.',
      zh: '交换两个轴。',
      // In place, axes that count from the end do not swap.
      value: ({ x, dim0, dim1 }, call) =>
        call.op.endsWith('_') && Math.min(dim0, dim1) < 0
          ? giveUp(call, 'a swap in place')
          : strided(x, swapped(call, x, dim0, dim1)),
      eg: '(2, 3, 4), 1, 2 -> (2, 4, 3)',
    },
    'permute(x: Tensor, dims: dims*) -> any': {
      en: 'Reorders the axes.',
      zh: '维度重排（换轴）。',
      value: ({ x, dims }, call) => strided(x, transposed(call, x, dims)),
      eg: ['(2, 3, 4), [0, 2, 1] -> (2, 4, 3)', '(2, 3, 4), 0, 2, 1 -> (2, 4, 3)'],
    },
    't(input: Tensor) -> any': {
      en: 'Transposes a matrix.',
      zh: '转置矩阵。',
      value: ({ input }, call) => {
        const { dims, rest } = input.shape;
        if (rest) return giveUp(call, 'the rank is not known');
        if (dims.length > 2) {
          const data = { op: call.op, argument: 'input', expected: '0/2', found: dims.length, shape: input.shape };
          return refuse(call, fault('rank-mismatch', data, 'input'));
        }
        return dims.length < 2 ? input : strided(input, swapped(call, input, 0, 1));
      },
      eg: ['(2, 3) -> (3, 2)', '(2, 3, 4) -> !rank-mismatch'],
    },
    'matrix_transpose(x: Tensor) -> any': {
      en: 'Swaps the last two axes.',
      zh: '交换最后两个轴。',
      value: ({ x }, call) => strided(x, swapped(call, x, -2, -1)),
      eg: '(2, 3, 4) -> (2, 4, 3)',
    },
    'moveaxis(x: Tensor, source: dims, destination: dims) -> any': {
      en: 'Moves axes to other places.',
      zh: '把某些轴移到别的位置。',
      value: ({ x, source, destination }, call) => strided(x, moved(call, x, source, destination)),
      eg: ['(2, 3, 4), 1, -1 -> (2, 4, 3)', '(2, 3, 4), [0, 1], [1, 0] -> (3, 2, 4)', '(2, 3), 0, 3 -> !axis-range'],
    },
    'unsqueeze(x: Tensor, axis: dims?) -> any': {
      en: 'Adds axes of size 1, one after the other.',
      zh: '依次增加大小为 1 的轴。',
      value: ({ x, axis }, call) => unsqueezedAll(call, x, axis ?? []),
      eg: [
        '(2, 3), 1 -> (2, 1, 3)',
        '(2, 3), [0, 2] -> (1, 2, 1, 3)',
        '(2, 3), [-1, 0] -> (1, 2, 3, 1)',
        '(2, 3), 3 -> !axis-range',
      ],
    },
    'squeeze(x: Tensor, axis: dims? = None) -> any': {
      en: 'Removes axes of size 1: all, or the named ones where their size is 1.',
      zh: '去掉大小为 1 的轴：全部，或指定的轴（大小不为 1 则保留）。',
      value: ({ x, axis }, call) => {
        if (axis?.length) needAxes(call, x, axis);
        return squeezed(
          call,
          x,
          axis?.length ? [...new Set(axis.map((a) => (a < 0 && !x.shape.rest ? a + x.shape.dims.length : a)))] : null,
        );
      },
      eg: [
        '(1, 2, 1) -> (2)',
        '(2, 1, 3), 1 -> (2, 3)',
        '(2, 3), 1 -> (2, 3)',
        '(1, 3, 1), [0, 2] -> (3)',
        '(2, 3), 2 -> !axis-range',
      ],
    },
    'flatten(x: Tensor, start_axis: dim = 0, stop_axis: dim = -1) -> any': {
      en: 'Merges neighbouring axes into one.',
      zh: '把相邻的几个轴合并为一个。',
      value: ({ x, start_axis, stop_axis }, call) => flattened(call, x, start_axis, stop_axis),
      eg: ['(2, 3, 4), 1 -> (2, 12)', '(2, 3, 4) -> (24)', '(2, 3, 4), 2, 1 -> !axis-range', '() -> (1)'],
    },
    'expand(x: Tensor, shape: ints*) -> any': {
      en: 'Repeats axes of size 1; −1 keeps an axis.',
      zh: '把大小为 1 的轴扩展开；−1 表示该轴不变。',
      value: ({ x, shape }, call) => inRows(grownTo(call, x, shape)),
      eg: [
        '(2, 1, 3), [-1, 4, -1] -> (2, 4, 3)',
        '(3), [2, 3] -> (2, 3)',
        '(2, 3), [4, 3] -> !expand-mismatch',
        '(3), [-1, 3] -> !expand-mismatch',
      ],
    },
    'broadcast_to(x: Tensor, shape: ints*) -> any': {
      en: 'Repeats axes of size 1 up to a shape.',
      zh: '广播到给定形状。',
      value: ({ x, shape }, call) => inRows(grownTo(call, x, shape)),
      eg: '(1, 3), [2, 3] -> (2, 3)',
    },
    'expand_as(x: Tensor, y: Tensor) -> any': {
      en: 'Repeats axes of size 1 up to the shape of another tensor.',
      zh: '扩展到另一个张量的形状。',
      value: ({ x, y }, call) =>
        y.shape.rest || x.shape.dims.includes(0)
          ? tensor(call.lib, y.shape, typed(x))
          : inRows(expanded(call, x, y.shape.dims)),
      eg: ['(2, 1), (2, 4) -> (2, 4)', '(2, 3), (3) -> !expand-mismatch'],
    },
    'tile(x: Tensor, repeat_times: ints*) -> any': {
      en: 'Copies the tensor along its last axes.',
      zh: '沿末尾各轴平铺重复。',
      value: ({ x, repeat_times }, call) => copied(call, x, repeated(call, x, repeat_times, 'pad')),
      eg: ['(2, 3), [2] -> (2, 6)', '(3), [2, 2] -> (2, 6)', '(2, 3), [-1] -> !negative'],
    },
    'flip(x: Tensor[*a], axis: dims, name: any = None) -> Tensor[*a]': {
      en: 'Turns axes round.',
      zh: '沿某些轴翻转。',
      dtype: 'same',
      check: ({ x, axis }, call) => needAxes(call, x, axis),
      aliases: ['paddle.reverse', 'paddle.Tensor.reverse'],
      eg: ['(2, 3), [0] -> (2, 3)', '(2, 3), 0 -> (2, 3)', '(2, 3), [2] -> !axis-range'],
    },
    'roll(x: Tensor[*a], shifts: ints1, axis: dims? = None) -> Tensor[*a]': {
      en: 'Shifts elements along axes; what leaves one end enters at the other.',
      zh: '沿某些轴循环移位。',
      dtype: 'same',
      check: ({ x, shifts, axis }, call) => {
        for (const one of axis ?? []) needAxis(call, x.shape, one, 'axis');
        const count = axis?.length ? axis.length : 1;
        if (shifts.length === count) return;
        const data = { op: call.op, argument: 'shifts', expected: `${count}`, found: shifts.length };
        refuse(call, fault('wrong-length', data, 'shifts', 'axis'));
      },
      eg: ['(2, 3), 1 -> (2, 3)', '(2, 3), [1, 1], [0, 2] -> !axis-range', '(2, 3), [1, 1], 0 -> !wrong-length'],
    },
    'repeat_interleave(x: Tensor, repeats: int, axis: dim? = None, name: any = None, *, output_size: any = None) -> any':
      {
        en: 'Repeats each element in place along an axis.',
        zh: '沿某轴把每个元素就地重复。',
        value: ({ x, repeats, axis }, call) => {
          needPositive(call, 'repeats', [repeats]);
          return interleaved(call, x, axis, (size) => product([size, repeats]));
        },
        eg: ['(2, 3), 2, 1 -> (2, 6)', '(2, 3), 2 -> (12)', '(2, 3), 2, 2 -> !axis-range'],
      },
    'repeat_interleave(x: Tensor, repeats: Tensor, axis: dim? = None, name: any = None, *, output_size: int? = None) -> any':
      {
        en: 'Repeats each element its own number of times.',
        zh: '每个元素按各自的次数重复。',
        value: ({ x, repeats, axis, output_size }, call) =>
          interleaved(call, x, axis, (size) => {
            const found = repeats.shape.rest ? size : (repeats.shape.dims[0] ?? 1);
            const data = { op: call.op, axis: `${axis ?? 0}`, expected: size, found };
            if (found !== 1)
              need(call, { kind: 'eq', left: size, right: found }, fault('size-mismatch', data, 'repeats'));
            return output_size ?? fresh(call, 'sum of the repeats');
          }),
        eg: '(2, 3), (3):int64, 1 -> (2, ?)',
      },
    'unflatten(x: Tensor, axis: dim, shape: ints) -> any': {
      en: 'Splits an axis into several.',
      zh: '把一个轴拆成多个。',
      value: ({ x, axis, shape }, call) => unflattened(call, x, axis, shape),
      eg: [
        '(2, 12), 1, [3, 4] -> (2, 3, 4)',
        '(2, 12), 1, [3, -1] -> (2, 3, 4)',
        '(2, 12), 1, [5, -1] -> !unflatten-product',
      ],
    },
    'as_complex(x: Tensor[*b, 2]) -> any': {
      en: 'Pairs of real numbers as complex ones.',
      zh: '把最后一维的两个实数看成一个复数。',
      value: ({ x, b }, call) =>
        tensor(call.lib, b, x.dtype ? { dtype: x.dtype === 'float64' ? 'complex128' : 'complex64' } : {}),
      eg: ['(2, 3, 2) -> (2, 3)', '(2, 3) -> !size-mismatch'],
    },
    'as_real(x: Tensor[*b]) -> any': {
      en: 'Complex numbers as pairs of real ones.',
      zh: '把复数看成实部、虚部两个数。',
      value: ({ x, b }, call) =>
        tensor(
          call.lib,
          { ...b, dims: [...b.dims, 2] },
          x.dtype ? { dtype: x.dtype === 'complex128' ? 'float64' : 'float32' } : {},
        ),
      eg: '(2, 3):complex64 -> (2, 3, 2)',
    },
    'unfold(x: Tensor, axis: dim, size: int, step: int) -> any': {
      en: 'Cuts windows along an axis; they become the last axis.',
      zh: '沿某轴切出滑动窗口，窗口成为最后一维。',
      value: ({ x, axis, size, step }, call) => strided(x, unfolded(call, x, axis, size, step)),
      eg: ['(2, 8), 1, 3, 1 -> (2, 6, 3)', '(2, 8), 1, 9, 1 -> !kernel-too-large'],
    },
  },
  paddle,
);

const needAxes = (call: Call, x: TensorArg, axes: readonly number[]): void => {
  for (const axis of axes) needAxis(call, x.shape, axis, 'axis');
};

const interleaved = (call: Call, x: TensorArg, axis: number | null, size: (old: Dim) => Dim): Arg | undefined => {
  if (axis === null) {
    const count = numel(x.shape);
    return tensor(call.lib, shapeOf(count === undefined ? fresh(call, 'number of elements') : size(count)), typed(x));
  }
  const at = position(call, x.shape, axis, 0, 'axis');
  return at === undefined ? undefined : tensor(call.lib, withSize(x.shape, at, size(sizeAt(x.shape, at))), typed(x));
};

const unflattened = (call: Call, x: TensorArg, axis: number, sizes: readonly Dim[]): TensorArg | undefined => {
  const at = position(call, x.shape, axis, 0, 'axis');
  if (at === undefined || x.shape.rest) return giveUp(call, 'the rank is not known');
  const size = sizeAt(x.shape, at);
  const known = product(sizes.filter((d) => d !== -1));
  const clash = fault('unflatten-product', { op: call.op, product: known, size }, 'shape');
  if (known === 0) return giveUp(call, 'a size of 0');
  const open = sizes.includes(-1);
  need(
    call,
    open ? { kind: 'divides', divisor: known, dividend: size } : { kind: 'eq', left: known, right: size },
    clash,
  );
  const parts = sizes.map((d) => (d === -1 ? floorBy(size, known) : d));
  return reshape(call, x, [...x.shape.dims.slice(0, at), ...parts, ...x.shape.dims.slice(at + 1)]);
};

/** Methods that change a shape without moving an element; `view` copies no size for a 0. */
export const viewMethods = ops(
  everywhere,
  {
    'view(x: Tensor, shape_or_dtype: ints*) -> any': {
      en: 'Gives the same numbers other sizes, without a copy.',
      zh: '改变形状，不复制数据。',
      value: ({ x, shape_or_dtype }, call) => {
        const count = shape_or_dtype.length;
        if (!x.shape.rest && shape_or_dtype[count - 1] === 0 && count > x.shape.dims.length)
          return refuse(
            call,
            fault('axis-range', { op: call.op, axis: count - 1, rank: x.shape.dims.length }, 'shape_or_dtype'),
          );
        return view(call, x, shape_or_dtype);
      },
      eg: ['(2, 6), [3, -1] -> (3, 4)', '(2, 6), [5, -1] -> !view-infer', '(2, 6), [0, -1] -> !view-infer'],
    },
    'view(x: Tensor, shape_or_dtype: dtype) -> any': {
      en: 'Reads the same memory as another element type.',
      zh: '按另一种数据类型解读同一段内存。',
      value: ({ x, shape_or_dtype }) => (shape_or_dtype === x.dtype ? x : undefined),
      eg: '(2, 3), float32 -> (2, 3)',
    },
    'view_as(x: Tensor, other: Tensor) -> any': {
      en: 'Gives the numbers the shape of another tensor, without a copy.',
      zh: '改成另一个张量的形状，不复制数据。',
      value: ({ x, other }, call) =>
        other.shape.rest ? tensor(call.lib, other.shape, typed(x)) : view(call, x, other.shape.dims),
      eg: '(2, 6), (3, 4) -> (3, 4)',
    },
    'reshape_as(x: Tensor, other: Tensor) -> any': {
      en: 'Gives the numbers the shape of another tensor.',
      zh: '改成另一个张量的形状。',
      value: ({ x, other }, call) =>
        other.shape.rest ? tensor(call.lib, other.shape, typed(x)) : reshape(call, x, other.shape.dims),
      eg: '(2, 6), (3, 4) -> (3, 4)',
    },
    'repeat(x/input: Tensor, repeats: ints*) -> any': {
      en: 'Copies the tensor along its last axes.',
      zh: '沿末尾各轴重复拷贝。',
      value: ({ x, repeats }, call) => copied(call, x, repeated(call, x, repeats, 'pad')),
      eg: ['(2, 3), 2, 1 -> (4, 3)', '(3), [4, 1] -> (4, 3)'],
    },
  },
  paddle,
);

/** Rows that differ from PyTorch's by names alone. */
export const sharedRearrangers = unlaid(borrow(everywhere, torchRearrangers, 'ravel narrow diagonal'));

/** Two more names of `transpose`, whichever arguments it is given. */
export const swaps = ['swapaxes', 'swapdims'].map((name) => {
  const { functions, ...rest } = borrow(everywhere, rearrangers, `transpose=${name}`, {});
  return {
    ...rest,
    functions: functions.toReversed().map(([text, { remarks: _, ...entry }]) => [text, entry] as const),
  };
});

/** Diagonals: Paddle calls the place `offset`. */
export const diagonals = withMore(
  borrow(everywhere, torchRearrangers, 'diag diagflat diag_embed rot90', {
    input: 'x',
    diagonal: 'offset',
    dims: 'axes',
  }),
  'diag',
  'padding_value: any = 0',
);

/** Its old place. */
export const oldDiagonals = borrow('paddle.nn.functional', torchRearrangers, 'diag_embed', {});

/** The memory read anew. */
export const strides = borrow('paddle paddle.Tensor', torchRearrangers, 'as_strided', {
  input: 'x',
  size: 'shape',
  storage_offset: 'offset',
});

/** The same in place: the tensor itself gets another shape. */
export const inPlaceRearrangers = borrow(
  'paddle paddle.Tensor',
  rearrangers,
  'reshape=reshape_ transpose=transpose_ t=t_ unsqueeze=unsqueeze_ squeeze=squeeze_ flatten=flatten_',
  {},
);
