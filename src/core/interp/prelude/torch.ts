/** What helpers of these names are in code for PyTorch, whoever wrote them. */
export const torchHelpers = `
import einops
import torch
import torch.nn as nn

def rearrange(tensor, pattern, **axes_lengths):
    return einops.rearrange(tensor, pattern, **axes_lengths)

def repeat(tensor, pattern, **axes_lengths):
    return einops.repeat(tensor, pattern, **axes_lengths)

class DropPath(nn.Module):
    def __init__(self, drop_prob=None, *rest):
        super().__init__()
        self.drop_prob = drop_prob

    def forward(self, x):
        return x

def drop_path(x, *rest, **options):
    return x

def to_2tuple(x):
    return tuple(x) if isinstance(x, (list, tuple)) else (x, x)

class ConvBNAct(nn.Module):
    def __init__(self, in_channels, out_channels, kernel_size=1, stride=1, padding=None, groups=1, **options):
        super().__init__()
        if padding is None:
            padding = 0 if kernel_size == 1 else not_said
        self.conv = nn.Conv2d(in_channels, out_channels, kernel_size, stride, padding, groups=groups, bias=False)
        self.bn = nn.BatchNorm2d(out_channels)

    def forward(self, x):
        return self.bn(self.conv(x))

ConvBNReLU = ConvBNAct
ConvBNLayer = ConvBNAct
`;
