import type { PanelField, PanelModel } from '../../core';
import { button, textButton } from '../buttons';
import { html } from '../dom';

type Give = (inputs: Readonly<Record<string, string>>, args: Readonly<Record<string, string>>) => void;

/** The fields for the shapes of inputs and the arguments of the constructor. Every change gives all of them. */
export const fieldList = (model: PanelModel, give: Give): HTMLElement => {
  const { labels, inputs, parameters } = model;
  const read = { inputs: new Map<string, () => string>(), args: new Map<string, () => string>() };
  const texts = (from: ReadonlyMap<string, () => string>): Record<string, string> =>
    Object.fromEntries([...from].map(([name, text]) => [name, text()]));
  let last = JSON.stringify([...inputs, ...parameters].map((field) => field.text));
  const changed = (): void => {
    const [shapes, args] = [texts(read.inputs), texts(read.args)];
    const now = JSON.stringify([...Object.values(shapes), ...Object.values(args)]);
    // Enter gives the texts, and so does leaving the field right after it.
    if (now === last) return;
    last = now;
    give(shapes, args);
  };
  const rows = (fields: readonly PanelField[], kind: keyof typeof read): readonly HTMLElement[] =>
    fields.map((field) => {
      const { element, text } = row(field, `${kind}-${field.name}`, labels.reset, changed);
      read[kind].set(field.name, text);
      return element;
    });
  const inputRows = rows(inputs, 'inputs');
  const parameterRows = rows(parameters, 'args');
  return html(
    'form',
    { class: 'fields', autocomplete: 'off' },
    inputRows.length === 0 ? undefined : html('h2', {}, labels.inputs),
    ...inputRows,
    parameterRows.length === 0
      ? undefined
      : html(
          'details',
          { open: parameters.some((p) => p.given || p.message !== undefined) },
          html('summary', {}, labels.constructor, ' ', html('span', { class: 'muted' }, `${parameters.length}`)),
          ...parameterRows,
        ),
  );
};

const row = (
  field: PanelField,
  id: string,
  reset: string,
  changed: () => void,
): { readonly element: HTMLElement; readonly text: () => string } => {
  const { name, message } = field;
  const input = html('input', {
    id,
    type: 'text',
    spellcheck: 'false',
    placeholder: field.placeholder,
    value: field.text,
    'aria-invalid': message === undefined ? undefined : 'true',
    'aria-describedby': message === undefined ? undefined : `${id}-message`,
  });
  input.addEventListener('change', changed);
  input.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter') return;
    event.preventDefault();
    changed();
  });
  const put = (text: string): void => {
    input.value = text;
    changed();
  };
  const chips = field.presets.map((preset) =>
    textButton(preset.label, preset.text === '' ? preset.label : preset.text, () => put(preset.text), {
      class: 'chip',
      'aria-pressed': `${preset.text === field.text}`,
    }),
  );
  const element = html(
    'div',
    { class: field.given ? 'field given' : 'field' },
    html('label', { for: id }, name),
    html('div', { class: 'value' }, input, field.text === '' ? undefined : button('reset', reset, () => put(''))),
    message === undefined ? undefined : html('p', { class: 'message', id: `${id}-message`, role: 'alert' }, message),
    chips.length < 2 ? undefined : html('div', { class: 'presets' }, ...chips),
  );
  return { element, text: () => input.value };
};
