import { describe, expect, test } from 'vitest';
import { applyEdits, fixesAt, problems } from '../../../src/core';
import { analyse, analyser } from './support';

// The same traps as people write them otherwise, code that is near to them and runs, and what the fixes leave behind.

const TORCH = 'import torch\nfrom torch import nn\nimport torch.nn.functional as F\n\n\n';
const PADDLE = 'import paddle\nfrom paddle import nn\nimport paddle.nn.functional as F\n\n\n';
const CTOR = '    def __init__(self, dim=8):\n        super().__init__()\n';
const torch = (body: string): string => `${TORCH}class Net(nn.Module):\n${body}`;
const paddle = (body: string): string => `${PADDLE}class Net(nn.Layer):\n${body}`;
const FC = '        self.fc = nn.Linear(8, 4)\n';
const FORWARD = '\n    def forward(self, x):\n        return self.fc(x)\n';

const codes = async (text: string): Promise<readonly string[]> =>
  problems(await analyse(text), 'en').map(({ code }) => code);

describe('is said', () => {
  test.each([
    ['lost-underscores', 'of def alone', torch(`    def init(self):\n        super().__init__()\n${FC}${FORWARD}`)],
    [
      'misspelt-method',
      'of swapped letters',
      torch(`    def __inti__(self):\n        super().__init__()\n${FC}${FORWARD}`),
    ],
    ['misspelt-method', 'of two lost', torch(`    def __init(self):\n        super().__init__()\n${FC}${FORWARD}`)],
    [
      'missing-super-init',
      'where it comes too late',
      torch(`${CTOR.replace('        super().__init__()\n', FC)}        super().__init__()\n${FORWARD}`),
    ],
    [
      'missing-super-init',
      'of super().init()',
      torch(`${CTOR.replace('super().__init__', 'super(Net, self).init')}${FC}${FORWARD}`),
    ],
    [
      'batch-in-view',
      'of the function',
      paddle(
        `${CTOR}        self.conv = nn.Conv2D(1, 10, 5)\n\n    def forward(self, x):\n        return paddle.reshape(self.conv(x), [-1, 5760])\n`,
      ),
    ],
    [
      'squeeze-all',
      'of the function',
      torch(
        `${CTOR}        self.pool = nn.AdaptiveAvgPool2d(1)\n        self.fc = nn.Conv2d(8, 4, 1)\n\n    def forward(self, x):\n        return torch.squeeze(self.pool(self.fc(x)))\n`,
      ),
    ],
    [
      'softmax-dim',
      'where the number of axes is open',
      torch(
        `${CTOR}${FC}        self.sm = nn.Softmax()\n\n    def forward(self, x):\n        return self.sm(self.fc(x))\n`,
      ),
    ],
    [
      'attention-axis',
      'of a layer of Paddle',
      paddle(
        `${CTOR}        self.sm = nn.Softmax(axis=1)\n\n    def forward(self, q, k, v):\n        b, h, n, d = q.shape\n        a = self.sm(paddle.matmul(q, k.reshape([b, h, n, d]), transpose_y=True))\n        return paddle.matmul(a, v.reshape([b, h, n, d]))\n`,
      ),
    ],
    [
      'view-of-moved',
      'behind attention',
      torch(
        `    def forward(self, x):\n        b, n, c = x.shape\n        q = x.view(b, n, 2, c // 2).transpose(1, 2)\n        a = (q @ q.transpose(-1, -2)).softmax(-1)\n        return (a @ q).transpose(1, 2).view(b, n, c)\n`,
      ),
    ],
    [
      'view-of-moved',
      'of channels moved to the end',
      paddle(
        `    def forward(self, x):\n        b, c, h, w = x.shape\n        return x.transpose([0, 2, 3, 1]).view([b, h * w * c])\n`,
      ),
    ],
  ])('%s %s', async (code, _, text) => {
    expect(await codes(text)).toContain(code);
  });
});

