import {
  type Dim,
  floorDiv,
  max as maxDim,
  mod,
  neg,
  type Rounding,
  roundRatio,
  symbolOf,
  truncRatio,
  wholeNumber,
} from '../../dims';
import {
  FALSE,
  float,
  type IntValue,
  int,
  memberValue,
  NONE,
  opaqueSize,
  str,
  TRUE,
  tuple,
  unknown,
  type Value,
} from '../../values';
import { getAttribute } from '../attributes';
import { distribute, resolve } from '../branch';
import { sizeRelation } from '../comparisons';
import { raise } from '../faults';
import { fixed } from '../format-spec';
import type { Machine } from '../machine';
import { namespaceMember } from '../namespaces';
import { binaryOperation, not, ratioOf } from '../operators';
import { callMethodIfAny } from '../protocols';
import { numberOf } from '../scalars';
import type { Native, NativeTable } from './native';

export const sizeOf = (value: Value): Dim | undefined => {
  if (value.kind === 'int') return value.value;
  if (value.kind === 'bool') return Number(value.value);
  if (value.kind === 'opaque' && (value.type === undefined || value.type === 'int')) return opaqueSize(value);
  return undefined;
};

/**
 * `int(dim * mlp_ratio)`: code that rounds what looks like an integer knows that a parameter may be a fraction. A
 * parameter alone, `int(num_classes)`, is a number or the text of one.
 */
export const wholeValue = (rounding: Rounding, v: IntValue): IntValue =>
  symbolOf(v.value) ? v : int(wholeNumber(rounding, v.value));

/** What is asked for in a `try` is not there: the handler runs, as in Python. */
const noNumber = (m: Machine, why: string): Value =>
  m.tries > 0 ? raise(m, 'ValueError', why, undefined) : unknown(why);

const toInt: Native = ({ m, at }) =>
  distribute(m, at(0) ?? int(0), (v) => {
    switch (v.kind) {
      case 'int':
        return wholeValue('down', v);
      case 'bool':
        return int(Number(v.value));
      case 'str':
        if (at(1, 'base')) return parsedIn(v.value, numberOf(resolve(m, at(1, 'base') ?? NONE)));
        return /^\s*[-+]?\d+(_\d+)*\s*$/.test(v.value)
          ? int(Number(v.value.replaceAll('_', '')))
          : noNumber(m, 'int()');
      case 'float': {
        if (v.value !== undefined) return int(Math.trunc(v.value));
        const size = v.ratio && truncRatio(v.ratio, m.facts);
        return size === undefined ? int(m.context.unknownSize('int() of a number that is not known')) : int(size);
      }
      case 'opaque':
        return int(opaqueSize(v));
      case 'object': {
        const plain = memberValue(v) ?? callMethodIfAny(m, v, '__int__') ?? callMethodIfAny(m, v, '__index__');
        return plain?.kind === 'int' ? plain : int(m.context.unknownSize('int() of something that is not known'));
      }
      case 'tensor': {
        const [only, ...others] = v.elements ?? [];
        const number = only && others.length === 0 ? numberOf(only) : undefined;
        if (number !== undefined) return int(Math.trunc(number));
        return only?.kind === 'int' ? only : int(m.context.unknownSize('the value of a tensor'));
      }
      default:
        return int(m.context.unknownSize('int() of something that is not known'));
    }
  });

/** `int('ff', 16)`; in base 0 the text says its base itself. */
const parsedIn = (text: string, base: number | undefined): Value => {
  const [, sign = '', prefix = '', digits = ''] = /^\s*([-+]?)(0[xXoObB])?(\w+?)\s*$/.exec(text) ?? [];
  const said = { x: 16, o: 8, b: 2 }[prefix.slice(1).toLowerCase()];
  const radix = base === 0 ? (said ?? 10) : base;
  if (radix === undefined || radix < 2 || radix > 36 || (said !== undefined && said !== radix)) return unknown('int()');
  const allowed = '0123456789abcdefghijklmnopqrstuvwxyz'.slice(0, radix);
  if (![...digits.toLowerCase()].every((c) => allowed.includes(c)) || digits === '') return unknown('int()');
  return int(Number.parseInt(sign + digits, radix));
};

