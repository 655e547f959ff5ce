import torch
from torch import nn


class Heads(nn.Module):
    """Heads are split off whatever stands before; where axes are swapped that are counted from the front, it is known."""

    def __init__(self, config):
        super().__init__()
        self.heads = config.heads
        self.head_dim = config.head_dim
        self.q = nn.Linear(config.dim, self.heads * self.head_dim)
        self.k = nn.Linear(config.dim, self.heads * self.head_dim)

    def forward(self, x):
        shape = x.shape[:-1]
        split = (*shape, -1, self.head_dim)
        q = self.q(x).view(split).transpose(1, 2)  #: [B, config.heads, N, config.head_dim]
        k = self.k(x).view(split).transpose(1, 2)  #: [B, config.heads, N, config.head_dim]
        return q @ k.transpose(-2, -1)  #: [B, config.heads, N, N]


class Split(nn.Module):
    """The rank stays open where nothing asks for it."""

    def __init__(self, dim, heads):
        super().__init__()
        self.heads = heads
        self.proj = nn.Linear(dim, dim)

    def forward(self, x):
        x = self.proj(x)
        y = x.view(*x.shape[:-1], self.heads, -1)  #: [*, heads, dim/heads]
        z = y.reshape(x.shape[:-1] + (-1,))  #: [*, dim]
        zeros = torch.zeros(*x.shape[:-1], 1)  #: [*, 1]
        return z + zeros


class Permuted(nn.Module):
    """Whoever lists all axes says how many there are."""

    def __init__(self, dim, heads):
        super().__init__()
        self.heads = heads
        self.proj = nn.Linear(dim, dim)

    def forward(self, x):
        y = self.proj(x)
        y = y.view(y.size()[:-1] + (self.heads, -1))
        return y.permute(0, 2, 1, 3)  #: [d0, heads, d1, dim/heads]


class Unpacked(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.heads = 8
        self.norm = nn.LayerNorm(dim)

    def forward(self, x):
        b, n, c, h = *x.shape, self.heads
        return self.norm(x).reshape(b, n, h, c // h)  #: [b, n, 8, dim/8]


class Unrelated(nn.Module):
    """Sizes of one thing tell nothing of the rank of another."""

    def __init__(self, dim):
        super().__init__()
        self.proj = nn.Linear(dim, 2 * dim)

    def forward(self, x, other):
        x = self.proj(x)
        other = other.view(*x.shape[:-1], 2, -1)
        return other.transpose(-1, -2)  #: [*, ?, 2]
