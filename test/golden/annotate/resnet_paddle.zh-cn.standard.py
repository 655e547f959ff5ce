import paddle
import paddle.nn as nn
import paddle.nn.functional as F


# ※ ConvBN：kernel_size×kernel_size 卷积 → 批归一化
# ※ 输入 [B, ch_in, H, W]
# ※   → 输出 [B, ch_out, H + (kernel_size + 1) % 2, W + (kernel_size + 1) % 2]
# ※ 参数 ch_out·ch_in·kernel_size² + 4·ch_out，其中 2·ch_out 不参与训练（按默认参数）
class ConvBN(nn.Layer):
    def __init__(self, ch_in, ch_out, kernel_size, stride=1):
        super().__init__()
        self.conv = nn.Conv2D(  # ※ kernel_size×kernel_size 卷积，通道 ch_in→ch_out
            ch_in,
            ch_out,
            kernel_size,
            stride=stride,
            padding=kernel_size // 2,
            bias_attr=False,
        )
        self.bn = nn.BatchNorm2D(ch_out)  # ※ 批归一化，逐通道（ch_out 个）

    def forward(self, x):  # ※ x: [B, ch_in, H, W]
        # ※ kernel_size×kernel_size 卷积 → 批归一化
        # ※   → [B, ch_out, H + (kernel_size + 1) % 2, W + (kernel_size + 1) % 2]
        return self.bn(self.conv(x))


# ※ BottleneckBlock：瓶颈残差块
# ※ 输入 [B, ch_in, H, W] → 输出 [B, 4·width, H, W]（按默认参数）
class BottleneckBlock(nn.Layer):
    expansion = 4

    def __init__(self, ch_in, width, stride=1):
        super().__init__()
        ch_out = width * self.expansion  # ※ ch_out = 4·width
        # ※ 1×1 卷积 + 批归一化：[B, ch_in, H, W] → [B, width, H, W]
        self.reduce = ConvBN(ch_in, width, 1)
        # ※ 3×3 卷积 + 批归一化：形状不变 [B, width, H, W]
        self.conv = ConvBN(width, width, 3, stride)
        # ※ 1×1 卷积 + 批归一化：[B, width, H, W] → [B, 4·width, H, W]
        self.expand = ConvBN(width, ch_out, 1)
        if stride != 1 or ch_in != ch_out:
            # ※ 1×1 卷积 + 批归一化：[B, ch_in, H, W] → [B, 4·width, H, W]
            self.shortcut = ConvBN(ch_in, ch_out, 1, stride)
        else:
            self.shortcut = nn.Identity()  # ※ 恒等映射，原样输出

    def forward(self, x):  # ※ x: [B, ch_in, H, W]
        y = F.relu(self.reduce(x))  # ※ 1×1 卷积 + 批归一化 → ReLU → [B, width, H, W]
        y = F.relu(self.conv(y))  # ※ 3×3 卷积 + 批归一化 → ReLU
        y = self.expand(y)  # ※ 1×1 卷积 + 批归一化 → [B, 4·width, H, W]
        # ※ 残差连接：加上捷径支路 → ReLU → [B, 4·width, H, W]
        return F.relu(y + self.shortcut(x))


# ※ SmallResNet：残差网络（2 个瓶颈残差块）= 7×7 卷积 + 批归一化 → ReLU → 3×3 最大池化
# ※   → 瓶颈残差块 × 2 → 沿高宽求均值 → 全连接
# ※ 输入 [B, 3, H, W] → 输出 [B, 100]；参数 519,204，其中可训练 515,236（按默认参数）
class SmallResNet(nn.Layer):
    def __init__(self, num_classes=100):
        super().__init__()
        # ※ 7×7 卷积 + 批归一化：[B, 3, H, W] → [B, 64, ⌈H/2⌉, ⌈W/2⌉]
        self.stem = ConvBN(3, 64, 7, stride=2)
        self.pool = nn.MaxPool2D(3, stride=2, padding=1)  # ※ 3×3 最大池化，高宽减半
        # ※ 瓶颈残差块：[B, 64, ⌈H/4⌉, ⌈W/4⌉] → [B, 256, ⌈H/4⌉, ⌈W/4⌉]
        self.stage1 = BottleneckBlock(64, 64)
        # ※ 瓶颈残差块：[B, 256, ⌈H/4⌉, ⌈W/4⌉] → [B, 512, ⌈H/8⌉, ⌈W/8⌉]
        self.stage2 = BottleneckBlock(256, 128, stride=2)
        self.head = nn.Linear(512, num_classes)  # ※ 全连接，最后一维 512→100

    def forward(self, images):  # ※ images: [B, 3, H, W]
        # ※ 7×7 卷积 + 批归一化 → ReLU → 3×3 最大池化，高宽减半 → [B, 64, ⌈H/4⌉, ⌈W/4⌉]
        x = self.pool(F.relu(self.stem(images)))
        # ※ 瓶颈残差块 → 瓶颈残差块 → [B, 512, ⌈H/8⌉, ⌈W/8⌉]
        x = self.stage2(self.stage1(x))
        x = paddle.mean(x, axis=[2, 3])  # ※ 沿高宽求均值 → [B, 512]
        return self.head(x)  # ※ 分类头：100 类的未归一化得分（logits）→ [B, 100]
