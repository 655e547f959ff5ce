import { expect, test } from 'vitest';
import { type Case, model, said, script, whole } from './said';

// What full comments say of the code around a model: data, losses, training, what is saved.

const check = async (cases: readonly Case[], wrap: (code: string) => string): Promise<void> => {
  for (const [code, en, zh] of cases) {
    expect(await said(wrap(code), code, 'en')).toContain(en);
    expect(await said(wrap(code), code, 'zh-cn')).toContain(zh);
  }
};

test('a function of the file that is called like a method of a model is none', async () => {
  const code = script('def train():\n    pass\n\n\ntrain()');
  expect(await said(code, 'train()', 'zh-cn')).toBe('调用 train');
  expect(await said(script('model.train()'), 'model.train()', 'zh-cn')).toContain('model 切换到训练模式');
});

test('a method that every module has is not called by whoever calls it of something else', async () => {
  const code = (body: string) => `${model('pass', 'pass')}
    def train(self, mode=True):
        return super().train(mode)


class Other(nn.Module):
    def train(self, mode=True):
        return super().train(mode)

    def reset(self):
        ${body}
`;
  expect(await said(code('self.head.train(True)'), 'def train', 'en')).not.toContain('reset');
  expect(
    await said(code('self.train(True)').replace('Other(nn.Module)', 'Other(Net)'), 'def reset', 'en'),
  ).toBeDefined();
});

test('noise on scores makes no autoencoder of what stands around it', async () => {
  const code = (spread: string) => `import torch
from torch import nn
import torch.nn.functional as F


class Routed(nn.Module):
    def __init__(self, dim, n):
        super().__init__()
        self.score = nn.Linear(dim, n)
        self.width = nn.Linear(dim, n)
        self.out = nn.Linear(n, dim)

    def forward(self, x):
        s = self.score(x)
        s = s + torch.randn_like(s) * ${spread}(self.width(x))
        return self.out(s)
`;
  expect(await whole(code('F.softplus'))).not.toContain('autoencoder');
  expect(await whole(code('torch.exp'))).toContain('Routed: variational autoencoder');
});

test('the larger of two tensors is no maximum along an axis', async () => {
  await check(
    [
      ['a = torch.max(boxes[:, 0], other[:, 0])', 'the larger one element-wise', '逐元素取较大者'],
      ['a = torch.min(boxes[0, :2], other[:, :2])', 'the smaller one element-wise', '逐元素取较小者'],
    ],
    (code) => script(`def f(boxes, other):\n    ${code}`),
  );
  const known = script('y = torch.randn(8, 4)\nbest = torch.min(x, y)');
  expect(await said(known, 'best', 'zh-cn')).toContain('逐元素取较小者');
  const along = script('best, at = torch.min(x, 1)');
  expect(await said(along, 'best', 'zh-cn')).not.toContain('较小者');
});

test('arithmetic that words would lose is told as a formula', async () => {
  await check(
    [
      ['a = (p[:, 2] - p[:, 0]) * (p[:, 3] - p[:, 1])', 'a = (p[:, 2] − p[:, 0])·(p[:, 3]', 'a = (p[:, 2] − p[:, 0])·'],
      ['a = (q - p).clamp(0) * (q - n).clamp(min=0)', 'a = max(q − p, 0)·max(q − n, 0)', 'max(q − p, 0)'],
      ['a = torch.pow(q - p, 2) / n', 'a = (q − p)²/n', 'a = (q − p)²/n'],
    ],
    (code) => script(`def f(p, q, n):\n    ${code}`),
  );
  const known = script('y = torch.randn(8, 4)\nz = x.sum(1) - y.sum(1)');
  expect(await said(known, 'z =', 'en')).toContain('x.sum(1) − y.sum(1) → [8]');
  expect(await said(script('z = 1.0 - x'), 'z =', 'zh-cn')).toBe('1 − x → [8, 4]');
});

test('several results are told one by one, and a library is none of what goes into them', async () => {
  const code = script(
    'def f(a, b):\n    return a, torch.tensor([int(a[1] != b[1])], dtype=torch.float32), measure(a, b, torch.long)',
  );
  const line = await said(code, 'return a', 'en');
  expect(line).toContain('returns: a; tensor of these numbers');
  expect(line).not.toContain('computed from');
});

test('what is asked of the machine is said in words', async () => {
  await check(
    [
      ["device = 'cuda' if torch.cuda.is_available() else 'cpu'", "if there is a GPU: 'cuda'", '若有可用的 GPU：取'],
      ['cuda = torch.cuda.is_available()', 'whether there is a GPU', '是否有可用的 GPU'],
    ],
    (code) => script(code),
  );
  expect(await said(script('if not torch.cuda.is_available():\n    z = 1'), 'if not torch', 'zh-cn')).toContain('没有');
});

