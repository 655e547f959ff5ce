import { describe, expect, test } from 'vitest';
import { annotate, applyEdits, problems } from '../../../src/core';
import { analyse, pythonFiles } from './support';

const stale = async (text: string) =>
  problems(await analyse(text), 'en').filter(({ code }) => code === 'stale-comment');

const annotated = async (
  text: string,
  language: 'en' | 'zh-cn' | 'both',
  level: 'shapes' | 'standard' | 'full',
  width = 88,
): Promise<string> => {
  const result = annotate(await analyse(text), { language, level, width });
  if (!('edits' in result)) throw new Error(result.refused.en);
  return applyEdits(text, result.edits);
};

const examples = pythonFiles('examples').filter(([name]) => /^(lenet|attention|resnet)\.py$/.test(name));

describe.each(examples)('%s', (_, text) => {
  test.each([
    ['en', 'shapes', 88],
    ['zh-cn', 'standard', 88],
    ['both', 'standard', 60],
    ['zh-cn', 'full', 72],
    ['both', 'full', 120],
  ] as const)('annotated in %s, level %s, width %d, is not stale', async (language, level, width) => {
    const found = await stale(await annotated(text, language, level, width));
    expect(found.map(({ span }) => span)).toEqual([]);
  });
});

const MODEL = `import torch.nn as nn


class Net(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.conv = nn.Conv2d(3, width, 3, stride=2, padding=1)

    def forward(self, x):
        return self.conv(x)
`;

test.each(['en', 'zh-cn', 'both'] as const)(
  'a changed stride makes comments in %s stale, and refreshing mends them',
  async (language) => {
    const before = await annotated(MODEL, language, 'standard');
    const changed = before.replace('stride=2', 'stride=4');
    const found = await stale(changed);
    expect(found.length).toBeGreaterThan(1);
    const after = applyEdits(changed, found[0]?.fix?.edits ?? []);
    expect(await stale(after)).toEqual([]);
    expect(after).toBe(await annotated(MODEL.replace('stride=2', 'stride=4'), language, 'standard'));
  },
);

test('a comment of ours that somebody has rewritten is stale; without the mark it is his', async () => {
  const before = await annotated(MODEL, 'en', 'standard');
  const rewritten = before.replace(/# ※ .*\n(?=class)/, '# ※ my own words\n');
  expect(rewritten).not.toBe(before);
  expect(await stale(rewritten)).toHaveLength(1);
  expect(await stale(rewritten.replace('# ※ my own words', '# my own words'))).toEqual([]);
});
