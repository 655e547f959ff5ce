import { type Shape, shapeOf } from '../../shapes';
import type { Arg, DType, TensorArg } from '../arg';
import { type Call, holds, refuse, tensor } from '../call';
import { fault } from '../codes';
import { isComplex, isFloat, isInteger } from '../dtypes';
import { ops } from '../rows';
import { needMask, needSingle } from '../rules/checks';
import { commonType, elementwise, needNoTruth } from '../rules/elementwise';
import { bool } from '../rules/values';

/** The entry of an elementwise op with two operands. */
const pair = (en: string, zh: string, type?: 'bool' | 'float', inplace = true) => ({
  en,
  zh,
  inplace,
  value: ({ input, other }: { readonly input: Arg; readonly other: Arg }, call: Call): Arg | undefined =>
    elementwise(
      call,
      [input, other],
      type === 'bool' ? 'bool' : type === 'float' ? fractions([input, other]) : undefined,
    ),
  eg: '(2, 3), (3) -> (2, 3)',
});

/** The common type, or a floating one where that is whole. */
const fractions = (operands: readonly Arg[]): DType | undefined => {
  const common = commonType(operands);
  return common === undefined || isFloat(common) || isComplex(common) ? common : 'float32';
};

/** Ops that compare or round, which complex numbers do not know. */
const ordered = (...words: Parameters<typeof pair>) => ({ ...pair(...words), needs: 'real' as const });

/** Ops that take a number on either side. */
const ofNumbers = <T extends ReturnType<typeof pair>>(row: T) => ({
  ...row,
  eg: ['(2, 3), (3) -> (2, 3)', '2, (3) -> (3)'],
});

const difference = {
  ...ofNumbers(pair('Subtracts element by element.', '逐元素相减。')),
  check: ({ input, other }: { readonly input: Arg; readonly other: Arg }, call: Call): void =>
    needNoTruth(call, input, other),
};

/** Ops of whole numbers; some take truth values as well. */
const whole = (en: string, zh: string, truth: boolean) => ({
  ...pair(en, zh),
  eg: ['(2, 3):int64, (3):int64 -> (2, 3)', '(2, 3), (3):int64 -> !dtype-refused'],
  check: ({ input, other }: { readonly input: Arg; readonly other: Arg }, call: Call): void =>
    needWhole(call, [input, other], truth),
});

const needWhole = (call: Call, operands: readonly Arg[], truth: boolean): void => {
  const refused = operands.find((o) => o.kind === 'float' || (o.kind === 'tensor' && isFraction(o)));
  const all = truth ? undefined : commonType(operands);
  const found = refused?.kind === 'tensor' ? refused.dtype : refused ? 'float' : all === 'bool' ? all : undefined;
  if (found === undefined) return;
  const data = { op: call.op, argument: 'input', expected: 'int', found };
  refuse(call, fault('dtype-refused', data, 'input', 'other'));
};

const isFraction = ({ dtype }: TensorArg): boolean => dtype !== undefined && (isFloat(dtype) || isComplex(dtype));

/** Whether two shapes may be one and the same. */
const mayEqual = (call: Call, a: Shape, b: Shape): boolean =>
  a.rest !== undefined ||
  b.rest !== undefined ||
  (a.dims.length === b.dims.length &&
    a.dims.every((d, i) => holds(call, { kind: 'eq', left: d, right: b.dims[i] ?? d }) !== false));

