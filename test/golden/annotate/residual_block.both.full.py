import torch
from torch import nn


# ※ ResidualBlock：残差块（捷径支路带投影）=（3×3 卷积 → 批归一化 → ReLU → 3×3 卷积
# ※   → 批归一化）+（1×1 卷积 → 批归一化）→ ReLU
# ※ ResidualBlock: residual block with a projected shortcut = (3×3 convolution
# ※   → batch norm → ReLU → 3×3 convolution → batch norm) + (1×1 convolution
# ※   → batch norm) → ReLU
# ※ 输入 [B, ch_in, H, W] → 输出 [B, ch_out, H, W]
# ※ 参数量 10·ch_out·ch_in + 9·ch_out² + 6·ch_out（按默认参数）
# ※ input [B, ch_in, H, W] → output [B, ch_out, H, W]
# ※ 10·ch_out·ch_in + 9·ch_out² + 6·ch_out parameters (with the defaults)
class ResidualBlock(nn.Module):
    # ※ 构造函数：建立 conv1、bn1、conv2、bn2、act、shortcut
    # ※ 须给出 ch_in、ch_out，其余有默认值
    # ※ builds conv1, bn1, conv2, bn2, act, shortcut
    # ※ needs ch_in, ch_out (the rest have defaults)
    def __init__(self, ch_in, ch_out, stride=1):
        # ※ 先初始化 nn.Module，之后赋给 self 的层与参数才会被登记
        # ※ sets up nn.Module: only then are layers that are put on self registered
        super().__init__()
        # ※ 3×3 卷积，通道 ch_in→ch_out，高宽不变（stride=1 时）
        # ※ 3×3 convolution, ch_in→ch_out channels, keeps H and W (stride=1)
        self.conv1 = nn.Conv2d(ch_in, ch_out, 3, stride=stride, padding=1, bias=False)
        # ※ 批归一化，逐通道（ch_out 个） / batch norm, per channel (ch_out)
        self.bn1 = nn.BatchNorm2d(ch_out)
        # ※ 3×3 卷积，通道 ch_out→ch_out，高宽不变
        # ※ 3×3 convolution, ch_out→ch_out channels, keeps H and W
        self.conv2 = nn.Conv2d(ch_out, ch_out, 3, padding=1, bias=False)
        # ※ 批归一化，逐通道（ch_out 个） / batch norm, per channel (ch_out)
        self.bn2 = nn.BatchNorm2d(ch_out)
        # ※ ReLU：负数置零（原地） / ReLU, zeroes negative values (in place)
        self.act = nn.ReLU(inplace=True)
        # ※ 顺序容器，依次执行 2 层 / container: runs its 2 layers in order
        self.shortcut = nn.Sequential(
            # ※ 1×1 卷积，逐像素混合通道 ch_in→ch_out
            # ※ 1×1 convolution, mixes ch_in→ch_out channels at every place
            nn.Conv2d(ch_in, ch_out, 1, stride=stride, bias=False),
            # ※ 批归一化，逐通道（ch_out 个） / batch norm, per channel (ch_out)
            nn.BatchNorm2d(ch_out),
        )

    def forward(self, x):  # ※ x: [B, ch_in, H, W]
        # ※ 3×3 卷积 → 批归一化 → ReLU → [B, ch_out, H, W]
        # ※ 3×3 convolution → batch norm → ReLU → [B, ch_out, H, W]
        y = self.act(self.bn1(self.conv1(x)))
        # ※ 3×3 卷积 → 批归一化 → [B, ch_out, H, W]
        # ※ 3×3 convolution → batch norm → [B, ch_out, H, W]
        y = self.bn2(self.conv2(y))
        # ※ 返回：1×1 卷积 → 批归一化 → 残差连接：加上捷径支路 → ReLU
        # ※   → [B, ch_out, H, W]
        # ※ returns: 1×1 convolution → batch norm
        # ※   → residual: adds the projected shortcut → ReLU → [B, ch_out, H, W]
        return self.act(y + self.shortcut(x))


# ※ Classifier：残差网络（2 个残差块）= 3×3 卷积 → 残差块 × 2 → 全局平均池化
# ※   → 除批次外全部展平 → 全连接
# ※ Classifier: residual network (2 residual blocks) = 3×3 convolution
# ※   → residual block × 2 → global average pooling → flattens all but the batch
# ※   → linear layer
# ※ 输入 [B, 3, H, W] → 输出 [B, 10]；参数量 290,058（按默认参数）
# ※ input [B, 3, H, W] → output [B, 10]; 290,058 parameters (with the defaults)
class Classifier(nn.Module):
    # ※ 构造函数：建立 stem、stage1、stage2、pool、head
    # ※ builds stem, stage1, stage2, pool, head
    def __init__(self, num_classes=10):
        # ※ 先初始化 nn.Module，之后赋给 self 的层与参数才会被登记
        # ※ sets up nn.Module: only then are layers that are put on self registered
        super().__init__()
        # ※ 3×3 卷积，通道 3→32，高宽减半
        # ※ 3×3 convolution, 3→32 channels, halves H and W
        self.stem = nn.Conv2d(3, 32, 3, stride=2, padding=1)
        # ※ 残差块（捷径支路带投影）：[B, 32, ⌈H/2⌉, ⌈W/2⌉] → [B, 64, ⌈H/4⌉, ⌈W/4⌉]
        # ※ residual block with a projected shortcut: [B, 32, ⌈H/2⌉, ⌈W/2⌉]
        # ※   → [B, 64, ⌈H/4⌉, ⌈W/4⌉]
        self.stage1 = ResidualBlock(32, 64, stride=2)
        # ※ 残差块（捷径支路带投影）：[B, 64, ⌈H/4⌉, ⌈W/4⌉] → [B, 128, ⌈H/8⌉, ⌈W/8⌉]
        # ※ residual block with a projected shortcut: [B, 64, ⌈H/4⌉, ⌈W/4⌉]
        # ※   → [B, 128, ⌈H/8⌉, ⌈W/8⌉]
        self.stage2 = ResidualBlock(64, 128, stride=2)
        # ※ 全局平均池化，每个通道取平均，得到一个数
        # ※ global average pooling, averages each channel to one number
        self.pool = nn.AdaptiveAvgPool2d(1)
        # ※ 全连接，最后一维 128→10 / linear layer, maps the last axis 128→10
        self.head = nn.Linear(128, num_classes)

    def forward(self, images):  # ※ images: [B, 3, H, W]
        # ※ 3×3 卷积，高宽减半 → [B, 32, ⌈H/2⌉, ⌈W/2⌉]
        # ※ 3×3 convolution, halves H and W → [B, 32, ⌈H/2⌉, ⌈W/2⌉]
        x = self.stem(images)
        # ※ 残差块 → 残差块 → [B, 128, ⌈H/8⌉, ⌈W/8⌉]
        # ※ residual block → residual block → [B, 128, ⌈H/8⌉, ⌈W/8⌉]
        x = self.stage2(self.stage1(x))
        # ※ 全局平均池化 → 除批次外全部展平 → [B, 128]
        # ※ global average pooling → flattens all but the batch → [B, 128]
        x = torch.flatten(self.pool(x), 1)
        # ※ 返回：分类头：10 类的未归一化得分（logits）→ [B, 10]
        # ※ returns: classifier head: logits of 10 classes → [B, 10]
        return self.head(x)
