import functools

import torch
from torch import nn


class RootMeanSquare(nn.Module):
    """An axis that is told by its number is there, however many others stand before it."""

    def __init__(self, dim, eps=1e-6):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(dim))
        self.eps = eps

    def forward(self, x):
        mean = x.pow(2).mean(-1, keepdim=True)  #: [*, 1]
        x = x * torch.rsqrt(mean + self.eps)  #: [*, dim]
        return self.weight * x


class Gate(nn.Module):
    def forward(self, x):
        value, gate = x.chunk(2, dim=-1)  #: [*, n/2] × 2
        return value * torch.sigmoid(gate)  #: [*, n/2]


def counted(function):
    @functools.wraps(function)
    def wrapper(self, *args, **kwargs):
        self.calls += 1
        return function(self, *args, **kwargs)

    return wrapper


class Decorated(nn.Module):
    """What a decorator has wrapped says what the inputs are."""

    def __init__(self, dim):
        super().__init__()
        self.calls = 0
        self.linear = nn.Linear(dim, 2 * dim)

    @counted
    def forward(self, hidden, context):
        hidden = self.linear(hidden)  #: [*, 2·dim]
        b, n, _ = context.shape
        return hidden, context.transpose(1, 2)  #: [*, 2·dim], [b, C, n]


class Sampled(nn.Module):
    """A row stands beside points however they are batched: they need not be rows as well."""

    def __init__(self, dim):
        super().__init__()
        self.conv = nn.Conv2d(dim, dim, 1)

    def forward(self, image, points):
        image = self.conv(image)
        h, w = image.shape[-2:]
        scaled = points[None] / torch.tensor([[w, h]])
        return nn.functional.grid_sample(image, scaled.view(1, 1, -1, 2))  #: [1, dim, 1, N]


class Filled(nn.Module):
    """However long it takes to fill the weights, no shape rests on that."""

    def __init__(self, dim, depth):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(dim, dim) for _ in range(depth)])
        self.head = nn.Linear(dim, 10)
        self.init_weights()

    def init_weights(self):
        nn.init.constant_(self.head.bias, self.gain(20))

    def gain(self, depth):
        return 1e-6 if depth == 0 else self.gain(depth - 1) + self.gain(depth - 1)

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return self.head(x)  #: [*, 10]


class Normalised(nn.Module):
    """A norm by hand keeps the rank, so that who asks it of the result asks it of the input: nothing is an image alone."""

    def __init__(self, dim, heads):
        super().__init__()
        self.heads = heads
        self.norm = RootMeanSquare(dim)
        self.q = nn.Linear(dim, dim)
        self.k = nn.Linear(dim, dim)

    def forward(self, x, context):
        y = self.norm(x)  #: [*, dim]
        if y.ndim == 4:
            b, c, h, w = y.shape
            y = y.view(b, c, h * w).transpose(1, 2)
        b, n, _ = context.shape
        q = self.q(y).view(b, -1, self.heads, y.shape[-1] // self.heads)
        k = self.k(context)  #: [b, n, dim]
        return x + q.reshape(b, -1, k.shape[-1])
