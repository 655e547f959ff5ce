import torch
import torch.nn as nn
import torch.nn.functional as F


def dice_loss(pred, target, smooth=1.0):
    pred = torch.sigmoid(pred)
    b, c, h, w = pred.shape
    return (pred * target.reshape(b, c, h, w)).sum((1, 2, 3)) + smooth


class Flags(nn.Module):
    def __init__(self, dim, num_classes=0, pool="avg", alpha=False):
        super().__init__()
        self.conv = nn.Conv2d(3, dim, 3, padding=1)
        self.pool = pool
        self.use_head = num_classes > 0
        if alpha:
            self.alpha = nn.Parameter(torch.ones(1, dim, 1, 1))
        else:
            self.alpha = None
        if self.use_head:
            self.head = nn.Linear(dim, num_classes)
        self.aux = nn.Linear(dim, 10)

    def features(self, x):
        return self.conv(x).mean((2, 3))  #: [B, dim]

    def loss(self, x, target):
        logits = self.aux(self.features(x))  #: [B, 10]
        return F.cross_entropy(logits, target)

    def forward(self, x, return_map=False):
        x = self.conv(x)  #! channel-mismatch
        if self.alpha is not None:
            x = x * self.alpha  #: [B, dim, H, W] when alpha
        if self.training:
            x = x + torch.rand_like(x)  #: [B, dim, H, W] when training
        if return_map:
            return x, x.flatten(2)  #: [B, dim, H, W], [B, dim, H·W] when return_map
        if self.pool == "max":
            x = x.amax((2, 3))  #: [B, dim] when pool == 'max'
        elif self.pool == "none":
            return x.flatten(2).transpose(1, 2)  #: [B, H·W, dim] when pool == 'none'
        else:
            x = x.mean((2, 3))  #: [B, dim]
        if self.use_head:
            x = self.head(x)  #: [B, num_classes] when num_classes > 0
        return x


class Deployed(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.wide = nn.Conv2d(dim, dim, 3, padding=1)
        self.narrow = nn.Conv2d(dim, dim, 1)

    def forward(self, x):
        if hasattr(self, "fused"):
            y = self.fused(x)  #: [B, dim, H, W] after convert_to_deploy()
        else:
            y = self.wide(x) + self.narrow(x)  #: [B, dim, H, W]
        return y

    @staticmethod
    def fold(layer):
        return layer.weight.flatten(1)

    def convert_to_deploy(self):
        kernel = self.wide.weight + F.pad(self.narrow.weight, [1, 1, 1, 1])  #: [dim, dim, 3, 3]
        dim = kernel.shape[0]
        self.fused = nn.Conv2d(dim, dim, 3, padding=1)
        self.__delattr__("wide")
        self.__delattr__("narrow")


class Optional(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.query = nn.Linear(dim, dim)
        self.key = nn.Linear(dim, dim)

    def forward(self, x, context=None):
        B, N, C = x.shape
        q = self.query(x)  #: [B, N, dim]
        if context is None:
            return q @ q.transpose(1, 2)  #: [B, N, N]
        k = self.key(context)  #: [*, dim] when context is not None
        return q @ k.transpose(1, 2)


net = Flags(64)
y = net(torch.randn(8, 3, 32, 32))
z = net(torch.randn(8, 4, 32, 32))
