import { describe, expect, test } from 'vitest';
import { annotate, applyEdits } from '../../../src/core';
import { type Case, model, said, script } from './said';
import { analyse } from './support';

const MAKING: readonly Case[] = [
  ['nn.init.normal_(self.fc.weight, std=0.02)', 'of standard deviation 0.02', '以正态分布初始化（标准差 0.02）'],
  ['nn.init.normal_(self.fc.weight, 1.0, 0.02)', 'of mean 1.0 and standard', '（均值 1.0，标准差 0.02）'],
  ['nn.init.uniform_(self.fc.bias, -0.1, 0.1)', 'between -0.1 and 0.1', '（在 -0.1 与 0.1 之间）'],
  ['initializer.zeros_(self.fc.bias)', 'sets fc.bias to zero', 'fc.bias 全部置 0'],
  ['weight_init.glorot_normal_(self.fc.weight)', 'fills fc.weight from', 'fc.weight 以 Xavier 正态分布初始化'],
  ['self.fc.weight.data.zero_()', 'sets fc.weight to zero', 'fc.weight 全部置 0'],
  ['nn.init.kaiming_normal_(self.fc.weight)', 'scaled for ReLU', '（按 ReLU 缩放）'],
  ['nn.init.kaiming_uniform_(self.fc.weight, a=1)', 'a leaky ReLU of slope 1', '（按负斜率为 1 的 Leaky ReLU 缩放）'],
  ["nn.init.kaiming_uniform_(self.fc.weight, nonlinearity='tanh')", 'scaled for tanh', '（按 tanh 缩放）'],
  [
    'self.pool = nn.MaxPool2d((1, None))',
    'None is no kernel size: the call fails',
    '窗口大小不能为 None，调用时会报错',
  ],
  ['self.drop = nn.Dropout(rate)', 'p = rate (here 0), while training', 'p = rate（此处为 0），仅训练时'],
  ['self.attend = nn.Softmax(dim=-1)', 'along the last axis', '沿最后一维，权重之和为 1'],
  ['self.u = table.shape[-1]', 'the size of the last axis of table', 'table 最后一维的大小'],
  ['self.u = table.shape[-2]', 'the size of axis -2 of table', 'table 倒数第 2 维的大小'],
  ['self.u = table.shape[1]', 'the size of axis 1 of table', 'table 第 1 维的大小'],
  ['kind = nn.Linear', 'kind is nn.Linear', 'kind 取 nn.Linear'],
  ['torch._assert(n > 1, "no")', 'demands that n is greater than 1', '要求 n 大于 1，否则报错'],
];

const STEPS: readonly Case[] = [
  ['a = x[:, 0]', 'takes index 0 along axis 1', '沿第 1 维取下标 0'],
  ['a = x[:, -1, :]', 'takes the last one along axis 1: [B, N, dim] → [B, dim]', '沿第 1 维取最后一个'],
  ['a = x[:, 1:]', 'leaves out the first one along axis 1', '沿第 1 维去掉第一个'],
  ['a = x[..., -1]', 'takes the last one along the last axis', '沿最后一维取最后一个'],
  ['a = x[:, :3]', 'takes the first 3 along axis 1', '沿第 1 维取前 3 个'],
  ['a = x[:, :-1]', 'leaves out the last one along axis 1', '沿第 1 维去掉最后一个'],
  ['a = x[:, :-k]', 'leaves out the last k along axis 1', '沿第 1 维去掉最后 k 个'],
  ['a = x[:, None]', 'adds an axis of size 1 as axis 1', '在第 1 维处添加大小为 1 的维'],
  ['h = x.shape[-2:]', 'the sizes of the last 2 axes of x', 'x 最后 2 维的大小'],
  ['a, b = map(lambda t: t.reshape(B, N, 2, -1).transpose(1, 2), x.chunk(2, dim=-1))', 'each: ', '逐份'],
];

