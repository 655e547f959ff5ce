import { divides } from './condition';
import { decide } from './decide';
import { constantOf, type Dim, type Factor, type Power, type Rounding, type Sym, type Term, termsOf } from './dim';
import type { Facts } from './facts';
import { type Folded, foldCeiling, foldFloor, rounded } from './fold';
import { degree } from './monomial';
import { symbolsOf } from './substitute';
import { neg, rawAdd, rawMul } from './sum';

/** How texts are written; the size is simplified by the facts already. */
export interface Writer {
  readonly code: boolean;
  readonly name: (s: Sym) => string;
  readonly facts: Facts;
}

/** A size as text. */
export const sizeText = (w: Writer, d: Dim): string => sumText(w, d).text;

/** `dividend % divisor` as text. */
export const remainderText = (w: Writer, dividend: Dim, divisor: Dim): string =>
  `${atLeast(sumText(w, dividend), 3)} % ${atLeast(sumText(w, divisor), 4)}`;

/** How tightly a text binds: a sum, a product with a sign, a quotient or remainder, a product, an operand. */
type Level = 0 | 1 | 2 | 3 | 4;

interface Piece {
  readonly text: string;
  readonly level: Level;
}

/** A term: its sign and the text without it. */
interface Signed {
  readonly isNegative: boolean;
  readonly piece: Piece;
}

const atLeast = (piece: Piece, level: Level): string => (piece.level >= level ? piece.text : `(${piece.text})`);

const operand = (text: string): Piece => ({ text, level: 4 });

const sumText = (w: Writer, d: Dim): Piece => {
  const folded = foldFloor(d) ?? (w.code ? undefined : foldCeiling(d));
  const parts = termsOf(folded?.rest ?? d)
    .toSorted(bySize)
    .map((term) => termText(w, term));
  if (folded) parts.push({ isNegative: false, piece: quotientText(w, folded) });
  const constant = constantOf(folded?.rest ?? d);
  if (constant !== 0 || parts.length === 0) {
    parts.push({ isNegative: constant < 0, piece: operand(`${Math.abs(constant)}`) });
  }
  // `3 - H` needs no sign in front.
  const ordered = parts[0]?.isNegative ? parts.toSorted((a, b) => Number(a.isNegative) - Number(b.isNegative)) : parts;
  const [first] = ordered;
  if (!first || ordered.length > 1) return { text: ordered.map(signedText).join(' '), level: 0 };
  return first.isNegative ? { text: signedText(first, 0), level: 1 } : first.piece;
};

const signedText = ({ isNegative, piece }: Signed, i: number): string => {
  if (i > 0) return `${isNegative ? '-' : '+'} ${atLeast(piece, 2)}`;
  return isNegative ? `-${atLeast(piece, 3)}` : atLeast(piece, 2);
};

/** Higher degree first, then added before subtracted, then sizes of inputs, then the larger coefficient. */
const bySize = (a: Term, b: Term): number =>
  degree(b.monomial) - degree(a.monomial) ||
  Math.sign(b.coefficient) - Math.sign(a.coefficient) ||
  Number(hasInput(b)) - Number(hasInput(a)) ||
  Math.abs(b.coefficient) - Math.abs(a.coefficient);

const hasInput = ({ monomial }: Term): boolean =>
  monomial.powers.some(({ factor }) =>
    factor.kind === 'symbol'
      ? factor.sym.role !== 'rigid'
      : partsOf(factor)
          .flatMap(symbolsOf)
          .some(({ role }) => role !== 'rigid'),
  );

const partsOf = (factor: Exclude<Factor, { readonly kind: 'symbol' }>): readonly Dim[] =>
  'args' in factor ? factor.args : [factor.dividend, factor.divisor];

