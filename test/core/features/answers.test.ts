import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { annotate, applyEdits, hover, problems } from '../../../src/core';
import { analyse } from './support';

// The questions that people ask about model code, and every fact that an answer must have. Each fact was checked by
// running PyTorch 2.13 or PaddlePaddle 3.3.

const LAYERS = `import torch
import torch.nn as nn
import torch.nn.functional as F
import paddle

conv = nn.Conv2d(6, 4, 3, padding=1)
w = conv.weight
up = nn.ConvTranspose2d(6, 4, 3, stride=2, padding=1, output_padding=1)
y = F.conv_transpose2d(torch.zeros(1, 6, 5, 5), up.weight)
bad = nn.MaxPool2d((1, None))
good = nn.AdaptiveMaxPool2d((1, None))
p = paddle.nn.Conv2D(6, 4, 3)
`;

type Fact = readonly [place: string, fact: string, en: string, zh: string];

const HOVERS: readonly Fact[] = [
  ['Conv2d', 'axes of the weight', '`[4, 6, 3, 3]`', '`[4, 6, 3, 3]`'],
  ['Conv2d', 'what the axes are', '`weight`: ', '每个核看到的通道数（输入通道数 ÷ 分组数）'],
  ['Conv2d', 'one number per output channel', '`bias`: ', '每个输出通道一个数'],
  ['Conv2d', 'what it computes', 'Σ_c Σ_u Σ_v W[o,c,u,v] · x[n,c', 'y[n,o,i,j] = b[o] + Σ_c Σ_u Σ_v W[o,c,u,v]'],
  ['Conv2d', 'how it starts', 'uniform in ±1/√fan_in, like the weight', '与权重一样，在 ±1/√fan_in 内均匀取值'],
  ['Conv2d', 'how many numbers', '220', '参数量 220'],
  ['Conv2d', 'what it does to the map', 'keeps H and W', '高宽不变'],
  ['Conv2d', 'the function is given its weight', 'F.conv2d', 'F.conv2d 做同样的运算，但须由调用者传入'],
  ['weight', 'the weight by itself', '`[4, 6, 3, 3]`', '卷积核个数'],
  ['Conv2D', 'Paddle starts otherwise', '√(2/fan_in)', '标准差 √(2/fan_in) 的正态分布'],
  ['ConvTranspose2d', 'input channels first', '`[6, 4, 3, 3]`', '输入通道在前，与卷积相反'],
  ['ConvTranspose2d', 'the size', '(in − 1)·stride − 2·padding', 'dilation·(k − 1) + output_padding + 1'],
  ['ConvTranspose2d', 'output_padding', 'output_padding', 'output_padding 只用来确定取哪一种输出大小，并不给数据补零'],
  [
    'ConvTranspose2d',
    'its fan_in counts the outputs',
    'out/groups · kernel size',
    'fan_in 按输出计：out/groups·核大小',
  ],
  ['ConvTranspose2d', 'who owns the weight', 'F.conv_transpose2d', 'weight 和 bias 由层自己持有'],
  ['conv_transpose2d', 'a gradient, no inverse', 'gradient', '是卷积的梯度运算（不是逆运算）'],
  ['conv_transpose2d', 'the shape here', '`[1, 4, 7, 7]`', '`[1, 4, 7, 7]`'],
  ['AdaptiveMaxPool2d', 'None keeps an axis', 'keeps', '沿高方向最大池化，宽不变，高变为 1'],
];

describe('a hover tells', () => {
  test.each(HOVERS)('of %s: %s', async (place, _, en, zh) => {
    const analysis = await analyse(LAYERS);
    const at = LAYERS.search(new RegExp(`\\b${place}\\b`));
    expect(hover(analysis, at, 'en')?.markdown).toContain(en);
    expect(hover(analysis, at, 'zh-cn')?.markdown).toContain(zh);
  });

  test('None is no size of a window', async () => {
    expect(problems(await analyse(LAYERS), 'en').map(({ code }) => code)).toContain('none-size');
  });
});

const comments = async (code: string, language: 'en' | 'zh-cn'): Promise<string> => {
  const result = annotate(await analyse(code), { language, level: 'full', width: 2000 });
  return applyEdits(code, 'edits' in result ? result.edits : []);
};

/** The comment of the line that begins with some text, with what stands above it. */
const commentOf = (annotated: string, line: string): string => {
  const lines = annotated.split('\n');
  const at = lines.findIndex((one) => one.trim().startsWith(line));
  let from = at;
  while (lines[from - 1]?.trim().startsWith('# ※')) from--;
  return lines.slice(from, at + 1).join('\n');
};

type Told = readonly [line: string, en: string, zh: string];

