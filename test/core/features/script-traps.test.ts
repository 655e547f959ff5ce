import { describe, expect, test } from 'vitest';
import { applyEdits, problems } from '../../../src/core';
import { analyse } from './support';

const MODEL = `import torch
import torch.nn as nn
import torch.nn.functional as F


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(8, 3)

    def forward(self, x):
        return F.softmax(self.fc(x), dim=-1)


x, y = torch.zeros(2, 8), torch.zeros(2, dtype=torch.long)
`;

const hints = async (code: string) => {
  const text = MODEL + code;
  const found = problems(await analyse(text), 'en').filter(({ code: c }) => c === 'softmax-before-loss');
  return found.map(({ span, related }) => [
    text.slice(span.start, span.end),
    ...related.map(({ span: at }) => text.slice(at.start, at.end)),
  ]);
};

const SOFTMAX = 'F.softmax(self.fc(x), dim=-1)';

describe('softmax before the loss, in a script', () => {
  test.each([
    ['at the top', 'model = Net()\nloss = F.cross_entropy(model(x), y)', 'F.cross_entropy(model(x), y)'],
    [
      'by way of names',
      "model = Net().to('cpu')\ncriterion = nn.CrossEntropyLoss()\nout = model(x)\nloss = criterion(out, y)",
      'criterion(out, y)',
    ],
    [
      'in a function that is given both',
      `def train(model, criterion):
    for _ in range(3):
        out = model(x)
        loss = criterion(out, y)
        loss.backward()


def main():
    net = Net()
    train(net, nn.CrossEntropyLoss())
`,
      'criterion(out, y)',
    ],
    ['at once', 'loss = nn.CrossEntropyLoss()(Net()(x), y)', 'nn.CrossEntropyLoss()(Net()(x), y)'],
  ])('%s', async (_, code, place) => {
    expect(await hints(code)).toEqual([[place, SOFTMAX]]);
  });

  test.each([
    ['another loss', 'model = Net()\nloss = F.mse_loss(model(x), y)'],
    ['the name is given twice', 'model = Net()\nmodel = nn.Linear(8, 3)\nloss = F.cross_entropy(model(x), y)'],
    ['an argument of whom nobody calls', 'def train(model):\n    return F.cross_entropy(model(x), y)'],
    ['something else is done first', 'model = Net()\nloss = F.cross_entropy(model(x).log(), y)'],
  ])('not where %s', async (_, code) => {
    expect(await hints(code)).toEqual([]);
  });
});

test('a class that derives from nothing is mended whole', async () => {
  const text = `from paddle import nn


class Net(object):
    def __init__(self, width):
        self.fc = nn.Linear(width, 10)

    def forward(self, x):
        return self.fc(x)
`;
  const [found] = problems(await analyse(text), 'en');
  expect(found?.code).toBe('missing-base');
  const after = applyEdits(text, found?.fix?.edits ?? []);
  expect(after).toContain('class Net(nn.Layer):\n    def __init__(self, width):\n        super().__init__()\n');
  expect(problems(await analyse(after), 'en')).toEqual([]);
});

test("Paddle's recurrent layers take the batch first", async () => {
  const text = `import paddle.nn as nn


class Net(nn.Layer):
    def __init__(self, width):
        super().__init__()
        self.lstm = nn.LSTM(width, width)

    def forward(self, x):
        steps, batch_size, _ = x.shape
        out, _ = self.lstm(x)
        return out.reshape([steps, batch_size, -1])
`;
  const [found, more] = problems(await analyse(text), 'en');
  expect([found?.code, more]).toEqual(['time-first', undefined]);
  expect(applyEdits(text, found?.fix?.edits ?? [])).toContain('nn.LSTM(width, width, time_major=True)');
});
