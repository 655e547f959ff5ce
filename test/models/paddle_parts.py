import paddle
import paddle.nn.functional as F
from paddle import nn
from paddle.distributed import fleet


class Block(nn.TransformerDecoderLayer):
    # The parts of a library layer are layers that its subclasses call.
    def forward(self, tgt, memory):
        residual = tgt
        tgt = self.self_attn(tgt, tgt, tgt)
        tgt = self.norm1(residual + self.dropout1(tgt))
        q = self.cross_attn.q_proj(tgt)  #: [B, L, d_model]
        tgt = tgt + self.cross_attn(tgt, memory, memory)
        y = self.activation(self.linear1(tgt))  #: [B, L, dim_feedforward]
        y = self.linear2(self.dropout(y))
        return tgt + y, q


class Pool(nn.MultiHeadAttention):
    def __init__(self, dim, heads, out):
        super().__init__(dim, heads)
        self.out_proj = nn.Linear(dim, out)


class Net(nn.Layer):
    def __init__(self):
        super().__init__()
        self.block = Block(32, 4, 64)
        self.pool = Pool(32, 4, 10)
        self.scale = nn.Parameter(paddle.ones([32]))
        nn.initializer.Normal(std=0.02)(self.pool.q_proj.weight)

    def forward(self):
        x = paddle.zeros([2, 5, 32])
        y, q = self.block(x, paddle.zeros([2, 7, 32]))
        z = self.pool(y * self.scale, y, y)  #: [2, 5, 10]
        return z, q, y  #: [2, 5, 10], [2, 5, 32], [2, 5, 32]


class Counted(nn.Layer):
    # A size that stands in a tensor is a number to count to; limits of types are numbers, too.
    def __init__(self, table):
        super().__init__()
        self.register_buffer('table', paddle.to_tensor(data=table))

    def forward(self, x):
        n, t, _ = x.shape
        steps = paddle.arange(paddle.shape(x)[1], dtype='int64')  #: [t]
        later = paddle.arange(3, paddle.shape(x)[1] + 3)  #: [t]
        low = paddle.where(x > 0, 0.0, paddle.finfo(x.dtype).min)  #: [n, t, C]
        wave = paddle.complex(x, paddle.zeros_like(x))  #: [n, t, C]
        gated = paddle.incubate.nn.functional.swiglu(x, x)  #: [n, t, C]
        return steps, later, low, wave, gated, paddle.matmul(self.table, x)


def product(x, weight):
    launched = True
    degree = 1
    try:
        group = fleet.get_hybrid_communicate_group()
        degree = group.get_model_parallel_world_size()
    except AttributeError:
        launched = False
    if launched and degree > 1:
        return paddle.distributed.collective._c_identity(x @ weight)
    return paddle.matmul(x, weight, transpose_y=True)


class Head(nn.Layer):
    # A program that was not launched on several devices has no group of them.
    def __init__(self, words, dim):
        super().__init__()
        self.weight = self.create_parameter([words, dim])

    def forward(self, x):
        return product(x, self.weight)  #: [*, words]


class Unsized(nn.Layer):
    # A norm over sizes that nobody knows has parameters of a size that nobody knows.
    def __init__(self, config):
        super().__init__()
        self.norm = nn.LayerNorm(sizes_of(config), epsilon=1e-6)

    def forward(self, x):
        return self.norm(x) * paddle.concat([self.norm.weight, self.norm.bias])


class Resolutions(nn.Layer):
    # A walk through a part of an input takes single elements of it as well: a list of maps, no tensor of five axes.
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2D(12, 8, 1)

    def forward(self, xs):
        size = xs[-1].shape[-2:]
        pooled = [F.adaptive_avg_pool2d(x, size) for x in xs[:-1]]
        y = self.conv(paddle.concat(pooled, 1))  #: [?, 8, d2, d1]
        return y
