import { expect, test } from 'vitest';
import { projectFiles, readText } from './files';

const MOST_LINES = 400;

test(`no source file is longer than ${MOST_LINES} lines`, () => {
  // Tables of op rows are read row by row, so they may be longer.
  const files = projectFiles(/\.(ts|mjs|css)$/).filter((file) => !file.startsWith('src/core/ops/'));
  const long = files.filter((file) => readText(file).split('\n').length - 1 > MOST_LINES);
  expect(long).toEqual([]);
});
