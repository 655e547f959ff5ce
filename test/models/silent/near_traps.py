# Near misses: code that looks like a trap and is none.
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F


class RegisteredTwice(nn.Module):
    """A plain list of layers that are registered under names of their own."""

    def __init__(self, width):
        super().__init__()
        self.first = nn.Linear(width, width)
        self.second = nn.Linear(width, width)
        self.layers = [self.first, self.second]

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


class AddedByName(nn.Module):
    """Layers that are found by a name that is computed."""

    def __init__(self, width):
        super().__init__()
        for i in range(3):
            self.add_module(f'layer{i}', nn.Linear(width, width))
        self.extra = nn.Linear(width, width)

    def forward(self, x):
        for i in range(3):
            x = getattr(self, f'layer{i}')(x)
        return x


class MovedByHand(nn.Module):
    def __init__(self, length):
        super().__init__()
        self.mask = torch.ones(length, length)

    def forward(self, scores):
        return scores * self.mask.to(scores.device)


class BuiltInHelper(nn.Module):
    """A layer that a helper makes for the constructor."""

    def __init__(self, width):
        super().__init__()
        self.fc = self.make(width)

    def make(self, width):
        return nn.Linear(width, width)

    def forward(self, x):
        return self.fc(x)


class Wrapped(nn.Module):
    """The first value is read before the second one is set."""

    def __init__(self, width):
        super().__init__()
        self.fc = nn.Linear(width, width)
        self.fc = nn.Sequential(self.fc, nn.ReLU())

    def forward(self, x):
        return self.fc(x)


class BiasUsed(nn.Module):
    """The output of the convolution goes elsewhere too, and a layer normalisation keeps a bias."""

    def __init__(self, width):
        super().__init__()
        self.conv = nn.Conv2d(width, width, 1)
        self.norm = nn.BatchNorm2d(width)
        self.fc = nn.Linear(width, width)
        self.group = nn.GroupNorm(1, width)
        self.last = nn.Conv2d(width, width, 1)

    def forward(self, x):
        y = self.conv(x)
        z = self.norm(y) + y
        return self.group(self.last(z))

    def embed(self, x):
        return self.fc(x)


class Siamese(nn.Module):
    """One branch for two inputs shares its statistics on purpose."""

    def __init__(self, width):
        super().__init__()
        self.conv = nn.Conv2d(width, width, 1, bias=False)
        self.norm = nn.BatchNorm2d(width)

    def forward(self, a, b):
        a = self.norm(self.conv(a))
        b = self.norm(self.conv(b))
        return a - b


class Dropped(nn.Module):
    def __init__(self, width, rate=0.5):
        super().__init__()
        self.fc = nn.Linear(width, width)
        self.rate = rate

    def forward(self, x):
        x = F.dropout(x, self.rate, self.training)
        x = F.dropout(x, p=self.rate, training=self.training)
        return self.fc(x)


class InPlace(nn.Module):
    """What is changed in place is read under its new name only."""

    def __init__(self, width):
        super().__init__()
        self.conv = nn.Conv2d(width, width, 1)
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x):
        identity = x
        out = self.conv(x)
        out = self.relu(out)
        out += identity
        return self.relu(out)


class Optional(nn.Module):
    def __init__(self, width, scale=True):
        super().__init__()
        self.fc = nn.Linear(width, width)
        self.scale = scale

    def forward(self, x):
        return self.fc(x) if self.scale else x


