# Stacks of the library that are given a block by whoever builds them.
import paddle
import paddle.nn as pnn
import torch.nn as nn


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
