import type { Comment } from '../syntax';
import { type LineIndex, lineAt, lineText, type TextEdit } from '../text';
import { behindCode, isOurs, ownLength } from './marks';

/** A comment to be written, without the `#`: at the line where `at` lies. */
export interface Note {
  readonly at: number;
  /** One text a line that the comment takes when it stands above; joined by ` / ` when it fits behind. */
  readonly lines: readonly string[];
  /** Never behind the code: the summary of a class. */
  readonly above?: boolean;
}

export interface Placing {
  readonly mark: string;
  readonly width: number;
  /** Places where a line ends inside a string, by line. */
  readonly inString: ReadonlySet<number>;
  /** Comments of ours outside of it stay as they are. */
  readonly within: (offset: number) => boolean;
}

/** The edits that replace our comments by the notes. A line that needs no change has none. */
export const place = (
  index: LineIndex,
  comments: readonly Comment[],
  notes: readonly Note[],
  placing: Placing,
): readonly TextEdit[] => {
  const lines = linesOf(index, comments, placing);
  for (const note of notes) settle(lines, index, note, placing);
  return editsOf(index, lines);
};

/** A line of the document and what becomes of it. */
interface Line {
  readonly eol: string;
  /** Our own line, which goes. */
  readonly gone: boolean;
  /** Without our comment. */
  readonly base: string;
  readonly hasComment: boolean;
  readonly above: string[];
  behind: string;
}

const linesOf = (index: LineIndex, comments: readonly Comment[], { mark, within }: Placing): readonly Line[] => {
  const byLine = new Map(comments.map((comment) => [lineAt(index, comment.start), comment]));
  return index.starts.map((start, i) => {
    const text = lineText(index, i);
    const eol = index.text.slice(start + text.length, index.starts[i + 1] ?? index.text.length);
    const comment = byLine.get(i);
    const ours = comment && isOurs(comment.text, mark) && within(comment.start) ? comment : undefined;
    const length = ours ? ownLength(ours.text) : 0;
    const gone = ours?.ownLine === true && length === ours.text.length && text.charCodeAt(0) !== 0xfeff;
    const base = ours
      ? text.slice(0, behindCode(index.text, ours.start) - start) + text.slice(ours.start - start + length)
      : text;
    const hasComment = comment !== undefined && (!ours || length < ours.text.length);
    return { eol, gone, base, hasComment, above: [], behind: '' };
  });
};

const settle = (lines: readonly Line[], index: LineIndex, note: Note, placing: Placing): void => {
  const at = lineAt(index, note.at);
  const line = lines[at];
  if (!line || note.lines.length === 0) return;
  const one = comment(note.lines.join(' / '), placing.mark);
  const free = line.behind === '' && (line.above.length === 0 || note.above === true);
  if (!free) return;
  const fits = widthOf(line.base) + 2 + widthOf(one) <= placing.width;
  if (!note.above && fits && !line.hasComment && mayStandBehind(line, at, placing)) {
    line.behind = `  ${one}`;
    return;
  }
  if (!mayStandAbove(lines, at, placing)) return;
  const indent = /^\ufeff?([ \t\f]*)/.exec(line.base)?.[1] ?? '';
  const whole = widthOf(indent) + widthOf(one) <= placing.width;
  for (const text of whole ? [note.lines.join(' / ')] : note.lines)
    for (const part of wrapped(text, placing.width - widthOf(indent) - widthOf(comment('', placing.mark))))
      line.above.push(indent + comment(part, placing.mark));
};

/** A text that is too wide for one line, broken behind a semicolon or a comma or before an arrow; what is too wide still, between words. */
const wrapped = (text: string, width: number): readonly string[] => {
  if (widthOf(text) <= width) return [text];
  return text.split(/；|; /).flatMap((sentence) => {
    const lines: string[] = [];
    const parts = sentence.split(/(?<=，)|(?= → )|(?<= = ?)(?=[\w（(])/);
    for (const part of parts.flatMap((one) => (widthOf(one) <= width ? [one] : one.split(BETWEEN_WORDS)))) {
      const last = lines.at(-1);
      if (last !== undefined && widthOf(last + part.trimEnd()) <= width) lines[lines.length - 1] = last + part;
      else lines.push(lines.length === 0 ? part : `  ${part.trimStart()}`);
    }
    return lines.map((line) => line.trimEnd());
  });
};

/** Behind an item of a list or a word, but not inside of a shape nor behind a sign that belongs to what follows. */
const BETWEEN_WORDS = /(?<=、)|(?<=[\w),.;:%'] )(?=[\w('])(?![^[]*\])/;

const comment = (text: string, mark: string): string => (mark === '' ? `# ${text}` : `# ${mark} ${text}`);

/** A backslash must end its line; inside a string a comment would be text. */
const mayStandBehind = (line: Line, at: number, { inString }: Placing): boolean =>
  !inString.has(at) && !line.base.endsWith('\\');

const mayStandAbove = (lines: readonly Line[], at: number, { inString }: Placing): boolean => {
  const before = lines[at - 1];
  return !inString.has(at - 1) && !(before?.base.endsWith('\\') ?? false) && !lines[at]?.base.startsWith('\ufeff');
};

/** PEP 263: on the first two lines this would be an encoding. */
const COOKIE = /coding[:=]\s*[-\w.]+/;

const editsOf = (index: LineIndex, lines: readonly Line[]): readonly TextEdit[] => {
  const eol = lines.find((line) => line.eol !== '')?.eol ?? '\n';
  const edits: TextEdit[] = [];
  let written = 0;
  let from = 0;
  for (const [i, line] of lines.entries()) {
    if (line.gone && i < lines.length - 1) continue;
    const start = index.starts[from] ?? 0;
    const end = index.starts[i + 1] ?? index.text.length;
    const above = line.above.filter((text) => written++ >= 2 || !COOKIE.test(text));
    const behind = written++ < 2 && COOKIE.test(line.behind) ? '' : line.behind;
    const own = line.gone ? '' : line.base + behind + line.eol;
    const newText = above.map((text) => text + (line.eol || eol)).join('') + own;
    const edit = trimmed(index.text, start, end, newText);
    if (edit) edits.push(edit);
    from = i + 1;
  }
  return edits;
};

/** The smallest edit that turns a part of the text into another one; undefined where nothing changes. */
const trimmed = (text: string, start: number, end: number, newText: string): TextEdit | undefined => {
  const old = text.slice(start, end);
  if (old === newText) return undefined;
  const most = Math.min(old.length, newText.length);
  let head = 0;
  while (head < most && old[head] === newText[head]) head++;
  let tail = 0;
  while (tail < most - head && old[old.length - 1 - tail] === newText[newText.length - 1 - tail]) tail++;
  return { start: start + head, end: end - tail, newText: newText.slice(head, newText.length - tail) };
};

const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]/;

/** Columns that a text takes: a Han character takes two, a tab as many as one step of indentation. */
const widthOf = (text: string): number => {
  let width = 0;
  for (const char of text) width += char === '\t' ? 4 : WIDE.test(char) ? 2 : 1;
  return width;
};
