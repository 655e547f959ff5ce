import torch.nn as nn


class Strides(nn.Module):
    def __init__(self, ch):
        super().__init__()
        self.same = nn.Conv2d(3, ch, 3, padding=1)
        self.halved = nn.Conv2d(ch, 2 * ch, 3, stride=2, padding=1)
        self.valid = nn.Conv2d(2 * ch, 64, 5)
        self.dilated = nn.Conv2d(64, 64, 3, padding=2, dilation=2, groups=8)
        self.up = nn.ConvTranspose2d(64, 32, 4, stride=2, padding=1)

    def forward(self, x):
        x = self.same(x)  #: [B, ch, H, W]
        x = self.halved(x)  #: [B, 2·ch, ⌈H/2⌉, ⌈W/2⌉]
        x = self.valid(x)  #: [B, 64, ⌊(H - 7)/2⌋, ⌊(W - 7)/2⌋]
        x = self.dilated(x)  #: [B, 64, ⌊(H - 7)/2⌋, ⌊(W - 7)/2⌋]
        return self.up(x)  #: [B, 32, 2·⌈H/2⌉ - 8, 2·⌈W/2⌉ - 8]


class OddKernel(nn.Module):
    def __init__(self, ch, ratio):
        super().__init__()
        size = int(ch / ratio)
        size = size if size % 2 else size + 1
        width = int(ratio)
        if width % 2 == 0:
            width = width + 1
        self.across = nn.Conv1d(1, 1, size, padding=(size - 1) // 2)
        self.along = nn.Conv1d(1, 1, width, padding=width // 2)

    def forward(self, x):
        x = self.across(x)  #: [B, 1, L]
        return self.along(x)  #: [B, 1, L]
