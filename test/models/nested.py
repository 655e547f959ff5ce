import torch
from torch import nn

try:
    import fast_attention
except ImportError:
    fast_attention = None


def feed_forward(dim, ratio=4):
    """A class that a function makes: what the function is given is a name inside of it."""
    hidden = dim * ratio

    class FeedForward(nn.Module):
        def __init__(self):
            super().__init__()
            self.wide = nn.Linear(dim, hidden)
            self.back = nn.Linear(hidden, dim)

        def forward(self, x):
            y = self.wide(x)  #: [*, 4·dim]
            return x + self.back(y)  #: [*, dim]

    return FeedForward()


class Network(nn.Module):
    class Head(nn.Module):
        """A class inside of a class is run by itself too."""

        def __init__(self, dim, classes):
            super().__init__()
            self.norm = nn.LayerNorm(dim)
            self.fc = nn.Linear(dim, classes)

        def forward(self, x):
            b, n, c = x.shape
            x = self.norm(x)  #: [b, n, dim]
            return self.fc(x.mean(1))  #: [b, classes]

    def __init__(self, dim, classes):
        super().__init__()
        self.blocks = nn.Sequential(feed_forward(dim), feed_forward(dim))
        self.head = Network.Head(dim, classes)

    def forward(self, x):
        x = self.blocks(x)  #: [b, n, dim]
        return self.head(x)  #: [b, classes]


def test_shapes():
    class Wrong(nn.Module):
        def __init__(self):
            super().__init__()
            self.first = nn.Conv2d(3, 16, 3)
            self.second = nn.Conv2d(8, 4, 1)

        def forward(self, x):
            x = self.first(x)  #: [B, 16, H - 2, W - 2]
            return self.second(x)  #! channel-mismatch

    return Wrong


if fast_attention is None:

    class Plain(nn.Module):
        def __init__(self, dim):
            super().__init__()
            self.qkv = nn.Linear(dim, 3 * dim)

        def forward(self, x):
            q, k, v = self.qkv(x).chunk(3, dim=-1)
            return torch.softmax(q @ k.transpose(-2, -1), dim=-1) @ v


def shared(scale):
    class Outer(nn.Module):
        class Inner(nn.Module):
            def __init__(self, c):
                super().__init__()
                self.conv = nn.Conv2d(c, c * 2, 3, stride=2, padding=1)

            def forward(self, x):
                return self.conv(x) * scale  #: [B, 2·c, ⌈H/2⌉, ⌈W/2⌉]

        def __init__(self, c):
            super().__init__()
            self.inner = Outer.Inner(c)

        def forward(self, x):
            return self.inner(x)  #: [B, 2·c, ⌈H/2⌉, ⌈W/2⌉]

    return Outer
