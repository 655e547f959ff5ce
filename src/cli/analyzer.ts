import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type Analysis, type Analyzer, createAnalyzer, createParser, type GivenByClass } from '../core';
import { folderSources } from './sources';
import { UsageError } from './usage';

/** An analyzer with the parser that lies beside the program. */
export const newAnalyzer = async (): Promise<Analyzer> => {
  const wasm = (name: string) => readFileSync(new URL(name, import.meta.url));
  return createAnalyzer(await createParser(wasm('./web-tree-sitter.wasm'), wasm('./tree-sitter-python.wasm')));
};

/** A Python file as it was given, with its text. */
export interface Input {
  /** What messages call it. */
  readonly name: string;
  /** Absolute; of standard input a file that is not there. */
  readonly path: string;
  readonly text: string;
}

/**
 * The Python files of paths that name files, folders or, as `-`, standard input. What cannot be read of a folder is left
 * out, and a message says so.
 */
export const readInputs = (paths: readonly string[]): readonly Input[] => {
  if (paths.length === 0) throw new UsageError('no file is given');
  return paths.flatMap((path) => (path === '-' ? [standardInput()] : inputsAt(path)));
};

const standardInput = (): Input => ({
  name: '<stdin>',
  path: resolve('<stdin>.py'),
  text: decoded('<stdin>', readFileSync(0)),
});

const inputsAt = (path: string): readonly Input[] => {
  const files = filesAt(path);
  if (files.length === 1 && files[0] === path) return [readInput(path)];
  return files.flatMap((file) => {
    try {
      return [readInput(file)];
    } catch (error) {
      process.stderr.write(`left out: ${error instanceof Error ? error.message : String(error)}\n`);
      return [];
    }
  });
};

const filesAt = (path: string): readonly string[] => {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) throw new UsageError(`${path} cannot be read`);
  if (!stat.isDirectory()) return [path];
  const entries = readdirSync(path, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  return entries.flatMap((entry) => {
    if (entry.name.startsWith('.') || entry.name === 'node_modules' || entry.name === '__pycache__') return [];
    const inner = join(path, entry.name);
    if (entry.isDirectory()) return filesAt(inner);
    return entry.isFile() && entry.name.endsWith('.py') ? [inner] : [];
  });
};

const readInput = (name: string): Input => ({ name, path: resolve(name), text: decoded(name, readFileSync(name)) });

/** Text of another encoding would be damaged when it is written back, so it is not read at all. */
const decoded = (name: string, bytes: Uint8Array): string => {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new UsageError(`${name} is not UTF-8`);
  }
};

/** Analyses a file with its own folder, and the folder above its package, as places to import from. */
export const analyseInput = (analyzer: Analyzer, { path, text }: Input, given?: GivenByClass): Analysis =>
  analyzer.analyze({ path: path.replaceAll('\\', '/'), text }, folderSources(rootsOf(path)), given);

/**
 * The same for its problems only, which takes half the time: what classes would do otherwise proves none. Comments of
 * ours are compared with all that can be said.
 */
export const analyseProblems = (analyzer: Analyzer, { path, text }: Input): Analysis =>
  analyzer.analyze(
    { path: path.replaceAll('\\', '/'), text, unexplored: !text.includes('# ※') },
    folderSources(rootsOf(path)),
  );

const rootsOf = (path: string): readonly string[] => {
  const own = dirname(path);
  let top = own;
  while (statSync(join(top, '__init__.py'), { throwIfNoEntry: false }) && dirname(top) !== top) top = dirname(top);
  return [...new Set([top, own])].map((root) => root.replaceAll('\\', '/'));
};