describe('nothing is said', () => {
  test.each([
    [
      'of init as a method of the bases',
      `${TORCH}class Base(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.init()\n\n    def init(self):\n${FC}\n\nclass Net(Base):\n    def init(self):\n        super().init()\n        self.act = nn.ReLU()\n\n    def forward(self, x):\n        return self.act(self.fc(x))\n`,
    ],
    [
      'of a method with a second name',
      torch(`${CTOR}${FC}${FORWARD.replace('forward', 'Forward')}\n    forward = Forward\n`),
    ],
    [
      'of forward set on the instance',
      torch(`${CTOR}${FC}        self.forward = self.forwards\n${FORWARD.replace('forward', 'forwards')}`),
    ],
    [
      'where a method calls the constructor',
      torch(
        `    def __init__(self):\n        self.setup()\n${FC}\n    def setup(self):\n        nn.Module.__init__(self)\n${FORWARD}`,
      ),
    ],
    [
      'of names in other scripts',
      torch(
        `${CTOR}        self.全连接 = nn.Linear(8, 4)\n\n    def forward(self, x):\n        return self.全连接(x)\n`,
      ),
    ],
    [
      'of a loss that takes shares',
      paddle(
        `${CTOR}${FC}        self.loss = nn.CrossEntropyLoss(use_softmax=False)\n\n    def forward(self, x, y):\n        p = F.softmax(self.fc(x))\n        return self.loss(p, y) + F.cross_entropy(p, y, use_softmax=False)\n`,
      ),
    ],
    [
      'of a map that is cut afterwards',
      torch(
        `${CTOR}        self.conv = nn.Conv1d(3, 3, 4, padding=2, bias=False)\n        self.act = nn.ReLU()\n\n    def forward(self, x):\n        return self.act(self.conv(x))[:, :, :-1]\n`,
      ),
    ],
    [
      'of a change whose result nobody takes',
      torch(
        `${CTOR}${FC}        self.act = nn.ReLU(inplace=True)\n\n    def forward(self, x):\n        y = self.fc(x)\n        self.act(y)\n        return y * 2\n`,
      ),
    ],
    [
      'of a batch given as a number',
      torch(
        `${CTOR}        self.conv = nn.Conv2d(3, 4, 1)\n\n    def forward(self, x):\n        return self.conv(x).permute(0, 2, 3, 1).reshape(2, -1)\n`,
      ),
    ],
    [
      'of a view that keeps the axes',
      torch(
        `    def forward(self, x):\n        b, c, h, w = x.shape\n        return x.permute(0, 2, 3, 1).view(b, h * w, c)\n`,
      ),
    ],
    [
      'of a view that splits an axis',
      torch(
        `    def forward(self, x):\n        b, n, c = x.shape\n        return x.transpose(1, 2).view(b, c, 2, n // 2)\n`,
      ),
    ],
  ])('%s', async (_, text) => {
    expect(await codes(text)).toEqual([]);
  });
});

/** What the first fix makes of a text; undefined where none is offered. */
const mended = async (text: string, code: string): Promise<string | undefined> => {
  const again = await analyser();
  const analysis = again(text);
  const found = problems(analysis, 'en').find((report) => report.code === code);
  if (!found) throw new Error(`${code} is not said`);
  const fix = fixesAt(analysis, found.span, 'en', again).find((one) => one.code === code && one.preferred);
  return fix && applyEdits(text, fix.edits);
};

