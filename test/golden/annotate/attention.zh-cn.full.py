import torch
from torch import nn


# ※ SqueezeExcitation：通道注意力（压缩-激励 SE）=（全局平均池化 → 除批次外全部展平
# ※   → 全连接 → ReLU → 全连接 → sigmoid → 补上大小为 1 的维以便广播）× 自身输入
# ※ 输入 [b, channels, H, W] → 输出 [b, channels, H, W]
# ※ 参数量 2·⌊channels/16⌋·channels + channels + ⌊channels/16⌋（按默认参数）
class SqueezeExcitation(nn.Module):
    # ※ 构造函数：建立 pool、fc；须给出 channels，其余有默认值
    def __init__(self, channels, reduction=16):
        super().__init__()  # ※ 先初始化 nn.Module，之后赋给 self 的层与参数才会被登记
        hidden = channels // reduction  # ※ hidden = ⌊channels/16⌋
        # ※ 全局平均池化，每个通道取平均，得到一个数
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Sequential(  # ※ 顺序容器，依次执行 4 层
            nn.Linear(channels, hidden),  # ※ 全连接，最后一维 channels→hidden
            nn.ReLU(inplace=True),  # ※ ReLU：负数置零（原地）
            nn.Linear(hidden, channels),  # ※ 全连接，最后一维 hidden→channels
            nn.Sigmoid(),  # ※ sigmoid：压缩到 0–1
        )

    def forward(self, x):  # ※ x: [b, channels, H, W]
        b, c, _, _ = x.shape  # ※ 取出 x 各维的大小：c = channels
        # ※ 全局平均池化 → 除批次外全部展平 → [b, channels]
        weights = self.pool(x).view(b, c)
        # ※ 全连接 → ReLU → 全连接 → sigmoid → 补上大小为 1 的维以便广播
        # ※   → [b, channels, 1, 1]
        weights = self.fc(weights).view(b, c, 1, 1)
        return x * weights  # ※ 返回：逐通道加权 → [b, channels, H, W]


# ※ ChannelAttention：通道注意力（平均与最大两路）=（沿高宽求均值 → 1×1 卷积 → ReLU
# ※   → 1×1 卷积）+（沿高宽取最大 → 1×1 卷积 → ReLU → 1×1 卷积）→ sigmoid
# ※ 输入 [B, channels, H, W] → 输出 [B, channels, 1, 1]
# ※ 参数量 2·⌊channels/16⌋·channels（按默认参数）
class ChannelAttention(nn.Module):
    # ※ 构造函数：建立 mlp；须给出 channels，其余有默认值
    def __init__(self, channels, reduction=16):
        super().__init__()  # ※ 先初始化 nn.Module，之后赋给 self 的层与参数才会被登记
        self.mlp = nn.Sequential(  # ※ 顺序容器，依次执行 3 层
            # ※ 1×1 卷积，逐像素混合通道 channels→⌊channels/16⌋
            nn.Conv2d(channels, channels // reduction, 1, bias=False),
            nn.ReLU(inplace=True),  # ※ ReLU：负数置零（原地）
            # ※ 1×1 卷积，逐像素混合通道 ⌊channels/16⌋→channels
            nn.Conv2d(channels // reduction, channels, 1, bias=False),
        )

    def forward(self, x):  # ※ x: [B, channels, H, W]
        # ※ 沿高宽求均值 → 1×1 卷积 → ReLU → 1×1 卷积 → [B, channels, 1, 1]
        average = self.mlp(x.mean(dim=(2, 3), keepdim=True))
        # ※ 沿高宽取最大 → 1×1 卷积 → ReLU → 1×1 卷积 → [B, channels, 1, 1]
        largest = self.mlp(x.amax(dim=(2, 3), keepdim=True))
        # ※ 返回：逐元素相加 → sigmoid：每个通道一个 0–1 的权重 → [B, channels, 1, 1]
        return torch.sigmoid(average + largest)


# ※ SpatialAttention：空间注意力
# ※ 输入 [B, C, H, W] → 输出 [B, 1, H, W]；参数量 98（按默认参数）
class SpatialAttention(nn.Module):
    def __init__(self, kernel_size=7):  # ※ 构造函数：建立 conv
        super().__init__()  # ※ 先初始化 nn.Module，之后赋给 self 的层与参数才会被登记
        # ※ 7×7 卷积，通道 2→1，高宽不变（kernel_size=7 时）
        self.conv = nn.Conv2d(2, 1, kernel_size, padding=kernel_size // 2, bias=False)

    def forward(self, x):  # ※ x: [B, C, H, W]
        average = x.mean(dim=1, keepdim=True)  # ※ 沿通道求均值 → [B, 1, H, W]
        largest = x.amax(dim=1, keepdim=True)  # ※ 沿通道取最大 → [B, 1, H, W]
        maps = torch.cat([average, largest], dim=1)  # ※ 沿通道拼接 → [B, 2, H, W]
        # ※ 返回：7×7 卷积 → sigmoid：每个位置一个 0–1 的权重 → [B, 1, H, W]
        return torch.sigmoid(self.conv(maps))


# ※ CBAM：先通道注意力，后空间注意力 = 通道注意力 × 自身输入 → 空间注意力 × 自身输入
# ※ 输入 [B, channels, H, W] → 输出 [B, channels, H, W]
# ※ 参数量 2·⌊channels/16⌋·channels + 98（按默认参数）
class CBAM(nn.Module):
    # ※ 构造函数：建立 channel、spatial；须给出 channels，其余有默认值
    def __init__(self, channels, reduction=16, kernel_size=7):
        super().__init__()  # ※ 先初始化 nn.Module，之后赋给 self 的层与参数才会被登记
        # ※ 通道注意力（平均与最大两路）：[B, channels, H, W] → [B, channels, 1, 1]
        self.channel = ChannelAttention(channels, reduction)
        # ※ 空间注意力：[B, channels, H, W] → [B, 1, H, W]
        self.spatial = SpatialAttention(kernel_size)

    def forward(self, x):  # ※ x: [B, channels, H, W]
        x = x * self.channel(x)  # ※ 通道注意力 → 逐通道加权 → [B, channels, H, W]
        # ※ 返回：空间注意力 → 逐位置加权 → [B, channels, H, W]
        return x * self.spatial(x)
