from torch import nn


class Generator(nn.Module):
    def __init__(self, latent=100, width=64, channels=3):
        super().__init__()
        self.net = nn.Sequential(
            nn.ConvTranspose2d(latent, width * 8, 4, stride=1, padding=0, bias=False),
            nn.BatchNorm2d(width * 8),
            nn.ReLU(True),
            nn.ConvTranspose2d(width * 8, width * 4, 4, stride=2, padding=1, bias=False),
            nn.BatchNorm2d(width * 4),
            nn.ReLU(True),
            nn.ConvTranspose2d(width * 4, width * 2, 4, stride=2, padding=1, bias=False),
            nn.BatchNorm2d(width * 2),
            nn.ReLU(True),
            nn.ConvTranspose2d(width * 2, width, 4, stride=2, padding=1, bias=False),
            nn.BatchNorm2d(width),
            nn.ReLU(True),
            nn.ConvTranspose2d(width, channels, 4, stride=2, padding=1, bias=False),
            nn.Tanh(),
        )

    def forward(self, z):  # ※ z: [B, *]
        z = z.view(z.size(0), -1, 1, 1)  # ※ [B, 100, 1, 1]
        return self.net(z)  # ※ [B, 3, 64, 64]


class Discriminator(nn.Module):
    def __init__(self, width=64, channels=3):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(channels, width, 4, stride=2, padding=1),
            nn.LeakyReLU(0.2, inplace=True),
            nn.Conv2d(width, width * 2, 4, stride=2, padding=1, bias=False),
            nn.BatchNorm2d(width * 2),
            nn.LeakyReLU(0.2, inplace=True),
            nn.Conv2d(width * 2, width * 4, 4, stride=2, padding=1, bias=False),
            nn.BatchNorm2d(width * 4),
            nn.LeakyReLU(0.2, inplace=True),
        )
        self.score = nn.Conv2d(width * 4, 1, 8)

    def forward(self, images):  # ※ images: [B, 3, H, W]
        x = self.features(images)  # ※ [B, 256, ⌊H/8⌋, ⌊W/8⌋]
        return self.score(x).flatten(1)  # ※ [B, (⌊H/8⌋ - 7)·(⌊W/8⌋ - 7)]
