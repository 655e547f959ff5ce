import { describe, expect, test } from 'vitest';
import { applyEdits, problems, silencesAt } from '../../../src/core';
import { analyse } from './support';

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
  const [fix] = silencesAt(await analyse(text), { start: at, end: at }, 'en');
  if (!fix) return undefined;
  const after = applyEdits(text, fix.edits);
  expect(problems(await analyse(after), 'en')).toEqual([]);
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
    expect(silencesAt(await analyse(text), { start: 0, end: 4 }, 'en')).toEqual([]);
  });
});
