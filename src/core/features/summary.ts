import { add, type Dim } from '../dims';
import type { Reader } from '../explain';
import { countParameters, elements, type GraphNode, layerGraph, ownParameters } from '../graph';
import { numel } from '../shapes';
import type { ObjectValue } from '../values';
import { amount } from './amounts';
import type { Analysis, ClassUnit } from './analysis';
import { contextAt } from './context';
import { countText, repeatText, shapesText } from './diagram-facts';

/** The layers of a class as a table, in the manner of torchinfo. */
export interface Summary {
  readonly className: string;
  readonly rows: readonly SummaryRow[];
  readonly totals: SummaryTotals;
}

export interface SummaryRow {
  /** 0 is the class itself. */
  readonly depth: number;
  /** The class of the layer and its number among those of its depth: `Conv2d: 2-3`. */
  readonly name: string;
  readonly output: string;
  readonly parameters: string;
}

/** Amounts as text, symbolic where the class is; bytes as numbers, absent where they are not known. */
export interface SummaryTotals {
  readonly parameters: string;
  readonly trainable: string;
  readonly fixed: string;
  /** Multiply–adds × 2. */
  readonly flops: string;
  readonly inputBytes?: number;
  /** Twice the outputs of the layers that have parameters, as torchinfo counts it. */
  readonly passBytes?: number;
  readonly parameterBytes?: number;
}

/** The summary of a class; undefined where the file has no such class. */
export const summary = (analysis: Analysis, className: string): Summary | undefined => {
  const unit = analysis.classes.find(({ name }) => name === className);
  if (!unit) return undefined;
  const { r } = contextAt({ run: unit.run, text: analysis.text, start: unit.start, node: unit.node });
  return { className, rows: rowsOf(r, layerGraph(unit.run).nodes), totals: totalsOf(unit, r) };
};

const totalsOf = ({ run }: ClassUnit, r: Reader): SummaryTotals => {
  const { nodes } = layerGraph(run);
  const count = countParameters(run.self);
  const inputs = elements(run.entries.flatMap(({ value }) => (value.kind === 'tensor' ? [value.shape] : [])));
  const layers = nodes.filter((n) => n.role === 'layer' && n.module && ownParameters(n.module).length > 0);
  const outputs = layers.some((n) => n.repeat !== null) ? undefined : elements(layers.flatMap((n) => n.outputs));
  return {
    parameters: countText(r, count, add(count.trained, count.fixed)),
    trainable: countText(r, count),
    fixed: amount(r, count.fixed),
    flops: amount(r, nodes[0]?.flops),
    ...(typeof inputs === 'number' && { inputBytes: 4 * inputs }),
    ...(typeof outputs === 'number' && { passBytes: 8 * outputs }),
    ...(typeof count.bytes === 'number' && !count.open && { parameterBytes: count.bytes }),
  };
};

interface Table {
  readonly r: Reader;
  readonly nodes: readonly GraphNode[];
  readonly rows: SummaryRow[];
  /** How many rows each depth has. */
  readonly counts: number[];
  readonly told: Set<ObjectValue>;
}

const rowsOf = (r: Reader, nodes: readonly GraphNode[]): readonly SummaryRow[] => {
  const table: Table = { r, nodes, rows: [], counts: [], told: new Set() };
  const [root] = nodes;
  if (!root) return [];
  const output = nodes.filter((n) => n.role === 'output').flatMap((n) => n.outputs);
  table.rows.push({
    depth: 0,
    name: root.type,
    output: output.length === 0 ? '--' : shapesText(r, output),
    parameters: parametersText(table, root.module),
  });
  inside(table, root, 1);
  return table.rows;
};

const inside = (table: Table, container: GraphNode, depth: number): void => {
  const lists = new Set<string>();
  for (const node of table.nodes) {
    if (node.parent !== container.id || !node.module || (node.role !== 'layer' && node.role !== 'container')) continue;
    const below = inLists(table, container, node, depth, lists);
    put(table, below, `${node.type}`, repeated(table, node), shapesText(table.r, node.outputs), node.module);
    inside(table, node, below + 1);
  }
};

/** Modules that only hold others (`ModuleList`) are rows too: a call of `blocks.0` lies below one of `blocks`. */
const inLists = (table: Table, container: GraphNode, node: GraphNode, depth: number, seen: Set<string>): number => {
  const names = node.name.split('.').slice(0, -1);
  let holder = container.module;
  let at = depth;
  for (const [i, name] of names.entries()) {
    const value = holder?.attrs.get(name);
    holder = value?.kind === 'object' ? value : undefined;
    if (!holder) return at;
    const path = names.slice(0, i + 1).join('.');
    if (!seen.has(path)) put(table, at, holder.cls.name, '', '--', holder);
    seen.add(path);
    at++;
  }
  return at;
};

const repeated = ({ r }: Table, node: GraphNode): string =>
  repeatText(r, { node, run: undefined, chain: [node], open: false, children: [] });

const put = (table: Table, depth: number, type: string, times: string, output: string, module: ObjectValue): void => {
  const number = (table.counts[depth] ?? 0) + 1;
  table.counts[depth] = number;
  const name = `${type}: ${depth}-${number}${times === '' ? '' : ` ${times}`}`;
  table.rows.push({ depth, name, output, parameters: parametersText(table, module) });
};

/** What a module itself has; a dash for nothing, a word for one that was there before. */
const parametersText = ({ r, told }: Table, module: ObjectValue | undefined): string => {
  if (!module) return '--';
  const own = ownParameters(module);
  let total: Dim | undefined = 0;
  for (const [, { shape }] of own) {
    const size = numel(shape);
    total = size === undefined || total === undefined ? undefined : add(total, size);
  }
  if (own.length === 0) return '--';
  if (told.has(module)) return '(recursive)';
  told.add(module);
  return amount(r, total);
};
