import torch
from torch import nn


class SelfAttention(nn.Module):  #~ attention
    def __init__(self, dim, heads):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(dim, 3 * dim)
        self.out = nn.Linear(dim, dim)

    def forward(self, x):
        b, n, c = x.shape
        q, k, v = self.qkv(x).reshape(b, n, 3, self.heads, c // self.heads).permute(2, 0, 3, 1, 4)  #~ attention
        weights = (q @ k.transpose(-2, -1) / (c // self.heads) ** 0.5).softmax(-1)
        return self.out((weights @ v).transpose(1, 2).reshape(b, n, c))


class Block(nn.Module):  #~ transformer-block
    def __init__(self, dim, heads):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(dim), nn.LayerNorm(dim)
        self.attention = SelfAttention(dim, heads)
        self.mlp = nn.Sequential(nn.Linear(dim, 4 * dim), nn.GELU(), nn.Linear(4 * dim, dim))

    def forward(self, x):
        x = x + self.attention(self.norm1(x))  #~ residual  #~ pre-norm
        return x + self.mlp(self.norm2(x))  #~ residual  #~ pre-norm


# Two residuals, the first of which attends to nothing.
class Mixer(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(dim), nn.LayerNorm(dim)
        self.first = nn.Sequential(nn.Linear(dim, 2 * dim), nn.GELU(), nn.Linear(2 * dim, dim))
        self.second = nn.Sequential(nn.Linear(dim, 2 * dim), nn.GELU(), nn.Linear(2 * dim, dim))

    def forward(self, x):
        x = x + self.first(self.norm1(x))  #~ residual  #~ pre-norm
        return x + self.second(self.norm2(x))  #~ residual  #~ pre-norm


class Folded(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, padding=1, bias=False)
        self.norm = nn.BatchNorm2d(channels)

    def forward(self, x):
        return self.norm(self.conv(x))

    def folded(self):
        std = (self.norm.running_var + self.norm.eps).sqrt()
        scale = (self.norm.weight / std).reshape(-1, 1, 1, 1)
        return self.conv.weight * scale, self.norm.bias - self.norm.running_mean * self.norm.weight / std  #~ norm-folding


# Scales a kernel by a number of its own: no statistics, nothing is folded.
class Scaled(nn.Module):
    def __init__(self, channels):
        super().__init__()
        self.conv = nn.Conv2d(channels, channels, 3, padding=1)
        self.scale = nn.Parameter(torch.ones(channels))

    def forward(self, x):
        return self.conv(x)

    def scaled(self):
        return self.conv.weight * self.scale.reshape(-1, 1, 1, 1), self.conv.bias * self.scale
