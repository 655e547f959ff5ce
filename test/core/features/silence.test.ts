import { describe, expect, test } from 'vitest';
import { applyEdits, fixesAt, problems } from '../../../src/core';
import { analyser } from './support';

const model = (line: string): string =>
  [
    'from torch import nn',
    'class Pools(nn.Module):',
    '    def __init__(self):',
    '        super().__init__()',
    `        ${line}`,
    '    def forward(self, x):',
    '        return self.pool(x)',
    '',
  ].join('\r\n');

const silenced = async (line: string): Promise<string | undefined> => {
  const text = model(line);
  const at = text.indexOf('None');
  const analyse = await analyser();
  const fix = fixesAt(analyse(text), { start: at, end: at }, 'en', analyse).find(({ title }) =>
    title.startsWith('Ignore'),
  );
  if (!fix) return undefined;
  const after = applyEdits(text, fix.edits);
  expect(problems(analyse(after), 'en')).toEqual([]);
  return after.split('\r\n')[4]?.trim();
};

describe('ignoring a finding', () => {
  test.each([
    ['self.pool = nn.MaxPool2d((1, None))', 'self.pool = nn.MaxPool2d((1, None))  # tensorscribe: ignore[none-size]'],
    [
      'self.pool = nn.MaxPool2d((1, None))  # rows',
      'self.pool = nn.MaxPool2d((1, None))  # rows  # tensorscribe: ignore[none-size]',
    ],
    [
      'self.pool = nn.MaxPool2d((1, None))  # tensorscribe: ignore[other]',
      'self.pool = nn.MaxPool2d((1, None))  # tensorscribe: ignore[other, none-size]',
    ],
  ])('%s', async (line, after) => expect(await silenced(line)).toBe(after));

  test('is not offered where no comment can stand', async () => {
    expect(await silenced('self.pool = nn.MaxPool2d((1, None), \\\r\n            stride=2)')).toBeUndefined();
  });

  test('is offered at the finding alone', async () => {
    const text = model('self.pool = nn.MaxPool2d((1, None))');
    const analyse = await analyser();
    expect(fixesAt(analyse(text), { start: 0, end: 4 }, 'en', analyse)).toEqual([]);
  });
});