const SQUEEZED = `import torch.nn as nn


class Double(nn.Module):
    def __init__(self, a, b):
        super().__init__()
        self.conv = nn.Sequential(
            nn.Conv2d(a, b, 3, padding=1),
            nn.BatchNorm2d(b),
            nn.ReLU(inplace=True),
            nn.Conv2d(b, b, 3, padding=1),
            nn.BatchNorm2d(b),
            nn.ReLU(inplace=True),
        )

    def forward(self, x):
        return self.conv(x)


class Squeezed(nn.Module):
    def __init__(self, a, b):
        super().__init__()
        self.pool = nn.AvgPool2d(2, 2)
        self.conv = Double(a, b)
        self.weigh = Double(a, b)
        self.up = nn.Upsample(scale_factor=2)

    def forward(self, x):
        kept = self.conv(x)
        y = self.pool(x)
        y = self.weigh(y)
        y = self.up(y)
        return (y * kept) + y
`;

const OF_SQUEEZED: readonly Told[] = [
  ['class Double', '(3×3 convolution → batch norm → ReLU) × 2', '（3×3 卷积 → 批归一化 → ReLU）× 2'],
  ['class Double', '9·b·a + 9·b² + 6·b parameters', '参数量 9·b·a + 9·b² + 6·b'],
  ['nn.ReLU(inplace', '(in place)', '（原地）'],
  ['def forward(self, x):  # ※ x: [B, a, H, W]', '', ''],
  ['kept =', 'convolution block → [B, b, H, W]', '卷积块 → [B, b, H, W]'],
  ['y = self.pool', 'halves H and W → [B, a, H/2, W/2]', '高宽减半 → [B, a, H/2, W/2]'],
  ['y = self.up', 'nearest-neighbour upsampling ×2 → [B, b, H, W]', '最近邻上采样 ×2 → [B, b, H, W]'],
  [
    'return (y',
    'weights it element-wise by the pooled branch → adds that branch → [B, b, H, W]',
    '以池化支路为权重逐元素加权 → 再加上该支路 → [B, b, H, W]',
  ],
];

const PAIRED = `import torch
import torch.nn as nn


class Paired(nn.Module):
    def __init__(self, inp, out, kernel_size, stride, reduction=32):
        super().__init__()
        self.rows = nn.AdaptiveAvgPool2d((None, 1))
        self.columns = nn.AdaptiveAvgPool2d((1, None))
        mip = max(8, inp // reduction)
        self.squeeze = nn.Conv2d(inp, mip, 1)
        self.of_rows = nn.Conv2d(mip, inp, 1)
        self.of_columns = nn.Conv2d(mip, inp, 1)
        self.conv = nn.Conv2d(inp, out, kernel_size, padding=kernel_size // 2, stride=stride)
        self.mix = nn.Sequential(nn.Linear(inp, 2), nn.Softmax(dim=1))

    def forward(self, x):
        n, c, h, w = x.size()
        y = torch.cat([self.rows(x), self.columns(x).permute(0, 1, 3, 2)], dim=2)
        y = self.squeeze(y)
        r, q = torch.split(y, [h, w], dim=2)
        a_r = self.of_rows(r).sigmoid()
        a_q = self.of_columns(q.permute(0, 1, 3, 2)).sigmoid()
        mean = nn.AdaptiveAvgPool2d(1)(x)
        mixed = self.mix(mean.view(x.size(0), -1))
        out = x * (mixed[:, 0].view(-1, 1, 1, 1) * a_q + mixed[:, 1].view(-1, 1, 1, 1) * a_r)
        return self.conv(out)
`;

const OF_PAIRED: readonly Told[] = [
  ['class Paired', 'coordinate attention', '坐标注意力'],
  ['mip =', 'mip = max(8, ⌊inp/32⌋)', 'mip = max(8, ⌊inp/32⌋)'],
  ['y = torch.cat', '[n, inp, h + w, 1]', '[n, inp, h + w, 1]'],
  ['r, q =', '[n, mip, h, 1], [n, mip, w, 1]', '[n, mip, h, 1], [n, mip, w, 1]'],
  ['a_r =', '→ [n, inp, h, 1]', '→ [n, inp, h, 1]'],
  ['a_q =', '→ [n, inp, 1, w]', '→ [n, inp, 1, w]'],
  ['mixed =', '→ [n, 2]', 'softmax → [n, 2]'],
  ['return', '[n, out, ⌊(h - kernel_size % 2)/stride⌋ + 1', '⌊(w - kernel_size % 2)/stride⌋ + 1]'],
];

const BRANCHES = readFileSync('test/models/assumed_block_paddle.py', 'utf8');

