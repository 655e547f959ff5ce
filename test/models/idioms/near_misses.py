import torch
import torch.nn as nn
import torch.nn.functional as F


class NonLocal(nn.Module):  #~ residual
    """Every place is compared with every place."""

    def __init__(self, width):
        super().__init__()
        self.theta = nn.Conv2d(width, width // 2, 1)
        self.phi = nn.Conv2d(width, width // 2, 1)
        self.g = nn.Conv2d(width, width // 2, 1)
        self.out = nn.Conv2d(width // 2, width, 1)

    def forward(self, x):
        b, c, h, w = x.shape
        q = self.theta(x).flatten(2).transpose(1, 2)
        k = self.phi(x).flatten(2)
        v = self.g(x).flatten(2).transpose(1, 2)
        weights = F.softmax(q @ k, dim=-1)  #~ attention
        y = (weights @ v).transpose(1, 2).reshape(b, c // 2, h, w)
        return x + self.out(y)  #~ residual


class Gram(nn.Module):
    """Products of places with places that nothing is summed by."""

    def __init__(self, width):
        super().__init__()
        self.theta = nn.Conv2d(width, width // 2, 1)
        self.phi = nn.Conv2d(width, width // 2, 1)

    def forward(self, x):
        return F.softmax(self.theta(x).flatten(2).transpose(1, 2) @ self.phi(x).flatten(2), dim=-1)


class Reverse(nn.Module):
    """Windows are put together again."""

    def forward(self, windows, h, w):
        n, side, _, c = windows.shape
        b = n // ((h // side) * (w // side))
        x = windows.view(b, h // side, w // side, side, side, c)
        return x.permute(0, 1, 3, 2, 4, 5).reshape(b, h, w, c)  #~ window


class Turned(nn.Module):
    """The same sizes, but the axes of a window change places with each other: a map that is turned."""

    def __init__(self, side):
        super().__init__()
        self.side = side

    def forward(self, x):
        b, h, w, c = x.shape
        side = self.side
        x = x.view(b, h // side, side, w // side, side, c)
        return x.permute(0, 3, 4, 1, 2, 5).reshape(b, w, h, c)


class Rolled(nn.Module):
    """A shift along time is not one of windows."""

    def __init__(self, width):
        super().__init__()
        self.fc = nn.Linear(width, width)

    def forward(self, x):
        return self.fc(torch.roll(x, 1, dims=1))


class ScoreOffset(nn.Module):  #~ attention
    """One number for all places is no bias of the position."""

    def __init__(self, width):
        super().__init__()
        self.q = nn.Linear(width, width)
        self.k = nn.Linear(width, width)
        self.v = nn.Linear(width, width)
        self.offset = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        scores = self.q(x) @ self.k(x).transpose(1, 2) + self.offset  #~ attention
        return scores.softmax(dim=-1) @ self.v(x)


class NormBehind(nn.Module):
    """What is normalised after the residual sum is not normalised before its branch, and what follows no sum is neither."""

    def __init__(self, width):
        super().__init__()
        self.fc = nn.Linear(width, width)
        self.norm = nn.LayerNorm(width)

    def forward(self, x):
        return self.norm(self.fc(x))


class LastToken(nn.Module):
    """A token of the data at the end is no class token in front."""

    def __init__(self, width):
        super().__init__()
        self.fc = nn.Linear(width, width)

    def forward(self, x, more):
        return self.fc(torch.cat([x, more], dim=1))


class Linears(nn.Module):
    """Without an activation between, two maps are one."""

    def __init__(self, width):
        super().__init__()
        self.up = nn.Linear(width, 4 * width)
        self.down = nn.Linear(4 * width, width)

    def forward(self, x):
        return self.down(self.up(x))


class Squared(nn.Module):
    """A product of two projections with no activation on either is no gate."""

    def __init__(self, width):
        super().__init__()
        self.a = nn.Linear(width, width)
        self.b = nn.Linear(width, width)

    def forward(self, x):
        return self.a(x) * self.b(x)


class Coarse(nn.Module):
    """An upsampled map that meets nothing is fused with nothing."""

    def __init__(self, width):
        super().__init__()
        self.down = nn.Conv2d(width, width, 3, stride=2, padding=1)
        self.out = nn.Conv2d(width, width, 1)

    def forward(self, x):
        return self.out(F.interpolate(self.down(x), scale_factor=2))


class Straight(nn.Module):
    """Down and up again, with nothing that leads across."""

    def __init__(self, width):
        super().__init__()
        self.down = nn.Conv2d(width, 2 * width, 3, stride=2, padding=1)
        self.up = nn.ConvTranspose2d(2 * width, width, 2, stride=2)

    def forward(self, x):
        return self.up(self.down(x))


class TwoHeads(nn.Module):
    """Two layers of the same sizes that each have weights of their own are not tied."""

    def __init__(self, words, width):
        super().__init__()
        self.embed = nn.Embedding(words, width)
        self.head = nn.Linear(width, words, bias=False)

    def forward(self, ids):
        return self.head(self.embed(ids))


class Noisy(nn.Module):
    """Noise that is added as it is comes from no distribution that is learnt."""

    def __init__(self, width):
        super().__init__()
        self.mean = nn.Linear(width, width)

    def forward(self, x):
        mean = self.mean(x)
        return mean + torch.randn_like(mean)


class TwoSources(nn.Module):  #~ attention
    """Queries, keys and values of one input are attended by themselves, not across."""

    def __init__(self, width):
        super().__init__()
        self.kv = nn.Linear(width, 2 * width)
        self.q = nn.Linear(width, width)

    def forward(self, x, mask):
        q = self.q(x)
        k, v = self.kv(x).chunk(2, dim=-1)
        scores = q @ k.transpose(1, 2) + mask  #~ attention
        return scores.softmax(dim=-1) @ v


class Narrow(nn.Module):
    """Narrow, depthwise, wide: the opposite of an inverted bottleneck, and not added to its input."""

    def __init__(self, width):
        super().__init__()
        self.narrow = nn.Conv2d(width, width // 4, 1)
        self.deep = nn.Conv2d(width // 4, width // 4, 3, padding=1, groups=width // 4)
        self.wide = nn.Conv2d(width // 4, width, 1)

    def forward(self, x):
        return self.wide(self.deep(self.narrow(x)))  #~ depthwise-separable


class Split(nn.Module):
    """Groups that are split and joined again in the same order are not shuffled."""

    def __init__(self, groups):
        super().__init__()
        self.groups = groups

    def forward(self, x):
        b, c, h, w = x.shape
        return x.view(b, self.groups, c // self.groups, h, w).reshape(b, c, h, w)


class Larger(nn.Module):
    """The larger of two maps over the channels, of which nothing is made to weights."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(2, 1, 7, padding=3)

    def forward(self, x):
        both = torch.cat([x.mean(1, keepdim=True), x.amax(1, keepdim=True)], dim=1)
        return x + self.conv(both)


class Routing(nn.Module):
    """Votes that agree with what they led to are counted: no branch is added to its input."""

    def __init__(self, n, turns, squash):
        super().__init__()
        self.turns = turns
        self.squash = squash

    def forward(self, votes):
        b, n, m, d = votes.shape
        counts = torch.zeros(b, n, m)
        for _ in range(self.turns):
            share = F.softmax(counts, dim=1)
            found = self.squash((share.unsqueeze(-1) * votes).sum(2, keepdim=True))
            counts = counts + (found * votes).sum(-1)
        return found


class EqualWidths(nn.Module):  #~ residual
    """Three convolutions of one width are no bottleneck."""

    def __init__(self, c):
        super().__init__()
        self.first = nn.Conv2d(c, c, 1)
        self.middle = nn.Conv2d(c, c, 3, padding=1)
        self.last = nn.Conv2d(c, c, 1)

    def forward(self, x):
        y = F.relu(self.middle(F.relu(self.first(x))))
        return x + self.last(y)  #~ residual


class Apart(nn.Module):
    """Mean and maximum that go through weights of their own share no perceptron."""

    def __init__(self, c):
        super().__init__()
        self.mean = nn.Conv2d(c, c // 8, 1)
        self.largest = nn.Conv2d(c, c // 8, 1)
        self.out = nn.Conv2d(c // 8, c, 1)

    def forward(self, x):
        a = self.mean(x.mean((2, 3), keepdim=True))
        b = self.largest(x.amax((2, 3), keepdim=True))
        return self.out(F.relu(a + b))


class Padded(nn.Module):  #~ attention
    """A mask that somebody hands over hides what he wants, not what comes later."""

    def __init__(self, width):
        super().__init__()
        self.q = nn.Linear(width, width)
        self.k = nn.Linear(width, width)
        self.v = nn.Linear(width, width)

    def forward(self, x, padding):
        b, n, c = x.shape
        scores = self.q(x) @ self.k(x).transpose(-2, -1)  #~ attention
        scores = scores.masked_fill(padding[:, None, :], float('-inf'))
        return scores.softmax(-1) @ self.v(x)


class Itself(nn.Module):  #~ attention
    """Queries, keys and values of one input, whatever else comes in, cross nothing."""

    def __init__(self, width):
        super().__init__()
        self.qkv = nn.Linear(width, 3 * width)

    def forward(self, x, other):
        b, n, c = x.shape
        q, k, v = self.qkv(x).chunk(3, dim=-1)
        return (q @ k.transpose(-2, -1)).softmax(-1) @ v, other  #~ attention


class Active(nn.Module):  #~ residual
    """An activation behind the last convolution: what is added back is not linear."""

    def __init__(self, c):
        super().__init__()
        self.wide = nn.Conv2d(c, 6 * c, 1)
        self.each = nn.Conv2d(6 * c, 6 * c, 3, padding=1, groups=6 * c)
        self.back = nn.Conv2d(6 * c, c, 1)

    def forward(self, x):
        y = F.relu6(self.each(F.relu6(self.wide(x))))  #~ depthwise-separable
        return x + F.relu6(self.back(y))  #~ residual


class Positions(nn.Module):
    """A table of positions beside its input is no branch of it."""

    def __init__(self, n, width):
        super().__init__()
        self.table = nn.Parameter(torch.zeros(1, n, width))

    def forward(self, x):
        return x + self.table  #~ positional-encoding


class Concatenated(nn.Module):
    """Maps of one size that both come from the input are no way back from the depth."""

    def __init__(self, c):
        super().__init__()
        self.a = nn.Conv2d(c, c, 3, padding=1)
        self.b = nn.Conv2d(c, c, 5, padding=2)

    def forward(self, x):
        return torch.cat([F.relu(self.a(x)), F.relu(self.b(x))], dim=1)


class Highway(nn.Module):
    """A gate between two values, without a second one on the way to the new one."""

    def __init__(self, width):
        super().__init__()
        self.gate = nn.Linear(width, width)
        self.plain = nn.Linear(width, width)

    def forward(self, x):
        z = torch.sigmoid(self.gate(x))
        return (1 - z) * x + z * F.relu(self.plain(x))


class OtherMean(nn.Module):
    """The mean square of another value normalises nothing."""

    def forward(self, x, y):
        return x * torch.rsqrt(y.pow(2).mean(-1, keepdim=True) + 1e-6)


class Cubes(nn.Module):
    def forward(self, x):
        return x * torch.rsqrt(x.pow(4).mean(-1, keepdim=True) + 1e-6)
