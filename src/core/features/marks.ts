import type { Comment } from '../syntax';
import type { TextEdit } from '../text';

/** Which comments are ours: those that begin with the mark. Nothing is ours when there is no mark. */
export const isOurs = (comment: string, mark: string): boolean =>
  mark !== '' && (comment === `# ${mark}` || comment.startsWith(`# ${mark} `));

/** What tools read behind a comment of ours (`# noqa`) is somebody else's, and stays. */
const PRAGMA = /\s+#\s*(?:noqa|type:|pylint:|pragma|fmt:|ruff:|isort:|nosec|pyright:|tensorscribe:).*$/i;

/** The part of one of our comments that is ours. */
export const ownLength = (comment: string): number => comment.length - (PRAGMA.exec(comment)?.[0].length ?? 0);

/** The edits that take out our comments, so that the text is what it was before they were written. */
export const removal = (text: string, comments: readonly Comment[], mark: string): readonly TextEdit[] =>
  comments.flatMap(({ start, text: comment, ownLine }) => {
    if (!isOurs(comment, mark)) return [];
    const length = ownLength(comment);
    if (ownLine && length === comment.length) return [{ ...wholeLine(text, start), newText: '' }];
    return [{ start: behindCode(text, start), end: start + length, newText: '' }];
  });

/** Where the two spaces before a comment begin. */
export const behindCode = (text: string, start: number): number => {
  let at = start;
  while (at > start - 2 && text[at - 1] === ' ') at--;
  return at;
};

/** A line with its line break. */
const wholeLine = (text: string, at: number): { readonly start: number; readonly end: number } => {
  let start = at;
  while (start > 0 && !isBreak(text, start - 1)) start--;
  let end = at;
  while (end < text.length && !isBreak(text, end)) end++;
  if (text[end] === '\r' && text[end + 1] === '\n') end++;
  // The mark of the byte order belongs to the file, not to its first line.
  if (start === 0 && text.charCodeAt(0) === 0xfeff) start = 1;
  return { start, end: Math.min(end + 1, text.length) };
};

const isBreak = (text: string, at: number): boolean => text[at] === '\n' || text[at] === '\r';
