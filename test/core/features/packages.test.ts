import { expect, test } from 'vitest';
import { annotate, createAnalyzer, problems, shapesOfClasses } from '../../../src/core';
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

test('a class that a registry of another file takes once only stays what it is', async () => {
  const { analyze } = createAnalyzer(await loadParser());
  const files: Readonly<Record<string, string>> = {
    '/work/pack/__init__.py': '',
    '/work/pack/registry.py': `class Registry:
    def __init__(self):
        self.held = {}

    def register(self):
        def deco(cls):
            assert cls.__name__ not in self.held, 'already registered'
            self.held[cls.__name__] = cls
            return cls
        return deco


MODELS = Registry()
`,
    '/work/pack/net.py': `import paddle.nn as nn
from .registry import MODELS


@MODELS.register()
class Net(nn.Layer):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2D(3, 8, 1)

    def forward(self, x):
        return self.conv(x)
`,
  };
  const path = '/work/pack/net.py';
  const analysis = analyze({ path, text: files[path] ?? '' }, { roots: ['/work'], read: (asked) => files[asked] });
  expect(annotate(analysis, { level: 'full', language: 'en' })).not.toHaveProperty('edits', []);
  expect(shapesOfClasses(analysis).map(({ lines }) => lines.map(({ shape }) => shape))).toEqual([['[B, 8, H, W]']]);
});

test('what modules register that only an import names is there, as in Python', async () => {
  const { analyze } = createAnalyzer(await loadParser());
  const part = (name: string, width: number, register: string) => `from torch import nn
from .registry import register


class ${name}(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, ${width}, 1)

    def forward(self, x):
        return self.conv(x)


${register}
`;
  const files: Readonly<Record<string, string>> = {
    '/work/pack/__init__.py': 'from .registry import create\nfrom .wide import *\nfrom . import odd\n',
    '/work/pack/registry.py': `_known = {}


def register(name, cls):
    _known[name] = cls


def create(name):
    if name not in _known:
        raise RuntimeError(f'Unknown model {name}')
    return _known[name]()
`,
    '/work/pack/wide.py': part('Wide', 8, "register('wide', Wide)"),
    '/work/pack/odd.py': part('Odd', 16, "for width in (16, 24):\n    register(f'odd{width}', Odd)"),
    '/work/pack/closed.py': `_table = {'a': 1}\n\n\ndef look(name):\n    return _table[name]\n`,
    '/work/net.py': `from torch import nn
import pack
from pack.closed import look


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.wide = pack.create('wide')

    def forward(self, x):
        return self.wide(x)


class Other(nn.Module):
    def __init__(self):
        super().__init__()
        self.odd = pack.create('odd16')
        self.conv = nn.Conv2d(3, 4, 1)

    def forward(self, x):
        return self.conv(x)


class Wrong(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, look('b'), 1)

    def forward(self, x):
        return self.conv(x)
`,
  };
  const path = '/work/net.py';
  const analysis = analyze({ path, text: files[path] ?? '' }, { roots: ['/work'], read: (asked) => files[asked] });
  const [net, other] = shapesOfClasses(analysis).map(({ lines }) => lines.map(({ shape }) => shape));
  expect([net, other]).toEqual([['[B, 8, H, W]'], ['[B, 4, H, W]']]);
  expect(problems(analysis, 'en').map(({ code }) => code)).toEqual(['missing-key']);
});

test('what a package registers is there where only a module in it is imported', async () => {
  const { analyze } = createAnalyzer(await loadParser());
  const files: Readonly<Record<string, string>> = {
    '/work/pack/__init__.py': 'from .losses import Squared\n',
    '/work/pack/registry.py': `class Registry:
    def __init__(self):
        self._known = {}

    def register(self, cls):
        self._known[cls.__name__] = cls
        return cls

    def get(self, name):
        found = self._known.get(name)
        if found is None:
            raise KeyError(name)
        return found


LOSSES = Registry()
`,
    '/work/pack/losses.py': `from .registry import LOSSES


@LOSSES.register
class Squared:
    width = 8
`,
    '/work/pack/heads.py': `from torch import nn
from .registry import LOSSES


class Head(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, LOSSES.get('Squared').width, 1)

    def forward(self, x):
        return self.conv(x)
`,
  };
  const path = '/work/net.py';
  const text = `from torch import nn
from pack.heads import Head


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.head = Head()

    def forward(self, x):
        return self.head(x)
`;
  const analysis = analyze({ path, text }, { roots: ['/work'], read: (asked) => files[asked] });
  expect(shapesOfClasses(analysis).map(({ lines }) => lines.map(({ shape }) => shape))).toEqual([['[B, 8, H, W]']]);
});
