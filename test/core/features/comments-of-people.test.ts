import { expect, test } from 'vitest';
import { applyEdits, problems } from '../../../src/core';
import { analyse } from './support';

/** A model with a comment behind each of many statements; all names are known: `maps` [B, 64, 56, 56], `tokens` [B, 3136, 64]. */
const model = (lines: readonly string[]): string => `import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self, dim, heads):
        super().__init__()
        self.conv = nn.Conv2d(3, 64, 7, 4, 3)
        self.fc = nn.Linear(64, dim * 4)
        self.box = nn.Linear(64, 4)
        self.dim = dim

    def forward(self, x):
        x = x.reshape(-1, 3, 224, 224)
        bsz = x.shape[0]
        seq_len = 3136
        maps = self.conv(x)
        tokens = maps.flatten(2).transpose(1, 2)
        wide = self.fc(tokens)
        heads = tokens.reshape(bsz, seq_len, 8, 8).transpose(1, 2)
        scores = heads @ heads.transpose(-2, -1)
        mean = tokens.mean(1)
        var = tokens.var(1)
${lines.map((line) => `        ${line}`).join('\n')}
        return y
`;

const mismatches = async (source: string) =>
  problems(await analyse(source), 'en').filter(({ code }) => code === 'comment-mismatch');

/** What people write behind code, and nothing of it is false. */
const TRUE_OF: Readonly<Record<string, readonly string[]>> = {
  maps: [
    '(B, C, H, W)',
    '[B, C, H, W]',
    '(N, 64, H/4, W/4)',
    'B x C x H x W',
    'BxCxHxW',
    'B*C*H*W',
    'B, C, H, W',
    'bs, c, h, w',
    '[bs, 64, 56, 56]',
    '1x64x56x56',
    '(64, 56, 56)',
    '[64, 56, 56]',
    'C x H x W',
    'b c h w',
    'n c h w',
    '[B C H W]',
    '(B, 64, ?, ?)',
    '[B, -1, 56, 56]',
    '[batch_size, channels, height, width]',
    '[batch, channel, h, w]',
    '(batch_size, 64, *, *)',
    '(*, 56, 56)',
    '[..., H, W]',
    '(XX, 56, 56)',
    '=> (B, C, H, W)',
    '-> [B,C,H,W]',
    '[B, 3, 224, 224] -> [B, 64, 56, 56]',
    'b 3 H W -> b 64 H W',
    '(B, 3, H, W) -> (B, 3, H, W) -> (B, 64, H/4, W/4)',
    'torch.Size([8, 64, 56, 56])',
    '形状：(批, 通道, 高, 宽)',
    '形状: [B, 64, 56, 56]',
    '输出（B，64，56，56）',
    '[0, 1]',
    '(-1, 1)',
    '[-1, 1]',
    '(mean, std)',
    '[real, imag]',
    '(key, value)',
    '(optional, unused)',
    'see (1)',
    'kernel 3x3',
    '3x3 kernel',
    'stride (2, 2) and padding (1, 1)',
    'NOTE(me, you)',
    'x y w h',
    'x y z',
    'q, k, v',
    'q k v',
    'i j k',
    '(default)',
    'C, H, W',
    'NOTE: shape may be (B, C) here',
    'not (B, N, C) but (B, C, H, W)',
    '[b, 64, 8 * 7, 8 * 7]',
    '(b, 2 ** 6, 56, 56)',
    '[b, 2^6, 56, 56]',
  ],
  tokens: [
    '(B, N, C)',
    '[bsz, seq_len, 64]',
    '(bsz, seq_len, hidden_size)',
    '[bs, n, d]',
    'B x (H*W) x C',
    'B, L, C',
    'B, H*W, C',
    '(B, HW, C)',
    '[B, 56*56, 64]',
    'b (h w) c',
    'b c h w -> b (h w) c',
    '[N, L, E]',
    '(batch, seq, feature)',
    '[seq_len, 64]',
    '(L, C)',
    'BxNxC',
    '(T, B, C)',
    'B,N,C',
    '(bs, num_tokens, 64).',
    '[B, C, H, W] -> [B, H*W, C]',
    '[B, C, H, W] --> [B, C, HW] --> [B, HW, C]',
    '(B, C, H, W) → (B, N, C)',
    'shape (B, N, C)',
    'shape = [B, N, C]',
    'size: (B, N, C)',
    'tensor of shape (B, N, C)',
    'output: (B, N, C)',
    '得到 (B, N, C)',
    '(批, 序列长度, 特征)',
  ],
  wide: ['(B, N, 4*dim)', '[B, N, dim * 4]', '(B, N, 4C)', '[B, N, hidden]', '(..., 4 * dim)', 'B N (4 C)'],
  scores: [
    '(B, heads, N, N)',
    '[seq_len, seq_len]',
    '(seq_len, seq_len)',
    '[bsz, 8, seq_len, seq_len]',
    '(B*8, N, N) -> (B, 8, N, N)',
    '[b, h, i, j]',
  ],
  'self.box(tokens)': ['(x, y, w, h)', '[cx, cy, w, h]', '(x1, y1, x2, y2)', '[left, top, right, bottom]', '(B, N, 4)'],
  'torch.stack([mean, var], 1)': ['[mean, var]', '(mean, var)', '(B, 2, C)'],
  'tokens.sum()': ['scalar', '()', '[1]'],
};

