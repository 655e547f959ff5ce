import torch
import torch.nn.functional as F
from torch import nn


def conv_bn(c_in, c_out, k, s=1, p=0, d=1, g=1):
    return nn.Sequential(nn.Conv2d(c_in, c_out, k, s, p, d, g, bias=False), nn.BatchNorm2d(c_out))


class RepVGG(nn.Module):
    """A 3×3, a 1×1 and, where the shapes allow, the input itself."""

    def __init__(self, c_in, c_out, stride=1):
        super().__init__()
        self.conv3 = conv_bn(c_in, c_out, 3, stride, 1)
        self.conv1 = conv_bn(c_in, c_out, 1, stride)
        self.identity = nn.BatchNorm2d(c_in) if c_in == c_out and stride == 1 else None
        self.act = nn.ReLU()

    def forward(self, x):
        out = self.conv3(x) + self.conv1(x)
        if self.identity is not None:
            out = out + self.identity(x)
        return self.act(out)


class ACNet(nn.Module):
    """A square kernel, a column and a row."""

    def __init__(self, c_in, c_out, k=3):
        super().__init__()
        half = k // 2
        self.square = conv_bn(c_in, c_out, k, p=half)
        self.column = conv_bn(c_in, c_out, (k, 1), p=(half, 0))
        self.row = conv_bn(c_in, c_out, (1, k), p=(0, half))

    def forward(self, x):
        return F.relu(self.square(x) + self.column(x) + self.row(x))


class DBB(nn.Module):
    """Four branches; without padding in the middle every one of them is a convolution."""

    def __init__(self, c_in, c_out, padding=0):
        super().__init__()
        self.origin = conv_bn(c_in, c_out, 3, p=padding)
        self.mixed = nn.Sequential(
            nn.Conv2d(c_in, c_in, 1, bias=False), nn.BatchNorm2d(c_in), *conv_bn(c_in, c_out, 3, p=padding)
        )
        self.average = nn.Sequential(
            *conv_bn(c_in, c_out, 1), nn.AvgPool2d(3, 1, padding), nn.BatchNorm2d(c_out)
        )

    def forward(self, x):
        return self.origin(x) + self.mixed(x) + self.average(x)


class PaddedDBB(DBB):
    """With padding in the middle the bias of the 1×1 is missing in the padded zeros."""

    def __init__(self, c_in, c_out):
        super().__init__(c_in, c_out, padding=1)


class NormAndBorder(nn.Module):
    """Lays a border around a normalised map: what the layers before make of zeros, so that zeros further out are right."""

    def __init__(self, channels, width, conv_bias=None):
        super().__init__()
        self.bn = nn.BatchNorm2d(channels)
        self.width, self.conv_bias = width, conv_bias

    def forward(self, x):
        y = self.bn(x)
        if self.width > 0:
            mean = self.bn.running_mean if self.conv_bias is None else self.bn.running_mean - self.conv_bias
            fill = self.bn.bias.detach() - mean * self.bn.weight.detach() / torch.sqrt(self.bn.running_var + self.bn.eps)
            fill = fill.view(1, -1, 1, 1)
            y = F.pad(y, [self.width] * 4)
            y[:, :, : self.width, :] = fill
            y[:, :, -self.width :, :] = fill
            y[:, :, :, : self.width] = fill
            y[:, :, :, -self.width :] = fill
        return y


