import { describe, expect, test } from 'vitest';
import { faultTexts, parse } from './parser';
import { sketch } from './sketch';

const table = (rows: Readonly<Record<string, string>>): void => list(Object.entries(rows));

const list = (rows: readonly (readonly [source: string, expected: string])[]): void => {
  test.each(rows)('%s', (source, expected) => {
    const module = parse(source);
    expect(faultTexts(module)).toEqual([]);
    expect(sketch(module)).toBe(expected);
  });
};

describe('operators bind as in Python', () => {
  table({
    'a & b ^ c': '((a & b) ^ c)',
    'a ^ b & c | d ^ e': '((a ^ (b & c)) | (d ^ e))',
    '-a ** -b': '(- (a ** (- b)))',
    'a ** b ** c': '(a ** (b ** c))',
    'a @ b * c // d': '(((a @ b) * c) // d)',
    'a - (b - c)': '(a - (b - c))',
    'await a ** b ** c': '((await a) ** (b ** c))',
    'not a in b': '(not (a in b))',
    'a < b is not c not in d': '(a < b is not c not in d)',
    'a or b and not c': '(a or (b and (not c)))',
    'a if b else c if d else e': '(a if b else (c if d else e))',
    'lambda: a if b else c': '(lambda : (a if b else c))',
    '1 if a else lambda x, *y, z=1, **w: x': '(int 1 if a else (lambda x, *y, ~z = int 1, **w: x))',
    '(a := b, c)': '<(a := b), c>',
    'print >= f, match * type - _': '<(print >= f), ((match * type) - _)>',
  });
});

describe('calls, subscripts and stars', () => {
  table({
    'f(a, *b, c=1, **d)(e)': 'f(a, *b, c=int 1, **d)(e)',
    'f(x for x in y if z)': 'f(generator(x for x in y if z))',
    'f(*a or b, *c + d, **e or g)': 'f(*(a or b), *(c + d), **(e or g))',
    'f(a := 1, b=(c := 2))': 'f((a := int 1), b=(c := int 2))',
    'x[..., None, 1:2, ::n]': 'x[<..., None, slice(int 1:int 2:), slice(::n)>]',
    'x[:], x[a,], x[*b], x[(c)], x[()]': '<x[slice(::)], x[<a>], x[<*b>], x[c], x[<>]>',
    'x[*f(), 1]': 'x[<*f(), int 1>]',
    '[*range(3), *a.b[0]]': '[*range(int 3), *a.b[int 0]]',
    'return_ = *(1, 2), 3': 'return_ = <*<int 1, int 2>, int 3>',
    'y = *[a], *"b", *c.d(e)': 'y = <*[a], *"b", *c.d(e)>',
    'type(self).x = 1': 'type(self).x = int 1',
    'match[0] = print[1] = type[2]': 'match[int 0] = print[int 1] = type[int 2]',
    '1..real + 2 .imag': '(float 1.real + int 2.imag)',
  });
});

describe('displays and comprehensions', () => {
  table({
    '()': '<>',
    'a,': '<a>',
    '{}': '{}',
    '{a, *b}': '{a, *b}',
    '{**a, "k": 1, **b or c}': '{**a, "k": int 1, **(b or c)}',
    '[x for (x), y in z if a if b for c in d]': 'list(x for <x, y> in z if a if b for c in d)',
    '{k: v async for k, v in z}': 'dict(k: v async for <k, v> in z)',
    '{x for x, in y}': 'set(x for <x> in y)',
  });
});

describe('numbers', () => {
  table({
    '0xFF_ff, 0o17, 0B1_0, 1_000, 00': '<int 65535, int 15, int 2, int 1000, int 0>',
    '1., .5e-3, 1_0.0_1, 1E5': '<float 1, float 0.0005, float 10.01, float 100000>',
    '2j, 1.5J': '<imag 2, imag 1.5>',
    '9007199254740993': 'int 9007199254740992',
  });
});

describe('strings', () => {
  list([
    [String.raw`'a\n\x41\u00e9\101\'\q'`, JSON.stringify("a\nAé\x41'\\q")],
    [String.raw`r'\n\''`, JSON.stringify(String.raw`\n\'`)],
    [String.raw`b'\xff\u00e9' rb'\d'`, `b${JSON.stringify('\xff\\u00e9\\d')}`],
    [String.raw`'\N{DASH}\U0001F600'`, JSON.stringify('\\N{DASH}😀')],
    ['"""a\r\nb\\\r\nc"""', '"a\\nbc"'],
    ['"a" \'b\'\\\n u"c"', '"abc"'],
    ['f"{a!r:>{w}}{{x}}" "y" f\'{b}\'', 'f<{a !r : ">" {w}} "{x}y" {b}>'],
    ['f"{a = :.2f}{b=!s}"', 'f<{a debug "a = " : ".2f"} {b debug "b=" !s}>'],
    ['f"{x:=5}{(y := 1)}"', 'f<{x : "=5"} {(y := int 1)}>'],
    ['f"{d["k"]}{f"{e}"}"', 'f<{d["k"]} {f<{e}>}>'],
    [String.raw`rf'\d{x}' f'\N{DASH}\{y}'`, String.raw`f<"\\d" {x} "\\N{DASH}\\" {y}>`],
    [String.raw`fr'\\'`, String.raw`f<"\\\\">`],
    ["f'''{\n  a\n}'''", 'f<{a}>'],
  ]);
});

describe('types are expressions', () => {
  table({
    'x: Optional[List[int]] = None': 'x: Optional[List[int]] = None',
    'x: A[int] | B | None': 'x: ((A[int] | B) | None)',
    'x: Float[Tensor, "b c"]': 'x: Float[<Tensor, "b c">]',
    'x: Callable[[int, ...], a.b[c].d]': 'x: Callable[<[int, ...], a.b[c].d>]',
    '(x): List[int].y = 1, 2': 'x: List[int].y = <int 1, int 2>',
    'x: a[1:2]': 'x: a[slice(int 1:int 2:)]',
  });
});

test('names are in normal form KC, as Python compares them', () => {
  expect(sketch(parse('ｗidth = µ'))).toBe('width = μ');
});

test('very deep expressions end in one that is not read', () => {
  const text = sketch(parse(`x = ${'a + '.repeat(5000)}b\ny = ${'('.repeat(3000)}c${')'.repeat(3000)}`));
  expect(text.startsWith('x = ((((')).toBe(true);
  expect(text).toContain('(? + ?) + a');
  expect(parse(`x = ${'['.repeat(100_000)}`).chunks[0]?.chunk.broken).toBe(true);
});
