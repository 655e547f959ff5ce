/**
 * What helpers of these names are in PaddleDetection, PaddleSeg and PaddleClas alike. Where they differ (the padding of
 * a kernel larger than 1), a name that nobody defines keeps the sizes unknown.
 */
export const paddleHelpers = `
import paddle
import paddle.nn as nn
import paddle.nn.functional as F

def get_act_fn(act=None, trt=False):
    if act is None:
        return nn.Identity()
    if isinstance(act, dict):
        act = act['name']
    return getattr(F, act) if isinstance(act, str) else act

get_activation = get_act_fn

class Activation(nn.Layer):
    def __init__(self, act=None):
        super().__init__()
        self.act_func = get_act_fn(act)

    def forward(self, x):
        return self.act_func(x)

def SyncBatchNorm(*args, **kwargs):
    return nn.BatchNorm2D(*args, **kwargs)

class ConvBNLayer(nn.Layer):
    def __init__(self, ch_in, ch_out, filter_size=3, stride=1, groups=1, padding=None, act=None, **options):
        super().__init__()
        if padding is None:
            padding = 0 if filter_size == 1 else not_said
        self.conv = nn.Conv2D(ch_in, ch_out, filter_size, stride, padding, groups=groups, bias_attr=False)
        self.bn = nn.BatchNorm2D(ch_out)
        self.act = get_act_fn(act)

    def forward(self, x):
        return self.act(self.bn(self.conv(x)))

ConvNormLayer = ConvBNLayer
BaseConv = ConvBNLayer

class ConvBN(nn.Layer):
    def __init__(self, in_channels, out_channels, kernel_size, padding='same', **options):
        super().__init__()
        self._conv = nn.Conv2D(in_channels, out_channels, kernel_size, padding=padding, **options)
        self._batch_norm = nn.BatchNorm2D(out_channels)

    def forward(self, x):
        return self._batch_norm(self._conv(x))

class ConvBNReLU(ConvBN):
    def forward(self, x):
        return F.relu(self._batch_norm(self._conv(x)))

class SeparableConvBNReLU(nn.Layer):
    def __init__(self, in_channels, out_channels, kernel_size, padding='same', pointwise_bias=None, **options):
        super().__init__()
        self.depthwise_conv = ConvBN(in_channels, in_channels, kernel_size, padding=padding, groups=in_channels, **options)
        self.piontwise_conv = ConvBNReLU(in_channels, out_channels, 1, bias_attr=pointwise_bias)

    def forward(self, x):
        return self.piontwise_conv(self.depthwise_conv(x))

class DropPath(nn.Layer):
    def __init__(self, drop_prob=None, *rest):
        super().__init__()
        self.drop_prob = drop_prob

    def forward(self, x):
        return x

def drop_path(x, *rest, **options):
    return x

class Identity(nn.Layer):
    def forward(self, x):
        return x

def to_2tuple(x):
    return tuple(x) if isinstance(x, (list, tuple)) else (x, x)

class TheseusLayer(nn.Layer):
    def init_res(self, stages_pattern, return_patterns=None, return_stages=None):
        pass
`;
