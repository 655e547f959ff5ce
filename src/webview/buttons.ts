import { type Attributes, html, icon } from './dom';

/** Line drawings on a field of 16 × 16. */
export const icons = {
  pin: 'M6 2.5h4M6.8 2.5v4L4.5 9.5h7L9.2 6.5v-4M8 9.5v4.5',
  diagram: 'M5.5 2h5v3.5h-5zM2 10.5h5V14H2zM9 10.5h5V14H9zM8 5.5v2.5M4.5 10.5V8h7v2.5',
  panel: 'M2.5 3.5h11M2.5 8h11M2.5 12.5h11',
  kernel: 'M2.5 3h4v4h-4zM2.5 9.5h4v4h-4zM10 6.2h4v4h-4zM6.5 5l3.5 2.4M6.5 11.5L10 9',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  save: 'M8 2.5v7.5M4.8 7L8 10.2 11.2 7M2.5 11v2.5h11V11',
  previous: 'M4 9.5L8 6l4 3.5',
  next: 'M4 6.5L8 10l4-3.5',
  reset: 'M3 8a5 5 0 1 0 1.6-3.7M3 2.5v3h3',
  zoomIn: 'M8 3v10M3 8h10',
  zoomOut: 'M3 8h10',
  fit: 'M2.5 6V2.5H6M10 2.5h3.5V6M13.5 10v3.5H10M6 13.5H2.5V10',
  openAll: 'M3.5 3.5l4.5 4 4.5-4M3.5 9l4.5 4 4.5-4',
  foldAll: 'M3.5 7.5l4.5-4 4.5 4M3.5 13l4.5-4 4.5 4',
  turn: 'M3 3v7.5M1 8.5l2 2.2 2-2.2M6 3h6.5M10.5 1l2.2 2-2.2 2M8 8h5v5H8z',
} as const;

/** A button with an icon; `label` is what it is called. */
export const button = (
  name: keyof typeof icons,
  label: string,
  act: () => void,
  attributes: Attributes = {},
): HTMLButtonElement => {
  const element = html(
    'button',
    { type: 'button', class: 'tool', title: label, 'aria-label': label, ...attributes },
    icon(icons[name]),
  );
  element.addEventListener('click', act);
  return element;
};

/** A button with a text; `title` says more where the text is short. */
export const textButton = (
  text: string,
  title: string,
  act: () => void,
  attributes: Attributes = {},
): HTMLButtonElement => {
  const element = html('button', { type: 'button', title, ...attributes }, text);
  element.addEventListener('click', act);
  return element;
};
