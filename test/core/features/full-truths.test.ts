import { describe, expect, test } from 'vitest';
import { type Case, model, said, script, whole } from './said';

// What full comments must not say, because it need not be so, and what they say instead.

test('a model whose result nobody knows is told with what goes into it', async () => {
  const code = `${model('pass', 'pass')}\n\nnet = Net(dim, n, widths)\nfor images in loader:\n    out, aux = net(images)\n`;
  expect(await said(code, 'out, aux', 'en')).toContain('feeds images to Net');
  expect(await said(code, 'out, aux', 'zh-cn')).toContain('把 images 送入 Net');
});

test('a number that rests on defaults says so, through what is kept on self', async () => {
  const code = model('self.k = rate or 8\n        self.m = self.k // 2\n        self.half = 64 // 2', 'pass');
  expect(await said(code.replace('rate=0.0', 'rate=None'), 'self.m', 'en')).toContain('m = 4 (rate=None)');
  expect(await said(code, 'self.half', 'en')).not.toContain('rate');
});

test('the number of layers that rests on a default says so', async () => {
  const code = (init: string) => model(init, 'pass').replace('rate=0.0', 'depth=3, rate=0.0');
  const made = 'self.all = nn.ModuleList([nn.Linear(dim, dim) for _ in range(depth)])';
  expect(await said(code(made), 'self.all', 'en')).toContain('list of 3 registered layers (Linear) (depth=3)');
  const grown = 'made = []\n        for _ in range(depth):\n            made.append(nn.Linear(dim, dim))\n        ';
  expect(await said(code(`${grown}self.all = nn.Sequential(*made)`), 'self.all', 'zh-cn')).toContain('（depth=3 时）');
  const unknown = 'made = []\n        for _ in range(depth):\n            made.append(widths(dim))\n        ';
  expect(await said(code(`${unknown}self.all = nn.ModuleList(made)`), 'self.all', 'en')).not.toContain('depth');
  expect(await said(code('self.all = nn.Sequential(self.fc, self.fc)'), 'self.all', 'en')).not.toContain('depth');
});

test('a class is not told by the rest of a way that was lost', async () => {
  const code = model(
    'self.other = widths(dim)',
    'y = torch.cat([self.other(x)], 1)\n        y += x\n        x = y.relu()',
  );
  expect(await said(code, 'class Net', 'en')).not.toContain('Net: ReLU');
});

test('what is taken over axes is not told to be over all elements', async () => {
  const cases: readonly Case[] = [
    ['a = other.mean((2, 3))', 'mean along the axes (2, 3)', '沿 (2, 3) 各维求均值'],
    ['a = torch.sum(other, dim=-1)', 'sum along the last axis', '沿最后一维求和'],
    ['a = torch.mean(other)', 'averages all elements', '对所有元素求均值'],
    ['_, a = torch.max(other, 1)', 'maximum along axis 1, with the indices', '沿第 1 维取最大，并给出下标'],
    ['a = torch.max(other, more)', 'computed by torch.max', '由 torch.max 求得'],
    ['a = torch.norm(other, 2)', 'computed by torch.norm', '由 torch.norm 求得'],
  ];
  for (const [code, en, zh] of cases) {
    const whole = script(`def f(make, more):\n    other = make(1)\n    ${code}`);
    expect(await said(whole, code, 'en')).toContain(en);
    expect(await said(whole, code, 'zh-cn')).toContain(zh);
  }
});

test('the mode is given as the reason only where it decides', async () => {
  const code = (test: string) => `${model('pass', `if ${test}:\n            return x`)}
    def eval(self):
        self.fused = self.fc
`;
  const at = async (test: string) => said(code(test), `if ${test}`, 'zh-cn');
  expect(await at("not self.training and hasattr(self, 'fused')")).toContain('；调用 eval 之前没有，跳过');
  expect(await at('self.training')).toContain('；评估模式下跳过');
  expect(await at('self.training and self.n > 2')).toContain('；评估模式下跳过');
  expect(await at('not self.training')).toContain('；评估模式下成立');
});

describe('a wrapper of something that nobody knows', () => {
  const wrapper = (result: string) => `from torch import nn


class Wrapper(nn.Module):
    def __init__(self, dim, fn):
        super().__init__()
        self.norm = nn.LayerNorm(dim)
        self.fn = fn

    def forward(self, x, **more):
        return ${result}
`;
  test.each([
    ['self.fn(self.norm(x), **more)', 'layer norm → fn', '层归一化 → fn'],
    ['self.fn(x, **more) + x', 'adds x back onto what fn gives', '残差连接：把 x 加回 fn 的输出'],
    ['x + self.fn(x)', 'adds x back onto what fn gives', '残差连接：把 x 加回 fn 的输出'],
    ['self.fn(more) + x', 'returns the sum of fn(more) and x', '返回 fn(more) 与 x 之和'],
  ])('%s', async (result, en, zh) => {
    expect(await said(wrapper(result), 'return', 'en')).toContain(en);
    expect(await said(wrapper(result), 'return', 'zh-cn')).toContain(zh);
  });
});

