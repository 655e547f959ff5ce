import { describe, expect, it } from 'vitest';
import { mul, print, productForm, same, sub } from '../../../src/core/dims';
import { condition } from './names';

const equality = (source: string) => {
  const c = condition(source);
  if (c.kind !== 'eq') throw new Error(`${source} is no equality`);
  return c;
};

describe('productForm', () => {
  it.each([
    ['H*W - 3*H - 3*W == 16', '(H - 3) * (W - 3) == 25'],
    ['(H//4)*(W//4) == 3*(H//4) + 3*(W//4) + 16', '(H // 4 - 3) * (W // 4 - 3) == 25'],
    ['2*H*W + 2*H - 4*W == 8', '(H - 2) * (W + 1) == 2'],
  ])('%s is %s', (source, text) => {
    const c = equality(source);
    const form = productForm(c);
    expect(form && `(${print(form.left, CODE)}) * (${print(form.right, CODE)}) == ${form.value}`).toBe(text);
    // Both sides differ by the same size, but for a factor that both sides had.
    const difference = form ? sub(mul(form.left, form.right), form.value) : 0;
    const given = sub(c.left, c.right);
    expect([1, 2].some((k) => same(mul(k, difference), given))).toBe(true);
  });

  it.each(['H*W == 49', 'H*W + H == 12', '2*H*W + 3*H + 4*W == 8', 'H == 2*W + 1', 'H*H*W + H + W == 3'])(
    '%s stays as it is',
    (source) => {
      expect(productForm(equality(source))).toBeUndefined();
    },
  );
});

const CODE = { style: 'code' } as const;
