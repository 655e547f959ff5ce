import torch
from torch import nn


# ※ BasicBlock：残差块
# ※ 输入 [B, ch_in, H, W] → 输出 [B, ch_out, H, W]（按默认参数）
class BasicBlock(nn.Module):
    def __init__(self, ch_in, ch_out, stride=1):
        super().__init__()
        # ※ 3×3 卷积，通道 ch_in→ch_out，高宽不变（stride=1 时）
        self.conv1 = nn.Conv2d(ch_in, ch_out, 3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(ch_out)  # ※ 批归一化，逐通道（ch_out 个）
        # ※ 3×3 卷积，通道 ch_out→ch_out，高宽不变
        self.conv2 = nn.Conv2d(ch_out, ch_out, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(ch_out)  # ※ 批归一化，逐通道（ch_out 个）
        self.relu = nn.ReLU(inplace=True)  # ※ ReLU：负数置零（原地）
        self.downsample = None
        if stride != 1 or ch_in != ch_out:
            self.downsample = nn.Sequential(  # ※ 顺序容器，依次执行 2 层
                # ※ 1×1 卷积，逐像素混合通道 ch_in→ch_out
                nn.Conv2d(ch_in, ch_out, 1, stride=stride, bias=False),
                nn.BatchNorm2d(ch_out),  # ※ 批归一化，逐通道（ch_out 个）
            )

    def forward(self, x):  # ※ x: [B, ch_in, H, W]
        identity = x
        # ※ 3×3 卷积 → 批归一化 → ReLU → [B, ch_out, H, W]
        out = self.relu(self.bn1(self.conv1(x)))
        out = self.bn2(self.conv2(out))  # ※ 3×3 卷积 → 批归一化
        if self.downsample is not None:
            identity = self.downsample(x)  # ※ 1×1 卷积 → 批归一化 → [B, ch_out, H, W]
        # ※ 残差连接：加上捷径支路 → ReLU → [B, ch_out, H, W]
        return self.relu(out + identity)


# ※ ResNet：残差网络（8 个残差块）= 7×7 卷积 → 批归一化 → ReLU → 3×3 最大池化
# ※   → 残差块 × 8 → 全局平均池化 → 除批次外全部展平 → 全连接
# ※ 输入 [B, 3, H, W] → 输出 [B, 1000]；参数量 11,689,512（按默认参数）
class ResNet(nn.Module):
    def __init__(self, depths=(2, 2, 2, 2), num_classes=1000):
        super().__init__()
        self.channels = 64
        self.stem = nn.Sequential(  # ※ 顺序容器，依次执行 4 层
            # ※ 7×7 卷积，通道 3→64，高宽减半
            nn.Conv2d(3, 64, 7, stride=2, padding=3, bias=False),
            nn.BatchNorm2d(64),  # ※ 批归一化，逐通道（64 个）
            nn.ReLU(inplace=True),  # ※ ReLU：负数置零（原地）
            nn.MaxPool2d(3, stride=2, padding=1),  # ※ 3×3 最大池化，高宽减半
        )
        # ※ 残差块 × 2：形状不变 [B, 64, ⌈H/4⌉, ⌈W/4⌉]
        self.stage1 = self.make_stage(64, depths[0], stride=1)
        # ※ 残差块 × 2：[B, 64, ⌈H/4⌉, ⌈W/4⌉] → [B, 128, ⌈H/8⌉, ⌈W/8⌉]
        self.stage2 = self.make_stage(128, depths[1], stride=2)
        # ※ 残差块 × 2：[B, 128, ⌈H/8⌉, ⌈W/8⌉] → [B, 256, ⌈H/16⌉, ⌈W/16⌉]
        self.stage3 = self.make_stage(256, depths[2], stride=2)
        # ※ 残差块 × 2：[B, 256, ⌈H/16⌉, ⌈W/16⌉] → [B, 512, ⌈H/32⌉, ⌈W/32⌉]
        self.stage4 = self.make_stage(512, depths[3], stride=2)
        # ※ 全局平均池化，每个通道取平均，得到一个数
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.fc = nn.Linear(512, num_classes)  # ※ 全连接，最后一维 512→1000

    def make_stage(self, channels, depth, stride):
        blocks = [BasicBlock(self.channels, channels, stride)]
        self.channels = channels
        for _ in range(depth - 1):
            blocks.append(BasicBlock(channels, channels))
        return nn.Sequential(*blocks)

    def forward(self, images):  # ※ images: [B, 3, H, W]
        # ※ 7×7 卷积，高宽减半 → 批归一化 → ReLU → 3×3 最大池化，高宽减半
        # ※   → [B, 64, ⌈H/4⌉, ⌈W/4⌉]
        x = self.stem(images)
        x = self.stage1(x)  # ※ 残差块 × 2
        x = self.stage2(x)  # ※ 残差块 × 2 → [B, 128, ⌈H/8⌉, ⌈W/8⌉]
        x = self.stage3(x)  # ※ 残差块 × 2 → [B, 256, ⌈H/16⌉, ⌈W/16⌉]
        x = self.stage4(x)  # ※ 残差块 × 2 → [B, 512, ⌈H/32⌉, ⌈W/32⌉]
        # ※ 全局平均池化 → 除批次外全部展平 → [B, 512]
        x = torch.flatten(self.pool(x), 1)
        return self.fc(x)  # ※ 分类头：1000 类的未归一化得分（logits）→ [B, 1000]
