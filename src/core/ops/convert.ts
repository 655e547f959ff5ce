import { type Dim, same, symbol, symbolsOf } from '../dims';
import { unknownShape } from '../shapes';
import type { Arg, TensorArg } from './arg';
import type { Call } from './call';
import { fault } from './codes';
import { dtypeNamed } from './constants';
import type { Param } from './grammar';
import type { Fault } from './outcome';

/**
 * An argument as its kind wants it. `doubt` means that nobody knows the value, so that whatever depends on it is
 * unknown too; `value` then is a stand-in. `loose` marks a value that was accepted without being known to fit.
 */
export type Converted =
  | { readonly value: unknown; readonly doubt?: string; readonly loose?: boolean }
  | { readonly fault: Fault };

type Convert = (arg: Arg, param: Param, call: Call) => Converted;

/** Turns an argument into what callbacks get for the parameter's kind. */
export const convert: Convert = (given, param, call) => {
  const arg = given.kind === 'tensor' && call.lib === 'paddle' ? listOf(given, param) : given;
  if (arg.kind === 'none') {
    if (param.nullable || param.kind === 'any' || param.kind === 'callable') return { value: nothing(param, arg) };
    if (param.kind === 'bool' && !call.strict) return { value: false };
    if (!sized.has(param.kind)) return wrong(arg, param, call);
  }
  const byKind = table[param.kind];
  if (!byKind) return { value: arg };
  const made = byKind(arg, param, call);
  return 'fault' in made && (isParameter(arg) || isCastAnyway(arg, param, call))
    ? byKind(undescribed, param, call)
    : made;
};

/** A parameter of the constructor that stands for a size until it is used as something else. */
export const isParameter = (arg: Arg): boolean =>
  arg.kind === 'int' &&
  typeof arg.value !== 'number' &&
  symbolsOf(arg.value).some(({ id, role }) => role === 'rigid' && same(arg.value, symbol(id, '', 'rigid')));

/** An input of which nothing is known yet: it is only supposed to be a tensor. */
export const isFreeInput = (arg: Arg): boolean =>
  arg.kind === 'tensor' && arg.origin !== undefined && arg.shape.dims.length === 0 && arg.shape.rest !== undefined;

const undescribed: Arg = { kind: 'unknown', why: 'a parameter that is not described' };

/**
 * Paddle's casts make a number of much that nobody would write for one: of a text that reads as a number, of any tensor of
 * one element, of a fraction among sizes. Whether an op lets them is its own matter, so nothing is said of such a call;
 * nor of `None` for a word, which is often the usual one.
 */
const isCastAnyway = (arg: Arg, { kind }: Param, { lib }: Call): boolean => {
  if (lib !== 'paddle' || !/^(int|dim|size|pad|float|number|dtype|str)/.test(kind)) return false;
  if (kind === 'str') return arg.kind === 'none';
  if (arg.kind === 'tuple' || arg.kind === 'sequence')
    return (
      kind !== 'int' && arg.items.some((item) => item.kind === 'float' || item.kind === 'tensor' || isDigits(item))
    );
  if (arg.kind === 'float') return /^ints./.test(kind);
  return isDigits(arg) || (arg.kind === 'int' && kind === 'dtype') || (arg.kind === 'tensor' && mayBeNumber(arg));
};

const isDigits = (arg: Arg): boolean =>
  arg.kind === 'str' && arg.value.trim() !== '' && !Number.isNaN(Number(arg.value));

/** Paddle takes a vector of whole numbers wherever it takes several sizes. */
const listOf = (arg: TensorArg, param: Param): Arg => {
  const [count, ...more] = arg.shape.dims;
  if (!/^(ints|int\d|size\d|dims)/.test(param.kind) || arg.shape.rest || more.length > 0) return arg;
  if (typeof count !== 'number') return count === undefined ? arg : { kind: 'unknown', why: 'sizes in a tensor' };
  const numbers = numbersIn(arg);
  const items = Array.from({ length: count }, (_, i): Arg => {
    const number = numbers?.[i];
    return number === undefined ? { kind: 'unknown', why: 'a size in a tensor' } : { kind: 'int', value: number };
  });
  return { kind: 'sequence', items };
};

const nothing = (param: Param, arg: Arg): unknown => (param.kind === 'any' || param.kind === 'callable' ? arg : null);
const sized: ReadonlySet<string> = new Set(['size1', 'size2', 'size3', 'dtype', 'operand', 'number']);

/** What the reader calls this value's type. */
export const typeName = (arg: Arg): string => {
  switch (arg.kind) {
    case 'none':
      return 'None';
    case 'sequence':
      return 'list';
    case 'tensor':
      return 'Tensor';
    case 'other':
    case 'callable':
      return arg.name;
    default:
      return arg.kind;
  }
};

