import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


class Filled(nn.Module):
    """What a tensor was filled with decides which way is taken, whatever its sizes are."""

    def forward(self, x: torch.Tensor):
        B, C, H, W = x.shape
        mask = torch.ones(B, H)
        a = x if mask.all() else x[0]  #: [B, C, H, W]
        b = x if 0 in mask else x[0]  #: [C, H, W]
        c = x if (mask[:, None].long() == 0).any() else x[0]  #: [C, H, W]
        d = x if torch.zeros_like(mask).any() else x[0]  #: [C, H, W]
        e = x if (~mask.bool()).expand(2, B, H).any() else x[0]  #: [C, H, W]
        f = x if torch.cat([mask, x.new_full((B, 2), 1)], 1).min() == 1 else x[0]  #: [B, C, H, W]
        for row in mask:
            g = x if row.all() else x[0]  #: [B, C, H, W]
        h = torch.arange(mask.bool().sum())  #: [B·H]
        return a, b, c, d, e, f, g, h


class Changed(nn.Module):
    """What was written where the numbers lie is seen under every name."""

    def forward(self, x: torch.Tensor):
        B, C, H, W = x.shape
        mask = torch.ones(B, H)
        part = mask.transpose(0, 1)[1:]
        part.fill_(0)
        a = x if mask.all() else x[:, :1]  #: [B, C, H, W] | [B, 1, H, W]
        mask = torch.ones(B, H)
        mask[:, 0] = 0
        b = x if mask.all() else x[:, :1]  #: [B, C, H, W] | [B, 1, H, W]
        mask = torch.ones(B, H)
        row = mask[0]
        row -= 1
        c = x if mask.all() else x[:, :1]  #: [B, C, H, W] | [B, 1, H, W]
        mask = torch.ones(B, H)
        torch.mul(mask, 0, out=mask)
        d = x if mask.all() else x[:, :1]  #: [B, C, H, W] | [B, 1, H, W]
        mask = torch.full((B, H), -1.0)
        F.relu(mask, True)
        e = x if mask.all() else x[:, :1]  #: [B, C, H, W] | [B, 1, H, W]
        mask = torch.full((B, H), -1.0)
        nn.ReLU(inplace=True)(mask)
        f = x if mask.all() else x[:, :1]  #: [B, C, H, W] | [B, 1, H, W]
        mask = torch.ones(B, H)
        nn.init.zeros_(mask)
        g = x if mask.all() else x[:, :1]  #: [B, C, H, W] | [B, 1, H, W]
        numbers = torch.arange(4).view(2, 2)
        numbers.t().fill_(0)
        h = x[:, : numbers.sum()]  #: [B, ?, H, W]
        mask = torch.ones(B, H)
        mask.unheard_of()
        j = x if mask.all() else x[:, :1]  #: [B, C, H, W] | [B, 1, H, W]
        copy = torch.ones(B, H)
        asked = hasattr(copy, 'unheard_of')
        copy.clone().fill_(0)
        i = x if copy.all() else x[:, :1]  #: [B, C, H, W]
        return a, b, c, d, e, f, g, h, i, j


class Kept(nn.Module):
    """What a module keeps, training and loading may change."""

    def __init__(self, n=4):
        super().__init__()
        start = torch.ones(n, n)
        self.weight = nn.Parameter(start)
        self.register_buffer('mask', torch.ones(n, n))
        self.plain = torch.ones(n, n)
        self.start = start

    def forward(self, x: torch.Tensor):
        B, C, H, W = x.shape
        a = x if self.weight.all() else x[:, :1]  #: [B, C, H, W] | [B, 1, H, W]
        b = x if self.mask[1:].all() else x[:, :1]  #: [B, C, H, W] | [B, 1, H, W]
        c = x if self.plain.all() else x[:, :1]  #: [B, C, H, W]
        d = x if self.start.all() else x[:, :1]  #: [B, C, H, W] | [B, 1, H, W]
        return a, b, c, d


