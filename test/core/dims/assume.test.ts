import { describe, expect, it } from 'vitest';
import { assume, noFacts, print, simplify } from '../../../src/core/dims';
import { condition, given, size } from './names';

describe('assume', () => {
  it.each([
    ['a free symbol is bound to a number', 'H == 224', 'H//32', '7'],
    ['the later of two free symbols is bound', 'H == W', 'H + W', '2·H'],
    ['also when the earlier one is on the right', 'W == H', 'H + W', '2·W'],
    ['a free symbol is bound to a rigid one', 'C == H', 'H', 'C'],
    ['it is solved for inside a linear expression', 'H - 3 == 2·W', 'H', '2·W + 3'],
    ['a rigid symbol is not replaced by a free one', 'C == 64·H', 'C', 'C'],
    ['the free one is, also by a quotient', 'C == 64·H', 'H', 'C/64'],
    ['rigid symbols have one direction', 'oup == inp', 'oup + inp', '2·inp'],
    ['whichever is given first', 'inp == oup', 'oup + inp', '2·inp'],
    ['rigid symbols are bound to numbers', 'C == 64', '4·C', '256'],
    ['a product has a name', 'embed_dim == heads·head_dim', 'B·heads·head_dim', 'B·embed_dim'],
    ['a part of it is exact', 'embed_dim == heads·head_dim', 'embed_dim//heads', 'head_dim'],
    ['a floor is replaced', 'C//heads == 64', 'B·(C//heads)', '64·B'],
    ['a product is replaced', 'H·W == 49', 'B·H·W', '49·B'],
    ['divisibility takes floors off', '32 | H', '(H + 31)//32', 'H/32'],
    ['and makes ceilings exact', '2 | H', '⌈H/2⌉', 'H/2'],
    ['with a rest', '2 | H + 1', 'H//2', '(H - 1)/2'],
    ['by a symbol', 'heads | C', 'B·heads·(C//heads)', 'B·C'],
    ['by a product', 'P² | C', 'C//P//P', 'C/P²'],
    ['by a symbol whose name contains it', 'head_dim | dim, dim//head_dim == 8', 'dim', '8·head_dim'],
    ['twice', '2 | H, 8 | H//2', 'H//16', 'H/16'],
    ['in both ways of writing it', '2 | H, 16 | H', 'H//2', 'H/2'],
    ['after the symbol was bound', 'H == W, 2 | W', 'W//2', 'H/2'],
    ['before the symbol is bound', '2 | W, H == W', 'H//2', 'W/2'],
    ['a bound settles a maximum', '64 <= C', 'max(C, 8)', 'C'],
    ['bounds that meet are a value', '8 <= C, C <= 8', 'C', '8'],
    ['an excluded end moves a bound', 'H != 1', 'max(H, 2)', 'H'],
    ['the parts of a known maximum are bounded', 'max(H, W) <= 8', 'min(H, 9)', 'H'],
    ['a later value reaches earlier quotients', 'heads | C, heads == 8', 'C//heads', 'C/8'],
    ['tiles of a window', '1 <= w, w·w·(H//w)·(W//w) == H·W', '(H//w)·w', 'H'],
    ['a multiple settles a floor', '7 | H, H < 14', 'H', '7'],
    ['unknown sizes are bound before free ones', 'U == H', 'U', 'H'],
  ])('%s: %s makes %s read %s', (_, facts, text, expected) => {
    const known = given(facts);
    expect(print(simplify(known, size(text)), { facts: known })).toBe(expected);
  });

  it.each([
    'H <= 0',
    'H == W, H != W',
    '2 | H, 2 | H + 1',
    'H == 7, 4 | H',
    'C < 8, 8 <= C',
    'H < W, W < T, T < H',
    'inp == 64, oup == 32, inp == oup',
    '4 | H, H % 2 == 1',
    'embed_dim == heads·head_dim, heads !| embed_dim',
  ])('%s is a contradiction at the end', (text) => {
    const parts = text.split(', ');
    const last = parts.pop() ?? '';
    expect(assume(given(parts.join(', ')), condition(last))).toBeNull();
  });

  it('gives back the same facts for what is known', () => {
    const known = given('32 | H');
    expect(assume(known, condition('4 | H'))).toBe(known);
    expect(assume(noFacts, condition('1 <= H'))).toBe(noFacts);
  });

  it('leaves the facts that it started from as they were', () => {
    const before = given('2 | H');
    assume(before, condition('H == 8'));
    expect(print(size('H//2'), { facts: before })).toBe('H/2');
  });

  it('makes a size of a parameter that is the size of an axis', () => {
    const known = given('C == H');
    expect(print(size('max(C, 1)'), { facts: known })).toBe('C');
  });
});
