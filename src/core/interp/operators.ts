import {
  add,
  addRatio,
  type Dim,
  decide,
  divRatio,
  floorDiv,
  fromNumber,
  mod,
  mul,
  mulRatio,
  neg,
  pow,
  type Ratio,
  ratio,
  sub,
} from '../dims';
import { type Arg, binary } from '../ops';
import type { BinaryOperator, Expr, Node, UnaryOperator } from '../syntax';
import {
  bool,
  dict,
  FALSE,
  type FloatValue,
  float,
  HEAVIEST,
  IMAGINARY,
  int,
  keptItems,
  LONGEST_TEXT,
  list,
  ofMember,
  opaqueSize,
  str,
  TRUE,
  toArg,
  unknown,
  type Value,
  weightOf,
} from '../values';
import { distribute, resolve } from './branch';
import { asFlag } from './enums';
import { fail, raise } from './faults';
import { percentFormat } from './format';
import type { Machine } from './machine';
import { folded, OPERATORS, UNARY } from './numbers';
import { sizesTogether } from './open-sizes';
import { noteOp, settleOutcome } from './outcomes';
import { isText, partialText, textValue } from './partial-text';
import { concatenated, partsOf, type Sequence, sequenceOf } from './parts';
import { callMethodIfAny } from './protocols';
import { numberOf } from './scalars';
import { combineSets, elementsAsSet } from './set-operators';
import { truth } from './truth';
import { unionOf } from './types';

/** The names of the special methods that operators call, without the underscores. */
export const METHODS: Readonly<Record<BinaryOperator, string>> = {
  '+': 'add',
  '-': 'sub',
  '*': 'mul',
  '/': 'truediv',
  '//': 'floordiv',
  '%': 'mod',
  '**': 'pow',
  '@': 'matmul',
  '<<': 'lshift',
  '>>': 'rshift',
  '&': 'and',
  '|': 'or',
  '^': 'xor',
};

export const binaryOperation = (m: Machine, op: BinaryOperator, left: Value, right: Value, node: Expr): Value =>
  isMask(m, left, right) || isMask(m, right, left)
    ? unknown('a comparison that is calculated with')
    : distribute(m, left, (a) =>
        distribute(m, right, (b) => asFlag(m, a, b, operate(m, op, ofMember(given(a)), ofMember(given(b)), node))),
      );

/** `stride = None` in the body of a class is for its users to set: code that calculates with it runs when they have. */
const given = (value: Value): Value =>
  value.kind === 'none' && value.declared ? unknown('what is set from outside') : value;

/** `(mask > 0) + 0.0`: a truth that nobody knows beside a fraction was a tensor of truths as a rule. */
const isMask = (m: Machine, truth: Value, other: Value): boolean => {
  if (truth.kind !== 'either' || resolve(m, other).kind !== 'float') return false;
  const now = resolve(m, truth);
  return now.kind === 'either' && now.yes.kind === 'bool' && now.no.kind === 'bool';
};

const BITWISE: ReadonlySet<string> = new Set(['&', '|', '^']);

const operate = (m: Machine, op: BinaryOperator, a: Value, b: Value, node: Expr): Value => {
  // `'%.4f' % loss` is a text.
  const isFormat = op === '%' && a.kind === 'str';
  if (!isFormat && (a.kind === 'tensor' || b.kind === 'tensor')) {
    if (a.kind === 'object' || b.kind === 'object') return overloaded(m, op, a, b);
    const [x, y] = [operand(m, a), operand(m, b)];
    const args = { positional: [x, y], keywords: new Map() };
    const result = settleOutcome(m, binary(op, x, y, m.context), node, { name: op, args });
    const given = { positional: [a, b], keywords: new Map() };
    return folded(m, OPERATORS[op] ?? '', given, withSize(m, op, [a, b], result, node));
  }
  if (a.kind === 'object' || b.kind === 'object') return overloaded(m, op, a, b);
  if (a.kind === 'bool' && b.kind === 'bool' && BITWISE.has(op))
    return bool(op === '&' ? a.value && b.value : op === '|' ? a.value || b.value : a.value !== b.value);
  const [x, y] = [sizeOf(a, b), sizeOf(b, a)];
  if (x !== undefined && y !== undefined) return arithmetic(m, op, x, y, node);
  if (isNumeric(a) && isNumeric(b)) return floating(m, op, a, b);
  const result = (op === '|' && a.kind !== 'tuple' && unionOf([a, b])) || sequences(m, op, a, b);
  if ((a.kind === 'unknown' || b.kind === 'unknown') && m.trace.running >= 0)
    noteOp(m, { name: op, args: { positional: [toArg(a), toArg(b)], keywords: new Map() } }, node, result);
  return result;
};

