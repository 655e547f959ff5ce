import { shapeOf } from '../../shapes';
import type { Arg, DType, TensorArg } from '../arg';
import { broadcastAll, type Call, giveUp, need, refuse, tensor } from '../call';
import { fault } from '../codes';
import { isComplex, isFloat } from '../dtypes';
import { ops } from '../rows';
import { needSingle } from '../rules/checks';
import { commonType, elementwise, needSameClass } from '../rules/elementwise';
import { unknown } from '../rules/values';
import { choices as torchChoices } from '../torch/arithmetic';
import { borrow } from './borrow';

const paddle = { lib: 'paddle', python: true } as const;

interface Pair {
  readonly x: TensorArg;
  readonly y: Arg;
}

/** The entry of an elementwise op with two operands. */
const pair = (en: string, zh: string, type?: 'bool' | 'float', inplace = true) => ({
  en,
  zh,
  inplace: inplace && type === 'bool' ? ('becomes' as const) : inplace,
  check: ({ x, y }: Pair, call: Call): void => needSameClass(call, x, y),
  value: ({ x, y }: Pair, call: Call): Arg | undefined =>
    type === 'bool'
      ? elementwise(call, [x, y], 'bool')
      : besideOne(elementwise(call, [x, y], type === 'float' ? fractions([x, y]) : undefined), x, y),
  eg: ['(2, 3), (3) -> (2, 3)', '(2, 3), (2) -> !broadcast-mismatch', '(2, 3), (3):int64 -> !dtype-mismatch'],
});

/** Beside a single fraction of another width, some ops take on its type and some do not. */
const besideOne = (done: TensorArg | undefined, x: TensorArg, y: Arg): TensorArg | undefined => {
  const single = y.kind === 'tensor' && [x, y].some(({ shape }) => !shape.rest && shape.dims.length === 0);
  return done && single ? withoutType(done, x, y) : done;
};

/** An entry of a pair whose element types Paddle does not look at. */
const whole = (en: string, zh: string) => {
  const { check: _, ...entry } = pair(en, zh);
  return {
    ...entry,
    value: ({ x, y }: Pair, call: Call): Arg | undefined => withoutType(elementwise(call, [x, y]), x, y),
    eg: ['(2, 3), (3) -> (2, 3)', '(2, 3), (2) -> !broadcast-mismatch'],
  };
};

/** The result of an op that promotes in its own way. */
const ofOneType = ({ x, y }: Pair, call: Call): Arg | undefined => withoutType(elementwise(call, [x, y]), x, y);

/** The same, of an op that makes fractions of whole numbers. */
const fractionsOfOneType = ({ x, y }: Pair, call: Call): Arg | undefined => {
  const done = withoutType(elementwise(call, [x, y]), x, y);
  return done && (x.dtype === undefined || !isFloat(x.dtype)) ? untyped(done) : done;
};

/** The result, whose element type is known only where both operands have one and the same. */
const withoutType = (result: TensorArg | undefined, x: TensorArg, y: Arg): TensorArg | undefined => {
  if (!result || y.kind !== 'tensor' || x.dtype === y.dtype) return result;
  return untyped(result);
};

const untyped = ({ dtype: _, ...rest }: TensorArg): TensorArg => rest;

/** The common type, or a floating one where that is whole. */
const fractions = (operands: readonly Arg[]): DType | undefined => {
  const common = commonType(operands);
  return common === undefined || isFloat(common) || isComplex(common) ? common : 'float32';
};

