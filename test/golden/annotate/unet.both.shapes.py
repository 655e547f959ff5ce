import torch
from torch import nn


class DoubleConv(nn.Module):
    def __init__(self, ch_in, ch_out):
        super().__init__()
        self.layers = nn.Sequential(
            nn.Conv2d(ch_in, ch_out, 3, padding=1, bias=False),
            nn.BatchNorm2d(ch_out),
            nn.ReLU(inplace=True),
            nn.Conv2d(ch_out, ch_out, 3, padding=1, bias=False),
            nn.BatchNorm2d(ch_out),
            nn.ReLU(inplace=True),
        )

    def forward(self, x):  # ※ x: [B, ch_in, H, W]
        return self.layers(x)  # ※ [B, ch_out, H, W]


class Up(nn.Module):
    def __init__(self, ch_in, ch_out):
        super().__init__()
        self.up = nn.ConvTranspose2d(ch_in, ch_in // 2, kernel_size=2, stride=2)
        self.conv = DoubleConv(ch_in, ch_out)

    # ※ x: [B, ch_in, H, W]，skip: [B, ⌈ch_in/2⌉, 2·H, 2·W]
    # ※ x: [B, ch_in, H, W], skip: [B, ⌈ch_in/2⌉, 2·H, 2·W]
    def forward(self, x, skip):
        x = self.up(x)  # ※ [B, ⌊ch_in/2⌋, 2·H, 2·W]
        x = torch.cat([skip, x], dim=1)  # ※ [B, ch_in, 2·H, 2·W]
        return self.conv(x)  # ※ [B, ch_out, 2·H, 2·W]


class UNet(nn.Module):
    def __init__(self, channels=3, num_classes=2):
        super().__init__()
        self.pool = nn.MaxPool2d(2)
        self.down1 = DoubleConv(channels, 64)
        self.down2 = DoubleConv(64, 128)
        self.down3 = DoubleConv(128, 256)
        self.bottom = DoubleConv(256, 512)
        self.up3 = Up(512, 256)
        self.up2 = Up(256, 128)
        self.up1 = Up(128, 64)
        self.head = nn.Conv2d(64, num_classes, 1)

    def forward(self, images):  # ※ images: [B, 3, H, W]
        x1 = self.down1(images)  # ※ [B, 64, H, W]
        x2 = self.down2(self.pool(x1))  # ※ [B, 128, H/2, W/2]
        x3 = self.down3(self.pool(x2))  # ※ [B, 256, H/4, W/4]
        x = self.bottom(self.pool(x3))  # ※ [B, 512, H/8, W/8]
        x = self.up3(x, x3)  # ※ [B, 256, H/4, W/4]
        x = self.up2(x, x2)  # ※ [B, 128, H/2, W/2]
        x = self.up1(x, x1)  # ※ [B, 64, H, W]
        return self.head(x)  # ※ [B, 2, H, W]
