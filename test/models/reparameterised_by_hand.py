import numpy as np
import torch
import torch.nn.functional as F
from torch import nn


def conv_bn(c_in, c_out, k, stride=1, padding=0, groups=1, dilation=1):
    result = nn.Sequential()
    result.add_module("conv", nn.Conv2d(c_in, c_out, k, stride, padding, dilation, groups, bias=False))
    result.add_module("bn", nn.BatchNorm2d(c_out))
    return result


class HandFolded(nn.Module):
    """RepVGG's own way: every branch to a kernel, then added up."""

    def __init__(self, c_in, c_out, stride=1, groups=1):
        super().__init__()
        self.deploy, self.groups, self.c_in = False, groups, c_in
        self.dense = conv_bn(c_in, c_out, 3, stride, 1, groups)
        self.point = conv_bn(c_in, c_out, 1, stride, 0, groups)
        self.identity = nn.BatchNorm2d(c_in) if c_in == c_out and stride == 1 else None

    def forward(self, x):
        if self.deploy:
            return F.relu(self.reparam(x))
        skip = 0 if self.identity is None else self.identity(x)
        return F.relu(self.dense(x) + self.point(x) + skip)

    def get_equivalent_kernel_bias(self):
        k3, b3 = self._fuse_bn_tensor(self.dense)
        k1, b1 = self._fuse_bn_tensor(self.point)
        ki, bi = self._fuse_bn_tensor(self.identity)
        return k3 + F.pad(k1, [1, 1, 1, 1]) + ki, b3 + b1 + bi

    def _fuse_bn_tensor(self, branch):
        if branch is None:
            return 0, 0
        if isinstance(branch, nn.Sequential):
            kernel, bn = branch.conv.weight, branch.bn
        else:
            width = self.c_in // self.groups
            value = np.zeros((self.c_in, width, 3, 3), dtype=np.float32)
            for i in range(self.c_in):
                value[i, i % width, 1, 1] = 1
            kernel, bn = torch.from_numpy(value).to(branch.weight.device), branch
        std = (bn.running_var + bn.eps).sqrt()
        t = (bn.weight / std).reshape(-1, 1, 1, 1)
        return kernel * t, bn.bias - bn.running_mean * bn.weight / std

    def switch_to_deploy(self):
        if hasattr(self, "reparam"):
            return
        kernel, bias = self.get_equivalent_kernel_bias()
        conv = self.dense.conv
        self.reparam = nn.Conv2d(
            conv.in_channels, conv.out_channels, conv.kernel_size, conv.stride, conv.padding, conv.dilation, conv.groups
        )
        self.reparam.weight.data = kernel
        self.reparam.bias.data = bias
        for p in self.parameters():
            p.detach_()
        self.__delattr__("dense")
        self.__delattr__("point")
        if hasattr(self, "identity"):
            self.__delattr__("identity")
        self.deploy = True


class ForgottenShift(HandFolded):
    """Forgets the mean of the 1×1 branch."""

    def get_equivalent_kernel_bias(self):
        k3, b3 = self._fuse_bn_tensor(self.dense)
        bn = self.point.bn
        k1 = self.point.conv.weight * (bn.weight / torch.sqrt(bn.running_var + bn.eps))[:, None, None, None]
        ki, bi = self._fuse_bn_tensor(self.identity)
        return k3 + F.pad(k1, [1, 1, 1, 1]) + ki, b3 + bn.bias + bi


class ForgottenBranch(HandFolded):
    """Leaves the 1×1 branch out."""

    def get_equivalent_kernel_bias(self):
        k3, b3 = self._fuse_bn_tensor(self.dense)
        ki, bi = self._fuse_bn_tensor(self.identity)
        return k3 + ki, b3 + bi


class WrongCorner(HandFolded):
    """Puts the 1×1 into a corner of the 3×3."""

    def get_equivalent_kernel_bias(self):
        k3, b3 = self._fuse_bn_tensor(self.dense)
        k1, b1 = self._fuse_bn_tensor(self.point)
        ki, bi = self._fuse_bn_tensor(self.identity)
        return k3 + F.pad(k1, [0, 2, 0, 2]) + ki, b3 + b1 + bi