class Handed(nn.Module):
    """Who is not known may write into what it is given."""

    def __init__(self, change):
        super().__init__()
        self.change = change

    def forward(self, x: torch.Tensor):
        B, C, H, W = x.shape
        mask = torch.ones(B, H)
        self.change([mask.view(-1)])
        return x if mask.all() else x[:, :1]  #: [B, C, H, W] | [B, 1, H, W]


class Turns(nn.Module):
    """A later turn of a loop sees what the one before has made of a tensor."""

    def forward(self, x: torch.Tensor, steps: int):
        B, C, H, W = x.shape
        mask = torch.ones(B, H)
        done = torch.zeros(B, H)
        a = b = x
        for i in range(steps):
            a = x if mask.all() else x[:, :1]  #: [B, C, H, W] | [B, 1, H, W]
            b = x[:, :1] if done.any() else x  #: [B, C, H, W] | [B, 1, H, W]
            mask[:, i] = 0
            done = done + (x > 0).sum((1, 3))
        return a, b


class Traced(nn.Module):
    """A tensor is none of those that stand for one while code is traced."""

    def forward(self, x: torch.Tensor):
        B, C, H, W = x.shape
        a = x[0] if isinstance(x, torch.fx.Proxy) else x  #: [B, C, H, W]
        b = x[0] if isinstance(x, torch._subclasses.FakeTensor) else x  #: [B, C, H, W]
        return a, b


class Tables(nn.Module):
    """Numbers of several axes keep their places."""

    def forward(self, x: torch.Tensor):
        grid = torch.tensor([[1, 4, 6], [2, 3, 5]])
        a = x.new_zeros(grid.prod().item())  #: [720]
        b = x.new_zeros(int(grid[1, 2]))  #: [5]
        c = x.new_zeros(int(grid[:, 1].sum()))  #: [7]
        d = x.new_zeros(int(grid[..., -1][0]))  #: [6]
        for t, h, w in grid[1:].tolist():
            e = x.new_zeros(t, h, w)  #: [2, 3, 5]
        for row in grid[:1]:
            f = x.new_zeros(int(row[1]), int(row[2]))  #: [4, 6]
        order = np.arange(6).reshape(2, 3).tolist()
        g = x.new_zeros(order[1][2], len(order))  #: [5, 2]
        B, C = x.shape
        h = x if grid.cumsum(0)[1, 2] == 11 else x[:, :1]  #: [B, C] | [B, 1]
        i = x if grid[0, 1] == 4 else x[:, :1]  #: [B, C]
        grid[0][1] = 9
        j = x if grid[0, 1] == 4 else x[:, :1]  #: [B, C] | [B, 1]
        return a, b, c, d, e, f, g, h, i, j


class Padded(nn.Module):
    """What is padded holds zeros too."""

    def forward(self, x: torch.Tensor):
        B, C, H, W = x.shape
        patches = F.unfold(torch.ones(1, 1, 8, 8), 3, padding=1)
        return x if patches.all() else x[:, :1]  #: [B, C, H, W] | [B, 1, H, W]


class Replaced(nn.Module):
    """What is given as `data` is what a tensor holds, and is written with it."""

    def forward(self, x: torch.Tensor):
        B, C, H, W = x.shape
        mask, zeros, mirror = torch.ones(B, H), torch.zeros(B, H), torch.zeros(B, H)
        mask.data = zeros
        a = x if mask.all() else x[:, :1]  #: [B, C, H, W] | [B, 1, H, W]
        mask.fill_(1)
        b = x if zeros.any() else x[:, :1]  #: [B, C, H, W] | [B, 1, H, W]
        setattr(mirror, "data", torch.ones(B, H))
        c = x if mirror.any() else x[:, :1]  #: [B, C, H, W] | [B, 1, H, W]
        return a, b, c
