import { fuseWords, type Language, lineWords, say } from '../explain';
import { type LineIndex, lineAt } from '../text';
import type { FusionCheck, FusionRegion, FusionReport, FusionStep, KeptPair } from './kernel-model';

const SIGNS = { holds: '✔', violated: '✘', depends: '?' } as const;

/** A report as text for a terminal. */
export const fusionText = (report: FusionReport, lines: LineIndex): string => {
  const { language } = report;
  const head = `${report.className}: ${report.headline}`;
  const kept = report.kept.map((pair) => keptText(pair, lines, language));
  const label = say(fuseWords.kept, language);
  return `${[head, ...report.regions.map((region) => regionText(region, lines, language)), ...(kept.length > 0 ? [`${label}\n${kept.join('\n')}`] : [])].join('\n\n')}\n`;
};

const regionText = (region: FusionRegion, lines: LineIndex, language: Language): string => {
  const said = (words: { readonly en: string; readonly zh: string }): string => say(words, language);
  const condition = region.condition === undefined ? [] : [`  ${said(fuseWords.when(region.condition))}`];
  const width = Math.max(...region.layers.map((l) => l.name.length));
  const costs = region.costs
    .filter((c) => c.before !== c.after)
    .map((c) => `    ${c.label}: ${c.before} → ${c.after}${c.change === '' ? '' : ` (${c.change})`}`);
  return [
    region.expression,
    ...condition,
    ...region.layers.map(
      (l) =>
        `    ${l.name.padEnd(width)}  ${l.setting}${l.condition === undefined ? '' : `  (${said(fuseWords.when(l.condition))})`}`,
    ),
    ...region.steps.flatMap((step, i) => stepText(step, `${i + 1}.`, lines, language)),
    ...region.refusals.flatMap((step) => refusalText(step, lines, language)),
    `  ${said(fuseWords.result)}`,
    ...region.result.map((line) => `    ${line}`),
    ...(region.difference === undefined ? [] : [`    ${said(fuseWords.example(region.difference))}`]),
    ...costs,
  ].join('\n');
};

const stepText = (step: FusionStep, number: string, lines: LineIndex, language: Language): readonly string[] => [
  `  ${number} ${step.output} = ${step.inputs.join(', ')}  [${step.rule}] ${step.title}`,
  ...step.formulas.map((f) => `       ${f.text}`),
  ...step.checks.map((c) => `       ${checkText(c, lines, language)}`),
];

const refusalText = (step: FusionStep, lines: LineIndex, language: Language): readonly string[] => [
  `  ${SIGNS.violated} ${say(fuseWords.refused(step.rule, step.inputs.join(', ')), language)}`,
  ...step.checks.filter((c) => c.verdict !== 'holds').map((c) => `       ${checkText(c, lines, language)}`),
];

const checkText = (check: FusionCheck, lines: LineIndex, language: Language): string => {
  const line = check.place ? ` [${say(lineWords(lineAt(lines, check.place.start) + 1), language)}]` : '';
  const remedy = check.remedy === undefined ? '' : ` → ${check.remedy}`;
  return `${SIGNS[check.verdict]} ${check.text}${line}${remedy}`;
};

const keptText = ({ layer, norm, reason, remedy, place }: KeptPair, lines: LineIndex, language: Language): string => {
  const line = place ? ` [${say(lineWords(lineAt(lines, place.start) + 1), language)}]` : '';
  return `  ${SIGNS.violated} ${layer} → ${norm}: ${reason}${line}${remedy === undefined ? '' : ` → ${remedy}`}`;
};
