import type { Dim } from '../dims';
import type { Reader } from '../explain';

/** 11689512 → 11,689,512 */
const grouped = (n: number): string => n.toFixed(0).replace(/\B(?=(\d{3})+$)/g, ',');

const STEPS: readonly (readonly [number, string])[] = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'K'],
];

/** A large number short: 11.69M, 3.64G. */
const brief = (n: number): string => {
  for (const [size, letter] of STEPS) if (n >= size) return `${trimmed(n / size)}${letter}`;
  return `${n}`;
};

const trimmed = (n: number): string => (n >= 100 ? n.toFixed(0) : n >= 10 ? n.toFixed(1) : n.toFixed(2));

/** An amount in full: grouped digits, or the symbols of the constructor and the inputs. */
export const amount = (r: Reader, n: Dim | undefined): string =>
  n === undefined ? '?' : typeof n === 'number' ? grouped(n) : spacious(r.dim(n));

/** Long coefficients with their digits in groups. */
const spacious = (text: string): string => text.replace(/\d{5,}/g, (digits) => grouped(Number(digits)));

/** An amount short; a symbolic one only where it is short by itself. */
export const briefAmount = (r: Reader, n: Dim | undefined): string => {
  if (n === undefined) return '';
  if (typeof n === 'number') return brief(n);
  const text = r.dim(n);
  return text.length <= 18 ? text : '';
};

/** Bytes in units of 1000 · 1000, as torchinfo has them; symbolic ones as they are, with the word for bytes. */
export const megabytes = (r: Reader, bytes: Dim | undefined, word: string): string => {
  if (bytes === undefined) return '?';
  if (typeof bytes !== 'number') return `${amount(r, bytes)} ${word}`;
  return bytes < 1e4 ? `${grouped(bytes)} ${word}` : `${(bytes / 1e6).toFixed(2)} MB`;
};
