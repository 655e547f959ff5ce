import { expect, test } from 'vitest';
import { assume, atMost, divides, equal, floorDiv, mul, noFacts, sub, symbol } from '../../../src/core/dims';
import { reduce } from '../../../src/core/dims/reduce';
import { isMet } from '../../../src/core/dims/witness';

const H = symbol('H', 'H', 'free');
const c = symbol('c', 'c', 'rigid');
const q = symbol('q', 'q', 'rigid');

const facts = [
  atMost(7, H),
  atMost(1, floorDiv(sub(H, 3), 2)),
  divides(8, c),
  atMost(1, c),
  equal(mul(q, q), c),
].reduce((known, condition) => assume(known, condition) ?? known, noFacts);

test.each([
  ['a size below a number', sub(H, 40), 'negative'],
  ['a size from a number on', sub(H, 4000), 'natural'],
  ['a size that is a number', sub(H, 41), 'zero'],
  ['a product', sub(mul(c, H), 1000), 'negative'],
] as const)('numbers are found for %s', (_, d, goal) => {
  expect(isMet(facts, reduce(facts, d), goal)).toBe(true);
});

test.each([
  ['a bound', sub(H, 7), 'negative'],
  ['the role of a symbol', H, 'negative'],
  ['two that are equal', sub(mul(q, q), c), 'nonzero'],
] as const)('no numbers break %s', (_, d, goal) => {
  expect(isMet(facts, reduce(facts, d), goal)).toBe(false);
});