const cases = [...MAKING.map((one) => [true, ...one] as const), ...STEPS.map((one) => [false, ...one] as const)];

describe('a statement', () => {
  test.each(cases)('made there: %s, %s', async (isMaking, code, en, zh) => {
    const whole = isMaking ? model(code, 'pass') : model('pass', code);
    expect(await said(whole, code, 'en')).toContain(en);
    expect(await said(whole, code, 'zh-cn')).toContain(zh);
  });
});

/** A loop or condition is told on its own line, not on that of its body. */
const headed = async (init: string, forward: string, at: string): Promise<string> =>
  said(model(init, forward), at, 'zh-cn');

describe('a condition or loop', () => {
  test('between two bounds', async () => {
    const code = 'if not (1 <= self.n <= 2):\n            x = x + 1';
    expect(await headed('pass', code, 'if not (1')).toContain('若 1 ≤ n ≤ 2 不成立');
  });

  test('turned round', async () => {
    expect(await headed('pass', 'if not self.n == 3:\n            x = x + 1', 'if not')).toContain('若 n 不等于 3');
  });

  test('over the modules', async () => {
    const code = 'for m in self.modules():\n            if isinstance(m, nn.Conv2d):\n                pass';
    expect(await headed(code, 'pass', 'for m')).toBe('逐个取 m：本模块自身及全部子模块');
    // There may be convolutions that nobody has seen being made.
    expect(await said(model(code, 'pass'), 'if isinstance', 'en')).toBe('if m is an nn.Conv2d');
    expect(await headed(code, 'pass', 'if isinstance')).toBe('若 m 是 nn.Conv2d');
  });

  test('over layers whose number nobody knows says no number', async () => {
    const made = 'layers = [self.fc]\n        for width in widths:\n            layers.append(nn.Linear(dim, width))';
    const init = `${made}\n        layers.append(self.fc)\n        self.all = nn.ModuleList(layers)`;
    const loop = 'for layer in self.all:\n            layer(x)';
    expect(await headed(init, loop, 'for layer')).not.toMatch(/共 \d+ 次/);
    expect(await headed('self.all = nn.ModuleList([self.fc, self.fc])', loop, 'for layer')).toContain('共 2 次');
  });

  test('a list grows at its front', async () => {
    expect(await headed('pass', 'found = []\n        found.insert(0, x)', 'found.insert')).toContain(
      '插到 found 最前面：x [B, N, dim]',
    );
  });
});

test('a size is not called by a name that was changed after it', async () => {
  const changed = 'length = (dim // 4) * (dim // 8) * 5\n        length += 1\n        self.length = length';
  const kept = 'length = (dim // 4) * (dim // 8) * 5';
  const forward = 'a = torch.zeros((x.shape[-1] // 4) * (x.shape[-1] // 8) * 5, 3)';
  expect(await said(model(kept, forward), 'a = torch', 'en')).toContain('[length, 3]');
  expect(await said(model(changed, forward), 'a = torch', 'en')).not.toContain('[length, 3]');
});

