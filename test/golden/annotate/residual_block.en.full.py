import torch
from torch import nn


# ※ ResidualBlock: residual block with a projected shortcut = (3×3 convolution
# ※   → batch norm → ReLU → 3×3 convolution → batch norm) + (1×1 convolution
# ※   → batch norm) → ReLU
# ※ input [B, ch_in, H, W] → output [B, ch_out, H, W]
# ※ 10·ch_out·ch_in + 9·ch_out² + 6·ch_out parameters (with the defaults)
class ResidualBlock(nn.Module):
    # ※ builds conv1, bn1, conv2, bn2, act, shortcut
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
        self.act = nn.ReLU(inplace=True)  # ※ ReLU, zeroes negative values (in place)
        self.shortcut = nn.Sequential(  # ※ container: runs its 2 layers in order
            # ※ 1×1 convolution, mixes ch_in→ch_out channels at every place
            nn.Conv2d(ch_in, ch_out, 1, stride=stride, bias=False),
            nn.BatchNorm2d(ch_out),  # ※ batch norm, per channel (ch_out)
        )

    def forward(self, x):  # ※ x: [B, ch_in, H, W]
        # ※ 3×3 convolution → batch norm → ReLU → [B, ch_out, H, W]
        y = self.act(self.bn1(self.conv1(x)))
        # ※ 3×3 convolution → batch norm → [B, ch_out, H, W]
        y = self.bn2(self.conv2(y))
        # ※ returns: 1×1 convolution → batch norm
        # ※   → residual: adds the projected shortcut → ReLU → [B, ch_out, H, W]
        return self.act(y + self.shortcut(x))


# ※ Classifier: residual network (2 residual blocks) = 3×3 convolution
# ※   → residual block × 2 → global average pooling → flattens all but the batch
# ※   → linear layer
# ※ input [B, 3, H, W] → output [B, 10]; 290,058 parameters (with the defaults)
class Classifier(nn.Module):
    def __init__(self, num_classes=10):  # ※ builds stem, stage1, stage2, pool, head
        # ※ sets up nn.Module: only then are layers that are put on self registered
        super().__init__()
        # ※ 3×3 convolution, 3→32 channels, halves H and W
        self.stem = nn.Conv2d(3, 32, 3, stride=2, padding=1)
        # ※ residual block with a projected shortcut: [B, 32, ⌈H/2⌉, ⌈W/2⌉]
        # ※   → [B, 64, ⌈H/4⌉, ⌈W/4⌉]
        self.stage1 = ResidualBlock(32, 64, stride=2)
        # ※ residual block with a projected shortcut: [B, 64, ⌈H/4⌉, ⌈W/4⌉]
        # ※   → [B, 128, ⌈H/8⌉, ⌈W/8⌉]
        self.stage2 = ResidualBlock(64, 128, stride=2)
        # ※ global average pooling, averages each channel to one number
        self.pool = nn.AdaptiveAvgPool2d(1)
        # ※ linear layer, maps the last axis 128→10
        self.head = nn.Linear(128, num_classes)

    def forward(self, images):  # ※ images: [B, 3, H, W]
        # ※ 3×3 convolution, halves H and W → [B, 32, ⌈H/2⌉, ⌈W/2⌉]
        x = self.stem(images)
        # ※ residual block → residual block → [B, 128, ⌈H/8⌉, ⌈W/8⌉]
        x = self.stage2(self.stage1(x))
        # ※ global average pooling → flattens all but the batch → [B, 128]
        x = torch.flatten(self.pool(x), 1)
        # ※ returns: classifier head: logits of 10 classes → [B, 10]
        return self.head(x)
