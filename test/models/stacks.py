import torch
import torch.nn as nn


class Block(nn.Module):
    def __init__(self, width, out):
        super().__init__()
        self.fc = nn.Linear(width, out)

    def forward(self, x):
        return self.fc(x)


class Filled(nn.Module):
    """A list filled in a loop over a number that nobody knows."""

    def __init__(self, dim, depth):
        super().__init__()
        layers = []
        for _ in range(depth):
            layers.append(Block(dim, dim))
        self.layers = nn.Sequential(*layers)

    def forward(self, x):
        return self.layers(x)  #: [*, dim]


class FirstDiffers(nn.Module):
    """The first block is wider on one side; the others come after it."""

    def __init__(self, width, dim, depth):
        super().__init__()
        self.blocks = nn.ModuleList()
        for i in range(depth):
            self.blocks.append(Block(width if i == 0 else dim, dim))
        self.head = nn.Linear(dim, 10)

    def forward(self, x):
        for block in self.blocks:
            x = block(x)  #: [*, dim]
        return self.head(x)  #: [*, 10]


class Comprehended(nn.Module):
    def __init__(self, width, dim, depth):
        super().__init__()
        self.blocks = nn.ModuleList([Block(width if i == 0 else dim, dim) for i in range(depth)])

    def forward(self, x):
        for i, block in enumerate(self.blocks):
            x = block(x)
        return self.blocks[-1](x)  #: [*, dim]


class Framed(nn.Module):
    """Something before, an unknown number between, something after."""

    def __init__(self, dim, rates):
        super().__init__()
        modules = [Block(dim, 8)]
        for _ in rates:
            modules.append(Block(8, 8))
        modules.append(nn.Linear(8, 3))
        self.net = nn.Sequential(*modules)
        self.pair = nn.Sequential(nn.Linear(dim, 4), *[Block(4, 4) for _ in range(len(rates))], nn.Linear(4, 2))

    def forward(self, x):
        y = self.pair(x)  #: [*, 2]
        x = self.net(x)  #: [*, 3]
        return x, y


class Pairs(nn.Module):
    """Lists that a turn makes itself do not grow with the turns."""

    def __init__(self, dim, depth):
        super().__init__()
        self.layers = nn.ModuleList([])
        for _ in range(depth):
            both = []
            both.append(Block(dim, 2 * dim))
            both.append(Block(2 * dim, dim))
            self.layers.append(nn.ModuleList(both))

    def forward(self, x):
        for up, down in self.layers:
            x = down(up(x)) + x  #: [*, dim]
        return x


class Optional(nn.Module):
    """An element that is there under a condition is no element that is surely there."""

    def __init__(self, ch_in, ch_out, expand):
        super().__init__()
        layers = []
        if expand != 1:
            layers.append(nn.Conv2d(ch_in, ch_in * expand, 1))
        layers.append(nn.Conv2d(ch_in * expand, ch_out, 1))
        self.conv = nn.Sequential(*layers)

    def forward(self, x):
        return self.conv(x)


class Growing(nn.Module):
    """What is joined grows with every turn, and nobody knows how often."""

    def __init__(self, ch_in, growth, depth):
        super().__init__()
        for i in range(depth):
            self.add_module(f'layer{i}', nn.Conv2d(ch_in + i * growth, growth, 3, padding=1))

    def forward(self, x):
        features = [x]
        for _, layer in self.named_children():
            features.append(layer(torch.cat(features, 1)))
        return torch.cat(features, 1)


class Typed(nn.Module):
    """Inputs are what their annotations say."""

    def __init__(self, dim: int):
        super().__init__()
        self.fc = nn.Linear(dim, dim)

    def forward(self, maps: dict[str, torch.Tensor], size: tuple[int, int], more: list[torch.Tensor]):
        low = self.fc(maps['low'])  #: [*, dim]
        grid = torch.zeros(size)  #: [size[0], size[1]]
        for x in more:
            last = self.fc(x)  #: [*, dim]
        return low, grid, last


class Optional(nn.Module):
    """A first layer that is there on one way only: the other way does not say what the input is."""

    def __init__(self, cin, hidden, ratio):
        super().__init__()
        block = nn.Sequential()
        if ratio != 1:
            block.add_module("expand", nn.Conv2d(cin, hidden, 1))
        block.add_module("conv", nn.Conv2d(hidden, cin, 3, padding=1))
        self.block = block

    def forward(self, x):
        return x + self.block(x)  #: [B, cin, H, W]
