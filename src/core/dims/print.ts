import { type Condition, divides } from './condition';
import { decide } from './decide';
import { constantOf, type Dim, type Factor, type Monomial, type Sym, type Term, termsOf } from './dim';
import { type Facts, noFacts } from './facts';
import { type Folded, fold } from './fold';
import { degree } from './monomial';
import { simplify } from './simplify';
import { rawAdd } from './sum';

/** How a size is written: for a reader (`⌊H/2⌋`) or as Python (`H // 2`), and what its symbols are called. */
export interface PrintOptions {
  readonly style?: 'math' | 'code';
  /** The name of a symbol, when not its own. */
  readonly name?: (s: Sym) => string;
  /** What is known: the size is simplified by it, and `H/2` is written where the division is known to be exact. */
  readonly facts?: Facts;
}

/** A size as text: largest term first, constant last. */
export const print = (d: Dim, options: PrintOptions = {}): string => {
  if (typeof d === 'number') return `${d}`;
  const w = writer(options);
  return sumText(w, simplify(w.facts, d)).text;
};

/** A condition as Python text: `H % 32 == 0`. */
export const printCondition = (c: Condition, options: PrintOptions = {}): string => {
  const w = writer({ ...options, style: 'code' });
  if ('left' in c) {
    const operator = { eq: '==', ne: '!=', le: '<=', lt: '<' }[c.kind];
    return `${print(c.left, { ...options, style: 'code' })} ${operator} ${print(c.right, { ...options, style: 'code' })}`;
  }
  const operator = c.kind === 'divides' ? '==' : '!=';
  const rest = -constantOf(c.dividend);
  // `(H - 1) % 2 == 0` reads as `H % 2 == 1`.
  if (typeof c.divisor === 'number' && rest > 0 && rest < c.divisor) {
    return `${remainderText(w, rawAdd(c.dividend, rest), c.divisor)} ${operator} ${rest}`;
  }
  return `${remainderText(w, c.dividend, c.divisor)} ${operator} 0`;
};

interface Writer {
  readonly code: boolean;
  readonly name: (s: Sym) => string;
  readonly facts: Facts;
}

/** How tightly a text binds: a sum, a product with a sign, a quotient or remainder, a product, an operand. */
type Level = 0 | 1 | 2 | 3 | 4;

interface Piece {
  readonly text: string;
  readonly level: Level;
}

interface Signed {
  readonly isNegative: boolean;
  readonly piece: Piece;
}

const writer = ({ style, name, facts }: PrintOptions): Writer => ({
  code: style === 'code',
  name: name ?? ((s) => s.name),
  facts: facts ?? noFacts,
});

const atLeast = (piece: Piece, level: Level): string => (piece.level >= level ? piece.text : `(${piece.text})`);

const sumText = (w: Writer, d: Dim): Piece => {
  const folded = fold(d);
  const quotient = folded && (!w.code || !folded.up || typeof folded.divisor === 'number') ? folded : undefined;
  return quotient ? joined(w, quotient.rest, foldedText(w, quotient)) : joined(w, d);
};

const joined = (w: Writer, d: Dim, quotient?: Piece): Piece => {
  const terms = termsOf(d).toSorted(bySize);
  const constant = constantOf(d);
  const parts: Signed[] = terms.map((term) => ({ isNegative: term.coefficient < 0, piece: magnitude(w, term) }));
  if (quotient) {
    if (parts.length === 0 && constant === 0) return quotient;
    parts.push({ isNegative: false, piece: quotient });
  }
  const [only] = terms;
  if (!quotient && only && terms.length === 1 && constant === 0) return termText(w, only);
  if (parts.length === 0) return { text: `${constant}`, level: constant < 0 ? 1 : 4 };
  if (constant !== 0) parts.push({ isNegative: constant < 0, piece: { text: `${Math.abs(constant)}`, level: 4 } });
  // `3 - H` needs no sign in front, as long as something is added.
  const ordered = parts[0]?.isNegative ? parts.toSorted((a, b) => Number(a.isNegative) - Number(b.isNegative)) : parts;
  return { text: ordered.map(signedText).join(' '), level: 0 };
};

