import { describe, expect, test } from 'vitest';
import { hints, hover, type Language, lenses } from '../../../src/core';
import { expectGolden } from './golden';
import { analyse, goldenPath } from './support';

const SOURCE = `import torch
import torch.nn as nn


class Block(nn.Module):
    def __init__(self, ch_in, ch_out, reduction=4):
        super().__init__()
        mid = max(8, ch_in // reduction)
        self.reduce = nn.Conv2d(ch_in, mid, 1)
        self.norm = nn.BatchNorm2d(mid)
        self.conv = nn.Conv2d(mid, ch_out, 3, stride=2, padding=1, bias=False)
        self.fc = nn.Linear(ch_out, 10)
        self.act = nn.Sequential(nn.ReLU(), nn.Dropout(0.1))
        self.name = 'block'

    def forward(self, x):
        y = self.act(self.norm(self.reduce(x)))
        y = self.conv(y)
        z = torch.cat([y, y], dim=1)
        w = self.conv.weight
        v = z.mean(dim=(2, 3))
        return self.fc(y.mean((2, 3))), v, w
`;

/** The places that are looked at: the text, and which of its occurrences. */
const PLACES: readonly (readonly [text: string, nth: number])[] = [
  ['Block', 0],
  ['ch_in', 0],
  ['mid', 0],
  ['Conv2d', 0],
  ['BatchNorm2d', 0],
  ['Conv2d', 1],
  ['Linear', 0],
  ['self.act', 1],
  ['self.reduce', 1],
  ['y =', 1],
  ['cat', 0],
  ['weight', 0],
  ['mean', 0],
  ['x', 1],
];

const offsetOf = (text: string, nth: number): number => {
  let at = -1;
  for (let i = 0; i <= nth; i++) at = SOURCE.indexOf(text, at + 1);
  return at + (text.startsWith('self.') ? 'self.'.length : 0);
};

test.each(['en', 'zh-cn'] as const)('hovers in %s', async (language: Language) => {
  const analysis = await analyse(SOURCE);
  const pages = PLACES.map(([text, nth]) => {
    const found = hover(analysis, offsetOf(text, nth), language);
    const shown = found ? SOURCE.slice(found.span.start, found.span.end).split('\n')[0] : 'nothing';
    return `## ${text} (${nth + 1}): ${shown}\n\n${found?.markdown ?? ''}\n`;
  });
  expectGolden(goldenPath('hover', `block.${language}.md`), pages.join('\n'));
});

const PADDLE = `import paddle.nn as nn
import paddle.nn.functional as F

class Head(nn.Layer):
    def __init__(self, ch):
        super().__init__()
        self.conv = nn.Conv2D(3, ch, 3, stride=2, padding=1, bias_attr=False)
        self.bn = nn.BatchNorm2D(ch)
        self.fc = nn.Linear(ch, 10)

    def forward(self, x):
        x = F.relu(self.bn(self.conv(x)))
        x = F.adaptive_avg_pool2d(x, 1).flatten(1)
        return F.softmax(self.fc(x))
`;

test.each(['en', 'zh-cn'] as const)('hovers over Paddle tell its twin, in %s', async (language: Language) => {
  const analysis = await analyse(PADDLE);
  const pages = ['Head', 'Conv2D', 'BatchNorm2D', 'Linear', 'adaptive', 'softmax'].map((text) => {
    const found = hover(analysis, PADDLE.indexOf(text), language);
    return `## ${text}\n\n${found?.markdown ?? ''}\n`;
  });
  expectGolden(goldenPath('hover', `paddle.${language}.md`), pages.join('\n'));
});

test.each([
  ['Conv2d(c, c, 3, bias=False)', 'y[n,o,i,j] = Σ_c Σ_u Σ_v W[o,c,u,v] · x[n,c,i·s+u−p,j·s+v−p]'],
  ['Linear(c, c, bias=False)', 'y = x·Wᵀ'],
  ['BatchNorm2d(c, affine=False)', 'y = (x − μ)/√(σ² + ε)'],
  ['LayerNorm(c, bias=False)', 'y = γ·(x − μ)/√(σ² + ε) over the last axes'],
])('the formula of %s has no term for what it does not own', async (layer, formula) => {
  const text = `import torch.nn as nn\nclass Net(nn.Module):\n  def __init__(self, c):\n    self.layer = nn.${layer}\n`;
  const found = hover(await analyse(text), text.indexOf(layer), 'en');
  expect(found?.markdown).toContain(`\n${formula}\n`);
});

