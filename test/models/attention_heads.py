import torch
import torch.nn as nn
from einops import rearrange


class Heads(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(dim, 3 * dim)

    def forward(self, x):
        B, N, C = x.shape
        qkv = self.qkv(x)  #: [B, N, 3·dim]
        qkv = qkv.reshape(B, N, 3, self.heads, C // self.heads)  #: [B, N, 3, heads, dim/heads]
        q, k, v = qkv.permute(2, 0, 3, 1, 4)  #: [3, B, heads, N, dim/heads]
        scores = q @ k.transpose(-2, -1)  #: [B, heads, N, N]
        scores = torch.softmax(scores, dim=-1)  #: [B, heads, N, N]
        x = (scores @ v).transpose(1, 2)  #: [B, N, heads, dim/heads]
        return x.reshape(B, N, C)  #: [B, N, dim]


class LateRank(nn.Module):
    """What becomes of the input says how many axes it has."""

    def __init__(self, dim, heads=8):
        super().__init__()
        self.heads = heads
        self.norm = nn.LayerNorm(dim)
        self.to_qkv = nn.Linear(dim, dim * 3)

    def forward(self, x):
        x = self.norm(x)  #: [B, N, dim]
        q, k, v = map(lambda t: rearrange(t, "b n (h d) -> b h n d", h=self.heads), self.to_qkv(x).chunk(3, dim=-1))
        return q @ k.transpose(-1, -2) @ v  #: [B, 8, N, dim/8]


class Sentences(nn.Module):
    """Recurrent layers and what they read: the embedding adds an axis."""

    def __init__(self, words):
        super().__init__()
        self.embedding = nn.Embedding(words, 100)
        self.lstm = nn.LSTM(100, 64, batch_first=True)

    def forward(self, ids):
        out, _ = self.lstm(self.embedding(ids))
        return out[:, -1, :]  #: [B, 64]
