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
    // A letter says what an axis is for, also where a variable of that name holds another number.
    ['y = x  # (B, 64, H, W)'],
    ['B, C, h, w = x.shape; y = self.fc(tokens).view(B, h, w, -1).permute(0, 3, 1, 2)  # (B, C, h, w)'],
    // What is written into a part may be said of the whole.
    ['y = torch.zeros(2, 5, 4); y[:, :, 0] = x.mean()  # (B, N, C)'],
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
    ['y = self.fc(tokens)  # y: [..., 2 * dim]', '[B, ((H + 1) // 2) * ((W + 1) // 2), 4 * dim]'],
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

/** Every usual way to write a shape: one that agrees with `[B, N, 4·dim]`, and the same with another last size. */
const CONVENTIONS: readonly (readonly [agreeing: string, wrong: string])[] = [
  ['(B, N, 4*dim)', '(B, N, 2*dim)'],
  ['[b, n, 4 * dim]', '[b, n, 2 * dim]'],
  ['B x N x D', 'B x N x 7 x 7'],
  ['BxNxD', 'BxNxCxD'],
  ['B×N×D', 'B×N×C×D'],
  ['B, N, C', 'B, N, C, D'],
  ['B,N,C', 'B,C,H,W'],
  ['B*N*C', 'B*N*C*D'],
  ['y: B*N*C', 'y: B*C*H*W'],
  ['b n c', 'b n c d'],
  ['y: (B, N, 4*dim)', 'y: (B, N, dim)'],
  ['y.shape = (B, N, 4*dim)', 'y.shape = (B, N, dim)'],
  ['y.shape: [B, N, 4*dim]', 'y.shape: [B, N, dim]'],
  ['y.size() == [B, N, 4*dim]', 'y.size() == [B, N, dim]'],
  ['shape = (B, N, 4*dim)', 'shape = (B, N, dim)'],
  ['shape: B, N, 4*dim', 'shape: B, N, dim'],
  ['Shape of y: (B, N, 4*dim)', 'Shape of y: (B, N, dim)'],
  ['tensor of shape (B, N, 4*dim)', 'tensor of shape (B, N, dim)'],
  ['output shape: (B, N, 4*dim)', 'output shape: (B, N, dim)'],
  ['-> (B, N, 4*dim)', '-> (B, N, dim)'],
  ['=> [B, N, 4*dim]', '=> [B, N, dim]'],
  ['(B, N, 64) -> (B, N, 4*dim)', '(B, N, 64) -> (B, N, dim)'],
  ['[B, N, 64] --> [B, N, 4*dim]', '[B, N, 64] --> [B, N, dim]'],
  ['(B, N, 64) → (B, N, 4*dim)', '(B, N, 64) → (B, N, dim)'],
  ['torch.Size([2, 49, 16])', 'torch.Size([2, 7, 7, 16])'],
  ['[..., 4*dim]', '[..., dim]'],
  ['形状 (B, N, 4*dim)', '形状 (B, N, dim)'],
  ['形状：[B, N, 4*dim]', '形状：[B, N, dim]'],
  ['形状为 (B, N, 4*dim)', '形状为 (B, N, dim)'],
  ['输出形状：(B, N, 4*dim)', '输出形状：(B, N, dim)'],
  ['y 的形状是 [B, N, 4*dim]。', 'y 的形状是 [B, N, dim]。'],
  ['输出：（B，N，4*dim）', '输出：（B，N，dim）'],
  ['变为 (B, N, 4*dim)', '变为 (B, N, dim)'],
];

