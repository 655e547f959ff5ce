import { expect, test } from 'vitest';
import { allPaths, findFamily } from '../../../src/core/ops';
import { runExample } from './example';

const families = [...new Set(allPaths().map((path) => findFamily(path)))].filter((f) => f !== undefined);

test.each(families.map((f) => [f.path, f] as const))('%s does what its examples say', (_, family) => {
  for (const { entry } of family.rows) {
    for (const eg of typeof entry.eg === 'string' ? [entry.eg] : entry.eg) {
      if (family.inplace && eg.includes('->') && !sameEnds(eg)) continue;
      const { got, want } = runExample(family, eg);
      expect(got, eg).toBe(want);
    }
  }
});

/** In-place twins share the examples of their op; those that grow the first operand do not hold for them. */
const sameEnds = (eg: string): boolean => {
  const result = eg.slice(eg.lastIndexOf('->') + 2).trim();
  return result.startsWith('!') || eg.startsWith(result);
};
