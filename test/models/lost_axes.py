"""What an op makes of the rank of its tensor, known before anybody knows the rank: an axis less, an axis more, pieces."""

import torch
from torch import nn


class SpatialGate(nn.Module):
    """Reductions take an axis away and `unsqueeze` brings one: the convolution tells the rank of the input."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(2, 1, 7, padding=3)

    def forward(self, x):
        most = x.max(dim=1)[0].unsqueeze(1)  #: [B, 1, H, W]
        usual = x.mean(dim=1)[:, None]  #: [B, 1, H, W]
        gate = self.conv(torch.cat((most, usual), dim=1))  #: [B, 1, H, W]
        return x * gate.sigmoid()  #: [B, C, H, W]


class Halves(nn.Module):
    """Pieces of a tensor have as many axes as it has."""

    def __init__(self, channels):
        super().__init__()
        half = channels // 2
        self.left = nn.Conv2d(half, half, (3, 1), padding=(1, 0))
        self.right = nn.Conv2d(half, half, 3, padding=1)

    def forward(self, x):
        left, right = torch.chunk(x, chunks=2, dim=1)  #: [B, ⌊channels/2⌋, H, W] × 2
        return torch.cat((self.left(left), self.right(right)), dim=1) + x  #: [B, 2·⌊channels/2⌋, H, W]


class ChannelNorm(nn.Module):
    """A parameter `[C, 1, 1]` has a size for each channel of an image, and none for the batch."""

    def __init__(self, channels):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(channels))

    def forward(self, x):
        spread = (x - x.mean(1, keepdim=True)).pow(2).mean(1, keepdim=True)  #: [B, 1, H, W]
        return self.weight[:, None, None] * (x / torch.sqrt(spread + 1e-6))  #: [B, channels, H, W]


class Levels(nn.Module):
    """An input of which nothing but single elements are taken is a list of tensors."""

    def __init__(self, c):
        super().__init__()
        self.fine = nn.Conv2d(c, c, 1)
        self.coarse = nn.Conv2d(2 * c, c, 1)

    def forward(self, levels):
        return self.fine(levels[0]) + self.coarse(levels[1])  #: [B, c, H, W]


class Each(nn.Module):
    """One element that is taken may be that of a list: it says nothing of the rank of an input."""

    def __init__(self, c):
        super().__init__()
        self.conv = nn.Conv2d(c, c, 1)
        self.norm = nn.LayerNorm(c)

    def forward(self, features):
        finest = self.conv(features[0])
        features = self.norm(features)  #: [*, c]
        return finest, features


class Modulated(nn.Module):
    """With two axes alone `emb` gives pieces that fit the norm; `scale[:, None]` is written for three axes of `x`."""

    def __init__(self, d):
        super().__init__()
        self.lin = nn.Linear(d, 3 * d)
        self.norm = nn.LayerNorm(d)

    def forward(self, x, emb):
        shift, scale, gate = self.lin(emb).chunk(3, dim=1)  #: [B, d] × 3
        return self.norm(x) * (1 + scale[:, None]) + shift[:, None], gate  #: [B, N, d], [B, d]


class Masked(nn.Module):
    """Axes are put into a mask to line it up with the scores."""

    def __init__(self, dim):
        super().__init__()
        self.q = nn.Linear(dim, dim)

    def forward(self, x, y, mask):
        scores = torch.bmm(self.q(x), y.transpose(1, 2))  #: [B, N, M]
        return scores.masked_fill(mask.unsqueeze(1) == 0, -1e9)  #: [B, N, M]


class Frequencies(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.half = dim // 2

    def forward(self, t):
        angles = t[:, None] * torch.arange(self.half)[None, :]  #: [B, ⌊dim/2⌋]
        return torch.cat((angles.sin(), angles.cos()), dim=-1)  #: [B, 2·⌊dim/2⌋]


class Positions(nn.Module):
    """A parameter has no batch: nothing follows from it for what meets it."""

    def __init__(self, n, dim):
        super().__init__()
        self.table = nn.Parameter(torch.zeros(n, dim))
        self.norm = nn.LayerNorm(dim)

    def forward(self, x):
        x = self.norm(x)  #: [*, dim]
        return x.unsqueeze(0) + self.table  #: [*, n, dim]


class Scored(nn.Module):
    """`squeeze(1)` means the axis that has size 1."""

    def __init__(self, n):
        super().__init__()
        self.score = nn.Linear(n, 1)

    def forward(self, x):
        return self.score(x).squeeze(1)  #: [B]


class Biased(nn.Module):
    """An input of unknown rank does not give a batch more axes."""

    def __init__(self, dim, heads):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(dim, 3 * dim)

    def forward(self, x, bias):
        B, N, C = x.shape
        q, k, v = self.qkv(x).reshape(B, N, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        scores = q @ k.transpose(-2, -1) + bias  #: [B, heads, N, N]
        return scores.softmax(-1) @ v  #: [B, heads, N, dim/heads]


class Conditioned(nn.Module):
    """`emb` is None by default, but the layer cannot do without it: it has to be given."""

    def __init__(self, d):
        super().__init__()
        self.emb = None
        self.lin = nn.Linear(d, 2 * d)
        self.norm = nn.LayerNorm(d)

    def forward(self, x, step=None, emb=None):
        if self.emb is not None:
            emb = self.emb(step)
        scale, shift = self.lin(nn.functional.silu(emb)).chunk(2, dim=1)  #: [B, d] × 2
        return self.norm(x) * (1 + scale[:, None]) + shift[:, None]  #: [B, N, d]


class Normalised(nn.Module):
    """A layer that a function made, or that was handed over itself."""

    def __init__(self, c, normalization):
        super().__init__()
        self.conv = nn.Conv2d(c, c, 1)
        if isinstance(normalization, nn.Module):
            self.norm = normalization
        else:
            self.norm = normalization(c)

    def forward(self, x):
        x = self.norm(self.conv(x))  #: [B, c, H, W]
        return x + self.conv(x)  #: [B, c, H, W]


class Widened(nn.Module):
    """What is supposed of an input must not lead into faults: the code asks for four axes, so that `bias` gives them."""

    def __init__(self, dim):
        super().__init__()
        self.lin = nn.Linear(dim, dim)

    def forward(self, x, bias):
        y = self.lin(x.flatten(2).transpose(1, 2)) + bias  #: [a, b, c, dim]
        a, b, c, d = y.shape
        return y.view(a, b, c * d)  #: [a, b, c·dim]


class Gated(nn.Module):
    # The features that a gate of one place stands beside have more places than it.
    def __init__(self, channels):
        super().__init__()
        self.fc = nn.Conv2d(channels, channels, 1)

    def forward(self, features, pooled):
        gate = torch.sigmoid(self.fc(pooled))  #: [B, channels, H, W]
        return features * gate


class Crossed(nn.Module):
    """One mask for the scores of two inputs: it makes neither as long as the other, for its own axis may be 1."""

    def __init__(self, dim):
        super().__init__()
        self.lin = nn.Linear(dim, dim)

    def scores(self, q, k, mask):
        return torch.bmm(q, k.transpose(1, 2)).masked_fill(mask.unsqueeze(0) == 0, -1e9)

    def forward(self, source, target, mask):
        b, s, _ = source.shape
        b2, t, _ = target.shape
        source = self.lin(source)  #: [b, s, dim]
        target = self.lin(target)  #: [b, t, dim]
        own = self.scores(source, source, mask)  #: [b, s, s]
        return own, self.scores(target, source, mask)  #: [b, s, s], [b, t, s]


class Asked(nn.Module):
    """Of `[B, *]` the last axis is not the first one."""

    def __init__(self, dim):
        super().__init__()
        self.lin = nn.Linear(dim, dim)

    def forward(self, x, queries):
        B, N, C = x.shape
        x = self.lin(x)  #: [B, N, dim]
        assert x.shape[-1] == queries.shape[-1]
        count = queries.shape[0]
        queries = queries.repeat_interleave(2, dim=0)  #: [2·count, *]
        return x, queries.reshape(2 * count, N, C)  #: [B, N, dim], [2·count, N, dim]


class Stretched(nn.Module):  #? number of axes as usual in such code: mask
    """A mask that meets the channels of two layers and a single one has one channel itself."""

    def __init__(self, dim, hidden):
        super().__init__()
        self.first = nn.Conv1d(dim, hidden, 3, padding=1)
        self.second = nn.Conv1d(hidden, hidden, 3, padding=1)
        self.out = nn.Conv1d(hidden, 1, 1)
        self.last = nn.Conv1d(1, 8, 1)

    def forward(self, x, mask):
        b, c, t = x.shape
        x = self.first(x * mask)  #: [b, hidden, t]
        x = self.second(x * mask)
        x = self.out(x * mask)  #: [b, 1, t]
        return self.last(x * mask)  #: [b, 8, t]