const OF_BRANCHES: readonly Told[] = [
  ['class TwoBranches', 'assumed by convention: ConvBNLayer', '按惯例假定：ConvBNLayer（卷积 + 批归一化）'],
  ['super(', 'only then are layers that are put on self registered', '之后赋给 self 的层与参数才会被登记'],
  ['self.square =', 'assumed by convention', 'ConvBNLayer 不在本文件，按惯例假定'],
  ['self.point =', 'batch norm: [B, ch_in, H, W] → [B, ch_out, H, W]', '1×1 卷积 + 批归一化'],
  ['self.act =', "default act='relu': the first one", "默认 act='relu'，取前者"],
  ['self.share = self.create', 'learnable [1], initially 1', '可学习参数 [1]，初值 1；作为 point 支路的权重'],
  ["if hasattr(self, 'whole')", 'set by deploy', '由 deploy 设置'],
  ['y = self.square', '[B, ch_out, H, W]', '[B, ch_out, H, W]'],
  ['def deploy', 'equal to the branches in eval mode only', '仅在评估模式下与原支路等价'],
  ['kernel, bias =', 'kernel [ch_out, ch_in, 3, 3] and bias [ch_out]', 'kernel [ch_out, ch_in, 3, 3]，bias [ch_out]'],
  ['self.whole.weight', 'writes kernel into whole.weight', '把 kernel 写入 whole.weight'],
  [
    "self.__delattr__('square')",
    'forward, folded can no longer use it',
    '（已折叠进卷积核）；此后 forward、folded 不能再用到它',
  ],
  ['return nn.functional.pad', '[ch_out, ch_in, 1, 1] → [ch_out, ch_in, 3, 3]', '最后两维四周各补 1 圈 0，原值居中'],
  ['std =', 'std = √(branch.bn._variance + branch.bn._epsilon) → [ch_out]', 'std = √('],
  ['scale =', '→ [ch_out, 1, 1, 1]', '补上大小为 1 的维以便广播 → [ch_out, 1, 1, 1]'],
  ['return kernel * scale', 'right in eval mode, for a convolution without a bias', '评估模式且卷积无偏置时成立'],
];

const RESIZED = `import paddle
import paddle.nn as nn
import paddle.nn.functional as F


class Resized(nn.Layer):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2D(8, 8, 1)

    def forward(self, x, y):
        x, y = self.conv(x), self.conv(y)
        as_other = F.interpolate(x, size=paddle.shape(y)[2:], mode='bilinear')
        half = F.interpolate(x, size=(x.shape[2] // 2, x.shape[3] // 2), mode='bilinear')
        less = F.interpolate(x, scale_factor=0.5)
        twice = F.interpolate(x, size=(2 * x.shape[2], 2 * x.shape[3]), mode='bilinear')
        places = paddle.zeros([paddle.shape(x)[0], 4])
        sums = F.normalize(x, p=1, axis=1)
        return as_other, half, less, twice, places, sums
`;

const OF_RESIZED: readonly Told[] = [
  ['as_other =', '※ bilinear resizing → [B, 8, H2, W2]', '※ 双线性插值缩放 → [B, 8, H2, W2]'],
  ['half =', '※ bilinear downsampling', '※ 双线性下采样'],
  ['less =', '※ nearest-neighbour downsampling ×0.5', '※ 最近邻下采样 ×0.5'],
  ['twice =', '※ bilinear upsampling', '※ 双线性上采样'],
  ['places =', '※ zeros of', '※ 给定形状的全 0 张量 → [B, 4]'],
  ['sums =', 'scales to 1-norm 1 along', '按 1 范数归一化'],
];

const STACKED = `import torch
from torch import nn


class Step(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.conv = nn.Conv1d(dim, dim, 3, padding=1)

    def forward(self, x):
        return x + torch.relu(self.conv(x))


class Stacked(nn.Module):
    def __init__(self, dim, n):
        super().__init__()
        self.steps = nn.Sequential(*[Step(dim) for _ in range(n)])

    def forward(self, x):
        return self.steps(x)
`;

const OF_STACKED: readonly Told[] = [
  ['class Step', 'Step: residual block', 'Step：残差块'],
  ['class Stacked', 'n residual blocks', 'Stacked：残差网络（n 个残差块）'],
];

describe.each([
  ['blocks as many as a parameter says', STACKED, OF_STACKED],
  ['maps of another size', RESIZED, OF_RESIZED],
  ['blocks that are weighed', SQUEEZED, OF_SQUEEZED],
  ['coordinate attention with a learnt mix', PAIRED, OF_PAIRED],
  ['two branches without their helpers', BRANCHES, OF_BRANCHES],
] as const)('full comments on %s', (_, code, facts) => {
  test.each(facts)('%s', async (line, en, zh) => {
    expect(commentOf(await comments(code, 'en'), line)).toContain(en);
    expect(commentOf(await comments(code, 'zh-cn'), line)).toContain(zh);
  });
});

test('the sizes must be even, for a reason that is told', async () => {
  expect(await comments(SQUEEZED, 'zh-cn')).toContain('H、W 须为偶数（否则相乘的两支尺寸不同）');
  expect(await comments(SQUEEZED, 'en')).toContain(
    'H and W must be even (or the two that are multiplied differ in size)',
  );
});

test('a pool that is made on every call is said aloud', async () => {
  expect(problems(await analyse(PAIRED), 'en').map(({ code }) => code)).toContain('layer-in-forward');
});
