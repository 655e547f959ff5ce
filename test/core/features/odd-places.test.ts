import { describe, expect, test } from 'vitest';
import { applyEdits, fixesAt, problems, refactoringsAt } from '../../../src/core';
import { analyser } from './support';

// Fixes and refactorings where code does not look as it does in a tutorial: they mend the same thing, and keep to how the
// file is written.

type Way = readonly [name: string, write: (source: string) => string];

const WAYS: readonly Way[] = [
  ['as it is', (source) => source],
  ['with tabs', (source) => source.replace(/^(?: {4})+/gm, (space) => '\t'.repeat(space.length / 4))],
  ['with CRLF', (source) => source.replaceAll('\n', '\r\n')],
  ['in two spaces', (source) => source.replace(/^(?: {4})+/gm, (space) => '  '.repeat(space.length / 4))],
  ['behind a byte order mark', (source) => `\ufeff${source}`],
  ['without a last newline', (source) => source.trimEnd()],
  [
    'with comments',
    (source) =>
      source.replace(/^( +self\.\w+ = .*[^([{,\n])$/gm, '$1  # 备注 note').replace(/^( +return .*)$/gm, '$1  # 返回'),
  ],
];

const PADDLE_WORDS: readonly (readonly [RegExp, string])[] = [
  [/torch\.nn\.functional/g, 'paddle.nn.functional'],
  [/torch/g, 'paddle'],
  [/nn\.Module/g, 'nn.Layer'],
  [/([Pp]ool|Conv|Norm)(\d)d\b/g, '$1$2D'],
];
const inPaddle = (source: string): string => PADDLE_WORDS.reduce((text, [from, to]) => text.replace(from, to), source);

const model = (init: string, forward: string): string => `import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
${init.replace(/^/gm, '        ')}

    def forward(self, x):
${forward.replace(/^/gm, '        ')}
`;

type Case = readonly [name: string, source: string, mended: string];

const CASES: readonly Case[] = [
  [
    'in_features',
    model('self.a = nn.Linear(8, 16)\nself.b = nn.Linear(8, 4)', 'return self.b(self.a(x))'),
    'nn.Linear(16, 4)',
  ],
  [
    'in_features over lines',
    model(
      'self.a = nn.Linear(8, 16)\nself.b = nn.Linear(\n    in_features=8,\n    out_features=4,\n)',
      'return self.b(self.a(x))',
    ),
    'in_features=16,',
  ],
  [
    'in_channels in a Sequential',
    model(
      'self.all = nn.Sequential(\n    nn.Conv2d(3, 16, 3, padding=1),\n    nn.ReLU(),\n    nn.Conv2d(8, 4, 1),\n)',
      'return self.all(x)',
    ),
    'nn.Conv2d(16, 4, 1)',
  ],
  [
    'features of a norm',
    model('self.a = nn.Conv2d(3, 16, 3)\nself.n = nn.BatchNorm2d(8)', 'return self.n(self.a(x))'),
    'nn.BatchNorm2d(16)',
  ],
  [
    'adaptive pooling',
    model('self.pool = nn.MaxPool2d((1, None))', 'return self.pool(x)'),
    'nn.AdaptiveMaxPool2d((1, None))',
  ],
  [
    'padding',
    model(
      'self.conv = nn.Conv2d(8, 8, 3)',
      'y = torch.zeros([2, 8, 16, 16])\nif True:\n    y = self.conv(\n        y\n    ) + y\nreturn y',
    ),
    'nn.Conv2d(8, 8, 3, padding=1)',
  ],
];

const mended = async (source: string): Promise<readonly string[]> => {
  const analyse = await analyser();
  const analysis = analyse(source);
  const [problem] = problems(analysis, 'en').filter(({ severity }) => severity !== 'hint');
  return problem ? fixesAt(analysis, problem.span, 'en', analyse).map(({ edits }) => applyEdits(source, edits)) : [];
};

/** Line ends and indentation of one kind, as before. */
const keepsStyle = (before: string, after: string): boolean =>
  /\r\n/.test(before) === /\r\n/.test(after) &&
  (!/\r\n/.test(before) || !/[^\r]\n/.test(after)) &&
  (!/^\t/m.test(before) || !/^ +\S/m.test(after)) &&
  before.startsWith('\ufeff') === after.startsWith('\ufeff');

describe.each(WAYS)('%s', (_, write) => {
  describe.each([['PyTorch', (source: string) => source] as Way, ['Paddle', inPaddle] as Way])(
    'in %s',
    (library, translate) => {
      test.each(CASES)('%s', async (_name, source, wanted) => {
        const code = write(translate(source));
        const texts = await mended(code);
        const found = texts.filter((text) => text.includes(translate(wanted)));
        expect(found).toHaveLength(1);
        expect(found.every((text) => keepsStyle(code, text))).toBe(true);
        const analyse = await analyser();
        const left = problems(analyse(found[0] ?? ''), 'en').filter(({ severity }) => severity !== 'hint');
        expect(left.map(({ message }) => message)).toEqual([]);
      });

      test('a max-pooled twin', async () => {
        const source = model(
          'self.pool = nn.AdaptiveAvgPool2d(1)\nself.fc = nn.Linear(8, 4)',
          'y = self.pool(\n    x\n).flatten(1)\nreturn self.fc(y)',
        );
        const code = write(translate(source));
        const analyse = await analyser();
        const start = code.indexOf('AdaptiveAvgPool');
        const [found] = refactoringsAt(analyse(code), { start, end: start }, 'en', analyse);
        const text = found && applyEdits(code, found.edits);
        expect(text).toContain(library === 'Paddle' ? 'nn.AdaptiveMaxPool2D(1)' : 'nn.AdaptiveMaxPool2d(1)');
        expect(keepsStyle(code, text ?? '')).toBe(true);
        expect(problems(analyse(text ?? ''), 'en').filter(({ severity }) => severity !== 'hint')).toEqual([]);
      });
    },
  );
});
