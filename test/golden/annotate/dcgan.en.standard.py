from torch import nn


# ※ Generator: reshapes → (4×4 transposed convolution → batch norm → ReLU) × 4
# ※   → 4×4 transposed convolution → tanh
# ※ input [B, *] → output [B, 3, 64, 64]; 3,576,704 parameters (with the defaults)
class Generator(nn.Module):
    def __init__(self, latent=100, width=64, channels=3):
        super().__init__()
        self.net = nn.Sequential(  # ※ container: runs its 14 layers in order
            # ※ 4×4 transposed convolution, 100→512 channels, adds 3 to H and W
            nn.ConvTranspose2d(latent, width * 8, 4, stride=1, padding=0, bias=False),
            nn.BatchNorm2d(width * 8),  # ※ batch norm, per channel (512)
            nn.ReLU(True),  # ※ ReLU, zeroes negative values (in place)
            # ※ 4×4 transposed convolution, 512→256 channels, doubles H and W
            nn.ConvTranspose2d(width * 8, width * 4, 4, stride=2, padding=1, bias=False),
            nn.BatchNorm2d(width * 4),  # ※ batch norm, per channel (256)
            nn.ReLU(True),  # ※ ReLU, zeroes negative values (in place)
            # ※ 4×4 transposed convolution, 256→128 channels, doubles H and W
            nn.ConvTranspose2d(width * 4, width * 2, 4, stride=2, padding=1, bias=False),
            nn.BatchNorm2d(width * 2),  # ※ batch norm, per channel (128)
            nn.ReLU(True),  # ※ ReLU, zeroes negative values (in place)
            # ※ 4×4 transposed convolution, 128→64 channels, doubles H and W
            nn.ConvTranspose2d(width * 2, width, 4, stride=2, padding=1, bias=False),
            nn.BatchNorm2d(width),  # ※ batch norm, per channel (64)
            nn.ReLU(True),  # ※ ReLU, zeroes negative values (in place)
            # ※ 4×4 transposed convolution, 64→3 channels, doubles H and W
            nn.ConvTranspose2d(width, channels, 4, stride=2, padding=1, bias=False),
            nn.Tanh(),  # ※ tanh, squashes to −1–1
        )

    def forward(self, z):  # ※ z: [B, *]
        z = z.view(z.size(0), -1, 1, 1)  # ※ reshapes: [B, *] → [B, 100, 1, 1]
        # ※ 4×4 transposed convolution, adds 3 to H and W → (batch norm → ReLU
        # ※   → 4×4 transposed convolution, doubles H and W) × 4 → tanh → [B, 3, 64, 64]
        return self.net(z)


# ※ Discriminator: 4×4 convolution → Leaky ReLU → (4×4 convolution → batch norm
# ※   → Leaky ReLU) × 2 → 8×8 convolution → flattens all but the batch
# ※ input [B, 3, H, W] → output [B, (⌊H/8⌋ - 7)·(⌊W/8⌋ - 7)]
# ※ 675,649 parameters (with the defaults)
class Discriminator(nn.Module):
    def __init__(self, width=64, channels=3):
        super().__init__()
        self.features = nn.Sequential(  # ※ container: runs its 8 layers in order
            # ※ 4×4 convolution, 3→64 channels, halves H and W
            nn.Conv2d(channels, width, 4, stride=2, padding=1),
            # ※ Leaky ReLU, scales negative values down (in place)
            nn.LeakyReLU(0.2, inplace=True),
            # ※ 4×4 convolution, 64→128 channels, halves H and W
            nn.Conv2d(width, width * 2, 4, stride=2, padding=1, bias=False),
            nn.BatchNorm2d(width * 2),  # ※ batch norm, per channel (128)
            # ※ Leaky ReLU, scales negative values down (in place)
            nn.LeakyReLU(0.2, inplace=True),
            # ※ 4×4 convolution, 128→256 channels, halves H and W
            nn.Conv2d(width * 2, width * 4, 4, stride=2, padding=1, bias=False),
            nn.BatchNorm2d(width * 4),  # ※ batch norm, per channel (256)
            # ※ Leaky ReLU, scales negative values down (in place)
            nn.LeakyReLU(0.2, inplace=True),
        )
        # ※ 8×8 convolution, 256→1 channels, takes 7 off H and W
        self.score = nn.Conv2d(width * 4, 1, 8)

    def forward(self, images):  # ※ images: [B, 3, H, W]; H and W must be at least 64
        # ※ 4×4 convolution, halves H and W → Leaky ReLU
        # ※   → (4×4 convolution, halves H and W → batch norm → Leaky ReLU) × 2
        # ※   → [B, 256, ⌊H/8⌋, ⌊W/8⌋]
        x = self.features(images)
        # ※ 8×8 convolution, takes 7 off H and W → flattens all but the batch
        # ※   → [B, (⌊H/8⌋ - 7)·(⌊W/8⌋ - 7)]
        return self.score(x).flatten(1)
