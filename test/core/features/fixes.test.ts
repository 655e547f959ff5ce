import { describe, expect, test } from 'vitest';
import { applyEdits, fixesAt, problems, refactoringsAt, shapesOfClasses } from '../../../src/core';
import { analyser } from './support';

const HEAD = `import torch
import torch.nn as nn
import torch.nn.functional as F


`;

/** A class with the lines of its constructor and of its forward. */
const model = (init: string, forward: string, parameters = ''): string => `${HEAD}class Net(nn.Module):
    def __init__(self${parameters}):
        super().__init__()
${init
  .split('\n')
  .map((line) => `        ${line}`)
  .join('\n')}

    def forward(self, x):
${forward
  .split('\n')
  .map((line) => `        ${line}`)
  .join('\n')}
`;

/** The titles of what is offered for the first problem, and the text after each. */
const offered = async (source: string) => {
  const analyse = await analyser();
  const analysis = analyse(source);
  const [problem] = problems(analysis, 'en').filter(({ severity }) => severity !== 'hint');
  if (!problem) throw new Error('nothing is wrong');
  return fixesAt(analysis, problem.span, 'en', analyse).map(({ title, edits, code }) => ({
    title,
    code,
    text: applyEdits(source, edits),
  }));
};

describe('a fix that knows the number', () => {
  test.each([
    [
      'in_features',
      'self.fc1 = nn.Linear(128, 64)\nself.fc2 = nn.Linear(32, 10)',
      'return self.fc2(self.fc1(x))',
      'nn.Linear(64, 10)',
    ],
    [
      'in_channels',
      'self.a = nn.Conv2d(3, 64, 3)\nself.b = nn.Conv2d(in_channels=32, out_channels=8, kernel_size=1)',
      'return self.b(self.a(x))',
      'in_channels=64',
    ],
    [
      'num_features',
      'self.a = nn.Conv2d(3, 64, 3, bias=False)\nself.n = nn.BatchNorm2d(32)',
      'return self.n(self.a(x))',
      'nn.BatchNorm2d(64)',
    ],
    [
      'normalized_shape',
      'self.a = nn.Linear(8, 16)\nself.n = nn.LayerNorm(8)',
      'return self.n(self.a(x))',
      'nn.LayerNorm(16)',
    ],
  ])('%s', async (name, init, forward, mended) => {
    const [fix] = await offered(model(init, forward));
    expect(fix?.title).toContain(`Set ${name} to`);
    expect(fix?.text).toContain(mended);
  });

  test('says it in terms of the constructor', async () => {
    const init = 'self.rnn = nn.LSTM(8, width, batch_first=True, bidirectional=True)\nself.fc = nn.Linear(width, 10)';
    const [fix] = await offered(model(init, 'out, _ = self.rnn(x)\nreturn self.fc(out)', ', width: int = 32'));
    expect(fix?.text).toContain('nn.Linear(64, 10)');
  });
});

test.each([
  ['adaptive pooling', 'self.pool = nn.MaxPool2d((1, None))', 'return self.pool(x)', 'nn.AdaptiveMaxPool2d((1, None))'],
  [
    'reshape',
    'self.a = nn.Linear(4, 4)',
    'x = torch.zeros(2, 3, 4).transpose(1, 2)\nreturn x.view(2, 12)',
    'x.reshape(2, 12)',
  ],
  [
    'another axis',
    'self.a = nn.Linear(4, 4)',
    'return torch.cat([torch.zeros(2, 3), torch.zeros(2, 4)])',
    'torch.zeros(2, 4)], dim=1)',
  ],
  [
    'a transposed side',
    'self.a = nn.Linear(4, 4)',
    'a = torch.zeros(2, 3)\nb = torch.zeros(4, 3)\nreturn a @ b',
    'a @ b.transpose(-2, -1)',
  ],
  ['a keyword', 'self.a = nn.Conv2d(3, 8, 3, paddin=1)', 'return self.a(x)', 'padding=1'],
  [
    'an attribute',
    'self.layer = nn.Linear(4, 4)',
    'return self.layr(self.layer(x))',
    'return self.layer(self.layer(x))',
  ],
])('%s', async (_, init, forward, mended) => {
  const fixes = await offered(model(init, forward));
  expect(fixes.map(({ text }) => text.includes(mended))).toContain(true);
});

