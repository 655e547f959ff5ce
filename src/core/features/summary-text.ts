import type { Summary, SummaryRow } from './summary';

const GAP = 3;
const LEAST = [40, 25, 10] as const;

/** A summary as plain text with torchinfo's layout. */
export const summaryText = ({ rows, totals }: Summary): string => {
  const cells = rows.map((row) => [indented(row), row.output, row.parameters] as const);
  const heads = ['Layer (type:depth-idx)', 'Output Shape', 'Param #'] as const;
  const widths = heads.map((head, i) =>
    Math.max(LEAST[i] ?? 0, head.length, ...cells.map((row) => [...(row[i] ?? '')].length)),
  );
  const line = (texts: readonly string[]): string =>
    texts
      .map((text, i) => (i === texts.length - 1 ? text : padded(text, (widths[i] ?? 0) + GAP - 2)))
      .join('')
      .trimEnd();
  const rule = '='.repeat(widths.reduce((sum, width) => sum + width, 0) + (widths.length - 1) * (GAP - 2) + GAP);
  const sizes = [totals.inputBytes, totals.passBytes, totals.parameterBytes];
  return [
    rule,
    line(heads),
    rule,
    ...cells.map(line),
    rule,
    `Total params: ${totals.parameters}`,
    `Trainable params: ${totals.trainable}`,
    `Non-trainable params: ${totals.fixed}`,
    `Total FLOPs (mult-adds × 2): ${totals.flops}`,
    rule,
    `Input size (MB): ${megabytes(totals.inputBytes)}`,
    `Forward/backward pass size (MB): ${megabytes(totals.passBytes)}`,
    `Params size (MB): ${megabytes(totals.parameterBytes)}`,
    `Estimated Total Size (MB): ${megabytes(sizes.reduce(plus))}`,
    rule,
    '',
  ].join('\n');
};

const plus = (a: number | undefined, b: number | undefined): number | undefined =>
  a === undefined || b === undefined ? undefined : a + b;

const megabytes = (bytes: number | undefined): string => (bytes === undefined ? '--' : (bytes / 1e6).toFixed(2));

const padded = (text: string, width: number): string => text + ' '.repeat(Math.max(1, width - [...text].length));

const indented = ({ depth, name }: SummaryRow): string =>
  depth === 0 ? name : depth === 1 ? `├─${name}` : `│    ${'│    '.repeat(depth - 2)}└─${name}`;
