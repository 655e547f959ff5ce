import { expect, test } from 'vitest';
import { model, said, whole } from './said';

// What full comments say of values: where they come from, and of which of them they hold.

test('a default that is replaced before it is asked for decides nothing', async () => {
  const code = model(
    'if rate is None:\n            rate = 0.5\n        if rate:\n            self.k = 1',
    'pass',
  ).replace('rate=0.0', 'rate=None');
  const text = await whole(code);
  expect(text).toContain('default rate=None, so this runs');
  expect(text).not.toMatch(/if rate is true; default/);
});

test('what a loop over all modules works out is no number', async () => {
  const code = model('for m in self.modules():\n            fan = m.in_features * m.out_features', 'pass').replace(
    'nn.Linear(dim, dim)',
    'nn.Linear(4, 8)',
  );
  expect(await said(code, 'fan', 'en')).toBe('fan = m.in_features·m.out_features');
});

test('a helper of one choice, and one that rearranges, are told by what they do', async () => {
  const code = `import torch
from torch import nn


def pair(t):
    return t if isinstance(t, tuple) else (t, t)


class Net(nn.Module):
    def __init__(self, size):
        super().__init__()
        h, w = pair(size)
        self.h = h

    def shuffled(self, x, groups):
        b, c, h, w = x.shape
        x = x.reshape(b, groups, -1, h, w)
        x = x.permute(0, 2, 1, 3, 4)
        return x.reshape(b, -1, h, w)

    def forward(self, x):
        return self.shuffled(x, 2)
`;
  expect(await said(code, 'h, w = pair', 'en')).toBe('if size is a tuple: size, else (size, size)');
  expect(await said(code, 'h, w = pair', 'zh-cn')).toBe('若 size 是 tuple：取 size，否则取 (size, size)');
  expect(await said(code, 'return self.shuffled', 'zh-cn')).toContain('返回：shuffled：打乱各组的通道');
});

test('cls of a class method is the class', async () => {
  const code = `class Plan:
    def __init__(self, depths):
        self.depths = depths

    @classmethod
    def of(cls, text):
        return cls(*text.split(','))
`;
  expect(await said(code, 'return cls', 'en')).toBe('returns: makes an object of this class (cls)');
});

test('what another method than the constructor sets to a number is set back', async () => {
  const code = `class Waiting:
    def __init__(self):
        self.counter = 0

    def step(self, better):
        if better:
            self.counter = 0
        self.counter += 1
`;
  expect(await whole(code)).toContain('sets counter to 0 again');
});