const wrong = (arg: Arg, param: Param, call: Call, expected: string = wanted(param)): Converted => ({
  fault: fault('wrong-type', { op: call.op, argument: param.name, expected, found: typeName(arg) }, param.name),
});

const wanted = (param: Param): string => {
  const kind = param.kind.replace('*', '');
  if (kind === 'Tensors' || kind === 'TensorList') return 'list of Tensors';
  if (/^(int|pad|size)\d$/.test(kind)) return `int, ${kind.slice(-1)} ints`;
  if (kind.startsWith('ints') || kind === 'dims') return 'ints';
  return kind === 'dim' ? 'int' : kind;
};

const loosely = (value: unknown): Converted => ({ value, loose: true });
const doubtful = (value: unknown, param: Param): Converted => ({
  value,
  doubt: `the value of ${param.name} is not known`,
  loose: true,
});

/** A tensor of which nothing is known, in place of a value that nobody knows. */
const anyTensor = (call: Call, why: string): TensorArg => ({
  kind: 'tensor',
  lib: call.lib,
  shape: unknownShape(call.cx.unknownRest(why)),
});

const toTensor: Convert = (arg, param, call) => {
  if (arg.kind === 'tensor') return { value: arg };
  if (arg.kind === 'unknown') return loosely(param.nullable ? null : (arg.likely ?? anyTensor(call, arg.why)));
  return arg.kind === 'other' ? loosely(anyTensor(call, arg.name)) : wrong(arg, param, call);
};

/** Functions that give each tensor a least rank before they join them: Paddle's take lists of lists so. */
const RAISING = /^(hstack|vstack|dstack|row_stack)$/;

const toTensors: Convert = (arg, param, call) => {
  if (arg.kind === 'tensor') return doubtful([], param);
  if (arg.kind !== 'tuple' && arg.kind !== 'sequence')
    return arg.kind === 'unknown' || arg.kind === 'other' ? doubtful([], param) : wrong(arg, param, call);
  const items: TensorArg[] = [];
  let loose = false;
  for (const item of arg.items) {
    if (call.lib === 'paddle' && RAISING.test(call.op) && (item.kind === 'tuple' || item.kind === 'sequence'))
      return doubtful([], param);
    const one = toTensor(item, param, call);
    if ('fault' in one) return one;
    loose ||= one.loose ?? false;
    items.push(item.kind === 'tensor' ? item : anyTensor(call, 'unknown element'));
  }
  return loose ? loosely(items) : { value: items };
};

/** Of a list of unknown length, each element once, with the number of times that it stands there. */
const toTensorList: Convert = (arg, param, call) => {
  const many = arg.kind === 'unknown' ? arg.many : undefined;
  if (!many) return toTensors(arg, param, call);
  const items: TensorArg[] = [];
  for (const { item, times } of many) {
    if (item.kind !== 'tensor') return doubtful([], param);
    items.push({ ...item, times });
  }
  return { value: items };
};

/** A size or number as an integer expression; `undefined` when the library refuses it as one. */
export const integerOf = (arg: Arg, call: Call): Dim | undefined => {
  if (arg.kind === 'int') return arg.value;
  if (arg.kind === 'bool') return arg.value ? 1 : 0;
  if (arg.kind === 'unknown' || arg.kind === 'other' || isAnnounced(arg)) return call.cx.unknownSize('value not known');
  if (arg.kind === 'tensor')
    return onlyNumber(arg) ?? (mayBeIndex(arg) ? call.cx.unknownSize('value of a tensor') : undefined);
  return undefined;
};

/** A number that an annotation calls a float: Python takes an int there as well. */
const isAnnounced = (arg: Arg): boolean => arg.kind === 'float' && arg.announced === true;

const isLoose = (arg: Arg): boolean =>
  arg.kind === 'unknown' ||
  arg.kind === 'other' ||
  isAnnounced(arg) ||
  (arg.kind === 'tensor' && onlyNumber(arg) === undefined && mayBeIndex(arg));

/** The whole numbers in a tensor, where the source says them. */
const numbersIn = ({ elements }: TensorArg): readonly Dim[] | undefined => {
  const numbers = elements?.flatMap((e) => (e.kind === 'int' ? [e.value] : []));
  return numbers?.length === elements?.length ? numbers : undefined;
};

const onlyNumber = (arg: TensorArg): Dim | undefined => {
  const numbers = numbersIn(arg);
  return numbers?.length === 1 ? numbers[0] : undefined;
};

/** A tensor of one whole number stands for that number. */
const mayBeIndex = ({ shape, dtype }: TensorArg): boolean =>
  (dtype === undefined || !/float|complex/.test(dtype)) && shape.dims.every((d) => typeof d !== 'number' || d === 1);

/** A tensor of one number of any type. */
const mayBeNumber = (arg: Arg): boolean =>
  (arg.kind !== 'float' && isLoose(arg)) ||
  (arg.kind === 'tensor' && arg.shape.dims.every((d) => typeof d !== 'number' || d === 1));

