import type { Words } from '../ops';

/** The languages of everything that a reader sees. */
export type Language = 'en' | 'zh-cn';

/** A text in both languages, side by side, so that neither is forgotten. */
export const words = (en: string, zh: string): Words => ({ en, zh });

/** The same text in both languages: a name, a shape, a formula. */
export const plain = (text: string): Words => ({ en: text, zh: text });

/** The text in one language. */
export const say = (text: Words, language: Language): string => (language === 'en' ? text.en : text.zh);

/** Texts one after the other, with what stands between them in each language. */
export const join = (parts: readonly Words[], en: string, zh: string): Words => ({
  en: parts.map((part) => part.en).join(en),
  zh: spaced(parts.map((part) => part.zh).join(zh)),
});

/** A text of parts: a template with `words`, names and numbers in it. Parts that are absent leave no trace. */
export const text = (strings: TemplateStringsArray, ...values: readonly (Words | string | number)[]): Words => {
  const side = (language: Language): string =>
    strings.reduce((before, part, i) => before + shown(values[i - 1], language) + part);
  return { en: side('en'), zh: side('zh-cn') };
};

const shown = (value: Words | string | number | undefined, language: Language): string => {
  if (value === undefined) return '';
  return typeof value === 'object' ? say(value, language) : `${value}`;
};

const HAN = '\\p{Script=Han}';
const LATIN = '[A-Za-z0-9_\\[]';

/** Chinese as it is set: a space between Han characters and Latin letters or digits, none between Han characters. */
export const spaced = (zh: string): string =>
  zh
    .replace(new RegExp(`(${HAN})(${LATIN})`, 'gu'), '$1 $2')
    .replace(new RegExp(`([A-Za-z0-9_\\]])(${HAN})`, 'gu'), '$1 $2')
    .replace(new RegExp(`(?<=${HAN}) (?=${HAN})`, 'gu'), '')
    .replace(/(?<=）) (?=[+×=→])|(?<=[+×=→]) (?=（)/g, '')
    .replace(new RegExp(`(?<=[）]) (?=${HAN})`, 'gu'), '');

/** The first letter in lower case, the full stop gone: a sentence as part of another one. */
export const inside = ({ en, zh }: Words): Words => ({
  en: (/^(?!Kullback|Fourier|Xavier|Kronecker)[A-Z][a-z]/.test(en)
    ? en.charAt(0).toLowerCase() + en.slice(1)
    : en
  ).replace(/\.$/, ''),
  zh: zh.replace(/。$/, ''),
});
