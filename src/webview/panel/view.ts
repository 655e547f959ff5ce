import './panel.css';
import type { Labels, PanelModel, Place } from '../../core';
import { button, icons, textButton } from '../buttons';
import { html } from '../dom';
import { isNews, keep, kept, nextSequence, post } from '../host';
import { menu } from '../menu';
import type { CopyFormat, ToPage } from '../protocol';
import { fieldList } from './fields';
import { stepTree } from './steps';

/** The shape panel: draws itself into `place` and answers with what takes messages. */
export const panelView = (place: HTMLElement): ((message: ToPage) => void) => {
  const folded = new Set<string>(kept().ids ?? []);
  let model: PanelModel | null = null;
  let light: (cursor: Place | null) => void = () => undefined;
  let cursor: Place | null = null;
  const show = (labels: Labels, pinned: boolean): void => {
    if (!model) {
      place.replaceChildren(html('p', { class: 'empty' }, labels.noClass));
      return;
    }
    document.documentElement.lang = model.language === 'en' ? 'en' : 'zh-CN';
    const focus = focusMark();
    const tree = stepTree(model, folded, () => remember(model, folded));
    light = tree.light;
    place.replaceChildren(
      header(model, pinned),
      fieldList(model, give),
      ...notices(model),
      section(model.labels.steps, tree.element),
      totals(model),
    );
    light(cursor);
    focus();
    remember(model, folded);
  };
  const give = (inputs: Readonly<Record<string, string>>, args: Readonly<Record<string, string>>): void => {
    if (model) post({ type: 'give', sequence: nextSequence(), className: model.className, texts: { inputs, args } });
  };
  return (message) => {
    switch (message.type) {
      case 'panel':
        if (!isNews(message)) return;
        model = message.model;
        show(message.labels, message.pinned);
        return;
      case 'cursor':
        cursor = message.place;
        light(cursor);
        return;
      case 'diagram':
      case 'kernel':
      case 'paint':
        return;
    }
  };
};

const remember = (model: PanelModel | null, folded: ReadonlySet<string>): void =>
  keep({ view: 'panel', ids: [...folded], ...(model && { className: model.className }) });

/** A new model replaces everything: what had the focus gets it back. */
const focusMark = (): (() => void) => {
  const id = document.activeElement?.id;
  const input = document.activeElement instanceof HTMLInputElement ? document.activeElement : undefined;
  const caret = input?.selectionStart;
  return () => {
    const again = id ? document.getElementById(id) : null;
    again?.focus({ preventScroll: true });
    if (again instanceof HTMLInputElement && typeof caret === 'number') again.setSelectionRange(caret, caret);
  };
};

const header = (model: PanelModel, pinned: boolean): HTMLElement => {
  const { labels, className, span } = model;
  const name = textButton(className, labels.source, () => post({ type: 'revealSpan', ...span }), { class: 'name' });
  const pin = button('pin', labels.pin, () => post({ type: 'pin', pinned: !pinned }), { 'aria-pressed': `${pinned}` });
  const diagram = button('diagram', labels.diagram, () => post({ type: 'show', view: 'diagram', className }));
  const copy = menu(icons.copy, labels.copy, [
    copying('Markdown', className, 'markdown'),
    copying('CSV', className, 'csv'),
    copying(labels.copyText, className, 'text'),
  ]);
  return html(
    'header',
    {},
    html('div', { class: 'title' }, html('h1', {}, name), html('span', { class: 'tools' }, pin, diagram, copy)),
    model.meaning === undefined ? undefined : html('p', { class: 'meaning' }, model.meaning),
    model.folding === undefined
      ? undefined
      : html(
          'p',
          { class: 'folding' },
          textButton(model.folding, labels.kernels, () => post({ type: 'show', view: 'kernel', className })),
        ),
    html('p', { class: 'muted' }, html('span', { class: 'chip' }, model.framework), ' ', model.known),
  );
};

const copying = (label: string, className: string, format: CopyFormat) => ({
  label,
  act: () => post({ type: 'copy', className, format }),
});

const notices = (model: PanelModel): readonly HTMLElement[] => {
  const { labels, problems, conditions, assumptions } = model;
  const parts: HTMLElement[] = [];
  if (problems.length > 0) {
    const rows = problems.map(({ text, severity, span }) =>
      html(
        'li',
        { class: severity },
        textButton(text, labels.source, () => post({ type: 'revealSpan', ...span })),
      ),
    );
    parts.push(section(labels.problems, html('ul', { class: 'problems', role: 'list' }, ...rows)));
  }
  const held = [
    ...conditions.map((text) => html('li', {}, text)),
    ...assumptions.map((text) => html('li', { class: 'muted' }, text)),
  ];
  if (held.length > 0) parts.push(section(labels.conditions, html('ul', { class: 'conditions' }, ...held)));
  return parts;
};

const section = (title: string, content: HTMLElement): HTMLElement =>
  html('section', {}, html('h2', {}, title), content);

const totals = (model: PanelModel): HTMLElement =>
  section(
    model.labels.totals,
    html(
      'div',
      {},
      html('dl', {}, ...model.totals.flatMap(({ label, value }) => [html('dt', {}, label), html('dd', {}, value)])),
      html('p', { class: 'muted note' }, model.note),
    ),
  );
