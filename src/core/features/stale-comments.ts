import { type Language, say, spaced, words } from '../explain';
import type { Words } from '../ops';
import { lineAt, lineText } from '../text';
import type { Analysis } from './analysis';
import { type AnnotateOptions, annotate, notesOf } from './annotate';
import { isOurs, ownLength } from './marks';
import type { ProblemReport } from './report';

/** A way of writing comments: what a reader may have chosen when they were written. */
type Manner = Pick<AnnotateOptions, 'level' | 'language'>;

/** The usual one first: where comments may be of several, it is taken. */
const MANNERS: readonly Manner[] = (['standard', 'shapes', 'full'] as const).flatMap((level) =>
  (['zh-cn', 'en', 'both'] as const).map((language): Manner => ({ level, language })),
);

/**
 * Comments of ours that no longer say what we would say at their place, at any level and in any language: the code
 * has changed, or somebody has rewritten them. The fix refreshes all comments of the document.
 */
export const staleComments = (analysis: Analysis, language: Language, mark = '※'): readonly ProblemReport[] => {
  const written = writtenByLine(analysis, mark);
  if (written.size === 0) return [];
  const expected = expectations(analysis);
  const outdatedAs = (manners: readonly Manner[]): readonly Written[] =>
    [...written].flatMap(([line, said]) =>
      outdated(
        said,
        manners.map((manner) => expected(manner, line)),
      ),
    );
  const stale = outdatedAs(MANNERS);
  if (stale.length === 0) return [];
  const misses = new Map(MANNERS.map((manner) => [manner, outdatedAs([manner]).length]));
  const [manner] = MANNERS.toSorted((a, b) => (misses.get(a) ?? 0) - (misses.get(b) ?? 0));
  const result = manner && annotate(analysis, { ...manner, mark });
  const title = say(words('Refresh the comments', '刷新注释'), language);
  const message = words('this comment no longer says what the code does', '该注释已与代码不符');
  return stale.map(({ start, end }) => ({
    span: { start, end },
    code: 'stale-comment',
    severity: 'hint',
    message: say(message, language),
    related: [],
    ...(result && 'edits' in result && { fix: { title, edits: result.edits } }),
  }));
};

/** One of our comments, its text without the mark and without blanks. */
interface Written {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The comments of a line that are in no run of them that some manner would write. */
const outdated = (said: readonly Written[], manners: readonly (readonly string[])[]): readonly Written[] => {
  const fresh = new Set<Written>();
  for (let from = 0; from < said.length; from++)
    for (let to = said.length; to > from; to--) {
      const run = said.slice(from, to);
      const text = run.map((one) => one.text).join('');
      if (manners.some((parts) => consumed(text, parts))) for (const one of run) fresh.add(one);
    }
  return said.filter((one) => !fresh.has(one));
};

/** Whether a text is made of the given ones. */
const consumed = (text: string, parts: readonly string[]): boolean =>
  text === '' || parts.some((part) => part !== '' && text.startsWith(part) && consumed(text.slice(part.length), parts));

/** Our comments, by the line of code that they are about: the one that they stand behind, or the next one. */
const writtenByLine = ({ syntax, lines }: Analysis, mark: string): ReadonlyMap<number, readonly Written[]> => {
  const byLine = new Map<number, Written[]>();
  const own = new Set(syntax.comments.filter(({ ownLine }) => ownLine).map(({ start }) => lineAt(lines, start)));
  const isCode = (line: number): boolean => !own.has(line) && lineText(lines, line).trim() !== '';
  for (const { start, text, ownLine } of syntax.comments) {
    if (!isOurs(text, mark)) continue;
    let line = lineAt(lines, start);
    while (ownLine && !isCode(line) && line < lines.starts.length - 1) line++;
    const end = start + ownLength(text);
    const said = { text: bare(text.slice(`# ${mark}`.length, end - start)), start, end };
    byLine.set(line, [...(byLine.get(line) ?? []), said]);
  }
  return byLine;
};

/** A text without what placing changes: blanks, and what stands where it is broken into lines. */
const bare = (text: string): string => text.replace(/[\s；;]+/g, '');

/** What we would say of a line, by manner; each level is asked for once. */
const expectations = (analysis: Analysis): ((manner: Manner, line: number) => readonly string[]) => {
  const units = analysis.classes.filter(({ start }) => !brokenAt(analysis, start));
  const known = new Map<Manner['level'], ReadonlyMap<number, readonly Words[]>>();
  const notesAt = (level: Manner['level']): ReadonlyMap<number, readonly Words[]> => {
    const held = known.get(level);
    if (held) return held;
    const byLine = new Map<number, Words[]>();
    for (const style of ['[]', '()'] as const)
      for (const { at, text } of notesOf(analysis, units, level, style, () => true)) {
        const line = lineAt(analysis.lines, at);
        byLine.set(line, [...(byLine.get(line) ?? []), text]);
      }
    known.set(level, byLine);
    return byLine;
  };
  return ({ level, language }, line) => (notesAt(level).get(line) ?? []).flatMap((said) => texts(said, language));
};

/** A note as it may stand in a comment; both languages on one line or on two. */
const texts = (said: Words, language: Manner['language']): readonly string[] => {
  const [zh, en] = [bare(spaced(said.zh)), bare(said.en)];
  if (language === 'both') return zh === en ? [zh] : [`${zh}/${en}`, zh + en];
  return [language === 'en' ? en : zh];
};

const brokenAt = ({ syntax }: Analysis, at: number): boolean =>
  syntax.chunks.some(({ start, chunk }) => start === at && chunk.broken);
