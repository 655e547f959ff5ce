import { expect, test } from 'vitest';
import { type Case, model, said, script } from './said';

// What scripts call beside a model, and Python that is told for what it does.

const SCRIPT: readonly Case[] = [
  ['torch.cuda.manual_seed_all(7)', 'of all GPUs', '固定所有 GPU 的随机种子'],
  ['torch.backends.cudnn.deterministic = True', 'the same numbers every time', '只用结果确定的算法'],
  ['torch.backends.cudnn.benchmark = False', 'switch torch.backends.cudnn.benchmark: off', '开关'],
  [
    "paddle.set_device('gpu' if found else 'cpu')",
    "on 'gpu' from here on if found is true",
    "若 found 为真，在 'gpu' 上",
  ],
  ["if not os.path.isdir('out'):\n    pass", "the folder 'out' does not exist", "目录 'out' 不存在"],
  ['took = time.time() - begun', 'the seconds that have passed since begun', '自 begun 起经过的秒数'],
  [
    "clean = re.sub('[^a-z]', '', line)",
    "replaces what matches '[^a-z]' in line by ''",
    "匹配 '[^a-z]' 的部分替换为 ''",
  ],
  ['total = sum(p.numel() for p in model.parameters() if p.requires_grad)', 'trained parameters', '可训练参数总数'],
  ['words = line.strip().lower()', 'without space at both ends → in lower case', '去掉首尾的空白 → 转为小写'],
  ['left, right = zip(*pairs)', 'regroups pairs by position', '把 pairs 各项中同一位置的元素归到一起'],
  ['pairs.sort(key=lambda p: p[1], reverse=True)', 'by p[1], the largest first', '依据 p[1]，从大到小'],
  ['back = pairs[::-1]', 'from back to front', 'pairs 倒序'],
  ['scaler.unscale_(optimizer)', 'takes the scale out of the gradients', '还原为未缩放的大小'],
];

test.each(SCRIPT)('in a script: %s', async (code, en, zh) => {
  const imports = 'import os\nimport re\nimport time\nimport paddle\n';
  const whole = `${imports}${script(code)}`;
  const at = code.split('\n')[0] ?? code;
  expect(await said(whole, at, 'en')).toContain(en);
  expect(await said(whole, at, 'zh-cn')).toContain(zh);
});

test('a method of a class of the file does what that class wants, whatever it is called', async () => {
  const meter = `class Meter:
    def __init__(self):
        self.n = 0

    def update(self, v):
        self.n += v


`;
  const code = (made: string) => `${meter}${script(`meter = ${made}\nmeter.update(3)`)}`;
  expect(await said(code('Meter()'), 'meter.update', 'en')).toBe('runs update of Meter');
  expect(await said(code('{}'), 'meter.update', 'en')).toContain('adds the entries');
});

test('what is called like a loader of the library but stands in the file is not told as that', async () => {
  const own = 'class DataLoader:\n    def __init__(self, data):\n        self.data = data\n\n\n';
  const line = 'loader = DataLoader(x)';
  expect(await said(script(line), line, 'en')).toContain('takes batches');
  expect(await said(script(`${own}${line}`), line, 'en')).not.toContain('takes batches');
});

test('attributes that are read by names put together are not called unread', async () => {
  const code = (body: string) => `class Meter:
    def __init__(self, name):
        self.name = name

    def __str__(self):
        return ${body}
`;
  expect(await said(code("'{name}'.format(**self.__dict__)"), 'self.name', 'en')).toBe('keeps the argument name');
  expect(await said(code("'meter'"), 'self.name', 'en')).toContain('is not read');
});

test('a list that is called data is no tensor whose numbers are replaced', async () => {
  const code = 'class Set:\n    def __init__(self):\n        self.data = []\n';
  expect(await said(code, 'self.data', 'zh-cn')).toContain('空列表 data');
});

const STEPS: readonly Case[] = [
  ['a = x[:, 0:1, ...]', 'takes the first 1 along axis 1', '沿第 1 维取前 1 个'],
  [
    'a = x[:, s:s + 4, t:t + 2]',
    'takes 4 from s on along axis 1, takes 2 from t on',
    '沿第 1 维从 s 起取 4 个，沿最后一维从 t 起取 2 个',
  ],
  ['a, b = x.transpose(1, 2), x.transpose(1, 2)', 'each: swaps axes', '各自换轴'],
  ['a = x.sum(1) + y.sum(1)', 'each side: sum over axis 1, then adds', '两边各'],
  ['m = (x > 0) & (x < 1)', 'whether x > 0 and x < 1', '逐元素判断 x > 0 且 x < 1'],
  ['a, b = map(self.fc, x.chunk(2, 1))', 'each through fc', '逐份送入 fc'],
  ['k = n if n % 2 else n + 1', 'n, plus 1 where it is even', 'n（为偶数时加 1）'],
  ['s = [*x.shape[:2]] + [3]', 'list:', '列表：'],
];

test.each(STEPS)('a step: %s', async (code, en, zh) => {
  const whole = model('self.s = n', `s = t = n = self.n\n        y = x * 2\n        ${code}`);
  expect(await said(whole, code, 'en')).toContain(en);
  expect(await said(whole, code, 'zh-cn')).toContain(zh);
});
