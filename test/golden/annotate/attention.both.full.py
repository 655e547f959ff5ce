import torch
from torch import nn


# ※ SqueezeExcitation：通道注意力（压缩-激励 SE）=（全局平均池化 → 除批次外全部展平
# ※   → 全连接 → ReLU → 全连接 → sigmoid → 补上大小为 1 的维以便广播）× 自身输入
# ※ SqueezeExcitation: channel attention (squeeze-and-excitation) =
# ※   (global average pooling → flattens all but the batch → linear layer → ReLU
# ※   → linear layer → sigmoid → adds axes of size 1 to broadcast) × its input
# ※ 输入 [b, channels, H, W] → 输出 [b, channels, H, W]
# ※ 参数量 2·⌊channels/16⌋·channels + channels + ⌊channels/16⌋（按默认参数）
# ※ input [b, channels, H, W] → output [b, channels, H, W]
# ※ 2·⌊channels/16⌋·channels + channels + ⌊channels/16⌋ parameters (with the defaults)
class SqueezeExcitation(nn.Module):
    # ※ 构造函数：建立 pool、fc；须给出 channels，其余有默认值
    # ※ builds pool, fc; needs channels (the rest have defaults)
    def __init__(self, channels, reduction=16):
        # ※ 先初始化 nn.Module，之后赋给 self 的层与参数才会被登记
        # ※ sets up nn.Module: only then are layers that are put on self registered
        super().__init__()
        hidden = channels // reduction  # ※ hidden = ⌊channels/16⌋
        # ※ 全局平均池化，每个通道取平均，得到一个数
        # ※ global average pooling, averages each channel to one number
        self.pool = nn.AdaptiveAvgPool2d(1)
        # ※ 顺序容器，依次执行 4 层 / container: runs its 4 layers in order
        self.fc = nn.Sequential(
            # ※ 全连接，最后一维 channels→hidden
            # ※ linear layer, maps the last axis channels→hidden
            nn.Linear(channels, hidden),
            # ※ ReLU：负数置零（原地） / ReLU, zeroes negative values (in place)
            nn.ReLU(inplace=True),
            # ※ 全连接，最后一维 hidden→channels
            # ※ linear layer, maps the last axis hidden→channels
            nn.Linear(hidden, channels),
            nn.Sigmoid(),  # ※ sigmoid：压缩到 0–1 / sigmoid, squashes to 0–1
        )

    def forward(self, x):  # ※ x: [b, channels, H, W]
        # ※ 取出 x 各维的大小：c = channels / reads the sizes of x: c = channels
        b, c, _, _ = x.shape
        # ※ 全局平均池化 → 除批次外全部展平 → [b, channels]
        # ※ global average pooling → flattens all but the batch → [b, channels]
        weights = self.pool(x).view(b, c)
        # ※ 全连接 → ReLU → 全连接 → sigmoid → 补上大小为 1 的维以便广播
        # ※   → [b, channels, 1, 1]
        # ※ linear layer → ReLU → linear layer → sigmoid
        # ※   → adds axes of size 1 to broadcast → [b, channels, 1, 1]
        weights = self.fc(weights).view(b, c, 1, 1)
        # ※ 返回：逐通道加权 → [b, channels, H, W]
        # ※ returns: weights every channel → [b, channels, H, W]
        return x * weights


