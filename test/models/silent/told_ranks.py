"""What the author says of a shape counts more than what code of that kind usually means: no comment here is wrong."""

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


model = Masked(8)
print(model(torch.randn(2, 3, 8), torch.randn(2, 4, 8), torch.ones(3)).shape)
print(Scored(8)(torch.randn(2, 1, 8)).shape)
print(lined_up(torch.randn(2, 3, 2, 2), torch.ones(3)).shape)
