import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

interface Rule {
  readonly match?: string;
  readonly captures?: Readonly<Record<string, unknown>>;
}

interface Grammar {
  readonly injectionSelector: string;
  readonly repository: Readonly<Record<'mark' | 'shape' | 'arrow', Rule>>;
}

const ROOT = resolve(import.meta.dirname, '..', '..');
const grammar: Grammar = JSON.parse(readFileSync(join(ROOT, 'syntaxes', 'shape-comments.tmLanguage.json'), 'utf8'));

/** What a rule colours in a comment; its pattern means the same to JavaScript as to VS Code. */
const coloured = (rule: keyof Grammar['repository'], comment: string): readonly string[] =>
  [...comment.matchAll(new RegExp(grammar.repository[rule].match ?? '', 'gu'))].map(([text]) => text);

test('is injected into the comments of Python alone', () =>
  expect(grammar.injectionSelector).toBe('L:comment.line.number-sign.python'));

test.each([
  ['# ※ 3×3 convolution → [B, 64, H, W]', ['[B, 64, H, W]']],
  ['# ※ [B, ch_in, H, W] → [B, ch_out, ⌈H/2⌉, ⌈W/2⌉]', ['[B, ch_in, H, W]', '[B, ch_out, ⌈H/2⌉, ⌈W/2⌉]']],
  ['# ※ 展平：[B, N, 3, 8, dim/8]，H、W 须为偶数', ['[B, N, 3, 8, dim/8]']],
  ['# ※ [B, (H//p)·(W//p), 2·dim + 1]', ['[B, (H//p)·(W//p), 2·dim + 1]']],
  ['# ※ [∗, in_features]', ['[∗, in_features]']],
  ['# see [1] and [RFC 2119], items[0]', []],
  ['# a list such as ["a", "b"]', []],
])('%s', (comment, shapes) => expect(coloured('shape', comment)).toEqual(shapes));

test.each([
  ['# ※ [B]', ['※']],
  ['# a ※ in the middle', []],
  ['#※ without a space', []],
])('the mark of %s', (comment, marks) => expect(coloured('mark', comment)).toEqual(marks));

test('arrows', () => expect(coloured('arrow', '# ※ [B, 3] → [B, 4] -> [B, 5]')).toEqual(['→', '->']));