const signedText = ({ isNegative, piece }: Signed, i: number): string => {
  if (i > 0) return `${isNegative ? '-' : '+'} ${atLeast(piece, 2)}`;
  return isNegative ? `-${atLeast(piece, 3)}` : atLeast(piece, 2);
};

/** Higher degree first, then added before subtracted, then the larger coefficient. */
const bySize = (a: Term, b: Term): number => degree(b.monomial) - degree(a.monomial) || b.coefficient - a.coefficient;

const termText = (w: Writer, term: Term): Piece => {
  if (term.coefficient > 0) return magnitude(w, term);
  return { text: `-${atLeast(magnitude(w, term), 3)}`, level: 1 };
};

/** The term without its sign. Exact quotients in it are collected: `B·H·W/4`. */
const magnitude = (w: Writer, { coefficient, monomial }: Term): Piece => {
  const { over, under } = w.code
    ? { over: monomial.powers.map((p) => powerText(w, p)), under: [] }
    : fraction(w, monomial);
  const size = Math.abs(coefficient);
  const factors = size === 1 ? over : [{ text: `${size}`, level: 4 } as const, ...over];
  const [only] = factors;
  const product: Piece =
    only && factors.length === 1
      ? only
      : { text: factors.map((piece) => atLeast(piece, 4)).join(w.code ? ' * ' : '·'), level: 3 };
  if (under.length === 0) return product;
  const denominator =
    under.length === 1 ? atLeast(under[0] ?? product, 4) : `(${under.map((u) => atLeast(u, 4)).join('·')})`;
  return { text: `${atLeast(product, 3)}/${denominator}`, level: 2 };
};

const fraction = (
  w: Writer,
  { powers }: Monomial,
): { readonly over: readonly Piece[]; readonly under: readonly Piece[] } => {
  const over: Piece[] = [];
  const under: Piece[] = [];
  for (const power of powers) {
    const { factor, exponent } = power;
    if (factor.kind === 'floor' && exponent === 1 && decide(w.facts, divides(factor.divisor, factor.dividend))) {
      over.push(sumText(w, factor.dividend));
      under.push(sumText(w, factor.divisor));
    } else over.push(powerText(w, power));
  }
  return { over, under };
};

const powerText = (w: Writer, { factor, exponent }: Monomial['powers'][number]): Piece => {
  const base = factorText(w, factor);
  if (exponent === 1) return base;
  const raised = [...`${exponent}`].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('');
  return { text: atLeast(base, 4) + (w.code ? `**${exponent}` : raised), level: 4 };
};

const factorText = (w: Writer, factor: Factor): Piece => {
  switch (factor.kind) {
    case 'symbol':
      return { text: w.name(factor.sym), level: 4 };
    case 'max':
    case 'min': {
      const args = factor.args.map((arg) => sumText(w, arg).text).join(', ');
      return { text: factor.args.length === 1 ? `(${args})` : `${factor.kind}(${args})`, level: 4 };
    }
    case 'mod':
      return { text: remainderText(w, factor.dividend, factor.divisor), level: 2 };
    case 'floor': {
      const { dividend, divisor } = factor;
      const constant = constantOf(dividend);
      const up = typeof divisor === 'number' && divisor > 1 && constant === divisor - 1;
      return foldedText(w, { up, dividend: up ? rawAdd(dividend, -constant) : dividend, divisor, rest: 0 });
    }
  }
};

const remainderText = (w: Writer, dividend: Dim, divisor: Dim): string =>
  `${atLeast(sumText(w, dividend), 3)} % ${atLeast(sumText(w, divisor), 4)}`;

const foldedText = (w: Writer, { up, dividend, divisor }: Folded): Piece => {
  const under = atLeast(sumText(w, divisor), 4);
  if (w.code) {
    const raised = up ? rawAdd(dividend, rawAdd(divisor, -1)) : dividend;
    return { text: `${atLeast(sumText(w, raised), 3)} // ${under}`, level: 2 };
  }
  const over = atLeast(sumText(w, dividend), 3);
  if (decide(w.facts, divides(divisor, dividend))) return { text: `${over}/${under}`, level: 2 };
  return { text: up ? `⌈${over}/${under}⌉` : `⌊${over}/${under}⌋`, level: 4 };
};
