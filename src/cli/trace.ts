import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { recordEntries, type SpecEntry } from '../core';
import { parserOfSources } from './parser';
import { folderSources, readText } from './sources';
import { UsageError } from './usage';

interface Spec {
  readonly framework?: string;
  readonly instrument?: readonly string[];
  readonly entries: readonly SpecEntry[];
}

/** `trace`: the twin of a recorder. Follows the models of a specification and writes the shapes that it finds. */
export const trace = async (args: readonly string[]): Promise<number> => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      spec: { type: 'string' },
      root: { type: 'string', multiple: true, default: [] },
      out: { type: 'string' },
      only: { type: 'string' },
    },
  });
  if (values.spec === undefined || values.out === undefined) throw new UsageError('trace needs --spec and --out');
  const spec = readSpec(values.spec);
  const framework = spec.framework ?? 'torch';
  const record = recordEntries(
    { sources: folderSources(values.root.map((r) => resolve(r))), parse: await parserOfSources() },
    framework,
  );
  const entries = [];
  for (const entry of spec.entries) {
    if (values.only !== undefined && !entry.id.includes(values.only)) continue;
    const start = performance.now();
    const recorded = record(entry);
    entries.push({ ...recorded, seconds: Math.round(performance.now() - start) / 1000 });
    if (process.stderr.isTTY) process.stderr.write(`\r${entries.length} of ${spec.entries.length} ${entry.id}\u001b[K`);
  }
  if (process.stderr.isTTY) process.stderr.write('\n');
  write(values.out, { framework, instrument: spec.instrument ?? [], entries });
  return 0;
};

const readSpec = (path: string): Spec => {
  const text = readText(path);
  if (text === undefined) throw new UsageError(`${path} cannot be read`);
  const spec: Spec = JSON.parse(text);
  return spec;
};

const write = (path: string, value: unknown): void => {
  const text = JSON.stringify(value);
  writeFileSync(path, path.endsWith('.gz') ? gzipSync(text) : text);
};
