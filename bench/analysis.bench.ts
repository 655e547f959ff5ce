// How long an analysis takes: the first of a file, and the one after an edit: node scripts/run.mjs bench/analysis.bench.ts [FILE.py …]
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createAnalyzer, createParser, type Sources } from '../src/core';

const ROUNDS = 9;

const given = process.argv.slice(2);
const files = given.length > 0 ? given : examples();
const noSources: Sources = { read: () => undefined, roots: [] };
const wasm = (name: string): Uint8Array => readFileSync(join('node_modules', name));
const parser = await createParser(
  wasm('web-tree-sitter/web-tree-sitter.wasm'),
  wasm('tree-sitter-python/tree-sitter-python.wasm'),
);

console.log(
  `${'file'.padEnd(36)}${'lines'.padStart(7)}${'first'.padStart(11)}${'edited'.padStart(11)}   median of ${ROUNDS}`,
);
for (const file of files) {
  const text = readFileSync(file, 'utf8');
  const first = median(() => {
    const { analyze } = createAnalyzer(parser);
    return time(() => analyze({ path: file, text }, noSources));
  });
  const { analyze } = createAnalyzer(parser);
  analyze({ path: file, text }, noSources);
  // Every round has a text of its own, so that none is answered out of the cache.
  const edited = median((round) => time(() => analyze({ path: file, text: edit(text, round) }, noSources)));
  const lines = text.split('\n').length;
  console.log(`${file.padEnd(36)}${String(lines).padStart(7)}${milliseconds(first)}${milliseconds(edited)}`);
}

function examples(): readonly string[] {
  const names = readdirSync('examples').filter((name) => name.endsWith('.py'));
  return names.map((name) => join('examples', name));
}

/** The text with a statement more in the last function, as if somebody had typed a line. */
function edit(text: string, round: number): string {
  return text.replace(/^( +)return (?![\s\S]*^ +return )/m, `$1tensor_${round} = ${round}\n$1return `);
}

function time(work: () => unknown): number {
  const start = performance.now();
  work();
  return performance.now() - start;
}

function median(measure: (round: number) => number): number {
  const times = Array.from({ length: ROUNDS }, (_, round) => measure(round)).sort((a, b) => a - b);
  return times[Math.floor(ROUNDS / 2)] ?? 0;
}

function milliseconds(value: number): string {
  return `${value.toFixed(1)} ms`.padStart(11);
}