const add = pair('Adds element by element.', '逐元素相加。');
const subtract = pair('Subtracts element by element.', '逐元素相减。');
const multiply = pair('Multiplies element by element.', '逐元素相乘。');
const maximum = pair('The larger of two, element by element.', '逐元素取大。', undefined, false);
const minimum = pair('The smaller of two, element by element.', '逐元素取小。', undefined, false);
const remainder = pair('Remainder with the sign of the divisor.', '逐元素取余（符号随除数）。');
const equal = pair('True where equal.', '是否相等。', 'bool');
const differ = pair('True where different.', '是否不等。', 'bool');
const less = pair('True where less.', '是否小于。', 'bool');
const lessEqual = pair('True where less or equal.', '是否小于等于。', 'bool');
const greater = pair('True where greater.', '是否大于。', 'bool');
const greaterEqual = pair('True where greater or equal.', '是否大于等于。', 'bool');
const divide = pair('Divides element by element.', '逐元素相除。', 'float');

/** A pair whose second operand is multiplied first, where the call says so: a fraction then makes fractions of it. */
const scaled = (entry: ReturnType<typeof pair>) => ({
  ...entry,
  check: (e: Pair, call: Call): void => {
    if (!call.given.has('alpha')) entry.check(e, call);
  },
  value: (e: Pair, call: Call): Arg | undefined => {
    const done = entry.value(e, call);
    return done?.kind === 'tensor' && call.given.has('alpha') ? untyped(done) : done;
  },
});

/** Elementwise ops of two operands. Most take no plain number: `paddle.add(x, 2)` is refused, `x + 2` is not. */
export const pairs = ops(
  'paddle paddle.Tensor paddle.tensor',
  {
    'add(x: Tensor, y: Tensor, *, alpha: number = 1) -> any': scaled(add),
    'subtract(x: Tensor, y: Tensor, *, alpha: number = 1) -> any': scaled(subtract),
    'sub(x: Tensor, y: Tensor, *, alpha: number = 1) -> any': scaled(subtract),
    'multiply(x: Tensor, y: Tensor) -> any': multiply,
    'mul(x: Tensor, y: Tensor) -> any': multiply,
    'divide(x: Tensor, y: Tensor, *, rounding_mode: str? = None) -> any': divide,
    'div(x: Tensor, y: Tensor, *, rounding_mode: str? = None) -> any': divide,
    'maximum(x: Tensor, y: Tensor) -> any': maximum,
    'minimum(x: Tensor, y: Tensor) -> any': minimum,
    'fmax(x: Tensor, y: Tensor) -> any': { ...maximum, value: ofOneType },
    'fmin(x: Tensor, y: Tensor) -> any': { ...minimum, value: ofOneType },
    'floor_divide(x: Tensor, y: operand) -> any': {
      ...pair('Divides and rounds down.', '逐元素整除（向下取整）。'),
      value: ({ x, y }, call) => {
        const done = withoutType(elementwise(call, [x, y]), x, y);
        // A number counts for more beside a single element.
        return done && y.kind !== 'tensor' && x.shape.dims.length === 0 ? untyped(done) : done;
      },
    },
    'remainder(x: Tensor, y: operand) -> any': remainder,
    'mod(x: Tensor, y: operand) -> any': remainder,
    'floor_mod(x: Tensor, y: operand) -> any': remainder,
    'pow(x: Tensor, y: operand) -> any': pair('Power, element by element.', '逐元素求幂。'),
    'atan2(x: Tensor, y: Tensor) -> any': {
      ...pair('Angle of the point (y, x).', '由坐标求角度（四象限反正切）。', 'float', false),
      value: fractionsOfOneType,
    },
    'hypot(x: Tensor, y: Tensor) -> any': pair('Length of the hypotenuse.', '直角三角形的斜边长。'),
    'logaddexp(x: Tensor, y: Tensor) -> any': {
      ...pair('Logarithm of eᵃ + eᵇ.', 'eᵃ + eᵇ 的对数。', 'float', false),
      value: fractionsOfOneType,
    },
    'copysign(x: Tensor, y: operand) -> any': {
      ...pair('Size of the first, sign of the second.', '取前者的大小和后者的符号。'),
      value: fractionsOfOneType,
    },
    'heaviside(x: Tensor, y: Tensor) -> any': pair(
      'Step from 0 to 1, with a given value at 0.',
      '阶跃函数，0 处取给定值。',
    ),
    'gcd(x: Tensor, y: Tensor) -> any': whole('Greatest common divisor.', '最大公约数。'),
    'lcm(x: Tensor, y: Tensor) -> any': whole('Least common multiple.', '最小公倍数。'),
    'bitwise_and(x: Tensor, y: Tensor) -> any': pair('Bits that both have.', '按位与。'),
    'bitwise_or(x: Tensor, y: Tensor) -> any': pair('Bits that one has.', '按位或。'),
    'bitwise_xor(x: Tensor, y: Tensor) -> any': pair('Bits that just one has.', '按位异或。'),
    'logical_and(x: Tensor, y: Tensor) -> any': pair('True where both are.', '逻辑与。', 'bool'),
    'logical_or(x: Tensor, y: Tensor) -> any': pair('True where one is.', '逻辑或。', 'bool'),
    'logical_xor(x: Tensor, y: Tensor) -> any': pair('True where just one is.', '逻辑异或。', 'bool'),
    'equal(x: Tensor, y: operand) -> any': equal,
    'eq(x: Tensor, y: operand) -> any': equal,
    'not_equal(x: Tensor, y: Tensor) -> any': differ,
    'ne(x: Tensor, y: Tensor) -> any': differ,
    'less_than(x: Tensor, y: Tensor) -> any': less,
    'less(x: Tensor, y: Tensor) -> any': less,
    'lt(x: Tensor, y: Tensor) -> any': less,
    'less_equal(x: Tensor, y: Tensor) -> any': lessEqual,
    'le(x: Tensor, y: Tensor) -> any': lessEqual,
    'greater_than(x: Tensor, y: Tensor) -> any': greater,
    'gt(x: Tensor, y: Tensor) -> any': greater,
    'greater_equal(x: Tensor, y: Tensor) -> any': greaterEqual,
    'ge(x: Tensor, y: Tensor) -> any': greaterEqual,
  },
  paddle,
);

