# What PaddleDetection, PaddleSeg and PaddleClas do that is correct code: nothing here may be reported.
import os

import numpy as np
import paddle
import paddle.nn as nn
import paddle.nn.functional as F
from paddle.nn.initializer import Assign

from ppdet.core.workspace import register


@register
class Detector(nn.Layer):
    __category__ = 'architecture'
    __inject__ = ['post_process']

    def __init__(self, backbone, neck='FPN', post_process='BBoxPostProcess'):
        super().__init__()
        self.backbone = backbone
        self.neck = neck
        self.post_process = post_process

    def forward(self, x):
        features = self.neck(self.backbone(x))
        return self.post_process(features)


class Block(nn.Layer):
    def __init__(self, dim):
        super().__init__()
        self.norm = nn.LayerNorm(dim)
        self.H = None
        self.W = None

    def forward(self, x):
        B, L, C = x.shape
        x = self.norm(x).reshape([B, self.H, self.W, C])  #: [B, H, W, dim]
        return x.flatten(1, 2)  #: [B, H·W, dim]


class Stage(nn.Layer):
    def __init__(self, dim):
        super().__init__()
        self.blocks = nn.LayerList([Block(dim) for _ in range(2)])

    def forward(self, x, H, W):
        for block in self.blocks:
            block.H, block.W = H, W
            x = block(x)
        return x


class Mask(nn.Layer):
    def forward(self, x, index):
        mask = paddle.zeros((1, 14, 14, 1), dtype=x.dtype)  #: [1, 14, 14, 1]
        found = index['scores']
        positive = found > 0
        mask = paddle.where(positive, mask, -mask)
        count = paddle.cumsum(mask != 0, axis=1, dtype='float32')
        return count[::-1], positive.astype('float32')


class Losses(nn.Layer):
    def forward(self, losses, weights):
        total = 0
        for loss, weight in zip(losses, weights):
            total = total + weight(loss)
        return total


class Anchors(nn.Layer):
    def __init__(self, scales, mode):
        super().__init__()
        self.scales = np.array(scales, dtype=int)
        self.first = self.scales[1:] // self.scales[0]
        self.mode = mode

    def forward(self, x):
        return F.interpolate(x, scale_factor=2, mode=self.mode)


class Projection(nn.Layer):
    def __init__(self, dim):
        super().__init__()
        # The parameter has the shape of what is assigned.
        self.proj = self.create_parameter([dim], default_initializer=Assign(paddle.randn([dim, 512])))

    def forward(self, x):
        proj = self.proj * 2  #: [dim, 512]
        return x @ proj


class Widths(nn.Layer):
    """The widths of RegNet are computed with NumPy."""

    def __init__(self):
        super().__init__()
        widths = np.arange(13) * 36.44 + 24
        stages = np.round(np.log(widths / 24) / np.log(2.49))
        widths = np.round(np.divide(24 * np.power(2.49, stages), 8)) * 8
        self.stages = len(np.unique(widths)) + int(stages.max())
        widths = widths.astype(int).tolist()
        self.first = nn.Linear(widths[0], widths[-1])
        self.second = nn.Linear(widths[-1], np.diff([1, 4, 9]).tolist()[1])

    def forward(self, x):
        x = self.first(x)  #: [*, 368]
        x = self.second(x)  #: [*, 5]
        return x.expand([self.stages, 5])  #: [7, 5]


class Pooled(nn.Layer):
    def forward(self, features, rois, count):
        rois = paddle.concat(rois) if len(rois) > 1 else rois[0]
        return paddle.vision.ops.roi_align(features, rois, count, 7)


def AnyBatchNorm(*args, **kwargs):
    if paddle.get_device() == 'cpu' or os.environ.get('EXPORTING') or 'xpu' in paddle.get_device() or 'npu' in paddle.get_device():
        return nn.BatchNorm2D(*args, **kwargs)
    elif paddle.distributed.ParallelEnv().nranks == 1:
        return nn.BatchNorm2D(*args, **kwargs)
    else:
        return nn.SyncBatchNorm(*args, **kwargs)


class NamedActivation(nn.Layer):
    def __init__(self, act=None):
        super().__init__()
        self._act = act
        names = nn.layer.activation.__dict__.keys()
        table = dict(zip([name.lower() for name in names], names))
        if act is not None:
            if act not in table.keys():
                raise KeyError(f'{act} is none of {table.keys()}')
            self.act_func = eval('nn.layer.activation.{}()'.format(table[act]))

    def forward(self, x):
        return x if self._act is None else self.act_func(x)


class ConvBatchNormAct(nn.Layer):
    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.conv = nn.Conv2D(in_channels, out_channels, 3, padding='same')
        self.norm = AnyBatchNorm(out_channels, data_format='NCHW')
        self.act = NamedActivation('leakyrelu')

    def forward(self, x):
        x = self.norm(self.conv(x))  #: [B, out_channels, H, W]
        return self.act(x)  #: [B, out_channels, H, W]


class Marked(nn.Layer):
    """What is set on a container is no element of it."""

    def __init__(self):
        super().__init__()
        self.conv1 = nn.Sequential(nn.Conv2D(3, 8, 3, padding=1), nn.ReLU())
        for child in self.children():
            child.weight_attr = paddle.framework.ParamAttr(initializer=paddle.nn.initializer.KaimingNormal)

    def forward(self, x):
        return self.conv1(x)  #: [B, 8, H, W]


