import { describe, expect, test } from 'vitest';
import { type Case, model, said, script } from './said';

// What is said of Python's own tools, of arithmetic that has a name, and of what stands beside what.

/** Two classes with a method of one name, a third that derives from one of them, and calls of all kinds. */
const FAMILY = `from torch import nn


class Inner(nn.Module):
    def __init__(self):
        super().__init__()
        self.reset()

    def reset(self):
        self.n = 1

    def own(self):
        self.n = 2


class Child(Inner):
    def again(self):
        self.reset()


class Outer(nn.Module):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner
        self.reset()

    def reset(self) -> None:
        self.n = 3

    def pass_on(self):
        self.inner.reset()
        self.inner.own()
`;

describe('who calls a method', () => {
  test('is a method of its own class or of a subclass, not of another class that has one of this name', async () => {
    expect(await said(FAMILY, 'def reset', 'zh-cn')).toBe('由 __init__、Child.again 调用');
    expect(await said(FAMILY, 'def reset(self) -> None', 'zh-cn')).toBe('由 __init__ 调用');
    expect(await said(FAMILY, 'def own', 'zh-cn')).toBe('由 Outer.pass_on 调用');
  });

  test('may be one that calls it on an object of which nobody knows the class', async () => {
    const code = FAMILY.replace(
      '        self.reset()\n\n    def reset(self):\n        self.n = 1',
      '\n    def reset(self):\n        self.n = 1',
    ).replace('class Child(Inner):\n    def again(self):\n        self.reset()\n', '');
    expect(await said(code, 'def reset', 'zh-cn')).toBe('可能由 Outer.pass_on 调用');
    expect(await said(code, 'def reset', 'en')).toBe('may be called by Outer.pass_on');
  });
});

describe('None', () => {
  const none = 'self.extra = None';
  const late = (method: string): string =>
    `${model(none, 'pass')}\n    def ${method}(self):\n        self.extra = nn.Linear(2, 2)\n`;
  test('that another method or a later line replaces is none at first only', async () => {
    expect(await said(late('build'), none, 'zh-cn')).toBe('先置为 None，由 build 赋值');
    const below = `${none}\n        if n > 1:\n            self.extra = nn.Linear(dim, dim)`;
    expect(await said(model(below, 'pass'), none, 'en')).toBe('None at first, may be set below');
  });
  test('on one side of a condition stays', async () => {
    const sides = `if n > 1:\n            ${none}\n        else:\n            self.extra = nn.Linear(dim, dim)`;
    expect(await said(model(sides, 'pass'), none, 'zh-cn')).toBe('extra 记为 None，表示没有');
    expect(await said(model(none, 'pass'), none, 'zh-cn')).toBe('extra 记为 None，表示没有');
  });
});

const ARITHMETIC: readonly Case[] = [
  ['a = math.ceil(n / 8) * 8', 'n rounded up to a multiple of 8', 'n 向上取整到 8 的倍数'],
  ['a = (n + 7 - 1) // 7 * 7', 'n rounded up to a multiple of 7', 'n 向上取整到 7 的倍数'],
  ['a = (7 - n % 7) % 7', 'what n lacks to a multiple of 7', 'n 补到 7 的倍数所缺的数'],
  ['a = ids + [0] * (n - 2)', 'ids, then n - 2 times 0', '在 ids 末尾补 n - 2 个 0'],
  ["a = f'{n}.weight'", 'text put together with n', '拼成的字符串，含 n'],
  ["a = 'layer {}'.format(n)", 'text put together with n', '拼成的字符串，含 n'],
  ['a = owner.device', 'the device that owner is on', 'owner 所在的设备'],
  ['a = owner.label', 'the label of owner', '取 owner 的 label'],
  ['n = n', 'n stays as it is', 'n 保持不变'],
  ['a = n or ids', 'n, or ids where it is not given', '未给出 n 时取 ids'],
  ['if any(ids):', 'some of ids are true', '若 ids 中有为真的项'],
  ['if not all(ids):', 'some of ids are false', '若 ids 中有为假的项'],
  ['n.requires_grad_(owner.flag)', 'whether n is trained: as owner.flag says', 'n 是否求梯度由 owner.flag 决定'],
  ['yield n', 'hands out n', '产出 n，'],
];
test.each(ARITHMETIC)('in a function: %s', async (code, en, zh) => {
  const whole = script(
    `import math\n\ndef f(n, ids, owner):\n    ${code}${code.endsWith(':') ? '\n        pass' : ''}`,
  );
  expect(await said(whole, code, 'en')).toContain(en);
  expect(await said(whole, code, 'zh-cn')).toContain(zh);
});

