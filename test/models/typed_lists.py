import torch
from torch import nn


class Levels(nn.Module):
    """A list of numbers is a row, however many there are."""

    def __init__(self, levels: list[int] | tuple[int, ...]):
        super().__init__()
        if isinstance(levels, tuple):
            levels = list(levels)
        self.levels = torch.tensor(levels)
        self.proj = nn.Linear(len(levels), len(self.levels))

    def forward(self, z):
        half = (self.levels - 1) / 2  #: [len(levels)]
        return self.proj(z) * half  #: [*, len(levels)]


class Basis(nn.Module):
    def __init__(self, levels: list[int]):
        super().__init__()
        self.basis = torch.cumprod(torch.tensor([1] + levels[:-1]), dim=0)

    def forward(self, z):
        basis = self.basis.float()  #: [len(levels)]
        return (z * basis).sum(-1)


class Means(nn.Module):
    def __init__(self, mean: list[float]):
        super().__init__()
        self.mean = torch.tensor(mean)

    def forward(self, x):
        mean = self.mean[:, None, None]  #: [len(mean), 1, 1]
        return x - mean


class Grid(nn.Module):
    """What a loop over such a list adds to another one is counted."""

    def __init__(self, ratios: list[float]):
        super().__init__()
        pairs = [[1.0, 1.0]]
        for ratio in ratios:
            pairs.extend([[ratio, 1.0], [1.0, ratio]])
        self.pairs = torch.as_tensor(pairs)

    def forward(self, x):
        column = torch.arange(x.shape[0])  #: [B]
        both = torch.stack((column, column) * len(self.pairs), dim=-1)  #: [B, 4·len(ratios) + 2]
        return self.pairs, both.reshape(-1, 2)  #: [2·len(ratios) + 1, 2], [2·B·len(ratios) + B, 2]