/** A value as an operator beside a tensor sees it: what a call has given that nobody knows is a tensor there. */
const operand = (m: Machine, value: Value): Arg => {
  const likely = m.likely.get(value);
  return likely?.origin === undefined ? toArg(value) : likely;
};

/** A size in a tensor of its own (`paddle.shape(x)[0] * 2`) is a size still. */
const withSize = (
  m: Machine,
  op: BinaryOperator,
  [a, b]: readonly [Value, Value],
  result: Value,
  node: Expr,
): Value => {
  if (result.kind !== 'tensor' || result.shape.rest || result.shape.dims.some((d) => d !== 1)) return result;
  const [x, y] = [sizeIn(a), sizeIn(b)];
  const size = x !== undefined && y !== undefined ? arithmetic(m, op, x, y, node) : undefined;
  return size?.kind === 'int' ? { ...result, elements: [size] } : result;
};

const sizeIn = (value: Value): Dim | undefined => {
  const number = value.kind === 'tensor' && value.elements?.length === 1 ? value.elements[0] : value;
  return number?.kind === 'int' ? number.value : undefined;
};

const overloaded = (m: Machine, op: BinaryOperator, a: Value, b: Value): Value => {
  const name = METHODS[op];
  const own = a.kind === 'object' ? callMethodIfAny(m, a, `__${name}__`, b) : undefined;
  const other = own ?? (b.kind === 'object' ? callMethodIfAny(m, b, `__r${name}__`, a) : undefined);
  return other ?? unknown('an operator of a class of its own');
};

/** A size, also of an unannotated parameter when it meets a number. */
const sizeOf = (value: Value, other: Value): Dim | undefined => {
  if (value.kind === 'int') return value.value;
  if (value.kind === 'bool') return value.value ? 1 : 0;
  if (value.kind !== 'opaque') return undefined;
  if (value.type && value.type !== 'int') return undefined;
  return other.kind === 'int' || other.kind === 'opaque' || other.kind === 'bool' ? opaqueSize(value) : undefined;
};

const isNumeric = (v: Value): boolean =>
  v.kind === 'int' || v.kind === 'float' || v.kind === 'bool' || v.kind === 'opaque';

/** Python's whole numbers have no end; those of this machine have, and a rounded one would be another. */
const arithmetic = (m: Machine, op: BinaryOperator, a: Dim, b: Dim, node: Expr): Value => {
  const result = calculated(m, op, a, b, node);
  const isRounded = [result.kind === 'int' ? result.value : 0, a, b].some(
    (one) => typeof one === 'number' && !Number.isSafeInteger(one),
  );
  return result.kind === 'int' && isRounded ? tooLarge() : result;
};

const calculated = (m: Machine, op: BinaryOperator, a: Dim, b: Dim, node: Expr): Value => {
  switch (op) {
    case '+':
      return int(add(a, b));
    case '-':
      return int(sub(a, b));
    case '*':
      return int(mul(a, b));
    case '//':
    case '%':
      if (b === 0) return raise(m, 'ZeroDivisionError', 'division by zero', node);
      return int(op === '//' ? floorDiv(a, b) : mod(a, b));
    case '/':
      return division(m, a, b, node);
    case '**':
      return power(a, b);
    default:
      return bitwise(op, a, b);
  }
};

const division = (m: Machine, a: Dim, b: Dim, node: Expr): Value => {
  if (b === 0) return raise(m, 'ZeroDivisionError', 'division by zero', node);
  if (typeof a === 'number' && typeof b === 'number') return { kind: 'float', value: a / b, ratio: ratio(a, b) };
  return { kind: 'float', ratio: ratio(a, b) };
};

const power = (a: Dim, b: Dim): Value => {
  if (typeof b !== 'number') return unknown('a power with a symbolic exponent');
  if (b >= 0) return int(pow(a, b));
  return typeof a === 'number' ? float(a ** b) : { kind: 'float' };
};

const bitwise = (op: BinaryOperator, a: Dim, b: Dim): Value => {
  if (typeof b === 'number' && b >= 0 && b < 31) {
    if (op === '<<') return int(mul(a, 2 ** b));
    if (op === '>>') return int(floorDiv(a, 2 ** b));
    if (op === '&' && b === 1) return int(mod(a, 2));
  }
  if (typeof a !== 'number' || typeof b !== 'number') return unknown('a bit operation on a symbolic size');
  const [x, y] = [BigInt(a), BigInt(b)];
  if (op === '&') return int(Number(x & y));
  if (op === '|') return int(Number(x | y));
  if (op === '^') return int(Number(x ^ y));
  return unknown('a bit operation');
};

