import {
  checkWords,
  fuseWords,
  type Language,
  type Reader,
  remedyWords,
  say,
  settingWords,
  stepWords,
  text,
} from '../explain';
import {
  type Candidate,
  type Candidates,
  type Check,
  exampleOf,
  type Obstacle,
  type Refusal,
  type RegionLayer,
  savingOf,
  type Tree,
} from '../fuse';
import type { Case, GraphNode } from '../graph';
import { caseText } from './diagram-facts';
import { costRows } from './kernel-cost';
import type { FusionCheck, FusionLayer, FusionRegion, FusionStep, KeptPair } from './kernel-model';
import { layerName, type Naming, pathOf, refName, stepFormulas } from './kernel-names';
import { settingOf } from './kernel-setting';

/** What a report is told with. */
export interface Telling {
  readonly r: Reader;
  readonly language: Language;
  readonly lib: 'torch' | 'paddle';
  readonly found: Candidates;
}

/** How the layers of a region become fewer. */
export const regionOf = (telling: Telling, candidate: Candidate, id: number): FusionRegion => {
  const { r, language, lib, found } = telling;
  const { graph } = found.wires;
  const { region, plan, cases } = candidate;
  const naming: Naming = { candidate, graph, lib, r };
  const { before, after } = savingOf(found.wires, candidate);
  const example = exampleOf(candidate);
  const condition = namedCases(cases, language);
  return {
    id,
    title: titleOf(telling, candidate),
    expression: expressionOf(naming, region.tree),
    result: restOf(naming, plan.rest, language),
    layers: region.layers.map((layer) => layerOf(telling, layer)),
    ...(condition !== '' && { condition }),
    steps: plan.steps.map((step, at) => ({
      ...stepOf(telling, naming, step, at + 1),
      output: `K${at + 1}`,
    })),
    refusals: plan.refusals.map((refusal) => stepOf(telling, naming, refusal, 0)),
    costs: costRows(r, language, before, after),
    ...(example && plan.steps.length > 0 && { difference: example.difference.toExponential(0) }),
  };
};

/** Conditions that the code says; others have no text. */
const namedCases = (cases: readonly Case[], language: Language): string =>
  caseText(
    cases.filter(({ text }) => text !== ''),
    language,
  );

/** The names of what has weights: `dense.conv + pointwise.conv`. */
const titleOf = ({ found }: Telling, { region }: Candidate): string =>
  region.layers
    .filter(({ role }) => role === 'call')
    .map((layer) => layerName(found.wires.graph, layer))
    .join(', ');

const layerOf = ({ r, language, found }: Telling, layer: RegionLayer): FusionLayer => {
  const { node, operator, cases, role } = layer;
  const condition = namedCases(cases, language);
  return {
    name: layerName(found.wires.graph, layer),
    setting: say(role === 'sign' ? settingWords.negative : settingOf(r, operator), language),
    ...(condition !== '' && { condition }),
    ...(node.call && { call: node.call }),
    ...(node.definition && { definition: node.definition }),
  };
};

/** A tree as text: layers in a row with a dot, branches with a plus. */
const expressionOf = (naming: Naming, tree: Tree): string => {
  switch (tree.kind) {
    case 'one':
      return refName(naming, tree.ref);
    case 'chain':
      return tree.parts.length === 0
        ? 'x'
        : tree.parts
            .map((part) => (part.kind === 'sum' ? `(${expressionOf(naming, part)})` : expressionOf(naming, part)))
            .join(' → ');
    case 'sum':
      return tree.parts.map((part) => expressionOf(naming, part)).join(' + ');
  }
};

/** What is left, one line an operator: `K4: 3×3 convolution, …`; what no rule has touched by its own name. */
const restOf = (naming: Naming, tree: Tree, language: Language): readonly string[] =>
  tree.kind === 'one'
    ? [
        `${refName(naming, tree.ref)}${language === 'en' ? ': ' : '：'}${say(settingOf(naming.r, tree.operator), language)}`,
      ]
    : tree.parts.flatMap((part) => restOf(naming, part, language));

const stepOf = (telling: Telling, naming: Naming, step: Refusal, number: number): FusionStep => ({
  rule: step.rule,
  title: say(stepWords(step.rule, step.result), telling.language),
  inputs: step.inputs.map((ref) => refName(naming, ref)),
  output: '',
  setting: say(settingOf(telling.r, step.result), telling.language),
  formulas: number === 0 ? [] : stepFormulas(naming, step, number),
  checks: step.checks.map((check) => checkOf(telling, naming, step, check)),
});

const checkOf = ({ r, language }: Telling, naming: Naming, step: Refusal, check: Check): FusionCheck => {
  const remedy = remedyWords(check);
  const place = check.verdict === 'holds' || check.code === 'eval' ? undefined : placeOf(naming, step);
  return {
    code: check.code,
    verdict: check.verdict,
    text: say(checkWords(r, check), language),
    ...(remedy && { remedy: say(remedy, language) }),
    ...(place && { place }),
  };
};

/** Where the last of the layers is made that a step is about. */
const placeOf = ({ candidate }: Naming, step: Refusal): FusionCheck['place'] => {
  for (const ref of step.inputs.toReversed()) {
    const layer = ref.kind === 'layer' ? candidate.region.layers[ref.id] : undefined;
    const place = layer?.node.definition ?? layer?.node.call;
    if (place) return place;
  }
  return undefined;
};

/** Reasons that are told with the names of the others. */
const NAMED: ReadonlySet<Check['code']> = new Set(['one-consumer', 'linear-between']);

/** A pair that does not fold, with why. */
export const keptOf = ({ r, language, found }: Telling, { layer, norm, check, others }: Obstacle): KeptPair => {
  const name = (node: GraphNode): string => pathOf(found.wires.graph, node);
  const remedy = remedyWords(check);
  const readers = [...new Set(others.map(name))].join(', ');
  const reason = checkWords(r, check);
  return {
    layer: name(layer),
    norm: name(norm),
    reason: say(
      readers === '' || !NAMED.has(check.code) ? reason : text`${reason}${fuseWords.others(readers)}`,
      language,
    ),
    ...(remedy && { remedy: say(remedy, language) }),
    ...(others[0]?.call && { place: others[0].call }),
  };
};
