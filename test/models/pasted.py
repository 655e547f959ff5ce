# Pasted from a web page that has eaten the underscores: the shapes are those of what was meant.
import torch.nn as nn


class Stem(nn.Module):
    def init(self, channels):  #! lost-underscores
        super().init()
        self.conv = nn.Conv2d(3, channels, 3, stride=2, padding=1)

    def forward(self, x):
        return self.conv(x)  #: [B, channels, ⌈H/2⌉, ⌈W/2⌉]


class Older(nn.Module):
    def init(self, channels):  #! lost-underscores
        super(Older, self).init()
        self.stem = Stem(channels)

    def forward(self, x):
        return self.stem(x)  #: [B, channels, ⌈H/2⌉, ⌈W/2⌉]


class Named(nn.Module):
    """A method of that name beside the constructor is a method."""

    def __init__(self, width):
        super().__init__()
        self.init(width)

    def init(self, width):
        self.fc = nn.Linear(width, width)

    def forward(self, x):
        return self.fc(x)  #: [*, width]


class Rearranged(nn.Module):
    """`rearrange` came without its import: it is taken for that of einops."""

    def forward(self, x):
        x = rearrange(x, "b (h d) l -> b h l d", h=4)  #: [B, 4, L, hd/4]
        return repeat(x, "b h l d -> b h l (d r)", r=2)  #: [B, 4, L, hd/2]
