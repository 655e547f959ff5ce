import { describe, expect, test } from 'vitest';
import { absolute, childrenOf, nodeAt, type SyntaxNode, walk } from '../../../src/core/syntax';
import { parse } from './parser';

const visited = (source: string): readonly SyntaxNode[] => {
  const nodes: SyntaxNode[] = [];
  for (const { chunk } of parse(source).chunks) {
    walk(chunk.stmt, (node) => {
      nodes.push(node);
      return true;
    });
  }
  return nodes;
};

const names = (source: string): string =>
  visited(source)
    .map((node) => (node.kind === 'Name' ? node.id : node.kind === 'Attribute' ? '.' : ''))
    .join('');

describe('a walk goes in the order of the source', () => {
  test.each([
    ['@a\n@b\nasync def f(x: c = d, *y: e) -> g: h', 'abcdegh'],
    ['@a\nclass A(b, c=d): e', 'abde'],
    ['a = b = c if d else e', 'abcde'],
    ['a += b\nc: d = e\ndel f, g\nreturn h', 'abcdefgh'],
    ['for a in b: c\nelse: d\nwhile e: f\nelse: g', 'abcdefg'],
    ['if a: b\nelif c: d\nelse: e', 'abcde'],
    ['with a as b, c: d', 'abcd'],
    ['try: a\nexcept b: c\nelse: d\nfinally: e', 'abcde'],
    ['raise a from b\nassert c, d', 'abcd'],
    ['match a:\n  case b.c | [d.e, *_] if f: g\n  case {"k": h.i} | J(x=k.l): m', 'a.b.dfg.hJ.km'],
    ['{**a, b: c}, {d, e}, [f, *g], (h := i)', 'abcdefghi'],
    ['[a for b in c if d], {e: f for g in h}', 'abcdefgh'],
    ['a[b:c:d, e](f, *g, h=i).j', '.abcdefgi'],
    ['f"{a!r:>{b}}" "x" f"{c}"', 'abc'],
    ['lambda x=a: b or not c < d <= e ** -f', 'abcdef'],
    ['def f():\n  x = yield a\n  await b', 'xab'],
  ])('%s', (source, expected) => expect(names(source)).toBe(expected));

  test('and leaves out what its visitor does', () => {
    const kinds: string[] = [];
    const [placed] = parse('def f(): return a(b)').chunks;
    if (placed)
      walk(placed.chunk.stmt, (node) => {
        kinds.push(node.kind);
        return node.kind !== 'Call';
      });
    expect(kinds).toEqual(['FunctionDef', 'Return', 'Call']);
  });

  test('what is inside lies inside, but for decorators', () => {
    const source = '@a\nclass B(c):\n  def d(self, e=f(g)) -> h: return [i[j] for j in k]\n';
    for (const node of visited(source)) {
      const decorators: readonly SyntaxNode[] = node.kind === 'ClassDef' ? node.decorators : [];
      for (const child of childrenOf(node)) {
        const inside = node.start <= child.start && child.end <= node.end;
        expect(inside).toBe(!decorators.includes(child));
      }
    }
  });
});

describe('the nodes around an offset', () => {
  const source = 'import a\n@b.c\ndef f(x):\n    return (x + g(x.y)[0])  # z\n';
  const module = parse(source);
  const kindsAt = (text: string, offset = 0): string =>
    nodeAt(module, source.indexOf(text) + offset)
      .map(({ node, span }) => `${node.kind} ${source.slice(span.start, span.end).split('\n')[0]}`)
      .join(' > ');

  test.each([
    ['y)', 0, 'Attribute x.y'],
    ['x.y', 0, 'Name x'],
    ['x.y', 1, 'Name x'],
    ['[0]', 1, 'Num 0'],
    ['(x +', 0, 'Return return (x + g(x.y)[0])'],
    ['b.c', 2, 'Attribute b.c'],
    ['import', 3, 'Import import a'],
    ['import', 8, 'Import import a'],
  ])('%j + %i', (text, offset, innermost) => expect(kindsAt(text, offset).split(' > ').at(-1)).toBe(innermost));

  test('come from the outermost to the innermost', () => {
    expect(kindsAt('y)')).toBe(
      [
        'FunctionDef def f(x):',
        'Return return (x + g(x.y)[0])',
        'BinOp x + g(x.y)[0]',
        'Subscript g(x.y)[0]',
        'Call g(x.y)',
        'Attribute x.y',
      ].join(' > '),
    );
  });

  test('are none outside of statements', () => {
    expect(nodeAt(module, source.indexOf('# z') + 1)).toEqual([]);
    expect(nodeAt(parse(''), 0)).toEqual([]);
  });

  test('stand in the document', () => {
    const [, placed] = module.chunks;
    expect(placed && absolute(placed, placed.chunk.stmt).start).toBe(source.indexOf('def'));
  });
});
