import { add, type Dim, sub, sum } from '../../dims';
import { type Shape, shapeOf } from '../../shapes';
import type { Arg, TensorArg } from '../arg';
import { broadcastAll, type Call, giveUp, need, refuse, tensor } from '../call';
import { fault } from '../codes';
import { isComplex, promoteAll } from '../dtypes';
import { ops } from '../rows';
import { position, sizeAt } from '../rules/axes';
import { needMultiple } from '../rules/checks';
import { cat, stack } from '../rules/join';
import { laid } from '../rules/layout';
import { selected } from '../rules/move';
import { floorBy } from '../rules/quotient';
import { cutAt, evenly, pieces, unbound } from '../rules/split';
import { int, tuple } from '../rules/values';
import { typed } from '../rules/view';
import { rankAtLeast, joins as torchJoins } from '../torch/join';
import { borrow } from './borrow';

const paddle = { lib: 'paddle', python: true } as const;
const functions = 'paddle paddle.tensor';
const everywhere = 'paddle paddle.Tensor paddle.tensor';

/** Paddle answers with lists where PyTorch answers with tuples, and with copies where PyTorch gives views. */
const copies = (value: Arg | undefined): Arg | undefined =>
  value?.kind === 'tuple'
    ? { kind: 'sequence', items: value.items.map((t) => (t.kind === 'tensor' ? { ...t, layout: 'contiguous' } : t)) }
    : value;

const joined = (call: Call, tensors: readonly TensorArg[], shape: Shape | undefined): Arg | undefined => {
  needOneType(call, tensors);
  const dtype = promoteAll(tensors.map((t) => t.dtype));
  const rows = tensors.every((t) => t.layout === 'contiguous');
  return shape && tensor(call.lib, shape, { ...(dtype ? { dtype } : {}), ...(rows ? laid('contiguous') : {}) });
};

/** What is joined has one element type; nothing is promoted. */
const needOneType = (call: Call, tensors: readonly TensorArg[]): void => {
  const first = tensors.find((t) => t.dtype !== undefined)?.dtype;
  const other = tensors.find((t) => t.dtype !== undefined && t.dtype !== first)?.dtype;
  if (first && other && !isComplex(first) && !isComplex(other))
    refuse(call, fault('dtype-mismatch', { op: call.op, left: first, right: other }, 'x'));
};

/** A vector without elements is a tensor like any other here: only its own rank joins with it. */
const needRanks = (call: Call, x: readonly TensorArg[], axis: number): void => {
  const first = x.find((t) => !t.shape.rest)?.shape;
  for (const { shape } of x) {
    if (!first || shape.rest || shape.dims.length === first.dims.length) continue;
    const data = { op: call.op, axis: -1, dim: axis, left: first, right: shape };
    refuse(call, fault('cat-mismatch', data, 'x'));
    return;
  }
};

/** Tensors joined. */
export const joins = ops(
  functions,
  {
    'concat(x: TensorList, axis: dim = 0) -> any': {
      en: 'Joins tensors along an axis.',
      zh: '沿某轴拼接张量。',
      check: ({ x, axis }, call) => needRanks(call, x, axis),
      value: ({ x, axis }, call) => joined(call, x, cat(call, x, axis)),
      aliases: ['paddle.cat', 'paddle.concatenate'],
      eg: [
        '[(2, 3), (2, 4)], 1 -> (2, 7)',
        '[(2, 3), (3, 4)], 1 -> !cat-mismatch',
        '[(2, 3), (2, 3)], 2 -> !axis-range',
        '[(2, 3), (2, 3):int64] -> !dtype-mismatch',
        '[] -> !empty-list',
      ],
    },
    'stack(x: TensorList, axis: dim? = 0) -> any': {
      en: 'Joins tensors of one shape along a new axis.',
      zh: '沿新轴堆叠形状相同的张量。',
      value: ({ x, axis }, call) => joined(call, x, stack(call, x, axis ?? 0)),
      eg: ['[(2, 3), (2, 3)], 1 -> (2, 2, 3)', '[(2, 3), (2, 4)] -> !stack-mismatch', '[(2, 3)], 3 -> !axis-range'],
    },
    'meshgrid(args: Tensors*, **) -> any': {
      en: 'Coordinate grids from vectors, one an axis.',
      zh: '由各轴的坐标向量生成网格。',
      value: ({ args }, call) => grids(call, args),
      eg: ['(2), (3) -> ((2, 3), (2, 3))', '[(2), (3)] -> ((2, 3), (2, 3))', '(2, 2) -> !rank-mismatch'],
    },
    'broadcast_tensors(input: Tensors*) -> any': {
      en: 'Expands tensors to one common shape.',
      zh: '把多个张量广播到共同的形状。',
      value: ({ input }, call) => {
        const shape = broadcastAll(
          call,
          input.map((t) => t.shape),
          (left, right) => fault('broadcast-mismatch', { op: call.op, left, right }, 'input'),
        );
        return shape && { kind: 'sequence', items: input.map((t) => tensor(call.lib, shape, typed(t))) };
      },
      eg: ['[(2, 1), (3)] -> ((2, 3), (2, 3))', '[(2), (3)] -> !broadcast-mismatch'],
    },
  },
  paddle,
);

