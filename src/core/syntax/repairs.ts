import { binaryOperator } from './convert/operators';
import { isCompound } from './lines/blocks';
import { breakLength, scan, skipBlanks } from './lines/lex';
import type { StandIn } from './stand-ins';

/** A way to make a statement parse: stand-ins, and what the tree shows for them. Places count from the text's start. */
export interface Repair {
  readonly standIns: readonly StandIn[];
  /** What of the text is unknown: its place, behind blanks. */
  readonly gap?: { readonly start: number; readonly end: number };
  /** The places of stars that are parsed as `~`. */
  readonly stars?: ReadonlySet<number>;
  /** Whether the text is right and only the grammar too narrow. */
  readonly correct?: true;
  /** What the text lacks at its end, when that is all. */
  readonly missing?: string;
}

/** What may be wrong with one statement on one logical line, the least first. */
export const lineRepairs = (text: string): readonly Repair[] => {
  const tokens = tokensOf(text);
  return [...starRepairs(tokens), ...typeRepairs(tokens), ...valueGaps(text, tokens)];
};

/** What may be wrong with the head of a compound statement; nothing for any other. */
export const headRepairs = (text: string): readonly Repair[] => {
  const tokens = tokensOf(text);
  if (!isCompound({ word: tokens[0]?.text ?? '' })) return [];
  return [
    ...starRepairs(tokens),
    ...typeParameterRepairs(tokens),
    ...colonRepairs(text, tokens),
    ...conditionGaps(text, tokens),
    ...parameterGaps(text, tokens),
  ];
};

interface Word {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** How many brackets are open around it. */
  readonly depth: number;
}

const tokensOf = (text: string): readonly Word[] => {
  const words: Word[] = [];
  let depth = 0;
  let at = skipBlanks(text, 0);
  while (at < text.length) {
    if (breakLength(text, at) > 0 || text[at] === '\\') at++;
    else {
      const { start, end } = scan(text, at);
      const word = text.slice(start, end);
      if (')]}'.includes(word)) depth = Math.max(0, depth - 1);
      words.push({ text: word, start, end, depth });
      if ('([{'.includes(word)) depth++;
      at = end;
    }
    at = skipBlanks(text, at);
  }
  return words;
};

/** The grammar takes no star before a bracket outside of brackets: `return *(1, 2), 3`. */
const starRepairs = (words: readonly Word[]): readonly Repair[] => {
  const stars = words.filter((word, index) => {
    const next = words[index + 1]?.text ?? '';
    return word.text === '*' && '([{"\''.includes(next.charAt(0)) && isPrefix(words[index - 1]);
  });
  if (stars.length === 0) return [];
  const standIns = stars.map(({ start, end }) => ({ start, end, by: '~' }));
  return [{ standIns, stars: new Set(stars.map(({ start }) => start)), correct: true }];
};

const isPrefix = (before: Word | undefined): boolean =>
  before === undefined || /^(?:[=,([{:]|return|yield|in|.*[^=!<>]=)$/.test(before.text);

/** `type(self).x = 1` is no alias; any other name in its place is parsed as Python does. */
const typeRepairs = ([first]: readonly Word[]): readonly Repair[] =>
  first?.text === 'type' ? [{ standIns: [{ start: first.start, end: first.end, by: 'name' }], correct: true }] : [];

/** The grammar knows no default of a type parameter (Python 3.13); we read none of them. */
const typeParameterRepairs = (words: readonly Word[]): readonly Repair[] => {
  const name = words.findIndex((word) => word.text === 'def' || word.text === 'class') + 1;
  const opening = words[name + 1];
  if (name === 0 || opening?.text !== '[') return [];
  const closing = words.find((word) => word.start > opening.start && word.text === ']' && word.depth === opening.depth);
  return closing ? [{ standIns: [{ start: opening.start, end: closing.end, by: '' }], correct: true }] : [];
};

const closers: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' };

/** A head without its colon, or whose bracket was left open, as while it is being typed. */
const colonRepairs = (text: string, words: readonly Word[]): readonly Repair[] => {
  const open: string[] = [];
  for (const word of words) {
    const closer = closers[word.text];
    if (closer !== undefined) open.push(closer);
    else if (')]}'.includes(word.text)) open.pop();
  }
  const end = words.at(-1)?.end ?? text.length;
  const colon = words.at(-1)?.text === ':' && open.length === 0 ? '' : ':';
  const by = open.reverse().join('') + colon;
  return by === '' ? [] : [{ standIns: [{ start: end, end, by }], missing: by.charAt(0) }];
};

/** `if …:` and `for x in …:` whose expression cannot be read. */
const conditionGaps = (text: string, words: readonly Word[]): readonly Repair[] => {
  const last = words.at(-1);
  const colon = last?.text === ':' ? last : undefined;
  const before = words.findLast((word) => word.depth === 0 && ['if', 'elif', 'while', 'in'].includes(word.text));
  if (!before || !last) return [];
  const end = colon ? colon.start : last.end;
  return [gapRepair(text, before.end, Math.max(end, before.end), colon ? '' : ':')];
};

/** A default or an annotation that cannot be read: the parameter is still there. */
const parameterGaps = (text: string, words: readonly Word[]): readonly Repair[] => {
  if (!words.some((word) => word.text === 'def' && word.depth === 0)) return [];
  const stops = words.filter((word) => word.depth === 1 && (word.text === ',' || word.text === ')'));
  stops.push(...words.filter((word) => word.depth === 0 && word.text === ')'));
  return stops.flatMap((stop) => {
    const before = words.filter((word) => word.end <= stop.start && word.depth === 1);
    const sign = before.findLast((word) => [',', '=', ':'].includes(word.text));
    return sign && sign.text !== ',' ? [gapRepair(text, sign.end, stop.start)] : [];
  });
};

const gapRepair = (text: string, from: number, to: number, behind = ''): Repair => {
  const start = Math.min(skipBlanks(text, from), to);
  const gap = { start, end: start + text.slice(start, to).trimEnd().length };
  return { standIns: [{ start, end: to, by: ` 0${behind}` }], gap };
};

/** A value that cannot be read behind `=`, `+=` or `return`: the target is still known. */
const valueGaps = (text: string, words: readonly Word[]): readonly Repair[] => {
  const signs = words.filter(({ text: sign, depth }) => depth === 0 && isAssignment(sign));
  const [first] = words;
  const starts = [signs.at(-1), signs[0], first?.text === 'return' ? first : undefined];
  return starts.flatMap((word) => (word ? [gapRepair(text, word.end, text.length)] : []));
};

const isAssignment = (sign: string): boolean =>
  sign === '=' || (sign.length > 1 && sign.endsWith('=') && binaryOperator(sign.slice(0, -1)) !== undefined);
