from typing import Type, Union

import torch.nn as nn


class Plain(nn.Module):
    expansion = 1

    def __init__(self, cin, planes, stride=1):
        super().__init__()
        self.conv = nn.Conv2d(cin, planes, 3, stride, padding=1)
        self.down = nn.Conv2d(cin, planes, 1, stride)

    def forward(self, x):
        return self.conv(x) + self.down(x)  #: [B, planes, H, W]


class Wide(nn.Module):
    expansion = 4

    def __init__(self, cin, planes, stride=1):
        super().__init__()
        self.conv = nn.Conv2d(cin, 4 * planes, 3, stride, padding=1)

    def forward(self, x):
        return self.conv(x)  #: [B, 4·planes, H, W]


class Network(nn.Module):
    """The file hands it one class, by way of a function."""

    def __init__(self, block, counts, num_classes=10):
        super().__init__()
        self.width = 16
        self.stem = nn.Conv2d(3, 16, 3, padding=1)
        self.layer1 = self.stage(block, 32, counts[0], 1)
        self.layer2 = self.stage(block, 64, counts[1], 2)
        self.fc = nn.Linear(64 * block.expansion, num_classes)

    def stage(self, block, planes, count, stride):
        layers = []
        for step in [stride] + [1] * (count - 1):
            layers.append(block(self.width, planes, step))
            self.width = planes * block.expansion
        return nn.Sequential(*layers)

    def forward(self, x):
        x = self.layer1(self.stem(x))  #: [B, 32, H, W]
        x = self.layer2(x)  #: [B, 64, ⌈H/2⌉, ⌈W/2⌉]
        return self.fc(x.mean((2, 3)))  #: [B, 10]


def build(kind, counts, **kwargs):
    return Network(kind, counts, **kwargs)


def small():
    return build(Plain, [2, 2])


class Told(nn.Module):
    """The annotation names them; the first is taken."""

    def __init__(self, block: Type[Union[Wide, Plain]], cin: int):
        super().__init__()
        self.one = block(cin, 8)

    def forward(self, x):
        return self.one(x)  #: [B, 32, H, W]


class Base(nn.Module):
    """A derived class hands it one."""

    def __init__(self, block, cin):
        super().__init__()
        self.one = block(cin, 8)

    def forward(self, x):
        return self.one(x)  #: [B, 32, H, W]


class Derived(Base):
    def __init__(self):
        super().__init__(Wide, 3)


class Several(nn.Module):
    """With one of the two everything fits, so that nothing is proved; nor is a comment about the other wrong."""

    def __init__(self, block):
        super().__init__()
        self.one = block(3, 8)
        self.fc = nn.Linear(32, 2)

    def forward(self, x):
        x = self.one(x)  # (B, 32, H, W)
        return self.fc(x.mean((2, 3)))


def several():
    return Several(Plain), Several(Wide)


class Bare(nn.Module):
    """Somebody hands it what nobody can read off: nothing is taken."""

    def __init__(self, block, cin):
        super().__init__()
        self.one = block(cin, 8)
        self.fc = nn.Linear(8, 2)

    def forward(self, x):
        return self.fc(self.one(x))  #: [*, 2]


def by_name(name):
    return Bare({'plain': Plain, 'wide': Wide}[name], 3)


def plain():
    return Bare(Plain, 3)
