from torch import nn


# ※ Generator：改变形状 →（4×4 转置卷积 → 批归一化 → ReLU）× 4 → 4×4 转置卷积 → tanh
# ※ 输入 [B, *] → 输出 [B, 3, 64, 64]；参数量 3,576,704（按默认参数）
class Generator(nn.Module):
    def __init__(self, latent=100, width=64, channels=3):  # ※ 构造函数：建立 net
        super().__init__()  # ※ 先初始化 nn.Module，之后赋给 self 的层与参数才会被登记
        self.net = nn.Sequential(  # ※ 顺序容器，依次执行 14 层
            # ※ 4×4 转置卷积，通道 100→512，高宽各加 3
            nn.ConvTranspose2d(latent, width * 8, 4, stride=1, padding=0, bias=False),
            nn.BatchNorm2d(width * 8),  # ※ 批归一化，逐通道（512 个）
            nn.ReLU(True),  # ※ ReLU：负数置零（原地）
            # ※ 4×4 转置卷积，通道 512→256，高宽加倍
            nn.ConvTranspose2d(width * 8, width * 4, 4, stride=2, padding=1, bias=False),
            nn.BatchNorm2d(width * 4),  # ※ 批归一化，逐通道（256 个）
            nn.ReLU(True),  # ※ ReLU：负数置零（原地）
            # ※ 4×4 转置卷积，通道 256→128，高宽加倍
            nn.ConvTranspose2d(width * 4, width * 2, 4, stride=2, padding=1, bias=False),
            nn.BatchNorm2d(width * 2),  # ※ 批归一化，逐通道（128 个）
            nn.ReLU(True),  # ※ ReLU：负数置零（原地）
            # ※ 4×4 转置卷积，通道 128→64，高宽加倍
            nn.ConvTranspose2d(width * 2, width, 4, stride=2, padding=1, bias=False),
            nn.BatchNorm2d(width),  # ※ 批归一化，逐通道（64 个）
            nn.ReLU(True),  # ※ ReLU：负数置零（原地）
            # ※ 4×4 转置卷积，通道 64→3，高宽加倍
            nn.ConvTranspose2d(width, channels, 4, stride=2, padding=1, bias=False),
            nn.Tanh(),  # ※ tanh：压缩到 −1–1
        )

    def forward(self, z):  # ※ z: [B, *]
        z = z.view(z.size(0), -1, 1, 1)  # ※ 改变形状：[B, *] → [B, 100, 1, 1]
        # ※ 返回：4×4 转置卷积，高宽各加 3 →（批归一化 → ReLU → 4×4 转置卷积，
        # ※   高宽加倍）× 4 → tanh → [B, 3, 64, 64]
        return self.net(z)


# ※ Discriminator：4×4 卷积 → Leaky ReLU →（4×4 卷积 → 批归一化 → Leaky ReLU）× 2
# ※   → 8×8 卷积 → 除批次外全部展平
# ※ 输入 [B, 3, H, W] → 输出 [B, (⌊H/8⌋ - 7)·(⌊W/8⌋ - 7)]；参数量 675,649（按默认参数）
class Discriminator(nn.Module):
    def __init__(self, width=64, channels=3):  # ※ 构造函数：建立 features、score
        super().__init__()  # ※ 先初始化 nn.Module，之后赋给 self 的层与参数才会被登记
        self.features = nn.Sequential(  # ※ 顺序容器，依次执行 8 层
            # ※ 4×4 卷积，通道 3→64，高宽减半
            nn.Conv2d(channels, width, 4, stride=2, padding=1),
            nn.LeakyReLU(0.2, inplace=True),  # ※ Leaky ReLU：负数乘以小斜率（原地）
            # ※ 4×4 卷积，通道 64→128，高宽减半
            nn.Conv2d(width, width * 2, 4, stride=2, padding=1, bias=False),
            nn.BatchNorm2d(width * 2),  # ※ 批归一化，逐通道（128 个）
            nn.LeakyReLU(0.2, inplace=True),  # ※ Leaky ReLU：负数乘以小斜率（原地）
            # ※ 4×4 卷积，通道 128→256，高宽减半
            nn.Conv2d(width * 2, width * 4, 4, stride=2, padding=1, bias=False),
            nn.BatchNorm2d(width * 4),  # ※ 批归一化，逐通道（256 个）
            nn.LeakyReLU(0.2, inplace=True),  # ※ Leaky ReLU：负数乘以小斜率（原地）
        )
        self.score = nn.Conv2d(width * 4, 1, 8)  # ※ 8×8 卷积，通道 256→1，高宽各减 7

    def forward(self, images):  # ※ images: [B, 3, H, W]，H、W 至少为 64
        # ※ 4×4 卷积，高宽减半 → Leaky ReLU →（4×4 卷积，高宽减半 → 批归一化
        # ※   → Leaky ReLU）× 2 → [B, 256, ⌊H/8⌋, ⌊W/8⌋]
        x = self.features(images)
        # ※ 返回：8×8 卷积，高宽各减 7 → 除批次外全部展平 → [B, (⌊H/8⌋ - 7)·(⌊W/8⌋ - 7)]
        return self.score(x).flatten(1)
