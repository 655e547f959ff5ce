import { type FlatLink, type FlatNode, flatColumn, flatLayout, type Point, type Size } from './flat';
import type { End, Item, Link, View } from './view';

export interface Box extends Point, Size {}

/** How big things are drawn, in pixels; the core knows no fonts, so the caller measures. */
export interface Measures {
  /** `round` for a circle. */
  readonly box: (item: Item) => Size & { readonly round?: boolean };
  /** The size of the label on a link; nothing where it has none. */
  readonly label: (link: Link) => Size | undefined;
  /** Room inside an open container: around its contents, and above them for its title. */
  readonly padding: number;
  readonly title: number;
}

export interface LayoutOptions {
  readonly direction: 'down' | 'right';
  /** Asked between containers: once true, the rest is put in a plain column. */
  readonly expired?: () => boolean;
}

/** A link with its way: points from end to end, and the middle of its label. */
export interface PlacedLink {
  readonly link: Link;
  readonly points: readonly Point[];
  readonly label: Point | undefined;
}

/** Where everything lies; `x` and `y` of a box are its top left corner. */
export interface Layout extends Size {
  readonly boxes: ReadonlyMap<number, Box>;
  readonly links: readonly PlacedLink[];
  /** Time was up: some containers have a plain column for a layout. */
  readonly partial: boolean;
}

/**
 * Places a view: every open container is laid out by itself, innermost first, as a flat graph of its children; links
 * that cross its border end in ports on the border. Containers are then put into each other.
 */
export const layout = (view: View, measures: Measures, options: LayoutOptions): Layout => {
  const links = new Map<number, Link[]>();
  for (const link of view.links) {
    const known = links.get(link.container);
    if (known) known.push(link);
    else links.set(link.container, [link]);
  }
  const state: State = { measures, options, links, placed: new Map(), partial: false };
  const size = turned(options, arrange(state, view.root));
  const boxes = new Map<number, Box>();
  const found: PlacedLink[] = [];
  gather(state, view.root, { x: 0, y: 0 }, boxes, found);
  return { boxes, links: found, width: size.width, height: size.height, partial: state.partial };
};

/** All work is done with data flowing down; flowing to the right is the same picture with its axes swapped. */
const turned = ({ direction }: LayoutOptions, { width, height }: Size): Size =>
  direction === 'down' ? { width, height } : { width: height, height: width };

const turnedPoint = ({ direction }: LayoutOptions, { x, y }: Point): Point =>
  direction === 'down' ? { x, y } : { x: y, y: x };

interface State {
  readonly measures: Measures;
  readonly options: LayoutOptions;
  readonly links: ReadonlyMap<number, readonly Link[]>;
  readonly placed: Map<number, Inside>;
  partial: boolean;
}

/** The inside of one container, from its own top left corner. */
interface Inside extends Size {
  readonly boxes: ReadonlyMap<number, Box>;
  readonly links: readonly PlacedLink[];
  /** Where tensors enter and leave, along the border: by the box that they come from. */
  readonly entries: ReadonlyMap<number, number>;
  readonly exits: ReadonlyMap<number, number>;
}

const arrange = (state: State, item: Item): Size => {
  if (!item.open) return turned(state.options, state.measures.box(item));
  const sizes = new Map(item.children.map((child) => [child.node.id, arrange(state, child)]));
  const inside = arrangeInside(state, item, sizes);
  state.placed.set(item.node.id, inside);
  return inside;
};

const key = (end: End, side: 'in' | 'out'): string => ('item' in end ? `${end.item}` : `${side} ${end.port}`);

const arrangeInside = (state: State, item: Item, sizes: ReadonlyMap<number, Size>): Inside => {
  const { measures, options } = state;
  const links = state.links.get(item.node.id) ?? [];
  const nodes = new Map<string, FlatNode>();
  for (const child of item.children) {
    const size = sizes.get(child.node.id) ?? { width: 0, height: 0 };
    const inner = state.placed.get(child.node.id);
    const round = !child.open && measures.box(child).round === true;
    nodes.set(`${child.node.id}`, { ...size, round, entries: inner?.entries, exits: inner?.exits });
  }
  const flat = links.map((link): FlatLink => {
    for (const [end, side] of [
      [link.from, 'in'],
      [link.to, 'out'],
    ] as const)
      if ('port' in end) nodes.set(key(end, side), { width: 1, height: 1, port: side });
    const label = measures.label(link);
    return {
      from: key(link.from, 'in'),
      to: key(link.to, 'out'),
      source: link.source,
      label: label && turned(options, label),
    };
  });
  const isLate = options.expired?.() ?? false;
  if (isLate) state.partial = true;
  const found = (isLate ? flatColumn : flatLayout)(nodes, flat);
  const isRoot = item.node.parent === undefined;
  const room = isRoot ? 0 : measures.title;
  const before =
    options.direction === 'down'
      ? { x: measures.padding, y: measures.padding + room }
      : { x: measures.padding + room, y: measures.padding };
  const least = isRoot ? { width: 0, height: 0 } : turned(options, measures.box(item));
  const width = Math.max(found.width + before.x + measures.padding, least.width);
  const height = Math.max(found.height + before.y + measures.padding, least.height);
  const dx = before.x + (width - before.x - measures.padding - found.width) / 2;
  const dy = before.y;
  const move = ({ x, y }: Point): Point => ({ x: x + dx, y: y + dy });
  const entries = new Map<number, number>();
  const exits = new Map<number, number>();
  const placedLinks = links.map((link, i): PlacedLink => {
    const way = found.links[i];
    const points = (way?.points ?? []).map(move);
    const [first] = points;
    const last = points.at(-1);
    if ('port' in link.from && first) {
      entries.set(link.from.port, first.x);
      points[0] = { x: first.x, y: 0 };
    }
    if ('port' in link.to && last) {
      exits.set(link.to.port, last.x);
      points[points.length - 1] = { x: last.x, y: height };
    }
    return { link, points, label: way?.label && move(way.label) };
  });
  const boxes = new Map<number, Box>();
  for (const child of item.children) {
    const at = found.nodes.get(`${child.node.id}`);
    const size = sizes.get(child.node.id);
    if (at && size) boxes.set(child.node.id, { ...move(at), ...size });
  }
  return { width, height, boxes, links: placedLinks, entries, exits };
};

const gather = (state: State, item: Item, origin: Point, boxes: Map<number, Box>, links: PlacedLink[]): void => {
  const inside = state.placed.get(item.node.id);
  if (!inside) return;
  const place = ({ x, y }: Point): Point => turnedPoint(state.options, { x: x + origin.x, y: y + origin.y });
  for (const { link, points, label } of inside.links)
    links.push({ link, points: points.map(place), label: label && place(label) });
  for (const child of item.children) {
    const box = inside.boxes.get(child.node.id);
    if (!box) continue;
    boxes.set(child.node.id, { ...place(box), ...turned(state.options, box) });
    gather(state, child, { x: origin.x + box.x, y: origin.y + box.y }, boxes, links);
  }
};