/** The exact quotient of sizes that a number is, where it is one. */
export const ratioOf = (value: Value): Ratio | undefined => {
  if (value.kind === 'int') return ratio(value.value, 1);
  if (value.kind === 'bool') return ratio(value.value ? 1 : 0, 1);
  if (value.kind === 'opaque')
    return value.type === undefined || value.type === 'int' ? ratio(opaqueSize(value), 1) : undefined;
  if (value.kind !== 'float') return undefined;
  return value.value === undefined ? value.ratio : (fromNumber(value.value) ?? value.ratio);
};

const floating = (m: Machine, op: BinaryOperator, a: Value, b: Value): Value => {
  if ([a, b].some((v) => v.kind === 'float' && v.imaginary)) return IMAGINARY;
  const [x, y] = [numberOf(a), numberOf(b)];
  if (x !== undefined && y !== undefined) return float(numbers(op, x, y));
  const [p, q] = [ratioOf(a), ratioOf(b)];
  if (!p || !q)
    return op !== '/' && mayBeInt(a) && mayBeInt(b) ? { kind: 'float', announced: true } : { kind: 'float' };
  switch (op) {
    case '+':
      return { kind: 'float', ratio: addRatio(p, q) };
    case '-':
      return { kind: 'float', ratio: addRatio(p, mulRatio(q, ratio(-1, 1))) };
    case '*':
      return { kind: 'float', ratio: mulRatio(p, q) };
    case '/': {
      if (decide(m.facts, { kind: 'eq', left: q.num, right: 0 }) === true) return { kind: 'float' };
      const quotient = divRatio(p, q);
      return quotient ? { kind: 'float', ratio: quotient } : { kind: 'float' };
    }
    default:
      return { kind: 'float' };
  }
};

/** Whether it is no float for certain. */
const mayBeInt = (value: Value): boolean => value.kind !== 'float' || value.announced === true;

const numbers = (op: BinaryOperator, a: number, b: number): number => {
  switch (op) {
    case '+':
      return a + b;
    case '-':
      return a - b;
    case '*':
      return a * b;
    case '/':
      return a / b;
    case '//':
      return Math.floor(a / b);
    case '%':
      return a - b * Math.floor(a / b);
    case '**':
      return a ** b;
    default:
      return Number.NaN;
  }
};

const sequences = (m: Machine, op: BinaryOperator, a: Value, b: Value): Value => {
  if (op === '+') return sizesAdded(m, a, b) ?? concatenate(a, b);
  if (op === '*') return repeat(a, b) ?? repeat(b, a) ?? unknown('*');
  if (op === '%' && a.kind === 'str') {
    return textValue(percentFormat(m, a.value, b));
  }
  if (op === '|' && a.kind === 'dict' && b.kind === 'dict') {
    const merged = dict();
    for (const source of [a, b]) for (const [key, entry] of source.entries) merged.entries.set(key, entry);
    merged.open = a.open || b.open;
    return merged;
  }
  const [left, right] = [elementsAsSet(a), elementsAsSet(b)];
  // The keys of a mapping are joined with anything that one can go through: `table.keys() | names`.
  if (left && right && (a.kind !== 'set' || b.kind === 'set')) return combineSets(op, left, right);
  return unknown(`${op} on values that are not known`);
};

/** `x.shape[:-1] + (heads, -1)`. */
const sizesAdded = (m: Machine, a: Value, b: Value): Value | undefined => {
  if (a.kind !== 'unknown' && b.kind !== 'unknown') return undefined;
  return sizesTogether(
    m,
    [a, b].map((value) => ({ value, star: true })),
  );
};

const tooLarge = (): Value => unknown('it is too large to follow');

const concatenate = (a: Value, b: Value): Value => {
  if (a.kind === 'str' && b.kind === 'str')
    return a.value.length + b.value.length > LONGEST_TEXT ? tooLarge() : str(a.value + b.value);
  const [before, after] = [partialText(a), partialText(b)];
  if (before !== undefined && after !== undefined && (isText(a) || isText(b))) return textValue(before + after);
  if (weightOf(a) + weightOf(b) > HEAVIEST) return tooLarge();
  if (a.kind === 'tuple' && b.kind === 'tuple') return { kind: 'tuple', items: [...a.items, ...b.items] };
  if (a.kind === 'list' && b.kind === 'list') {
    const { items, count, parts } = concatenated({ ...a, items: keptItems(a) }, { ...b, items: keptItems(b) });
    return list(items, count, parts);
  }
  return unknown('+ on values that are not known');
};

