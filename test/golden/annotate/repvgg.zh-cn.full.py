import torch
import torch.nn.functional as F
from torch import nn


# ※ 由 RepVGGBlock.__init__ 调用
def conv_bn(ch_in, ch_out, kernel_size, stride, padding):
    block = nn.Sequential()  # ※ 顺序容器，依次执行其中各层
    block.add_module(  # ※ 登记子层 conv：3×3 卷积或 1×1 卷积（随参数而定）
        "conv",
        # ※ 3×3 卷积或 1×1 卷积（随参数而定）
        nn.Conv2d(ch_in, ch_out, kernel_size, stride, padding, bias=False),
    )
    block.add_module("bn", nn.BatchNorm2d(ch_out))  # ※ 登记子层 bn：批归一化
    return block  # ※ 返回 block


# ※ RepVGGBlock：结构重参数化块（3×3、1×1 支路相加，
# ※   部署时可合并为一个 3×3 卷积）=（3×3 卷积 → 批归一化）+（1×1 卷积
# ※   → 批归一化）→ ReLU
# ※ 输入 [B, ch_in, H, W] → 输出 [B, ch_out, H, W]
# ※ 参数量 10·ch_out·ch_in + 4·ch_out（按默认参数）
class RepVGGBlock(nn.Module):
    # ※ 构造函数：建立 act、dense、pointwise；须给出 ch_in、ch_out，其余有默认值
    def __init__(self, ch_in, ch_out, stride=1, deploy=False):
        super().__init__()  # ※ 先初始化 nn.Module，之后赋给 self 的层与参数才会被登记
        self.deploy = deploy  # ※ 保存参数 deploy，供 forward 使用
        self.stride = stride  # ※ 保存参数 stride，供 switch_to_deploy 使用
        self.act = nn.ReLU()  # ※ ReLU：负数置零
        if deploy:  # ※ 若 deploy 为真；默认 deploy=False，走 else
            # ※ 3×3 卷积，通道 ch_in→ch_out，高宽不变（stride=1 时）
            self.fused = nn.Conv2d(ch_in, ch_out, 3, stride, padding=1)
        else:
            # ※ 3×3 卷积 → 批归一化：[B, ch_in, H, W] → [B, ch_out, H, W]
            self.dense = conv_bn(ch_in, ch_out, 3, stride, padding=1)
            # ※ 1×1 卷积 → 批归一化：[B, ch_in, H, W] → [B, ch_out, H, W]
            # ※ 与 dense 的输出形状相同，故可相加
            self.pointwise = conv_bn(ch_in, ch_out, 1, stride, padding=0)

    def forward(self, x):  # ※ x: [B, ch_in, H, W]
        # ※ 若 deploy 为真；默认 deploy=False（调用 switch_to_deploy 后改变），跳过
        if self.deploy:
            # ※ 返回：3×3 卷积 → ReLU → [B, ch_out, H, W]
            return self.act(self.fused(x))
        # ※ 返回：各支路相加（部署时可合并为一个卷积）→ ReLU → [B, ch_out, H, W]
        return self.act(self.dense(x) + self.pointwise(x))

    @staticmethod
    def fold(branch):  # ※ 静态方法：不需要实例；由 switch_to_deploy 调用
        # ※ branch.conv 的权重 → [ch_out, ch_in, 3, 3] | [ch_out, ch_in, 1, 1]
        kernel = branch.conv.weight
        # ※ std = √(branch.bn.running_var + branch.bn.eps) → [ch_out]
        std = (branch.bn.running_var + branch.bn.eps).sqrt()
        scale = branch.bn.weight / std  # ※ scale = branch.bn.weight/std → [ch_out]
        # ※ bias = branch.bn.bias − branch.bn.running_mean·scale → [ch_out]
        bias = branch.bn.bias - branch.bn.running_mean * scale
        # ※ 返回折叠了批归一化的卷积核与偏置；评估模式且卷积无偏置时成立
        return kernel * scale.reshape(-1, 1, 1, 1), bias

    @torch.no_grad()
    def switch_to_deploy(self):  # ※ 不记录梯度；由下方脚本使用
        # ※ 由 fold 求得 kernel3 [ch_out, ch_in, 3, 3]，bias3 [ch_out]
        kernel3, bias3 = self.fold(self.dense)
        # ※ 由 fold 求得 kernel1 [ch_out, ch_in, 1, 1]，bias1 [ch_out]
        kernel1, bias1 = self.fold(self.pointwise)
        # ※ 最后两维四周各补 1 圈 0，
        # ※   原值居中（无填充的 1×1 卷积等价于以此为核、填充 1 的 3×3 卷积）→ 逐元素相加
        # ※   → [ch_out, ch_in, 3, 3]
        kernel = kernel3 + F.pad(kernel1, [1, 1, 1, 1])
        ch_out, ch_in = kernel.shape[:2]  # ※ 取出 kernel 各维的大小
        # ※ 3×3 卷积，通道 ch_in→ch_out，高宽不变
        self.fused = nn.Conv2d(ch_in, ch_out, 3, self.stride, padding=1)
        # ※ 把 kernel 写入 fused.weight：[ch_out, ch_in, 3, 3]
        self.fused.weight.copy_(kernel)
        # ※ 把 bias3 + bias1 写入 fused.bias：[ch_out]
        self.fused.bias.copy_(bias3 + bias1)
        del self.dense, self.pointwise  # ※ 删除 dense、pointwise
        self.deploy = True  # ※ 开关 deploy：开，供 forward 使用


if __name__ == "__main__":  # ※ 若直接运行本文件
    # ※ 结构重参数化块（3×3、1×1 支路相加，
    # ※   部署时可合并为一个 3×3 卷积）：[2, 16, 32, 32] → [2, 32, 16, 16]
    block = RepVGGBlock(16, 32, stride=2).eval()
    x = torch.randn(2, 16, 32, 32)  # ※ 标准正态分布的随机数 → [2, 16, 32, 32]
    before = block(x)  # ※ 结构重参数化块 → [2, 32, 16, 16]
    block.switch_to_deploy()  # ※ 调用 switch_to_deploy
    print((before - block(x)).abs().max().item())  # ※ 仅打印查看，不影响计算
