# What libraries of models are written with.

from functools import singledispatch
from typing import Literal

import einx
import some_hub
import torch
from torch import nn


def pieces(x, count):
    size = x.shape[1] // count
    for i in range(count):
        yield x[:, i * size : (i + 1) * size]


class InPieces(nn.Module):
    """Nobody knows how many pieces there are: what is put together of them is not that of a few turns."""

    def forward(self, x, y):
        out = None
        for piece, _ in zip(pieces(x, 4), pieces(y, some_hub.count())):
            out = piece if out is None else torch.cat([out, piece], dim=1)
        whole = torch.cat(list(pieces(torch.ones(2, 8), 4)), dim=1)  #: [2, 8]
        return out, whole


def widths(width, wide):
    if wide:
        yield width
    yield 2 * width


class SomeYields(nn.Module):
    """What only one way yields is not always there."""

    def __init__(self):
        super().__init__()
        found = list(widths(4, some_hub.is_wide()))
        self.first = nn.Linear(8, found[0])
        self.layers = nn.ModuleList([nn.Linear(8, width) for width in widths(4, False)])

    def forward(self, x):
        for layer in self.layers:
            y = layer(x)  #: [*, 8]
        return self.first(x), y


class Box:
    def __init__(self, *sizes):
        self.sizes = sizes


class Wide(Box):
    pass


class Count:
    def __init__(self, n):
        self.n = n


@singledispatch
def flat(space):
    raise NotImplementedError


@flat.register(Box)
def _flat_box(space):
    size = 1
    for s in space.sizes:
        size *= s
    return size


@flat.register
def _flat_count(space: Count):
    return space.n


class OfSpaces(nn.Module):
    """The class of the argument says which function is called."""

    def __init__(self):
        super().__init__()
        self.box = nn.Linear(flat(Wide(3, 4)), 5)
        self.count = nn.Linear(5, flat(Count(7)))

    def forward(self, x):
        return self.count(self.box(x))  #: [*, 7]


class WrittenOut(nn.Module):
    """Attributes are set by code that is a text."""

    def __init__(self):
        super().__init__()
        self.scales = []
        for i in range(2):
            exec(f'self.scale_{i} = nn.Parameter(torch.ones({i} + 4))')
            exec(f'self.scales.append(self.scale_{i})')

    def forward(self, x):
        x = x * self.scales[0]  #: [d0, 4]
        return torch.cat([x, self.scale_1.expand(len(x), 5)], dim=-1)


Kind = Literal['plain', 'wide', 'deep']


class OneOf(nn.Module):
    """A type says which names there are; a builtin class has more than anybody wrote."""

    kinds = type(dict.__dict__['fromkeys'])

    def __init__(self, kind: Kind = 'wide'):
        super().__init__()
        self.embed = nn.Embedding(len(Kind.__args__), 4 + Kind.__args__.index(kind))

    def forward(self, ids):
        return self.embed(ids)  #: [*, 5]


class Described(nn.Module):
    """einx: a description says the axes of all tensors."""

    def __init__(self):
        super().__init__()
        self.positions = nn.Parameter(torch.ones(5, 4))

    def forward(self, x, times):
        angles = einx.multiply('i, j -> i j', times, torch.arange(6))  #: [I, 6]
        x = einx.add('b n d, s d -> (b s) n d', x, self.positions)  #: [5·B, N, 4]
        x = einx.where('b n, b n d, -> b n d', x.sum(dim=-1) > 0, x, 0.0)  #: [5·B, N, 4]
        mean = einx.mean('b [n] d', x)  #: [5·B, 4]
        return angles, mean
