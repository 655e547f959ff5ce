import { expect, test } from 'vitest';
import { unifiedDiff } from '../../src/cli/diff';

const lines = (...parts: readonly string[]): string => parts.map((part) => `${part}\n`).join('');

test('texts that are equal have no diff', () => expect(unifiedDiff('a.py', 'x\n', 'x\n')).toBe(''));

test.each([
  [
    'an insertion',
    lines('a', 'b', 'c', 'd', 'e'),
    lines('a', 'b', 'c', 'new', 'd', 'e'),
    '@@ -1,5 +1,6 @@\n a\n b\n c\n+new\n d\n e\n',
  ],
  ['a change', lines('a', 'b'), lines('a', 'B'), '@@ -1,2 +1,2 @@\n a\n-b\n+B\n'],
  ['a first line', '', lines('a'), '@@ -0,0 +1,1 @@\n+a\n'],
  [
    'no line break at the end',
    'a\nb',
    'a\nb  # c',
    '@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b  # c\n\\ No newline at end of file\n',
  ],
])('%s', (_, before, after, hunk) => {
  expect(unifiedDiff('a.py', before, after)).toBe(`--- a.py\n+++ a.py\n${hunk}`);
});

test('changes that lie apart are hunks of their own, close ones are one', () => {
  const before = Array.from({ length: 30 }, (_, i) => `${i}`);
  const change = (...at: readonly number[]): string =>
    unifiedDiff('a.py', lines(...before), lines(...before.map((line, i) => (at.includes(i) ? `${line}!` : line))));
  expect(change(2, 25).match(/^@@/gm)).toHaveLength(2);
  expect(change(10, 14).match(/^@@/gm)).toHaveLength(1);
});
