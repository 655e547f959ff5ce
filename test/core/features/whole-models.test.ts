import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { foldingPairs, fusionReport } from '../../../src/core';
import { changeText } from '../../../src/core/features/kernel-cost';
import { analyse, goldenPath, pythonFiles } from './support';

interface Recorded {
  readonly class: string;
  /** The pairs that `torch.fx` folds, and those that it sees and refuses. */
  readonly folded: readonly (readonly [string, string])[];
  readonly refused: readonly (readonly [string, string])[];
  /** Numbers of parameters, before and after its folding. */
  readonly before: number;
  readonly after: number;
}

const { models }: { readonly models: readonly Recorded[] } = JSON.parse(
  readFileSync(goldenPath('fusion-fx.json'), 'utf8'),
);
const source = pythonFiles('test/models').find(([name]) => name === 'whole_models.py')?.[1] ?? '';

/** `stages.0.1.conv1` of `self.stages[0][1].conv1`. */
const dotted = (name: string): string => name.replace(/^self\./, '').replace(/\[(\d+)\]/g, '.$1');

describe.each(models.map((one) => [one.class, one] as const))('%s, held against torch.fx', (name, one) => {
  test('the same pairs fold', async () => {
    const unit = (await analyse(source)).classes.find((u) => u.name === name);
    const ours = unit ? foldingPairs(unit).map(({ layer, norm }) => [dotted(layer), dotted(norm)]) : [];
    expect(ours.toSorted()).toEqual(one.folded.toSorted());
  });

  test('the same pairs are refused, and the report counts what it counts', async () => {
    const report = fusionReport(await analyse(source), name, 'en');
    const violated = report?.regions.flatMap(({ refusals }) =>
      refusals.filter((r) => /^F[125]$/.test(r.rule)).map(({ inputs }) => [...inputs]),
    );
    const kept = report?.kept.map(({ layer, norm }) => [layer, norm]);
    expect([...(violated ?? []), ...(kept ?? [])].toSorted()).toEqual(one.refused.toSorted());
    expect(report?.folded).toBe(one.folded.length);
    expect(report?.headline).toContain(`${changeText(one.before, one.after)} parameters`);
  });
});
