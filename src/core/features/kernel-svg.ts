import { escaped } from './diagram-svg';
import type { KernelExample, KernelModel, KernelPicture } from './kernel-model';

const CELL = 46;
const LINE = 18;
const GAP = 26;
const MARGIN = 16;

/** Numbers of a picture that are written; larger kernels are colours only. */
const WRITTEN = 9;

const STYLE = [
  'text { font-family: system-ui, "Noto Sans CJK SC", sans-serif; font-size: 12px; fill: #1f2328 }',
  '.page { fill: #ffffff } .frame { fill: none; stroke: #818b98 } .strong { font-weight: 600; font-size: 14px }',
  '.muted { fill: #59636e } .number { text-anchor: middle; font-family: ui-monospace, monospace; font-size: 11px }',
  '.positive { fill: #d4730a } .negative { fill: #0969da }',
  '@media (prefers-color-scheme: dark) { text { fill: #e6edf3 } .page { fill: #0d1117 } .frame { stroke: #7d8590 } .muted { fill: #9198a1 } .positive { fill: #e08a2e } .negative { fill: #4493f8 } }',
].join('\n');

interface Block {
  readonly width: number;
  readonly height: number;
  readonly lines: readonly string[];
}

/** The preview as one SVG file: the layers, the steps with their formulas, and what is left, from left to right. */
export const kernelSvg = (model: KernelModel): string => {
  const { labels, className, headline, region, example } = model;
  const head = [
    text(0, 14, className, 'strong'),
    text(0, 14 + LINE, headline, 'muted'),
    ...model.written.map((one, i) => text(0, 14 + (i + 2) * LINE, one.text.replaceAll('`', ''), 'muted')),
  ];
  const top = (2 + model.written.length) * LINE + 20;
  const columns =
    region && example
      ? [
          column(
            labels.branches,
            example.layers.map((one) => block(one, example)),
          ),
          column(
            labels.steps,
            region.steps.map((step, i) => {
              const notes = [`${step.rule}  ${step.title}`, ...step.formulas.map((f) => f.text)];
              const drawn = example.steps[i];
              return drawn ? block(drawn, example, notes) : { width: 0, height: 0, lines: [] };
            }),
          ),
          column(labels.result, [
            ...example.results.map((one) => block(one, example)),
            { width: 260, height: LINE, lines: [text(0, 12, `${labels.example}${labels.colon}${example.difference}`)] },
          ]),
        ]
      : [];
  let x = 0;
  const placed = columns.map((one) => {
    const at = Math.round(x);
    x += one.width + GAP * 1.5;
    return `<g transform="translate(${at} ${top})">${one.lines.join('')}</g>`;
  });
  const width = Math.ceil(Math.max(x - GAP, 360)) + 2 * MARGIN;
  const height = top + Math.max(0, ...columns.map((c) => c.height)) + 2 * MARGIN;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${-MARGIN} ${-MARGIN} ${width} ${height}" role="img" aria-label="${escaped(className)}">`,
    `<title>${escaped(className)}</title>`,
    `<style>${STYLE}</style>`,
    `<rect class="page" x="${-MARGIN}" y="${-MARGIN}" width="${width}" height="${height}"/>`,
    ...head,
    ...placed,
    '</svg>',
    '',
  ].join('\n');
};

const text = (x: number, y: number, content: string, kind = ''): string =>
  `<text x="${x}" y="${y}"${kind === '' ? '' : ` class="${kind}"`}>${escaped(content)}</text>`;

const column = (title: string, blocks: readonly Block[]): Block => {
  const lines = [text(0, 0, title, 'strong')];
  let y = GAP;
  for (const one of blocks) {
    lines.push(`<g transform="translate(0 ${y})">${one.lines.join('')}</g>`);
    y += one.height + GAP;
  }
  return { width: Math.max(120, ...blocks.map((b) => b.width)), height: y, lines };
};

/** A kernel with what stands above and beside it. */
const block = (
  { name, setting, rows, numbers }: KernelPicture,
  { scale }: KernelExample,
  notes: readonly string[] = [],
): Block => {
  const titles = [...notes, `${name}  ${setting}`];
  const size = Math.max(rows.length, rows[0]?.length ?? 0) > WRITTEN ? 9 : CELL;
  const side = size === CELL ? CELL / 2 : size;
  const top = titles.length * LINE;
  const cells = rows.flatMap((row, i) =>
    row.flatMap(({ value }, j) => {
      const at = `x="${j * size}" y="${top + i * side}" width="${size}" height="${side}"`;
      const shade = `<rect ${at} class="${value < 0 ? 'negative' : 'positive'}" opacity="${((0.75 * Math.abs(value)) / scale).toFixed(2)}"/>`;
      const written =
        size === CELL ? text((j + 0.5) * size, top + (i + 0.5) * side + 4, value.toFixed(2), 'number') : '';
      return [shade, `<rect ${at} class="frame"/>`, written];
    }),
  );
  const below = numbers.map(({ label, value }) => `${label} = ${value.toFixed(2)}`).join('   ');
  const bottom = top + rows.length * side;
  return {
    width: Math.max((rows[0]?.length ?? 0) * size, ...[...titles, below].map(widthOf)),
    height: bottom + (below === '' ? 0 : LINE),
    lines: [
      ...titles.map((line, i) => text(0, 12 + i * LINE, line, i === 0 ? '' : 'muted')),
      ...cells,
      ...(below === '' ? [] : [text(0, bottom + 14, below)]),
    ],
  };
};

/** About how wide a line is: Chinese characters are as wide as they are high. */
const widthOf = (line: string): number => [...line].reduce((n, c) => n + (c > '\u2e80' ? 12 : 6.8), 0);
