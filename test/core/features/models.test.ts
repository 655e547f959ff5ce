import { describe, expect, test } from 'vitest';
import { type Analysis, lineIndex, positionAt, problems, shapesOfClasses } from '../../../src/core';
import { analyse, pythonFiles } from './support';

/**
 * What a file says of itself: `#: shape` of the statement on a line (with its condition), `#! code` of the problem there,
 * `#? needs` of all that a class must be given, beside its name.
 */
const marked = (text: string, sign: string): readonly (readonly [line: number, what: string])[] =>
  text.split('\n').flatMap((line, i) => {
    const at = line.indexOf(`#${sign} `);
    return at < 0 ? [] : [[i + 1, line.slice(at + 3).trim()] as const];
  });

const shapesAt = (analysis: Analysis): ReadonlyMap<number, string> =>
  new Map(
    shapesOfClasses(analysis).flatMap(({ lines }) =>
      lines.map(({ line, shape, when }) => [line, when ? `${shape} ${when.en}` : shape] as const),
    ),
  );

describe.each(pythonFiles('test/models'))('%s', (_, text) => {
  test('has the shapes that it says', async () => {
    const found = shapesAt(await analyse(text));
    const expected = marked(text, ':');
    expect(expected.map(([line]) => [line, found.get(line)])).toEqual(expected);
  });

  test('needs what it says', async () => {
    const needs = new Map(
      shapesOfClasses(await analyse(text)).map(({ name, needs }) => [name, needs.map(({ en }) => en).join('; ')]),
    );
    const names = text.split('\n').map((line) => /^class (\w+)/.exec(line)?.[1] ?? '');
    const said = marked(text, '?').map(([line, what]) => [names[line - 1] ?? '', what] as const);
    expect(said.map(([name]) => [name, needs.get(name) || 'nothing'])).toEqual(said);
  });

  test('has the problems that it says, and no others', async () => {
    const index = lineIndex(text);
    const proved = problems(await analyse(text), 'en').filter(({ severity }) => severity !== 'hint');
    const found = proved.map(({ span, code }) => [positionAt(index, span.start).line + 1, code]);
    expect(found).toEqual(marked(text, '!'));
  });
});
