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


class RepVGGBlock(nn.Module):
    def __init__(self, ch_in, ch_out, stride=1, deploy=False):
        super().__init__()
        self.deploy = deploy
        self.stride = stride
        self.act = nn.ReLU()
        if deploy:
            self.fused = nn.Conv2d(ch_in, ch_out, 3, stride, padding=1)
        else:
            self.dense = conv_bn(ch_in, ch_out, 3, stride, padding=1)
            self.pointwise = conv_bn(ch_in, ch_out, 1, stride, padding=0)

    def forward(self, x):  # ※ x: [B, ch_in, H, W]
        if self.deploy:
            return self.act(self.fused(x))  # ※ [B, ch_out, H, W]
        return self.act(self.dense(x) + self.pointwise(x))  # ※ [B, ch_out, H, W]

    @staticmethod
    def fold(branch):
        kernel = branch.conv.weight  # ※ [ch_out, ch_in, 3, 3] | [ch_out, ch_in, 1, 1]
        std = (branch.bn.running_var + branch.bn.eps).sqrt()  # ※ [ch_out]
        scale = branch.bn.weight / std  # ※ [ch_out]
        bias = branch.bn.bias - branch.bn.running_mean * scale  # ※ [ch_out]
        return kernel * scale.reshape(-1, 1, 1, 1), bias

    @torch.no_grad()
    def switch_to_deploy(self):
        kernel3, bias3 = self.fold(self.dense)  # ※ [ch_out, ch_in, 3, 3], [ch_out]
        kernel1, bias1 = self.fold(self.pointwise)  # ※ [ch_out, ch_in, 1, 1], [ch_out]
        kernel = kernel3 + F.pad(kernel1, [1, 1, 1, 1])  # ※ [ch_out, ch_in, 3, 3]
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
