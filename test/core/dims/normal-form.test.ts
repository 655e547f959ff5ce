import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  add,
  evaluate,
  floorDiv,
  keyOf,
  max,
  mod,
  mul,
  pow,
  print,
  same,
  sub,
  substitute,
  sum,
} from '../../../src/core/dims';
import { build, compute, isSafe, samples, trees, valueAt } from './expressions';
import { size } from './names';

describe('normal form', () => {
  it('has the value of the expression', () => {
    fc.assert(
      fc.property(trees, samples, (tree, sample) => {
        const [expected, dim] = [compute(tree, sample), build(tree)];
        fc.pre(dim !== undefined && isSafe(expected) && !keyOf(dim).includes('…'));
        expect(valueAt(dim, sample)).toBe(Number(expected));
      }),
      { numRuns: 1500 },
    );
  });

  it('commutes with substitution', () => {
    fc.assert(
      fc.property(trees, samples, (tree, sample) => {
        const [expected, dim] = [compute(tree, sample), build(tree)];
        fc.pre(dim !== undefined && isSafe(expected) && !keyOf(dim).includes('…'));
        const half = substitute(dim, (s) => (s.name === 'H' || s.name === 'C' ? sample[s.name] : undefined));
        expect(valueAt(half, sample)).toBe(Number(expected));
      }),
      { numRuns: 1000 },
    );
  });

  it.each([
    ['terms are collected', 'H + W + H - W', '2·H'],
    ['products do not depend on their order', 'H·W + W·H', '2·H·W'],
    ['powers are multiplied out', '(2·H + 1)**2', '4·H² + 4·H + 1'],
    ['a divisor of every term divides', '(4·B + 6)//2', '2·B + 3'],
    ['a factor divides', '(B·C)//B', 'C'],
    ['a polynomial divides', '(H·W + H)//(W + 1)', 'H'],
    ['whole multiples leave the floor', '(5·H + 3)//2 - 2·H', '⌊(H + 3)/2⌋'],
    ['the constant leaves the floor', '(H - 1)//2 + 1', '⌈H/2⌉'],
    ['floors of floors are one', 'H//4//4//2', '⌊H/32⌋'],
    ['floors of floors are one by symbols too', '(dim//n)//2', '⌊dim/(n·2)⌋'],
    ['pool and convolution', '((H//2) + 2 - 3)//2 + 1', '⌊(H + 2)/4⌋'],
    ['ceilings are floors', '-(-H//32)', '⌈H/32⌉'],
    ['chains of ceilings stay one', '-(-(-(-H//2))//2)', '⌈H/4⌉'],
    ['common divisors leave the floor', '(2·H + 5)//4', 'H//2 + 1'],
    ['a common factor is cancelled', '(H·P)//(W·P)', '⌊H/W⌋'],
    ['small dividends are 0', '(H % 4)//4', '0'],
    ['a remainder is below its divisor', '(H % 4) % 8', 'H % 4'],
    ['remainders of multiples', '(H % 8) % 4', 'H % 4'],
    ['remainders drop multiples', '(5·H + 9) % 4', '(H + 1) % 4'],
    ['remainders of common multiples', '(6·H) % 4', '2·(H % 2)'],
    ['a quotient and its remainder', '32·(H//32) + H % 32', 'H'],
    ['a remainder by its quotient', 'H - 32·(H//32)', 'H % 32'],
    ['a multiple by its remainder', 'H - H % 32', '32·⌊H/32⌋'],
    ['padding to a multiple', 'H + (32 - H % 32) % 32', '32·⌈H/32⌉'],
    ['padding to a symbolic multiple', 'H + (w - H % w) % w', 'w·⌈H/w⌉'],
    ['the halves make the whole', 'H//2 + (H + 1)//2', 'H'],
    ['the thirds make the whole', 'H//3 + (H + 1)//3 + (H + 2)//3', 'H'],
    ['the other half', 'C - C//2', '⌈C/2⌉'],
    ['extrema of numbers', 'max(8, 3)', '8'],
    ['nested extrema', 'max(max(C, 8), C, 4)', 'max(C, 8)'],
    ['dominated arguments', 'min(H, H + 1)', 'H'],
    ['sizes of inputs are at least 1', 'max(H, 1)', 'H'],
    ['LLaMA rounds its hidden size up', '256·((2·4·dim//3 + 255)//256)', '256·⌈dim/96⌉'],
  ])('%s: %s = %s', (_, text, expected) => {
    expect(print(size(text))).toBe(print(size(expected)));
    expect(same(size(text), size(expected))).toBe(true);
  });

  it('keeps five strided convolutions in one floor', () => {
    const stages = [1, 2, 3, 4, 5].reduce<readonly ReturnType<typeof size>[]>(
      (sizes) => [...sizes, add(floorDiv(sub(add(sizes.at(-1) ?? 0, 2), 3), 2), 1)],
      [size('H')],
    );
    expect(stages.map((d) => print(d))).toEqual(['H', '⌈H/2⌉', '⌈H/4⌉', '⌈H/8⌉', '⌈H/16⌉', '⌈H/32⌉']);
    expect(stages.map((d) => evaluate(d, () => 225))).toEqual([225, 113, 57, 29, 15, 8]);
  });

  it('computes with numbers as Python does', () => {
    expect([floorDiv(-7, 2), mod(-7, 2), floorDiv(7, -2), mod(7, -2), mod(-4, 2)]).toEqual([-4, 1, -4, -1, 0]);
    expect([mul(-3, 0), sub(2, 2), pow(2, 10), max(3, -4), sum([])]).toEqual([0, 0, 1024, 3, 0]);
  });

  it.each([
    ['floorDiv', () => floorDiv(size('H'), 0)],
    ['mod', () => mod(4, 0)],
    ['pow', () => pow(size('H'), -1)],
    ['max', () => max()],
  ])('refuses what no number is the result of: %s', (_, f) => {
    expect(f).toThrow(RangeError);
  });

  it('keeps a long product in brackets', () => {
    const names = ['B', 'T', 'H', 'W', 'N', 'M', 'C', 'dim', 'heads', 'P'];
    const product = names.map((name) => add(size(name), 1)).reduce(mul, 1);
    expect(print(product)).toContain('(');
    expect(evaluate(product, () => 2)).toBe(3 ** 10);
  });

  it('gives up on a size that no reader can follow, as a symbol of its own', () => {
    const grow = () => {
      let d = size('C');
      for (let i = 0; i < 40; i++) d = sub(mul(d, size('H')), floorDiv(d, 7));
      return d;
    };
    expect(keyOf(grow()).length).toBeLessThan(4000);
    expect(print(grow())).toContain('…');
    expect(same(grow(), grow())).toBe(true);
    expect(evaluate(grow(), (s) => (s.name === '…' ? undefined : 3))).toBeUndefined();
  });
});
