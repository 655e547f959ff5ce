import { describe, expect, test } from 'vitest';
import { type Analysis, annotate, hints, hover, problems, shapesOfClasses, summary } from '../../../src/core';
import { timeline } from '../../../src/core/traps/timeline';
import { analyse } from './support';

const HEAD = 'import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n';

const indented = (body: string): string => body.replace(/^(?=.)/gm, '        ');

/** A model with these statements in its constructor and its `forward`. */
const model = (init: string, forward: string): string =>
  `${HEAD}class Net(nn.Module):\n    def __init__(self, dim=8):\n        super().__init__()\n${indented(init)}\n\n    def forward(self, x, y=None):\n${indented(forward)}\n`;

const lines = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');

const nested = (depth: number, inner: string): string =>
  `${lines(depth, (i) => `${'    '.repeat(i)}if y.a${i}:`)}\n${'    '.repeat(depth)}${inner}`;

const LINEAR = 'self.l = nn.Linear(dim, dim)';
const PLAIN = model(LINEAR, 'return self.l(x)');

/** Code that is nested, repeated or large beyond reason, or turns in a circle. */
const HOSTILE: Readonly<Record<string, string>> = {
  'deep brackets': `x = ${'('.repeat(3000)}1${')'.repeat(3000)}\n`,
  'a long sum': `x = ${'1 + '.repeat(5000)}1\n`,
  'a long chain of attributes': `x = a${'.b'.repeat(5000)}\n`,
  'a long chain of calls': `x = a${'(1)'.repeat(5000)}\n`,
  'deep branches': model(LINEAR, `${nested(60, 'x = self.l(x)')}\nreturn x`),
  'a forward that calls itself': model(LINEAR, 'return self.forward(self.l(x))'),
  'a model that makes itself': model('self.child = Net(dim)', 'return self.child(x)'),
  'models that hold each other': `${HEAD}class A(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.b = B(self)\n    def forward(self, x):\n        return self.b(x)\nclass B(nn.Module):\n    def __init__(self, a=None):\n        super().__init__()\n        self.a = a\n    def forward(self, x):\n        return self.a(x)\n`,
  'a model below itself': model('self.child = self', 'for m in self.modules():\n    x = x + 1\nreturn self.child(x)'),
  'bases in a circle': `${HEAD}class A(B):\n    pass\nclass B(A):\n    pass\nclass C(C, nn.Module):\n    def forward(self, x):\n        return x\n`,
  'branches that double the ways': model(
    LINEAR,
    `${lines(30, (i) => `if y.f${i}:\n    x = torch.cat([x, x], 1)\nelse:\n    x = x.unsqueeze(0)`)}\nreturn x`,
  ),
  'conditions that double the ways without a step between them': `${model(
    'self.parts = {str(i): flags[i] for i in range(40)}',
    'return x',
  ).replace('dim=8', 'flags')}
    def reset(self):
        if all(part.kind in (nn.ReLU, nn.GELU) for part in self.parts.values()):
            self.made = nn.ReLU()
        else:
            raise ValueError('other parts')
`,
  'a loop without an end': model('', 'while True:\n    x = torch.cat([x, x], 1)\nreturn x'),
  'a script without an end': 'i = 0\nwhile True:\n    i = i + 1\n',
  'a loop over everything': model(
    '',
    'for i in range(1000):\n    for j in range(1000):\n        x = x + i * j\nreturn x',
  ),
  'layers without number': model(
    'self.ls = nn.ModuleList([nn.Linear(dim, dim) for _ in range(10**8)])',
    'for l in self.ls:\n    x = l(x)\nreturn x',
  ),
  'recursion without an end': 'def f(n):\n    return f(n - 1) * n\nx = f(100000)\n',
  'recursion that branches': 'def f(n):\n    return n if n < 2 else f(n - 1) + f(n - 2)\nx = f(30)\n',
  'a list that doubles': `a = [1]\n${'a = a + a\n'.repeat(60)}`,
  'a tuple of itself': `a = (1,)\n${'a = (a, a)\n'.repeat(60)}`,
  'a text that doubles': `s = 'ab'\n${'s = s + s\n'.repeat(60)}`,
  'huge repetitions': "s = 'ab' * 10**10\nt = [0] * 10**10\nu = (1,) * 10**9\nw = f'{s:>1000000000}'\n",
  'a text that is replaced by longer ones':
    'import re\ns = "ab" * 10\nfor i in range(60):\n    s = s.replace("a", "aa")\nu = re.sub("a", "b" * 900000, "a" * 400)\n',
  'expressions that are matched without an end':
    "import re\nre.match(r'^(([a-z])+.)+[A-Z]([a-z])+$', 'a' * 60)\nre.match(r'(a|a)*b', 'a' * 60)\nre.match(r'a*a*a*a*a*a*b', 'a' * 300)\nre.match('a?' * 60 + 'a' * 60, 'a' * 60)\n",
  'a list in itself': 'a = []\na.append(a)\nd = {}\nd["d"] = d\nprint(a == a, d)\n',
  'products of everything':
    'import itertools\nx = list(itertools.product(range(100), range(100), range(100), range(100)))\n',
  'sizes that run over': model('', `${lines(60, (i) => `x = x.reshape(x.shape[0] * ${i + 2}, -1)`)}\nreturn x`),
  'sizes that grow': model(
    '',
    `b, c, h, w = x.shape\n${lines(12, () => 'h = (h + w + 1) * (h + 2 * w + c)')}\nreturn x.view(h, -1)`,
  ),
  'an equation of thousands of axes': model(
    '',
    `return torch.einsum("${'a'.repeat(5000)},${'b'.repeat(5000)}->ab", x, x)`,
  ),
  'an attribute that asks for itself': `${model('', 'return self.missing')}\n    def __getattr__(self, name):\n        return getattr(self, name + "x")\n`,
  'a property that asks for itself': `${model('', 'return self.p')}\n    @property\n    def p(self):\n        return self.p\n`,
  'thousands of lines': HEAD + lines(4000, (i) => `x${i} = ${i}`),
  'hundreds of classes': HEAD + lines(150, (i) => PLAIN.slice(HEAD.length).replace('Net', `Net${i}`)),
  'words alone': 'def\nclass\nclass :\ndef (:\nfor in\n@\n@@\n',
  'an open bracket': `${HEAD}class A(nn.Module):\n    def __init__(self):\n        self.a = nn.Linear(3, (4\n    def forward(self, x):\n        return self.a(x\n`,
  'a lone surrogate and a zero': 'x = "\ud800"\ny = "\u0000"\nclass A:\n\u0000\n',
};

