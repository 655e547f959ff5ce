import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Fact, judge, type Verdict } from './facts';

// FACTS=FILE holds the rows against another recording, made with a fresh seed.
const recordings = process.env.FACTS?.split(',') ?? [
  'test/golden/torch-ops.json',
  'test/golden/paddle-ops.json',
  'test/golden/paddle-odd.json',
];

/** The share of faults that may be missed: Paddle looks at arguments that decide no shape. */
const missable: Readonly<Record<string, number>> = { torch: 0.02, paddle: 0.05 };

describe.each(recordings)('%s', (path) => {
  const { library, cases }: { library: string; cases: readonly Fact[] } = JSON.parse(readFileSync(path, 'utf8'));
  const judged = cases.map((fact) => ({ fact, ...judge(fact) }));
  const count = (...verdicts: readonly Verdict[]): number => judged.filter((j) => verdicts.includes(j.verdict)).length;
  const listed = (verdict: Verdict): readonly string[] =>
    judged.filter((j) => j.verdict === verdict).map(({ fact, why }) => `${JSON.stringify(fact)} ${why}`);

  test('says nothing that the library does not do', () => {
    expect(listed('wrong')).toEqual([]);
  });

  test('finds no fault in a call that runs', () => {
    expect(listed('alarm')).toEqual([]);
  });

  test('has a row for every op of the recording', () => {
    expect(listed('absent')).toEqual([]);
  });

  // Of arguments that nobody would write, much may be left unsaid.
  if (path.includes('odd')) return;

  test('knows the result of nearly every call that runs', () => {
    expect(count('exact') / count('exact', 'unknown', 'wrong', 'alarm')).toBeGreaterThanOrEqual(0.98);
  });

  test('proves most faults and misses few', () => {
    const failing = count('proved', 'silent', 'missed');
    expect(count('proved') / failing).toBeGreaterThanOrEqual(0.88);
    expect(count('missed') / failing).toBeLessThanOrEqual(missable[library] ?? 0);
  });
});
