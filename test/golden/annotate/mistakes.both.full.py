"""Two models that fail when they are called. The problems say where and why, before anything is run."""

import torch
from torch import nn


# ※ DigitClassifier：（3×3 卷积 → ReLU → 2×2 最大池化）× 2 → 除批次外全部展平 → 全连接
# ※ DigitClassifier: (3×3 convolution → ReLU → 2×2 max pooling) × 2
# ※   → flattens all but the batch → linear layer
# ※ 输入 [B, 1, H, W] → 输出 [B, 10]；参数量 67,530（按默认参数）
# ※ input [B, 1, H, W] → output [B, 10]; 67,530 parameters (with the defaults)
class DigitClassifier(nn.Module):
    # ※ 构造函数：建立 conv1、conv2、pool、fc / builds conv1, conv2, pool, fc
    def __init__(self, num_classes=10):
        # ※ 先初始化 nn.Module，之后赋给 self 的层与参数才会被登记
        # ※ sets up nn.Module: only then are layers that are put on self registered
        super().__init__()
        # ※ 3×3 卷积，通道 1→16，高宽不变
        # ※ 3×3 convolution, 1→16 channels, keeps H and W
        self.conv1 = nn.Conv2d(1, 16, 3, padding=1)
        # ※ 3×3 卷积，通道 16→32，高宽不变
        # ※ 3×3 convolution, 16→32 channels, keeps H and W
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        # ※ 2×2 最大池化，高宽减半 / 2×2 max pooling, halves H and W
        self.pool = nn.MaxPool2d(2)
        # ※ 全连接，最后一维 6272→10 / linear layer, maps the last axis 6272→10
        self.fc = nn.Linear(32 * 14 * 14, num_classes)

    # ※ images: [B, 1, H, W]，H、W 至少为 4，⌊H/4⌋·⌊W/4⌋ 须等于 196
    # ※ images: [B, 1, H, W]; H and W must be at least 4; ⌊H/4⌋·⌊W/4⌋ must equal 196
    def forward(self, images):
        # ※ 3×3 卷积 → ReLU → 2×2 最大池化，高宽减半 → [B, 16, ⌊H/2⌋, ⌊W/2⌋]
        # ※ 3×3 convolution → ReLU → 2×2 max pooling, halves H and W
        # ※   → [B, 16, ⌊H/2⌋, ⌊W/2⌋]
        x = self.pool(torch.relu(self.conv1(images)))
        # ※ 3×3 卷积 → ReLU → 2×2 最大池化，高宽减半 → [B, 32, ⌊H/4⌋, ⌊W/4⌋]
        # ※ 3×3 convolution → ReLU → 2×2 max pooling, halves H and W
        # ※   → [B, 32, ⌊H/4⌋, ⌊W/4⌋]
        x = self.pool(torch.relu(self.conv2(x)))
        # ※ 除批次外全部展平：[B, 32, ⌊H/4⌋, ⌊W/4⌋] → [B, 6272]
        # ※ flattens all but the batch: [B, 32, ⌊H/4⌋, ⌊W/4⌋] → [B, 6272]
        x = torch.flatten(x, 1)
        # ※ 返回：分类头：10 类的未归一化得分（logits）→ [B, 10]
        # ※ returns: classifier head: logits of 10 classes → [B, 10]
        return self.fc(x)


