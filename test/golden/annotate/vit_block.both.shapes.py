import torch
from torch import nn


class PatchEmbedding(nn.Module):
    def __init__(self, dim, patch=16):
        super().__init__()
        self.proj = nn.Conv2d(3, dim, kernel_size=patch, stride=patch)

    def forward(self, images):  # ※ images: [B, 3, H, W]
        x = self.proj(images)  # ※ [B, dim, ⌊H/16⌋, ⌊W/16⌋]
        return x.flatten(2).transpose(1, 2)  # ※ [B, ⌊H/16⌋·⌊W/16⌋, dim]


class Attention(nn.Module):
    def __init__(self, dim, num_heads=8):
        super().__init__()
        self.num_heads = num_heads
        self.scale = (dim // num_heads) ** -0.5
        self.qkv = nn.Linear(dim, dim * 3)
        self.proj = nn.Linear(dim, dim)

    def forward(self, x):  # ※ x: [B, N, dim]
        B, N, C = x.shape
        # ※ [B, N, 3, 8, dim/8]
        qkv = self.qkv(x).reshape(B, N, 3, self.num_heads, C // self.num_heads)
        q, k, v = qkv.permute(2, 0, 3, 1, 4).unbind(0)  # ※ [B, 8, N, dim/8] × 3
        attn = (q @ k.transpose(-2, -1)) * self.scale  # ※ [B, 8, N, N]
        attn = attn.softmax(dim=-1)  # ※ [B, 8, N, N]
        x = (attn @ v).transpose(1, 2).reshape(B, N, C)  # ※ [B, N, dim]
        return self.proj(x)  # ※ [B, N, dim]


class Mlp(nn.Module):
    def __init__(self, dim, hidden):
        super().__init__()
        self.fc1 = nn.Linear(dim, hidden)
        self.act = nn.GELU()
        self.fc2 = nn.Linear(hidden, dim)

    def forward(self, x):  # ※ x: [*, dim]
        return self.fc2(self.act(self.fc1(x)))  # ※ [*, dim]


class Block(nn.Module):
    def __init__(self, dim, num_heads=8, mlp_ratio=4):
        super().__init__()
        self.norm1 = nn.LayerNorm(dim)
        self.attn = Attention(dim, num_heads)
        self.norm2 = nn.LayerNorm(dim)
        self.mlp = Mlp(dim, dim * mlp_ratio)

    def forward(self, x):  # ※ x: [B, N, dim]
        x = x + self.attn(self.norm1(x))  # ※ [B, N, dim]
        x = x + self.mlp(self.norm2(x))  # ※ [B, N, dim]
        return x


class VisionTransformer(nn.Module):
    def __init__(self, dim=384, depth=12, num_classes=1000, num_patches=196):
        super().__init__()
        self.embed = PatchEmbedding(dim)
        self.cls_token = nn.Parameter(torch.zeros(1, 1, dim))
        self.pos_embed = nn.Parameter(torch.zeros(1, num_patches + 1, dim))
        self.blocks = nn.ModuleList([Block(dim) for _ in range(depth)])
        self.norm = nn.LayerNorm(dim)
        self.head = nn.Linear(dim, num_classes)

    def forward(self, images):  # ※ images: [B, 3, H, W]
        x = self.embed(images)  # ※ [B, 196, 384]
        token = self.cls_token.expand(x.shape[0], -1, -1)  # ※ [B, 1, 384]
        x = torch.cat((token, x), dim=1) + self.pos_embed  # ※ [B, 197, 384]
        for block in self.blocks:
            x = block(x)  # ※ [B, 197, 384]
        x = self.norm(x)  # ※ [B, 197, 384]
        return self.head(x[:, 0])  # ※ [B, 1000]
