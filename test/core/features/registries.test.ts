import { expect, test } from 'vitest';
import { annotate, createAnalyzer, problems, shapesOfClasses } from '../../../src/core';
import { loadParser } from './support';

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

test('who reads a registry adds nothing to it; a table that is filled where it is read finds its modules', async () => {
  const { analyze } = createAnalyzer(await loadParser());
  const files: Readonly<Record<string, string>> = {
    '/work/pack/__init__.py': 'from .table import KINDS\nfrom .readers import *\n',
    '/work/pack/table.py': `import importlib


class Lazy(dict):
    def __init__(self, names):
        self._names = names
        self._added = {}
        self._modules = {}

    def __getitem__(self, key):
        if key in self._added:
            return self._added[key]
        name = self._names[key]
        if key not in self._modules:
            self._modules[key] = importlib.import_module(f'.{key}', 'pack.kinds')
        return getattr(self._modules[key], name)

    def register(self, key, value):
        self._added[key] = value


KINDS = Lazy({'wide': 'Wide'})
`,
    '/work/pack/readers.py': `from .table import KINDS


def widest():
    return KINDS['wide'] if 'wide' in KINDS else None
`,
    '/work/pack/kinds/__init__.py': '',
    '/work/pack/kinds/wide.py': 'from ..layers import Wide\n',
    '/work/pack/layers.py': `from torch import nn


class Wide(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)

    def forward(self, x):
        return self.conv(x)
`,
  };
  const path = '/work/net.py';
  const text = `from importlib import import_module

from torch import nn
from pack import KINDS


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.wide = KINDS['wide']()
        self.again = import_module('..layers', 'pack.kinds').Wide()

    def forward(self, x):
        return self.wide(x), self.again(x)
`;
  const analysis = analyze({ path, text }, { roots: ['/work'], read: (asked) => files[asked] });
  const [lines] = shapesOfClasses(analysis).map(({ lines }) => lines.map(({ shape }) => shape));
  expect(lines?.at(-1)).toBe('[B, 8, H, W] × 2');
});

test('a table of the same name in another module is another table', async () => {
  const { analyze } = createAnalyzer(await loadParser());
  const files: Readonly<Record<string, string>> = {
    '/work/pack/__init__.py': 'from .other import *\nfrom .net import *\n',
    '/work/pack/other.py': "configs = {'tiny': 3}\nconfigs['tiny_deep'] = configs['tiny']\n",
    '/work/pack/net.py': `from torch import nn

configs = dict(small=8)


def create(variant):
    name = variant if variant in configs else variant.split('_')[0]
    return nn.Conv2d(3, configs[name], 1)
`,
  };
  const text = `from torch import nn
from pack import create


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = create('small_224')

    def forward(self, x):
        return self.conv(x)
`;
  const shapes = (more: Readonly<Record<string, string>>) => {
    const read = (asked: string) => more[asked] ?? files[asked];
    const analysis = analyze({ path: '/work/use.py', text }, { roots: ['/work'], read });
    return shapesOfClasses(analysis).map(({ lines }) => lines.at(-1)?.shape);
  };
  expect(shapes({})).toEqual(['[B, 8, H, W]']);
  const adds = "from . import net\n\nnet.configs['small_' + '224'] = 16\nconfigs = {}\n";
  expect(shapes({ '/work/pack/other.py': adds })).not.toEqual(['[B, 8, H, W]']);
});

test('what is registered where a package is installed may be there', async () => {
  const { analyze } = createAnalyzer(await loadParser());
  const files: Readonly<Record<string, string>> = {
    '/work/pack/__init__.py': '',
    '/work/pack/config.py': `try:
    from settings import Node
    config = Node()
except ImportError:
    config = None
`,
    '/work/pack/registry.py': `table = {}


def put(mapping, key, made):
    mapping[key] = made


def register(key, made):
    return put(table, key, made)
`,
    '/work/pack/parts.py': `from torch import nn
from pack.config import config
from pack.registry import register

if config is not None:
    register('relu', nn.ReLU)
`,
    '/work/pack/net.py': `from torch import nn
import pack.parts
from pack.registry import table


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.act = table['relu']()

    def forward(self, x):
        return self.act(x)
`,
  };
  const path = '/work/pack/net.py';
  const analysis = analyze({ path, text: files[path] ?? '' }, { roots: ['/work'], read: (asked) => files[asked] });
  expect(problems(analysis, 'en')).toEqual([]);
});
