import type { MathTree } from '../../core';

const MATHML = 'http://www.w3.org/1998/Math/MathML';

/** A formula as MathML, which browsers set by themselves. */
export const formula = ({ math, text }: { readonly math: MathTree; readonly text: string }): Element => {
  const element = document.createElementNS(MATHML, 'math');
  element.setAttribute('aria-label', text);
  // Fractions as large as the rest.
  element.setAttribute('displaystyle', 'true');
  element.append(node(math));
  return element;
};

const node = ({ tag, text, children }: MathTree): Element => {
  const element = document.createElementNS(MATHML, tag);
  if (text !== undefined) element.textContent = text;
  element.append(...(children ?? []).map(node));
  return element;
};
