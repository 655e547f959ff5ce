# What libraries of models are written with.

from argparse import Namespace
from functools import singledispatch
from types import SimpleNamespace
from typing import List, Literal, Optional, Union

import einx
import numpy as np
import some_hub
import torch
from six.moves import map as imap, zip as izip
from torch import nn
from torch.utils._pytree import tree_flatten, tree_map, tree_unflatten


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


class OfTypes(nn.Module):
    """One of several types is asked for in one question."""

    def __init__(self, width: Union[int, tuple] = 4, bias: Optional[float] = None):
        super().__init__()
        self.width = width if isinstance(width, Union[int, float]) else width[0]
        self.layer = nn.Linear(self.width, 2) if isinstance(bias, Optional[float]) else nn.Identity()
        self.norm = nn.LayerNorm(3 if isinstance(self.layer, nn.Conv1d | nn.Conv2d) else 2)

    def forward(self, x):
        return self.norm(self.layer(x))  #: [*, 2]


class Held(nn.Module):
    """Sizes that plain objects hold; a sum of a list; the bits of a number."""

    def __init__(self):
        super().__init__()
        given = Namespace(dim=4, depths=(2, 3))
        made = SimpleNamespace(rates=torch.linspace(0, 0.1, np.sum(given.depths)).tolist(), steps=(32).bit_length() - 3)
        self.layers = nn.ModuleList([nn.Linear(given.dim, given.dim) for _ in made.rates])
        self.head = nn.Linear(len(self.layers), made.steps)

    def forward(self, x):
        x = torch.stack([layer(x).sum(-1) for layer in self.layers], dim=-1)
        return self.head(x)  #: [*, 3]


class OfTrees(nn.Module):
    """What holds tensors is taken apart and put together again."""

    def forward(self, x, y):
        tree = (nn.functional.pad(torch.ones(2, 3), (1, 1)), {'y': [torch.ones(4), 3]})
        (first, *others), spec = tree_flatten(tree)
        back = tree_unflatten((first[0], *others), spec)
        a = back[0]  #: [5]
        b = back[1]['y'][0]  #: [4]
        c = tree_map(lambda t: t[None], [a, b])[1]  #: [1, 4]
        d = torch.ones(3, 4, 5)[[slice(0, 2), slice(None), 1]]  #: [2, 4]
        return a, b, c, d


class Asked(nn.Module):
    """A module that is called by its own `__call__` first."""

    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(4, 8)

    def __call__(self, x, *, twice=False, **kwargs):
        try:
            return super().__call__(torch.cat([x, x], dim=-1) if twice else x, **kwargs)
        except RuntimeError as error:
            raise ValueError from error

    def forward(self, x):
        return self.layer(x)


class AsksIt(nn.Module):
    def __init__(self):
        super().__init__()
        self.inner = Asked()

    def forward(self, x):
        rows, cols = torch.tensor([8, 6]) // 2
        places = torch.arange(rows * cols)  #: [12]
        return self.inner(x, twice=True), places  #: [*, 8], [12]


def every_other(n, start=0):
    mask = torch.zeros(n).byte()
    mask[start::2] += 1
    return mask


class Masked(nn.Module):
    """Numbers that code writes into a small tensor say how many there are."""

    def __init__(self, n=5):
        super().__init__()
        mask = every_other(n)
        places = torch.arange(n)
        self.register_buffer('kept', places.masked_select(mask <= 0))
        self.register_buffer('changed', places[mask > 0])
        last = torch.zeros(n)
        last[-2:] = 1
        part = last[:1]
        part[0] = some_hub.count()
        self.some = nn.Linear(4, 4 if len(places[last > 0]) > 1 else 5)
        self.net = nn.Linear(len(self.kept), 3 * len(self.changed))

    def forward(self, x):
        return self.net(x[:, self.kept])  #: [*, 9]


def gated(a, b, n_channels):
    width = n_channels[0]
    both = a + b
    return torch.tanh(both[:, :width, :]) * torch.sigmoid(both[:, width:, :])


class Gated(nn.Module):
    """A width that is handed on in a tensor of an old class; an order of axes that is put together as a tensor."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(3, 8, 1)

    def forward(self, x):
        y = self.conv(x)
        y = gated(y, y, torch.IntTensor([4]))  #: [B, 4, L]
        order = torch.cat((torch.tensor([1, 0]), torch.arange(2, y.ndim)))
        return y.permute(*order)  #: [4, B, L]


class OnEach(nn.Module):
    """Old code goes through things by names of both Pythons."""

    def __init__(self):
        super().__init__()
        self.head = nn.Conv2d(8, 4, 1)

    def one(self, x, scale):
        return self.head(x) * scale, x.mean((2, 3))

    def forward(self, x):
        results = imap(self.one, (x, x[:, :, ::2, ::2]), (1.0, 2.0))
        scores, means = tuple(map(list, izip(*results)))
        y = scores[1] + 1  #: [B, 4, ⌈H/2⌉, ⌈W/2⌉]
        return y, means[0]


class FromEncoder(nn.Module):
    """Parts of a list of tensors are lists of tensors."""

    def __init__(self):
        super().__init__()
        self.center = nn.Conv2d(64, 32, 1)
        self.skip = nn.Conv2d(16, 8, 1)

    def forward(self, features: List[torch.Tensor]):
        sizes = [feature.shape[2:] for feature in features][::-1]
        features = features[1:]
        features = features[::-1]
        head = features[0]
        skips = features[1:]
        x = self.center(head)  #: [B, 32, H, W]
        for i in range(3):
            height, width = sizes[i + 1]
            x = nn.functional.interpolate(x, size=(height, width))  #: [B, 32, ?, ?]
        return x, self.skip(skips[0])