describe('a convention', () => {
  test.each(CONVENTIONS)('%s agrees, %s is contradicted', async (agreeing, wrong) => {
    expect(await mismatches(`y = self.fc(tokens)  # ${agreeing}`)).toEqual([]);
    expect(await mismatches(`# ${agreeing}\n        y = self.fc(tokens)`)).toEqual([]);
    const found = await mismatches(`y = self.fc(tokens)  # ${wrong}`);
    expect(found.map(({ severity, fix }) => [severity, fix !== undefined])).toEqual([['warning', true]]);
  });

  test.each([['(B, C, H, W)'], ['B, C, H, W'], ['y: [B, 2, 3, 4]'], ['形状：(B, C, H, W)']])(
    '%s above a statement fits nothing there',
    async (wrong) => {
      const found = await mismatches(`# ${wrong}\n        y = self.fc(tokens)`);
      expect(found.map(({ fix }) => fix)).toEqual([undefined]);
    },
  );

  test('of what comes out is mended above a statement too', async () => {
    const [found] = await mismatches('# (B, N, 64) -> (B, N, dim)\n        y = self.fc(tokens)');
    expect(found?.fix?.edits[0]?.newText).toBe('(B, ⌈H/2⌉·⌈W/2⌉, 4·dim)');
  });

  test.each([
    ['# (B, N, 64)'],
    ['# tokens: (B, N, 64)'],
    ['# [B, ⌈H/2⌉·⌈W/2⌉, 64]'],
    ['# 输入: (B, N, 64)'],
    ['# B*N*C'],
    ['# (B, N, 4*dim, 1)\n        y = self.fc(tokens).unsqueeze(-1).squeeze(-1)\n        z = y'],
    ['# (B, N, 64) -> (B, N)\n        z = tokens + 1\n        z = z.sum(-1)'],
    ['# (B, N, 64) -> (B, C, P, N)\n        z = self.unknown(tokens)'],
  ])('%s above a statement may be about what there was before', async (comment) => {
    expect(await mismatches(`${comment}\n        y = self.fc(tokens)`)).toEqual([]);
  });

  test.each([
    ['y = tokens.flatten()  # B*N*C'],
    ['y = tokens  # q, k, v'],
    ['y = tokens  # a, b, c'],
    ['y = tokens  # 1, 2, 3'],
    ['y = tokens  # N, see above, and more'],
    ['y = tokens  # 输入: (B, C, H, W)'],
    ['y = tokens  # 形状不变'],
  ])('%s is no claim about what comes out', async (line) => {
    expect(await mismatches(line)).toEqual([]);
  });
});

const documented = (lines: string): string => `import torch.nn as nn


class Net(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.fc = nn.Linear(dim, dim * 4)

    def forward(self, x):
        """Maps.

${lines}
        """
        B, N, C = x.shape
        return self.fc(x)
`;

describe('a docstring', () => {
  const found = async (lines: string) =>
    problems(await analyse(documented(lines)), 'en').filter(({ code }) => code === 'comment-mismatch');

  test.each([
    ['        Args:\n            x: (B, N, dim)'],
    ['        Args:\n            x (torch.Tensor): tokens of shape [B, N, C].'],
    ['        Shape:\n            - Input: (N, L, C)\n            - Output: (N, L, 4 * dim)'],
    ['        Returns: (B, N, D)'],
    ['        Note: see (1, 2)'],
    ['        other: (B, C)'],
  ])('%s agrees', async (lines) => {
    expect(await found(lines)).toEqual([]);
  });

  test.each([
    ['            x: (B, dim)', '(B, N, dim)'],
    ['            x (torch.Tensor): tokens of shape [B, N, 2 * dim].', '[B, N, dim]'],
    ['            - Output: (N, L, dim)', '(B, N, 4·dim)'],
  ])('%s is mended to %s', async (line, mended) => {
    const [only, more] = await found(line);
    expect(more).toBeUndefined();
    const after = applyEdits(documented(line), only?.fix?.edits ?? []);
    expect(after).toContain(mended);
  });
});

test('an input that is joined with others may have size 1 where they have more', async () => {
  const source = `import torch.nn as nn


class Net(nn.Module):
    def forward(self, x, mask):
        """Hides.

        x: (B, N, C)
        mask: (B, N, 1)
        """
        B, N, C = x.shape
        x = x.topk(3)[0]
        return x * mask
`;
  expect(problems(await analyse(source), 'en')).toEqual([]);
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