const grids = (call: Call, tensors: readonly TensorArg[]): Arg | undefined => {
  const sizes: Dim[] = [];
  for (const { shape } of tensors) {
    if (shape.rest) return giveUp(call, 'the rank is not known');
    if (shape.dims.length > 1) {
      const data = { op: call.op, argument: 'args', expected: '0/1', found: shape.dims.length, shape };
      return refuse(call, fault('rank-mismatch', data, 'args'));
    }
    sizes.push(shape.dims[0] ?? 1);
  }
  return { kind: 'sequence', items: tensors.map((t) => tensor(call.lib, shapeOf(...sizes), typed(t))) };
};

/** Rows that differ from PyTorch's by names alone. */
export const sharedJoins = borrow(
  functions,
  torchJoins,
  'hstack vstack dstack column_stack row_stack cartesian_prod combinations vander',
  { tensors: 'x', input: 'x', N: 'n' },
);

/** Numbers and lists of them are tensors, too. */
const raised = (en: string, zh: string, rank: 1 | 2 | 3, eg: string) => ({
  en,
  zh,
  value: ({ inputs }: { readonly inputs: Arg }, call: Call): Arg | undefined => {
    const given = inputs.kind === 'tuple' || inputs.kind === 'sequence' ? inputs.items : [inputs];
    const [first] = given;
    const alone = given.length === 1 && (first?.kind === 'tuple' || first?.kind === 'sequence');
    const items = alone ? first.items : given;
    if (items.length === 0) return giveUp(call, 'nothing');
    const tensors = items.filter((item): item is TensorArg => item.kind === 'tensor');
    return tensors.length === items.length ? rankAtLeast(call, tensors, rank) : giveUp(call, 'numbers among tensors');
  },
  eg,
});

/** Further axes for what has few. */
export const raises = ops(
  functions,
  {
    'atleast_1d(inputs: any* = (), *, name: any = None) -> any': raised(
      'Gives a number an axis.',
      '至少补到一维。',
      1,
      '() -> (1)',
    ),
    'atleast_2d(inputs: any* = (), *, name: any = None) -> any': raised(
      'Gives vectors and numbers leading axes.',
      '至少补到二维。',
      2,
      '(3) -> (1, 3)',
    ),
    'atleast_3d(inputs: any* = (), *, name: any = None) -> any': raised(
      'Gives matrices, vectors and numbers further axes.',
      '至少补到三维。',
      3,
      '(2, 3) -> (2, 3, 1)',
    ),
  },
  paddle,
);

/** Matrices along a diagonal come as one list, or as the rows of one tensor. */
export const diagonalBlocks = borrow(
  functions,
  {
    ...torchJoins,
    functions: torchJoins.functions.map(([text, entry]) => [
      text.replace('Tensors*', 'Tensors'),
      { ...entry, eg: '[(2, 3), (1, 4)] -> (3, 7)' },
    ]),
  },
  'block_diag',
  { tensors: 'inputs' },
);

/** A number is how many equal parts, a list the sizes of all, one of which may be −1. */
const parted = (call: Call, x: TensorArg, count: Dim, axis: number, name: string): Arg | undefined => {
  const at = position(call, x.shape, axis, 0, 'axis');
  if (at === undefined) return undefined;
  if (x.shape.dims.length === 0 && !x.shape.rest)
    return refuse(call, fault('axis-range', { op: call.op, axis, rank: 0 }, 'axis'));
  if (typeof count !== 'number') return giveUp(call, 'the number of pieces');
  if (count < 1) return refuse(call, fault('not-positive', { op: call.op, argument: name, found: count }, name));
  const whole = sizeAt(x.shape, at);
  needMultiple(call, whole, count, `axis ${axis}`, name);
  const each = floorBy(whole, count);
  return copies(
    pieces(
      call,
      x,
      at,
      Array.from({ length: count }, () => each),
    ),
  );
};

