import { writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { gzipSync } from 'node:zlib';
import { type ClassRequest, recordClasses, recordEntries, type SpecEntry } from '../core';
import { parserOfSources } from './parser';
import { folderSources, readText } from './sources';
import { UsageError } from './usage';

interface Spec {
  readonly framework?: string;
  readonly instrument?: readonly string[];
  readonly entries: readonly SpecEntry[];
}

interface ClassSpec {
  readonly framework: string;
  readonly classes: readonly ClassRequest[];
}

/** What one class may cost. */
const STEPS = 400_000;

/** `trace`: the twin of a recorder. Follows the models of a specification and writes the shapes that it finds. */
export const trace = async (args: readonly string[]): Promise<number> => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      spec: { type: 'string' },
      root: { type: 'string', multiple: true, default: [] },
      out: { type: 'string' },
      only: { type: 'string' },
      alone: { type: 'boolean', default: false },
    },
  });
  if (values.spec === undefined || values.out === undefined) throw new UsageError('trace needs --spec and --out');
  const surroundings = { sources: folderSources(values.root.map((r) => resolve(r))), parse: await parserOfSources() };
  const chosen = (name: string) => values.only === undefined || name.includes(values.only);
  if (values.alone) {
    const { framework, classes }: ClassSpec = JSON.parse(readSpec(values.spec));
    const record = recordClasses({ ...surroundings, steps: STEPS });
    const wanted = classes.filter((c) => chosen(`${c.file} ${c.class}`));
    write(values.out, { framework, classes: timed(wanted, record, (c) => c.class) });
    return 0;
  }
  const spec: Spec = JSON.parse(readSpec(values.spec));
  const framework = spec.framework ?? 'torch';
  const record = recordEntries(surroundings, framework);
  const wanted = spec.entries.filter((e) => chosen(e.id));
  write(values.out, { framework, instrument: spec.instrument ?? [], entries: timed(wanted, record, (e) => e.id) });
  return 0;
};

/** Records each item with the seconds that it took; says how far it has come when somebody looks on. */
const timed = <T, R extends object>(
  items: readonly T[],
  record: (item: T) => R,
  name: (item: T) => string,
): readonly (R & { readonly seconds: number })[] =>
  items.map((item, i) => {
    if (process.stderr.isTTY)
      process.stderr.write(`\r${i + 1} of ${items.length} ${name(item)}\u001b[K${i + 1 === items.length ? '\n' : ''}`);
    const start = performance.now();
    const recorded = record(item);
    return { ...recorded, seconds: Math.round(performance.now() - start) / 1000 };
  });

const readSpec = (path: string): string => {
  const text = readText(path);
  if (text === undefined) throw new UsageError(`${path} cannot be read`);
  return text;
};

const write = (path: string, value: unknown): void => {
  const text = JSON.stringify(value);
  writeFileSync(path, path.endsWith('.gz') ? gzipSync(text) : text);
};
