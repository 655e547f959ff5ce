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

/** The shapes of a file of a package whose other files are given. */
const shapesIn = async (path: string, files: Readonly<Record<string, string>>) => {
  const { analyze } = createAnalyzer(await loadParser());
  const sources = { roots: ['/work'], read: (asked: string) => files[asked] };
  return shapesOfClasses(analyze({ path, text: files[path] ?? '' }, sources)).map(({ lines }) =>
    lines.map(({ shape }) => shape),
  );
};

test('a decorator that would take long keeps what it decorates, and what it had changed is taken back', async () => {
  const files = {
    '/work/docs.py': `KNOWN = []
widths = {'out': 8}


def count(n):
    return 1 if n < 2 else count(n - 1) + count(n - 2)


def documented(cls):
    widths['out'] = 99
    KNOWN.append(count(30))
    return None
`,
    '/work/parts.py': `from torch import nn
from docs import documented, widths


@documented
class Part(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, widths['out'], 1)

    def forward(self, x):
        return self.conv(x)
`,
    '/work/net.py': `from torch import nn
from parts import Part


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.part = Part()

    def forward(self, x):
        return self.part(x)
`,
  };
  expect(await shapesIn('/work/net.py', files)).toEqual([['[B, 8, H, W]']]);
});

test('a statement of a module that would take long costs only what it makes', async () => {
  const files = {
    '/work/parts.py': `from torch import nn

table = [sum(range(i)) for i in range(1000000)]


class Part(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)

    def forward(self, x):
        return self.conv(x)
`,
    '/work/net.py': `from torch import nn
from parts import Part


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.part = Part()

    def forward(self, x):
        return self.part(x)
`,
  };
  expect(await shapesIn('/work/net.py', files)).toEqual([['[B, 8, H, W]']]);
});

test('names of star imports are found through modules that say them in any way', async () => {
  const part = (name: string) => `class ${name}(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)

    def forward(self, x):
        return self.conv(x)
`;
  const files = {
    '/work/pack/__init__.py': 'from .a import *\nfrom .b import *\nfrom .c import *\nfrom .d import *\n',
    '/work/pack/a.py': `from torch import nn\n__all__ = ['First']\n\n\n${part('First')}\n\n${part('Second')}`,
    '/work/pack/b.py': 'from .parts import (\n    Other,\n    Second,\n)\n',
    '/work/pack/c.py': 'from . import parts\n\nThird, fourth = parts.Other, None\n',
    '/work/pack/d.py': 'from .parts import Other as Fourth\n',
    '/work/pack/parts.py': `from torch import nn\n\n\n${part('Other')}\n\n${part('Second').replace('8', '16')}`,
    '/work/net.py': `from torch import nn
import pack


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.parts = pack.First(), pack.Second(), pack.Third(), pack.Fourth()

    def forward(self, x):
        a = self.parts[0](x)
        b = self.parts[1](x)
        c = self.parts[2](x)
        d = self.parts[3](x)
        return a + c + d, b
`,
  };
  const [[, second, ...others] = []] = await shapesIn('/work/net.py', files);
  expect(second).toBe('[B, 16, H, W]');
  expect(others).toEqual(['[B, 8, H, W]', '[B, 8, H, W]', '[B, 8, H, W], [B, 16, H, W]']);
});

test('an op that an imported module defines is the function that it is defined by', async () => {
  const { analyze } = createAnalyzer(await loadParser());
  const files: Readonly<Record<string, string>> = {
    '/work/ops.py': `import torch


def _halve(x):
    return x[..., ::2].clone()


torch.library.custom_op('mine::halve', _halve, mutates_args=(), schema='(Tensor x) -> Tensor')
`,
  };
  const text = `import ops
import torch
from torch import nn


class Net(nn.Module):
    def forward(self, x):
        x = x.view(-1, 8)
        if hasattr(torch.ops, 'mine'):
            return ops.torch.ops.mine.halve(x)
        return x
`;
  const analysis = analyze({ path: '/work/net.py', text }, { roots: ['/work'], read: (asked) => files[asked] });
  const [lines] = shapesOfClasses(analysis).map(({ lines }) => lines.map(({ shape }) => shape));
  expect(lines?.at(-1)).toBe('[N, 4]');
});
