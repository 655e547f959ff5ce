import { TRAP_CODES } from '../explain';

/** The codes of findings that have a page in docs/problems: what they mean, how they look and how they are mended. */
export const PROBLEM_PAGES: readonly string[] = [
  ...TRAP_CODES,
  'channel-mismatch',
  'comment-mismatch',
  'feature-mismatch',
  'matmul-mismatch',
  'none-size',
];
