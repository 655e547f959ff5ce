import torch
from torch import nn


class Batched(nn.Module):
    """An image without a batch is the exception: what runs with a batch is shown."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)

    def forward(self, x):
        if x.dim() == 3:
            x = x.unsqueeze(0)
        return self.conv(x)  #: [B, 8, H - 2, W - 2]


class Refused(nn.Module):
    """Other ranks raise, so that the sizes have their names."""

    def forward(self, x):
        if x.ndim == 3:
            x = x.unsqueeze(0)
        elif x.ndim != 4:
            raise ValueError('an image or a batch of images')
        batch, channels, h, w = x.shape
        return x.reshape(batch, channels, h * w)  #: [batch, channels, h·w]


class Highest(nn.Module):
    """Where nothing but the code's own question tells the rank, it is the highest that goes on."""

    def forward(self, x):
        single = False
        if x.ndim == 2:
            x = x.unsqueeze(1)
            single = True
        elif x.ndim == 3:
            pass
        else:
            raise ValueError(f'{x.ndim} axes')
        y = x.transpose(1, 2)  #: [B, C, N]
        if single:
            y = y.squeeze(1)
        return y


class Listed(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)

    def forward(self, x):
        assert x.ndim in (3, 4)
        if len(x.shape) == 3:
            x = x[None]
        return self.conv(x)  #: [B, 8, H - 2, W - 2]


class Flattened(nn.Module):
    """On the way where there are at most two axes there are two."""

    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(784, 10)

    def forward(self, x):
        if x.dim() > 2:
            x = x.flatten(1)
        return self.fc(x)  #: [B, 10]


class Frames(nn.Module):
    """A film is taken too; an image is the usual case, as the convolution takes it as it comes."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)

    def forward(self, x):
        film = x.ndim == 5
        if film:
            batch, time = x.shape[:2]
            x = x.flatten(0, 1)
        y = self.conv(x)  #: [B, 8, H - 2, W - 2]
        if film:
            y = y.unflatten(0, (batch, time))
        return y


class Masked(nn.Module):
    """Nothing tells which mask it is: each way shows its own."""

    def forward(self, mask):
        if mask.dim() == 2:
            mask = mask[:, None, None, :]  #: [m, 1, 1, n]
        elif mask.dim() == 3:
            mask = mask.unsqueeze(1)  #: [k, 1, m, n]
        return mask == 0


class Deep(nn.Module):
    """Ranks that are ruled out one after the other."""

    def forward(self, x):
        if x.dim() >= 4:
            raise ValueError('too many')
        if x.dim() < 3:
            raise ValueError('too few')
        return x * 2  #: [B, N, C]


class Flat(nn.Module):
    """How many axes there are nobody says; behind the first they are one."""

    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(nn.Flatten(), nn.Linear(784, 10))

    def forward(self, x, y, z):
        y = y.flatten(2)  #: [B2, C, N]
        z = z.view(z.shape[0], -1)  #: [B3, N2]
        return self.net(x), y, z  #: [B, 10], [B2, C, N], [B3, N2]


class Scaled(nn.Module):
    """A parameter that somebody has given a batch axis has as many axes as what it stands beside."""

    def __init__(self, dim, n):
        super().__init__()
        self.gamma = nn.Parameter(torch.ones(1, dim, 1, 1))
        self.positions = nn.Parameter(torch.zeros(1, n, dim))
        self.last = nn.Parameter(torch.zeros(1, 1, 1, dim))
        self.bias = nn.Parameter(torch.zeros(1, dim))

    def forward(self, x, tokens, y, z):
        x = nn.functional.normalize(x, dim=1) * self.gamma  #: [B, dim, H, W]
        tokens = tokens + self.positions  #: [B2, n, dim]
        energy = y / (y.mean(dim=-1, keepdim=True) + 1e-6)
        y = self.last * (y * energy)  #: [B3, C, H2, dim]
        return x, tokens, y, z + self.bias  #: [B, dim, H, W], [B2, n, dim], [B3, C, H2, dim], [*, dim]


class Attended(nn.Module):
    """What the usual way demands of the last axis is not demanded of an image."""

    def __init__(self, dim):
        super().__init__()
        self.to_q = nn.Linear(dim, dim)

    def forward(self, x):
        rank = x.ndim
        if rank == 4:
            batch, channel, height, width = x.shape
            x = x.view(batch, channel, height * width).transpose(1, 2)
        x = self.to_q(x)
        if rank == 4:
            x = x.transpose(-1, -2).reshape(batch, channel, height, width)  #: [batch, channel, height, width]
        return x


class NormedAttended(nn.Module):
    """What is computed of an input has as many axes as it, so that asking for them asks for the input's: it may be no image."""

    def __init__(self, dim):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(dim))
        self.attended = Attended(dim)

    def forward(self, x):
        x = x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + 1e-6)
        y = self.attended(x * self.weight)  #: [batch, channel, height, dim] | [*, dim]
        return y


class Swapped(nn.Module):
    """With three axes the norm would fail, so that it is used with four."""

    def __init__(self):
        super().__init__()
        self.norm = nn.BatchNorm2d(3)

    def forward(self, x):
        x = x.permute((0, 1, 3, 2) if len(x.shape) == 4 else (0, 2, 1))  #: [B, 3, W, H]
        return self.norm(x)  #: [B, 3, W, H]


class Encoded(nn.Module):
    """Points with or without a batch."""

    def __init__(self, n):
        super().__init__()
        self.n = n

    def forward(self, x):
        assert x.ndim in [2, 3]
        if x.ndim == 2:
            batched = False
            x = x.unsqueeze(0)
        else:
            batched = True
        b, n, _ = x.shape
        y = torch.einsum('bij,k->bijk', x, torch.arange(self.n).float()).flatten(2)
        if not batched:
            y = y.squeeze(0)
        return y


class Neighbours(nn.Module):
    """The code runs only where both have no batch, although either may have one by what encodes them."""

    def __init__(self):
        super().__init__()
        self.encode = Encoded(16)

    def forward(self, y, x):
        sizes = torch.cumsum(torch.sum(torch.cdist(x, y), dim=1), dim=0)
        splits = torch.cat((torch.tensor([0.0]), sizes))  #: [n2 + 1]
        return self.encode(y), self.encode(x), splits
