"""Numbers where tensors are as a rule, and truths that are calculated with."""

import torch
from torch import nn


class Sum(nn.Module):
    def forward(self, parts):
        total = 0
        for part in parts:
            total = torch.add(total, part)
        return torch.mul(2.0, total)


class Masked(nn.Module):
    def __init__(self, groups):
        super().__init__()
        self.groups = (groups > 0) + 0.0

    def forward(self, x):
        return torch.matmul(x, self.groups)
