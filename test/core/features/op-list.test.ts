import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { opList, opListMarkdown } from '../../../src/core';

const PAGES = [
  ['docs/ops.md', 'en'],
  ['docs/ops.zh-CN.md', 'zh'],
] as const;

test.each(PAGES)('%s is what the tables say', (path, language) => {
  const page = opListMarkdown(language);
  if (process.env.UPDATE) writeFileSync(path, page);
  expect(readFileSync(path, 'utf8')).toBe(page);
});

test('layers and functions that do the same lead to each other', () => {
  const pages = new Map(opList().map((page) => [page.path, page]));
  const oneWay = [...pages.values()].flatMap(({ path, kind, forms }) =>
    kind === 'layer' && /\.nn\.\w+$/.test(path)
      ? forms.filter((form) => !pages.get(form)?.forms.includes(path)).map((form) => `${path} → ${form}`)
      : [],
  );
  expect(oneWay).toEqual([]);
  const pairs = ['Conv2d', 'ConvTranspose2d', 'Linear', 'BatchNorm2d', 'Embedding', 'MaxPool2d', 'MultiheadAttention'];
  expect(pairs.map((name) => pages.get(`torch.nn.${name}`)?.forms.length)).toEqual(pairs.map(() => 1));
});

test('a name finds the ops that hold it', () => {
  expect(opList('adaptive_avg_pool1d', 'Linear1x').map(({ path }) => path)).toContain(
    'torch.nn.functional.adaptive_avg_pool1d',
  );
  expect(opList('no such op')).toEqual([]);
  expect(opListMarkdown('en', 'unfold')).not.toContain('conv2d');
});