const toFloat: Native = ({ m, at }) =>
  distribute(m, at(0) ?? int(0), (v) => {
    if (v.kind === 'str')
      return v.value === 'inf' || v.value === '-inf'
        ? float(v.value === 'inf' ? Infinity : -Infinity)
        : !/^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?\s*$/i.test(v.value)
          ? noNumber(m, 'float()')
          : float(Number(v.value));
    const number = numberOf(v);
    if (number !== undefined) return float(number);
    const ratio = ratioOf(v);
    return ratio ? { kind: 'float', ratio } : { kind: 'float' };
  });

const round: Native = ({ m, at }) =>
  distribute(m, at(0, 'number') ?? int(0), (v) => {
    const digits = at(1, 'ndigits');
    if (v.kind === 'int') return digits ? (isNatural(digits) ? v : unknown('round()')) : wholeValue('near', v);
    const number = numberOf(v);
    if (digits && digits.kind !== 'none') {
      const places = numberOf(digits);
      return number === undefined || places === undefined || places < 0
        ? { kind: 'float' }
        : float(Math.sign(number) * Number(fixed(Math.abs(number), places)));
    }
    if (number !== undefined) return int(bankers(number));
    const ratio = ratioOf(v);
    const size = ratio && roundRatio(ratio);
    return size === undefined ? int(m.context.unknownSize('round() of a number that is not known')) : int(size);
  });

const isNatural = (value: Value): boolean => {
  const number = numberOf(value);
  return value.kind === 'none' || (number !== undefined && number >= 0);
};

/** Python rounds halves to the even neighbour. */
const bankers = (x: number): number => {
  const low = Math.floor(x);
  const rest = x - low;
  if (rest !== 0.5) return Math.round(x);
  return low % 2 === 0 ? low : low + 1;
};

const abs: Native = ({ m, at, node }) =>
  distribute(m, at(0) ?? NONE, (v) => {
    // An array of NumPy has no method for it.
    if (v.kind === 'tensor')
      return v.lib === 'numpy'
        ? m.call(namespaceMember(m, 'numpy.abs'), { positional: [v], keywords: new Map() }, node)
        : m.call(getAttribute(m, v, 'abs', node), { positional: [], keywords: new Map() }, node);
    const number = numberOf(v);
    if (number !== undefined) return v.kind === 'float' ? float(Math.abs(number)) : int(Math.abs(number));
    if (v.kind === 'int') {
      const sign = sizeRelation(m, '>=', v.value, 0);
      if (sign === TRUE) return v;
      if (sign === FALSE) return int(neg(v.value));
      return int(maxDim(v.value, neg(v.value)));
    }
    return v.kind === 'float' ? { kind: 'float' } : unknown('abs()');
  });

const divmod: Native = ({ at, m }) => {
  const [a, b] = [sizeOf(resolve(m, at(0) ?? NONE)), sizeOf(resolve(m, at(1) ?? NONE))];
  return a === undefined || b === undefined || b === 0
    ? tuple([unknown('divmod()'), unknown('divmod()')])
    : tuple([int(floorDiv(a, b)), int(mod(a, b))]);
};

const EXPR = { kind: 'ErrorExpr', start: 0, end: 0 } as const;

const pow: Native = ({ m, at }) => {
  const power = binaryOperation(m, '**', at(0) ?? NONE, at(1) ?? NONE, EXPR);
  const modulus = at(2, 'mod');
  return modulus && modulus.kind !== 'none' ? binaryOperation(m, '%', power, modulus, EXPR) : power;
};

const inBase =
  (prefix: string, radix: number): Native =>
  ({ m, at }) => {
    const number = numberOf(resolve(m, at(0) ?? NONE));
    if (number === undefined || !Number.isInteger(number)) return unknown('a number in another base');
    return str(`${number < 0 ? '-' : ''}${prefix}${Math.abs(number).toString(radix)}`);
  };

export const numberFunctions: NativeTable = {
  round,
  abs,
  divmod,
  pow,
  bin: inBase('0b', 2),
  hex: inBase('0x', 16),
  oct: inBase('0o', 8),
  chr: ({ at }) => (at(0)?.kind === 'int' ? str(String.fromCharCode(numberOf(at(0) ?? NONE) ?? 63)) : unknown('chr()')),
  ord: ({ at }) => {
    const c = at(0);
    return c?.kind === 'str' ? int(c.value.codePointAt(0) ?? 0) : unknown('ord()');
  },
  'builtins.int()': toInt,
  'builtins.float()': toFloat,
  'builtins.bool()': ({ m, at }) => not(m, not(m, at(0) ?? FALSE)),
};
