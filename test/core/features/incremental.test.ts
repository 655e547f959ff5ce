import { describe, expect, test } from 'vitest';
import { hints, hover, problems, shapesOfClasses } from '../../../src/core';
import { type Analysis, analysisOf } from '../../../src/core/features/analysis';
import { type Memory, runDocument } from '../../../src/core/features/incremental';
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

describe.each([...pythonFiles('examples'), ...pythonFiles('test/models')])('%s', (name, text) => {
  test('edited at random, shows after each edit what an analysis from the start shows', async () => {
    const parser = await loadParser();
    const pick = numbers([...name].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 100_003);
    let syntax: ParsedModule | undefined;
    let memory: Memory | undefined;
    let now = text;
    for (let i = 0; i <= EDITS; i++) {
      syntax = parseModule(parser, now, syntax);
      const parse = (_: string, other: string): ParsedModule =>
        syntax?.text === other ? syntax : parseModule(parser, other);
      const task = { name: 'model', path, syntax, sources, given: new Map(), parse };
      const afresh = seen(analysisOf(path, syntax, runDocument(undefined, task)));
      const results = runDocument(memory, task);
      memory = results.memory;
      expect(seen(analysisOf(path, syntax, results)), now).toEqual(afresh);
      now = mutate(now, pick);
    }
  });
});
