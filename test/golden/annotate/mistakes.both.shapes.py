"""Two models that fail when they are called. The problems say where and why, before anything is run."""

import torch
from torch import nn


class DigitClassifier(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 16, 3, padding=1)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.pool = nn.MaxPool2d(2)
        self.fc = nn.Linear(32 * 14 * 14, num_classes)

    def forward(self, images):  # ※ images: [B, 1, H, W]
        x = self.pool(torch.relu(self.conv1(images)))  # ※ [B, 16, ⌊H/2⌋, ⌊W/2⌋]
        x = self.pool(torch.relu(self.conv2(x)))  # ※ [B, 32, ⌊H/4⌋, ⌊W/4⌋]
        x = torch.flatten(x, 1)  # ※ [B, 6272]
        return self.fc(x)  # ※ [B, 10]


class CoordinateAttention(nn.Module):
    def __init__(self, channels, reduction=32):
        super().__init__()
        hidden = max(8, channels // reduction)
        self.pool_rows = nn.AdaptiveAvgPool2d((None, 1))
        self.pool_columns = nn.AdaptiveAvgPool2d((1, None))
        self.max_columns = nn.MaxPool2d((1, None))
        self.squeeze = nn.Conv2d(channels, hidden, 1)
        self.bn = nn.BatchNorm2d(hidden)
        self.act = nn.Hardswish()
        self.expand_rows = nn.Conv2d(hidden, channels, 1)
        self.expand_columns = nn.Conv2d(hidden, channels, 1)

    def forward(self, x):  # ※ x: [B, channels, height, width]
        _, _, height, width = x.shape
        rows = self.pool_rows(x)  # ※ [B, channels, height, 1]
        columns = (self.pool_columns(x) + self.max_columns(x)).transpose(2, 3)
        y = torch.cat([rows, columns], dim=2)  # ※ [B, channels, height + width, 1]
        y = self.act(self.bn(self.squeeze(y)))  # ※ [B, hidden, height + width, 1]
        # ※ [B, hidden, height, 1], [B, hidden, width, 1]
        rows, columns = torch.split(y, [height, width], dim=2)
        rows = torch.sigmoid(self.expand_rows(rows))  # ※ [B, channels, height, 1]
        # ※ [B, channels, 1, width]
        columns = torch.sigmoid(self.expand_columns(columns.transpose(2, 3)))
        return x * rows * columns  # ※ [B, channels, height, width]


if __name__ == "__main__":
    digits = torch.randn(64, 1, 28, 28)
    print(DigitClassifier()(digits).shape)
