// How long a keystroke takes in a long file, by the place where it falls: node scripts/run.mjs bench/keystroke.bench.ts [FILE.py …]
// For each place: the analysis and the hints of the fifty lines around the keystroke, which an editor asks for at once;
// then what it asks for once the document rests: the longest of the parts that it runs one by one, all of them together,
// the lenses and the problems.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Analysis, createAnalyzer, createParser, hints, lenses, problems, type Sources } from '../src/core';

const ROUNDS = 15;
const LINES = 1000;
/** About as many letters as stand in twenty-five lines. */
const AROUND = 1000;

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
  'a comment between classes': (text, round) => insertBefore(text, /^class /gm, middle, `# note ${round}\n`),
  'in forward, in the middle': (text, round) =>
    insertBefore(text, /^ {8}return /gm, middle, `        noted = ${round}\n`),
  'in a class that others use': (text, round) =>
    insertBefore(text, /^ {8}return /gm, () => 0, `        noted = ${round}\n`),
  'in __init__, in the middle': (text, round) =>
    insertBefore(text, /^ {4}def forward/gm, middle, `        self.noted = ${round}\n`),
  'half a line': (text, round) => insertBefore(text, /^ {8}return /gm, middle, `        y = self.noted${round}(x, \n`),
  'at the end': (text, round) => `${text}\nnoted = ${round}\n`,
};

const middle = (count: number): number => count >> 1;

/** What an editor waits for, in the order in which it asks. */
const STEPS = ['at once', 'longest part', 'all parts', 'lenses', 'problems'] as const;

const files = given.length > 0 ? given.map((file) => [file, readFileSync(file, 'utf8')] as const) : [longExample()];
for (const [name, text] of files) {
  console.log(`${name}, ${text.split('\n').length} lines; milliseconds`);
  console.log(row('', STEPS));
  const firsts = Array.from({ length: 5 }, () => follow(createAnalyzer(parser).analyze, name, text, 0));
  console.log(row('first analysis', medians(firsts)));
  for (const [place, edit] of Object.entries(EDITS)) {
    const { analyze } = createAnalyzer(parser);
    follow(analyze, name, text, 0);
    const rounds = Array.from({ length: ROUNDS }, (_, round) => {
      const edited = edit(text, round);
      return follow(analyze, name, edited, firstDifference(text, edited));
    });
    console.log(row(place, medians(rounds)));
  }
}

/** Times what an editor asks for after a keystroke at an offset. */
function follow(analyze: ReturnType<typeof createAnalyzer>['analyze'], path: string, text: string, at: number) {
  let analysis: Analysis | undefined;
  const once = time(() => {
    analysis = analyze({ path, text }, noSources);
    hints(analysis, { start: at - AROUND, end: at + AROUND }, { position: 'assignments', style: '[]', language: 'en' });
  });
  const made = analysis as Analysis | undefined;
  if (!made) return [];
  const parts: number[] = [];
  for (let isLeft = true; isLeft; ) parts.push(time(() => (isLeft = made.advance())));
  const rest = [time(() => lenses(made, 'en')), time(() => problems(made, 'en'))];
  return [once, Math.max(...parts), parts.reduce((sum, one) => sum + one, 0), ...rest];
}

function firstDifference(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  return at;
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

function medians(rounds: readonly (readonly number[])[]): readonly string[] {
  return STEPS.map((_, step) => {
    const times = rounds.map((one) => one[step] ?? 0).sort((a, b) => a - b);
    return (times[times.length >> 1] ?? 0).toFixed(1);
  });
}

function row(name: string, cells: readonly string[]): string {
  return `  ${name.padEnd(28)}${cells.map((cell) => cell.padStart(14)).join('')}`;
}
