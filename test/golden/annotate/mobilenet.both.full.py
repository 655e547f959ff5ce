import torch
from torch import nn


# ※ 由 InvertedResidual.__init__、MobileNetV2.__init__ 调用
# ※ called by InvertedResidual.__init__, MobileNetV2.__init__
def conv_bn_relu6(ch_in, ch_out, kernel_size, stride=1, groups=1):
    # ※ 返回：顺序容器，依次执行其中各层
    # ※ returns: container that runs its layers in order
    return nn.Sequential(
        # ※ 1×1 卷积或 3×3 逐通道卷积或 3×3 卷积（随参数而定）
        # ※ 1×1 convolution or 3×3 depthwise convolution or 3×3 convolution, depending
        # ※   on the arguments
        nn.Conv2d(
            ch_in,
            ch_out,
            kernel_size,
            stride=stride,
            padding=(kernel_size - 1) // 2,
            groups=groups,
            bias=False,
        ),
        nn.BatchNorm2d(ch_out),  # ※ 批归一化 / batch norm
        nn.ReLU6(inplace=True),  # ※ ReLU6
    )


# ※ InvertedResidual：倒残差结构（升维、逐通道卷积、降维）
# ※ InvertedResidual: inverted residual (wide, depthwise, narrow)
# ※ 输入 [B, ch_in, H, W] → 输出 [B, ch_out, ⌈H/stride⌉, ⌈W/stride⌉]
# ※ input [B, ch_in, H, W] → output [B, ch_out, ⌈H/stride⌉, ⌈W/stride⌉]
class InvertedResidual(nn.Module):
    # ※ 构造函数：建立 conv；须给出 ch_in、ch_out、stride、expand
    # ※ builds conv; needs ch_in, ch_out, stride, expand
    def __init__(self, ch_in, ch_out, stride, expand):
        # ※ 先初始化 nn.Module，之后赋给 self 的层与参数才会被登记
        # ※ sets up nn.Module: only then are layers that are put on self registered
        super().__init__()
        hidden = ch_in * expand  # ※ hidden = ch_in·expand
        # ※ use_residual 记录是否满足：stride 等于 1，且 ch_in 等于 ch_out，
        # ※   供 forward 使用
        # ※ use_residual: whether stride equals 1 and ch_in equals ch_out, used in
        # ※   forward
        self.use_residual = stride == 1 and ch_in == ch_out
        layers = []  # ※ 空列表 layers，在下面逐个填入 / empty list layers, filled below
        if expand != 1:  # ※ 若 expand 不等于 1 / if expand differs from 1
            # ※ 加入 layers：1×1 卷积 → 批归一化 → ReLU6：[B, ch_in, H, W]
            # ※   → [B, ch_in·expand, H, W]
            # ※ appends to layers: 1×1 convolution → batch norm
            # ※   → ReLU6: [B, ch_in, H, W] → [B, ch_in·expand, H, W]
            layers.append(conv_bn_relu6(ch_in, hidden, 1))
        # ※ 加入 layers：3×3 逐通道卷积 → 批归一化 → ReLU6：[B, ch_in·expand, H, W]
        # ※   → [B, ch_in·expand, ⌈H/stride⌉, ⌈W/stride⌉]
        # ※ appends to layers: 3×3 depthwise convolution → batch norm
        # ※   → ReLU6: [B, ch_in·expand, H, W]
        # ※   → [B, ch_in·expand, ⌈H/stride⌉, ⌈W/stride⌉]
        layers.append(conv_bn_relu6(hidden, hidden, 3, stride=stride, groups=hidden))
        # ※ 加入 layers：1×1 卷积，逐像素混合通道 ch_in·expand→ch_out
        # ※ appends to layers: 1×1 convolution, mixes ch_in·expand→ch_out channels at
        # ※   every place
        layers.append(nn.Conv2d(hidden, ch_out, 1, bias=False))
        # ※ 加入 layers：批归一化，逐通道（ch_out 个）
        # ※ appends to layers: batch norm, per channel (ch_out)
        layers.append(nn.BatchNorm2d(ch_out))
        # ※ [B, ch_in, H, W] → [B, ch_out, ⌈H/stride⌉, ⌈W/stride⌉]
        self.conv = nn.Sequential(*layers)

    def forward(self, x):  # ※ x: [B, ch_in, H, W]
        if self.use_residual:  # ※ 若 use_residual 为真 / if use_residual is true
            # ※ 返回：conv → 残差连接：把输入加回 → [B, ch_in, H, W]
            # ※ returns: conv → residual: adds the input back → [B, ch_in, H, W]
            return x + self.conv(x)
        # ※ 返回：[B, ch_in, H, W] → [B, ch_out, ⌈H/stride⌉, ⌈W/stride⌉]
        # ※ returns: [B, ch_in, H, W] → [B, ch_out, ⌈H/stride⌉, ⌈W/stride⌉]
        return self.conv(x)


