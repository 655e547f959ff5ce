# Enumerations that number themselves, texts, sets and counters, as they decide sizes.
from collections import ChainMap, Counter
from enum import Enum, Flag, StrEnum, auto

import torch
from torch import nn


class Kind(StrEnum):
    CONV = auto()
    LINEAR = 'linear'


class Parts(Flag):
    NORM = auto()
    ACT = auto()
    DROP = auto()
    BOTH = NORM | ACT


class Stage(Enum):
    FIRST = auto()
    FIFTH = 5
    SIXTH = auto()


class Chosen(nn.Module):
    def __init__(self, width=4, kind='linear', parts=Parts.BOTH):
        super().__init__()
        kind = Kind(kind)
        table = {Kind.CONV: nn.Conv1d, Kind.LINEAR: nn.Linear}
        self.layers = nn.ModuleList([table[kind](width, 2 * width)])
        if Parts.NORM in parts:
            self.layers.append(nn.LayerNorm(2 * width))
        if parts & Parts.ACT:
            self.layers.append(nn.GELU())
        if parts & Parts.DROP or Parts.DROP in parts:
            self.layers.append(nn.Linear(2 * width, 1))
        self.tag = f'{kind}-{kind.name}-{len(self.layers)}'

    def forward(self, x):  # x: (B, 4)
        for layer in self.layers:
            x = layer(x)
        y = x.repeat(1, len(self.tag))  #: [B, 120]
        z = x.new_ones(Stage.SIXTH.value, len(Kind.CONV.value), (Parts.BOTH | Parts.DROP).value)  #: [6, 4, 7]
        return y, z


class Counted(nn.Module):
    def __init__(self):
        super().__init__()
        counts = Counter('abracadabra')
        counts.update(b=2)
        self.most = [n for _, n in counts.most_common(2)]
        chain = ChainMap({'dim': 8}, {'dim': 4, 'out': 6})
        self.sizes = (chain['dim'], chain['out'], len(chain))
        self.sorted = sorted(['bb', 'a', 'cc', 'd'], key=len, reverse=True)

    def forward(self, x):
        most = x.new_ones(self.most)  #: [5, 4]
        sizes = x.new_ones(self.sizes)  #: [8, 6, 2]
        first = x.new_ones(ord(self.sorted[0][0]) - 96, ord(self.sorted[2][0]) - 96)  #: [2, 1]
        bases = x.new_ones(int('101', 2), int('0x1f', 16), int('12', 0), pow(2, 10, 1000))  #: [5, 31, 12, 24]
        bits = x.new_ones(bin(10).count('1'), len(hex(255)), round(1234, -2) // 100)  #: [2, 4, ?]
        texts = x.new_ones('aXbXc'.replace('X', '', 1).index('X'), len('ab'.center(5)), 'abab'.find('b'))  #: [2, 5, 1]
        sets = x.new_ones(3 if {1, 2} <= {1, 2, 3} else 4, 5 if {1, 2} == {2, 1} else 6)  #: [3, 5]
        return most, sizes, first, bases, bits, texts, sets
