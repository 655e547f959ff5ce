import { describe, expect, test } from 'vitest';
import {
  type PanelModel,
  type PanelStep,
  panel,
  panelTable,
  parseGiven,
  summary,
  summaryText,
} from '../../../src/core';
import { print } from '../../../src/core/dims';
import { BRANCHES, FAULT, RESIDUAL } from '../graph/models';
import { analyse, analyseGiven } from './support';

const HEADER = 'import torch\nfrom torch import nn\nimport torch.nn.functional as F\n\n';

const stepsOf = ({ steps }: PanelModel): readonly PanelStep[] => {
  const all = (list: readonly PanelStep[]): readonly PanelStep[] => list.flatMap((s) => [s, ...all(s.children)]);
  return all(steps);
};

describe('texts of shapes', () => {
  test.each([
    ['B, 3, 224, 224', 'B, 3, 224, 224'],
    ['[B, 3, 2*H, W // 2]', 'B, 3, 2·H, ⌊W/2⌋'],
    ['1，3，32，32', '1, 3, 32, 32'],
    ['(8,)', '8'],
    ['ch, 3, H, W', 'ch, 3, H, W'],
  ])('%s', async (text, read) => {
    const analysis = await analyse(HEADER + BRANCHES);
    const { given, messages } = parseGiven(analysis, 'Branches', { inputs: { x: text } }, 'en');
    const value = given.inputs?.get('x');
    expect(messages).toEqual({ inputs: {}, args: {} });
    expect(value?.kind === 'tensor' && value.shape.dims.map((d) => print(d)).join(', ')).toBe(read);
  });

  test.each([
    ['B, 3; 4', '“3; 4” is no size: use an integer or a name such as B', '“3; 4”不是大小：请用整数或 B 这样的名字'],
    ['B, -1', '“-1” is less than 0', '“-1”小于 0'],
    ['B,,3', 'Write sizes separated by commas: B, 3, 224, 224', '请写以逗号分隔的大小：B, 3, 224, 224'],
  ])('%s is refused in words', async (text, en, zh) => {
    const analysis = await analyse(HEADER + BRANCHES);
    const read = (language: 'en' | 'zh-cn') => parseGiven(analysis, 'Branches', { inputs: { x: text } }, language);
    expect(read('en').messages.inputs).toEqual({ x: en });
    expect(read('zh-cn').messages.inputs).toEqual({ x: zh });
    expect(read('en').given.inputs?.size).toBe(0);
  });

  test('a name that the class does not have is refused', async () => {
    const analysis = await analyse(HEADER + BRANCHES);
    const { messages } = parseGiven(analysis, 'Branches', { inputs: { y: '1' }, args: { width: '2' } }, 'en');
    expect(messages).toEqual({
      inputs: { y: 'there is no y; there are x' },
      args: { width: 'there is no width; there are ch, use_bn, half' },
    });
  });

  test.each([
    ['64', { kind: 'int', value: 64 }],
    ['-0.5', { kind: 'float', value: -0.5 }],
    ['True', { kind: 'bool', value: true }],
    ["'same'", { kind: 'str', value: 'same' }],
    ['[1, (2, 3)]', { kind: 'list' }],
    ['nn.ReLU', undefined],
    ['1 +', undefined],
  ])('the argument %s', async (text, value) => {
    const analysis = await analyse(HEADER + BRANCHES);
    const { given } = parseGiven(analysis, 'Branches', { args: { ch: text } }, 'en');
    if (value) expect(given.args?.get('ch')).toMatchObject(value);
    else expect(given.args?.has('ch')).toBe(false);
  });
});

