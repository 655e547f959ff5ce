import type { KernelCell, KernelPicture } from '../../core';
import { html } from '../dom';

/** What a reader does with a cell: nothing, or gives it another number. */
export type EditCell = (edit: NonNullable<KernelCell['edit']>, value: number) => void;

/** How numbers are drawn. */
export interface Drawing {
  /** The number that gets full colour. */
  readonly scale: number;
  readonly edit: EditCell;
  readonly editLabel: string;
}

const shown = (value: number): string =>
  value === 0 ? '0' : Math.abs(value) >= 100 || Math.abs(value) < 0.005 ? value.toExponential(1) : value.toFixed(2);

/** A kernel as a heat map with its numbers, and the numbers beside it. */
export const picture = ({ name, setting, rows, numbers }: KernelPicture, drawing: Drawing): HTMLElement =>
  html(
    'figure',
    { class: 'kernel' },
    html('figcaption', {}, html('code', {}, name), html('span', { class: 'muted' }, setting)),
    rows.length === 0 ? undefined : heatMap(rows, drawing, name),
    numbers.length === 0
      ? undefined
      : html(
          'div',
          { class: 'numbers' },
          ...numbers.map((one) =>
            html('label', {}, html('i', {}, one.label), number(one, drawing, `${name} ${one.label}`)),
          ),
        ),
  );

const LARGE = 9;

const heatMap = (rows: KernelPicture['rows'], drawing: Drawing, name: string): HTMLElement => {
  const large = rows.length > LARGE || (rows[0]?.length ?? 0) > LARGE;
  return html(
    'table',
    { class: large ? 'heat large' : 'heat', 'aria-label': name },
    html(
      'tbody',
      {},
      ...rows.map((row) =>
        html(
          'tr',
          {},
          ...row.map((cell) =>
            coloured(html('td', { title: `${cell.value}` }, content(cell, drawing, large)), cell, drawing),
          ),
        ),
      ),
    ),
  );
};

const content = (cell: KernelCell, drawing: Drawing, large: boolean): HTMLElement | string =>
  large ? '' : cell.edit ? number(cell, drawing, '') : shown(cell.value);

/** Warm for positive, cold for negative; the style sheet mixes the colours. */
const coloured = (element: HTMLElement, { value }: KernelCell, { scale }: Drawing): HTMLElement => {
  const strength = Math.min(1, Math.abs(value) / scale);
  element.classList.add(value < 0 ? 'negative' : 'positive');
  element.style.setProperty('--strength', `${Math.round(strength * 100)}%`);
  return element;
};

const number = ({ value, edit }: KernelCell, drawing: Drawing, label: string): HTMLElement => {
  if (!edit) return html('output', { title: `${value}` }, shown(value));
  const field = html('input', {
    type: 'text',
    inputmode: 'decimal',
    id: `cell-${edit.layer}-${edit.part}-${edit.index}`,
    value: shown(value),
    title: `${drawing.editLabel} (${value})`,
    'aria-label': `${label} ${drawing.editLabel}`.trim(),
    size: 5,
  });
  field.addEventListener('change', () => {
    const typed = Number(field.value.replace('−', '-').replace(',', '.'));
    if (Number.isFinite(typed) && field.value.trim() !== '') drawing.edit(edit, typed);
    else field.value = shown(value);
  });
  return field;
};

/** Where one layer would be wrong: the more, the stronger. */
export const wrongMap = (rows: readonly (readonly number[])[]): HTMLElement => {
  const most = Math.max(...rows.flat(), 1e-12);
  return html(
    'table',
    { class: 'heat wrong' },
    html(
      'tbody',
      {},
      ...rows.map((row) =>
        html(
          'tr',
          {},
          ...row.map((gap) => {
            const cell = html('td', { title: gap.toExponential(1) }, gap > 1e-9 ? '✘' : '');
            cell.style.setProperty('--strength', `${Math.round((100 * gap) / most)}%`);
            return cell;
          }),
        ),
      ),
    ),
  );
};
