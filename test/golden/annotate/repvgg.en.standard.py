import torch
import torch.nn.functional as F
from torch import nn


def conv_bn(ch_in, ch_out, kernel_size, stride, padding):
    block = nn.Sequential()
    block.add_module(
        "conv",
        nn.Conv2d(ch_in, ch_out, kernel_size, stride, padding, bias=False),
    )
    block.add_module("bn", nn.BatchNorm2d(ch_out))
    return block


# ※ RepVGGBlock: re-parameterisation block (3×3 + 1×1 branches, deployed as one 3×3
# ※   convolution) = (3×3 convolution → batch norm) + (1×1 convolution → batch norm)
# ※   → ReLU
# ※ input [B, ch_in, H, W] → output [B, ch_out, H, W]
# ※ 10·ch_out·ch_in + 4·ch_out parameters (with the defaults)
class RepVGGBlock(nn.Module):
    def __init__(self, ch_in, ch_out, stride=1, deploy=False):
        super().__init__()
        self.deploy = deploy
        self.stride = stride
        self.act = nn.ReLU()  # ※ ReLU, zeroes negative values
        if deploy:
            # ※ 3×3 convolution, ch_in→ch_out channels, keeps H and W (stride=1)
            self.fused = nn.Conv2d(ch_in, ch_out, 3, stride, padding=1)
        else:
            # ※ 3×3 convolution → batch norm: [B, ch_in, H, W] → [B, ch_out, H, W]
            self.dense = conv_bn(ch_in, ch_out, 3, stride, padding=1)
            # ※ 1×1 convolution → batch norm: [B, ch_in, H, W] → [B, ch_out, H, W]
            self.pointwise = conv_bn(ch_in, ch_out, 1, stride, padding=0)

    def forward(self, x):  # ※ x: [B, ch_in, H, W]
        if self.deploy:
            # ※ 3×3 convolution → ReLU → [B, ch_out, H, W]
            return self.act(self.fused(x))
        # ※ adds the branches (deployed they can be one convolution) → ReLU
        # ※   → [B, ch_out, H, W]
        return self.act(self.dense(x) + self.pointwise(x))

    @staticmethod
    def fold(branch):
        kernel = branch.conv.weight  # ※ [ch_out, ch_in, 3, 3] | [ch_out, ch_in, 1, 1]
        # ※ adds branch.bn.eps → square root
        std = (branch.bn.running_var + branch.bn.eps).sqrt()
        scale = branch.bn.weight / std  # ※ divides element-wise → [ch_out]
        # ※ multiplies element-wise → the folded bias → [ch_out]
        bias = branch.bn.bias - branch.bn.running_mean * scale
        return kernel * scale.reshape(-1, 1, 1, 1), bias

    @torch.no_grad()
    def switch_to_deploy(self):
        kernel3, bias3 = self.fold(self.dense)  # ※ [ch_out, ch_in, 3, 3], [ch_out]
        kernel1, bias1 = self.fold(self.pointwise)  # ※ [ch_out, ch_in, 1, 1], [ch_out]
        # ※ pads the last two axes with 1 of zeros all around, the values in the middle
        # ※   (a 1×1 convolution without padding is a 3×3 one with padding 1 and this
        # ※   kernel) → adds element-wise → [ch_out, ch_in, 3, 3]
        kernel = kernel3 + F.pad(kernel1, [1, 1, 1, 1])
        ch_out, ch_in = kernel.shape[:2]
        self.fused = nn.Conv2d(ch_in, ch_out, 3, self.stride, padding=1)
        self.fused.weight.copy_(kernel)
        self.fused.bias.copy_(bias3 + bias1)
        del self.dense, self.pointwise
        self.deploy = True


if __name__ == "__main__":
    block = RepVGGBlock(16, 32, stride=2).eval()
    x = torch.randn(2, 16, 32, 32)
    before = block(x)
    block.switch_to_deploy()
    print((before - block(x)).abs().max().item())
