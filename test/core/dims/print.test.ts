import { describe, expect, it } from 'vitest';
import { type Dim, noFacts, parse, print, printCondition, symbol } from '../../../src/core/dims';
import { condition, given, size } from './names';

describe('print', () => {
  it.each([
    ['', '64', '64', '64'],
    ['', '-3', '-3', '-3'],
    ['', 'C·4', '4·C', '4 * C'],
    ['', 'B·T', 'B·T', 'B * T'],
    ['', 'heads·head_dim', 'heads·head_dim', 'heads * head_dim'],
    ['', 'H²·W', 'H²·W', 'H**2 * W'],
    ['', 'H**12', 'H¹²', 'H**12'],
    ['', '1 + H + H·W', 'H·W + H + 1', 'H * W + H + 1'],
    ['', '224 - H', '224 - H', '224 - H'],
    ['', '-H - 3', '-H - 3', '-H - 3'],
    ['', 'H + 2·p - k', 'H + 2·p - k', 'H + 2 * p - k'],
    ['', 'H//2', '⌊H/2⌋', 'H // 2'],
    ['', '(H + 31)//32', '⌈H/32⌉', '(H + 31) // 32'],
    ['', '(H - 3)//4', '⌊(H - 3)/4⌋', '(H - 3) // 4'],
    ['', 'H//2 + 1', '⌊H/2⌋ + 1', 'H // 2 + 1'],
    ['', 'C + C//16', 'C + ⌊C/16⌋', 'C + C // 16'],
    ['', '8·dim//3', '⌊8·dim/3⌋', '8 * dim // 3'],
    ['', '3·(H//2)', '3·⌊H/2⌋', '3 * (H // 2)'],
    ['', '3 - H//2', '3 - ⌊H/2⌋', '3 - H // 2'],
    ['', '-(H//2)', '-⌊H/2⌋', '-(H // 2)'],
    ['', '-((H + W)//2) - 6', '-⌊(H + W)/2⌋ - 6', '-((H + W) // 2) - 6'],
    ['', 'C//(2·heads)', '⌊C/(2·heads)⌋', 'C // (2 * heads)'],
    ['', 'B·H//2', '⌊B·H/2⌋', 'B * H // 2'],
    ['', '(B·H//2)·W', '⌊B·H/2⌋·W', '(B * H // 2) * W'],
    ['', '-(-H//P)', '⌈H/P⌉', '-((-H) // P)'],
    ['', '(H + P - 1)//P', '⌈H/P⌉', '(H - 1) // P + 1'],
    ['C % P == 0', '(C - P)//C', '1 - ⌈1/(C/P)⌉', '(-1) // (C // P) + 1'],
    ['', 'H % 32', 'H % 32', 'H % 32'],
    ['', '(H % 32)·B', '(H % 32)·B', '(H % 32) * B'],
    ['', '(-H) % 32', '(-H) % 32', '(-H) % 32'],
    ['', 'max(8, C//32)', 'max(8, ⌊C/32⌋)', 'max(8, C // 32)'],
    ['', 'int(dim·heads)', '⌊dim·heads⌋', 'int(dim * heads)'],
    ['', 'ceil(dim·heads + 1)', '⌈dim·heads + 1⌉', 'ceil(dim * heads + 1)'],
    ['', '2·round(dim·heads)', '2·round(dim·heads)', '2 * round(dim * heads)'],
    ['', 'int(2·H)', '2·H', '2 * H'],
    ['1 <= dim', 'int(4·dim)', '4·dim', '4 * dim'],
    ['1 <= dim', 'int(dim·heads)//dim', '⌊⌊dim·heads⌋/dim⌋', 'int(dim * heads) // dim'],
    ['2 | int(dim·heads)', 'int(dim·heads)//2', '⌊dim·heads⌋/2', 'int(dim * heads) // 2'],
    ['', '(H - 7)·(W//2 - 7)', '(H - 7)·(⌊W/2⌋ - 7)', '(H - 7) * (W // 2 - 7)'],
    ['', '6·(H + 1)·(W - 2)', '6·(H + 1)·(W - 2)', '6 * (H + 1) * (W - 2)'],
    ['', 'H·W + H + W', 'H·W + H + W', 'H * W + H + W'],
    ['', '(H//2)²', '⌊H/2⌋²', '(H // 2)**2'],
    ['2 | H', 'H//2', 'H/2', 'H // 2'],
    ['2 | H', '(H + 2)//4', '⌊(H + 2)/4⌋', '(H + 2) // 4'],
    ['32 | H', '3·(H//32)', '3·H/32', '3 * (H // 32)'],
    ['32 | H', '(H - 1)//32', 'H/32 - 1', 'H // 32 - 1'],
    ['16 | H, 16 | W', 'C·(H//16)·(W//16)·B', 'C·H·W·B/256', 'C * (H // 16) * (W // 16) * B'],
    ['1 <= P, P | H, P | W', 'B·(H//P)·(W//P)', 'B·H·W/P²', 'B * (H // P) * (W // P)'],
    ['heads | dim', 'dim//heads', 'dim/heads', 'dim // heads'],
  ])('given %s, %s is %s in math and %s in code', (facts, text, math, code) => {
    const known = facts === '' ? noFacts : given(facts);
    expect(print(size(text), { facts: known })).toBe(math);
    expect(print(size(text), { facts: known, style: 'code' })).toBe(code);
  });

  it('calls symbols what it is told to', () => {
    expect(print(size('2·H + W'), { name: (s) => s.id.toLowerCase() })).toBe('2·h + w');
  });

  it.each([
    ['2 | H', 'H % 2 == 0'],
    ['2 | H - 1', 'H % 2 == 1'],
    ['4 !| H + 1', 'H % 4 != 3'],
    ['heads | C', 'C % heads == 0'],
    ['2·heads | C', 'C % (2 * heads) == 0'],
    ['7 <= H', '7 <= H'],
    ['H < W//2', 'H < W // 2'],
    ['C != 8', 'C != 8'],
  ])('writes the condition %s as %s', (text, expected) => {
    expect(printCondition(condition(text))).toBe(expected);
  });
});

describe('parse', () => {
  const names: ReadonlyMap<string, Dim> = new Map([
    ['config.n_embd', symbol('config.n_embd', 'config.n_embd', 'rigid')],
    ['dims[0]', symbol('dims[0]', 'dims[0]', 'rigid')],
    ['长度', symbol('长度', '长度', 'free')],
  ]);
  const read = (text: string) => parse(text, (name) => names.get(name));

  it.each(['config.n_embd', '4·dims[0] + 1', '⌊长度/2⌋', 'max(config.n_embd, 8)'])('reads %s', (text) => {
    const d = read(text);
    expect(d === undefined ? undefined : print(d)).toBe(text);
  });

  it.each(['', '4 +', 'x', '(4', '4)', '4 / 0', '4 // 0', '⌈4/0⌉', '2 ** -1', 'max()', '4 4', '⌊4/2', '1.5', 'a.b'])(
    'has no size for %j',
    (text) => {
      expect(read(text)).toBeUndefined();
    },
  );

  it('divides exactly, rounds up and rounds down', () => {
    expect([read('8/2'), read('⌈7/2⌉'), read('⌊7/2⌋'), read('-7 // 2'), read('-7 % 4'), read('2**3**1')]).toEqual([
      4,
      4,
      3,
      -4,
      1,
      undefined,
    ]);
  });
});
