import type { Comment, SyntaxFault } from '../ast';
import { type Anchors, isForeign } from './foreign';
import { breakLength, scan, skipBlanks, type Token } from './lex';
import { lineEnd } from './literal-end';
import { meantBy, quotedEnd } from './pasted';

/** A logical line: what Python's tokenizer puts between two NEWLINE tokens. */
export interface Line {
  /** Where its first physical line begins. */
  readonly lineStart: number;
  /** Where its first token begins and its last one ends. */
  readonly start: number;
  readonly end: number;
  /** The column of the first token; tabs go to the next multiple of eight. */
  readonly indent: number;
  /** The text of its first token. */
  readonly word: string;
  /** The places of the semicolons outside of brackets. */
  readonly semicolons: readonly number[];
  /** Whether a bracket or a string was left open, so that its end was concluded from the lines below. */
  readonly cut: boolean;
}

/** What the parser shall read instead of the text from `start` to `end`, which is as long. */
export interface Substitute {
  readonly start: number;
  readonly end: number;
  readonly by: string;
}

export interface Layout {
  readonly lines: readonly Line[];
  readonly comments: readonly Comment[];
  readonly substitutes: readonly Substitute[];
  readonly faults: readonly SyntaxFault[];
  /** Whether a triple-quoted string reaches the end of the text: then its start is anybody's guess. */
  readonly runaway: boolean;
}

/** Cuts a text into logical lines. Anchors help where a bracket or a string was left open. */
export const layout = (text: string, anchors?: Anchors): Layout => {
  const pass: Pass = { text, anchors, lines: [], comments: [], substitutes: [], faults: [], runaway: false };
  let at = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (at < text.length) at = readLine(pass, at);
  return pass;
};

interface Pass {
  readonly text: string;
  readonly anchors: Anchors | undefined;
  readonly lines: Line[];
  readonly comments: Comment[];
  readonly substitutes: Substitute[];
  readonly faults: SyntaxFault[];
  runaway: boolean;
}

/** A place to go back to when what follows turns out not to belong to the line. */
interface Mark {
  readonly lineStart: number;
  readonly end: number;
  /** The innermost open bracket. */
  readonly opening: string | undefined;
  readonly comments: number;
  readonly substitutes: number;
  readonly faults: number;
}

/** The logical line in the making. */
interface Draft {
  readonly lineStart: number;
  readonly start: number;
  readonly indent: number;
  readonly brackets: string[];
  readonly semicolons: number[];
  word: string;
  end: number;
  last: Token | undefined;
  /** The first line inside that is not indented deeper than the statement. */
  outdented: Mark | undefined;
  cut: boolean;
}

/** Reads one logical line, or one that is blank or a comment, and returns the start of the next. */
const readLine = (pass: Pass, lineStart: number): number => {
  const { at, column } = indentation(pass, lineStart);
  const start = skipComment(pass, at, true);
  const length = breakLength(pass.text, start);
  if (length > 0 || start >= pass.text.length) return start + length;
  const draft: Draft = {
    lineStart,
    start,
    indent: column,
    brackets: [],
    semicolons: [],
    word: '',
    end: start,
    last: undefined,
    outdented: undefined,
    cut: false,
  };
  const next = readTokens(pass, draft);
  const { end, word, semicolons, cut, indent } = draft;
  if (end > start) pass.lines.push({ lineStart, start, end, indent, word, semicolons, cut });
  return next;
};

const indentation = (pass: Pass, lineStart: number): { readonly at: number; readonly column: number } => {
  let column = 0;
  let at = lineStart;
  for (;;) {
    const char = pass.text[at];
    if (char === ' ') column++;
    else if (char === '\t') column = (column & ~7) + 8;
    else if (char === '\f') column = 0;
    else if (char !== undefined && char > '\x7f' && meantBy(char) === ' ') {
      substitute(pass, at, ' ');
      column++;
    } else return { at, column };
    at++;
  }
};

const skipComment = (pass: Pass, at: number, ownLine: boolean): number => {
  const { text } = pass;
  if (text[at] !== '#') return at;
  const end = lineEnd(text, at);
  pass.comments.push({ start: at, end, text: text.slice(at, end), ownLine });
  return end;
};

const substitute = (pass: Pass, at: number, by: string): void => {
  pass.substitutes.push({ start: at, end: at + 1, by });
  pass.faults.push({ kind: 'error', start: at, end: at + 1, about: 'character', meant: by });
};

const readTokens = (pass: Pass, draft: Draft): number => {
  const { text } = pass;
  let at = draft.start;
  for (;;) {
    at = skipComment(pass, skipBlanks(text, at), false);
    const length = breakLength(text, at);
    if (at >= text.length) return endOfText(pass, draft);
    if (length > 0) {
      if (draft.brackets.length === 0) return at + length;
      const next = readInnerLine(pass, draft, at + length);
      if (draft.cut) return next;
      at = next;
    } else if (text[at] === '\\' && (breakLength(text, at + 1) > 0 || at + 1 === text.length)) {
      at += 1 + breakLength(text, at + 1);
    } else {
      const token = scan(text, at);
      at = readToken(pass, draft, token);
      if (draft.cut) return at;
    }
  }
};

