"""Layers that wait for their first input, and those of torchvision, whose source is not at hand."""
import torch
from torch import nn
from torchvision.ops import (
    MLP,
    Conv2dNormActivation,
    DeformConv2d,
    FeaturePyramidNetwork,
    FrozenBatchNorm2d,
    Permute,
    RoIAlign,
    SqueezeExcitation,
    StochasticDepth,
    box_iou,
    nms,
    roi_align,
)


class Lazy(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.LazyConv2d(16, 3, padding=1)
        self.norm = nn.LazyBatchNorm2d()
        self.up = nn.LazyConvTranspose2d(8, 2, stride=2)
        self.along = nn.LazyConv1d(4, 3, padding=1)
        self.head = nn.LazyLinear(10)

    def forward(self, image):
        x = self.norm(self.conv(image))  #: [B, 16, H, W]
        x = self.up(x)  #: [B, 8, 2·H, 2·W]
        weight = self.up.weight  #: [16, 8, 2, 2]
        y = self.along(x.flatten(2))  #: [B, 4, 4·H·W]
        return self.head(y)  #: [B, 4, 10]


class Vision(nn.Module):
    def __init__(self):
        super().__init__()
        self.bend = DeformConv2d(3, 8, 3, padding=1)
        self.drop = StochasticDepth(0.1, "row")
        self.block = Conv2dNormActivation(8, 16, 3, stride=2)
        self.norm = FrozenBatchNorm2d(16)
        self.excite = SqueezeExcitation(16, 4)
        self.last = Permute([0, 2, 3, 1])
        self.mlp = MLP(16, [32, 10], dropout=0.1)
        self.regions = RoIAlign(7, 1.0, 2)
        self.pyramid = FeaturePyramidNetwork([16, 32], 8)

    def forward(self, batch):
        x = torch.rand(2, 3, 16, 16)
        x = self.drop(self.bend(x, torch.zeros(2, 18, 16, 16)))  #: [2, 8, 16, 16]
        x = self.excite(self.norm(self.block(x)))  #: [2, 16, 8, 8]
        y = self.mlp(self.last(x))  #: [2, 8, 8, 10]
        r = self.regions(x, torch.rand(5, 5))  #: [5, 16, 7, 7]
        s = roi_align(x, [torch.rand(5, 4), torch.rand(2, 4)], 7)  #: [7, 16, 7, 7]
        overlap = box_iou(torch.rand(10, 4), torch.rand(6, 4))  #: [10, 6]
        fine = self.pyramid({"a": x, "b": torch.rand(2, 32, 4, 4)})["a"]  #: [2, 8, 8, 8]
        kept = nms(torch.rand(10, 4), torch.rand(10), 0.5)
        return torch.rand(10, 4)[kept].shape[1]