describe('the fix', () => {
  test.each([
    [
      'renames what the constructor calls too',
      'misspelt-method',
      torch(`    def _init_(self):\n        super()._init_()\n${FC}${FORWARD}`),
      `    def __init__(self):\n        super().__init__()\n`,
    ],
    [
      'mends the call',
      'missing-super-init',
      torch(`    def __init__(self):\n        super().__int__()\n${FC}${FORWARD}`),
      `        super().__init__()\n        self.fc`,
    ],
    [
      'stays on the line of a method',
      'missing-super-init',
      torch(`    def __init__(self): self.fc = nn.Linear(8, 4)\n${FORWARD}`),
      'def __init__(self): super().__init__(); self.fc = nn.Linear(8, 4)\n',
    ],
    [
      'stands behind the docstring',
      'missing-super-init',
      torch(`    def __init__(self):\n        """A."""\n${FC}${FORWARD}`),
      '"""A."""\n        super().__init__()\n        self.fc',
    ],
    [
      'keeps the line breaks',
      'missing-super-init',
      torch(`    def __init__(self):\n${FC}${FORWARD}`).replaceAll('\n', '\r\n'),
      '__init__(self):\r\n        super().__init__()\r\n        self.fc',
    ],
    [
      'leaves a comment where it is',
      'untrained-layer',
      torch(
        `${CTOR}        self.a = nn.Linear(8, 8)  # the stem\n\n    def forward(self, x):\n        return nn.Linear(8, 4)(self.a(x))\n`,
      ),
      'self.a = nn.Linear(8, 8)  # the stem\n        self.linear = nn.Linear(8, 4)\n',
    ],
    [
      'makes the layer in front of a return',
      'untrained-layer',
      torch(`${CTOR}        return\n\n    def forward(self, x):\n        return nn.Linear(8, 4)(x)\n`),
      'self.linear = nn.Linear(8, 4)\n        return\n',
    ],
    [
      'calls the library as the file does',
      'unregistered-layers',
      `import torch\n\n\nclass Net(torch.nn.Module):\n${CTOR}        self.fcs = [torch.nn.Linear(8, 8)]\n\n    def forward(self, x):\n        return self.fcs[0](x)\n`,
      'torch.nn.ModuleList([torch.nn.Linear(8, 8)])',
    ],
    [
      'keeps brackets',
      'unregistered-tensor',
      torch(
        `${CTOR}        self.mask = (torch.arange(8)\n                     .float())\n\n    def forward(self, x):\n        return x * self.mask\n`,
      ),
      "self.register_buffer('mask', (torch.arange(8)\n                     .float()))\n",
    ],
    [
      'names the axis of the function',
      'squeeze-all',
      torch(
        `${CTOR}        self.pool = nn.AdaptiveAvgPool2d(1)\n        self.fc = nn.Conv2d(8, 4, 1)\n\n    def forward(self, x):\n        return torch.squeeze(self.pool(self.fc(x)))\n`,
      ),
      'torch.squeeze(self.pool(self.fc(x)), (2, 3))',
    ],
    [
      'reshapes',
      'view-of-moved',
      torch(
        `    def forward(self, x):\n        b, c, h, w = x.shape\n        return x.permute(0, 2, 3, 1).view(b, -1)\n`,
      ),
      '.permute(0, 2, 3, 1).reshape(b, -1)',
    ],
  ])('%s', async (_, code, text, part) => {
    expect(await mended(text, code)).toContain(part);
  });

  test.each([
    [
      'in a dictionary with numbers as keys',
      'unregistered-layers',
      torch(
        `${CTOR}        self.fcs = {0: nn.Linear(8, 8)}\n\n    def forward(self, x):\n        return self.fcs[0](x)\n`,
      ),
    ],
    [
      'in a list with more than layers',
      'unregistered-layers',
      torch(
        `${CTOR}        self.fcs = [(nn.Linear(8, 8), nn.ReLU())]\n\n    def forward(self, x):\n        return self.fcs[0][0](x)\n`,
      ),
    ],
    [
      'for a buffer before the constructor',
      'unregistered-tensor',
      torch(
        `    def __init__(self):\n        self.scale = torch.ones(8)\n        super().__init__()\n\n    def forward(self, x):\n        return x * self.scale\n`,
      ),
    ],
    [
      'in a method without an instance',
      'dropout-always',
      torch(
        `    @staticmethod\n    def drop(x):\n        return F.dropout(x, p=0.2)\n\n    def forward(self, x):\n        return self.drop(x)\n`,
      ),
    ],
    [
      'where the bias is read',
      'bias-before-norm',
      torch(
        `${CTOR}        self.conv = nn.Conv2d(3, 4, 3)\n        self.bn = nn.BatchNorm2d(4)\n        nn.init.zeros_(self.conv.bias)\n\n    def forward(self, x):\n        return self.bn(self.conv(x))\n`,
      ),
    ],
  ])('is not offered %s', async (_, code, text) => {
    expect(await mended(text, code)).toBeUndefined();
  });
});
