import type { Language } from '../core';
import { UsageError } from './usage';

/** The language of comments: also both at once. */
export type Languages = Language | 'both';

/** What `--language` says, or else the locale. */
export const languageOf = (given: string | undefined): Languages => {
  if (given === 'en' || given === 'zh-cn' || given === 'both') return given;
  if (given !== undefined) throw new UsageError(`--language is en, zh-cn or both, not ${given}`);
  const locale = process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '';
  return locale.toLowerCase().startsWith('zh') ? 'zh-cn' : 'en';
};

/** Messages know no `both`: they are English then. */
export const messageLanguage = (language: Languages): Language => (language === 'both' ? 'en' : language);
