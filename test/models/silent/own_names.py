import torch
import torch.nn as nn

# Methods, bases and comments that only look like mistakes.


class Attack(nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def attack(self, x):
        return self._forward(x)

    def _forward(self, x):
        return self.model(x)


class Standardised(nn.Module):
    """The other base of whoever derives from it has run the library's constructor."""

    def __init__(self, n):
        self.gamma = nn.Parameter(torch.ones(n))


class StandardisedLinear(Standardised, nn.Linear):
    def __init__(self, i, o):
        nn.Linear.__init__(self, i, o)
        Standardised.__init__(self, o)


class Window(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.table = torch.arange(n).repeat(n, 1)

    def forward(self, x):
        n = x.shape[1]
        return self.table[:n, :n]  # n x n