test('a list that is filled in a loop over a default says so', async () => {
  const init = `self.all = nn.ModuleList()
        for width in sizes:
            self.all.append(nn.Linear(dim, width))`;
  const code = model(init, 'pass').replace('rate=0.0', 'sizes=(4, 8), rate=0.0');
  expect(await said(code, 'self.all', 'en')).toContain('list of 2 registered layers (Linear) (sizes=(4, 8))');
});

test('a test with or is no default for what is not given', async () => {
  const code = model('self.first = n > 1 or widths is not None', 'pass');
  expect(await said(code, 'self.first', 'en')).toContain('first: whether n is greater than 1 or widths is not None');
  const plain = model('self.first = widths or n', 'pass');
  expect(await said(plain, 'self.first', 'en')).toContain('widths, or n where it is not given');
});

test('a class of which nothing is known has the article that it is read with', async () => {
  const code = model('pass', 'pass').replace('nn.Module', 'Other');
  expect(await said(code, 'class Net', 'en')).toContain('Net: an Other');
});

describe('the distance of a normal distribution from the standard one', () => {
  const code = (formula: string) => `import torch


def loss(mu, log):
    mu, log = torch.zeros(8, 4), torch.zeros(8, 4)
    kl = ${formula}
    return kl
`;
  test.each([
    '-0.5 * torch.sum(1 + log - mu.pow(2) - log.exp())',
    '0.5 * torch.sum(mu ** 2 + torch.exp(log) - log - 1)',
    '-0.5 * (1 + log - mu * mu - log.exp()).sum(1)',
    'torch.sum(1 + log - torch.square(mu) - log.exp(), dim=1) * -0.5',
  ])('%s', async (formula) => {
    expect(await said(code(formula), 'kl =', 'en')).toContain('KL divergence of N(μ, σ²)');
    expect(await said(code(formula), 'kl =', 'zh-cn')).toContain('与标准正态分布的 KL 散度');
  });
  test.each([
    '0.5 * torch.sum(1 + log - mu.pow(2) - log.exp())',
    '-0.5 * torch.sum(1 + log - mu.pow(2) - mu.exp())',
    '-0.5 * torch.sum(1 + log - mu.pow(3) - log.exp())',
    '-0.5 * torch.sum(1 + log - mu.pow(2))',
  ])('is not %s', async (formula) => {
    expect(await said(code(formula), 'kl =', 'en')).not.toContain('KL');
  });
});

test('a copy, a container and a call of one argument are told as what they are', async () => {
  const cases: readonly Case[] = [
    ['self.twin = copy.deepcopy(self.fc)', 'a copy of self.fc', 'fc 的完整拷贝'],
    ['self.net = nn.Sequential(widths, nn.ReLU())', 'container: runs its layers in order', '顺序容器，依次执行各层'],
    ['for p in self.fc.parameters():\n            p.requires_grad = False', 'freezes p', '冻结 p：不求梯度'],
    ["self.register_parameter('gain', None)", 'registers gain as absent', '登记 gain 为 None：没有这个参数'],
    ['self.rnn = nn.GRU(dim, n, bidirectional=True)', 'from each direction', 'dim→2·n（每个方向 n）'],
    ['kind = self.fc.__class__.__name__', 'the name of the class of', 'fc 的类名'],
  ];
  for (const [code, , zh] of cases)
    expect(await said(model(`import copy\n        ${code}`, 'pass'), code, 'zh-cn')).toContain(zh);
  const steps: readonly Case[] = [
    ['a, b, c = torch.where(x > 0)', 'indices where it is true', '为真处的下标，每维一个张量'],
    ['a = torch.where(x > 0, x, -x)', 'takes from the first', '条件成立处取前者'],
    ['a = self.fc(x) * widths + n', 'times widths → adds n', '乘以 widths → 加 n'],
    ['a = 1 - self.fc(x)', 'subtracts from 1', '1 减去它'],
    ['a = x.reshape(-1)', 'flattens to one axis', '展平为一维'],
    ['a = x.log_softmax(dim=-1)', 'log-softmax over the last axis', 'log-softmax，沿最后一维'],
    ['a = torch.zeros(N, C)', 'zeros → [N, dim]', '全 0 张量 → [N, dim]'],
    ['x[x > 1] = 0', 'sets x to 0 where x > 1', '把 x 中满足 x > 1 处置为 0'],
    ['if x.dim() == 2:\n            pass', 'if the number of axes of x equals 2', '若 x 的维数等于 2'],
    ['for i, (a, b) in enumerate(zip(widths, n)):\n            pass', 'side by side', '同时遍历 widths、n'],
  ];
  for (const [code, en, zh] of steps) {
    const at = code.split('\n')[0] ?? code;
    expect(await said(model('pass', code), at, 'en')).toContain(en);
    expect(await said(model('pass', code), at, 'zh-cn')).toContain(zh);
  }
});

