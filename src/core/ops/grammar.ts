import type { Arg } from './arg';
import { kindNames } from './kinds';

/** One axis of a pattern: `c` one axis, `b?` none or one, `*b` any number, `2` exactly this size. */
export type AxisPattern =
  | { readonly form: 'one' | 'maybe' | 'many'; readonly name: string }
  | { readonly form: 'exact'; readonly name: string; readonly size: number };

/** One parameter of a signature. */
export interface Param {
  readonly name: string;
  /** Further spellings as a keyword: `x/input`. */
  readonly also: readonly string[];
  readonly kind: string;
  /** `None` is a legal value. */
  readonly nullable: boolean;
  readonly keywordOnly: boolean;
  readonly axes?: readonly AxisPattern[];
  /** Absent where the argument is required. */
  readonly fallback?: Arg;
}

export type ResultPattern =
  /** One pattern a tensor; `single` for a tensor alone, else a tuple of them. */
  | { readonly form: 'pattern'; readonly single: boolean; readonly items: readonly (readonly AxisPattern[])[] }
  | { readonly form: 'shape' | 'any' | 'layer' };

/** A signature as it is used at run time. */
export interface Signature {
  readonly name: string;
  readonly params: readonly Param[];
  /** `...`: further arguments are taken and ignored; `**`: further keywords are. */
  readonly open: 'all' | 'keywords' | 'no';
  readonly result: ResultPattern;
  /** The string itself: what a hover prints. */
  readonly text: string;
}

/**
 * Reads `name(x: Tensor[b?, c], k: int2 = 1, *, flag: bool = False) -> Tensor[b?, o]`. Without an arrow it is a layer's
 * constructor. Malformed text gives the reason instead: only our own tables are read, and a test reads them all.
 */
export const parseSignature = (text: string): Signature | string => {
  const open = text.indexOf('(');
  const arrow = text.lastIndexOf(' -> ');
  const close = text.lastIndexOf(')', arrow < 0 ? text.length : arrow);
  if (open < 0 || close < open) return `no parameter list in ${text}`;
  const params: Param[] = [];
  let keywordOnly = false;
  let more: Signature['open'] = 'no';
  for (const part of splitTop(text.slice(open + 1, close))) {
    if (part === '*') {
      keywordOnly = true;
      continue;
    }
    if (part === '...' || part === '**') {
      more = part === '...' ? 'all' : 'keywords';
      continue;
    }
    const param = parseParam(part, keywordOnly);
    if (typeof param === 'string') return param;
    params.push(param);
  }
  const result = arrow < 0 ? ({ form: 'layer' } as const) : parseResult(text.slice(arrow + 4));
  if (typeof result === 'string') return result;
  return { name: text.slice(0, open), params, open: more, result, text };
};

const parseParam = (part: string, keywordOnly: boolean): Param | string => {
  const colon = part.indexOf(': ');
  if (colon < 0) return `no kind in ${part}`;
  const [name = '', ...also] = part.slice(0, colon).split('/');
  const [spec = '', literal] = cut(part.slice(colon + 2), ' = ');
  const fallback = literal === undefined ? undefined : parseLiteral(literal);
  if (typeof fallback === 'string') return fallback;
  const nullable = spec.endsWith('?');
  const bare = nullable ? spec.slice(0, -1) : spec;
  const bracket = bare.startsWith('Tensor[') ? bare.slice(7, -1) : undefined;
  const kind = bracket === undefined ? bare : 'Tensor';
  if (!kindNames.has(kind)) return `unknown kind ${kind}`;
  return {
    name,
    also,
    kind,
    nullable,
    keywordOnly,
    ...(bracket === undefined ? {} : { axes: parseAxes(bracket) }),
    ...(fallback ? { fallback } : {}),
  };
};

/** The axes between the brackets of `Tensor[…]`. */
export const parseAxes = (text: string): readonly AxisPattern[] =>
  text.trim() === '' ? [] : text.split(',').map((axis) => parseAxis(axis.trim()));

const parseAxis = (axis: string): AxisPattern => {
  if (axis.startsWith('*')) return { form: 'many', name: axis.slice(1) };
  if (axis.endsWith('?')) return { form: 'maybe', name: axis.slice(0, -1) };
  if (/^\d+$/.test(axis)) return { form: 'exact', name: axis, size: Number(axis) };
  return { form: 'one', name: axis };
};

const parseResult = (text: string): ResultPattern | string => {
  if (text === 'Tensor') return { form: 'shape' };
  if (text === 'any') return { form: 'any' };
  if (text.startsWith('Tensor[')) return { form: 'pattern', single: true, items: [parseAxes(text.slice(7, -1))] };
  if (!text.startsWith('(')) return `unknown result ${text}`;
  const items = splitTop(text.slice(1, -1)).map((item) => parseAxes(item.slice(7, -1)));
  return { form: 'pattern', single: false, items };
};

const parseLiteral = (text: string): Arg | string => {
  if (text === 'None') return { kind: 'none' };
  if (text === 'True' || text === 'False') return { kind: 'bool', value: text === 'True' };
  if (/^'.*'$/.test(text)) return { kind: 'str', value: text.slice(1, -1) };
  if (/^-?\d+$/.test(text)) return { kind: 'int', value: Number(text) };
  if (text === '()') return { kind: 'tuple', items: [] };
  const value = Number(text);
  return Number.isNaN(value) ? `unreadable default ${text}` : { kind: 'float', value };
};

const cut = (text: string, mark: string): readonly [string, string | undefined] => {
  const at = text.indexOf(mark);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + mark.length)];
};

/** Splits at commas outside brackets and quotes. */
export const splitTop = (text: string): readonly string[] => {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  let quote = '';
  for (let i = 0; i < text.length; i++) {
    const ch = text[i];
    if (quote !== '') quote = ch === quote ? '' : quote;
    else if (ch === "'" || ch === '"') quote = ch;
    else if (ch === '[' || ch === '(') depth++;
    else if (ch === ']' || ch === ')') depth--;
    else if (ch === ',' && depth === 0) {
      parts.push(text.slice(start, i).trim());
      start = i + 1;
    }
  }
  const last = text.slice(start).trim();
  if (last !== '') parts.push(last);
  return parts;
};
