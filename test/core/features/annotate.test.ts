import { describe, expect, test } from 'vitest';
import { type AnnotateOptions, annotate, applyEdits, removeComments, say } from '../../../src/core';
import { expectGolden } from './golden';
import { analyse, goldenPath, pythonFiles } from './support';

const DEFAULTS: AnnotateOptions = { language: 'zh-cn', level: 'standard' };

const annotated = async (text: string, options: Partial<AnnotateOptions> = {}): Promise<string> => {
  const result = annotate(await analyse(text), { ...DEFAULTS, ...options });
  if ('refused' in result) throw new Error(say(result.refused, 'en'));
  return applyEdits(text, result.edits);
};

const removed = (text: string): string => applyEdits(text, removeComments(text));

describe.each(pythonFiles('examples'))('%s', (name, text) => {
  test.each([
    ['zh-cn', 'standard'],
    ['en', 'standard'],
    ['both', 'shapes'],
    ['zh-cn', 'full'],
    ['en', 'full'],
    ['both', 'full'],
  ] as const)('in %s at %s', async (language, level) => {
    const once = await annotated(text, { language, level });
    expectGolden(goldenPath('annotate', `${name.replace('.py', '')}.${language}.${level}.py`), once);
    expect(await annotated(once, { language, level })).toBe(once);
    expect(removed(once)).toBe(text);
  });
});

const MODEL = `import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(3, 8, 3)

    def forward(self, x):
        return self.conv(x)
`;

describe('what a text is made of stays', () => {
  test.each([
    ['carriage returns', MODEL.replaceAll('\n', '\r\n')],
    ['tabs', MODEL.replaceAll('    ', '\t')],
    ['a mark of the byte order', `\ufeff${MODEL}`],
    ['no final line break', MODEL.trimEnd()],
    ['form feeds', MODEL.replace('\n\nclass', '\n\f\nclass')],
    ['blanks at the end of lines', MODEL.replace('Conv2d(3, 8, 3)', 'Conv2d(3, 8, 3)  ')],
    ['mixed line breaks', MODEL.replace('nn\n', 'nn\r\n')],
  ])('%s', async (_, text) => {
    const once = await annotated(text);
    expect(once).not.toBe(text);
    expect(once.split('※').length).toBeGreaterThan(4);
    expect(removed(once)).toBe(text);
    expect(await annotated(once)).toBe(once);
  });

  test('line breaks are those of the line below', async () => {
    expect(await annotated(MODEL.replaceAll('\n', '\r\n'))).not.toMatch(/[^\r]\n/);
  });
});

const inForward = (body: string): string =>
  MODEL.replace('        return self.conv(x)\n', body.replace(/^/gm, '        ').concat('\n'));

/** The lines of \`forward\` after annotating, without their indentation. */
const forwardLines = async (body: string, options: Partial<AnnotateOptions> = {}): Promise<readonly string[]> => {
  const text = await annotated(inForward(body), { language: 'en', ...options });
  const lines = text.split('\n').map((line) => line.trim());
  return lines.slice(lines.findIndex((line) => line.startsWith('def forward')) + 1, -1);
};

const SAID = '# ※ 3×3 convolution, takes 2 off H and W → [B, 8, H - 2, W - 2]';

describe('where a comment goes', () => {
  test.each([
    ['behind the statement', 'return self.conv(x)', [`return self.conv(x)  ${SAID}`]],
    ['above a human comment', 'return self.conv(x)  # mine', [SAID, 'return self.conv(x)  # mine']],
    ['above a backslash', 'y = \\\n    self.conv(x)\nreturn y', [SAID, 'y = \\', 'self.conv(x)', 'return y']],
    [
      'once for two statements on a line',
      'y = self.conv(x); z = self.conv(x)\nreturn y',
      [`y = self.conv(x); z = self.conv(x)  ${SAID}`, 'return y'],
    ],
    [
      'once for a suite on its own line',
      'if True: y = self.conv(x)\nreturn y',
      [`if True: y = self.conv(x)  ${SAID}`, 'return y'],
    ],
    [
      'behind the first line of a statement that spans several',
      'y = self.conv(\n    x,\n)\nreturn y',
      [`y = self.conv(  ${SAID}`, 'x,', ')', 'return y'],
    ],
    [
      'never inside a string',
      'y = self.conv(x) if "a" in """\n# ※ text\n""" else self.conv(x)\nreturn y',
      ['# ※ [B, 8, H - 2, W - 2]', 'y = self.conv(x) if "a" in """', '# ※ text', '""" else self.conv(x)', 'return y'],
    ],
  ])('%s', async (_, body, lines) => {
    expect(await forwardLines(body, { width: 120 })).toEqual(lines);
  });

  test('above what would become too wide', async () => {
    expect(await forwardLines('return self.conv(x)', { width: 88 })).toEqual([SAID, 'return self.conv(x)']);
  });

  test('within the width, a Han character counting two', async () => {
    for (const width of [60, 88, 120]) {
      const text = await annotated(MODEL, { width });
      const wide = text.split('\n').filter((line) => line.includes('※'));
      const columns = wide.map((line) =>
        [...line].reduce((n, c) => n + (/[\u2e80-\u9fff\uff00-\uff60]/.test(c) ? 2 : 1), 0),
      );
      expect(Math.max(...columns)).toBeLessThanOrEqual(width);
    }
  });
});

