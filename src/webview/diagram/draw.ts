import type { DiagramEdge, DiagramModel, DiagramNode, Place } from '../../core';
import { svg } from '../dom';
import { known, litBy } from '../lit';
import { boxOf } from './boxes';

/** What a reader can do with a box. */
export interface Actions {
  readonly select: (id: string | undefined) => void;
  readonly toggle: (id: string) => void;
  readonly reveal: (place: Place | undefined) => void;
}

/** A drawn diagram. `layer` is what a camera moves. */
export interface Drawing {
  readonly element: SVGSVGElement;
  readonly layer: SVGGElement;
  readonly boxes: ReadonlyMap<string, SVGGElement>;
  readonly select: (id: string | undefined) => void;
  readonly selected: () => string | undefined;
  readonly light: (cursor: Place | null) => void;
  /** Marks what a search has found. */
  readonly mark: (ids: ReadonlySet<string>) => void;
}

export const draw = (model: DiagramModel, actions: Actions): Drawing => {
  const boxes = new Map(model.nodes.map((node) => [node.id, interactive(model, node, actions)] as const));
  const edges = model.edges.map((edge) => ({ edge, element: line(edge) }));
  const containers = model.nodes.filter(({ shape }) => shape === 'container');
  const others = model.nodes.filter(({ shape }) => shape !== 'container');
  const drawn = (nodes: readonly DiagramNode[]) => nodes.flatMap(({ id }) => boxes.get(id) ?? []);
  const layer = svg(
    'g',
    {},
    ...drawn(containers),
    ...edges.map(({ element }) => element),
    ...model.edges.flatMap((edge) => label(edge)),
    ...drawn(others),
  );
  const element = svg('svg', { class: 'drawing', role: 'group', 'aria-label': model.className }, markers(), layer);
  element.addEventListener('click', (event) => {
    if (event.target === element) actions.select(undefined);
  });
  let selected: string | undefined;
  return {
    element,
    layer,
    boxes,
    selected: () => selected,
    select: (id) => {
      selected = id;
      for (const [other, box] of boxes) box.classList.toggle('selected', other === id);
      for (const { edge, element: path } of edges)
        path.classList.toggle('near', id !== undefined && (isAt(edge.source, id) || isAt(edge.target, id)));
    },
    mark: (ids) => {
      for (const [id, box] of boxes) box.classList.toggle('match', ids.has(id));
    },
    light: (cursor) => {
      const lit = litBy(model.nodes, ({ call, definition }) => known(call, definition), cursor);
      for (const node of model.nodes) boxes.get(node.id)?.classList.toggle('lit', lit.has(node));
    },
  };
};

const isAt = (end: string, id: string): boolean => end === id || end.startsWith(`${id}/`);

const interactive = ({ labels }: DiagramModel, node: DiagramNode, actions: Actions): SVGGElement => {
  const box = boxOf(node, labels);
  box.addEventListener('click', (event) => {
    const isToggle = event.target instanceof Element && event.target.closest('.toggle');
    actions.select(node.id);
    if (isToggle) actions.toggle(node.id);
  });
  box.addEventListener('dblclick', () => actions.reveal(node.call ?? node.definition));
  return box;
};

const line = (edge: DiagramEdge): SVGPathElement => {
  const kind = edge.fault ? 'fault' : edge.stale ? 'stale' : '';
  const path = svg('path', {
    class: ['edge', kind, edge.condition === undefined ? '' : 'maybe'].filter((c) => c !== '').join(' '),
    d: edge.path,
    'stroke-width': edge.width,
    'marker-end': edge.arrow ? `url(#arrow${kind})` : undefined,
  });
  return path;
};

const label = ({ label: text, fault, stale, inside }: DiagramEdge): readonly SVGElement[] => {
  if (!text) return [];
  const kind = fault ? ' fault' : stale ? ' stale' : '';
  return [
    svg('rect', {
      class: `plate${inside ? ' inside' : ''}`,
      x: text.x - text.width / 2,
      y: text.y - 8,
      width: text.width,
      height: 16,
      rx: 3,
    }),
    svg('text', { class: `label${kind}`, x: text.x, y: text.y + 4 }, text.text),
  ];
};

const markers = (): SVGDefsElement =>
  svg(
    'defs',
    {},
    ...['', 'fault', 'stale'].map((kind) =>
      svg(
        'marker',
        {
          id: `arrow${kind}`,
          viewBox: '0 0 8 8',
          refX: 7,
          refY: 4,
          markerWidth: 8,
          markerHeight: 8,
          markerUnits: 'userSpaceOnUse',
          orient: 'auto',
        },
        svg('path', { class: `head ${kind}`, d: 'M0 .8 7.5 4 0 7.2z' }),
      ),
    ),
  );
