import { DIAGRAM_FONT, LABEL, SUBTITLE, TITLE } from './diagram-measure';
import type { DiagramEdge, DiagramModel, DiagramNode } from './diagram-model';
import { styleOf, type Theme } from './diagram-theme';

const MARGIN = 8;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};
/** A text as it stands in a file of marks. */
export const escaped = (text: string): string => text.replace(/[&<>"']/g, (c) => ESCAPES[c] ?? c);

/** The diagram as one SVG file that needs nothing else: light, dark, or as the reader's system is (`auto`). */
export const diagramSvg = (model: DiagramModel, theme: Theme): string => {
  const [width, height] = [model.width + 2 * MARGIN, model.height + 2 * MARGIN];
  const containers = model.nodes.filter((n) => n.shape === 'container');
  const boxes = model.nodes.filter((n) => n.shape !== 'container');
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="${-MARGIN} ${-MARGIN} ${width} ${height}" role="img" aria-label="${escaped(model.className)}" font-family="${escaped(DIAGRAM_FONT)}">`,
    `<title>${escaped(model.className)}</title>`,
    `<style>${styleOf(theme)}</style>`,
    ...['', ' fault', ' stale'].map(
      (kind) =>
        `<marker id="arrow${kind.trim()}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path class="head${kind}" d="M0 .8 7.5 4 0 7.2z"/></marker>`,
    ),
    `<rect class="page" x="${-MARGIN}" y="${-MARGIN}" width="${width}" height="${height}"/>`,
    ...containers.map(container),
    ...model.edges.map(line),
    ...model.edges.map(label),
    ...containers.map(header),
    ...boxes.map(box),
    '</svg>',
    '',
  ].join('\n');
};

const classes = (kind: string, { family, stale, fault }: DiagramNode): string =>
  [kind, family, ...(stale ? ['stale'] : []), ...(fault === undefined ? [] : ['fault'])].join(' ');

const container = (node: DiagramNode): string =>
  `<rect class="${classes('container', node)}" x="${node.x}" y="${node.y}" width="${node.width}" height="${node.height}" rx="10"/>`;

const text = (kind: string, x: number, y: number, size: number, content: string, anchor = 'start'): string =>
  content === ''
    ? ''
    : `<text class="${kind}" x="${x}" y="${y}" font-size="${size}" text-anchor="${anchor}">${escaped(content)}</text>`;

const header = (node: DiagramNode): string =>
  `<text class="name halo" x="${node.x + 12}" y="${node.y + 20}" font-size="${TITLE}">${escaped(node.title)}<tspan class="detail" dx="8" font-size="${SUBTITLE}" font-weight="400">${escaped([node.subtitle, node.repeat].filter((t) => t !== '').join('  '))}</tspan></text>`;

const icon = (node: DiagramNode, x: number, y: number): string =>
  `<path class="icon" transform="translate(${x} ${y})" d="${node.icon}"/>`;

const tooltip = (node: DiagramNode): string =>
  `<title>${escaped(node.facts.map(({ label: l, value }) => `${l}: ${value}`).join('\n'))}</title>`;

const box = (node: DiagramNode): string => {
  const { x, y, width, height } = node;
  const middle = { x: x + width / 2, y: y + height / 2 };
  const open = `<g class="${classes(`node ${node.shape}`, node)}">${tooltip(node)}`;
  switch (node.shape) {
    case 'circle':
      return `${open}<circle class="shape" cx="${middle.x}" cy="${middle.y}" r="${width / 2}"/>${text('name', middle.x, middle.y + 4, SUBTITLE, node.title, 'middle')}</g>`;
    case 'end':
    case 'pill': {
      const detail = [node.subtitle, node.repeat].filter((t) => t !== '').join('  ');
      const tail = detail === '' ? '' : `<tspan class="detail" dx="6" font-size="${LABEL}">${escaped(detail)}</tspan>`;
      return `${open}<rect class="shape" x="${x}" y="${y}" width="${width}" height="${height}" rx="${height / 2}"/><text class="name" x="${middle.x}" y="${middle.y + 4}" font-size="${SUBTITLE}" text-anchor="middle">${escaped(node.title)}${tail}</text></g>`;
    }
    case 'box':
    case 'container':
      return `${open}${stack(node)}<rect class="shape" x="${x}" y="${y}" width="${width}" height="${height}" rx="8"/>${icon(node, x + 10, y + 9)}${boxTexts(node)}</g>`;
  }
};

/** A folded container looks like several sheets. */
const stack = ({ folds, x, y, width, height }: DiagramNode): string =>
  folds ? `<rect class="sheet" x="${x + 4}" y="${y + 4}" width="${width}" height="${height}" rx="8"/>` : '';

const boxTexts = (node: DiagramNode): string => {
  const left = node.x + 33;
  const lines = [text('name', left, node.y + 21, TITLE, node.title)];
  let y = node.y + 21;
  if (node.subtitle !== '') {
    y += 15;
    lines.push(text('detail', left, y, SUBTITLE, node.subtitle));
  }
  if (node.note !== '') lines.push(text('detail', left, y + 14, LABEL, node.note));
  if (node.repeat !== '') lines.push(text('repeat', node.x + node.width - 11, node.y + 21, LABEL, node.repeat, 'end'));
  return lines.join('');
};

const line = (edge: DiagramEdge): string => {
  const kind = edge.fault ? 'fault' : edge.stale ? 'stale' : '';
  const all = ['edge', kind, edge.condition === undefined ? '' : 'maybe'].filter((c) => c !== '').join(' ');
  return `<path class="${all}" d="${edge.path}" stroke-width="${edge.width}"${edge.arrow ? ` marker-end="url(#arrow${kind})"` : ''}/>`;
};

const label = ({ label: l, fault, stale, inside }: DiagramEdge): string =>
  l
    ? `<rect class="plate${inside ? ' inside' : ''}" x="${l.x - l.width / 2}" y="${l.y - 8}" width="${l.width}" height="16" rx="3"/>${text(`label${fault ? ' fault' : stale ? ' stale' : ''}`, l.x, l.y + 4, LABEL, l.text, 'middle')}`
    : '';