const TRAINING: readonly Case[] = [
  ['optimizer = optim.Adam(model.parameters(), lr=1e-3)', 'the parameters of model, learning rate 1e-3', '学习率 1e-3'],
  ['loader = DataLoader(data, batch_size=32, shuffle=True)', 'batches of 32 from data, in a new order', '每批 32 个'],
  [
    'loader = DataLoader(CIFAR10("data", train=True, download=True, transform=None), 8)',
    'takes batches of 8',
    '按批取样，每批 8 个',
  ],
  ['data = CIFAR10("data", train=False)', 'data set CIFAR10, test part', '数据集 CIFAR10，测试集'],
  ['data = CIFAR10("data", False)', 'data set CIFAR10, test part', '数据集 CIFAR10，测试集'],
  ['kept = Recorder(x)', 'makes Recorder (from helpers)', '建立 Recorder（来自 helpers）'],
  ['score = measure(x)', 'computed by measure (from helpers)', '由 measure 求得（来自 helpers）'],
  ['found = x.max(dim=1)[0]', 'maximum over the last axis → [8]', '沿最后一维取最大 → [8]'],
  ['found = torch.sort(x, dim=1)[1]', 'sorts along axis 1 → takes the indices → [8, 4]', '→ 取其下标 → [8, 4]'],
  ['found = x.chunk(2, dim=1)[1]', '→ takes result [1] → [8, 2]', '→ 取结果的 [1] → [8, 2]'],
  ['found = other.unsqueeze(1).repeat(1, 4, 1)', 'adds an axis of size 1 → copies the tensor', '→ 沿各轴重复拷贝'],
  ['optimizer.step()', 'updates the parameters along', '按梯度更新各参数'],
  ['scheduler.step()', 'adapts the learning rate', '按调度更新学习率'],
  ['optimizer.zero_grad(set_to_none=True)', 'clears the gradients', '清空上一步的梯度'],
  ['torch.save(model.state_dict(), "a.pth")', 'saves the parameters of model as', '把 model 的参数保存为'],
  ['model = model.to(device)', 'moves model to device', '把 model 移到 device'],
  ['images, labels = images.to(device), labels.to(device)', 'moves images to device, moves labels', '把 labels 移到'],
  ['inputs, labels = batch', 'takes batch apart', '把 batch 拆为 inputs、labels'],
  ['print(x.shape)', 'prints the shape of x: [8, 4]', '打印 x 的形状：[8, 4]'],
  ['losses[k] = loss.item()', 'writes into losses[k]: the number in loss', '写入 losses[k]：取出 loss 的数值'],
  ['total = sum(p.numel() for p in net.parameters())', 'the number of parameters of net', '参数总数（net）'],
  ['pair = lambda t: (t, t)', 'a function of t that gives (t, t)', '输入 t，返回 (t, t)'],
  ['show(x[:4], name="a")', 'calls show', '调用 show'],
];

test.each(TRAINING)('of a training script: %s', async (code, en, zh) => {
  expect(await said(script(code), code, 'en')).toContain(en);
  expect(await said(script(code), code, 'zh-cn')).toContain(zh);
});

describe('conditions about numbers and texts', () => {
  const tests: readonly Case[] = [
    ['if n % 2 == 0:', 'n is even', 'n 为偶数'],
    ['if n % 2:', 'n is odd', 'n 为奇数'],
    ['if n % 2 == 1:', 'n is odd', 'n 为奇数'],
    ['if n % 3 == 0:', 'n is a multiple of 3', 'n 能被 3 整除'],
    ['if n % 100 == 99:', 'n divided by 100 leaves 99', 'n 除以 100 余 99'],
    ['if "bias" in name:', 'name contains "bias"', 'name 含 "bias"'],
    ["if name.find('Conv') != -1:", "name contains 'Conv'", "name 含 'Conv'"],
    ['for i in range(1, 11):', 'counts i from 1 up to 10', 'i 从 1 数到 10'],
  ];
  test.each(tests)('%s', async (head, en, zh) => {
    const code = script(`${head}\n    pass`);
    expect(await said(code, head, 'en')).toContain(en);
    expect(await said(code, head, 'zh-cn')).toContain(zh);
  });
});

test('what is said twice in a row is said once, and then of whom it was said', async () => {
  const code = model('self.q = nn.Linear(dim, dim)\n        self.k = nn.Linear(dim, dim)', 'pass');
  expect(await said(code, 'self.k', 'zh-cn')).toBe('与 q 同理');
  expect(await said(code, 'self.k', 'en')).toBe('as for q');
});

test('a number that changes later is no constant', async () => {
  const code = model('self.width = 64\n        self.width = self.width * 2', 'pass');
  expect(await said(code, 'self.width = 64', 'zh-cn')).toBe('初值为 64，下面会改变，下文使用');
  expect(await headed('self.width = 64', 'pass', 'self.width')).toContain('常数 width = 64');
});