/** Elementwise ops of two operands. */
export const pairs = ops('torch torch.Tensor', {
  'add(input: operand, other: operand, *, alpha: number = 1) -> any': ofNumbers(
    pair('Adds element by element.', '逐元素相加。'),
  ),
  'sub(input: operand, other: operand, *, alpha: number = 1) -> any': difference,
  'subtract(input: operand, other: operand, *, alpha: number = 1) -> any': difference,
  'mul(input: operand, other: operand) -> any': ofNumbers(pair('Multiplies element by element.', '逐元素相乘。')),
  'multiply(input: operand, other: operand) -> any': ofNumbers(pair('Multiplies element by element.', '逐元素相乘。')),
  'true_divide(input: operand, other: operand) -> any': ofNumbers(
    pair('Divides element by element.', '逐元素相除。', 'float'),
  ),
  'floor_divide(input: operand, other: operand) -> any': ofNumbers(
    ordered('Divides and rounds down.', '逐元素整除（向下取整）。'),
  ),
  'remainder(input: operand, other: operand) -> any': ordered(
    'Remainder with the sign of the divisor.',
    '逐元素取余（符号随除数）。',
  ),
  'fmod(input: Tensor, other: operand) -> any': ordered(
    'Remainder with the sign of the dividend.',
    '逐元素取余（符号随被除数）。',
  ),
  'maximum(input: Tensor, other: Tensor) -> any': ordered(
    'The larger of two, element by element.',
    '逐元素取大。',
    undefined,
    false,
  ),
  'minimum(input: Tensor, other: Tensor) -> any': ordered(
    'The smaller of two, element by element.',
    '逐元素取小。',
    undefined,
    false,
  ),
  'fmax(input: Tensor, other: Tensor) -> any': ordered(
    'The larger of two; NaN loses.',
    '逐元素取大，忽略 NaN。',
    undefined,
    false,
  ),
  'fmin(input: Tensor, other: Tensor) -> any': ordered(
    'The smaller of two; NaN loses.',
    '逐元素取小，忽略 NaN。',
    undefined,
    false,
  ),
  'atan2(input: Tensor, other: Tensor) -> any': ordered(
    'Angle of the point (other, input).',
    '由坐标求角度（四象限反正切）。',
    'float',
  ),
  'arctan2(input: Tensor, other: Tensor) -> any': ordered(
    'Angle of the point (other, input).',
    '由坐标求角度（四象限反正切）。',
    'float',
  ),
  'hypot(input: Tensor, other: Tensor) -> any': ordered('Length of the hypotenuse.', '直角三角形的斜边长。'),
  'logaddexp(input: Tensor, other: Tensor) -> any': pair('Logarithm of eᵃ + eᵇ.', 'eᵃ + eᵇ 的对数。', undefined, false),
  'logaddexp2(input: Tensor, other: Tensor) -> any': pair(
    'Base-2 logarithm of 2ᵃ + 2ᵇ.',
    '2ᵃ + 2ᵇ 以 2 为底的对数。',
    undefined,
    false,
  ),
  'copysign(input: Tensor, other: operand) -> any': ordered(
    'Size of the first, sign of the second.',
    '取前者的大小和后者的符号。',
    'float',
  ),
  'nextafter(input: Tensor, other: Tensor) -> any': pair(
    'The next number towards the other.',
    '朝另一个数方向的下一个浮点数。',
  ),
  'gcd(input: Tensor, other: Tensor) -> any': whole('Greatest common divisor.', '最大公约数。', false),
  'lcm(input: Tensor, other: Tensor) -> any': whole('Least common multiple.', '最小公倍数。', false),
  'ldexp(input: Tensor, other: Tensor) -> any': pair('Times a power of 2.', '乘以 2 的幂。', 'float'),
  'xlogy(input: operand, other: operand) -> any': ordered(
    'x·log y, 0 where x is 0.',
    'x·log y，x 为 0 处取 0。',
    'float',
  ),
  'bitwise_and(input: operand, other: operand) -> any': whole('Bits that both have.', '按位与。', true),
  'bitwise_or(input: operand, other: operand) -> any': whole('Bits that one has.', '按位或。', true),
  'bitwise_xor(input: operand, other: operand) -> any': whole('Bits that just one has.', '按位异或。', true),
  'bitwise_left_shift(input: operand, other: operand) -> any': whole('Shifts bits up.', '按位左移。', false),
  'bitwise_right_shift(input: operand, other: operand) -> any': whole('Shifts bits down.', '按位右移。', false),
  'logical_and(input: Tensor, other: Tensor) -> any': pair('True where both are.', '逻辑与。', 'bool'),
  'logical_or(input: Tensor, other: Tensor) -> any': pair('True where one is.', '逻辑或。', 'bool'),
  'logical_xor(input: Tensor, other: Tensor) -> any': pair('True where just one is.', '逻辑异或。', 'bool'),
  'eq(input: Tensor, other: operand) -> any': pair('True where equal.', '是否相等。', 'bool'),
  'ne(input: Tensor, other: operand) -> any': pair('True where different.', '是否不等。', 'bool'),
  'not_equal(input: Tensor, other: operand) -> any': pair('True where different.', '是否不等。', 'bool'),
  'lt(input: Tensor, other: operand) -> any': ordered('True where less.', '是否小于。', 'bool'),
  'less(input: Tensor, other: operand) -> any': ordered('True where less.', '是否小于。', 'bool'),
  'le(input: Tensor, other: operand) -> any': ordered('True where less or equal.', '是否小于等于。', 'bool'),
  'less_equal(input: Tensor, other: operand) -> any': ordered('True where less or equal.', '是否小于等于。', 'bool'),
  'gt(input: Tensor, other: operand) -> any': ordered('True where greater.', '是否大于。', 'bool'),
  'greater(input: Tensor, other: operand) -> any': ordered('True where greater.', '是否大于。', 'bool'),
  'ge(input: Tensor, other: operand) -> any': ordered('True where greater or equal.', '是否大于等于。', 'bool'),
  'greater_equal(input: Tensor, other: operand) -> any': ordered(
    'True where greater or equal.',
    '是否大于等于。',
    'bool',
  ),
});

