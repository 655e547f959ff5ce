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

    def forward(self, x):
        return self.layers(x)


class Up(nn.Module):
    def __init__(self, ch_in, ch_out):
        super().__init__()
        self.up = nn.ConvTranspose2d(ch_in, ch_in // 2, kernel_size=2, stride=2)
        self.conv = DoubleConv(ch_in, ch_out)

    def forward(self, x, skip):
        x = self.up(x)
        x = torch.cat([skip, x], dim=1)
        return self.conv(x)


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

    def forward(self, images):
        x1 = self.down1(images)
        x2 = self.down2(self.pool(x1))
        x3 = self.down3(self.pool(x2))
        x = self.bottom(self.pool(x3))
        x = self.up3(x, x3)
        x = self.up2(x, x2)
        x = self.up1(x, x1)
        return self.head(x)
