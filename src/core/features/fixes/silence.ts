import { type Language, say, words } from '../../explain';
import { commentsOf, sameTokens } from '../../syntax';
import { applyEdits, lineAt, type TextEdit } from '../../text';
import type { Analysis } from '../analysis';
import type { Fix, ProblemReport } from '../report';

/** The comment that says that a finding is meant to be so, `# tensorscribe: ignore[code]`, where a comment can stand. */
export const silence = (
  { text, lines }: Analysis,
  { code, span }: ProblemReport,
  language: Language,
): Fix | undefined => {
  const line = lineAt(lines, span.start);
  const next = lines.starts[line + 1] ?? text.length;
  const end = next - (/(\r\n|\r|\n)?$/.exec(text.slice(span.start, next))?.[0].length ?? 0);
  const comment = commentsOf(text).find((other) => lineAt(lines, other.start) === line);
  const edit = comment ? added(comment.text, comment.start, code) : { start: end, end, newText: `  ${ignore(code)}` };
  // Inside of a string, or behind a backslash, a comment would be something else.
  if (!sameTokens(text, applyEdits(text, [edit]))) return undefined;
  const title = say(words(`Ignore ${code} on this line`, `忽略此行的 ${code}`), language);
  return { title, edits: [edit] };
};

const ignore = (code: string): string => `# tensorscribe: ignore[${code}]`;

const LISTED = /#\s*tensorscribe:\s*ignore\[([^\]]*)/;

/** To a list that is there the code is added; behind another comment a list begins. */
const added = (comment: string, start: number, code: string): TextEdit => {
  const listed = LISTED.exec(comment);
  const at = start + (listed ? listed.index + listed[0].length : comment.trimEnd().length);
  const newText = listed ? `${listed[1]?.trim() ? ', ' : ''}${code}` : `  ${ignore(code)}`;
  return { start: at, end: at, newText };
};
