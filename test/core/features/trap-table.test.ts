import { describe, expect, test } from 'vitest';
import { problems } from '../../../src/core';
import { TRAP_CODES } from '../../../src/core/explain';
import { analyse } from './support';

// Every trap with code that falls into it and code that only looks like it: what runs and is meant must stay silent.

const IMPORTS = `import torch
from torch import nn
import torch.nn.functional as F
`;

/** A class for PyTorch by what its constructor and its `forward` do. */
const net = (init: string, forward: string, params = 'x'): string => {
  const lines = (body: string): string => body.replace(/^/gm, '        ');
  return `${IMPORTS}

class Net(nn.Module):
    def __init__(self, dim=8, heads=2):
        super().__init__()
${lines(init)}

    def forward(self, ${params}):
${lines(forward)}
`;
};

const paddle = (init: string, forward: string): string =>
  net(init, forward)
    .replace(IMPORTS, 'import paddle\nfrom paddle import nn\nimport paddle.nn.functional as F\n')
    .replace('nn.Module', 'nn.Layer');

const QKV = `b, n, c = x.shape
q, k, v = self.qkv(x).reshape(b, n, 3, 4, c // 4).permute(2, 0, 3, 1, 4)
scores = q @ k.transpose(-2, -1)
`;

type Row = readonly [code: string, trap: string, falls: string, near: string];

