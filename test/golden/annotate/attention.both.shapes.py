import torch
from torch import nn


class SqueezeExcitation(nn.Module):
    def __init__(self, channels, reduction=16):
        super().__init__()
        hidden = channels // reduction
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Sequential(
            nn.Linear(channels, hidden),
            nn.ReLU(inplace=True),
            nn.Linear(hidden, channels),
            nn.Sigmoid(),
        )

    def forward(self, x):  # ※ x: [b, channels, H, W]
        b, c, _, _ = x.shape
        weights = self.pool(x).view(b, c)  # ※ [b, channels]
        weights = self.fc(weights).view(b, c, 1, 1)  # ※ [b, channels, 1, 1]
        return x * weights  # ※ [b, channels, H, W]


class ChannelAttention(nn.Module):
    def __init__(self, channels, reduction=16):
        super().__init__()
        self.mlp = nn.Sequential(
            nn.Conv2d(channels, channels // reduction, 1, bias=False),
            nn.ReLU(inplace=True),
            nn.Conv2d(channels // reduction, channels, 1, bias=False),
        )

    def forward(self, x):  # ※ x: [B, channels, H, W]
        average = self.mlp(x.mean(dim=(2, 3), keepdim=True))  # ※ [B, channels, 1, 1]
        largest = self.mlp(x.amax(dim=(2, 3), keepdim=True))  # ※ [B, channels, 1, 1]
        return torch.sigmoid(average + largest)  # ※ [B, channels, 1, 1]


class SpatialAttention(nn.Module):
    def __init__(self, kernel_size=7):
        super().__init__()
        self.conv = nn.Conv2d(2, 1, kernel_size, padding=kernel_size // 2, bias=False)

    def forward(self, x):  # ※ x: [B, C, H, W]
        average = x.mean(dim=1, keepdim=True)  # ※ [B, 1, H, W]
        largest = x.amax(dim=1, keepdim=True)  # ※ [B, 1, H, W]
        maps = torch.cat([average, largest], dim=1)  # ※ [B, 2, H, W]
        return torch.sigmoid(self.conv(maps))  # ※ [B, 1, H, W]


class CBAM(nn.Module):
    def __init__(self, channels, reduction=16, kernel_size=7):
        super().__init__()
        self.channel = ChannelAttention(channels, reduction)
        self.spatial = SpatialAttention(kernel_size)

    def forward(self, x):  # ※ x: [B, channels, H, W]
        x = x * self.channel(x)  # ※ [B, channels, H, W]
        return x * self.spatial(x)  # ※ [B, channels, H, W]
