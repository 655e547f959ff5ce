import { describe, expect, test } from 'vitest';
import { faultTexts, parse } from './parser';
import { sketch } from './sketch';

interface Case {
  readonly name: string;
  readonly source: string;
  readonly expected: string;
  /** The texts of the faults, `+` and what is missing. */
  readonly faults: readonly string[];
}

const check = ({ source, expected, faults }: Case): void => {
  const module = parse(source);
  expect(sketch(module)).toBe(expected);
  expect(faultTexts(module)).toEqual(faults);
};

describe('while a statement is typed, the others stay', () => {
  const cases: readonly Case[] = [
    {
      name: 'an unclosed call above an assignment',
      source: 'class A:\n  def f(self):\n    self.a = C(3, 64,\n    self.b = D(64)\n  def g(self): pass\nclass B: pass',
      expected:
        'class A():\n  def f(self):\n    self.a = ?\n    self.b = D(int 64)\n  def g(self):\n    pass\nclass B():\n  pass',
      faults: ['+)'],
    },
    {
      name: 'an unclosed call at the end of a method',
      source: 'class A:\n  def f(self):\n    self.a = C(3, 64,\n\n  @p\n  def g(self): pass',
      expected: 'class A():\n  def f(self):\n    self.a = ?\n  @p\n  def g(self):\n    pass',
      faults: ['+)'],
    },
    {
      name: 'the innermost bracket that is open where the line ends',
      source: 'x = f([1,\ny = (2, 3\nreturn_ = {4\nclass A: pass',
      expected: 'x = ?\ny = ?\nreturn_ = ?\nclass A():\n  pass',
      faults: ['+]', '+)', '+}'],
    },
    {
      name: 'an unclosed call above what could be a keyword argument',
      source: 'def f(x):\n  x = a(x,\n  y = b(x)\n  return y',
      expected: 'def f(x):\n  x = ?\n  y = b(x)\n  return y',
      faults: ['+)'],
    },
    {
      name: 'an assignment without its value is not chained with the next line',
      source: 'def f(self):\n  self.b =\n  self.c = R()\n',
      expected: 'def f(self):\n  self.b = ?\n  self.c = R()',
      faults: ['+expression'],
    },
    {
      name: 'a dot without a name',
      source: 'def f(x):\n  y = x.\n  return x.\n\nz = 1',
      expected: 'def f(x):\n  y = ?\n  return ?\nz = int 1',
      faults: ['+expression', '+expression'],
    },
    {
      name: 'an open text below one that quotes a reference',
      source: '"""Paper\n\n@misc{a,\n}\n"""\nx = 1\n\ndef f():\n  """Half',
      expected: '"Paper\\n\\n@misc{a,\\n}\\n"\nx = int 1\ndef f():\n  ???',
      faults: ['+"""'],
    },
    {
      name: 'a missing comma',
      source: 'x = S(\n  A(1)\n  B(),\n)\ny = 2',
      expected: 'x = ?\ny = int 2',
      faults: ['B'],
    },
    {
      name: 'the head of a class without its end',
      source: 'class A(nn.Module\n  def f(self): pass\n',
      expected: 'class A(nn.Module):\n  def f(self):\n    pass',
      faults: ['+)'],
    },
    {
      name: 'the head of a function without its colon',
      source: 'def f(self, x)\n  return x\n',
      expected: 'def f(self, x):\n  return x',
      faults: ['+:'],
    },
    {
      name: 'a parameter without its default or its type',
      source: 'def f(a, b=, c=1): return c\ndef g(a: nn., b=2): return b',
      expected: 'def f(a, b = ?, c = int 1):\n  return c\ndef g(a: ?, b = int 2):\n  return b',
      faults: ['=', '.'],
    },
    {
      name: 'conditions and iterables',
      source: 'if a ==:\n  b\nfor i in :\n  c\nwhile\n  d',
      expected: 'if ?:\n  b\nfor i in ?:\n  c\nwhile ?:\n  d',
      faults: ['==', '+expression', 'while'],
    },
    {
      name: 'a decorator',
      source: 'class A:\n  @b.\n  def f(self): pass',
      expected: 'class A():\n  @?\n  def f(self):\n    pass',
      faults: ['@b.'],
    },
    {
      name: 'a head that cannot be read keeps its statements',
      source: 'def 3(x):\n  a = 1\n  b = 2\nc = 3',
      expected: '???\n  a = int 1\n  b = int 2\nc = int 3',
      faults: ['def 3'],
    },
    {
      name: 'one of several statements on a line',
      source: 'a = 1; b = (; c = 3\nd = 4',
      expected: 'a = int 1\nb = ?\nd = int 4',
      faults: ['+)'],
    },
    {
      name: 'a string without its end',
      source: 'a = "b\nc = f"{d\ne = f(\'\nreturn_ = 1',
      expected: 'a = ?\nc = ?\ne = ?\nreturn_ = int 1',
      faults: ['+"', '+"', "+'", '+)'],
    },
    {
      name: 'a body that is not there yet',
      source: 'class A:\n  def f(self):\n  def g(self): pass\ntry:\n  a\nb',
      expected: 'class A():\n  def f(self):\n  def g(self):\n    pass\ntry:\n  a\nb',
      faults: ['+indented block', '+except'],
    },
    {
      name: 'imports',
      source: 'import a.\nfrom b import\nfrom c import d',
      expected: '???\n???\nfrom c import d',
      faults: ['+expression', '+expression'],
    },
  ];
  test.each(cases)('$name', check);
});

