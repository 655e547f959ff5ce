interface Size {
  readonly width: number;
  readonly height: number;
}
interface Box extends Size {
  readonly x: number;
  readonly y: number;
}
interface View {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** Which part of the drawing shows, and how large. */
export interface Camera {
  /** Looks at another drawing; its place on the screen stays. */
  readonly show: (layer: SVGGElement, size: Size) => void;
  readonly fit: () => void;
  readonly zoom: (factor: number) => void;
  /** Moves a box into sight if it is not. */
  readonly center: (box: Box | undefined) => void;
  /** Remembers where a box is on the screen; called with its new place, the box stays there. */
  readonly anchor: (box: Box | undefined) => ((to: Box | undefined) => void) | undefined;
  readonly state: () => View;
  readonly restore: (view: View) => void;
}

const LEAST = 0.1;
const MOST = 4;
const MARGIN = 16;
/** A first look is not smaller than this, even if not everything fits. */
const READABLE = 0.85;

/** A camera on a stage: dragging and scrolling move it, pinching and scrolling with Ctrl zoom. */
export const newCamera = (stage: HTMLElement, changed: () => void): Camera => {
  let view: View = { x: 0, y: 0, scale: 1 };
  let layer: SVGGElement | undefined;
  let size: Size = { width: 0, height: 0 };
  const set = (next: View): void => {
    view = next;
    layer?.setAttribute('transform', `translate(${view.x} ${view.y}) scale(${view.scale})`);
    changed();
  };
  const zoomAt = (factor: number, x: number, y: number): void => {
    const scale = Math.min(MOST, Math.max(LEAST, view.scale * factor));
    const by = scale / view.scale;
    set({ scale, x: x - (x - view.x) * by, y: y - (y - view.y) * by });
  };
  const fit = (): void => {
    const [width, height] = [stage.clientWidth - 2 * MARGIN, stage.clientHeight - 2 * MARGIN];
    const whole = Math.min(1, width / size.width, height / size.height);
    const scale = Math.max(whole, Math.min(READABLE, width / size.width));
    set({
      scale,
      x: Math.max(MARGIN, (stage.clientWidth - size.width * scale) / 2),
      y: Math.max(MARGIN, (stage.clientHeight - size.height * scale) / 2),
    });
  };
  stage.addEventListener(
    'wheel',
    (event) => {
      event.preventDefault();
      const at = stage.getBoundingClientRect();
      if (event.ctrlKey || event.metaKey)
        zoomAt(Math.exp(-event.deltaY / 400), event.clientX - at.left, event.clientY - at.top);
      else set({ ...view, x: view.x - event.deltaX, y: view.y - event.deltaY });
    },
    { passive: false },
  );
  dragging(stage, (dx, dy) => set({ ...view, x: view.x + dx, y: view.y + dy }));
  return {
    show: (next, extent) => {
      layer = next;
      size = extent;
      set(view);
    },
    fit,
    zoom: (factor) => zoomAt(factor, stage.clientWidth / 2, stage.clientHeight / 2),
    center: (box) => {
      if (!box) return;
      const [left, top] = [box.x * view.scale + view.x, box.y * view.scale + view.y];
      const [right, bottom] = [left + box.width * view.scale, top + box.height * view.scale];
      const isSeen = left >= 0 && top >= 0 && right <= stage.clientWidth && bottom <= stage.clientHeight;
      if (isSeen) return;
      set({
        ...view,
        x: stage.clientWidth / 2 - (box.x + box.width / 2) * view.scale,
        y: stage.clientHeight / 2 - (box.y + box.height / 2) * view.scale,
      });
    },
    anchor: (box) => {
      if (!box) return undefined;
      const [x, y] = [box.x * view.scale + view.x, box.y * view.scale + view.y];
      return (to) => {
        if (to) set({ ...view, x: x - to.x * view.scale, y: y - to.y * view.scale });
      };
    },
    state: () => view,
    restore: set,
  };
};

/** Tells how far a pointer is dragged; a click on a box is no dragging. */
const dragging = (stage: HTMLElement, move: (dx: number, dy: number) => void): void => {
  let last: { readonly id: number; readonly x: number; readonly y: number } | undefined;
  stage.addEventListener('pointerdown', (event) => {
    if (event.button !== 0 || (event.target instanceof Element && event.target.closest('.node'))) return;
    last = { id: event.pointerId, x: event.clientX, y: event.clientY };
    stage.setPointerCapture(event.pointerId);
    stage.classList.add('dragged');
  });
  stage.addEventListener('pointermove', (event) => {
    if (last?.id !== event.pointerId) return;
    move(event.clientX - last.x, event.clientY - last.y);
    last = { id: event.pointerId, x: event.clientX, y: event.clientY };
  });
  const end = (): void => {
    last = undefined;
    stage.classList.remove('dragged');
  };
  stage.addEventListener('pointerup', end);
  stage.addEventListener('pointercancel', end);
};
