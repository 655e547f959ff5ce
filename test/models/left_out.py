import torch
import torch.nn as nn


class Residual(nn.Module):
    """The shortcut may be given, and then has the channels of the result."""

    def __init__(self, in_planes, planes):
        super().__init__()
        self.conv = nn.Conv2d(in_planes, planes, 3, padding=1)

    def forward(self, x, shortcut=None):
        if shortcut is None:
            shortcut = x
        out = self.conv(x)  #: [B, planes, H, W]
        out += shortcut  #: [B, planes, H, W]
        return out


class Stem(nn.Module):
    """Each turn has channels of its own: nothing says that the last are those of the second."""

    def __init__(self, channels):
        super().__init__()
        self.stem = nn.Sequential(
            *[nn.Conv2d(channels[i], channels[i + 1], 3, padding=1) for i in range(len(channels) - 1)]
        )

    def forward(self, x):
        return self.stem(x)  #: [B, ?, H, W]


class Gated(nn.Module):
    def __init__(self, dim, levels):
        super().__init__()
        self.levels = levels
        self.context = nn.Conv2d(dim, dim, 1)
        self.gates = nn.Conv2d(dim, levels, 1)

    def forward(self, x):
        gates = self.gates(x)
        context = self.context(x)
        for level in range(self.levels):
            context = context * gates[:, level : level + 1]  #: [B, dim, H, W]
        return context
