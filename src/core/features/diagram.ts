import { type Dim, symbolsOf } from '../dims';
import { familyWords, type Labels, type Language, labelsIn, type Reader, say } from '../explain';
import { detailOf, type GraphNode, type Item, type LayerGraph, type Link, layerGraph, layout, viewOf } from '../graph';
import { numel } from '../shapes';
import type { Analysis, ClassUnit } from './analysis';
import { cachedReader } from './cached-reader';
import { contextAt } from './context';
import { caseText, nodeFacts, noteOf, repeatText, totalFacts, wordsOfFault } from './diagram-facts';
import { iconOf } from './diagram-icons';
import { type BoxText, boxSize, HEADER, LABEL, PADDING, textWidth } from './diagram-measure';
import {
  DIAGRAM_VERSION,
  type DiagramEdge,
  type DiagramEntry,
  type DiagramModel,
  type DiagramNode,
} from './diagram-model';
import { curve } from './diagram-path';

export interface DiagramRequest {
  /** The ids of the open containers, or all of them; absent, the first level shows. */
  readonly open?: readonly string[] | 'all';
  readonly direction?: 'down' | 'right';
  /** Asked now and then: once true, what is left is laid out plainly. */
  readonly expired?: () => boolean;
}

/** Above this many boxes containers are left folded. */
const MANY = 150;
/** Below this many boxes there is room to look one level deeper. */
const FEW = 5;

/** The layer diagram of a class; undefined where the file has no such class. */
export const diagram = (
  analysis: Analysis,
  className: string,
  language: Language,
  request: DiagramRequest = {},
): DiagramModel | undefined => {
  const unit = analysis.classes.find(({ name }) => name === className);
  return unit && diagramOf(analysis, unit, language, request);
};

const diagramOf = (analysis: Analysis, unit: ClassUnit, language: Language, request: DiagramRequest): DiagramModel => {
  const { run } = unit;
  const graph = layerGraph(run);
  const ids = idsOf(graph);
  const open = openNodes(graph, ids, request.open);
  const view = viewOf(graph, (node) => open.has(node.id));
  const draw: Drawing = {
    graph,
    ids,
    r: cachedReader(contextAt({ run, text: analysis.text, start: unit.start, node: unit.node }).r),
    language,
    labels: labelsIn(language),
  };
  const direction = request.direction ?? 'down';
  const placed = layout(
    view,
    {
      box: (item) => boxSize(textOf(draw, item), item),
      label: (link) => labelSize(draw, link),
      padding: PADDING,
      title: HEADER - 6,
    },
    { direction, ...(request.expired && { expired: request.expired }) },
  );
  const nodes = items(view.root).flatMap((item): readonly DiagramNode[] => {
    const box = placed.boxes.get(item.node.id);
    return box ? [{ ...nodeOf(draw, item), ...box }] : [];
  });
  const families = new Set(nodes.map(({ family }) => family));
  return {
    version: DIAGRAM_VERSION,
    className: unit.name,
    framework: run.cls.mro.some((c) => c.path === 'paddle.nn.Layer') ? 'PaddlePaddle' : 'PyTorch',
    language,
    direction,
    width: Math.ceil(placed.width),
    height: Math.ceil(placed.height),
    nodes,
    edges: placed.links.map(({ link, points, label }) => edgeOf(draw, link, curve(points, direction), label)),
    open: [...open].map((id) => ids[id] ?? ''),
    containers: graph.nodes.filter((n) => n.id > 0 && n.end > n.id + 1 && n.used).map((n) => ids[n.id] ?? ''),
    index: indexOf(draw),
    legend: [...families].flatMap((family) => {
      const name = familyWords[family];
      return name && family !== 'other' ? [{ family, name: say(name, language), icon: iconOf(family, false) }] : [];
    }),
    facts: totalFacts(run, draw.r, draw.labels, graph, placed.partial),
    labels: draw.labels,
  };
};

interface Drawing {
  readonly graph: LayerGraph;
  readonly ids: readonly string[];
  readonly r: Reader;
  readonly language: Language;
  readonly labels: Labels;
}

/** The path of names of every node; a number tells calls of one name apart. */
const idsOf = ({ nodes }: LayerGraph): readonly string[] => {
  const ids: string[] = [];
  const seen = new Map<string, number>();
  for (const node of nodes) {
    const above = node.parent === undefined ? undefined : ids[node.parent];
    const path = above === undefined || node.parent === 0 ? node.name : `${above}/${node.name}`;
    const count = (seen.get(path) ?? 0) + 1;
    seen.set(path, count);
    ids.push(count === 1 ? path : `${path}#${count}`);
  }
  return ids;
};

const openNodes = (
  { nodes }: LayerGraph,
  ids: readonly string[],
  asked: DiagramRequest['open'],
): ReadonlySet<number> => {
  const containers = nodes.filter((n) => n.id > 0 && n.end > n.id + 1 && n.used);
  if (asked !== undefined && asked !== 'all') {
    const wanted = new Set(asked);
    return new Set(containers.filter((n) => wanted.has(ids[n.id] ?? '')).map((n) => n.id));
  }
  const childCount = (id: number): number => nodes.filter((n) => n.parent === id && n.used).length;
  const ends = nodes.filter((n) => n.role === 'input' || n.role === 'output').length;
  const room = asked === 'all' ? MANY : FEW + ends;
  const open = new Set<number>();
  let shown = childCount(0);
  // Level by level: without a wish only while few boxes show, and then a whole level.
  for (let level: readonly number[] = [0]; level.length > 0 && shown < room; ) {
    const next = containers.filter((n) => level.includes(n.parent ?? -1));
    for (const { id } of next) {
      const more = childCount(id);
      if (shown + more > MANY) continue;
      open.add(id);
      shown += more;
    }
    level = next.map((n) => n.id).filter((id) => open.has(id));
  }
  return open;
};

