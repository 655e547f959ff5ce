import { fuseWords, type Language, lineWords, say } from '../explain';
import { type LineIndex, lineAt } from '../text';
import type { FusionCheck, FusionRegion, FusionReport, FusionStep, FusionWritten, KeptPair } from './kernel-model';

const SIGNS = { holds: '✔', violated: '✘', depends: '?' } as const;

const colon = (language: Language): string => (language === 'en' ? ': ' : '：');

/** Behind a text, with the space that the language wants. */
const bracketed = (inside: string, language: Language): string =>
  language === 'en' ? ` (${inside})` : `（${inside}）`;

const placed = (place: { readonly start: number } | undefined, lines: LineIndex, language: Language): string =>
  place ? bracketed(say(lineWords(lineAt(lines, place.start) + 1), language), language) : '';

/** A report as text for a terminal. */
export const fusionText = (report: FusionReport, lines: LineIndex): string => {
  const { language } = report;
  const head = `${report.className}${colon(language)}${report.headline}`;
  const kept = report.kept.map((pair) => keptText(pair, lines, language));
  const label = say(fuseWords.kept, language);
  const regions = groupsOf(report.regions).map(([first, ...others]) =>
    [regionText(first, lines, language), ...likewise(others, language)].join('\n'),
  );
  const written = report.written.map((one) => writtenText(one, lines, language));
  const known = report.known.map(({ name, text }) => `  ${name}${colon(language)}${text}`);
  return `${[head, ...(known.length > 0 ? [known.join('\n')] : []), ...(written.length > 0 ? [written.join('\n')] : []), ...regions, ...(kept.length > 0 ? [`${label}\n${kept.join('\n')}`] : [])].join('\n\n')}\n`;
};

/** Regions that fold by the same rules without a word to add; only the first is told in full. */
const groupsOf = (regions: readonly FusionRegion[]): readonly (readonly [FusionRegion, ...FusionRegion[]])[] => {
  const groups = new Map<string, [FusionRegion, ...FusionRegion[]]>();
  for (const region of regions) {
    const plain =
      region.refusals.length === 0 &&
      region.steps.every((s) => s.checks.every((c) => c.verdict === 'holds' || c.code === 'eval'));
    const key = plain ? region.steps.map((s) => s.rule).join() : `${region.id}`;
    const known = groups.get(key);
    if (known) known.push(region);
    else groups.set(key, [region]);
  }
  return [...groups.values()];
};

const likewise = (regions: readonly FusionRegion[], language: Language): readonly string[] =>
  regions.length === 0
    ? []
    : [
        `  ${say(fuseWords.likewise, language)}`,
        ...regions.map((r) => `    ${r.expression}${colon(language)}${r.result.join(language === 'en' ? '; ' : '；')}`),
      ];

const regionText = (region: FusionRegion, lines: LineIndex, language: Language): string => {
  const said = (words: { readonly en: string; readonly zh: string }): string => say(words, language);
  const condition = region.condition === undefined ? [] : [`  ${said(fuseWords.when(region.condition))}`];
  const width = Math.max(...region.layers.map((l) => l.name.length));
  const costs = region.costs
    .filter((c) => c.before !== c.after)
    .map(
      (c) =>
        `    ${c.label}${colon(language)}${c.before} → ${c.after}${c.change === '' ? '' : bracketed(c.change, language)}`,
    );
  return [
    region.expression,
    ...condition,
    ...region.layers.map(
      (l) =>
        `    ${l.name.padEnd(width)}  ${l.setting}${l.condition === undefined ? '' : bracketed(said(fuseWords.when(l.condition)), language)}`,
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
  `  ${SIGNS.violated} ${say(fuseWords.refused(step.rule, step.inputs), language)}`,
  ...step.checks.filter((c) => c.verdict !== 'holds').map((c) => `       ${checkText(c, lines, language)}`),
];

const checkText = (check: FusionCheck, lines: LineIndex, language: Language): string => {
  const remedy = check.remedy === undefined ? '' : ` → ${check.remedy}`;
  return `${SIGNS[check.verdict]} ${check.text}${placed(check.place, lines, language)}${remedy}`;
};

const keptText = ({ layer, norm, reason, remedy, place }: KeptPair, lines: LineIndex, language: Language): string =>
  `  ${SIGNS.violated} ${layer} → ${norm}${colon(language)}${reason}${placed(place, lines, language)}${remedy === undefined ? '' : ` → ${remedy}`}`;

const OUTCOMES = { agrees: '✔', differs: '✘', unknown: '?' } as const;

const writtenText = ({ outcome, text, place }: FusionWritten, lines: LineIndex, language: Language): string =>
  `  ${OUTCOMES[outcome]} ${text}${placed(place, lines, language)}`;