/** Bounds, blends, sums of several and masks. */
export const arithmetic = ops(
  'paddle paddle.Tensor paddle.tensor',
  {
    'clip(x: Tensor, min: operand? = None, max: operand? = None) -> any': {
      en: 'Cuts values off below and above.',
      zh: '把元素截断到给定范围。',
      inplace: true,
      value: ({ x, min, max }) => {
        const bounds = [min, max].filter((b): b is Arg => b !== null);
        const whole = x.dtype === undefined || !isFloat(x.dtype);
        const dtype =
          whole && bounds.some((b) => b.kind !== 'int')
            ? undefined
            : bounds.some((b) => b.kind === 'tensor')
              ? undefined
              : commonType([x, ...bounds]);
        const { dtype: _, ...rest } = x;
        return { ...rest, ...(dtype ? { dtype } : {}) };
      },
      aliases: ['paddle.clamp', 'paddle.Tensor.clamp'],
      eg: ['(2, 3), 0, 1 -> (2, 3)', '(2, 3) -> (2, 3)'],
    },
    'scale(x: Tensor[*a], scale: number = 1.0, bias: number = 0.0, bias_after_scale: bool = True, act: any = None) -> Tensor[*a]':
      {
        en: 'Times a number, plus a number.',
        zh: '乘以一个数再加一个数。',
        formula: 'y = scale·x + bias',
        dtype: 'same',
        inplace: true,
        eg: '(2, 3), 2.0 -> (2, 3)',
      },
    'lerp(x: Tensor, y: Tensor, weight: operand) -> any': {
      en: 'Blends two tensors linearly.',
      zh: '两个张量线性插值。',
      formula: 'z = x + w·(y − x)',
      inplace: true,
      value: ({ x, y, weight }, call) => elementwise(call, [x, y, weight]),
      eg: '(2, 3), (2, 3), 0.5 -> (2, 3)',
    },
    'masked_fill(x: Tensor, mask: Tensor, value: operand) -> any': {
      en: 'Puts a value where the mask is true; the two broadcast.',
      zh: '把掩码为真处填成给定值，二者可互相广播。',
      inplace: 'becomes',
      check: ({ value }, call) => {
        const one = value.kind === 'tensor' && value.shape.dims.length === 1 && value.shape.dims[0] === 1;
        if (!one) needSingle(call, value, 'value');
      },
      value: ({ x, mask }, call) => elementwise(call, [x, mask], x.dtype),
      eg: [
        '(2, 3), (3):bool, 0 -> (2, 3)',
        '(3), (2, 3):bool, 0 -> (2, 3)',
        '(2, 3), (4):bool, 0 -> !broadcast-mismatch',
      ],
    },
    'isclose(x: Tensor[*a], y: Tensor, rtol: float = 1e-05, atol: float = 1e-08, equal_nan: bool = False) -> Tensor[*a]':
      {
        en: 'True where nearly equal.',
        zh: '是否近似相等。',
        dtype: 'bool',
        eg: '(2, 3), (2, 3) -> (2, 3)',
      },
    'allclose(x: Tensor, y: Tensor, rtol: float = 1e-05, atol: float = 1e-08, equal_nan: bool = False) -> Tensor': {
      en: 'Whether all elements are nearly equal, as a tensor of one truth value.',
      zh: '是否全部近似相等，结果是单个布尔值的张量。',
      dtype: 'bool',
      shape: () => shapeOf(),
      eg: '(2, 3), (2, 3) -> ()',
    },
    'equal_all(x: Tensor, y: Tensor) -> Tensor': {
      en: 'Whether shapes and elements are the same, as a tensor of one truth value.',
      zh: '形状和元素是否全部相同，结果是单个布尔值的张量。',
      dtype: 'bool',
      shape: () => shapeOf(),
      eg: '(2, 3), (2, 4) -> ()',
    },
    'dist(x: Tensor, y: Tensor, p: number = 2) -> Tensor': {
      en: 'Length of the difference.',
      zh: '差的范数。',
      shape: ({ x, y }, call) => (elementwise(call, [x, y]) ? shapeOf() : undefined),
      eg: '(2, 3), (3) -> ()',
    },
    'increment(x: Tensor[*a], value: number = 1.0) -> Tensor[*a]': {
      en: 'Adds a number to a tensor of one element, in place.',
      zh: '给只有一个元素的张量原地加一个数。',
      dtype: 'same',
      check: ({ x }, call) => {
        const many = x.shape.dims.find((d) => typeof d === 'number' && d > 1);
        if (many !== undefined) refuse(call, fault('item-count', { op: call.op, shape: x.shape }, 'x'));
      },
      eg: ['(1) -> (1)', '(2) -> !item-count'],
    },
  },
  paddle,
);

