import { type Dim, same } from '../dims';
import { fuseWords, type Language, labelsIn, type Reader, say } from '../explain';
import type { Cost } from '../fuse';
import { amount, megabytes } from './amounts';
import type { FusionCost } from './kernel-model';

/** What folding changes: `−4.1 %`; empty where the amounts are not numbers. */
export const changeText = (before: Dim | undefined, after: Dim | undefined): string => {
  if (typeof before !== 'number' || typeof after !== 'number' || before === 0) return '';
  const percent = (100 * (after - before)) / before;
  const digits = Math.abs(percent) < 0.1 ? 2 : Math.abs(percent) < 10 ? 1 : 0;
  const text = Math.abs(percent).toFixed(digits);
  return Number(text) === 0 ? '±0 %' : `${percent < 0 ? '−' : '+'}${text} %`;
};

const isSame = (a: Dim | undefined, b: Dim | undefined): boolean => a !== undefined && b !== undefined && same(a, b);

/** The rows of the table of costs, before and after. */
export const costRows = (r: Reader, language: Language, before: Cost, after: Cost): readonly FusionCost[] => {
  const labels = labelsIn(language);
  const row = (what: FusionCost['what'], label: string, show: (d: Dim | undefined) => string): FusionCost => ({
    what,
    label,
    before: show(before[what]),
    after: show(isSame(before[what], after[what]) ? before[what] : after[what]),
    change: changeText(before[what], after[what]),
  });
  return [
    row('layers', say(fuseWords.layersLabel, language), (d) => `${typeof d === 'number' ? d : ''}`),
    row('parameters', labels.parameters, (d) => amount(r, d)),
    row('flops', labels.flops, (d) => amount(r, d)),
    row('traffic', say(fuseWords.trafficLabel, language), (d) => megabytes(r, d, labels.bytes)),
  ];
};
