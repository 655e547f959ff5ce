import torch
from torch import nn


# ※ SqueezeExcitation: (global average pooling → flattens all but the batch
# ※   → linear layer → ReLU → linear layer → sigmoid → reshapes) × its input
# ※ input [b, channels, H, W] → output [b, channels, H, W]
# ※ 2·⌊channels/16⌋·channels + ⌊17·channels/16⌋ parameters (with the defaults)
class SqueezeExcitation(nn.Module):
    def __init__(self, channels, reduction=16):
        super().__init__()
        hidden = channels // reduction  # ※ hidden = ⌊channels/16⌋
        # ※ global average pooling, averages each channel to one number
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Sequential(  # ※ container: runs its 4 layers in order
            # ※ linear layer, maps the last axis channels→hidden
            nn.Linear(channels, hidden),
            nn.ReLU(inplace=True),  # ※ ReLU, zeroes negative values (in place)
            # ※ linear layer, maps the last axis hidden→channels
            nn.Linear(hidden, channels),
            nn.Sigmoid(),  # ※ sigmoid, squashes to 0–1
        )

    def forward(self, x):  # ※ x: [b, channels, H, W]
        b, c, _, _ = x.shape  # ※ c = channels
        # ※ global average pooling → flattens all but the batch → [b, channels]
        weights = self.pool(x).view(b, c)
        # ※ linear layer → ReLU → linear layer → sigmoid → reshapes
        # ※   → [b, channels, 1, 1]
        weights = self.fc(weights).view(b, c, 1, 1)
        return x * weights  # ※ multiplies with broadcasting → [b, channels, H, W]


# ※ 2·⌊channels/16⌋·channels parameters (with the defaults)
class ChannelAttention(nn.Module):
    def __init__(self, channels, reduction=16):
        super().__init__()
        self.mlp = nn.Sequential(  # ※ container: runs its 3 layers in order
            # ※ 1×1 convolution, mixes channels→⌊channels/16⌋ channels at every place
            nn.Conv2d(channels, channels // reduction, 1, bias=False),
            nn.ReLU(inplace=True),  # ※ ReLU, zeroes negative values (in place)
            # ※ 1×1 convolution, mixes ⌊channels/16⌋→channels channels at every place
            nn.Conv2d(channels // reduction, channels, 1, bias=False),
        )

    def forward(self, x):
        # ※ 1×1 convolution → ReLU → 1×1 convolution
        average = self.mlp(x.mean(dim=(2, 3), keepdim=True))
        # ※ 1×1 convolution → ReLU → 1×1 convolution
        largest = self.mlp(x.amax(dim=(2, 3), keepdim=True))
        return torch.sigmoid(average + largest)  # ※ adds element-wise → sigmoid


# ※ 98 parameters (with the defaults)
class SpatialAttention(nn.Module):
    def __init__(self, kernel_size=7):
        super().__init__()
        # ※ 7×7 convolution, 2→1 channels, keeps H and W
        self.conv = nn.Conv2d(2, 1, kernel_size, padding=kernel_size // 2, bias=False)

    def forward(self, x):
        average = x.mean(dim=1, keepdim=True)  # ※ mean over axis 1
        largest = x.amax(dim=1, keepdim=True)  # ※ maximum over axis 1
        maps = torch.cat([average, largest], dim=1)  # ※ concatenates along axis 1
        return torch.sigmoid(self.conv(maps))  # ※ 7×7 convolution → sigmoid


# ※ CBAM: ChannelAttention × its input → SpatialAttention × its input
# ※ 2·⌊channels/16⌋·channels + 98 parameters (with the defaults)
class CBAM(nn.Module):
    def __init__(self, channels, reduction=16, kernel_size=7):
        super().__init__()
        self.channel = ChannelAttention(channels, reduction)
        self.spatial = SpatialAttention(kernel_size)

    def forward(self, x):
        x = x * self.channel(x)
        return x * self.spatial(x)
