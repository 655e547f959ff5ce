import { describe, expect, test } from 'vitest';
import { type DiagramModel, diagram, diagramMermaid, diagramSvg } from '../../../src/core';
import { BLOCKS, BRANCHES, FAULT, SKIP } from '../graph/models';
import { analyse, analyseGiven, pythonFiles } from './support';

const HEADER = 'import torch\nfrom torch import nn\nimport torch.nn.functional as F\n\n';

const drawn = async (source: string, name: string, open?: readonly string[] | 'all'): Promise<DiagramModel> => {
  const model = diagram(await analyse(HEADER + source), name, 'en', open === undefined ? {} : { open });
  if (!model) throw new Error(`no class ${name}`);
  return model;
};

describe('a diagram', () => {
  test('opens what it is asked to, and keeps its ids', async () => {
    const folded = await drawn(SKIP, 'Net', []);
    const opened = await drawn(SKIP, 'Net', ['merge']);
    expect(folded.nodes.map((n) => n.id)).toEqual(['x', 'down', 'deep', 'merge', 'output']);
    expect(opened.nodes.map((n) => n.id)).toEqual([
      'x',
      'down',
      'deep',
      'merge',
      'merge/up',
      'merge/cat',
      'merge/conv',
      'output',
    ]);
    expect(opened.open).toEqual(['merge']);
    expect(opened.containers).toEqual(['down', 'deep', 'merge']);
  });

  test('labels the middle piece of an edge with its shape', async () => {
    const { edges } = await drawn(SKIP, 'Net', ['merge']);
    const skip = edges.filter((e) => e.source === 'down' && e.target === 'merge/cat');
    expect(skip.map((e) => [e.label?.text, e.arrow])).toEqual([
      ['[B, 16, H, W]', false],
      [undefined, true],
    ]);
  });

  test('shows a fault with both sizes, and greys what follows', async () => {
    const { nodes, edges } = await drawn(FAULT, 'Wrong');
    expect(edges.filter((e) => e.fault).map((e) => e.label?.text)).toEqual(['[B, 64, H - 2, W - 2]  ≠ 32']);
    expect(nodes.filter((n) => n.fault !== undefined).map((n) => n.id)).toEqual(['bn']);
    expect(nodes.filter((n) => n.stale).map((n) => n.id)).toEqual(['relu', 'conv2', 'output']);
  });

  test('says the condition of each way', async () => {
    const { edges } = await drawn(BRANCHES, 'Branches');
    expect(edges.filter((e) => e.target === 'act').map((e) => e.condition)).toEqual(['use_bn', 'not use_bn']);
  });

  test('can be searched, in what is folded too', async () => {
    const { nodes, index } = await drawn(SKIP, 'Net', []);
    const up = index.find(({ id }) => id === 'merge/up');
    expect(nodes.some(({ id }) => id === 'merge/up')).toBe(false);
    expect(up?.above).toEqual(['merge']);
    expect(up?.text).toContain('up');
  });

  test('draws six equal blocks as one', async () => {
    const { nodes } = await drawn(BLOCKS, 'Fixed', 'all');
    expect(nodes.filter((n) => n.repeat !== '').map((n) => [n.id, n.repeat])).toEqual([['blocks/0', '×6']]);
  });

  test('is data: it survives being written and read', async () => {
    const model = await drawn(SKIP, 'Net', 'all');
    expect(JSON.parse(JSON.stringify(model))).toEqual(model);
  });
});

const VOID = /<(path|rect|circle)\b[^>]*\/>/g;

/** Whether every tag is closed in order: enough to tell broken markup from whole. */
const isBalanced = (markup: string): boolean => {
  const open: string[] = [];
  for (const [, close, name] of markup.replace(VOID, '').matchAll(/<(\/?)([a-z]+)\b[^>]*>/g)) {
    if (close === '') open.push(name ?? '');
    else if (open.pop() !== name) return false;
  }
  return open.length === 0;
};

describe.each(['light', 'dark', 'auto'] as const)('the SVG in %s', (theme) => {
  test('needs nothing else and is whole', async () => {
    const text = diagramSvg(await drawn(SKIP, 'Net', 'all'), theme);
    expect(isBalanced(text)).toBe(true);
    expect(text).not.toMatch(/https?:\/\/(?!www\.w3\.org\/2000\/svg")|@import|<image|<script/);
    expect(text.includes('prefers-color-scheme')).toBe(theme === 'auto');
  });

  test('escapes what the code says', async () => {
    const source = BRANCHES.replace('if self.half:', 'if self.half == "<a & b>":');
    const text = diagramSvg(await drawn(source, 'Branches'), theme);
    expect(isBalanced(text)).toBe(true);
    expect(text).not.toContain('<a & b>');
  });
});

test('Mermaid has a subgraph for each open container and every edge once', async () => {
  const lines = diagramMermaid(await drawn(SKIP, 'Net', ['merge']))
    .split('\n')
    .map((line) => line.trim());
  expect(lines.filter((line) => line.startsWith('subgraph'))).toEqual(['subgraph n3["merge Merge"]']);
  expect(lines.filter((line) => line.includes('-->')).sort()).toEqual(
    [
      'n0 -->|"[B, 3, H, W]"| n1',
      'n1 -->|"[B, 16, H, W]"| n2',
      'n1 -->|"[B, 16, H, W]"| n5',
      'n2 -->|"[B, 32, H/2, W/2]"| n4',
      'n4 -->|"[B, 16, H, W]"| n5',
      'n5 -->|"[B, 32, H, W]"| n6',
      'n6 -->|"[B, 16, H, W]"| n7',
    ].sort(),
  );
});

/** Operations as `torch.utils.flop_counter` counts them in train mode (PyTorch 2.13), parameters as torchinfo does. */
test.each([
  ['lenet.py', 'LeNet', { images: '2, 1, 28, 28' }, {}, '1,666,080', '61,706'],
  ['resnet.py', 'ResNet', { images: '1, 3, 224, 224' }, {}, '3,628,146,688', '11,689,512'],
  ['unet.py', 'UNet', { images: '1, 3, 64, 64' }, {}, '4,595,384,320', '7,700,226'],
  ['mobilenet.py', 'MobileNetV2', { images: '2, 3, 224, 224' }, {}, '1,203,097,088', '3,504,872'],
  ['vit_block.py', 'Block', { x: '2, 196, 384' }, { dim: '384' }, '1,505,280,000', '1,774,464'],
  ['vit_block.py', 'VisionTransformer', { images: '2, 3, 224, 224' }, {}, '18,395,529,216', '22,050,664'],
])('%s: %s costs what PyTorch counts', async (file, name, inputs, args, flops, parameters) => {
  const text = pythonFiles('examples').find(([one]) => one === file)?.[1] ?? '';
  const model = diagram(await analyseGiven(text, name, { inputs, args }), name, 'en', { open: [] });
  expect(model?.facts.map((f) => f.value)).toEqual([parameters, flops]);
});
