import torch
from torch import nn


def conv_bn_relu6(ch_in, ch_out, kernel_size, stride=1, groups=1):
    return nn.Sequential(
        nn.Conv2d(
            ch_in,
            ch_out,
            kernel_size,
            stride=stride,
            padding=(kernel_size - 1) // 2,
            groups=groups,
            bias=False,
        ),
        nn.BatchNorm2d(ch_out),
        nn.ReLU6(inplace=True),
    )


# ※ InvertedResidual：倒残差结构（升维、逐通道卷积、降维）
# ※ 输入 [B, ch_in, H, W] → 输出 [B, ch_out, ⌈H/stride⌉, ⌈W/stride⌉]
class InvertedResidual(nn.Module):
    def __init__(self, ch_in, ch_out, stride, expand):
        super().__init__()
        hidden = ch_in * expand
        self.use_residual = stride == 1 and ch_in == ch_out
        layers = []
        if expand != 1:
            # ※ 1×1 卷积 → 批归一化 → ReLU6：[B, ch_in, H, W] → [B, ch_in·expand, H, W]
            layers.append(conv_bn_relu6(ch_in, hidden, 1))
        # ※ 3×3 逐通道卷积 → 批归一化 → ReLU6：[B, ch_in·expand, H, W]
        # ※   → [B, ch_in·expand, ⌈H/stride⌉, ⌈W/stride⌉]
        layers.append(conv_bn_relu6(hidden, hidden, 3, stride=stride, groups=hidden))
        # ※ 1×1 卷积，逐像素混合通道 ch_in·expand→ch_out
        layers.append(nn.Conv2d(hidden, ch_out, 1, bias=False))
        layers.append(nn.BatchNorm2d(ch_out))  # ※ 批归一化，逐通道（ch_out 个）
        # ※ [B, ch_in, H, W] → [B, ch_out, ⌈H/stride⌉, ⌈W/stride⌉]
        self.conv = nn.Sequential(*layers)

    def forward(self, x):  # ※ x: [B, ch_in, H, W]
        if self.use_residual:
            return x + self.conv(x)  # ※ conv → 残差连接：把输入加回 → [B, ch_in, H, W]
        return self.conv(x)  # ※ [B, ch_in, H, W] → [B, ch_out, ⌈H/stride⌉, ⌈W/stride⌉]


# ※ MobileNetV2：17 个倒残差块堆叠（其中 1 个不升维）= 3×3 卷积 → 批归一化 → ReLU6
# ※   → 深度可分离卷积 → 倒残差结构 × 16 → 1×1 卷积 → 批归一化 → ReLU6 → 沿高宽求均值
# ※   → 随机失活 → 全连接
# ※ 输入 [B, 3, H, W] → 输出 [B, 1000]；参数量 3,504,872（按默认参数）
class MobileNetV2(nn.Module):
    # expand, channels, repeats, stride
    stages = [
        (1, 16, 1, 1),
        (6, 24, 2, 2),
        (6, 32, 3, 2),
        (6, 64, 4, 2),
        (6, 96, 3, 1),
        (6, 160, 3, 2),
        (6, 320, 1, 1),
    ]

    def __init__(self, num_classes=1000):
        super().__init__()
        channels = 32
        layers = [conv_bn_relu6(3, channels, 3, stride=2)]
        for expand, width, repeats, stride in self.stages:
            for i in range(repeats):
                step = stride if i == 0 else 1
                layers.append(InvertedResidual(channels, width, step, expand))
                channels = width
        # ※ 1×1 卷积 → 批归一化 → ReLU6：[B, 320, ⌈H/32⌉, ⌈W/32⌉]
        # ※   → [B, 1280, ⌈H/32⌉, ⌈W/32⌉]
        layers.append(conv_bn_relu6(channels, 1280, 1))
        # ※ 3×3 卷积，高宽减半 → 批归一化 → ReLU6 → 深度可分离卷积 → 倒残差结构 × 16
        # ※   → 1×1 卷积 → 批归一化 → ReLU6：[B, 3, H, W] → [B, 1280, ⌈H/32⌉, ⌈W/32⌉]
        self.features = nn.Sequential(*layers)
        self.dropout = nn.Dropout(0.2)  # ※ 随机失活，p = 0.2，仅训练时
        self.classifier = nn.Linear(1280, num_classes)  # ※ 全连接，最后一维 1280→1000

    def forward(self, images):  # ※ images: [B, 3, H, W]
        # ※ 3×3 卷积，高宽减半 → 批归一化 → ReLU6 → 深度可分离卷积 → 倒残差结构 × 16
        # ※   → 1×1 卷积 → 批归一化 → ReLU6 → [B, 1280, ⌈H/32⌉, ⌈W/32⌉]
        x = self.features(images)
        x = x.mean([2, 3])  # ※ 沿高宽求均值 → [B, 1280]
        x = self.dropout(x)  # ※ 随机失活
        # ※ 分类头：1000 类的未归一化得分（logits）→ [B, 1000]
        return self.classifier(x)


if __name__ == "__main__":
    net = MobileNetV2()
    scores = net(torch.randn(2, 3, 224, 224))
    print(scores.shape)