test('a class that a function makes is told like any other', async () => {
  const code = `from torch import nn


def make(dim):
    class Block(nn.Module):
        def __init__(self):
            super().__init__()
            self.fc = nn.Linear(dim, 2 * dim)

        def forward(self, x):
            return self.fc(x)

    return Block()
`;
  expect(await said(code, 'class Block', 'zh-cn')).toContain('输入 [*, dim] → 输出 [*, 2·dim]');
  expect(await said(code, 'return self.fc', 'en', 'standard')).toContain('linear layer → [*, 2·dim]');
  expect(await said(code, 'return Block', 'zh-cn')).toBe('返回：建立 Block');
});

test('a class that names itself is run as what the module holds then', async () => {
  const code = `from torch import nn


class Net(nn.Module):
    def __init__(self, dim):
        super(Net, self).__init__()
        self.fc = nn.Linear(dim, 2)

    def forward(self, x):
        return self.fc(x)


net = Net(3)
`;
  expect(await said(code, 'class Net', 'zh-cn')).toContain('输入 [*, dim] → 输出 [*, 2]');
});

test('fields of a dataclass are each instance’s own', async () => {
  const code = `from dataclasses import dataclass


@dataclass
class Sizes:
    dim: int = 512
    heads: int


class Shared:
    dim: int = 512
`;
  expect(await said(code, 'dim: int', 'zh-cn')).toBe('字段 dim，默认 512');
  expect(await said(code.slice(code.indexOf('class Shared')), 'dim: int', 'zh-cn')).toContain('所有实例共用');
});

test('layers of two classes are not told to be alike, and a helper names the method that calls it', async () => {
  const code = `${model('self.a = helper(nn.ReLU())', 'pass')}

def helper(layer, more=None):
    if more is not None:
        return more
    return layer
`;
  expect(await said(code, 'def helper', 'zh-cn')).toBe('由 Net.__init__ 调用');
});

test('a class is not told by a way of which one of several steps is meant', async () => {
  const code = `import math
import torch.nn as nn


class Gate(nn.Module):
    def __init__(self, channels):
        super().__init__()
        t = int(abs(math.log(channels, 2) + 1) / 2)
        k = t if t % 2 else t + 1
        self.pool = nn.AdaptiveAvgPool2d(1)
        self.conv = nn.Conv1d(1, 1, k, padding=k // 2)

    def forward(self, x):
        y = self.conv(self.pool(x).squeeze(-1).transpose(-1, -2))
        y = y.transpose(-1, -2).unsqueeze(-1).sigmoid()
        return x * y.expand_as(x)
`;
  expect(await said(code, 'class Gate', 'en')).not.toContain('expands');
});

test('a container on the side that is not taken is told by what it holds', async () => {
  const side = 'nn.Sequential(nn.Linear(dim, n), nn.ReLU())';
  const code = model(`self.more = ${side} if rate != 0.0 else nn.Identity()`, 'pass');
  expect(await said(code, 'self.more', 'zh-cn')).toContain('：nn.Linear → nn.ReLU；否则：恒等映射');
});

test('an axis has no name that the code gives to another size', async () => {
  const code = `import torch
from torch import nn


class Pairs(nn.Module):
    def __init__(self, batch):
        super().__init__()
        self.batch = batch

    def forward(self, a, b):
        N = 2 * self.batch
        z = torch.cat((a, b), dim=0)
        return torch.mm(z, z.t()) / N
`;
  expect(await said(code, 'def forward', 'en')).not.toMatch(/\bN\b/);
  expect(await said(code, 'N =', 'en')).toBe('N = 2·batch');
});

test('auxiliary outputs stand beside what is returned in use', async () => {
  const returns = (trained: string) =>
    model('self.aux = nn.Linear(dim, n)', `a = self.aux(x)\n        if self.training:\n            ${trained}`);
  const at = async (trained: string) => said(returns(trained), trained, 'en');
  expect(await at('return x, a')).toContain('with auxiliary outputs while training');
  expect(await at("return {'out': x, 'aux': a}")).toContain('with auxiliary outputs while training');
  expect(await at("return {'loss': a.mean()}")).not.toContain('auxiliary');
  expect(await at('return a, a.mean()')).not.toContain('auxiliary');
});

