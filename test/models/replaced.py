# A file that puts methods of its own on layers of a library: those layers do that here, and nowhere else.
import functools

import paddle
import torch
from paddle.nn.layer.transformer import _convert_attention_mask
from torch import nn


def without_feed_forward(self, src, src_mask=None, cache=None):
    self.self_attn.need_weights = getattr(self, '_tells', False)
    src_mask = _convert_attention_mask(src_mask, src.dtype)
    out = self.self_attn(src, src, src, src_mask)
    if getattr(self, '_halves', False):
        out = out[..., ::2]
    return self.norm1(src + self.dropout1(out))


def flagged(init):
    @functools.wraps(init)
    def made(self, *args, **kwargs):
        doubles = kwargs.pop('doubles', False)
        init(self, *args, **kwargs)
        self.doubles = doubles

    return made


def through(self, src, src_mask=None):
    for layer in self.layers:
        src = layer(src, src_mask)
    return paddle.concat([src, src], axis=1) if self.doubles else src


paddle.nn.TransformerEncoderLayer.forward = without_feed_forward
paddle.nn.TransformerEncoder.__init__ = flagged(paddle.nn.TransformerEncoder.__init__)
paddle.nn.TransformerEncoder.forward = through

plain = nn.Conv1d.forward


def strided(self, x):
    return plain(self, x)[..., ::2]


nn.Conv1d.forward = strided
nn.Conv2d.forward = strided
nn.Conv2d.forward = nn.Conv3d.forward


class Encoders(paddle.nn.Layer):
    def __init__(self):
        super().__init__()
        layer = paddle.nn.TransformerEncoderLayer(16, 4, 32)
        self.plain = paddle.nn.TransformerEncoder(layer, 2)
        self.double = paddle.nn.TransformerEncoder(layer, 2, doubles=True)

    def forward(self, x):
        x = x.reshape([2, 5, 16])
        y = self.plain(x, paddle.ones([2, 1, 5, 5]))  #: [2, 5, 16]
        return self.double(y)  #: [2, 10, 16]


class Strided(nn.Module):
    def __init__(self):
        super().__init__()
        self.one = nn.Conv1d(4, 8, 1)

    def forward(self, x):
        return self.one(torch.zeros(2, 4, 6))  #: [2, 8, 3]


class Inherits(nn.Conv1d):
    def forward(self, x):
        return super().forward(x) + 1


class Holds(nn.Module):
    def __init__(self):
        super().__init__()
        self.one = Inherits(4, 8, 1)

    def forward(self, x):
        return self.one(torch.zeros(2, 4, 6))  #: [2, 8, 3]
