import { expect, test } from 'vitest';
import { allPaths, describeCall, findFamily, type Words } from '../../../src/core/ops';
import { notedNames } from '../../../src/core/ops/notes';
import { context } from './context';
import { readCall } from './example';

const noteOf = (path: string, args: string): Words | undefined => {
  const family = findFamily(path);
  return family && describeCall(family, readCall(family, args), context()).note;
};

test.each([
  [
    'einops.rearrange',
    "(2, 3, 4, 4), 'b c h w -> b (h w) c'",
    'rearranges b c h w → b (h w) c',
    '重排：b c h w → b (h w) c',
  ],
  ['einops.reduce', "(2, 3, 4, 4), 'b c h w -> b c', 'mean'", 'mean, b c h w → b c', '求均值：b c h w → b c'],
  [
    'torch.einsum',
    "'bnc,bmc->bnm', (2, 3, 4), (2, 3, 4)",
    'sums products: bnc,bmc → bnm',
    '按下标求积之和：bnc,bmc → bnm',
  ],
  ['torch.topk', '(2, 9), 5', 'takes the 5 largest along the last axis', '沿最后一维取最大的 5 个'],
  ['torch.sort', '(2, 9), 0, descending=True', 'sorts, largest first, along axis 0', '沿第 0 维降序排序'],
  ['torch.Tensor.masked_fill', '(2, 3), (2, 3):bool, -1e9', 'puts −1e9 where the mask is true', '掩码为真处填 −1e9'],
  ['torch.clamp', '(2, 3), min=0, max=1', 'limits to [0, 1]', '限制在 [0, 1]'],
  [
    'torch.roll',
    '(2, 3, 8, 8), (1, 1), (2, 3)',
    'shifts by 1, 1 cyclically along axes 2 and 3',
    '沿第 2、3 维循环移位 1、1',
  ],
  ['torch.Tensor.unfold', '(2, 9), 1, 3, 2', 'windows of 3, step 2, along axis 1', '沿第 1 维取长 3、步长 2 的窗口'],
  [
    'torch.nn.functional.conv2d',
    '(2, 64, 8, 8), (128, 64, 3, 3), stride=2, padding=1',
    '3×3 convolution, 64→128 channels, halves H and W',
    '3×3 卷积，通道 64→128，高宽减半',
  ],
  ['torch.nn.functional.pad', '(2, 3, 8, 8), (1, 1, 0, 2)', 'pads W 1+1, H 0+2', '填充：W 1+1，H 0+2'],
  ['torch.arange', '5', '0, 1, … up to 5 − 1', '0 到 5 − 1'],
])('%s(%s)', (path, args, en, zh) => {
  expect(noteOf(path, args)).toEqual({ en, zh });
});

test('every sentence belongs to an op', () => {
  const names = new Set(allPaths().map((path) => path.slice(path.lastIndexOf('.') + 1)));
  expect(notedNames.filter((name) => !names.has(name))).toEqual([]);
});

test('what nobody knows makes no sentence', () => {
  const family = findFamily('torch.topk');
  const unknown = { kind: 'unknown', why: 'a test' } as const;
  const args = family && readCall(family, '(2, 9)');
  const page =
    family && args && describeCall(family, { ...args, positional: [...args.positional, unknown] }, context());
  expect(page?.note).toBeUndefined();
});
