import torch
from torch import nn


class BasicBlock(nn.Module):
    def __init__(self, ch_in, ch_out, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(ch_in, ch_out, 3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(ch_out)
        self.conv2 = nn.Conv2d(ch_out, ch_out, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(ch_out)
        self.relu = nn.ReLU(inplace=True)
        self.downsample = None
        if stride != 1 or ch_in != ch_out:
            self.downsample = nn.Sequential(
                nn.Conv2d(ch_in, ch_out, 1, stride=stride, bias=False),
                nn.BatchNorm2d(ch_out),
            )

    def forward(self, x):  # ※ x: [B, ch_in, H, W]
        identity = x
        out = self.relu(self.bn1(self.conv1(x)))  # ※ [B, ch_out, H, W]
        out = self.bn2(self.conv2(out))  # ※ [B, ch_out, H, W]
        if self.downsample is not None:
            identity = self.downsample(x)  # ※ [B, ch_out, H, W]
        return self.relu(out + identity)  # ※ [B, ch_out, H, W]


class ResNet(nn.Module):
    def __init__(self, depths=(2, 2, 2, 2), num_classes=1000):
        super().__init__()
        self.channels = 64
        self.stem = nn.Sequential(
            nn.Conv2d(3, 64, 7, stride=2, padding=3, bias=False),
            nn.BatchNorm2d(64),
            nn.ReLU(inplace=True),
            nn.MaxPool2d(3, stride=2, padding=1),
        )
        self.stage1 = self.make_stage(64, depths[0], stride=1)
        self.stage2 = self.make_stage(128, depths[1], stride=2)
        self.stage3 = self.make_stage(256, depths[2], stride=2)
        self.stage4 = self.make_stage(512, depths[3], stride=2)
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(512, num_classes)

    def make_stage(self, channels, depth, stride):
        blocks = [BasicBlock(self.channels, channels, stride)]
        self.channels = channels
        for _ in range(depth - 1):
            blocks.append(BasicBlock(channels, channels))
        return nn.Sequential(*blocks)

    def forward(self, images):  # ※ images: [B, 3, H, W]
        x = self.stem(images)  # ※ [B, 64, ⌈H/4⌉, ⌈W/4⌉]
        x = self.stage1(x)  # ※ [B, 64, ⌈H/4⌉, ⌈W/4⌉]
        x = self.stage2(x)  # ※ [B, 128, ⌈H/8⌉, ⌈W/8⌉]
        x = self.stage3(x)  # ※ [B, 256, ⌈H/16⌉, ⌈W/16⌉]
        x = self.stage4(x)  # ※ [B, 512, ⌈H/32⌉, ⌈W/32⌉]
        x = torch.flatten(self.pool(x), 1)  # ※ [B, 512]
        return self.fc(x)  # ※ [B, 1000]
