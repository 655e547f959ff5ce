import torch
from torch import nn


# ※ BasicBlock：残差块 / BasicBlock: residual block
# ※ 输入 [B, ch_in, H, W] → 输出 [B, ch_out, H, W]（按默认参数）
# ※ input [B, ch_in, H, W] → output [B, ch_out, H, W] (with the defaults)
class BasicBlock(nn.Module):
    # ※ 构造函数：建立 conv1、bn1、conv2、bn2、relu、downsample
    # ※ 须给出 ch_in、ch_out，其余有默认值
    # ※ builds conv1, bn1, conv2, bn2, relu, downsample
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
        self.relu = nn.ReLU(inplace=True)
        # ※ 先置为 None，下面可能再赋值 / None at first, may be set below
        self.downsample = None
        # ※ 若 stride 不等于 1，或 ch_in 不等于 ch_out
        # ※ if stride differs from 1 or ch_in differs from ch_out
        if stride != 1 or ch_in != ch_out:
            # ※ 顺序容器，依次执行 2 层 / container: runs its 2 layers in order
            self.downsample = nn.Sequential(
                # ※ 1×1 卷积，逐像素混合通道 ch_in→ch_out
                # ※ 1×1 convolution, mixes ch_in→ch_out channels at every place
                nn.Conv2d(ch_in, ch_out, 1, stride=stride, bias=False),
                # ※ 批归一化，逐通道（ch_out 个） / batch norm, per channel (ch_out)
                nn.BatchNorm2d(ch_out),
            )

    def forward(self, x):  # ※ x: [B, ch_in, H, W]
        # ※ 把 x 另记为 identity，后面再加回来（捷径支路）
        # ※ remembers x as identity, to be added back below
        identity = x
        # ※ 3×3 卷积 → 批归一化 → ReLU → [B, ch_out, H, W]
        # ※ 3×3 convolution → batch norm → ReLU → [B, ch_out, H, W]
        out = self.relu(self.bn1(self.conv1(x)))
        # ※ 3×3 卷积 → 批归一化 → [B, ch_out, H, W]
        # ※ 3×3 convolution → batch norm → [B, ch_out, H, W]
        out = self.bn2(self.conv2(out))
        # ※ 若 downsample 不是 None / if downsample is not None
        if self.downsample is not None:
            # ※ 1×1 卷积 → 批归一化 → [B, ch_out, H, W]
            # ※ 1×1 convolution → batch norm → [B, ch_out, H, W]
            identity = self.downsample(x)
        # ※ 返回：残差连接：加上捷径支路 → ReLU → [B, ch_out, H, W]
        # ※ returns: residual: adds the shortcut → ReLU → [B, ch_out, H, W]
        return self.relu(out + identity)


