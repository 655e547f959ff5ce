import torch
from torch import nn


# ※ PatchEmbedding：图像块嵌入（16×16 像素）= 16×16 卷积 → 展平 → 换轴（patch=16 时）
# ※ PatchEmbedding: patch embedding (16×16 pixels) = 16×16 convolution → flattens
# ※   → swaps axes (patch=16)
# ※ 输入 [B, 3, H, W] → 输出 [B, ⌊H/16⌋·⌊W/16⌋, dim]；参数量 769·dim（按默认参数）
# ※ input [B, 3, H, W] → output [B, ⌊H/16⌋·⌊W/16⌋, dim]
# ※ 769·dim parameters (with the defaults)
class PatchEmbedding(nn.Module):
    # ※ 构造函数：建立 proj；须给出 dim，其余有默认值
    # ※ builds proj; needs dim (the rest have defaults)
    def __init__(self, dim, patch=16):
        # ※ 先初始化 nn.Module，之后赋给 self 的层与参数才会被登记
        # ※ sets up nn.Module: only then are layers that are put on self registered
        super().__init__()
        # ※ 16×16 卷积，通道 3→dim，高宽缩为 1/16（patch=16 时）
        # ※ 16×16 convolution, 3→dim channels, divides H and W by 16 (patch=16)
        self.proj = nn.Conv2d(3, dim, kernel_size=patch, stride=patch)

    # ※ images: [B, 3, H, W]，H、W 至少为 16
    # ※ images: [B, 3, H, W]; H and W must be at least 16
    def forward(self, images):
        # ※ 切成 16×16 的图像块，各映射为一个向量 → [B, dim, ⌊H/16⌋, ⌊W/16⌋]
        # ※ cuts into 16×16 patches and maps each to a vector → [B, dim, ⌊H/16⌋, ⌊W/16⌋]
        x = self.proj(images)
        # ※ 返回：图像块排成序列 → 换轴 → [B, ⌊H/16⌋·⌊W/16⌋, dim]
        # ※ returns: lines the patches up as a sequence → swaps axes
        # ※   → [B, ⌊H/16⌋·⌊W/16⌋, dim]
        return x.flatten(2).transpose(1, 2)


