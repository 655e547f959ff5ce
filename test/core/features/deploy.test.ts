import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { deployCode, foldingPairs } from '../../../src/core';
import { analyse, goldenPath, pythonFiles } from './support';

interface Recorded {
  readonly file: string;
  readonly class: string;
  /** Of an eval-only copy: the normalisation that is folded. */
  readonly norm?: string;
  readonly code: string;
  /** Of the largest output, in float64, before and after the code has run. */
  readonly difference: number;
  readonly norms: number;
  readonly left: number;
}

const recorded: readonly Recorded[] = JSON.parse(readFileSync(goldenPath('deploy.json'), 'utf8'));
const texts = new Map(pythonFiles('test/models'));

describe('code that folds', () => {
  test.each(recorded.map((one) => [`${one.class} ${one.norm ?? ''}`, one] as const))(
    '%s: is the code that was run',
    async (_, one) => {
      const analysis = await analyse(texts.get(one.file) ?? '');
      const unit = analysis.classes.find(({ name }) => name === one.class);
      const pair = unit && foldingPairs(unit).find(({ norm }) => norm === one.norm);
      expect(one.norm ? pair?.method('folded_copy') : deployCode(analysis, one.class)?.method).toBe(one.code);
      expect(one.difference).toBeLessThan(1e-12);
      expect(one.left).toBeLessThan(Math.max(1, one.norms));
    },
  );

  test('does not take a number of one instance for that of all', async () => {
    const analysis = await analyse(`import torch
from torch import nn


class Half(nn.Module):
    def __init__(self, c, w=0.25):
        super().__init__()
        self.a = nn.Conv2d(c, c, 3, padding=1)
        self.b = nn.Conv2d(c, c, 1)
        self.w = w

    def forward(self, x):
        return torch.relu(self.a(x) + self.w * self.b(x))
`);
    expect(deployCode(analysis, 'Half')).toBeUndefined();
  });

  test('is not written for what it cannot say', async () => {
    const analysis = await analyse(texts.get('reparameterised.py') ?? '');
    // A bare input is added in `forward`, and an activation follows: there is no place for the layer.
    expect(deployCode(analysis, 'CSLA')).toBeUndefined();
    expect(deployCode(analysis, 'WrongPadding')).toBeUndefined();
    expect(deployCode(analysis, 'NoSuchClass')).toBeUndefined();
    // The border reads the statistics of the normalisation: it cannot be left out alone.
    expect(deployCode(analysis, 'WideBorder')).toBeUndefined();
    expect(deployCode(analysis, 'ForgottenBias')).toBeUndefined();
  });
});