describe('the panel', () => {
  test('of a class with nothing given', async () => {
    const model = panel(await analyse(HEADER + RESIDUAL), 'Residual', 'en');
    expect(model?.inputs.map((f) => [f.name, f.placeholder, f.given])).toEqual([['x', 'B, c, H, W', false]]);
    expect(model?.parameters.map((f) => f.name)).toEqual(['c']);
    expect(model && stepsOf(model).map((s) => [s.title || s.code, s.output, s.parameters])).toEqual([
      ['return F.relu(self.bn(self.conv(x)) + x)', '[B, c, H, W]', ''],
      ['conv', '[B, c, H, W]', '9·c² + c'],
      ['bn', '[B, c, H, W]', '2·c'],
      ['+', '[B, c, H, W]', ''],
      ['relu', '[B, c, H, W]', ''],
    ]);
  });

  test('says the arithmetic of sizes', async () => {
    const source = `
class Stem(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, 7, stride=2, padding=3)
        self.up = nn.ConvTranspose2d(64, 8, 4, stride=2, padding=1)

    def forward(self, x):
        return self.up(self.conv(x))
`;
    const model = panel(await analyseGiven(HEADER + source, 'Stem', { inputs: { x: '1, 3, 224, 224' } }), 'Stem', 'en');
    expect(model && stepsOf(model).flatMap((s) => s.arithmetic)).toEqual([
      '⌊(224 + 2·3 − 7)/2⌋ + 1 = 112',
      'weight: 64·3·7·7 = 9,408',
      'bias: 64',
      '(112 − 1)·2 − 2·1 + 4 = 224',
      'weight: 64·8·4·4 = 8,192',
      'bias: 8',
    ]);
  });

  test('shows what is wrong where it is', async () => {
    const analysis = await analyse(HEADER + FAULT);
    const model = panel(analysis, 'Wrong', 'en');
    expect(model?.problems.map(({ span }) => analysis.text.slice(span.start, span.end))).toEqual([
      'self.bn(self.conv1(x))',
    ]);
    expect(model && stepsOf(model).map((s) => [s.title, s.fault !== undefined, s.stale])).toEqual([
      ['', false, false],
      ['conv1', false, false],
      ['bn', true, false],
      ['relu', false, true],
      ['conv2', false, true],
    ]);
  });

  test('finds its class by an offset', async () => {
    const text = HEADER + RESIDUAL;
    const analysis = await analyse(text);
    expect(panel(analysis, text.indexOf('self.bn('), 'en')?.className).toBe('Residual');
    expect(panel(analysis, 3, 'en')).toBeUndefined();
  });

  test('offers the shapes that the file makes', async () => {
    const script = '\nif __name__ == "__main__":\n    print(Branches(8, True, True)(torch.randn(2, 3, 32, 32)))\n';
    const model = panel(await analyse(HEADER + BRANCHES + script), 'Branches', 'en');
    expect(model?.inputs[0]?.presets.map((p) => p.text)).toEqual(['', '2, 3, 32, 32', '1, 3, 224, 224']);
  });

  test.each(['en', 'zh-cn'] as const)('has every text in %s', async (language) => {
    const model = panel(await analyse(HEADER + FAULT), 'Wrong', language);
    const { labels, known, note, problems } = model ?? {};
    const texts = [...Object.values(labels ?? {}), known, note, problems?.[0]?.text];
    expect(texts.length).toBeGreaterThan(30);
    for (const text of texts)
      expect(/\p{Script=Han}/u.test(text ?? '')).toBe(language === 'zh-cn' && !/^FLOPs$/.test(text ?? ''));
  });
});

test('the summary is laid out like torchinfo’s', async () => {
  const analysis = await analyseGiven(HEADER + RESIDUAL, 'Residual', {
    inputs: { x: '1, 8, 16, 16' },
    args: { c: '8' },
  });
  const table = summary(analysis, 'Residual');
  expect(table && summaryText(table).split('\n')).toEqual([
    '='.repeat(80),
    'Layer (type:depth-idx)                   Output Shape              Param #',
    '='.repeat(80),
    'Residual                                 [1, 8, 16, 16]            --',
    '├─Conv2d: 1-1                            [1, 8, 16, 16]            584',
    '├─BatchNorm2d: 1-2                       [1, 8, 16, 16]            16',
    '='.repeat(80),
    'Total params: 600',
    'Trainable params: 600',
    'Non-trainable params: 0',
    'Total FLOPs (mult-adds × 2): 294,912',
    '='.repeat(80),
    'Input size (MB): 0.01',
    'Forward/backward pass size (MB): 0.03',
    'Params size (MB): 0.00',
    'Estimated Total Size (MB): 0.04',
    '='.repeat(80),
    '',
  ]);
});

describe('the steps as a table', () => {
  const table = async (format: 'markdown' | 'csv') => {
    const texts = { inputs: { x: '1, 8, 16, 16' }, args: { c: '8' } };
    const analysis = await analyseGiven(HEADER + RESIDUAL, 'Residual', texts);
    const model = panel(analysis, 'Residual', 'en', texts);
    return model && panelTable(model, format).split(/\r?\n/);
  };

  test('in Markdown, with the totals', async () => {
    const lines = await table('markdown');
    expect(lines?.slice(0, 6)).toEqual([
      '**Residual** (PyTorch)',
      '',
      '| Step | Layer | Input | Output | Parameters | FLOPs | Memory |',
      '| :-- | :-- | :-- | :-- | --: | --: | --: |',
      '| conv | Conv2d  3×3, 8→8 | \\[1, 8, 16, 16\\] | \\[1, 8, 16, 16\\] | 584 | 294,912 | 8,192 bytes |',
      '| bn | BatchNorm2d  8 | \\[1, 8, 16, 16\\] | \\[1, 8, 16, 16\\] | 16 |  | 8,192 bytes |',
    ]);
    expect(lines).toContain('- Trainable parameters: 600');
  });

  test('in CSV, quoted where it must be', async () => {
    expect((await table('csv'))?.slice(0, 2)).toEqual([
      'Step,Layer,Input,Output,Parameters,FLOPs,Memory',
      'conv,"Conv2d  3×3, 8→8","[1, 8, 16, 16]","[1, 8, 16, 16]",584,"294,912","8,192 bytes"',
    ]);
  });
});

const LINED_UP = `class Masked(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.q = nn.Linear(dim, dim)

    def forward(self, x, y, mask):
        scores = torch.bmm(self.q(x), y.transpose(1, 2))
        return scores.masked_fill(mask.unsqueeze(1) == 0, -1e9)
`;

/** The product of matrices needs three axes of `x` and `y`; that `mask` has two is only usual. */
test.each([
  ['en', ['number of axes as usual in such code: mask']],
  ['zh-cn', ['按惯例假定维数：mask']],
] as const)('says in %s of which inputs the number of axes is supposed', async (language, said) => {
  const analysis = await analyse(HEADER + LINED_UP);
  expect(panel(analysis, 'Masked', language)?.assumptions).toEqual(said);
});