test('loops over batches, lines and numbers counted down are told as such', async () => {
  await check(
    [
      ['for a, b in train_loader:\n    pass', 'for each batch a, b of train_loader', '逐批取 train_loader 中的 a, b'],
      ['for i, (a, b) in enumerate(loader):\n    pass', 'for each batch (a, b) of loader', '逐批取 loader 中的 (a, b)'],
      ['for i in reversed(range(n)):\n    pass', 'counts i from n − 1 down to 0', 'i 从 n − 1 倒数到 0'],
      ['while True:\n    break', 'repeats until something below ends it', '无限循环，直到其中的语句结束它'],
    ].map(([code = '', en = '', zh = '']) => [code.split('\n')[0] ?? '', en, zh] as const),
    (code) => script(`n = measure()\nloader = train_loader = measure()\n${code}\n    break`),
  );
  const file = script("with open('a.txt') as f:\n    for line in f:\n        a, b = line.strip().split(',')");
  expect(await said(file, 'for line', 'zh-cn')).toBe('逐行读取 f');
  expect(await said(file, 'a, b', 'zh-cn')).toContain("按 ',' 拆开");
  expect(await said(script('for line in measure(x):\n    pass'), 'for line', 'zh-cn')).not.toContain('逐行');
});

test('a dictionary that is saved is told by its keys', async () => {
  const code = "torch.save({'model': model.state_dict(), 'epoch': 3, 'best': 0.5 * 2 + 1}, 'a.pt')";
  expect(await said(script(code), code, 'en')).toBe("saves model, epoch, best as 'a.pt'");
  expect(await said(script(code), code, 'zh-cn')).toBe("把 model、epoch、best 保存为 'a.pt'");
});

test('a list of numbers that is computed is told with what comes out', async () => {
  const code = (value: string) =>
    model(`sizes = ${value}\n        self.k = sizes[-1]`, 'pass').replace('rate=0.0', 'base=8');
  expect(await said(code('[base * m for m in (1, 2, 4)]'), 'sizes', 'en')).toContain('sizes = [8, 16, 32] (base=8)');
  expect(await said(code('list(zip([base, 2], [3, 4]))'), 'sizes', 'en')).toContain('sizes = [(8, 3), (2, 4)]');
  expect(await said(code('[dim * m for m in (1, 2)]'), 'sizes', 'en')).not.toContain('sizes = [dim');
});

test('a kernel that rests on a default says so, where it is made and where the class is named', async () => {
  const code = (kernel: string) => `import torch
from torch import nn


class Conv(nn.Module):
    def __init__(self, a, b, k=1):
        super().__init__()
        self.conv = nn.Conv2d(a, b, ${kernel})
        self.norm = nn.BatchNorm2d(b)

    def forward(self, x):
        return self.norm(self.conv(x))
`;
  expect(await said(code('k'), 'self.conv', 'en')).toContain('(k=1)');
  expect(await whole(code('k'))).toContain('Conv: 1×1 convolution → batch norm (k=1)');
  expect(await said(code('1'), 'self.conv', 'en')).not.toContain('k=1');
});

test('the mode decides a choice in eval mode', async () => {
  const code = model('pass', 'x = x if self.training else x * 2');
  expect(await said(code, 'x = x if', 'en')).toContain('in eval mode the second one');
  expect(await said(code, 'x = x if', 'zh-cn')).toContain('评估模式下取后者');
});

test('decorators that are called are told, and a declared signature is no method', async () => {
  const code = `${model('pass', 'pass')}
    @torch.no_grad()
    def sample(self, n):
        return n

    @torch.jit._overload_method
    def other(self, x: int) -> int:
        pass
`;
  expect(await said(code, 'def sample', 'zh-cn')).toContain('不记录梯度');
  expect(await said(code, 'def other', 'zh-cn')).toBe('仅声明一种调用方式，函数体不执行');
});

test('a mask that is written through is told with its number', async () => {
  await check(
    [
      ["a[a < b] = -float('inf')", 'sets a to −∞ where a < b', '把 a 中满足 a < b 处置为 −∞'],
      ['a[a < b] = 0', 'sets a to 0 where a < b', '处置为 0'],
      ["a[a < b] = float('nan')", 'writes into a[a < b]', '写入 a[a < b]'],
    ],
    (code) => script(`def f(a, b):\n    ${code}`),
  );
  expect(await said(script('y = x.masked_fill(x == 0, -1e10)'), 'y =', 'zh-cn')).toContain('掩码为真处置为 −1e10');
});

const PADDLE = `import paddle
from paddle import nn


class Net(nn.Layer):
    def __init__(self):
        super().__init__()
        self.norm = nn.BatchNorm(8, act='relu')

    def forward(self, x):
        return self.norm(x)


if __name__ == '__main__':
    model = paddle.Model(Net())
    model.fit(Net, epochs=2)
`;

test('an activation that a layer is told by name is part of it', async () => {
  expect(await said(PADDLE, 'self.norm', 'zh-cn')).toContain('批归一化 + ReLU');
  expect(await said(PADDLE.replace(", act='relu'", ''), 'self.norm', 'zh-cn')).not.toContain('ReLU');
  expect(await said(PADDLE, 'model.fit', 'zh-cn')).toBe('训练：数据 Net，共 2 轮');
});