const repeat = (items: Value, times: Value): Value | undefined => {
  const n =
    times.kind === 'int'
      ? times.value
      : times.kind === 'bool'
        ? Number(times.value)
        : times.kind === 'opaque'
          ? opaqueSize(times)
          : undefined;
  if (n === undefined) return undefined;
  if (items.kind === 'str') {
    if (typeof n !== 'number') return unknown('a text of unknown length');
    return items.value.length * n > LONGEST_TEXT ? tooLarge() : str(items.value.repeat(Math.max(0, n)));
  }
  if (items.kind !== 'list' && items.kind !== 'tuple') return undefined;
  const given = items.kind === 'list' ? items : { items: items.items, count: null };
  if (typeof n !== 'number' || given.count !== null) return severalTimes(given, n);
  if (weightOf(items) * n > HEAVIEST)
    return items.kind === 'list' && items.items.length === 1 ? list(items.items, n) : tooLarge();
  const all: Value[] = [];
  for (let i = 0; i < n; i++) all.push(...items.items);
  return items.kind === 'list' ? list(all) : { kind: 'tuple', items: all };
};

const severalTimes = (sequence: Sequence, n: Dim): Value => {
  const [part, ...others] = partsOf(sequence) ?? [];
  if (!part || others.length > 0) return unknown('a list of unknown length');
  const { items, count, parts } = sequenceOf([{ items: part.items, count: mul(part.count, n) }]);
  return list(items, count, parts);
};

export const not = (m: Machine, value: Value): Value =>
  distribute(m, value, (v) => {
    const test = truth(m, v);
    if (test.kind === 'known') return bool(!test.value);
    const [yes, no] = test.holds ? [FALSE, TRUE] : [TRUE, FALSE];
    return { kind: 'either', condition: test.choice, yes, no };
  });

export const unaryOperation = (m: Machine, op: UnaryOperator, operand: Value, node: Node): Value => {
  if (op === 'not') return negation(m, operand);
  return distribute(m, operand, (value) => {
    if (value.kind === 'tensor') {
      const found = value.dtype;
      const expected = op === '~' ? 'int' : 'number';
      if (found && value.lib === 'torch' && (op === '~' ? /float|complex/.test(found) : found === 'bool')) {
        const data = { op, argument: 'x', expected, found };
        return fail(m, 'TypeError', { code: 'dtype-refused', data, names: [] }, node);
      }
      const { parameter: _p, elements: _e, fill: _f, ...rest } = value;
      const args = { positional: [value], keywords: new Map() };
      return folded(m, UNARY[op] ?? '', args, noteOp(m, { name: `${op}x`, args }, node, rest));
    }
    if (value.kind === 'object')
      return callMethodIfAny(m, value, op === '-' ? '__neg__' : op === '+' ? '__pos__' : '__invert__') ?? unknown(op);
    if (value.kind === 'list' || value.kind === 'tuple' || value.kind === 'dict' || value.kind === 'none')
      return fail(
        m,
        'TypeError',
        { code: 'wrong-type', data: { op, argument: 'x', expected: 'Tensor, number', found: value.kind }, names: [] },
        node,
      );
    if (op === '~') return typeof numberOf(value) === 'number' ? int(~(numberOf(value) ?? 0)) : unknown('~');
    if (op === '+') return value;
    const size = sizeOf(value, int(0));
    if (size !== undefined) return int(neg(size));
    return value.kind === 'float' ? negative(value) : unknown(`${op} ${node.start}`);
  });
};

/** `not` of an undecided value keeps the choice, so that both spellings are one condition. */
const negation = (m: Machine, operand: Value): Value => {
  const test = truth(m, operand);
  if (test.kind === 'known') return bool(!test.value);
  if (!test.direct) return not(m, operand);
  const [yes, no] = test.holds ? [FALSE, TRUE] : [TRUE, FALSE];
  return { kind: 'either', condition: test.choice, yes, no };
};

const negative = (value: FloatValue): Value => {
  if (value.value !== undefined) return float(-value.value);
  return value.ratio ? { kind: 'float', ratio: mulRatio(value.ratio, ratio(-1, 1)) } : value;
};
