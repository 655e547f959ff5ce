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


# ※ RepVGGBlock：结构重参数化块（3×3、1×1 支路相加，
# ※   部署时可合并为一个 3×3 卷积）=（3×3 卷积 → 批归一化）+（1×1 卷积
# ※   → 批归一化）→ ReLU
# ※ 输入 [B, ch_in, H, W] → 输出 [B, ch_out, H, W]
# ※ 参数量 10·ch_out·ch_in + 4·ch_out（按默认参数）
class RepVGGBlock(nn.Module):
    def __init__(self, ch_in, ch_out, stride=1, deploy=False):
        super().__init__()
        self.deploy = deploy
        self.stride = stride
        self.act = nn.ReLU()  # ※ ReLU：负数置零
        if deploy:
            # ※ 3×3 卷积，通道 ch_in→ch_out，高宽不变（stride=1 时）
            self.fused = nn.Conv2d(ch_in, ch_out, 3, stride, padding=1)
        else:
            # ※ 3×3 卷积 → 批归一化：[B, ch_in, H, W] → [B, ch_out, H, W]
            self.dense = conv_bn(ch_in, ch_out, 3, stride, padding=1)
            # ※ 1×1 卷积 → 批归一化：[B, ch_in, H, W] → [B, ch_out, H, W]
            self.pointwise = conv_bn(ch_in, ch_out, 1, stride, padding=0)

    def forward(self, x):  # ※ x: [B, ch_in, H, W]
        if self.deploy:
            return self.act(self.fused(x))  # ※ 3×3 卷积 → ReLU → [B, ch_out, H, W]
        # ※ 各支路相加（部署时可合并为一个卷积）→ ReLU → [B, ch_out, H, W]
        return self.act(self.dense(x) + self.pointwise(x))

    @staticmethod
    def fold(branch):
        kernel = branch.conv.weight  # ※ [ch_out, ch_in, 3, 3] | [ch_out, ch_in, 1, 1]
        # ※ 加 branch.bn.eps → 平方根
        std = (branch.bn.running_var + branch.bn.eps).sqrt()
        scale = branch.bn.weight / std  # ※ 逐元素相除 → [ch_out]
        # ※ 逐元素相乘 → 折叠后的偏置 → [ch_out]
        bias = branch.bn.bias - branch.bn.running_mean * scale
        return kernel * scale.reshape(-1, 1, 1, 1), bias

    @torch.no_grad()
    def switch_to_deploy(self):
        kernel3, bias3 = self.fold(self.dense)  # ※ [ch_out, ch_in, 3, 3], [ch_out]
        kernel1, bias1 = self.fold(self.pointwise)  # ※ [ch_out, ch_in, 1, 1], [ch_out]
        # ※ 最后两维四周各补 1 圈 0，
        # ※   原值居中（无填充的 1×1 卷积等价于以此为核、填充 1 的 3×3 卷积）→ 逐元素相加
        # ※   → [ch_out, ch_in, 3, 3]
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
