import torch
import torch.nn as nn
from jaxtyping import Float
from torch import Tensor


class Commented(nn.Module):
    """Nothing in the code says how many axes there are; its author does."""

    def __init__(self, dim):
        super().__init__()
        self.norm = nn.LayerNorm(dim)
        self.fc = nn.Linear(dim, dim)

    def forward(self, x):
        # x: (B, N, C)
        x = self.norm(x)  #: [B, N, dim]
        return self.fc(x).mean(1)  #: [B, dim]


class Described(nn.Module):
    def __init__(self):
        super().__init__()
        self.act = nn.ReLU()

    def forward(self, frames):
        """Averages over time.

        Args:
            frames: tensor of shape (batch, time, bands)
        """
        return self.act(frames).mean(dim=1)  #: [batch, bands]


class Annotated(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.fc = nn.Linear(dim, dim)

    def forward(self, x: Float[Tensor, 'batch seq 16'], mask: Float[Tensor, 'batch seq']) -> Float[Tensor, 'batch 16']:
        x = x * mask.unsqueeze(-1)  #: [batch, seq, 16]
        return x.sum(1)  #: [batch, 16]


class Named(nn.Module):
    """Names for sizes that the code gives none; a name that means something else is not taken."""

    def __init__(self, c):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3, padding=1)

    def forward(
        self,
        image,  # (n, c, rows, columns)
        depth,  # (n, c, rows, columns)
    ):
        y = self.conv(image)  #: [n, 8, rows, columns]
        return y, torch.relu(depth)  #: [n, 8, rows, columns], [n2, C, rows2, columns2]


class Wrong(nn.Module):
    """What the author says and the code does not do is not believed."""

    def __init__(self, dim):
        super().__init__()
        self.conv = nn.Conv2d(dim, dim, 3, padding=1)
        self.act = nn.ReLU()

    def forward(self, x, y):
        # x: (B, N, C)
        # y: (B, N, C)
        b, c, h, w = y.shape
        x = self.conv(self.act(x))  #: [B, dim, H, W]
        return x, self.act(y)  #: [B, dim, H, W], [b, c, h, w]


class Ranked(nn.Module):
    """What the code asks of the rank before it goes on, all inputs have."""

    def forward(self, x):
        if x.dim() != 3:
            raise ValueError("three axes")
        return x + 1  #: [B, N, C]


class Asserted(nn.Module):
    def forward(self, x, y):
        assert x.ndim == 4
        assert len(y.shape) == 2
        z = y * 2  #: [B2, C2]
        return x * 2, z


class EitherRank(nn.Module):
    """A question that decides a way says nothing of the others."""

    def forward(self, x):
        if x.dim() == 3:
            x = x.unsqueeze(0)
        assert x.dim() in (4, 5)
        return x + 1
