import torch
import torch.nn as nn
import torch.nn.functional as F


# ※ LeNet：（5×5 卷积 → ReLU → 2×2 最大池化）× 2 → 除批次外全部展平 →（全连接
# ※   → ReLU）× 2 → 全连接
# ※ LeNet: (5×5 convolution → ReLU → 2×2 max pooling) × 2 → flattens all but the batch
# ※   → (linear layer → ReLU) × 2 → linear layer
# ※ 输入 [B, 1, H, W] → 输出 [B, 10]；参数量 61,706（按默认参数）
# ※ input [B, 1, H, W] → output [B, 10]; 61,706 parameters (with the defaults)
class LeNet(nn.Module):
    # ※ 构造函数：建立 conv1、conv2、pool、fc1、fc2、fc3
    # ※ builds conv1, conv2, pool, fc1, fc2, fc3
    def __init__(self, num_classes=10):
        # ※ 先初始化 nn.Module，之后赋给 self 的层与参数才会被登记
        # ※ sets up nn.Module: only then are layers that are put on self registered
        super().__init__()
        # ※ 5×5 卷积，通道 1→6，高宽不变 / 5×5 convolution, 1→6 channels, keeps H and W
        self.conv1 = nn.Conv2d(1, 6, kernel_size=5, padding=2)
        # ※ 5×5 卷积，通道 6→16，高宽各减 4
        # ※ 5×5 convolution, 6→16 channels, takes 4 off H and W
        self.conv2 = nn.Conv2d(6, 16, kernel_size=5)
        # ※ 2×2 最大池化，高宽减半 / 2×2 max pooling, halves H and W
        self.pool = nn.MaxPool2d(2)
        # ※ 全连接，最后一维 400→120 / linear layer, maps the last axis 400→120
        self.fc1 = nn.Linear(16 * 5 * 5, 120)
        # ※ 全连接，最后一维 120→84 / linear layer, maps the last axis 120→84
        self.fc2 = nn.Linear(120, 84)
        # ※ 全连接，最后一维 84→10 / linear layer, maps the last axis 84→10
        self.fc3 = nn.Linear(84, num_classes)

    # ※ images: [B, 1, H, W]，H、W 至少为 12，(⌊H/4⌋ - 2)·(⌊W/4⌋ - 2) 须等于 25
    # ※ images: [B, 1, H, W]
    # ※ H and W must be at least 12
    # ※ (⌊H/4⌋ - 2)·(⌊W/4⌋ - 2) must equal 25
    def forward(self, images):
        # ※ 5×5 卷积 → ReLU → 2×2 最大池化，高宽减半 → [B, 6, ⌊H/2⌋, ⌊W/2⌋]
        # ※ 5×5 convolution → ReLU → 2×2 max pooling, halves H and W
        # ※   → [B, 6, ⌊H/2⌋, ⌊W/2⌋]
        x = self.pool(F.relu(self.conv1(images)))
        # ※ 5×5 卷积，高宽各减 4 → ReLU → 2×2 最大池化，高宽减半
        # ※   → [B, 16, ⌊H/4⌋ - 2, ⌊W/4⌋ - 2]
        # ※ 5×5 convolution, takes 4 off H and W → ReLU
        # ※   → 2×2 max pooling, halves H and W → [B, 16, ⌊H/4⌋ - 2, ⌊W/4⌋ - 2]
        x = self.pool(F.relu(self.conv2(x)))
        # ※ 除批次外全部展平：[B, 16, ⌊H/4⌋ - 2, ⌊W/4⌋ - 2] → [B, 400]
        # ※ flattens all but the batch: [B, 16, ⌊H/4⌋ - 2, ⌊W/4⌋ - 2] → [B, 400]
        x = torch.flatten(x, 1)
        # ※ 全连接 → ReLU → [B, 120] / linear layer → ReLU → [B, 120]
        x = F.relu(self.fc1(x))
        # ※ 全连接 → ReLU → [B, 84] / linear layer → ReLU → [B, 84]
        x = F.relu(self.fc2(x))
        # ※ 返回：分类头：10 类的未归一化得分（logits）→ [B, 10]
        # ※ returns: classifier head: logits of 10 classes → [B, 10]
        return self.fc3(x)


if __name__ == "__main__":  # ※ 若直接运行本文件 / if this file is run directly
    net = LeNet()  # ※ [8, 1, 28, 28] → [8, 10]
    # ※ 标准正态分布的随机数 → [8, 1, 28, 28]
    # ※ standard normal random numbers → [8, 1, 28, 28]
    digits = torch.randn(8, 1, 28, 28)
    scores = net(digits)  # ※ LeNet → [8, 10]
    # ※ 打印 scores 的形状：[8, 10] / prints the shape of scores: [8, 10]
    print(scores.shape)
