# That there are as many tokens as heads follows only from a product further on, and that product may be what is wrong.
from typing import List

import torch
from torch import nn


class Pooling(nn.Module):
    def __init__(self, dim, dim_out, heads=8):
        super().__init__()
        self.heads = heads
        self.dim_out = dim_out
        self.q, self.k, self.v = nn.Linear(dim, dim_out), nn.Linear(dim, dim_out), nn.Linear(dim, dim_out)

    def forward(self, x, size: List[int]):
        b, n, _ = x.shape
        x = x.reshape(b, n, self.heads, -1).permute(0, 2, 1, 3)
        tokens = size[0] * size[1] + 1
        q = x.transpose(1, 2).reshape(b, tokens, -1)
        q = self.q(q).reshape(b, tokens, self.heads, -1).transpose(1, 2)
        k = x.transpose(1, 2).reshape(b, tokens, -1)
        k = self.k(k).reshape(b, tokens, self.heads, -1)
        v = x.transpose(1, 2).reshape(b, tokens, -1)
        v = self.v(v).reshape(b, tokens, self.heads, -1).transpose(1, 2)
        x = (q @ k).softmax(dim=-1) @ v + q
        return x.transpose(1, 2).reshape(b, -1, self.dim_out)
