import torch
import torch.nn as nn
import torch.nn.functional as F


class Pyramid(nn.Module):  #~ fpn
    def __init__(self, widths, out):
        super().__init__()
        self.inner = nn.ModuleList([nn.Conv2d(width, out, 1) for width in widths])
        self.outer = nn.ModuleList([nn.Conv2d(out, out, 3, padding=1) for _ in widths])

    def forward(self, low, middle, high):
        top = self.inner[2](high)
        lateral = self.inner[1](middle)
        second = lateral + F.interpolate(top, size=lateral.shape[-2:])  #~ fpn
        lateral = self.inner[0](low)
        third = lateral + F.interpolate(second, size=lateral.shape[-2:])
        return self.outer[0](third), self.outer[1](second), self.outer[2](top)


class Raised(nn.Module):
    """Maps that the module makes itself are a network, and what is raised with weights is no pyramid."""

    def __init__(self, c):
        super().__init__()
        self.down = nn.Conv2d(3, c, 3, stride=2, padding=1)
        self.lateral = nn.Conv2d(3, c, 1)
        self.up = nn.ConvTranspose2d(c, c, 2, stride=2)

    def forward(self, x):
        return self.lateral(x) + self.up(self.down(x))  #~ pyramid


class Expert(nn.Module):  #~ feed-forward
    def __init__(self, dim):
        super().__init__()
        self.net = nn.Sequential(nn.Linear(dim, 4 * dim), nn.ReLU(), nn.Linear(4 * dim, dim))

    def forward(self, x):
        return self.net(x)


class Mixture(nn.Module):  #~ mixture
    def __init__(self, dim, experts=4, chosen=2):
        super().__init__()
        self.router = nn.Linear(dim, experts)
        self.experts = nn.ModuleList([Expert(dim) for _ in range(experts)])
        self.chosen = chosen

    def forward(self, x):
        scores = self.router(x)
        best, places = scores.topk(self.chosen, dim=-1)
        weights = F.softmax(torch.full_like(scores, float('-inf')).scatter(-1, places, best), dim=-1)
        out = torch.zeros_like(x)
        for i, expert in enumerate(self.experts):
            mask = (places == i).any(dim=-1)
            out[mask] += expert(x[mask]) * weights[mask][:, i:i + 1]
        return out


class Best(nn.Module):
    """The largest scores alone choose no experts."""

    def __init__(self, dim):
        super().__init__()
        self.router = nn.Linear(dim, 8)
        self.expert = Expert(dim)

    def forward(self, x):
        best, places = self.router(x).topk(2, dim=-1)
        return self.expert(x[places[..., 0] > 0]), best


class Boxes(nn.Module):  #~ heads
    """For each map of a list the same layers, then two results."""

    def __init__(self, c, anchors):
        super().__init__()
        self.shared = nn.Sequential(nn.Conv2d(c, c, 3, padding=1), nn.ReLU())
        self.classes = nn.Conv2d(c, anchors, 1)
        self.boxes = nn.Conv2d(c, anchors * 4, 1)

    def forward(self, maps):
        classes, boxes = [], []
        for one in maps:
            t = self.shared(one)
            classes.append(self.classes(t))
            boxes.append(self.boxes(t))
        return classes, boxes


class Kept(nn.Module):
    """A result beside what it was made of is no second head."""

    def __init__(self, c):
        super().__init__()
        self.shared = nn.Conv2d(c, c, 3, padding=1)
        self.last = nn.Conv2d(c, 1, 1)

    def forward(self, x):
        t = self.shared(x)
        return self.last(t), t


class Halves(nn.Module):
    """Two halves of what one layer gives are no heads of their own."""

    def __init__(self, c):
        super().__init__()
        self.shared = nn.Conv2d(c, 2 * c, 3, padding=1)

    def forward(self, x):
        a, b = self.shared(x).chunk(2, dim=1)
        return a, b


class Inception(nn.Module):  #~ parallel
    def __init__(self, c):
        super().__init__()
        self.one = nn.Conv3d(c, 8, 1)
        self.three = nn.Sequential(nn.Conv3d(c, 8, 1), nn.Conv3d(8, 8, 3, padding=1))
        self.pool = nn.Sequential(nn.MaxPool3d(3, stride=1, padding=1), nn.Conv3d(c, 8, 1))

    def forward(self, x):
        return torch.cat([self.one(x), self.three(x), self.pool(x)], dim=1)  #~ parallel


def width(v):
    n = max(8, int(v + 4) // 8 * 8)
    if n < 0.9 * v:
        n += 8
    return n


class Either(nn.Module):  #~ residual
    """Of a width that is one of two, layers that are only known to keep the shape are on the way all the same."""

    def __init__(self, c, norm_layer):
        super().__init__()
        e = width(c)
        self.block = nn.Sequential(nn.Conv2d(c, e, 1), norm_layer(e), nn.ReLU(), nn.Conv2d(e, c, 1), norm_layer(c))

    def forward(self, x):
        return self.block(x) + x  #~ residual
