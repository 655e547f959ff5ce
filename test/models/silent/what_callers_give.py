import paddle
import torch
import torch.nn as nn


class Mixer(nn.Module):
    """An int is a float to an annotation."""

    def __init__(self, dim: int, ratio: float):
        super().__init__()
        self.up = nn.Linear(dim, dim * ratio)
        self.down = nn.Linear(dim * ratio, dim)

    def forward(self, x):
        return self.down(self.up(x)) * (0.5 * len(x.shape))


class Ensemble(nn.ModuleList):
    """Whoever makes one appends the models."""

    def forward(self, x):
        return torch.cat([model(x) for model in self], 2)


class Quantiser(nn.Module):
    def __init__(self, dim, detail):
        super().__init__()
        self.detail = detail
        self.fc = nn.Linear(dim, dim)

    def forward(self, x, details):
        x = self.fc(x)
        if details.any():
            return x, x.mean(), x.sum(), x.amax()
        return x, x.mean(), x.sum()


class Quantised(nn.Module):
    """How many values come back depends on something that nobody can judge."""

    def __init__(self, dim):
        super().__init__()
        self.quantise = Quantiser(dim, False)

    def forward(self, x, details):
        x, mean, total = self.quantise(x, details)
        return x + mean + total


class Join(nn.Module):
    """A caller knows which type a layer wants."""

    def __init__(self, dim, is_first):
        super().__init__()
        self.is_first = is_first
        self.conv = nn.Conv2d(dim, dim, 1)

    def forward(self, x):
        if not isinstance(x, list):
            x = [x]
        y = self.conv(x[0])
        return y if self.is_first else torch.cat([y, x[1]], 1)


class Decoder(nn.Module):
    """The layer that is asked for is among them."""

    def __init__(self, dim, num_layers, last=-1):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(dim, dim) for _ in range(num_layers)])
        self.last = last if last >= 0 else num_layers + last

    def forward(self, x):
        outputs = []
        for i, layer in enumerate(self.layers):
            x = layer(x)
            if i == self.last:
                outputs.append(x)
                break
        return torch.stack(outputs)


class Normed(paddle.nn.Layer):
    """A layer of a size that nobody knows."""

    def __init__(self, dim, ratio: float):
        super().__init__()
        self.fc = paddle.nn.Linear(dim, 8)
        self.norm = paddle.nn.LayerNorm(dim * ratio)

    def forward(self, x):
        return self.norm(self.fc(x))


class Sums(nn.Module):
    """A number becomes a tensor by `+=`; sizes that may be equal may fit."""

    def __init__(self, dim):
        super().__init__()
        self.fc = nn.Linear(dim, dim)

    def forward(self, x, mask):
        total = 0
        total += self.fc(x)
        total += total.mean(dim=-1, keepdim=True)
        total *= mask
        row = x[0]
        row += mask
        return total, row


class PaddleSums(paddle.nn.Layer):
    """Paddle's `+=` makes a new tensor."""

    def forward(self, x):
        total = paddle.zeros([3, 1])
        total += paddle.zeros([3, 4])
        return total


_options = None


def configure(options):
    global _options
    _options = options


class Configured(nn.Module):
    """Nobody makes one before the options are there."""

    def __init__(self, dim):
        super().__init__()
        self.fc = nn.Linear(dim, dim) if _options['wide'] else nn.Identity()

    def forward(self, x):
        return self.fc(x)


class Extractor(nn.Module):
    """The names stand for layers that nobody knows."""

    def __init__(self, layers, wanted):
        super().__init__()
        named = {}
        for name, layer in zip(['conv1', 'relu1', 'conv2'], layers):
            named[name] = layer
        self.layers = nn.ModuleDict(named)
        self.wanted = wanted

    def forward(self, x):
        found = {}
        for name, layer in self.layers.items():
            x = layer(x)
            if name in self.wanted:
                found[name] = x
        return found['relu1'], found['conv2']


class Rearranged(paddle.nn.Layer):
    """The pattern tells the rank."""

    def __init__(self, pattern, width):
        super().__init__()
        self.pattern = pattern
        self.width = width

    def forward(self, x):
        if self.pattern == 'b (h w) c -> b c h w':
            b, n, c = x.shape
            return x.transpose([0, 2, 1]).reshape([b, c, -1, self.width])
        b, c, h, w = x.shape
        return x.reshape([b, c, h * w]).transpose([0, 2, 1])