const sectioned = (call: Call, x: TensorArg, sections: readonly Dim[], axis: number): Arg | undefined => {
  const at = position(call, x.shape, axis, 0, 'axis');
  if (at === undefined) return undefined;
  const name = 'num_or_sections';
  const open = sections.filter((s) => s === -1).length;
  if (open > 1) return refuse(call, fault('view-two-unknown', { op: call.op }, name));
  const whole = sizeAt(x.shape, at);
  const known = sum(sections.filter((s) => s !== -1));
  const clash = fault('split-sum', { op: call.op, sum: known, size: whole }, name);
  if (open === 0) need(call, { kind: 'eq', left: known, right: whole }, clash);
  else need(call, { kind: 'lt', left: known, right: add(whole, 1) }, clash);
  return copies(
    pieces(
      call,
      x,
      at,
      sections.map((s) => (s === -1 ? sub(whole, known) : s)),
    ),
  );
};

/** Tensors taken apart. */
export const splits = ops(
  everywhere,
  {
    'split(x: Tensor, num_or_sections: int, axis: dim = 0) -> any': {
      en: 'Cuts an axis into so many equal pieces, given as a list.',
      zh: '沿某轴均分成若干份，返回列表。',
      value: ({ x, num_or_sections: count, axis }, call) => parted(call, x, count, axis, 'num_or_sections'),
      remarks: [
        {
          en: 'PyTorch’s number is the size of a piece, Paddle’s how many there are.',
          zh: 'PyTorch 的数是每份的大小，Paddle 的数是份数。',
        },
      ],
      eg: [
        '(6, 2), 3 -> ((2, 2), (2, 2), (2, 2))',
        '(2, 7), 3, 1 -> !not-divisible',
        '(2, 6), 3, 2 -> !axis-range',
        '(6, 2), 0 -> !not-positive',
      ],
    },
    'split(x: Tensor, num_or_sections: ints, axis: dim = 0) -> any': {
      en: 'Cuts an axis into pieces of given sizes, given as a list; one may be −1.',
      zh: '沿某轴按给定大小切开，返回列表；可有一个 −1。',
      value: ({ x, num_or_sections: sections, axis }, call) => sectioned(call, x, sections, axis),
      eg: [
        '(2, 6), [2, 4], 1 -> ((2, 2), (2, 4))',
        '(2, 6), [2, -1], 1 -> ((2, 2), (2, 4))',
        '(2, 6), [2, 3], 1 -> !split-sum',
        '(2, 6), [-1, -1], 1 -> !view-two-unknown',
      ],
    },
    'chunk(x: Tensor, chunks: int, axis: dim = 0) -> any': {
      en: 'Cuts an axis into so many equal pieces, given as a list.',
      zh: '沿某轴均分成若干份，返回列表。',
      remarks: [
        {
          en: 'PyTorch’s chunk makes the last piece smaller where the axis cannot be divided; here that fails.',
          zh: 'PyTorch 的 chunk 在不能整除时最后一份较小，这里则报错。',
        },
      ],
      value: ({ x, chunks, axis }, call) => parted(call, x, chunks, axis, 'chunks'),
      eg: ['(2, 6), 3, 1 -> ((2, 2), (2, 2), (2, 2))', '(2, 7), 3, 1 -> !not-divisible', '(2, 6), 3, 2 -> !axis-range'],
    },
    'unbind(input: Tensor, axis: dim = 0) -> any': {
      en: 'Takes an axis apart, one tensor an index.',
      zh: '沿某轴拆开，每个下标一个张量。',
      value: ({ input, axis }, call) => views(apart(call, input, axis)),
      eg: ['(2, 3) -> ((3), (3))', '(2, 3), 2 -> !axis-range'],
    },
    'unstack(x: Tensor, axis: dim = 0, num: int? = None) -> any': {
      en: 'Takes an axis apart, one tensor an index.',
      zh: '沿某轴拆开，每个下标一个张量。',
      check: ({ x, axis, num }, call) => {
        const at = x.shape.rest ? undefined : position(call, x.shape, axis, 0, 'axis');
        if (at === undefined || num === null || num === 0) return;
        const data = { op: call.op, axis: `${axis}`, expected: sizeAt(x.shape, at), found: num };
        need(call, { kind: 'eq', left: data.expected, right: num }, fault('size-mismatch', data, 'num'));
      },
      value: ({ x, axis, num }, call) => (num === 0 ? giveUp(call, 'no pieces') : apart(call, x, axis)),
      eg: ['(2, 3), 1, 3 -> ((2), (2), (2))', '(2, 3), 1, 2 -> !size-mismatch'],
    },
  },
  paddle,
);

