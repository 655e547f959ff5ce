import { describe, expect, test } from 'vitest';
import type { Stmt } from '../../../src/core/syntax';
import { faultTexts, parse } from './parser';
import { sketch } from './sketch';

const expectSketch = (source: string, expected: string): void => {
  const module = parse(source);
  expect(faultTexts(module)).toEqual([]);
  expect(sketch(module)).toBe(expected);
};

describe('simple statements', () => {
  test.each([
    ['a = b = (c, d) = *e, f', 'a = b = <c, d> = <*e, f>'],
    ['(a) = [b, *c] = d,', 'a = [b, *c] = <d>'],
    ['a //= yield', 'a //= (yield)'],
    ['x: "T"', 'x: "T"'],
    ['del a, (b, c), [d]', 'del a, <b, c>, [d]'],
    ['return *a, b', 'return <*a, b>'],
    ['raise A(b) from c', 'raise A(b) from c'],
    ['assert a, "b"', 'assert a, "b"'],
    ['global a, b', 'global a, b'],
    ['import a.b as c, d . e', 'import a.b as c, d.e'],
    ['from . .a import (b as c, d,)', 'from ..a import b as c, d'],
    ['from ... import *', 'from ... import *'],
    ['from __future__ import annotations', 'from __future__ import annotations'],
    ['type X[T] = List[T]', 'X = ?'],
    ['type = 3; match = type; case = _ = exec', 'type = int 3\nmatch = type\ncase = _ = exec'],
    ['print (a), b', '<print(a), b>'],
  ])('%s', expectSketch);
});

describe('compound statements', () => {
  test.each([
    ['if a: b\nelif c: d; e\nelse:\n  f', 'if a:\n  b\nelse:\n  elif c:\n    d\n    e\n  else:\n    f'],
    ['for i, (j) in x,: pass\nelse: break', 'for <i, j> in <x>:\n  pass\nelse:\n  break'],
    ['while a: continue\nelse: b', 'while a:\n  continue\nelse:\n  b'],
    ['with (open(a) as f, b,): c', 'with open(a) as f, b:\n  c'],
    ['with (a, b): c', 'with a, b:\n  c'],
    ['with (a, b) as c, d as (e, f): g', 'with <a, b> as c, d as <e, f>:\n  g'],
    ['with (a as b): c', 'with a as b:\n  c'],
    ['with (*a, b): c', 'with <*a, b>:\n  c'],
    ['with (yield): c', 'with (yield):\n  c'],
    [
      'try: a\nexcept (B, C) as e: d\nexcept: f\nelse: g\nfinally: h',
      'try:\n  a\nexcept <B, C> as e:\n  d\nexcept:\n  f\nelse:\n  g\nfinally:\n  h',
    ],
    ['try: a\nexcept* B: c', 'try:\n  a\nexcept B:\n  c'],
    [
      'async def f():\n  async with a as b: await c\n  async for d in e: f',
      'async def f():\n  async with a as b:\n    (await c)\n  async for d in e:\n    f',
    ],
  ])('%s', expectSketch);
});

describe('functions and classes', () => {
  test.each([
    [
      'def f(a, /, b: int = 1, *args: *T, c, d=2, **kw: K) -> R: ...',
      'def f(/a, b: int = int 1, *args: *T, ~c, ~d = int 2, **kw: K) -> R:\n  ...',
    ],
    ['def f(a, *, b): pass', 'def f(a, ~b):\n  pass'],
    ['@a.b\n@c[0](d)\nasync def f(): pass', '@a.b\n@c[int 0](d)\nasync def f():\n  pass'],
    ['class A[T: (int, str)](B, metaclass=M, *c): x = 1', 'class A(B, metaclass=M, *c):\n  x = int 1'],
    ['def f[T = int](x: T): pass', 'def f(x: T):\n  pass'],
    ['def f():\n  def g(): yield\n  lambda: (yield)', 'def f():\n  def* g():\n    (yield)\n  (lambda : (yield))'],
    ['def f():\n  x = [(yield a)]', 'def* f():\n  x = [(yield a)]'],
  ])('%s', expectSketch);
});

