import torch
import torch.nn as nn
import torch.nn.functional as F


class Separable(nn.Module):  #~ depthwise-separable
    def __init__(self, c, d):
        super().__init__()
        self.depthwise = nn.Conv2d(c, c, 3, padding=1, groups=c)
        self.pointwise = nn.Conv2d(c, d, 1)

    def forward(self, x):
        x = self.depthwise(x)  #~ depthwise-separable
        return self.pointwise(x)


class Grouped(nn.Module):
    """Groups of several channels are not depthwise."""

    def __init__(self):
        super().__init__()
        self.grouped = nn.Conv2d(64, 64, 3, padding=1, groups=8)
        self.pointwise = nn.Conv2d(64, 128, 1)

    def forward(self, x):
        return self.pointwise(self.grouped(x))


class Inverted(nn.Module):  #~ inverted-residual
    def __init__(self, c):
        super().__init__()
        self.expand = nn.Conv2d(c, 6 * c, 1)
        self.depthwise = nn.Conv2d(6 * c, 6 * c, 3, padding=1, groups=6 * c)
        self.project = nn.Conv2d(6 * c, c, 1)
        self.act = nn.ReLU6()

    def forward(self, x):
        y = self.act(self.expand(x))  #~ inverted-residual
        y = self.act(self.depthwise(y))
        return x + self.project(y)  #~ residual


class Atrous(nn.Module):  #~ multi-scale
    def __init__(self, c):
        super().__init__()
        self.a = nn.Conv2d(c, c, 3, padding=1)
        self.b = nn.Conv2d(c, c, 3, padding=6, dilation=6)
        self.d = nn.Conv2d(c, c, 3, padding=12, dilation=12)

    def forward(self, x):
        return torch.cat([self.a(x), self.b(x), self.d(x)], dim=1)  #~ multi-scale


class Inception(nn.Module):  #~ parallel
    """Parallel kernels of several sizes are no dilated pyramid."""

    def __init__(self, c):
        super().__init__()
        self.a = nn.Conv2d(c, c, 1)
        self.b = nn.Conv2d(c, c, 3, padding=1)
        self.d = nn.Conv2d(c, c, 5, padding=2)

    def forward(self, x):
        return torch.cat([self.a(x), self.b(x), self.d(x)], dim=1)  #~ parallel


class Skip(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.down = nn.Conv2d(c, 2 * c, 3, padding=1)
        self.up = nn.ConvTranspose2d(2 * c, c, 2, stride=2)

    def forward(self, x):
        y = self.down(F.max_pool2d(x, 2))
        return torch.cat([x, self.up(y)], dim=1)  #~ skip


class TopDown(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.stem = nn.Conv2d(3, c, 3, stride=2, padding=1)
        self.next = nn.Conv2d(c, c, 3, stride=2, padding=1)
        self.act = nn.ReLU()
        self.lateral = nn.Conv2d(c, 256, 1)
        self.inner = nn.Conv2d(c, 256, 1)

    def forward(self, x):
        fine = self.act(self.stem(x))
        coarse = self.act(self.next(fine))
        return self.lateral(fine) + F.interpolate(self.inner(coarse), scale_factor=2)  #~ pyramid


class Shuffle(nn.Module):  #~ channel-shuffle
    def __init__(self, groups):
        super().__init__()
        self.groups = groups

    def forward(self, x):
        b, c, h, w = x.size()
        x = x.view(b, self.groups, c // self.groups, h, w)
        x = x.transpose(1, 2)
        return x.reshape(b, c, h, w)  #~ channel-shuffle


class Twice(nn.Module):  #~ u-net
    def __init__(self, c):
        super().__init__()
        self.first = nn.Conv2d(3, c, 3, padding=1)
        self.down = nn.Conv2d(c, c, 3, padding=1)
        self.bottom = nn.Conv2d(c, c, 3, padding=1)
        self.merge = nn.Conv2d(2 * c, c, 3, padding=1)
        self.last = nn.Conv2d(2 * c, 1, 3, padding=1)

    def forward(self, x):
        a = self.first(x)
        b = self.down(F.max_pool2d(a, 2))
        y = self.bottom(F.max_pool2d(b, 2))
        y = self.merge(torch.cat([b, F.interpolate(y, scale_factor=2)], dim=1))  #~ skip
        return self.last(torch.cat([a, F.interpolate(y, scale_factor=2)], dim=1))  #~ skip


class Optional(nn.Module):  #~ inverted-residual
    """The widening convolution is there under a condition, the input is added back under another one."""

    def __init__(self, inp, oup, stride, expand):
        super().__init__()
        hidden = inp * expand
        self.adds = stride == 1 and inp == oup
        layers = []
        if expand != 1:
            layers.extend([nn.Conv2d(inp, hidden, 1), nn.BatchNorm2d(hidden), nn.ReLU6()])
        layers.extend([nn.Conv2d(hidden, hidden, 3, stride, 1, groups=hidden), nn.BatchNorm2d(hidden), nn.ReLU6()])
        layers.extend([nn.Conv2d(hidden, oup, 1), nn.BatchNorm2d(oup)])
        self.conv = nn.Sequential(*layers)

    def forward(self, x):
        if self.adds:
            return x + self.conv(x)  #~ residual
        return self.conv(x)


class SameTwice(nn.Module):
    """One convolution that runs twice on the same input is no stack of anything."""

    def __init__(self, dim):
        super().__init__()
        self.conv = nn.Conv2d(dim, dim, 3, padding=1)

    def forward(self, x):
        return torch.cat([self.conv(x), self.conv(x)], 1)


class Chain(nn.Module):  #~ dense
    # Dilations that grow along a chain are no parallel branches.
    def __init__(self, channels):
        super().__init__()
        self.steps = nn.ModuleList([nn.Conv2d(channels, channels, 3, padding=i, dilation=i) for i in (1, 2, 3)])

    def forward(self, x):
        maps = [x]
        for step in self.steps:
            x = step(x)
            maps.append(x)
        return torch.cat(maps, dim=1)  #~ dense