const apart = (call: Call, x: TensorArg, axis: number): Arg | undefined =>
  copies(unbound(call, x, axis, (at) => selected(call, x, at, int(0)) ?? tuple([])));

/** The same pieces as views, whose layout nobody asks for. */
const views = (value: Arg | undefined): Arg | undefined =>
  value?.kind === 'sequence' || value?.kind === 'tuple'
    ? {
        kind: 'sequence',
        items: value.items.map((t) => (t.kind === 'tensor' ? tensor(t.lib, t.shape, typed(t)) : t)),
      }
    : value;

interface Cut {
  readonly x: TensorArg;
  readonly num_or_indices: Dim;
}

interface Cuts {
  readonly x: TensorArg;
  readonly num_or_indices: readonly Dim[];
}

/** The pieces of an axis may differ in size, other than PyTorch's. */
const parts = (en: string, zh: string, axisOf: (x: TensorArg) => number, eg: string) => ({
  en: `Cuts the ${en} axis into so many pieces.`,
  zh: `沿${zh}切成若干份。`,
  value: ({ x, num_or_indices }: Cut, call: Call): Arg | undefined => views(evenly(call, x, num_or_indices, axisOf(x))),
  eg,
});

const places = (en: string, zh: string, axisOf: (x: TensorArg) => number, eg: string) => ({
  en: `Cuts the ${en} axis at given places.`,
  zh: `沿${zh}在指定位置切开。`,
  value: ({ x, num_or_indices }: Cuts, call: Call): Arg | undefined =>
    num_or_indices.some((d) => typeof d === 'number' && d < 0)
      ? giveUp(call, 'places that count from the end')
      : views(cutAt(call, x, num_or_indices, axisOf(x))),
  eg,
});

const across = ({ shape }: TensorArg): number => (shape.dims.length === 1 && !shape.rest ? 0 : 1);
const down = (): number => 0;
const through = (): number => 2;

/** NumPy's ways to cut. */
export const cuts = ops(
  everywhere,
  {
    'tensor_split(x: Tensor, num_or_indices/indices/sections: int, axis: dim = 0) -> any': {
      en: 'Cuts an axis into so many pieces; they need not be of one size.',
      zh: '沿某轴切成若干份，大小可以不等。',
      value: ({ x, num_or_indices, axis }, call) => views(evenly(call, x, num_or_indices, axis)),
      eg: '(7, 2), 3 -> ((3, 2), (2, 2), (2, 2))',
    },
    'tensor_split(x: Tensor, num_or_indices/indices/sections: ints, axis: dim = 0) -> any': {
      en: 'Cuts an axis at given places.',
      zh: '沿某轴在指定位置切开。',
      value: ({ x, num_or_indices, axis }, call) => views(cutAt(call, x, num_or_indices, axis)),
      eg: '(7), [2, 5] -> ((2), (3), (2))',
    },
    'hsplit(x: Tensor, num_or_indices: int) -> any': parts('second', '第二维', across, '(2, 5), 2 -> ((2, 3), (2, 2))'),
    'hsplit(x: Tensor, num_or_indices: ints) -> any': places(
      'second',
      '第二维',
      across,
      '(2, 6), [1, 4] -> ((2, 1), (2, 3), (2, 2))',
    ),
    'vsplit(x: Tensor, num_or_indices: int) -> any': parts('first', '第一维', down, '(4, 6), 2 -> ((2, 6), (2, 6))'),
    'vsplit(x: Tensor, num_or_indices: ints) -> any': places(
      'first',
      '第一维',
      down,
      '(4, 6), [1] -> ((1, 6), (3, 6))',
    ),
    'dsplit(x: Tensor, num_or_indices: int) -> any': parts(
      'third',
      '第三维',
      through,
      '(2, 2, 4), 2 -> ((2, 2, 2), (2, 2, 2))',
    ),
    'dsplit(x: Tensor, num_or_indices: ints) -> any': places(
      'third',
      '第三维',
      through,
      '(2, 2, 4), [1] -> ((2, 2, 1), (2, 2, 3))',
    ),
  },
  paddle,
);