class BorderedDBB(nn.Module):
    """DBB as it is trained: the padding lies in the middle of a branch, filled with what the 1×1 makes of zeros."""

    def __init__(self, c_in, c_out, k=3, groups=1):
        super().__init__()
        self.origin = conv_bn(c_in, c_out, k, p=k // 2, g=groups)
        self.point = conv_bn(c_in, c_out, 1, g=groups)
        self.average = nn.Sequential(
            nn.Conv2d(c_in, c_out, 1, groups=groups, bias=False),
            NormAndBorder(c_out, k // 2),
            nn.AvgPool2d(k, 1),
            nn.BatchNorm2d(c_out),
        )
        self.mixed = nn.Sequential(
            nn.Conv2d(c_in, c_in, 1, groups=groups, bias=False),
            NormAndBorder(c_in, k // 2),
            *conv_bn(c_in, c_out, k, g=groups),
        )

    def forward(self, x):
        return self.origin(x) + self.point(x) + self.average(x) + self.mixed(x)


class BiasedBorder(nn.Module):
    """The 1×1 has a bias of its own, and the border knows of it."""

    def __init__(self, c_in, c_out):
        super().__init__()
        self.first = nn.Conv2d(c_in, c_in, 1)
        self.border = NormAndBorder(c_in, 1, self.first.bias)
        self.second = nn.Conv2d(c_in, c_out, 3)

    def forward(self, x):
        return self.second(self.border(self.first(x)))


class ForgottenBias(nn.Module):
    """The border does not know of the bias of the 1×1: no zeros before it give the same."""

    def __init__(self, c_in, c_out):
        super().__init__()
        self.first = nn.Conv2d(c_in, c_in, 1)
        self.border = NormAndBorder(c_in, 1)
        self.second = nn.Conv2d(c_in, c_out, 3)

    def forward(self, x):
        return self.second(self.border(self.first(x)))


class WideBorder(nn.Module):
    """Beyond its edge a 3×3 makes more than its bias: what is laid around it is nothing that it gives."""

    def __init__(self, c_in, c_out):
        super().__init__()
        self.first = nn.Conv2d(c_in, c_in, 3, bias=False)
        self.border = NormAndBorder(c_in, 1)
        self.second = nn.Conv2d(c_in, c_out, 3)

    def forward(self, x):
        return self.second(self.border(self.first(x)))


class MobileOne(nn.Module):
    """Several depthwise branches, a scale and the input."""

    def __init__(self, channels, branches=3):
        super().__init__()
        self.convs = nn.ModuleList([conv_bn(channels, channels, 3, p=1, g=channels) for _ in range(branches)])
        self.scale = conv_bn(channels, channels, 1, g=channels)
        self.skip = nn.BatchNorm2d(channels)
        self.act = nn.ReLU()

    def forward(self, x):
        out = self.skip(x) + self.scale(x)
        for conv in self.convs:
            out = out + conv(x)
        return self.act(out)


class RepLKNet(nn.Module):
    """A very large depthwise kernel with a small one in its middle."""

    def __init__(self, channels, large=31, small=5):
        super().__init__()
        self.large = conv_bn(channels, channels, large, p=large // 2, g=channels)
        self.small = conv_bn(channels, channels, small, p=small // 2, g=channels)

    def forward(self, x):
        return self.large(x) + self.small(x)


class DilatedReparam(nn.Module):
    """Dilated branches fall between the taps of a dense kernel."""

    def __init__(self, channels):
        super().__init__()
        self.origin = conv_bn(channels, channels, 9, p=4, g=channels)
        self.wide = conv_bn(channels, channels, 3, p=4, d=4, g=channels)
        self.near = conv_bn(channels, channels, 5, p=4, d=2, g=channels)

    def forward(self, x):
        return self.origin(x) + self.wide(x) + self.near(x)


class RepMixer(nn.Module):
    """FastViT's token mixer: the input and a scaled difference."""

    def __init__(self, dim):
        super().__init__()
        self.mixer = MobileOne(dim, 1)
        self.mixer.act = nn.Identity()
        self.norm = nn.BatchNorm2d(dim)
        self.layer_scale = nn.Parameter(1e-5 * torch.ones(dim, 1, 1))

    def forward(self, x):
        return x + self.layer_scale * (self.mixer(x) - self.norm(x))


class CSLA(nn.Module):
    """Scaled branches under one normalisation."""

    def __init__(self, channels):
        super().__init__()
        self.conv3 = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.conv1 = nn.Conv2d(channels, channels, 1, bias=False)
        self.scale3 = nn.Parameter(torch.ones(1, channels, 1, 1))
        self.scale1 = nn.Parameter(torch.ones(1, channels, 1, 1))
        self.scale0 = nn.Parameter(torch.ones(1, channels, 1, 1))
        self.bn = nn.BatchNorm2d(channels)

    def forward(self, x):
        return torch.relu(self.bn(self.conv3(x) * self.scale3 + self.conv1(x) * self.scale1 + x * self.scale0))


class RepConv(nn.Module):
    """YOLOv7's block: RepVGG's branches, made by flags."""

    def __init__(self, c1, c2, k=3, s=1, g=1, act=True):
        super().__init__()
        self.act = nn.SiLU() if act else nn.Identity()
        self.rbr_identity = nn.BatchNorm2d(num_features=c1) if c2 == c1 and s == 1 else None
        self.rbr_dense = conv_bn(c1, c2, k, s, k // 2, g=g)
        self.rbr_1x1 = conv_bn(c1, c2, 1, s, k // 2 - k // 2, g=g)

    def forward(self, inputs):
        if self.rbr_identity is None:
            id_out = 0
        else:
            id_out = self.rbr_identity(inputs)
        return self.act(self.rbr_dense(inputs) + self.rbr_1x1(inputs) + id_out)


class Implicit(nn.Module):
    """What is added before a 1×1 and what is multiplied behind it."""

    def __init__(self, c_in, c_out):
        super().__init__()
        self.a = nn.Parameter(torch.zeros(1, c_in, 1, 1))
        self.m = nn.Parameter(torch.ones(1, c_out, 1, 1))
        self.conv = nn.Conv2d(c_in, c_out, 1)

    def forward(self, x):
        return self.m * self.conv(self.a + x)


class RepCPE(nn.Module):
    """A depthwise positional encoding that is added to its input."""

    def __init__(self, dim):
        super().__init__()
        self.pe = nn.Conv2d(dim, dim, 7, 1, 3, groups=dim)

    def forward(self, x):
        return self.pe(x) + x


class WrongPadding(nn.Module):
    """The 1×1 pads too: its map is larger, the sum fails where it is not broadcast."""

    def __init__(self, c):
        super().__init__()
        self.conv3 = conv_bn(c, c, 3, p=1)
        self.reflect = nn.Conv2d(c, c, 3, padding=1, padding_mode="reflect")

    def forward(self, x):
        return self.conv3(x) + self.reflect(x)


class Between(nn.Module):
    """An activation inside a branch keeps it apart."""

    def __init__(self, c):
        super().__init__()
        self.conv3 = conv_bn(c, c, 3, p=1)
        self.conv1 = conv_bn(c, c, 1)

    def forward(self, x):
        return self.conv3(x) + F.relu(self.conv1(x)) + x
