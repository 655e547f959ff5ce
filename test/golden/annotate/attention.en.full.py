import torch
from torch import nn


# ※ SqueezeExcitation: channel attention (squeeze-and-excitation) =
# ※   (global average pooling → flattens all but the batch → linear layer → ReLU
# ※   → linear layer → sigmoid → adds axes of size 1 to broadcast) × its input
# ※ input [b, channels, H, W] → output [b, channels, H, W]
# ※ 2·⌊channels/16⌋·channels + channels + ⌊channels/16⌋ parameters (with the defaults)
class SqueezeExcitation(nn.Module):
    # ※ builds pool, fc; needs channels (the rest have defaults)
    def __init__(self, channels, reduction=16):
        # ※ sets up nn.Module: only then are layers that are put on self registered
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
        b, c, _, _ = x.shape  # ※ reads the sizes of x: c = channels
        # ※ global average pooling → flattens all but the batch → [b, channels]
        weights = self.pool(x).view(b, c)
        # ※ linear layer → ReLU → linear layer → sigmoid
        # ※   → adds axes of size 1 to broadcast → [b, channels, 1, 1]
        weights = self.fc(weights).view(b, c, 1, 1)
        return x * weights  # ※ returns: weights every channel → [b, channels, H, W]


# ※ ChannelAttention: channel attention from mean and maximum = (mean over H and W
# ※   → 1×1 convolution → ReLU → 1×1 convolution) + (maximum over H and W
# ※   → 1×1 convolution → ReLU → 1×1 convolution) → sigmoid
# ※ input [B, channels, H, W] → output [B, channels, 1, 1]
# ※ 2·⌊channels/16⌋·channels parameters (with the defaults)
class ChannelAttention(nn.Module):
    # ※ builds mlp; needs channels (the rest have defaults)
    def __init__(self, channels, reduction=16):
        # ※ sets up nn.Module: only then are layers that are put on self registered
        super().__init__()
        self.mlp = nn.Sequential(  # ※ container: runs its 3 layers in order
            # ※ 1×1 convolution, mixes channels→⌊channels/16⌋ channels at every place
            nn.Conv2d(channels, channels // reduction, 1, bias=False),
            nn.ReLU(inplace=True),  # ※ ReLU, zeroes negative values (in place)
            # ※ 1×1 convolution, mixes ⌊channels/16⌋→channels channels at every place
            nn.Conv2d(channels // reduction, channels, 1, bias=False),
        )

    def forward(self, x):  # ※ x: [B, channels, H, W]
        # ※ mean over H and W → 1×1 convolution → ReLU → 1×1 convolution
        # ※   → [B, channels, 1, 1]
        average = self.mlp(x.mean(dim=(2, 3), keepdim=True))
        # ※ maximum over H and W → 1×1 convolution → ReLU → 1×1 convolution
        # ※   → [B, channels, 1, 1]
        largest = self.mlp(x.amax(dim=(2, 3), keepdim=True))
        # ※ returns: adds element-wise → sigmoid: a weight of 0–1 for every channel
        # ※   → [B, channels, 1, 1]
        return torch.sigmoid(average + largest)


# ※ SpatialAttention: spatial attention
# ※ input [B, C, H, W] → output [B, 1, H, W]; 98 parameters (with the defaults)
class SpatialAttention(nn.Module):
    def __init__(self, kernel_size=7):  # ※ builds conv
        # ※ sets up nn.Module: only then are layers that are put on self registered
        super().__init__()
        # ※ 7×7 convolution, 2→1 channels, keeps H and W (kernel_size=7)
        self.conv = nn.Conv2d(2, 1, kernel_size, padding=kernel_size // 2, bias=False)

    def forward(self, x):  # ※ x: [B, C, H, W]
        average = x.mean(dim=1, keepdim=True)  # ※ mean over the channels → [B, 1, H, W]
        # ※ maximum over the channels → [B, 1, H, W]
        largest = x.amax(dim=1, keepdim=True)
        # ※ concatenates along the channels → [B, 2, H, W]
        maps = torch.cat([average, largest], dim=1)
        # ※ returns: 7×7 convolution → sigmoid: a weight of 0–1 for every place
        # ※   → [B, 1, H, W]
        return torch.sigmoid(self.conv(maps))


# ※ CBAM: channel attention, then spatial attention = channel attention × its input
# ※   → spatial attention × its input
# ※ input [B, channels, H, W] → output [B, channels, H, W]
# ※ 2·⌊channels/16⌋·channels + 98 parameters (with the defaults)
class CBAM(nn.Module):
    # ※ builds channel, spatial; needs channels (the rest have defaults)
    def __init__(self, channels, reduction=16, kernel_size=7):
        # ※ sets up nn.Module: only then are layers that are put on self registered
        super().__init__()
        # ※ channel attention from mean and maximum: [B, channels, H, W]
        # ※   → [B, channels, 1, 1]
        self.channel = ChannelAttention(channels, reduction)
        # ※ spatial attention: [B, channels, H, W] → [B, 1, H, W]
        self.spatial = SpatialAttention(kernel_size)

    def forward(self, x):  # ※ x: [B, channels, H, W]
        # ※ channel attention → weights every channel → [B, channels, H, W]
        x = x * self.channel(x)
        # ※ returns: spatial attention → weights every place → [B, channels, H, W]
        return x * self.spatial(x)
