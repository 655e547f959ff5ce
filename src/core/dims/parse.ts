import { add, ceilDiv, floorDiv, max, min, mod, mul, neg, pow } from './arithmetic';
import type { Dim, Rounding } from './dim';
import { wholeNumber } from './whole';

/**
 * The size that a text of either print style stands for; `a/b` is a division known to be exact. `undefined` when the
 * text is not a size, has a name that `name` does not know, or divides by the number 0.
 */
export const parse = (text: string, name: (n: string) => Dim | undefined): Dim | undefined => {
  const tokens =
    text.match(/\s+|[\p{L}_][\p{L}\p{Nd}_]*(?:\.[\p{L}_][\p{L}\p{Nd}_]*|\[\d+\])*|\d+|\/\/|\*\*|[⁰¹²³⁴⁵⁶⁷⁸⁹]+|./gu) ??
    [];
  const reader: Reader = { tokens: tokens.filter((token) => token.trim() !== ''), at: 0, name };
  const result = readSum(reader);
  return result !== undefined && reader.at === reader.tokens.length ? result : undefined;
};

interface Reader {
  readonly tokens: readonly string[];
  readonly name: (n: string) => Dim | undefined;
  at: number;
}

/** `over / under` of a product whose exact divisions are not carried out yet, so that `⌈⌉` can round them. */
interface Fraction {
  readonly over: Dim;
  readonly under: Dim;
}

const take = (r: Reader, ...tokens: readonly string[]): string | undefined => {
  const token = r.tokens[r.at];
  if (token === undefined || !tokens.includes(token)) return undefined;
  r.at++;
  return token;
};

const readSum = (r: Reader): Dim | undefined => {
  let result = whole(readProduct(r));
  for (;;) {
    const sign = take(r, '+', '-');
    if (sign === undefined || result === undefined) return result;
    const right = whole(readProduct(r));
    if (right === undefined) return undefined;
    result = add(result, sign === '-' ? neg(right) : right);
  }
};

const whole = (f: Fraction | undefined): Dim | undefined => f && divided(f.over, f.under, floorDiv);

const divided = (a: Dim, b: Dim | undefined, by: (a: Dim, b: Dim) => Dim): Dim | undefined =>
  b === undefined || b === 0 ? undefined : by(a, b);

const readProduct = (r: Reader): Fraction | undefined => {
  const first = readUnary(r);
  if (first === undefined) return undefined;
  let result: Fraction = { over: first, under: 1 };
  for (;;) {
    const operator = take(r, '*', '·', '/', '//', '%');
    if (operator === undefined) return result;
    const right = readUnary(r);
    if (right === undefined) return undefined;
    const next = step(result, operator, right);
    if (!next) return undefined;
    result = next;
  }
};

const step = (left: Fraction, operator: string, right: Dim): Fraction | undefined => {
  if (operator === '/') return { over: left.over, under: mul(left.under, right) };
  if (operator === '*' || operator === '·') return { over: mul(left.over, right), under: left.under };
  const value = whole(left);
  const over = value === undefined ? undefined : divided(value, right, operator === '%' ? mod : floorDiv);
  return over === undefined ? undefined : { over, under: 1 };
};

const readUnary = (r: Reader): Dim | undefined => {
  if (take(r, '-')) {
    const value = readUnary(r);
    return value === undefined ? undefined : neg(value);
  }
  return readPower(r);
};

const readPower = (r: Reader): Dim | undefined => {
  const base = readOperand(r);
  if (base === undefined) return undefined;
  const raised = r.tokens[r.at];
  if (raised && /^[⁰¹²³⁴⁵⁶⁷⁸⁹]/u.test(raised)) {
    r.at++;
    return pow(base, Number([...raised].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'.indexOf(digit)).join('')));
  }
  if (!take(r, '**')) return base;
  const exponent = readOperand(r);
  return typeof exponent === 'number' && exponent >= 0 ? pow(base, exponent) : undefined;
};

const readOperand = (r: Reader): Dim | undefined => {
  const token = r.tokens[r.at++];
  if (token === undefined) return undefined;
  if (/^\d/.test(token)) return Number(token);
  if (token === '(') return closed(r, readSum(r), ')');
  if (token === '⌊') return closed(r, readRounded(r, 'down'), '⌋');
  if (token === '⌈') return closed(r, readRounded(r, 'up'), '⌉');
  const rounding = ROUNDINGS.get(token);
  if (rounding && take(r, '(')) return closed(r, wholeOf(rounding, readSum(r)), ')');
  if ((token === 'max' || token === 'min') && take(r, '(')) return readExtremum(r, token === 'max' ? max : min);
  return /^[\p{L}_]/u.test(token) ? r.name(token) : undefined;
};

const ROUNDINGS: ReadonlyMap<string, Rounding> = new Map([
  ['int', 'down'],
  ['ceil', 'up'],
  ['round', 'near'],
]);

const wholeOf = (rounding: Rounding, d: Dim | undefined): Dim | undefined =>
  d === undefined ? undefined : wholeNumber(rounding, d);

/** `⌊a/b⌋` rounds a quotient; without one the whole number by a size that may be a fraction. */
const readRounded = (r: Reader, rounding: 'down' | 'up'): Dim | undefined => {
  const start = r.at;
  const f = readProduct(r);
  if (f && f.under !== 1) return divided(f.over, f.under, rounding === 'up' ? ceilDiv : floorDiv);
  r.at = start;
  return wholeOf(rounding, readSum(r));
};

const closed = (r: Reader, value: Dim | undefined, end: string): Dim | undefined => (take(r, end) ? value : undefined);

const readExtremum = (r: Reader, pick: (...dims: readonly Dim[]) => Dim): Dim | undefined => {
  const args: Dim[] = [];
  do {
    const arg = readSum(r);
    if (arg === undefined) return undefined;
    args.push(arg);
  } while (take(r, ','));
  return closed(r, pick(...args), ')');
};
