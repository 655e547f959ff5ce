import math

import torch
import torch.nn as nn
import torch.nn.functional as F


class Heads(nn.Module):  #~ attention
    def __init__(self, dim):
        super().__init__()
        self.q = nn.Linear(dim, dim)
        self.k = nn.Linear(dim, dim)
        self.v = nn.Linear(dim, dim)

    def forward(self, x):
        b, n, c = x.shape
        q = self.q(x).view(b, n, 8, c // 8).transpose(1, 2)  #~ attention
        k = self.k(x).view(b, n, 8, c // 8).transpose(1, 2)
        v = self.v(x).view(b, n, 8, c // 8).transpose(1, 2)
        w = F.softmax(q @ k.transpose(-2, -1) / math.sqrt(c // 8), dim=-1)
        return (w @ v).transpose(1, 2).reshape(b, n, c)


class Causal(nn.Module):  #~ causal-attention
    def __init__(self, dim, length):
        super().__init__()
        self.qkv = nn.Linear(dim, 3 * dim)
        self.register_buffer("mask", torch.tril(torch.ones(length, length)).view(1, 1, length, length))

    def forward(self, x):
        b, n, c = x.shape
        q, k, v = self.qkv(x).chunk(3, dim=-1)
        q = q.view(b, n, 8, c // 8).transpose(1, 2)  #~ causal-attention
        k = k.view(b, n, 8, c // 8).transpose(1, 2)
        v = v.view(b, n, 8, c // 8).transpose(1, 2)
        w = q @ k.transpose(-2, -1)
        w = w.masked_fill(self.mask[:, :, :n, :n] == 0, float("-inf"))
        w = w.softmax(-1)
        return (w @ v).transpose(1, 2).reshape(b, n, c)


class Cross(nn.Module):  #~ cross-attention
    def __init__(self, dim):
        super().__init__()
        self.q = nn.Linear(dim, dim)
        self.k = nn.Linear(dim, dim)
        self.v = nn.Linear(dim, dim)

    def forward(self, x, memory):
        b, n, c = x.shape
        b, m, c = memory.shape
        scores = self.q(x) @ self.k(memory).transpose(1, 2)  #~ cross-attention
        return scores.softmax(-1) @ self.v(memory)


class NoSoftmax(nn.Module):
    """Products without softmax weigh nothing up."""

    def __init__(self, dim):
        super().__init__()
        self.q = nn.Linear(dim, dim)
        self.k = nn.Linear(dim, dim)

    def forward(self, x):
        return self.q(x) @ self.k(x).transpose(1, 2)


class Forward(nn.Module):  #~ feed-forward
    def __init__(self, dim):
        super().__init__()
        self.up = nn.Linear(dim, 4 * dim)
        self.down = nn.Linear(4 * dim, dim)

    def forward(self, x):
        b, n, c = x.shape
        x = self.up(x)  #~ feed-forward
        return self.down(F.gelu(x))


class Gated(nn.Module):  #~ gate
    def __init__(self, dim, hidden):
        super().__init__()
        self.w1 = nn.Linear(dim, hidden)
        self.w2 = nn.Linear(dim, hidden)
        self.out = nn.Linear(hidden, dim)

    def forward(self, x):
        b, n, c = x.shape
        return self.out(F.silu(self.w1(x)) * self.w2(x))  #~ gate


class Swish(nn.Module):
    """A value times its own sigmoid is an activation."""

    def forward(self, x):
        return x * torch.sigmoid(x)


class Tokens(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.proj = nn.Conv2d(3, dim, 16, stride=16)
        self.token = nn.Parameter(torch.zeros(1, 1, dim))
        self.position = nn.Parameter(torch.zeros(1, 197, dim))

    def forward(self, x):
        x = self.proj(x)  #~ patch-embedding
        x = x.flatten(2).transpose(1, 2)
        x = torch.cat([self.token.expand(x.shape[0], -1, -1), x], dim=1)  #~ class-token
        return x + self.position  #~ positional-encoding


class Strided(nn.Module):
    """A strided convolution that stays a map cuts no patches."""

    def __init__(self, dim):
        super().__init__()
        self.proj = nn.Conv2d(3, dim, 4, stride=4)

    def forward(self, x):
        return self.proj(x)


class Bias(nn.Module):
    """One number a feature is a bias, not a position."""

    def __init__(self, dim):
        super().__init__()
        self.bias = nn.Parameter(torch.zeros(dim))

    def forward(self, x):
        b, n, c = x.shape
        return x + self.bias


class Windows(nn.Module):
    def forward(self, x):
        b, h, w, c = x.shape
        x = torch.roll(x, shifts=(-3, -3), dims=(1, 2))  #~ shift
        x = x.view(b, h // 7, 7, w // 7, 7, c)
        x = x.permute(0, 1, 3, 2, 4, 5)
        return x.reshape(-1, 49, c)  #~ window


class Sampling(nn.Module):
    def __init__(self, n, d):
        super().__init__()
        self.mu = nn.Linear(n, d)
        self.logvar = nn.Linear(n, d)

    def forward(self, x):
        mu, logvar = self.mu(x), self.logvar(x)
        std = torch.exp(0.5 * logvar)
        return mu + std * torch.randn_like(std)  #~ sampling


class Numbered(nn.Module):
    """A vector for each place, looked up by its number."""

    def __init__(self, words, places, dim):
        super().__init__()
        self.words = nn.Embedding(words, dim)
        self.places = nn.Embedding(places, dim)

    def forward(self, ids):
        b, n = ids.shape
        place = torch.arange(n, device=ids.device)
        return self.words(ids) + self.places(place)  #~ positional-encoding


class Segments(nn.Module):
    """Which sentence a word is in says nothing of its place."""

    def __init__(self, words, dim):
        super().__init__()
        self.words = nn.Embedding(words, dim)
        self.segments = nn.Embedding(2, dim)

    def forward(self, ids, segments):
        return self.words(ids) + self.segments(segments)


class Contracted(nn.Module):  #~ attention
    """The products are written as sums over named axes; the largest score is taken off before softmax."""

    def __init__(self, dim, heads=4, size=16):
        super().__init__()
        self.heads, self.scale = heads, size**-0.5
        self.qkv = nn.Linear(dim, 3 * heads * size, bias=False)
        self.out = nn.Linear(heads * size, dim)

    def forward(self, x):
        b, n, _ = x.shape
        q, k, v = (part.reshape(b, n, self.heads, -1) for part in self.qkv(x).chunk(3, dim=-1))  #~ attention
        scores = torch.einsum("bihd,bjhd->bhij", q * self.scale, k)
        scores = scores - scores.amax(dim=-1, keepdim=True)
        y = torch.einsum("bhij,bjhd->bihd", scores.softmax(dim=-1), v)
        return self.out(y.reshape(b, n, -1))


class LinearContracted(nn.Module):
    """Keys and values first: no query has a weight for each key."""

    def __init__(self, dim):
        super().__init__()
        self.q = nn.Linear(dim, dim)
        self.k = nn.Linear(dim, dim)
        self.v = nn.Linear(dim, dim)

    def forward(self, x):
        q, k = self.q(x).softmax(dim=-1), self.k(x).softmax(dim=1)
        context = torch.einsum("bnd,bne->bde", k, self.v(x))
        return torch.einsum("bnd,bde->bne", q, context)


class Turning(nn.Module):  #~ attention
    """Queries and keys are turned by tables that the constructor keeps; several queries share a key."""

    def __init__(self, dim, heads, shared, length=128):
        super().__init__()
        self.heads, self.shared, self.size = heads, shared, dim // heads
        self.q = nn.Linear(dim, heads * self.size)
        self.k = nn.Linear(dim, shared * self.size)
        self.v = nn.Linear(dim, shared * self.size)
        self.out = nn.Linear(heads * self.size, dim)
        steps = torch.outer(torch.arange(length), torch.arange(self.size // 2) / 64)
        angles = torch.cat((steps, steps), dim=-1)
        self.register_buffer("cos", angles.cos())
        self.register_buffer("sin", angles.sin())

    def turn(self, x):
        n = x.shape[2]
        a, b = x.chunk(2, dim=-1)
        return x * self.cos[:n] + torch.cat((-b, a), dim=-1) * self.sin[:n]  #~ rotary

    def forward(self, x):
        b, n, _ = x.shape
        q = self.q(x).view(b, n, self.heads, self.size).transpose(1, 2)  #~ attention
        k = self.k(x).view(b, n, self.shared, self.size).transpose(1, 2)
        v = self.v(x).view(b, n, self.shared, self.size).transpose(1, 2)
        k = self.turn(k).repeat_interleave(self.heads // self.shared, dim=1)
        v = v.repeat_interleave(self.heads // self.shared, dim=1)
        y = F.scaled_dot_product_attention(self.turn(q), k, v)
        return self.out(y.transpose(1, 2).reshape(b, n, -1))


class Mixed(nn.Module):
    """Products with a cosine and a sine of two different things turn nothing."""

    def forward(self, x, y, angle):
        return x * angle.cos() + y * angle.sin()