/** Rows that differ from PyTorch's by nothing. */
export const complexPairs = borrow('paddle paddle.tensor', torchChoices, 'complex polar');

/** Sums of several tensors and choices by a condition. */
export const choices = ops(
  'paddle paddle.tensor',
  {
    'add_n(inputs: Tensor) -> any': {
      en: 'The tensor itself: nothing to add.',
      zh: '只有一个张量，原样返回。',
      value: ({ inputs }) => inputs,
      eg: '(2, 3) -> (2, 3)',
    },
    'add_n(inputs: Tensors) -> any': {
      en: 'Sum of several tensors of one shape.',
      zh: '多个同形张量之和。',
      value: ({ inputs }, call) => summed(call, inputs),
      eg: ['[(2, 3), (2, 3)] -> (2, 3)', '[(2, 3), (3)] -> !shape-mismatch', '[] -> !empty-list'],
    },
    'where(condition: Tensor, x: operand, y: operand) -> any': {
      en: 'Takes from x where the condition holds, else from y.',
      zh: '条件成立处取 x，否则取 y。',
      check: ({ condition, x, y }, call) => {
        if (condition.dtype !== undefined && condition.dtype !== 'bool') {
          const data = { op: call.op, argument: 'condition', expected: 'bool', found: condition.dtype };
          refuse(call, fault('dtype-refused', data, 'condition'));
        }
        needSameClass(call, x, y);
      },
      value: ({ condition, x, y }, call) => chosen(call, condition, x, y),
      eg: [
        '(2, 3):bool, (3), 0.0 -> (2, 3)',
        '(2, 3):bool, (4), 0.0 -> !broadcast-mismatch',
        '(2, 3), (3), 0.0 -> !dtype-refused',
      ],
    },
    'where(condition: Tensor) -> any': {
      en: 'Places of the elements that are not 0, one index tensor an axis.',
      zh: '非零元素的位置，每维一个索引张量。',
      value: ({ condition }, call) => placesOf(call, condition),
      eg: '(2, 3) -> ((?), (?))',
    },
  },
  paddle,
);

