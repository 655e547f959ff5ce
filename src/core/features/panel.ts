import { type Dim, mul } from '../dims';
import {
  assumedWords,
  classMeaning,
  flopsNote,
  knownWords,
  type Labels,
  type Language,
  labelsIn,
  type Reader,
  requirementsOf,
  say,
} from '../explain';
import { countParameters, elements, layerGraph } from '../graph';
import type { Span } from '../text';
import { amount, megabytes } from './amounts';
import type { Analysis, ClassUnit } from './analysis';
import { cachedReader } from './cached-reader';
import { contextAt } from './context';
import { countText } from './diagram-facts';
import { foldingHeadline } from './kernel-headline';
import { foldingRun } from './kernel-run';
import { type GivenTexts, libraryOf, parseGiven } from './panel-inputs';
import { PANEL_VERSION, type PanelFact, type PanelField, type PanelModel } from './panel-model';
import { presetsOf } from './panel-presets';
import { panelSteps } from './panel-steps';
import { classAround } from './places';
import { problems } from './problems';

/**
 * The shape panel of a class, by its name or by an offset inside of it; undefined where there is no model class.
 * `texts` is what the reader has typed, for the fields; the analysis must have been given what it means.
 */
export const panel = (
  analysis: Analysis,
  target: string | number,
  language: Language,
  texts: GivenTexts = {},
): PanelModel | undefined => {
  const unit = classAt(analysis, target);
  if (!unit) return undefined;
  const { run } = unit;
  const method = run.method?.node;
  const forward = method?.kind === 'FunctionDef' ? method : undefined;
  const cx = contextAt({ run, text: analysis.text, start: unit.start, node: unit.node }, forward);
  const r = cachedReader(cx.r);
  const labels = labelsIn(language);
  const meaning = classMeaning(cx, run, forward);
  const folding = foldingHeadline(foldingRun(unit));
  const { messages } = parseGiven(analysis, unit.name, texts, language);
  return {
    version: PANEL_VERSION,
    className: unit.name,
    framework: libraryOf(unit) === 'paddle' ? 'PaddlePaddle' : 'PyTorch',
    language,
    ...(meaning && { meaning: say(meaning, language) }),
    ...(folding.folded > 0 && { folding: say(folding.words, language) }),
    known: say(knownWords[howKnown(unit, texts, messages.inputs)], language),
    span: nameSpan(unit),
    inputs: inputFields(analysis, unit, r, language, texts, messages.inputs),
    parameters: parameterFields(analysis, unit, texts, messages.args, labels),
    steps: panelSteps(analysis, unit, r, language, labels),
    totals: totals(unit, r, labels),
    // A size that nobody knows makes no condition that a reader could meet.
    conditions: requirementsOf(run, r)
      .map((w) => say(w, language))
      .filter((text) => !text.includes('?')),
    assumptions: [assumedWords(run)].flatMap((w) => (w ? [say(w, language)] : [])),
    problems: problems(analysis, language)
      .filter(({ severity }) => severity !== 'hint')
      .filter(({ span }) => isIn(unit, span))
      .map(({ message, severity, span }) => ({ text: message, severity, span })),
    note: say(flopsNote, language),
    labels,
  };
};

/** The class of a name, or the one around an offset. */
export const classAt = (analysis: Analysis, target: string | number): ClassUnit | undefined => {
  if (typeof target === 'string') return analysis.classes.find(({ name }) => name === target);
  return classAround(analysis, target);
};

const isIn = ({ start, node }: ClassUnit, span: Span): boolean =>
  start + node.start <= span.start && span.end <= start + node.end;

const nameSpan = ({ start, node }: ClassUnit): Span => ({
  start: start + node.nameStart,
  end: start + node.nameStart + node.name.length,
});

