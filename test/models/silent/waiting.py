import abc

import numpy as np
import torch
import torch.nn as nn
from einops import rearrange, repeat


class Norm(nn.Module):
    """No size is -1: the default stands for an argument that every call has."""

    def __init__(self, ndim: int = -1):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(ndim))

    def forward(self, x):
        return x * self.weight


class Backbone(nn.Module, abc.ABC):
    """What a method gives that is left to others, they say."""

    def __init__(self, d, n):
        super().__init__()
        self.blocks = nn.ModuleList([nn.Sequential(self._make(i, d), nn.ReLU()) for i in range(n)])

    @abc.abstractmethod
    def _make(self, i, d) -> nn.Module: ...


class Cascade(nn.Module):
    """The list is filled part by part before the first call."""

    def __init__(self, number):
        super().__init__()
        self.parts = nn.ModuleList()
        self.number = number

    def add_part(self, part):
        self.parts.append(part)

    def forward(self, x):
        if self.number != len(self.parts):
            raise RuntimeError('parts are missing')
        return self.parts[-1](x)


class Cell(nn.Module):
    """What is in the list nobody says: tensors."""

    def __init__(self, d):
        super().__init__()
        self.conv = nn.Conv2d(2 * d, d, 3, padding=1)

    def forward(self, x: torch.Tensor, state: list):
        h, c = state
        h = self.conv(torch.cat((x, h), dim=1))
        return h, c * h


class Bands(nn.Module):
    """A mask of a shape that nobody knows takes as many axes as it has."""

    def __init__(self, weights: np.ndarray):
        super().__init__()
        self.register_buffer('weights', torch.from_numpy(weights))
        mask = torch.from_numpy(np.load('bank.npy')) > 0
        places = repeat(torch.arange(1025), 'f -> b f', b=60)
        self.register_buffer('places', places[mask])

    def forward(self, x):
        return repeat(self.places, 'f -> b f', b=x.shape[0])


class Twiddle(nn.Module):
    """What an imaginary number is multiplied with is complex."""

    def __init__(self, n):
        super().__init__()
        turn = torch.exp(-1j * torch.pi * torch.arange(n) / n)
        self.register_buffer('turn', torch.view_as_real(turn))

    def forward(self, x):
        return x * torch.view_as_complex(self.turn)


class Smoothed(nn.Module):
    """A layer that takes an input without a batch may get one."""

    def __init__(self, kernel_size, stride):
        super().__init__()
        self.kernel_size = kernel_size
        self.mean = nn.AvgPool1d(kernel_size=kernel_size, stride=stride)

    def forward(self, x):
        front = x[:, 0:1].repeat(1, (self.kernel_size - 1) // 2)
        return self.mean(torch.cat([front, x], dim=1))


class Columns(nn.Module):
    """With no columns at all nobody makes it."""

    def __init__(self, names=None, d=8):
        super().__init__()
        self.n = 0 if names is None else len(names)
        self.fc = nn.Linear(d, d * self.n)

    def forward(self, x):
        return rearrange(self.fc(x), 'b (n d) -> b n d', n=self.n)


class Strides(nn.Module):
    """A product along an axis is an array."""

    def __init__(self, encoders):
        super().__init__()
        self.strides = np.prod([stride for _, stride in encoders], axis=0)

    def forward(self, x):
        return x + torch.from_numpy(self.strides)


def by_session(path):
    """Which keys a file has nobody knows."""
    sessions = {}
    with open(path) as lines:
        for line in lines:
            session, word = line.split()
            sessions.setdefault(session, []).append(word)
    return sessions


SAMPLE = by_session('sample.stm')['sample']
