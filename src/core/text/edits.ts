import type { Span } from './span';

/** Replaces the text of a span; an insertion has an empty one. */
export interface TextEdit extends Span {
  readonly newText: string;
}

/** The text after edits that do not overlap; insertions at one place keep their order. */
export const applyEdits = (text: string, edits: readonly TextEdit[]): string => {
  let result = '';
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (edit.start < at) throw new RangeError(`edits overlap at ${edit.start}`);
    result += text.slice(at, edit.start) + edit.newText;
    at = edit.end;
  }
  return result + text.slice(at);
};
