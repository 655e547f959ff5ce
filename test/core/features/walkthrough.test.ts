import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { annotate, applyEdits, removeComments } from '../../../src/core';
import { analyse } from './support';

const FOLDER = resolve('media', 'walkthrough');
const HEAD = 'import torch\nfrom torch import nn\n\n\n';

const names = readdirSync(FOLDER);

test('every page exists in both languages', () => {
  expect(names.length).toBeGreaterThan(0);
  for (const name of names)
    expect(names).toContain(name.replace(/\.(en|zh-cn)\./, name.includes('.en.') ? '.zh-cn.' : '.en.'));
});

// UPDATE=1 brings the pages up to date.
const shown = [
  ...names.filter((name) => name.startsWith('annotate')).map((name) => join(FOLDER, name)),
  resolve('README.md'),
  resolve('README.zh-CN.md'),
];

test.each(shown)('%s shows what is really written', async (path) => {
  const page = readFileSync(path, 'utf8');
  const [, code = ''] = /```python\n(.*?)```/s.exec(page) ?? [];
  const bare = applyEdits(HEAD + code, removeComments(HEAD + code));
  expect(bare).not.toBe(HEAD + code);
  const written = annotate(await analyse(bare), { language: /zh-cn/i.test(path) ? 'zh-cn' : 'en', level: 'standard' });
  const now = 'edits' in written ? applyEdits(bare, written.edits).slice(HEAD.length) : '';
  if (process.env.UPDATE)
    writeFileSync(
      path,
      page.replace(code, () => now),
    );
  else expect(code).toBe(now);
});
