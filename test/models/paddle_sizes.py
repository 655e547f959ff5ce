# Sizes on their way through tensors and lists, as code for both of Paddle's modes writes them.
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
