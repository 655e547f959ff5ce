import { expect, test } from 'vitest';
import { model, said, script, whole } from './said';

// What a class is in one line, where no shape or only a part of the way is known.

const HEAD = 'import torch\nfrom torch import nn\nimport torch.nn.functional as F\n\n\n';

test('a layer that a flag leaves out is no part of what a class is', async () => {
  const code = (flag: string) => `${HEAD}class Conv(nn.Module):
    def __init__(self, a, b, act=True):
        super().__init__()
        self.conv = nn.Conv2d(a, b, 3, padding=1)
        self.norm = nn.BatchNorm2d(b)
        self.act = act
        self.last = nn.Hardswish()

    def forward(self, x):
        x = self.norm(self.conv(x))
        if self.act:
            x = self.last(x)
        return x


class Net(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.body = Conv(c, c, ${flag})

    def forward(self, x):
        return self.body(x)
`;
  expect(await said(code('act=False'), 'self.body', 'en')).toContain('3×3 convolution + batch norm: ');
  expect(await said(code('act=True'), 'self.body', 'en')).toContain('3×3 convolution + batch norm + Hardswish');
});

test('a loss is named with what it uses, and one number alone is none', async () => {
  const code = (name: string, forward: string) => `${HEAD}class ${name}(nn.Module):
    def __init__(self, t=4.0):
        super().__init__()
        self.t = t
        self.ce = nn.CrossEntropyLoss()

    def forward(self, s, t, y):
        ${forward}
`;
  const soft = 'soft = F.kl_div(F.log_softmax(s / self.t, dim=1), F.softmax(t / self.t, dim=1))';
  expect(await whole(code('Distil', `${soft}\n        return soft + self.ce(s, y)`))).toContain(
    'Distil: loss built on KL divergence and CrossEntropyLoss',
  );
  expect(await whole(code('DiceLoss', 'return 1 - (s * t).sum() / (s + t).sum()'))).toContain(
    'DiceLoss: loss, one number from s, t\n',
  );
  expect(await whole(code('Overlap', 'return 1 - (s * t).sum() / (s + t).sum()'))).not.toContain('Overlap: ');
});

test('a forward that is one call says so though no shape is known', async () => {
  const code = (forward: string) => `${HEAD}class PreNorm(nn.Module):
    def __init__(self, dim, fn):
        super().__init__()
        self.norm = nn.LayerNorm(dim)
        self.fn = fn

    def forward(self, x, **kwargs):
        return ${forward}
`;
  expect(await whole(code('self.fn(self.norm(x), **kwargs)'))).toContain('PreNorm: layer norm → fn');
  expect(await whole(code('self.fn(x, **kwargs)'))).toContain('PreNorm: module with the layers norm');
});

test('what stands beside the input of a layer does not end the way', async () => {
  const code = `${HEAD}class Graph(nn.Module):
    def __init__(self, a, b):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(a, b))

    def forward(self, x, adj):
        return torch.mm(adj, torch.mm(x, self.weight))


class Net(nn.Module):
    def __init__(self, a, b, c):
        super().__init__()
        self.first = Graph(a, b)
        self.second = Graph(b, c)

    def forward(self, x, adj):
        return self.second(F.relu(self.first(x, adj)), adj)
`;
  expect(await whole(code)).toContain('Net: Graph → ReLU → Graph');
});

test('of a sum of which one side is lost only the rest is no way', async () => {
  const code = model(
    'self.other = widths(dim)',
    'y = self.other(x)\n        y = torch.add(x, y)\n        x = y.relu()',
  );
  expect(await whole(code)).not.toContain('adds element-wise → ReLU');
});

test('what is computed and added is told once', async () => {
  const code = (start: string) =>
    model(
      'pass',
      `y = ${start}\n        for i in range(self.n):\n            y = y + x * C[:, i]\n        x = y`,
    ).replace('B, N, C = x.shape', 'C = x.sigmoid()');
  const line = await said(code('0'), 'y = y + x', 'en');
  expect(line).not.toMatch(/times .* → adds/);
});

test('functions that stand for operators make a formula', async () => {
  const code = model('pass', 'y = torch.mul(x, C) + torch.mul(1.0 - x, N)').replace(
    'B, N, C = x.shape',
    'C = N = x * 2',
  );
  expect(await said(code, 'y =', 'en')).toContain('x·C + (1 − x)·N');
});

test('a sum of unknown things is not the code once more', async () => {
  const code = script(
    'def f(a, b, g):\n    y = g(a)\n    y = y + g(b)\n    z = a + b\n    t = [g] * b\n    return y, z, t',
  );
  expect(await said(code, 'y = y +', 'zh-cn')).toBe('y 加上 g(b)');
  expect(await said(code, 'z =', 'en')).toBe('the sum of a and b');
  expect(await said(code, 't =', 'zh-cn')).toContain('重复 b 次');
});

test('a layer that is registered and kept is told as what it is', async () => {
  const code = model("one = self.add_module('a', nn.Linear(dim, 4))\n        self.n = one", 'pass');
  expect(await said(code, 'one =', 'zh-cn')).toContain('登记子层 a：全连接');
});

test('a layer that an argument makes is told as made by it', async () => {
  const code = model('self.act = widths()\n        self.k = widths(3)', 'x = self.act(x)');
  expect(await said(code, 'self.act', 'zh-cn')).toBe('由参数 widths 建立');
  expect(await said(code, 'self.k', 'zh-cn')).not.toContain('建立');
});
