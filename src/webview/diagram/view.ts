import './diagram.css';
import type { DiagramEntry, DiagramModel, Labels, Place } from '../../core';
import { html } from '../dom';
import { isNews, keep, kept, nextSequence, post } from '../host';
import type { PageState, ToPage } from '../protocol';
import { newCamera } from './camera';
import { detailsOf } from './details';
import { type Drawing, draw } from './draw';
import { stopAt, withKeys } from './keys';
import { newMinimap } from './minimap';
import { paint } from './paint';
import { newSearch } from './search';
import { toolbar } from './toolbar';

/** The layer diagram: draws itself into `place` and answers with what takes messages. */
export const diagramView = (place: HTMLElement): ((message: ToPage) => void) => {
  const before = kept();
  const stage = html('div', { class: 'stage' });
  const tools = html('div', { class: 'tools', role: 'toolbar' });
  const details = html('aside', { class: 'details', 'aria-live': 'polite' });
  const note = html('p', { class: 'empty' });
  const camera = newCamera(stage, () => {
    minimap.follow();
    remember();
  });
  const minimap = newMinimap(stage, () => camera);
  const search = newSearch(
    (matches, shown) => found(matches, shown),
    () => stage.querySelector<SVGElement>('.node[tabindex="0"]')?.focus(),
  );
  place.replaceChildren(tools, html('div', { class: 'scene' }, stage, minimap.element), details, note);
  let model: DiagramModel | null = null;
  let drawing: Drawing | undefined;
  let cursor: Place | null = null;
  let wanted: Pick<PageState, 'className' | 'ids' | 'direction'> = before;
  /** A box that is to be shown once the containers around it are open. */
  let awaited: string | undefined;

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
  const goTo = (id: string): void => {
    select(id);
    if (drawing) stopAt(drawing.boxes, id);
    camera.center(boxAt(model, id));
  };
  const found = (matches: readonly DiagramEntry[], shown: DiagramEntry | undefined): void => {
    if (!model) return;
    drawing?.mark(new Set(matches.map(({ id }) => id)));
    if (!shown) return;
    const { open } = model;
    awaited = shown.id;
    if (shown.above.every((id) => open.includes(id))) goTo(shown.id);
    else arrange([...new Set([...open, ...shown.above])]);
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
    document.documentElement.lang = next.language === 'en' ? 'en' : 'zh-CN';
    drawing = draw(next, { select, toggle, reveal });
    stage.setAttribute('aria-label', `${labels.diagram}: ${next.className}`);
    stage.replaceChildren(drawing.element);
    camera.show(drawing.layer, next);
    withKeys(next, drawing, { select, toggle, reveal, center: (id) => camera.center(boxAt(next, id)) });
    search.look(next);
    tools.replaceChildren(...toolbar(next, camera, arrange, search.element));
    minimap.draw(next);
    drawing.light(cursor);
    select(selected !== undefined && next.nodes.some(({ id }) => id === selected) ? selected : undefined);
    placeCamera(next, isSame, anchor);
    if (awaited !== undefined && boxAt(next, awaited)) goTo(awaited);
    awaited = undefined;
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
  document.addEventListener('keydown', (event) => {
    if (event.key !== '/' || event.target instanceof HTMLInputElement || !model) return;
    event.preventDefault();
    search.focus();
  });
  new ResizeObserver(() => minimap.follow()).observe(stage);

  return (message) => {
    switch (message.type) {
      case 'diagram':
        if (!isNews(message)) return;
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
      case 'paint':
        void paint(message.svg, message.width, message.height).then((png) => {
          if (model) post({ type: 'picture', className: model.className, png });
        });
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
