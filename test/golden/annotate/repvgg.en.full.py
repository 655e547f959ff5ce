import torch
import torch.nn.functional as F
from torch import nn


# ※ called by RepVGGBlock.__init__
def conv_bn(ch_in, ch_out, kernel_size, stride, padding):
    block = nn.Sequential()  # ※ container that runs its layers in order
    # ※ registers a layer as conv: 3×3 convolution or 1×1 convolution, depending on the
    # ※   arguments
    block.add_module(
        "conv",
        # ※ 3×3 convolution or 1×1 convolution, depending on the arguments
        nn.Conv2d(ch_in, ch_out, kernel_size, stride, padding, bias=False),
    )
    # ※ registers a layer as bn: batch norm
    block.add_module("bn", nn.BatchNorm2d(ch_out))
    return block  # ※ returns block


# ※ RepVGGBlock: re-parameterisation block (3×3 + 1×1 branches, deployed as one 3×3
# ※   convolution) = (3×3 convolution → batch norm) + (1×1 convolution → batch norm)
# ※   → ReLU
# ※ input [B, ch_in, H, W] → output [B, ch_out, H, W]
# ※ 10·ch_out·ch_in + 4·ch_out parameters (with the defaults)
class RepVGGBlock(nn.Module):
    # ※ builds act, dense, pointwise; needs ch_in, ch_out (the rest have defaults)
    def __init__(self, ch_in, ch_out, stride=1, deploy=False):
        # ※ sets up nn.Module: only then are layers that are put on self registered
        super().__init__()
        self.deploy = deploy  # ※ keeps the argument deploy, used in forward
        self.stride = stride  # ※ keeps the argument stride, used in switch_to_deploy
        self.act = nn.ReLU()  # ※ ReLU, zeroes negative values
        if deploy:  # ※ if deploy is true; default deploy=False, so else runs
            # ※ 3×3 convolution, ch_in→ch_out channels, keeps H and W (stride=1)
            self.fused = nn.Conv2d(ch_in, ch_out, 3, stride, padding=1)
        else:
            # ※ 3×3 convolution → batch norm: [B, ch_in, H, W] → [B, ch_out, H, W]
            self.dense = conv_bn(ch_in, ch_out, 3, stride, padding=1)
            # ※ 1×1 convolution → batch norm: [B, ch_in, H, W] → [B, ch_out, H, W]
            # ※ the shape that dense gives, so the two can be added
            self.pointwise = conv_bn(ch_in, ch_out, 1, stride, padding=0)

    def forward(self, x):  # ※ x: [B, ch_in, H, W]
        # ※ if deploy is true
        # ※ default deploy=False until switch_to_deploy sets it, so it is skipped
        if self.deploy:
            # ※ returns: 3×3 convolution → ReLU → [B, ch_out, H, W]
            return self.act(self.fused(x))
        # ※ returns: adds the branches (deployed they can be one convolution) → ReLU
        # ※   → [B, ch_out, H, W]
        return self.act(self.dense(x) + self.pointwise(x))

    @staticmethod
    def fold(branch):  # ※ static: needs no instance; called by switch_to_deploy
        # ※ weight of branch.conv → [ch_out, ch_in, 3, 3] | [ch_out, ch_in, 1, 1]
        kernel = branch.conv.weight
        # ※ std = √(branch.bn.running_var + branch.bn.eps) → [ch_out]
        std = (branch.bn.running_var + branch.bn.eps).sqrt()
        scale = branch.bn.weight / std  # ※ scale = branch.bn.weight/std → [ch_out]
        # ※ bias = branch.bn.bias − branch.bn.running_mean·scale → [ch_out]
        bias = branch.bn.bias - branch.bn.running_mean * scale
        # ※ returns the kernel and the bias with the batch norm folded in
        # ※ right in eval mode, for a convolution without a bias
        return kernel * scale.reshape(-1, 1, 1, 1), bias

    @torch.no_grad()
    def switch_to_deploy(self):  # ※ records no gradients; used by the script below
        # ※ fold gives kernel3 [ch_out, ch_in, 3, 3] and bias3 [ch_out]
        kernel3, bias3 = self.fold(self.dense)
        # ※ fold gives kernel1 [ch_out, ch_in, 1, 1] and bias1 [ch_out]
        kernel1, bias1 = self.fold(self.pointwise)
        # ※ pads the last two axes with 1 of zeros all around, the values in the middle
        # ※   (a 1×1 convolution without padding is a 3×3 one with padding 1 and this
        # ※   kernel) → adds element-wise → [ch_out, ch_in, 3, 3]
        kernel = kernel3 + F.pad(kernel1, [1, 1, 1, 1])
        ch_out, ch_in = kernel.shape[:2]  # ※ reads the sizes of kernel
        # ※ 3×3 convolution, ch_in→ch_out channels, keeps H and W
        self.fused = nn.Conv2d(ch_in, ch_out, 3, self.stride, padding=1)
        # ※ writes kernel into fused.weight: [ch_out, ch_in, 3, 3]
        self.fused.weight.copy_(kernel)
        # ※ writes bias3 + bias1 into fused.bias: [ch_out]
        self.fused.bias.copy_(bias3 + bias1)
        del self.dense, self.pointwise  # ※ deletes dense, pointwise
        self.deploy = True  # ※ switch deploy: on, used in forward


if __name__ == "__main__":  # ※ if this file is run directly
    # ※ re-parameterisation block (3×3 + 1×1 branches, deployed as one 3×3
    # ※   convolution): [2, 16, 32, 32] → [2, 32, 16, 16]
    block = RepVGGBlock(16, 32, stride=2).eval()
    x = torch.randn(2, 16, 32, 32)  # ※ standard normal random numbers → [2, 16, 32, 32]
    before = block(x)  # ※ re-parameterisation block → [2, 32, 16, 16]
    block.switch_to_deploy()  # ※ runs switch_to_deploy
    # ※ only prints: nothing depends on it
    print((before - block(x)).abs().max().item())
