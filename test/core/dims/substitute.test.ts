import { describe, expect, it } from 'vitest';
import { evaluate, print, same, substitute, symbol, symbolsOf } from '../../../src/core/dims';
import { size } from './names';

describe('symbols', () => {
  it('are the same when their ids are', () => {
    expect(same(symbol('x.0', 'B', 'free'), symbol('x.0', 'N', 'free'))).toBe(true);
    expect(same(symbol('x.0', 'B', 'free'), symbol('y.0', 'B', 'free'))).toBe(false);
  });

  it('may have any id', () => {
    const odd = ['a*b', 'a+b', '2*H+0', 'floor(H,2)', '"', 'a^2', ''].map((id) => symbol(id, 'odd', 'rigid'));
    for (const [i, a] of odd.entries()) for (const [j, b] of odd.entries()) expect(same(a, b)).toBe(i === j);
    expect(same(symbol('2*H+0', 'odd', 'rigid'), size('2·H'))).toBe(false);
  });

  it.each([
    ['64', []],
    ['W·H + C', ['W', 'H', 'C']],
    ['⌊H/max(P, 8)⌋ % g', ['H', 'P', 'g']],
    ['H + H//2', ['H']],
  ])('of %s are %j', (text, expected) => {
    expect(
      symbolsOf(size(text))
        .map(({ id }) => id)
        .sort(),
    ).toEqual(expected.toSorted());
  });
});

describe('substitute', () => {
  const put = (text: string, values: Readonly<Record<string, string>>) =>
    print(
      substitute(size(text), (s) => {
        const value = values[s.id];
        return value === undefined ? undefined : size(value);
      }),
    );

  it.each([
    ['H//32', { H: '224' }, '7'],
    ['H·W', { H: 'W', W: 'H' }, 'W·H'],
    ['(H + 1)//2', { H: '2·W' }, 'W'],
    ['max(C, 8)', { C: '64' }, '64'],
    ['H % 4 + H²', { H: '4·W + 1' }, '16·W² + 8·W + 2'],
    ['C//heads', { C: 'heads·head_dim' }, 'head_dim'],
  ])('in %s of %j gives %s', (text, values, expected) => {
    expect(put(text, values)).toBe(expected);
  });

  it('gives back the size when nothing is replaced', () => {
    const d = size('H//2 + W');
    expect(substitute(d, () => undefined)).toBe(d);
  });

  it('refuses a divisor that becomes 0', () => {
    expect(() => put('C//g', { g: '0' })).toThrow(RangeError);
  });
});

describe('evaluate', () => {
  it.each([
    ['H//g', 3, 1],
    ['H % g', -4, 0],
    ['min(H, g, 2)', 7, 2],
    ['H²·g - 1', 2, 7],
    ['7', 5, 7],
  ])('%s at %d is %d', (text, value, expected) => {
    expect(evaluate(size(text), () => value)).toBe(expected);
  });

  it('knows no value without those of the symbols, nor for a divisor of 0', () => {
    expect(evaluate(size('H + W'), (s) => (s.id === 'H' ? 1 : undefined))).toBeUndefined();
    expect(evaluate(size('H//g'), () => 0)).toBeUndefined();
    expect(evaluate(size('H % g'), () => 0)).toBeUndefined();
  });
});
