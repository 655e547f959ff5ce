import torch
from torch import nn


# ※ DoubleConv：卷积块 =（3×3 卷积 → 批归一化 → ReLU）× 2
# ※ DoubleConv: convolution block = (3×3 convolution → batch norm → ReLU) × 2
# ※ 输入 [B, ch_in, H, W] → 输出 [B, ch_out, H, W]
# ※ 参数量 9·ch_out·ch_in + 9·ch_out² + 4·ch_out
# ※ input [B, ch_in, H, W] → output [B, ch_out, H, W]
# ※ 9·ch_out·ch_in + 9·ch_out² + 4·ch_out parameters
class DoubleConv(nn.Module):
    # ※ 构造函数：建立 layers；须给出 ch_in、ch_out / builds layers; needs ch_in, ch_out
    def __init__(self, ch_in, ch_out):
        # ※ 先初始化 nn.Module，之后赋给 self 的层与参数才会被登记
        # ※ sets up nn.Module: only then are layers that are put on self registered
        super().__init__()
        # ※ 顺序容器，依次执行 6 层 / container: runs its 6 layers in order
        self.layers = nn.Sequential(
            # ※ 3×3 卷积，通道 ch_in→ch_out，高宽不变
            # ※ 3×3 convolution, ch_in→ch_out channels, keeps H and W
            nn.Conv2d(ch_in, ch_out, 3, padding=1, bias=False),
            # ※ 批归一化，逐通道（ch_out 个） / batch norm, per channel (ch_out)
            nn.BatchNorm2d(ch_out),
            # ※ ReLU：负数置零（原地） / ReLU, zeroes negative values (in place)
            nn.ReLU(inplace=True),
            # ※ 3×3 卷积，通道 ch_out→ch_out，高宽不变
            # ※ 3×3 convolution, ch_out→ch_out channels, keeps H and W
            nn.Conv2d(ch_out, ch_out, 3, padding=1, bias=False),
            # ※ 批归一化，逐通道（ch_out 个） / batch norm, per channel (ch_out)
            nn.BatchNorm2d(ch_out),
            # ※ ReLU：负数置零（原地） / ReLU, zeroes negative values (in place)
            nn.ReLU(inplace=True),
        )

    def forward(self, x):  # ※ x: [B, ch_in, H, W]
        # ※ 返回：（3×3 卷积 → 批归一化 → ReLU）× 2 → [B, ch_out, H, W]
        # ※ returns: (3×3 convolution → batch norm → ReLU) × 2 → [B, ch_out, H, W]
        return self.layers(x)


