import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type Analysis, applyEdits, fusionReport, hover, refactoringsAt } from '../../../src/core';
import { analyse, analyser, goldenPath, pythonFiles } from './support';

interface Recorded {
  readonly class: string;
  readonly arguments: readonly number[];
  readonly method: string;
  /** What real PyTorch gives. */
  readonly outcome: 'agrees' | 'differs' | 'size' | 'fails';
}

const recorded: readonly Recorded[] = JSON.parse(readFileSync(goldenPath('written.json'), 'utf8'));
const source = pythonFiles('test/models').find(([name]) => name === 'reparameterised_by_hand.py')?.[1] ?? '';
const verdictOf = (analysis: Analysis, className: string, method: string) =>
  fusionReport(analysis, className, 'en')?.written.find((one) => one.method === method);

describe("the author's own folding code", () => {
  test.each(recorded.map((one) => [`${one.class}.${one.method}, ${one.arguments}`, one] as const))(
    '%s comes to what PyTorch gives',
    async (_, one) => {
      const verdict = verdictOf(await analyse(source), one.class, one.method);
      const others = recorded.filter((r) => r.class === one.class && r.method === one.method);
      const wrong = others.find((r) => r.outcome !== 'agrees');
      expect(verdict?.outcome).toBe(wrong ? 'differs' : 'agrees');
      if (wrong?.outcome === 'fails') expect(verdict?.text).toContain('fails');
      if (wrong?.outcome === 'size') expect(verdict?.text).toContain('another size');
    },
  );

  test.each([
    ['ForgottenShift', 'switch_to_deploy', 'point.bn.running_mean'],
    ['ForgottenBranch', 'switch_to_deploy', 'without the branch `point`'],
    ['WrongCorner', 'get_equivalent_kernel_bias', 'in the kernel; the bias agrees'],
    ['ForgottenPadding', 'switch_to_deploy', 'at the border: the new layer has padding mode replicate, not zeros'],
    ['IgnoredBias', 'fuse_conv_bn', 'conv.bias'],
    ['LostDilation', 'reparameterize', 'when dilation = 2; otherwise it agrees: the new layer has dilation 2, not 1'],
    ['HandPair', 'fuse', 'groups 1, not 2'],
    ['WrongTransposedAxis', 'fuse', 'axis 0'],
  ])('%s: says what is wrong', async (className, method, reason) => {
    expect(verdictOf(await analyse(source), className, method)?.text).toContain(reason);
  });

  test('is told on the name of the method, with a way to the preview', async () => {
    const found = hover(await analyse(source), source.indexOf('def fuse_conv_bn') + 6, 'en');
    expect(found?.markdown).toContain('conv.bias');
    expect(found?.folding?.className).toBe('IgnoredBias');
  });

  test('is not followed where the way is not decided', async () => {
    const open = source.replace('if hasattr(self, "reparam"):', 'if torch.cuda.is_available():');
    expect(verdictOf(await analyse(open), 'HandFolded', 'switch_to_deploy')?.outcome).toBe('unknown');
  });

  test('leaves the analysis as it was', async () => {
    const analysis = await analyse(source);
    const before = JSON.stringify(fusionReport(analysis, 'HandFolded', 'en')?.regions);
    fusionReport(analysis, 'HandACNet', 'en');
    expect(JSON.stringify(fusionReport(await analyse(source), 'HandFolded', 'en')?.regions)).toBe(before);
  });
});

describe('the action that inserts a folding method', () => {
  const plain = `import torch
import torch.nn as nn


class Net(nn.Module):
  def __init__(self, c):
    super().__init__()
    self.conv = nn.Conv2d(c, c, 3)
    self.bn = nn.BatchNorm2d(c)

  def forward(self, x):
    return self.bn(self.conv(x))


net = Net(3)
`;
  const insertedInto = async (text: string, mark = 'Net(nn', title = 'folds'): Promise<string | undefined> => {
    const again = await analyser();
    const analysis = again(text);
    const at = text.indexOf(mark);
    const found = refactoringsAt(analysis, { start: at, end: at }, 'en', again).find((o) => o.title.includes(title));
    return found && applyEdits(text, found.edits);
  };

  test('puts it at the end of the class, indented as the class is', async () => {
    const text = await insertedInto(plain);
    expect(text).toContain('    return self.bn(self.conv(x))\n\n  @torch.no_grad()\n  def fuse(self):\n');
    expect(text).toContain('\n\n\nnet = Net(3)\n');
    const written = verdictOf(await analyse(text ?? ''), 'Net', 'fuse');
    expect(written?.outcome).toBe('agrees');
  });

  test('takes another name where there is such a method, and imports what is missing', async () => {
    const text = await insertedInto(
      plain
        .replace('import torch\n', '')
        .replace('  def forward', '  def fuse(self, deep):\n    return self\n\n  def forward'),
    );
    expect(text).toContain('def switch_to_deploy(self):');
    expect(text?.startsWith('import torch\nimport torch.nn as nn')).toBe(true);
  });

  test('gives an eval-only copy where it is asked for on the pair', async () => {
    const text = await insertedInto(plain, 'nn.BatchNorm2d', 'eval-only copy with self.bn folded into self.conv');
    expect(text?.startsWith('import copy\nimport torch')).toBe(true);
    expect(text).toContain('  def folded_copy(self):\n      model = copy.deepcopy(self)\n      model.eval()\n');
    expect(text).toContain('model.bn = nn.Identity()\n      return model\n');
    expect(text).not.toMatch(/self\.(bn|conv)\b.*= (filled|nn\.Identity)/);
  });

  test('is not offered where nothing folds', async () => {
    expect(await insertedInto(plain.replace('self.bn(self.conv(x))', 'self.conv(x)'))).toBeUndefined();
  });
});
