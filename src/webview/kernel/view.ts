import './kernel.css';
import type { FusionCheck, FusionRegion, FusionStep, KernelExample, KernelLabels, KernelModel } from '../../core';
import { button, textButton } from '../buttons';
import { html } from '../dom';
import { isNews, keep, nextSequence, post } from '../host';
import type { KernelEdit, ToPage } from '../protocol';
import { formula } from './formula';
import { type Drawing, picture, wrongMap } from './picture';

interface Wish {
  region: number | undefined;
  output: number;
  input: number;
  edits: readonly KernelEdit[];
}

/** The preview of fused kernels: draws itself into `place` and answers with what takes messages. */
export const kernelView = (place: HTMLElement): ((message: ToPage) => void) => {
  const wish: Wish = { region: undefined, output: 0, input: 0, edits: [] };
  let model: KernelModel | null = null;
  const ask = (change: Partial<Wish>): void => {
    Object.assign(wish, change);
    if (!model) return;
    const { className } = model;
    post({ type: 'fold', sequence: nextSequence(), className, ...wish, region: wish.region ?? null });
  };
  const edit: Drawing['edit'] = ({ layer, part, index }, value) =>
    ask({
      edits: [
        ...wish.edits.filter((e) => e.layer !== layer || e.part !== part || e.index !== index),
        { layer, part, index, value },
      ],
    });
  return (message) => {
    if (message.type !== 'kernel' || !isNews(message)) return;
    model = message.model;
    if (!model) {
      place.replaceChildren(html('p', { class: 'empty' }, message.empty));
      return;
    }
    document.documentElement.lang = model.language === 'en' ? 'en' : 'zh-CN';
    keep({ view: 'kernel', className: model.className });
    const focused = document.activeElement?.id;
    place.replaceChildren(...page(model, wish, ask, edit));
    if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  };
};

const page = (
  model: KernelModel,
  wish: Wish,
  ask: (change: Partial<Wish>) => void,
  edit: Drawing['edit'],
): readonly HTMLElement[] => {
  const { labels, region, example } = model;
  const parts: HTMLElement[] = [header(model, ask)];
  if (region) {
    if (example) parts.push(sliders(labels, example, wish, ask));
    parts.push(
      html(
        'div',
        { class: 'columns' },
        section(labels.branches, ...branches(model, region, edit)),
        section(labels.steps, ...steps(model, region, edit)),
        section(labels.result, ...result(model, region, edit)),
      ),
    );
  }
  if (model.written.length > 0) parts.splice(1, 0, written(model));
  if (model.known.length > 0) parts.push(known(model));
  if (model.kept.length > 0) parts.push(kept(model));
  return parts;
};

const header = (model: KernelModel, ask: (change: Partial<Wish>) => void): HTMLElement => {
  const { labels, className, choices, region } = model;
  const choose = html('select', { id: 'region', 'aria-label': labels.choose });
  for (const { id, title, result: made } of choices)
    choose.append(html('option', { value: id, selected: id === region?.id, title: made }, title));
  choose.addEventListener('change', () => ask({ region: Number(choose.value), output: 0, input: 0, edits: [] }));
  return html(
    'header',
    {},
    html(
      'div',
      { class: 'title' },
      html('h1', {}, className),
      html('span', { class: 'chip' }, model.framework),
      html(
        'span',
        { class: 'tools' },
        model.hasCode
          ? button('copy', labels.copy, () => post({ type: 'copy', className, format: 'python' }))
          : undefined,
        button('diagram', labels.diagram, () => post({ type: 'show', view: 'diagram', className })),
      ),
    ),
    html('p', { class: 'headline' }, model.headline),
    choices.length > 1 ? choose : undefined,
    region?.condition === undefined ? undefined : html('p', { class: 'muted' }, `${labels.when} ${region.condition}`),
  );
};

const sliders = (
  labels: KernelLabels,
  { outputs, inputs, output, input, edited }: KernelExample,
  wish: Wish,
  ask: (change: Partial<Wish>) => void,
): HTMLElement => {
  const slider = (id: 'output' | 'input', size: number, value: number): HTMLElement => {
    const range = html('input', { type: 'range', id, min: 0, max: size - 1, value, disabled: size < 2 });
    range.addEventListener('input', () =>
      ask(id === 'output' ? { output: Number(range.value) } : { input: Number(range.value) }),
    );
    return html('label', {}, `${labels[id]} ${value + 1}/${size}`, range);
  };
  return html(
    'div',
    { class: 'sliders' },
    slider('output', outputs, output),
    slider('input', inputs, input),
    edited || wish.edits.length > 0 ? button('reset', labels.reset, () => ask({ edits: [] })) : undefined,
  );
};

const section = (title: string, ...content: readonly (HTMLElement | undefined)[]): HTMLElement =>
  html('section', {}, html('h2', {}, title), ...content);

const drawingOf = ({ labels, example }: KernelModel, edit: Drawing['edit']): Drawing => ({
  scale: example?.scale ?? 1,
  edit,
  editLabel: labels.edit,
});

const branches = (model: KernelModel, region: FusionRegion, edit: Drawing['edit']): readonly HTMLElement[] => [
  html('p', { class: 'expression' }, html('code', {}, region.expression)),
  ...region.layers.map((layer, i) => {
    const { call, definition } = layer;
    const to = definition ?? call;
    const shown = model.example?.layers[i] ?? { name: layer.name, setting: layer.setting, rows: [], numbers: [] };
    const drawn = picture({ ...shown, setting: layer.setting }, drawingOf(model, edit));
    if (layer.condition !== undefined)
      drawn.append(html('p', { class: 'muted' }, `${model.labels.when} ${layer.condition}`));
    if (to) {
      const name = drawn.querySelector('code');
      name?.replaceWith(
        textButton(layer.name, model.labels.source, () => post({ type: 'reveal', place: to }), { class: 'name' }),
      );
    }
    return drawn;
  }),
];

