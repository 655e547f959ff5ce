import type { Condition } from './condition';
import { constantOf, type Dim, type Sym } from './dim';
import { type Facts, noFacts } from './facts';
import { modulo } from './integers';
import { asProduct } from './product-form';
import { simplify } from './simplify';
import { rawAdd } from './sum';
import { remainderText, sizeText, type Writer } from './text';

/** How a size is written: for a reader (`⌊H/2⌋`) or as Python (`H // 2`), and what its symbols are called. */
export interface PrintOptions {
  readonly style?: 'math' | 'code';
  /** The name of a symbol, when not its own. */
  readonly name?: (s: Sym) => string;
  /** What is known: the size is simplified by it, and `H/2` is written where the division is known to be exact. */
  readonly facts?: Facts;
}

/** A size as text: largest term first, constant last. */
export const print = (d: Dim, options: PrintOptions = {}): string => {
  if (typeof d === 'number') return `${d}`;
  const w = writer(options);
  const size = simplify(w.facts, d);
  const product = asProduct(size);
  if (!product) return sizeText(w, size);
  const sides = [product.left, product.right].map((side) => `(${sizeText(w, side)})`);
  return [...(product.times === 1 ? [] : [`${product.times}`]), ...sides].join(w.code ? ' * ' : '·');
};

/** A condition as Python text: `H % 32 == 0`, `7 <= H`. */
export const printCondition = (c: Condition, options: PrintOptions = {}): string => {
  const code: PrintOptions = { ...options, style: 'code' };
  if ('left' in c) {
    const operator = { eq: '==', ne: '!=', le: '<=', lt: '<' }[c.kind];
    return `${print(c.left, code)} ${operator} ${print(c.right, code)}`;
  }
  const operator = c.kind === 'divides' ? '==' : '!=';
  // `(H - 1) % 2 == 0` reads as `H % 2 == 1`.
  const rest = typeof c.divisor === 'number' && c.divisor > 0 ? modulo(-constantOf(c.dividend), c.divisor) : 0;
  const dividend = rest === 0 ? c.dividend : rawAdd(c.dividend, -constantOf(c.dividend));
  return `${remainderText(writer(code), dividend, c.divisor)} ${operator} ${rest}`;
};

const writer = ({ style, name, facts }: PrintOptions): Writer => ({
  code: style === 'code',
  name: name ?? ((s) => s.name),
  facts: facts ?? noFacts,
});