describe('what is ours', () => {
  test('is replaced, and nothing else is', async () => {
    const stale = MODEL.replace('(3, 8, 3)', '(3, 8, 3)  # ※ wrong').replace('(x)\n', '(x)  # right\n');
    const text = await annotated(stale);
    expect(text).not.toContain('wrong');
    expect(text).toContain('# right');
  });

  test('ends before what a tool wrote behind it', async () => {
    const text = MODEL.replace('(3, 8, 3)', '(3, 8, 3)  # ※ stale  # noqa: E501');
    expect(removed(text)).toBe(MODEL.replace('(3, 8, 3)', '(3, 8, 3)  # noqa: E501'));
  });

  test('is nothing without a mark', async () => {
    const text = await annotated(MODEL, { mark: '' });
    expect(applyEdits(text, removeComments(text, ''))).toBe(text);
  });

  test('does not stand in strings', () => {
    const text = 'a = """\n# ※ text\n"""\n';
    expect(removed(text)).toBe(text);
  });

  test('never reads as an encoding', async () => {
    const text = 'class coding: pass\n';
    const model = `${MODEL.slice(MODEL.indexOf('class')).replace('class Net', 'class Encoding').replace('nn.Module', '__import__("torch").nn.Module')}`;
    for (const source of [text, model]) {
      const result = annotate(await analyse(source), DEFAULTS);
      const after = 'edits' in result ? applyEdits(source, result.edits) : source;
      expect(after.split('\n').slice(0, 2).join('\n')).not.toMatch(/^[^'"]*#.*coding[:=]\s*[-\w.]+/m);
    }
  });
});

describe('every statement', () => {
  test('is explained whatever the names in the code', async () => {
    const text =
      'def rebuild(constructor, toString):\n    constructor(toString)\n    x = toString.valueOf()\n    return x\n';
    expect(removed(await annotated(text, { level: 'full' }))).toBe(text);
  });

  test('says of an argument who reads it', async () => {
    const text = MODEL.replace('nn.Conv2d(3, 8, 3)', 'nn.Conv2d(3, 8, 3)\n        self.scale = 2');
    const after = await annotated(text.replace('self.conv(x)', 'self.conv(x) * self.scale'), { level: 'full' });
    expect(after).toContain('# ※ 常数 scale = 2，供 forward 使用');
  });
});

describe('what cannot be annotated', () => {
  test.each([
    ['an empty file', ''],
    ['no model', 'x = 1\n'],
  ])('%s is refused', async (_, text) => {
    expect(annotate(await analyse(text), DEFAULTS)).toHaveProperty('refused');
  });

  test('a class with a syntax error keeps what it has, the others are annotated', async () => {
    const broken = MODEL.slice(MODEL.indexOf('class'))
      .replace('class Net', 'class Broken')
      .replace('(3, 8, 3)', '(3, 8,  # ※ old');
    const text = `${MODEL}\n\n${broken}`;
    const after = await annotated(text);
    expect(after).toContain('# ※ old');
    expect(after.split('※').length).toBeGreaterThan(4);
  });

  test.each([['\n'], ['\r\n'], ['\r']])(
    'below a text that was left open, comments are written once, with %j',
    async (eol) => {
      const above = MODEL.replace('class', 'x = """a\n\ndef f(x):\n    pass\n\n"""\n\n\nclass');
      const text = `${above}\n\nclass Other:\n    """Half`.replaceAll('\n', eol);
      const once = await annotated(text);
      expect(once).toContain('※');
      expect(await annotated(once)).toBe(once);
      expect(removed(once)).toBe(text);
    },
  );

  test('only the class that is asked for changes', async () => {
    const two = `${MODEL}\n\n${MODEL.slice(MODEL.indexOf('class')).replace('class Net', 'class Other')}`;
    const after = await annotated(two, { className: 'Other' });
    expect(after.startsWith(MODEL)).toBe(true);
    expect(after).toContain('※ Other');
  });
});

test('code on several lines is told the same once our comments stand between them', async () => {
  const text = 'import torch\n\nfor size in [\n    torch.float32,\n]:\n    print(size)\n';
  const options = { language: 'en', level: 'full' } as const;
  const once = await annotated(text, options);
  expect(once).toContain('for each size of [torch.float32]');
  expect(await annotated(once, options)).toBe(once);
});

const QUEUES = `def outer(n):
    def first(queue, n):
        for _ in range(n):
            queue.get()

    def second(queue, n):
        for i in range(n):
            queue.put(i)

    first(n, n)
    second(n, n)
`;

test('what is said of a function like the one before does not depend on comments that stand in it', async () => {
  const options = { language: 'en', level: 'full' } as const;
  const once = await annotated(QUEUES, options);
  expect(once).toContain('likewise');
  expect(await annotated(once, options)).toBe(once);
});
