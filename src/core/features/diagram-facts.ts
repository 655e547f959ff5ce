import { type Dim, mul } from '../dims';
import { caseWords, faultWords, type Labels, type Language, type Reader, remedyOf, say } from '../explain';
import {
  type Case,
  countParameters,
  detailOf,
  elements,
  type GraphNode,
  type Item,
  type LayerGraph,
  ownParameters,
  type ParameterCount,
} from '../graph';
import type { ClassRun } from '../interp';
import type { Fault } from '../ops';
import type { Shape } from '../shapes';
import { amount, briefAmount, megabytes } from './amounts';
import type { DiagramFact } from './diagram-model';

/** `use_bn and not training`. */
export const caseText = (cases: readonly Case[], language: Language): string =>
  cases.map(({ text, holds }) => say(caseWords(text, holds), language)).join(language === 'en' ? ' and ' : ' 且 ');

/** What is wrong, and what to do about it. */
export const wordsOfFault = (r: Reader, fault: Fault, language: Language): string => {
  const remedy = remedyOf(fault);
  return [faultWords(r, fault), ...(remedy ? [remedy] : [])]
    .map((w) => say(w, language))
    .join(language === 'en' ? '; ' : '；');
};

/** `×6`, `×depth`; empty for what runs once. */
export const repeatText = (r: Reader, { node, run }: Item): string => {
  if (run) return `×${run.count}`;
  return node.repeat === null ? '' : `×${r.dim(node.repeat).replace(/^max\(0, (.*)\)$/, '$1')}`;
};

/** Shapes as text, each once; `?` where nothing is known. */
export const shapesText = (r: Reader, shapes: readonly Shape[]): string => {
  const texts = [...new Set(shapes.map((shape) => r.shape(shape) ?? '?'))];
  return texts.length === 0 ? '?' : texts.join(', ');
};

/** Parameters with a mark where there may be more. */
export const countText = (r: Reader, count: ParameterCount, all: Dim = count.trained): string =>
  `${count.open ? '≥ ' : ''}${amount(r, all)}`;

/** The line below a folded container: what it holds. */
export const noteOf = (r: Reader, labels: Labels, node: GraphNode): string => {
  if (node.role !== 'container' || node.id === 0) return '';
  const count = countParameters(node.module);
  const parameters = count.open ? '' : briefAmount(r, count.trained);
  return parameters === '' || parameters === '0' ? '' : `${labels.parameters} ${parameters}`;
};

interface Telling {
  readonly r: Reader;
  readonly labels: Labels;
  readonly language: Language;
}

/** Everything about one box that is worth a line. */
export const nodeFacts = ({ r, labels, language }: Telling, { node, chain, run }: Item): readonly DiagramFact[] => {
  const last = chain.at(-1) ?? node;
  const count = node.module && countParameters(node.module);
  const facts: (DiagramFact | undefined)[] = [
    fact(labels.class, node.type),
    fact(labels.arguments, detailOf(node, r.dim)),
    fact(labels.input, node.role === 'input' || node.inputs.length === 0 ? '' : shapesText(r, node.inputs)),
    fact(labels.output, last.outputs.length === 0 ? '' : shapesText(r, last.outputs)),
    ...(node.module && node.role === 'layer' ? weights(r, labels, node) : []),
    count && (count.trained !== 0 || count.open) ? fact(labels.parameters, countText(r, count)) : undefined,
    fact(labels.flops, node.flops === 0 ? '' : amount(r, node.flops)),
    fact(labels.activations, activation(r, labels, last)),
    fact(labels.repeated, run ? `×${run.count}` : repeatText(r, { ...NO_ITEM, node })),
    fact(labels.condition, caseText(node.cases, language)),
    fact(labels.fault, node.fault ? wordsOfFault(r, node.fault, language) : ''),
  ];
  return facts.filter((f) => f !== undefined);
};

const NO_ITEM = { run: undefined, chain: [], open: false, children: [] };

const fact = (label: string, value: string): DiagramFact | undefined => (value === '' ? undefined : { label, value });

const weights = (r: Reader, labels: Labels, { module }: GraphNode): readonly (DiagramFact | undefined)[] => {
  if (!module) return [];
  const shapes = ownParameters(module).map(([name, tensor]) => `${name} ${r.shape(tensor.shape) ?? '?'}`);
  return [fact(labels.weight, shapes.join(', '))];
};

const activation = (r: Reader, labels: Labels, node: GraphNode): string => {
  if (node.role === 'input' || node.role === 'output' || node.outputs.length !== 1) return '';
  const size = elements(node.outputs);
  return size === undefined
    ? ''
    : typeof size === 'number'
      ? `${amount(r, size)} (${megabytes(r, mul(4, size), labels.bytes)})`
      : amount(r, size);
};

/** What is to be said of the whole class. */
export const totalFacts = (
  run: ClassRun,
  r: Reader,
  labels: Labels,
  { nodes }: LayerGraph,
  isPlain: boolean,
): readonly DiagramFact[] => {
  const count = countParameters(run.self);
  const flops = nodes[0]?.flops;
  const facts: (DiagramFact | undefined)[] = [
    fact(labels.parameters, countText(r, count)),
    flops === undefined || flops === 0 ? undefined : fact(labels.flops, amount(r, flops)),
    run.partial === undefined ? undefined : { label: labels.partial, value: '' },
    isPlain ? { label: labels.layoutPartial, value: '' } : undefined,
  ];
  return facts.filter((f) => f !== undefined);
};
