# Two branches that fold into one kernel, pasted without the helpers that it is built of.
import paddle
import paddle.nn as nn
from paddle import ParamAttr
from paddle.nn.initializer import Constant


class TwoBranches(nn.Layer):
    def __init__(self, ch_in, ch_out, act='relu', weighted=False):
        super(TwoBranches, self).__init__()
        self.ch_in = ch_in
        self.ch_out = ch_out
        self.square = ConvBNLayer(ch_in, ch_out, 3, stride=1, padding=1, act=None)
        self.point = ConvBNLayer(ch_in, ch_out, 1, stride=1, padding=0, act=None)
        self.act = get_act_fn(act) if act is None or isinstance(act, (str, dict)) else act
        self.share = None
        if weighted:
            self.share = self.create_parameter([1], attr=ParamAttr(initializer=Constant(value=1.0)), dtype='float32')

    def forward(self, x):
        if hasattr(self, 'whole'):
            return self.act(self.whole(x))  #: [B, ch_out, H, W] after deploy()
        y = self.square(x)  #: [B, ch_out, H, W]
        if self.share is not None:
            y = y + self.share * self.point(x)  #: [B, ch_out, H, W] when weighted
        else:
            y = y + self.point(x)  #: [B, ch_out, H, W]
        return self.act(y)  #: [B, ch_out, H, W]

    def deploy(self):
        if not hasattr(self, 'whole'):
            self.whole = nn.Conv2D(in_channels=self.ch_in, out_channels=self.ch_out, kernel_size=3, padding=1)
        kernel, bias = self.folded()
        self.whole.weight.set_value(kernel)
        self.whole.bias.set_value(bias)
        self.__delattr__('square')
        self.__delattr__('point')

    def folded(self):
        wide, wide_bias = self.fold(self.square)
        narrow, narrow_bias = self.fold(self.point)
        return wide + self.padded(narrow), wide_bias + narrow_bias

    def padded(self, kernel):
        return nn.functional.pad(kernel, [1, 1, 1, 1])

    def fold(self, branch):
        kernel = branch.conv.weight
        std = (branch.bn._variance + branch.bn._epsilon).sqrt()  #: [ch_out]
        scale = (branch.bn.weight / std).reshape((-1, 1, 1, 1))  #: [ch_out, 1, 1, 1]
        return kernel * scale, branch.bn.bias - branch.bn._mean * branch.bn.weight / std