# ※ Up：2×2 转置卷积 → 跳跃连接 → 卷积块
# ※ Up: 2×2 transposed convolution → skip connection → convolution block
# ※ 输入 x [B, ch_in, H, W]、skip [B, ⌈ch_in/2⌉, 2·H, 2·W] → 输出 [B, ch_out, 2·H, 2·W]
# ※ 参数量 9·ch_out·ch_in + 9·ch_out² + 4·ch_in·⌊ch_in/2⌋ + 4·ch_out + ⌊ch_in/2⌋
# ※ input x [B, ch_in, H, W], skip [B, ⌈ch_in/2⌉, 2·H, 2·W]
# ※   → output [B, ch_out, 2·H, 2·W]
# ※ 9·ch_out·ch_in + 9·ch_out² + 4·ch_in·⌊ch_in/2⌋ + 4·ch_out + ⌊ch_in/2⌋ parameters
class Up(nn.Module):
    # ※ 构造函数：建立 up、conv；须给出 ch_in、ch_out
    # ※ builds up, conv; needs ch_in, ch_out
    def __init__(self, ch_in, ch_out):
        # ※ 先初始化 nn.Module，之后赋给 self 的层与参数才会被登记
        # ※ sets up nn.Module: only then are layers that are put on self registered
        super().__init__()
        # ※ 2×2 转置卷积，通道 ch_in→⌊ch_in/2⌋，高宽加倍
        # ※ 2×2 transposed convolution, ch_in→⌊ch_in/2⌋ channels, doubles H and W
        self.up = nn.ConvTranspose2d(ch_in, ch_in // 2, kernel_size=2, stride=2)
        # ※ 卷积块：[B, ch_in, 2·H, 2·W] → [B, ch_out, 2·H, 2·W]
        # ※ convolution block: [B, ch_in, 2·H, 2·W] → [B, ch_out, 2·H, 2·W]
        self.conv = DoubleConv(ch_in, ch_out)

    # ※ x: [B, ch_in, H, W]，skip: [B, ⌈ch_in/2⌉, 2·H, 2·W]
    # ※ x: [B, ch_in, H, W], skip: [B, ⌈ch_in/2⌉, 2·H, 2·W]
    def forward(self, x, skip):
        # ※ 2×2 转置卷积，高宽加倍 → [B, ⌊ch_in/2⌋, 2·H, 2·W]
        # ※ 2×2 transposed convolution, doubles H and W → [B, ⌊ch_in/2⌋, 2·H, 2·W]
        x = self.up(x)
        # ※ 跳跃连接：与同尺寸的较早特征拼接 → [B, ch_in, 2·H, 2·W]
        # ※ skip connection: joins the earlier map of the same size
        # ※   → [B, ch_in, 2·H, 2·W]
        x = torch.cat([skip, x], dim=1)
        # ※ 返回：卷积块 → [B, ch_out, 2·H, 2·W]
        # ※ returns: convolution block → [B, ch_out, 2·H, 2·W]
        return self.conv(x)


# ※ UNet：编码器-解码器，3 处跳跃连接（U-Net）
# ※ UNet: encoder and decoder with 3 skip connections (U-Net)
# ※ 输入 [B, 3, H, W] → 输出 [B, 2, H, W]；参数量 7,700,226（按默认参数）
# ※ input [B, 3, H, W] → output [B, 2, H, W]; 7,700,226 parameters (with the defaults)
class UNet(nn.Module):
    # ※ 构造函数：建立 9 个子层 / builds 9 layers
    def __init__(self, channels=3, num_classes=2):
        # ※ 先初始化 nn.Module，之后赋给 self 的层与参数才会被登记
        # ※ sets up nn.Module: only then are layers that are put on self registered
        super().__init__()
        # ※ 2×2 最大池化，高宽减半 / 2×2 max pooling, halves H and W
        self.pool = nn.MaxPool2d(2)
        # ※ 卷积块：[B, 3, H, W] → [B, 64, H, W]
        # ※ convolution block: [B, 3, H, W] → [B, 64, H, W]
        self.down1 = DoubleConv(channels, 64)
        # ※ 卷积块：[B, 64, H/2, W/2] → [B, 128, H/2, W/2]
        # ※ convolution block: [B, 64, H/2, W/2] → [B, 128, H/2, W/2]
        self.down2 = DoubleConv(64, 128)
        # ※ 卷积块：[B, 128, H/4, W/4] → [B, 256, H/4, W/4]
        # ※ convolution block: [B, 128, H/4, W/4] → [B, 256, H/4, W/4]
        self.down3 = DoubleConv(128, 256)
        # ※ 卷积块：[B, 256, H/8, W/8] → [B, 512, H/8, W/8]
        # ※ convolution block: [B, 256, H/8, W/8] → [B, 512, H/8, W/8]
        self.bottom = DoubleConv(256, 512)
        self.up3 = Up(512, 256)  # ※ [B, 512, H/8, W/8] → [B, 256, H/4, W/4]
        self.up2 = Up(256, 128)  # ※ [B, 256, H/4, W/4] → [B, 128, H/2, W/2]
        self.up1 = Up(128, 64)  # ※ [B, 128, H/2, W/2] → [B, 64, H, W]
        # ※ 1×1 卷积，逐像素混合通道 64→2
        # ※ 1×1 convolution, mixes 64→2 channels at every place
        self.head = nn.Conv2d(64, num_classes, 1)

    # ※ images: [B, 3, H, W]，H、W 须为 8 的倍数（否则拼接的特征图尺寸不同）
    # ※ images: [B, 3, H, W]
    # ※ H and W must be a multiple of 8 (or the maps that are joined differ in size)
    def forward(self, images):
        # ※ 卷积块 → [B, 64, H, W] / convolution block → [B, 64, H, W]
        x1 = self.down1(images)
        # ※ 2×2 最大池化，高宽减半 → 卷积块 → [B, 128, H/2, W/2]
        # ※ 2×2 max pooling, halves H and W → convolution block → [B, 128, H/2, W/2]
        x2 = self.down2(self.pool(x1))
        # ※ 2×2 最大池化，高宽减半 → 卷积块 → [B, 256, H/4, W/4]
        # ※ 2×2 max pooling, halves H and W → convolution block → [B, 256, H/4, W/4]
        x3 = self.down3(self.pool(x2))
        # ※ 2×2 最大池化，高宽减半 → 卷积块 → [B, 512, H/8, W/8]
        # ※ 2×2 max pooling, halves H and W → convolution block → [B, 512, H/8, W/8]
        x = self.bottom(self.pool(x3))
        x = self.up3(x, x3)  # ※ Up → [B, 256, H/4, W/4]
        x = self.up2(x, x2)  # ※ Up → [B, 128, H/2, W/2]
        x = self.up1(x, x1)  # ※ Up → [B, 64, H, W]
        # ※ 返回：1×1 卷积 → [B, 2, H, W] / returns: 1×1 convolution → [B, 2, H, W]
        return self.head(x)