test('adaptive pooling of a layer that is imported by its name', async () => {
  const body = `

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.pool = MaxPool2d((1, None))

    def forward(self, x):
        return self.pool(x)
`;
  const [fix] = await offered(`from torch import nn\nfrom torch.nn import Conv2d, MaxPool2d\n${body}`);
  expect(fix?.text).toContain('from torch.nn import Conv2d, MaxPool2d, AdaptiveMaxPool2d\n');
  expect(fix?.text).toContain('self.pool = AdaptiveMaxPool2d((1, None))');
});

test('the axis of a join in front of too few channels', async () => {
  const init = 'self.a = nn.Conv2d(8, 8, 1)\nself.b = nn.Conv2d(16, 8, 1)';
  const fixes = await offered(model(init, 'y = torch.cat((self.a(x), x))\nreturn self.b(y)'));
  expect(fixes.filter(({ text }) => text.includes('torch.cat((self.a(x), x), dim=1)'))).toHaveLength(1);
});

test('the name of an axis in a pattern', async () => {
  const forward = 'from einops import rearrange\nreturn rearrange(self.a(x), "b n (h d) -> b h n c", h=2)';
  const fixes = await offered(model('self.a = nn.Linear(4, 8)', forward));
  expect(fixes.filter(({ text }) => text.includes('"b n (h d) -> b h n d"'))).toHaveLength(1);
});

test('padding that keeps the size', async () => {
  const init = 'self.conv = nn.Conv2d(8, 8, 3)';
  const fixes = await offered(model(init, 'x = torch.zeros(2, 8, 16, 16)\nreturn self.conv(x) + x'));
  expect(fixes.map(({ text }) => text.includes('nn.Conv2d(8, 8, 3, padding=1)'))).toContain(true);
});

test('padding that keeps the size, of a window that has a name', async () => {
  const init = 'k = 5\nself.conv = nn.Conv2d(8, 8, k, dilation=1)\nself.wide = nn.Conv2d(8, 8, 3, dilation=2)';
  const fixes = await offered(model(init, 'x = torch.zeros(2, 8, 16, 16)\nreturn self.conv(x) + x'));
  expect(fixes.map(({ text }) => text.includes('nn.Conv2d(8, 8, k, dilation=1, padding=k // 2)'))).toContain(true);
  const wide = await offered(model(init, 'x = torch.zeros(2, 8, 16, 16)\nreturn self.wide(x) + x'));
  expect(wide.map(({ text }) => text.includes('nn.Conv2d(8, 8, 3, dilation=2, padding=2)'))).toContain(true);
});

test('nothing is offered that leaves something wrong', async () => {
  const source = model('self.a = nn.Linear(4, 4)', 'a = torch.zeros(2, 3)\nb = torch.zeros(4, 5)\nreturn a @ b');
  const mending = (await offered(source)).filter(({ text }) => !text.includes('# tensorscribe: ignore'));
  expect(mending).toEqual([]);
});

const POOLS = `${HEAD}class Directions(nn.Module):
    def __init__(self):
        super().__init__()
        self.pool_h = nn.AdaptiveAvgPool2d((None, 1))
        self.avg_w = nn.AdaptiveAvgPool2d((1, None))

    def forward(self, x):
        x_h = self.pool_h(x)
        x_w = self.avg_w(x).permute(0, 1, 3, 2)
        return torch.cat([x_h, x_w], dim=2)
`;

const PLACES = `${HEAD}class Head(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.head = nn.Sequential(nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(width, 10))

    def forward(self, x):
        a = F.adaptive_avg_pool2d(x, 1)
        b = nn.AdaptiveAvgPool2d((1, 1))(x).flatten(1)
        return self.head(x), a, b
`;

const PADDLE = `import paddle
import paddle.nn as nn
import paddle.nn.functional as F


class Head(nn.Layer):
    def __init__(self, width):
        super().__init__()
        self.avg_pool = nn.AdaptiveAvgPool2D(1)
        self.fc = nn.Linear(width, 10)

    def forward(self, x):
        y = self.avg_pool(x)
        z = F.adaptive_avg_pool2d(x, output_size=1)
        return self.fc((y + z).flatten(1))
`;

const twin = async (source: string, at: string): Promise<string | undefined> => {
  const analyse = await analyser();
  const start = source.indexOf(at);
  const [found] = refactoringsAt(analyse(source), { start, end: start }, 'en', analyse);
  return found && applyEdits(source, found.edits);
};

