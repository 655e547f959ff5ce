"""What a class is given that nobody knows: layers that a parameter makes, instances of plain classes, conditions."""
from dataclasses import dataclass
from numbers import Integral
from typing import Callable

import math

import torch
import torch.nn as nn
from torch import Tensor


class PatchMerging(nn.Module):
    """A normalisation keeps the shape, whichever it is."""

    def __init__(self, dim, norm_layer, act_layer):
        super().__init__()
        self.norm = norm_layer(4 * dim)
        self.reduction = nn.Linear(4 * dim, 2 * dim)
        self.act = act_layer()

    def forward(self, x):
        B, H, W, C = x.shape
        x = torch.cat([x[:, 0::2, 0::2], x[:, 1::2, 0::2], x[:, 0::2, 1::2], x[:, 1::2, 1::2]], -1)
        x = self.norm(x)  #: [B, H/2, W/2, 4·dim]
        return self.act(self.reduction(x))  #: [B, H/2, W/2, 2·dim]


class VectorNorm(nn.Module):
    """A bare `norm` may be the length of a vector: what it does to a tensor is not known."""

    def __init__(self, dim, norm):
        super().__init__()
        self.norm = norm
        self.linear = nn.Linear(dim, 8)

    def forward(self, x):
        y = self.linear(x)
        return self.norm(y)


class Blamed(nn.Module):
    """Nothing is proved with what is assumed of a parameter; what is wrong without it is said."""

    def __init__(self, norm_layer):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.norm = norm_layer(8)
        self.after = nn.Conv2d(16, 4, 1)
        self.wrong = nn.Sequential(nn.Conv2d(3, 8, 1), nn.Conv2d(9, 4, 1))

    def forward(self, x):
        y = self.after(self.norm(self.conv(x)))
        return self.wrong(x)  #! channel-mismatch


@dataclass
class Config:
    dim: int
    heads: int = 4
    bias: bool = False

    @property
    def head_dim(self):
        return self.dim // self.heads

    def hidden(self, k):
        return self.dim * k


class Images:
    def __init__(self, tensors: Tensor, sizes):
        self.tensors = tensors
        self.sizes = sizes


class Typed(nn.Module):
    """What an annotation names has the methods and attributes of its class."""

    def __init__(self, cfg: Config):
        super().__init__()
        self.wide = nn.Linear(cfg.dim, cfg.hidden(4), bias=cfg.bias)
        self.narrow = nn.Linear(cfg.hidden(4), cfg.head_dim)

    def forward(self, images: Images):
        y = self.wide(images.tensors)  #: [*, 4·cfg.dim]
        return self.narrow(y)  #: [*, ⌊cfg.dim/cfg.heads⌋]


class Changed(nn.Module):
    """An attribute that was set is no longer what it was."""

    def __init__(self, cfg: Config):
        super().__init__()
        cfg.dim = 2 * cfg.dim
        self.linear = nn.Linear(4, cfg.dim)

    def forward(self, x):
        return self.linear(x)


class Integer(nn.Module):
    """An annotation decides what `isinstance` asks."""

    def __init__(self, channels: int):
        super().__init__()
        shape = (channels,) if isinstance(channels, Integral) else tuple(channels)
        self.weight = nn.Parameter(torch.ones(shape))

    def forward(self, x: Tensor):
        return x.mean() * self.weight  #: [channels]


class Inverted(nn.Module):
    """Layers that are there under a condition: what the whole gives is the same."""

    def __init__(self, inp, oup, stride, expand, norm_layer: Callable[..., nn.Module]):
        super().__init__()
        hidden = inp * expand
        layers = []
        if expand != 1:
            layers.append(nn.Conv2d(inp, hidden, 1))
            layers.append(norm_layer(hidden))
        layers.extend([nn.Conv2d(hidden, hidden, 3, stride, 1, groups=hidden), norm_layer(hidden)])
        layers.append(nn.Conv2d(hidden, oup, 1))
        self.conv = nn.Sequential(*layers)

    def forward(self, x):
        return self.conv(x)  #: [B, oup, ⌈H/stride⌉, ⌈W/stride⌉]


class Fused(nn.Module):
    """Two layers or one; the list grows after it was handed on."""

    def __init__(self, inp, mid, oup, stride):
        super().__init__()
        layers = []
        if mid != inp:
            layers.append(nn.Conv2d(inp, mid, 3, stride, 1))
            layers.append(nn.Conv2d(mid, oup, 1))
        else:
            layers.append(nn.Conv2d(inp, oup, 3, stride, 1))
        self.conv = nn.Sequential(*layers)
        layers.append(nn.Conv2d(oup, 7, 1))
        self.longer = nn.Sequential(*layers, nn.Conv2d(7, 5, 1))

    def forward(self, x):
        y = self.longer(x)  #: [B, 5, ⌈H/stride⌉, ⌈W/stride⌉]
        return self.conv(x)  #: [B, oup, ⌈H/stride⌉, ⌈W/stride⌉]


