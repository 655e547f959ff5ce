import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate, substitute } from '../../../src/core/dims';
import { build, compute, samples, trees } from './expressions';

describe('normal form', () => {
  it('has the value of the expression', () => {
    fc.assert(
      fc.property(trees, samples, (tree, sample) => {
        const expected = compute(tree, sample);
        const dim = build(tree);
        fc.pre(expected !== undefined && dim !== undefined && expected < 2n ** 50n && expected > -(2n ** 50n));
        expect(evaluate(dim, (s) => sample[s.name as keyof typeof sample])).toBe(Number(expected));
      }),
      { numRuns: 3000 },
    );
  });

  it('commutes with substitution', () => {
    fc.assert(
      fc.property(trees, samples, (tree, sample) => {
        const expected = compute(tree, sample);
        const dim = build(tree);
        fc.pre(expected !== undefined && dim !== undefined && expected < 2n ** 50n && expected > -(2n ** 50n));
        const half = substitute(dim, (s) => (s.name === 'H' || s.name === 'C' ? sample[s.name] : undefined));
        expect(evaluate(half, (s) => sample[s.name as keyof typeof sample])).toBe(Number(expected));
      }),
      { numRuns: 2000 },
    );
  });
});
