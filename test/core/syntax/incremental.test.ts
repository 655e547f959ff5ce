import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ParsedModule } from '../../../src/core/syntax';
import { parse } from './parser';

const source = `import torch
from torch import nn


class Block(nn.Module):
    """A block."""

    def __init__(self, dim, rate=0.1):
        super().__init__()
        self.norm = nn.LayerNorm(dim)  # 归一化
        self.layers = nn.Sequential(
            nn.Linear(dim, 4 * dim),
            nn.GELU(),
        )

    @property
    def size(self):
        return f"{self.norm!r:>{10}}"

    def forward(self, x):
        if self.training:
            x = x + self.layers(self.norm(x))
        elif x.ndim == 3: return x[:, 0]
        else:
            x = [y for y in x if y is not None][0]
        return x


def build(name='block'): return {'block': Block}[name](8); pass
net = build(); print(net)
`;

/** What a parse says, without what it keeps for the next one. */
const said = ({ chunks, comments, faults }: ParsedModule) => ({ chunks, comments, faults });

const textsOfSame = (before: ParsedModule, after: ParsedModule): readonly string[] => {
  const known = new Set(before.chunks.map(({ chunk }) => chunk));
  return after.chunks.filter(({ chunk }) => known.has(chunk)).map(({ chunk }) => chunk.text.split('\n')[0] ?? '');
};

describe('chunks whose text did not change are the same objects', () => {
  const before = parse(source);
  const heads = [
    'import torch',
    'from torch import nn',
    'class Block(nn.Module):',
    "def build(name='block'): return {'block': Block}[name](8); pass",
    'net = build()',
    'print(net)',
  ];

  test.each([
    ['nothing', source, heads],
    ['a line above', `# new\n${source}`, heads],
    ['a statement above', `x = 1\n${source}`, heads],
    ['a comment between', source.replace('\n\n\ndef build', '\n# new\n\ndef build'), heads],
    ['inside of the class', source.replace('4 * dim', '2 * dim'), heads.filter((head) => !head.startsWith('class'))],
    [
      'a syntax error in the class',
      source.replace('4 * dim', '4 *'),
      heads.filter((head) => !head.startsWith('class')),
    ],
    ['one statement of a line', source.replace('print(net)', 'print(x)'), heads.slice(0, -1)],
    [
      'the class is gone',
      source.replace(/class[\s\S]*?(?=def build)/, ''),
      heads.filter((head) => !head.startsWith('class')),
    ],
  ])('%s', (_, text, expected) => {
    const after = parse(text, before);
    expect(textsOfSame(before, after)).toEqual(expected);
    expect(said(after)).toEqual(said(parse(text)));
  });

  test('twice the same text is two chunks', () => {
    const twice = parse('x = 1\nx = 1\n');
    const again = parse('y = 2\nx = 1\nx = 1\n', twice);
    expect(twice.chunks[0]?.chunk).not.toBe(twice.chunks[1]?.chunk);
    expect(again.chunks.slice(1).map(({ chunk }) => chunk)).toEqual(twice.chunks.map(({ chunk }) => chunk));
    expect(again.chunks[1]?.chunk).toBe(twice.chunks[0]?.chunk);
    expect(again.chunks[2]?.chunk).toBe(twice.chunks[1]?.chunk);
  });

  test('a broken chunk is the same as long as its text and what follows it are', () => {
    const broken = parse('x = f(1,\ny = 2\nz = 3\n');
    const after = parse('x = f(1,\ny = 2\nz = 4\n', broken);
    expect(textsOfSame(broken, after)).toEqual(['x = f(1,', 'y = 2']);
  });
});

test('the members of an edited class that did not change are not parsed again', () => {
  const before = parse(source);
  const after = parse(source.replace('4 * dim', '2 * dim'), before);
  const trees = new Set(before.pieces.flatMap(({ parsed }) => [...parsed.values()]));
  const [edited] = after.pieces.filter(({ parsed }) => [...parsed.values()].some((tree) => !trees.has(tree)));
  const fresh = [...(edited?.parsed ?? [])].filter(([, tree]) => !trees.has(tree)).map(([text]) => text);
  expect(fresh).toHaveLength(1);
  expect(fresh[0]).toMatch(/^def __init__/);
});

/** Replaces a part of the text; `at` and `length` are shares of it. */
const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  length: fc.oneof(fc.constant(0), fc.nat(3), fc.nat(60)),
  by: fc.oneof(
    fc.constantFrom(
      '',
      '(',
      ')',
      '[',
      '}',
      '"',
      '"""',
      "'",
      ':',
      '\n',
      '\n    ',
      '    ',
      '=',
      ',',
      '.',
      '\\',
      '#',
      ';',
    ),
    fc.constantFrom(
      'x',
      ' = 1',
      'self.',
      'def f():\n',
      'class A:\n',
      'return',
      'f"{',
      '，',
      '\u00a0',
      '\r\n',
      '\t',
      '@',
    ),
    fc.string({ maxLength: 4 }),
    fc.nat(source.length).map((at) => source.slice(at, at + 40)),
  ),
});

const applied = (text: string, { at, length, by }: { at: number; length: number; by: string }): string => {
  const start = Math.floor(at * text.length);
  return text.slice(0, start) + by + text.slice(start + length);
};

test('edit by edit it is the parse of the whole, and every place lies in its chunk', () => {
  const start = parse(source);
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
      let text = source;
      let module = start;
      for (const each of edits) {
        text = applied(text, each);
        module = parse(text, module);
        const whole = parse(text);
        // What an open bracket or string swallowed is told by the lines that were there before.
        if (!whole.faults.some((fault) => fault.kind === 'missing')) {
          expect(JSON.stringify(said(module))).toBe(JSON.stringify(said(whole)));
        }
        for (const { chunk, start: at } of module.chunks) {
          expect(text.slice(at, at + chunk.text.length)).toBe(chunk.text);
          expect(chunk.stmt.end).toBeLessThanOrEqual(chunk.text.length);
        }
      }
    }),
    { numRuns: 100 },
  );
}, 60_000);

test('a correct text reads the same whatever was there before', () => {
  const afresh = JSON.stringify(said(parse(source)));
  fc.assert(
    fc.property(edit, (each) => {
      const broken = parse(applied(source, each), parse(source));
      const mended = parse(source, broken);
      expect(JSON.stringify(said(mended))).toBe(afresh);
    }),
    { numRuns: 60 },
  );
}, 60_000);

test('parsing again and again does not grow the memory of the parser', () => {
  const long = Array.from({ length: 20 }, (_, index) => source.replaceAll('Block', `Block${index}`)).join('\n');
  const external = (): number => process.memoryUsage().external;
  for (let index = 0; index < 5; index++) parse(long);
  const early = external();
  for (let index = 0; index < 80; index++) parse(long);
  // The trees of 80 parses, if they stayed, would not fit into what the memory of WASM begins with.
  expect(external() - early).toBeLessThan(10_000_000);
}, 60_000);
