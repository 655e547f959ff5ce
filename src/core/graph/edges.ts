import type { GraphEdge } from './graph';

/** Edges by the node at one of their ends. */
export const edgesBy = <E extends Pick<GraphEdge, 'from' | 'to'>>(
  edges: readonly E[],
  end: 'from' | 'to',
): ReadonlyMap<number, readonly E[]> => {
  const groups = new Map<number, E[]>();
  for (const edge of edges) {
    const known = groups.get(edge[end]);
    if (known) known.push(edge);
    else groups.set(edge[end], [edge]);
  }
  return groups;
};