test('what only looks like it is no rounding', async () => {
  for (const code of ['a = math.ceil(n / 8) * 4', 'a = (7 - n % 5) % 7', 'a = (n + 7 - 2) // 7 * 7']) {
    const whole = script(`import math\n\ndef f(n, ids):\n    ${code}`);
    expect(await said(whole, code, 'en')).not.toMatch(/multiple|lacks/);
  }
});

test('one of two values is no argument that was not given', async () => {
  const code = 'done = ended or stopped';
  const whole = script(`def f(run):\n    ended, stopped = run()\n    ${code}\n    while not done:\n        run()`);
  expect(await said(whole, code, 'zh-cn')).toBe('ended 为真时取 ended，否则取 stopped');
  expect(await said(whole, 'while not done', 'zh-cn')).toBe('反复执行，只要 done 为假');
});

const TOOLS: readonly Case[] = [
  [
    "Row = namedtuple('Row', ('state', 'reward'))",
    'with the fields state, reward',
    '具名元组类型 Row，字段为 state、reward',
  ],
  ['kept = deque(maxlen=100)', 'queue of at most 100', '双端队列，最多 100 个'],
  ['kept = deque()', 'grows and shrinks at both ends', '两端都可增删'],
  ['some = random.sample(kept, 8)', '8 different elements of kept', '从 kept 中不重复地随机取 8 个'],
  ['one = random.randrange(9)', 'from 0 to below 9', '从 0 起、小于 9'],
  ["env = gym.make('CartPole-v1')", 'makes the environment', '建立环境'],
  ['state, info = env.reset()', 'starts env anew', '重置 env'],
  ['state, reward, a, b, info = env.step(one)', 'does one in env', '在 env 中执行 one'],
  ['nn.utils.clip_grad_value_(model.parameters(), 100)', 'off at ±100', '截断到 ±100'],
  ['w = KaimingNormal()', 'initialiser: Kaiming normal', '初始化方式：Kaiming 正态分布'],
  ['w = Constant(value=0.5)', 'value = 0.5', '全部取同一个值，value = 0.5'],
  ['model.weight.stop_gradient = True', 'freezes model.weight', '冻结 model.weight'],
  ['optimizer.clear_gradients()', 'clears the gradients', '清空上一步的梯度'],
];
test.each(TOOLS)('in a script: %s', async (code, en, zh) => {
  const imports = `import random\nimport gym\nfrom collections import deque, namedtuple\nfrom paddle.nn.initializer import Constant, KaimingNormal\n`;
  const whole = `${imports}${script(code)}`;
  expect(await said(whole, code, 'en')).toContain(en);
  expect(await said(whole, code, 'zh-cn')).toContain(zh);
});

test('statements that share a line are told together', async () => {
  const whole = script('def f(loss):\n    optimizer.zero_grad(); loss.backward(); optimizer.step()');
  expect(await said(whole, 'optimizer.zero_grad()', 'zh-cn')).toBe(
    '清空上一步的梯度（否则会累加）；反向传播：求出各参数的梯度；按梯度更新各参数',
  );
});

test('layers beside the bracket of a container are told with it, those below on their own lines', async () => {
  const code = 'self.all = nn.Sequential(nn.Linear(dim, 8), nn.ReLU(),\n            nn.Linear(8, dim))';
  const whole = model(code, 'pass');
  for (const level of ['standard', 'full'] as const)
    expect(await said(whole, 'self.all = ', 'zh-cn', level)).toContain(
      '依次执行 3 层；全连接，最后一维 dim→8；ReLU：负数置零',
    );
  expect(await said(whole, 'nn.Linear(8, dim))', 'zh-cn')).toBe('全连接，最后一维 8→dim');
});

test('a convolution with a weight that it is given says so', async () => {
  const code = 'y = nn.functional.conv2d(x.unsqueeze(1), torch.ones(4, 1, 3, 3))';
  expect(await said(model('pass', code), code, 'zh-cn')).toContain('以给定的权重作 3×3 卷积');
  expect(await said(model('pass', code), code, 'en')).toContain('3×3 convolution with the given weight');
});
