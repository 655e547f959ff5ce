import torch
from torch import nn


class ResidualBlock(nn.Module):
    def __init__(self, ch_in, ch_out, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(ch_in, ch_out, 3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(ch_out)
        self.conv2 = nn.Conv2d(ch_out, ch_out, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(ch_out)
        self.act = nn.ReLU(inplace=True)
        self.shortcut = nn.Sequential(
            nn.Conv2d(ch_in, ch_out, 1, stride=stride, bias=False),
            nn.BatchNorm2d(ch_out),
        )

    def forward(self, x):  # ※ x: [B, ch_in, H, W]
        y = self.act(self.bn1(self.conv1(x)))  # ※ [B, ch_out, H, W]
        y = self.bn2(self.conv2(y))  # ※ [B, ch_out, H, W]
        return self.act(y + self.shortcut(x))  # ※ [B, ch_out, H, W]


class Classifier(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.stem = nn.Conv2d(3, 32, 3, stride=2, padding=1)
        self.stage1 = ResidualBlock(32, 64, stride=2)
        self.stage2 = ResidualBlock(64, 128, stride=2)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.head = nn.Linear(128, num_classes)

    def forward(self, images):  # ※ images: [B, 3, H, W]
        x = self.stem(images)  # ※ [B, 32, ⌈H/2⌉, ⌈W/2⌉]
        x = self.stage2(self.stage1(x))  # ※ [B, 128, ⌈H/8⌉, ⌈W/8⌉]
        x = torch.flatten(self.pool(x), 1)  # ※ [B, 128]
        return self.head(x)  # ※ [B, 10]