class ForgottenPadding(HandFolded):
    """The new layer is right inside; it pads with what it should not."""

    def switch_to_deploy(self):
        super().switch_to_deploy()
        self.reparam.padding_mode = "replicate"
        self.reparam._reversed_padding_repeated_twice = [1, 1, 1, 1]


class HandACNet(nn.Module):
    """A row and a column are added into the square kernel in place."""

    def __init__(self, c_in, c_out):
        super().__init__()
        self.square = conv_bn(c_in, c_out, 3, padding=1)
        self.column = conv_bn(c_in, c_out, (3, 1), padding=(1, 0))
        self.row = conv_bn(c_in, c_out, (1, 3), padding=(0, 1))

    def forward(self, x):
        if hasattr(self, "fused"):
            return self.fused(x)
        return self.square(x) + self.column(x) + self.row(x)

    def _fold(self, branch):
        bn = branch.bn
        std = torch.sqrt(bn.running_var + bn.eps)
        return branch.conv.weight * (bn.weight / std).view(-1, 1, 1, 1), bn.bias - bn.running_mean * bn.weight / std

    def switch_to_deploy(self):
        kernel, bias = self._fold(self.square)
        for branch in (self.column, self.row):
            k, b = self._fold(branch)
            h, w = k.shape[2:]
            kernel[:, :, 1 - h // 2 : 2 + h // 2, 1 - w // 2 : 2 + w // 2] += k
            bias += b
        self.fused = nn.Conv2d(self.square.conv.in_channels, self.square.conv.out_channels, 3, padding=1)
        self.fused.weight.data.copy_(kernel)
        self.fused.bias.data.copy_(bias)
        del self.square, self.column, self.row


class HandDBB(nn.Module):
    """1×1 then k×k by a convolution of kernels, group by group; average pooling as a kernel."""

    def __init__(self, c_in, c_out, k=3, groups=1):
        super().__init__()
        self.k, self.groups, self.c_out = k, groups, c_out
        self.origin = conv_bn(c_in, c_out, k, groups=groups)
        self.first = nn.Conv2d(c_in, c_in, 1, groups=groups, bias=False)
        self.bn1 = nn.BatchNorm2d(c_in)
        self.second = conv_bn(c_in, c_out, k, groups=groups)
        self.mean = conv_bn(c_in, c_out, 1, groups=groups)
        self.pool = nn.AvgPool2d(k, 1)
        self.bn2 = nn.BatchNorm2d(c_out)

    def forward(self, x):
        y = self.origin(x) + self.second(self.bn1(self.first(x)))
        return y + self.bn2(self.pool(self.mean(x)))

    @staticmethod
    def _fold(kernel, bn):
        std = (bn.running_var + bn.eps).sqrt()
        return kernel * (bn.weight / std).reshape(-1, 1, 1, 1), bn.bias - bn.running_mean * bn.weight / std

    def _compose(self, k1, b1, k2, b2):
        kernels, biases = [], []
        for g in range(self.groups):
            n1, n2 = k1.shape[0] // self.groups, k2.shape[0] // self.groups
            first = k1.permute(1, 0, 2, 3)[:, g * n1 : (g + 1) * n1]
            second = k2[g * n2 : (g + 1) * n2]
            kernels.append(F.conv2d(second, first))
            biases.append((second * b1[g * n1 : (g + 1) * n1].reshape(1, -1, 1, 1)).sum((1, 2, 3)))
        return torch.cat(kernels, dim=0), torch.cat(biases) + b2

    def get_equivalent_kernel_bias(self):
        k, b = self._fold(self.origin.conv.weight, self.origin.bn)
        second = self._fold(self.second.conv.weight, self.second.bn)
        k2, b2 = self._compose(*self._fold(self.first.weight, self.bn1), *second)
        width = self.c_out // self.groups
        average = torch.zeros((self.c_out, width, self.k, self.k))
        average[np.arange(self.c_out), np.tile(np.arange(width), self.groups), :, :] = 1.0 / self.k**2
        mean = self._fold(self.mean.conv.weight, self.mean.bn)
        k3, b3 = self._compose(*mean, *self._fold(average, self.bn2))
        return k + k2 + k3, b + b2 + b3


class NormAndBorder(nn.Module):
    """A border of what the normalisation makes of zeros."""

    def __init__(self, channels, width):
        super().__init__()
        self.bn = nn.BatchNorm2d(channels)
        self.width = width

    def forward(self, x):
        fill = self.bn.bias - self.bn.running_mean * self.bn.weight / torch.sqrt(self.bn.running_var + self.bn.eps)
        y = F.pad(self.bn(x), [self.width] * 4)
        y[:, :, : self.width] = fill.view(1, -1, 1, 1)
        y[:, :, -self.width :] = fill.view(1, -1, 1, 1)
        y[..., : self.width] = fill.view(1, -1, 1, 1)
        y[..., -self.width :] = fill.view(1, -1, 1, 1)
        return y


class HandBorderedDBB(HandDBB):
    """DBB as it is trained: with padding, and a border between the layers."""

    def __init__(self, c_in, c_out, k=3, groups=1):
        super().__init__(c_in, c_out, k, groups)
        self.origin = conv_bn(c_in, c_out, k, padding=k // 2, groups=groups)
        self.border1 = NormAndBorder(c_in, k // 2)
        self.border2 = NormAndBorder(c_out, k // 2)
        self.bn1, self.mean_conv = self.border1.bn, nn.Conv2d(c_in, c_out, 1, groups=groups, bias=False)

    def forward(self, x):
        if hasattr(self, "fused"):
            return F.relu(self.fused(x))
        y = self.origin(x) + self.second(self.border1(self.first(x)))
        return F.relu(y + self.bn2(self.pool(self.border2(self.mean_conv(x)))))

    def get_equivalent_kernel_bias(self):
        k, b = self._fold(self.origin.conv.weight, self.origin.bn)
        second = self._fold(self.second.conv.weight, self.second.bn)
        k2, b2 = self._compose(*self._fold(self.first.weight, self.border1.bn), *second)
        width = self.c_out // self.groups
        average = torch.zeros((self.c_out, width, self.k, self.k))
        average[np.arange(self.c_out), np.tile(np.arange(width), self.groups), :, :] = 1.0 / self.k**2
        mean = self._fold(self.mean_conv.weight, self.border2.bn)
        k3, b3 = self._compose(*mean, *self._fold(average, self.bn2))
        return k + k2 + k3, b + b2 + b3

    def switch_to_deploy(self):
        kernel, bias = self.get_equivalent_kernel_bias()
        conv = self.origin.conv
        self.fused = nn.Conv2d(
            conv.in_channels, conv.out_channels, self.k, padding=conv.padding, groups=conv.groups, bias=True
        )
        self.fused.weight.data, self.fused.bias.data = kernel, bias


class ForgottenBorder(HandBorderedDBB):
    """Pads with zeros where it is trained with a border: inside it is right."""

    def forward(self, x):
        if hasattr(self, "fused"):
            return F.relu(self.fused(x))
        y = self.origin(x) + self.second(F.pad(self.border1.bn(self.first(x)), [self.k // 2] * 4))
        return F.relu(y + self.bn2(self.pool(self.border2(self.mean_conv(x)))))


class HandPair(nn.Sequential):
    """timm's way: the method gives the new layer; it forgets that the weight has only the channels of one group."""

    def __init__(self, c_in, c_out, groups=1):
        super().__init__()
        self.groups = groups
        self.add_module("c", nn.Conv2d(c_in, c_out, 1, groups=groups, bias=False))
        self.add_module("bn", nn.BatchNorm2d(c_out))

    @torch.no_grad()
    def fuse(self):
        c, bn = self._modules.values()
        w = bn.weight / (bn.running_var + bn.eps) ** 0.5
        w = c.weight * w[:, None, None, None]
        b = bn.bias - bn.running_mean * bn.weight / (bn.running_var + bn.eps) ** 0.5
        m = nn.Conv2d(w.size(1), w.size(0), w.shape[2:], stride=self.c.stride, padding=self.c.padding)
        m.weight.data.copy_(w)
        m.bias.data.copy_(b)
        return m


class IgnoredBias(nn.Module):
    """YOLOv7's `fuse_conv_bn` ignores the bias that a convolution has already."""

    def __init__(self, c_in, c_out):
        super().__init__()
        self.conv = nn.Conv2d(c_in, c_out, 3, padding=1)
        self.bn = nn.BatchNorm2d(c_out)

    def forward(self, x):
        return F.silu(self.bn(self.conv(x)))

    def fuse_conv_bn(self):
        std = (self.bn.running_var + self.bn.eps).sqrt()
        weights = self.conv.weight * (self.bn.weight / std).reshape(-1, 1, 1, 1)
        bias = self.bn.bias - self.bn.running_mean * self.bn.weight / std
        conv = nn.Conv2d(self.conv.in_channels, self.conv.out_channels, 3, padding=1)
        conv.weight = torch.nn.Parameter(weights)
        conv.bias = torch.nn.Parameter(bias)
        self.conv, self.bn = conv, nn.Identity()


class WrongTransposedAxis(nn.Module):
    """The habit of convolutions: the scale goes along axis 0, which here is that of the input channels."""

    def __init__(self, c_in, c_out):
        super().__init__()
        self.up = nn.ConvTranspose2d(c_in, c_out, 4, stride=2, padding=1)
        self.bn = nn.BatchNorm2d(c_out)

    def forward(self, x):
        return F.relu(self.bn(self.up(x)))

    def fuse(self):
        s = self.bn.weight / torch.sqrt(self.bn.running_var + self.bn.eps)
        up = nn.ConvTranspose2d(self.up.in_channels, self.up.out_channels, 4, stride=2, padding=1)
        up.weight.data = self.up.weight * s.view(-1, 1, 1, 1)
        up.bias.data = (self.up.bias - self.bn.running_mean) * s + self.bn.bias
        self.up, self.bn = up, nn.Identity()


class GivenBranch(nn.Module):
    """A branch that only an argument brings; the number of groups hangs on whether another one is 0."""

    def __init__(self, c_in, c_out, kernel_size, group_size, small_kernel=None):
        super().__init__()
        self.kernel_size, self.small_kernel = kernel_size, small_kernel
        self.groups = c_in // group_size if group_size else 1
        self.reparam = None
        self.large = conv_bn(c_in, c_out, kernel_size, 1, kernel_size // 2, self.groups)
        if small_kernel is not None:
            self.small = conv_bn(c_in, c_out, small_kernel, 1, small_kernel // 2, self.groups)

    def forward(self, x):
        if self.reparam is not None:
            return self.reparam(x)
        out = self.large(x)
        if self.small is not None:
            out = out + self.small(x)
        return out

    def _fold(self, branch):
        t = branch.bn.weight / (branch.bn.running_var + branch.bn.eps).sqrt()
        return branch.conv.weight * t.reshape(-1, 1, 1, 1), branch.bn.bias - branch.bn.running_mean * t

    def reparameterize(self):
        kernel, bias = self._fold(self.large)
        if hasattr(self, "small"):
            small, more = self._fold(self.small)
            bias += more
            kernel += F.pad(small, [(self.kernel_size - self.small_kernel) // 2] * 4)
        conv = self.large.conv
        self.reparam = nn.Conv2d(
            conv.in_channels, conv.out_channels, self.kernel_size, 1, self.kernel_size // 2, groups=self.groups
        )
        self.reparam.weight.data = kernel
        self.reparam.bias.data = bias
        del self.large, self.small


class LostDilation(nn.Module):
    """The dilation reaches the new layer only."""

    def __init__(self, channels, dilation=1):
        super().__init__()
        self.dilation, self.channels = dilation, channels
        self.conv = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.bn = nn.BatchNorm2d(channels)
        self.reparam = None

    def forward(self, x):
        return self.bn(self.conv(x)) if self.reparam is None else self.reparam(x)

    def reparameterize(self):
        t = self.bn.weight / torch.sqrt(self.bn.running_var + self.bn.eps)
        self.reparam = nn.Conv2d(self.channels, self.channels, 3, padding=1, dilation=self.dilation)
        self.reparam.weight.data = self.conv.weight * t[:, None, None, None]
        self.reparam.bias.data = self.bn.bias - self.bn.running_mean * t
        self.__delattr__("conv")
        self.__delattr__("bn")
