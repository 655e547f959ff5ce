import torch
from torch import nn


# ※ called by InvertedResidual.__init__, MobileNetV2.__init__
def conv_bn_relu6(ch_in, ch_out, kernel_size, stride=1, groups=1):
    return nn.Sequential(  # ※ returns: container that runs its layers in order
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
        nn.BatchNorm2d(ch_out),  # ※ batch norm
        nn.ReLU6(inplace=True),  # ※ ReLU6
    )


# ※ InvertedResidual: inverted residual (wide, depthwise, narrow)
# ※ input [B, ch_in, H, W] → output [B, ch_out, ⌈H/stride⌉, ⌈W/stride⌉]
class InvertedResidual(nn.Module):
    # ※ builds conv; needs ch_in, ch_out, stride, expand
    def __init__(self, ch_in, ch_out, stride, expand):
        # ※ sets up nn.Module: only then are layers that are put on self registered
        super().__init__()
        hidden = ch_in * expand  # ※ hidden = ch_in·expand
        # ※ use_residual: whether stride equals 1 and ch_in equals ch_out, used in
        # ※   forward
        self.use_residual = stride == 1 and ch_in == ch_out
        layers = []  # ※ empty list layers, filled below
        if expand != 1:  # ※ if expand differs from 1
            # ※ appends to layers: 1×1 convolution → batch norm
            # ※   → ReLU6: [B, ch_in, H, W] → [B, ch_in·expand, H, W]
            layers.append(conv_bn_relu6(ch_in, hidden, 1))
        # ※ appends to layers: 3×3 depthwise convolution → batch norm
        # ※   → ReLU6: [B, ch_in·expand, H, W]
        # ※   → [B, ch_in·expand, ⌈H/stride⌉, ⌈W/stride⌉]
        layers.append(conv_bn_relu6(hidden, hidden, 3, stride=stride, groups=hidden))
        # ※ appends to layers: 1×1 convolution, mixes ch_in·expand→ch_out channels at
        # ※   every place
        layers.append(nn.Conv2d(hidden, ch_out, 1, bias=False))
        # ※ appends to layers: batch norm, per channel (ch_out)
        layers.append(nn.BatchNorm2d(ch_out))
        # ※ [B, ch_in, H, W] → [B, ch_out, ⌈H/stride⌉, ⌈W/stride⌉]
        self.conv = nn.Sequential(*layers)

    def forward(self, x):  # ※ x: [B, ch_in, H, W]
        if self.use_residual:  # ※ if use_residual is true
            # ※ returns: conv → residual: adds the input back → [B, ch_in, H, W]
            return x + self.conv(x)
        # ※ returns: [B, ch_in, H, W] → [B, ch_out, ⌈H/stride⌉, ⌈W/stride⌉]
        return self.conv(x)


# ※ MobileNetV2: stack of 17 inverted residual blocks (1 of them without widening) =
# ※   3×3 convolution → batch norm → ReLU6 → depthwise separable convolution
# ※   → inverted residual × 16 → 1×1 convolution → batch norm → ReLU6
# ※   → mean over H and W → dropout → linear layer
# ※ input [B, 3, H, W] → output [B, 1000]; 3,504,872 parameters (with the defaults)
class MobileNetV2(nn.Module):
    # expand, channels, repeats, stride
    stages = [  # ※ list stages of 7 entries
        (1, 16, 1, 1),
        (6, 24, 2, 2),
        (6, 32, 3, 2),
        (6, 64, 4, 2),
        (6, 96, 3, 1),
        (6, 160, 3, 2),
        (6, 320, 1, 1),
    ]

    def __init__(self, num_classes=1000):  # ※ builds features, dropout, classifier
        # ※ sets up nn.Module: only then are layers that are put on self registered
        super().__init__()
        channels = 32  # ※ starts at 32 and changes below
        # ※ list layers: 3×3 convolution, halves H and W → batch norm
        # ※   → ReLU6: [B, 3, H, W] → [B, 32, ⌈H/2⌉, ⌈W/2⌉]
        layers = [conv_bn_relu6(3, channels, 3, stride=2)]
        # ※ for each expand, width, repeats, stride of stages; 7 times
        for expand, width, repeats, stride in self.stages:
            for i in range(repeats):  # ※ runs repeats times, i counting from 0
                step = stride if i == 0 else 1  # ※ if i equals 0: stride, else 1
                # ※ appends to layers: InvertedResidual
                layers.append(InvertedResidual(channels, width, step, expand))
                channels = width  # ※ remembers width as channels for later
        # ※ appends to layers: 1×1 convolution → batch norm
        # ※   → ReLU6: [B, 320, ⌈H/32⌉, ⌈W/32⌉] → [B, 1280, ⌈H/32⌉, ⌈W/32⌉]
        layers.append(conv_bn_relu6(channels, 1280, 1))
        # ※ 3×3 convolution, halves H and W → batch norm → ReLU6
        # ※   → depthwise separable convolution → inverted residual × 16
        # ※   → 1×1 convolution → batch norm → ReLU6: [B, 3, H, W]
        # ※   → [B, 1280, ⌈H/32⌉, ⌈W/32⌉]
        self.features = nn.Sequential(*layers)
        self.dropout = nn.Dropout(0.2)  # ※ dropout, p = 0.2, while training only
        # ※ linear layer, maps the last axis 1280→1000
        self.classifier = nn.Linear(1280, num_classes)

    def forward(self, images):  # ※ images: [B, 3, H, W]
        # ※ 3×3 convolution, halves H and W → batch norm → ReLU6
        # ※   → depthwise separable convolution → inverted residual × 16
        # ※   → 1×1 convolution → batch norm → ReLU6 → [B, 1280, ⌈H/32⌉, ⌈W/32⌉]
        x = self.features(images)
        x = x.mean([2, 3])  # ※ mean over H and W → [B, 1280]
        x = self.dropout(x)  # ※ dropout → [B, 1280]
        # ※ returns: classifier head: logits of 1000 classes → [B, 1000]
        return self.classifier(x)


if __name__ == "__main__":  # ※ if this file is run directly
    # ※ stack of 17 inverted residual blocks (1 of them without
    # ※   widening): [2, 3, 224, 224] → [2, 1000]
    net = MobileNetV2()
    # ※ standard normal random numbers
    # ※   → stack of 17 inverted residual blocks (1 of them without widening)
    # ※   → [2, 1000]
    scores = net(torch.randn(2, 3, 224, 224))
    print(scores.shape)  # ※ prints the shape of scores: [2, 1000]
