import { expect, test } from 'vitest';
import { model, said } from './said';

// What is said of what stands beside what, of defaults that decide, and of sizes that only the code has names for.

const DEPLOYED = `import torch
from torch import nn


class Block(nn.Module):
    def __init__(self, c, deploy=False, scale=None):
        super().__init__()
        self.deploy = deploy
        self.gamma = nn.Parameter(torch.ones(c)) if scale is not None else None
        self.width = c
        self.a = nn.Conv2d(c, c, 3, padding=1)
        self.b = nn.Conv2d(c, c, 3, padding=1)

    def widen(self, c):
        self.add(self.width)
        self.width = c

    def add(self, c):
        self.width = c

    def switch(self):
        self.deploy = True

    def forward(self, x):
        y = self.a(x)
        if self.deploy:
            return y
        if self.gamma is not None:
            y = y * 2
        return y + self.b(x)
`;

test('a condition on what the constructor keeps names the default that decides it, and who changes it later', async () => {
  expect(await said(DEPLOYED, 'if self.deploy', 'en')).toBe(
    'if deploy is true; default deploy=False until switch sets it, so it is skipped',
  );
  expect(await said(DEPLOYED, 'if self.deploy', 'zh-cn')).toBe(
    '若 deploy 为真；默认 deploy=False（调用 switch 后改变），跳过',
  );
  expect(await said(DEPLOYED, 'if self.gamma', 'zh-cn')).toContain('默认 scale=None，跳过');
});

test('standard comments refer to the line before where it is told the same', async () => {
  expect(await said(DEPLOYED, 'self.b = ', 'zh-cn', 'standard')).toBe('与 a 同理');
  expect(await said(DEPLOYED, 'self.b = ', 'en', 'standard')).toBe('as for a');
  const apart = DEPLOYED.replace('        self.b =', '        self.act = nn.ReLU()\n        self.b =');
  expect(await said(apart, 'self.b = ', 'zh-cn', 'standard')).toContain('3×3 卷积');
});

test.each([
  ['k = round(dim * 0.5)', 'dim * 0.5 rounded to the nearest whole number', 'dim * 0.5 取最近的整数'],
  ['k = int(round(dim * rate))', 'dim * rate rounded to the nearest whole number', 'dim * rate 取最近的整数'],
  ['self.one = nn.Conv2d(dim, guess(n), 1)', '1×1 convolution', '1×1 卷积'],
  ['self.conv = nn.Conv2d(dim, hidden, 1)', '1×1 convolution, dim→hidden channels', '1×1 卷积，通道 dim→hidden'],
  ['self.scale = nn.Parameter(rate * torch.ones(dim))', 'initially rate', '初值 rate'],
])('%s', async (code, en, zh) => {
  const whole = model(`hidden = 8 if dim > 4 else 16\n        ${code}`, 'pass');
  expect(await said(whole, code, 'en')).toContain(en);
  expect(await said(whole, code, 'zh-cn')).toContain(zh);
});

test('what a helper makes of one number for both axes is told by its value', async () => {
  const code = 'self.size = pair(7)';
  const whole = `def pair(x):\n    return (x, x)\n\n\n${model(code, 'pass')}`;
  expect(await said(whole, code, 'zh-cn', 'standard')).toBe('size = (7, 7)');
});

const WRAPPED = `import paddle

net = paddle.nn.Linear(4, 2)
model = paddle.Model(net)
`;

test.each([
  [
    'model.prepare(paddle.optimizer.Adam(parameters=model.parameters()), paddle.nn.CrossEntropyLoss())',
    'sets up training: optimiser Adam, loss CrossEntropyLoss',
    '配置训练：优化器 Adam，损失 CrossEntropyLoss',
  ],
  [
    'model.fit(data, epochs=5, batch_size=64)',
    'trains on data, 5 times over the data, in batches of 64',
    '训练：数据 data，共 5 轮，批大小 64',
  ],
  [
    'scores = model.evaluate(held)',
    'the loss and the measures on held, without training',
    '求损失与评价指标，数据 held，不更新参数',
  ],
  [
    "model.save('net', training=False)",
    "saves the network for inference under 'net'",
    "保存用于推理的网络，路径 'net'",
  ],
])('of a wrapped model: %s', async (code, en, zh) => {
  expect(await said(`${WRAPPED}${code}\n`, code, 'en')).toBe(en);
  expect(await said(`${WRAPPED}${code}\n`, code, 'zh-cn')).toBe(zh);
  // Of another object nobody knows what its methods do.
  expect(
    await said(`${WRAPPED.replace('model = paddle.Model(net)', 'model = other(net)')}${code}\n`, code, 'en'),
  ).not.toBe(en);
});

test('a call in numbers that differ is not told to be the same', async () => {
  const code = 'y = x.transpose(1, 2).reshape(-1, n)';
  const whole = model('pass', `n = guess()\n        y = x.transpose(0, 2).reshape(-1, n)\n        ${code}`);
  expect(await said(whole, code, 'en')).not.toBe('likewise');
});

test('what a layer built to do nothing does is told as that', async () => {
  const whole = model('self.norm = nn.LayerNorm(dim) if n is None else nn.Identity()', 'x = self.norm(x)').replace(
    'dim, n, widths',
    'dim, widths, n=1',
  );
  expect(await said(whole, 'x = self.norm(x)', 'zh-cn')).toBe('norm 在此不作改变');
});

const DERIVED = `import torch
from torch import nn


class Net(nn.Module):
    def train(self, mode=True):
        super().train(mode)

    def _apply(self, fn):
        return super()._apply(fn)

    def cut(self, y):
        a, b = self.fn(y).view(2, -1).split([2, 6], dim=1)
        return a, b
`;

test.each([
  ['super().train(mode)', 'passes mode on to train of the parent class', '调用父类的 train，传入 mode'],
  ['return super()._apply', 'returns: what _apply of the parent class gives', '返回：父类 _apply 的结果'],
  ['a, b = ', 'cuts an axis into pieces of given sizes', '沿某轴按给定大小切开'],
])('of what nothing ran: %s', async (code, en, zh) => {
  expect(await said(DERIVED, code, 'en')).toContain(en);
  expect(await said(DERIVED, code, 'zh-cn')).toContain(zh);
});
