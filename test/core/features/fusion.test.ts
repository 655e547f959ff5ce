import { describe, expect, test } from 'vitest';
import { fusionReport, fusionText } from '../../../src/core';
import { expectGolden } from './golden';
import { analyse, goldenPath, pythonFiles } from './support';

const FILES = pythonFiles('test/models').filter(([name]) => /^(reparameterised|folding)/.test(name));

describe.each(FILES)('what folds in %s', (name, text) => {
  test.each(['en', 'zh-cn'] as const)('as text, %s', async (language) => {
    const analysis = await analyse(text);
    const reports = analysis.classes.flatMap((unit) => fusionReport(analysis, unit.name, language) ?? []);
    const golden = goldenPath('fusion', `${name.replace('.py', '')}.${language}.txt`);
    expectGolden(golden, reports.map((report) => fusionText(report, analysis.lines)).join('\n'));
  });

  test('gives the same as the layers, on numbers', async () => {
    const analysis = await analyse(text);
    for (const { name: className } of analysis.classes)
      for (const region of fusionReport(analysis, className, 'en')?.regions ?? [])
        if (region.steps.length > 0) expect(Number(region.difference)).toBeLessThan(1e-10);
  });
});
