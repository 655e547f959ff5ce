import torch
import torch.nn as nn


class Squeeze(nn.Module):  #~ channel-attention
    def __init__(self, c):
        super().__init__()
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.down = nn.Conv2d(c, c // 16, 1)
        self.up = nn.Conv2d(c // 16, c, 1)

    def forward(self, x):
        w = torch.relu(self.down(self.pool(x)))
        w = torch.sigmoid(self.up(w))
        return x * w  #~ channel-attention


class Head(nn.Module):
    """A pooled map that is classified weights nothing."""

    def __init__(self, c, n):
        super().__init__()
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.fc1 = nn.Linear(c, 128)
        self.fc2 = nn.Linear(128, n)

    def forward(self, x):
        x = torch.relu(self.fc1(self.pool(x).flatten(1)))
        return self.fc2(x)


class Other(nn.Module):
    """The weights of one map on another one are not the map's own attention."""

    def __init__(self, c):
        super().__init__()
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.down = nn.Conv2d(c, c // 16, 1)
        self.up = nn.Conv2d(c // 16, c, 1)

    def forward(self, x, y):
        w = torch.sigmoid(self.up(torch.relu(self.down(self.pool(x)))))
        return y * w


class Places(nn.Module):  #~ spatial-attention
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(2, 1, 7, padding=3)

    def forward(self, x):
        mean = x.mean(1, keepdim=True)
        top, _ = x.max(1, keepdim=True)
        w = torch.sigmoid(self.conv(torch.cat([mean, top], 1)))
        return x * w  #~ spatial-attention


class Coordinates(nn.Module):  #~ coordinate-attention
    def __init__(self, c):
        super().__init__()
        self.rows = nn.AdaptiveAvgPool2d((None, 1))
        self.columns = nn.AdaptiveAvgPool2d((1, None))
        self.squeeze = nn.Conv2d(c, 8, 1)
        self.to_rows = nn.Conv2d(8, c, 1)
        self.to_columns = nn.Conv2d(8, c, 1)

    def forward(self, x):
        b, c, h, w = x.size()
        rows = self.rows(x)
        columns = self.columns(x).permute(0, 1, 3, 2)
        y = self.squeeze(torch.cat([rows, columns], dim=2))
        rows, columns = torch.split(y, [h, w], dim=2)
        a = self.to_rows(rows).sigmoid()
        e = self.to_columns(columns.permute(0, 1, 3, 2)).sigmoid()
        return x * a * e  #~ coordinate-attention


class Strips(nn.Module):
    """Pooled strips that are only added are no attention."""

    def __init__(self):
        super().__init__()
        self.rows = nn.AdaptiveAvgPool2d((None, 1))
        self.columns = nn.AdaptiveAvgPool2d((1, None))

    def forward(self, x):
        return self.rows(x) + self.columns(x)


class Block(nn.Module):  #~ cbam
    def __init__(self, c):
        super().__init__()
        self.mlp = nn.Sequential(nn.Conv2d(c, c // 16, 1), nn.ReLU(), nn.Conv2d(c // 16, c, 1))
        self.conv = nn.Conv2d(2, 1, 7, padding=3)

    def forward(self, x):
        w = self.mlp(x.mean((2, 3), keepdim=True)) + self.mlp(x.amax((2, 3), keepdim=True))
        x = x * torch.sigmoid(w)  #~ cbam-channel
        maps = torch.cat([x.mean(1, keepdim=True), x.amax(1, keepdim=True)], dim=1)
        return x * torch.sigmoid(self.conv(maps))  #~ spatial-attention
