# Helpers that are found nowhere: shapes are assumed by their names, and no problem is ever derived from one.
import paddle.nn as nn
from elsewhere.layers import TheseusLayer


class Fused(nn.Layer):
    def __init__(self, ch_in, ch_out, act='relu'):
        super().__init__()
        self.wide = ConvBNLayer(ch_in, ch_out, 3, padding=1)
        self.narrow = ConvBNLayer(ch_in, ch_out, 1)
        self.act = get_act_fn(act)

    def forward(self, x):
        y = self.wide(x) + self.narrow(x)  #: [B, ch_out, H, W]
        return self.act(y)  #: [B, ch_out, H, W]

    def fold(self, branch):
        return branch.conv.weight

    def folded(self):
        gamma = self.narrow.bn.weight  #: [ch_out]
        std = (self.narrow.bn._variance + self.narrow.bn._epsilon).sqrt()  #: [ch_out]
        return gamma / std  #: [ch_out]


class Unproved(nn.Layer):
    def __init__(self):
        super().__init__()
        self.first = ConvBNLayer(3, 8, 1)
        self.second = nn.Conv2D(9, 4, 1)

    def forward(self, x):
        return self.second(self.first(x))


class Staged(TheseusLayer):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2D(3, 8, 3)

    def forward(self, x):
        return self.conv(x)  #: [B, 8, H - 2, W - 2]
