"""How larger code bases make their models: metaclasses, registries, configurations, tables of what was made before."""

from collections import OrderedDict
from collections.abc import Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import IntEnum
from itertools import cycle, islice
import string

import some_hub
import torch
import torch.nn as nn
from torch.nn.modules.utils import _ntuple
from some_hub.dataclasses import strict


class Counted(type):
    """Each class has a table of its instances."""

    def __init__(cls, *args):
        cls.instances = OrderedDict()
        super().__init__(*args)

    def __call__(cls, *args, **kwargs):
        made = super().__call__(*args, **kwargs)
        made.number = len(cls.instances) + 1
        return made

    def newest(cls):
        return next(iter(reversed(cls.instances.values()))) if cls.instances else None


class Scope(metaclass=Counted):
    def __init__(self, width):
        self.width = width


class Scoped(nn.Module):
    """A class has what its metaclass gives it."""

    def __init__(self, width):
        super().__init__()
        scope = Scope.newest()
        scope = Scope(width) if scope is None else scope
        self.proj = nn.Linear(width, scope.width * scope.number)

    def forward(self, x):
        return self.proj(x)  #: [*, width]


class Settings:
    """A constructor that a decorator makes hands on what is no field."""

    @property
    def labels(self):
        return len(self.names)

    @labels.setter
    def labels(self, count):
        self.names = {i: f'label {i}' for i in range(count)}


@strict
@dataclass(repr=False)
class ModelSettings(Settings):
    width: int = 16
    names: dict | None = None

    def __post_init__(self, **kwargs):
        if self.names is None:
            self.labels = kwargs.pop('labels', 2)
        for key, value in kwargs.items():
            setattr(self, key, value)


class Classifier(nn.Module):
    def __init__(self, labels=5):
        super().__init__()
        settings = ModelSettings(width=8, labels=labels, buckets=3)
        self.head = nn.Linear(settings.width, settings.labels)
        self.table = nn.Embedding(settings.buckets, settings.width)

    def forward(self, x):
        return self.head(x + self.table.weight.sum(0))  #: [*, 5]


class Grids(nn.Module):
    """What is called while a module is built is in training: nothing has said otherwise yet."""

    def __init__(self, stride=4):
        super().__init__()
        self.grid = torch.empty(0)
        self.conv = nn.Conv2d(3, 8, 3, stride, 1)
        self.stride = 64 // self.forward(torch.zeros(1, 3, 64, 64)).shape[-1]

    def forward(self, x):
        x = self.conv(x)
        if not self.training:
            if self.grid.shape[-1] != x.shape[-1]:
                self.grid = torch.zeros(x.shape[-2:])
            return x + self.grid  #: [B, 8, ⌈H/4⌉, ⌈W/4⌉]
        return x


class Table:
    def __init__(self, parent=None):
        self.known = {}
        self.parent = parent

    def register(self, name):
        def keep(made):
            self.known[name] = made
            return made

        return keep

    @contextmanager
    def at_scope(self, scope=None):
        table = self
        while scope is None and table.parent is not None:
            table = table.parent
        yield table


LAYERS = Table()
OWN_LAYERS = Table(LAYERS)
LAYERS.register('BN')(nn.BatchNorm2d)


def batch_norm():
    if torch.__version__ == 'other':
        from other.nn import _BatchNorm
    else:
        from torch.nn.modules.batchnorm import _BatchNorm
    return _BatchNorm


_BatchNorm = batch_norm()


class FromTable(nn.Module):
    """A context manager made of a function gives what the function yields."""

    def __init__(self, width=8):
        super().__init__()
        with OWN_LAYERS.at_scope() as table:
            layer = table.known.get('BN')
        name = 'bn' if issubclass(layer, _BatchNorm) else 'norm'
        self.add_module(name + '1', layer(width))

    def forward(self, x):
        return self.bn1(x)  #: [B, 8, H, W]


class Base(nn.Module):
    def __init__(self, cfg=None):
        super().__init__()
        self.cfg = cfg


class Stage(Base, nn.Sequential):
    def __init__(self, *layers, cfg=None):
        Base.__init__(self, cfg)
        nn.Sequential.__init__(self, *layers)


class Steps(Base, nn.ModuleList):
    def __init__(self, modules=None, cfg=None):
        Base.__init__(self, cfg)
        nn.ModuleList.__init__(self, modules)


class Stages(nn.Module):
    """The constructor of a container may be called by the name of its class."""

    def __init__(self, dim, depth):
        super().__init__()
        self.stem = Stage(nn.Linear(3, dim), nn.ReLU())
        self.body = Stage(*[nn.Linear(dim, dim) for _ in range(depth)])
        self.heads = Steps([nn.Linear(dim, 4), nn.Linear(dim, 2 * dim)])

    def forward(self, x):
        x = self.stem(x)  #: [*, dim]
        x = self.body(x)  #: [*, dim]
        return self.heads[1](x)  #: [*, 2·dim]


class Layered(Sequence):
    def __init__(self, width, depth):
        self.width = width
        self.depth = depth

    def __len__(self):
        return self.depth

    def __getitem__(self, at):
        if at >= len(self):
            raise IndexError(at)
        return {'width': self.width * (at + 1)}


class OfLayers(nn.Module):
    """What has a length and elements by number is gone through as a list is."""

    def __init__(self):
        super().__init__()
        width = 4
        self.layers = nn.ModuleList()
        for settings in Layered(4, 3):
            self.layers.append(nn.Linear(width, settings['width']))
            width = settings['width']

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x.relu()  #: [*, 12]


