import torch.nn as nn


class Handed(nn.Module):
    """What a layer gives that nobody knows is a tensor as soon as it is asked for what only tensors have."""

    def __init__(self, backbone: nn.Module, num_classes):
        super().__init__()
        self.backbone = backbone
        self.fc = nn.Linear(512, num_classes)

    def forward(self, x):
        batch, c, h, w = x.shape
        y = self.backbone(x)
        y = y.view(batch, -1)  #: [batch, 512]
        return self.fc(y)  #: [batch, num_classes]


class Asked(nn.Module):
    """What is unpacked from its shape are its sizes from here on."""

    def __init__(self, backbone, dim):
        super().__init__()
        self.backbone = backbone
        self.conv = nn.Conv2d(dim, 8, 1)

    def forward(self, x):
        y = self.backbone(x)
        b, c, h, w = y.shape
        z = y.flatten(2).transpose(1, 2)  #: [b, h·w, dim]
        return z, self.conv(y)  #: [b, h·w, dim], [b, 8, h, w]


class Lists(nn.Module):
    """A list that a layer gives is none."""

    def __init__(self, backbone):
        super().__init__()
        self.backbone = backbone

    def forward(self, x):
        features = self.backbone(x)
        first = features[0]
        return [f + first for f in features]


class Chain(nn.Sequential):
    def forward(self, x):
        for layer in self._modules.values():
            x = layer(x)
        return x


class Hidden(nn.Module):
    """An element that nobody knows is not passed over."""

    def __init__(self, middle):
        super().__init__()
        self.chain = Chain()
        self.chain.add_module('first', nn.Conv2d(3, 8, 3, padding=1))
        self.chain.add_module('middle', middle)
        self.fc = nn.Linear(7, 5)

    def forward(self, x):
        return self.fc(self.chain(x))  #: [*, 5]