/** A physical line inside of brackets: where its first token stands, or where the line after the cut begins. */
const readInnerLine = (pass: Pass, draft: Draft, lineStart: number): number => {
  const { text } = pass;
  const mark: Mark = {
    lineStart,
    end: draft.end,
    opening: draft.brackets.at(-1),
    comments: pass.comments.length,
    substitutes: pass.substitutes.length,
    faults: pass.faults.length,
  };
  const { at, column } = indentation(pass, lineStart);
  if (at >= text.length || breakLength(text, at) > 0) return at;
  if (text[at] === '#') return skipComment(pass, at, true);
  const outdented = column <= draft.indent;
  if (outdented && !')]}'.includes(text[at] ?? '')) draft.outdented ??= mark;
  if (pass.anchors?.inBrackets(lineStart)) return cutBefore(pass, draft, mark);
  const foreign = isForeign(text, at, endsOperand(text, draft.last), outdented);
  return foreign ? cutBefore(pass, draft, draft.outdented ?? mark) : at;
};

const closing: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** Ends the line before the marked one and forgets what was read from there. */
const cutBefore = (pass: Pass, draft: Draft, mark: Mark): number => {
  pass.comments.length = mark.comments;
  pass.substitutes.length = mark.substitutes;
  pass.faults.length = mark.faults;
  draft.end = mark.end;
  draft.cut = true;
  missBracket(pass, mark.end, mark.opening);
  return mark.lineStart;
};

const missBracket = (pass: Pass, at: number, opening: string | undefined): void => {
  const expected = opening === undefined ? undefined : closing[opening];
  if (expected !== undefined) pass.faults.push({ kind: 'missing', start: at, end: at, expected });
};

const endOfText = (pass: Pass, draft: Draft): number => {
  if (draft.brackets.length === 0) return pass.text.length;
  if (draft.outdented) return cutBefore(pass, draft, draft.outdented);
  draft.cut = true;
  missBracket(pass, draft.end, draft.brackets.at(-1));
  return pass.text.length;
};

const readToken = (pass: Pass, draft: Draft, token: Token): number => {
  const { kind, start, end } = token;
  if (kind === 'stray') return readStray(pass, draft, token);
  if (draft.word === '') draft.word = pass.text.slice(start, end);
  draft.last = token;
  if (kind === 'open' || kind === 'string') return readString(pass, draft, token);
  if (kind === 'operator' && end - start === 1) readOperator(draft, pass.text[start] ?? '', start);
  draft.end = end;
  return end;
};

const readOperator = (draft: Draft, operator: string, start: number): void => {
  if (operator === '(' || operator === '[' || operator === '{') draft.brackets.push(operator);
  else if (operator === ')' || operator === ']' || operator === '}') draft.brackets.pop();
  else if (operator === ';' && draft.brackets.length === 0) draft.semicolons.push(start);
};

/** Whether a token can be the end of an operand, so that another operand cannot follow it. */
const endsOperand = (text: string, token: Token | undefined): boolean => {
  if (token === undefined) return false;
  const word = text.slice(token.start, token.end);
  return token.kind === 'operator' ? [')', ']', '}', '...'].includes(word) : !operatorWords.has(word);
};

const operatorWords: ReadonlySet<string> = new Set(
  'and or not in is if else for lambda await async yield from return as'.split(' '),
);

/** A string may span lines that are known to be statements; then it was left open. */
const readString = (pass: Pass, draft: Draft, { start, end, kind }: Token): number => {
  const known = pass.anchors?.inString(start, end, draft.indent);
  const anchor = known === undefined ? undefined : aboveComments(pass.text, known, start);
  if (anchor === undefined && kind === 'string') {
    draft.end = end;
    return end;
  }
  const mark = /["']{3}|["']/.exec(pass.text.slice(start, start + 6))?.[0] ?? '';
  draft.end = anchor === undefined ? end : start + pass.text.slice(start, anchor).trimEnd().length;
  pass.faults.push({ kind: 'missing', start, end: draft.end, expected: mark });
  if (anchor !== undefined || mark.length === 3) draft.cut = true;
  if (anchor === undefined && mark.length === 3) pass.runaway = true;
  return anchor ?? draft.end;
};

/** Where the lines of comments begin that stand right above a place: they belong to what they stand above. */
const aboveComments = (text: string, lineStart: number, least: number): number => {
  let at = lineStart;
  for (;;) {
    let before = text.startsWith('\r\n', at - 2) ? at - 2 : at - 1;
    while (before > least && breakLength(text, before - 1) === 0) before--;
    if (before <= least || !/^[ \t\f]*#/.test(text.slice(before, at))) return at;
    at = before;
  }
};

/** The parser takes some characters that Python refuses; of this one it makes nothing. */
const refuse = (pass: Pass, start: number, end: number): void => {
  pass.substitutes.push({ start, end, by: '$'.repeat(end - start) });
  pass.faults.push({ kind: 'error', start, end, about: 'character' });
};

/** A character that starts no token is read as what was meant, and reported. */
const readStray = (pass: Pass, draft: Draft, { start, end }: Token): number => {
  const char = pass.text.slice(start, end);
  const quoted = quotedEnd(pass.text, start);
  const by = quoted === undefined ? meantBy(char) : '"';
  if (by === undefined) refuse(pass, start, end);
  else substitute(pass, start, by);
  if (by === ' ') return end;
  if (draft.word === '') draft.word = by ?? char;
  if (quoted !== undefined) substitute(pass, quoted - 1, '"');
  else if (by !== undefined) readOperator(draft, by, start);
  draft.last = { kind: quoted === undefined ? 'operator' : 'string', start, end };
  draft.end = quoted ?? end;
  return draft.end;
};
