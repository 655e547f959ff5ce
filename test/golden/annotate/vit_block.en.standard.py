import torch
from torch import nn


# ※ PatchEmbedding: patch embedding (16×16 pixels) = 16×16 convolution → flattens
# ※   → swaps axes (patch=16)
# ※ input [B, 3, H, W] → output [B, ⌊H/16⌋·⌊W/16⌋, dim]
# ※ 769·dim parameters (with the defaults)
class PatchEmbedding(nn.Module):
    def __init__(self, dim, patch=16):
        super().__init__()
        # ※ 16×16 convolution, 3→dim channels, divides H and W by 16 (patch=16)
        self.proj = nn.Conv2d(3, dim, kernel_size=patch, stride=patch)

    def forward(self, images):  # ※ images: [B, 3, H, W]; H and W must be at least 16
        # ※ cuts into 16×16 patches and maps each to a vector → [B, dim, ⌊H/16⌋, ⌊W/16⌋]
        x = self.proj(images)
        # ※ lines the patches up as a sequence → swaps axes → [B, ⌊H/16⌋·⌊W/16⌋, dim]
        return x.flatten(2).transpose(1, 2)


# ※ Attention: multi-head self-attention (8 heads)
# ※ input [B, N, dim] → output [B, N, dim]
# ※ 4·dim² + 4·dim parameters (with the defaults)
class Attention(nn.Module):
    def __init__(self, dim, num_heads=8):
        super().__init__()
        self.num_heads = num_heads
        self.scale = (dim // num_heads) ** -0.5
        # ※ linear layer, maps the last axis dim→3·dim
        self.qkv = nn.Linear(dim, dim * 3)
        self.proj = nn.Linear(dim, dim)  # ※ linear layer, maps the last axis dim→dim

    def forward(self, x):  # ※ x: [B, N, dim]; dim must be a multiple of 8
        B, N, C = x.shape  # ※ C = dim
        # ※ linear layer → splits into 8 heads → [B, N, 3, 8, dim/8]
        qkv = self.qkv(x).reshape(B, N, 3, self.num_heads, C // self.num_heads)
        # ※ reorders the axes → splits into 3 along axis 0 → [B, 8, N, dim/8] × 3
        q, k, v = qkv.permute(2, 0, 3, 1, 4).unbind(0)
        # ※ swaps axes → similarity of every query with every key → times scale
        # ※   → [B, 8, N, N]
        attn = (q @ k.transpose(-2, -1)) * self.scale
        # ※ softmax: the weights of the keys for each query, summing to 1
        attn = attn.softmax(dim=-1)
        # ※ sums the values by these weights → swaps axes → merges the heads
        # ※   → [B, N, dim]
        x = (attn @ v).transpose(1, 2).reshape(B, N, C)
        return self.proj(x)  # ※ linear layer


# ※ Mlp: feed-forward network = linear layer → GELU → linear layer
# ※ input [*, dim] → output [*, dim]; 2·hidden·dim + dim + hidden parameters
class Mlp(nn.Module):
    def __init__(self, dim, hidden):
        super().__init__()
        # ※ linear layer, maps the last axis dim→hidden
        self.fc1 = nn.Linear(dim, hidden)
        self.act = nn.GELU()  # ※ GELU, x weighted by the normal distribution
        # ※ linear layer, maps the last axis hidden→dim
        self.fc2 = nn.Linear(hidden, dim)

    def forward(self, x):  # ※ x: [*, dim]
        # ※ linear layer (widens) → GELU → linear layer (narrows)
        return self.fc2(self.act(self.fc1(x)))


# ※ Block: pre-norm transformer block = (layer norm
# ※   → multi-head self-attention (8 heads)) + residual → (layer norm
# ※   → feed-forward network) + residual
# ※ input [B, N, dim] → output [B, N, dim]
# ※ 12·dim² + 13·dim parameters (with the defaults)
class Block(nn.Module):
    def __init__(self, dim, num_heads=8, mlp_ratio=4):
        super().__init__()
        self.norm1 = nn.LayerNorm(dim)  # ※ layer norm, over the last axis (dim)
        # ※ multi-head self-attention (8 heads): keeps the shape [B, N, dim]
        self.attn = Attention(dim, num_heads)
        self.norm2 = nn.LayerNorm(dim)  # ※ layer norm, over the last axis (dim)
        # ※ feed-forward network: keeps the shape [B, N, dim]
        self.mlp = Mlp(dim, dim * mlp_ratio)

    def forward(self, x):  # ※ x: [B, N, dim]; dim must be a multiple of 8
        # ※ layer norm → multi-head self-attention (8 heads)
        # ※   → residual: adds the input back → [B, N, dim]
        x = x + self.attn(self.norm1(x))
        # ※ layer norm → feed-forward network → residual: adds the input back
        # ※   → [B, N, dim]
        x = x + self.mlp(self.norm2(x))
        return x


# ※ VisionTransformer: transformer (12 blocks) = patch embedding (16×16 pixels)
# ※   → class token → positional encoding → pre-norm transformer block × 12 → layer norm
# ※   → classifier head
# ※ input [B, 3, H, W] → output [B, 1000]; 22,050,664 parameters (with the defaults)
class VisionTransformer(nn.Module):
    def __init__(self, dim=384, depth=12, num_classes=1000, num_patches=196):
        super().__init__()
        # ※ patch embedding (16×16 pixels): [B, 3, H, W] → [B, 196, 384]
        self.embed = PatchEmbedding(dim)
        # ※ learnable [1, 1, 384], initially 0
        self.cls_token = nn.Parameter(torch.zeros(1, 1, dim))
        # ※ learnable [1, 197, 384], initially 0
        self.pos_embed = nn.Parameter(torch.zeros(1, num_patches + 1, dim))
        # ※ list of 12 registered layers (Block) (depth=12)
        self.blocks = nn.ModuleList([Block(dim) for _ in range(depth)])
        self.norm = nn.LayerNorm(dim)  # ※ layer norm, over the last axis (384)
        # ※ linear layer, maps the last axis 384→1000
        self.head = nn.Linear(dim, num_classes)

    # ※ images: [B, 3, H, W]; H and W must be at least 16; ⌊H/16⌋·⌊W/16⌋ must equal 196
    def forward(self, images):
        x = self.embed(images)  # ※ patch embedding (16×16 pixels) → [B, 196, 384]
        # ※ expands by broadcasting: [1, 1, 384] → [B, 1, 384]
        token = self.cls_token.expand(x.shape[0], -1, -1)
        # ※ puts the class token in front of the sequence → adds the positional encoding
        # ※   → [B, 197, 384]
        x = torch.cat((token, x), dim=1) + self.pos_embed
        for block in self.blocks:
            x = block(x)  # ※ pre-norm transformer block
        x = self.norm(x)  # ※ layer norm
        # ※ takes index 0 along axis 1 → classifier head: logits of 1000 classes
        # ※   → [B, 1000]
        return self.head(x[:, 0])
