import paddle
import paddle.nn as nn
import paddle.nn.functional as F


class ConvBN(nn.Layer):
    # ※ 构造函数：建立 conv；须给出 ch_in、ch_out、kernel_size，其余有默认值
    # ※ builds conv; must be given: ch_in, ch_out, kernel_size; the rest has defaults
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
        self.bn = nn.BatchNorm2D(ch_out)

    def forward(self, x):  # ※ x: [B, ch_in, H, W]
        # ※ 返回：kernel_size×kernel_size 卷积
        # ※ returns: kernel_size×kernel_size convolution
        return self.bn(self.conv(x))


class BottleneckBlock(nn.Layer):
    # ※ 常数 expansion = 4，所有实例共用
    # ※ constant expansion = 4, shared by all instances
    expansion = 4

    # ※ 构造函数：建立 reduce、conv、expand、shortcut；须给出 ch_in、width，其余有默认值
    # ※ builds reduce, conv, expand, shortcut
    # ※ must be given: ch_in, width
    # ※ the rest has defaults
    def __init__(self, ch_in, width, stride=1):
        # ※ 先初始化 nn.Layer，之后赋给 self 的层与参数才会被登记
        # ※ sets up nn.Layer: only then are layers that are put on self registered
        super().__init__()
        ch_out = width * self.expansion  # ※ ch_out = 4·width
        self.reduce = ConvBN(ch_in, width, 1)
        self.conv = ConvBN(width, width, 3, stride)
        self.expand = ConvBN(width, ch_out, 1)
        # ※ 若 stride 不等于 1，或 ch_in 不等于 ch_out
        # ※ if stride differs from 1 or ch_in differs from ch_out
        if stride != 1 or ch_in != ch_out:
            self.shortcut = ConvBN(ch_in, ch_out, 1, stride)
        else:
            self.shortcut = nn.Identity()

    def forward(self, x):  # ※ x: [B, ch_in, H, W]
        y = F.relu(self.reduce(x))  # ※ ReLU
        y = F.relu(self.conv(y))
        y = self.expand(y)  # ※ ConvBN
        return F.relu(y + self.shortcut(x))  # ※ 返回：ReLU / returns: ReLU


class SmallResNet(nn.Layer):
    # ※ 构造函数：建立 stem、pool、stage1、stage2 / builds stem, pool, stage1, stage2
    def __init__(self, num_classes=100):
        # ※ 先初始化 nn.Layer，之后赋给 self 的层与参数才会被登记
        # ※ sets up nn.Layer: only then are layers that are put on self registered
        super().__init__()
        self.stem = ConvBN(3, 64, 7, stride=2)
        # ※ 3×3 最大池化，高宽减半 / 3×3 max pooling, halves H and W
        self.pool = nn.MaxPool2D(3, stride=2, padding=1)
        self.stage1 = BottleneckBlock(64, 64)
        self.stage2 = BottleneckBlock(256, 128, stride=2)
        self.head = nn.Linear(512, num_classes)

    def forward(self, images):  # ※ images: [B, 3, H, W]
        # ※ ReLU → 3×3 最大池化，高宽减半 / ReLU → 3×3 max pooling, halves H and W
        x = self.pool(F.relu(self.stem(images)))
        x = self.stage2(self.stage1(x))  # ※ BottleneckBlock → BottleneckBlock
        x = paddle.mean(x, axis=[2, 3])
        return self.head(x)