/** All items below the root, containers before what lies in them. */
const items = (root: Item): readonly Item[] => root.children.flatMap((child) => [child, ...items(child)]);

/** What a search finds: every box that there would be with all containers open. */
const indexOf = (draw: Drawing): readonly DiagramEntry[] => {
  const { graph, ids } = draw;
  const entries = (item: Item, above: readonly string[]): readonly DiagramEntry[] => {
    const id = ids[item.node.id] ?? '';
    const { title, subtitle } = textOf(draw, item);
    const inside = item.children.flatMap((child) => entries(child, [...above, id]));
    return [{ id, text: [title, subtitle].filter((t) => t !== '').join('  '), above }, ...inside];
  };
  return viewOf(graph, () => true).root.children.flatMap((child) => entries(child, []));
};

/** As much of a sentence as a box has room for; all of it is among the facts. */
const shortened = (text: string): string => (text.length > 56 ? `${text.slice(0, 55)}…` : text);

const textOf = ({ r, labels, language }: Drawing, item: Item): BoxText => {
  const { node, chain } = item;
  const [first, ...others] = chain.map((n) => n.name);
  return {
    shape: shapeOf(item.node),
    title: [first ?? node.name, ...others].join(' · '),
    subtitle: others.length > 0 ? '' : subtitle(r, node),
    note: item.open ? '' : node.fault ? shortened(wordsOfFault(r, node.fault, language)) : noteOf(r, labels, node),
    repeat: repeatText(r, item),
  };
};

const subtitle = (r: Reader, node: GraphNode): string =>
  [node.type === node.name ? '' : node.type, detailOf(node, r.dim)].filter((part) => part !== '').join('  ');

const shapeOf = (node: GraphNode): BoxText['shape'] => {
  switch (node.role) {
    case 'input':
    case 'output':
      return 'end';
    case 'merge':
      return 'circle';
    case 'op':
      return 'pill';
    case 'layer':
    case 'container':
      return 'box';
  }
};

const nodeOf = (draw: Drawing, item: Item): Omit<DiagramNode, 'x' | 'y' | 'width' | 'height'> => {
  const { node } = item;
  const { ids, r, language } = draw;
  const { shape, ...text } = textOf(draw, item);
  const fault = node.fault && wordsOfFault(r, node.fault, language);
  const condition = caseText(node.cases, language);
  const parent = node.parent === undefined || node.parent === 0 ? undefined : ids[node.parent];
  return {
    id: ids[node.id] ?? '',
    ...(parent !== undefined && { parent }),
    shape: item.open ? 'container' : shape,
    ...text,
    family: node.role === 'container' ? 'other' : node.family,
    icon: iconOf(node.family, node.role === 'container'),
    folds: node.end > node.id + 1,
    stale: node.stale,
    ...(fault !== undefined && { fault }),
    ...(condition !== '' && { condition }),
    facts: nodeFacts(draw, item),
    ...(node.call && { call: node.call }),
    ...(node.definition && { definition: node.definition }),
  };
};

/** Only the middle piece of an edge has a label; inside of containers the same tensor goes on. */
const labelText = (draw: Drawing, link: Link): string => {
  const { r, language } = draw;
  if ('port' in link.from) return '';
  if ('port' in link.to) return '';
  const shape = link.edge.shape && r.shape(link.edge.shape);
  const condition = caseText(link.edge.cases, language);
  const wanted = link.edge.fault ? expected(draw, link) : '';
  const way = [shape ?? '', wanted].filter((part) => part !== '').join('  ');
  return [condition, way].filter((part) => part !== '').join(language === 'en' ? ': ' : '：');
};

/** What the box at fault would need: `≠ 32`. */
const expected = ({ graph, r }: Drawing, link: Link): string => {
  const wanted = graph.nodes[link.target]?.fault?.data.expected;
  if (typeof wanted === 'number' || (typeof wanted === 'object' && 'kind' in wanted)) return `≠ ${r.dim(wanted)}`;
  return '';
};

const labelSize = (draw: Drawing, link: Link) => {
  const text = labelText(draw, link);
  return text === '' ? undefined : { width: Math.ceil(textWidth(text, LABEL)) + 8, height: 16 };
};

const edgeOf = (
  draw: Drawing,
  link: Link,
  path: string,
  at: { readonly x: number; readonly y: number } | undefined,
): DiagramEdge => {
  const { ids, graph, language } = draw;
  const text = labelText(draw, link);
  const condition = caseText(link.edge.cases, language);
  return {
    source: ids[link.source] ?? '',
    target: ids[link.target] ?? '',
    path,
    width: strokeWidth(link.edge.shape && numel(link.edge.shape)),
    inside: link.container !== 0,
    arrow: 'item' in link.to && link.to.item === link.target,
    ...(at && text !== '' && { label: { text, ...at, width: Math.ceil(textWidth(text, LABEL)) + 8 } }),
    ...(condition !== '' && { condition }),
    fault: link.edge.fault,
    stale: graph.nodes[link.source]?.stale === true || graph.nodes[link.source]?.fault !== undefined,
  };
};

/** From 1 to 2.6 pixels, with the order of magnitude; symbols count as a typical size. */
const strokeWidth = (size: Dim | undefined): number => {
  if (size === undefined) return 1.4;
  const symbols = typeof size === 'number' ? 0 : [...symbolsOf(size)].length;
  const order = typeof size === 'number' ? Math.log10(Math.max(1, size)) : 2 + symbols;
  return Math.round((1 + Math.min(1.6, order / 6)) * 10) / 10;
};
