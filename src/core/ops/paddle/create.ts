import type { Dim } from '../../dims';
import { type Shape, shapeOf } from '../../shapes';
import type { Arg, DType, TensorArg } from '../arg';
import { type Call, freshShape, giveUp, refuse, tensor } from '../call';
import { fault } from '../codes';
import { typeName } from '../convert';
import { isFloat } from '../dtypes';
import { type OpEntry, ops, table } from '../rows';
import { made, rangeSize, rangeType, shapeOfData, sized, triangle, typeOfData, zero } from '../rules/create';
import { elementwise } from '../rules/elementwise';
import { isTensor } from '../rules/values';

const paddle = { lib: 'paddle', python: true } as const;
const creation = 'paddle paddle.tensor paddle.tensor.creation';

interface Sized {
  readonly shape: readonly Dim[] | null;
  readonly dtype: DType | undefined | null;
}

interface Sides extends Pick<Sized, 'dtype'> {
  readonly size0: Dim;
  readonly size1: Dim;
  readonly more: readonly Dim[];
}

/** The entry of a constructor that takes a shape. */
const filled = (en: string, zh: string) => ({
  en,
  zh,
  value: ({ shape, dtype }: Sized, call: Call): Arg => made(call, sized(call, shape ?? []), dtype, 'float32'),
  eg: ['[2, 3] -> (2, 3)', '3 -> (3)', '3, 4 -> (3, 4)', '[] -> ()', "[2], 'int64' -> (2)", '[2, -1] -> !negative'],
});

/** Negative sizes whose product is none: random numbers are drawn of such, to fail where they are used. */
const cancels = (shape: readonly Dim[]): boolean => {
  const known = shape.filter((d) => typeof d === 'number');
  return known.some((d) => d < 0) && known.reduce((all, d) => all * d, 1) >= 0;
};

/** The entry of a constructor of random numbers. */
const drawn = (en: string, zh: string) => ({
  ...filled(en, zh),
  value: ({ shape, dtype }: Sized, call: Call): Arg | undefined =>
    shape && cancels(shape) ? giveUp(call, 'negative sizes') : made(call, sized(call, shape ?? []), dtype, 'float32'),
  eg: ['[2, 3] -> (2, 3)', '3 -> (3)', '[] -> ()', "[2], 'float64' -> (2)", '[2, -1] -> !negative'],
});

/** Constructors that take their sizes in one list, or one after the other. */
const bySizes = {
  zeros: filled('Zeros of the given shape.', '给定形状的全 0 张量。'),
  ones: filled('Ones of the given shape.', '给定形状的全 1 张量。'),
  empty: filled('Memory of the given shape, not filled.', '给定形状的未初始化张量。'),
  rand: drawn('Uniform random numbers in [0, 1).', '[0, 1) 内均匀分布的随机数。'),
  randn: drawn('Standard normal random numbers.', '标准正态分布的随机数。'),
};

/** Tensors of given sizes. */
export const fills = table(
  creation,
  Object.entries(bySizes).flatMap(([name, entry]): readonly (readonly [string, OpEntry])[] => [
    // A second number is a size, no element type.
    [
      `${name}(size0: int, size1: int, more: ints* = (), *, dtype: dtype? = None) -> any`,
      {
        ...entry,
        value: ({ size0, size1, more, dtype }: Sides, call: Call) =>
          entry.value({ shape: [size0, size1, ...more], dtype }, call),
      },
    ],
    [`${name}(shape: ints1?, dtype: dtype? = None, name: any = None) -> any`, entry],
  ]),
  paddle,
);