class Projected(nn.Module):
    """A list of its own on each way."""

    def __init__(self, dim, out, stride: int):
        super().__init__()
        proj = [nn.Conv2d(dim, out, 1)]
        if stride == 2:
            proj = [nn.AvgPool2d(3, 2, padding=1)] + proj
        self.proj = nn.Sequential(*proj)
        self.conv = nn.Conv2d(dim, out, 3, 1, 1)

    def forward(self, x):
        y = self.conv(x)
        return self.proj(x)  #: [B, out, ⌈H/2⌉, ⌈W/2⌉] | [B, out, H, W]


class InPlace(nn.Module):
    """What is added in place changes no shape."""

    def __init__(self, planes, shortcut):
        super().__init__()
        self.bn = nn.BatchNorm3d(planes)
        self.shortcut = shortcut

    def forward(self, x):
        y = self.bn(x)
        y += self.shortcut(x)  #: [B, planes, D, H, W]
        return y.relu()  #: [B, planes, D, H, W]


class Stage(nn.Module):
    def __init__(self, inp, oup, stride):
        super().__init__()
        self.conv = nn.Conv2d(inp, oup, 3, stride, 1)

    def forward(self, x):
        return self.conv(x)  #: [B, oup, ⌈H/stride⌉, ⌈W/stride⌉]


class Stages(nn.Module):
    """Once the code has asked how long a parameter is, its elements have their places."""

    def __init__(self, repeats, channels, block=Stage):
        super().__init__()
        if len(repeats) != 2:
            raise ValueError("two stages")
        assert len(channels) == 4
        self.channels = channels
        inp = channels[0]
        self.stem = nn.Conv2d(3, inp, 3, 2, 1)
        for name, count, oup in zip(["first", "second"], repeats, self.channels[1:]):
            layers = [block(inp, oup, 2)]
            for _ in range(count - 1):
                layers.append(block(oup, oup, 1))
            setattr(self, name, nn.Sequential(*layers))
            inp = oup
        self.last = nn.Conv2d(inp, self.channels[-1], 1)

    def forward(self, x):
        x = self.stem(x)  #: [B, channels[0], ⌈H/2⌉, ⌈W/2⌉]
        x = self.first(x)  #: [B, channels[1], ⌈H/4⌉, ⌈W/4⌉]
        x = self.second(x)  #: [B, channels[2], ⌈H/8⌉, ⌈W/8⌉]
        return self.last(x)  #: [B, channels[3], ⌈H/8⌉, ⌈W/8⌉]


class Attended(nn.Module):
    """What is so only where an input is left out has its condition."""

    def __init__(self, dim):
        super().__init__()
        self.q = nn.Linear(dim, 64)
        self.kv = nn.Linear(dim, 128)

    def forward(self, x, context=None):
        B, N, C = x.shape
        if context is None:
            context = x
        else:
            context = torch.cat((x, context), dim=1)  #: [B, N2 + N, dim] when context is not None
        q = self.q(x)  #: [B, N, 64]
        kv = self.kv(context)  #: [B, N, 128] when context is None
        k, v = kv.chunk(2, dim=-1)  #: [B, N, 64] × 2 when context is None
        return q @ k.transpose(1, 2) @ v  #: [B, N, 64]


class Fraction(nn.Module):
    """What code rounds may be a fraction, unless it is the size of an axis too."""

    def __init__(self, dim, ratio, width):
        super().__init__()
        hidden = int(dim * ratio)
        self.widen = nn.Linear(dim, hidden)
        self.narrow = nn.Linear(hidden, int(dim * 4))
        self.out = nn.Linear(int(dim * 4), int(16 * width))
        self.sized = nn.Linear(math.ceil(dim * ratio), dim)

    def forward(self, x):
        x = self.widen(x)  #: [*, ⌊dim·ratio⌋]
        a, b = x.chunk(2, -1)  #: [*, ⌊dim·ratio⌋/2] × 2
        y = self.narrow(x)  #: [*, 4·dim]
        return self.out(y)  #: [*, ⌊16·width⌋]


class Below(nn.Module):
    """Between 0 and 1 lie fractions: the condition is neither always nor never true."""

    def __init__(self, dim, keep):
        super().__init__()
        if keep <= 0 or keep >= 1:
            raise ValueError("a part of it")
        assert 0 < keep < 1
        self.fc = nn.Linear(dim, round(dim * keep))

    def forward(self, x):
        return self.fc(x)  #: [*, round(dim·keep)]
