import { describe, expect, test } from 'vitest';
import { diagram, hints, lenses, problems, shapesOfClasses } from '../../../src/core';
import { analysisOf } from '../../../src/core/features/analysis';
import { runDocument } from '../../../src/core/features/incremental';
import { parseModule } from '../../../src/core/syntax';
import { loadParser, pythonFiles } from './support';

const parser = await loadParser();

/** What is seen of a text, and how many blocks of statements were executed for it. */
const follow = (text: string, isOn: boolean) => {
  const syntax = parseModule(parser, text);
  const sources = { roots: [], read: () => undefined };
  const task = { name: 'model', path: '/model.py', syntax, sources, given: new Map(), parse: () => syntax };
  const results = runDocument(undefined, task);
  const { m } = results.memory;
  m.recorder.isOn = isOn;
  let executed = 0;
  const { execute } = m;
  Object.assign(m, {
    execute: (...given: Parameters<typeof execute>) => {
      executed++;
      return execute(...given);
    },
  });
  const analysis = analysisOf('/model.py', syntax, results);
  const seen = {
    problems: problems(analysis, 'en'),
    hints: hints(analysis, { start: 0, end: text.length }, { position: 'assignments', style: '[]', language: 'en' }),
    lenses: lenses(analysis, 'en'),
    shapes: shapesOfClasses(analysis),
    diagrams: analysis.classes.map(({ name }) => diagram(analysis, name, 'en')),
    traces: analysis.classes.map(({ run: { trace } }) => ({
      events: trace.events.map(({ layer, parent }) => [layer.cls.name, parent]),
      ops: trace.ops.map(({ name, parent, at }) => [name, parent, at]),
      // Who made what goes into an op: the flow of data goes through the same places.
      flow: trace.ops.map(({ args }) => args.positional.map((arg) => trace.ops.findIndex((op) => op.output === arg))),
      layers: trace.events.map(({ layer }) => trace.events.findIndex((event) => event.layer === layer)),
      conditions: [trace.requirements.length, trace.assumptions.length],
      values: [...trace.values.values()].map((values) => values.map(({ kind }) => kind)),
    })),
  };
  return { seen, executed };
};

const net = (block: string, before = ''): string => `import torch
from torch import nn

${before}

class Block(nn.Module):
    def __init__(self, dim):
        super().__init__()
        self.norm = nn.LayerNorm(dim)
        self.fc = nn.Linear(dim, dim)
        self.calls = 0
        self.kept = []

    def forward(self, x):
${block.replace(/^/gm, '        ')}

class Net(nn.Module):
    def __init__(self, dim=16, depth=8):
        super().__init__()
        self.stem = nn.Linear(3, dim)
        self.blocks = nn.Sequential(*[Block(dim) for _ in range(depth)])

    def forward(self, x):
        x = self.stem(x)
        B, N, C = x.shape
        return self.blocks(x)
`;

describe('calls that are alike', () => {
  test('are answered from each other', () => {
    const text = net('return x + self.fc(self.norm(x))');
    const [on, off] = [follow(text, true), follow(text, false)];
    expect(on.seen).toEqual(off.seen);
    // Of eight blocks the first two are followed in each of the two runs in which the rank of their input is known.
    expect(off.executed - on.executed).toBe(12);
  });

  test.each([...pythonFiles('examples'), ...pythonFiles('test/models')])(
    'show what they show when each is followed: %s',
    (_, text) => {
      expect(follow(text, true).seen).toEqual(follow(text, false).seen);
    },
  );

  test.each([
    ['an attribute that counts', 'self.calls += 1\nreturn x[:, self.calls:]'],
    ['a list of its own', 'self.kept.append(x)\nreturn torch.cat(self.kept, 1)'],
    ['a list of the module', 'seen.append(x)\nreturn x[:, len(seen):]', 'seen = []'],
    ['a list of the module by its name', 'global seen\nseen.append(x)\nreturn x[:, len(seen):]', 'seen = []'],
    ['a number of the module', 'global calls\ncalls += 1\nreturn x[:, calls:]', 'calls = 0'],
    ['a number of a class', 'Counter.calls += 1\nreturn x[:, Counter.calls:]', 'class Counter:\n    calls = 0'],
    [
      'an object of the module',
      'state.calls += 1\nreturn x[:, state.calls:]',
      'class State:\n    def __init__(self):\n        self.calls = 0\n\nstate = State()',
    ],
    [
      'what a function keeps',
      'return x[:, count():]',
      'def counter():\n    n = 0\n    def count():\n        nonlocal n\n        n += 1\n        return n\n    return count\n\ncount = counter()',
    ],
    ['a size that nobody knows', 'return x[:, torch.nonzero(x)[:, 0]][:, :5]'],
    ['a condition', 'if x.shape[1] > 7:\n    x = x[:, 1:]\nreturn self.fc(x)'],
    ['a fault', 'return self.fc(x.flatten(1))'],
    ['a layer that is made', 'return nn.Linear(16, 16)(x)'],
    ['a result that is given back as it is', 'return x'],
    ['several results', 'y = [self.fc(x), self.norm(x)]\na, b = y\nz = {"a": a, "b": b}\nreturn z["a"] + z["b"]'],
  ])('are followed one by one where they are not, else show the same: %s', (_, block, before = '') => {
    const text = net(block, before);
    expect(follow(text, true).seen).toEqual(follow(text, false).seen);
  });
});
