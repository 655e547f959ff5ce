import type { DiagramModel, DiagramNode } from '../../core';
import type { Actions, Drawing } from './draw';

interface Moves extends Actions {
  /** Brings a box into sight. */
  readonly center: (id: string) => void;
}

/**
 * Keys on the boxes: arrows walk along the edges and between neighbours, Enter goes to the source, Space opens and
 * folds, Escape ends the selection. One box at a time can be reached with Tab.
 */
export const withKeys = (model: DiagramModel, { boxes }: Drawing, moves: Moves): void => {
  const byId = new Map(model.nodes.map((node) => [node.id, node] as const));
  const go = (id: string | undefined): void => {
    const box = id === undefined ? undefined : boxes.get(id);
    if (id === undefined || !box) return;
    stopAt(boxes, id);
    moves.select(id);
    moves.center(id);
    box.focus({ preventScroll: true });
  };
  const [ahead, back, left, right] =
    model.direction === 'down'
      ? ['ArrowDown', 'ArrowUp', 'ArrowLeft', 'ArrowRight']
      : ['ArrowRight', 'ArrowLeft', 'ArrowUp', 'ArrowDown'];
  const keys: Readonly<Record<string, (node: DiagramNode) => void>> = {
    [ahead ?? '']: ({ id }) => go(model.edges.find((e) => e.source === id && byId.has(e.target))?.target),
    [back ?? '']: ({ id }) => go(model.edges.find((e) => e.target === id && byId.has(e.source))?.source),
    [left ?? '']: (node) => go(neighbour(model, node, -1)?.id),
    [right ?? '']: (node) => go(neighbour(model, node, 1)?.id),
    Enter: ({ call, definition }) => moves.reveal(call ?? definition),
    ' ': ({ id, folds }) => {
      if (folds) moves.toggle(id);
    },
    Escape: () => moves.select(undefined),
  };
  for (const [id, box] of boxes)
    box.addEventListener('keydown', (event) => {
      const node = byId.get(id);
      const act = keys[event.key];
      if (!node || !act || event.ctrlKey || event.altKey || event.metaKey) return;
      event.preventDefault();
      event.stopPropagation();
      act(node);
    });
  const first = model.nodes.find(({ shape }) => shape === 'end') ?? model.nodes[0];
  if (first) boxes.get(first.id)?.setAttribute('tabindex', '0');
};

/** Makes one box the one that Tab reaches. */
export const stopAt = (boxes: Drawing['boxes'], id: string): void => {
  for (const [other, box] of boxes) box.setAttribute('tabindex', other === id ? '0' : '-1');
};

/** The next box of the same container to one side, whichever is nearest. */
const neighbour = (model: DiagramModel, node: DiagramNode, side: 1 | -1): DiagramNode | undefined => {
  const across = (n: DiagramNode): number => (model.direction === 'down' ? n.x + n.width / 2 : n.y + n.height / 2);
  const along = (n: DiagramNode): number => (model.direction === 'down' ? n.y + n.height / 2 : n.x + n.width / 2);
  const distance = (n: DiagramNode): number =>
    Math.abs(across(n) - across(node)) + 2 * Math.abs(along(n) - along(node));
  return model.nodes
    .filter((n) => n.parent === node.parent && n !== node && side * (across(n) - across(node)) > 4)
    .sort((a, b) => distance(a) - distance(b))[0];
};
