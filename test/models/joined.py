import torch
import torch.nn as nn
import torch.nn.functional as F


class Up(nn.Module):
    """What is joined with a map is a map; its channels are those that the next layer leaves over."""

    def __init__(self, channels, out):
        super().__init__()
        self.up = nn.Upsample(scale_factor=2, mode="bilinear", align_corners=True)
        self.conv = nn.Conv2d(channels, out, 3, padding=1)

    def forward(self, low, high):
        low = self.up(low)  #: [B, channels - C, 2·H, 2·W]
        rows = high.size(2) - low.size(2)
        columns = high.size(3) - low.size(3)
        left, top = columns // 2, rows // 2
        low = F.pad(low, [left, columns - left, top, rows - top])  #: [B, channels - C, H2, W2]
        both = torch.cat([high, low], dim=1)  #: [B, channels, H2, W2]
        same = high * 1  #: [B, C, H2, W2]
        return self.conv(both), same


class Stacked(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.first = nn.Conv1d(size, size, 1)

    def forward(self, x, y):
        x = self.first(x)  #: [B, size, L]
        both = torch.stack([x, y])  #: [2, B, size, L]
        return both, y + 1  #: [2, B, size, L], [B, size, L]
