import type { PanelModel, PanelStep } from './panel-model';

/** The formats in which the steps of a panel can be taken elsewhere. */
export type TableFormat = 'markdown' | 'csv';

/** The steps and totals of a panel as a table. */
export const panelTable = (model: PanelModel, format: TableFormat): string => {
  const { labels } = model;
  const head = [labels.step, labels.layer, labels.input, labels.output, labels.parameters, labels.flops, labels.memory];
  const rows = model.steps.flatMap((step) => rowsOf(step, 0, format));
  return format === 'csv'
    ? [head, ...rows].map((row) => `${row.map(quoted).join(',')}\r\n`).join('')
    : [
        `**${model.className}** (${model.framework})`,
        '',
        ...[head, NUMBERS, ...rows].map((row) => `| ${row.join(' | ')} |`),
        '',
        ...model.totals.map(({ label, value }) => `- ${label}: ${escaped(value)}`),
        '',
      ].join('\n');
};

const NUMBERS = [':--', ':--', ':--', ':--', '--:', '--:', '--:'];

/** A step with what lies inside of it; a statement of several calls gives way to them. */
const rowsOf = (step: PanelStep, depth: number, format: TableFormat): readonly (readonly string[])[] => {
  const { title, detail, repeat, input, output, parameters, flops, activations, children } = step;
  if (title === '') return children.flatMap((child) => rowsOf(child, depth, format));
  const cells = [
    [title, repeat].filter((t) => t !== '').join(' '),
    detail,
    input,
    output,
    parameters,
    flops,
    activations,
  ];
  const indent = format === 'csv' ? '  '.repeat(depth) : '&emsp;'.repeat(depth);
  const [name = '', ...others] = format === 'csv' ? cells : cells.map(escaped);
  return [[`${indent}${name}`, ...others], ...children.flatMap((child) => rowsOf(child, depth + 1, format))];
};

/** Text that Markdown takes as it stands. */
const escaped = (text: string): string => text.replace(/[\\`*_[\]|<>]/g, '\\$&');

const quoted = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
