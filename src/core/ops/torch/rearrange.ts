import { product } from '../../dims';
import { axis, rank } from '../../shapes';
import { giveUp, refuse, tensor } from '../call';
import { fault } from '../codes';
import { ops } from '../rows';
import { position, positions, sizeAt } from '../rules/axes';
import { cat, stack } from '../rules/join';
import { laid, layoutOf, stridesOf } from '../rules/layout';
import { int, sizeTuple } from '../rules/values';
import { reshape, typed, view } from '../rules/view';

export const viewMethods = ops('torch.Tensor', {
  'view(input: Tensor, shape: ints*) -> any': {
    en: 'Gives the same numbers other sizes, without a copy.',
    zh: '改变形状，不复制数据。',
    value: ({ input, shape }, call) => view(call, input, shape),
    eg: ['(2, 6), 3, -1 -> (3, 4)', '(2, 6), 5, -1 -> !view-infer', '(2, 6), 3, 5 -> !view-count'],
  },
});

export const rearrangers = ops('torch torch.Tensor', {
  'reshape(input: Tensor, shape: ints*) -> any': {
    en: 'Gives the same numbers other sizes.',
    zh: '改变形状，元素顺序不变。',
    value: ({ input, shape }, call) => reshape(call, input, shape),
    eg: '(2, 6), 3, 4 -> (3, 4)',
  },
  'permute(input: Tensor, dims: dims*) -> any': {
    en: 'Reorders the axes.',
    zh: '维度重排（换轴）。',
    value: ({ input, dims }, call) => {
      const count = rank(input.shape);
      if (count === undefined) return giveUp(call, 'the rank is not known');
      if (dims.length !== count)
        return refuse(call, fault('permute-count', { op: call.op, rank: count, found: dims.length }, 'dims'));
      const order = positions(call, input.shape, dims, 'dims');
      if (!order) return undefined;
      const shape = { dims: order.map((i) => sizeAt(input.shape, i)) };
      const strides = stridesOf(input);
      const layout = layoutOf(shape, strides && order.map((i) => strides[i] ?? 1));
      return tensor(call.lib, shape, { ...typed(input), ...laid(layout) });
    },
    eg: ['(2, 3, 4), 0, 2, 1 -> (2, 4, 3)', '(2, 3, 4), 0, 2 -> !permute-count'],
  },
  'flatten(input: Tensor, start_dim: dim = 0, end_dim: dim = -1) -> any': {
    en: 'Merges neighbouring axes into one.',
    zh: '把相邻的几个轴合并为一个。',
    value: ({ input, start_dim, end_dim }, call) => {
      const from = position(call, input.shape, start_dim, 0, 'start_dim');
      const to = position(call, input.shape, end_dim, 0, 'end_dim');
      if (from === undefined || to === undefined) return undefined;
      const { dims } = input.shape;
      return reshape(call, input, [...dims.slice(0, from), product(dims.slice(from, to + 1)), ...dims.slice(to + 1)]);
    },
    eg: ['(2, 3, 4), 1 -> (2, 12)', '(2, 3, 4) -> (24)'],
  },
});

export const sizes = ops('torch.Tensor', {
  'size(input: Tensor, dim: dim? = None) -> any': {
    en: 'The sizes of all axes, or of one.',
    zh: '各轴的大小，或某一轴的大小。',
    value: ({ input, dim }, call) => {
      if (dim === null) return sizeTuple(input.shape);
      const known = axis(input.shape, dim);
      if (known !== undefined) return int(known);
      const at = position(call, input.shape, dim);
      return at === undefined ? undefined : int(sizeAt(input.shape, at));
    },
    eg: '(2, 3), 1 -> 3',
  },
});

export const joins = ops('torch', {
  'cat(tensors: Tensors, dim: dim = 0) -> Tensor': {
    en: 'Joins tensors along an axis.',
    zh: '沿某轴拼接张量。',
    shape: ({ tensors, dim }, call) => cat(call, tensors, dim),
    aliases: ['torch.concat', 'torch.concatenate'],
    eg: ['[(2, 3), (2, 4)], 1 -> (2, 7)', '[(2, 3), (3, 4)], 1 -> !cat-mismatch'],
  },
  'stack(tensors: Tensors, dim: dim = 0) -> Tensor': {
    en: 'Joins tensors of one shape along a new axis.',
    zh: '沿新轴堆叠形状相同的张量。',
    shape: ({ tensors, dim }, call) => stack(call, tensors, dim),
    eg: '[(2, 3), (2, 3)], 1 -> (2, 2, 3)',
  },
});