/** A term with its exact quotients collected: `B·H·W/4`. */
const termText = (w: Writer, { coefficient, monomial }: Term): Signed => {
  const size = Math.abs(coefficient);
  const over: Piece[] = size === 1 ? [] : [operand(`${size}`)];
  let under: Dim = 1;
  let isNegative = coefficient < 0;
  for (const power of monomial.powers) {
    const { factor, exponent } = power;
    if (!w.code && isExact(w, factor)) {
      over.push(raised(w, sumText(w, factor.dividend), exponent));
      for (let i = 0; i < exponent; i++) under = rawMul(under, factor.divisor);
      continue;
    }
    over.push(raised(w, factorText(w, factor), exponent));
    if (isTurned(w, factor) && exponent % 2 === 1) isNegative = !isNegative;
  }
  const [only] = over;
  const text = over.map((piece) => atLeast(piece, 4)).join(w.code ? ' * ' : '·');
  const product: Piece = only && over.length === 1 ? only : { text, level: 3 };
  if (under === 1) return { isNegative, piece: product };
  return { isNegative, piece: { text: `${atLeast(product, 3)}/${atLeast(sumText(w, under), 4)}`, level: 2 } };
};

type Floor = Extract<Factor, { readonly kind: 'floor' | 'mod' }>;

const isExact = (w: Writer, factor: Factor): factor is Floor =>
  factor.kind === 'floor' && decide(w.facts, divides(factor.divisor, factor.dividend)) === true;

/** Whether a factor is written as what it is the negative of: `-x // P` is `-⌈x/P⌉`. */
const isTurned = (w: Writer, factor: Factor): boolean =>
  !w.code &&
  factor.kind === 'floor' &&
  constantOf(factor.dividend) <= 0 &&
  termsOf(factor.dividend).every(({ coefficient }) => coefficient < 0);

const raised = (w: Writer, base: Piece, exponent: Power['exponent']): Piece => {
  if (exponent === 1) return base;
  const digits = [...`${exponent}`].map((digit) => '⁰¹²³⁴⁵⁶⁷⁸⁹'[Number(digit)]).join('');
  return operand(atLeast(base, 4) + (w.code ? `**${exponent}` : digits));
};

const factorText = (w: Writer, factor: Factor): Piece => {
  switch (factor.kind) {
    case 'symbol':
      return operand(w.name(factor.sym));
    case 'max':
    case 'min': {
      const args = factor.args.map((arg) => sizeText(w, arg)).join(', ');
      return operand(factor.args.length === 1 ? `(${args})` : `${factor.kind}(${args})`);
    }
    case 'down':
    case 'up':
    case 'near':
      return wholeText(w, factor);
    case 'mod':
      return { text: remainderText(w, factor.dividend, factor.divisor), level: 2 };
    case 'floor': {
      const { dividend, divisor } = factor;
      if (isTurned(w, factor)) return quotientText(w, { up: true, dividend: neg(dividend), divisor, rest: 0 });
      return quotientText(w, rounded(dividend, divisor));
    }
  }
};

/** The whole number by a size that may be a fraction; as Python it says what the code said. */
const wholeText = (w: Writer, { kind, args: [d] }: Extract<Factor, { readonly kind: Rounding }>): Piece => {
  const text = sizeText(w, d);
  if (kind === 'near') return operand(`round(${text})`);
  if (!w.code) return operand(kind === 'up' ? `⌈${text}⌉` : `⌊${text}⌋`);
  return operand(kind === 'up' ? `ceil(${text})` : `int(${text})`);
};

const quotientText = (w: Writer, { up, dividend, divisor }: Folded): Piece => {
  const under = atLeast(sumText(w, divisor), 4);
  if (w.code) {
    const whole = up ? rawAdd(dividend, rawAdd(divisor, -1)) : dividend;
    return { text: `${atLeast(sumText(w, whole), 3)} // ${under}`, level: 2 };
  }
  const over = atLeast(sumText(w, dividend), 3);
  // `1 + (x-1) // P` is `x/P` of a multiple only where `P` is positive.
  const isPlain = !up || decide(w.facts, { kind: 'le', left: 1, right: divisor }) === true;
  if (isPlain && decide(w.facts, divides(divisor, dividend))) return { text: `${over}/${under}`, level: 2 };
  return operand(up ? `⌈${over}/${under}⌉` : `⌊${over}/${under}⌋`);
};
