from torch import nn


# ※ Generator：改变形状 →（4×4 转置卷积 → 批归一化 → ReLU）× 4 → 4×4 转置卷积 → tanh
# ※ Generator: reshapes → (4×4 transposed convolution → batch norm → ReLU) × 4
# ※   → 4×4 transposed convolution → tanh
# ※ 输入 [B, *] → 输出 [B, 3, 64, 64]；参数量 3,576,704（按默认参数）
# ※ input [B, *] → output [B, 3, 64, 64]; 3,576,704 parameters (with the defaults)
class Generator(nn.Module):
    # ※ 构造函数：建立 net / builds net
    def __init__(self, latent=100, width=64, channels=3):
        # ※ 先初始化 nn.Module，之后赋给 self 的层与参数才会被登记
        # ※ sets up nn.Module: only then are layers that are put on self registered
        super().__init__()
        # ※ 顺序容器，依次执行 14 层 / container: runs its 14 layers in order
        self.net = nn.Sequential(
            # ※ 4×4 转置卷积，通道 100→512，高宽各加 3
            # ※ 4×4 transposed convolution, 100→512 channels, adds 3 to H and W
            nn.ConvTranspose2d(latent, width * 8, 4, stride=1, padding=0, bias=False),
            # ※ 批归一化，逐通道（512 个） / batch norm, per channel (512)
            nn.BatchNorm2d(width * 8),
            # ※ ReLU：负数置零（原地） / ReLU, zeroes negative values (in place)
            nn.ReLU(True),
            # ※ 4×4 转置卷积，通道 512→256，高宽加倍
            # ※ 4×4 transposed convolution, 512→256 channels, doubles H and W
            nn.ConvTranspose2d(width * 8, width * 4, 4, stride=2, padding=1, bias=False),
            # ※ 批归一化，逐通道（256 个） / batch norm, per channel (256)
            nn.BatchNorm2d(width * 4),
            # ※ ReLU：负数置零（原地） / ReLU, zeroes negative values (in place)
            nn.ReLU(True),
            # ※ 4×4 转置卷积，通道 256→128，高宽加倍
            # ※ 4×4 transposed convolution, 256→128 channels, doubles H and W
            nn.ConvTranspose2d(width * 4, width * 2, 4, stride=2, padding=1, bias=False),
            # ※ 批归一化，逐通道（128 个） / batch norm, per channel (128)
            nn.BatchNorm2d(width * 2),
            # ※ ReLU：负数置零（原地） / ReLU, zeroes negative values (in place)
            nn.ReLU(True),
            # ※ 4×4 转置卷积，通道 128→64，高宽加倍
            # ※ 4×4 transposed convolution, 128→64 channels, doubles H and W
            nn.ConvTranspose2d(width * 2, width, 4, stride=2, padding=1, bias=False),
            # ※ 批归一化，逐通道（64 个） / batch norm, per channel (64)
            nn.BatchNorm2d(width),
            # ※ ReLU：负数置零（原地） / ReLU, zeroes negative values (in place)
            nn.ReLU(True),
            # ※ 4×4 转置卷积，通道 64→3，高宽加倍
            # ※ 4×4 transposed convolution, 64→3 channels, doubles H and W
            nn.ConvTranspose2d(width, channels, 4, stride=2, padding=1, bias=False),
            nn.Tanh(),  # ※ tanh：压缩到 −1–1 / tanh, squashes to −1–1
        )

    def forward(self, z):  # ※ z: [B, *]
        # ※ 改变形状：[B, *] → [B, 100, 1, 1] / reshapes: [B, *] → [B, 100, 1, 1]
        z = z.view(z.size(0), -1, 1, 1)
        # ※ 返回：4×4 转置卷积，高宽各加 3 →（批归一化 → ReLU → 4×4 转置卷积，
        # ※   高宽加倍）× 4 → tanh → [B, 3, 64, 64]
        # ※ returns: 4×4 transposed convolution, adds 3 to H and W → (batch norm → ReLU
        # ※   → 4×4 transposed convolution, doubles H and W) × 4 → tanh → [B, 3, 64, 64]
        return self.net(z)


