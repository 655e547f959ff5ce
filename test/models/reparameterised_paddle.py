import paddle
import paddle.nn as nn
import paddle.nn.functional as F
from paddle import ParamAttr


class ConvBN(nn.Layer):
    def __init__(self, ch_in, ch_out, filter_size, stride=1, groups=1, padding=0):
        super().__init__()
        self.conv = nn.Conv2D(
            ch_in, ch_out, filter_size, stride, padding, groups=groups, bias_attr=False
        )
        self.bn = nn.BatchNorm2D(ch_out, weight_attr=ParamAttr(), bias_attr=ParamAttr())

    def forward(self, x):
        return self.bn(self.conv(x))


class RepVggBlock(nn.Layer):
    """CSPRepResNet's block: a 3×3 and, weighted by alpha, a 1×1."""

    def __init__(self, ch_in, ch_out, alpha=True):
        super().__init__()
        self.conv1 = ConvBN(ch_in, ch_out, 3, padding=1)
        self.conv2 = ConvBN(ch_in, ch_out, 1)
        if alpha:
            self.alpha = self.create_parameter(
                shape=[1], attr=ParamAttr(initializer=nn.initializer.Constant(value=1.0)), dtype="float32"
            )
        else:
            self.alpha = None

    def forward(self, x):
        if self.alpha is not None:
            y = self.conv1(x) + self.alpha * self.conv2(x)
        else:
            y = self.conv1(x) + self.conv2(x)
        return F.swish(y)


class BasicBlock(nn.Layer):
    """The activation stands before the addition: the shortcut does not fold."""

    def __init__(self, ch):
        super().__init__()
        self.conv1 = ConvBN(ch, ch, 3, padding=1)
        self.conv2 = RepVggBlock(ch, ch)

    def forward(self, x):
        return x + self.conv2(F.relu(self.conv1(x)))


class Pooled(nn.Layer):
    """Paddle leaves padded zeros out of an average by default."""

    def __init__(self, ch):
        super().__init__()
        self.conv = nn.Conv2D(ch, ch, 3, padding=1, groups=ch)
        self.pool = nn.AvgPool2D(3, 1, 1)

    def forward(self, x):
        return self.conv(x) + self.pool(x)


class Counted(nn.Layer):
    def __init__(self, ch):
        super().__init__()
        self.conv = nn.Conv2D(ch, ch, 3, padding=1, groups=ch)
        self.pool = nn.AvgPool2D(3, 1, 1, exclusive=False)

    def forward(self, x):
        return self.conv(x) + self.pool(x)


class Up(nn.Layer):
    def __init__(self, ch):
        super().__init__()
        self.up = nn.Conv2DTranspose(ch, ch // 2, 4, 2, 1)
        self.bn = nn.BatchNorm2D(ch // 2)

    def forward(self, x):
        return self.bn(self.up(x))


class NormAndBorder(nn.Layer):
    """A border of what the normalisation makes of zeros, joined on from four sides."""

    def __init__(self, ch, width):
        super().__init__()
        self.bn = nn.BatchNorm2D(ch)
        self.width = width

    def forward(self, x):
        y = self.bn(x)
        if self.width > 0:
            fill = self.bn.bias - self.bn._mean * self.bn.weight / paddle.sqrt(self.bn._variance + self.bn._epsilon)
            fill = fill.reshape([1, -1, 1, 1])
            n, _, h, w = y.shape
            row = fill.expand([n, -1, self.width, w])
            y = paddle.concat([row, y, row], axis=2)
            column = fill.expand([n, -1, h + 2 * self.width, self.width])
            y = paddle.concat([column, y, column], axis=3)
        return y


class BorderedDBB(nn.Layer):
    """PaddleClas' way to DBB: some branches are there only where the channels are not all by themselves."""

    def __init__(self, ch_in, ch_out, k=3, groups=1):
        super().__init__()
        self.origin = ConvBN(ch_in, ch_out, k, padding=k // 2, groups=groups)
        self.average = nn.Sequential()
        if groups < ch_out:
            self.point = ConvBN(ch_in, ch_out, 1, groups=groups)
            self.average.add_sublayer("conv", nn.Conv2D(ch_in, ch_out, 1, groups=groups, bias_attr=False))
            self.average.add_sublayer("bn", NormAndBorder(ch_out, k // 2))
            self.average.add_sublayer("pool", nn.AvgPool2D(k, 1, 0))
        else:
            self.average.add_sublayer("pool", nn.AvgPool2D(k, 1, k // 2, exclusive=False))
        self.average.add_sublayer("last", nn.BatchNorm2D(ch_out))
        self.mixed = nn.Sequential(
            nn.Conv2D(ch_in, ch_in, 1, groups=groups, bias_attr=False),
            NormAndBorder(ch_in, k // 2),
            nn.Conv2D(ch_in, ch_out, k, groups=groups, bias_attr=False),
            nn.BatchNorm2D(ch_out),
        )

    def forward(self, x):
        y = self.origin(x)
        if hasattr(self, "point"):
            y += self.point(x)
        y += self.average(x)
        y += self.mixed(x)
        return F.relu(y)
