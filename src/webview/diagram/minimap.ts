import type { DiagramModel } from '../../core';
import { svg } from '../dom';
import type { Camera } from './camera';

/** A small picture of the whole drawing with the part that shows; it is there only when much does not show. */
export interface Minimap {
  readonly element: SVGSVGElement;
  readonly draw: (model: DiagramModel) => void;
  /** Marks what the camera sees now. */
  readonly follow: () => void;
}

/** The longer side, in pixels. */
const LONGEST = 150;

/** The share of the drawing that may show without a picture of the whole. */
const MUCH = 0.6;

export const newMinimap = (stage: HTMLElement, camera: () => Camera): Minimap => {
  const seen = svg('rect', { class: 'seen' });
  const element = svg('svg', { class: 'minimap', 'aria-hidden': 'true' });
  let size = { width: 1, height: 1 };
  const follow = (): void => {
    const { x, y, scale } = camera().state();
    const [width, height] = [stage.clientWidth / scale, stage.clientHeight / scale];
    const share = Math.min(1, width / size.width) * Math.min(1, height / size.height);
    element.toggleAttribute('hidden', share > MUCH);
    for (const [name, value] of Object.entries({ x: -x / scale, y: -y / scale, width, height }))
      seen.setAttribute(name, `${value}`);
  };
  const go = (event: PointerEvent): void => {
    const box = element.getBoundingClientRect();
    const to = camera();
    const { scale } = to.state();
    const [x, y] = [
      ((event.clientX - box.left) / box.width) * size.width,
      ((event.clientY - box.top) / box.height) * size.height,
    ];
    to.restore({ scale, x: stage.clientWidth / 2 - x * scale, y: stage.clientHeight / 2 - y * scale });
  };
  element.addEventListener('pointerdown', (event) => {
    event.stopPropagation();
    element.setPointerCapture(event.pointerId);
    go(event);
  });
  element.addEventListener('pointermove', (event) => {
    if (element.hasPointerCapture(event.pointerId)) go(event);
  });
  return {
    element,
    follow,
    draw: ({ nodes, width, height }) => {
      size = { width, height };
      const scale = LONGEST / Math.max(width, height);
      element.setAttribute('viewBox', `0 0 ${width} ${height}`);
      element.setAttribute('width', `${Math.max(24, width * scale)}`);
      element.setAttribute('height', `${Math.max(24, height * scale)}`);
      const boxes = nodes.map((node) =>
        svg('rect', {
          class: `${node.shape} ${node.family}${node.fault === undefined ? '' : ' fault'}`,
          x: node.x,
          y: node.y,
          width: node.width,
          height: node.height,
        }),
      );
      element.replaceChildren(...boxes, seen);
      follow();
    },
  };
};