test('what people write is not contradicted where it may be true', async () => {
  const lines = Object.entries(TRUE_OF).flatMap(([value, said]) => said.map((comment) => `y = ${value}  # ${comment}`));
  expect(lines.length).toBeGreaterThan(100);
  const source = model(lines);
  const found = (await mismatches(source)).map(
    ({ span, message }) => `${source.slice(span.start, span.end)}: ${message}`,
  );
  expect(found).toEqual([]);
});

/** What is false, and how the author would write what is true. */
const FALSE_OF: readonly (readonly [value: string, said: string, mended: string | undefined])[] = [
  ['maps', '(B, N, C)', '(N, 64, 56, 56)'],
  ['maps', '[B,32,H,W]', '[N,64,56,56]'],
  ['maps', 'B x C', undefined],
  ['maps', 'B x 32 x H x W', 'N x 64 x 56 x 56'],
  ['maps', '[B x 32 x H x W]', '[N x 64 x 56 x 56]'],
  ['maps', 'B×32×H×W', 'N×64×56×56'],
  ['maps', 'Bx32xHxW', 'Nx64x56x56'],
  ['maps', '1x512x7x7', 'Nx64x56x56'],
  ['maps', 'b c h', 'N 64 56 56'],
  ['maps', 'b n c d e', 'N 64 56 56'],
  ['maps', 'B*N*C*H*W', 'N*64*56*56'],
  ['maps', 'torch.Size([8, 128, 28, 28])', 'torch.Size([N, 64, 56, 56])'],
  ['maps', '[B, C, H, W, -1]', '[N, 64, 56, 56]'],
  ['maps', '(B, 64, 28, ?)', '(N, 64, 56, 56)'],
  ['maps', '形状：（批，序列长度，特征）', '（N，64，56，56）'],
  ['maps', '形状: [B, 32, 56, 56]', '[N, 64, 56, 56]'],
  ['maps', '[B, 3, 224, 224] -> [B, 64, 112, 112]', '[N, 64, 56, 56]'],
  ['maps', '(B, 3, H, W) -> (B, 3, H, W) -> (B, 32, H, W)', '(N, 64, 56, 56)'],
  ['tokens', '(B, C, H, W)', '(N, 3136, 64)'],
  ['tokens', '(bsz, hidden_size)', '(N, 3136, 64)'],
  ['tokens', '[bsz, 64, seq_len]', '[N, 3136, 64]'],
  ['tokens', '[B, 28*28, 64]', '[N, 3136, 64]'],
  ['tokens', 'b c h w -> b c (h w) d', 'N 3136 64'],
  ['wide', '(B, N, 2*dim)', '(N, 3136, 4 * dim)'],
  ['wide', '[B, N, dim]', '[N, 3136, 4·dim]'],
  ['scores', '[bsz, seq_len, seq_len]', '[N, 8, 3136, 3136]'],
  ['scores', '[seq_len, 64]', '[N, 8, 3136, 3136]'],
  ['mean', '(B, 1, C)', '(N, 64)'],
  ['tokens.mean((0, 1))', '(1, 64)', '(64,)'],
];

test.each(FALSE_OF)('%s is not %s but %s', async (value, said, mended) => {
  const source = model([`y = ${value}  # ${said}`]);
  const found = await mismatches(source);
  expect(found).toHaveLength(mended === undefined ? 0 : 1);
  if (mended === undefined) return;
  const after = applyEdits(source, found[0]?.fix?.edits ?? []);
  expect(after.split('\n').find((line) => line.startsWith(`        y = ${value}  #`))).toContain(mended);
  expect(await mismatches(after)).toEqual([]);
});

const documented = (lines: string): string => `import torch.nn as nn


class Net(nn.Module):
    def __init__(self, d_model):
        super().__init__()
        self.fc = nn.Linear(16, d_model)

    def forward(self, x):
        """Embeds.

${lines.replace(/^(?=.)/gm, '        ')}
        """
        B, N, _ = x.shape
        return self.fc(x)
`;

test.each([
  ['Input:\n    x : [B x N x 16]\nOutput:\n    x : [B x N x d_model]'],
  ['Args:\n    x (Tensor): shape (B, N, 16)\n\nReturns:\n    x (Tensor): shape (B, N, d_model)'],
  ['Parameters\n----------\nx : (B, N, 16)\n\nReturns\n-------\nx : (B, N, d_model)'],
  ['Returns:\n    x: (B, N, d_model)\n    weights: (B, N)'],
  [`x: ${'shape '.repeat(9000)}`],
  [`${' '.repeat(50_000)}x`],
])('a docstring tells results from arguments: %#', async (lines) => {
  expect(await mismatches(documented(lines))).toEqual([]);
});

test.each([
  ['Input:\n    x : [B x N x 16]\nOutput:\n    x : [B x d_model]', '[B x N x d_model]'],
  ['Args:\n    x (Tensor): shape (B, 16)\nReturns:\n    y: (B, N, d_model)', '(B, N, 16)'],
])('what it says falsely is mended: %#', async (lines, mended) => {
  const source = documented(lines);
  const [found, more] = await mismatches(source);
  expect(more).toBeUndefined();
  expect(applyEdits(source, found?.fix?.edits ?? [])).toContain(mended);
});