/** Tensors of a given shape, and of given numbers. */
export const numbers = ops(
  creation,
  {
    'standard_normal(shape: ints1, dtype: dtype? = None) -> any': drawn(
      'Standard normal random numbers.',
      '标准正态分布的随机数。',
    ),
    'uniform(shape: ints1, dtype: dtype? = None, min: number = 0, max: number = 1.0, seed: int = 0) -> any': {
      ...drawn('Uniform random numbers between min and max.', 'min 与 max 之间均匀分布的随机数。'),
      eg: ['[2, 3] -> (2, 3)', '[2], min=0.0, max=1.0 -> (2)'],
    },
    'full(shape: ints1, fill_value: any, dtype: dtype? = None) -> any': {
      en: 'One value in a given shape.',
      zh: '给定形状、以一个数填充的张量。',
      value: ({ shape, fill_value, dtype }, call) =>
        made(call, sized(call, shape), dtype, fill_value.kind === 'bool' ? 'bool' : 'float32'),
      eg: ['[2, 3], 1.0 -> (2, 3)', '[2, -1], 0 -> !negative'],
    },
    'normal(mean: operand = 0.0, std: operand = 1.0, shape: ints1? = None) -> any': {
      en: 'Normal random numbers, of a given shape or around given means.',
      zh: '正态随机数：给定形状，或围绕给定的均值。',
      value: ({ mean, std, shape }, call) => {
        const parts = [mean, std].filter(isTensor);
        if (parts.length > 0) return elementwise(call, parts);
        return shape && cancels(shape)
          ? giveUp(call, 'negative sizes')
          : made(call, sized(call, shape ?? []), 'float32');
      },
      eg: ['shape=[2, 3] -> (2, 3)', '(2, 3), 1.0 -> (2, 3)'],
    },
    'randint(low: int = 0, high: int? = None, shape: ints1? = None, dtype: dtype? = None) -> any': {
      en: 'Random integers, of shape [1] unless told otherwise.',
      zh: '随机整数，默认形状 [1]。',
      value: ({ low, high, shape, dtype }, call) => {
        const [from, to] = high === null ? [0, low] : [low, high];
        if (typeof from === 'number' && typeof to === 'number' && to <= from)
          refuse(
            call,
            fault(
              'value-range',
              { op: call.op, argument: 'high', low: `${from + 1}`, high: '∞', found: `${to}` },
              'high',
            ),
          );
        return made(call, sized(call, shape ?? [1]), dtype, 'int64');
      },
      eg: ['0, 10, [2, 3] -> (2, 3)', '10 -> (1)', '5, 5, [2] -> !value-range'],
    },
    'randperm(n: int, dtype: dtype? = None) -> any': {
      en: 'The numbers 0 to n − 1 in random order.',
      zh: '0 到 n − 1 的随机排列。',
      // `None` asks for the type of the session, which nobody knows.
      value: ({ n, dtype }, call) => made(call, sized(call, [n]), dtype, call.given.has('dtype') ? undefined : 'int64'),
      eg: ['5 -> (5)', '-1 -> !negative'],
    },
    'eye(num_rows: int, num_columns: int? = None, dtype: dtype? = None) -> any': {
      en: 'Identity matrix.',
      zh: '单位矩阵。',
      value: ({ num_rows, num_columns, dtype }, call) =>
        made(call, sized(call, [num_rows, num_columns ?? num_rows]), dtype, 'float32'),
      eg: ['3 -> (3, 3)', '3, 4 -> (3, 4)', '-1 -> !negative'],
    },
    'tril_indices(row: int, col: int? = None, offset: int = 0, dtype: dtype? = None) -> any': {
      en: 'Places of the lower triangle.',
      zh: '下三角元素的位置。',
      value: ({ row, col, offset, dtype }, call) =>
        made(call, shapeOf(2, triangle(call, row, col ?? row, offset, true)), dtype, 'int64'),
      eg: '3, 3 -> (2, 6)',
    },
    'triu_indices(row: int, col: int? = None, offset: int = 0, dtype: dtype? = None) -> any': {
      en: 'Places of the upper triangle.',
      zh: '上三角元素的位置。',
      value: ({ row, col, offset, dtype }, call) =>
        made(call, shapeOf(2, triangle(call, row, col ?? row, offset, false)), dtype, 'int64'),
      eg: '3, 3, 1 -> (2, 3)',
    },
    'multinomial(x: Tensor[b?, n], num_samples: int = 1, replacement: bool = False) -> Tensor[b?, k]': {
      en: 'Draws indices with the elements as weights.',
      zh: '以元素为权重抽取下标。',
      dtype: 'int64',
      where: ({ num_samples }) => ({ k: num_samples }),
      eg: ['(2, 5), 3 -> (2, 3)', '(5) -> (1)'],
    },
  },
  paddle,
);

interface Range {
  readonly start: Arg;
  readonly end: Arg | null;
  readonly step: Arg;
  readonly dtype: DType | undefined | null;
}