class Gathering(nn.Layer):  #? nothing
    """What `*lows` holds is tensors: how many nobody knows, so the channels are not known before the convolution."""

    def __init__(self, in_channels, out_channels, count):
        super().__init__()
        self.up = nn.Conv2DTranspose(in_channels, out_channels, 2, 2)
        self.conv = nn.Conv2D(count * out_channels, out_channels, 3, padding=1)

    def forward(self, high, *lows):
        features = [self.up(high)]  #: [B, out_channels, 2·H, 2·W]
        for low in lows:
            features.append(low)
        x = paddle.concat(features, axis=1)  #: [B, ?, 2·H, 2·W]
        return self.conv(x)  #: [B, out_channels, 2·H, 2·W]


class Segments(nn.Layer):  #? nothing
    """With `ceil_mode` the only window may hang over the end."""

    def forward(self, x):
        return F.avg_pool1d(x, kernel_size=100, stride=100, ceil_mode=True)  #: [B, C, ⌈L/100⌉]


class NamedInput(nn.Layer):
    """What stands in a batch under a name is a tensor where a layer takes it for one."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2D(3, 8, 3, stride=2, padding=1)

    def forward(self, inputs):
        x = self.stem(inputs['image'])  #: [B, 8, ⌈H/2⌉, ⌈W/2⌉]
        if 'scale' in inputs and inputs['scale'] > 1:
            x = x * inputs['scale']
        return x


class NamedImage(nn.Layer):
    """What its use has told of such a tensor, it is from the start."""

    def __init__(self):
        super().__init__()
        self.stem = nn.Conv2D(3, 8, 3, stride=2, padding=1)

    def forward(self, inputs):
        x = inputs['image']  #: [B, 3, H, W]
        return self.stem(x)  #: [B, 8, ⌈H/2⌉, ⌈W/2⌉]


class Levels(nn.Layer):  #? len(feats) must equal 2
    """How many features there are, the assertion says: each has sizes of its own."""

    def __init__(self, in_channels=(16, 32), strides=(8, 16)):
        super().__init__()
        self.strides = strides
        self.stems = nn.LayerList([nn.Conv2D(c, 24, 1) for c in in_channels])

    def forward(self, feats):
        assert len(feats) == len(self.strides), 'as many as strides'
        feats = feats[::-1]
        scores = []
        for i, feat in enumerate(feats):
            feat = self.stems[-1 - i](feat)
            scores.append(feat.flatten(2))
        return paddle.concat(scores, axis=2)  #: [B, 24, H2·W2 + H·W]


class AnyLevel(nn.Layer):  #? nothing
    """At a place that nobody knows stands a layer of that kind: what differs between them is not known."""

    def __init__(self, in_channels=(16, 32)):
        super().__init__()
        self.inner = nn.LayerList([nn.Conv2D(c, 24, 3, padding=1) for c in in_channels])

    def forward(self, x, level):
        return self.inner[level](x)  #: [B, 24, H, W]


class Growing(nn.Layer):  #? nothing
    """Two layers that are taken from unknown places have nothing to do with each other."""

    def __init__(self, channels=(16, 32, 64)):
        super().__init__()
        self.convs = nn.LayerList([nn.Conv2D(c, 2 * c, 1) for c in channels])

    def forward(self, x, start):
        x = self.convs[start](x)  #: [B, ?, H, W]
        return self.convs[start + 1](x)  #: [B, ?, H, W]


class OneProcess(nn.Layer):
    """Code is read as it runs in one process."""

    def forward(self, x):
        return paddle.ones([paddle.distributed.ParallelEnv().nranks, 2])  #: [1, 2]


class OnAnyDevice(nn.Layer):
    """The device is one condition, however often it is asked."""

    def forward(self, x):
        size = 3 if paddle.get_device() == 'cpu' else 5
        more = 3 if 'gpu' not in paddle.get_device() else 5
        return paddle.ones([size - more, 2])  #: [0, 2]


class NamedByNumber(nn.Layer):
    """Layers under names that are put together of a number that nobody knows."""

    def __init__(self, widths, out):
        super().__init__()
        for i in range(1, len(widths)):
            setattr(self, f'proj_{i}', nn.Sequential(nn.Conv2D(widths[i], out, 3, padding=1), nn.ReLU()))
            setattr(self, 'up_' + str(i), nn.Conv2DTranspose(out, out, 4, stride=2, padding=1, groups=out))
            self.add_sublayer('mix_%d' % i, nn.Linear(7, 5))
            self.add_sublayer('{}_{}'.format('pool', i), nn.Linear(7, 3))

    def forward(self, x, feats, level):
        for i in range(level + 1, len(feats)):
            y = getattr(self, f'proj_{i - level}')(x)  #: [B, out, H, W]
            y = getattr(self, 'up_' + str(i - level))(y)  #: [B, out, 2·H, 2·W]
            z = getattr(self, 'mix_%d' % i)(paddle.ones([2, 7]))  #: [2, 5]
            w = getattr(self, 'pool_{}'.format(i))(paddle.ones([2, 7]))  #: [2, 3]
            v = getattr(self, f'{feats[0]}_{i}')(x)
            u = self.mix_1(paddle.ones([2, 7]))  #: [2, 5]
        return y, z, w, v, u


class GrownInTwoLoops(nn.Layer):
    """A list that loops in loops make longer by layers of two kinds."""

    def __init__(self, ins, outs):
        super().__init__()
        self.steps = []
        for i in range(len(outs)):
            for j in range(len(ins)):
                if j > i:
                    self.steps.append(self.add_sublayer(f's{i}_{j}', nn.Conv2D(ins[j], outs[i], 1)))
                elif j < i:
                    for k in range(i - j):
                        step = self.add_sublayer(f's{i}_{j}_{k}', nn.Conv2D(ins[j], outs[i], 3, 2, 1))
                        self.steps.append(step)

    def forward(self, x, at):
        y = self.steps[at](x)
        return y.sum(axis=[1, 2, 3])  #: [B]
