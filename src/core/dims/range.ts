import { constantOf, type Dim, type Factor, type Power, termsOf } from './dim';
import { modulo, quotient } from './integers';

/** The least and the greatest value, both included; infinite where nothing is known. */
export type Interval = readonly [low: number, high: number];

/** What is known about a factor beyond its kind. */
export type Known = (factor: Factor) => Interval | undefined;

/** No knowledge beyond the kind of a factor. */
export const nothingKnown: Known = () => undefined;

/** The interval of a size, by interval arithmetic over its terms. */
export const rangeOf = (d: Dim, known: Known = nothingKnown): Interval => {
  if (typeof d === 'number') return [d, d];
  let [low, high] = [constantOf(d), constantOf(d)];
  for (const { coefficient, monomial } of termsOf(d)) {
    const [l, h] = productRange([coefficient, coefficient], monomial.powers, known);
    low += l;
    high += h;
  }
  return [low, high];
};

/** The interval of a factor: what its kind says, cut by what is known. */
export const factorRange = (factor: Factor, known: Known): Interval => {
  const own = kindRange(factor, known);
  const more = known(factor);
  return more ? [Math.max(own[0], more[0]), Math.min(own[1], more[1])] : own;
};

/** The interval of a product of powers. */
export const productRange = (start: Interval, powers: readonly Power[], known: Known): Interval => {
  let range = start;
  for (const { factor, exponent } of powers)
    range = timesRange(range, powerRange(factorRange(factor, known), exponent));
  return range;
};

const kindRange = (factor: Factor, known: Known): Interval => {
  switch (factor.kind) {
    case 'symbol':
      return factor.sym.role === 'rigid' ? [-Infinity, Infinity] : [factor.sym.role === 'free' ? 1 : 0, Infinity];
    case 'floor':
      return floorRange(rangeOf(factor.dividend, known), rangeOf(factor.divisor, known));
    case 'mod':
      return modRange(rangeOf(factor.dividend, known), rangeOf(factor.divisor, known));
    case 'max':
    case 'min': {
      const ranges = factor.args.map((arg) => rangeOf(arg, known));
      const pick = factor.kind === 'max' ? Math.max : Math.min;
      return [pick(...ranges.map(([low]) => low)), pick(...ranges.map(([, high]) => high))];
    }
    case 'down':
    case 'up':
    case 'near':
      return [rangeOf(factor.args[0], known)[0] >= 0 ? 0 : -Infinity, Infinity];
  }
};

const floorRange = (x: Interval, d: Interval): Interval => {
  if (d[1] <= -1) return floorRange([-x[1], -x[0]], [-d[1], -d[0]]);
  if (d[0] < 1) return [-Infinity, Infinity];
  const corners = [bounded(x[0], d[0]), bounded(x[0], d[1]), bounded(x[1], d[0]), bounded(x[1], d[1])];
  return [Math.min(...corners), Math.max(...corners)];
};

/** `x // d` for positive `d` where both may be infinite; the corner of two infinities is the end nearer to 0. */
const bounded = (x: number, d: number): number => {
  if (d === Infinity) return x < 0 ? -1 : 0;
  return Number.isFinite(x) ? quotient(x, d) : x;
};

const modRange = (x: Interval, d: Interval): Interval => {
  if (d[0] >= 1) {
    const tight = d[0] === d[1] && x[0] === x[1] && Number.isFinite(x[0]);
    if (tight) return [modulo(x[0], d[0]), modulo(x[0], d[0])];
    return [0, x[0] >= 0 ? Math.min(d[1] - 1, x[1]) : d[1] - 1];
  }
  return d[1] <= -1 ? [d[0] + 1, 0] : [-Infinity, Infinity];
};

const timesRange = (a: Interval, b: Interval): Interval => {
  const corners = [product(a[0], b[0]), product(a[0], b[1]), product(a[1], b[0]), product(a[1], b[1])];
  return [Math.min(...corners), Math.max(...corners)];
};

const powerRange = (a: Interval, exponent: number): Interval => {
  if (exponent === 1) return a;
  const ends = [a[0] ** exponent, a[1] ** exponent] as const;
  if (exponent % 2 === 1) return ends;
  const crosses = a[0] < 0 && a[1] > 0;
  return [crosses ? 0 : Math.min(...ends), Math.max(...ends)];
};

/** 0 times infinity is 0: the interval ends are limits of integers. */
const product = (a: number, b: number): number => (a === 0 || b === 0 ? 0 : a * b);
