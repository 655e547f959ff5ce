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

test('model source of a library is reached by attributes too', async () => {
  const { analyze } = createAnalyzer(await loadParser());
  const files: Readonly<Record<string, string>> = {
    '/site/paddle/vision/models/__init__.py': 'from .tiny import Tiny\n',
    '/site/paddle/vision/models/tiny.py': `import paddle.nn as nn


class Tiny(nn.Layer):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2D(3, 8, 1)

    def forward(self, x):
        return self.conv(x)
`,
    '/work/net.py': `import paddle


class Net(paddle.nn.Layer):
    def __init__(self):
        super().__init__()
        self.tiny = paddle.vision.models.tiny.Tiny()

    def forward(self, x):
        return self.tiny(x)
`,
  };
  const sources = { roots: ['/work', '/site'], read: (asked: string) => files[asked] };
  const analysis = analyze({ path: '/work/net.py', text: files['/work/net.py'] ?? '' }, sources);
  expect(shapesOfClasses(analysis).map(({ lines }) => lines.map(({ shape }) => shape))).toEqual([['[B, 8, H, W]']]);
});