describe('a max-pooled twin', () => {
  test('is made and added where the average pool is called', async () => {
    const once = (await twin(POOLS, 'AdaptiveAvgPool2d((None')) ?? '';
    expect(once).toContain('self.pool_h_max = nn.AdaptiveMaxPool2d((None, 1))');
    expect(once).toContain('x_h = self.pool_h(x) + self.pool_h_max(x)\n');
    const both = (await twin(once, 'AdaptiveAvgPool2d((1')) ?? '';
    expect(both).toContain('self.max_w = nn.AdaptiveMaxPool2d((1, None))');
    expect(both).toContain('x_w = (self.avg_w(x) + self.max_w(x)).permute(0, 1, 3, 2)');
    const analyse = await analyser();
    const shapes = (source: string) =>
      shapesOfClasses(analyse(source)).map(({ lines }) => lines.map(({ shape }) => shape));
    expect(shapes(both)).toEqual(shapes(POOLS));
  });

  test('stands beside a function and beside a pool that is made in the call', async () => {
    expect(await twin(PLACES, 'adaptive_avg_pool2d(x')).toContain(
      'a = F.adaptive_avg_pool2d(x, 1) + F.adaptive_max_pool2d(x, 1)\n',
    );
    expect(await twin(PLACES, 'AdaptiveAvgPool2d((1, 1))')).toContain(
      'b = (nn.AdaptiveAvgPool2d((1, 1))(x) + nn.AdaptiveMaxPool2d((1, 1))(x)).flatten(1)\n',
    );
  });

  test('beside a function that is imported by its name is imported too', async () => {
    const named = PLACES.replace(
      'import torch.nn.functional as F',
      'from torch.nn.functional import adaptive_avg_pool2d',
    );
    const after = await twin(named.replace('F.adaptive_avg_pool2d', 'adaptive_avg_pool2d'), 'adaptive_avg_pool2d(x');
    expect(after).toContain('import adaptive_avg_pool2d, adaptive_max_pool2d\n');
    expect(after).toContain('a = adaptive_avg_pool2d(x, 1) + adaptive_max_pool2d(x, 1)\n');
  });

  test('runs before a Sequential that began with the pool, whose layers keep their names', async () => {
    const after = (await twin(PLACES, 'AdaptiveAvgPool2d(1), nn.Flatten')) ?? '';
    expect(after).toContain(`        self.head_avg = nn.AdaptiveAvgPool2d(1)
        self.head_max = nn.AdaptiveMaxPool2d(1)
        self.head = nn.Sequential(nn.Identity(), nn.Flatten(), nn.Linear(width, 10))
`);
    expect(after).toContain('return self.head(self.head_avg(x) + self.head_max(x)), a, b');
    const analyse = await analyser();
    const shapes = (source: string) =>
      shapesOfClasses(analyse(source)).map(({ lines }) => lines.map(({ shape }) => shape));
    expect(shapes(after)).toEqual(shapes(PLACES));
  });

  test('is imported where the pool is, and stands on a line that holds more', async () => {
    const after = await twin(
      `from torch import nn
from torch.nn import AdaptiveAvgPool2d


class Net(nn.Module):
    def __init__(self): super().__init__(); self.pool = AdaptiveAvgPool2d(1)

    def forward(self, x):
        return self.pool(x)
`,
      'AdaptiveAvgPool2d(1)',
    );
    expect(after).toContain('from torch.nn import AdaptiveAvgPool2d, AdaptiveMaxPool2d\n');
    expect(after).toContain('self.pool = AdaptiveAvgPool2d(1); self.pool_max = AdaptiveMaxPool2d(1)\n');
    expect(after).toContain('return self.pool(x) + self.pool_max(x)\n');
  });

  test('is offered in Paddle', async () => {
    const layer = (await twin(PADDLE, 'AdaptiveAvgPool2D')) ?? '';
    expect(layer).toContain('self.max_pool = nn.AdaptiveMaxPool2D(1)');
    expect(layer).toContain('y = self.avg_pool(x) + self.max_pool(x)\n');
    expect(await twin(PADDLE, 'adaptive_avg_pool2d')).toContain('+ F.adaptive_max_pool2d(x, output_size=1)');
    // The maximum has no such argument in Paddle.
    const formatted = PADDLE.replace('output_size=1', "output_size=1, data_format='NCHW'");
    expect(await twin(formatted, 'adaptive_avg_pool2d')).toBeUndefined();
  });

  test('is not offered where the pool is used in another way', async () => {
    expect(
      await twin(POOLS.replace('self.pool_h(x)', 'self.run(self.pool_h, x)'), 'AdaptiveAvgPool2d((None'),
    ).toBeUndefined();
    expect(
      await twin(POOLS.replace('self.pool_h(x)', 'self.pool_h(x * 2)'), 'AdaptiveAvgPool2d((None'),
    ).toBeUndefined();
    expect(await twin(POOLS, 'def forward')).toBeUndefined();
  });
});
