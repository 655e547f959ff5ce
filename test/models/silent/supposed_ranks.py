"""What code usually means tells ranks, but proves nothing: the author counts more, and no comment here is wrong."""

import torch
from torch import nn


class Masked(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.q = nn.Linear(dim, dim)

    def forward(self, x, y, mask):
        # mask: (N,)
        scores = torch.bmm(self.q(x), y.transpose(1, 2))
        column = mask.unsqueeze(1)  # (N, 1)
        return scores.masked_fill(column == 0, -1e9)


class Scored(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.score = nn.Linear(dim, 1)

    def forward(self, x):
        """x: input of shape (B, 1, C)"""
        return self.score(x).squeeze(1)  # (B, 1)


def lined_up(x, mask):
    # mask: (N,)
    x = x.flatten(2)
    column = mask.unsqueeze(1)  # (N, 1)
    return x * column


class Silent(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.score = nn.Linear(dim, 1)

    def forward(self, x):
        return self.score(x).squeeze(1)  # (B, 1)


class Widened(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.q = nn.Linear(dim, dim)

    def forward(self, x, bias):
        x = self.q(x.flatten(2).transpose(1, 2))
        return x + bias  # (K, B, N, C)


class Unpacked(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.q = nn.Linear(dim, dim)

    def forward(self, x, bias):
        k, b, n, d = (self.q(x.flatten(2).transpose(1, 2)) + bias).shape
        return k * b * n * d


model = Masked(8)
print(model(torch.randn(2, 3, 8), torch.randn(2, 4, 8), torch.ones(3)).shape)
print(Scored(8)(torch.randn(2, 1, 8)).shape)
print(lined_up(torch.randn(2, 3, 2, 2), torch.ones(3)).shape)
print(Silent(8)(torch.randn(2, 1, 8)).shape)
print(Widened(8)(torch.randn(2, 8, 2, 2), torch.randn(5, 2, 4, 8)).shape)
print(Unpacked(8)(torch.randn(2, 8, 2, 2), torch.randn(5, 2, 4, 8)))
