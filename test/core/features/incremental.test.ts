import { describe, expect, test } from 'vitest';
import { hints, hover, problems, shapesOfClasses } from '../../../src/core';
import { type Analysis, analysisOf } from '../../../src/core/features/analysis';
import { type Memory, runDocument, type Task } from '../../../src/core/features/incremental';
import { type ParsedModule, parseModule } from '../../../src/core/syntax';
import { loadParser, pythonFiles } from './support';

const path = '/models/model.py';
const sources = { roots: [], read: () => undefined };

/** Numbers that look random and are the same in every run. */
const numbers = (seed: number): ((below: number) => number) => {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
};

const SNIPPETS = [
  '    x = x + 1\n',
  '        y = self.conv(x\n',
  '# note\n',
  'EPS = 1e-5\n',
  'def helper(x):\n',
  '    )\n',
  '\tx = 1\r\n',
];

/** Deletes, inserts, doubles or moves a line, or deletes or doubles a word of one. */
const mutate = (text: string, pick: (below: number) => number): string => {
  const lines = text.split(/(?<=\n)/);
  const at = pick(lines.length);
  const line = lines[at] ?? '';
  switch (pick(6)) {
    case 0:
      return lines.toSpliced(at, 1).join('');
    case 1:
      return lines.toSpliced(at, 0, SNIPPETS[pick(SNIPPETS.length)] ?? '').join('');
    case 2:
      return lines.toSpliced(at, 0, line).join('');
    case 3:
      return lines.toSpliced(pick(lines.length), 0, line).join('');
    default: {
      const words = line.split(/\b/);
      const word = pick(words.length);
      const changed = pick(2) === 0 ? words.toSpliced(word, 1) : words.toSpliced(word, 0, words[word] ?? '');
      return lines.with(at, changed.join('')).join('');
    }
  }
};

/** Everything that a reader would see. */
const seen = (analysis: Analysis) => {
  const whole = { start: 0, end: analysis.text.length };
  const places = Array.from({ length: 24 }, (_, i) => Math.floor((analysis.text.length * i) / 24));
  return {
    hints: hints(analysis, whole, { position: 'assignments', style: '[]', language: 'en' }),
    problems: problems(analysis, 'en'),
    shapes: shapesOfClasses(analysis),
    hovers: places.map((offset) => hover(analysis, offset, 'en')),
  };
};

const EDITS = 5;

/** A document whose texts are analysed one after the other, each also from the start. */
const session = async () => {
  const parser = await loadParser();
  let syntax: ParsedModule | undefined;
  let memory: Memory | undefined;
  return (text: string): { readonly analysis: Analysis; readonly afresh: () => ReturnType<typeof seen> } => {
    syntax = parseModule(parser, text, syntax);
    const taskOf = (own: ParsedModule): Task => {
      const parse = (_: string, other: string): ParsedModule => (own.text === other ? own : parseModule(parser, other));
      return { name: 'model', path, syntax: own, sources, given: new Map(), parse };
    };
    const now = syntax;
    const results = runDocument(memory, taskOf(now));
    memory = results.memory;
    return {
      analysis: analysisOf(path, now, results),
      // Nothing is shared with the texts before, not even a node of the tree; but what is broken may be read in several ways.
      afresh: () => {
        const alone = now.faults.length > 0 ? now : parseModule(parser, text);
        return seen(analysisOf(path, alone, runDocument(undefined, taskOf(alone))));
      },
    };
  };
};

