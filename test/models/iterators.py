# Iterators are gone through once, by whoever takes from them; containers of Python's own library.
import ast
import bisect
import heapq
import itertools
import json
from collections import UserDict
from dataclasses import asdict, dataclass, field, replace
from functools import total_ordering

import numpy as np
import torch
from torch import nn


class Taken(nn.Module):
    def forward(self, x):  # x: (4, 3)
        it = iter([1, 2, 3, 4, 5])
        for n in it:
            if n == 2:
                break
        left = x.new_ones(list(it))  #: [3, 4, 5]
        it = iter([1, 2, 3, 4, 5, 6])
        pairs = [x.new_ones(a, next(it)) for a in it]
        wide = pairs[2]  #: [5, 6]
        rows = [x.new_ones(row) for row in zip(*[iter(range(1, 7))] * 3)]
        last = rows[-1]  #: [4, 5, 6]
        count = itertools.count(1)
        head = x.new_ones(list(itertools.islice(count, 2)))  #: [1, 2]
        tail = x.new_ones(list(itertools.islice(count, 2)))  #: [3, 4]
        every = x.new_ones(list(itertools.islice(itertools.cycle([1, 2]), 1, 6, 2)))  #: [2, 2, 2]
        it = iter([5, 6, 7, 8])
        if 6 in it:
            rest = x.new_ones(list(it))  #: [7, 8]
        sizes = iter([3, 4, 0, 9])
        until = x.new_ones(list(iter(lambda: next(sizes), 0)))  #: [3, 4]
        behind = x.new_ones(list(sizes))  #: [9]
        same = x.new_ones(next(iter(it), 2))  #: [2]
        return left, wide, last, head, tail, every, rest, until, behind, same


class Unsure(nn.Module):
    def forward(self, x, skip):  # x: (4, 3)
        it = iter([1, 2, 3])
        if skip:
            next(it)
        y = x.new_ones(next(it), 2)  #: [?, 2]
        return y


class Picked(nn.Module):
    def forward(self, x):  # x: (4, 3)
        squares = (i * i for i in itertools.count(1))
        low = x.new_ones(list(itertools.takewhile(lambda v: v < 10, squares)))  #: [1, 4, 9]
        high = x.new_ones(list(itertools.dropwhile(lambda v: v < 3, [1, 2, 3, 1])))  #: [3, 1]
        some = x.new_ones(list(itertools.compress([5, 6, 7], [1, 0, 1])))  #: [5, 7]
        powers = x.new_ones(list(itertools.starmap(pow, [(2, 3), (3, 2)])))  #: [8, 9]
        first, second = itertools.tee([1, 2], 2)
        twice = x.new_ones([*first, *second])  #: [1, 2, 1, 2]
        odd = x.new_ones(list(itertools.filterfalse(lambda v: v % 2 == 0, range(6))))  #: [1, 3, 5]
        return low, high, some, powers, twice, odd


@total_ordering
class Level:
    def __init__(self, n):
        self.n = n

    def __eq__(self, other):
        return self.n == other.n

    def __lt__(self, other):
        return self.n < other.n


class Lengths(UserDict):
    def __missing__(self, key):
        return len(key)


class Kept(nn.Module):
    def __init__(self, **options):
        super().__init__()
        self.__dict__.update(options)
        self.__dict__['depth'] = 3
        vars(self).setdefault('width', 5)


class Held(nn.Module):
    def __init__(self):
        super().__init__()
        self.kept = Kept(dim=4)
        self.levels = [level.n for level in sorted([Level(3), Level(1), Level(2)])]
        self.most = 7 if Level(1) <= Level(2) and Level(2) >= Level(1) else 8
        heap = [5, 1, 4]
        heapq.heapify(heap)
        heapq.heappush(heap, 2)
        self.low = [heapq.heappop(heap) for _ in range(2)] + heapq.nlargest(1, heap)
        self.at = bisect.bisect([1, 3, 5], 3)
        self.lengths = Lengths(a=3)
        self.lengths.update(bb=5)
        self.read = json.loads('{"sizes": [2, 3.0, true], "names": {"q": null}}')

    def forward(self, x):  # x: (4, 3)
        kept = x.new_ones(self.kept.dim, self.kept.depth, self.kept.width)  #: [4, 3, 5]
        levels = x.new_ones(self.levels)  #: [1, 2, 3]
        low = x.new_ones(*self.low, self.at, self.most)  #: [1, 2, 5, 2, 7]
        named = x.new_ones(self.lengths['a'], self.lengths['bb'], self.lengths['long'])  #: [3, 5, 4]
        read = x.new_ones(self.read['sizes'][0], int(self.read['sizes'][1]), len(self.read['names']))  #: [2, 3, 1]
        written = x.new_ones(ast.literal_eval('[(3, 1), (5, 2)]')[1])  #: [5, 2]
        return kept, levels, low, named, read, written


@dataclass
class Inner:
    size: int = 3


@dataclass
class Outer:
    width: int = 2
    inner: Inner = field(default_factory=Inner)
    total: int = field(init=False, default=0)

    def __post_init__(self):
        self.total = self.width + self.inner.size


class Replaced(nn.Module):
    def __init__(self):
        super().__init__()
        self.config = replace(Outer(), width=6)
        self.plain = asdict(self.config)

    def forward(self, x):  # x: (4, 3)
        total = x.new_ones(self.config.total, self.config.inner.size)  #: [9, 3]
        plain = x.new_ones(self.plain['width'], self.plain['inner']['size'])  #: [6, 3]
        return total, plain


class Numbers(nn.Module):
    def __init__(self):
        super().__init__()
        widths = (np.array([1, 2, 4]) * 8).tolist()
        ends = np.cumsum([2, 3, 4])
        self.order = np.argsort([3, 1, 2])
        self.mask = np.tril(np.ones((4, 4)))
        self.fc = nn.Linear(widths[1], int(ends[-1]))

    def forward(self, x):  # x: (4, 16)
        y = self.fc(x)  #: [B, 9]
        z = y[:, self.order]  #: [B, 3]
        m = torch.from_numpy(self.mask)  #: [4, 4]
        return y, z, m
