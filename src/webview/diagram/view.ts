import './diagram.css';
import type { DiagramModel, Labels, Place } from '../../core';
import { button } from '../buttons';
import { html } from '../dom';
import { isOutdated, keep, kept, nextSequence, post } from '../host';
import type { PageState, ToPage } from '../protocol';
import { type Camera, newCamera } from './camera';
import { detailsOf } from './details';
import { type Drawing, draw } from './draw';
import { withKeys } from './keys';

/** The layer diagram: draws itself into `place` and answers with what takes messages. */
export const diagramView = (place: HTMLElement): ((message: ToPage) => void) => {
  const before = kept();
  const stage = html('div', { class: 'stage' });
  const tools = html('div', { class: 'tools', role: 'toolbar' });
  const details = html('aside', { class: 'details', 'aria-live': 'polite' });
  const note = html('p', { class: 'empty' });
  place.replaceChildren(tools, stage, details, note);
  const camera = newCamera(stage, () => remember());
  let model: DiagramModel | null = null;
  let drawing: Drawing | undefined;
  let cursor: Place | null = null;
  let wanted: Pick<PageState, 'className' | 'ids' | 'direction'> = before;

  const remember = (): void => {
    if (!model) return;
    const { className, open, direction } = model;
    keep({ view: 'diagram', className, ids: open, direction, camera: camera.state() });
  };
  const arrange = (open: readonly string[] | 'all' | null, direction = model?.direction ?? 'down'): void => {
    if (model) post({ type: 'arrange', sequence: nextSequence(), className: model.className, open, direction });
  };
  const toggle = (id: string): void => {
    if (!model) return;
    arrange(model.open.includes(id) ? model.open.filter((other) => other !== id) : [...model.open, id]);
  };
  const select = (id: string | undefined): void => {
    if (!model || !drawing) return;
    drawing.select(id);
    details.replaceChildren(...detailsOf(model, id, toggle));
  };
  const show = (labels: Labels, next: DiagramModel | null): void => {
    const isSame = model !== null && next !== null && model.className === next.className;
    const selected = isSame ? drawing?.selected() : undefined;
    const anchor = isSame && selected !== undefined ? camera.anchor(boxAt(model, selected)) : undefined;
    model = next;
    note.textContent = next ? '' : labels.noClass;
    note.hidden = next !== null;
    stage.hidden = tools.hidden = details.hidden = next === null;
    if (!next) return;
    drawing = draw(next, { select, toggle, reveal });
    stage.setAttribute('aria-label', `${labels.diagram}: ${next.className}`);
    stage.replaceChildren(drawing.element);
    camera.show(drawing.layer, next);
    withKeys(next, drawing, { select, toggle, reveal, center: (id) => camera.center(boxAt(next, id)) });
    tools.replaceChildren(...toolbar(next, camera, arrange));
    drawing.light(cursor);
    select(selected !== undefined && next.nodes.some(({ id }) => id === selected) ? selected : undefined);
    placeCamera(next, isSame, anchor);
    remember();
  };
  const placeCamera = (
    next: DiagramModel,
    isSame: boolean,
    anchor: ((to: Box | undefined) => void) | undefined,
  ): void => {
    if (anchor) anchor(boxAt(next, drawing?.selected()));
    else if (!isSame && before.className === next.className && before.camera) camera.restore(before.camera);
    else if (!isSame) camera.fit();
  };

  return (message) => {
    switch (message.type) {
      case 'diagram':
        if (isOutdated(message.answers)) return;
        // After a restart the containers that were open are asked for once.
        if (message.model && wanted.className === message.model.className && wanted.ids) {
          const { ids, direction } = wanted;
          wanted = {};
          if (ids.join() !== message.model.open.join() || direction !== message.model.direction) {
            model = message.model;
            arrange(ids, direction);
            return;
          }
        }
        show(message.labels, message.model);
        return;
      case 'cursor':
        cursor = message.place;
        drawing?.light(cursor);
        return;
      case 'panel':
        return;
    }
  };
};

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const boxAt = (model: DiagramModel | null, id: string | undefined): Box | undefined =>
  id === undefined ? undefined : model?.nodes.find((node) => node.id === id);

const reveal = (place: Place | undefined): void => {
  if (place) post({ type: 'reveal', place });
};

const toolbar = (
  model: DiagramModel,
  camera: Camera,
  arrange: (open: readonly string[] | 'all' | null, direction?: 'down' | 'right') => void,
): readonly HTMLElement[] => {
  const { labels, className, direction, containers, legend } = model;
  const folds = containers.length > 0;
  return [
    html('strong', { class: 'name' }, className),
    html(
      'span',
      { class: 'group' },
      button('zoomOut', labels.zoomOut, () => camera.zoom(1 / 1.25)),
      button('zoomIn', labels.zoomIn, () => camera.zoom(1.25)),
      button('fit', labels.fit, () => camera.fit()),
    ),
    html(
      'span',
      { class: 'group' },
      button('openAll', labels.openAll, () => arrange('all'), { disabled: !folds }),
      button('foldAll', labels.foldAll, () => arrange([]), { disabled: !folds }),
      button('turn', labels.turn, () => arrange(model.open, direction === 'down' ? 'right' : 'down')),
      button('panel', labels.panel, () => post({ type: 'show', view: 'panel', className })),
    ),
    html(
      'span',
      { class: 'legend', 'aria-label': labels.legend, role: 'list' },
      ...legend.map(({ family, name }) => html('span', { class: `family ${family}`, role: 'listitem' }, name)),
    ),
  ];
};
