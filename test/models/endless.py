import torch
import torch.nn as nn
import torch.nn.functional as F


def padding_of(kernel_size, dilation=1):
    if isinstance(kernel_size, (tuple, list)):
        return [padding_of(k, dilation) for k in kernel_size]
    return dilation * (kernel_size - 1) // 2


RECORDERS = unknown_registry()


class Standardised(nn.Conv2d):
    """A helper that calls itself for each element of what may be a list."""

    def __init__(self, in_channels, out_channels, kernel_size):
        super().__init__(in_channels, out_channels, kernel_size, padding=padding_of(kernel_size))

    def forward(self, x):
        weight = self.weight - self.weight.mean()  #: [out_channels, in_channels, kernel_size, kernel_size]
        return F.conv2d(x, weight, self.bias, self.stride, self.padding)


class Offsets(nn.Module):
    """What is counted over every pair of places is not followed to the end."""

    def __init__(self, dim, heads=4, side=16):
        super().__init__()
        points = [(i, j) for i in range(side) for j in range(side)]
        offsets = {}
        indices = []
        for p in points:
            for q in points:
                offset = (abs(p[0] - q[0]), abs(p[1] - q[1]))
                if offset not in offsets:
                    offsets[offset] = len(offsets)
                indices.append(offsets[offset])
        count = len(points)
        self.register_buffer('indices', torch.tensor(indices).view(count, count))
        self.fc = nn.Linear(dim, heads * dim)

    def forward(self, x):
        places = self.indices  #: [256, 256]
        y = self.fc(x)  #: [*, 4·dim]
        return places, y


def hook(module, tasks):
    for child in module.named_children():
        if isinstance(child, Family):
            hook_all(child)
        elif tasks:
            hook(child, tasks)
        else:
            hook(child, [child, child])


def hook_all(model):
    tasks = []
    for key, recorder in RECORDERS.get(model):
        if key in model.keys:
            tasks.append(recorder)
        if recorder.index:
            hook(model, tasks)
    hook(model, tasks)


class Family(nn.Module):
    def __init__(self, config):
        super().__init__()
        hook_all(config.owner)


class Hooked(Family):
    """A walk through the children of something unknown comes to no end, and learns nothing on its way."""

    def __init__(self, config):
        super().__init__(config)
        self.fc = nn.Linear(config.dim, 8)

    def forward(self, x):
        return self.fc(x)  #: [*, 8]