test('nothing is said of blanks, comments and keywords', async () => {
  const analysis = await analyse(SOURCE);
  expect(hover(analysis, SOURCE.indexOf('\n\nclass'), 'en')).toBeUndefined();
  expect(hover(analysis, SOURCE.indexOf('import torch') + 1, 'en')).toBeUndefined();
});

describe('hints', () => {
  const shown = async (text: string): Promise<readonly string[]> => {
    const all = hints(
      await analyse(text),
      { start: 0, end: text.length },
      { position: 'assignments', style: '[]', language: 'en' },
    );
    return all.map(({ offset, label }) => text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset).trim() + label);
  };

  test('stand behind what is assigned, and behind inputs', async () => {
    expect(await shown(SOURCE)).toEqual([
      'def forward(self, x: [B, ch_in, H, W]',
      'y: [B, mid, H, W]',
      'y: [B, ch_out, ⌈H/2⌉, ⌈W/2⌉]',
      'z: [B, 2·ch_out, ⌈H/2⌉, ⌈W/2⌉]',
      'w: [ch_out, mid, 3, 3]',
      'v: [B, 2·ch_out]',
    ]);
  });

  test('do not repeat a comment', async () => {
    const text = SOURCE.replace('y = self.conv(y)', 'y = self.conv(y)  # (B, ch_out, ⌈H/2⌉, ⌈W/2⌉)');
    expect(await shown(text)).not.toContain('y: [B, ch_out, ⌈H/2⌉, ⌈W/2⌉]');
  });

  test('stand only where they are asked for', async () => {
    const analysis = await analyse(SOURCE);
    const span = { start: 0, end: SOURCE.indexOf('def forward') };
    expect(hints(analysis, span, { position: 'assignments', style: '[]', language: 'en' })).toEqual([]);
  });
});

test('lenses stand over each class', async () => {
  const found = lenses(await analyse(SOURCE), 'en');
  expect(found.map(({ kind, title, className }) => `${className} ${kind}: ${title}`)).toEqual([
    'Block annotate: annotate',
    'Block shapes: input [B, ch_in, H, W] → output [B, 10], [B, 2·ch_out], [ch_out, max(8, ⌊ch_in/4⌋), 3, 3]',
    'Block diagram: diagram',
    'Block kernel: 1 layer folds away',
  ]);
});

const HEADS = `import torch.nn as nn
from einops import rearrange, repeat

class Heads(nn.Module):
    def __init__(self, dim=64, heads=8):
        super().__init__()
        self.heads = heads
        self.q = nn.Linear(dim, dim)

    def forward(self, x):
        q = rearrange(self.q(x), 'b n (h d) -> b h n d', h=self.heads)
        return repeat(q, 'b h n d -> (r b) h n d', r=2)
`;

test.each([
  ['rearrange(self', 'en', 'Axes: `b` = B, `n` = N, `h` = 8, `d` = 8.'],
  ['rearrange(self', 'zh-cn', '各轴：`b` = B，`n` = N，`h` = 8，`d` = 8。'],
  ['repeat(q', 'en', 'Axes: `b` = B, `h` = 8, `n` = N, `d` = 8, `r` = 2.'],
] as const)('a pattern of einops tells its axes: %s, %s', async (text, language, said) => {
  expect(hover(await analyse(HEADS), HEADS.indexOf(text), language)?.markdown).toContain(said);
});

test('a call is told by the overload that it means', async () => {
  const code = HEADS.replace(
    "q = rearrange(self.q(x), 'b n (h d) -> b h n d', h=self.heads)",
    'q, k = self.q(x).split([16, 48], -1)',
  );
  expect(hover(await analyse(code), code.indexOf('split(['), 'en')?.markdown).toContain('pieces of given sizes');
  const one = code.replace('[16, 48]', '32');
  expect(hover(await analyse(one), one.indexOf('split(32'), 'en')?.markdown).toContain('pieces of one size');
});
