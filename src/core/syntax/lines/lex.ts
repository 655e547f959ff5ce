import { isFormatted, isRaw, literalEnd, prefixPattern } from './literal-end';

/**
 * One token of Python. A string is one token with its prefix and, when formatted, with its fields. `open` is a
 * string without its closing quote, `stray` a character that no token starts with.
 */
export interface Token {
  readonly kind: 'name' | 'number' | 'string' | 'operator' | 'open' | 'stray';
  readonly start: number;
  readonly end: number;
}

/** The token that starts at `at`, where neither white space nor a comment stands; cut as CPython 3.12 does. */
export const scan = (text: string, at: number): Token => {
  const code = text.charCodeAt(at);
  if (isLetter(code)) return prefixed(text, at) ?? { kind: 'name', start: at, end: nameEnd(text, at) };
  if (isDigit(code) || (code === dot && isDigit(text.charCodeAt(at + 1)))) return number(text, at);
  if (code === doubleQuote || code === singleQuote) return string(text, at) ?? stray(text, at);
  if (code > 127) return wideName(text, at) ?? stray(text, at);
  return simple.includes(text[at] ?? '') ? { kind: 'operator', start: at, end: at + 1 } : operator(text, at);
};

/** Behind the blanks that separate tokens: spaces, tabs and form feeds, nothing else. */
export const skipBlanks = (text: string, at: number): number => {
  let next = at;
  for (;;) {
    const code = text.charCodeAt(next);
    if (code !== 32 && code !== 9 && code !== 12) return next;
    next++;
  }
};

/** How long the line break at `at` is: 0 where there is none. A lone carriage return is one. */
export const breakLength = (text: string, at: number): 0 | 1 | 2 => {
  const code = text.charCodeAt(at);
  if (code === 10) return 1;
  if (code !== 13) return 0;
  return text.charCodeAt(at + 1) === 10 ? 2 : 1;
};

const doubleQuote = 34;
const singleQuote = 39;
const dot = 46;

const isDigit = (code: number): boolean => code >= 48 && code <= 57;
const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || code === 95 || (code >= 65 && code <= 90);

const widePattern = /[\p{XIDS}_][\p{XIDC}]*/uy;
const numberPattern =
  /0x(?:_?[\da-f])+|0b(?:_?[01])+|0o(?:_?[0-7])+|(?:\d(?:_?\d)*(?:\.(?:\d(?:_?\d)*)?)?|\.\d(?:_?\d)*)(?:e[-+]?\d(?:_?\d)*)?j?/iy;
const operatorPattern = /\*\*=?|\/\/=?|<<=?|>>=?|\.\.\.|->|:=|<>|[-+*/%@&|^=!<>]=|[-+*/%@&|^~=<>()[\]{},:.;]/y;

const matchEnd = (pattern: RegExp, text: string, at: number): number | undefined => {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : undefined;
};

const nameEnd = (text: string, at: number): number => {
  let end = at + 1;
  for (;;) {
    const code = text.charCodeAt(end);
    if (code > 127) return matchEnd(widePattern, text, at) ?? end;
    if (!isLetter(code) && !isDigit(code)) return end;
    end++;
  }
};

const wideName = (text: string, at: number): Token | undefined => {
  const end = matchEnd(widePattern, text, at);
  return end === undefined ? undefined : { kind: 'name', start: at, end };
};

const number = (text: string, at: number): Token => ({
  kind: 'number',
  start: at,
  end: matchEnd(numberPattern, text, at) ?? at + 1,
});

/** The operators that no longer operator starts with. */
const simple = '()[]{},;';

const operator = (text: string, at: number): Token => {
  const end = matchEnd(operatorPattern, text, at);
  return end === undefined ? stray(text, at) : { kind: 'operator', start: at, end };
};

/** A string, when the letter at `at` is its prefix; looked at closely only where one can start. */
const prefixed = (text: string, at: number): Token | undefined =>
  'bfrtuBFRTU'.includes(text[at] ?? '') ? string(text, at) : undefined;

const string = (text: string, at: number): Token | undefined => {
  const quote = matchEnd(prefixPattern, text, at);
  if (quote === undefined) return undefined;
  const prefix = text.slice(at, quote);
  const { end, closed } = literalEnd(text, quote, isFormatted(prefix), isRaw(prefix));
  return { kind: closed ? 'string' : 'open', start: at, end };
};

const stray = (text: string, at: number): Token => ({
  kind: 'stray',
  start: at,
  end: at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1),
});
