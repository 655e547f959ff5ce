import torch
from torch import nn


# ※ 由 InvertedResidual.__init__、MobileNetV2.__init__ 调用
def conv_bn_relu6(ch_in, ch_out, kernel_size, stride=1, groups=1):
    return nn.Sequential(  # ※ 返回：顺序容器，依次执行其中各层
        nn.Conv2d(  # ※ 1×1 卷积或 3×3 逐通道卷积或 3×3 卷积（随参数而定）
            ch_in,
            ch_out,
            kernel_size,
            stride=stride,
            padding=(kernel_size - 1) // 2,
            groups=groups,
            bias=False,
        ),
        nn.BatchNorm2d(ch_out),  # ※ 批归一化
        nn.ReLU6(inplace=True),  # ※ ReLU6
    )


# ※ InvertedResidual：倒残差结构（升维、逐通道卷积、降维）
# ※ 输入 [B, ch_in, H, W] → 输出 [B, ch_out, ⌈H/stride⌉, ⌈W/stride⌉]
class InvertedResidual(nn.Module):
    # ※ 构造函数：建立 conv；须给出 ch_in、ch_out、stride、expand
    def __init__(self, ch_in, ch_out, stride, expand):
        super().__init__()  # ※ 先初始化 nn.Module，之后赋给 self 的层与参数才会被登记
        hidden = ch_in * expand  # ※ hidden = ch_in·expand
        # ※ use_residual 记录是否满足：stride 等于 1，且 ch_in 等于 ch_out，
        # ※   供 forward 使用
        self.use_residual = stride == 1 and ch_in == ch_out
        layers = []  # ※ 空列表 layers，在下面逐个填入
        if expand != 1:  # ※ 若 expand 不等于 1
            # ※ 加入 layers：1×1 卷积 → 批归一化 → ReLU6：[B, ch_in, H, W]
            # ※   → [B, ch_in·expand, H, W]
            layers.append(conv_bn_relu6(ch_in, hidden, 1))
        # ※ 加入 layers：3×3 逐通道卷积 → 批归一化 → ReLU6：[B, ch_in·expand, H, W]
        # ※   → [B, ch_in·expand, ⌈H/stride⌉, ⌈W/stride⌉]
        layers.append(conv_bn_relu6(hidden, hidden, 3, stride=stride, groups=hidden))
        # ※ 加入 layers：1×1 卷积，逐像素混合通道 ch_in·expand→ch_out
        layers.append(nn.Conv2d(hidden, ch_out, 1, bias=False))
        # ※ 加入 layers：批归一化，逐通道（ch_out 个）
        layers.append(nn.BatchNorm2d(ch_out))
        # ※ [B, ch_in, H, W] → [B, ch_out, ⌈H/stride⌉, ⌈W/stride⌉]
        self.conv = nn.Sequential(*layers)

    def forward(self, x):  # ※ x: [B, ch_in, H, W]
        if self.use_residual:  # ※ 若 use_residual 为真
            # ※ 返回：conv → 残差连接：把输入加回 → [B, ch_in, H, W]
            return x + self.conv(x)
        # ※ 返回：[B, ch_in, H, W] → [B, ch_out, ⌈H/stride⌉, ⌈W/stride⌉]
        return self.conv(x)


# ※ MobileNetV2：17 个倒残差块堆叠（其中 1 个不升维）= 3×3 卷积 → 批归一化 → ReLU6
# ※   → 深度可分离卷积 → 倒残差结构 × 16 → 1×1 卷积 → 批归一化 → ReLU6 → 沿高宽求均值
# ※   → 随机失活 → 全连接
# ※ 输入 [B, 3, H, W] → 输出 [B, 1000]；参数量 3,504,872（按默认参数）
class MobileNetV2(nn.Module):
    # expand, channels, repeats, stride
    stages = [  # ※ 列表 stages，共 7 项
        (1, 16, 1, 1),
        (6, 24, 2, 2),
        (6, 32, 3, 2),
        (6, 64, 4, 2),
        (6, 96, 3, 1),
        (6, 160, 3, 2),
        (6, 320, 1, 1),
    ]

    # ※ 构造函数：建立 features、dropout、classifier
    def __init__(self, num_classes=1000):
        super().__init__()  # ※ 先初始化 nn.Module，之后赋给 self 的层与参数才会被登记
        channels = 32  # ※ 初值为 32，下面会改变
        # ※ 列表 layers：3×3 卷积，高宽减半 → 批归一化 → ReLU6：[B, 3, H, W]
        # ※   → [B, 32, ⌈H/2⌉, ⌈W/2⌉]
        layers = [conv_bn_relu6(3, channels, 3, stride=2)]
        # ※ 逐个取 stages 中的 expand, width, repeats, stride；共 7 次
        for expand, width, repeats, stride in self.stages:
            for i in range(repeats):  # ※ 循环 repeats 次，i 从 0 起计数
                step = stride if i == 0 else 1  # ※ 若 i 等于 0：取 stride，否则取 1
                # ※ 加入 layers：InvertedResidual
                layers.append(InvertedResidual(channels, width, step, expand))
                channels = width  # ※ 把 width 另记为 channels，供后面使用
        # ※ 加入 layers：1×1 卷积 → 批归一化 → ReLU6：[B, 320, ⌈H/32⌉, ⌈W/32⌉]
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
        x = self.dropout(x)  # ※ 随机失活 → [B, 1280]
        # ※ 返回：分类头：1000 类的未归一化得分（logits）→ [B, 1000]
        return self.classifier(x)


if __name__ == "__main__":  # ※ 若直接运行本文件
    # ※ 17 个倒残差块堆叠（其中 1 个不升维）：[2, 3, 224, 224] → [2, 1000]
    net = MobileNetV2()
    # ※ 标准正态分布的随机数 → 17 个倒残差块堆叠（其中 1 个不升维）→ [2, 1000]
    scores = net(torch.randn(2, 3, 224, 224))
    print(scores.shape)  # ※ 打印 scores 的形状：[2, 1000]
