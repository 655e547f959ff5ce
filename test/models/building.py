import itertools
import math
import re
from collections import namedtuple
from dataclasses import dataclass
from typing import Optional

import numpy as np
import torch
import torch.nn as nn
from torch.nn.modules.instancenorm import InstanceNorm2d


@dataclass
class StageConfig:
    width: int
    depth: int


class WiderConfig(StageConfig):
    """A dataclass whose subclass has a constructor of its own."""

    def __init__(self, width: int, depth: int, factor: Optional[int] = None):
        super().__init__(width * (factor or 2), depth)


class Grown(nn.Module):
    """Containers that grow in place, widths that NumPy computes, a parameter under its long path."""

    def __init__(self):
        super().__init__()
        config = WiderConfig(24, 3)
        rates = np.linspace(0, 0.2, config.depth).tolist()
        widths = (np.arange(3) * 16 + 32).astype(int)
        self.layers = nn.ModuleList()
        for _, rate in enumerate(rates):
            self.layers += [nn.Sequential(nn.Linear(48, 48), nn.Dropout(rate))]
        self.up = nn.ModuleList([nn.Linear(a, b) for a, b in zip([48, *widths[:-1]], widths)])
        self.table = nn.parameter.Parameter(torch.empty(int(math.sqrt(49)), int(widths.sum())))

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)  #: [*, 48]
        for layer in self.up:
            x = layer(x)
        first = self.up[0].weight  #: [32, 48]
        rows = self.table[:2]  #: [2, 144]
        return x, first, rows


class Aliased(nn.Module):
    def __init__(self):
        super().__init__()
        self.norm = InstanceNorm2d(8, affine=True)

    def forward(self, x):
        scale = torch.ones(1)
        for m in self.modules():
            if isinstance(m, nn.InstanceNorm2d):
                scale = m.weight  #: [8]
        return self.norm(x) * scale.view(1, -1, 1, 1)


class Head(nn.Module):
    """Batch normalisation of vectors or of sequences: what follows says which."""

    def __init__(self, width, classes):
        super().__init__()
        self.norm = nn.BatchNorm1d(width)
        self.fc = nn.Linear(width, classes)

    def forward(self, x):
        x = self.norm(x)  #: [B, width]
        return self.fc(x)  #: [B, classes]


