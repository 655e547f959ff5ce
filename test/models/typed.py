"""Types that stand in comments and in texts, as code has them that is older than annotations or names what comes later."""

from typing import Optional

import torch
from torch import nn


class Levels(nn.Module):
    """A list of tensors, by a comment that types all parameters."""

    def __init__(self, channels, anchors, classes):
        super().__init__()
        self.conv = nn.Conv2d(channels, anchors * classes, 3, padding=1)
        self.classes = classes

    def forward(self, features):
        # type: (List[Tensor]) -> Tensor
        scores = []
        for level in features:
            score = self.conv(level)  #: [b, anchors·classes, h, w]
            b, _, h, w = score.shape
            score = score.view(b, -1, self.classes, h, w).permute(0, 3, 4, 1, 2)  #: [b, h, w, anchors, classes]
            scores.append(score.reshape(b, -1, self.classes))
        return torch.cat(scores, dim=1)  #: [b, ?, classes]


class Boxes(nn.Module):
    """A comment behind each parameter."""

    def __init__(self, dim):
        super().__init__()
        self.fc = nn.Linear(dim, 4)

    def forward(
        self,
        rois,  # type: List[Tensor]
        count=None,  # type: Optional[int]
    ):
        return self.fc(torch.cat(rois))  #: [*, 4]


class Named(nn.Module):
    """A type that is written as text."""

    def __init__(self, dim: "int"):
        super().__init__()
        self.norm = nn.LayerNorm(dim)

    def forward(self, parts: "list[torch.Tensor]", mask: "Optional[torch.Tensor]" = None):
        return [self.norm(part) for part in parts]  #: [*, dim] × ?
