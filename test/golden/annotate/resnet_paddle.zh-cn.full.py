import paddle
import paddle.nn as nn
import paddle.nn.functional as F


class ConvBN(nn.Layer):
    # ※ 构造函数：建立 conv；须给出 ch_in、ch_out、kernel_size，其余有默认值
    def __init__(self, ch_in, ch_out, kernel_size, stride=1):
        super().__init__()  # ※ 先初始化 nn.Layer，之后赋给 self 的层与参数才会被登记
        self.conv = nn.Conv2D(  # ※ kernel_size×kernel_size 卷积，通道 ch_in→ch_out
            ch_in,
            ch_out,
            kernel_size,
            stride=stride,
            padding=kernel_size // 2,
            bias_attr=False,
        )
        self.bn = nn.BatchNorm2D(ch_out)

    def forward(self, x):  # ※ x: [B, ch_in, H, W]
        return self.bn(self.conv(x))  # ※ 返回：kernel_size×kernel_size 卷积


class BottleneckBlock(nn.Layer):
    expansion = 4  # ※ 常数 expansion = 4，所有实例共用

    # ※ 构造函数：建立 reduce、conv、expand、shortcut；须给出 ch_in、width，其余有默认值
    def __init__(self, ch_in, width, stride=1):
        super().__init__()  # ※ 先初始化 nn.Layer，之后赋给 self 的层与参数才会被登记
        ch_out = width * self.expansion  # ※ ch_out = 4·width
        self.reduce = ConvBN(ch_in, width, 1)
        self.conv = ConvBN(width, width, 3, stride)
        self.expand = ConvBN(width, ch_out, 1)
        # ※ 若 stride 不等于 1，或 ch_in 不等于 ch_out
        if stride != 1 or ch_in != ch_out:
            self.shortcut = ConvBN(ch_in, ch_out, 1, stride)
        else:
            self.shortcut = nn.Identity()

    def forward(self, x):  # ※ x: [B, ch_in, H, W]
        y = F.relu(self.reduce(x))  # ※ ReLU
        y = F.relu(self.conv(y))
        y = self.expand(y)  # ※ ConvBN
        return F.relu(y + self.shortcut(x))  # ※ 返回：ReLU


class SmallResNet(nn.Layer):
    def __init__(self, num_classes=100):  # ※ 构造函数：建立 stem、pool、stage1、stage2
        super().__init__()  # ※ 先初始化 nn.Layer，之后赋给 self 的层与参数才会被登记
        self.stem = ConvBN(3, 64, 7, stride=2)
        self.pool = nn.MaxPool2D(3, stride=2, padding=1)  # ※ 3×3 最大池化，高宽减半
        self.stage1 = BottleneckBlock(64, 64)
        self.stage2 = BottleneckBlock(256, 128, stride=2)
        self.head = nn.Linear(512, num_classes)

    def forward(self, images):  # ※ images: [B, 3, H, W]
        x = self.pool(F.relu(self.stem(images)))  # ※ ReLU → 3×3 最大池化，高宽减半
        x = self.stage2(self.stage1(x))  # ※ BottleneckBlock → BottleneckBlock
        x = paddle.mean(x, axis=[2, 3])
        return self.head(x)