class Heads(nn.Module):
    """Splitting and merging neighbours, in order."""

    def __init__(self, dim, heads=8):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(dim, dim * 3)
        self.out = nn.Linear(dim, dim)

    def forward(self, x):
        B, N, C = x.shape
        qkv = self.qkv(x).reshape(B, N, 3, self.heads, C // self.heads).permute(2, 0, 3, 1, 4)
        q, k, v = qkv[0], qkv[1], qkv[2]
        scores = (q @ k.transpose(-2, -1)).softmax(dim=-1)
        x = (scores @ v).transpose(1, 2).reshape(B, N, C)
        return self.out(x)


class Windows(nn.Module):
    def __init__(self, window):
        super().__init__()
        self.window = window

    def forward(self, x):
        B, H, W, C = x.shape
        w = self.window
        x = x.view(B, H // w, w, W // w, w, C).permute(0, 1, 3, 2, 4, 5)
        return x.reshape(-1, w * w, C)


class Tokens(nn.Module):
    """Merging the batch with the tokens is no accident."""

    def __init__(self, width):
        super().__init__()
        self.width = width
        self.fc = nn.Linear(64, 64)

    def forward(self, x):
        B, N, C = x.shape
        flat = self.fc(x).view(-1, 64)
        return flat


class Shuffle(nn.Module):
    """The channels of the groups change places, by way of a transposition."""

    def __init__(self, groups):
        super().__init__()
        self.groups = groups

    def forward(self, x):
        b, c, h, w = x.shape
        x = x.view(b, self.groups, c // self.groups, h, w)
        return x.transpose(1, 2).contiguous().view(b, c, h, w)


class Squeezed(nn.Module):
    def __init__(self):
        super().__init__()
        self.pool = nn.AdaptiveAvgPool2d(1)

    def forward(self, x):
        return self.pool(x).squeeze(-1).squeeze(-1)


class TimeFirst(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.lstm = nn.LSTM(width, width, num_layers=2, dropout=0.1)

    def forward(self, x):
        steps, batch, _ = x.shape
        out, _ = self.lstm(x)
        return out[-1]


class Logits(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc = nn.Linear(width, 10)
        self.loss = nn.CrossEntropyLoss()

    def forward(self, x, target):
        logits = self.fc(x)
        return self.loss(logits, target), logits.softmax(dim=-1)


class Views(nn.Module):
    """Two views of one batch go through the same layers as a batch of twice the size, on purpose."""

    def __init__(self, width):
        super().__init__()
        self.fc = nn.Linear(width, width)

    def forward(self, x):
        both = torch.cat((x, x.flip(-1)))
        first, second = self.fc(both).chunk(2)
        return first + second


class Counted(nn.Module):
    """Queries of their own stand behind the batch, and nothing asks for the old one."""

    def __init__(self, width):
        super().__init__()
        self.fc = nn.Linear(width, width)

    def forward(self, x, more):
        n = x.shape[0]
        joined = torch.cat([x, more], dim=0)
        return self.fc(joined)[:n] + x


class BatchSecond(nn.Module):
    """The batch is first by the names of the code, and the layer is told so."""

    def __init__(self, width):
        super().__init__()
        self.gru = nn.GRU(width, width, batch_first=True)

    def forward(self, x):
        batch_size, steps, _ = x.shape
        out, _ = self.gru(x)
        return out.view(batch_size, steps, -1)


class Mixin:
    """A part of a module, not one itself."""

    def __init__(self, width):
        self.extra = nn.Linear(width, width)

    def forward(self, x):
        return self.extra(x)


class Mixed(Mixin, nn.Module):
    def __init__(self, width):
        nn.Module.__init__(self)
        Mixin.__init__(self, width)


class Trainer:
    """What holds a model and a loss is no model."""

    def __init__(self, model):
        self.model = model
        self.loss = nn.CrossEntropyLoss()

    def forward(self, x, target):
        return self.loss(self.model(x), target)


class Callable:
    """A class that can be called by itself."""

    def __init__(self, width):
        self.fc = nn.Linear(width, width)

    def forward(self, x):
        return self.fc(x)

    __call__ = forward


# Bounds that a random number is drawn between meet no input.
class Cropped(nn.Module):
    def __init__(self, low=0.5, high=2.0):
        super().__init__()
        self.bounds = torch.log(torch.tensor((low, high)))

    def drawn(self):
        return torch.exp(torch.empty(1).uniform_(self.bounds[0], self.bounds[1])).item()

    def forward(self, x):
        return x * self.drawn()


class WritesInto(nn.Module):
    """A `forward` whose result is what it writes into the list that it is given."""

    def __init__(self, width):
        super().__init__()
        self.fc = nn.Linear(width, width)

    def forward(self, levels):
        for i in range(1, len(levels)):
            levels[i] = self.fc(levels[i]) + levels[i - 1]


class CallsForEffect(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc = nn.Linear(width, width)

    def forward(self, levels, found):
        for level, into in zip(levels, found):
            self.add_to(level, into)

    def add_to(self, level, into):
        into['scores'] = self.fc(level)


class ArrayOfPlaces(nn.Module):
    """An array of NumPy that picks channels: no device holds it."""

    def __init__(self, width):
        super().__init__()
        self.places = np.array([2, 0, 1])
        self.proj = nn.Linear(width, width)

    def forward(self, x):
        return self.proj(x)[:, self.places]


class GivenOut(nn.Module):
    """A property gives out the layer that its setter keeps."""

    def __init__(self, width):
        super().__init__()
        self.head = nn.Linear(width, width)

    @property
    def head(self):
        return self._head

    @head.setter
    def head(self, layer):
        self._head = layer

    def forward(self, x):
        return self.head(x)
