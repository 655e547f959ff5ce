import type { Expr, FStringField, Num } from '../ast';
import { isFormatted, isRaw } from '../lines/literal-end';
import { fields } from './fstrings';
import { partsOf, placeOf, type Reading, refused, textAt } from './reading';
import { stringValue } from './string-value';

/** An integer, a float or an imaginary number; Python 2's `0777` and `10L` are refused. */
export const number = (r: Reading, row: number): Expr => {
  const text = textAt(r, row).replaceAll('_', '').toLowerCase();
  const based = /^0[xbo]/.test(text);
  const imaginary = !based && text.endsWith('j');
  const digits = imaginary ? text.slice(0, -1) : text;
  const float = !based && /[.e]/.test(digits);
  if (/l$/.test(text) || (!float && !imaginary && /^0+[1-9]/.test(digits))) return refused(r, row);
  const type: Num['type'] = imaginary ? 'imag' : float ? 'float' : 'int';
  return { kind: 'Num', ...placeOf(r, row), type, value: Number(digits) };
};

/** A string literal by itself. */
export const string = (r: Reading, row: number): Expr => joined(r, row, [row]);

/** Adjacent literals are one; a formatted one among them makes the whole formatted. */
export const concatenated = (r: Reading, row: number): Expr => joined(r, row, partsOf(r, row));

const joined = (r: Reading, row: number, rows: readonly number[]): Expr => {
  const literals = rows.map((literal) => literalAt(r, literal));
  const place = placeOf(r, row);
  const bytes = literals.some((literal) => literal.bytes);
  if (bytes && literals.some((literal) => !literal.bytes)) return refused(r, row);
  if (!literals.some((literal) => literal.formatted)) {
    return { kind: 'Str', ...place, value: literals.flatMap((literal) => literal.parts).join(''), bytes };
  }
  return { kind: 'FString', ...place, parts: merged(literals.flatMap((literal) => literal.parts)) };
};

interface Literal {
  readonly parts: readonly (string | FStringField)[];
  readonly bytes: boolean;
  readonly formatted: boolean;
}

const literalAt = (r: Reading, row: number): Literal => {
  const text = textAt(r, row);
  const opening = /^([a-z]*)("""|'''|"|')/i.exec(text);
  const [prefix, quote] = [opening?.[1] ?? '', opening?.[2] ?? '"'];
  const [bytes, raw, formatted] = [/b/i.test(prefix), isRaw(prefix), isFormatted(prefix)];
  const [from, to] = [prefix.length + quote.length, text.length - quote.length];
  const start = r.tree.starts[row] ?? 0;
  if (formatted) return { parts: fields(r, row, start + from, start + to, raw), bytes, formatted };
  const inner = text.slice(from, to);
  return { parts: [stringValue(inner, raw, bytes)], bytes, formatted };
};

/** Neighbouring texts become one, empty ones go. */
const merged = (parts: readonly (string | FStringField)[]): readonly (string | FStringField)[] => {
  const result: (string | FStringField)[] = [];
  for (const part of parts) {
    const before = result.at(-1);
    if (typeof part === 'string' && typeof before === 'string') result[result.length - 1] = before + part;
    else if (part !== '') result.push(part);
  }
  return result;
};
