import { add, ceilDiv, floorDiv, mul } from './arithmetic';
import type { Condition } from './condition';
import { decide } from './decide';
import type { Dim } from './dim';
import { type Facts, noFacts } from './facts';
import { quotient } from './integers';
import { cancel, content, exactly } from './long-division';
import { rangeOf } from './range';
import { neg } from './sum';

/** An exact fraction of sizes: what Python's `/` of two sizes, or a dyadic float times a size, stands for. */
export interface Ratio {
  readonly num: Dim;
  readonly den: Dim;
}

/** `num / den` in lowest terms; a denominator that is a number is positive. Throws `RangeError` for the denominator 0. */
export const ratio = (num: Dim, den: Dim = 1): Ratio => {
  if (den === 0) throw new RangeError('division by zero');
  if (num === 0) return { num: 0, den: 1 };
  const whole = exactly(num, den);
  if (whole !== undefined) return { num: whole, den: 1 };
  const shared = content(num, den);
  const [top, bottom] = [cancel(num, shared), cancel(den, shared)];
  return typeof bottom === 'number' && bottom < 0 ? { num: neg(top), den: -bottom } : { num: top, den: bottom };
};

/** `a + b`. */
export const addRatio = (a: Ratio, b: Ratio): Ratio =>
  ratio(add(mul(a.num, b.den), mul(b.num, a.den)), mul(a.den, b.den));

/** `a · b`. */
export const mulRatio = (a: Ratio, b: Ratio): Ratio => ratio(mul(a.num, b.num), mul(a.den, b.den));

/** `a / b`. Throws `RangeError` when `b` is the number 0. */
export const divRatio = (a: Ratio, b: Ratio): Ratio => ratio(mul(a.num, b.den), mul(a.den, b.num));

/** `math.floor(r)`. */
export const floorRatio = (r: Ratio): Dim => floorDiv(r.num, r.den);

/** `math.ceil(r)`. */
export const ceilRatio = (r: Ratio): Dim => ceilDiv(r.num, r.den);

/** The exact fraction of a finite float whose denominator is a power of two up to 2^20, else `undefined`. */
export const fromNumber = (x: number): Ratio | undefined => {
  const scaled = x * 2 ** 20;
  return Number.isSafeInteger(scaled) ? ratio(scaled + 0, 2 ** 20) : undefined;
};

/** `int(r)`, rounding towards 0; `undefined` when the sign is not known. */
export const truncRatio = (r: Ratio, facts: Facts = noFacts): Dim | undefined => {
  const sign = signOf(r, facts);
  if (sign === undefined) return undefined;
  return sign < 0 ? ceilRatio(r) : floorRatio(r);
};

/** Python's `round(r)`, halves to the even side; of a symbolic ratio only when it is an integer, else `undefined`. */
export const roundRatio = ({ num, den }: Ratio): Dim | undefined => {
  if (den === 1) return num;
  if (typeof num !== 'number' || typeof den !== 'number') return undefined;
  const down = quotient(num, den);
  const twice = 2 * (num - down * den);
  if (twice !== den) return twice < den ? down : down + 1;
  return down % 2 === 0 ? down : down + 1;
};

const signOf = ({ num, den }: Ratio, facts: Facts): number | undefined => {
  const [above, below] = [sign(num, facts), sign(den, facts)];
  return above === undefined || below === undefined ? undefined : above * below;
};

/** The sign of a size, with every symbol taken as a size, so not negative, unless the facts refute that. */
const sign = (d: Dim, facts: Facts): number | undefined => {
  const isAtLeast = (left: Dim, right: Dim): Condition => ({ kind: 'le', left: right, right: left });
  if (decide(facts, isAtLeast(d, 0))) return 1;
  if (decide(facts, isAtLeast(0, d))) return -1;
  const [low] = rangeOf(d, (factor) => (factor.kind === 'symbol' ? [0, Infinity] : undefined));
  return low >= 0 ? 1 : undefined;
};
