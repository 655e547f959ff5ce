import torch
from torch import nn


# ※ DoubleConv: convolution block = (3×3 convolution → batch norm → ReLU) × 2
# ※ input [B, ch_in, H, W] → output [B, ch_out, H, W]
# ※ 9·ch_out·ch_in + 9·ch_out² + 4·ch_out parameters
class DoubleConv(nn.Module):
    def __init__(self, ch_in, ch_out):  # ※ builds layers; needs ch_in, ch_out
        # ※ sets up nn.Module: only then are layers that are put on self registered
        super().__init__()
        self.layers = nn.Sequential(  # ※ container: runs its 6 layers in order
            # ※ 3×3 convolution, ch_in→ch_out channels, keeps H and W
            nn.Conv2d(ch_in, ch_out, 3, padding=1, bias=False),
            nn.BatchNorm2d(ch_out),  # ※ batch norm, per channel (ch_out)
            nn.ReLU(inplace=True),  # ※ ReLU, zeroes negative values (in place)
            # ※ 3×3 convolution, ch_out→ch_out channels, keeps H and W
            nn.Conv2d(ch_out, ch_out, 3, padding=1, bias=False),
            nn.BatchNorm2d(ch_out),  # ※ batch norm, per channel (ch_out)
            nn.ReLU(inplace=True),  # ※ ReLU, zeroes negative values (in place)
        )

    def forward(self, x):  # ※ x: [B, ch_in, H, W]
        # ※ returns: (3×3 convolution → batch norm → ReLU) × 2 → [B, ch_out, H, W]
        return self.layers(x)


# ※ Up: 2×2 transposed convolution → skip connection → convolution block
# ※ input x [B, ch_in, H, W], skip [B, ⌈ch_in/2⌉, 2·H, 2·W]
# ※   → output [B, ch_out, 2·H, 2·W]
# ※ 9·ch_out·ch_in + 9·ch_out² + 4·ch_in·⌊ch_in/2⌋ + 4·ch_out + ⌊ch_in/2⌋ parameters
class Up(nn.Module):
    def __init__(self, ch_in, ch_out):  # ※ builds up, conv; needs ch_in, ch_out
        # ※ sets up nn.Module: only then are layers that are put on self registered
        super().__init__()
        # ※ 2×2 transposed convolution, ch_in→⌊ch_in/2⌋ channels, doubles H and W
        self.up = nn.ConvTranspose2d(ch_in, ch_in // 2, kernel_size=2, stride=2)
        # ※ convolution block: [B, ch_in, 2·H, 2·W] → [B, ch_out, 2·H, 2·W]
        self.conv = DoubleConv(ch_in, ch_out)

    def forward(self, x, skip):  # ※ x: [B, ch_in, H, W], skip: [B, ⌈ch_in/2⌉, 2·H, 2·W]
        # ※ 2×2 transposed convolution, doubles H and W → [B, ⌊ch_in/2⌋, 2·H, 2·W]
        x = self.up(x)
        # ※ skip connection: joins the earlier map of the same size
        # ※   → [B, ch_in, 2·H, 2·W]
        x = torch.cat([skip, x], dim=1)
        return self.conv(x)  # ※ returns: convolution block → [B, ch_out, 2·H, 2·W]


# ※ UNet: encoder and decoder with 3 skip connections (U-Net)
# ※ input [B, 3, H, W] → output [B, 2, H, W]; 7,700,226 parameters (with the defaults)
class UNet(nn.Module):
    def __init__(self, channels=3, num_classes=2):  # ※ builds 9 layers
        # ※ sets up nn.Module: only then are layers that are put on self registered
        super().__init__()
        self.pool = nn.MaxPool2d(2)  # ※ 2×2 max pooling, halves H and W
        # ※ convolution block: [B, 3, H, W] → [B, 64, H, W]
        self.down1 = DoubleConv(channels, 64)
        # ※ convolution block: [B, 64, H/2, W/2] → [B, 128, H/2, W/2]
        self.down2 = DoubleConv(64, 128)
        # ※ convolution block: [B, 128, H/4, W/4] → [B, 256, H/4, W/4]
        self.down3 = DoubleConv(128, 256)
        # ※ convolution block: [B, 256, H/8, W/8] → [B, 512, H/8, W/8]
        self.bottom = DoubleConv(256, 512)
        self.up3 = Up(512, 256)  # ※ [B, 512, H/8, W/8] → [B, 256, H/4, W/4]
        self.up2 = Up(256, 128)  # ※ [B, 256, H/4, W/4] → [B, 128, H/2, W/2]
        self.up1 = Up(128, 64)  # ※ [B, 128, H/2, W/2] → [B, 64, H, W]
        # ※ 1×1 convolution, mixes 64→2 channels at every place
        self.head = nn.Conv2d(64, num_classes, 1)

    # ※ images: [B, 3, H, W]
    # ※ H and W must be a multiple of 8 (or the maps that are joined differ in size)
    def forward(self, images):
        x1 = self.down1(images)  # ※ convolution block → [B, 64, H, W]
        # ※ 2×2 max pooling, halves H and W → convolution block → [B, 128, H/2, W/2]
        x2 = self.down2(self.pool(x1))
        # ※ 2×2 max pooling, halves H and W → convolution block → [B, 256, H/4, W/4]
        x3 = self.down3(self.pool(x2))
        # ※ 2×2 max pooling, halves H and W → convolution block → [B, 512, H/8, W/8]
        x = self.bottom(self.pool(x3))
        x = self.up3(x, x3)  # ※ Up → [B, 256, H/4, W/4]
        x = self.up2(x, x2)  # ※ Up → [B, 128, H/2, W/2]
        x = self.up1(x, x1)  # ※ Up → [B, 64, H, W]
        return self.head(x)  # ※ returns: 1×1 convolution → [B, 2, H, W]
