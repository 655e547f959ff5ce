import torch
import torch.nn as nn


class Head(nn.Module):
    """A default of `()` or `None` stands for an argument that every call has."""

    def __init__(self, in_channels, widths=(), norm=None, kernel=None):
        super().__init__()
        self.first = nn.Linear(in_channels, widths[0])
        self.last = nn.Linear(widths[0], widths[-1])
        self.conv = nn.Conv2d(3, 3, kernel[0])
        self.norm = norm(widths[-1])

    def forward(self, x):
        return self.norm(self.last(self.first(x)))


class Apply(nn.Module):
    def forward(self, *inputs, **options):
        return inputs[0] + options['bias']


class Join(nn.Module):
    """The skip is there in every call of the decoder."""

    def __init__(self, channels):
        super().__init__()
        self.up = nn.Conv2d(channels, channels, 1)
        self.conv = nn.Conv2d(2 * channels, channels, 3, padding=1)

    def forward(self, x, skip=None):
        x = self.up(x)
        if skip is not None:
            x = torch.cat([x, skip], dim=1)
        return self.conv(x)


class Dense(nn.Module):
    """What is asked for its type may be a tuple."""

    def forward(self, x):
        whole = torch.cat(x, dim=1) if isinstance(x, tuple) else x
        first = x[0]
        return torch.cat([first, whole], dim=1)


class Generator(nn.Module):
    def __init__(self, dim, img_shape):
        super().__init__()
        self.img_shape = img_shape
        self.fc = nn.Linear(dim, 64)

    def forward(self, z):
        img = torch.tanh(self.fc(z))
        return img.view(img.size(0), *self.img_shape)


class Kept(nn.Module):
    def __init__(self, threshold, heads):
        super().__init__()
        self.threshold = threshold
        self.heads = heads

    def forward(self, boxes):
        for scores, labels in zip(*self.heads(boxes)):
            kept = torch.where(scores > self.threshold)[0]
            boxes = boxes[kept]
        return boxes


def by_key(test, table):
    both = [dict(), dict()]
    for key in table.keys():
        both[int(not bool(test(key)))][key] = table[key]
    return (*both,)


class Grouped(nn.Module):
    def __init__(self, dim, **kwargs):
        super().__init__()
        mine, others = by_key(lambda key: key.startswith('my_'), kwargs)
        self.fc = nn.Linear(dim, mine['my_dim'])

    def forward(self, x):
        return self.fc(x)


class Somehow(nn.Module):
    """Nobody knows the sizes that are normalised."""

    def __init__(self, config):
        super().__init__()
        self.fc = nn.Linear(32, 16)
        self.norm = nn.LayerNorm(config.sizes())

    def forward(self, x):
        return self.norm(self.fc(x))


class Reduce(nn.Module):
    """Its defaults do not fit together, and nobody makes one with them."""

    def __init__(self, dim, heads=8, kernels=(3, 3), norm=nn.LayerNorm):
        super().__init__()
        self.convs = nn.ModuleList([nn.Conv2d(dim, dim, kernels[i]) for i in range(heads)])
        self.down = nn.Conv2d(dim, 2 * dim, 3, 2, 1)
        self.norm = norm(2 * dim)

    def forward(self, x):
        for conv in self.convs:
            x = conv(x)
        return self.norm(self.down(x))


class Network(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.stage = Reduce(dim, heads=2, norm=nn.BatchNorm2d)

    def forward(self, x):
        return self.stage(x)