test('every form of pattern', () => {
  const cases: Readonly<Record<string, string>> = {
    _: '$_',
    a: '$a',
    'a.b': 'a.b',
    '-1': '(- int 1)',
    '-1 - 2j': '((- int 1) - imag 2)',
    '"a" "b" | None': '("ab" | None)',
    '-1 | _': '((- int 1) | $_)',
    '(a)': '$a',
    '()': '[]',
    'a, *_, b': '[$a, $b; * at 1 _]',
    '[*rest] as all': '[; * at 0 rest] as $all',
    '{"k": A(), -1: v, **rest}': '{"k": A(), (- int 1): $v, **rest}',
    'a.B(1, x=-2, y=[c])': 'a.B(int 1, x=(- int 2), y=[$c])',
    'x if y > 0': '$x if (y > int 0)',
  };
  const source = Object.keys(cases).map((pattern) => `  case ${pattern}: pass\n`);
  const expected = Object.values(cases).map((pattern) => `  case ${pattern}:\n    pass`);
  expectSketch(`match a, b:\n${source.join('')}`, ['match <a, b>:', ...expected].join('\n'));
});

const first = (source: string): Stmt | undefined => parse(source).chunks[0]?.chunk.stmt;

test('places of heads, names and else', () => {
  const source = '@a\nclass  A(B):\n  def f(self): pass\n';
  const [name, colon] = [source.indexOf('A'), source.indexOf(':')];
  expect(first(source)).toMatchObject({ start: 3, nameStart: name, headerEnd: colon + 1, end: source.length - 1 });
  const branches = 'if a:\n  b\nelif c:\n  d\nelse:\n  e';
  expect(first(branches)).not.toHaveProperty('elseStart');
  expect(first(branches)).toMatchObject({
    headerEnd: 5,
    orelse: [{ elif: true, start: 10, elseStart: branches.indexOf('else') }],
  });
});

describe('what only Python 2 takes is no statement', () => {
  test.each(['print "a"', 'print >>f, x', 'exec "a"', 'raise E, "a"', 'a <> b', '0777', '10L', 'except_ = a <> b'])(
    '%s',
    (source) => {
      const module = parse(`x = 1\n${source}\ny = 2`);
      expect(module.chunks.map(({ chunk }) => chunk.broken)).toEqual([false, true, false]);
      expect(sketch(module)).toMatch(/^x = int 1\n(\?|\?\?\?|except_ = \?)\ny = int 2$/);
    },
  );
});

describe('chunks', () => {
  test('are the statements at the margin, with their decorators and without comments around', () => {
    const source = '# a\nimport a; b = 1 ;\n\n@c  # d\ndef e():\n    pass  # f\n# g\n';
    const module = parse(source);
    const texts = ['import a', 'b = 1', '@c  # d\ndef e():\n    pass'];
    expect(module.chunks.map(({ chunk }) => chunk.text)).toEqual(texts);
    expect(module.chunks.map(({ start }) => start)).toEqual(texts.map((text) => source.indexOf(text)));
    expect(module.chunks[2]?.chunk.stmt.start).toBe(source.indexOf('def') - source.indexOf('@c'));
  });

  test('comments are those of the document', () => {
    const source = '# a\nx = "#"  # b\ny = [  # c\n  # d\n]';
    const comments = parse(source).comments;
    expect(comments.map(({ text, ownLine }) => [text, ownLine])).toEqual([
      ['# a', true],
      ['# b', false],
      ['# c', false],
      ['# d', true],
    ]);
    expect(comments.map(({ start, end }) => source.slice(start, end))).toEqual(comments.map(({ text }) => text));
  });

  test('line breaks of all kinds, tabs, form feeds and a byte order mark', () => {
    const source = '\ufeffif a:\r\n\tb = """x\r\ny"""\r\n\r\n\fc = 1\rd = 2';
    const module = parse(source);
    expect(faultTexts(module)).toEqual([]);
    expect(sketch(module)).toBe('if a:\n  b = "x\\ny"\nc = int 1\nd = int 2');
    expect(module.chunks.map(({ start }) => source.slice(start, start + 2))).toEqual(['if', 'c ', 'd ']);
  });
});
