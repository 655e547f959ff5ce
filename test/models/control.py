import math

import contextlib
from collections import OrderedDict

import torch
import torch.nn as nn


class Branches(nn.Module):
    def __init__(self, inp, oup, stride=1, use_se=False, depth=3):
        super().__init__()
        layers = []
        while len(layers) < depth:
            layers.append(nn.Conv2d(inp if not layers else oup, oup, 3, stride if not layers else 1, 1))
        self.body = nn.Sequential(*layers)
        self.se = nn.Conv2d(oup, oup, 1) if use_se else None
        if stride != 1 or inp != oup:
            self.shortcut = nn.Conv2d(inp, oup, 1, stride)
        else:
            self.shortcut = nn.Identity()

    def forward(self, x):
        y = self.body(x)  #: [B, oup, H, W]
        if self.se is not None:
            y = self.se(y)
        if (n := len(self.body)) > 2:
            y = y.repeat(1, n, 1, 1)  #: [B, 3·oup, H, W]
        try:
            y = y[:, : self.missing]
        except AttributeError:
            y, *rest = y.chunk(3, dim=1)
        return y + self.shortcut(x)  #: [B, oup, H, W]


class Early(nn.Module):
    def __init__(self, dim, groups=4):
        super().__init__()
        assert dim % groups == 0
        self.groups = groups
        self.proj = nn.Linear(dim, dim)

    def forward(self, x, mask=None):
        B, L, D = x.shape
        x = self.proj(x)  #: [B, L, dim]
        x = x.view(B, L, self.groups, -1)  #: [B, L, 4, dim/4]
        if mask is None:
            return x.mean(2)  #: [B, L, dim/4]
        return x.masked_fill(mask, -math.inf).amax(2)


class Counted(nn.Module):
    def __init__(self, dim, depth):
        super().__init__()
        self.blocks = nn.ModuleList([nn.Linear(dim, dim) for _ in range(depth)])
        self.head = nn.Linear(dim, 2 * dim)

    def forward(self, x):
        for block in self.blocks:
            x = x + torch.tanh(block(x))  #: [*, dim]
        return self.head(x)  #: [*, 2·dim]


class Matched(nn.Module):
    def __init__(self, mode='mean'):
        super().__init__()
        self.mode = mode

    def forward(self, x):
        b, c, h, w = x.size()
        match self.mode:
            case 'max':
                y = x.amax((2, 3))
            case 'mean' | 'avg':
                y = x.mean((2, 3))  #: [b, c]
            case _:
                y = x.flatten(1)
        return y.unsqueeze(-1)  #: [b, c, 1]


class Traced(nn.Module):
    """Nobody traces while the code is read."""

    def forward(self, x):
        B, C, H, W = x.shape
        if torch._C._get_tracing_state():
            return x.reshape(-1)
        return x.flatten(2)  #: [B, C, H·W]


class Columns(nn.Module):
    """Whether one column is looked up says nothing of the next: how many there are in the end is not known."""

    def __init__(self, looked_up=(0, 1)):
        super().__init__()
        self.tables = nn.ModuleList([nn.Embedding(5, 2), nn.Embedding(5, 3)])
        self.plain = torch.ones(4, dtype=torch.bool)
        self.plain[list(looked_up)] = 0
        self.fc = nn.Linear(7, 2)

    def forward(self, x):
        batch, count = x.shape
        columns = []
        found = 0
        for i, is_plain in enumerate(self.plain):
            if is_plain:
                columns.append(x[:, i].float().view(-1, 1))
            else:
                columns.append(self.tables[found](x[:, i].long()))
                found += 1
        return self.fc(torch.cat(columns, dim=1))


class Chosen:
    """Which of its outputs are made."""

    def __init__(self):
        self.names = ()

    @contextlib.contextmanager
    def only(self, *names):
        saved = self.names
        self.names = names
        try:
            yield self
        finally:
            self.names = saved

    def make(self, x):
        return {name: x for name in self.names}


class WithinManager(nn.Module):
    """The body of a `with` runs where its generator yields."""

    def __init__(self, dim):
        super().__init__()
        self.lin = nn.Linear(dim, 2 * dim)
        self.chosen = Chosen()

    def forward(self, x):
        b, t, _ = x.shape
        with self.chosen.only('wide') as chosen, torch.no_grad():
            made = chosen.make(self.lin(x))
            if t > 1:
                return made['wide']  #: [b, t, 2·dim]
        return self.chosen.make(x).get('wide', x)  #: [b, t, dim]


class Registered(nn.Module):
    """Whether one of many names that nobody knows is meant is one question, not one for each of them."""

    def __init__(self, kind, prefixes, dim):
        super().__init__()
        self.known = [prefixes[i] for i in range(300)]
        if kind in self.known:
            self.lin = nn.Linear(dim, dim)
        else:
            self.lin = nn.Linear(dim, dim, bias=False)
        self.out = nn.Linear(dim, 2 * dim)

    def forward(self, x):
        return self.out(self.lin(x))  #: [*, 2·dim]


class Forgiving:
    """What its body raises goes no further."""

    @contextlib.contextmanager
    def body(self):
        try:
            yield
        except KeyError:
            pass


class Amount:
    def __init__(self, n):
        self.n = n

    def __lt__(self, other):
        return self.n < other.n

    def __add__(self, other):
        return Amount(self.n + other.n)

    def __int__(self):
        return self.n


class Swallowed(nn.Module):
    """What managers of contexts let pass is no problem of the model; amounts of a class of their own are counted with."""

    def __init__(self, dim):
        super().__init__()
        sizes = {'small': 2}
        with contextlib.suppress(KeyError):
            sizes['large'] = sizes['huge'] + 1
        with Forgiving().body():
            sizes['large'] = sizes['huge'] + 1
        amounts = [Amount(3), Amount(5)]
        total = int(sum(amounts, Amount(0))) + max(amounts).n
        layers = OrderedDict(a=nn.Linear(dim, 8), b=nn.Linear(8, total))
        layers.update(last=nn.Linear(6, dim))
        layers.move_to_end('last', last=False)
        self.net = nn.Sequential(layers)
        self.head = nn.Linear(total, sum(dict.fromkeys('abc', 2).values()) + sizes['small'])

    def forward(self, x):
        return self.head(self.net(x))  #: [*, 8]


class OneOrTheOther(nn.Module):
    """The error behind two ways that return leaves both of them."""

    def forward(self, x):
        if x.size(1) == 3:
            return x * 2  #: [B, C, *]
        elif x.size(1) == 8:
            a, b = torch.split(x, [3, 5], dim=1)
            return torch.cat([b, a], dim=1)
        raise ValueError('3 or 8 channels')
