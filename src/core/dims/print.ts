import type { Condition } from './condition';
import { decide } from './decide';
import type { Dim, Factor, Sym, Term } from './dim';
import { type Facts, noFacts } from './facts';
import { degree } from './monomial';
import { simplify } from './simplify';
import { rawAdd } from './sum';

/** How a size is written: for a reader (`⌊H/2⌋`) or as Python (`H // 2`), and what its symbols are called. */
export interface PrintOptions {
  readonly style?: 'math' | 'code';
  readonly name?: (s: Sym) => string;
  readonly facts?: Facts;
}

/** A size as text: largest term first, constant last. */
export const print = (d: Dim, options: PrintOptions = {}): string => {
  const facts = options.facts ?? noFacts;
  const writer: Writer = { code: options.style === 'code', name: options.name ?? ((s) => s.name), facts };
  return sumText(writer, simplify(facts, d)).text;
};

/** A condition as Python text: `H % 32 == 0`. */
export const printCondition = (c: Condition, options: PrintOptions = {}): string => {
  const text = (d: Dim) => print(d, { ...options, style: 'code' });
  switch (c.kind) {
    case 'eq':
      return `${text(c.left)} == ${text(c.right)}`;
    case 'ne':
      return `${text(c.left)} != ${text(c.right)}`;
    case 'le':
      return `${text(c.left)} <= ${text(c.right)}`;
    case 'lt':
      return `${text(c.left)} < ${text(c.right)}`;
    case 'divides':
    case 'not-divides': {
      const rest = operand({ code: true, name: options.name ?? ((s) => s.name), facts: options.facts ?? noFacts }, c);
      return `${rest} ${c.kind === 'divides' ? '==' : '!='} 0`;
    }
  }
};

interface Writer {
  readonly code: boolean;
  readonly name: (s: Sym) => string;
  readonly facts: Facts;
}

/** How tightly a text binds: 0 a sum, 1 a negated product, 2 a product, 3 an operand. */
interface Piece {
  readonly text: string;
  readonly level: number;
}

const operand = (w: Writer, c: { readonly dividend: Dim; readonly divisor: Dim }): string =>
  `${atLeast(sumText(w, c.dividend), 2)} % ${atLeast(sumText(w, c.divisor), 3)}`;

const atLeast = (piece: Piece, level: number): string => (piece.level >= level ? piece.text : `(${piece.text})`);

const sumText = (w: Writer, d: Dim): Piece => {
  if (typeof d === 'number') return { text: `${d}`, level: d < 0 ? 1 : 3 };
  const terms = d.terms.toSorted(bySize);
  const [first] = terms;
  if (first && terms.length === 1 && d.constant === 0) return termText(w, first);
  const signed = terms.map((term) => ({ sign: Math.sign(term.coefficient), text: positive(w, term) }));
  if (d.constant !== 0) signed.push({ sign: Math.sign(d.constant), text: `${Math.abs(d.constant)}` });
  if (signed[0]?.sign === -1) signed.sort((a, b) => b.sign - a.sign);
  const [head, ...tail] = signed;
  const rest = tail.map(({ sign, text }) => ` ${sign < 0 ? '-' : '+'} ${text}`).join('');
  return { text: `${head?.sign === -1 ? '-' : ''}${head?.text}${rest}`, level: 0 };
};

/** Higher degree first, then added before subtracted, then the larger coefficient. */
const bySize = (a: Term, b: Term): number => degree(b.monomial) - degree(a.monomial) || b.coefficient - a.coefficient;

const positive = (w: Writer, term: Term): string =>
  atLeast(termText(w, { ...term, coefficient: Math.abs(term.coefficient) }), 2);

const termText = (w: Writer, { coefficient, monomial }: Term): Piece => {
  const [power, more] = monomial.powers;
  if (coefficient === 1 && power && !more && power.exponent === 1) return factorText(w, power.factor);
  const operands = monomial.powers.map(({ factor, exponent }) => powerText(w, factor, exponent));
  const size = Math.abs(coefficient) === 1 ? [] : [`${Math.abs(coefficient)}`];
  const text = [...size, ...operands].join(w.code ? ' * ' : '·');
  return coefficient < 0 ? { text: `-${text}`, level: 1 } : { text, level: 2 };
};

const powerText = (w: Writer, factor: Factor, exponent: number): string => {
  const base = atLeast(factorText(w, factor), 3);
  if (exponent === 1) return base;
  return w.code
    ? `${base}**${exponent}`
    : base + [...`${exponent}`].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('');
};

const factorText = (w: Writer, factor: Factor): Piece => {
  switch (factor.kind) {
    case 'symbol':
      return { text: w.name(factor.sym), level: 3 };
    case 'max':
    case 'min': {
      const args = factor.args.map((arg) => sumText(w, arg).text).join(', ');
      return { text: factor.args.length === 1 ? `(${args})` : `${factor.kind}(${args})`, level: 3 };
    }
    case 'mod':
      return { text: operand(w, factor), level: 2.5 };
    case 'floor':
      return floorText(w, factor);
  }
};

const floorText = (w: Writer, factor: Extract<Factor, { readonly dividend: Dim }>): Piece => {
  const { dividend, divisor } = factor;
  const under = atLeast(sumText(w, divisor), 3);
  const over = (d: Dim) => atLeast(sumText(w, d), 2);
  if (w.code) return { text: `${over(dividend)} // ${under}`, level: 2.5 };
  if (decide(w.facts, { kind: 'divides', divisor, dividend }))
    return { text: `${over(dividend)}/${under}`, level: 2.5 };
  if (typeof divisor === 'number' && typeof dividend === 'object' && dividend.constant === divisor - 1) {
    return { text: `⌈${over(rawAdd(dividend, 1 - divisor))}/${under}⌉`, level: 3 };
  }
  return { text: `⌊${over(dividend)}/${under}⌋`, level: 3 };
};
