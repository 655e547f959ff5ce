import { expect, test } from 'vitest';
import { createAnalyzer, shapesOfClasses } from '../../../src/core';
import { loadParser } from './support';

const FILES: Readonly<Record<string, string>> = {
  '/work/pack/__init__.py': '',
  '/work/pack/ops/__init__.py': '',
  '/work/pack/ops/misc.py': `from torch import nn


class ConvNorm(nn.Sequential):
    def __init__(self, width, out):
        super().__init__(nn.Conv2d(width, out, 3, padding=1), nn.BatchNorm2d(out))
`,
  '/work/pack/models/__init__.py': '',
  '/work/pack/models/net.py': `from torch import nn
from ..ops.misc import ConvNorm


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = ConvNorm(3, 8)

    def forward(self, x):
        return self.conv(x)
`,
};

test.each([
  ['above the package alone', ['/work']],
  ['above the package, and the folder of the file', ['/work', '/work/pack/models']],
])('a relative import leads out of the folder of a file: %s', async (_, roots) => {
  const { analyze } = createAnalyzer(await loadParser());
  const path = '/work/pack/models/net.py';
  const analysis = analyze({ path, text: FILES[path] ?? '' }, { roots, read: (asked) => FILES[asked] });
  expect(shapesOfClasses(analysis).map(({ lines }) => lines.map(({ shape }) => shape))).toEqual([['[B, 8, H, W]']]);
});
