import { describe, expect, it } from 'vitest';
import { bounds, decide, equal, mul, negate, noFacts, simplify } from '../../../src/core/dims';
import { condition, given, size } from './names';

const facts = (text: string) => (text === '' ? noFacts : given(text));

it('says nothing by a divisor that turned out to be 0', () => {
  const known = facts('C | dim·w, C == 0, dim == 0');
  expect(decide(known, condition('P | T'))).toBeUndefined();
  expect(decide(known, condition('P !| T'))).toBeUndefined();
});

describe('decide', () => {
  it.each([
    ['', 'C < C + 1'],
    ['', '0 <= U'],
    ['', '1 <= H·W'],
    ['', '1 <= (H + 31)//32'],
    ['', '(H + 31)//32 <= H'],
    ['', 'B·H·W <= B·H·W·T'],
    ['', 'B·H < B·H + B'],
    ['', '(H//2)·(H//2) <= H²'],
    ['', 'H//3 + H//3 <= H'],
    ['', 'H % 32 <= 31'],
    ['', '(-H) % 32 < 32'],
    ['', 'H <= 32·⌈H/32⌉'],
    ['', '32·⌈H/32⌉ < H + 32'],
    ['', 'min(T, M) <= T'],
    ['', '0 < max(8, C//32)'],
    ['', '2 | H·(H + 1)'],
    ['', '(H//4)·4 + H % 4 == H'],
    ['', 'H - H//2 == (H + 1)//2'],
    ['1 <= P', 'H//P <= H'],
    ['1 <= P', '(H//P)·P <= H'],
    ['1 <= w', 'H % w < w'],
    ['7 <= H', '1 <= H - 6'],
    ['7 <= H', '0 <= (H - 7)//2'],
    ['W <= H', 'H·W <= H²'],
    ['W <= H', 'max(H, W) == H'],
    ['W < H', 'min(H, W) == W'],
    ['H <= 8, W <= 8', 'max(H, W) <= 8'],
    ['T <= M, M <= 1024', 'T <= 1024'],
    ['H <= W, W <= H', 'H == W'],
    ['64 <= C, C <= 64', 'C == 64'],
    ['H < W', 'H != W'],
    ['H == W', '(H + 1)//2 == (W + 1)//2'],
    ['2 | H', '(H + 1)//2 == H//2'],
    ['2 | H + 1', '(H + 1)//2 == H//2 + 1'],
    ['2 | H, 4 !| H', 'H % 4 == 2'],
    ['2 | H, 3 | H', '6 | H'],
    ['16 | C', 'C//4·4 == C'],
    ['2 | k + 1', 'H + 2·(k//2) - k + 1 == H'],
    ['g | C', 'C//g·g == C'],
    ['g | C, 1 <= C, 1 <= g', '1 <= C//g'],
    ['heads | C', 'heads·(C//heads) == C'],
    ['heads | C, C//heads == 64', '64 | C'],
    ['embed_dim == heads·head_dim', 'heads | embed_dim'],
    ['embed_dim == heads·head_dim', 'embed_dim//heads == head_dim'],
    ['1 <= w, w | H, w | W', 'w·w·(H//w)·(W//w) == H·W'],
    ['inp == 64, oup == 32', 'inp == 2·oup'],
    ['H·W == 49', '512·H·W == 25088'],
  ])('given %s proves %s', (given, text) => {
    expect(decide(facts(given), condition(text))).toBe(true);
    expect(decide(facts(given), negate(condition(text)))).toBe(false);
  });

  it.each([
    ['', 'H + W == 0'],
    ['', '2·H == 2·W + 1'],
    ['', '4·H == 6·W + 3'],
    ['', 'H² % 4 == 2'],
    ['', 'H <= 0'],
    ['', '32 | 64·H + 1'],
    ['2 | H', 'H % 2 == 1'],
    ['inp != oup', 'inp == oup'],
    ['inp != oup', 'inp·B == oup·B'],
    ['H == 7', '2 | H'],
    ['C < 8', '8 <= C'],
    ['32 | H', 'H == 48'],
  ])('given %s refutes %s', (given, text) => {
    expect(decide(facts(given), condition(text))).toBe(false);
  });

  it.each([
    ['', 'H == W'],
    ['', 'C == 64'],
    ['', '1 <= C'],
    ['', '2 | H'],
    ['', 'H == 1'],
    ['', 'H//P <= H'],
    ['', 'heads·(C//heads) == C'],
    ['2 | H', '4 | H'],
    ['1 <= C', '2 <= C'],
    ['', 'T <= 512'],
    ['', 'inp·C == oup·C'],
  ])('given %s leaves %s open', (given, text) => {
    expect(decide(facts(given), condition(text))).toBeUndefined();
  });

  it('concludes nothing from numbers that are too large to be exact', () => {
    expect(decide(noFacts, equal(2 ** 60, 2 ** 60 + 1))).toBeUndefined();
    expect(decide(noFacts, equal(mul(size('H'), 2 ** 60), mul(size('W'), 2 ** 60)))).toBeUndefined();
    expect(decide(noFacts, { kind: 'lt', left: 512, right: 2 ** 63 })).toBe(true);
  });
});

describe('bounds', () => {
  it.each([
    ['', 'H', [1, Infinity]],
    ['', 'C', [-Infinity, Infinity]],
    ['', 'U', [0, Infinity]],
    ['', 'H % 32', [0, 31]],
    ['', 'max(8, C)', [8, Infinity]],
    ['', '64', [64, 64]],
    ['32 | H', 'H', [32, Infinity]],
    ['32 | H, 32 | W', '(H//32)·(W//32)', [1, Infinity]],
    ['7 <= H, H <= 9', '2·H + 1', [15, 19]],
    ['H <= W', 'H - W', [-Infinity, 0]],
    ['H <= W', 'W - H + 2', [2, Infinity]],
  ] as const)('given %s are those of %s', (given, text, expected) => {
    expect(bounds(facts(given), size(text))).toEqual(expected);
  });
});

describe('simplify', () => {
  it('gives back what it cannot shorten', () => {
    const d = size('H + 1');
    expect(simplify(noFacts, d)).toBe(d);
    expect(simplify(given('2 | W'), 7)).toBe(7);
  });
});
