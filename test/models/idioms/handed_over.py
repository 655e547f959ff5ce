import torch
import torch.nn as nn
import torch.nn.functional as F


class Scores(nn.Module):  #~ given-attention
    """Queries, keys and values of which nobody knows where they come from."""

    def __init__(self, temperature):
        super().__init__()
        self.temperature = temperature
        self.drop = nn.Dropout(0.1)

    def forward(self, q, k, v, mask=None):
        attn = torch.matmul(q / self.temperature, k.transpose(2, 3))  #~ given-attention
        if mask is not None:
            attn = attn.masked_fill(mask == 0, -1e9)
        attn = self.drop(F.softmax(attn, dim=-1))
        return torch.matmul(attn, v), attn


class Products(nn.Module):
    """Two products in a row are no attention without weights that sum to one."""

    def forward(self, q, k, v):
        return torch.matmul(torch.matmul(q, k.transpose(2, 3)), v)


class Across(nn.Module):  #~ channel-self-attention
    """Summed over the places, channels are compared with channels."""

    def __init__(self, dim, heads=4):
        super().__init__()
        self.heads = heads
        self.temperature = nn.Parameter(torch.ones(heads, 1, 1))
        self.qkv = nn.Linear(dim, dim * 3)
        self.proj = nn.Linear(dim, dim)

    def forward(self, x):
        b, n, c = x.shape
        qkv = self.qkv(x).reshape(b, n, 3, self.heads, c // self.heads)  #~ channel-self-attention
        q, k, v = qkv.permute(2, 0, 3, 4, 1).unbind(0)
        attn = F.normalize(q, dim=-1) @ F.normalize(k, dim=-1).transpose(-2, -1) * self.temperature
        x = attn.softmax(dim=-1) @ v
        return self.proj(x.permute(0, 3, 1, 2).reshape(b, n, c))


class Maps(nn.Module):  #~ channel-self-attention
    def forward(self, x):
        b, c, h, w = x.shape
        flat = x.view(b, c, -1)
        attn = torch.softmax(torch.bmm(flat, flat.transpose(1, 2)), dim=-1)  #~ channel-self-attention
        return torch.bmm(attn, flat).view(b, c, h, w)


class Along(nn.Module):  #~ attention
    """The same summed over the channels compares places."""

    def forward(self, x):
        b, c, h, w = x.shape
        flat = x.view(b, c, -1)
        attn = torch.softmax(torch.bmm(flat.transpose(1, 2), flat), dim=-1)  #~ attention
        return torch.bmm(flat, attn.transpose(1, 2)).view(b, c, h, w)


class Gated(nn.Module):  #~ spatial-attention
    """What passes at each place is decided with the help of another map."""

    def __init__(self, a, b, c):
        super().__init__()
        self.left = nn.Conv2d(a, c, 1)
        self.right = nn.Conv2d(b, c, 1)
        self.one = nn.Conv2d(c, 1, 1)

    def forward(self, g, x):
        weights = torch.sigmoid(self.one(F.relu(self.left(g) + self.right(x))))
        return x * weights  #~ spatial-attention


class Masked(nn.Module):
    """Weights that were made of another map alone are none of this one's own."""

    def __init__(self, a):
        super().__init__()
        self.one = nn.Conv2d(a, 1, 1)

    def forward(self, g, x):
        return x * torch.sigmoid(self.one(g))


class Decoder(nn.Module):  #~ transformer-block
    def __init__(self, dim):
        super().__init__()
        self.own = nn.MultiheadAttention(dim, 4, batch_first=True)
        self.other = nn.MultiheadAttention(dim, 4, batch_first=True)
        self.wide = nn.Linear(dim, dim * 4)
        self.back = nn.Linear(dim * 4, dim)
        self.norms = nn.ModuleList([nn.LayerNorm(dim) for _ in range(3)])

    def forward(self, x, memory):
        x = self.norms[0](x + self.own(x, x, x)[0])  #~ residual #~ post-norm #~ attention
        x = self.norms[1](x + self.other(x, memory, memory)[0])  #~ residual #~ post-norm #~ cross-attention
        return self.norms[2](x + self.back(F.relu(self.wide(x))))  #~ residual #~ post-norm #~ feed-forward


class Eca(nn.Module):  #~ eca
    """Whoever takes the mean over axes 2 and 3 has a map, though its number of axes is not said."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv1d(1, 1, 3, padding=1, bias=False)

    def forward(self, x):
        y = self.conv(x.mean((2, 3)).view(x.shape[0], 1, -1))
        y = torch.sigmoid(y).view(x.shape[0], -1, 1, 1)
        return x * y.expand_as(x)  #~ eca