# ※ ResNet：残差网络（8 个残差块）= 7×7 卷积 → 批归一化 → ReLU → 3×3 最大池化
# ※   → 残差块 × 8 → 全局平均池化 → 除批次外全部展平 → 全连接
# ※ ResNet: residual network (8 residual blocks) = 7×7 convolution → batch norm → ReLU
# ※   → 3×3 max pooling → residual block × 8 → global average pooling
# ※   → flattens all but the batch → linear layer
# ※ 输入 [B, 3, H, W] → 输出 [B, 1000]；参数量 11,689,512（按默认参数）
# ※ input [B, 3, H, W] → output [B, 1000]; 11,689,512 parameters (with the defaults)
class ResNet(nn.Module):
    # ※ 构造函数：建立 7 个子层 / builds 7 layers
    def __init__(self, depths=(2, 2, 2, 2), num_classes=1000):
        # ※ 先初始化 nn.Module，之后赋给 self 的层与参数才会被登记
        # ※ sets up nn.Module: only then are layers that are put on self registered
        super().__init__()
        # ※ 初值为 64，下面会改变，供 make_stage 使用
        # ※ starts at 64 and changes below, used in make_stage
        self.channels = 64
        # ※ 顺序容器，依次执行 4 层 / container: runs its 4 layers in order
        self.stem = nn.Sequential(
            # ※ 7×7 卷积，通道 3→64，高宽减半
            # ※ 7×7 convolution, 3→64 channels, halves H and W
            nn.Conv2d(3, 64, 7, stride=2, padding=3, bias=False),
            # ※ 批归一化，逐通道（64 个） / batch norm, per channel (64)
            nn.BatchNorm2d(64),
            # ※ ReLU：负数置零（原地） / ReLU, zeroes negative values (in place)
            nn.ReLU(inplace=True),
            # ※ 3×3 最大池化，高宽减半 / 3×3 max pooling, halves H and W
            nn.MaxPool2d(3, stride=2, padding=1),
        )
        # ※ 残差块 × 2：形状不变 [B, 64, ⌈H/4⌉, ⌈W/4⌉]
        # ※ residual block × 2: keeps the shape [B, 64, ⌈H/4⌉, ⌈W/4⌉]
        self.stage1 = self.make_stage(64, depths[0], stride=1)
        # ※ 残差块 × 2：[B, 64, ⌈H/4⌉, ⌈W/4⌉] → [B, 128, ⌈H/8⌉, ⌈W/8⌉]
        # ※ residual block × 2: [B, 64, ⌈H/4⌉, ⌈W/4⌉] → [B, 128, ⌈H/8⌉, ⌈W/8⌉]
        self.stage2 = self.make_stage(128, depths[1], stride=2)
        # ※ 残差块 × 2：[B, 128, ⌈H/8⌉, ⌈W/8⌉] → [B, 256, ⌈H/16⌉, ⌈W/16⌉]
        # ※ residual block × 2: [B, 128, ⌈H/8⌉, ⌈W/8⌉] → [B, 256, ⌈H/16⌉, ⌈W/16⌉]
        self.stage3 = self.make_stage(256, depths[2], stride=2)
        # ※ 残差块 × 2：[B, 256, ⌈H/16⌉, ⌈W/16⌉] → [B, 512, ⌈H/32⌉, ⌈W/32⌉]
        # ※ residual block × 2: [B, 256, ⌈H/16⌉, ⌈W/16⌉] → [B, 512, ⌈H/32⌉, ⌈W/32⌉]
        self.stage4 = self.make_stage(512, depths[3], stride=2)
        # ※ 全局平均池化，每个通道取平均，得到一个数
        # ※ global average pooling, averages each channel to one number
        self.pool = nn.AdaptiveAvgPool2d(1)
        # ※ 全连接，最后一维 512→1000 / linear layer, maps the last axis 512→1000
        self.fc = nn.Linear(512, num_classes)

    # ※ 由 __init__ 调用 / called by __init__
    def make_stage(self, channels, depth, stride):
        # ※ 列表 blocks：BasicBlock / list blocks: BasicBlock
        blocks = [BasicBlock(self.channels, channels, stride)]
        # ※ 保存参数 channels，供下次调用 make_stage 时使用
        # ※ keeps the argument channels, used when make_stage is called again
        self.channels = channels
        for _ in range(depth - 1):  # ※ 循环 depth - 1 次 / runs depth - 1 times
            # ※ 加入 blocks：BasicBlock / appends to blocks: BasicBlock
            blocks.append(BasicBlock(channels, channels))
        # ※ 返回：顺序容器，依次执行其中各层
        # ※ returns: container that runs its layers in order
        return nn.Sequential(*blocks)

    def forward(self, images):  # ※ images: [B, 3, H, W]
        # ※ 7×7 卷积，高宽减半 → 批归一化 → ReLU → 3×3 最大池化，高宽减半
        # ※   → [B, 64, ⌈H/4⌉, ⌈W/4⌉]
        # ※ 7×7 convolution, halves H and W → batch norm → ReLU
        # ※   → 3×3 max pooling, halves H and W → [B, 64, ⌈H/4⌉, ⌈W/4⌉]
        x = self.stem(images)
        # ※ 残差块 × 2 → [B, 64, ⌈H/4⌉, ⌈W/4⌉]
        # ※ residual block × 2 → [B, 64, ⌈H/4⌉, ⌈W/4⌉]
        x = self.stage1(x)
        # ※ 残差块 × 2 → [B, 128, ⌈H/8⌉, ⌈W/8⌉]
        # ※ residual block × 2 → [B, 128, ⌈H/8⌉, ⌈W/8⌉]
        x = self.stage2(x)
        # ※ 残差块 × 2 → [B, 256, ⌈H/16⌉, ⌈W/16⌉]
        # ※ residual block × 2 → [B, 256, ⌈H/16⌉, ⌈W/16⌉]
        x = self.stage3(x)
        # ※ 残差块 × 2 → [B, 512, ⌈H/32⌉, ⌈W/32⌉]
        # ※ residual block × 2 → [B, 512, ⌈H/32⌉, ⌈W/32⌉]
        x = self.stage4(x)
        # ※ 全局平均池化 → 除批次外全部展平 → [B, 512]
        # ※ global average pooling → flattens all but the batch → [B, 512]
        x = torch.flatten(self.pool(x), 1)
        # ※ 返回：分类头：1000 类的未归一化得分（logits）→ [B, 1000]
        # ※ returns: classifier head: logits of 1000 classes → [B, 1000]
        return self.fc(x)
