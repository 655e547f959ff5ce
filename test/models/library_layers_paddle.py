"""Classes that Paddle makes of its own layers, parametrizations, and the spellings of Paddle 1.x."""
import paddle
import paddle.fluid as fluid
import paddle.nn as nn
from paddle.nn.layer.transformer import _convert_attention_mask
from paddle.fluid.dygraph import BatchNorm, Conv2D, Linear, Pool2D
from paddle.vision.ops import prior_box, yolo_box


class Own(nn.Layer):
    def __init__(self):
        super().__init__()
        self.ahead = nn.RNN(nn.LSTMCell(8, 16))
        self.both = nn.BiRNN(nn.GRUCell(8, 16), nn.GRUCell(8, 16))
        self.normed = nn.utils.weight_norm(nn.Conv2D(3, 8, 3))
        self.bounded = nn.utils.spectral_norm(nn.Linear(8, 4))
        self.attention = paddle.incubate.nn.FusedMultiHeadAttention(16, 4)
        self.mlp = paddle.incubate.nn.FusedFeedForward(16, 64)
        self.last = paddle.incubate.nn.FusedLinear(16, 8)

    def forward(self, batch):
        x = paddle.zeros([2, 5, 8])
        y, (h, c) = self.ahead(x)
        y = y * 1  #: [2, 5, 16]
        state = h * 1  #: [2, 16]
        z, _ = self.both(x)
        z = z * 1  #: [2, 5, 32]
        w = self.normed(paddle.zeros([2, 3, 16, 16]))  #: [2, 8, 14, 14]
        g = self.normed.weight_g  #: [8]
        b = self.bounded(w.mean([2, 3]))  #: [2, 4]
        u = self.bounded.weight_u  #: [4]
        q = self.last(self.mlp(self.attention(y)))  #: [2, 5, 8]
        boxes, scores = yolo_box(
            paddle.zeros([2, 27, 8, 8]), paddle.zeros([2, 2], 'int32'), [10, 13, 16, 30, 33, 23], 4, 0.01, 32
        )
        found = boxes * 1  #: [2, 192, 4]
        priors, _ = prior_box(w, paddle.zeros([2, 3, 16, 16]), [2.0], None, [1.0, 2.0], flip=True)
        around = priors * 1  #: [14, 14, 3, 4]
        return q


class Old(fluid.dygraph.Layer):
    def __init__(self):
        super().__init__()
        self.conv = Conv2D(num_channels=3, num_filters=8, filter_size=3, padding=1, bias_attr=False, act='relu')
        self.pool = Pool2D(pool_size=2, pool_stride=2, pool_type='max')
        self.bn = BatchNorm(8, act='relu')
        self.fc = Linear(8, 10, act='softmax')

    def forward(self, batch):
        x = self.pool(self.bn(self.conv(paddle.zeros([2, 3, 16, 16]))))  #: [2, 8, 8, 8]
        y = fluid.layers.concat([x, x], axis=1)  #: [2, 16, 8, 8]
        y = fluid.layers.elementwise_add(y, y, act='relu')  #: [2, 16, 8, 8]
        y = fluid.layers.pool2d(y, 2, 'max', 2)  #: [2, 16, 4, 4]
        rows = fluid.layers.flatten(x)  #: [2, 512]
        part, _ = fluid.layers.split(x, 2)
        half = part * 1  #: [2, 8, 8, 4]
        wide = fluid.layers.expand(x, expand_times=[1, 2, 1, 1])  #: [2, 16, 8, 8]
        return self.fc(fluid.layers.reduce_mean(x, dim=[2, 3]))  #: [2, 10]


class Uneven(nn.Layer):
    """The initial states of both cells come from the first one, which is of no use to a wider second one."""

    def __init__(self):
        super().__init__()
        self.both = nn.BiRNN(nn.LSTMCell(3, 4), nn.LSTMCell(3, 6))

    def forward(self, x):
        out, _ = self.both(x)  #! shape-mismatch
        return out


class UnevenGiven(nn.Layer):
    def __init__(self):
        super().__init__()
        self.both = nn.BiRNN(nn.GRUCell(3, 4), nn.GRUCell(3, 6))

    def forward(self):
        states = paddle.zeros([2, 4]), paddle.zeros([2, 6])
        out, _ = self.both(paddle.zeros([2, 5, 3]), states)
        return out * 1  #: [2, 5, 10]


class TwoCells(nn.Layer):  #? n must equal m
    """Both cells of a `BiRNN` read the same input."""

    def __init__(self, n, m):
        super().__init__()
        self.rnn = nn.BiRNN(nn.SimpleRNNCell(n, 5), nn.SimpleRNNCell(m, 5))

    def forward(self, x):
        out, _ = self.rnn(x)
        return out * 1  #: [B, I, 10]


class Rows(nn.Layer):
    """`vstack` makes lists of lists of tensors rows as well; a transformer makes masks."""

    def __init__(self):
        super().__init__()
        self.net = nn.Transformer(8, 2, 1, 1, 16)

    def forward(self, x):
        rows = paddle.vstack([[x[0], x[1]], [x[2], x[3]]])
        mask = self.net.generate_square_subsequent_mask(5)  #: [5, 5]
        return rows, mask


class Caches(nn.Layer):
    """What layers make before the first step."""

    def __init__(self):
        super().__init__()
        self.attn = nn.MultiHeadAttention(16, 4)
        self.enc = nn.TransformerEncoder(nn.TransformerEncoderLayer(16, 4, 32), 2)
        self.dec = nn.TransformerDecoder(nn.TransformerDecoderLayer(16, 4, 32), 2)
        self.lstm = nn.LSTMCell(8, 6)
        self.gru = nn.GRUCell(8, 6)

    def forward(self, x):
        x = paddle.reshape(x, [2, 5, 16])
        k, v = self.attn.gen_cache(x)
        k = k + 1  #: [2, 4, 0, 4]
        s = self.attn.gen_cache(x, x, type=nn.MultiHeadAttention.StaticCache)
        s = s.v + 1  #: [2, 4, 5, 4]
        t = self.enc.gen_cache(x)[1].k + 1  #: [2, 4, 0, 4]
        own, other = self.dec.gen_cache(x)[1]
        own = own.k + 1  #: [2, 4, 0, 4]
        other = other.k + 1  #: [2, 4, 5, 4]
        h, c = self.lstm.get_initial_states(paddle.zeros([5, 7, 8]))
        h = h + 1  #: [5, 6]
        c = c + 1  #: [5, 6]
        g = self.gru.get_initial_states(paddle.zeros([5, 7, 8]), batch_dim_idx=1) + 1  #: [7, 6]
        mask = _convert_attention_mask(paddle.ones([2, 1, 1, 5], 'bool'), x.dtype)  #: [2, 1, 1, 5]
        return k, s, t, own, other, h, c, g, mask
