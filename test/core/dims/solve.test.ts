import { describe, expect, it } from 'vitest';
import {
  assume,
  floorDiv,
  mul,
  noFacts,
  print,
  printCondition,
  solve,
  solveAll,
  strongest,
} from '../../../src/core/dims';
import { condition, given, size } from './names';

describe('solve', () => {
  it.each([
    ['', '2·(H//2) == H', 'H % 2 == 0'],
    ['', 'H == H//32·32', 'H % 32 == 0'],
    ['', '(H + 1)//2 == H//2', 'H % 2 == 0'],
    ['', 'C//2 + C//2 == C', 'C % 2 == 0'],
    ['', 'C - C//2 == C//2', 'C % 2 == 0'],
    ['', 'dim//2 + dim//4 + dim//4 == dim', 'dim % 4 == 0'],
    ['', 'C//heads·heads == C', 'C % heads == 0'],
    ['', 'kv·(n//kv) == n', 'n % kv == 0'],
    ['', 'B·P·(H//P) == B·H', 'H % P == 0'],
    ['', 'H % 32 != 0', 'H % 32 != 0'],
    ['', 'k//2·2 + 1 == k', 'k % 2 == 1'],
    ['', 'H + 2·(k//2) - k + 1 == H', 'k % 2 == 1'],
    ['', 'H + 2·p - k + 1 == H', 'k == 2 * p + 1'],
    ['', '32 | 2·H', 'H % 16 == 0'],
    ['', '32 | H + 5', 'H % 32 == 27'],
    ['', '3 | 2·H', 'H % 3 == 0'],
    ['', '1 <= (H - 7)//2 + 1', '7 <= H'],
    ['', '1 <= (H + 31)//32 - 6', '193 <= H'],
    ['', '(H - 7)//2 < 0', 'H <= 6'],
    ['', 'H//2 <= 6', 'H <= 13'],
    ['', '4·H <= 2·W + 7', '2 * H <= W + 3'],
    ['', '9 <= max(8, C)', '9 <= C'],
    ['', '3·B·H == 3·B·W', 'H == W'],
    ['', '512·H·W == 25088', 'H * W == 49'],
    ['', 'H == W', 'H == W'],
    ['', '64 == C', 'C == 64'],
    ['2 | H', '2 | H//2', 'H % 4 == 0'],
    ['2 | H', '3 <= H//2', '6 <= H'],
    ['32 | H', 'H//32 == W', 'H == 32 * W'],
    ['heads | dim, 1 <= heads', '2·heads·(dim//heads//2) == dim', 'dim % (2 * heads) == 0'],
    ['', 'C < C + 1', 'C < C + 1'],
    ['inp == oup', 'inp == 64', 'inp == 64'],
  ])('given %s, %s is %s', (facts, text, expected) => {
    expect(printCondition(solve(condition(text), facts === '' ? noFacts : given(facts)))).toBe(expected);
  });

  it('takes two conditions where tiles must fill a plane', () => {
    const tiled = condition('B·(H//w)·w·(W//w)·w·C == B·H·W·C');
    const solved = solveAll(tiled, given('1 <= w, 1 <= C'));
    expect(solved.map((c) => printCondition(c))).toEqual(['H % w == 0', 'W % w == 0']);
    expect(solve(tiled, given('1 <= w, 1 <= C')).kind).toBe('eq');
  });
});

describe('strongest', () => {
  const texts = (conditions: readonly string[], facts = '') =>
    strongest(conditions.map(condition), facts === '' ? noFacts : given(facts)).map((c) => printCondition(c));

  it.each([
    [['2 | H', '16 | H', '4 | H'], ['H % 16 == 0']],
    [
      ['2 | H', '3 | H'],
      ['H % 2 == 0', 'H % 3 == 0'],
    ],
    [
      ['7 <= H', '3 <= H', '2 | W'],
      ['7 <= H', 'W % 2 == 0'],
    ],
    [['H == W', 'W == H', 'H == W'], ['H == W']],
    [
      ['H == W', 'W == T', 'H == T'],
      ['H == W', 'W == T'],
    ],
    [['32 | H', '16 <= H'], ['H % 32 == 0']],
    [['1 <= H'], []],
    [
      ['2 | H', '2 | H + 1'],
      ['H % 2 == 0', 'H % 2 == 1'],
    ],
  ])('of %j is %j', (conditions, expected) => {
    expect(texts(conditions)).toEqual(expected);
  });

  it('leaves out what the facts imply', () => {
    expect(texts(['2 | H', '2 | W'], '4 | H')).toEqual(['W % 2 == 0']);
  });

  it('finds the one condition of four upsampling stages, joined from the deepest on', () => {
    const sizes = [1, 2, 4, 8, 16].map((k) => floorDiv(size('H'), k));
    const joins = [3, 2, 1, 0].map(
      (i) => ({ kind: 'eq', left: mul(2, sizes[i + 1] ?? 0), right: sizes[i] ?? 0 }) as const,
    );
    expect(strongest(joins, noFacts).map((c) => printCondition(c))).toEqual(['H % 16 == 0']);
    const facts = joins.reduce((known, c) => assume(known, c) ?? known, noFacts);
    expect(sizes.map((d) => print(d, { facts }))).toEqual(['H', 'H/2', 'H/4', 'H/8', 'H/16']);
  });
});
