import numpy as np
import torch
import torch.nn.functional as F
from torch import nn


def bilinear_kernel(channels, scale):
    """FCN: the weight is the bilinear kernel; nothing is interpolated before."""
    size = 2 * scale - scale % 2
    factor = (size + 1) // 2
    center = factor - 1 if size % 2 == 1 else factor - 0.5
    rows, columns = torch.arange(size).reshape(-1, 1), torch.arange(size).reshape(1, -1)
    filt = (1 - torch.abs(rows - center) / factor) * (1 - torch.abs(columns - center) / factor)
    weight = torch.zeros((channels, channels, size, size))
    weight[range(channels), range(channels), :, :] = filt
    return weight


class Upsampled(nn.Module):
    def __init__(self, channels, scale=2):
        super().__init__()
        self.up = nn.ConvTranspose2d(channels, channels, 4, 2, 1, bias=False)
        self.up.weight.data.copy_(bilinear_kernel(channels, scale))

    def forward(self, x):
        return self.up(x)


def bilinear_by_grid(channels, size):
    """The same as FCN's own code and many tutorials have it, with NumPy."""
    factor = (size + 1) // 2
    center = factor - 1 if size % 2 == 1 else factor - 0.5
    og = np.ogrid[:size, :size]
    filt = (1 - abs(og[0] - center) / factor) * (1 - abs(og[1] - center) / factor)
    weight = np.zeros((channels, channels, size, size), dtype="float32")
    weight[range(channels), range(channels), :, :] = filt
    return torch.from_numpy(weight)


class GridUpsampled(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.up = nn.ConvTranspose2d(channels, channels, 8, 4, 2, bias=False)
        self.up.weight.data.copy_(bilinear_by_grid(channels, 8))

    def forward(self, x):
        return self.up(x)


class Shifted(nn.Module):
    """A padding too small by one: it is bilinear no more."""

    def __init__(self, channels):
        super().__init__()
        self.up = nn.ConvTranspose2d(channels, channels, 4, 2, 2, output_padding=1, bias=False)
        self.up.weight.data.copy_(bilinear_kernel(channels, 2))

    def forward(self, x):
        return self.up(x)


class Doubled(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.up = nn.ConvTranspose2d(channels, channels, 2, 2, groups=channels, bias=False)
        self.up.weight.data.fill_(1)

    def forward(self, x):
        return self.up(x)


class Edges(nn.Module):
    """Sobel in both directions, as numbers in the code."""

    def __init__(self):
        super().__init__()
        kernel = torch.tensor([[-1.0, 0.0, 1.0], [-2.0, 0.0, 2.0], [-1.0, 0.0, 1.0]])
        self.register_buffer("kernel", torch.stack([kernel, kernel.t()]).unsqueeze(1))

    def forward(self, x):
        n, c, h, w = x.shape
        x = x.mean(1, keepdim=True)
        return F.conv2d(x, self.kernel, padding=1)


class Blurred(nn.Module):
    def __init__(self, channels, size=5, sigma=1.5):
        super().__init__()
        at = torch.arange(size) - (size - 1) / 2
        row = torch.exp(-(at**2) / (2 * sigma**2))
        kernel = torch.outer(row, row)
        self.blur = nn.Conv2d(channels, channels, size, padding=size // 2, groups=channels, bias=False)
        self.blur.weight.data = (kernel / kernel.sum()).view(1, 1, size, size).repeat(channels, 1, 1, 1)
        self.blur.weight.requires_grad = False

    def forward(self, x):
        return self.blur(x)


class Sharpened(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 1, 3, padding=1, bias=False)
        laplacian = np.array([[0, 1, 0], [1, -4, 1], [0, 1, 0]], dtype=np.float32)
        self.conv.weight = nn.Parameter(torch.from_numpy(laplacian).reshape(1, 1, 3, 3), requires_grad=False)

    def forward(self, x):
        return self.conv(x)


class Averaged(nn.Module):
    def __init__(self, count=True):
        super().__init__()
        self.pool = nn.AvgPool2d(3, 1, 1, count_include_pad=count)

    def forward(self, x):
        n, c, h, w = x.shape
        return self.pool(x)


class Trained(nn.Module):
    """Nothing is known of what is learnt."""

    def __init__(self, channels):
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3)

    def forward(self, x):
        return self.conv(x)
