import torch
import torch.nn as nn
import torch.nn.functional as F


class Classifier(nn.Module):
    def __init__(self, num_classes=7):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, 3)
        self.last = nn.Linear(64, num_classes)

    def forward(self, x):
        return self.last(self.conv(x).mean((2, 3)))  #~ classifier


class Box(nn.Module):
    """Four numbers of a pooled map are no classes."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, 3)
        self.fc = nn.Linear(64, 4)

    def forward(self, x):
        return self.fc(self.conv(x).mean((2, 3)))


class Vectors(nn.Module):
    """Neither pooled nor picked: a layer among others."""

    def __init__(self, num_classes):
        super().__init__()
        self.fc = nn.Linear(64, num_classes)

    def forward(self, x):
        n, c = x.shape
        return self.fc(x)


class Step(nn.Module):  #~ residual
    def __init__(self, c):
        super().__init__()
        self.conv = nn.Conv2d(c, c, 3, padding=1)

    def forward(self, x):
        return x + F.relu(self.conv(x))  #~ residual


class Stack(nn.Module):  #~ stack
    def __init__(self, c):
        super().__init__()
        self.stem = nn.Conv2d(3, c, 3)
        self.blocks = nn.ModuleList([Step(c) for _ in range(4)])

    def forward(self, x):
        x = self.stem(x)
        for block in self.blocks:
            x = block(x)
        return x


class One(nn.Module):
    """One block is no stack."""

    def __init__(self, c):
        super().__init__()
        self.stem = nn.Conv2d(3, c, 3)
        self.block = Step(c)
        self.last = nn.Conv2d(c, 3, 3)
        self.more = nn.Conv2d(3, 3, 3)

    def forward(self, x):
        return self.more(self.last(self.block(self.stem(x))))


class HardSigmoid(nn.Module):  #~ hard-sigmoid
    def forward(self, x):
        return F.relu6(x + 3) / 6  #~ hard-sigmoid


class HardSwish(nn.Module):  #~ hard-swish
    def forward(self, x):
        return x * F.relu6(x + 3.0) / 6.0  #~ hard-swish


class Hard(nn.Module):  #~ hard-swish
    def forward(self, x):
        gate = F.relu6(x + 3) * (1 / 6)  #~ hard-sigmoid
        return gate * x  #~ hard-swish


class Clipped(nn.Module):
    """Other numbers make another curve."""

    def forward(self, x):
        return F.relu6(x + 1) / 6


class Tied(nn.Module):
    def __init__(self, vocab, dim):
        super().__init__()
        self.embed = nn.Embedding(vocab, dim)
        self.head = nn.Linear(dim, vocab, bias=False)
        self.head.weight = self.embed.weight  #~ weight-tying

    def forward(self, x):
        b, n = x.shape
        return self.head(self.embed(x))


class Untied(nn.Module):
    """A parameter of its own is shared with nobody."""

    def __init__(self, vocab, dim):
        super().__init__()
        self.embed = nn.Embedding(vocab, dim)
        self.head = nn.Linear(dim, vocab, bias=False)
        self.head.weight = nn.Parameter(torch.zeros(vocab, dim))

    def forward(self, x):
        b, n = x.shape
        return self.head(self.embed(x))


class Recurrent(nn.Module):
    def __init__(self, n, d):
        super().__init__()
        self.cell = nn.GRUCell(n, d)
        self.d = d

    def forward(self, x):
        b, l, n = x.shape
        h = x.new_zeros(b, self.d)
        for t in range(l):
            h = self.cell(x[:, t], h)  #~ recurrence
        return h


class Joined(nn.Module):
    def __init__(self, n, d):
        super().__init__()
        self.update = nn.Linear(n + d, d)
        self.d = d

    def forward(self, x):
        b, l, n = x.shape
        h = x.new_zeros(b, self.d)
        for t in range(3):
            h = torch.tanh(self.update(torch.cat([x[:, t], h], dim=1)))  #~ recurrence
        return h


class Layers(nn.Module):
    """A loop over layers gives each of them something else to do."""

    def __init__(self, d):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(d, d) for _ in range(3)])

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


class Apart(nn.Module):
    """Each turn gets something new, and nothing of the turn before."""

    def __init__(self, n, d):
        super().__init__()
        self.map = nn.Linear(n, d)

    def forward(self, x):
        b, l, n = x.shape
        return torch.stack([self.map(x[:, t]) for t in range(3)], dim=1)


class Skipped(nn.Module):  #~ drop-path
    def __init__(self, p=0.1):
        super().__init__()
        self.p = p

    def forward(self, x):
        if not self.training or self.p == 0:
            return x
        keep = 1 - self.p
        mask = torch.floor(torch.rand(x.shape[0], 1, 1, 1) + keep)
        return x / keep * mask  #~ drop-path


class Noise(nn.Module):
    """Random numbers at every place skip no branch."""

    def __init__(self, p=0.1):
        super().__init__()
        self.p = p

    def forward(self, x):
        b, n, c = x.shape
        return x * torch.rand(b, n, c)


class Bilinear(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.up = nn.ConvTranspose2d(c, c, 4, stride=2, padding=1, groups=c, bias=False)
        at = torch.arange(4).float()
        row = 1 - torch.abs(at - 1.5) / 2
        kernel = torch.outer(row, row)  #~ bilinear-kernel
        self.up.weight.data.copy_(kernel.expand(c, 1, 4, 4))

    def forward(self, x):
        return self.up(x)


class Outer(nn.Module):
    """The product of two straight lines is no triangle."""

    def __init__(self, c):
        super().__init__()
        self.up = nn.ConvTranspose2d(c, c, 4, stride=2, padding=1, groups=c, bias=False)
        row = 1 - torch.arange(4).float() / 2
        self.up.weight.data.copy_(torch.outer(row, row).expand(c, 1, 4, 4))

    def forward(self, x):
        return self.up(x)


class Variational(nn.Module):  #~ autoencoder
    def __init__(self, size, hidden, latent):
        super().__init__()
        self.encode = nn.Linear(size, hidden)
        self.mean = nn.Linear(hidden, latent)
        self.log_variance = nn.Linear(hidden, latent)
        self.decode = nn.Sequential(nn.Linear(latent, hidden), nn.ReLU(), nn.Linear(hidden, size))

    def forward(self, x):
        h = F.relu(self.encode(x))
        mean, log_variance = self.mean(h), self.log_variance(h)
        spread = torch.exp(0.5 * log_variance)
        z = mean + spread * torch.randn_like(spread)  #~ sampling
        return self.decode(z), mean, log_variance


class Sampled(nn.Module):
    """The head of a policy: nothing is decoded."""

    def __init__(self, size, actions):
        super().__init__()
        self.mean = nn.Linear(size, actions)
        self.log_deviation = nn.Linear(size, actions)

    def forward(self, x):
        mean = self.mean(x)
        deviation = torch.exp(self.log_deviation(x))
        return mean + deviation * torch.randn_like(deviation)  #~ sampling


class BothDirections(nn.Module):
    """What either direction ends with, side by side; the cells are something else."""

    def __init__(self, size, hidden):
        super().__init__()
        self.lstm = nn.LSTM(size, hidden, bidirectional=True, batch_first=True)
        self.gru = nn.GRU(size, hidden, bidirectional=True, batch_first=True)

    def forward(self, x):
        out, (h, c) = self.lstm(x)
        _, state = self.gru(x)
        last = torch.cat([h[-2], h[-1]], dim=-1)  #~ last-states
        other = torch.cat((state[-1], state[-2]), dim=1)  #~ last-states
        cells = torch.cat([c[-2], c[-1]], dim=-1)
        steps = torch.cat([out[:, -2], out[:, -1]], dim=-1)
        return last, other, cells, steps, torch.cat([h[-1], h[-1]], dim=-1)


class TwoLayers(nn.Module):
    """Two layers of one direction have no directions to join."""

    def __init__(self, size, hidden):
        super().__init__()
        self.gru = nn.GRU(size, hidden, num_layers=2, batch_first=True)

    def forward(self, x):
        out, h = self.gru(x)
        return torch.cat([h[-2], h[-1]], dim=-1)


class RootMeanSquare(nn.Module):  #~ rms-norm
    def __init__(self, width, eps=1e-6):
        super().__init__()
        self.eps = eps
        self.weight = nn.Parameter(torch.ones(width))

    def forward(self, x):
        return x * torch.rsqrt(x.pow(2).mean(-1, keepdim=True) + self.eps) * self.weight


class RootOfSquares(nn.Module):  #~ rms-norm
    def forward(self, x):
        return x / torch.sqrt((x * x).mean(dim=-1, keepdim=True) + 1e-6)


class GatedMap(nn.Module):  #~ gated-unit
    def __init__(self, c):
        super().__init__()
        self.z = nn.Conv2d(2 * c, c, 3, padding=1)
        self.r = nn.Conv2d(2 * c, c, 3, padding=1)
        self.q = nn.Conv2d(2 * c, c, 3, padding=1)

    def forward(self, h, x):
        both = torch.cat([h, x], dim=1)
        z = torch.sigmoid(self.z(both))
        r = torch.sigmoid(self.r(both))
        q = torch.tanh(self.q(torch.cat([r * h, x], dim=1)))
        return (1 - z) * h + z * q


class Steered(nn.Module):  #~ residual
    """What is made of another input and only flows in is no part of the way."""

    def __init__(self, c, width):
        super().__init__()
        self.first = nn.Conv2d(c, c, 3, padding=1)
        self.second = nn.Conv2d(c, c, 3, padding=1)
        self.shift = nn.Linear(width, c)

    def forward(self, x, t):
        h = F.relu(self.first(x)) + self.shift(t)[:, :, None, None]
        return x + self.second(F.relu(h))  #~ residual
