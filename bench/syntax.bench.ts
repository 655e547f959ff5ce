// How long a parse takes, in milliseconds (medians): node scripts/run.mjs bench/syntax.bench.ts [FILE.py …]
// Without files it reads the examples, as often as it takes to get a thousand lines.
import { readdirSync, readFileSync } from 'node:fs';
import { createParser, type ParsedModule, parseModule } from '../src/core/syntax';

const parser = await createParser(
  readFileSync('node_modules/web-tree-sitter/web-tree-sitter.wasm'),
  readFileSync('node_modules/tree-sitter-python/tree-sitter-python.wasm'),
);

const examples = (): string => {
  const files = readdirSync('examples').filter((name) => name.endsWith('.py'));
  const text = files.map((name) => readFileSync(`examples/${name}`, 'utf8')).join('\n');
  return text.repeat(Math.ceil(1000 / text.split('\n').length));
};

const median = (runs: number, run: (round: number) => void): string => {
  const times = Array.from({ length: runs }, (_, round) => {
    const start = performance.now();
    run(round);
    return performance.now() - start;
  });
  return (times.sort((a, b) => a - b)[runs >> 1] ?? 0).toFixed(2);
};

/** The same state, but for that its chunks have to be made anew from the trees at hand. */
const withoutChunks = (module: ParsedModule): ParsedModule => ({
  ...module,
  text: '',
  pieces: module.pieces.map((piece) => ({ ...piece, key: '' })),
});

const measure = (name: string, text: string): void => {
  const module = parseModule(parser, text);
  const middle = text.indexOf('\n', text.indexOf('return', text.length >> 1));
  const edited = (by: string): string => text.slice(0, middle) + by + text.slice(middle);
  let latest = module;
  const rows: readonly (readonly [string, string])[] = [
    ['all of it', median(60, () => parseModule(parser, text))],
    ['all but the grammar', median(60, () => parseModule(parser, text, withoutChunks(module)))],
    ['a comment above', median(60, (round) => parseModule(parser, `# ${round}\n${text}`, module))],
    [
      'one statement after the other',
      median(60, (round) => {
        latest = parseModule(parser, edited(` + ${round}`), latest);
      }),
    ],
    [
      'a bracket left open',
      median(60, (round) => {
        latest = parseModule(parser, edited(`.f(${'1, '.repeat(round % 5)}`), latest);
      }),
    ],
  ];
  console.log(`${name}: ${text.split('\n').length} lines, ${module.chunks.length} chunks`);
  for (const [label, time] of rows) console.log(`  ${label.padEnd(32)}${time.padStart(8)} ms`);
};

const files = process.argv.slice(2);
if (files.length === 0) measure('examples', examples());
for (const file of files) measure(file, readFileSync(file, 'utf8'));