const roundedType = (mode: string | null, operands: readonly Arg[]): DType | undefined =>
  mode === null ? fractions(operands) : commonType(operands);

/** The old order of arguments: a factor, then what is added. */
export const oldOrder = ops('torch torch.Tensor', {
  'add(input: Tensor, alpha: number, other: operand) -> any': {
    en: 'Adds a multiple, element by element (old order of arguments).',
    zh: '加上若干倍的另一个张量（旧式参数顺序）。',
    value: ({ input, other }, call) => elementwise(call, [input, other]),
    inplace: true,
    eg: '(2, 3), 2, (3) -> (2, 3)',
  },
  'sub(input: Tensor, alpha: number, other: operand) -> any': {
    en: 'Subtracts a multiple, element by element (old order of arguments).',
    zh: '减去若干倍的另一个张量（旧式参数顺序）。',
    value: ({ input, other }, call) => elementwise(call, [input, other]),
    inplace: true,
    eg: '(2, 3), 2, (3) -> (2, 3)',
  },
});

/** Quotients, powers, bounds and blends. */
export const arithmetic = ops('torch torch.Tensor', {
  'div(input: operand, other: operand, *, rounding_mode: str? = None) -> any': {
    en: 'Divides element by element.',
    zh: '逐元素相除。',
    value: ({ input, other, rounding_mode }, call) =>
      elementwise(call, [input, other], roundedType(rounding_mode, [input, other])),
    inplace: true,
    eg: ["(2, 3), 2, rounding_mode='floor' -> (2, 3)", '(2, 3), (2) -> !broadcast-mismatch'],
  },
  'divide(input: operand, other: operand, *, rounding_mode: str? = None) -> any': {
    en: 'Divides element by element.',
    zh: '逐元素相除。',
    value: ({ input, other, rounding_mode }, call) =>
      elementwise(call, [input, other], roundedType(rounding_mode, [input, other])),
    inplace: true,
    eg: '(2, 3), 2 -> (2, 3)',
  },
  'pow(input: operand, exponent: operand) -> any': {
    en: 'Power, element by element.',
    zh: '逐元素求幂。',
    value: ({ input, exponent }, call) => elementwise(call, [input, exponent]),
    inplace: true,
    eg: ['(2, 3), 2 -> (2, 3)', '2, (3) -> (3)'],
  },
  'float_power(input: operand, exponent: operand) -> any': {
    en: 'Power in double precision.',
    zh: '以双精度逐元素求幂。',
    value: ({ input, exponent }, call) => elementwise(call, [input, exponent], 'float64'),
    inplace: true,
    eg: '(2, 3), 2 -> (2, 3)',
  },
  'heaviside(input: Tensor, values: Tensor) -> any': {
    alike: 'input values',
    en: 'Step from 0 to 1, with a given value at 0.',
    zh: '阶跃函数，0 处取给定值。',
    value: ({ input, values }, call) => elementwise(call, [input, values]),
    inplace: true,
    eg: '(2, 3), (3) -> (2, 3)',
  },
  'clamp(input: Tensor, min: operand? = None, max: operand? = None) -> any': {
    needs: 'real',
    en: 'Cuts values off below and above.',
    zh: '把元素截断到给定范围。',
    check: ({ min, max }, call) => needBound(call, min, max),
    value: ({ input, min, max }, call) => bounded(call, input, given(input, min, max)),
    inplace: true,
    eg: [
      '(2, 3), 0, 1 -> (2, 3)',
      '(2, 3) -> !one-of-missing',
      '(2, 3), min=0 -> (2, 3)',
      '(2, 3), (4) -> !broadcast-mismatch',
    ],
  },
  'clip(input: Tensor, min: operand? = None, max: operand? = None) -> any': {
    needs: 'real',
    en: 'Cuts values off below and above.',
    zh: '把元素截断到给定范围。',
    check: ({ min, max }, call) => needBound(call, min, max),
    value: ({ input, min, max }, call) => bounded(call, input, given(input, min, max)),
    inplace: true,
    eg: '(2, 3), 0, 1 -> (2, 3)',
  },
  'clamp_min(input: Tensor, min: operand) -> any': {
    needs: 'real',
    en: 'Cuts values off below.',
    zh: '把元素截断到不小于给定值。',
    value: ({ input, min }, call) => elementwise(call, [input, min]),
    inplace: true,
    eg: '(2, 3), 0 -> (2, 3)',
  },
  'clamp_max(input: Tensor, max: operand) -> any': {
    needs: 'real',
    en: 'Cuts values off above.',
    zh: '把元素截断到不大于给定值。',
    value: ({ input, max }, call) => elementwise(call, [input, max]),
    inplace: true,
    eg: '(2, 3), 0 -> (2, 3)',
  },
  'lerp(input: Tensor, end: Tensor, weight: operand) -> any': {
    alike: 'input end',
    needs: 'float',
    en: 'Blends two tensors linearly.',
    zh: '两个张量线性插值。',
    formula: 'y = x + w·(end − x)',
    value: ({ input, end, weight }, call) => elementwise(call, [input, end, weight]),
    inplace: true,
    eg: '(2, 3), (2, 3), 0.5 -> (2, 3)',
  },
  'addcmul(input: Tensor, tensor1: Tensor, tensor2: Tensor, *, value: number = 1) -> any': {
    en: 'Adds the product of two tensors.',
    zh: '加上两个张量的逐元素积。',
    formula: 'y = x + value·a·b',
    value: ({ input, tensor1, tensor2 }, call) => elementwise(call, [input, tensor1, tensor2]),
    inplace: true,
    eg: '(2, 3), (2, 3), (3) -> (2, 3)',
  },
  'addcdiv(input: Tensor, tensor1: Tensor, tensor2: Tensor, *, value: number = 1) -> any': {
    en: 'Adds the quotient of two tensors.',
    zh: '加上两个张量的逐元素商。',
    formula: 'y = x + value·a/b',
    value: ({ input, tensor1, tensor2 }, call) => elementwise(call, [input, tensor1, tensor2]),
    inplace: true,
    eg: '(2, 3), (2, 3), (3) -> (2, 3)',
  },
  'masked_fill(input: Tensor, mask: Tensor, value: operand) -> any': {
    en: 'Puts a value where the mask is true.',
    zh: '把掩码为真处填成给定值。',
    check: ({ input, value, mask }, call) => {
      needSingle(call, value, 'value');
      needMask(call, mask, 'mask');
      if (value.kind === 'float' && value.value !== undefined && !Number.isFinite(value.value)) needRoom(call, input);
    },
    value: ({ input, mask }, call) => elementwise(call, [input, mask], input.dtype),
    inplace: true,
    eg: ['(2, 3), (3):bool, 0 -> (2, 3)', '(2, 3), (4):bool, 0 -> !broadcast-mismatch'],
  },
  'isclose(input: Tensor, other: Tensor, rtol: float = 1e-05, atol: float = 1e-08, equal_nan: bool = False) -> any': {
    en: 'True where nearly equal.',
    zh: '是否近似相等。',
    value: ({ input, other }, call) => elementwise(call, [input, other], 'bool'),
    eg: '(2, 3), (2, 3) -> (2, 3)',
  },
  'allclose(input: Tensor, other: Tensor, rtol: float = 1e-05, atol: float = 1e-08, equal_nan: bool = False) -> any': {
    en: 'Whether all elements are nearly equal.',
    zh: '是否全部近似相等。',
    value: ({ input, other }, call) => {
      elementwise(call, [input, other]);
      return { kind: 'unknown', why: 'values of tensors' };
    },
    eg: '(2, 3), (2, 4) -> !broadcast-mismatch',
  },
  'equal(input: Tensor, other: Tensor) -> any': {
    en: 'Whether two tensors have one shape and the same elements.',
    zh: '形状和元素是否全部相同。',
    value: ({ input, other }, call) => {
      const equal = mayEqual(call, input.shape, other.shape);
      return equal ? { kind: 'unknown', why: 'values of tensors' } : bool(false);
    },
    eg: ['(2, 3), (2, 3) -> unknown', '(2, 3), (2, 4) -> False'],
  },
  'dist(input: Tensor, other: Tensor, p: number = 2) -> any': {
    en: 'Length of the difference.',
    zh: '差的范数。',
    value: ({ input, other }, call) => {
      const all = elementwise(call, [input, other]);
      return all && tensor(call.lib, shapeOf(), all.dtype ? { dtype: all.dtype } : {});
    },
    eg: '(2, 3), (3) -> ()',
  },
});

