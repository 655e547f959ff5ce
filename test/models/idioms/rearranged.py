import torch
import torch.nn as nn


class ToPixels(nn.Module):  #~ pixel-shuffle
    def forward(self, x):
        b, c, h, w = x.shape
        x = x.view(b, c // 4, 2, 2, h, w).permute(0, 1, 4, 2, 5, 3)
        return x.reshape(b, c // 4, 2 * h, 2 * w)  #~ pixel-shuffle


class FromPixels(nn.Module):  #~ pixel-unshuffle
    def forward(self, x):
        b, c, h, w = x.shape
        x = x.view(b, c, h // 2, 2, w // 2, 2).permute(0, 1, 3, 5, 2, 4)
        return x.reshape(b, 4 * c, h // 2, w // 2)  #~ pixel-unshuffle


class Scrambled(nn.Module):
    """The factors go to the wrong axes: these are no pixels."""

    def forward(self, x):
        b, c, h, w = x.shape
        x = x.view(b, c // 4, 2, 2, h, w).permute(0, 1, 2, 4, 3, 5)
        return x.reshape(b, c // 4, 2 * h, 2 * w)


class Unmoved(nn.Module):
    """Split and joined in the same order, the channels stay where they are."""

    def __init__(self, groups):
        super().__init__()
        self.groups = groups

    def forward(self, x):
        b, c, h, w = x.shape
        x = x.view(b, self.groups, c // self.groups, h, w).transpose(3, 4)
        return x.reshape(b, c, w, h)


class Reverse(nn.Module):
    def __init__(self, h, w):
        super().__init__()
        self.h, self.w = h, w

    def forward(self, windows):
        n, s, t, c = windows.shape
        x = windows.view(-1, self.h // 7, self.w // 7, 7, 7, c)
        x = x.permute(0, 1, 3, 2, 4, 5).contiguous()
        return x.view(-1, self.h, self.w, c)  #~ window
