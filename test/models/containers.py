from collections import OrderedDict
from typing import Dict, List

import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor


class BoxHead(nn.Module):
    """Pyramid levels come as a list: what one of them must have, all of them have; their sizes are their own."""

    def __init__(self, channels, anchors):
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, padding=1)
        self.boxes = nn.Conv2d(channels, 4 * anchors, 1)
        self.anchors = anchors

    def forward(self, x: List[Tensor]) -> Tensor:
        found = []
        for feature in x:
            y = F.relu(self.conv(feature))
            n, _, h, w = y.shape
            y = self.boxes(y).view(n, self.anchors, 4, h, w)
            y = y.permute(0, 3, 4, 1, 2)
            y = y.reshape(-1, self.anchors, 4)
            found.append(y)
        return torch.cat(found, dim=0)  #: [?, anchors, 4]


class Pyramid(nn.Module):
    """A mapping of levels, the last one first."""

    def __init__(self, in_channels, channels):
        super().__init__()
        self.lateral = nn.Conv2d(in_channels, channels, 1)
        self.pool = nn.AdaptiveAvgPool2d(7)

    def forward(self, x: Dict[str, Tensor]) -> Dict[str, Tensor]:
        names = list(x.keys())
        levels = list(x.values())
        last = self.lateral(levels[-1])
        results = [self.pool(last)]
        for i in range(len(levels) - 2, -1, -1):
            inner = self.lateral(levels[i])
            last = inner + F.interpolate(last, size=inner.shape[-2:])
            pooled = self.pool(last)  #: [?, channels, 7, 7]
            results.insert(0, pooled)
        return OrderedDict(zip(names, results))


class Pairs(nn.Module):
    """The turns of a loop see other tensors, however often they meet."""

    def __init__(self, dim):
        super().__init__()
        self.fc = nn.Linear(dim, 2 * dim)

    def forward(self, xs: Dict[str, Tensor], ys: List[Tensor]):
        before = None
        for (name, x), y in zip(xs.items(), ys):
            if before is not None:
                both = torch.cat([before[:, 1:], x], dim=0)
            before = x
            z = self.fc(y)  #: [*, 2·dim]
        all = [self.fc(y).mean(-2, keepdim=True) for y in ys]
        joined = torch.stack(all)
        return joined, z


class Extended(nn.Module):
    """Who appends to an input sees the new element at its end, not an input."""

    def __init__(self, dim):
        super().__init__()
        self.fc = nn.Linear(dim, 2 * dim)

    def forward(self, xs: List[Tensor]):
        first = self.fc(xs[-1])  #: [*, 2·dim]
        xs.append(first)
        return xs[-1]


class Reused(nn.Module):
    """A size that only one way demands says nothing of an input that the others do not use."""

    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.down = nn.Conv2d(in_channels, out_channels, 3, stride=2, padding=1)
        self.own = in_channels == out_channels

    def forward(self, p, c):
        x = p if self.own else c  #: [B, C, H, W] | [B2, C2, H2, W2]
        return self.down(x)


class Windows(nn.Module):
    """A range of PyTorch goes the right way, and a whole axis is as long as it is."""

    def __init__(self, dim, window_size, heads):
        super().__init__()
        self.fc = nn.Linear(dim, 3 * dim)
        self.table = nn.Parameter(torch.zeros((2 * window_size - 1) ** 2, heads))
        self.window_size = window_size

    def forward(self, x):
        y = self.fc(x)[..., :]  #: [*, 3·dim]
        q = self.fc.bias[self.fc.in_features : 2 * self.fc.in_features]  #: [dim]
        places = torch.arange(self.window_size)  #: [window_size]
        grid = torch.stack(torch.meshgrid(places, places, indexing='ij'))  #: [2, window_size, window_size]
        flat = grid.flatten(1)  #: [2, window_size²]
        return y, q, flat


class Cut(nn.Module):
    """What stays after a deletion is numbered anew, and negative places count from the end."""

    def __init__(self, channels):
        super().__init__()
        trunk = nn.Sequential()
        trunk.add_module('stem', nn.Conv2d(3, channels, 3, padding=1))
        trunk.add_module('body', nn.Conv2d(channels, 2 * channels, 3, padding=1))
        trunk.add_module('pool', nn.AvgPool2d(7))
        del trunk[-1]
        self.trunk = trunk
        self.heads = nn.ModuleList(nn.Linear(2 * channels, width) for width in (4, 5, 6, 7))
        self.last = self.heads.pop(-1)
        del self.heads[:2]

    def forward(self, x):
        x = self.trunk(x)  #: [B, 2·channels, H, W]
        x = x.mean((2, 3))
        first = self.heads[0](x)  #: [B, 6]
        return first, self.last(x)


class GrownByHeads(nn.Module):
    """What a turn adds holds a number that only a condition decides: it is still one block a turn."""

    def __init__(self, n, config):
        super().__init__()
        self.blocks = nn.ModuleList()
        for _ in range(n):
            self.blocks.append(KeptHeads(config))

    def forward(self, x):
        for block in self.blocks:
            x = block(x)  #: [*, config.dim]
        return x


class KeptHeads(nn.Module):
    def __init__(self, config):
        super().__init__()
        self.heads = config.heads if config.kept is None else config.kept
        self.into = nn.Linear(config.dim, self.heads * 4)
        self.back = nn.Linear(self.heads * 4, config.dim)

    def forward(self, x):
        return x + self.back(self.into(x))
