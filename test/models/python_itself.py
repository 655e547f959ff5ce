# What Python itself does, as code rests on it: patterns, managers, formats, slices that are assigned.
import ast
import functools
import inspect
from dataclasses import dataclass
from functools import cached_property
from typing import *

import torch
from torch import nn


@dataclass
class Spec:
    kind: str
    width: int = 3


def sized(spec):
    match spec:
        case int(n) if n > 10:
            return 10
        case 0 | 1:
            return 1
        case [a, b]:
            return a + b
        case [first, *others, last]:
            return first * last + len(others)
        case {'width': width, **more}:
            return width + len(more)
        case Spec('conv', width=width):
            return width
        case Spec(kind):
            return len(kind)
        case str():
            return 7
        case None:
            return 8
        case _:
            return 9


class Patterns(nn.Module):
    def forward(self, x):
        low = x.new_ones(sized(20), sized(1), sized((2, 3)), sized([2, 0, 0, 3]))  #: [10, 1, 5, 8]
        high = x.new_ones(sized({'width': 4, 'a': 1}), sized(Spec('conv')), sized(Spec('linear')))  #: [5, 3, 6]
        rest = x.new_ones(sized('a'), sized(None), sized(2.5))  #: [7, 8, 9]
        return low, high, rest


class Undecided(nn.Module):
    def __init__(self, kind, width):
        super().__init__()
        match kind:
            case 'wide':
                self.fc = nn.Linear(8, 2 * width)
            case _:
                self.fc = nn.Linear(8, width)
        self.width = width

    def forward(self, x):
        y = self.fc(x)  #: [*, 2·width] | [*, width]
        return y


class Held:
    """Sets a size while its body runs, and swallows what that raises."""

    def __init__(self, owner, size):
        self.owner, self.size = owner, size

    def __enter__(self):
        self.before, self.owner.size = self.owner.size, self.size
        return self.owner

    def __exit__(self, kind, value, traceback):
        self.owner.size = self.before
        return kind is KeyError


class Managed(nn.Module):
    def __init__(self):
        super().__init__()
        self.size = 2
        with Held(self, 5):
            self.inside = self.size
            {}['missing']
        self.after = self.size

    def forward(self, x):
        y = x.new_ones(self.inside, self.after)  #: [5, 2]
        return y


class Written(nn.Module):
    def __init__(self):
        super().__init__()
        sizes = list(range(5))
        del sizes[1:3]
        sizes[1:1] = [7, 8]
        sizes[::2] = [6, 6, 6]
        self.sizes = sizes
        self.names = {
            len('%-5d|' % 3): len('{:*^7}'.format('a')),
            len(f'{12345:,}'): len(f'{3.14159:>{2 + 8}.2f}'),
        }
        self.mask = (True & False, True | False)

    size = 3
    sizes = [size for size in range(size)]

    def forward(self, x):
        y = x.new_ones(self.sizes)  #: [6, 7, 6, 3, 6]
        z = x.new_ones(self.names[6], 1 if self.mask[0] is False else 2)  #: [10, 1]
        w = x.new_ones(len('{0[1]}-{a.width:03d}'.format([1, 22], a=Spec('conv'))), len(str(1e16)))  #: [6, 5]
        return y, z, w


class Once(nn.Module):
    """A cached property is asked once; what a `try` asks for in vain is what its handler makes of it."""

    def __init__(self):
        super().__init__()
        self.asked = 0
        self.a = self.table + self.table
        self.b = number('x', 3) + number('4', 3) + number('1_0', 3)
        queue, self.c = iter([5, 6]), 0
        while True:
            try:
                self.c += next(queue)
            except StopIteration:
                break

    @cached_property
    def table(self):
        self.asked += 1
        return self.asked

    def forward(self, x):
        y = x.new_ones(self.a, self.asked, self.b, self.c)  #: [2, 1, 17, 11]
        return y


def number(text, otherwise):
    try:
        return int(text)
    except ValueError:
        return otherwise


class Lengths(dict):
    def __getitem__(self, key):
        return super().__getitem__(key) + 1

    def __missing__(self, key):
        return len(key)


class Looked(nn.Module):
    def __init__(self):
        super().__init__()
        self.lengths = Lengths(a=4)

    def forward(self, x):
        y = x.new_ones(self.lengths['a'], self.lengths['bb'])  #: [5, 3]
        return y


class Containers(nn.Module):
    """A slice of a Sequential keeps its names, a layer under two names is one child, `apply` goes from the leaves up."""

    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 4))
        self.tied = self.body
        self.order = []
        self.apply(lambda module: self.order.append(len(type(module).__name__)))
        self.names = [int(name) for name, _ in self.body[1:].named_children()]

    def forward(self, x):
        y = x.new_ones(len(list(self.children())), *self.names)  #: [1, 1, 2]
        z = x.new_ones(self.order)  #: [6, 4, 6, 10, 10]
        return y, z


def legacy(build):
    """A decorator that asks what the function behind a wrapper takes by name only."""

    @functools.wraps(build)
    def inner(*args, **kwargs):
        return build(*args, **kwargs)

    params = inspect.signature(inner).parameters
    try:
        first = next(i for i, param in enumerate(params.values()) if param.kind == param.KEYWORD_ONLY)
    except StopIteration:
        raise TypeError('nothing by name only') from None
    names = tuple(params)[first:]

    def outer(*args, **kwargs):
        args, more = args[:first], args[first:]
        kwargs.update(zip(names, more))
        return inner(*args, **kwargs)

    return outer


@legacy
def built(width, *, depth=2):
    return nn.Linear(width, width * depth)


class Legacy(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = built(4, 3)
        self.text = len(ast.literal_eval("[1, (2, 3)]"))
        try:
            self.mode = len(ast.literal_eval('nearest'))
        except ValueError:
            self.mode = 7

    def forward(self, x):  # x: (B, 4)
        y = self.fc(x)  #: [B, 12]
        z = x.new_ones(self.text, self.mode)  #: [2, 7]
        return y, z