# ※ MobileNetV2：17 个倒残差块堆叠（其中 1 个不升维）= 3×3 卷积 → 批归一化 → ReLU6
# ※   → 深度可分离卷积 → 倒残差结构 × 16 → 1×1 卷积 → 批归一化 → ReLU6 → 沿高宽求均值
# ※   → 随机失活 → 全连接
# ※ MobileNetV2: stack of 17 inverted residual blocks (1 of them without widening) =
# ※   3×3 convolution → batch norm → ReLU6 → depthwise separable convolution
# ※   → inverted residual × 16 → 1×1 convolution → batch norm → ReLU6
# ※   → mean over H and W → dropout → linear layer
# ※ 输入 [B, 3, H, W] → 输出 [B, 1000]；参数量 3,504,872（按默认参数）
# ※ input [B, 3, H, W] → output [B, 1000]; 3,504,872 parameters (with the defaults)
class MobileNetV2(nn.Module):
    # expand, channels, repeats, stride
    stages = [  # ※ 列表 stages，共 7 项 / list stages of 7 entries
        (1, 16, 1, 1),
        (6, 24, 2, 2),
        (6, 32, 3, 2),
        (6, 64, 4, 2),
        (6, 96, 3, 1),
        (6, 160, 3, 2),
        (6, 320, 1, 1),
    ]

    # ※ 构造函数：建立 features、dropout、classifier
    # ※ builds features, dropout, classifier
    def __init__(self, num_classes=1000):
        # ※ 先初始化 nn.Module，之后赋给 self 的层与参数才会被登记
        # ※ sets up nn.Module: only then are layers that are put on self registered
        super().__init__()
        channels = 32  # ※ 初值为 32，下面会改变 / starts at 32 and changes below
        # ※ 列表 layers：3×3 卷积，高宽减半 → 批归一化 → ReLU6：[B, 3, H, W]
        # ※   → [B, 32, ⌈H/2⌉, ⌈W/2⌉]
        # ※ list layers: 3×3 convolution, halves H and W → batch norm
        # ※   → ReLU6: [B, 3, H, W] → [B, 32, ⌈H/2⌉, ⌈W/2⌉]
        layers = [conv_bn_relu6(3, channels, 3, stride=2)]
        # ※ 逐个取 stages 中的 expand, width, repeats, stride；共 7 次
        # ※ for each expand, width, repeats, stride of stages; 7 times
        for expand, width, repeats, stride in self.stages:
            # ※ 循环 repeats 次，i 从 0 起计数 / runs repeats times, i counting from 0
            for i in range(repeats):
                # ※ 若 i 等于 0：取 stride，否则取 1 / if i equals 0: stride, else 1
                step = stride if i == 0 else 1
                # ※ 加入 layers：InvertedResidual / appends to layers: InvertedResidual
                layers.append(InvertedResidual(channels, width, step, expand))
                # ※ 把 width 另记为 channels，供后面使用
                # ※ remembers width as channels for later
                channels = width
        # ※ 加入 layers：1×1 卷积 → 批归一化 → ReLU6：[B, 320, ⌈H/32⌉, ⌈W/32⌉]
        # ※   → [B, 1280, ⌈H/32⌉, ⌈W/32⌉]
        # ※ appends to layers: 1×1 convolution → batch norm
        # ※   → ReLU6: [B, 320, ⌈H/32⌉, ⌈W/32⌉] → [B, 1280, ⌈H/32⌉, ⌈W/32⌉]
        layers.append(conv_bn_relu6(channels, 1280, 1))
        # ※ 3×3 卷积，高宽减半 → 批归一化 → ReLU6 → 深度可分离卷积 → 倒残差结构 × 16
        # ※   → 1×1 卷积 → 批归一化 → ReLU6：[B, 3, H, W] → [B, 1280, ⌈H/32⌉, ⌈W/32⌉]
        # ※ 3×3 convolution, halves H and W → batch norm → ReLU6
        # ※   → depthwise separable convolution → inverted residual × 16
        # ※   → 1×1 convolution → batch norm → ReLU6: [B, 3, H, W]
        # ※   → [B, 1280, ⌈H/32⌉, ⌈W/32⌉]
        self.features = nn.Sequential(*layers)
        # ※ 随机失活，p = 0.2，仅训练时 / dropout, p = 0.2, while training only
        self.dropout = nn.Dropout(0.2)
        # ※ 全连接，最后一维 1280→1000 / linear layer, maps the last axis 1280→1000
        self.classifier = nn.Linear(1280, num_classes)

    def forward(self, images):  # ※ images: [B, 3, H, W]
        # ※ 3×3 卷积，高宽减半 → 批归一化 → ReLU6 → 深度可分离卷积 → 倒残差结构 × 16
        # ※   → 1×1 卷积 → 批归一化 → ReLU6 → [B, 1280, ⌈H/32⌉, ⌈W/32⌉]
        # ※ 3×3 convolution, halves H and W → batch norm → ReLU6
        # ※   → depthwise separable convolution → inverted residual × 16
        # ※   → 1×1 convolution → batch norm → ReLU6 → [B, 1280, ⌈H/32⌉, ⌈W/32⌉]
        x = self.features(images)
        x = x.mean([2, 3])  # ※ 沿高宽求均值 → [B, 1280] / mean over H and W → [B, 1280]
        x = self.dropout(x)  # ※ 随机失活 → [B, 1280] / dropout → [B, 1280]
        # ※ 返回：分类头：1000 类的未归一化得分（logits）→ [B, 1000]
        # ※ returns: classifier head: logits of 1000 classes → [B, 1000]
        return self.classifier(x)


if __name__ == "__main__":  # ※ 若直接运行本文件 / if this file is run directly
    # ※ 17 个倒残差块堆叠（其中 1 个不升维）：[2, 3, 224, 224] → [2, 1000]
    # ※ stack of 17 inverted residual blocks (1 of them without
    # ※   widening): [2, 3, 224, 224] → [2, 1000]
    net = MobileNetV2()
    # ※ 标准正态分布的随机数 → 17 个倒残差块堆叠（其中 1 个不升维）→ [2, 1000]
    # ※ standard normal random numbers
    # ※   → stack of 17 inverted residual blocks (1 of them without widening)
    # ※   → [2, 1000]
    scores = net(torch.randn(2, 3, 224, 224))
    # ※ 打印 scores 的形状：[2, 1000] / prints the shape of scores: [2, 1000]
    print(scores.shape)
