import { type Dim, mul } from '../dims';
import type { Labels, Language, Reader } from '../explain';
import { countParameters, detailOf, elements, type Item, layerGraph, viewOf } from '../graph';
import { type Expr, nodeAt, type Stmt, type SyntaxNode } from '../syntax';
import type { ObjectValue } from '../values';
import { amount, megabytes } from './amounts';
import type { Analysis, ClassUnit } from './analysis';
import { caseText, countText, repeatText, shapesText, wordsOfFault } from './diagram-facts';
import { iconOf } from './diagram-icons';
import { arithmetic } from './panel-arithmetic';
import type { PanelStep } from './panel-model';

interface Telling {
  readonly analysis: Analysis;
  readonly r: Reader;
  readonly language: Language;
  readonly labels: Labels;
  /** Modules whose parameters have been told. */
  readonly told: Set<ObjectValue>;
  readonly ids: Map<string, number>;
}

/** The calls of `forward` as a tree: statements, the calls in them, the calls inside of modules. */
export const panelSteps = (
  analysis: Analysis,
  unit: ClassUnit,
  r: Reader,
  language: Language,
  labels: Labels,
): readonly PanelStep[] => {
  const telling: Telling = { analysis, r, language, labels, told: new Set(), ids: new Map() };
  const { root } = viewOf(layerGraph(unit.run), () => true);
  const calls = root.children.filter(({ node }) => node.role !== 'input' && node.role !== 'output');
  const groups: { readonly stmt: Statement | undefined; readonly items: Item[] }[] = [];
  for (const item of calls) {
    const stmt = statementOf(analysis, item);
    const last = groups.at(-1);
    if (last && stmt && last.stmt?.stmt === stmt.stmt) last.items.push(item);
    else groups.push({ stmt, items: [item] });
  }
  return groups.flatMap(({ stmt, items }) => rowsOf(telling, stmt, items));
};

interface Statement {
  readonly stmt: Stmt;
  readonly start: number;
}

/** The innermost statement of the document around a call. */
const statementOf = ({ path, syntax }: Analysis, { node }: Item): Statement | undefined => {
  const { call } = node;
  if (!call || call.path !== path) return undefined;
  const around = nodeAt(syntax, call.start).filter(({ span }) => call.end <= span.end);
  const found = around.findLast(({ node: n }) => isStatement(n));
  return found && isStatement(found.node)
    ? { stmt: found.node, start: found.span.start - found.node.start }
    : undefined;
};

const EXPRESSIONS: ReadonlySet<string> = new Set<Expr['kind']>([
  'Name',
  'Constant',
  'Num',
  'Str',
  'FString',
  'Attribute',
  'Subscript',
  'Call',
  'BinOp',
  'UnaryOp',
  'BoolOp',
  'Compare',
  'IfExp',
  'Lambda',
  'Tuple',
  'List',
  'Set',
  'Dict',
  'Comprehension',
  'Starred',
  'Slice',
  'NamedExpr',
  'Await',
  'Yield',
  'ErrorExpr',
]);

const isStatement = (node: SyntaxNode): node is Stmt => !EXPRESSIONS.has(node.kind);

const rowsOf = (telling: Telling, statement: Statement | undefined, items: readonly Item[]): readonly PanelStep[] => {
  if (!statement) return items.map((item) => stepOf(telling, item, ''));
  const { stmt, start } = statement;
  const code = codeOf(telling.analysis, statement);
  const [only, ...others] = items;
  const last = items.at(-1);
  if (!only || !last) return [];
  if (others.length === 0) return [stepOf(telling, only, code)];
  const children = items.map((item) => stepOf(telling, item, ''));
  const { r } = telling;
  return [
    {
      ...EMPTY,
      id: uniqueId(telling, code),
      code,
      family: last.node.family,
      icon: '',
      output: shapesText(r, (last.chain.at(-1) ?? last.node).outputs),
      stale: items.every(({ node }) => node.stale),
      place: { path: telling.analysis.path, start: start + stmt.start, end: start + stmt.end },
      children,
    },
  ];
};

const EMPTY: Omit<PanelStep, 'id' | 'code' | 'family' | 'icon' | 'output' | 'stale' | 'children'> = {
  title: '',
  detail: '',
  input: '',
  parameters: '',
  flops: '',
  activations: '',
  arithmetic: [],
  repeat: '',
};

/** The first line of a statement; of one that holds others, its header. */
const codeOf = ({ text }: Analysis, { stmt, start }: Statement): string => {
  const [first = ''] = text.slice(start + stmt.start, start + stmt.end).split(/\r\n?|\n/);
  return first.trim();
};

const uniqueId = ({ ids }: Telling, text: string): string => {
  const count = (ids.get(text) ?? 0) + 1;
  ids.set(text, count);
  return count === 1 ? text : `${text}#${count}`;
};

const stepOf = (telling: Telling, item: Item, code: string, above = ''): PanelStep => {
  const { r, language } = telling;
  const { node, chain } = item;
  const last = chain.at(-1) ?? node;
  const title = chain.map((n) => n.name).join(' · ');
  const id = uniqueId(telling, above === '' ? title : `${above}/${title}`);
  const condition = caseText(node.cases, language);
  return {
    id,
    title,
    detail: [node.type === node.name ? '' : node.type, chain.length > 1 ? '' : detailOf(node, r.dim)]
      .filter((t) => t !== '')
      .join('  '),
    code,
    family: node.family,
    icon: iconOf(node.family, node.role === 'container'),
    input: node.inputs.length === 0 ? '' : shapesText(r, node.inputs.slice(0, 3)),
    output: last.outputs.length === 0 ? '?' : shapesText(r, last.outputs),
    parameters: parametersText(telling, item),
    flops: node.flops === 0 ? '' : amount(r, node.flops),
    activations: activationText(telling, item),
    arithmetic: arithmetic(r, node),
    repeat: repeatText(r, item),
    stale: node.stale,
    ...(condition !== '' && { condition }),
    ...(node.fault && { fault: wordsOfFault(r, node.fault, language) }),
    ...(node.call && { place: node.call }),
    ...(node.definition && { definition: node.definition }),
    children: item.children.map((child) => stepOf(telling, child, '', id)),
  };
};

/** A module that is called again has told its parameters before. */
const parametersText = ({ r, told, labels }: Telling, { node }: Item): string => {
  const { module } = node;
  if (!module) return '';
  const count = countParameters(module);
  if (count.trained === 0 && count.fixed === 0 && !count.open) return '';
  if (told.has(module)) return labels.shared;
  told.add(module);
  return countText(r, count);
};

const activationText = ({ r, labels }: Telling, { node, chain }: Item): string => {
  if (node.role === 'container') return '';
  const size: Dim | undefined = elements((chain.at(-1) ?? node).outputs);
  return typeof size === 'number' ? megabytes(r, mul(4, size), labels.bytes) : '';
};
