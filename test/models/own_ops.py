import importlib.metadata

import numpy as np
import torch
from torch import Tensor, nn

# Ops that a package defines itself and calls by `torch.ops`, and modules that it imports where they are there.


def is_new_enough(package):
    return importlib.metadata.version(package) >= '2'


if is_new_enough('torch'):
    import torch.nn.functional as functional


@torch.library.custom_op('mine::widen', mutates_args=())
def widen(x: Tensor, times: int) -> Tensor:
    return torch.cat([x] * times, dim=-1)


class OwnOps(nn.Module):
    def forward(self, x: Tensor):
        """
        Args:
            x: (b, n)
        """
        y = torch.ops.mine.widen(x, 3)  #: [b, 3·n]
        return y + widen(x, 3)  #: [b, 3·n]


class Grouped(nn.Module):
    """The rows of all experts in one product: those of one expert lie together."""

    def __init__(self, width, experts, top):
        super().__init__()
        self.top = top
        self.experts = experts
        self.weight = nn.Parameter(torch.empty(experts, width, 4 * width))

    def forward(self, x, chosen):
        order = chosen.reshape(-1).argsort()
        rows = x[order // self.top]
        counts = torch.histc(chosen.float(), bins=self.experts, min=0, max=self.experts - 1)
        ends = counts.cumsum(0, dtype=torch.int32)
        y = functional.grouped_mm(rows, self.weight, offs=ends)
        return functional.gelu(y)  #: [?, 4·width]


class Chunks(nn.Module):
    def __init__(self, short=6, long=4):
        super().__init__()
        self.chunk = np.lcm(short, long)
        self.step = np.gcd(short, long)

    def forward(self, x):
        y = x.view(-1, self.chunk)  #: [N, 12]
        return y[:, :: self.step]  #: [N, 6]