/** Whole numbers have no infinity. */
const needRoom = (call: Call, input: TensorArg): void => {
  if (input.dtype === undefined || !isInteger(input.dtype)) return;
  const data = { op: call.op, argument: 'input', expected: 'float', found: input.dtype };
  refuse(call, fault('dtype-refused', data, 'input', 'value'));
};

/** Truth values get another element type when they are bounded. */
const bounded = (call: Call, input: TensorArg, operands: readonly Arg[]): Arg | undefined => {
  const all = elementwise(call, operands);
  if (!all || input.dtype !== 'bool') return all;
  const { dtype: _, ...rest } = all;
  return rest;
};

/** At least one bound must be there. */
const needBound = (call: Call, min: Arg | null, max: Arg | null): void => {
  if (min !== null || max !== null) return;
  refuse(call, fault('one-of-missing', { op: call.op, first: 'min', second: 'max' }, 'min', 'max'));
};

const given = (...operands: readonly (Arg | null)[]): readonly Arg[] => operands.filter((o) => o !== null);

/** Choice by a condition. */
export const choices = ops('torch', {
  'where(condition: Tensor, input: operand, other: operand) -> any': {
    en: 'Takes from the first where the condition holds, else from the second.',
    zh: '条件成立处取前者，否则取后者。',
    check: ({ condition }, call) => needMask(call, condition, 'condition', 'uint8'),
    value: ({ condition, input, other }, call) =>
      elementwise(call, [condition, input, other], scalarAware([input, other])),
    eg: ['(2, 3):bool, (3), 0 -> (2, 3)', '(2, 3):bool, (4), 0 -> !broadcast-mismatch'],
  },
  'where(condition: Tensor) -> any': {
    en: 'Places of the elements that are not 0, one index tensor an axis.',
    zh: '非零元素的位置，每维一个索引张量。',
    value: ({ condition }, call) => placesOf(call, condition),
    eg: '(2, 3) -> ((?), (?))',
  },
  'complex(real: Tensor, imag: Tensor) -> any': {
    alike: 'real imag',
    en: 'Complex numbers from real and imaginary parts.',
    zh: '由实部和虚部组成复数。',
    value: ({ real, imag }, call) => elementwise(call, [real, imag], complexOf(real)),
    eg: '(2, 3), (2, 3) -> (2, 3)',
  },
  'polar(abs: Tensor, angle: Tensor) -> any': {
    en: 'Complex numbers from lengths and angles.',
    zh: '由模和辐角组成复数。',
    value: ({ abs, angle }, call) => elementwise(call, [abs, angle], complexOf(abs)),
    eg: '(2, 3), (2, 3) -> (2, 3)',
  },
});