describe('what was said wrongly once', () => {
  test('a loop over copies of a layer that nobody knows has no number of turns', async () => {
    const init = 'self.all = nn.ModuleList([widths for _ in range(n)])';
    const loop = 'for layer in self.all:\n            layer(x)';
    expect(await headed(init, loop, 'for layer')).not.toContain('共 0 次');
  });

  test('a container that a method makes which nothing calls is not empty', async () => {
    const code = `${model('pass', 'pass')}
    def more(self, n):
        blocks = [nn.Conv2d(4, 4, 3)]
        for _ in range(1, n):
            blocks.append(nn.Conv2d(4, 4, 3))
        return nn.Sequential(*blocks)
`;
    expect(await said(code, 'return nn.Seq', 'zh-cn')).toContain('顺序容器');
    expect(await said(code, 'return nn.Seq', 'zh-cn')).not.toContain('空容器');
  });

  test('a list grows by as many elements as there are turns, though they differ', async () => {
    const init = `self.width = 64
        made = []
        for stride in [1] + [1] * (n - 1):
            made.append(widths(self.width, stride))
            self.width = 64 * widths.expansion
        self.all = nn.Sequential(*made)`;
    expect(await said(model(init, 'pass'), 'self.all', 'en')).toContain('runs its n layers');
  });

  test('only the arguments of a call that nobody knows are no step', async () => {
    const code = script('show(x[:25])');
    expect(await said(code, 'show', 'zh-cn')).not.toContain('取前 25 个');
  });
});

describe('a file that has lost its imports', () => {
  const pasted = `class Net(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.fc = nn.Linear(dim, 2 * dim)

    def forward(self, x):
        return F.relu(self.fc(x))
`;

  test('is read as it was meant, and says so', async () => {
    expect(await said(pasted, 'return F', 'en')).toContain('linear layer → ReLU → [*, 2·dim]');
    const result = annotate(await analyse(pasted), { language: 'zh-cn', level: 'full' });
    expect(applyEdits(pasted, 'edits' in result ? result.edits : [])).toContain('没有 import，按通常含义理解：nn、F');
  });

  test('is read as Paddle where it speaks of that', async () => {
    const paddle = pasted.replace('nn.Module', 'nn.Layer');
    expect(await said(paddle, 'return F', 'en')).toContain('linear layer → ReLU → [*, 2·dim]');
  });

  test('reports nothing: what a name means is assumed', async () => {
    const wrong = pasted.replace('F.relu(self.fc(x))', 'F.relu(self.fc(self.fc(x)))');
    expect(await said(wrong, 'return F', 'en')).not.toBe('');
  });
});

describe('a layer that is made on a condition', () => {
  const block = `from torch import nn


class Block(nn.Module):
    def __init__(self, inp, out, stride, use_bn=True):
        super().__init__()
        self.down = nn.Conv2d(inp, out, 1, stride) if inp != out else nn.Identity()
        self.proj = nn.Linear(inp, out) if stride > 1 else None
        self.norm = nn.BatchNorm2d(out) if use_bn else nn.Identity()

    def forward(self, x):
        return self.norm(self.down(x))
`;
  const cases: readonly Case[] = [
    [
      'self.down',
      'if inp differs from out: 1×1 convolution',
      '若 inp 不等于 out：1×1 卷积，逐像素混合通道 inp→out；否则：恒等映射',
    ],
    ['self.proj', 'maps the last axis inp→out; else: none', '若 stride 大于 1：全连接，最后一维 inp→out；否则：没有'],
    [
      'self.norm',
      'default use_bn=True: the first one',
      '批归一化，逐通道（out 个）；否则：恒等映射，原样输出；默认 use_bn=True，取前者',
    ],
  ];
  test.each(cases)('%s is told with both sides', async (at, en, zh) => {
    for (const level of ['standard', 'full'] as const) {
      expect(await said(block, at, 'en', level)).toContain(en);
      expect(await said(block, at, 'zh-cn', level)).toContain(zh);
    }
  });
  test('counts among what the constructor builds', async () => {
    expect(await said(block, 'def __init__', 'zh-cn')).toContain('建立 down、proj、norm');
  });
});