# ※ 输入 [B, channels, height, width] → 输出 [B, channels, height, width]（按默认参数）
# ※ input [B, channels, height, width]
# ※   → output [B, channels, height, width] (with the defaults)
class CoordinateAttention(nn.Module):
    # ※ 构造函数：建立 8 个子层；须给出 channels，其余有默认值
    # ※ builds 8 layers; needs channels (the rest have defaults)
    def __init__(self, channels, reduction=32):
        # ※ 先初始化 nn.Module，之后赋给 self 的层与参数才会被登记
        # ※ sets up nn.Module: only then are layers that are put on self registered
        super().__init__()
        hidden = max(8, channels // reduction)  # ※ hidden = max(8, ⌊channels/32⌋)
        # ※ 沿宽方向平均池化，高不变，宽变为 1 / average pooling over the width, keeps H
        self.pool_rows = nn.AdaptiveAvgPool2d((None, 1))
        # ※ 沿高方向平均池化，宽不变，高变为 1
        # ※ average pooling over the height, keeps W
        self.pool_columns = nn.AdaptiveAvgPool2d((1, None))
        # ※ 最大池化：窗口大小不能为 None，调用时会报错
        # ※ max pooling, None is no kernel size: the call fails
        self.max_columns = nn.MaxPool2d((1, None))
        # ※ 1×1 卷积，逐像素混合通道 channels→hidden
        # ※ 1×1 convolution, mixes channels→hidden channels at every place
        self.squeeze = nn.Conv2d(channels, hidden, 1)
        # ※ 批归一化，逐通道（hidden 个） / batch norm, per channel (hidden)
        self.bn = nn.BatchNorm2d(hidden)
        # ※ Hardswish：用折线近似的 Swish / Hardswish, piecewise linear Swish
        self.act = nn.Hardswish()
        # ※ 1×1 卷积，逐像素混合通道 hidden→channels
        # ※ 1×1 convolution, mixes hidden→channels channels at every place
        self.expand_rows = nn.Conv2d(hidden, channels, 1)
        # ※ 与 expand_rows 同理 / as for expand_rows
        self.expand_columns = nn.Conv2d(hidden, channels, 1)

    def forward(self, x):  # ※ x: [B, channels, height, width]
        _, _, height, width = x.shape  # ※ 取出 x 各维的大小 / reads the sizes of x
        # ※ 沿宽方向平均池化，高不变，宽变为 1 → [B, channels, height, 1]
        # ※ average pooling over the width, keeps H → [B, channels, height, 1]
        rows = self.pool_rows(x)
        # ※ （沿高方向平均池化，宽不变，高变为 1）+ 最大池化 → 换轴
        # ※ (average pooling over the height, keeps W) + max pooling → swaps axes
        columns = (self.pool_columns(x) + self.max_columns(x)).transpose(2, 3)
        # ※ 沿第 2 维拼接 → [B, channels, height + width, 1]
        # ※ concatenates along axis 2 → [B, channels, height + width, 1]
        y = torch.cat([rows, columns], dim=2)
        # ※ 1×1 卷积 → 批归一化 → Hardswish → [B, hidden, height + width, 1]
        # ※ 1×1 convolution → batch norm → Hardswish → [B, hidden, height + width, 1]
        y = self.act(self.bn(self.squeeze(y)))
        # ※ 沿第 2 维切成 2 份 → [B, hidden, height, 1], [B, hidden, width, 1]
        # ※ splits into 2 along axis 2 → [B, hidden, height, 1], [B, hidden, width, 1]
        rows, columns = torch.split(y, [height, width], dim=2)
        # ※ 1×1 卷积 → sigmoid → [B, channels, height, 1]
        # ※ 1×1 convolution → sigmoid → [B, channels, height, 1]
        rows = torch.sigmoid(self.expand_rows(rows))
        # ※ 换轴 → 1×1 卷积 → sigmoid → [B, channels, 1, width]
        # ※ swaps axes → 1×1 convolution → sigmoid → [B, channels, 1, width]
        columns = torch.sigmoid(self.expand_columns(columns.transpose(2, 3)))
        # ※ 返回：广播相乘 → [B, channels, height, width]
        # ※ returns: multiplies with broadcasting → [B, channels, height, width]
        return x * rows * columns


if __name__ == "__main__":  # ※ 若直接运行本文件 / if this file is run directly
    # ※ 标准正态分布的随机数 → [64, 1, 28, 28]
    # ※ standard normal random numbers → [64, 1, 28, 28]
    digits = torch.randn(64, 1, 28, 28)
    # ※ 仅打印查看，不影响计算 / only prints: nothing depends on it
    print(DigitClassifier()(digits).shape)
