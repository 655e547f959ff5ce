import { expect, test } from 'vitest';
import { hints, lineIndex, positionAt, problems } from '../../../src/core';
import { analyse } from './support';

const SOURCE = `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.conv = nn.Conv2d(3, dim, 3)

    def forward(self, x):
        return self.conv(x)

net = Net(64)
y = net(torch.randn(8, 3, 32, 32))
z = net(torch.randn(8, 4, 32, 32))
`;

const lineOf = (offset: number): number => positionAt(lineIndex(SOURCE), offset).line + 1;

test('the statements of a script show their shapes', async () => {
  const analysis = await analyse(SOURCE);
  const options = { position: 'assignments', style: '[]', language: 'en' } as const;
  const found = hints(analysis, { start: 0, end: SOURCE.length }, options).map((h) => [lineOf(h.offset), h.label]);
  expect(found).toContainEqual([13, ': [8, 64, 30, 30]']);
});

test('a fault that a script runs into stands inside the class, the call is related', async () => {
  const found = problems(await analyse(SOURCE), 'en');
  expect(found.map(({ span, code }) => [lineOf(span.start), code])).toEqual([[10, 'channel-mismatch']]);
  expect(found[0]?.related.map(({ span }) => lineOf(span.start))).toEqual([14]);
});

test('a model of a script trains until the script says otherwise', async () => {
  const source = `import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(8, 4)

    def forward(self, x):
        if self.training:
            return self.fc(x), x
        return self.fc(x)

net = Net()
a = net(torch.randn(2, 8))
net.eval()
b = net(torch.randn(2, 8))
net.train()
c, d = net(torch.randn(2, 8))
net.train(False)
e = net(torch.randn(2, 8))
`;
  const options = { position: 'assignments', style: '[]', language: 'en' } as const;
  const found = hints(await analyse(source), { start: source.indexOf('net ='), end: source.length }, options);
  expect(found.map(({ label }) => label)).toEqual([': [2, 4], [2, 8]', ': [2, 4]', ': [2, 4]', ': [2, 8]', ': [2, 4]']);
});

test('loops in loops that call functions and change nothing else come to rest', async () => {
  const depth = 11;
  const loops = Array.from({ length: depth }, (_, i) => `${'    '.repeat(i)}for i${i} in range(9999):\n`).join('');
  const source = `import torch

def more(v):
    w = v + 1
    return w

y = torch.zeros(2, 3)
${loops}${'    '.repeat(depth)}t = more(y)
z = y.t()
`;
  const options = { position: 'assignments', style: '[]', language: 'en' } as const;
  const found = hints(await analyse(source), { start: 0, end: source.length }, options);
  expect(found.at(-1)?.label).toBe(': [3, 2]');
});

test('a loop that would not come to its end is not followed to where the steps end', async () => {
  const { script } = await analyse(`import torch
from torch import nn

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(8, 8) for _ in range(40)])

    def forward(self, x):
        for layer in self.layers:
            x = x + layer(x)
        return x

net = Net()
x = torch.zeros(1, 8)
for _ in range(2000):
    x = torch.cat([x, net(x)[-1:]])
`);
  expect(script.trace.events.filter(({ parent }) => parent < 0).length).toBeLessThan(16);
});
