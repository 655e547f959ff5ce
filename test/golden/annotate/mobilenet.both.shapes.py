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


class InvertedResidual(nn.Module):
    def __init__(self, ch_in, ch_out, stride, expand):
        super().__init__()
        hidden = ch_in * expand
        self.use_residual = stride == 1 and ch_in == ch_out
        layers = []
        if expand != 1:
            layers.append(conv_bn_relu6(ch_in, hidden, 1))
        layers.append(conv_bn_relu6(hidden, hidden, 3, stride=stride, groups=hidden))
        layers.append(nn.Conv2d(hidden, ch_out, 1, bias=False))
        layers.append(nn.BatchNorm2d(ch_out))
        self.conv = nn.Sequential(*layers)

    def forward(self, x):  # ※ x: [B, ch_in, H, W]
        if self.use_residual:
            return x + self.conv(x)  # ※ [B, ch_in, H, W]
        return self.conv(x)  # ※ [B, ch_out, ⌈H/stride⌉, ⌈W/stride⌉]


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
        layers.append(conv_bn_relu6(channels, 1280, 1))
        self.features = nn.Sequential(*layers)
        self.dropout = nn.Dropout(0.2)
        self.classifier = nn.Linear(1280, num_classes)

    def forward(self, images):  # ※ images: [B, 3, H, W]
        x = self.features(images)  # ※ [B, 1280, ⌈H/32⌉, ⌈W/32⌉]
        x = x.mean([2, 3])  # ※ [B, 1280]
        x = self.dropout(x)  # ※ [B, 1280]
        return self.classifier(x)  # ※ [B, 1000]


if __name__ == "__main__":
    net = MobileNetV2()
    scores = net(torch.randn(2, 3, 224, 224))
    print(scores.shape)
