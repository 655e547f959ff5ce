# Configurations as classes of their own that derive from dict, and what else a factory asks Python about itself.
import copy
import re
import sys

import paddle
import paddle.nn as nn


class AttrDict(dict):
    def __getattr__(self, key):
        return self[key]

    def __setattr__(self, key, value):
        if key in self.__dict__:
            self.__dict__[key] = value
        else:
            self[key] = value


class SelfDict(dict):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.__dict__ = self


class Polite(dict):
    def __getattr__(self, name):
        try:
            return self[name]
        except KeyError:
            raise AttributeError(name)

    def double(self):
        return self.width * 2


class Usual(dict):
    def __missing__(self, key):
        return 7


def decode(text):
    options = AttrDict()
    for op in text.split('_'):
        key, value = re.split(r'(\d.*)', op)[:2]
        options[key] = value
    return AttrDict(kernel_size=int(options['k']), out=int(options['o']))


class Decoded(nn.Layer):
    def __init__(self):
        super().__init__()
        cfg = decode('k3_o16')
        cfg.stride = 2
        self.conv = nn.Conv2D(3, cfg.out, cfg.kernel_size, cfg.stride, 1)

    def forward(self, x):
        return self.conv(x)  #: [B, 16, ⌈H/2⌉, ⌈W/2⌉]


class Configured(nn.Layer):
    def __init__(self):
        super().__init__()
        own = SelfDict(width=3)
        own.depth = 4
        self.a = nn.Linear(own.width, own['depth'])
        polite = copy.deepcopy(Polite(width=4))
        polite.update(out=6, more=8)
        self.b = nn.Linear(polite.double() // 2, polite.get('out'))
        wanted = polite.out if 'more' in polite and len(polite) == 3 and not hasattr(polite, 'nothing') else 1
        self.c = nn.LayerList([nn.Linear(wanted, polite[key]) for key in polite if key == 'more'])
        self.d = nn.Linear(8, Usual()['any'])
        self.e = self.make(**SelfDict(width=7))

    def make(self, width):
        return nn.Linear(width, width + 1)

    def forward(self, x):
        x = self.b(self.a(x))  #: [*, 6]
        x = self.d(self.c[0](x))  #: [*, 7]
        return self.e(x)  #: [*, 8]


class Sized(nn.Layer):
    def __init__(self, name='Sized_8'):
        super().__init__()
        self.fc = nn.Linear(4, int(name.split('_')[1]))

    def forward(self, x):
        return self.fc(x)


def Sized_16():
    name = sys._getframe().f_code.co_name
    return Sized(name)


class Holder(nn.Layer):
    def __init__(self):
        super().__init__()
        self.inner = Sized_16()
        old = nn.Conv2D(16, 4, 1, bias_attr=False)
        self.conv = nn.Conv2D(old._in_channels, old._out_channels, old._kernel_size, bias_attr=old._bias_attr)
        self.bias = 0 if self.conv.bias is None else 1

    def forward(self, x):
        y = self.inner(x)  #: [*, 16]
        z = paddle.zeros([2, self.bias + 3])  #: [2, 3]
        return y, z
