import { describe, expect, test } from 'vitest';
import { applyEdits, problems } from '../../../src/core';
import { readClaim } from '../../../src/core/syntax/claims';
import { analyse } from './support';

const model = (line: string): string => `import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, 7, 2, 3)
        self.fc = nn.Linear(64, dim * 4)

    def forward(self, x):
        B, _, H, W = x.shape
        x = self.conv(x)
        tokens = x.flatten(2).transpose(1, 2)
        ${line}
        return y
`;

const mismatches = async (line: string) =>
  problems(await analyse(model(line)), 'en').filter(({ code }) => code === 'comment-mismatch');

describe('a comment', () => {
  test.each([
    ['y = x  # (B, 64, H/2, W/2)'],
    ['y = x  # [64, 112, 112]'],
    ['y = x  # torch.Size([2, 64, 112, 112])'],
    ['y = x  # (B, C, h, w)'],
    ['y = self.fc(tokens)  # (B, N, 4*dim)'],
    ['y = self.fc(tokens)  # (B, N, hidden)'],
    ['y = self.fc(tokens)  # [..., 4 * dim]'],
    ['y = self.fc(tokens)  # B x N x C'],
    ['y = x  # see [12, 34]'],
    ['y = x  # (1) and (2)'],
    ['y = x  # the tokens (B, N, C) come later'],
    ['y = x  # other: (B, N, C)'],
    ['y = x.unknown(3)  # (B, N, C)'],
  ])('%s is not contradicted', async (line) => {
    expect(await mismatches(line)).toEqual([]);
  });

  test.each([
    ['y = x  # (B, N, C)', '(B, 64, ⌈H/2⌉, ⌈W/2⌉)'],
    ['y = x  # [B, 32, H, W]', '[B, 64, ⌈H/2⌉, ⌈W/2⌉]'],
    ['y = x  # B x 128 x H x W', 'B x 64 x ⌈H/2⌉ x ⌈W/2⌉'],
    ['y = x  # shape: b, 3, h, w', 'B, 64, ⌈H/2⌉, ⌈W/2⌉'],
    ['y = self.fc(tokens)  # (B, N, dim)', '(B, ⌈H/2⌉·⌈W/2⌉, 4·dim)'],
    ['y = self.fc(tokens)  # (B, C, N) -> (B, N, dim)', '(B, ⌈H/2⌉·⌈W/2⌉, 4·dim)'],
    ['y = self.fc(tokens)  # y: [..., 2 * dim]', '[B, ⌈H/2⌉·⌈W/2⌉, 4·dim]'],
    ['y = self.fc(tokens)  # b c h w', 'B ⌈H/2⌉·⌈W/2⌉ 4·dim'],
  ])('%s is mended to %s', async (line, mended) => {
    const [found, more] = await mismatches(line);
    expect(more).toBeUndefined();
    const before = model(line);
    expect(found?.severity).toBe('warning');
    expect(before.slice(found?.fix?.edits[0]?.start, found?.fix?.edits[0]?.end)).not.toBe('');
    const after = applyEdits(before, found?.fix?.edits ?? []);
    expect(after).toContain(mended);
    const left = problems(await analyse(after), 'en').filter(({ code }) => code === 'comment-mismatch');
    expect(left).toEqual([]);
  });

  test('of ours is no claim of a person', async () => {
    expect(await mismatches('y = x  # ※ (B, N, C)')).toEqual([]);
  });
});

describe('reading', () => {
  test.each([
    ['# (B, C, H, W)', ['B', 'C', 'H', 'W']],
    ['# [64, 3, 7, 7]', ['64', '3', '7', '7']],
    ['# B x C x H x W', ['B', 'C', 'H', 'W']],
    ['# shape: bs, seq, dim', ['bs', 'seq', 'dim']],
    ['# -> (N, L, E)', ['N', 'L', 'E']],
    ['# b c h w', ['b', 'c', 'h', 'w']],
    ['# x: (B*nW, w*w, 3C)', ['B*nW', 'w*w', '3C']],
    ['# [B, N, C] → [B, N, 3*C].', ['B', 'N', '3*C']],
    ['#(N,)', ['N']],
  ])('%s', (comment, axes) => {
    expect(readClaim(comment)?.axes).toEqual(axes);
  });

  test.each([
    ['# note'],
    ['# (see below)'],
    ['# [1]'],
    ['# (1, 2) is the kernel'],
    ['# a b'],
    ['# type: ignore'],
    ['# noqa: E501'],
    ['# q, k, v'],
    ['# first, second'],
    ['# lr = 0.1, momentum = 0.9'],
    ['# f(x, y)'],
    ['# x: the input'],
  ])('%s says no shape', (comment) => {
    expect(readClaim(comment)).toBeUndefined();
  });
});
