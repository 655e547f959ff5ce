import torch
import torch.nn as nn


class Plain(nn.Module):  #~ residual
    def __init__(self, c):
        super().__init__()
        self.conv1 = nn.Conv2d(c, c, 3, padding=1)
        self.relu = nn.ReLU()
        self.conv2 = nn.Conv2d(c, c, 3, padding=1)

    def forward(self, x):
        out = self.conv2(self.relu(self.conv1(x)))
        out += x  #~ residual
        return self.relu(out)


class Projected(nn.Module):  #~ projected-residual
    def __init__(self, c, d):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(c, d, 3, padding=1), nn.ReLU(), nn.Conv2d(d, d, 3, padding=1))
        self.short = nn.Sequential(nn.Conv2d(c, d, 1), nn.BatchNorm2d(d))

    def forward(self, x):
        return self.body(x) + self.short(x)  #~ projected-residual


class Chosen(nn.Module):  #~ adapted-residual
    """Whether the shortcut is projected is not known."""

    def __init__(self, c, d):
        super().__init__()
        self.body = nn.Sequential(nn.Conv2d(c, d, 3, padding=1), nn.ReLU(), nn.Conv2d(d, d, 3, padding=1))
        self.short = nn.Conv2d(c, d, 1) if c != d else nn.Identity()

    def forward(self, x):
        return self.body(x) + self.short(x)  #~ adapted-residual


class Bottleneck(nn.Module):  #~ bottleneck
    def __init__(self, c):
        super().__init__()
        self.conv1 = nn.Conv2d(4 * c, c, 1)
        self.conv2 = nn.Conv2d(c, c, 3, padding=1)
        self.conv3 = nn.Conv2d(c, 4 * c, 1)
        self.act = nn.ReLU()

    def forward(self, x):
        y = self.act(self.conv1(x))  #~ bottleneck
        y = self.act(self.conv2(y))
        return self.act(self.conv3(y) + x)  #~ residual


class TwoInputs(nn.Module):
    """The sum of two inputs is no residual."""

    def __init__(self, c):
        super().__init__()
        self.conv = nn.Conv2d(c, c, 3, padding=1)

    def forward(self, a, b):
        return self.conv(a) + b


class Weighted(nn.Module):
    """Nothing is learnt between the two."""

    def forward(self, x):
        return x + x * 2


class Branches(nn.Module):  #~ branches
    def __init__(self, c, d):
        super().__init__()
        self.conv3 = nn.Sequential(nn.Conv2d(c, d, 3, padding=1, bias=False), nn.BatchNorm2d(d))
        self.conv1 = nn.Sequential(nn.Conv2d(c, d, 1, bias=False), nn.BatchNorm2d(d))
        self.act = nn.ReLU()

    def forward(self, x):
        return self.act(self.conv3(x) + self.conv1(x))  #~ branches


class Activated(nn.Module):
    """With an activation inside, no convolution can take the place of both branches."""

    def __init__(self, c, d):
        super().__init__()
        self.conv3 = nn.Sequential(nn.Conv2d(c, d, 3, padding=1), nn.ReLU())
        self.conv5 = nn.Sequential(nn.Conv2d(c, d, 5, padding=2), nn.ReLU())

    def forward(self, x):
        return self.conv3(x) + self.conv5(x)


class Dense(nn.Module):  #~ dense
    def __init__(self, c, growth):
        super().__init__()
        self.conv = nn.Conv2d(c, growth, 3, padding=1)

    def forward(self, x):
        return torch.cat([x, self.conv(x)], 1)  #~ dense


class SideBySide(nn.Module):
    """Two parallel branches joined keep nothing of before."""

    def __init__(self, c):
        super().__init__()
        self.a = nn.Conv2d(c, c, 1)
        self.b = nn.Conv2d(c, c, 3, padding=1)

    def forward(self, x):
        return torch.cat([self.a(x), self.b(x)], 1)


class Optional(nn.Module):  #~ residual
    """What runs instead of the residual is not behind it."""

    def __init__(self, c, d, shortcut=True):
        super().__init__()
        self.near = nn.Conv2d(c, d, 1)
        self.wide = nn.Conv2d(d, d, 3, padding=1)
        self.add = shortcut and c == d

    def forward(self, x):
        return x + self.wide(self.near(x)) if self.add else self.wide(self.near(x))  #~ residual
