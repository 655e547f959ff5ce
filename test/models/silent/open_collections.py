import torch.nn as nn


def split_by(condition, options):
    parts = [dict(), dict()]
    for key in options.keys():
        parts[int(not condition(key))][key] = options[key]
    return (*parts,)


def without_prefix(prefix, options):
    chosen, rest = split_by(lambda name: name.startswith(prefix), options)
    return dict(map(lambda pair: (pair[0][len(prefix) :], pair[1]), tuple(chosen.items()))), rest


class Stages(nn.Module):
    """The options of a stage are told by the names of the arguments."""

    def __init__(self, *, a_in=3, a_out=8, b_in=8, b_out=16):
        super().__init__()
        options = dict(locals())
        layers = []
        for name in ('a', 'b'):
            stage, options = without_prefix(f'{name}_', options)
            layers.append(nn.Linear(stage['in'], stage['out']))
        self.layers = nn.Sequential(*layers)

    def forward(self, x):
        return self.layers(x)


class Chosen(nn.Module):
    """Which of the module's names are copied nobody knows."""

    def __init__(self):
        super().__init__()
        names = {}
        for name in globals().keys():
            if name.startswith('size_'):
                names[name] = globals()[name]
        self.fc = nn.Linear(names['size_in'], names['size_out'])

    def forward(self, x):
        return self.fc(x)


class Stem(nn.Module):
    """A part of the layers that ends nobody knows where."""

    def __init__(self, ends):
        super().__init__()
        self.ends = ends
        self.features = nn.Sequential(
            nn.Conv2d(3, 64, 7, stride=2), nn.ReLU(), nn.Conv2d(64, 128, 3), nn.Conv2d(128, 256, 3)
        )

    def forward(self, x):
        x = self.features[0](x)
        x = self.features[1 : self.ends[0]](x)
        return self.features[self.ends[0] : self.ends[1]](x)


# Blocks that are numbered as they are made: which is the last, nobody knows here.
class Numbered(nn.Module):
    def __init__(self, settings: list):
        super().__init__()
        self.blocks = nn.Sequential()
        for i, setting in enumerate(settings):
            self.blocks.add_module(str(i), nn.Conv2d(**setting))
            self.width = self.blocks[-1].out_channels

    def forward(self, x):
        return self.blocks(x)


# A size rounded up, twice: the axes of a map are merged in their order.
class Strided(nn.Module):
    def __init__(self, stride, resolution):
        super().__init__()
        self.stride = stride
        self.resolution = resolution

    def forward(self, x):
        B, N, C = x.shape
        x = x.view(B, self.resolution, self.resolution, C)
        return x[:, :: self.stride, :: self.stride].reshape(B, -1, C)
