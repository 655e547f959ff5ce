# Ways that nobody goes: a size that is worked out is 0, or a table is made of a default that only stands for nothing.
import torch
import torch.nn.functional as F
from torch import nn


class Pair(nn.Module):
    def __init__(self, channels, out, middle=None):
        super().__init__()
        if not middle:
            middle = out
        self.convs = nn.Sequential(nn.Conv2d(channels, middle, 3, padding=1), nn.ReLU(), nn.Conv2d(middle, out, 3, padding=1))

    def forward(self, x):
        return self.convs(x)


class Up(nn.Module):
    def __init__(self, channels, out):
        super().__init__()
        self.up = nn.Upsample(scale_factor=2, mode='bilinear', align_corners=True)
        self.convs = Pair(channels, out, channels // 2)

    def forward(self, small, large):
        small = self.up(small)
        rows, columns = large.size()[2] - small.size()[2], large.size()[3] - small.size()[3]
        small = F.pad(small, [columns // 2, columns - columns // 2, rows // 2, rows - rows // 2])
        return self.convs(torch.cat([large, small], dim=1))


class Detect(nn.Module):
    def __init__(self, classes=80, anchors=()):
        super().__init__()
        self.layers = len(anchors)
        self.register_buffer('anchors', torch.tensor(anchors).float().view(self.layers, -1, 2))

    def forward(self, x):
        return x * self.anchors.mean()
