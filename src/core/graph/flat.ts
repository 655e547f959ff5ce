import { Graph, layout } from '@dagrejs/dagre';

export interface Point {
  readonly x: number;
  readonly y: number;
}
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A box of one flat layout; a port is a place on the border of the container that is laid out. */
export interface FlatNode extends Size {
  readonly round?: boolean;
  readonly port?: 'in' | 'out';
  /** Where links enter and leave, along its upper and lower edge, by the source of the link; elsewhere they are spread. */
  readonly entries?: ReadonlyMap<number, number> | undefined;
  readonly exits?: ReadonlyMap<number, number> | undefined;
}

export interface FlatLink {
  readonly from: string;
  readonly to: string;
  readonly source: number;
  readonly label: Size | undefined;
}

/** Places from the top left corner of everything; a box by its own top left corner. */
export interface FlatLayout extends Size {
  readonly nodes: ReadonlyMap<string, Point>;
  /** In the order of the links that were given. */
  readonly links: readonly { readonly points: readonly Point[]; readonly label: Point | undefined }[];
}

const GAP = 26;
const RANK_GAP = 38;
/** Above this many boxes the best ranking takes too long. */
const MANY = 1000;
/** Above this length of all links together, in boxes passed, every rank counts: labels, which need their own, are left out. */
const LONG = 600;

interface Placed extends Point, Size {}

/** A layered layout, data flowing down. */
export const flatLayout = (nodes: ReadonlyMap<string, FlatNode>, given: readonly FlatLink[]): FlatLayout => {
  const isLong = passed(nodes, given) > LONG;
  const links = isLong ? given.map((link) => ({ ...link, label: undefined })) : given;
  const graph = new Graph<object, Placed, Way>({ multigraph: true });
  graph.setGraph({
    rankdir: 'TB',
    nodesep: GAP,
    edgesep: 14,
    ranksep: RANK_GAP,
    ranker: isLong || nodes.size > MANY ? 'longest-path' : 'network-simplex',
  });
  for (const [id, { width, height }] of nodes) graph.setNode(id, { width, height, x: 0, y: 0 });
  for (const [i, { from, to, label }] of links.entries())
    graph.setEdge(from, to, { ...(label ?? { width: 0, height: 0 }), labelpos: 'c', points: [], weight: 2 }, `${i}`);
  pinPorts(graph, nodes);
  layout(graph);
  const centers = new Map([...nodes.keys()].map((id) => [id, graph.node(id)] as const));
  const ways = links.map(({ from, to }, i) => graph.edge({ v: from, w: to, name: `${i}` }));
  return finished(nodes, links, centers, ways);
};

/** How many boxes all links pass, in the order of execution: about the work that a layout is. */
const passed = (nodes: ReadonlyMap<string, FlatNode>, links: readonly FlatLink[]): number => {
  const order = new Map([...nodes.keys()].map((id, i) => [id, i] as const));
  return links.reduce((sum, { from, to }) => sum + Math.abs((order.get(to) ?? 0) - (order.get(from) ?? 0)), 0);
};

interface Way extends Size {
  readonly points: readonly Point[];
  readonly labelpos: 'c';
  readonly weight: number;
  readonly x?: number;
  readonly y?: number;
}

/** Several ports of one side lie in one row: each hangs on a hidden node above (or below) everything. */
const pinPorts = (graph: Graph<object, Placed, Way>, nodes: ReadonlyMap<string, FlatNode>): void => {
  for (const side of ['in', 'out'] as const) {
    const ports = [...nodes].filter(([, node]) => node.port === side);
    if (ports.length < 2) continue;
    graph.setNode(side, { width: 0, height: 0, x: 0, y: 0 });
    for (const [port] of ports) {
      const way: Way = { width: 0, height: 0, labelpos: 'c', points: [], weight: 50 };
      if (side === 'in') graph.setEdge(side, port, way, 'pin');
      else graph.setEdge(port, side, way, 'pin');
    }
  }
};

/** Everything below each other, in order: for when there is no time. */
export const flatColumn = (nodes: ReadonlyMap<string, FlatNode>, links: readonly FlatLink[]): FlatLayout => {
  const centers = new Map<string, Placed>();
  let y = 0;
  for (const [id, { width, height, port }] of nodes) {
    if (port) continue;
    centers.set(id, { x: 0, y: y + height / 2, width, height });
    y += height + RANK_GAP;
  }
  for (const [id, { port }] of nodes)
    if (port) centers.set(id, { x: 0, y: port === 'in' ? -RANK_GAP : y, width: 1, height: 1 });
  return finished(nodes, links, centers, []);
};

