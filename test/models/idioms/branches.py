import torch
import torch.nn as nn


class Inception(nn.Module):  #~ parallel
    def __init__(self, c, d):
        super().__init__()
        self.one = nn.Conv2d(c, d, 1)
        self.three = nn.Sequential(nn.Conv2d(c, d, 1), nn.ReLU(), nn.Conv2d(d, 2 * d, 3, padding=1))
        self.pool = nn.Sequential(nn.MaxPool2d(3, 1, 1), nn.Conv2d(c, d, 1))
        self.five = nn.Sequential(nn.Conv2d(c, d, 1), nn.ReLU(), nn.Conv2d(d, d, 5, padding=2))

    def forward(self, x):
        return torch.cat([self.one(x), self.three(x), self.five(x), self.pool(x)], dim=1)  #~ parallel


class Alike(nn.Module):
    """Three branches of one kernel size are a grouped convolution at most."""

    def __init__(self, c):
        super().__init__()
        self.a = nn.Conv2d(c, c, 3, padding=1)
        self.b = nn.Conv2d(c, c, 3, padding=1)
        self.d = nn.Conv2d(c, c, 3, padding=1)

    def forward(self, x):
        return torch.cat([self.a(x), self.b(x), self.d(x)], dim=1)


class Ghost(nn.Module):  #~ cheap-features
    def __init__(self, c, d):
        super().__init__()
        self.own = nn.Sequential(nn.Conv2d(c, d, 1, bias=False), nn.BatchNorm2d(d), nn.ReLU())
        self.cheap = nn.Sequential(nn.Conv2d(d, d, 3, padding=1, groups=d, bias=False), nn.BatchNorm2d(d), nn.ReLU())

    def forward(self, x):
        x = self.own(x)
        return torch.cat([x, self.cheap(x)], dim=1)  #~ cheap-features


class Grown(nn.Module):  #~ dense
    """What a full convolution adds is not cheap."""

    def __init__(self, c, d):
        super().__init__()
        self.more = nn.Conv2d(c, d, 3, padding=1)

    def forward(self, x):
        return torch.cat([x, self.more(x)], dim=1)  #~ dense


class Pooled(nn.Module):  #~ pooled-attention
    def __init__(self, c, d):
        super().__init__()
        self.pool = nn.AvgPool2d(2)
        self.main = nn.Conv2d(c, d, 3, padding=1)
        self.side = nn.Sequential(nn.Conv2d(c, d, 3, padding=1), nn.ReLU())
        self.up = nn.Upsample(scale_factor=2)

    def forward(self, x):
        y = self.up(self.side(self.pool(x)))
        return y * self.main(x) + y  #~ pooled-attention


class Fused(nn.Module):
    """Two maps of one size that are multiplied, neither of them pooled."""

    def __init__(self, c, d):
        super().__init__()
        self.a = nn.Conv2d(c, d, 3, padding=1)
        self.b = nn.Conv2d(c, d, 1)

    def forward(self, x):
        return self.a(x) * self.b(x)


class Widened(nn.Module):  #~ inverted-residual
    def __init__(self, c, times):
        super().__init__()
        self.expand = nn.Conv2d(c, c * times, 1)
        self.depthwise = nn.Conv2d(c * times, c * times, 3, padding=1, groups=c * times)
        self.project = nn.Conv2d(c * times, c, 1)
        self.times = times

    def forward(self, x):
        y = x if self.times == 1 else self.expand(x)  #~ inverted-residual
        y = self.project(torch.relu(self.depthwise(y)))
        return x + y  #~ residual


class Mobile(nn.Module):  #~ stack
    def __init__(self):
        super().__init__()
        self.blocks = nn.Sequential(Widened(16, 1), Widened(16, 6), Widened(16, 6))

    def forward(self, x):
        return self.blocks(x)
