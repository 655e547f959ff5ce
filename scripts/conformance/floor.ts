import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** What a comparison counted; the names are those of the comparing program. */
export type Counts = Readonly<Record<string, unknown>>;

/** What was reached before: no change may fall behind it. */
export type Floor = Readonly<Record<string, Readonly<Record<string, number>>>>;

const FILE = 'bench/conformance.json';
const MORE_IS_BETTER = ['exact', 'outputExact', 'proved'];
const LESS_IS_BETTER = ['wrong', 'outputWrong', 'falseAlarms', 'missed', 'requiresFalse', 'malformed'];

export const readFloor = (): Floor => (existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : {});

export function writeFloor(floor: Floor): void {
  const sorted = Object.fromEntries(Object.entries(floor).sort(([left], [right]) => (left < right ? -1 : 1)));
  writeFileSync(FILE, `${JSON.stringify(sorted, undefined, 2)}\n`);
}

/** The counts that are kept of a comparison. */
export const kept = (counts: Counts): Readonly<Record<string, number>> =>
  Object.fromEntries(
    [...MORE_IS_BETTER, ...LESS_IS_BETTER].flatMap((key) => {
      const count = counts[key];
      return typeof count === 'number' ? [[key, count]] : [];
    }),
  );

/** In which counts `now` is worse than `before`, in words. */
export function setbacks(
  before: Readonly<Record<string, number>>,
  now: Readonly<Record<string, number>>,
): readonly string[] {
  const worse = ([key, count]: readonly [string, number]): boolean =>
    MORE_IS_BETTER.includes(key) ? (now[key] ?? 0) < count : (now[key] ?? 0) > count;
  return Object.entries(before)
    .filter(worse)
    .map(([key, count]) => `${key} was ${count}, is ${now[key] ?? 0}`);
}