test('what is kept on self is not taken for a local of the same name', async () => {
  const code = model('self.n = n + 1', 'n = 3\n        rows = [self.n, n]\n        other = [self.n, 4]');
  expect(await said(code, 'rows =', 'en')).toContain('rows = [self.n, n]');
  expect(await said(model('pass', 'other = [self.n, 4]'), 'other =', 'en')).toContain('other = [n, 4]');
});

test('two sides of a sum are both told where they are short', async () => {
  const made = 'self.a = nn.Linear(dim, dim)\n        self.b = nn.Linear(dim, dim)';
  const at = async (line: string, language: 'en' | 'zh-cn') => said(model(made, line), line, language);
  const sum = 'y = torch.tanh(self.a(x)) + self.b(x)';
  expect(await at(sum, 'en')).toContain('(linear layer → tanh) + linear layer');
  expect(await at(sum, 'zh-cn')).toContain('（全连接 → tanh）+ 全连接');
  expect(await at('y = x + self.a(x)', 'en')).toContain('residual');
});

test('a straight-through estimator is told by what goes either way', async () => {
  const at = async (line: string) => said(model('pass', `q = x.round()\n        ${line}`), line, 'en');
  expect(await at('q = x + (q - x).detach()')).toContain('the numbers of q, the gradient goes to x');
  expect(await at('q = q + (q - x).detach()')).not.toContain('straight-through');
  expect(await at('q = x + (q - x)')).not.toContain('straight-through');
});

test('repeated layers of a class are told once, from the layer on', async () => {
  const code = `import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.net = nn.Sequential(
            nn.Conv2d(3, 8, 4), nn.ReLU(), nn.Conv2d(8, 8, 4), nn.BatchNorm2d(8), nn.ReLU(),
            nn.Conv2d(8, 16, 4), nn.BatchNorm2d(16), nn.ReLU(), nn.Conv2d(16, 1, 4),
        )

    def forward(self, x):
        return self.net(x)
`;
  const lines = '= 4×4 convolution → ReLU → (4×4 convolution → batch norm → ReLU) × 2 → 4×4 convolution';
  expect(await whole(code)).toContain(lines);
});

test('layers on one line are told together', async () => {
  const inner =
    'nn.Sequential(\n            nn.Linear(dim, 4), nn.ReLU(),\n            nn.Sequential(nn.Tanh(), nn.Tanh()),\n        )';
  const code = await whole(model(`self.net = ${inner}`, 'pass'));
  expect(code).toContain('maps the last axis dim→4; ReLU, zeroes negative values\n');
  expect(code).toContain('nn.Sequential(nn.Tanh(), nn.Tanh()),  # ※ in order: tanh × 2');
});

test('a parameter that must equal another one by default keeps its own name', async () => {
  const code = `import torch
from torch import nn


class Residual(nn.Module):
    def __init__(self, ch_in, ch_out, project=False):
        super().__init__()
        self.conv = nn.Conv2d(ch_in, ch_out, 3, padding=1)
        self.side = nn.Conv2d(ch_in, ch_out, 1) if project else None

    def forward(self, x):
        y = self.conv(x)
        if self.side is not None:
            x = self.side(x)
        return torch.relu(y + x)
`;
  expect(await said(code, 'self.conv', 'en')).toContain('ch_in→ch_out channels');
  expect(await said(code, 'y =', 'en')).toContain('[B, ch_out, H, W]');
  expect(await said(code, 'def forward', 'en')).toContain('ch_out must equal ch_in (with the defaults)');
  const always = code.replace('if project else None', 'if project else self.conv').replace('x = self.side(x)', 'pass');
  expect(await said(always, 'def forward', 'zh-cn')).toMatch(/须等于 ch_\w+$/);
});

test("padding 'same' keeps the size only with a stride of one", async () => {
  const layer = (stride: number) => `class Net(nn.Layer):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2D(3, 8, 3, stride=${stride}, padding='same')

    def forward(self, x):
        return self.conv(x)
`;
  const at = async (stride: number) => said(`import paddle.nn as nn\n\n\n${layer(stride)}`, 'self.conv', 'en');
  expect(await at(1)).toContain('keeps H and W');
  expect(await at(2)).toContain('halves H and W');
});

test('what belongs to the object is not called by the name of something else in the function', async () => {
  const first = (code: string) => said(model('self.n = n', code), 'y = x[', 'en');
  expect(await first('y = x[:, :self.n]')).toContain('takes the first n');
  expect(await first('n = x.shape[1] // 2\n        y = x[:, :self.n]\n        x = x[:, :n]')).toContain('first self.n');
});
