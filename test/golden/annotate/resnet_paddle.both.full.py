import paddle
import paddle.nn as nn
import paddle.nn.functional as F


# ※ ConvBN：kernel_size×kernel_size 卷积 → 批归一化
# ※ ConvBN: kernel_size×kernel_size convolution → batch norm
# ※ 输入 [B, ch_in, H, W]
# ※   → 输出 [B, ch_out, H + (kernel_size + 1) % 2, W + (kernel_size + 1) % 2]
# ※ 参数 ch_out·ch_in·kernel_size² + 4·ch_out，其中 2·ch_out 不参与训练（按默认参数）
# ※ input [B, ch_in, H, W]
# ※   → output [B, ch_out, H + (kernel_size + 1) % 2, W + (kernel_size + 1) % 2]
# ※ ch_out·ch_in·kernel_size² + 4·ch_out parameters, all but 2·ch_out trained (with the
# ※   defaults)
class ConvBN(nn.Layer):
    # ※ 构造函数：建立 conv、bn；须给出 ch_in、ch_out、kernel_size，其余有默认值
    # ※ builds conv, bn; needs ch_in, ch_out, kernel_size (the rest have defaults)
    def __init__(self, ch_in, ch_out, kernel_size, stride=1):
        # ※ 先初始化 nn.Layer，之后赋给 self 的层与参数才会被登记
        # ※ sets up nn.Layer: only then are layers that are put on self registered
        super().__init__()
        # ※ kernel_size×kernel_size 卷积，通道 ch_in→ch_out
        # ※ kernel_size×kernel_size convolution, ch_in→ch_out channels
        self.conv = nn.Conv2D(
            ch_in,
            ch_out,
            kernel_size,
            stride=stride,
            padding=kernel_size // 2,
            bias_attr=False,
        )
        # ※ 批归一化，逐通道（ch_out 个） / batch norm, per channel (ch_out)
        self.bn = nn.BatchNorm2D(ch_out)

    def forward(self, x):  # ※ x: [B, ch_in, H, W]
        # ※ 返回：kernel_size×kernel_size 卷积 → 批归一化
        # ※   → [B, ch_out, H + (kernel_size + 1) % 2, W + (kernel_size + 1) % 2]
        # ※ returns: kernel_size×kernel_size convolution → batch norm
        # ※   → [B, ch_out, H + (kernel_size + 1) % 2, W + (kernel_size + 1) % 2]
        return self.bn(self.conv(x))


# ※ BottleneckBlock：瓶颈残差块 / BottleneckBlock: bottleneck residual block
# ※ 输入 [B, ch_in, H, W] → 输出 [B, 4·width, H, W]（按默认参数）
# ※ input [B, ch_in, H, W] → output [B, 4·width, H, W] (with the defaults)
class BottleneckBlock(nn.Layer):
    # ※ 常数 expansion = 4，所有实例共用
    # ※ constant expansion = 4, shared by all instances
    expansion = 4

    # ※ 构造函数：建立 reduce、conv、expand、shortcut；须给出 ch_in、width，其余有默认值
    # ※ builds reduce, conv, expand, shortcut
    # ※ needs ch_in, width (the rest have defaults)
    def __init__(self, ch_in, width, stride=1):
        # ※ 先初始化 nn.Layer，之后赋给 self 的层与参数才会被登记
        # ※ sets up nn.Layer: only then are layers that are put on self registered
        super().__init__()
        ch_out = width * self.expansion  # ※ ch_out = 4·width
        # ※ 1×1 卷积 + 批归一化：[B, ch_in, H, W] → [B, width, H, W]
        # ※ 1×1 convolution + batch norm: [B, ch_in, H, W] → [B, width, H, W]
        self.reduce = ConvBN(ch_in, width, 1)
        # ※ 3×3 卷积 + 批归一化：形状不变 [B, width, H, W]
        # ※ 3×3 convolution + batch norm: keeps the shape [B, width, H, W]
        self.conv = ConvBN(width, width, 3, stride)
        # ※ 1×1 卷积 + 批归一化：[B, width, H, W] → [B, 4·width, H, W]
        # ※ 1×1 convolution + batch norm: [B, width, H, W] → [B, 4·width, H, W]
        self.expand = ConvBN(width, ch_out, 1)
        # ※ 若 stride 不等于 1，或 ch_in 不等于 ch_out
        # ※ if stride differs from 1 or ch_in differs from ch_out
        if stride != 1 or ch_in != ch_out:
            # ※ 1×1 卷积 + 批归一化：[B, ch_in, H, W] → [B, 4·width, H, W]
            # ※ 1×1 convolution + batch norm: [B, ch_in, H, W] → [B, 4·width, H, W]
            self.shortcut = ConvBN(ch_in, ch_out, 1, stride)
        else:
            # ※ 恒等映射，原样输出 / identity, passes its input on
            self.shortcut = nn.Identity()

    def forward(self, x):  # ※ x: [B, ch_in, H, W]
        # ※ 1×1 卷积 + 批归一化 → ReLU → [B, width, H, W]
        # ※ 1×1 convolution + batch norm → ReLU → [B, width, H, W]
        y = F.relu(self.reduce(x))
        # ※ 3×3 卷积 + 批归一化 → ReLU → [B, width, H, W]
        # ※ 3×3 convolution + batch norm → ReLU → [B, width, H, W]
        y = F.relu(self.conv(y))
        # ※ 1×1 卷积 + 批归一化 → [B, 4·width, H, W]
        # ※ 1×1 convolution + batch norm → [B, 4·width, H, W]
        y = self.expand(y)
        # ※ 返回：残差连接：加上捷径支路 → ReLU → [B, 4·width, H, W]
        # ※ returns: residual: adds the shortcut → ReLU → [B, 4·width, H, W]
        return F.relu(y + self.shortcut(x))


