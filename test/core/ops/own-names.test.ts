import { expect, test } from 'vitest';
import { allPaths, callOp, findFamily } from '../../../src/core/ops';
import { context } from './context';
import { readCall } from './example';

test('a fault names arguments as the row does', () => {
  const strange: string[] = [];
  let faults = 0;
  for (const family of new Set(allPaths().map(findFamily))) {
    if (family?.kind !== 'function' || family.lib !== 'paddle') continue;
    const own = new Set(family.functions.flatMap(({ signature }) => signature.params.map((p) => p.name)));
    for (const example of family.functions.flatMap(({ entry }) => entry.eg)) {
      if (!/-> !(?!unexpected-keyword)/.test(example)) continue;
      const { fault } = callOp(
        family,
        readCall(family, example.slice(0, example.lastIndexOf('->')).trim()),
        context(false),
      );
      const { argument } = fault?.data ?? {};
      const told = [...(fault?.names ?? []), ...(typeof argument === 'string' ? [argument] : [])];
      const foreign = told.filter((name) => !own.has(name));
      faults++;
      if (foreign.length > 0) strange.push(`${family.path}: ${foreign.join(' ')} in ${example}`);
    }
  }
  expect(faults).toBeGreaterThan(200);
  expect(strange).toEqual([]);
});
