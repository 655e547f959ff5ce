# Sizes on their way through tensors and lists, as code for both of Paddle's modes writes them.
import numpy as np
import paddle
import paddle.nn as nn
import paddle.nn.functional as F


class Sizes(nn.Layer):
    def __init__(self, dim, heads=4):
        super().__init__()
        self.dim = dim
        self.heads = heads
        self.scale = self.create_parameter(shape=[dim], default_initializer=nn.initializer.Constant(1.0))
        self.register_buffer('table', paddle.zeros([7, 7]))

    def forward(self, x):
        b, c, h, w = paddle.shape(x)
        y = paddle.reshape(x, [0, -1, h * w])  #: [B, C, H·W]
        y = y.transpose([0, 2, 1])  #: [B, H·W, C]
        z = paddle.zeros(x.shape[:2] + [1])  #: [B, C, 1]
        z.unsqueeze_(0)
        u = z + 1  #: [1, B, C, 1]
        t = self.table.flatten() + 1  #: [49]
        p, q = paddle.split(t, [9, -1])
        q = q * 2  #: [40]
        return y


class Joined(nn.Layer):
    def forward(self, x, y):
        z = paddle.concat([x, y], axis=1)
        a = paddle.max(z, axis=[2, 3], keepdim=True)
        w = paddle.matmul(a, a, transpose_y=True)
        return w


class Wrong(nn.Layer):
    def forward(self):
        a = paddle.zeros([2, 6])
        b = paddle.split(a, 4, axis=1)  #! not-divisible
        c = paddle.concat([a, paddle.zeros([3, 6], dtype='int64')])  #! dtype-mismatch
        return paddle.reshape(a, [5, -1])  #! view-infer


class Period(nn.Layer):
    # A comparison of sizes in tensors is decided as one of numbers; `//` with a number gives a tensor of one axis.
    def __init__(self, period=7):
        super().__init__()
        self.period = period

    def forward(self):
        x = paddle.randn([2, 4, 30])
        b, c, t = paddle.shape(x)
        if t % self.period != 0:
            n = self.period - t % self.period
            x = F.pad(x, (0, n), 'reflect', data_format='NCL')  #: [2, 4, 35]
            t += n
        half = t // 2 + 1  #: [1]
        first = x[:, :, :t // 7].clone()  #: [2, 4, 5]
        if t % 5 != 0:
            x = F.pad(x, (0, 100), data_format='NCL')
        x = x.reshape([b, c, t // self.period, self.period])  #: [2, 4, 5, 7]
        return x, half, first


class Overwritten(nn.Layer):
    # Numbers that are written over are others afterwards.
    def __init__(self):
        super().__init__()
        scales = np.array([1, 2, 4, 8], dtype=int)
        scales[2:] = scales[1]
        self.fc = nn.Linear(4, int(scales[3]))
        table = np.array([[1, 2], [3, 4]])
        table[0][1] = 7
        self.more = nn.Linear(4, int(table[0, 1]))

    def forward(self):
        x = paddle.randn([3, 4])
        y = self.fc(x)  #: [3, 2]
        return y, self.more(x)


class PoolOfNothing(nn.Layer):
    """An adaptive pool takes any size; who calls it with none fails."""

    def __init__(self):
        super().__init__()
        self.unused = nn.AdaptiveMaxPool2D(None)
        self.pool = nn.AdaptiveAvgPool2D(None)

    def forward(self, x):
        return self.pool(x)  #! wrong-type
