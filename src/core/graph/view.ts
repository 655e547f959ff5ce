import { edgesBy } from './edges';
import type { Case, GraphEdge, GraphNode, LayerGraph } from './graph';
import { type Run, runsOf } from './runs';

/** One thing to draw: a box, or a container that is open and holds others. */
export interface Item {
  readonly node: GraphNode;
  /** Reshaping ops that are drawn together in the place of the first, itself included; else only the node. */
  readonly chain: readonly GraphNode[];
  /** A run of equal blocks that this one stands for. */
  readonly run: Run | undefined;
  readonly open: boolean;
  readonly children: readonly Item[];
}

/** Where a link ends: at a child of the container, or at the container's own border, by the box whose tensor passes. */
export type End = { readonly item: number } | { readonly port: number };

/** A piece of an edge inside one container. */
export interface Link {
  readonly container: number;
  readonly from: End;
  readonly to: End;
  /** The box that the tensor comes from, and the box that it goes to. */
  readonly source: number;
  readonly target: number;
  readonly edge: GraphEdge;
}

/** What is to be drawn when some containers are open: boxes in boxes, and the pieces of the edges between them. */
export interface View {
  readonly root: Item;
  readonly links: readonly Link[];
}

const NOTHING: GraphNode = {
  id: 0,
  parent: undefined,
  end: 1,
  role: 'container',
  name: '',
  type: '',
  family: 'other',
  module: undefined,
  op: undefined,
  ran: undefined,
  inputs: [],
  outputs: [],
  call: undefined,
  definition: undefined,
  flops: 0,
  repeat: null,
  cases: [],
  fault: undefined,
  stale: false,
  used: true,
};

/** The graph as it shows with these containers open; the root always is. What nothing uses is left out. */
export const viewOf = (graph: LayerGraph, isOpen: (node: GraphNode) => boolean): View => {
  const runs = runsOf(graph);
  const aliases = aliasesOf(graph, runs);
  const children = new Map<number | undefined, GraphNode[]>();
  for (const node of graph.nodes) {
    if (!node.used || aliases.to[node.id] !== node.id) continue;
    const known = children.get(node.parent);
    if (known) known.push(node);
    else children.set(node.parent, [node]);
  }
  const boxes = new Map<number, readonly number[]>();
  const draw = (node: GraphNode, above: readonly number[]): Item => {
    const inner = children.get(node.id) ?? [];
    const open = inner.length > 0 && (node.parent === undefined || isOpen(node));
    boxes.set(node.id, [...above, node.id]);
    return {
      node,
      open,
      chain: aliases.chains.get(node.id) ?? [node],
      run: runs.get(node.id),
      children: open ? inner.map((child) => draw(child, [...above, node.id])) : [],
    };
  };
  const [first] = graph.nodes;
  const root = draw(first ?? NOTHING, []);
  const boxOf = (id: number): readonly number[] => {
    for (let at: number | undefined = aliases.to[id]; at !== undefined; at = graph.nodes[at]?.parent) {
      const known = boxes.get(aliases.to[at] ?? at);
      if (known) return known;
    }
    return [];
  };
  const isDrawn = (e: GraphEdge): boolean => Boolean(graph.nodes[e.from]?.used && graph.nodes[e.to]?.used);
  const links = graph.edges
    .filter((e) => isDrawn(e) && !isBetweenMembers(graph, runs, e))
    .flatMap((edge) => pieces(edge, boxOf(edge.from), boxOf(edge.to)));
  return { root, links: distinct(links) };
};

interface Aliases {
  /** The node that is drawn in the place of each. */
  readonly to: readonly number[];
  /** The reshaping ops that one of them is drawn for, in order. */
  readonly chains: ReadonlyMap<number, readonly GraphNode[]>;
}

