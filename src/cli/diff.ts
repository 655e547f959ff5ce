/** How many unchanged lines stand around a change. */
const AROUND = 3;

interface Change {
  readonly kind: ' ' | '-' | '+';
  readonly line: string;
}

/** A unified diff of two texts; empty where they are the same. Lines keep their line breaks. */
export const unifiedDiff = (name: string, before: string, after: string): string => {
  const changes = compare(linesOf(before), linesOf(after));
  const hunks = hunksOf(changes).map((hunk) => hunkText(changes, hunk));
  return hunks.length === 0 ? '' : `--- ${name}\n+++ ${name}\n${hunks.join('')}`;
};

const linesOf = (text: string): readonly string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** Pairs equal lines by walking both texts; where they part, the nearest line that both have joins them again. */
const compare = (before: readonly string[], after: readonly string[]): readonly Change[] => {
  const changes: Change[] = [];
  let [i, j] = [0, 0];
  while (i < before.length || j < after.length) {
    if (i < before.length && before[i] === after[j]) {
      changes.push({ kind: ' ', line: before[i++] ?? '' });
      j++;
      continue;
    }
    const [removed, added] = nearest(before, after, i, j);
    for (let n = 0; n < removed; n++) changes.push({ kind: '-', line: before[i++] ?? '' });
    for (let n = 0; n < added; n++) changes.push({ kind: '+', line: after[j++] ?? '' });
  }
  return changes;
};

/** How many lines to drop on either side until the texts agree again, the fewest in all. */
const nearest = (
  before: readonly string[],
  after: readonly string[],
  i: number,
  j: number,
): readonly [number, number] => {
  const most = before.length - i + (after.length - j);
  for (let sum = 1; sum < most; sum++)
    for (let removed = Math.min(sum, before.length - i); removed >= 0; removed--) {
      const line = before[i + removed];
      if (line !== undefined && line === after[j + sum - removed]) return [removed, sum - removed];
    }
  return [before.length - i, after.length - j];
};

type Range = readonly [start: number, end: number];

const hunksOf = (changes: readonly Change[]): readonly Range[] => {
  const hunks: [number, number][] = [];
  for (const [i, { kind }] of changes.entries()) {
    if (kind === ' ') continue;
    const last = hunks.at(-1);
    if (last && i - AROUND <= last[1]) last[1] = Math.min(changes.length, i + 1 + AROUND);
    else hunks.push([Math.max(0, i - AROUND), Math.min(changes.length, i + 1 + AROUND)]);
  }
  return hunks;
};

const hunkText = (changes: readonly Change[], [start, end]: Range): string => {
  const count = (part: readonly Change[], other: '+' | '-'): number => part.filter(({ kind }) => kind !== other).length;
  const [head, body] = [changes.slice(0, start), changes.slice(start, end)];
  const place = (other: '+' | '-'): string => {
    const length = count(body, other);
    return `${count(head, other) + (length === 0 ? 0 : 1)},${length}`;
  };
  const lines = body.map(({ kind, line }) =>
    line.endsWith('\n') ? `${kind}${line}` : `${kind}${line}\n\\ No newline at end of file\n`,
  );
  return `@@ -${place('+')} +${place('-')} @@\n${lines.join('')}`;
};
