import { describe, expect, test } from 'vitest';
import { countParameters, viewOf } from '../../../src/core/graph';
import { BLOCKS, BRANCHES, FAULT, RESIDUAL, SKIP } from './models';
import { graphOf, sketch } from './sketch';

describe('the graph of a run', () => {
  test('has a residual way beside the layers', async () =>
    expect(sketch(await graphOf(RESIDUAL, 'Residual'))).toEqual([
      'x [B, c, H, W]',
      'conv (3×3, c→c) ← x [B, c, H, W]',
      'bn (c) ← conv [B, c, H, W]',
      '+ ← bn, x [B, c, H, W]',
      'relu ← + [B, c, H, W]',
      'output ← relu [B, c, H, W]',
    ]));

  test('shows both ways of an undecided condition', async () =>
    expect(sketch(await graphOf(BRANCHES, 'Branches'))).toEqual([
      'x [B, 3, H, W]',
      'conv (3×3, 3→ch) ← x [B, ch, H, W]',
      'bn (ch) ← conv{use_bn} [B, ch, H, W] if use_bn',
      'act ← bn{use_bn}, conv{not use_bn} [B, ch, H, W]',
      'max_pool2d (2) ← act{half} [B, ch, ⌊H/2⌋, ⌊W/2⌋] if half',
      'output ← max_pool2d{half}, act{not half}',
    ]));

  test('goes on behind a fault, marked', async () =>
    expect(sketch(await graphOf(FAULT, 'Wrong')).map((line) => line.replace(/ \[.*\]/, ''))).toEqual([
      'x',
      'conv1 (3×3, 3→64) ← x',
      'bn (32) ← conv1 !channel-mismatch',
      'relu ← bn stale',
      'conv2 (3×3, 64→8) ← relu stale',
      'output ← conv2 stale',
    ]));

  test('holds one turn of a loop whose count is a parameter', async () =>
    expect(sketch(await graphOf(BLOCKS, 'Loop')).map((line) => line.replace(/ \[.*?\]/g, ''))).toEqual([
      'x',
      '+ pos ← x',
      'blocks.0 ×depth',
      '.norm (dim) ← + pos',
      '.fc (dim→dim) ← norm',
      '.+ ← + pos, fc',
      'output ← +',
    ]));

  test('follows tensors into modules and out of them', async () =>
    expect(sketch(await graphOf(SKIP, 'Net')).map((line) => line.replace(/ \[.*?\]/g, ''))).toEqual([
      'x',
      'down',
      '.0 (3×3, 3→16) ← x',
      '.1 ← 0',
      'deep',
      '.0 (2×2, s2) ← 1',
      '.1 (3×3, 16→32) ← 0',
      'merge',
      '.up (2×2, s2, 32→16) ← 1',
      '.cat (dim 1) ← 1, up',
      '.conv (3×3, 32→16) ← cat',
      'output ← conv',
    ]));

  test.each([
    ['shape arithmetic', 'n = x.size(0)\n        y = x.contiguous().view(n, -1)', ['x', 'view', 'output']],
    ['a call of something unknown', 'y = self.mystery(x) + 1', ['x', 'mystery', '+ 1', 'output']],
    ['one tensor twice', 'y = x * x', ['x', '×', 'output']],
    ['a factor that is not known', 'y = x * self.scale', ['x', '× scale', 'output']],
    ['a parameter as the start', 'y = x + self.token.expand(x.size(0), 8)', ['x', 'token · expand', '+', 'output']],
    ['what is in place', 'y = F.relu_(x)\n        y = y + x', ['x', 'relu', '+', 'output']],
  ])('reads %s', async (_, body, names) => {
    const source = `
class Net(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.scale = dim**-0.5
        self.token = nn.Parameter(torch.zeros(1, 8))
        self.mystery = unheard_of(3)

    def forward(self, x):
        ${body}
        return y
`;
    expect((await graphOf(source, 'Net')).nodes.slice(1).map((node) => node.name)).toEqual(names);
  });
});

describe('a view of the graph', () => {
  test('draws a run of equal blocks once', async () => {
    const { root } = viewOf(await graphOf(BLOCKS, 'Fixed'), () => true);
    const blocks = root.children.find(({ node }) => node.name === 'blocks');
    expect(blocks?.children.map(({ node, run }) => [node.name, run?.count])).toEqual([['0', 6]]);
  });

  test('joins the pieces of an edge at the borders of containers', async () => {
    const graph = await graphOf(SKIP, 'Net');
    const view = viewOf(graph, (node) => node.name === 'merge');
    const name = (id: number): string => graph.nodes[id]?.name ?? '';
    const end = (e: (typeof view.links)[number]['from']): string => ('item' in e ? name(e.item) : `|${name(e.port)}`);
    expect(view.links.map((l) => `${name(l.container)}: ${end(l.from)} > ${end(l.to)}`).sort()).toEqual(
      [
        'Net: x > down',
        'Net: down > deep',
        'Net: down > merge',
        'Net: deep > merge',
        'Net: merge > output',
        'merge: |deep > up',
        'merge: |down > cat',
        'merge: up > cat',
        'merge: cat > conv',
        'merge: conv > |conv',
      ].sort(),
    );
  });
});

test('shared parameters count once', async () => {
  const source = `
class Tied(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Linear(8, 100, bias=False)
        self.head = nn.Linear(8, 100)
        self.head.weight = self.embed.weight
        self.same = self.head

    def forward(self, x):
        return self.head(x)
`;
  const graph = await graphOf(source, 'Tied');
  expect(countParameters(graph.nodes[0]?.module)).toMatchObject({ trained: 900, fixed: 0, bytes: 3600, open: false });
});

test('parameters of one of two layers count where either has as many', async () => {
  const source = (other: string) => `import paddle
from paddle import nn


def norm(width):
    return nn.BatchNorm2D(width) if paddle.get_device() == 'cpu' else ${other}


class Normed(nn.Layer):
    def __init__(self):
        super().__init__()
        self.norm = norm(8)

    def forward(self, x):
        return self.norm(x)


class Net(nn.Layer):
    def __init__(self):
        super().__init__()
        self.normed = Normed()

    def forward(self, x):
        return self.normed(x)
`;
  const counted = async (other: string) => countParameters((await graphOf(source(other), 'Net')).nodes[0]?.module);
  expect(await counted('nn.SyncBatchNorm(width)')).toMatchObject({ trained: 16, fixed: 16, undecided: false });
  expect(await counted('nn.GroupNorm(2, width)')).toMatchObject({ open: true, undecided: true });
});
