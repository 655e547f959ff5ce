import type { Dim } from './dim';
import { rawFloor, rawMod } from './division';
import { extremum } from './extrema';
import { recombine } from './recombine';
import { neg, rawAdd, rawMul } from './sum';

export { neg } from './sum';

/** `a + b`. */
export const add = (a: Dim, b: Dim): Dim => {
  if (typeof a === 'number' && typeof b === 'number') return a + b;
  return recombine(rawAdd(a, b));
};

/** `a - b`. */
export const sub = (a: Dim, b: Dim): Dim => {
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return recombine(rawAdd(a, neg(b)));
};

/** `a · b`. */
export const mul = (a: Dim, b: Dim): Dim => {
  if (typeof a === 'number' && typeof b === 'number') return a * b + 0;
  return recombine(rawMul(a, b));
};

/** Python's `a // b`. Throws `RangeError` for a divisor that is the number 0. */
export const floorDiv = (a: Dim, b: Dim): Dim => recombine(rawFloor(a, b));

/** Python's `a % b`. Throws `RangeError` for a divisor that is the number 0. */
export const mod = (a: Dim, b: Dim): Dim => recombine(rawMod(a, b));

/** `-(-a // b)`: the quotient rounded up. Throws `RangeError` for a divisor that is the number 0. */
export const ceilDiv = (a: Dim, b: Dim): Dim => neg(floorDiv(neg(a), b));

/** The greatest of at least one size. */
export const max = (...dims: readonly Dim[]): Dim => extremum('max', dims);

/** The least of at least one size. */
export const min = (...dims: readonly Dim[]): Dim => extremum('min', dims);

/** `a` to the power of an integer that is not negative. Throws `RangeError` for another one. */
export const pow = (a: Dim, n: number): Dim => {
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`no integer power ${n}`);
  if (typeof a === 'number') return a ** n;
  let result: Dim = 1;
  let square: Dim = a;
  for (let rest = n; rest > 0; rest = Math.floor(rest / 2)) {
    if (rest % 2 === 1) result = mul(result, square);
    if (rest > 1) square = mul(square, square);
  }
  return result;
};

/** The sum of sizes; 0 of none. */
export const sum = (dims: readonly Dim[]): Dim => dims.reduce(add, 0);

/** The product of sizes; 1 of none. */
export const product = (dims: readonly Dim[]): Dim => dims.reduce(mul, 1);
