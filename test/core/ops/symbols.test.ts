import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Fact } from './facts';
import { contradiction, type Disguise } from './symbolic';

const facts: readonly Fact[] = JSON.parse(
  readFileSync(process.env.FACTS ?? 'test/golden/torch-ops.json', 'utf8'),
).cases;
const running = facts.filter((fact) => fact.error === undefined);

const disguises: readonly Disguise[] = ['symbols', 'shared', 'unknown rank', 'open front', 'symbols and numbers'];

describe.each(disguises)('with %s for sizes', (disguise) => {
  test('nothing contradicts what PyTorch did', () => {
    const found = running.map((fact) => [JSON.stringify(fact), contradiction(fact, disguise)]);
    expect(found.filter(([, clash]) => clash !== undefined)).toEqual([]);
  }, 60_000);
});