/** What Paddle makes a number of, in its own way, where PyTorch refuses it. */
const isCast = ({ kind }: Arg): boolean => kind === 'bool' || kind === 'float' || kind === 'str';

const toInt: Convert = (arg, param, call) => {
  if (call.lib === 'paddle' && arg.kind === 'float') return doubtful(1, param);
  if (call.strict && arg.kind === 'bool') return wrong(arg, param, call);
  const value = integerOf(arg, call);
  if (value === undefined) return wrong(arg, param, call);
  if (isLoose(arg)) return param.nullable ? doubtful(value, param) : loosely(value);
  return { value };
};

const toAxis: Convert = (arg, param, call) => {
  if (call.lib === 'paddle' && isCast(arg)) return doubtful(0, param);
  const told = arg.kind === 'tensor' ? onlyNumber(arg) : undefined;
  if (typeof told === 'number') return { value: told };
  if (arg.kind === 'int') return typeof arg.value === 'number' ? { value: arg.value } : doubtful(0, param);
  return isLoose(arg) ? doubtful(0, param) : wrong(arg, param, call);
};

const toAxes: Convert = (arg, param, call) => {
  if (call.lib === 'paddle' && isCast(arg)) return doubtful([], param);
  if (arg.kind === 'int') return typeof arg.value === 'number' ? { value: [arg.value] } : doubtful([], param);
  if (isLoose(arg)) return doubtful([], param);
  if (arg.kind !== 'tuple' && arg.kind !== 'sequence') return wrong(arg, param, call);
  const axes: number[] = [];
  for (const item of arg.items) {
    const told = item.kind === 'tensor' ? onlyNumber(item) : item.kind === 'int' ? item.value : undefined;
    if (typeof told === 'number') axes.push(told);
    else if (told !== undefined || isLoose(item) || (item.kind === 'tensor' && mayBeIndex(item)))
      return doubtful([], param);
    else return wrong(item, param, call);
  }
  return { value: axes };
};

const toInts: Convert = (arg, param, call) => {
  if (arg.kind === 'int' && param.kind !== 'ints') return { value: [arg.value] };
  if (isLoose(arg)) return doubtful([], param);
  if (arg.kind !== 'tuple' && arg.kind !== 'sequence') return wrong(arg, param, call);
  const [first] = arg.items;
  // The C++ parser looks at the first number alone to tell a size.
  if (call.strict && first?.kind === 'bool') return wrong(first, param, call);
  // A list is a list, whatever nobody knows of its elements: that does not leave the choice of an overload open.
  return integersOf(arg.items, param, call);
};

const integersOf = (
  items: readonly Arg[],
  param: Param,
  call: Call,
): { readonly value: readonly Dim[] } | { readonly fault: Fault } => {
  const value: Dim[] = [];
  for (const item of items) {
    const one = integerOf(item, call);
    if (one === undefined) {
      if (item.kind === 'none') return { fault: noneSize(param, call) };
      const refused = wrong(item, param, call);
      return 'fault' in refused ? refused : { value };
    }
    value.push(one);
  }
  return { value };
};

/** `None` means "as the input" for the adaptive pools only. */
const noneSize = (param: Param, call: Call): Fault => {
  const pool = /^(?:max|avg)_?pool/i.test(call.op);
  const twin = call.op.includes('_') ? `adaptive_${call.op}` : `Adaptive${call.op}`;
  return fault('none-size', { op: call.op, argument: param.name, adaptive: pool ? twin : '' }, param.name);
};

const toFew =
  (count: number): Convert =>
  (arg, param, call) => {
    if (arg.kind === 'unknown' || arg.kind === 'other')
      return loosely(Array.from({ length: count }, () => call.cx.unknownSize(arg.kind)));
    if (arg.kind === 'tuple' || arg.kind === 'sequence') {
      if (arg.items.length !== count && (arg.items.length !== 1 || call.lib === 'paddle'))
        return wrongLength(arg.items.length, count, param, call);
      const values = integersOf(arg.items, param, call);
      if ('fault' in values) return values;
      const items = values.value.length === count ? values.value : Array.from({ length: count }, () => values.value[0]);
      return { value: items, loose: arg.items.some(isLoose) };
    }
    const refused = arg.kind === 'bool' && (call.strict || call.lib === 'torch');
    const one = refused ? undefined : integerOf(arg, call);
    if (one === undefined) return wrong(arg, param, call);
    return { value: Array.from({ length: count }, () => one), loose: isLoose(arg) };
  };

const wrongLength = (found: number, count: number, param: Param, call: Call): Converted => ({
  fault: fault('wrong-length', { op: call.op, argument: param.name, expected: `${count}`, found }, param.name),
});

