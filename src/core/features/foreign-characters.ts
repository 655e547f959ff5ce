import { type Language, say, words } from '../explain';
import type { SyntaxFault } from '../syntax';
import { lineAt } from '../text';
import type { Analysis } from './analysis';
import type { ProblemReport } from './report';

/** More lines than this say the same thing again. */
const MOST = 50;

/**
 * Characters of word processors, web pages and Chinese input methods that Python refuses, where it is clear what was
 * meant: full-width punctuation, typographic quotes, blanks that are none. One report for each line; the fix replaces
 * all of them in the document.
 */
export const foreignCharacters = ({ syntax, lines, text }: Analysis, language: Language): readonly ProblemReport[] => {
  const found = syntax.faults.flatMap((fault) => (fault.meant === undefined ? [] : [{ ...fault, meant: fault.meant }]));
  const edits = found.map(({ start, end, meant }) => ({ start, end, newText: meant }));
  const byLine = new Map<number, SyntaxFault & { readonly meant: string }>();
  for (const fault of found) {
    const line = lineAt(lines, fault.start);
    if (!byLine.has(line)) byLine.set(line, fault);
  }
  const title = say(words('Replace all characters that Python refuses', '替换全部 Python 不接受的字符'), language);
  return [...byLine.values()].slice(0, MOST).map(({ start, end, meant }) => {
    const written = shown(text.slice(start, end));
    const said = words(
      `Python refuses ${written} here; “${meant}” is meant`,
      `Python 不接受这里的 ${written}，应为 “${meant}”`,
    );
    return {
      span: { start, end },
      code: 'foreign-character',
      severity: 'error',
      message: say(said, language),
      related: [],
      fix: { title, edits },
    };
  });
};

/** A character that can be seen, or its number. */
const shown = (char: string): string =>
  /^[\p{P}\p{S}\p{L}]$/u.test(char)
    ? `“${char}”`
    : `U+${(char.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