test('of two inputs that go the same way one stands for both', async () => {
  const code = (twice: string) => `import torch
from torch import nn


class Twins(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 8, 3, padding=1)

    def once(self, x):
        y = self.conv(x)
        return y

    def forward(self, a, b):
        return self.once(a), self.once(${twice})
`;
  expect(await said(code('b'), 'y =', 'en')).toBe('3×3 convolution → [B, 8, H, W]');
  expect(await said(code('b[:, :, ::2]'), 'y =', 'en')).toContain(' | ');
});

test('a layer that is frozen where it is made says so', async () => {
  const code = (flag: string) => model(`self.k = nn.Linear(4, 4).requires_grad_(${flag})`, 'pass');
  expect(await said(code('False'), 'self.k', 'zh-cn')).toContain('；参数冻结，不训练');
  expect(await said(code('True'), 'self.k', 'zh-cn')).not.toContain('冻结');
});

test('a draw against a probability is told as such', async () => {
  const code = (test: string) => script(`import random\ntruth = ${test}`);
  expect(await said(code('random.random() < 0.5'), 'truth', 'zh-cn')).toContain('以 0.5 的概率抽中');
  expect(await said(code('random.random() > 0.5'), 'truth', 'zh-cn')).not.toContain('概率');
});

test('an index that is a tensor picks', async () => {
  const code = script('at = torch.randint(0, 8, (5,))\ny = x[at]\nz = x[at, :]\nw = x[at, 1:]');
  expect(await said(code, 'y =', 'zh-cn')).toBe('按 at 取元素：[8, 4] → [5, 4]');
  expect(await said(code, 'z =', 'en')).toContain('picks by at');
  expect(await said(code, 'w =', 'en')).not.toContain('picks by at');
});

test('what a script does to numbers and lists is told in words, not once more in code', async () => {
  const cases: readonly Case[] = [
    ['keep = boxes[order[1:]]', 'picks from boxes by order[1:]', '按 order[1:] 从 boxes 中取元素'],
    ["best = saved['acc']", "the entry 'acc' of saved", "取 saved 的 'acc' 项"],
    ['part = names[:limit]', 'the part [:limit] of names', '取 names 的 [:limit] 部分'],
    ['a, b = boxes[keep], scores[keep]', 'of boxes, scores what stands at keep', '取 boxes、scores 中 keep 处的元素'],
    ['share = right / len(data)', 'right divided by len(data)', 'right 除以 len(data)'],
    ['total += loss.item()', 'adds loss.item() to total', 'total 加上 loss.item()'],
    ['pairs = zip(names, sizes)', 'walks names, sizes side by side', '把 names、sizes 逐项配对'],
    ["pattern = re.compile(r'a+')", 'compiles a regular expression', '编译正则表达式'],
    ["warnings.warn('old')", 'only warns: nothing depends on it', '仅发出警告，不影响计算'],
    ['area = (lower - upper).clamp(min=0).prod(dim=1)', 'lower − upper → at least 0 → product', '→ 下限 0 →'],
    ['same = found.eq(wanted.view(1, -1))', 'true where equal', '是否相等'],
    ['steps = torch.arange(count)', 'the numbers 0 to count − 1', '0 到 count − 1 的整数'],
    ['places = torch.randint(2, 9, (4,))', 'random whole numbers from 2 to 8', '2 到 8 的随机整数'],
    ['one, two = First(), Second()', 'makes First and Second', '建立 First、Second'],
    ['one, two = torch.cat(firsts), torch.cat(others)', 'each: joins tensors along an axis', '各自'],
    [
      'right = (found == wanted).mean()',
      'whether found == wanted, element by element →',
      '逐元素判断 found == wanted →',
    ],
    [
      'g, = torch.autograd.grad(score.sum(), real)',
      'the gradient of score.sum() with respect to real',
      '对 real 的梯度',
    ],
    ['nn.init.constant_(model.bias, -math.log(prior / 2))', 'of model.bias to −ln(prior/2)', '置为 −ln(prior/2)'],
    ['total = sum(p.pow(2).sum() for p in model.parameters())', 'adds up p.pow(2).sum() for every p', '相加'],
    ['gone = random.random() < share', 'a random draw hits (probability share)', '以 share 的概率抽中'],
  ];
  await check(cases, (code) => `import math\nimport random\nimport re\nimport warnings\n${script(code)}`);
});

test('a loss of three terms is told as a formula', async () => {
  const code = script('cost = -torch.mean(real) + torch.mean(fake) + 10 * penalty').replace(
    'model =',
    'real, fake, penalty = torch.rand(3), torch.rand(3), torch.rand(1)\nmodel =',
  );
  expect(await said(code, 'cost', 'en')).toContain('−mean(real) + mean(fake) + 10·penalty');
});