describe.each([...pythonFiles('examples'), ...pythonFiles('test/models')])('%s', (name, text) => {
  test('edited at random, shows after each edit what an analysis from the start shows', async () => {
    const analyse = await session();
    const pick = numbers([...name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 100_003);
    let now = text;
    for (let i = 0; i <= EDITS; i++) {
      const { analysis, afresh } = analyse(now);
      // What stands first is looked at alone as a rule; the rest waits for a later text, or never runs.
      if (pick(3) === 0) hover(analysis, pick(now.length), 'en');
      else expect(seen(analysis), now).toEqual(afresh());
      now = mutate(now, pick);
    }
  });
});

const FILE = `import torch
from torch import nn

WIDTH = 8

def pooled(x):
    return x.mean((2, 3))

class Base(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.dim = dim
        self.norm = nn.BatchNorm2d(dim)

    def forward(self, x):
        return self.norm(x)

class Block(Base):
    def __init__(self, dim):
        super().__init__(dim)
        self.conv = nn.Conv2d(dim, dim, 3, padding=1)

    def forward(self, x):
        x = super().forward(x)
        y = self.conv(x)
        return x + y

class Net(nn.Module):
    def __init__(self, classes=10):
        super().__init__()
        self.stem = nn.Conv2d(3, WIDTH, 1)
        self.blocks = nn.ModuleList([Block(WIDTH) for _ in range(3)])
        self.head = nn.Linear(WIDTH, classes)

    def forward(self, images):
        x = self.stem(images)
        for block in self.blocks:
            x = block(x)
        features = pooled(x)
        return self.head(features)

class Stage(nn.Module):
    def __init__(self, block, dim):
        super().__init__()
        self.block = block(dim)

    def forward(self, x):
        return self.block(x).flatten(1)

stage = Stage(Block, 16)
net = Net()
y = net(torch.zeros(2, 3, 32, 32))
`;

/** Edits of one place each that others rest on. */
const CHANGES: Readonly<Record<string, readonly [from: string, to: string]>> = {
  'a statement without effect': ['        y = self.conv(x)\n', '        noted = 1\n        y = self.conv(x)\n'],
  'the rank of a result': ['return x + y', 'return (x + y).flatten(2)'],
  'the sizes of a result': ['3, padding=1', '3, stride=2, padding=1'],
  'a result that is None': ['        return x + y\n', '        x + y\n'],
  'an attribute more': ['        self.dim = dim\n', '        self.dim = dim\n        self.other = 1\n'],
  'an attribute under another name': ['self.norm = nn', 'self.bn = nn'],
  'an attribute of another kind': ['self.conv = nn.Conv2d(dim, dim, 3, padding=1)', 'self.conv = nn.Identity()'],
  'a constant of the module': ['WIDTH = 8', 'WIDTH = 16'],
  'another name of a class': ['class Block(', 'class Blocks('],
  'a base class': ['return self.norm(x)', 'return self.norm(x)[:, :, ::2, ::2]'],
  'another base class': ['class Block(Base)', 'class Block(nn.Module)'],
  'a function that a class calls': ['x.mean((2, 3))', 'x.mean((2, 3), keepdim=True)'],
  'a fault in a class that others use': ['self.conv(x)', 'self.conv(x.flatten())'],
  'half a line': ['        y = self.conv(x)\n', '        y = self.conv(\n'],
  'a default': ['classes=10', 'classes=100'],
  'the class that a constructor is handed': ['Stage(Block, 16)', 'Stage(Base, 16)'],
  'what the script calls': ['net(torch.zeros(2, 3', 'net(torch.zeros(2, 4'],
};

describe.each(Object.entries(CHANGES))('an edit of %s', (_, [from, to]) => {
  const edited = FILE.replace(from, to);

  test('shows what an analysis from the start shows, and so does its undoing', async () => {
    expect(edited).not.toBe(FILE);
    const analyse = await session();
    for (const text of [FILE, edited, FILE]) {
      const { analysis, afresh } = analyse(text);
      expect(seen(analysis), text).toEqual(afresh());
    }
  });

  test('changes nothing of the texts before it that are only looked at later', async () => {
    const analyse = await session();
    const texts = [FILE, edited, `${edited}\n# more\n`, FILE].map(analyse);
    hover(texts[1]?.analysis ?? expect.fail(), edited.indexOf('self.conv'), 'en');
    for (const { analysis, afresh } of texts.toReversed()) expect(seen(analysis)).toEqual(afresh());
  });
});

test('runs one part after the other, until all have run', async () => {
  const { analysis, afresh } = (await session())(FILE);
  let parts = 0;
  while (analysis.advance()) parts++;
  expect(parts).toBe(['pooled', 'Base', 'Block', 'Net', 'Stage', 'script'].length);
  expect(seen(analysis)).toEqual(afresh());
});

const REPLACED = `import torch
from torch import nn

def halved(self, x):
    return x[..., ::2]

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.drop = nn.Dropout(0.1)

    def forward(self, x):
        return self.drop(torch.zeros(2, 6))

class Other(nn.Module):
    def forward(self, x):
        return torch.zeros(4)
`;

/** What the first class gives and the second. */
const given = (analysis: Analysis) => shapesOfClasses(analysis).map(({ lines }) => lines.at(-1)?.shape);

test.each([
  ['nn.Dropout.forward = halved\n', ['[2, 3]', '[4]']],
  ["setattr(nn.Dropout, 'forward', halved)\n", ['[2, 3]', '[4]']],
  ['old = nn.Dropout.forward\nnn.Dropout.forward = lambda self, x: old(self, x)[:, :1]\n', ['[2, 1]', '[4]']],
  ['nn.Dropout.forward = halved\nnn.Dropout.forward = nn.Identity.forward\n', ['[2, 6]', '[4]']],
])('what %s does to the library ends where the text no longer says it', async (line, changed) => {
  const analyse = await session();
  const file = REPLACED;
  for (const [text, shapes] of [
    [file, ['[2, 6]', '[4]']],
    [file + line, changed],
    [`${file}${line}# more\n`, changed],
    [file, ['[2, 6]', '[4]']],
  ] as const) {
    const { analysis, afresh } = analyse(text);
    expect(given(analysis), text).toEqual(shapes);
    expect(seen(analysis), text).toEqual(afresh());
  }
});
