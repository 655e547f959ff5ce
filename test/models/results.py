"""What is given by layers that nobody knows: its use tells what it is, as it does for inputs."""

import torch
from torch import nn


class Classifier(nn.Module):
    """Channels by the last layer, axes by the pooling before it; the stem gives what only the features see."""

    def __init__(self, stem, features, classes):
        super().__init__()
        self.stem = stem()
        self.features = features
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.head = nn.Linear(512, classes)

    def forward(self, x):
        x = self.stem(x)
        x = self.features(x)
        x = torch.flatten(self.pool(x), 1)  #: [?, 512]
        return self.head(x)  #: [?, classes]


class Head(nn.Module):
    """Names for the axes by the code that takes them apart."""

    def __init__(self, layers, dim, classes):
        super().__init__()
        self.layers = nn.Sequential(*layers)
        self.norm = nn.BatchNorm2d(dim)
        self.score = nn.Conv2d(dim, classes, 1)

    def forward(self, x):
        features = self.norm(self.layers(x))  #: [b, dim, h, w]
        b, c, h, w = features.shape
        return self.score(features).view(b, -1, h * w)  #: [b, classes, h·w]


class Residual(nn.Module):
    """A sum with what has four axes has four axes, as it is usually meant."""

    def __init__(self, body, dim):
        super().__init__()
        self.body = body
        self.entry = nn.Conv2d(dim, dim, 1)

    def forward(self, x):
        x = self.entry(x)  #: [B, dim, H, W]
        return x + self.body(x)  #: [B, dim, H, W]


class Twice(nn.Module):
    """The same line runs for both inputs: what it gives for one tells nothing of the other."""

    def __init__(self, encoder, dim):
        super().__init__()
        self.encoder = encoder
        self.score = nn.Conv2d(dim, 1, 1)

    def encode(self, x):
        return self.encoder(x)

    def forward(self, image, text):
        scores = self.score(self.encode(image))
        return scores, self.encode(text)


class Several(nn.Module):
    """Two results at once are no tensor."""

    def __init__(self, encoder, dim):
        super().__init__()
        self.encoder = encoder
        self.score = nn.Conv2d(dim, 1, 1)

    def forward(self, x):
        low, high = self.encoder(x)
        return self.score(high), low


class Grid(nn.Module):
    """Data whose number nobody knows, of which each holds two numbers."""

    def __init__(self, ratios):
        super().__init__()
        pairs = [[1.0, 1.0]]
        for ratio in ratios:
            pairs.extend([[ratio, 1.0], [1.0, ratio]])
        self.pairs = torch.as_tensor(pairs)

    def forward(self, x):
        column = torch.arange(x.shape[0])  #: [B]
        both = torch.stack((column, column) * len(self.pairs), dim=-1)  #: [B, ?]
        return self.pairs, both.reshape(-1, 2)  #: [?, 2] × 2
