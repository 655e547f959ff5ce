import math

import torch
import torch.nn as nn
import torch.nn.functional as F


class PreNorm(nn.Module):  #~ residual
    def __init__(self, dim):
        super().__init__()
        self.norm = nn.LayerNorm(dim)
        self.map = nn.Linear(dim, dim)

    def forward(self, x):
        b, n, c = x.shape
        return x + self.map(self.norm(x))  #~ residual #~ pre-norm


class PostNorm(nn.Module):  #~ residual
    def __init__(self, dim):
        super().__init__()
        self.norm = nn.LayerNorm(dim)
        self.map = nn.Linear(dim, dim)

    def forward(self, x):
        b, n, c = x.shape
        return self.norm(x + self.map(x))  #~ residual #~ post-norm


class Scaled(nn.Module):  #~ residual
    def __init__(self, dim):
        super().__init__()
        self.gamma = nn.Parameter(1e-6 * torch.ones(dim))
        self.map = nn.Linear(dim, dim)

    def forward(self, x):
        b, n, c = x.shape
        return x + self.gamma * self.map(x)  #~ residual #~ layer-scale


class Affine(nn.Module):
    """A scale and a shift outside of a residual are no layer scale."""

    def __init__(self, dim):
        super().__init__()
        self.gamma = nn.Parameter(torch.ones(dim))
        self.beta = nn.Parameter(torch.zeros(dim))

    def forward(self, x):
        b, n, c = x.shape
        return x * self.gamma + self.beta


class Neighbours(nn.Module):  #~ eca
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(1, 1, 3, padding=1, bias=False)

    def forward(self, x):
        b, c, h, w = x.shape
        y = x.mean((2, 3)).view(b, 1, c)
        y = torch.sigmoid(self.conv(y)).view(b, c, 1, 1)
        return x * y  #~ eca


class Along(nn.Module):
    """A convolution along a sequence weights no channels."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(64, 64, 3, padding=1)

    def forward(self, x):
        return torch.sigmoid(self.conv(x))


class Pyramid(nn.Module):  #~ multi-scale
    def __init__(self, c):
        super().__init__()
        self.pools = nn.ModuleList([nn.AdaptiveAvgPool2d(size) for size in (1, 2, 3, 6)])
        self.c = c

    def forward(self, x):
        b, c, h, w = x.shape
        maps = [F.interpolate(pool(x), size=(h, w)) for pool in self.pools]
        return torch.cat([x, *maps], dim=1)  #~ multi-scale


class NonLocal(nn.Module):  #~ residual
    def __init__(self, c):
        super().__init__()
        self.theta = nn.Conv2d(c, c // 2, 1)
        self.phi = nn.Conv2d(c, c // 2, 1)
        self.g = nn.Conv2d(c, c // 2, 1)
        self.out = nn.Conv2d(c // 2, c, 1)

    def forward(self, x):
        b, c, h, w = x.shape
        q = self.theta(x).flatten(2).transpose(1, 2)
        k = self.phi(x).flatten(2)
        v = self.g(x).flatten(2).transpose(1, 2)
        y = (q @ k).softmax(-1) @ v  #~ attention
        y = y.transpose(1, 2).reshape(b, c // 2, h, w)
        return x + self.out(y)  #~ residual


class Biased(nn.Module):  #~ attention
    def __init__(self, dim, n):
        super().__init__()
        self.q = nn.Linear(dim, dim)
        self.k = nn.Linear(dim, dim)
        self.v = nn.Linear(dim, dim)
        self.bias = nn.Parameter(torch.zeros(n, n))

    def forward(self, x):
        b, n, c = x.shape
        scores = self.q(x) @ self.k(x).transpose(1, 2)  #~ attention
        scores = scores + self.bias  #~ position-bias
        return scores.softmax(-1) @ self.v(x)


class Padded(nn.Module):  #~ attention
    """A mask that is handed over is not known to be causal."""

    def __init__(self, dim):
        super().__init__()
        self.q = nn.Linear(dim, dim)
        self.k = nn.Linear(dim, dim)
        self.v = nn.Linear(dim, dim)

    def forward(self, x, mask):
        b, n, c = x.shape
        scores = self.q(x) @ self.k(x).transpose(1, 2)  #~ attention
        scores = scores.masked_fill(mask == 0, -1e9)
        return scores.softmax(-1) @ self.v(x)


class Rotary(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.dim = dim

    def forward(self, x):
        b, n, d = x.shape
        rate = torch.exp(-math.log(10000) * torch.arange(0, self.dim, 2) / self.dim)
        angle = torch.outer(torch.arange(n).float(), rate)
        angle = torch.cat([angle, angle], dim=-1)
        a, c = x.chunk(2, dim=-1)
        turned = torch.cat([-c, a], dim=-1)
        return x * angle.cos() + turned * angle.sin()  #~ rotary


class Waves(nn.Module):
    """Sines that are only joined turn nothing."""

    def forward(self, x):
        b, n, d = x.shape
        return torch.cat([x.cos(), x.sin()], dim=-1)


class FlatNorm(nn.Module):
    """A norm of all tokens at once gives them their axes back."""

    def __init__(self, dim, out):
        super().__init__()
        self.linear = nn.Linear(dim, out)
        self.norm = nn.BatchNorm1d(out)

    def forward(self, x):
        x = self.linear(x)
        return self.norm(x.flatten(0, 1)).reshape_as(x)


class FlatNormed(nn.Module):  #~ attention
    def __init__(self, dim):
        super().__init__()
        self.qkv = FlatNorm(dim, 3 * dim)
        self.dim = dim

    def forward(self, x):
        b, n, c = x.shape
        q, k, v = self.qkv(x).view(b, n, 4, -1).split([self.dim // 4] * 3, dim=3)  #~ attention
        weights = (q.permute(0, 2, 1, 3) @ k.permute(0, 2, 3, 1)).softmax(-1)
        return (weights @ v.permute(0, 2, 1, 3)).transpose(1, 2).reshape(b, n, c)
