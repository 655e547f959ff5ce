import { add, type Dim, mul } from '../dims';
import type { ClassRun, Path, Source } from '../interp';
import { shapeKey } from '../shapes';
import type { Node } from '../syntax';
import type { ObjectValue, Value } from '../values';
import { edgesBy } from './edges';
import { casesBeyond, casesOf, contradict, type Flow, newFlow } from './flow';
import type { Case, GraphEdge, GraphNode, LayerGraph } from './graph';
import { type Names, namesBelow } from './names';

/** A node while the trace is still being walked. */
export interface DraftNode extends Omit<GraphNode, 'stale' | 'used' | 'end' | 'outputs' | 'ran'> {
  end: number;
  ran: GraphNode['ran'];
  readonly outputs: GraphNode['outputs'][number][];
  readonly path: Path | null;
  /** All conditions of its path, those of its containers included. */
  readonly allCases: readonly Case[];
  /** The ways on which the same call ran. */
  readonly paths: (Path | null)[];
}

/** An edge with the way on which it was taken. */
interface DraftEdge extends GraphEdge {
  readonly path: Path | null;
}

/** A graph that is being drawn up. */
export interface Draft {
  readonly nodes: DraftNode[];
  readonly edges: DraftEdge[];
  readonly flow: Flow;
  readonly names: Names;
  /** Values that are others under another name, besides those that the trace knows of. */
  readonly copies: Map<Value, Source>;
  /** Nodes by the place of their call, for calls that run on several ways. */
  readonly sites: Map<Node, DraftNode[]>;
}

export const draft = (run: ClassRun): Draft => {
  const copies = new Map<Value, Source>();
  return {
    nodes: [],
    edges: [],
    flow: newFlow({ get: (value) => copies.get(value) ?? run.trace.sources.get(value) }),
    names: namesBelow(run.self),
    copies,
    sites: new Map(),
  };
};

/** The node of a call that ran before on another way of an undecided condition: both are one box. */
export const reusable = (
  { sites }: Draft,
  parent: DraftNode,
  site: Node | undefined,
  what: ObjectValue | undefined,
  path: Path | null,
): DraftNode | undefined =>
  path === null || !site
    ? undefined
    : sites
        .get(site)
        ?.find((n) => n.parent === parent.id && n.module === what && n.paths.every((p) => contradict(p, path)));

/** Notes where a call stands, so that it is found when it runs on another way. */
export const remember = ({ sites }: Draft, site: Node | undefined, node: DraftNode): void => {
  if (!site) return;
  const known = sites.get(site);
  if (known) known.push(node);
  else sites.set(site, [node]);
};

/** The graph with what only the whole can tell: what is used, what comes after a fault, what containers cost. */
export const finish = ({ nodes, edges: all }: Draft): LayerGraph => {
  const edges = distinct(nodes, all);
  const used = usedNodes(nodes, edges);
  const stale = staleNodes(nodes, edges);
  const flops = totals(nodes);
  return {
    edges,
    nodes: nodes.map(({ allCases: _a, paths, path: _p, ...node }) => ({
      ...node,
      outputs: distinctShapes(node.outputs),
      // What ran on every way has no condition.
      cases: paths.length > 1 ? [] : node.cases,
      flops: flops[node.id],
      used: used.has(node.id),
      stale: stale.has(node.id),
    })),
  };
};

const distinct = (nodes: readonly DraftNode[], edges: readonly DraftEdge[]): readonly GraphEdge[] => {
  const seen = new Map<string, GraphEdge>();
  for (const { path, ...edge } of edges) {
    const key = `${edge.from}>${edge.to}:${edge.shape ? shapeKey(edge.shape) : ''}`;
    const added = casesBeyond(casesBeyond(casesOf(path), edge.cases), alwaysOf(nodes[edge.from]));
    const whole = { ...edge, cases: [...edge.cases, ...added] };
    const known = seen.get(key);
    // What takes one way under several conditions takes it under those that they have in common.
    seen.set(key, known ? { ...known, cases: casesBeyond(known.cases, casesBeyond(known.cases, whole.cases)) } : whole);
  }
  return [...seen.values()];
};

/** The conditions under which a call runs on all its ways. */
const alwaysOf = (node: DraftNode | undefined): readonly Case[] => {
  const [first = [], ...others] = (node?.paths ?? []).map(casesOf);
  return others.reduce((shared, cases) => casesBeyond(shared, casesBeyond(shared, cases)), first);
};

const distinctShapes = (shapes: DraftNode['outputs']): GraphNode['outputs'] => [
  ...new Map(shapes.map((shape) => [shapeKey(shape), shape])).values(),
];

/** Nodes from which something that matters is reached: a layer, or what the class gives. */
const usedNodes = (nodes: readonly DraftNode[], edges: readonly GraphEdge[]): ReadonlySet<number> => {
  const into = edgesBy(edges, 'to');
  const used = new Set<number>();
  const visit = (id: number): void => {
    for (let at: number | undefined = id; at !== undefined && !used.has(at); at = nodes[at]?.parent) {
      used.add(at);
      for (const edge of into.get(at) ?? []) visit(edge.from);
    }
  };
  for (const node of nodes) if (node.role !== 'op' && node.role !== 'merge') visit(node.id);
  for (const node of nodes) if (node.fault) visit(node.id);
  return used;
};

const staleNodes = (nodes: readonly DraftNode[], edges: readonly GraphEdge[]): ReadonlySet<number> => {
  const from = edgesBy(edges, 'from');
  const stale = new Set<number>();
  const visit = (id: number): void => {
    for (const edge of from.get(id) ?? []) {
      if (stale.has(edge.to)) continue;
      stale.add(edge.to);
      visit(edge.to);
    }
  };
  for (const node of nodes) if (node.fault) visit(node.id);
  for (const node of nodes.toReversed()) {
    const inside = nodes.slice(node.id + 1, node.end);
    if (inside.length > 0 && inside.every((n) => stale.has(n.id))) stale.add(node.id);
  }
  return stale;
};

/** Costs of containers: the sum of what lies directly inside. */
const totals = (nodes: readonly DraftNode[]): readonly (Dim | undefined)[] => {
  const sums: (Dim | undefined)[] = nodes.map((n) => n.flops);
  for (const node of nodes.toReversed()) {
    if (node.parent === undefined) continue;
    const [own, outer] = [sums[node.id], sums[node.parent]];
    const times = node.repeat ?? 1;
    sums[node.parent] = own === undefined || outer === undefined ? undefined : add(outer, mul(own, times));
  }
  return sums;
};
