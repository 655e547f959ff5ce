import { symbol } from '../dims';
import { FALSE, float, int, list, NONE, type Scope, str, TRUE, tuple, type Value } from '../values';

/**
 * The value of a Python literal: numbers, `True`, `False`, `None`, texts, lists, tuples; a name is what it is in the
 * file, else the size that it names. Undefined for anything else.
 */
export const literal = (text: string, scope: Scope): Value | undefined => {
  const tokens =
    text.match(/\s+|[\p{L}_][\p{L}\p{Nd}_]*|(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|'[^'\\]*'|"[^"\\]*"|./giu) ?? [];
  const reader: Reader = { tokens: tokens.filter((token) => token.trim() !== ''), at: 0, scope };
  const value = readValue(reader);
  return value && reader.at === reader.tokens.length ? value : undefined;
};

interface Reader {
  readonly tokens: readonly string[];
  readonly scope: Scope;
  at: number;
}

const NAMES: Readonly<Record<string, Value>> = { True: TRUE, False: FALSE, None: NONE };

const readValue = (r: Reader): Value | undefined => {
  const token = r.tokens[r.at++];
  if (token === undefined) return undefined;
  if (token === '[' || token === '(') return readItems(r, token);
  if (token === '-') return negated(readValue(r));
  if (/^['"]/.test(token) && token.length > 1) return str(token.slice(1, -1));
  if (/^[\d.]/.test(token) && token !== '.') return /^\d+$/.test(token) ? int(Number(token)) : float(Number(token));
  if (!/^[\p{L}_]/u.test(token)) return undefined;
  return NAMES[token] ?? named(r.scope.vars.get(token)) ?? int(symbol(`p:${token}`, token, 'rigid'));
};

/** Classes and functions of the file can be handed over by their name; so can its constants. */
const named = (value: Value | undefined): Value | undefined => {
  switch (value?.kind) {
    case 'class':
    case 'function':
    case 'int':
    case 'float':
    case 'str':
    case 'bool':
    case 'list':
    case 'tuple':
    case 'dict':
      return value;
    default:
      return undefined;
  }
};

const negated = (value: Value | undefined): Value | undefined => {
  if (value?.kind === 'int' && typeof value.value === 'number') return int(-value.value);
  return value?.kind === 'float' && value.value !== undefined ? float(-value.value) : undefined;
};

const readItems = (r: Reader, open: string): Value | undefined => {
  const close = open === '[' ? ']' : ')';
  const items: Value[] = [];
  let commas = 0;
  while (r.tokens[r.at] !== close) {
    if (items.length > 0) {
      if (r.tokens[r.at] !== ',') return undefined;
      r.at++;
      commas++;
      if (r.tokens[r.at] === close) break;
    }
    const item = readValue(r);
    if (!item) return undefined;
    items.push(item);
  }
  r.at++;
  const [only] = items;
  if (open === '[') return list(items);
  return only && items.length === 1 && commas === 0 ? only : tuple(items);
};
