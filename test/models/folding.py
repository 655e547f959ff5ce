import torch
import torch.nn.functional as F
from torch import nn


class LinearNorm(nn.Module):
    """LeViT: BatchNorm1d takes the last axis because the leading ones are flattened."""

    def __init__(self, a, b):
        super().__init__()
        self.linear = nn.Linear(a, b, bias=False)
        self.bn = nn.BatchNorm1d(b)

    def forward(self, x):
        batch, tokens, channels = x.shape
        x = self.linear(x)
        return self.bn(x.flatten(0, 1)).reshape_as(x)


class NormLinear(nn.Module):
    """LeViT's head: the normalisation comes first."""

    def __init__(self, a, b):
        super().__init__()
        self.bn = nn.BatchNorm1d(a)
        self.drop = nn.Dropout(0.1)
        self.linear = nn.Linear(a, b)

    def forward(self, x):
        n, features = x.shape
        return self.linear(self.drop(self.bn(x)))


class WrongAxis(nn.Module):
    """On [N, L, C] BatchNorm1d works on L, the linear layer on C."""

    def __init__(self, c, length):
        super().__init__()
        self.linear = nn.Linear(c, c)
        self.bn = nn.BatchNorm1d(length)

    def forward(self, x):
        n, l, c = x.shape
        return self.bn(self.linear(x))


class Upsample(nn.Module):
    def __init__(self, c_in, c_out):
        super().__init__()
        self.up = nn.ConvTranspose2d(c_in, c_out, 4, 2, 1, groups=2)
        self.bn = nn.BatchNorm2d(c_out)
        self.head = nn.Conv2d(c_out, 3, 1)

    def forward(self, x):
        return self.head(self.bn(self.up(x)))


class PreNorm(nn.Module):
    """Before a padded convolution a shift cannot go into the weight; before an unpadded one it can."""

    def __init__(self, c):
        super().__init__()
        self.bn1 = nn.BatchNorm2d(c)
        self.padded = nn.Conv2d(c, c, 3, padding=1)
        self.bn2 = nn.BatchNorm2d(c)
        self.valid = nn.Conv2d(c, c, 3)

    def forward(self, x):
        x = torch.relu(self.padded(self.bn1(x)))
        return torch.relu(self.valid(self.bn2(x)))


class Reads(nn.Module):
    """The output of the convolution is read twice."""

    def __init__(self, c):
        super().__init__()
        self.conv = nn.Conv2d(c, c, 3, padding=1)
        self.bn = nn.BatchNorm2d(c)

    def forward(self, x):
        y = self.conv(x)
        return torch.cat([y, self.bn(y)], dim=1)


class Shared(nn.Module):
    """One convolution under two normalisations, as in detection heads."""

    def __init__(self, c):
        super().__init__()
        self.conv = nn.Conv2d(c, c, 3, padding=1)
        self.bn1 = nn.BatchNorm2d(c)
        self.bn2 = nn.BatchNorm2d(c)

    def forward(self, x, y):
        return self.bn1(self.conv(x)), self.bn2(self.conv(y))


class SharedPair(nn.Module):
    """The pair is called twice, always together."""

    def __init__(self, c):
        super().__init__()
        self.conv = nn.Conv2d(c, c, 3, padding=1)
        self.bn = nn.BatchNorm2d(c)

    def forward(self, x):
        x = torch.relu(self.bn(self.conv(x)))
        return torch.relu(self.bn(self.conv(x)))


