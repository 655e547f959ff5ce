import { describe, expect, test } from 'vitest';
import { annotate, applyEdits, panel, problems } from '../../../src/core';
import { analyse } from './support';

const PADDLE = `import paddle
import paddle.nn as nn
from paddle.static import InputSpec

class Net(nn.Layer):
    def __init__(self, cin, cout):
        super().__init__()
        self.conv = nn.Conv2D(cin, cout, 3, 2, 1)

    def forward(self, x):
        return self.conv(x).mean([2, 3])

net = Net(3, 16)
`;

const TORCH = `import torch
import torch.nn as nn
from thop import profile
from torchinfo import summary
import torchsummary

class Net(nn.Module):
    def __init__(self, cin, cout):
        super().__init__()
        self.conv = nn.Conv2d(cin, cout, 3, 2, 1)

    def forward(self, x):
        return self.conv(x).mean((2, 3))

net = Net(3, 16)
`;

const annotated = async (text: string, language: 'en' | 'zh-cn'): Promise<string> => {
  const result = annotate(await analyse(text), { language, level: 'full' });
  return 'edits' in result ? applyEdits(text, result.edits) : text;
};

describe.each([
  [PADDLE, 'paddle.summary(net, (2, 3, 32, 32))', '2, 3, 32, 32'],
  [PADDLE, 'paddle.flops(net, [2, 3, 32, 32])', '2, 3, 32, 32'],
  [PADDLE, 'paddle.summary(net, input=paddle.rand([2, 3, 8, 8]))', '2, 3, 8, 8'],
  [PADDLE, 'paddle.jit.save(net, "net", input_spec=[InputSpec([None, 3, 32, 32])])', 'B, 3, 32, 32'],
  [PADDLE, 'st = paddle.jit.to_static(net, input_spec=[InputSpec(shape=[-1, 3, None, None])])', 'B, 3, H, W'],
  [PADDLE, 'paddle.Model(net).summary((4, 3, 32, 32))', '4, 3, 32, 32'],
  [PADDLE, 'paddle.Model(net, InputSpec([None, 3, 8, 8])).summary()', 'B, 3, 8, 8'],
  [TORCH, 'summary(net, input_size=(2, 3, 32, 32))', '2, 3, 32, 32'],
  [TORCH, 'torchsummary.summary(net, (3, 32, 32))', 'B, 3, 32, 32'],
  [TORCH, 'macs, params = profile(net, inputs=(torch.randn(1, 3, 64, 64),))', '1, 3, 64, 64'],
  [TORCH, 'torch.onnx.export(net, torch.randn(1, 3, 64, 64), "net.onnx")', '1, 3, 64, 64'],
])('%#: %s', (model, call, shape) => {
  test(`${call} shows an input`, async () => {
    const presets = panel(await analyse(`${model}${call}\n`), 'Net', 'en')?.inputs[0]?.presets ?? [];
    expect(presets).toContainEqual({ label: 'Net(…)', text: shape });
  });
});

test('a decorator with a specification says what the inputs of forward are', async () => {
  const spec = '    @paddle.jit.to_static(input_spec=[InputSpec([None, 3, 32, 32], "float32")])\n    def forward';
  const entry = panel(await analyse(PADDLE.replace('    def forward', spec)), 'Net', 'en');
  expect(entry?.inputs[0]?.placeholder).toBe('B, 3, 32, 32');
});

test('an input that a tool is told and the model refuses is a problem in the model', async () => {
  const found = problems(await analyse(`${PADDLE}paddle.summary(net, (2, 4, 32, 32))\n`), 'en');
  expect(found.map(({ code }) => code)).toEqual(['channel-mismatch']);
});

test('what a tool does is told with the shapes', async () => {
  const call = 'info = paddle.summary(net, (2, 3, 32, 32))\n';
  expect(await annotated(PADDLE + call, 'en')).toContain(
    '# ※ lists the output shape and the parameters of every layer, for [2, 3, 32, 32]\n# ※   → [2, 16]\n',
  );
  expect(await annotated(PADDLE + call, 'zh-cn')).toContain(
    '# ※ 列出各层的输出形状与参数量，输入 [2, 3, 32, 32] → [2, 16]\n',
  );
});
