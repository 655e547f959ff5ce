import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  applyEdits,
  lineIndex,
  PROBLEM_PAGES,
  type ProblemReport,
  positionAt,
  problems,
  problemTable,
} from '../../../src/core';
import { analyse } from './support';

// Every page of docs/problems shows code that is reported and code that is mended: the pages are the fixtures.

const FOLDER = resolve('docs', 'problems');
const pages = readdirSync(FOLDER)
  .filter((name) => name.endsWith('.md') && name !== 'README.md')
  .map((name) => [name.replace(/\.md$/, ''), readFileSync(join(FOLDER, name), 'utf8')] as const);

const MARK = '  # ←';

const reports = async (code: string, text: string): Promise<readonly ProblemReport[]> =>
  problems(await analyse(text), 'en').filter((report) => report.code === code);

test('every code that is said to have a page has one, and no other', () => {
  expect(pages.map(([code]) => code)).toEqual([...PROBLEM_PAGES].sort());
});

test('the table of all codes is current', () => {
  const path = join(FOLDER, 'README.md');
  const [head = ''] = readFileSync(path, 'utf8').split('| code |');
  const current = head + problemTable();
  if (process.env.UPDATE) writeFileSync(path, current);
  expect(readFileSync(path, 'utf8')).toBe(current);
});

describe.each(pages)('%s', (code, page) => {
  const [marked = '', mended = ''] = [...page.matchAll(/```python\n(.*?)```/gs)].map(([, text]) => text ?? '');
  const failing = marked.replaceAll(MARK, '');

  test('speaks of itself in both languages', () => {
    expect(page.startsWith(`# ${code}\n`)).toBe(true);
    expect(page).toMatch(/^## .*\p{Script=Han}/mu);
  });

  test('is reported where the page says', async () => {
    const index = lineIndex(failing);
    const lines = marked.split('\n').flatMap((line, i) => (line.includes(MARK) ? [i] : []));
    expect((await reports(code, failing)).map(({ span }) => positionAt(index, span.start).line)).toEqual(lines);
  });

  test('is not reported once it is mended', async () => {
    expect(await reports(code, mended)).toEqual([]);
    expect(problems(await analyse(mended), 'en').filter(({ severity }) => severity !== 'hint')).toEqual([]);
  });

  test('is gone after its own fix', async () => {
    for (const { fix } of await reports(code, failing)) {
      if (!fix) continue;
      const after = applyEdits(failing, fix.edits);
      expect(await reports(code, after), after).toEqual([]);
      expect(problems(await analyse(after), 'en').filter(({ severity }) => severity !== 'hint')).toEqual([]);
    }
  });
});