const aliasesOf = (graph: LayerGraph, runs: ReadonlyMap<number, Run>): Aliases => {
  const to = graph.nodes.map((n) => n.id);
  for (const { first, last } of runs.values()) {
    const block = graph.nodes[first];
    const end = graph.nodes[last]?.end ?? first;
    if (!block) continue;
    const size = block.end - block.id;
    for (let id = block.end; id < end; id++) to[id] = block.id + ((id - block.id) % size);
  }
  const chains = reshapeChains(graph);
  for (const [head, chain] of chains) for (const node of chain) to[node.id] = to[head] ?? head;
  // What a node stands for may itself stand for something: a run within a run.
  for (const id of to.keys()) {
    let at = to[id] ?? id;
    while (to[at] !== at && to[at] !== undefined) at = to[at] ?? at;
    to[id] = at;
  }
  return { to, chains };
};

/** Reshaping ops that follow each other and feed nothing else are one step to the reader. */
const reshapeChains = ({ nodes, edges }: LayerGraph): ReadonlyMap<number, readonly GraphNode[]> => {
  const from = edgesBy(edges, 'from');
  const into = edgesBy(edges, 'to');
  const headOf = new Map<number, number>();
  const chains = new Map<number, GraphNode[]>();
  for (const node of nodes) {
    const [edge, ...others] = into.get(node.id) ?? [];
    const before = edge && nodes[edge.from];
    if (!before || others.length > 0 || (from.get(before.id) ?? []).length !== 1) continue;
    if (!isReshape(node) || !isReshape(before) || before.parent !== node.parent) continue;
    const head = headOf.get(before.id) ?? before.id;
    headOf.set(node.id, head);
    const chain = chains.get(head) ?? [before];
    chain.push(node);
    chains.set(head, chain);
  }
  return chains;
};

const isReshape = (node: GraphNode): boolean =>
  node.role === 'op' && node.family === 'reshape' && !node.fault && node.cases.length === 0 && node.repeat === null;

/** Whether an edge goes from one member of a run to another. */
const isBetweenMembers = (graph: LayerGraph, runs: ReadonlyMap<number, Run>, edge: GraphEdge): boolean => {
  for (const { first, last } of runs.values()) {
    const block = graph.nodes[first];
    const end = graph.nodes[last]?.end ?? first;
    if (!block || edge.from < first || edge.to < first || edge.from >= end || edge.to >= end) continue;
    const size = block.end - block.id;
    if (Math.floor((edge.from - first) / size) !== Math.floor((edge.to - first) / size)) return true;
  }
  return false;
};

/** Cuts an edge at the borders of the open containers that it crosses. The lists are the boxes around its ends. */
const pieces = (edge: GraphEdge, from: readonly number[], to: readonly number[]): readonly Link[] => {
  const source = from.at(-1);
  const target = to.at(-1);
  if (source === undefined || target === undefined || source === target) return [];
  let shared = 0;
  while (from[shared] === to[shared] && shared < from.length - 1 && shared < to.length - 1) shared++;
  const common = shared - 1;
  const links: Link[] = [];
  const put = (container: number | undefined, a: End, b: End): void => {
    if (container !== undefined) links.push({ container, from: a, to: b, source, target, edge });
  };
  const port: End = { port: source };
  for (let at = from.length - 2; at > common; at--) put(from[at], { item: from[at + 1] ?? source }, port);
  put(from[common], { item: from[common + 1] ?? source }, { item: to[common + 1] ?? target });
  for (let at = common + 1; at < to.length - 1; at++) put(to[at], port, { item: to[at + 1] ?? target });
  return links;
};

const endKey = (end: End): string => ('item' in end ? `${end.item}` : `port ${end.port}`);

/** One link for all tensors that go from one box to another; where conditions differ, it has none. */
const distinct = (links: readonly Link[]): readonly Link[] => {
  const seen = new Map<string, Link>();
  for (const link of links) {
    const key = `${link.container}: ${link.source} ${endKey(link.from)} > ${endKey(link.to)}`;
    const known = seen.get(key);
    if (!known) seen.set(key, link);
    else if (!sameCases(known.edge.cases, link.edge.cases) || link.edge.fault)
      seen.set(key, { ...known, edge: { ...known.edge, cases: [], fault: known.edge.fault || link.edge.fault } });
  }
  return [...seen.values()];
};

const sameCases = (a: readonly Case[], b: readonly Case[]): boolean =>
  a.length === b.length && a.every((c, i) => c.key === b[i]?.key && c.holds === b[i]?.holds);
