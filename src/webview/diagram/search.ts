import type { DiagramEntry, DiagramModel } from '../../core';
import { button } from '../buttons';
import { html } from '../dom';

/** The field that finds boxes, in what is folded too. */
export interface Search {
  readonly element: HTMLElement;
  /** Looks in another model; what is typed stays. */
  readonly look: (model: DiagramModel) => void;
  readonly focus: () => void;
}

/** `found` is told of all that match and of the one to be shown; nothing is shown while the field is empty. */
export const newSearch = (
  found: (matches: readonly DiagramEntry[], shown: DiagramEntry | undefined) => void,
  leave: () => void,
): Search => {
  let model: DiagramModel | undefined;
  let matches: readonly DiagramEntry[] = [];
  let at = -1;
  const field = html('input', { type: 'search', spellcheck: 'false' });
  const count = html('span', { class: 'count', role: 'status' });
  const show = (): void => {
    element.classList.toggle('idle', field.value === '');
    count.textContent = field.value === '' ? '' : `${at + 1}/${matches.length}`;
    found(matches, matches[at]);
  };
  const step = (by: number): void => {
    if (matches.length === 0) return;
    at = (at + by + matches.length) % matches.length;
    show();
  };
  const find = (): void => {
    const wanted = field.value.trim().toLowerCase();
    const all = model && wanted !== '' ? model.index : [];
    matches = all.filter(({ id, text }) => `${id} ${text}`.toLowerCase().includes(wanted));
    at = matches.length > 0 ? 0 : -1;
    show();
  };
  field.addEventListener('input', find);
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter') step(event.shiftKey ? -1 : 1);
    else if (event.key === 'Escape') {
      field.value = '';
      find();
      leave();
    } else return;
    event.preventDefault();
  });
  const element = html('span', { class: 'search idle', role: 'search' }, field, count);
  return {
    element,
    look: (next) => {
      model = next;
      const { labels } = next;
      field.placeholder = `${labels.search} /`;
      field.setAttribute('aria-label', labels.search);
      if (element.children.length === 2)
        element.append(
          button('previous', labels.previous, () => step(-1)),
          button('next', labels.next, () => step(1)),
        );
    },
    focus: () => field.select(),
  };
};