class Renamed:
    """Names of the family stand for those of the model."""

    names = {}

    def __setattr__(self, key, value):
        if key in super().__getattribute__('names'):
            key = super().__getattribute__('names')[key]
        super().__setattr__(key, value)

    def __getattribute__(self, key):
        if key != 'names' and key in super().__getattribute__('names'):
            key = super().__getattribute__('names')[key]
        return super().__getattribute__(key)


class TinySettings(Renamed):
    names = {'hidden_size': 'n_embd'}

    def __init__(self, n_embd=8):
        self.n_embd = n_embd
        self.sliding = getattr(self, 'window', None)


class OfFamily(nn.Module):
    """A class may look up its attributes itself."""

    def __init__(self):
        super().__init__()
        settings = TinySettings()
        self.proj = nn.Linear(settings.hidden_size, 3 * settings.n_embd)
        settings.hidden_size = 6
        self.out = nn.Linear(24, settings.n_embd if settings.sliding is None else 1)

    def forward(self, x):
        x = self.proj(x)  #: [*, 24]
        return self.out(x)  #: [*, 6]


class Filled(nn.Module):
    """Code may give a library's class a method of its own."""

    def __init__(self):
        super().__init__()
        self.proj = nn.Linear(4, 8)
        if not hasattr(nn.Module, 'fill_all'):

            def fill_all(module, fill):
                for child in module.children():
                    child.fill_all(fill)
                fill(module)

            nn.Module.fill_all = fill_all
        if torch.get_default_device() != torch.device('meta'):
            self.fill_all(self.fill)

    def fill(self, module):
        if isinstance(module, nn.Linear):
            nn.init.zeros_(module.bias)
            module.filled = True

    def forward(self, x):
        return self.proj(x).view(-1, 8 if self.proj.filled else 4)  #: [N, 8]


class TiedByName(nn.Module):
    """Parameters are tied by a table of their names."""

    tied = {'head.weight': 'embed.weight'}

    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(9, 4)
        self.head = nn.Linear(3, 4, bias=False)
        if all(name.endswith('weight') for name in self.tied.keys() | self.tied.values()):
            for target, source in list(self.tied.items()):
                parent, name = target.rsplit('.', 1)
                setattr(self.get_submodule(parent), name, self.get_parameter(source))

    def forward(self, ids):
        return self.head(self.embed(ids))  #: [*, 9]


class OfText(nn.Module):
    """The vocabulary is a text of Python's own; kinds of layers take turns."""

    def __init__(self):
        super().__init__()
        kinds = islice(cycle(_ntuple(2)(('wide', 'narrow'))), 3)
        self.layers = nn.Sequential()
        (width,) = _ntuple(1)(8)
        for i, kind, at in zip(range(3), kinds, cycle(range(2))):
            new = 16 + at if kind == 'wide' else 4 + at
            self.layers.add_module(f'{i}', nn.Linear(width, new))
            width = new
        self.head = nn.Linear(width, len(string.ascii_letters + string.digits) + 1)

    def forward(self, x):
        x = self.layers(x)  #: [*, 16]
        return self.head(x)  #: [*, 63]


class Pyramid(nn.Module):
    """Nobody knows how many maps there are, and each has a size of its own."""

    def __init__(self):
        super().__init__()
        self.branches = nn.ModuleList([nn.Conv2d(width, 8, 1) for width in some_hub.widths()])
        self.up = nn.Upsample(scale_factor=2)

    def forward(self, maps):
        maps = [branch(x) for branch, x in zip(self.branches, maps)]
        out = [maps[-1]]
        for x in maps[:-1][::-1]:
            out.append(self.up(out[-1]) + x)
        return [self.up(x) for x in out]


class EitherNormed(nn.Module):
    """Whichever way a parameter is made, the module has it."""

    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(4)) if some_hub.is_there() else nn.Parameter(torch.zeros(4))

    def forward(self, x):
        return x * self.scale  #: [*, 4]


class Collected(type):
    """A metaclass that keeps what it has made, by their names."""

    kinds = {}

    def __new__(mcs, name, bases, namespace):
        cls = super().__new__(mcs, name, bases, namespace)
        mcs.kinds[name.lower()] = cls
        return cls


class Doubling(metaclass=Collected):
    def __call__(self, width):
        return 2 * width


class Factors:
    """A base class that is told of the classes that derive from it."""

    known = {}

    def __init_subclass__(cls, key=None, **kwargs):
        super().__init_subclass__(**kwargs)
        cls.known[key or cls.__name__] = cls


class Triple(Factors, key='three'):
    factor = 3


class Checked:
    """A descriptor: what is set is not what is read."""

    def __set_name__(self, owner, name):
        self.name = '_' + name

    def __get__(self, instance, owner=None):
        return self if instance is None else getattr(instance, self.name)

    def __set__(self, instance, value):
        setattr(instance, self.name, value + 1)


class Part(IntEnum):
    FIRST = 1
    SECOND = 2


class Sized:
    width = Checked()

    def __init__(self, width):
        self.width = width


class ByClasses(nn.Module):
    def __init__(self, dim):
        super().__init__()
        doubled = Collected.kinds['doubling']()(dim)
        self.first = nn.Linear(dim, doubled)
        self.second = nn.Linear(doubled, Factors.known['three'].factor)
        self.third = nn.Linear(Part.SECOND + 1, Sized(4).width)
        self.last = type('Last', (nn.Module,), {'count': 2, 'forward': lambda self, x: x[..., : self.count]})()

    def forward(self, x):
        x = self.second(self.first(x))  #: [*, 3]
        x = self.third(x)  #: [*, 5]
        return self.last(x)  #: [*, 2]
