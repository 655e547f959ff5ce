import { keyOf } from '../dims';
import { shapeKey } from '../shapes';
import { detailOf } from './detail';
import { edgesBy } from './edges';
import type { GraphEdge, GraphNode, LayerGraph } from './graph';

/** Equal blocks one after the other: `count` of them, of which the first stands for all. */
export interface Run {
  readonly first: number;
  readonly count: number;
  readonly last: number;
}

/** Runs of equal blocks by the first of each. Blocks are equal when their calls, shapes and inner edges are. */
export const runsOf = (graph: LayerGraph): ReadonlyMap<number, Run> => {
  const { nodes } = graph;
  const from = edgesBy(graph.edges, 'from');
  const into = edgesBy(graph.edges, 'to');
  const prints = new Map<number, string>();
  const print = (node: GraphNode): string => {
    const known = prints.get(node.id) ?? printOf(nodes, into, node);
    prints.set(node.id, known);
    return known;
  };
  const runs = new Map<number, Run>();
  for (const [parent, children] of childrenOf(nodes)) {
    if (parent === undefined) continue;
    for (let at = 0; at < children.length; at++) {
      const first = children[at];
      if (first?.role !== 'container' || first.repeat !== null) continue;
      let last = first;
      let count = 1;
      for (let next = children[at + count]; next; next = children[at + count]) {
        if (next.role !== 'container' || print(next) !== print(first) || !follows(from, last, next)) break;
        last = next;
        count++;
      }
      if (count > 1) runs.set(first.id, { first: first.id, count, last: last.id });
      at += count - 1;
    }
  }
  return runs;
};

const childrenOf = (nodes: readonly GraphNode[]): ReadonlyMap<number | undefined, readonly GraphNode[]> => {
  const children = new Map<number | undefined, GraphNode[]>();
  for (const node of nodes) {
    const known = children.get(node.parent);
    if (known) known.push(node);
    else children.set(node.parent, [node]);
  }
  return children;
};

const isInside = (node: number, block: GraphNode): boolean => node >= block.id && node < block.end;

/** Whether what leaves a block goes to the next one and nowhere else. */
const follows = (from: ReadonlyMap<number, readonly GraphEdge[]>, block: GraphNode, next: GraphNode): boolean => {
  let leaves = false;
  for (let id = block.id; id < block.end; id++)
    for (const edge of from.get(id) ?? []) {
      if (isInside(edge.to, block)) continue;
      if (!isInside(edge.to, next)) return false;
      leaves = true;
    }
  return leaves;
};

/** Everything that two equal blocks have in common, as one text; places are counted from the block's own start. */
const printOf = (
  nodes: readonly GraphNode[],
  into: ReadonlyMap<number, readonly GraphEdge[]>,
  block: GraphNode,
): string => {
  const parts: string[] = [];
  for (let id = block.id; id < block.end; id++) {
    const node = nodes[id];
    if (!node) continue;
    const edges = (into.get(id) ?? []).map((e) => (isInside(e.from, block) ? e.from - block.id : 'outside'));
    parts.push(
      [
        node.role,
        id === block.id ? '' : node.name,
        node.type,
        detailOf(node, keyOf),
        (node.parent ?? 0) - block.id,
        ...node.outputs.map(shapeKey),
        node.flops === undefined ? '' : keyOf(node.flops),
        node.cases.map((c) => `${c.holds}${c.text}`).join(),
        node.fault?.code,
        edges.join(),
      ].join('|'),
    );
  }
  return parts.join('\n').replace(/^container\|\|([^|]*)\|([^|]*)\|[^|]*\|/, 'container||$1|$2||');
};