const range = (eg: string | readonly string[]) => ({
  en: 'Numbers at equal steps, the end left out.',
  zh: '等间隔的数列，不含终点。',
  formula: '⌈(end − start)/step⌉ numbers',
  value: ({ start, end, step, dtype }: Range, call: Call): Arg =>
    // With one number that is the end.
    end === null
      ? made(call, shapeOf(rangeSize(call, zero, start, step)), dtype, rangeType([start, step]))
      : made(call, shapeOf(rangeSize(call, start, end, step)), dtype, rangeType([start, end, step])),
  eg,
});

interface Steps {
  readonly num: Dim;
  readonly dtype: DType | undefined | null;
}

const spaced = (en: string, zh: string) => ({
  en,
  zh,
  value: ({ num, dtype }: Steps, call: Call): Arg => made(call, sized(call, [num]), dtype, 'float32'),
  eg: ['0, 1, 5 -> (5)', '0, 1, -5 -> !negative'],
});

/** Numbers at equal steps. */
export const ranges = ops(
  creation,
  {
    'arange(start: number = 0, end: number? = None, step: number = 1, dtype: dtype? = None) -> any': range([
      '5 -> (5)',
      '1, 10, 2 -> (5)',
      "end=9, dtype='float32' -> (9)",
      'end=9, step=2 -> (5)',
      '0, 1, 0.25 -> (4)',
      '5, 0 -> (0)',
      '5, None -> (5)',
      '4, 9, 0 -> !arange-direction',
    ]),
    'linspace(start: operand, stop: operand, num: int, dtype: dtype? = None) -> any': spaced(
      'So many numbers at equal steps, both ends included.',
      '给定个数的等间隔数列，含两端。',
    ),
    'logspace(start: operand, stop: operand, num: int, base: number = 10.0, dtype: dtype? = None) -> any': spaced(
      'Powers at equal steps of the exponent.',
      '指数等间隔的数列。',
    ),
  },
  paddle,
);

interface Like {
  readonly x: TensorArg;
  readonly dtype: DType | undefined | null;
}

/** The entry of a constructor that takes the shape of a tensor. */
const like = (en: string, zh: string, eg = '(2, 3) -> (2, 3)') => ({
  en,
  zh,
  value: ({ x, dtype }: Like, call: Call): Arg => {
    // Random numbers are fractions, whatever type is asked for, and often of single precision.
    const asked = dtype === null ? x.dtype : dtype;
    const type = /^randn?_/.test(call.op) && (dtype !== null || (asked && !isFloat(asked))) ? undefined : asked;
    return tensor(call.lib, x.shape, {
      ...(type ? { dtype: type } : {}),
      layout: 'contiguous',
      ...(x.origin === undefined ? {} : { origin: x.origin }),
    });
  },
  eg,
});

/** Tensors in the shape of another. */
export const likes = ops(
  creation,
  {
    'zeros_like(x: Tensor[*a], dtype: dtype? = None) -> any': like(
      'Zeros of another tensor’s shape.',
      '形状与给定张量相同的全 0 张量。',
    ),
    'ones_like(x: Tensor[*a], dtype: dtype? = None) -> any': like(
      'Ones of another tensor’s shape.',
      '形状与给定张量相同的全 1 张量。',
    ),
    'empty_like(x: Tensor[*a], dtype: dtype? = None) -> any': like(
      'Memory of another tensor’s shape, not filled.',
      '形状与给定张量相同的未初始化张量。',
    ),
    'rand_like(x: Tensor[*a], dtype: dtype? = None) -> any': like(
      'Uniform random numbers in another tensor’s shape.',
      '形状与给定张量相同、[0, 1) 内均匀分布的随机数。',
    ),
    'randn_like(x: Tensor[*a], dtype: dtype? = None) -> any': like(
      'Standard normal numbers in another tensor’s shape.',
      '形状与给定张量相同的标准正态随机数。',
    ),
    'full_like(x: Tensor[*a], fill_value: any, dtype: dtype? = None) -> any': like(
      'One value in another tensor’s shape.',
      '形状与给定张量相同、以一个数填充的张量。',
      '(2, 3), 9 -> (2, 3)',
    ),
    'randint_like(x: Tensor[*a], low: int = 0, high: int? = None, dtype: dtype? = None) -> any': like(
      'Random integers in another tensor’s shape and element type.',
      '形状、类型与给定张量相同的随机整数。',
      '(2, 3), 9 -> (2, 3)',
    ),
  },
  paddle,
);

