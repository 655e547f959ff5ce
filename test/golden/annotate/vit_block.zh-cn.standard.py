import torch
from torch import nn


# ※ PatchEmbedding：图像块嵌入（16×16 像素）= 16×16 卷积 → 展平 → 换轴（patch=16 时）
# ※ 输入 [B, 3, H, W] → 输出 [B, ⌊H/16⌋·⌊W/16⌋, dim]；参数量 769·dim（按默认参数）
class PatchEmbedding(nn.Module):
    def __init__(self, dim, patch=16):
        super().__init__()
        # ※ 16×16 卷积，通道 3→dim，高宽缩为 1/16（patch=16 时）
        self.proj = nn.Conv2d(3, dim, kernel_size=patch, stride=patch)

    def forward(self, images):  # ※ images: [B, 3, H, W]，H、W 至少为 16
        # ※ 切成 16×16 的图像块，各映射为一个向量 → [B, dim, ⌊H/16⌋, ⌊W/16⌋]
        x = self.proj(images)
        # ※ 图像块排成序列 → 换轴 → [B, ⌊H/16⌋·⌊W/16⌋, dim]
        return x.flatten(2).transpose(1, 2)


# ※ Attention：多头自注意力（8 个头）
# ※ 输入 [B, N, dim] → 输出 [B, N, dim]；参数量 4·dim² + 4·dim（按默认参数）
class Attention(nn.Module):
    def __init__(self, dim, num_heads=8):
        super().__init__()
        self.num_heads = num_heads
        self.scale = (dim // num_heads) ** -0.5
        self.qkv = nn.Linear(dim, dim * 3)  # ※ 全连接，最后一维 dim→3·dim
        self.proj = nn.Linear(dim, dim)  # ※ 全连接，最后一维 dim→dim

    def forward(self, x):  # ※ x: [B, N, dim]，dim 须为 8 的倍数
        B, N, C = x.shape  # ※ C = dim
        # ※ 全连接 → 拆成 8 个头 → [B, N, 3, 8, dim/8]
        qkv = self.qkv(x).reshape(B, N, 3, self.num_heads, C // self.num_heads)
        # ※ 维度重排 → 沿第 0 维切成 3 份 → [B, 8, N, dim/8] × 3
        q, k, v = qkv.permute(2, 0, 3, 1, 4).unbind(0)
        # ※ 换轴 → 每个查询与每个键的相似度 → 乘以 scale → [B, 8, N, N]
        attn = (q @ k.transpose(-2, -1)) * self.scale
        attn = attn.softmax(dim=-1)  # ※ softmax：每个查询对各键的权重，和为 1
        # ※ 按权重对值求和 → 换轴 → 合并各头 → [B, N, dim]
        x = (attn @ v).transpose(1, 2).reshape(B, N, C)
        return self.proj(x)  # ※ 全连接


# ※ Mlp：前馈网络 = 全连接 → GELU → 全连接
# ※ 输入 [*, dim] → 输出 [*, dim]；参数量 2·hidden·dim + dim + hidden
class Mlp(nn.Module):
    def __init__(self, dim, hidden):
        super().__init__()
        self.fc1 = nn.Linear(dim, hidden)  # ※ 全连接，最后一维 dim→hidden
        self.act = nn.GELU()  # ※ GELU：x 乘以正态分布函数 Φ(x)
        self.fc2 = nn.Linear(hidden, dim)  # ※ 全连接，最后一维 hidden→dim

    def forward(self, x):  # ※ x: [*, dim]
        # ※ 全连接（升维）→ GELU → 全连接（降维）
        return self.fc2(self.act(self.fc1(x)))


# ※ Block：Transformer 块（前置归一化）=（层归一化
# ※   → 多头自注意力（8 个头））+ 残差 →（层归一化 → 前馈网络）+ 残差
# ※ 输入 [B, N, dim] → 输出 [B, N, dim]；参数量 12·dim² + 13·dim（按默认参数）
class Block(nn.Module):
    def __init__(self, dim, num_heads=8, mlp_ratio=4):
        super().__init__()
        self.norm1 = nn.LayerNorm(dim)  # ※ 层归一化，最后一维（dim）
        # ※ 多头自注意力（8 个头）：形状不变 [B, N, dim]
        self.attn = Attention(dim, num_heads)
        self.norm2 = nn.LayerNorm(dim)  # ※ 层归一化，最后一维（dim）
        self.mlp = Mlp(dim, dim * mlp_ratio)  # ※ 前馈网络：形状不变 [B, N, dim]

    def forward(self, x):  # ※ x: [B, N, dim]，dim 须为 8 的倍数
        # ※ 层归一化 → 多头自注意力（8 个头）→ 残差连接：把输入加回 → [B, N, dim]
        x = x + self.attn(self.norm1(x))
        # ※ 层归一化 → 前馈网络 → 残差连接：把输入加回 → [B, N, dim]
        x = x + self.mlp(self.norm2(x))
        return x


# ※ VisionTransformer：Transformer（12 个块）= 图像块嵌入（16×16 像素）→ 加分类词元
# ※   → 加位置编码 → Transformer 块（前置归一化）× 12 → 层归一化 → 分类头
# ※ 输入 [B, 3, H, W] → 输出 [B, 1000]；参数量 22,050,664（按默认参数）
class VisionTransformer(nn.Module):
    def __init__(self, dim=384, depth=12, num_classes=1000, num_patches=196):
        super().__init__()
        # ※ 图像块嵌入（16×16 像素）：[B, 3, H, W] → [B, 196, 384]
        self.embed = PatchEmbedding(dim)
        # ※ 可学习参数 [1, 1, 384]，初值 0
        self.cls_token = nn.Parameter(torch.zeros(1, 1, dim))
        # ※ 可学习参数 [1, 197, 384]，初值 0
        self.pos_embed = nn.Parameter(torch.zeros(1, num_patches + 1, dim))
        # ※ 层列表，共 12 个 Block（depth=12 时）
        self.blocks = nn.ModuleList([Block(dim) for _ in range(depth)])
        self.norm = nn.LayerNorm(dim)  # ※ 层归一化，最后一维（384）
        self.head = nn.Linear(dim, num_classes)  # ※ 全连接，最后一维 384→1000

    # ※ images: [B, 3, H, W]，H、W 至少为 16，⌊H/16⌋·⌊W/16⌋ 须等于 196
    def forward(self, images):
        x = self.embed(images)  # ※ 图像块嵌入（16×16 像素）→ [B, 196, 384]
        # ※ 广播扩展：[1, 1, 384] → [B, 1, 384]
        token = self.cls_token.expand(x.shape[0], -1, -1)
        # ※ 在序列最前加分类词元 → 加位置编码 → [B, 197, 384]
        x = torch.cat((token, x), dim=1) + self.pos_embed
        for block in self.blocks:
            x = block(x)  # ※ Transformer 块（前置归一化）
        x = self.norm(x)  # ※ 层归一化
        # ※ 沿第 1 维取下标 0 → 分类头：1000 类的未归一化得分（logits）→ [B, 1000]
        return self.head(x[:, 0])