class Norm(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.norm = nn.BatchNorm1d(width)

    def forward(self, x):
        x = self.norm(x)  #: [B, width, *]
        return x


class TokenAndRest(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.norm = nn.LayerNorm(width)

    def forward(self, x):
        B, N, C = x.shape
        token, rest = torch.tensor_split(self.norm(x), indices=(1,), dim=1)
        rest = rest + 1  #: [B, N - 1, width]
        return token, rest


class Parsed(nn.Module):
    """Layers from a text such as `cn_k3_s2_c24`."""

    def __init__(self, spec='cn_k3_s2_c24'):
        super().__init__()
        kind, *options = spec.split('_')
        values = {}
        for option in options:
            parts = re.split(r'(\d.*)', option)
            if len(parts) >= 2:
                key, value = parts[:2]
                values[key] = int(value)
        matched = re.match(r'(?P<kind>[a-z]+)_k(\d+)', spec)
        self.conv = nn.Conv2d(3, values['c'], int(matched.group(2)), values['s'], padding=1)

    def forward(self, x):
        x = self.conv(x)  #: [B, 24, ⌈H/2⌉, ⌈W/2⌉]
        return x


class Column(namedtuple('Column', ['name', 'size', 'width', 'key'])):
    """Its own `__new__` fills in what nobody gives."""

    def __new__(cls, name, size, width=4, key=None):
        if key is None:
            key = name
        return super(Column, cls).__new__(cls, name, size, width, key)


class Tabular(nn.Module):
    def __init__(self):
        super().__init__()
        self.columns = [Column('age', 10), Column('city', 50, width=8)]
        self.tables = nn.ModuleDict({c.key: nn.Embedding(c.size, c.width) for c in self.columns})

    def forward(self, x):
        B, N = x.shape
        found = [self.tables[c.key](x[:, i].long()) for i, c in enumerate(self.columns)]
        x = torch.cat(found, dim=-1)  #: [B, 12]
        return x


class Picked(nn.Module):
    """Old constructors have the type of their names."""

    def __init__(self, count):
        super().__init__()
        self.register_buffer('index', torch.LongTensor(count))
        self.index.fill_(0)

    def forward(self, x):
        B, N, C = x.shape
        x = torch.index_select(x, dim=1, index=self.index)  #: [B, count, C]
        return x


class CastConv(nn.Conv1d):
    def _conv_forward(self, x, weight, bias):
        halved = weight[: self.out_channels // 2]
        return super()._conv_forward(x.to(weight.dtype), halved, None)


class HalfKernels(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = CastConv(4, 16, 3, stride=2)

    def forward(self, x):
        B, C, T = x.shape
        x = self.conv(x)  #: [B, 8, ⌊(T - 1)/2⌋]
        return x


class Interactions(nn.Module):
    """Every pair of fields has a layer of its own."""

    def __init__(self, width):
        super().__init__()
        pairs = itertools.combinations(range(4), 2)
        self.fields = nn.ModuleList(nn.Linear(1, width) for _ in range(4))
        self.maps = nn.ModuleList(nn.Linear(width, width) for _ in pairs)
        corners = list(itertools.product((0, 1), repeat=3))
        self.corner = nn.Linear(width, len(corners))

    def forward(self, x):
        B, N = x.shape
        fields = [embed(x.view(B, N, 1)) for embed in self.fields]
        crossed = [f(a) * b for (a, b), f in zip(itertools.combinations(fields, 2), self.maps)]
        x = torch.cat(crossed, dim=1)  #: [B, 6·N, width]
        x = self.corner(x)  #: [B, 6·N, 8]
        return x


class CutToLongest(nn.Module):
    """The lengths stand in the source: packed, padded again, and cut by a tensor of one number."""

    def __init__(self):
        super().__init__()
        self.rnn = nn.GRU(5, 4, batch_first=True, bidirectional=True)

    def forward(self, x):
        B, T, C = x.shape
        lengths = torch.tensor([7, 5, 3])
        packed = nn.utils.rnn.pack_padded_sequence(x, lengths.cpu(), batch_first=True)
        y, _ = self.rnn(packed)
        y, _ = nn.utils.rnn.pad_packed_sequence(y, batch_first=True)
        y = y * 2  #: [B, 7, 8]
        mask = torch.ones(9, 9)[:, : lengths.max()]  #: [9, 7]
        rest = x.new(2, 3)  #: [2, 3]
        return y, mask, rest


class Overwritten(nn.Module):
    """Numbers that are changed where they lie are no longer those of the source, under no name."""

    def forward(self, x):
        counts = torch.tensor([4, 6])
        view = counts[:1]
        before = x.new_zeros(2, int(counts.max()))  #: [2, 6]
        view.fill_(9)
        after = x.new_zeros(2, int(counts.max()))  #: [2, ?]
        totals = torch.tensor([4, 6])
        alias = totals
        totals += 1
        sums = x.new_zeros(2, int(totals.max()))  #: [2, 7]
        other = x.new_zeros(2, int(alias.max()))  #: [2, ?]
        totals[0] = 20
        last = x.new_zeros(2, int(totals.max()))  #: [2, 20]
        return before, after, sums, other, last


class GrownInTurns(nn.Module):
    """Layers of several widths under one loop: what is asked of the last of them is not asked of all."""

    def __init__(self, count):
        super().__init__()
        widths = [32, 64, 128, 256]
        layers = []
        for i in range(count):
            for _ in range(count):
                layers.append(nn.Sequential(nn.Conv2d(16, widths[i], 1), nn.ReLU()))
        self.layers = nn.ModuleList(layers)
        self.last = nn.Conv2d(256, 10, 1)

    def forward(self, x):
        for layer in self.layers:
            y = layer(x)  #: [B, ?, H, W]
        return self.last(y)  #: [B, 10, H, W]
