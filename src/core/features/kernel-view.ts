import { kernelLabelsIn, type Language, say } from '../explain';
import {
  type Candidate,
  candidatesOf,
  type Edit,
  type Example,
  exampleOf,
  knownKernels,
  num,
  type Operator,
  type Ref,
  type RegionLayer,
  saidWeight,
  type Tensor,
  type Tree,
  wrongOutput,
} from '../fuse';
import type { Analysis } from './analysis';
import { contextAt } from './context';
import { deployCode } from './deploy';
import { fusionReport } from './kernel';
import type { FusionRegion, KernelExample, KernelModel, KernelPicture } from './kernel-model';
import { layerPicture, type Pair, resultPicture } from './kernel-picture';
import { foldingRun } from './kernel-run';
import { settingOf } from './kernel-setting';

/** What a reader looks at: which region, which pair of channels, with which numbers changed. */
export interface KernelRequest {
  readonly region?: number;
  readonly output?: number;
  readonly input?: number;
  readonly edits?: readonly Edit[];
}

/** The preview of what folds in a class; undefined where the file has no such class. */
export const kernelView = (
  analysis: Analysis,
  className: string,
  language: Language,
  request: KernelRequest = {},
): KernelModel | undefined => {
  const report = fusionReport(analysis, className, language);
  const unit = analysis.classes.find(({ name }) => name === className);
  if (!report || !unit) return undefined;
  const { candidates } = candidatesOf(foldingRun(unit));
  const id = Math.min(Math.max(0, request.region ?? mostTelling(report.regions)), report.regions.length - 1);
  const [region, candidate] = [report.regions[id], candidates[id]];
  const { r } = contextAt({ run: foldingRun(unit), text: analysis.text, start: unit.start, node: unit.node });
  const setting = (operator: Operator): string => say(settingOf(r, operator), language);
  const said: Said = ({ node }, shape) => {
    const all = knownKernels(unit.run, unit.again);
    const own = all.find(({ layer }) => layer !== undefined && layer.site?.node === node.module?.site?.node);
    return own && saidWeight(own, shape);
  };
  const example = candidate && region && shownExample(candidate, region, request, setting, said);
  const { version, framework, headline, kept, written, known } = report;
  return {
    version,
    className,
    framework,
    language,
    labels: kernelLabelsIn(language),
    headline,
    choices: report.regions.map((one) => ({
      id: one.id,
      title: one.expression,
      result: one.result.join(language === 'en' ? '; ' : '；'),
    })),
    kept,
    written,
    known,
    hasCode: deployCode(analysis, className) !== undefined,
    ...(region && { region }),
    ...(example && { example }),
  };
};

/** The region with the most steps: a block of branches before a plain pair. */
const mostTelling = (regions: readonly FusionRegion[]): number =>
  regions.reduce((best, one) => (one.steps.length > (regions[best]?.steps.length ?? 0) ? one.id : best), 0);

type Said = (layer: RegionLayer, shape: readonly number[]) => Tensor | undefined;

const shownExample = (
  candidate: Candidate,
  region: FusionRegion,
  { output = 0, input = 0, edits = [] }: KernelRequest,
  setting: (operator: Operator) => string,
  said: Said,
): KernelExample | undefined => {
  const example = exampleOf(candidate, { edits, said });
  if (!example) return undefined;
  const { plan, operators, numbersOf } = example;
  const [outputs, inputs] = [widest(operators, 'out'), widest(operators, 'in')];
  const pair: Pair = { output: clamped(output, outputs), input: clamped(input, inputs) };
  const layers = operators.map(
    (operator, i): KernelPicture => ({
      name: region.layers[i]?.name ?? '',
      setting: setting(operator),
      ...layerPicture(example, i, pair),
    }),
  );
  const steps = plan.steps.map(
    (step, i): KernelPicture => ({
      name: `K${i + 1}`,
      setting: setting(step.result),
      ...resultPicture(step.result, numbersOf({ kind: 'step', id: i }), pair),
    }),
  );
  const pictures = [...layers, ...steps];
  const wrong = wrongMap(example, pair);
  return {
    outputs,
    inputs,
    ...pair,
    layers,
    steps,
    results: onesOf(plan.rest).flatMap(({ ref }) => pictureOf(ref, layers, steps)),
    difference: example.difference.toExponential(0),
    scale: Math.max(...pictures.flatMap((p) => p.rows.flat().map((c) => Math.abs(c.value))), 1e-9),
    edited: edits.length > 0,
    ...(wrong && { wrong }),
  };
};

const clamped = (index: number, size: number): number => Math.min(Math.max(0, Math.trunc(index)), size - 1);

const widest = (operators: readonly Operator[], end: 'in' | 'out'): number =>
  Math.max(1, ...operators.map((o) => ('channels' in o ? (o.channels ?? 1) : o[end])).map(num));

const onesOf = (tree: Tree): readonly Extract<Tree, { kind: 'one' }>[] =>
  tree.kind === 'one' ? [tree] : tree.parts.flatMap(onesOf);

const pictureOf = (
  ref: Ref,
  layers: readonly KernelPicture[],
  steps: readonly KernelPicture[],
): readonly KernelPicture[] => {
  const picture = ref.kind === 'layer' ? layers[ref.id] : ref.kind === 'step' ? steps[ref.id] : undefined;
  return picture ? [picture] : [];
};

/** Where the first refused rule that can be tried would be wrong, on the output channel shown. */
const wrongMap = (example: Example, { output }: Pair): KernelExample['wrong'] => {
  for (const refusal of example.plan.refusals) {
    const off = wrongOutput(example, refusal);
    if (!off || off.data.every((gap) => gap < 1e-9)) continue;
    const [, ...sizes] = off.shape;
    const area = sizes.reduce((n, size) => n * size, 1);
    const width = sizes.at(-1) ?? 1;
    const data = [...off.data.slice(output * area, (output + 1) * area)];
    const rows = Array.from({ length: area / width }, (_, i) => data.slice(i * width, (i + 1) * width));
    return { rule: refusal.rule, rows };
  }
  return undefined;
};
