import { expect, test } from 'vitest';
import { applyEdits, hintComment, hints } from '../../../src/core';
import { analyse } from './support';

const TEXT = `from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, padding=1)

    def forward(self, x):
        y = self.conv(x)  # mine
        z = self.conv(x)
        return y + z
`;

const OPTIONS = { language: 'en' } as const;

test('a hint is written where it stands, and a person’s comment is left alone', async () => {
  const analysis = await analyse(TEXT);
  const shown = hints(
    analysis,
    { start: 0, end: TEXT.length },
    { position: 'assignments', style: '[]', language: 'en' },
  );
  const written = shown.map(({ offset }) => {
    const after = applyEdits(TEXT, hintComment(analysis, offset, OPTIONS)).split('\n');
    return after.filter((line) => line.includes('※')).map((line) => line.trim());
  });
  expect(written).toEqual([
    ['def forward(self, x):  # ※ x: [B, 3, H, W]'],
    ['# ※ [B, 8, H, W]'],
    ['z = self.conv(x)  # ※ [B, 8, H, W]'],
  ]);
});
