import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { type Fact, judge, type Verdict } from './facts';

// FACTS=FILE holds the rows against another recording, made with a fresh seed.
const path = process.env.FACTS ?? 'test/golden/torch-ops.json';
const facts: readonly Fact[] = JSON.parse(readFileSync(path, 'utf8')).cases;

const judged = facts.map((fact) => ({ fact, ...judge(fact) }));
const count = (...verdicts: readonly Verdict[]): number => judged.filter((j) => verdicts.includes(j.verdict)).length;
const listed = (verdict: Verdict): readonly string[] =>
  judged.filter((j) => j.verdict === verdict).map(({ fact, why }) => `${JSON.stringify(fact)} ${why}`);

test('says nothing that PyTorch does not do', () => {
  expect(listed('wrong')).toEqual([]);
});

test('finds no fault in a call that runs', () => {
  expect(listed('alarm')).toEqual([]);
});

test('has a row for every op of the recording', () => {
  expect(listed('absent')).toEqual([]);
});

test('knows the result of nearly every call that runs', () => {
  expect(count('exact') / count('exact', 'unknown', 'wrong', 'alarm')).toBeGreaterThanOrEqual(0.98);
});

test('proves most faults and misses few', () => {
  const failing = count('proved', 'silent', 'missed');
  expect(count('proved') / failing).toBeGreaterThanOrEqual(0.88);
  expect(count('missed') / failing).toBeLessThanOrEqual(0.02);
});
