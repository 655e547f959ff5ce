import { describe, expect, test } from 'vitest';
import { annotate, applyEdits } from '../../../src/core';
import { analyse } from './support';

const model = (init: string, forward: string): string => `import torch
from torch import nn


class Net(nn.Module):
    def __init__(self, dim, n, widths, rate=0.0):
        super().__init__()
        self.fc = nn.Linear(dim, dim)
        self.n = n
        ${init}

    def forward(self, x):
        B, N, C = x.shape
        x = self.fc(x)
        ${forward}
        return x
`;

/** What full comments say of the statement that begins with the last line of a piece of code. */
const said = async (code: string, at: string, language: 'en' | 'zh-cn'): Promise<string> => {
  const result = annotate(await analyse(code), { language, level: 'full', width: 1000 });
  const lines = applyEdits(code, 'edits' in result ? result.edits : []).split('\n');
  const i = lines.findIndex((line) => line.trimStart().startsWith(at.split('\n').at(-1)?.trim() ?? ''));
  const above = /^\s*# ※ (.*)$/.exec(lines[i - 1] ?? '')?.[1];
  return /# ※ (.*)$/.exec(lines[i] ?? '')?.[1] ?? above ?? '';
};

/** A statement, with what is said of it in both languages. */
type Case = readonly [code: string, en: string, zh: string];

const MAKING: readonly Case[] = [
  ['nn.init.normal_(self.fc.weight, std=0.02)', 'of standard deviation 0.02', '以正态分布初始化（标准差 0.02）'],
  ['nn.init.normal_(self.fc.weight, 1.0, 0.02)', 'of mean 1.0 and standard', '（均值 1.0，标准差 0.02）'],
  ['nn.init.uniform_(self.fc.bias, -0.1, 0.1)', 'between -0.1 and 0.1', '（在 -0.1 与 0.1 之间）'],
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
  ['kind = nn.Linear', 'kind is nn.Linear', 'kind 取 nn.Linear'],
  ['torch._assert(n > 1, "no")', 'demands that n is greater than 1', '要求 n 大于 1，否则报错'],
];

const STEPS: readonly Case[] = [
  ['a = x[:, 0]', 'takes number 0 along axis 1', '沿第 1 维取下标 0'],
  ['a = x[:, -1, :]', 'takes the last one along axis 1: [B, N, dim] → [B, dim]', '沿第 1 维取最后一个'],
  ['a = x[:, 1:]', 'leaves out the first 1 along axis 1', '沿第 1 维去掉前 1 个'],
  ['a = x[..., -1]', 'takes the last one along the last axis', '沿最后一维取最后一个'],
  ['a = x[:, :3]', 'takes the first 3 along axis 1', '沿第 1 维取前 3 个'],
  ['a = x[:, :-1]', 'leaves out the last 1 along axis 1', '沿第 1 维去掉最后 1 个'],
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
