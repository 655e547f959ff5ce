# Stacks of the library that are given a block by whoever builds them.
import numpy as np
import paddle
import paddle.fluid as fluid
import paddle.nn as pnn
import paddle.nn.functional as F
import torch.nn as nn
from paddle.distributed.fleet.utils import recompute


class Decoder(pnn.TransformerDecoder):
    def __init__(self, decoder_layer, num_layers, norm=None):
        super().__init__(decoder_layer=decoder_layer, num_layers=num_layers, norm=norm)

    def forward(self, tgt, memory):
        for layer in self.layers:
            tgt = layer(tgt, memory)
        return tgt


class Encoder(nn.TransformerEncoder):
    def __init__(self, encoder_layer, num_layers):
        super().__init__(encoder_layer, num_layers)


class Shapes(pnn.Layer):
    """What Paddle takes and PyTorch would not."""

    def forward(self, x, y):
        x = paddle.reshape(x, paddle.shape(y))
        noise = paddle.rand(paddle.shape(x), requires_grad=False)
        step = paddle.arange(end=10, step=2, dtype='float32')
        return x + noise, step, x.swapaxes(perm=[1, 0])


class Framed(pnn.Layer):
    def __init__(self, size, scale, width):
        super().__init__()
        self.size = size
        self.scale = scale
        self.head = self.last = pnn.Linear(width, width)

    def forward(self, x):
        x = F.pad(x, self.size, mode='replicate')
        x = F.interpolate(x, self.scale, mode='bilinear')
        return self.head(x)


class Ordered(pnn.Conv2D):
    """Arguments in the places that they had in Paddle 2."""

    def __init__(self, in_channels, out_channels, weight_attr=None, bias_attr=None):
        super().__init__(in_channels, out_channels, 3, 1, 1, 1, 1, 'zeros', weight_attr, bias_attr, 'NCHW')
        self.norm = pnn.LayerNorm(out_channels, 1e-5, weight_attr, bias_attr, None)
        self.groups_norm = pnn.GroupNorm(4, out_channels, 1e-5, False, False, 'NCHW')

    def forward(self, x):
        y = super().forward(x)
        return self.groups_norm(y), self.norm(y.mean([2, 3]))


Ordered(3, 8)(paddle.rand([2, 3, 16, 16]))


class Voxels(pnn.Layer):
    def __init__(self, voxel_size, pc_range):
        super().__init__()
        bounds = np.asarray(pc_range)
        self.grid = (bounds[3:] - bounds[:3]) / voxel_size

    def forward(self, x):
        return x


class Shifted(pnn.Layer):
    def __init__(self, dim, num_heads=1):
        super().__init__()
        self.num_heads = num_heads
        self.query = pnn.Linear(dim, dim)

    def forward(self, q, k):
        """
        q: [B, H, N, D]
        k: [B, H, M, D]
        """
        scores = paddle.matmul(self.query(q), k, transpose_y=True)
        b, h, n, m = paddle.shape(scores)
        padded = paddle.concat([paddle.zeros([b, h, n, 1]), scores], axis=-1)
        padded = padded.reshape([b, h, m + 1, n])
        sizes = paddle.shape(scores)  # [B, H, N, M]
        blocks = q.reshape([q.shape[0], self.num_heads, q.shape[2], 1, -1])
        return padded[:, :, 1:].reshape([b, h, n, m]), sizes, blocks


class Untyped(pnn.Layer):
    def __init__(self, words, width):
        super().__init__()
        self.table = pnn.Embedding(words, width)

    def forward(self, x, dtype=None):
        return self.table(paddle.cast(x, dtype))


class OldGate(fluid.dygraph.Layer):
    """An operand that begins at an axis of the other one."""

    def __init__(self, channels):
        super().__init__()
        self.squeeze = fluid.dygraph.Linear(channels, channels, act='sigmoid')

    def forward(self, x):
        y = fluid.layers.reduce_mean(x, dim=[2, 3])
        y = fluid.layers.pow(self.squeeze(y), factor=2.0)
        return fluid.layers.elementwise_mul(x=x, y=y, axis=0)


OldGate(8)(paddle.rand([2, 8, 4, 4]))


class Recurrent(pnn.Layer):
    def __init__(self, width):
        super().__init__()
        self.rnn = pnn.LSTM(width, width, 2, direction='bidirect')

    def forward(self, x):
        first = paddle.zeros([self.rnn.num_layers * self.rnn.num_directions, x.shape[0], self.rnn.hidden_size])
        return self.rnn(x, (first, first))


class Heads(pnn.MultiHeadAttention):
    def __init__(self, width):
        super().__init__(width, 4)

    def forward(self, query):
        b, length, _ = query.shape
        values = self.v_proj(query).reshape([b, length, self.num_heads, self.head_dim])
        boxes = values.reshape([-1, self.head_dim])
        return values.reshape([b, length, self.vdim]), boxes

    def relative(self, scores):
        """scores: [B, H, N, M]"""
        sizes = scores.shape
        scores = scores.reshape([sizes[0], sizes[1], sizes[3], sizes[2]])
        scores = scores[:, :, 1:, :]
        return recompute(self.last, scores, sizes, offload_indices=[1])

    def last(self, scores, sizes):
        return scores.reshape([sizes[0], sizes[1], sizes[2], sizes[3] - 1])


class Registered(pnn.Layer):
    def __init__(self, width):
        super().__init__()
        self.blocks = []
        for i in range(2):
            conv = self.add_sublayer('conv{}'.format(i), pnn.Conv2D(width, width, 1))
            self.blocks.append(pnn.Sequential(conv))

    def forward(self, x):
        for block in self.blocks:
            x = block(x)
        return x
