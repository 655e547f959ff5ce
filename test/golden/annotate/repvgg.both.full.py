import torch
import torch.nn.functional as F
from torch import nn


# ※ 由 RepVGGBlock.__init__ 调用 / called by RepVGGBlock.__init__
def conv_bn(ch_in, ch_out, kernel_size, stride, padding):
    # ※ 顺序容器，依次执行其中各层 / container that runs its layers in order
    block = nn.Sequential()
    # ※ 登记子层 conv：3×3 卷积或 1×1 卷积（随参数而定）
    # ※ registers a layer as conv: 3×3 convolution or 1×1 convolution, depending on the
    # ※   arguments
    block.add_module(
        "conv",
        # ※ 3×3 卷积或 1×1 卷积（随参数而定）
        # ※ 3×3 convolution or 1×1 convolution, depending on the arguments
        nn.Conv2d(ch_in, ch_out, kernel_size, stride, padding, bias=False),
    )
    # ※ 登记子层 bn：批归一化 / registers a layer as bn: batch norm
    block.add_module("bn", nn.BatchNorm2d(ch_out))
    return block  # ※ 返回 block / returns block


# ※ RepVGGBlock：结构重参数化块（3×3、1×1 支路相加，
# ※   部署时可合并为一个 3×3 卷积）=（3×3 卷积 → 批归一化）+（1×1 卷积
# ※   → 批归一化）→ ReLU
# ※ RepVGGBlock: re-parameterisation block (3×3 + 1×1 branches, deployed as one 3×3
# ※   convolution) = (3×3 convolution → batch norm) + (1×1 convolution → batch norm)
# ※   → ReLU
# ※ 输入 [B, ch_in, H, W] → 输出 [B, ch_out, H, W]
# ※ 参数量 10·ch_out·ch_in + 4·ch_out（按默认参数）
# ※ input [B, ch_in, H, W] → output [B, ch_out, H, W]
# ※ 10·ch_out·ch_in + 4·ch_out parameters (with the defaults)
class RepVGGBlock(nn.Module):
    # ※ 构造函数：建立 act、dense、pointwise；须给出 ch_in、ch_out，其余有默认值
    # ※ builds act, dense, pointwise; needs ch_in, ch_out (the rest have defaults)
    def __init__(self, ch_in, ch_out, stride=1, deploy=False):
        # ※ 先初始化 nn.Module，之后赋给 self 的层与参数才会被登记
        # ※ sets up nn.Module: only then are layers that are put on self registered
        super().__init__()
        # ※ 保存参数 deploy，供 forward 使用
        # ※ keeps the argument deploy, used in forward
        self.deploy = deploy
        # ※ 保存参数 stride，供 switch_to_deploy 使用
        # ※ keeps the argument stride, used in switch_to_deploy
        self.stride = stride
        self.act = nn.ReLU()  # ※ ReLU：负数置零 / ReLU, zeroes negative values
        # ※ 若 deploy 为真；默认 deploy=False，走 else
        # ※ if deploy is true; default deploy=False, so else runs
        if deploy:
            # ※ 3×3 卷积，通道 ch_in→ch_out，高宽不变（stride=1 时）
            # ※ 3×3 convolution, ch_in→ch_out channels, keeps H and W (stride=1)
            self.fused = nn.Conv2d(ch_in, ch_out, 3, stride, padding=1)
        else:
            # ※ 3×3 卷积 → 批归一化：[B, ch_in, H, W] → [B, ch_out, H, W]
            # ※ 3×3 convolution → batch norm: [B, ch_in, H, W] → [B, ch_out, H, W]
            self.dense = conv_bn(ch_in, ch_out, 3, stride, padding=1)
            # ※ 1×1 卷积 → 批归一化：[B, ch_in, H, W] → [B, ch_out, H, W]
            # ※ 与 dense 的输出形状相同，故可相加
            # ※ 1×1 convolution → batch norm: [B, ch_in, H, W] → [B, ch_out, H, W]
            # ※ the shape that dense gives, so the two can be added
            self.pointwise = conv_bn(ch_in, ch_out, 1, stride, padding=0)

    def forward(self, x):  # ※ x: [B, ch_in, H, W]
        # ※ 若 deploy 为真；默认 deploy=False（调用 switch_to_deploy 后改变），跳过
        # ※ if deploy is true
        # ※ default deploy=False until switch_to_deploy sets it, so it is skipped
        if self.deploy:
            # ※ 返回：3×3 卷积 → ReLU → [B, ch_out, H, W]
            # ※ returns: 3×3 convolution → ReLU → [B, ch_out, H, W]
            return self.act(self.fused(x))
        # ※ 返回：各支路相加（部署时可合并为一个卷积）→ ReLU → [B, ch_out, H, W]
        # ※ returns: adds the branches (deployed they can be one convolution) → ReLU
        # ※   → [B, ch_out, H, W]
        return self.act(self.dense(x) + self.pointwise(x))

    @staticmethod
    # ※ 静态方法：不需要实例；由 switch_to_deploy 调用
    # ※ static: needs no instance; called by switch_to_deploy
    def fold(branch):
        # ※ branch.conv 的权重 → [ch_out, ch_in, 3, 3] | [ch_out, ch_in, 1, 1]
        # ※ weight of branch.conv → [ch_out, ch_in, 3, 3] | [ch_out, ch_in, 1, 1]
        kernel = branch.conv.weight
        # ※ std = √(branch.bn.running_var + branch.bn.eps) → [ch_out]
        std = (branch.bn.running_var + branch.bn.eps).sqrt()
        scale = branch.bn.weight / std  # ※ scale = branch.bn.weight/std → [ch_out]
        # ※ bias = branch.bn.bias − branch.bn.running_mean·scale → [ch_out]
        bias = branch.bn.bias - branch.bn.running_mean * scale
        # ※ 返回折叠了批归一化的卷积核与偏置；评估模式且卷积无偏置时成立
        # ※ returns the kernel and the bias with the batch norm folded in
        # ※ right in eval mode, for a convolution without a bias
        return kernel * scale.reshape(-1, 1, 1, 1), bias

    @torch.no_grad()
    # ※ 不记录梯度；由下方脚本使用 / records no gradients; used by the script below
    def switch_to_deploy(self):
        # ※ 由 fold 求得 kernel3 [ch_out, ch_in, 3, 3]，bias3 [ch_out]
        # ※ fold gives kernel3 [ch_out, ch_in, 3, 3] and bias3 [ch_out]
        kernel3, bias3 = self.fold(self.dense)
        # ※ 由 fold 求得 kernel1 [ch_out, ch_in, 1, 1]，bias1 [ch_out]
        # ※ fold gives kernel1 [ch_out, ch_in, 1, 1] and bias1 [ch_out]
        kernel1, bias1 = self.fold(self.pointwise)
        # ※ 最后两维四周各补 1 圈 0，
        # ※   原值居中（无填充的 1×1 卷积等价于以此为核、填充 1 的 3×3 卷积）→ 逐元素相加
        # ※   → [ch_out, ch_in, 3, 3]
        # ※ pads the last two axes with 1 of zeros all around, the values in the middle
        # ※   (a 1×1 convolution without padding is a 3×3 one with padding 1 and this
        # ※   kernel) → adds element-wise → [ch_out, ch_in, 3, 3]
        kernel = kernel3 + F.pad(kernel1, [1, 1, 1, 1])
        # ※ 取出 kernel 各维的大小 / reads the sizes of kernel
        ch_out, ch_in = kernel.shape[:2]
        # ※ 3×3 卷积，通道 ch_in→ch_out，高宽不变
        # ※ 3×3 convolution, ch_in→ch_out channels, keeps H and W
        self.fused = nn.Conv2d(ch_in, ch_out, 3, self.stride, padding=1)
        # ※ 把 kernel 写入 fused.weight：[ch_out, ch_in, 3, 3]
        # ※ writes kernel into fused.weight: [ch_out, ch_in, 3, 3]
        self.fused.weight.copy_(kernel)
        # ※ 把 bias3 + bias1 写入 fused.bias：[ch_out]
        # ※ writes bias3 + bias1 into fused.bias: [ch_out]
        self.fused.bias.copy_(bias3 + bias1)
        # ※ 删除 dense、pointwise / deletes dense, pointwise
        del self.dense, self.pointwise
        # ※ 开关 deploy：开，供 forward 使用 / switch deploy: on, used in forward
        self.deploy = True


if __name__ == "__main__":  # ※ 若直接运行本文件 / if this file is run directly
    # ※ 结构重参数化块（3×3、1×1 支路相加，
    # ※   部署时可合并为一个 3×3 卷积）：[2, 16, 32, 32] → [2, 32, 16, 16]
    # ※ re-parameterisation block (3×3 + 1×1 branches, deployed as one 3×3
    # ※   convolution): [2, 16, 32, 32] → [2, 32, 16, 16]
    block = RepVGGBlock(16, 32, stride=2).eval()
    # ※ 标准正态分布的随机数 → [2, 16, 32, 32]
    # ※ standard normal random numbers → [2, 16, 32, 32]
    x = torch.randn(2, 16, 32, 32)
    # ※ 结构重参数化块 → [2, 32, 16, 16] / re-parameterisation block → [2, 32, 16, 16]
    before = block(x)
    block.switch_to_deploy()  # ※ 调用 switch_to_deploy / runs switch_to_deploy
    # ※ 仅打印查看，不影响计算 / only prints: nothing depends on it
    print((before - block(x)).abs().max().item())
