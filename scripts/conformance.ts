// Compares what we infer with what the real libraries did: npm run conformance -- FOLDER [--only NAME] [--update]
//
// FOLDER holds specs/NAME.json, truth/NAME.json.gz and the programs that compare. The counts of a run must not fall
// behind those of bench/conformance.json, which --update writes.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { type Counts, kept, readFloor, setbacks, writeFloor } from './conformance/floor';
import { sourceRoots } from './conformance/sources';
import { runScript } from './steps';

const execFileAsync = promisify(execFile);
const OUT = resolve('out', 'conformance');

/** Milliseconds that one specification may take. */
const PATIENCE = 300_000;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string', default: '' }, update: { type: 'boolean', default: false } },
});
const [folder] = positionals;
if (!folder || !existsSync(join(folder, 'specs'))) {
  console.error('usage: npm run conformance -- FOLDER [--only NAME] [--update]');
  process.exit(2);
}
if (!runScript('build')) process.exit(1);
mkdirSync(OUT, { recursive: true });

const floor = readFloor();
const reached: Record<string, Readonly<Record<string, number>>> = {};
const complaints: string[] = [];
const waiting = specifications(folder).map((name) => ({ name, roots: sourceRoots(name.replace('.classes', '')) }));
await Promise.all(Array.from({ length: availableParallelism() }, work));
if (values.update) writeFloor({ ...floor, ...reached });
else if (complaints.length > 0) {
  console.error(`\nworse than before:\n${complaints.join('\n')}`);
  process.exitCode = 1;
}

/** Takes one specification after the other from those that wait. */
async function work(): Promise<void> {
  for (let next = waiting.shift(); next; next = waiting.shift()) {
    const { name, roots } = next;
    const start = performance.now();
    const counts = await compare(folder ?? '', name, roots);
    const seconds = (performance.now() - start) / 1000;
    console.log(`${name.padEnd(22)} ${counts ? line(counts) : 'FAILED'}  ${seconds.toFixed(1)} s`);
    reached[name] = counts ? kept(counts) : {};
    const behind = counts ? setbacks(floor[name] ?? {}, reached[name]) : ['could not be compared'];
    complaints.push(...behind.map((what) => `${name}: ${what}`));
  }
}

function specifications(from: string): readonly string[] {
  const names = readdirSync(join(from, 'specs')).filter((name) => name.endsWith('.json'));
  return names
    .map((name) => name.replace(/\.json$/, ''))
    .filter((name) => name.includes(values.only))
    .sort();
}

/** Follows the models of a specification and compares; `undefined` when one of the programs failed. */
async function compare(from: string, name: string, roots: readonly string[]): Promise<Counts | undefined> {
  const alone = name.endsWith('.classes');
  const out = join(OUT, `${name}.json.gz`);
  const traced = await node(
    join('dist', 'cli.js'),
    'trace',
    ...(alone ? ['--alone'] : []),
    ...['--spec', join(from, 'specs', `${name}.json`), '--out', out],
    ...roots.flatMap((root) => ['--root', root]),
  );
  if (traced === undefined) return undefined;
  const program = alone ? 'compare_classes.mjs' : 'compare.mjs';
  const counts = await node(join(from, program), join(from, 'truth', `${name}.json.gz`), out, '--json');
  return counts === undefined ? undefined : JSON.parse(counts);
}

async function node(...args: readonly string[]): Promise<string | undefined> {
  try {
    return (await execFileAsync(process.execPath, [...args], { timeout: PATIENCE, maxBuffer: 2 ** 26 })).stdout;
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    return undefined;
  }
}

function line(counts: Counts): string {
  const number = (key: string): number => (typeof counts[key] === 'number' ? counts[key] : 0);
  const percent = (part: number, whole: number): string => `${whole ? ((100 * part) / whole).toFixed(1) : '–'} %`;
  const outputs = number('outputs') || number('entries');
  return [
    `outputs ${number('outputExact')}/${outputs}, ${number('outputWrong')} wrong`,
    `expressions ${percent(number('exact'), number('all'))} exact, ${number('wrong')} wrong`,
    `faults proved ${percent(number('proved'), number('faults'))}, ${number('falseAlarms')} false alarms`,
  ].join('; ');
}
