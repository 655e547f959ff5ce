import { problemTexts, TRAP_CODES } from '../explain';

/** The codes of findings that have a page in docs/problems: what they mean, how they look and how they are mended. */
export const PROBLEM_PAGES: readonly string[] = [
  ...TRAP_CODES,
  'channel-mismatch',
  'comment-mismatch',
  'feature-mismatch',
  'foreign-character',
  'inplace-shape',
  'matmul-mismatch',
  'missing-attribute',
  'none-size',
  'stale-comment',
];

/** What a code says, with its parts still named. */
interface ProblemCode {
  readonly code: string;
  readonly en: string;
  readonly zh: string;
}

/** Findings that are no fault of an op and no trap. */
const OTHERS: readonly ProblemCode[] = [
  {
    code: 'comment-mismatch',
    en: 'the comment says another shape than the code has',
    zh: '注释写的形状与实际形状不符',
  },
  { code: 'foreign-character', en: 'Python refuses this character', zh: 'Python 不接受这个字符' },
  { code: 'stale-comment', en: 'this comment no longer says what the code does', zh: '该注释已与代码不符' },
];

/** The table of all codes as Markdown, sorted; a code with a page leads to it. */
export const problemTable = (): string => {
  const rows = [...problemTexts().map(([code, [en, zh]]) => ({ code, en, zh })), ...OTHERS]
    .sort((a, b) => (a.code < b.code ? -1 : 1))
    .map(({ code, en, zh }) => {
      const name = PROBLEM_PAGES.includes(code) ? `[${code}](${code}.md)` : code;
      return `| ${[name, en, zh].map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
    });
  return ['| code | what it says | 含义 |', '| --- | --- | --- |', ...rows, ''].join('\n');
};
