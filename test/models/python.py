"""Python that model code uses beside its layers: tables, iterators, data classes, enumerations, methods of types."""

import itertools
import math
from collections import UserDict, deque
from collections.abc import Mapping
from dataclasses import InitVar, dataclass, field
from enum import Enum
from typing import List

import torch
import torch.nn as nn

DEFAULTS = {'depth': 2, 'mlp': {'ratio': 3, 'bias': True}}


def merged(first: Mapping, second: Mapping) -> dict:
    result = dict(first)
    for key, value in second.items():
        result[key] = merged(result[key], value) if isinstance(value, Mapping) and key in result else value
    return result


class Table(dict):
    __getattr__ = dict.__getitem__
    __setattr__ = dict.__setitem__


class Asked(UserDict):
    """What its base keeps is not known here: it asks itself for it, once."""

    def __getattr__(self, key):
        try:
            return self.data[key]
        except KeyError as error:
            raise AttributeError(key) from error


class Width(Enum):
    SMALL = ('s', 4)
    LARGE = ('l', 8)

    def __init__(self, code, width):
        self.code, self.width = code, width

    @classmethod
    def parse(cls, code):
        for one in cls:
            if one.code == code:
                return one
        raise ValueError(code)


@dataclass
class Plan:
    widths: List[int] = field(default_factory=lambda: [4, 6])
    times: InitVar[int] = 1
    total: int = field(init=False, default=0)

    def __post_init__(self, times):
        self.widths = [width * times for width in self.widths]
        self.total = sum(self.widths)


class FromTables(nn.Module):
    def __init__(self, code='l', **options):
        super().__init__()
        table = Table(merged(DEFAULTS, options))
        table.width = Width.parse(code).width
        plan = Plan(times=2)
        widths = [table['width'], *plan.widths]
        pairs = ((nn.Linear(a, b), nn.ReLU()) for a, b in itertools.pairwise(widths))
        self.body = nn.Sequential(*itertools.chain([nn.Identity()], itertools.chain.from_iterable(pairs)))
        starts = list(itertools.accumulate(widths, initial=0))
        groups = {key: len(list(group)) for key, group in itertools.groupby('aabccc')}
        last = list(itertools.zip_longest([1], [2, 3], fillvalue=9))[-1]
        self.sizes = [len(starts), starts[-1], groups['c'], math.isqrt(17), *last]
        list.append(self.sizes, len(list(map(str.strip, ['a ', 'b']))))
        self.head = nn.Linear(plan.total - 8, table.mlp['ratio'] * table.depth)
        self.asked = Asked(width=3)

    def forward(self, x):
        x = self.head(self.body(x))  #: [*, 6]
        y = torch.zeros(self.sizes)  #: [4, 28, 3, 4, 9, 3, 2]
        return x, y, self.asked.width


class Flags:
    """What stands beside a tensor may be of a class of its own."""

    def __init__(self, count):
        self.count = count

    @property
    def causal(self):
        return torch.ones(self.count, self.count).tril().bool()

    def __or__(self, other):
        return self.causal | other


class Queued(nn.Module):
    """A queue of limited length lets go of what came first."""

    def __init__(self, dim):
        super().__init__()
        self.queue = deque(maxlen=2)
        self.lin = nn.Linear(dim, dim)

    def forward(self, x):
        b, dim = x.shape
        self.queue.append(x)
        self.queue.append(self.lin(x))
        self.queue.append(x[:1])
        kept = torch.cat(list(self.queue))  #: [b + 1, dim]
        self.queue.appendleft(x)
        first = torch.cat([*self.queue])  #: [2·b, dim]
        recent = deque([1, 2, 3])
        recent.rotate(1)
        recent.extendleft([7, 8])
        sizes = torch.zeros(list(recent))  #: [8, 7, 3, 1, 2]
        mask = Flags(4) | torch.eye(4).bool()  #: [4, 4]
        last = deque(maxlen=3)
        for _ in range(b):
            last.append(x[:1])
        rows = torch.cat(list(last)).mean(0)  #: [dim]
        return kept, first, sizes, mask, rows


class Hidden(nn.Module):
    """What a class has under the name of a layer comes before it, as in PyTorch."""

    act = nn.ReLU()
    wide = None

    def __init__(self, dim):
        super().__init__()
        self.act = nn.Linear(dim, 7)
        self.wide = nn.Linear(dim, 8)
        self.double = nn.Linear(dim, 9)
        self.plain = nn.Linear(dim, 6)

    def forward(self, x):
        x = self.plain(x)  #: [*, 6]
        y = self.act(x)  #: [*, 6]
        return y if self.wide is None else self.wide(y), self.double
