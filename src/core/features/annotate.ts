import { type Language, spaced } from '../explain';
import type { Words } from '../ops';
import { commentsOf, sameTokens } from '../syntax';
import { applyEdits, type TextEdit } from '../text';
import type { Analysis, ClassUnit } from './analysis';
import { explanations } from './full';
import { removal } from './marks';
import { type Level, type Remark, remarksOf } from './notes';
import { type Note, place } from './placement';
import { linesInStrings } from './strings';

/** How comments are written. */
export interface AnnotateOptions {
  readonly language: Language | 'both';
  readonly level: Level;
  /** Only this class. */
  readonly className?: string;
  /** What every comment of ours begins with; empty for comments that are then the user's own. */
  readonly mark?: string;
  /** Columns that a line may have; a Han character takes two. */
  readonly width?: number;
  readonly style?: '[B, C]' | '(B, C)';
}

export type Annotated = { readonly edits: readonly TextEdit[] } | { readonly refused: Words };

const MARK = '※';
const WIDTH = 88;

/** The edits that bring the comments of a document up to date; those of people are never touched. */
export const annotate = (analysis: Analysis, options: AnnotateOptions): Annotated => {
  const named = analysis.classes.filter((u) => options.className === undefined || u.name === options.className);
  // A class inside of another one, or of a function, is told with what is around it.
  const units = analysis.classes.filter(({ start }) => named.some((one) => one.start === start));
  const isFullOfAll = options.level === 'full' && options.className === undefined;
  if (isFullOfAll ? analysis.syntax.chunks.length === 0 : units.length === 0)
    return { refused: nothingToSay(options.className) };
  const { lines, syntax, text } = analysis;
  const sound = units.filter((unit) => !chunkOf(analysis, unit)?.broken);
  const only = options.className === undefined ? undefined : sound;
  const mark = options.mark ?? MARK;
  const style = options.style === '(B, C)' ? '()' : '[]';
  const chosen = (start: number): boolean => only === undefined || only.some((unit) => unit.start === start);
  const notes = notesOf(analysis, sound, options.level, style, chosen).map(
    ({ at, text: said, above }): Note => ({ at, lines: linesOf(said, options.language), ...(above && { above }) }),
  );
  const edits = place(lines, syntax.comments, notes, {
    mark,
    width: options.width ?? WIDTH,
    inString: linesInStrings(syntax, lines),
    within: withinOf(analysis, only),
  });
  return sameTokens(text, applyEdits(text, edits)) ? { edits } : { refused: CHANGED };
};

/** Everything that is to be said of a document at a level; places count from its start. */
export const notesOf = (
  analysis: Analysis,
  units: readonly ClassUnit[],
  level: Level,
  style: '[]' | '()',
  chosen: (start: number) => boolean,
): readonly Remark[] => {
  const { text } = analysis;
  const said =
    level === 'full'
      ? explanations(analysis, style, chosen)
      : units.map((unit) => ({ start: unit.start, remarks: remarksOf(unit, text, level, style) }));
  return said.flatMap(({ start, remarks }) => remarks.map((remark) => ({ ...remark, at: start + remark.at })));
};

/** The edits that take our comments out of a text and leave it as it was before. */
export const removeComments = (text: string, mark: string = MARK): readonly TextEdit[] =>
  removal(text, commentsOf(text), mark);

const CHANGED: Words = {
  en: 'The comments would change the program, so nothing was written.',
  zh: '写入注释会改变程序，因此未作任何修改。',
};

const nothingToSay = (className: string | undefined): Words =>
  className === undefined
    ? { en: 'There is no model class in this file.', zh: '此文件中没有模型类。' }
    : { en: `There is no model class ${className} in this file.`, zh: `此文件中没有模型类 ${className}。` };

const chunkOf = ({ syntax }: Analysis, unit: ClassUnit) =>
  syntax.chunks.find(({ start }) => start === unit.start)?.chunk;

/** A note as it is written, each language on lines of its own. */
export const linesOf = (said: Words, language: AnnotateOptions['language']): readonly string[] => {
  if (language === 'en') return [said.en];
  if (language === 'zh-cn') return [spaced(said.zh)];
  return said.en === said.zh ? [said.en] : [spaced(said.zh), said.en];
};

/** Which comments of ours are replaced: those of the classes that are annotated, with what stands right above them. */
const withinOf = (analysis: Analysis, only: readonly ClassUnit[] | undefined): ((offset: number) => boolean) => {
  const { syntax, text } = analysis;
  const spans = syntax.chunks.map(({ start, chunk }, i) => {
    const before = syntax.chunks[i - 1];
    return { from: before ? before.start + before.chunk.text.length : 0, to: start + chunk.text.length, start, chunk };
  });
  const open = spans.filter(({ start, chunk }) => (only ? only.some((unit) => unit.start === start) : !chunk.broken));
  const last = spans.at(-1);
  const places = open.map(({ from, to }) => ({ from, end: to + lineRest(text, to) }));
  let [next, before] = [0, -1];
  // Comments are asked for in their order.
  return (offset) => {
    if (offset < before) next = 0;
    before = offset;
    while (next < places.length && (places[next]?.end ?? 0) <= offset) next++;
    return (places[next]?.from ?? Infinity) <= offset || (only === undefined && offset >= (last?.to ?? 0));
  };
};

/** How far it is to the end of the line: a comment behind the last statement belongs to it. */
const lineRest = (text: string, at: number): number => {
  const rest = /[^\r\n]*/.exec(text.slice(at, at + 2000));
  return rest?.[0].length ?? 0;
};
