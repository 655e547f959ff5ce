import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { costOf, type Fact } from './facts';

// What `scripts/record-flops.py` recorded; FLOPS=FILE takes another recording.
const path = process.env.FLOPS ?? 'test/golden/torch-flops.json';
const facts: readonly Fact[] = JSON.parse(readFileSync(path, 'utf8')).cases;

test('the cost of a call is what PyTorch counts', () => {
  const other = facts.map((fact) => ({ fact, told: costOf(fact) })).filter(({ fact, told }) => told !== fact.flops);
  expect(other.map(({ fact, told }) => `${told} ${JSON.stringify(fact)}`)).toEqual([]);
});
