import importlib
import inspect
import os
import types
from collections import OrderedDict
from collections.abc import Hashable, Iterable, MutableMapping
from contextvars import ContextVar
from dataclasses import dataclass, fields
from enum import Enum
from operator import itemgetter

import numpy as np
import torch
from hub import HubMixin
from torch import nn
from validation import validated

# How models are put together in packages that people publish.


class Swish(torch.autograd.Function):
    @staticmethod
    def forward(ctx, i):
        ctx.save_for_backward(i)
        return i * torch.sigmoid(i)

    @staticmethod
    def backward(ctx, grad):
        (i,) = ctx.saved_tensors
        return grad * torch.sigmoid(i)


class Scale(torch.autograd.Function):
    """The newer form: `forward` does not see the context."""

    @staticmethod
    def forward(x, factor):
        return x * factor

    @staticmethod
    def setup_context(ctx, inputs, output):
        _, ctx.factor = inputs


class OwnGradient(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(3, 12)

    def forward(self, x):
        return Scale.apply(Swish.apply(self.fc(x)), 2.0)  #: [*, 12]


class Published(nn.Module, HubMixin):
    """The mixin is not at hand; `forward` stands before it in the order of the bases."""

    def __new__(cls, *args, **kwargs):
        return super().__new__(cls, *args, **kwargs)

    def __init__(self):
        super().__init__()
        self.encoder = nn.Conv2d(3, 8, 3, 2, 1)

    def forward(self, x):
        return self.encoder(x)


class Segmenter(Published):
    def __init__(self, classes=5):
        super().__init__()
        self.head = nn.Conv2d(8, classes, 1)

    def forward(self, x):
        return self.head(super().forward(x))


class UsesPublished(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = Segmenter()

    def forward(self, x):
        return self.net(x)  #: [B, 5, ⌈H/2⌉, ⌈W/2⌉]


class Growing(nn.Module):
    """The generator sees the list as it grows: each layer is called on what the last one gave."""

    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList(nn.Conv2d(8 if i == 0 else 4, 4, 3, padding=1) for i in range(3))
        self.out = nn.Conv2d(8 + 3 * 4, 16, 1)

    def forward(self, x):
        y = [x]
        y.extend(layer(y[-1]) for layer in self.layers)
        return self.out(torch.cat(y, 1))  #: [B, 16, H, W]


class Permuted(nn.Module):
    def forward(self, x):
        order = sorted([(2, 0), (0, 1), (3, 2), (1, 3)], key=itemgetter(0))
        y = x.view(2, 3, 4, 5).permute(*map(itemgetter(1), order))  #: [3, 5, 2, 4]
        y = y[(*((None,) * 2), Ellipsis)]  #: [1, 1, 3, 5, 2, 4]
        return torch.zeros(1, 4).broadcast_to(y.shape[2], 4)  #: [3, 4]


class Shaped(nn.Sequential):
    """Layers that are told the shape of what comes in when they are added, where they ask for it."""

    def __init__(self, *sizes):
        super().__init__()
        self.sizes = sizes

    def append(self, layer, *args, layer_name=None, **kwargs):
        asked = inspect.getfullargspec(layer)
        if 'input_shape' in asked.args + asked.kwonlyargs:
            layer = layer(*args, input_shape=self(torch.zeros(self.sizes)).shape, **kwargs)
        elif inspect.isclass(layer):
            layer = layer(*args, **kwargs)
        self.add_module(layer_name or str(len(self)), layer)


class Width(nn.Module):
    def __init__(self, width, input_shape=None):
        super().__init__()
        self.linear = nn.Linear(input_shape[-1], width)

    def forward(self, x):
        return self.linear(x)


class AsksForShape(nn.Module):
    def __init__(self):
        super().__init__()
        self.blocks = Shaped(2, 7)
        self.blocks.append(Width, 16, layer_name='first')
        self.blocks.append(nn.LeakyReLU, 0.1)
        self.blocks.append(Width, 24)

    def forward(self, x):
        try:
            x = self.blocks(x, lengths=None)
        except TypeError:
            x = self.blocks(x)
        return x, self.blocks.first.linear.weight  #: [*, 24], [16, 7]


class Tail(nn.Module):
    def __init__(self):
        super().__init__()
        self.features = nn.Conv2d(3, 8, 3)
        self.fc = nn.Linear(8, 10)

    def forward(self, x):
        return self.fc(self.features(x).mean((2, 3)))


def without_tail(model):
    model.fc = None

    def forward(self, x):
        return self.features(x)

    model.forward = types.MethodType(forward, model)
    return model


class Changed(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = without_tail(Tail())

    def forward(self, x):
        return self.body(x)  #: [B, 8, H - 2, W - 2]


class Mode(str, Enum):
    """Members that are texts as well."""

    NEAREST = 'nearest'
    DECONV = 'deconv'


def optional_import(module, name):
    try:
        found = getattr(importlib.import_module(module), name)
    except ImportError:
        return None, False
    return found, True


def same_padding(kernel_size, dilation=1):
    kernel, rate = np.atleast_1d(kernel_size), np.atleast_1d(dilation)
    if np.any((kernel - 1) * rate % 2 == 1):
        raise NotImplementedError('an even kernel')
    padding = tuple(int(p) for p in (kernel - 1) / 2 * rate)
    return padding if len(padding) > 1 else padding[0]


def look_up(option, supported):
    if not isinstance(option, Hashable):
        raise ValueError('not an option')
    if isinstance(option, str):
        option = option.strip()
    if option in supported:
        return supported[option]
    raise ValueError('unknown option')


def pad_of(mode, conv):
    Rearrange, has_einops = optional_import('einops.layers.torch', 'Rearrange')
    if has_einops and mode == 'deconv' and not isinstance(conv, Iterable):
        return Rearrange('b (c k) h w -> b c (h k) w', k=2)
    return nn.Identity()


class Options(nn.Module):
    def __init__(self, mode=Mode.DECONV):
        super().__init__()
        width = look_up(mode, {'nearest': 4, 'deconv': 8}) * int(np.prod(2))
        self.conv = nn.Conv2d(3, width, 5, padding=same_padding(5))
        self.post = pad_of(mode, self.conv)

    def forward(self, x):
        return self.post(self.conv(x))  #: [B, 8, 2·H, W]


def first_that_fits(x, kinds):
    for kind in kinds:
        if kind == 'mean':
            return x.mean(-1)
    raise ValueError('nothing fits')


def without_empty(x, flag):
    y = x
    for _ in range(2):
        if flag:
            y = x.sum(-1)
            continue
        raise ValueError('not asked for')
    return y


class Raising(nn.Module):
    """The ways that raise drop out, although nobody knows the conditions."""

    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(4, 6)
        self.kinds = os.listdir('.')

    def forward(self, x):
        y = first_that_fits(self.fc(x).reshape(3, 4, 5, 6), self.kinds)  #: [3, 4, 5]
        return without_empty(y, self.kinds)  #: [3, 4]


class Configured(nn.Module):
    """Attributes are looked up by hand."""

    def __init__(self):
        super().__init__()
        self.proj = nn.Linear(4, 6)

    def __getattr__(self, name):
        if name == 'width':
            return 6
        return super().__getattr__(name)

    def forward(self, x):
        y = self.proj(x)
        if hasattr(self, 'other'):
            y = y[0]
        return y.view(-1, self.width)  #: [N, 6]


class Table(OrderedDict):
    """What classes of `collections` do with the entries of a class of one's own."""

    def __getitem__(self, key):
        made = super().__getitem__(key)
        cls, options = made if isinstance(made, tuple) else (made, {})
        return cls(**options)


class Choices(MutableMapping):
    ALL = {'flat': nn.Flatten}

    def __init__(self):
        self.own = {}

    def __getitem__(self, key):
        return self.own[key] if key in self.own else self.ALL[key]

    def __setitem__(self, key, value):
        self.own[key] = value

    def __delitem__(self, key):
        del self.own[key]

    def __iter__(self):
        return iter({**self.ALL, **self.own})

    def __len__(self):
        return len(self.own)

    def choose(self, name, otherwise):
        return super().get(name, otherwise)


class Output(OrderedDict):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)

    def __post_init__(self):
        assert self.__class__ is not Output
        for field in fields(self):
            if getattr(self, field.name) is not None:
                self[field.name] = getattr(self, field.name)


@dataclass
class Hidden(Output):
    """The constructor of the decorator comes before the one that is inherited."""

    last: torch.Tensor = None
    extra: torch.Tensor = None


class Config:
    names = {'dim': 'hidden_size'}

    def __setattr__(self, key, value):
        if (mapped := super().__getattribute__('names').get(key)) is not None:
            key = mapped
        super().__setattr__(key, value)

    def __init__(self, dim, out=None):
        self.dim = dim
        self.out = out
        self.out = self.out if self.out else self.hidden_size


@validated
def interval(low, high):
    def inner(value):
        return low <= value <= high

    return inner


class UsesTables(nn.Module):
    def __init__(self):
        super().__init__()
        config = Config(12)
        self.rate = interval(low=0, high=1)(default=0.1)
        self.fc = nn.Linear(4, config.out)
        self.act = Table({'elu': (nn.ELU, {'alpha': 0.5})})['elu']
        choices = Choices()
        self.flat = choices.choose('flat', None)()
        self.none = choices.choose('other', None)

    def forward(self, x):
        hidden = Hidden(last=self.act(self.fc(x)))
        y = hidden['last'] if self.none is None else x  #: [*, 12]
        return hidden.last.view(2, 3, 12), self.flat(hidden[list(hidden)[0]].view(2, 3, 12))  #: [2, 3, 12], [2, 36]


class Marks(nn.Module):
    """Marks on layers: those that nothing has set are not there."""

    def __init__(self):
        super().__init__()
        self.a = nn.Linear(4, 8)
        self.b = nn.Linear(8, 8)
        self.b.is_head = True

    def forward(self, x):
        for layer in (self.a, self.b):
            x = layer(x)
            if getattr(layer, 'is_head', False) and not hasattr(self.a, 'is_head'):
                x = x.view(-1, 2, 4)
            elif hasattr(layer, 'bias') and getattr(layer, '_flag', None) is not None:
                x = x[0]
        return torch.relu(x)  #: [N, 2, 4]


class Factory:
    """Names are attributes; all else is looked up as usual, which finds nothing."""

    def __init__(self):
        self.names = {'CONV': nn.Conv2d}

    def __getattr__(self, key):
        if key in self.names:
            return key
        return super().__getattribute__(key)

    def __getitem__(self, key):
        return self.names[key]


Layers = Factory()


class UsesFactory(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = Layers[Layers.CONV](3, 8, 3)
        self.other = hasattr(Layers, 'other')

    def forward(self, x):
        return self.conv(x)  #: [B, 8, H - 2, W - 2]


current = ContextVar('current', default=None)


class Collects(nn.Module):
    """What hooks keep is there after the call."""

    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(3, 4), nn.Linear(4, 5)])
        for layer in self.layers:
            layer.register_forward_hook(self.keep)

    def keep(self, module, args, output):
        kept = current.get()
        if kept is not None:
            kept.append(output)

    def forward(self, x):
        kept = []
        token = current.set(kept)
        try:
            for layer in self.layers:
                x = layer(x)
        finally:
            current.reset(token)
        assert current.get() is None
        return kept[-1], kept[0]  #: [*, 5], [*, 4]


class Replaces(nn.Module):
    """A hook that gives something replaces the output, one before the call the inputs, until they are removed."""

    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(3, 4)
        self.pre = self.fc.register_forward_pre_hook(lambda module, args: args[0][..., :3])
        self.post = self.fc.register_forward_hook(lambda module, args, output: output.unsqueeze(0))
        self.fc.register_forward_hook(self.scale, with_kwargs=True)

    def scale(self, module, args, kwargs, output):
        return output * len(kwargs)

    def forward(self, x):
        a = self.fc(x.view(2, 6))  #: [1, 2, 4]
        self.post.remove()
        b = self.fc(x.view(2, 6))  #: [2, 4]
        self.pre.remove()
        return a, b, self.fc(x.view(4, 3))


class Asks(nn.Module):
    """What layers of the library have is known by their class; arguments decide about the rest."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 1)
        self.fc = nn.Linear(3, 4)

        class Own(nn.Conv2d):
            pass

        self.own = Own(3, 8, 1)

    def forward(self, x):
        y = self.conv(x)
        if hasattr(self.conv, 'transposed') and hasattr(self.own, '_conv_forward') and hasattr(self, '_forward_hooks'):
            y = y[0]  #: [8, H, W]
        if hasattr(self.fc, 'transposed') or hasattr(self.conv, '_output_padding') or hasattr(self, 'transposed'):
            y = y[0]
        if getattr(self.fc, 'stride', None) is None:
            y = y.flatten(1)  #: [8, H·W]
        return y
