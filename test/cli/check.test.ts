import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Input } from '../../src/cli/analyzer';
import { check } from '../../src/cli/check';
import { type Analyzer, createAnalyzer } from '../../src/core';
import { loadParser } from '../core/features/support';

// Beside a source file there is no parser; what stands for a fault of ours is a file of this name.
vi.mock('../../src/cli/analyzer', async (original) => {
  const real = await original<typeof import('../../src/cli/analyzer')>();
  return {
    ...real,
    newAnalyzer: async () => createAnalyzer(await loadParser()),
    analyseProblems: (analyzer: Analyzer, input: Input) => {
      if (input.name.endsWith('fault.py')) throw new Error('a fault of ours');
      return real.analyseProblems(analyzer, input);
    },
  };
});

const NET =
  'from torch import nn\n\n\nclass Net(nn.Module):\n    def __init__(self):\n        super().__init__()\n        self.net = nn.Sequential(nn.Linear(4, 8), nn.Linear(9, 2))\n\n    def forward(self, x):\n        return self.net(x)\n';
let folder = '';
let [out, err] = ['', ''];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'check-'));
  [out, err] = ['', ''];
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += text;
    return true;
  });
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += text;
    return true;
  });
  writeFileSync(join(folder, 'net.py'), NET);
});
afterEach(() => {
  vi.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

test('a folder is checked without what cannot be read of it', async () => {
  writeFileSync(join(folder, 'latin.py'), Buffer.from('# caf\xe9\n', 'latin1'));
  expect(await check([folder, '--language', 'en'])).toBe(1);
  expect(out).toMatch(/net\.py:10:\d+: error: /);
  expect(err).toMatch(/^left out: .*latin\.py is not UTF-8\n1 file, 1 problem\n$/);
});

test('a file that is named must be readable', async () => {
  writeFileSync(join(folder, 'latin.py'), Buffer.from('# caf\xe9\n', 'latin1'));
  await expect(check([join(folder, 'latin.py')])).rejects.toThrow(/not UTF-8/);
});

test('a fault in one file leaves the problems of the others', async () => {
  writeFileSync(join(folder, 'fault.py'), NET);
  expect(await check([folder, '--language', 'en'])).toBe(2);
  expect(out).toMatch(/net\.py:10:\d+: error: /);
  expect(err).toContain('a fault of ours');
});
