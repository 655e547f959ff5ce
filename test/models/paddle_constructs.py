# What Paddle code bases do in constructors: layers named in a text, layers with attributes of their own.
import six
import paddle
import paddle.nn as nn
import paddle.nn.functional as F


class Pool(nn.AdaptiveAvgPool2D):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.single = isinstance(self._output_size, int)

    def forward(self, x):
        return F.adaptive_avg_pool2d(x, output_size=self._output_size, data_format=self._data_format, name=self._name)


class Named(nn.Layer):
    def __init__(self, dim, norm_layer='nn.BatchNorm2D'):
        super().__init__()
        self.norm = eval(norm_layer)(dim)
        self.pool = Pool(1)
        self.stem = paddle.vision.ops.ConvNormActivation(3, dim, 3, stride=2)

    def forward(self, x):
        x = self.stem(x)  #: [n, dim, ⌈H/2⌉, ⌈W/2⌉]
        y = self.norm(x)  #: [n, dim, ⌈H/2⌉, ⌈W/2⌉]
        z = self.pool(y)  #: [n, dim, 1, 1]
        n, c = z.shape[:2]
        return z.reshape([n, c])  #: [n, dim]


class Product(nn.Layer):
    def __init__(self, dim):
        super().__init__()
        self.weight = paddle.create_parameter([dim, 4], 'float32')
        self.norm = nn.SyncBatchNorm.convert_sync_batchnorm(nn.Sequential(nn.Linear(4, 8), nn.BatchNorm1D(8)))

    def forward(self, x):
        y = paddle.matmul(x, self.weight)  #: [*, 4]
        return self.norm(y)  #: [*, 8]


class Projection(nn.Layer):
    def __init__(self, dim):
        super().__init__()
        self.weight = self.create_parameter([dim, 4])

    def forward(self, x):
        return x @ self.weight  #: [*, 4]


def named(name, c):
    return [(f'{name}_conv', nn.Conv2D(3, c, 1)), (f'{name}_act', nn.ReLU())]


class UnknownNames(nn.Layer):
    # What the layers of a Sequential are called decides nothing of what they do.
    def __init__(self, name, c):
        super().__init__()
        self.one = nn.Sequential((f'{name}_conv', nn.Conv2D(3, c, 1)), ('{}_act'.format(name), nn.ReLU()))
        self.two = nn.Sequential(*named(name, c))

    def forward(self, x):
        y = self.one(x)  #: [B, c, H, W]
        z = self.two(x)  #: [B, c, H, W]
        return y, z


class Preparing(type(nn.Layer)):
    """A metaclass that runs something behind the constructor of each of its classes."""

    def __init__(cls, name, bases, attrs):
        init, after = cls.__init__, getattr(cls, 'after', None)

        def wrapped(self, *args, **kwargs):
            init(self, *args, **kwargs)
            after(self)

        if '__init__' in attrs:
            cls.__init__ = wrapped
        super(Preparing, cls).__init__(name, bases, attrs)


class Plain(nn.Layer):
    def __init__(self, width):
        super(Plain, self).__init__()
        self.width = width


Prepared = Preparing('Prepared', (Plain,), {'__init__': Plain.__init__, 'after': lambda self: setattr(self, 'twice', 2 * self.width)})


@six.add_metaclass(Preparing)
class Started(nn.Layer):
    def __init__(self, width):
        super(Started, self).__init__()
        self.width = width

    def after(self):
        self.more = self.width + 1


class OfMetaclasses(nn.Layer):
    """A metaclass makes classes when it is called, and where `six` puts it upon one."""

    def forward(self, x):
        x = paddle.ones([Prepared(3).twice, 2])  #: [6, 2]
        return paddle.ones([Started(3).more, 2])  #: [4, 2]
