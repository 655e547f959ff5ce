import torch
from torch import nn


# ※ DoubleConv：卷积块 =（3×3 卷积 → 批归一化 → ReLU）× 2
# ※ 输入 [B, ch_in, H, W] → 输出 [B, ch_out, H, W]
# ※ 参数量 9·ch_out·ch_in + 9·ch_out² + 4·ch_out
class DoubleConv(nn.Module):
    def __init__(self, ch_in, ch_out):
        super().__init__()
        self.layers = nn.Sequential(  # ※ 顺序容器，依次执行 6 层
            # ※ 3×3 卷积，通道 ch_in→ch_out，高宽不变
            nn.Conv2d(ch_in, ch_out, 3, padding=1, bias=False),
            nn.BatchNorm2d(ch_out),  # ※ 批归一化，逐通道（ch_out 个）
            nn.ReLU(inplace=True),  # ※ ReLU：负数置零（原地）
            # ※ 3×3 卷积，通道 ch_out→ch_out，高宽不变
            nn.Conv2d(ch_out, ch_out, 3, padding=1, bias=False),
            nn.BatchNorm2d(ch_out),  # ※ 批归一化，逐通道（ch_out 个）
            nn.ReLU(inplace=True),  # ※ ReLU：负数置零（原地）
        )

    def forward(self, x):  # ※ x: [B, ch_in, H, W]
        return self.layers(x)  # ※ （3×3 卷积 → 批归一化 → ReLU）× 2 → [B, ch_out, H, W]


# ※ Up：2×2 转置卷积 → 跳跃连接 → 卷积块
# ※ 输入 x [B, ch_in, H, W]、skip [B, ⌈ch_in/2⌉, 2·H, 2·W] → 输出 [B, ch_out, 2·H, 2·W]
# ※ 参数量 9·ch_out·ch_in + 9·ch_out² + 4·ch_in·⌊ch_in/2⌋ + 4·ch_out + ⌊ch_in/2⌋
class Up(nn.Module):
    def __init__(self, ch_in, ch_out):
        super().__init__()
        # ※ 2×2 转置卷积，通道 ch_in→⌊ch_in/2⌋，高宽加倍
        self.up = nn.ConvTranspose2d(ch_in, ch_in // 2, kernel_size=2, stride=2)
        # ※ 卷积块：[B, ch_in, 2·H, 2·W] → [B, ch_out, 2·H, 2·W]
        self.conv = DoubleConv(ch_in, ch_out)

    def forward(self, x, skip):  # ※ x: [B, ch_in, H, W]，skip: [B, ⌈ch_in/2⌉, 2·H, 2·W]
        x = self.up(x)  # ※ 2×2 转置卷积，高宽加倍 → [B, ⌊ch_in/2⌋, 2·H, 2·W]
        # ※ 跳跃连接：与同尺寸的较早特征拼接 → [B, ch_in, 2·H, 2·W]
        x = torch.cat([skip, x], dim=1)
        return self.conv(x)  # ※ 卷积块 → [B, ch_out, 2·H, 2·W]


# ※ UNet：编码器-解码器，3 处跳跃连接（U-Net）
# ※ 输入 [B, 3, H, W] → 输出 [B, 2, H, W]；参数量 7,700,226（按默认参数）
class UNet(nn.Module):
    def __init__(self, channels=3, num_classes=2):
        super().__init__()
        self.pool = nn.MaxPool2d(2)  # ※ 2×2 最大池化，高宽减半
        self.down1 = DoubleConv(channels, 64)  # ※ 卷积块：[B, 3, H, W] → [B, 64, H, W]
        # ※ 卷积块：[B, 64, H/2, W/2] → [B, 128, H/2, W/2]
        self.down2 = DoubleConv(64, 128)
        # ※ 卷积块：[B, 128, H/4, W/4] → [B, 256, H/4, W/4]
        self.down3 = DoubleConv(128, 256)
        # ※ 卷积块：[B, 256, H/8, W/8] → [B, 512, H/8, W/8]
        self.bottom = DoubleConv(256, 512)
        self.up3 = Up(512, 256)  # ※ [B, 512, H/8, W/8] → [B, 256, H/4, W/4]
        self.up2 = Up(256, 128)  # ※ [B, 256, H/4, W/4] → [B, 128, H/2, W/2]
        self.up1 = Up(128, 64)  # ※ [B, 128, H/2, W/2] → [B, 64, H, W]
        self.head = nn.Conv2d(64, num_classes, 1)  # ※ 1×1 卷积，逐像素混合通道 64→2

    # ※ images: [B, 3, H, W]，H、W 须为 8 的倍数（否则拼接的特征图尺寸不同）
    def forward(self, images):
        x1 = self.down1(images)  # ※ 卷积块 → [B, 64, H, W]
        # ※ 2×2 最大池化，高宽减半 → 卷积块 → [B, 128, H/2, W/2]
        x2 = self.down2(self.pool(x1))
        # ※ 2×2 最大池化，高宽减半 → 卷积块 → [B, 256, H/4, W/4]
        x3 = self.down3(self.pool(x2))
        # ※ 2×2 最大池化，高宽减半 → 卷积块 → [B, 512, H/8, W/8]
        x = self.bottom(self.pool(x3))
        x = self.up3(x, x3)  # ※ Up → [B, 256, H/4, W/4]
        x = self.up2(x, x2)  # ※ Up → [B, 128, H/2, W/2]
        x = self.up1(x, x1)  # ※ Up → [B, 64, H, W]
        return self.head(x)  # ※ 1×1 卷积 → [B, 2, H, W]
