import { expect, test } from 'vitest';
import { parseModule, recordClasses } from '../../../src/core';
import { loadParser } from './support';

/** What is recorded of a class of a file with nothing given. */
const recorded = async (text: string, name: string) => {
  const parser = await loadParser();
  const record = recordClasses({
    sources: { roots: [''], read: (path) => (path.endsWith('net.py') ? text : undefined) },
    parse: (_, source) => parseModule(parser, source),
  });
  return record({ file: 'net.py', class: name });
};

const TWO_WAYS = `import torch
import torch.nn as nn


class Block(nn.Module):
    def __init__(self, size, is_first: bool, is_wide: bool):
        super().__init__()
        self.is_first = is_first
        self.is_wide = is_wide
        self.conv = nn.Conv2d(size, size, 1)

    def forward(self, x, y):
        x = self.conv(x)
        if self.is_first:
            out = x if self.is_wide else torch.flatten(x, 1)
            return [out, out]
        return [x, torch.cat([x, y], 1)]
`;

/** What is said of one way must not read as if there were no other. */
test('a list of what is one of two things is a way of its own', async () => {
  const { returns } = await recorded(TWO_WAYS, 'Block');
  expect(returns).toContainEqual(['...']);
  expect(returns.length).toBeGreaterThan(1);
});

const CHOSEN = `import torch.nn as nn


class Plain(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.conv = nn.Conv2d(dim, dim, 1)

    def forward(self, x):
        return self.conv(x)


class Wide(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.conv = nn.Conv2d(dim, 4 * dim, 1)

    def forward(self, x):
        return self.conv(x)


class Net(nn.Module):
    def __init__(self, block):
        super().__init__()
        self.block = block(8)

    def forward(self, x):
        return self.block(x)


def nets():
    return Net(Plain), Net(block=Wide)
`;

test('with each class that a parameter may stand for there is a shape', async () => {
  const { returns } = await recorded(CHOSEN, 'Net');
  expect(returns).toEqual([
    ['B', 8, 'H', 'W'],
    ['B', 32, 'H', 'W'],
  ]);
});

const GONE_THROUGH = `import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.head = Head(c)

    def forward(self, maps):
        return self.head(maps)


class Head(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.conv = nn.Conv2d(c, 4, 1)

    def forward(self, maps):
        outs = []
        for each in maps:
            y = self.conv(each)
            n, _, h, w = y.shape
            outs.append(y.view(n, -1, h, w))
        return torch.cat(outs, dim=1)
`;

/** Five axes would do as well, but what is gone through is a list as a rule. */
test('the rank of what may be a list is not found by elimination', async () => {
  const { rows } = await recorded(GONE_THROUGH, 'Net');
  expect(rows.map(([, , , , , shapes]) => shapes)).toEqual([[[null, null, null, null]]]);
});

const OPTIONAL = `import torch.nn as nn


class Net(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.fc = nn.Linear(d, d)

    def forward(self, x, mask=None):
        x = self.fc(x.flatten(2).transpose(1, 2))
        if mask is not None:
            mask = mask.unsqueeze(1)
            x = x * mask
        return x
`;

test('what only runs where an input is given is recorded as it is then', async () => {
  const { rows } = await recorded(OPTIONAL, 'Net');
  const shapeAt = (line: number) => rows.filter(([at]) => at === line).map(([, , , , , shapes]) => shapes);
  expect(shapeAt(12)).toEqual([[['B_2', 1, 'd_2']]]);
});

const STANDS_IN = `import torch.nn as nn


class Net(nn.Module):
    def __init__(self, d):
        super().__init__()
        self.query = nn.Linear(d, d)
        self.key = nn.Linear(d, d)

    def forward(self, x, context=None, cache=None):
        B, N, D = x.shape
        k = self.key(x if context is None else context)
        if cache is not None:
            k = cache[k]
        return self.query(x) @ k.transpose(1, 2)
`;

test('what stands in for an input has as many axes; what nobody knows where one is given may be anything', async () => {
  const { rows } = await recorded(STANDS_IN, 'Net');
  const shapesAt = (line: number) => rows.filter(([at]) => at === line).map(([, , , , , shapes]) => shapes);
  expect(shapesAt(12)[0]?.map((shape) => shape.length)).toEqual([3, 3]);
  expect(shapesAt(15)).toContainEqual(expect.arrayContaining([['...']]));
});
