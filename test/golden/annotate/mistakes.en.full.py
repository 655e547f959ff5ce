"""Two models that fail when they are called. The problems say where and why, before anything is run."""

import torch
from torch import nn


# ※ DigitClassifier: (3×3 convolution → ReLU → 2×2 max pooling) × 2
# ※   → flattens all but the batch → linear layer
# ※ input [B, 1, H, W] → output [B, 10]; 67,530 parameters (with the defaults)
class DigitClassifier(nn.Module):
    def __init__(self, num_classes=10):  # ※ builds conv1, conv2, pool, fc
        # ※ sets up nn.Module: only then are layers that are put on self registered
        super().__init__()
        # ※ 3×3 convolution, 1→16 channels, keeps H and W
        self.conv1 = nn.Conv2d(1, 16, 3, padding=1)
        # ※ 3×3 convolution, 16→32 channels, keeps H and W
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.pool = nn.MaxPool2d(2)  # ※ 2×2 max pooling, halves H and W
        # ※ linear layer, maps the last axis 6272→10
        self.fc = nn.Linear(32 * 14 * 14, num_classes)

    # ※ images: [B, 1, H, W]; H and W must be at least 4; ⌊H/4⌋·⌊W/4⌋ must equal 196
    def forward(self, images):
        # ※ 3×3 convolution → ReLU → 2×2 max pooling, halves H and W
        # ※   → [B, 16, ⌊H/2⌋, ⌊W/2⌋]
        x = self.pool(torch.relu(self.conv1(images)))
        # ※ 3×3 convolution → ReLU → 2×2 max pooling, halves H and W
        # ※   → [B, 32, ⌊H/4⌋, ⌊W/4⌋]
        x = self.pool(torch.relu(self.conv2(x)))
        # ※ flattens all but the batch: [B, 32, ⌊H/4⌋, ⌊W/4⌋] → [B, 6272]
        x = torch.flatten(x, 1)
        return self.fc(x)  # ※ returns: classifier head: logits of 10 classes → [B, 10]


# ※ input [B, channels, height, width]
# ※   → output [B, channels, height, width] (with the defaults)
class CoordinateAttention(nn.Module):
    # ※ builds 8 layers; needs channels (the rest have defaults)
    def __init__(self, channels, reduction=32):
        # ※ sets up nn.Module: only then are layers that are put on self registered
        super().__init__()
        hidden = max(8, channels // reduction)  # ※ hidden = max(8, ⌊channels/32⌋)
        # ※ average pooling over the width, keeps H
        self.pool_rows = nn.AdaptiveAvgPool2d((None, 1))
        # ※ average pooling over the height, keeps W
        self.pool_columns = nn.AdaptiveAvgPool2d((1, None))
        # ※ max pooling, None is no kernel size: the call fails
        self.max_columns = nn.MaxPool2d((1, None))
        # ※ 1×1 convolution, mixes channels→hidden channels at every place
        self.squeeze = nn.Conv2d(channels, hidden, 1)
        self.bn = nn.BatchNorm2d(hidden)  # ※ batch norm, per channel (hidden)
        self.act = nn.Hardswish()  # ※ Hardswish, piecewise linear Swish
        # ※ 1×1 convolution, mixes hidden→channels channels at every place
        self.expand_rows = nn.Conv2d(hidden, channels, 1)
        self.expand_columns = nn.Conv2d(hidden, channels, 1)  # ※ as for expand_rows

    def forward(self, x):  # ※ x: [B, channels, height, width]
        _, _, height, width = x.shape  # ※ reads the sizes of x
        # ※ average pooling over the width, keeps H → [B, channels, height, 1]
        rows = self.pool_rows(x)
        # ※ (average pooling over the height, keeps W) + max pooling → swaps axes
        columns = (self.pool_columns(x) + self.max_columns(x)).transpose(2, 3)
        # ※ concatenates along axis 2 → [B, channels, height + width, 1]
        y = torch.cat([rows, columns], dim=2)
        # ※ 1×1 convolution → batch norm → Hardswish → [B, hidden, height + width, 1]
        y = self.act(self.bn(self.squeeze(y)))
        # ※ splits into 2 along axis 2 → [B, hidden, height, 1], [B, hidden, width, 1]
        rows, columns = torch.split(y, [height, width], dim=2)
        # ※ 1×1 convolution → sigmoid → [B, channels, height, 1]
        rows = torch.sigmoid(self.expand_rows(rows))
        # ※ swaps axes → 1×1 convolution → sigmoid → [B, channels, 1, width]
        columns = torch.sigmoid(self.expand_columns(columns.transpose(2, 3)))
        # ※ returns: multiplies with broadcasting → [B, channels, height, width]
        return x * rows * columns


if __name__ == "__main__":  # ※ if this file is run directly
    # ※ standard normal random numbers → [64, 1, 28, 28]
    digits = torch.randn(64, 1, 28, 28)
    print(DigitClassifier()(digits).shape)  # ※ only prints: nothing depends on it
