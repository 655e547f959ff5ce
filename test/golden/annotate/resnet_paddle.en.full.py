import paddle
import paddle.nn as nn
import paddle.nn.functional as F


class ConvBN(nn.Layer):
    # ※ builds conv; must be given: ch_in, ch_out, kernel_size; the rest has defaults
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
        self.bn = nn.BatchNorm2D(ch_out)

    def forward(self, x):  # ※ x: [B, ch_in, H, W]
        return self.bn(self.conv(x))  # ※ returns: kernel_size×kernel_size convolution


class BottleneckBlock(nn.Layer):
    expansion = 4  # ※ constant expansion = 4, shared by all instances

    # ※ builds reduce, conv, expand, shortcut
    # ※ must be given: ch_in, width
    # ※ the rest has defaults
    def __init__(self, ch_in, width, stride=1):
        # ※ sets up nn.Layer: only then are layers that are put on self registered
        super().__init__()
        ch_out = width * self.expansion  # ※ ch_out = 4·width
        self.reduce = ConvBN(ch_in, width, 1)
        self.conv = ConvBN(width, width, 3, stride)
        self.expand = ConvBN(width, ch_out, 1)
        # ※ if stride differs from 1 or ch_in differs from ch_out
        if stride != 1 or ch_in != ch_out:
            self.shortcut = ConvBN(ch_in, ch_out, 1, stride)
        else:
            self.shortcut = nn.Identity()

    def forward(self, x):  # ※ x: [B, ch_in, H, W]
        y = F.relu(self.reduce(x))  # ※ ReLU
        y = F.relu(self.conv(y))
        y = self.expand(y)  # ※ ConvBN
        return F.relu(y + self.shortcut(x))  # ※ returns: ReLU


class SmallResNet(nn.Layer):
    def __init__(self, num_classes=100):  # ※ builds stem, pool, stage1, stage2
        # ※ sets up nn.Layer: only then are layers that are put on self registered
        super().__init__()
        self.stem = ConvBN(3, 64, 7, stride=2)
        # ※ 3×3 max pooling, halves H and W
        self.pool = nn.MaxPool2D(3, stride=2, padding=1)
        self.stage1 = BottleneckBlock(64, 64)
        self.stage2 = BottleneckBlock(256, 128, stride=2)
        self.head = nn.Linear(512, num_classes)

    def forward(self, images):  # ※ images: [B, 3, H, W]
        # ※ ReLU → 3×3 max pooling, halves H and W
        x = self.pool(F.relu(self.stem(images)))
        x = self.stage2(self.stage1(x))  # ※ BottleneckBlock → BottleneckBlock
        x = paddle.mean(x, axis=[2, 3])
        return self.head(x)
