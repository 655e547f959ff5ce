import torch
import torch.nn as nn


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
