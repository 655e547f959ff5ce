# Layers that are registered under names made in a loop, beside the list that runs them.
import paddle.nn as nn


class Pyramid(nn.Layer):
    def __init__(self, in_channels, out_channels, norm=None, extra=1, more=False):
        super().__init__()
        self.lateral = []
        self.smooth = []
        for i in range(len(in_channels)):
            lateral = self.add_sublayer(f'lateral{i}', nn.Conv2D(in_channels[i], out_channels, 1))
            self.lateral.append(lateral)
            if norm is not None:
                smooth = self.add_sublayer(f'smooth{i}', nn.Sequential(nn.Conv2D(out_channels, out_channels, 3)))
            else:
                smooth = self.add_sublayer(f'smooth{i}', nn.Conv2D(out_channels, out_channels, 3))
            self.smooth.append(smooth)
        if more:
            for i in range(extra):
                self.smooth.append(self.add_sublayer(f'extra{i}', nn.Conv2D(out_channels, out_channels, 3)))

    def forward(self, maps):
        return [smooth(lateral(x)) for smooth, lateral, x in zip(self.smooth, self.lateral, maps)]
