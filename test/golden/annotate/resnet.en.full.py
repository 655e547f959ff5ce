import torch
from torch import nn


# ※ BasicBlock: residual block
# ※ input [B, ch_in, H, W] → output [B, ch_out, H, W] (with the defaults)
class BasicBlock(nn.Module):
    # ※ builds conv1, bn1, conv2, bn2, relu, downsample
    # ※ needs ch_in, ch_out (the rest have defaults)
    def __init__(self, ch_in, ch_out, stride=1):
        # ※ sets up nn.Module: only then are layers that are put on self registered
        super().__init__()
        # ※ 3×3 convolution, ch_in→ch_out channels, keeps H and W (stride=1)
        self.conv1 = nn.Conv2d(ch_in, ch_out, 3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(ch_out)  # ※ batch norm, per channel (ch_out)
        # ※ 3×3 convolution, ch_out→ch_out channels, keeps H and W
        self.conv2 = nn.Conv2d(ch_out, ch_out, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(ch_out)  # ※ batch norm, per channel (ch_out)
        self.relu = nn.ReLU(inplace=True)  # ※ ReLU, zeroes negative values (in place)
        self.downsample = None  # ※ None at first, may be set below
        # ※ if stride differs from 1 or ch_in differs from ch_out
        if stride != 1 or ch_in != ch_out:
            self.downsample = nn.Sequential(  # ※ container: runs its 2 layers in order
                # ※ 1×1 convolution, mixes ch_in→ch_out channels at every place
                nn.Conv2d(ch_in, ch_out, 1, stride=stride, bias=False),
                nn.BatchNorm2d(ch_out),  # ※ batch norm, per channel (ch_out)
            )

    def forward(self, x):  # ※ x: [B, ch_in, H, W]
        identity = x  # ※ remembers x as identity, to be added back below
        # ※ 3×3 convolution → batch norm → ReLU → [B, ch_out, H, W]
        out = self.relu(self.bn1(self.conv1(x)))
        # ※ 3×3 convolution → batch norm → [B, ch_out, H, W]
        out = self.bn2(self.conv2(out))
        if self.downsample is not None:  # ※ if downsample is not None
            # ※ 1×1 convolution → batch norm → [B, ch_out, H, W]
            identity = self.downsample(x)
        # ※ returns: residual: adds the shortcut → ReLU → [B, ch_out, H, W]
        return self.relu(out + identity)


# ※ ResNet: residual network (8 residual blocks) = 7×7 convolution → batch norm → ReLU
# ※   → 3×3 max pooling → residual block × 8 → global average pooling
# ※   → flattens all but the batch → linear layer
# ※ input [B, 3, H, W] → output [B, 1000]; 11,689,512 parameters (with the defaults)
class ResNet(nn.Module):
    def __init__(self, depths=(2, 2, 2, 2), num_classes=1000):  # ※ builds 7 layers
        # ※ sets up nn.Module: only then are layers that are put on self registered
        super().__init__()
        self.channels = 64  # ※ starts at 64 and changes below, used in make_stage
        self.stem = nn.Sequential(  # ※ container: runs its 4 layers in order
            # ※ 7×7 convolution, 3→64 channels, halves H and W
            nn.Conv2d(3, 64, 7, stride=2, padding=3, bias=False),
            nn.BatchNorm2d(64),  # ※ batch norm, per channel (64)
            nn.ReLU(inplace=True),  # ※ ReLU, zeroes negative values (in place)
            nn.MaxPool2d(3, stride=2, padding=1),  # ※ 3×3 max pooling, halves H and W
        )
        # ※ residual block × 2: keeps the shape [B, 64, ⌈H/4⌉, ⌈W/4⌉]
        self.stage1 = self.make_stage(64, depths[0], stride=1)
        # ※ residual block × 2: [B, 64, ⌈H/4⌉, ⌈W/4⌉] → [B, 128, ⌈H/8⌉, ⌈W/8⌉]
        self.stage2 = self.make_stage(128, depths[1], stride=2)
        # ※ residual block × 2: [B, 128, ⌈H/8⌉, ⌈W/8⌉] → [B, 256, ⌈H/16⌉, ⌈W/16⌉]
        self.stage3 = self.make_stage(256, depths[2], stride=2)
        # ※ residual block × 2: [B, 256, ⌈H/16⌉, ⌈W/16⌉] → [B, 512, ⌈H/32⌉, ⌈W/32⌉]
        self.stage4 = self.make_stage(512, depths[3], stride=2)
        # ※ global average pooling, averages each channel to one number
        self.pool = nn.AdaptiveAvgPool2d(1)
        # ※ linear layer, maps the last axis 512→1000
        self.fc = nn.Linear(512, num_classes)

    def make_stage(self, channels, depth, stride):  # ※ called by __init__
        # ※ list blocks: BasicBlock
        blocks = [BasicBlock(self.channels, channels, stride)]
        # ※ keeps the argument channels, used when make_stage is called again
        self.channels = channels
        for _ in range(depth - 1):  # ※ runs depth - 1 times
            # ※ appends to blocks: BasicBlock
            blocks.append(BasicBlock(channels, channels))
        # ※ returns: container that runs its layers in order
        return nn.Sequential(*blocks)

    def forward(self, images):  # ※ images: [B, 3, H, W]
        # ※ 7×7 convolution, halves H and W → batch norm → ReLU
        # ※   → 3×3 max pooling, halves H and W → [B, 64, ⌈H/4⌉, ⌈W/4⌉]
        x = self.stem(images)
        x = self.stage1(x)  # ※ residual block × 2 → [B, 64, ⌈H/4⌉, ⌈W/4⌉]
        x = self.stage2(x)  # ※ residual block × 2 → [B, 128, ⌈H/8⌉, ⌈W/8⌉]
        x = self.stage3(x)  # ※ residual block × 2 → [B, 256, ⌈H/16⌉, ⌈W/16⌉]
        x = self.stage4(x)  # ※ residual block × 2 → [B, 512, ⌈H/32⌉, ⌈W/32⌉]
        # ※ global average pooling → flattens all but the batch → [B, 512]
        x = torch.flatten(self.pool(x), 1)
        # ※ returns: classifier head: logits of 1000 classes → [B, 1000]
        return self.fc(x)
