import torch
from torch import nn


# ※ BasicBlock：残差块
# ※ 输入 [B, ch_in, H, W] → 输出 [B, ch_out, H, W]（按默认参数）
class BasicBlock(nn.Module):
    # ※ 构造函数：建立 conv1、bn1、conv2、bn2、relu、downsample
    # ※ 须给出 ch_in、ch_out，其余有默认值
    def __init__(self, ch_in, ch_out, stride=1):
        super().__init__()  # ※ 先初始化 nn.Module，之后赋给 self 的层与参数才会被登记
        # ※ 3×3 卷积，通道 ch_in→ch_out，高宽不变（stride=1 时）
        self.conv1 = nn.Conv2d(ch_in, ch_out, 3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(ch_out)  # ※ 批归一化，逐通道（ch_out 个）
        # ※ 3×3 卷积，通道 ch_out→ch_out，高宽不变
        self.conv2 = nn.Conv2d(ch_out, ch_out, 3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(ch_out)  # ※ 批归一化，逐通道（ch_out 个）
        self.relu = nn.ReLU(inplace=True)  # ※ ReLU：负数置零（原地）
        self.downsample = None  # ※ 先置为 None，下面可能再赋值
        # ※ 若 stride 不等于 1，或 ch_in 不等于 ch_out
        if stride != 1 or ch_in != ch_out:
            self.downsample = nn.Sequential(  # ※ 顺序容器，依次执行 2 层
                # ※ 1×1 卷积，逐像素混合通道 ch_in→ch_out
                nn.Conv2d(ch_in, ch_out, 1, stride=stride, bias=False),
                nn.BatchNorm2d(ch_out),  # ※ 批归一化，逐通道（ch_out 个）
            )

    def forward(self, x):  # ※ x: [B, ch_in, H, W]
        identity = x  # ※ 把 x 另记为 identity，后面再加回来（捷径支路）
        # ※ 3×3 卷积 → 批归一化 → ReLU → [B, ch_out, H, W]
        out = self.relu(self.bn1(self.conv1(x)))
        out = self.bn2(self.conv2(out))  # ※ 3×3 卷积 → 批归一化 → [B, ch_out, H, W]
        if self.downsample is not None:  # ※ 若 downsample 不是 None
            identity = self.downsample(x)  # ※ 1×1 卷积 → 批归一化 → [B, ch_out, H, W]
        # ※ 返回：残差连接：加上捷径支路 → ReLU → [B, ch_out, H, W]
        return self.relu(out + identity)


# ※ ResNet：残差网络（8 个残差块）= 7×7 卷积 → 批归一化 → ReLU → 3×3 最大池化
# ※   → 残差块 × 8 → 全局平均池化 → 除批次外全部展平 → 全连接
# ※ 输入 [B, 3, H, W] → 输出 [B, 1000]；参数量 11,689,512（按默认参数）
class ResNet(nn.Module):
    # ※ 构造函数：建立 7 个子层
    def __init__(self, depths=(2, 2, 2, 2), num_classes=1000):
        super().__init__()  # ※ 先初始化 nn.Module，之后赋给 self 的层与参数才会被登记
        self.channels = 64  # ※ 初值为 64，下面会改变，供 make_stage 使用
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

    def make_stage(self, channels, depth, stride):  # ※ 由 __init__ 调用
        # ※ 列表 blocks：BasicBlock
        blocks = [BasicBlock(self.channels, channels, stride)]
        self.channels = channels  # ※ 保存参数 channels，供下次调用 make_stage 时使用
        for _ in range(depth - 1):  # ※ 循环 depth - 1 次
            blocks.append(BasicBlock(channels, channels))  # ※ 加入 blocks：BasicBlock
        return nn.Sequential(*blocks)  # ※ 返回：顺序容器，依次执行其中各层

    def forward(self, images):  # ※ images: [B, 3, H, W]
        # ※ 7×7 卷积，高宽减半 → 批归一化 → ReLU → 3×3 最大池化，高宽减半
        # ※   → [B, 64, ⌈H/4⌉, ⌈W/4⌉]
        x = self.stem(images)
        x = self.stage1(x)  # ※ 残差块 × 2 → [B, 64, ⌈H/4⌉, ⌈W/4⌉]
        x = self.stage2(x)  # ※ 残差块 × 2 → [B, 128, ⌈H/8⌉, ⌈W/8⌉]
        x = self.stage3(x)  # ※ 残差块 × 2 → [B, 256, ⌈H/16⌉, ⌈W/16⌉]
        x = self.stage4(x)  # ※ 残差块 × 2 → [B, 512, ⌈H/32⌉, ⌈W/32⌉]
        # ※ 全局平均池化 → 除批次外全部展平 → [B, 512]
        x = torch.flatten(self.pool(x), 1)
        return self.fc(x)  # ※ 返回：分类头：1000 类的未归一化得分（logits）→ [B, 1000]