const toPadding =
  (count: number): Convert =>
  (arg, param, call) => {
    if (arg.kind !== 'str') return toFew(count)(arg, param, call);
    if (arg.value === 'same') return { value: 'same' };
    if (arg.value === 'valid') return { value: Array.from({ length: count }, () => 0) };
    const data = { op: call.op, argument: param.name, choices: "'valid', 'same'", found: `'${arg.value}'` };
    return { fault: fault('value-choice', data, param.name) };
  };

const toSizes =
  (count: number): Convert =>
  (arg, param, call) => {
    if (arg.kind === 'none')
      return call.lib === 'paddle' ? wrong(arg, param, call) : { value: Array.from({ length: count }, () => null) };
    if (arg.kind !== 'tuple' && arg.kind !== 'sequence') return toFew(count)(arg, param, call);
    if (arg.items.length !== count) return wrongLength(arg.items.length, count, param, call);
    const value: (Dim | null)[] = [];
    for (const item of arg.items) {
      const one = item.kind === 'none' ? null : integerOf(item, call);
      if (one === undefined) return wrong(item, param, call);
      value.push(one);
    }
    return { value, loose: arg.items.some(isLoose) };
  };

const toBool: Convert = (arg, param, call) => {
  if (arg.kind === 'bool') return { value: arg.value };
  if (call.strict && !isLoose(arg)) return wrong(arg, param, call);
  if (arg.kind === 'tensor') return doubtful(fallbackBool(param), param);
  const truth = truthOf(arg);
  return truth === undefined ? doubtful(fallbackBool(param), param) : { value: truth };
};

const fallbackBool = (param: Param): boolean => param.fallback?.kind === 'bool' && param.fallback.value;

/** Python's truth value, where it is known. */
const truthOf = (arg: Arg): boolean | undefined => {
  if (arg.kind === 'int') return typeof arg.value === 'number' ? arg.value !== 0 : undefined;
  if (arg.kind === 'float') return arg.value === undefined ? undefined : arg.value !== 0;
  if (arg.kind === 'str') return arg.value !== '';
  if (arg.kind === 'tuple' || arg.kind === 'sequence') return arg.items.length > 0;
  return undefined;
};

const toFloat: Convert = (arg, param, call) => {
  if (arg.kind === 'float') return { value: arg.value };
  if (arg.kind === 'int') return { value: typeof arg.value === 'number' ? arg.value : undefined };
  if (arg.kind === 'bool') return { value: arg.value ? 1 : 0 };
  return mayBeNumber(arg) ? loosely(undefined) : wrong(arg, param, call);
};

const toStr: Convert = (arg, param, call) => {
  if (arg.kind === 'str') return { value: arg.value };
  const standIn = param.fallback?.kind === 'str' ? param.fallback.value : '';
  return isLoose(arg) ? doubtful(standIn, param) : wrong(arg, param, call);
};

const toOperand: Convert = (arg, param, call) => {
  if (arg.kind === 'unknown' || arg.kind === 'other') return loosely(arg);
  if (call.lib === 'paddle' && arg.kind === 'str') return loosely({ kind: 'unknown', why: 'a number in a text' });
  const fits = arg.kind === 'tensor' || arg.kind === 'int' || arg.kind === 'float' || arg.kind === 'bool';
  return fits ? { value: arg } : wrong(arg, param, call, 'Tensor, number');
};

const toNumber: Convert = (arg, param, call) => {
  if (mayBeNumber(arg)) return loosely(arg);
  const fits = arg.kind === 'int' || arg.kind === 'float' || arg.kind === 'bool';
  return fits ? { value: arg } : wrong(arg, param, call);
};

const toDType: Convert = (arg, param, call) => {
  if (arg.kind === 'dtype') return { value: arg.name };
  if (arg.kind === 'str' && call.lib === 'paddle') return { value: dtypeNamed(arg.value) };
  if (arg.kind === 'none') return param.nullable ? { value: null } : loosely(undefined);
  return isLoose(arg) || arg.kind === 'callable' ? loosely(undefined) : wrong(arg, param, call);
};

const table: Readonly<Record<string, Convert>> = {
  Tensor: toTensor,
  Tensors: toTensors,
  TensorList: toTensorList,
  'Tensors*': toTensors,
  operand: toOperand,
  number: toNumber,
  int: toInt,
  bool: toBool,
  float: toFloat,
  str: toStr,
  int1: toFew(1),
  int2: toFew(2),
  int3: toFew(3),
  pad1: toPadding(1),
  pad2: toPadding(2),
  pad3: toPadding(3),
  size1: toSizes(1),
  size2: toSizes(2),
  size3: toSizes(3),
  ints: toInts,
  ints1: toInts,
  'ints*': toInts,
  dim: toAxis,
  dims: toAxes,
  'dims*': toAxes,
  dtype: toDType,
};
