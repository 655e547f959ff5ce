import { expect, test } from 'vitest';
import { createAnalyzer, problems } from '../../../src/core';
import { loadParser, pythonFiles } from './support';

const FILES = pythonFiles('test/models').filter(([name]) => /^(?:problems|unreached|control|ranks)\.py$/.test(name));

test.each(FILES)('%s has the same problems where nothing is explored', async (name, text) => {
  const path = '/models/model.py';
  const analyze = async (unexplored: boolean) => {
    const { analyze } = createAnalyzer(await loadParser());
    return analyze({ path, text, unexplored }, { roots: [], read: () => undefined });
  };
  const [whole, quick] = [await analyze(false), await analyze(true)];
  expect(problems(quick, 'en')).toEqual(problems(whole, 'en'));
  if (name === 'unreached.py') expect(whole.classes.some(({ explored }) => explored.length > 0)).toBe(true);
  expect(quick.classes.every(({ explored }) => explored.length === 0)).toBe(true);
});
