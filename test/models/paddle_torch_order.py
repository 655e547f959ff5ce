import paddle
import paddle.nn.functional as F
from paddle import nn


class AxisFirst(nn.Layer):
    # Some functions of Paddle take PyTorch's order of arguments as well: the axis stands before the index then.
    def forward(self):
        x = paddle.zeros([4, 3])
        row = paddle.to_tensor([0, 1])
        table = paddle.to_tensor([[0, 1], [1, 2]])
        a = paddle.gather(x, row)  #: [2, 3]
        b = paddle.gather(x, 1, table)  #: [2, 2]
        c = x.gather(dim=1, index=table)  #: [2, 2]
        d = paddle.index_select(x, 1, row)  #: [4, 2]
        e = x.index_add(1, row, paddle.ones([4, 2]))  #: [4, 3]
        f = x.scatter(1, table, 1.0)  #: [4, 3]
        x.scatter_(dim=1, index=table, value=1.0)
        g = F.group_norm(paddle.zeros([2, 4, 5, 5]), 2, paddle.ones([4]), paddle.zeros([4]), 1e-5)  #: [2, 4, 5, 5]
        return a, b, c, d, e, f, g


class CalledSize(nn.Layer):
    # The number of elements can be called: then it is the shape.
    def forward(self, x):
        n, c, h, w = x.size()
        y = x.reshape([n, c, h * w])  #: [n, c, h·w]
        return paddle.zeros([y.size(1), x.size(-1), y[0, 0, :1].size])  #: [c, w, 1]


class Sizes(nn.Layer):
    # Sizes may stand one after the other, too.
    def __init__(self, n=3):
        super().__init__()
        self.n = n

    def forward(self, x):
        a = paddle.ones(self.n, 2)  #: [3, 2]
        b = paddle.zeros(2, self.n, 4, dtype='int64')  #: [2, 3, 4]
        c = paddle.rand([2], 'float64')  #: [2]
        d = paddle.rot90(paddle.zeros([2, 3, 4]), 1, [1, 2])  #: [2, 4, 3]
        e = paddle.as_strided(x, [2, 3], [3, 1])  #: [2, 3]
        f = F.sequence_mask(paddle.to_tensor([1, 3]), maxlen=self.n)  #: [2, 3]
        return a, b, c, d, e, f


class Lost(nn.Layer):
    # What has no elements still has a rank of its own, which Paddle compares.
    def forward(self, x):
        n, c = x.shape
        return paddle.concat([paddle.zeros([0]), x])  #! cat-mismatch


class Fallback(nn.Layer):
    # A `forward` that needs no `self` is called without it.
    @staticmethod
    def forward(x):
        return [x]


class Gathered(nn.Layer):
    # What led out of the function in a condition of two is not so behind it.
    def __init__(self, left, right):
        super().__init__()
        self.left, self.right = left, right
        self.fc = nn.Linear(4, 8)
        self.plain = Fallback()

    def forward(self, x):
        first = [] if self.left == 0 else self.plain(x)
        second = [] if self.right == 0 else [self.fc(y) for y in self.plain(x)]
        if not first + second:
            return None
        return paddle.concat(first + second, axis=-1)


class Either(nn.Layer):
    def __init__(self, head=None, tail=None):
        super().__init__()
        if head is None and tail is None:
            raise ValueError('nothing to do')
        parts = ([] if head is None else [nn.Linear(4, 8)]) + ([] if tail is None else [nn.Linear(8, 4)])
        self.last = parts[-1]

    def forward(self, x):
        return self.last(x)