# ※ Attention：多头自注意力（8 个头） / Attention: multi-head self-attention (8 heads)
# ※ 输入 [B, N, dim] → 输出 [B, N, dim]；参数量 4·dim² + 4·dim（按默认参数）
# ※ input [B, N, dim] → output [B, N, dim]
# ※ 4·dim² + 4·dim parameters (with the defaults)
class Attention(nn.Module):
    # ※ 构造函数：建立 qkv、proj；须给出 dim，其余有默认值
    # ※ builds qkv, proj; needs dim (the rest have defaults)
    def __init__(self, dim, num_heads=8):
        # ※ 先初始化 nn.Module，之后赋给 self 的层与参数才会被登记
        # ※ sets up nn.Module: only then are layers that are put on self registered
        super().__init__()
        # ※ 保存参数 num_heads，供 forward 使用
        # ※ keeps the argument num_heads, used in forward
        self.num_heads = num_heads
        self.scale = (dim // num_heads) ** -0.5  # ※ scale = 1/√⌊dim/num_heads⌋
        # ※ 全连接，最后一维 dim→3·dim / linear layer, maps the last axis dim→3·dim
        self.qkv = nn.Linear(dim, dim * 3)
        # ※ 全连接，最后一维 dim→dim / linear layer, maps the last axis dim→dim
        self.proj = nn.Linear(dim, dim)

    # ※ x: [B, N, dim]，dim 须为 8 的倍数 / x: [B, N, dim]; dim must be a multiple of 8
    def forward(self, x):
        # ※ 取出 x 各维的大小：C = dim / reads the sizes of x: C = dim
        B, N, C = x.shape
        # ※ 全连接 → 拆成 8 个头 → [B, N, 3, 8, dim/8]
        # ※ linear layer → splits into 8 heads → [B, N, 3, 8, dim/8]
        qkv = self.qkv(x).reshape(B, N, 3, self.num_heads, C // self.num_heads)
        # ※ 维度重排 → 沿第 0 维切成 3 份 → [B, 8, N, dim/8] × 3
        # ※ reorders the axes → splits into 3 along axis 0 → [B, 8, N, dim/8] × 3
        q, k, v = qkv.permute(2, 0, 3, 1, 4).unbind(0)
        # ※ 换轴 → 每个查询与每个键的相似度 → 乘以 scale → [B, 8, N, N]
        # ※ swaps axes → similarity of every query with every key → times scale
        # ※   → [B, 8, N, N]
        attn = (q @ k.transpose(-2, -1)) * self.scale
        # ※ softmax：每个查询对各键的权重，和为 1 → [B, 8, N, N]
        # ※ softmax: the weights of the keys for each query, summing to 1 → [B, 8, N, N]
        attn = attn.softmax(dim=-1)
        # ※ 按权重对值求和 → 换轴 → 合并各头 → [B, N, dim]
        # ※ sums the values by these weights → swaps axes → merges the heads
        # ※   → [B, N, dim]
        x = (attn @ v).transpose(1, 2).reshape(B, N, C)
        # ※ 返回：全连接 → [B, N, dim] / returns: linear layer → [B, N, dim]
        return self.proj(x)


# ※ Mlp：前馈网络 = 全连接 → GELU → 全连接
# ※ Mlp: feed-forward network = linear layer → GELU → linear layer
# ※ 输入 [*, dim] → 输出 [*, dim]；参数量 2·hidden·dim + dim + hidden
# ※ input [*, dim] → output [*, dim]; 2·hidden·dim + dim + hidden parameters
class Mlp(nn.Module):
    # ※ 构造函数：建立 fc1、act、fc2；须给出 dim、hidden
    # ※ builds fc1, act, fc2; needs dim, hidden
    def __init__(self, dim, hidden):
        # ※ 先初始化 nn.Module，之后赋给 self 的层与参数才会被登记
        # ※ sets up nn.Module: only then are layers that are put on self registered
        super().__init__()
        # ※ 全连接，最后一维 dim→hidden / linear layer, maps the last axis dim→hidden
        self.fc1 = nn.Linear(dim, hidden)
        # ※ GELU：x 乘以正态分布函数 Φ(x) / GELU, x weighted by the normal distribution
        self.act = nn.GELU()
        # ※ 全连接，最后一维 hidden→dim / linear layer, maps the last axis hidden→dim
        self.fc2 = nn.Linear(hidden, dim)

    def forward(self, x):  # ※ x: [*, dim]
        # ※ 返回：全连接（升维）→ GELU → 全连接（降维）→ [*, dim]
        # ※ returns: linear layer (widens) → GELU → linear layer (narrows) → [*, dim]
        return self.fc2(self.act(self.fc1(x)))


# ※ Block：Transformer 块（前置归一化）=（层归一化
# ※   → 多头自注意力（8 个头））+ 残差 →（层归一化 → 前馈网络）+ 残差
# ※ Block: pre-norm transformer block = (layer norm
# ※   → multi-head self-attention (8 heads)) + residual → (layer norm
# ※   → feed-forward network) + residual
# ※ 输入 [B, N, dim] → 输出 [B, N, dim]；参数量 12·dim² + 13·dim（按默认参数）
# ※ input [B, N, dim] → output [B, N, dim]
# ※ 12·dim² + 13·dim parameters (with the defaults)
class Block(nn.Module):
    # ※ 构造函数：建立 norm1、attn、norm2、mlp；须给出 dim，其余有默认值
    # ※ builds norm1, attn, norm2, mlp; needs dim (the rest have defaults)
    def __init__(self, dim, num_heads=8, mlp_ratio=4):
        # ※ 先初始化 nn.Module，之后赋给 self 的层与参数才会被登记
        # ※ sets up nn.Module: only then are layers that are put on self registered
        super().__init__()
        # ※ 层归一化，最后一维（dim） / layer norm, over the last axis (dim)
        self.norm1 = nn.LayerNorm(dim)
        # ※ 多头自注意力（8 个头）：形状不变 [B, N, dim]
        # ※ multi-head self-attention (8 heads): keeps the shape [B, N, dim]
        self.attn = Attention(dim, num_heads)
        # ※ 层归一化，最后一维（dim） / layer norm, over the last axis (dim)
        self.norm2 = nn.LayerNorm(dim)
        # ※ 前馈网络：形状不变 [B, N, dim]
        # ※ feed-forward network: keeps the shape [B, N, dim]
        self.mlp = Mlp(dim, dim * mlp_ratio)

    # ※ x: [B, N, dim]，dim 须为 8 的倍数 / x: [B, N, dim]; dim must be a multiple of 8
    def forward(self, x):
        # ※ 层归一化 → 多头自注意力（8 个头）→ 残差连接：把输入加回 → [B, N, dim]
        # ※ layer norm → multi-head self-attention (8 heads)
        # ※   → residual: adds the input back → [B, N, dim]
        x = x + self.attn(self.norm1(x))
        # ※ 层归一化 → 前馈网络 → 残差连接：把输入加回 → [B, N, dim]
        # ※ layer norm → feed-forward network → residual: adds the input back
        # ※   → [B, N, dim]
        x = x + self.mlp(self.norm2(x))
        return x  # ※ 返回 x：[B, N, dim] / returns x: [B, N, dim]


# ※ VisionTransformer：Transformer（12 个块）= 图像块嵌入（16×16 像素）→ 加分类词元
# ※   → 加位置编码 → Transformer 块（前置归一化）× 12 → 层归一化 → 分类头
# ※ VisionTransformer: transformer (12 blocks) = patch embedding (16×16 pixels)
# ※   → class token → positional encoding → pre-norm transformer block × 12 → layer norm
# ※   → classifier head
# ※ 输入 [B, 3, H, W] → 输出 [B, 1000]；参数量 22,050,664（按默认参数）
# ※ input [B, 3, H, W] → output [B, 1000]; 22,050,664 parameters (with the defaults)
class VisionTransformer(nn.Module):
    # ※ 构造函数：建立 embed、blocks、norm、head / builds embed, blocks, norm, head
    def __init__(self, dim=384, depth=12, num_classes=1000, num_patches=196):
        # ※ 先初始化 nn.Module，之后赋给 self 的层与参数才会被登记
        # ※ sets up nn.Module: only then are layers that are put on self registered
        super().__init__()
        # ※ 图像块嵌入（16×16 像素）：[B, 3, H, W] → [B, 196, 384]
        # ※ patch embedding (16×16 pixels): [B, 3, H, W] → [B, 196, 384]
        self.embed = PatchEmbedding(dim)
        # ※ 可学习参数 [1, 1, 384]，初值 0 / learnable [1, 1, 384], initially 0
        self.cls_token = nn.Parameter(torch.zeros(1, 1, dim))
        # ※ 可学习参数 [1, 197, 384]，初值 0 / learnable [1, 197, 384], initially 0
        self.pos_embed = nn.Parameter(torch.zeros(1, num_patches + 1, dim))
        # ※ 层列表，共 12 个 Block（depth=12 时）
        # ※ list of 12 registered layers (Block) (depth=12)
        self.blocks = nn.ModuleList([Block(dim) for _ in range(depth)])
        # ※ 层归一化，最后一维（384） / layer norm, over the last axis (384)
        self.norm = nn.LayerNorm(dim)
        # ※ 全连接，最后一维 384→1000 / linear layer, maps the last axis 384→1000
        self.head = nn.Linear(dim, num_classes)

    # ※ images: [B, 3, H, W]，H、W 至少为 16，⌊H/16⌋·⌊W/16⌋ 须等于 196
    # ※ images: [B, 3, H, W]; H and W must be at least 16; ⌊H/16⌋·⌊W/16⌋ must equal 196
    def forward(self, images):
        # ※ 图像块嵌入（16×16 像素）→ [B, 196, 384]
        # ※ patch embedding (16×16 pixels) → [B, 196, 384]
        x = self.embed(images)
        # ※ 广播扩展：[1, 1, 384] → [B, 1, 384]
        # ※ expands by broadcasting: [1, 1, 384] → [B, 1, 384]
        token = self.cls_token.expand(x.shape[0], -1, -1)
        # ※ 在序列最前加分类词元 → 加位置编码 → [B, 197, 384]
        # ※ puts the class token in front of the sequence → adds the positional encoding
        # ※   → [B, 197, 384]
        x = torch.cat((token, x), dim=1) + self.pos_embed
        # ※ 逐个取 blocks 中的 block（均为 Block）；共 12 次
        # ※ for each block of blocks (Block each); 12 times
        for block in self.blocks:
            # ※ Transformer 块（前置归一化）→ [B, 197, 384]
            # ※ pre-norm transformer block → [B, 197, 384]
            x = block(x)
        x = self.norm(x)  # ※ 层归一化 → [B, 197, 384] / layer norm → [B, 197, 384]
        # ※ 返回：沿第 1 维取下标 0 → 分类头：1000 类的未归一化得分（logits）→ [B, 1000]
        # ※ returns: takes index 0 along axis 1
        # ※   → classifier head: logits of 1000 classes → [B, 1000]
        return self.head(x[:, 0])
