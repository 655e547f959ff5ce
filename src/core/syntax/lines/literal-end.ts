/** Where a string literal ends; one that is not closed ends with its line or, in triple quotes, with the text. */
export interface LiteralEnd {
  readonly end: number;
  readonly closed: boolean;
}

/**
 * The end of the literal whose opening quote stands at `quote`. A formatted one is followed into its fields, where
 * quotes of the same kind may stand again (PEP 701).
 */
export const literalEnd = (text: string, quote: number, formatted: boolean, raw: boolean): LiteralEnd =>
  formatted ? formattedEnd({ text, raw }, quote, 0) : plainEnd(text, quote);

/** Whether letters before a quote make the literal a formatted one (f or t) or a raw one. */
export const isFormatted = (prefix: string): boolean => /[ft]/i.test(prefix);
export const isRaw = (prefix: string): boolean => /r/i.test(prefix);

/** The longest run of letters that may stand before a quote. */
export const prefixPattern = /(?:[bft]?r|r?[bft]|u)?(?=["'])/iy;

interface Source {
  readonly text: string;
  readonly raw: boolean;
}

const backslash = 92;
const newline = 10;
const carriageReturn = 13;
/** Deeper than CPython's own limit for nested formatted literals nothing is followed. */
const deepest = 100;

const isBreak = (code: number): boolean => code === newline || code === carriageReturn;

const isTriple = (text: string, quote: number): boolean =>
  text.charCodeAt(quote + 1) === text.charCodeAt(quote) && text.charCodeAt(quote + 2) === text.charCodeAt(quote);

/** The end of the line that holds `at`, without its break. */
export const lineEnd = (text: string, at: number): number => {
  let end = at;
  while (end < text.length && !isBreak(text.charCodeAt(end))) end++;
  return end;
};

const open = (text: string, quote: number): LiteralEnd => ({
  end: isTriple(text, quote) ? text.length : lineEnd(text, quote),
  closed: false,
});

/** The character behind an escape that starts at `at`; `\r\n` is one character. */
const behindEscape = (text: string, at: number): number =>
  at + (text.charCodeAt(at + 1) === carriageReturn && text.charCodeAt(at + 2) === newline ? 3 : 2);

const plainEnd = (text: string, quote: number): LiteralEnd => {
  const mark = text.charCodeAt(quote);
  const triple = isTriple(text, quote);
  let at = quote + (triple ? 3 : 1);
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === backslash) at = behindEscape(text, at);
    else if (code === mark && (!triple || isTriple(text, at))) return { end: at + (triple ? 3 : 1), closed: true };
    else if (!triple && isBreak(code)) break;
    else at++;
  }
  return open(text, quote);
};

const formattedEnd = (source: Source, quote: number, depth: number): LiteralEnd => {
  const { text } = source;
  const mark = text.charCodeAt(quote);
  const triple = isTriple(text, quote);
  let at = quote + (triple ? 3 : 1);
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === mark && (!triple || isTriple(text, at))) return { end: at + (triple ? 3 : 1), closed: true };
    if (!triple && isBreak(code)) break;
    if (code === backslash) at = behindFormattedEscape(source, at);
    else if (text[at] !== '{') at++;
    else if (text[at + 1] === '{') at += 2;
    else {
      const end = fieldEnd(source, at, { quote, triple, depth });
      if (end === undefined) break;
      at = end;
    }
  }
  return open(text, quote);
};

/** A backslash does not escape a brace, and `\N{…}` is a character, no field. */
const behindFormattedEscape = ({ text, raw }: Source, at: number): number => {
  if (!raw && text.startsWith('N{', at + 1)) {
    const end = text.indexOf('}', at);
    return end < 0 ? text.length : end + 1;
  }
  return text[at + 1] === '{' ? at + 1 : behindEscape(text, at);
};

interface Enclosing {
  readonly quote: number;
  readonly triple: boolean;
  readonly depth: number;
}

/** What no field contains: the next statement of a text whose field was left open. */
const statementInField = /[\r\n][ \t]*(?:(?:def|class|return|import|from|with|while|try)\b|[\w.]+[ \t]*=[^=])/;

/** Behind the brace that closes the field opened at `start`, or nothing when it stays open. */
const fieldEnd = (source: Source, start: number, enclosing: Enclosing): number | undefined => {
  const { text } = source;
  if (enclosing.depth > deepest) return undefined;
  let brackets = 0;
  let at = start + 1;
  while (at < text.length) {
    const char = text[at] ?? '';
    if (char === '"' || char === "'") {
      const inner = innerEnd(text, at, enclosing.depth + 1);
      if (!inner.closed) return undefined;
      at = inner.end;
    } else if (char === '#') at = lineEnd(text, at);
    else if (brackets === 0 && char === ':') return specEnd(source, at + 1, enclosing);
    else if (brackets === 0 && char === '}') {
      const closed = enclosing.triple || !statementInField.test(text.slice(start, at));
      return closed ? at + 1 : undefined;
    } else {
      if ('([{'.includes(char)) brackets++;
      else if (')]}'.includes(char)) brackets--;
      at++;
    }
  }
  return undefined;
};

const innerEnd = (text: string, quote: number, depth: number): LiteralEnd => {
  const prefix = /[a-z]{0,2}$/i.exec(text.slice(Math.max(0, quote - 2), quote))?.[0] ?? '';
  return isFormatted(prefix) ? formattedEnd({ text, raw: isRaw(prefix) }, quote, depth) : plainEnd(text, quote);
};

/** A format specification is literal text with fields of its own. */
const specEnd = (source: Source, start: number, enclosing: Enclosing): number | undefined => {
  const { text } = source;
  const mark = text.charCodeAt(enclosing.quote);
  let at = start;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === mark && (!enclosing.triple || isTriple(text, at))) return undefined;
    if (isBreak(code) && !enclosing.triple) return undefined;
    if (text[at] === '}') return at + 1;
    if (text[at] === '{') {
      const end = fieldEnd(source, at, { ...enclosing, depth: enclosing.depth + 1 });
      if (end === undefined) return undefined;
      at = end;
    } else at++;
  }
  return undefined;
};
