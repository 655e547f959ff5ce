// Proves that comments never change a program: npm run safety [-- FILE-OR-FOLDER… [--language LANGUAGE] [--level LEVEL]]
//
// Every Python file is annotated in every language and level. The result must be the same program for Python's own
// parser, annotating it again must change nothing, and removing the comments must give back the file byte for byte.
// Imports are followed as the command line follows them.
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { analyseInput } from '../src/cli/analyzer';
import {
  type Analysis,
  type AnnotateOptions,
  annotate,
  createAnalyzer,
  createParser,
  removeComments,
} from '../src/core';
import { applyEdits } from '../src/core/text';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { language: { type: 'string' }, level: { type: 'string' } },
});
const VARIANTS: readonly AnnotateOptions[] = (['en', 'zh-cn', 'both'] as const)
  .flatMap((language) => (['shapes', 'standard', 'full'] as const).map((level) => ({ language, level })))
  .filter(({ language, level }) => language === (values.language ?? language) && level === (values.level ?? level));
const files = (positionals.length > 0 ? positionals : ['examples']).flatMap(pythonFiles);
const wasm = (name: string): Uint8Array => readFileSync(join('node_modules', name));
const analyzer = createAnalyzer(
  await createParser(wasm('web-tree-sitter/web-tree-sitter.wasm'), wasm('tree-sitter-python/tree-sitter-python.wasm')),
);

const scratch = mkdtempSync(join(tmpdir(), 'safety-'));
const complaints: string[] = [];
const pairs: string[] = [];
let changed = 0;
for (const file of files) {
  const text = decoded(file);
  if (text === undefined) continue;
  const analysis = analysed(file, text);
  for (const options of VARIANTS) check(file, analysis, options);
}
complaints.push(...differentPrograms());
rmSync(scratch, { recursive: true });
console.log(complaints.join('\n'));
console.log(`${files.length} files, ${changed} annotated versions of them, ${complaints.length} faults`);
process.exitCode = complaints.length > 0 || changed === 0 ? 1 : 0;

function check(file: string, analysis: Analysis, options: AnnotateOptions): void {
  const { text } = analysis;
  const what = `${file} (${options.language}, ${options.level})`;
  try {
    const annotated = annotatedText(analysis, options);
    if (annotated === undefined || annotated === text) return;
    changed++;
    if (applyEdits(annotated, removeComments(annotated)) !== text) complaints.push(`${what}: removing is not exact`);
    const again = annotatedText(analysed(file, annotated), options);
    if (again !== undefined && again !== annotated) complaints.push(`${what}: twice is not once`);
    const copy = join(scratch, String(changed), file.replaceAll(/[^\w.]/g, '_'));
    mkdirSync(join(scratch, String(changed)));
    writeFileSync(copy, annotated);
    pairs.push(`${file}\t${copy}`);
  } catch (error) {
    complaints.push(`${what}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function analysed(file: string, text: string): Analysis {
  return analyseInput(analyzer, { name: file, path: resolve(file), text });
}

function annotatedText(analysis: Analysis, options: AnnotateOptions): string | undefined {
  const result = annotate(analysis, options);
  return 'edits' in result ? applyEdits(analysis.text, result.edits) : undefined;
}

function differentPrograms(): readonly string[] {
  const { status, stdout, error } = spawnSync('python3', ['scripts/same_program.py'], {
    input: pairs.map((pair) => `${pair}\n`).join(''),
    encoding: 'utf8',
    stdio: ['pipe', 'pipe', 'inherit'],
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) return [`python3 failed: ${error?.message ?? `exit code ${status}`}`];
  return stdout.split('\n').filter((line) => line !== '');
}

/** The text of a file in UTF-8 that Python takes for UTF-8 too. */
function decoded(file: string): string | undefined {
  const bytes = readFileSync(file);
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) && !/coding[:=]\s*(?!utf-?8)/i.test(text.slice(0, 200))
    ? text
    : undefined;
}

function pythonFiles(path: string): readonly string[] {
  if (!statSync(path).isDirectory()) return [path];
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => name.endsWith('.py')).map((name) => join(path, name));
}
