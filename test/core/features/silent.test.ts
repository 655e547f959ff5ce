import { expect, test } from 'vitest';
import { problems } from '../../../src/core';
import { analyse, pythonFiles } from './support';

test.each(pythonFiles('test/models/silent'))('%s has nothing to report', async (_, text) => {
  const found = problems(await analyse(text), 'en');
  expect(found.map(({ code, span }) => [code, text.slice(span.start, span.end)])).toEqual([]);
});