const readAll = (analysis: Analysis): readonly unknown[] => {
  const { text, classes } = analysis;
  return [
    hints(analysis, { start: 0, end: text.length }, { position: 'assignments', style: '[]', language: 'en' }),
    problems(analysis, 'zh-cn'),
    shapesOfClasses(analysis),
    annotate(analysis, { language: 'both', level: 'standard' }),
    hover(analysis, text.length >> 1, 'en'),
    classes.slice(0, 2).map(({ name }) => summary(analysis, name)),
  ];
};

describe('hostile code is read to an end, and nothing is thrown', () => {
  test.each(Object.entries(HOSTILE))('%s', { timeout: 120_000 }, async (_, text) => {
    expect(readAll(await analyse(text))).toHaveLength(6);
  });
});

describe('a file reads the same', () => {
  test.each([
    ['with the line ends of Windows', PLAIN.replaceAll('\n', '\r\n')],
    ['with the line ends of old', PLAIN.replaceAll('\n', '\r')],
    ['with tabs', PLAIN.replaceAll('    ', '\t')],
    ['behind a byte order mark', `\ufeff${PLAIN}`],
    [
      'with a name in Chinese and an emoji',
      PLAIN.replaceAll('self.l', 'self.层').replace('return', 's = "😀"  # 😀\n        return'),
    ],
  ])('%s', async (_, text) => {
    const [shapes] = shapesOfClasses(await analyse(text));
    expect(shapes?.lines.at(-1)?.shape).toBe('[*, 8]');
  });
});

test('more steps than a call has room for are put in their order', () => {
  const ops = Array.from({ length: 300_000 }, () => ({ at: 1, parent: -1 }));
  expect(timeline({ events: [], ops } as unknown as Parameters<typeof timeline>[0])).toHaveLength(300_000);
});

test('a number that this machine would round is not shown', async () => {
  const source = 'a = 10 ** 20 + 1\nb = 2 ** 10**9 % 7\nc = 3 ** 30\nd = "abc".replace("", "-")\n';
  const analysis = await analyse(source);
  const shown = [...source.matchAll(/^\w/gm)].map(({ index }) => hover(analysis, index, 'en')?.markdown);
  expect(shown).toEqual([undefined, undefined, '`c = 205891132094649`', undefined]);
});
