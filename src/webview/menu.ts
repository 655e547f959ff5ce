import { html, icon } from './dom';

/** What a menu offers. */
export interface Choice {
  readonly label: string;
  readonly act: () => void;
}

/** A button that opens a short list; arrows walk in it, Escape and a click elsewhere close it. */
export const menu = (path: string, label: string, choices: readonly Choice[]): HTMLElement => {
  const opener = html(
    'button',
    {
      type: 'button',
      class: 'tool',
      title: label,
      'aria-label': label,
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
    },
    icon(path),
  );
  const items = choices.map(({ label: text }) =>
    html('button', { type: 'button', role: 'menuitem', tabindex: -1 }, text),
  );
  const list = html('div', { class: 'menu', role: 'menu', 'aria-label': label, hidden: true }, ...items);
  const element = html('span', { class: 'menu-place' }, opener, list);
  const set = (isOpen: boolean): void => {
    list.hidden = !isOpen;
    opener.setAttribute('aria-expanded', `${isOpen}`);
    if (isOpen) items[0]?.focus();
  };
  opener.addEventListener('click', () => set(Boolean(list.hidden)));
  items.forEach((item, i) => {
    item.addEventListener('click', () => {
      set(false);
      opener.focus();
      choices[i]?.act();
    });
  });
  element.addEventListener('focusout', ({ relatedTarget }) => {
    if (!(relatedTarget instanceof Node && element.contains(relatedTarget))) set(false);
  });
  element.addEventListener('keydown', (event) => {
    const at = items.findIndex((item) => item.matches(':focus'));
    const to = { ArrowDown: at + 1, ArrowUp: at - 1 + items.length, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined && !list.hidden) {
      event.preventDefault();
      items[to % items.length]?.focus();
    } else if (event.key === 'Escape' && !list.hidden) {
      event.stopPropagation();
      set(false);
      opener.focus();
    }
  });
  return element;
};
