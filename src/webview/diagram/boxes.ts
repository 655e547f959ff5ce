import type { DiagramNode, Labels } from '../../core';
import { svg } from '../dom';

/** One box with its texts, as assistive technology reads it too. */
export const boxOf = (node: DiagramNode, labels: Labels): SVGGElement => {
  const { shape, family, stale, fault } = node;
  const classes = ['node', shape, family, stale ? 'stale' : '', fault === undefined ? '' : 'fault'];
  const group = svg('g', {
    class: classes.filter((c) => c !== '').join(' '),
    tabindex: -1,
    role: 'button',
    'aria-label': spoken(node),
    'aria-expanded': node.folds ? `${shape === 'container'}` : undefined,
  });
  group.append(svg('title', {}, tooltip(node)), ...content(node), ...(node.folds ? [toggle(node, labels)] : []));
  return group;
};

const spoken = ({ title, subtitle, repeat, facts }: DiagramNode): string =>
  [[title, subtitle, repeat].filter((t) => t !== '').join(' '), ...facts.map((f) => `${f.label} ${f.value}`)].join(
    ', ',
  );

const tooltip = ({ facts }: DiagramNode): string => facts.map(({ label, value }) => `${label}: ${value}`).join('\n');

const content = (node: DiagramNode): readonly SVGElement[] => {
  const { x, y, width, height } = node;
  switch (node.shape) {
    case 'circle':
      return [
        svg('circle', { class: 'shape', cx: x + width / 2, cy: y + height / 2, r: width / 2 }),
        words('name middle', x + width / 2, y + height / 2 + 4, node.title),
      ];
    case 'end':
    case 'pill':
      return [svg('rect', { class: 'shape', x, y, width, height, rx: height / 2 }), pillText(node)];
    case 'container':
      return [svg('rect', { class: 'shape', x, y, width, height, rx: 10 }), headerText(node)];
    case 'box':
      return [
        ...(node.folds ? [svg('rect', { class: 'sheet', x: x + 4, y: y + 4, width, height, rx: 8 })] : []),
        svg('rect', { class: 'shape', x, y, width, height, rx: 8 }),
        svg('path', { class: 'icon', transform: `translate(${x + 10} ${y + 9})`, d: node.icon }),
        ...lines(node),
      ];
  }
};

const words = (kind: string, x: number, y: number, text: string): SVGTextElement =>
  svg('text', { class: kind, x, y }, text);

const tail = (text: string, dx: number): SVGTSpanElement | undefined =>
  text === '' ? undefined : svg('tspan', { class: 'detail', dx }, text);

const rest = ({ subtitle, repeat }: DiagramNode): string => [subtitle, repeat].filter((t) => t !== '').join('  ');

const pillText = (node: DiagramNode): SVGTextElement =>
  svg(
    'text',
    { class: 'name middle', x: node.x + node.width / 2, y: node.y + node.height / 2 + 4 },
    node.title,
    tail(rest(node), 6),
  );

const headerText = (node: DiagramNode): SVGTextElement =>
  svg('text', { class: 'name halo', x: node.x + 26, y: node.y + 20 }, node.title, tail(rest(node), 8));

const lines = (node: DiagramNode): readonly SVGElement[] => {
  const left = node.x + 33;
  let y = node.y + 21;
  const texts = [words('name', left, y, node.title)];
  if (node.subtitle !== '') {
    y += 15;
    texts.push(words('detail', left, y, node.subtitle));
  }
  if (node.note !== '') texts.push(words('detail small', left, y + 14, node.note));
  if (node.repeat !== '') texts.push(words('repeat', node.x + node.width - 26, node.y + 21, node.repeat));
  return texts;
};

/** The corner that opens or folds a container. */
const toggle = (node: DiagramNode, labels: Labels): SVGGElement => {
  const isOpen = node.shape === 'container';
  const [x, y] = isOpen ? [node.x + 8, node.y + 8] : [node.x + node.width - 22, node.y + 8];
  const what = isOpen ? labels.fold : labels.open;
  return svg(
    'g',
    { class: 'toggle', transform: `translate(${x} ${y})` },
    svg('title', {}, what),
    svg('rect', { class: 'hit', x: -3, y: -3, width: 20, height: 20, rx: 4 }),
    svg('path', { d: isOpen ? 'M3 5l4 4 4-4' : 'M5 3l4 4-4 4' }),
  );
};