const finished = (
  nodes: ReadonlyMap<string, FlatNode>,
  links: readonly FlatLink[],
  centers: ReadonlyMap<string, Placed>,
  ways: readonly (Way | undefined)[],
): FlatLayout => {
  const inner = ways.map((way) => way?.points.slice(1, -1) ?? []);
  const starts = attach(nodes, links, centers, 'from', (i) => inner[i]?.[0]);
  const ends = attach(nodes, links, centers, 'to', (i) => inner[i]?.at(-1));
  const labels = links.map(({ label }, i) => {
    const way = ways[i];
    return label && way?.x !== undefined && way.y !== undefined ? { x: way.x, y: way.y, ...label } : undefined;
  });
  const bounds = boundsOf([
    ...[...centers].filter(([id]) => !nodes.get(id)?.port).map(([, placed]) => placed),
    ...labels.filter((label) => label !== undefined),
    ...inner.flat().map((p) => ({ ...p, width: 0, height: 0 })),
  ]);
  const move = ({ x, y }: Point): Point => ({ x: x - bounds.x, y: y - bounds.y });
  return {
    width: bounds.width,
    height: bounds.height,
    nodes: new Map(
      [...centers].map(([id, { x, y, width, height }]) => [id, move({ x: x - width / 2, y: y - height / 2 })]),
    ),
    links: links.map((_, i) => {
      const label = labels[i];
      return {
        points: [starts[i], ...(inner[i] ?? []), ends[i]].filter((p) => p !== undefined).map(move),
        label: label && move(label),
      };
    }),
  };
};

const boundsOf = (all: readonly Placed[]): Placed => {
  if (all.length === 0) return { x: 0, y: 0, width: 0, height: 0 };
  const left = Math.min(...all.map((p) => p.x - p.width / 2));
  const top = Math.min(...all.map((p) => p.y - p.height / 2));
  const right = Math.max(...all.map((p) => p.x + p.width / 2));
  const bottom = Math.max(...all.map((p) => p.y + p.height / 2));
  return { x: left, y: top, width: right - left, height: bottom - top };
};

/** Where links touch their boxes: on the lower edge where they leave, on the upper one where they arrive. */
const attach = (
  nodes: ReadonlyMap<string, FlatNode>,
  links: readonly FlatLink[],
  centers: ReadonlyMap<string, Placed>,
  end: 'from' | 'to',
  next: (i: number) => Point | undefined,
): readonly (Point | undefined)[] => {
  const groups = new Map<string, Map<number, number[]>>();
  for (const [i, link] of links.entries()) {
    const bySource = groups.get(link[end]) ?? new Map<number, number[]>();
    // What leaves a box is one tensor and leaves at one point; what arrives comes from different ones.
    const key = end === 'from' ? 0 : link.source;
    bySource.set(key, [...(bySource.get(key) ?? []), i]);
    groups.set(link[end], bySource);
  }
  const points: (Point | undefined)[] = links.map(() => undefined);
  for (const [id, bySource] of groups) {
    const node = nodes.get(id);
    const center = centers.get(id);
    if (!node || !center) continue;
    const far = (indices: readonly number[]): number => {
      const [i = 0] = indices;
      const link = links[i];
      return next(i)?.x ?? centers.get(link?.[end === 'from' ? 'to' : 'from'] ?? '')?.x ?? center.x;
    };
    const ordered = [...bySource.values()].sort((a, b) => far(a) - far(b));
    for (const [at, indices] of ordered.entries())
      for (const i of indices)
        points[i] = touch(node, center, links[i]?.source ?? 0, end, (at + 1) / (ordered.length + 1));
  }
  return points;
};

const touch = (node: FlatNode, { x, y }: Point, source: number, end: 'from' | 'to', share: number): Point => {
  const fixed = (end === 'from' ? node.exits : node.entries)?.get(source);
  const down = end === 'from' ? 1 : -1;
  if (fixed !== undefined) return { x: x - node.width / 2 + fixed, y: y + (down * node.height) / 2 };
  const radius = node.width / 2;
  const spread = (share - 0.5) * node.width * (node.round ? 1.8 : 0.7);
  const offset = Math.max(-0.85 * radius, Math.min(0.85 * radius, spread));
  const drop = node.round ? radius - Math.sqrt(Math.max(0, radius * radius - offset * offset)) : 0;
  return { x: x + offset, y: y + down * (node.height / 2 - drop) };
};
