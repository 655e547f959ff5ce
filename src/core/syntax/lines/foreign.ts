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
export const headAnchors = (text: string): Anchors => {
  const heads = [...text.matchAll(head)].map((match) => match.index + 1);
  return {
    inString: (from, to, indent) => {
      let index = firstBehind(heads, from);
      for (let start = heads[index]; start !== undefined && start < to; start = heads[++index]) {
        if (skipBlanks(text, start) - start <= indent) return start;
      }
      return undefined;
    },
    inBrackets: () => false,
  };
};

const head = /[\r\n](?=[ \t]*(?:@\w[\w.]*[ \t]*(?:[(#]|$)|class[ \t]+\w+.*:|(?:async[ \t]+)?def[ \t]+\w+[ \t]*\())/gm;

/** The index of the first place behind `at` in an ascending list, by bisection. */
const firstBehind = (places: readonly number[], at: number): number => {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? 0) > at) high = middle;
    else low = middle + 1;
  }
  return low;
};

/**
 * Anchors out of an earlier reading of the text: `earlier` are the starts of its logical lines. Only those outside of
 * what changed since count, and only where the file is broken, so a correct text is always read afresh.
 */
export const earlierAnchors = (before: string, after: string, earlier: readonly number[]): Anchors => {
  const { prefix, suffix } = commonEnds(before, after);
  const grown = after.length - before.length;
  const above = earlier.filter((start) => start < prefix && start < before.length - suffix);
  const below = earlier.filter((start) => start >= before.length - suffix).map((start) => start + grown);
  const places = [...above, ...below];
  const known = new Set(places);
  return {
    inString: (from, to) => {
      const start = places[firstBehind(places, from)];
      return start !== undefined && start < to ? start : undefined;
    },
    inBrackets: (lineStart) => known.has(lineStart),
  };
};

interface CommonEnds {
  readonly prefix: number;
  readonly suffix: number;
}

const commonEnds = (before: string, after: string): CommonEnds => {
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
  return atLineStart(before.length < after.length ? after : before, shorter, { prefix, suffix });
};

/** Whole lines that came or went look as if their first blanks had stayed and those of the next line were new. */
const atLineStart = (longer: string, shorter: number, { prefix, suffix }: CommonEnds): CommonEnds => {
  if (prefix + suffix < shorter) return { prefix, suffix };
  let slide = 0;
  const starts = (at: number): boolean => at === 0 || /[\r\n]/.test(longer[at - 1] ?? '');
  while (!starts(prefix - slide)) {
    if (longer[prefix - slide - 1] !== longer[longer.length - suffix - slide - 1]) return { prefix, suffix };
    slide++;
  }
  return { prefix: prefix - slide, suffix: suffix + slide };
};
