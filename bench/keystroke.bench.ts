// How long a keystroke takes in a long file, by the place where it falls: node scripts/run.mjs bench/keystroke.bench.ts [FILE.py …]
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAnalyzer, createParser, type Sources } from '../src/core';

const ROUNDS = 15;
const LINES = 1000;

const given = process.argv.slice(2);
const noSources: Sources = { read: () => undefined, roots: [] };
const wasm = (name: string): Uint8Array => readFileSync(join('node_modules', name));
const parser = await createParser(
  wasm('web-tree-sitter/web-tree-sitter.wasm'),
  wasm('tree-sitter-python/tree-sitter-python.wasm'),
);

/** What is typed, by name: the text before and after the keystroke of one round. */
type Edit = (text: string, round: number) => string;

const EDITS: Readonly<Record<string, Edit>> = {
  'in a comment': (text, round) => insertBefore(text, /^class /gm, middle, `# note ${round}\n`),
  'in forward, in the middle': (text, round) =>
    insertBefore(text, /^ {8}return /gm, middle, `        noted = ${round}\n`),
  'in a class that others use': (text, round) =>
    insertBefore(text, /^ {8}return /gm, () => 0, `        noted = ${round}\n`),
  'half a line': (text, round) => insertBefore(text, /^ {8}return /gm, middle, `        y = self.noted${round}(x, \n`),
  'at the end': (text, round) => `${text}\nnoted = ${round}\n`,
};

const middle = (count: number): number => count >> 1;

const files = given.length > 0 ? given.map((file) => [file, readFileSync(file, 'utf8')] as const) : [longExample()];
for (const [name, text] of files) {
  console.log(`${name}, ${text.split('\n').length} lines`);
  console.log(
    row(
      'first analysis',
      median(() => time(() => createAnalyzer(parser).analyze({ path: name, text }, noSources))),
    ),
  );
  for (const [place, edit] of Object.entries(EDITS)) {
    const { analyze } = createAnalyzer(parser);
    analyze({ path: name, text }, noSources);
    console.log(
      row(
        place,
        median((round) => time(() => analyze({ path: name, text: edit(text, round) }, noSources))),
      ),
    );
  }
}

/** The examples one after the other until the file is long enough; classes of one name get numbers. */
function longExample(): readonly [string, string] {
  const texts = readdirSync('examples')
    .filter((name) => name.endsWith('.py') && !name.includes('paddle'))
    .map((name) => readFileSync(join('examples', name), 'utf8'));
  let text = '';
  for (let i = 0; text.split('\n').length < LINES; i++) text += numbered(texts[i % texts.length] ?? '', i);
  return ['long_example.py', text.split('\n').slice(0, LINES).join('\n')];
}

function numbered(text: string, i: number): string {
  const names = [...text.matchAll(/^(?:class|def) (\w+)/gm)].map(([, name = '']) => name);
  return names.reduce((now, name) => now.replace(new RegExp(`\\b${name}\\b`, 'g'), `${name}${i}`), text);
}

function insertBefore(text: string, where: RegExp, which: (count: number) => number, what: string): string {
  const places = [...text.matchAll(where)].map(({ index }) => index);
  const at = places[which(places.length)] ?? text.length;
  return text.slice(0, at) + what + text.slice(at);
}

/** Milliseconds of the processor: other work on the machine does not count. */
function time(work: () => unknown): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

function median(measure: (round: number) => number): number {
  const times = Array.from({ length: ROUNDS }, (_, round) => measure(round)).sort((a, b) => a - b);
  return times[times.length >> 1] ?? 0;
}

function row(name: string, milliseconds: number): string {
  return `  ${name.padEnd(30)}${milliseconds.toFixed(1).padStart(8)} ms`;
}
