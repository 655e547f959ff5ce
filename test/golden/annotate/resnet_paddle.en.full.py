import paddle
import paddle.nn as nn
import paddle.nn.functional as F


# ※ ConvBN: kernel_size×kernel_size convolution → batch norm
# ※ input [B, ch_in, H, W]
# ※   → output [B, ch_out, H + (kernel_size + 1) % 2, W + (kernel_size + 1) % 2]
# ※ ch_out·ch_in·kernel_size² + 4·ch_out parameters, all but 2·ch_out trained (with the
# ※   defaults)
class ConvBN(nn.Layer):
    # ※ builds conv, bn; needs ch_in, ch_out, kernel_size (the rest have defaults)
    def __init__(self, ch_in, ch_out, kernel_size, stride=1):
        # ※ sets up nn.Layer: only then are layers that are put on self registered
        super().__init__()
        # ※ kernel_size×kernel_size convolution, ch_in→ch_out channels
        self.conv = nn.Conv2D(
            ch_in,
            ch_out,
            kernel_size,
            stride=stride,
            padding=kernel_size // 2,
            bias_attr=False,
        )
        self.bn = nn.BatchNorm2D(ch_out)  # ※ batch norm, per channel (ch_out)

    def forward(self, x):  # ※ x: [B, ch_in, H, W]
        # ※ returns: kernel_size×kernel_size convolution → batch norm
        # ※   → [B, ch_out, H + (kernel_size + 1) % 2, W + (kernel_size + 1) % 2]
        return self.bn(self.conv(x))


# ※ BottleneckBlock: bottleneck residual block
# ※ input [B, ch_in, H, W] → output [B, 4·width, H, W] (with the defaults)
class BottleneckBlock(nn.Layer):
    expansion = 4  # ※ constant expansion = 4, shared by all instances

    # ※ builds reduce, conv, expand, shortcut
    # ※ needs ch_in, width (the rest have defaults)
    def __init__(self, ch_in, width, stride=1):
        # ※ sets up nn.Layer: only then are layers that are put on self registered
        super().__init__()
        ch_out = width * self.expansion  # ※ ch_out = 4·width
        # ※ 1×1 convolution + batch norm: [B, ch_in, H, W] → [B, width, H, W]
        self.reduce = ConvBN(ch_in, width, 1)
        # ※ 3×3 convolution + batch norm: keeps the shape [B, width, H, W]
        self.conv = ConvBN(width, width, 3, stride)
        # ※ 1×1 convolution + batch norm: [B, width, H, W] → [B, 4·width, H, W]
        self.expand = ConvBN(width, ch_out, 1)
        # ※ if stride differs from 1 or ch_in differs from ch_out
        if stride != 1 or ch_in != ch_out:
            # ※ 1×1 convolution + batch norm: [B, ch_in, H, W] → [B, 4·width, H, W]
            self.shortcut = ConvBN(ch_in, ch_out, 1, stride)
        else:
            self.shortcut = nn.Identity()  # ※ identity, passes its input on

    def forward(self, x):  # ※ x: [B, ch_in, H, W]
        # ※ 1×1 convolution + batch norm → ReLU → [B, width, H, W]
        y = F.relu(self.reduce(x))
        # ※ 3×3 convolution + batch norm → ReLU → [B, width, H, W]
        y = F.relu(self.conv(y))
        y = self.expand(y)  # ※ 1×1 convolution + batch norm → [B, 4·width, H, W]
        # ※ returns: residual: adds the shortcut → ReLU → [B, 4·width, H, W]
        return F.relu(y + self.shortcut(x))


# ※ SmallResNet: residual network (2 bottleneck blocks) = 7×7 convolution + batch norm
# ※   → ReLU → 3×3 max pooling → bottleneck residual block × 2 → mean over H and W
# ※   → linear layer
# ※ input [B, 3, H, W] → output [B, 100]
# ※ 519,204 parameters, 515,236 of them trained (with the defaults)
class SmallResNet(nn.Layer):
    def __init__(self, num_classes=100):  # ※ builds stem, pool, stage1, stage2, head
        # ※ sets up nn.Layer: only then are layers that are put on self registered
        super().__init__()
        # ※ 7×7 convolution + batch norm: [B, 3, H, W] → [B, 64, ⌈H/2⌉, ⌈W/2⌉]
        self.stem = ConvBN(3, 64, 7, stride=2)
        # ※ 3×3 max pooling, halves H and W
        self.pool = nn.MaxPool2D(3, stride=2, padding=1)
        # ※ bottleneck residual block: [B, 64, ⌈H/4⌉, ⌈W/4⌉] → [B, 256, ⌈H/4⌉, ⌈W/4⌉]
        self.stage1 = BottleneckBlock(64, 64)
        # ※ bottleneck residual block: [B, 256, ⌈H/4⌉, ⌈W/4⌉] → [B, 512, ⌈H/8⌉, ⌈W/8⌉]
        self.stage2 = BottleneckBlock(256, 128, stride=2)
        # ※ linear layer, maps the last axis 512→100
        self.head = nn.Linear(512, num_classes)

    def forward(self, images):  # ※ images: [B, 3, H, W]
        # ※ 7×7 convolution + batch norm → ReLU → 3×3 max pooling, halves H and W
        # ※   → [B, 64, ⌈H/4⌉, ⌈W/4⌉]
        x = self.pool(F.relu(self.stem(images)))
        # ※ bottleneck residual block → bottleneck residual block
        # ※   → [B, 512, ⌈H/8⌉, ⌈W/8⌉]
        x = self.stage2(self.stage1(x))
        x = paddle.mean(x, axis=[2, 3])  # ※ mean over H and W → [B, 512]
        # ※ returns: classifier head: logits of 100 classes → [B, 100]
        return self.head(x)