const TOLD: readonly Case[] = [
  ['k = max(n - 1, 3)', 'the larger of n - 1 and 3', 'n - 1、3 中的较大者'],
  ['assert False, "no"', 'must not be reached', '不应走到这里'],
  ['old = widths.pop("a")', 'takes "a" out of widths', '从 widths 中取出 "a"'],
  ['kind = widths.get("a", None)', '"a" of widths, or None', '取 widths 的 "a"，没有则为 None'],
  ['size: int', 'declares the type of size: int', '声明 size 的类型：int'],
  ['self.fc.weight.data = widths', 'writes widths into fc.weight', '把 widths 写入 fc.weight'],
  ['self.flatten = widths.flat\n        y = self.flatten(widths)', 'what self.flatten gives', ''],
];
test.each(TOLD.slice(0, -1))('%s', async (code, en, zh) => {
  expect(await said(model(code, 'pass'), code, 'en')).toContain(en);
  expect(await said(model(code, 'pass'), code, 'zh-cn')).toContain(zh);
});

test('a method of the instance is no method of tensors', async () => {
  const code = model('self.flatten = widths.flat', 'y = self.flatten(x)');
  expect(await said(code, 'y = self.flatten', 'zh-cn')).not.toContain('合并为一个');
});

test('a sum that grows is no shortcut', async () => {
  const code = model('pass', 'out = x\n        for layer in [self.fc]:\n            out += layer(x)');
  expect(await said(code, 'out = x', 'zh-cn')).toBe('out 以 x 为初值，下面继续累加');
});

test('a comparison of an argument with the attribute of its name tells the two apart', async () => {
  const code = `${model('pass', 'pass')}
    def resize(self, n=None):
        n = n or self.n
        if n != self.n:
            self.n = n
`;
  expect(await said(code, 'if n != self.n', 'zh-cn')).toContain('若 n 不等于 self.n');
  expect(await said(code, 'n = n or', 'zh-cn')).toContain('未给出 n 时取 self.n');
});

const GROWN = `import torch
from torch import nn


class Grown(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.first = nn.Conv2d(c, c, 3, padding=1)
        self.second = nn.Conv2d(c, c, 3, padding=1)
        self.mu = nn.Parameter(torch.zeros(1, c, 4))

    def forward(self, x):
        y = self.first(x)
        pair = torch.cat([x, y], dim=1)
        three = torch.cat([x, y, self.second(y)], dim=1)
        return pair, three
`;

test('one join keeps what it joins, and all earlier features only where there are several', async () => {
  expect(await said(GROWN, 'pair =', 'zh-cn')).toContain('稠密连接：原特征保留');
  expect(await said(GROWN, 'pair =', 'en')).not.toContain('all earlier features');
  expect(await said(GROWN, 'three =', 'zh-cn')).toContain('保留此前全部特征');
});

const COMMON = `import paddle
from paddle import nn


class Common(nn.Layer):
    def __init__(self, c):
        super().__init__()
        self.c = c
        self.mu = self.create_parameter([1, c, 4])

    def forward(self, x):
        shape = paddle.shape(x)
        y = paddle.matmul(self.mu.transpose([0, 2, 1]), x.flatten(2))
        x = paddle.matmul(self.mu, y)
        return paddle.reshape(x, [0, self.c, shape[2], shape[3]])
`;

test('what stands on both sides of an equality as a factor is no part of it', async () => {
  const line = await said(COMMON, 'def forward', 'zh-cn');
  expect(line).toContain('须等于 H·W');
  expect(line).not.toContain('须等于 c·H·W');
});
