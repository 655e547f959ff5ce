"""Two models that fail when they are called. The problems say where and why, before anything is run."""

import torch
from torch import nn


# ※ DigitClassifier：（3×3 卷积 → ReLU → 2×2 最大池化）× 2 → 除批次外全部展平 → 全连接
# ※ 输入 [B, 1, H, W] → 输出 [B, 10]；参数量 67,530（按默认参数）
class DigitClassifier(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 16, 3, padding=1)  # ※ 3×3 卷积，通道 1→16，高宽不变
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)  # ※ 3×3 卷积，通道 16→32，高宽不变
        self.pool = nn.MaxPool2d(2)  # ※ 2×2 最大池化，高宽减半
        self.fc = nn.Linear(32 * 14 * 14, num_classes)  # ※ 全连接，最后一维 6272→10

    # ※ images: [B, 1, H, W]，H、W 至少为 4，⌊H/4⌋·⌊W/4⌋ 须等于 196
    def forward(self, images):
        # ※ 3×3 卷积 → ReLU → 2×2 最大池化，高宽减半 → [B, 16, ⌊H/2⌋, ⌊W/2⌋]
        x = self.pool(torch.relu(self.conv1(images)))
        # ※ 3×3 卷积 → ReLU → 2×2 最大池化，高宽减半 → [B, 32, ⌊H/4⌋, ⌊W/4⌋]
        x = self.pool(torch.relu(self.conv2(x)))
        x = torch.flatten(x, 1)  # ※ 除批次外全部展平：[B, 32, ⌊H/4⌋, ⌊W/4⌋] → [B, 6272]
        return self.fc(x)  # ※ 分类头：10 类的未归一化得分（logits）→ [B, 10]


# ※ 输入 [B, channels, height, width] → 输出 [B, channels, height, width]（按默认参数）
class CoordinateAttention(nn.Module):
    def __init__(self, channels, reduction=32):
        super().__init__()
        hidden = max(8, channels // reduction)  # ※ hidden = max(8, ⌊channels/32⌋)
        # ※ 沿宽方向平均池化，高不变，宽变为 1
        self.pool_rows = nn.AdaptiveAvgPool2d((None, 1))
        # ※ 沿高方向平均池化，宽不变，高变为 1
        self.pool_columns = nn.AdaptiveAvgPool2d((1, None))
        # ※ 最大池化：窗口大小不能为 None，调用时会报错
        self.max_columns = nn.MaxPool2d((1, None))
        # ※ 1×1 卷积，逐像素混合通道 channels→hidden
        self.squeeze = nn.Conv2d(channels, hidden, 1)
        self.bn = nn.BatchNorm2d(hidden)  # ※ 批归一化，逐通道（hidden 个）
        self.act = nn.Hardswish()  # ※ Hardswish：用折线近似的 Swish
        # ※ 1×1 卷积，逐像素混合通道 hidden→channels
        self.expand_rows = nn.Conv2d(hidden, channels, 1)
        self.expand_columns = nn.Conv2d(hidden, channels, 1)  # ※ 与 expand_rows 同理

    def forward(self, x):  # ※ x: [B, channels, height, width]
        _, _, height, width = x.shape
        # ※ 沿宽方向平均池化，高不变，宽变为 1 → [B, channels, height, 1]
        rows = self.pool_rows(x)
        # ※ （沿高方向平均池化，宽不变，高变为 1）+ 最大池化 → 换轴
        columns = (self.pool_columns(x) + self.max_columns(x)).transpose(2, 3)
        # ※ 沿第 2 维拼接 → [B, channels, height + width, 1]
        y = torch.cat([rows, columns], dim=2)
        # ※ 1×1 卷积 → 批归一化 → Hardswish → [B, hidden, height + width, 1]
        y = self.act(self.bn(self.squeeze(y)))
        # ※ 沿第 2 维切成 2 份 → [B, hidden, height, 1], [B, hidden, width, 1]
        rows, columns = torch.split(y, [height, width], dim=2)
        # ※ 1×1 卷积 → sigmoid → [B, channels, height, 1]
        rows = torch.sigmoid(self.expand_rows(rows))
        # ※ 换轴 → 1×1 卷积 → sigmoid → [B, channels, 1, width]
        columns = torch.sigmoid(self.expand_columns(columns.transpose(2, 3)))
        return x * rows * columns  # ※ 广播相乘 → [B, channels, height, width]


if __name__ == "__main__":
    digits = torch.randn(64, 1, 28, 28)
    print(DigitClassifier()(digits).shape)
