import type { DiagramModel } from '../../core';
import { textButton } from '../buttons';
import { html } from '../dom';
import { post } from '../host';

/** What is known of one box; of the whole class when none is selected. */
export const detailsOf = (
  model: DiagramModel,
  id: string | undefined,
  toggle: (id: string) => void,
): readonly HTMLElement[] => {
  const { labels } = model;
  const node = model.nodes.find((other) => other.id === id);
  if (!node) return [list(model.facts), html('p', { class: 'muted' }, labels.pick)];
  const { call, definition, fault } = node;
  return [
    html('h2', { class: node.family }, node.title),
    ...(fault === undefined ? [] : [html('p', { class: 'message', role: 'alert' }, fault)]),
    list(node.facts.filter(({ label }) => label !== labels.fault)),
    html(
      'div',
      { class: 'actions' },
      call ? textButton(labels.source, labels.source, () => post({ type: 'reveal', place: call })) : undefined,
      definition
        ? textButton(labels.definition, labels.definition, () => post({ type: 'reveal', place: definition }))
        : undefined,
      node.folds
        ? textButton(node.shape === 'container' ? labels.fold : labels.open, labels.open, () => toggle(node.id))
        : undefined,
    ),
  ];
};

const list = (facts: DiagramModel['facts']): HTMLElement =>
  html('dl', {}, ...facts.flatMap(({ label, value }) => [html('dt', {}, label), html('dd', {}, value)]));
