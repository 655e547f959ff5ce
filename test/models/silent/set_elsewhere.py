import torch.nn as nn


class BaseHead(nn.Module):
    """Whoever derives from it sets the rest."""

    def __init__(self, dim):
        super().__init__()
        self.fc = nn.Linear(dim, dim)

    def forward(self, x):
        return self.classifier(self.fc(x))


class Resized(nn.Module):
    """Its size is set by the network that holds it."""

    def __init__(self, dim):
        super().__init__()
        self.fc = nn.Linear(dim, dim)

    def forward(self, x):
        return self.fc(x)[:, : self.grid]


class Network(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.part = Resized(dim)

    def forward(self, x):
        self.part.grid = x.shape[1] // 2
        return self.part(x)


class Generating(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.fc = nn.Linear(dim, dim)

    def encode(self, x):
        raise NotImplementedError

    def forward(self, x):
        return self.sample(self.fc(x))


class Optional(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.fc = nn.Linear(dim, dim)

    def forward(self, x):
        if hasattr(self, 'gate'):
            x = self.gate(x)
        try:
            x = self.extra(x)
        except AttributeError:
            pass
        return self.fc(x)


class Detecting(nn.Module):
    """Its strides are set once a run has shown them."""

    stride = None
    scale = None
    decode = None

    def __init__(self, dim):
        super().__init__()
        self.conv = nn.Conv2d(dim, dim, 1)

    def forward(self, x):
        y = self.conv(x) * self.scale
        for step in self.stride:
            y = y * step
        return self.decode(y * self.stride[0])