describe('indentation that Python refuses', () => {
  const cases: readonly Case[] = [
    {
      name: 'lines that are indented too much or too little',
      source: 'def f():\n  a\n    b\n c\n  d\n',
      expected: 'def f():\n  a\n  b\n  c\n  d',
      faults: ['    ', ' '],
    },
    {
      name: 'a method pasted at the margin',
      source: '  def f(self):\n    return 1\n',
      expected: 'def f(self):\n  return int 1',
      faults: ['  '],
    },
    {
      name: 'an else behind what takes none',
      source: 'def f():\n  a\nelse:\n  b\nc',
      expected: 'def f():\n  a\n???\n  b\nc',
      faults: ['else:'],
    },
    { name: 'an else of nothing', source: 'else:\n  a\nb', expected: '???\n  a\nb', faults: ['else:'] },
  ];
  test.each(cases)('$name', check);

  test('is told apart from other errors', () => {
    expect(parse('a\n  b').faults).toEqual([{ kind: 'error', start: 2, end: 4, about: 'indentation' }]);
  });
});

describe('pasted code', () => {
  const cases: readonly Case[] = [
    {
      name: 'full-width punctuation is read as what was meant',
      source: 'x＝f（3，4）\ny: List［int］ = {1：2}\n',
      expected: 'x = f(int 3, int 4)\ny: List[int] = {int 1: int 2}',
      faults: ['＝', '（', '，', '）', '［', '］', '：'],
    },
    {
      name: 'blanks that are none to Python',
      source: 'def f():\n\u00a0\u00a0x\u00a0= 1\n\u3000\u3000return x\u200b',
      expected: 'def f():\n  x = int 1\n  return x',
      faults: ['\u00a0', '\u00a0', '\u00a0', '\u3000', '\u3000', '\u200b'],
    },
    {
      name: 'typographic quotes',
      source: 'x = “批归一化” + ‘b’\ny = ”\n',
      expected: 'x = ("批归一化" + "b")\ny = ?',
      faults: ['“', '”', '‘', '’', '”'],
    },
    {
      name: 'characters that mean nothing in Python',
      source: 'x = $a\ny = `b`\n?\nz = 1',
      expected: 'x = ?\ny = ?\n???\nz = int 1',
      faults: ['$', '`', '`', '?'],
    },
  ];
  test.each(cases)('$name', check);

  test('is as it stands inside of strings and comments', () => {
    const module = parse('x = "（，）"  # “，”\u00a0\n');
    expect(module.faults).toEqual([]);
    expect(sketch(module)).toBe('x = "（，）"');
  });

  test('says which characters, and leaves open what is expected', () => {
    const [fault] = parse('f（1)').faults;
    expect(fault).toEqual({ kind: 'error', start: 1, end: 2, about: 'character', meant: '(' });
  });
});

test('faults stand in their chunk and in the document', () => {
  const module = parse('a = 1\nb = (\nc = 3\n');
  expect(module.chunks.map(({ chunk }) => chunk.broken)).toEqual([false, true, false]);
  expect(module.chunks[1]?.chunk.faults).toEqual([{ kind: 'missing', start: 5, end: 5, expected: ')' }]);
  expect(module.faults).toEqual([{ kind: 'missing', start: 11, end: 11, expected: ')' }]);
  expect(module.chunks[0]?.chunk).not.toHaveProperty('faults');
});

describe('a docstring without its end', () => {
  const healthy = [
    'class A:',
    '  """a"""',
    '  def f(self):',
    '    return 1',
    '  def g(self):',
    '    """g"""',
    '    return 2',
    'class B:',
    '  """b"""',
    '  c = 3',
    '',
  ].join('\n');
  const typed = healthy.replace('    return 1', '    """\n    return 1');

  test('leaves what is below, by what was there before', () => {
    const lines = sketch(parse(typed, parse(healthy))).split('\n');
    const rest = sketch(parse(healthy)).split('\n');
    expect(lines.filter((line) => line.trim() !== '???')).toEqual(rest);
  });

  test('leaves the functions and classes below in a text without a past', () => {
    const text = sketch(parse(typed));
    expect(text).toContain('  def g(self):\n    "g"\n    return int 2');
    expect(text).toContain('class B():\n  "b"\n  c = int 3');
  });

  test('stays so while more is typed, and ends when it is closed', () => {
    let module = parse(healthy);
    const half = '    """does\n    all of it';
    for (let end = 7; end <= half.length; end++) {
      module = parse(healthy.replace('    return 1', `${half.slice(0, end)}\n    return 1`), module);
      expect(sketch(module)).toContain('class B():\n  "b"\n  c = int 3');
    }
    const closed = healthy.replace('    return 1', `${half}"""\n    return 1`);
    module = parse(closed, module);
    expect(module.faults).toEqual([]);
    expect(sketch(module)).toBe(sketch(parse(closed)));
  });
});

test('lines that were statements before an unclosed bracket above them stay statements', () => {
  const healthy = 'def f(x):\n  y = g(1)\n  for i in y:\n    h(i)\n    k(i)\n';
  const module = parse(healthy.replace('g(1)', 'g(1,'), parse(healthy));
  expect(sketch(module)).toBe('def f(x):\n  y = ?\n  for i in y:\n    h(i)\n    k(i)');
});