const TABLE: readonly Row[] = [
  [
    'lost-underscores',
    'a web page has eaten the underscores',
    `${IMPORTS}\nclass Net(nn.Module):\n    def init(self):\n        super().init()\n        self.fc = nn.Linear(4, 4)\n`,
    net(
      'self.fc = nn.Linear(4, 4)\nself.init()',
      'return self.fc(x)\n\ndef init(self):\n    nn.init.zeros_(self.fc.bias)',
    ).replace(/^ {8}def init\(self\):\n {12}/m, '    def init(self):\n        '),
  ],
  [
    'misspelt-method',
    'a method that the library looks for has another name',
    `${IMPORTS}\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.fc = nn.Linear(4, 4)\n\n    def Forward(self, x):\n        return self.fc(x)\n`,
    net('self.fc = nn.Linear(4, 4)', 'return self.forward_(x)').concat(
      '\n    def forward_(self, x):\n        return self.fc(x)\n',
    ),
  ],
  [
    'missing-base',
    'a class with layers derives from nothing',
    `${IMPORTS}\nclass Net:\n    def __init__(self):\n        self.fc = nn.Linear(4, 4)\n\n    def forward(self, x):\n        return self.fc(x)\n`,
    `${IMPORTS}\nclass Trainer:\n    def __init__(self):\n        self.model = nn.Linear(4, 4)\n\n    def step(self, x):\n        return self.model(x)\n`,
  ],
  [
    'missing-super-init',
    'a layer is set before the library has set itself up',
    net('', 'return self.fc(x)').replace('super().__init__()', 'self.fc = nn.Linear(4, 4)'),
    net('self.fc = nn.Linear(4, 4)', 'return self.fc(x)').replace(
      'super().__init__()',
      'self.dim = dim\n        super().__init__()',
    ),
  ],
  [
    'unregistered-layers',
    'layers in a list',
    net('self.fcs = [nn.Linear(4, 4), nn.Linear(4, 4)]', 'for fc in self.fcs:\n    x = fc(x)\nreturn x'),
    net('layers = [nn.Linear(4, 4)]\nself.fcs = nn.Sequential(*layers)', 'return self.fcs(x)'),
  ],
  [
    'unregistered-tensor',
    'a tensor that is no buffer',
    net('self.mask = torch.ones(4)\nself.fc = nn.Linear(4, 4)', 'return self.fc(x) * self.mask'),
    net("self.register_buffer('mask', torch.ones(4))\nself.fc = nn.Linear(4, 4)", 'return self.fc(x) * self.mask'),
  ],
  [
    'layer-in-forward',
    'a layer without weights is made on every call',
    net('self.fc = nn.Conv2d(3, 4, 1)', 'return nn.AdaptiveAvgPool2d(1)(self.fc(x))'),
    net('self.fc = nn.Conv2d(3, 4, 1)', 'return F.adaptive_avg_pool2d(self.fc(x), 1)'),
  ],
  [
    'untrained-layer',
    'a layer with weights is made on every call',
    net('self.fc = nn.Linear(4, 4)', 'return nn.Linear(4, 2)(self.fc(x))'),
    net('self.fc = nn.Linear(4, 4)\nself.head = nn.Linear(4, 2)', 'return self.head(self.fc(x))'),
  ],
  [
    'layer-replaced',
    'one attribute gets two layers',
    net('self.fc = nn.Linear(4, 4)\nself.fc = nn.Linear(4, 8)', 'return self.fc(x)'),
    net('self.fc = nn.Linear(4, 4)\nif dim > 4:\n    self.fc = nn.Linear(4, dim)', 'return self.fc(x)'),
  ],
  [
    'hidden-layer',
    'a layer under the name of a method',
    net('self.fc = nn.Linear(4, 4)', 'return self.fc(x)').concat('\n    def fc(self, x):\n        return x\n'),
    net('self.fc = nn.Linear(4, 4)', 'return self.fc(x)').concat('\n    def fcs(self, x):\n        return x\n'),
  ],
  [
    'hidden-layer',
    'a layer under the name of a method of the library',
    net('self.half = nn.Linear(4, 4)', 'return self.half(x)'),
    net('self.halved = nn.Linear(4, 4)', 'return self.halved(x)'),
  ],
  [
    'hidden-layer',
    'a layer under a name that the body of the class sets',
    net('self.fc = nn.Linear(4, 4)', 'return self.fc(x)').replace(
      '    def __init__',
      '    fc = None\n\n    def __init__',
    ),
    net('self.fc = nn.Linear(4, 4)', 'return self.fc(x)').replace(
      '    def __init__',
      '    @property\n    def fc(self):\n        return self._fc\n\n    @fc.setter\n    def fc(self, layer):\n        self._fc = layer\n\n    def __init__',
    ),
  ],
  [
    'unused-layer',
    'no method uses a layer',
    net('self.fc = nn.Linear(4, 4)\nself.extra = nn.Linear(4, 4)', 'return self.fc(x)'),
    net('self.fc = nn.Linear(4, 4)\nself.extra = nn.Linear(4, 4)', 'return self.fc(x)').concat(
      '\n    def features(self, x):\n        return self.extra(x)\n',
    ),
  ],
  [
    'missing-attribute',
    'an attribute that nothing sets',
    net('self.fc = nn.Linear(4, 4)', 'return self.head(self.fc(x))'),
    net('self.fc = nn.Linear(4, 4)\nself.add_module("head", nn.Linear(4, 2))', 'return self.head(self.fc(x))'),
  ],
  [
    'forward-returns-none',
    'the result is forgotten',
    net('self.fc = nn.Linear(4, 4)', 'y = self.fc(x)'),
    net('self.fc = nn.Linear(4, 4)', 'raise NotImplementedError'),
  ],
  [
    'shared-batchnorm',
    'one batch norm at two places',
    net(
      'self.a, self.b = nn.Conv2d(4, 4, 1), nn.Conv2d(4, 4, 1)\nself.bn = nn.BatchNorm2d(4)',
      'return self.bn(self.b(self.bn(self.a(x))))',
    ),
    net(
      'self.a, self.b = nn.Conv2d(4, 4, 1), nn.Conv2d(4, 4, 1)\nself.act = nn.ReLU()\nself.bn = nn.GroupNorm(2, 4)',
      'return self.bn(self.act(self.b(self.bn(self.act(self.a(x))))))',
    ),
  ],
  [
    'reshape-scrambles',
    'a reshape as if it were a permute',
    net('self.fc = nn.Linear(dim, dim)', 'B, C, H, W = x.shape\nreturn self.fc(x.reshape(B, H * W, C))'),
    net('self.fc = nn.Linear(dim, dim)', 'B, C, H, W = x.shape\nreturn self.fc(x.flatten(2).transpose(1, 2))'),
  ],
  [
    'batch-in-view',
    'the batch swallows another size',
    net(
      'self.conv = nn.Conv2d(3, 16, 3, padding=1)\nself.fc = nn.Linear(16 * 7 * 7, 10)',
      'return self.fc(self.conv(x).view(-1, 16 * 7 * 7))',
    ),
    net(
      'self.conv = nn.Conv2d(3, 16, 3, padding=1)\nself.fc = nn.Linear(16 * 7 * 7, 10)',
      'return self.fc(self.conv(x).view(x.size(0), -1))',
    ),
  ],
  [
    'squeeze-all',
    'squeeze drops a batch of one',
    net(
      'self.pool = nn.AdaptiveAvgPool2d(1)\nself.conv = nn.Conv2d(3, 8, 1)',
      'return self.pool(self.conv(x)).squeeze()',
    ),
    net(
      'self.pool = nn.AdaptiveAvgPool2d(1)\nself.conv = nn.Conv2d(3, 8, 1)',
      'return self.pool(self.conv(x)).squeeze(-1).squeeze(-1)',
    ),
  ],
  [
    'cat-joins-batch',
    'maps of one input are joined along the batch',
    net(
      'self.a, self.b = nn.Conv2d(3, 8, 1), nn.Conv2d(3, 8, 1)',
      'both = torch.cat((self.a(x), self.b(x)))\nreturn both.view(x.shape[0], -1)',
    ),
    // Two views of each item make one batch of twice as many, on purpose.
    net('self.a = nn.Conv2d(3, 8, 1)', 'return self.a(torch.cat((x, x.flip(-1)))).chunk(2)'),
  ],
  [
    'even-kernel-grows',
    'half of an even kernel as padding',
    net('self.conv = nn.Conv2d(3, 8, 4, padding=2)', 'return self.conv(x)'),
    net('self.conv = nn.Conv2d(3, 8, 4, stride=2, padding=1)', 'return self.conv(x)'),
  ],
  [
    'view-stride',
    'view of axes that do not lie side by side',
    net('', 'table = torch.zeros(2, 4, 6)\nreturn x + table.transpose(1, 2).view(2, 24)'),
    net('', 'table = torch.zeros(2, 4, 6)\nreturn x + table.transpose(1, 2).view(2, 6, 2, 2)'),
  ],
  [
    'one-value-norm',
    'batch norm of one value a channel',
    net(
      'self.pool = nn.AdaptiveAvgPool2d(1)\nself.conv = nn.Conv2d(3, 8, 1, bias=False)\nself.bn = nn.BatchNorm2d(8)',
      'return self.bn(self.conv(self.pool(x)))',
    ),
    net(
      'self.pool = nn.AdaptiveAvgPool2d(2)\nself.conv = nn.Conv2d(3, 8, 1, bias=False)\nself.bn = nn.BatchNorm2d(8)',
      'return self.bn(self.conv(self.pool(x)))',
    ),
  ],
  [
    'dropout-always',
    'dropout that eval mode does not turn off',
    net('self.fc = nn.Linear(4, 4)', 'return F.dropout(self.fc(x), 0.5)'),
    net('self.fc = nn.Linear(4, 4)', 'return F.dropout(self.fc(x), 0.5, self.training)'),
  ],
  [
    'softmax-before-loss',
    'squashed before the loss does it',
    net(
      'self.fc = nn.Linear(4, 3)\nself.loss = nn.CrossEntropyLoss()',
      'return self.loss(self.fc(x).softmax(-1), y)',
      'x, y',
    ),
    net(
      'self.fc = nn.Linear(4, 3)\nself.loss = nn.NLLLoss()',
      'return self.loss(self.fc(x).log_softmax(-1), y)',
      'x, y',
    ),
  ],
  [
    'softmax-dim',
    'softmax along a guessed axis',
    net('self.fc = nn.Conv2d(4, 3, 1)\nself.act = nn.Softmax()', 'return self.act(self.fc(x))'),
    // Paddle takes the last axis.
    paddle('self.fc = nn.Linear(4, 3)\nself.act = nn.Softmax()', 'return self.act(self.fc(x))'),
  ],
  [
    'softmax-over-batch',
    'softmax over the batch',
    net('self.rnn = nn.LSTM(4, 4, batch_first=True)\nself.act = nn.Softmax()', 'return self.act(self.rnn(x)[0])'),
    net('self.rnn = nn.LSTM(4, 4, batch_first=True)\nself.act = nn.Softmax(-1)', 'return self.act(self.rnn(x)[0])'),
  ],
  [
    'attention-axis',
    'weights that sum to 1 over the queries',
    net('self.qkv = nn.Linear(dim, 3 * dim)', `${QKV}return scores.softmax(-2) @ v`),
    net('self.qkv = nn.Linear(dim, 3 * dim)', `${QKV}return scores.softmax(-1) @ v`),
  ],
  [
    'inplace-reused',
    'a value that is used again is changed in place',
    net('self.conv = nn.Conv2d(4, 4, 1)\nself.act = nn.ReLU(inplace=True)', 'return x + self.conv(self.act(x))'),
    net('self.conv = nn.Conv2d(4, 4, 1)\nself.act = nn.ReLU(inplace=True)', 'return x + self.act(self.conv(x))'),
  ],
  [
    'tensor-truth',
    'a tensor is asked whether it is true',
    net('self.alpha = nn.Parameter(torch.ones(1))', 'return x * self.alpha if self.alpha else x'),
    net('self.alpha = nn.Parameter(torch.ones(1))', 'return x * self.alpha if self.alpha is not None else x'),
  ],
  [
    'bias-before-norm',
    'a bias that batch norm takes off again',
    net('self.conv = nn.Conv2d(3, 8, 1)\nself.bn = nn.BatchNorm2d(8)', 'return self.bn(self.conv(x))'),
    net('self.conv = nn.Conv2d(3, 8, 1)\nself.bn = nn.BatchNorm2d(8)', 'return self.bn(F.relu(self.conv(x)))'),
  ],
  [
    'view-of-moved',
    'axes that no longer lie together are merged',
    net('self.heads = heads', 'b, h, n, d = x.shape\nreturn x.transpose(1, 2).view(b, n, h * d)'),
    net('self.heads = heads', 'b, h, n, d = x.shape\nreturn x.transpose(1, 2).reshape(b, n, h * d).view(b, n, h, d)'),
  ],
  [
    'rnn-dropout',
    'dropout between layers where there is one',
    net('self.rnn = nn.LSTM(4, 8, dropout=0.5)', 'return self.rnn(x)[0]'),
    net('self.rnn = nn.LSTM(4, 8, num_layers=2, dropout=0.5)', 'return self.rnn(x)[0]'),
  ],
  [
    'batch-first',
    'the batch is taken for the time',
    net('self.rnn = nn.LSTM(4, 8)\nself.fc = nn.Linear(8, 2)', 'out, _ = self.rnn(x)\nreturn self.fc(out[:, -1])'),
    net('self.rnn = nn.LSTM(4, 8)\nself.fc = nn.Linear(8, 2)', 'out, _ = self.rnn(x)\nreturn self.fc(out[-1])'),
  ],
  [
    'time-first',
    'the time is taken for the batch',
    paddle('self.rnn = nn.LSTM(4, 8)', 'steps, batch_size, _ = x.shape\nreturn self.rnn(x)[0]'),
    paddle('self.rnn = nn.LSTM(4, 8)', 'batch_size, steps, _ = x.shape\nreturn self.rnn(x)[0]'),
  ],
  [
    'feature-mismatch',
    'both directions give twice as much',
    net('self.rnn = nn.LSTM(4, 8, bidirectional=True)\nself.fc = nn.Linear(8, 2)', 'return self.fc(self.rnn(x)[0])'),
    net('self.rnn = nn.LSTM(4, 8, bidirectional=True)\nself.fc = nn.Linear(16, 2)', 'return self.fc(self.rnn(x)[0])'),
  ],
  [
    'none-size',
    'None as the size of a window',
    net('self.pool = nn.MaxPool2d((1, None))', 'return self.pool(x)'),
    net('self.pool = nn.AdaptiveMaxPool2d((1, None))', 'return self.pool(x)'),
  ],
];

const codes = async (text: string): Promise<readonly string[]> =>
  problems(await analyse(text), 'en').map(({ code }) => code);

describe.each(TABLE)('%s: %s', (code, _, falls, near) => {
  test('is said', async () => {
    expect(await codes(falls)).toContain(code);
  });
  test('is not said of what only looks like it', async () => {
    expect(await codes(near)).not.toContain(code);
  });
});

test('every trap stands in the table', () => {
  const told = new Set(TABLE.map(([code]) => code));
  expect(TRAP_CODES.filter((code) => !told.has(code))).toEqual([]);
});
