import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { annotate, applyEdits, removeComments } from '../../../src/core';
import { analyse } from './support';

const FOLDER = resolve('media', 'walkthrough');
const HEAD = 'import torch\nfrom torch import nn\n\n\n';

const pages = readdirSync(FOLDER).map((name) => [name, readFileSync(join(FOLDER, name), 'utf8')] as const);

test('every page exists in both languages', () => {
  const names = pages.map(([name]) => name);
  expect(names.length).toBeGreaterThan(0);
  for (const name of names)
    expect(names).toContain(name.replace(/\.(en|zh-cn)\./, name.includes('.en.') ? '.zh-cn.' : '.en.'));
});

test.each(pages.filter(([name]) => name.startsWith('annotate')))(
  '%s shows what is really written',
  async (name, page) => {
    const [, code = ''] = /```python\n(.*?)```/s.exec(page) ?? [];
    const bare = applyEdits(HEAD + code, removeComments(HEAD + code));
    const written = annotate(await analyse(bare), {
      language: name.includes('.en.') ? 'en' : 'zh-cn',
      level: 'standard',
    });
    expect(bare).not.toBe(HEAD + code);
    expect('edits' in written && applyEdits(bare, written.edits)).toBe(HEAD + code);
  },
);
