import type { PanelModel, PanelStep, Place } from '../../core';
import { html, icon } from '../dom';
import { post } from '../host';
import { known, litBy } from '../lit';

/** The tree of steps; `light` marks the rows of a place in the editor. */
export interface StepTree {
  readonly element: HTMLElement;
  readonly light: (cursor: Place | null) => void;
}

interface Row {
  readonly step: PanelStep;
  readonly element: HTMLElement;
  readonly parent: Row | undefined;
  readonly level: number;
}

/** Draws the steps; those whose ids are in `folded` hide what lies inside of them. */
export const stepTree = (model: PanelModel, folded: Set<string>, changed: () => void): StepTree => {
  const rows: Row[] = [];
  const add = (step: PanelStep, parent: Row | undefined, level: number): void => {
    const row: Row = { step, element: rowElement(model, step, level), parent, level };
    rows.push(row);
    for (const child of step.children) add(child, row, level + 1);
  };
  for (const step of model.steps) add(step, undefined, 1);
  const isHidden = ({ parent }: Row): boolean =>
    parent !== undefined && (folded.has(parent.step.id) || isHidden(parent));
  const refresh = (): void => {
    for (const row of rows) {
      row.element.hidden = isHidden(row);
      if (row.step.children.length > 0) row.element.setAttribute('aria-expanded', `${!folded.has(row.step.id)}`);
    }
  };
  const setFolded = (row: Row, isFolded: boolean): void => {
    if (row.step.children.length === 0) return;
    if (isFolded) folded.add(row.step.id);
    else folded.delete(row.step.id);
    refresh();
    changed();
  };
  const focus = (row: Row | undefined): void => {
    if (!row) return;
    for (const { element } of rows) {
      element.tabIndex = -1;
      element.setAttribute('aria-selected', `${element === row.element}`);
    }
    row.element.tabIndex = 0;
    row.element.focus();
  };
  const visible = (): readonly Row[] => rows.filter(({ element }) => !element.hidden);
  const beside = (row: Row, by: number): Row | undefined => {
    const shown = visible();
    return shown[shown.indexOf(row) + by];
  };
  const keys: Readonly<Record<string, (row: Row) => void>> = {
    ArrowDown: (row) => focus(beside(row, 1)),
    ArrowUp: (row) => focus(beside(row, -1)),
    Home: () => focus(visible()[0]),
    End: () => focus(visible().at(-1)),
    ArrowRight: (row) => (folded.has(row.step.id) ? setFolded(row, false) : focus(firstChild(rows, row))),
    ArrowLeft: (row) =>
      row.step.children.length > 0 && !folded.has(row.step.id) ? setFolded(row, true) : focus(row.parent),
    Enter: ({ step }) => reveal(step),
    ' ': (row) => setFolded(row, !folded.has(row.step.id)),
  };
  for (const row of rows) {
    row.element.addEventListener('click', (event) => {
      if (event.target instanceof Element && event.target.closest('.twist')) setFolded(row, !folded.has(row.step.id));
      else reveal(row.step);
      focus(row);
    });
    row.element.addEventListener('keydown', (event) => {
      const act = keys[event.key];
      if (!act || event.target !== row.element) return;
      event.preventDefault();
      act(row);
    });
  }
  refresh();
  const [first] = rows;
  if (first) first.element.tabIndex = 0;
  const { labels } = model;
  const head = html(
    'div',
    { class: 'head', 'aria-hidden': 'true' },
    ...[labels.layer, labels.output, labels.parameters, labels.flops].map((text) => html('span', {}, text)),
  );
  const tree = html('div', { role: 'tree', 'aria-label': labels.steps }, ...rows.map((row) => row.element));
  const element = html('div', { class: 'steps' }, head, tree);
  return { element, light: (cursor) => light(rows, cursor) };
};

const firstChild = (rows: readonly Row[], row: Row): Row | undefined => rows.find(({ parent }) => parent === row);

const reveal = ({ place }: PanelStep): void => {
  if (place) post({ type: 'reveal', place });
};

const light = (rows: readonly Row[], cursor: Place | null): void => {
  const lit = litBy(rows, ({ step }) => known(step.place, step.definition), cursor);
  for (const row of rows) row.element.classList.toggle('lit', lit.has(row));
};

/** What a row says beside its line: the way of the shapes, the arithmetic behind them, and the costs. */
const moreOf = ({ labels }: PanelModel, step: PanelStep): readonly string[] => [
  step.input === '' || step.input === step.output ? '' : `${step.input} → ${step.output}`,
  ...step.arithmetic,
  step.flops === '' ? '' : `${labels.flops}: ${step.flops}`,
  step.activations === '' ? '' : `${labels.activationMemory}: ${step.activations}`,
];

const spoken = ({ labels }: PanelModel, step: PanelStep): string =>
  [
    `${step.title === '' ? step.code : step.title} ${step.detail}`.trim(),
    `${labels.output} ${step.output}`,
    step.parameters === '' ? '' : `${labels.parameters} ${step.parameters}`,
    step.condition === undefined ? '' : `${labels.condition} ${step.condition}`,
    step.fault ?? '',
  ]
    .filter((text) => text !== '')
    .join(', ');

const rowElement = (model: PanelModel, step: PanelStep, level: number): HTMLElement => {
  const { labels } = model;
  const isStatement = step.title === '';
  const name = isStatement ? step.code : step.title;
  const told = [isStatement ? '' : step.code, ...moreOf(model, step)].filter((text) => text !== '');
  const element = html(
    'div',
    {
      class: [
        'step',
        step.family,
        step.stale ? 'stale' : '',
        step.fault === undefined ? '' : 'fault',
        isStatement ? 'statement' : '',
      ]
        .filter((c) => c !== '')
        .join(' '),
      role: 'treeitem',
      tabindex: -1,
      'aria-level': level,
      'aria-selected': 'false',
      'aria-label': spoken(model, step),
      title: told.length === 0 ? undefined : told.join('\n'),
    },
    html('span', { class: 'twist', 'aria-hidden': 'true' }, step.children.length > 0 ? '›' : ''),
    step.icon === '' ? html('span', { class: 'icon' }) : icon(step.icon),
    html(
      'span',
      { class: 'what' },
      html(isStatement ? 'code' : 'strong', {}, name),
      step.repeat === '' ? undefined : html('span', { class: 'repeat' }, step.repeat),
      html('span', { class: 'muted' }, step.detail),
      step.condition === undefined
        ? undefined
        : html('span', { class: 'condition' }, `${labels.condition} ${step.condition}`),
    ),
    html('span', { class: 'shape' }, step.output),
    html('span', { class: 'number' }, step.parameters),
    html('span', { class: 'number flops' }, step.flops),
    step.fault === undefined ? undefined : html('span', { class: 'message' }, step.fault),
    told.length === 0 ? undefined : html('span', { class: 'more' }, ...told.map((text) => html('span', {}, text))),
  );
  element.style.setProperty('--level', `${level - 1}`);
  return element;
};