/** The condition of a method is its second argument: `x.where(condition, other)`. */
export const choiceMethods = ops('torch.Tensor', {
  'where(input: Tensor, condition: Tensor, other: operand) -> any': {
    en: 'Keeps elements where the condition holds, else takes the other.',
    zh: '条件成立处保留原元素，否则取另一个。',
    check: ({ condition }, call) => needMask(call, condition, 'condition', 'uint8'),
    value: ({ condition, input, other }, call) =>
      elementwise(call, [condition, input, other], scalarAware([input, other])),
    eg: '(2, 3), (2, 3):bool, 0 -> (2, 3)',
  },
  'is_same_size(input: Tensor, other: Tensor) -> any': {
    en: 'Whether two tensors have one shape.',
    zh: '形状是否相同。',
    value: ({ input, other }) =>
      input.shape.rest || other.shape.rest || input.shape.dims.length === other.shape.dims.length
        ? { kind: 'unknown', why: 'the sizes are not known' }
        : bool(false),
    eg: '(2, 3), (2) -> False',
  },
});

const complexOf = (part: TensorArg): DType | undefined =>
  part.dtype === 'float64' ? 'complex128' : part.dtype === 'float32' ? 'complex64' : undefined;

const scalarAware = (operands: readonly Arg[]): DType | undefined => {
  const common = commonType(operands);
  if (common !== undefined || operands.some((o) => o.kind === 'tensor')) return common;
  if (operands.some((o) => o.kind === 'float')) return 'float32';
  return operands.every((o) => o.kind === 'bool')
    ? 'bool'
    : operands.every((o) => o.kind === 'int')
      ? 'int64'
      : undefined;
};

/** One index vector an axis, all of one unknown length. */
const placesOf = (call: Call, condition: TensorArg): Arg | undefined => {
  const { shape } = condition;
  if (shape.rest) return undefined;
  const count = call.cx.unknownSize('count of elements that are not 0');
  const one = tensor(call.lib, shapeOf(count), { dtype: 'int64' });
  return { kind: 'tuple', items: (shape.dims.length === 0 ? [0] : shape.dims).map(() => one) };
};