# ※ Discriminator：4×4 卷积 → Leaky ReLU →（4×4 卷积 → 批归一化 → Leaky ReLU）× 2
# ※   → 8×8 卷积 → 除批次外全部展平
# ※ Discriminator: 4×4 convolution → Leaky ReLU → (4×4 convolution → batch norm
# ※   → Leaky ReLU) × 2 → 8×8 convolution → flattens all but the batch
# ※ 输入 [B, 3, H, W] → 输出 [B, (⌊H/8⌋ - 7)·(⌊W/8⌋ - 7)]；参数量 675,649（按默认参数）
# ※ input [B, 3, H, W] → output [B, (⌊H/8⌋ - 7)·(⌊W/8⌋ - 7)]
# ※ 675,649 parameters (with the defaults)
class Discriminator(nn.Module):
    # ※ 构造函数：建立 features、score / builds features, score
    def __init__(self, width=64, channels=3):
        # ※ 先初始化 nn.Module，之后赋给 self 的层与参数才会被登记
        # ※ sets up nn.Module: only then are layers that are put on self registered
        super().__init__()
        # ※ 顺序容器，依次执行 8 层 / container: runs its 8 layers in order
        self.features = nn.Sequential(
            # ※ 4×4 卷积，通道 3→64，高宽减半
            # ※ 4×4 convolution, 3→64 channels, halves H and W
            nn.Conv2d(channels, width, 4, stride=2, padding=1),
            # ※ Leaky ReLU：负数乘以小斜率（原地）
            # ※ Leaky ReLU, scales negative values down (in place)
            nn.LeakyReLU(0.2, inplace=True),
            # ※ 4×4 卷积，通道 64→128，高宽减半
            # ※ 4×4 convolution, 64→128 channels, halves H and W
            nn.Conv2d(width, width * 2, 4, stride=2, padding=1, bias=False),
            # ※ 批归一化，逐通道（128 个） / batch norm, per channel (128)
            nn.BatchNorm2d(width * 2),
            # ※ Leaky ReLU：负数乘以小斜率（原地）
            # ※ Leaky ReLU, scales negative values down (in place)
            nn.LeakyReLU(0.2, inplace=True),
            # ※ 4×4 卷积，通道 128→256，高宽减半
            # ※ 4×4 convolution, 128→256 channels, halves H and W
            nn.Conv2d(width * 2, width * 4, 4, stride=2, padding=1, bias=False),
            # ※ 批归一化，逐通道（256 个） / batch norm, per channel (256)
            nn.BatchNorm2d(width * 4),
            # ※ Leaky ReLU：负数乘以小斜率（原地）
            # ※ Leaky ReLU, scales negative values down (in place)
            nn.LeakyReLU(0.2, inplace=True),
        )
        # ※ 8×8 卷积，通道 256→1，高宽各减 7
        # ※ 8×8 convolution, 256→1 channels, takes 7 off H and W
        self.score = nn.Conv2d(width * 4, 1, 8)

    # ※ images: [B, 3, H, W]，H、W 至少为 64
    # ※ images: [B, 3, H, W]; H and W must be at least 64
    def forward(self, images):
        # ※ 4×4 卷积，高宽减半 → Leaky ReLU →（4×4 卷积，高宽减半 → 批归一化
        # ※   → Leaky ReLU）× 2 → [B, 256, ⌊H/8⌋, ⌊W/8⌋]
        # ※ 4×4 convolution, halves H and W → Leaky ReLU
        # ※   → (4×4 convolution, halves H and W → batch norm → Leaky ReLU) × 2
        # ※   → [B, 256, ⌊H/8⌋, ⌊W/8⌋]
        x = self.features(images)
        # ※ 返回：8×8 卷积，高宽各减 7 → 除批次外全部展平 → [B, (⌊H/8⌋ - 7)·(⌊W/8⌋ - 7)]
        # ※ returns: 8×8 convolution, takes 7 off H and W → flattens all but the batch
        # ※   → [B, (⌊H/8⌋ - 7)·(⌊W/8⌋ - 7)]
        return self.score(x).flatten(1)