/** Places of the elements that are not 0, one index tensor an axis. */
const placesOf = (call: Call, { shape }: TensorArg): Arg => {
  if (shape.rest) return unknown('the rank is not known');
  const count = call.cx.unknownSize('count of elements that are not 0');
  const one = tensor(call.lib, shapeOf(count), { dtype: 'int64' });
  return { kind: 'tuple', items: shape.dims.map(() => one) };
};

/** Methods that choose by a condition: the tensor is the condition. */
export const choiceMethods = ops(
  'paddle.Tensor',
  {
    'where(condition: Tensor, x: operand? = None, y: operand? = None) -> any': {
      en: 'Takes from x where this tensor is true, else from y; without the two, the places where it is.',
      zh: '本张量为真处取 x，否则取 y；不给二者则返回为真处的位置。',
      check: ({ x, y }, call) => {
        if (x && y) needSameClass(call, x, y);
      },
      value: ({ condition, x, y }, call) => {
        if (x && y) return chosen(call, condition, x, y);
        return x || y ? giveUp(call, 'one of two values') : placesOf(call, condition);
      },
      eg: ['(2, 3):bool, (3), 0.0 -> (2, 3)', '(2, 3):bool -> ((?), (?))'],
    },
  },
  paddle,
);

const chosen = (call: Call, condition: TensorArg, x: Arg, y: Arg): Arg | undefined => {
  const type = chosenType(x, y);
  const done = elementwise(call, [condition, x, y], type);
  if (type === undefined) return done && untyped(done);
  return x.kind === 'tensor' ? besideOne(done, x, y) : done;
};

/** Numbers are of single precision here, and make short fractions longer. */
const chosenType = (x: Arg, y: Arg): DType | undefined => {
  if (x.kind === 'tensor' && y.kind === 'tensor') return commonType([x, y]);
  const only = x.kind === 'tensor' ? x : y.kind === 'tensor' ? y : undefined;
  return only?.dtype === 'float32' || only?.dtype === 'float64' ? only.dtype : undefined;
};

const summed = (call: Call, inputs: readonly TensorArg[]): Arg | undefined => {
  // Single numbers are added to whatever there is.
  const [first, ...rest] = inputs.filter(({ shape }) => shape.rest || shape.dims.length > 0);
  if (inputs.length === 0) return refuse(call, fault('empty-list', { op: call.op }, 'inputs'));
  for (const { shape } of rest) {
    if (!first || shape.rest || first.shape.rest) continue;
    const clash = fault('shape-mismatch', { op: call.op, left: first.shape, right: shape }, 'inputs');
    if (shape.dims.length !== first.shape.dims.length) return refuse(call, clash);
    shape.dims.forEach((d, i) => {
      need(call, { kind: 'eq', left: first.shape.dims[i] ?? d, right: d }, clash);
    });
  }
  const shape = broadcastAll(
    call,
    inputs.map((t) => t.shape),
    (left, right) => fault('shape-mismatch', { op: call.op, left, right }, 'inputs'),
  );
  const dtype = (first ?? inputs[0])?.dtype;
  return shape && tensor(call.lib, shape, dtype ? { dtype } : {});
};
