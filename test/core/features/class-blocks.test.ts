import { expect, test } from 'vitest';
import { said, whole } from './said';

// What a residual block or a module of many parts is called in its class line.

const HEAD = 'import torch\nfrom torch import nn\nimport torch.nn.functional as F\n\n\n';

const branch = (init: string, forward: string): string => `${HEAD}class Block(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.norm = nn.LayerNorm(dim)
        ${init}

    def forward(self, x):
        ${forward}


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.a = Block(64)

    def forward(self, x):
        return self.a(x).mean(1)
`;

const WIDE = 'self.a, self.b = nn.Linear(dim, 4 * dim), nn.Linear(4 * dim, dim)';
const MIXED = 'self.mix = nn.MultiheadAttention(dim, 4, batch_first=True)';

test('a residual block is told by what its branch is', async () => {
  const wide = branch(WIDE, 'return x + self.b(F.gelu(self.a(self.norm(x))))');
  expect(await whole(wide)).toContain('Block: feed-forward network with a residual connection');
  expect(await said(wide, 'return self.a(x)', 'zh-cn')).toContain('前馈网络（带残差）');
  const mixed = branch(MIXED, 'y = self.norm(x)\n        return x + self.mix(y, y, y)[0]');
  expect(await whole(mixed)).toContain('Block: self-attention with a residual connection');
});

test('a residual block whose branch does more is no more than that', async () => {
  const more = branch(`${WIDE}\n        self.c = nn.Linear(dim, dim)`, 'return x + self.c(self.b(F.gelu(self.a(x))))');
  expect(await whole(more)).toContain('Block: residual block');
});

test('a block of a decoder is told as one, and blocks of which one was not recognised are not counted', async () => {
  const block = (second: string) => `${HEAD}class Own(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.mix = nn.MultiheadAttention(dim, 4, batch_first=True)
        self.norm = nn.LayerNorm(dim)

    def forward(self, q, kv):
        return self.norm(q + self.mix(q, kv, kv)[0])


class Wide(nn.Module):
    def __init__(self, dim):
        super().__init__()
        ${WIDE}
        self.norm = nn.LayerNorm(dim)

    def forward(self, x):
        return self.norm(x + self.b(F.relu(self.a(x))))


class Layer(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.first, self.second, self.third = Own(dim), Own(dim), Wide(dim)

    def forward(self, x, memory):
        x = self.first(x, x)
        x = self.second(${second})
        return self.third(x)
`;
  expect(await whole(block('x, memory'))).toContain('Layer: post-norm transformer decoder block');
  expect(await whole(block('x, x'))).toContain('Layer: post-norm transformer block');
});

test('a mixture of experts tells how many there are and how many are chosen', async () => {
  const code = (given: string) => `${HEAD}class Mixture(nn.Module):
    def __init__(self, dim, experts=6):
        super().__init__()
        self.router = nn.Linear(dim, experts)
        self.experts = nn.ModuleList([nn.Sequential(nn.Linear(dim, dim), nn.ReLU()) for _ in range(experts)])

    def forward(self, x):
        best, places = self.router(x).topk(2, dim=-1)
        out = torch.zeros_like(x)
        for i, expert in enumerate(self.experts):
            mask = (places == i).any(dim=-1)
            out[mask] += expert(x[mask])${given}
        return out
`;
  expect(await whole(code(' * best[mask].sum(-1, keepdim=True)'))).toContain(
    'Mixture: mixture of 6 experts, 2 for each token',
  );
  expect(await whole(code(''))).not.toContain('mixture of');
});

test('a layer of a class that derives from one of the library tells what else it runs', async () => {
  const code = (last: string) => `${HEAD}class NormAct(nn.BatchNorm2d):
    def __init__(self, c, act=True):
        super().__init__(c)
        self.act = nn.ReLU() if act else nn.Identity()

    def forward(self, x):
        return self.act(super().forward(x))


class Net(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.conv = nn.Conv2d(c, c, 3)
        self.norm = NormAct(c${last})

    def forward(self, x):
        return self.norm(self.conv(x))
`;
  expect(await said(code(''), 'return self.norm(', 'zh-cn')).toContain('批归一化 + ReLU');
  expect(await said(code(', act=False'), 'return self.norm(', 'zh-cn')).not.toContain('ReLU');
});