# ※ SmallResNet：残差网络（2 个瓶颈残差块）= 7×7 卷积 + 批归一化 → ReLU → 3×3 最大池化
# ※   → 瓶颈残差块 × 2 → 沿高宽求均值 → 全连接
# ※ SmallResNet: residual network (2 bottleneck blocks) = 7×7 convolution + batch norm
# ※   → ReLU → 3×3 max pooling → bottleneck residual block × 2 → mean over H and W
# ※   → linear layer
# ※ 输入 [B, 3, H, W] → 输出 [B, 100]；参数 519,204，其中可训练 515,236（按默认参数）
# ※ input [B, 3, H, W] → output [B, 100]
# ※ 519,204 parameters, 515,236 of them trained (with the defaults)
class SmallResNet(nn.Layer):
    # ※ 构造函数：建立 stem、pool、stage1、stage2、head
    # ※ builds stem, pool, stage1, stage2, head
    def __init__(self, num_classes=100):
        # ※ 先初始化 nn.Layer，之后赋给 self 的层与参数才会被登记
        # ※ sets up nn.Layer: only then are layers that are put on self registered
        super().__init__()
        # ※ 7×7 卷积 + 批归一化：[B, 3, H, W] → [B, 64, ⌈H/2⌉, ⌈W/2⌉]
        # ※ 7×7 convolution + batch norm: [B, 3, H, W] → [B, 64, ⌈H/2⌉, ⌈W/2⌉]
        self.stem = ConvBN(3, 64, 7, stride=2)
        # ※ 3×3 最大池化，高宽减半 / 3×3 max pooling, halves H and W
        self.pool = nn.MaxPool2D(3, stride=2, padding=1)
        # ※ 瓶颈残差块：[B, 64, ⌈H/4⌉, ⌈W/4⌉] → [B, 256, ⌈H/4⌉, ⌈W/4⌉]
        # ※ bottleneck residual block: [B, 64, ⌈H/4⌉, ⌈W/4⌉] → [B, 256, ⌈H/4⌉, ⌈W/4⌉]
        self.stage1 = BottleneckBlock(64, 64)
        # ※ 瓶颈残差块：[B, 256, ⌈H/4⌉, ⌈W/4⌉] → [B, 512, ⌈H/8⌉, ⌈W/8⌉]
        # ※ bottleneck residual block: [B, 256, ⌈H/4⌉, ⌈W/4⌉] → [B, 512, ⌈H/8⌉, ⌈W/8⌉]
        self.stage2 = BottleneckBlock(256, 128, stride=2)
        # ※ 全连接，最后一维 512→100 / linear layer, maps the last axis 512→100
        self.head = nn.Linear(512, num_classes)

    def forward(self, images):  # ※ images: [B, 3, H, W]
        # ※ 7×7 卷积 + 批归一化 → ReLU → 3×3 最大池化，高宽减半 → [B, 64, ⌈H/4⌉, ⌈W/4⌉]
        # ※ 7×7 convolution + batch norm → ReLU → 3×3 max pooling, halves H and W
        # ※   → [B, 64, ⌈H/4⌉, ⌈W/4⌉]
        x = self.pool(F.relu(self.stem(images)))
        # ※ 瓶颈残差块 → 瓶颈残差块 → [B, 512, ⌈H/8⌉, ⌈W/8⌉]
        # ※ bottleneck residual block → bottleneck residual block
        # ※   → [B, 512, ⌈H/8⌉, ⌈W/8⌉]
        x = self.stage2(self.stage1(x))
        # ※ 沿高宽求均值 → [B, 512] / mean over H and W → [B, 512]
        x = paddle.mean(x, axis=[2, 3])
        # ※ 返回：分类头：100 类的未归一化得分（logits）→ [B, 100]
        # ※ returns: classifier head: logits of 100 classes → [B, 100]
        return self.head(x)
