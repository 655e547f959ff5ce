/** Attributes of an element; a flag that is false leaves no trace. */
export type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

type Child = Node | string | undefined;

const SVG = 'http://www.w3.org/2000/svg';

const fill = (element: Element, attributes: Attributes, children: readonly Child[]): void => {
  for (const [name, value] of Object.entries(attributes))
    if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : `${value}`);
  for (const child of children) if (child !== undefined) element.append(child);
};

/** An element with attributes and contents; texts are never read as markup. */
export const html = <T extends keyof HTMLElementTagNameMap>(
  tag: T,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[T] => {
  const element = document.createElement(tag);
  fill(element, attributes, children);
  return element;
};

/** The same for drawings. */
export const svg = <T extends keyof SVGElementTagNameMap>(
  tag: T,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[T] => {
  const element = document.createElementNS(SVG, tag);
  fill(element, attributes, children);
  return element;
};

/** An icon on a field of 16 × 16. */
export const icon = (path: string): SVGSVGElement =>
  svg('svg', { class: 'icon', viewBox: '0 0 16 16', 'aria-hidden': 'true' }, svg('path', { d: path }));