# ※ ChannelAttention：通道注意力（平均与最大两路）=（沿高宽求均值 → 1×1 卷积 → ReLU
# ※   → 1×1 卷积）+（沿高宽取最大 → 1×1 卷积 → ReLU → 1×1 卷积）→ sigmoid
# ※ ChannelAttention: channel attention from mean and maximum = (mean over H and W
# ※   → 1×1 convolution → ReLU → 1×1 convolution) + (maximum over H and W
# ※   → 1×1 convolution → ReLU → 1×1 convolution) → sigmoid
# ※ 输入 [B, channels, H, W] → 输出 [B, channels, 1, 1]
# ※ 参数量 2·⌊channels/16⌋·channels（按默认参数）
# ※ input [B, channels, H, W] → output [B, channels, 1, 1]
# ※ 2·⌊channels/16⌋·channels parameters (with the defaults)
class ChannelAttention(nn.Module):
    # ※ 构造函数：建立 mlp；须给出 channels，其余有默认值
    # ※ builds mlp; needs channels (the rest have defaults)
    def __init__(self, channels, reduction=16):
        # ※ 先初始化 nn.Module，之后赋给 self 的层与参数才会被登记
        # ※ sets up nn.Module: only then are layers that are put on self registered
        super().__init__()
        # ※ 顺序容器，依次执行 3 层 / container: runs its 3 layers in order
        self.mlp = nn.Sequential(
            # ※ 1×1 卷积，逐像素混合通道 channels→⌊channels/16⌋
            # ※ 1×1 convolution, mixes channels→⌊channels/16⌋ channels at every place
            nn.Conv2d(channels, channels // reduction, 1, bias=False),
            # ※ ReLU：负数置零（原地） / ReLU, zeroes negative values (in place)
            nn.ReLU(inplace=True),
            # ※ 1×1 卷积，逐像素混合通道 ⌊channels/16⌋→channels
            # ※ 1×1 convolution, mixes ⌊channels/16⌋→channels channels at every place
            nn.Conv2d(channels // reduction, channels, 1, bias=False),
        )

    def forward(self, x):  # ※ x: [B, channels, H, W]
        # ※ 沿高宽求均值 → 1×1 卷积 → ReLU → 1×1 卷积 → [B, channels, 1, 1]
        # ※ mean over H and W → 1×1 convolution → ReLU → 1×1 convolution
        # ※   → [B, channels, 1, 1]
        average = self.mlp(x.mean(dim=(2, 3), keepdim=True))
        # ※ 沿高宽取最大 → 1×1 卷积 → ReLU → 1×1 卷积 → [B, channels, 1, 1]
        # ※ maximum over H and W → 1×1 convolution → ReLU → 1×1 convolution
        # ※   → [B, channels, 1, 1]
        largest = self.mlp(x.amax(dim=(2, 3), keepdim=True))
        # ※ 返回：逐元素相加 → sigmoid：每个通道一个 0–1 的权重 → [B, channels, 1, 1]
        # ※ returns: adds element-wise → sigmoid: a weight of 0–1 for every channel
        # ※   → [B, channels, 1, 1]
        return torch.sigmoid(average + largest)


# ※ SpatialAttention：空间注意力 / SpatialAttention: spatial attention
# ※ 输入 [B, C, H, W] → 输出 [B, 1, H, W]；参数量 98（按默认参数）
# ※ input [B, C, H, W] → output [B, 1, H, W]; 98 parameters (with the defaults)
class SpatialAttention(nn.Module):
    def __init__(self, kernel_size=7):  # ※ 构造函数：建立 conv / builds conv
        # ※ 先初始化 nn.Module，之后赋给 self 的层与参数才会被登记
        # ※ sets up nn.Module: only then are layers that are put on self registered
        super().__init__()
        # ※ 7×7 卷积，通道 2→1，高宽不变（kernel_size=7 时）
        # ※ 7×7 convolution, 2→1 channels, keeps H and W (kernel_size=7)
        self.conv = nn.Conv2d(2, 1, kernel_size, padding=kernel_size // 2, bias=False)

    def forward(self, x):  # ※ x: [B, C, H, W]
        # ※ 沿通道求均值 → [B, 1, H, W] / mean over the channels → [B, 1, H, W]
        average = x.mean(dim=1, keepdim=True)
        # ※ 沿通道取最大 → [B, 1, H, W] / maximum over the channels → [B, 1, H, W]
        largest = x.amax(dim=1, keepdim=True)
        # ※ 沿通道拼接 → [B, 2, H, W] / concatenates along the channels → [B, 2, H, W]
        maps = torch.cat([average, largest], dim=1)
        # ※ 返回：7×7 卷积 → sigmoid：每个位置一个 0–1 的权重 → [B, 1, H, W]
        # ※ returns: 7×7 convolution → sigmoid: a weight of 0–1 for every place
        # ※   → [B, 1, H, W]
        return torch.sigmoid(self.conv(maps))


# ※ CBAM：先通道注意力，后空间注意力 = 通道注意力 × 自身输入 → 空间注意力 × 自身输入
# ※ CBAM: channel attention, then spatial attention = channel attention × its input
# ※   → spatial attention × its input
# ※ 输入 [B, channels, H, W] → 输出 [B, channels, H, W]
# ※ 参数量 2·⌊channels/16⌋·channels + 98（按默认参数）
# ※ input [B, channels, H, W] → output [B, channels, H, W]
# ※ 2·⌊channels/16⌋·channels + 98 parameters (with the defaults)
class CBAM(nn.Module):
    # ※ 构造函数：建立 channel、spatial；须给出 channels，其余有默认值
    # ※ builds channel, spatial; needs channels (the rest have defaults)
    def __init__(self, channels, reduction=16, kernel_size=7):
        # ※ 先初始化 nn.Module，之后赋给 self 的层与参数才会被登记
        # ※ sets up nn.Module: only then are layers that are put on self registered
        super().__init__()
        # ※ 通道注意力（平均与最大两路）：[B, channels, H, W] → [B, channels, 1, 1]
        # ※ channel attention from mean and maximum: [B, channels, H, W]
        # ※   → [B, channels, 1, 1]
        self.channel = ChannelAttention(channels, reduction)
        # ※ 空间注意力：[B, channels, H, W] → [B, 1, H, W]
        # ※ spatial attention: [B, channels, H, W] → [B, 1, H, W]
        self.spatial = SpatialAttention(kernel_size)

    def forward(self, x):  # ※ x: [B, channels, H, W]
        # ※ 通道注意力 → 逐通道加权 → [B, channels, H, W]
        # ※ channel attention → weights every channel → [B, channels, H, W]
        x = x * self.channel(x)
        # ※ 返回：空间注意力 → 逐位置加权 → [B, channels, H, W]
        # ※ returns: spatial attention → weights every place → [B, channels, H, W]
        return x * self.spatial(x)
