"""What an op makes of the rank of its tensor, known before anybody knows the rank: an axis less, an axis more, pieces."""

import torch
from torch import nn


class SpatialGate(nn.Module):
    """Reductions take an axis away and `unsqueeze` brings one: the convolution tells the rank of the input."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(2, 1, 7, padding=3)

    def forward(self, x):
        most = x.max(dim=1)[0].unsqueeze(1)  #: [B, 1, H, W]
        usual = x.mean(dim=1)[:, None]  #: [B, 1, H, W]
        gate = self.conv(torch.cat((most, usual), dim=1))  #: [B, 1, H, W]
        return x * gate.sigmoid()  #: [B, C, H, W]


class Halves(nn.Module):
    """Pieces of a tensor have as many axes as it has."""

    def __init__(self, channels):
        super().__init__()
        half = channels // 2
        self.left = nn.Conv2d(half, half, (3, 1), padding=(1, 0))
        self.right = nn.Conv2d(half, half, 3, padding=1)

    def forward(self, x):
        left, right = torch.chunk(x, chunks=2, dim=1)  #: [B, ⌊channels/2⌋, H, W] × 2
        return torch.cat((self.left(left), self.right(right)), dim=1) + x  #: [B, 2·⌊channels/2⌋, H, W]


class ChannelNorm(nn.Module):
    """A parameter `[C, 1, 1]` has a size for each channel of an image, and none for the batch."""

    def __init__(self, channels):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(channels))

    def forward(self, x):
        spread = (x - x.mean(1, keepdim=True)).pow(2).mean(1, keepdim=True)  #: [B, 1, H, W]
        return self.weight[:, None, None] * (x / torch.sqrt(spread + 1e-6))  #: [B, channels, H, W]


class Levels(nn.Module):
    """An input of which nothing but single elements are taken is a list of tensors."""

    def __init__(self, c):
        super().__init__()
        self.fine = nn.Conv2d(c, c, 1)
        self.coarse = nn.Conv2d(2 * c, c, 1)

    def forward(self, levels):
        return self.fine(levels[0]) + self.coarse(levels[1])  #: [B, c, H, W]


class Each(nn.Module):
    """One element that is taken may be that of a list: it says nothing of the rank of an input."""

    def __init__(self, c):
        super().__init__()
        self.conv = nn.Conv2d(c, c, 1)
        self.norm = nn.LayerNorm(c)

    def forward(self, features):
        finest = self.conv(features[0])
        features = self.norm(features)  #: [*, c]
        return finest, features
