import functools
from collections import OrderedDict, namedtuple
from dataclasses import dataclass, field
from enum import Enum

import torch
import torch.nn as nn


class Act(Enum):
    RELU = 'relu'
    GELU = 'gelu'


@dataclass
class Config:
    width: int = 48
    heads: int = 6
    act: Act = Act.GELU
    stages: list = field(default_factory=lambda: [1, 2])

    @property
    def head_width(self):
        return self.width // self.heads


Pair = namedtuple('Pair', ['first', 'second'])


def make_act(kind):
    return {Act.RELU: nn.ReLU, Act.GELU: nn.GELU}[kind]()


class Base(nn.Module):
    expansion = 2

    def __init__(self, width, norm=functools.partial(nn.LayerNorm, eps=1e-6)):
        super().__init__()
        self.width = width
        self.norm = norm(width)
        self.build()

    def build(self):
        raise NotImplementedError

    @property
    def hidden(self):
        return self.width * self.expansion

    @staticmethod
    def double(x):
        return torch.cat([x, x], dim=-1)

    @classmethod
    def default(cls):
        return cls(Config().width)


class Child(Base):
    expansion = 4

    def build(self):
        self.up = nn.Linear(self.width, self.hidden)
        self.down = nn.Linear(self.hidden, self.width)

    def forward(self, x):
        y = self.norm(x)  #: [*, width]
        y = self.up(y)  #: [*, 4·width]
        y = self.down(y)  #: [*, width]
        return self.double(y)


class Whole(nn.Module):
    def __init__(self, config=Config()):
        super().__init__()
        self.child = Child.default()
        self.act = make_act(config.act)
        for i, depth in enumerate(config.stages):
            setattr(self, f'stage{i}', nn.Sequential(*[nn.Linear(96, 96) for _ in range(depth)]))
        self.heads = nn.ModuleDict(OrderedDict([('a', nn.Linear(96, 10)), ('b', nn.Linear(96, config.head_width))]))

    def split(self, x):
        return Pair(x[..., :48], second=x[..., 48:])

    def forward(self, x):
        x = self.act(self.child(x))
        for i in range(2):
            x = getattr(self, f'stage{i}')(x)  #: [*, 96]
        out = {name: head(x) for name, head in self.heads.items()}
        a = out['a']  #: [*, 10]
        b = out['b']  #: [*, 8]
        first, second = self.split(x)
        total = first * second  #: [*, 48]
        return a, b, total
