import paddle
import paddle.nn as nn
import paddle.nn.functional as F


class ConvBN(nn.Layer):
    def __init__(self, ch_in, ch_out, kernel_size, stride=1):
        super().__init__()
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
        # ※ [B, ch_out, H + (kernel_size + 1) % 2, W + (kernel_size + 1) % 2]
        return self.bn(self.conv(x))


class BottleneckBlock(nn.Layer):
    expansion = 4

    def __init__(self, ch_in, width, stride=1):
        super().__init__()
        ch_out = width * self.expansion
        self.reduce = ConvBN(ch_in, width, 1)
        self.conv = ConvBN(width, width, 3, stride)
        self.expand = ConvBN(width, ch_out, 1)
        if stride != 1 or ch_in != ch_out:
            self.shortcut = ConvBN(ch_in, ch_out, 1, stride)
        else:
            self.shortcut = nn.Identity()

    def forward(self, x):  # ※ x: [B, ch_in, H, W]
        y = F.relu(self.reduce(x))  # ※ [B, width, H, W]
        y = F.relu(self.conv(y))  # ※ [B, width, H, W]
        y = self.expand(y)  # ※ [B, 4·width, H, W]
        return F.relu(y + self.shortcut(x))  # ※ [B, 4·width, H, W]


class SmallResNet(nn.Layer):
    def __init__(self, num_classes=100):
        super().__init__()
        self.stem = ConvBN(3, 64, 7, stride=2)
        self.pool = nn.MaxPool2D(3, stride=2, padding=1)
        self.stage1 = BottleneckBlock(64, 64)
        self.stage2 = BottleneckBlock(256, 128, stride=2)
        self.head = nn.Linear(512, num_classes)

    def forward(self, images):  # ※ images: [B, 3, H, W]
        x = self.pool(F.relu(self.stem(images)))  # ※ [B, 64, ⌈H/4⌉, ⌈W/4⌉]
        x = self.stage2(self.stage1(x))  # ※ [B, 512, ⌈H/8⌉, ⌈W/8⌉]
        x = paddle.mean(x, axis=[2, 3])  # ※ [B, 512]
        return self.head(x)  # ※ [B, 100]
