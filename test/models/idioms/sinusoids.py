import math

import torch
from torch import nn


class TimeEmbedding(nn.Module):  #~ sinusoidal-embedding
    def __init__(self, dim):
        super().__init__()
        self.dim = dim

    def forward(self, time):
        half = self.dim // 2
        rate = math.log(10000) / (half - 1)
        frequencies = torch.exp(torch.arange(half, device=time.device) * -rate)
        angles = time[:, None] * frequencies[None, :]
        return torch.cat((angles.sin(), angles.cos()), dim=-1)  #~ sinusoidal-embedding


class TimestepEmbedder(nn.Module):
    def __init__(self, hidden, size=256):
        super().__init__()
        self.mlp = nn.Sequential(nn.Linear(size, hidden), nn.SiLU(), nn.Linear(hidden, hidden))
        self.size = size

    def embedding(self, t, period=10000):
        half = self.size // 2
        table = torch.exp(-math.log(period) * torch.arange(half, dtype=torch.float32) / half).to(t.device)
        args = t[:, None].float() * table[None]
        return torch.cat([torch.cos(args), torch.sin(args)], dim=-1)  #~ sinusoidal-embedding

    def forward(self, t):
        return self.mlp(self.embedding(t))


# The angles are what came in, no number times frequencies.
class Directions(nn.Module):
    def forward(self, angles):
        return torch.cat([torch.sin(angles), torch.cos(angles)], dim=-1)


# A learnt factor is no table of frequencies.
class Scaled(nn.Module):
    def __init__(self, features):
        super().__init__()
        self.factor = nn.Parameter(torch.ones(features))

    def forward(self, x):
        scaled = x * self.factor
        return torch.cat([torch.sin(scaled), torch.cos(scaled)], dim=-1)
