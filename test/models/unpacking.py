import torch
import torch.nn as nn


def pair(t):
    return t if isinstance(t, tuple) else (t, t)


class Spread(nn.Module):
    def __init__(self, heads):
        super().__init__()
        self.heads = heads
        self.q = nn.Linear(64, 64 * heads)

    def forward(self, x):
        b, n, _, h = *x.shape, self.heads
        q = self.q(x)  #: [b, n, 64·heads]
        return q.reshape(b, n, h, -1).transpose(1, 2)  #: [b, heads, n, 64]


class Leading(nn.Module):
    def forward(self, x):
        b, n = x.shape[:2]
        mask = torch.ones(b, n)  #: [b, n]
        return mask


class Window(nn.Module):
    def __init__(self, window):
        super().__init__()
        height, width = window
        self.table = nn.Parameter(torch.zeros(height, width))

    def forward(self, x):
        return self.table * 2  #: [window[0], window[1]]


class Patches(nn.Module):
    def __init__(self, patch_size, dim):
        super().__init__()
        height, width = pair(patch_size)
        self.norm = nn.LayerNorm(3 * height * width)
        self.fc = nn.Linear(3 * height * width, dim)

    def forward(self, x):
        return self.fc(self.norm(x))  #: [*, dim]


class Pack(nn.Module):
    """An input that is unpacked is several things, of which the axes of one say nothing of the next."""

    def __init__(self, dim):
        super().__init__()
        self.lin = nn.Linear(dim, 2 * dim)

    def forward(self, inputs):
        x, spectrum, lengths = inputs
        b, t, c = x.shape
        n, f = spectrum.shape
        for i, length in enumerate(lengths):
            spectrum[i, length:] = 0
        return self.lin(x), spectrum  #: [b, t, 2·dim], [n, f]
