import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addRatio,
  ceilRatio,
  divRatio,
  floorRatio,
  fromNumber,
  mulRatio,
  noFacts,
  print,
  type Ratio,
  ratio,
  roundRatio,
  truncRatio,
} from '../../../src/core/dims';
import { given, size } from './names';

const text = (d: ReturnType<typeof roundRatio>) => (d === undefined ? undefined : print(d));

const half = (): Ratio => {
  const found = fromNumber(0.5);
  if (!found) throw new Error('a half is dyadic');
  return found;
};

describe('ratio of numbers', () => {
  const numbers = fc.tuple(fc.integer({ min: -400, max: 400 }), fc.integer({ min: 1, max: 60 }));

  it('rounds as exact arithmetic does', () => {
    fc.assert(
      fc.property(numbers, ([num, den]) => {
        const r = ratio(num, den);
        expect(floorRatio(r)).toBe(Math.floor(num / den));
        expect(ceilRatio(r)).toBe(Math.ceil(num / den) + 0);
        expect(truncRatio(r)).toBe(Math.trunc(num / den) + 0);
        const [down, twice] = [Math.floor(num / den), 2 * (((num % den) + den) % den)];
        const even = twice === den ? (down % 2 === 0 ? down : down + 1) : twice < den ? down : down + 1;
        expect(roundRatio(r)).toBe(even);
      }),
    );
  });

  it('adds, multiplies and divides exactly', () => {
    fc.assert(
      fc.property(numbers, numbers, ([a, b], [c, d]) => {
        const is = (r: Ratio, num: number, den: number) =>
          expect(Number(r.num) * den + 0).toBe(num * Number(r.den) + 0);
        is(addRatio(ratio(a, b), ratio(c, d)), a * d + c * b, b * d);
        is(mulRatio(ratio(a, b), ratio(c, d)), a * c, b * d);
        fc.pre(c !== 0);
        is(divRatio(ratio(a, b), ratio(c, d)), a * d, b * c);
      }),
    );
  });

  it('is in lowest terms with a positive denominator', () => {
    expect(ratio(6, -4)).toEqual({ num: -3, den: 2 });
    expect(ratio(0, 5)).toEqual({ num: 0, den: 1 });
    expect(() => ratio(1, 0)).toThrow(RangeError);
  });

  it.each([
    [0.25, { num: 1, den: 4 }],
    [-1.5, { num: -3, den: 2 }],
    [2, { num: 2, den: 1 }],
    [0.1, undefined],
    [1 / 3, undefined],
    [2 ** -21, undefined],
    [Infinity, undefined],
    [Number.NaN, undefined],
  ])('of the float %d is %j', (x, expected) => {
    expect(fromNumber(x)).toEqual(expected);
  });
});

describe('ratio of sizes', () => {
  it.each([
    ['floor', floorRatio(mulRatio(ratio(size('H')), half())), '⌊H/2⌋'],
    ['ceil', ceilRatio(ratio(size('H'), 2)), '⌈H/2⌉'],
    ['trunc of a size', truncRatio(mulRatio(ratio(size('dim')), ratio(8, 3))), '⌊8·dim/3⌋'],
    ['trunc of what may be negative', truncRatio(ratio(size('inp - oup'), 2)), undefined],
    ['trunc of what is negative', truncRatio(ratio(size('-H'), 2)), '-⌊H/2⌋'],
    ['round of an integer', roundRatio(mulRatio(ratio(size('2·C')), half())), 'C'],
    ['round of another', roundRatio(ratio(size('C'), 2)), undefined],
    ['a common factor', floorRatio(ratio(size('B·C'), size('B·g'))), '⌊C/g⌋'],
    ['a divisor', floorRatio(divRatio(ratio(size('C')), ratio(size('g')))), '⌊C/g⌋'],
  ])('%s is %s', (_, d, expected) => {
    expect(text(d)).toBe(expected);
  });

  it('truncates by the sign that facts give', () => {
    const difference = ratio(size('inp - oup'), 2);
    expect(text(truncRatio(difference, given('oup <= inp')))).toBe('⌊(inp - oup)/2⌋');
    expect(text(truncRatio(difference, given('inp <= oup')))).toBe('⌈(inp - oup)/2⌉');
    expect(truncRatio(difference, noFacts)).toBeUndefined();
    expect(text(truncRatio(ratio(size('C'), 2), given('C < 0')))).toBe('⌈C/2⌉');
  });
});