const steps = (model: KernelModel, region: FusionRegion, edit: Drawing['edit']): readonly HTMLElement[] => [
  ...region.steps.map((step, i) => {
    const drawn = model.example?.steps[i];
    return html(
      'details',
      { class: 'rule', open: true },
      summary(step),
      html('div', { class: 'formulas' }, ...step.formulas.map((f) => html('p', {}, formula(f)))),
      drawn ? picture(drawn, drawingOf(model, edit)) : undefined,
      checks(model.labels, step),
    );
  }),
  ...region.refusals.map((step) =>
    html(
      'details',
      { class: 'rule refused', open: true },
      summary(step),
      checks(model.labels, step),
      model.example?.wrong?.rule === step.rule
        ? html('div', {}, html('p', { class: 'muted' }, model.labels.wrong), wrongMap(model.example.wrong.rows))
        : undefined,
    ),
  ),
];

const summary = (step: FusionStep): HTMLElement =>
  html(
    'summary',
    {},
    html('span', { class: 'chip' }, step.rule),
    html('span', {}, step.title),
    html('code', { class: 'muted' }, `${step.inputs.join(', ')}${step.output === '' ? '' : ` → ${step.output}`}`),
  );

const SIGNS = { holds: '✔', violated: '✘', depends: '?' } as const;

const checks = (labels: KernelLabels, step: FusionStep): HTMLElement =>
  html(
    'ul',
    { class: 'checks', role: 'list', 'aria-label': labels.conditions },
    ...step.checks.map((c) => checkLine(labels, c)),
  );

const checkLine = (labels: KernelLabels, check: FusionCheck): HTMLElement => {
  const { place } = check;
  return html(
    'li',
    { class: check.verdict },
    html('span', { class: 'sign', title: labels[check.verdict] }, SIGNS[check.verdict]),
    place ? textButton(check.text, labels.source, () => post({ type: 'reveal', place })) : html('span', {}, check.text),
    check.remedy === undefined
      ? undefined
      : html('p', { class: 'remedy' }, `${labels.remedy}${labels.colon}${check.remedy}`),
  );
};

const result = (model: KernelModel, region: FusionRegion, edit: Drawing['edit']): readonly HTMLElement[] => {
  const { labels, example } = model;
  const pictures = example?.results.map((one) => picture(one, drawingOf(model, edit))) ?? [];
  return [
    ...region.result.map((line) => html('p', {}, line)),
    ...pictures,
    ...(example && region.steps.length > 0
      ? [html('p', { class: 'difference' }, `${labels.example}${labels.colon}`, html('strong', {}, example.difference))]
      : []),
    costs(labels, region),
  ];
};

const costs = (labels: KernelLabels, region: FusionRegion): HTMLElement =>
  html(
    'table',
    { class: 'costs' },
    html(
      'thead',
      {},
      html(
        'tr',
        {},
        ...[labels.costs, labels.before, labels.after, labels.change].map((t) => html('th', { scope: 'col' }, t)),
      ),
    ),
    html(
      'tbody',
      {},
      ...region.costs.map((row) =>
        html(
          'tr',
          {},
          html('th', { scope: 'row' }, row.label),
          ...[row.before, row.after, row.change].map((t) => html('td', {}, t)),
        ),
      ),
    ),
  );

const kept = ({ labels, kept: pairs }: KernelModel): HTMLElement =>
  section(
    labels.kept,
    html(
      'ul',
      { class: 'checks', role: 'list' },
      ...pairs.map(({ layer, norm, reason, remedy, place }) =>
        checkLine(labels, {
          code: '',
          verdict: 'violated',
          text: `${layer} → ${norm}${labels.colon}${reason}`,
          ...(remedy !== undefined && { remedy }),
          ...(place && { place }),
        }),
      ),
    ),
  );

const OUTCOMES = {
  agrees: { class: 'holds', sign: '✔' },
  differs: { class: 'violated', sign: '✘' },
  unknown: { class: 'depends', sign: '?' },
} as const;

/** Kernels that the code itself says, with their numbers. */
const known = ({ labels, known: all }: KernelModel): HTMLElement =>
  section(
    labels.known,
    ...all.map(({ name, text, kernels, place }) => {
      const scale = Math.max(...kernels.flat(2).map(Math.abs), 1e-9);
      const drawing: Drawing = { scale, edit: () => undefined, editLabel: '' };
      return html(
        'div',
        { class: 'known' },
        place
          ? textButton(name, labels.source, () => post({ type: 'reveal', place }), { class: 'name' })
          : html('code', {}, name),
        html('p', {}, ...coded(text)),
        ...kernels.map((rows) =>
          picture(
            { name: '', setting: '', rows: rows.map((row) => row.map((value) => ({ value }))), numbers: [] },
            drawing,
          ),
        ),
      );
    }),
  );

/** What the author's own methods come to. */
const written = ({ labels, written: methods }: KernelModel): HTMLElement =>
  section(
    labels.written,
    html(
      'ul',
      { class: 'checks written', role: 'list' },
      ...methods.map(({ outcome, text, place }) =>
        html(
          'li',
          { class: OUTCOMES[outcome].class },
          html('span', { class: 'sign', title: labels[outcome] }, OUTCOMES[outcome].sign),
          ...coded(text),
          place ? textButton('↗', labels.source, () => post({ type: 'reveal', place }), { class: 'to' }) : undefined,
        ),
      ),
    ),
  );

/** Text with names between backquotes. */
const coded = (text: string): readonly (HTMLElement | string)[] =>
  text.split('`').map((part, i) => (i % 2 === 1 ? html('code', {}, part) : part));