const howKnown = (
  { run }: ClassUnit,
  { inputs = {} }: GivenTexts,
  messages: Readonly<Record<string, string>>,
): keyof typeof knownWords => {
  if (Object.entries(inputs).some(([name, text]) => text.trim() !== '' && messages[name] === undefined)) return 'given';
  const isUnknown = run.entries.some(({ value }) => value.kind === 'tensor' && value.shape.rest);
  return isUnknown ? 'unknown' : 'free';
};

const inputFields = (
  analysis: Analysis,
  unit: ClassUnit,
  r: Reader,
  language: Language,
  { inputs = {} }: GivenTexts,
  messages: Readonly<Record<string, string>>,
): readonly PanelField[] =>
  unit.run.entries.flatMap((entry, index): readonly PanelField[] => {
    if (entry.value.kind !== 'tensor') return [];
    const typed = inputs[entry.name] ?? '';
    const known = r.shape(entry.value.shape)?.slice(1, -1) ?? '∗';
    const message = messages[entry.name];
    return [
      {
        name: entry.name,
        text: typed,
        given: typed.trim() !== '' && message === undefined,
        ...(message !== undefined && { message }),
        placeholder: known,
        presets: presetsOf(analysis, unit, entry, index, language),
      },
    ];
  });

const parameterFields = (
  analysis: Analysis,
  unit: ClassUnit,
  { args = {} }: GivenTexts,
  messages: Readonly<Record<string, string>>,
  labels: Labels,
): readonly PanelField[] => {
  const init = unit.run.cls.mro.map((c) => c.attrs.get('__init__')).find((f) => f?.kind === 'function');
  if (init?.kind !== 'function') return [];
  const isHere = init.module.path === analysis.path;
  return init.node.params.slice(1).flatMap((param): readonly PanelField[] => {
    if (param.form === 'var-positional' || param.form === 'var-keyword') return [];
    const typed = args[param.name] ?? '';
    const message = messages[param.name];
    const source = init.module.syntax.text;
    const start = isHere ? unit.start : startOf(init.module.syntax.chunks, init.owner?.cls?.site?.node);
    const fallback =
      param.default && start !== undefined ? source.slice(start + param.default.start, start + param.default.end) : '';
    return [
      {
        name: param.name,
        text: typed,
        given: typed.trim() !== '' && message === undefined,
        ...(message !== undefined && { message }),
        placeholder: fallback === '' ? `${param.name}${param.default ? '' : ` (${labels.required})`}` : fallback,
        presets: [],
        ...(isHere && { span: { start: unit.start + param.start, end: unit.start + param.start + param.name.length } }),
      },
    ];
  });
};

const startOf = (
  chunks: readonly { readonly start: number; readonly chunk: { readonly stmt: object } }[],
  node: object | undefined,
): number | undefined => chunks.find(({ chunk }) => chunk.stmt === node)?.start;

/** The sums below the steps, in the order of torchinfo's. */
const totals = (unit: ClassUnit, r: Reader, labels: Labels): readonly PanelFact[] => {
  const { run } = unit;
  const count = countParameters(run.self);
  const graph = layerGraph(run);
  const inputs = elements(run.entries.flatMap(({ value }) => (value.kind === 'tensor' ? [value.shape] : [])));
  const leaves = graph.nodes.filter((n) => n.role === 'layer' || n.role === 'op' || n.role === 'merge');
  const activations = leaves.some((n) => n.repeat !== null) ? undefined : elements(leaves.flatMap((n) => n.outputs));
  const memory = (n: Dim | undefined) => megabytes(r, n === undefined ? undefined : mul(4, n), labels.bytes);
  const facts: (PanelFact | undefined)[] = [
    { label: labels.trainable, value: countText(r, count) },
    count.fixed === 0 ? undefined : { label: labels.fixed, value: amount(r, count.fixed) },
    { label: labels.flops, value: amount(r, graph.nodes[0]?.flops) },
    { label: labels.parameterMemory, value: megabytes(r, count.bytes, labels.bytes) },
    { label: labels.inputMemory, value: memory(inputs) },
    { label: labels.activationMemory, value: memory(activations) },
  ];
  return facts.filter((f) => f !== undefined);
};