class NoStatistics(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.conv = nn.Conv2d(c, c, 3, padding=1)
        self.bn = nn.BatchNorm2d(c, track_running_stats=False)

    def forward(self, x):
        return self.bn(self.conv(x))


class Bottleneck(nn.Module):
    """A linear bottleneck: composing the two 1×1 would take more work, not less."""

    def __init__(self):
        super().__init__()
        self.narrow = nn.Conv2d(96, 16, 1)
        self.wide = nn.Conv2d(16, 96, 1)

    def forward(self, x):
        return self.wide(self.narrow(x))


class Excited(nn.Module):
    """A factor that depends on the input is no number."""

    def __init__(self, c):
        super().__init__()
        self.conv = nn.Conv2d(c, c, 3, padding=1)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.gate = nn.Conv2d(c, c, 1)

    def forward(self, x):
        x = self.conv(x)
        return x * torch.sigmoid(self.gate(self.pool(x)))


class Squared(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.conv = nn.Conv2d(c, c, 1)
        self.bn = nn.BatchNorm2d(c)

    def forward(self, x):
        x = self.conv(x)
        return self.bn(x * x)


class Interrupted(nn.Module):
    """ConvMixer's order: an activation stands between the convolution and the normalisation."""

    def __init__(self, c):
        super().__init__()
        self.conv = nn.Conv2d(c, c, 7, padding=3, groups=c)
        self.act = nn.GELU()
        self.bn = nn.BatchNorm2d(c)

    def forward(self, x):
        return self.bn(self.act(self.conv(x)))


class OwnStatistics(nn.Module):
    """A group normalisation takes the statistics of its own input, in eval mode too."""

    def __init__(self, c):
        super().__init__()
        self.conv = nn.Conv2d(c, c, 3, padding=1)
        self.norm = nn.GroupNorm(4, c)

    def forward(self, x):
        return self.norm(self.conv(x))


class TwoNorms(nn.Module):
    """Two normalisations in a row become one."""

    def __init__(self, c):
        super().__init__()
        self.bn1 = nn.BatchNorm2d(c)
        self.bn2 = nn.BatchNorm2d(c)

    def forward(self, x):
        return self.bn2(self.bn1(x))


class NormAct(nn.BatchNorm2d):
    """A normalisation with an activation of its own, which calls the function."""

    def __init__(self, c, act=None):
        super().__init__(c)
        self.act = act or nn.Identity()

    def forward(self, x):
        x = F.batch_norm(x, self.running_mean, self.running_var, self.weight, self.bias, False, self.momentum, self.eps)
        return self.act(x)


class ConvNormAct(nn.Module):
    """The numbers of the normalisation are those of the module that calls the function."""

    def __init__(self, c_in, c_out):
        super().__init__()
        self.conv = nn.Conv2d(c_in, c_out, 3, padding=1, bias=False)
        self.bn = NormAct(c_out)

    def forward(self, x):
        return self.bn(self.conv(x))


class ConvNormRelu(nn.Module):
    """The activation lies inside the module of the normalisation: it stays when that one folds."""

    def __init__(self, c_in, c_out):
        super().__init__()
        self.conv = nn.Conv2d(c_in, c_out, 3, padding=1, bias=False)
        self.bn = NormAct(c_out, nn.ReLU())
        self.head = nn.Conv2d(c_out, c_out, 1)
        self.last = NormAct(c_out, nn.Hardswish())

    def forward(self, x):
        return self.last(self.head(self.bn(self.conv(x))))


class NormTwice(nn.Module):
    """The module of the normalisation does something before it: as a whole it cannot be left out."""

    def __init__(self, c):
        super().__init__()
        self.conv = nn.Conv2d(c, c, 3, padding=1)
        self.bn = Doubled(c)

    def forward(self, x):
        return self.bn(self.conv(x))


class Doubled(nn.BatchNorm2d):
    def forward(self, x):
        return F.relu(super().forward(x))


class GroupedUpsample(nn.Module):
    """Groups of the transposed convolution and of the 1×1 behind it: neither mixes the two halves."""

    def __init__(self):
        super().__init__()
        self.up = nn.ConvTranspose2d(8, 8, 4, stride=2, padding=1, groups=4)
        self.head = nn.Conv2d(8, 4, 1, groups=2)

    def forward(self, x):
        return self.head(self.up(x))