/** Tensors from data. */
export const datas = ops(
  creation,
  {
    'to_tensor(data: any, dtype: dtype? = None, place: any = None, stop_gradient: bool = True) -> any': {
      en: 'Tensor from numbers, nested lists or an array.',
      zh: '由数、嵌套列表或数组创建张量。',
      value: ({ data, dtype }, call) => fromData(call, data, dtype),
      aliases: ['paddle.tensor.to_tensor', 'paddle.fluid.dygraph.to_variable', 'paddle.to_variable'],
      eg: ['[[1, 2], [3, 4]] -> (2, 2)', '3.5 -> ()', '[[1, 2], [3]] -> !sequence-ragged', "'a' -> !wrong-type"],
    },
    'assign(x: any, output: any = None) -> any': {
      en: 'A copy of a tensor, or a tensor from numbers.',
      zh: '复制张量，或由数创建张量。',
      value: ({ x }, call) => {
        if (x.kind === 'str' || x.kind === 'none') return giveUp(call, 'no tensor');
        // A number becomes a vector, other than with `to_tensor`, and a fraction is then of double precision.
        const type = holdsTensor(x) ? null : doubled(typeOfData(x));
        if (x.kind !== 'int' && x.kind !== 'float' && x.kind !== 'bool') return fromData(call, x, type);
        return made(call, shapeOf(1), type);
      },
      eg: ['(2, 3) -> (2, 3)', '[1, 2] -> (2)', '7 -> (1)'],
    },
  },
  paddle,
);

const holdsTensor = (x: Arg): boolean =>
  x.kind === 'tensor' || ((x.kind === 'tuple' || x.kind === 'sequence') && x.items.some(holdsTensor));

/** Python's fractions are of double precision. */
const doubled = (type: DType | undefined): DType | null => (type === 'float32' ? 'float64' : (type ?? null));

const fromData = (call: Call, data: Arg, dtype: DType | undefined | null): Arg | undefined => {
  if (data.kind === 'str' || data.kind === 'none') {
    const wrong = { op: call.op, argument: 'data', expected: 'number, list, Tensor', found: typeName(data) };
    return refuse(call, fault('wrong-type', wrong, 'data'));
  }
  const shape: Shape | undefined =
    data.kind === 'unknown' || data.kind === 'other'
      ? freshShape(call, 'the data are not known')
      : shapeOfData(call, data);
  return shape && made(call, shape, dtype, typeOfData(data));
};

/** `x.new_zeros([2, 3])`: the element type of another tensor. */
const fresher = (en: string, zh: string, eg: string) => ({
  en,
  zh,
  value: (
    { x, size, dtype }: { readonly x: TensorArg; readonly size: readonly Dim[] } & Pick<Like, 'dtype'>,
    call: Call,
  ): Arg => made(call, sized(call, size), dtype, x.dtype),
  eg,
});

export const news = ops(
  'paddle.Tensor',
  {
    'new_zeros(x: Tensor, size: ints*, *, dtype: dtype? = None) -> any': fresher(
      'Zeros with this tensor’s element type.',
      '与本张量同类型的全 0 张量。',
      '(2), [3, 4] -> (3, 4)',
    ),
    'new_ones(x: Tensor, size: ints*, *, dtype: dtype? = None) -> any': fresher(
      'Ones with this tensor’s element type.',
      '与本张量同类型的全 1 张量。',
      '(2), [3, 4] -> (3, 4)',
    ),
    'new_empty(x: Tensor, size: ints*, *, dtype: dtype? = None) -> any': fresher(
      'Memory with this tensor’s element type, not filled.',
      '与本张量同类型的未初始化张量。',
      '(2), [3, 4] -> (3, 4)',
    ),
    'new_full(x: Tensor, size: ints1, fill_value: any, *, dtype: dtype? = None) -> any': fresher(
      'One value in a given shape, with this tensor’s element type.',
      '与本张量同类型、以一个数填充的张量。',
      '(2), [3, 4], 1.0 -> (3, 4)',
    ),
  },
  paddle,
);
