import torch
import torch.nn as nn
from mmcv.cnn import ConvModule, build_norm_layer
from mmengine.model import BaseModule
from timm.layers import LayerNorm2d, LayerScale, Mlp, PatchEmbed, SqueezeExcite, make_divisible
from timm.models.layers import DropPath, to_2tuple, trunc_normal_

# Parts of libraries whose source is not at hand.


class Block(nn.Module):
    def __init__(self, dim, ratio=4.0):
        super().__init__()
        self.embed = PatchEmbed(img_size=64, patch_size=8, in_chans=3, embed_dim=dim)
        self.norm = nn.LayerNorm(dim)
        self.mlp = Mlp(dim, int(dim * ratio), drop=0.1)
        self.scale = LayerScale(dim)
        self.drop_path = DropPath(0.1)
        self.pos = nn.Parameter(torch.zeros(1, self.embed.num_patches, dim))
        trunc_normal_(self.pos, std=0.02)

    def forward(self, x):
        x = self.embed(x) + self.pos  #: [B, 64, dim]
        return x + self.drop_path(self.scale(self.mlp(self.norm(x))))  #: [B, 64, dim]


class Stem(nn.Module):
    def __init__(self):
        super().__init__()
        width = make_divisible(30, 8)
        self.conv = nn.Conv2d(3, width, to_2tuple(3), padding=1)
        self.norm = LayerNorm2d(width)
        self.se = SqueezeExcite(width)

    def forward(self, x):
        return self.se(self.norm(self.conv(x)))  #: [B, 32, H, W]


class Neck(BaseModule):
    def __init__(self, channels, norm_cfg=dict(type='BN', requires_grad=True), init_cfg=None):
        super().__init__(init_cfg)
        self.reduce = ConvModule(channels, 64, 1, norm_cfg=norm_cfg)
        self.down = ConvModule(64, 128, 3, stride=2, padding=1, norm_cfg=norm_cfg, act_cfg=dict(type='SiLU'))
        name, layer = build_norm_layer(dict(type='GN', num_groups=32), 128, postfix=1)
        self.add_module(name, layer)

    def forward(self, x):
        x = self.reduce(x)  #: [B, 64, H, W]
        return self.gn1(self.down(x))  #: [B, 128, ⌈H/2⌉, ⌈W/2⌉]
