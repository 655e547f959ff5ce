import torch
import torch.nn as nn


class Words(nn.Module):
    """What a table is looked up by are numbers of words: they have a length and no channels."""

    def __init__(self, words, size):
        super().__init__()
        self.embedding = nn.Embedding(words, size)
        self.conv = nn.Conv1d(size, 8, 3)

    def forward(self, tokens):
        mask = tokens == 0  #: [B, L]
        x = self.embedding(tokens).permute(0, 2, 1)  #: [B, size, L]
        return self.conv(x), mask


class Widened(nn.Module):
    def __init__(self, words, size):
        super().__init__()
        self.embedding = nn.Embedding(words, size)
        self.conv = nn.Conv2d(1, 8, (3, size))

    def forward(self, tokens):
        return self.conv(self.embedding(tokens).unsqueeze(1))  #: [B, 8, L - 2, 1]


class TimeFirst(nn.Module):
    """Where the code calls the second axis the batch, the first one is none."""

    def __init__(self, words, size):
        super().__init__()
        self.embedding = nn.Embedding(words, size)

    def forward(self, src):
        batch_size = src.shape[1]
        state = torch.zeros(batch_size, 8)
        return self.embedding(src), state  #: [L, batch_size, *, size], [batch_size, 8]


class Heads(nn.Module):
    def __init__(self, size, heads):
        super().__init__()
        self.own = nn.MultiheadAttention(size, heads)
        self.cross = nn.MultiheadAttention(size, heads, batch_first=True)

    def forward(self, x, y, memory):
        a, _ = self.own(x, x, x)  #: [L, B, size], [B, L, L]
        b, _ = self.cross(y, memory, memory)  #: [B2, L2, size], [B2, L2, S]
        return a, b


class Stack(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.block = nn.TransformerDecoderLayer(size, 8)

    def forward(self, target, memory):
        return self.block(target, memory) + 1  #: [L, B, size]
