import { skipBlanks } from './lex';

/** Says whether a line that seems to continue a bracket or a string is known to start a statement. */
export interface Anchors {
  /** The start of the first such line of a string that spans `from` to `to`. */
  readonly inString: (from: number, to: number, indent: number) => number | undefined;
  readonly inBrackets: (lineStart: number) => boolean;
}

/**
 * Whether the line whose first token stands at `at` cannot continue an expression in brackets, so that a bracket
 * above it was left open: it starts with a statement's keyword, assigns to an attribute, or puts two operands side
 * by side. Never true of a correct program.
 */
export const isForeign = (text: string, at: number, behindOperand: boolean, outdented: boolean): boolean => {
  if (matches(statementWord, text, at) || matches(assignment, text, at)) return true;
  return behindOperand && outdented && matches(operandWord, text, at);
};

const statementWord =
  /(?:def|class|return|import|while|try|except|finally|elif|raise|pass|break|continue|global|nonlocal|assert|del|with)(?!\p{XIDC})|else[ \t]*:|from[ \t]+[\w.]+[ \t]+import(?!\p{XIDC})/uy;
const assignment = /(?:\w+(?:\.\w+)+[ \t]*=(?!=)|\w[\w.]*[ \t]*(?:[-+*/%@&|^]|\/\/|\*\*|<<|>>)=(?!=))/y;
const operandWord = /(?!(?:and|or|not|in|is|if|else|for|async)(?!\p{XIDC}))[\p{XIDS}_]/uy;

const matches = (pattern: RegExp, text: string, at: number): boolean => {
  pattern.lastIndex = at;
  return pattern.test(text);
};

/** Anchors for a text without a past: what looks like the head of a class or function ends an open string. */
export const headAnchors = (text: string): Anchors => ({
  inString: (from, to, indent) => {
    head.lastIndex = from;
    for (let match = head.exec(text); match !== null && match.index < to; match = head.exec(text)) {
      const lineStart = match.index + 1;
      if (skipBlanks(text, lineStart) - lineStart <= indent) return lineStart;
    }
    return undefined;
  },
  inBrackets: () => false,
});

const head = /[\r\n](?=[ \t]*(?:@\w|class[ \t]+\w+.*:|(?:async[ \t]+)?def[ \t]+\w+[ \t]*\())/g;

/**
 * Anchors out of an earlier reading of the text: `earlier` are the starts of its logical lines. Only those outside of
 * what changed since count, and only where the file is broken, so a correct text is always read afresh.
 */
export const earlierAnchors = (before: string, after: string, earlier: readonly number[]): Anchors => {
  const { prefix, suffix } = commonEnds(before, after);
  const grown = after.length - before.length;
  const kept = new Set<number>();
  for (const start of earlier) {
    if (start < prefix) kept.add(start);
    else if (start >= before.length - suffix) kept.add(start + grown);
  }
  const sorted = [...kept].sort((a, b) => a - b);
  return {
    inString: (from, to) => sorted.find((start) => start > from && start < to),
    inBrackets: (lineStart) => kept.has(lineStart),
  };
};

const commonEnds = (before: string, after: string): { readonly prefix: number; readonly suffix: number } => {
  const shorter = Math.min(before.length, after.length);
  let prefix = 0;
  while (prefix < shorter && before.charCodeAt(prefix) === after.charCodeAt(prefix)) prefix++;
  let suffix = 0;
  while (
    suffix < shorter - prefix &&
    before.charCodeAt(before.length - 1 - suffix) === after.charCodeAt(after.length - 1 - suffix)
  ) {
    suffix++;
  }
  return { prefix, suffix };
};
