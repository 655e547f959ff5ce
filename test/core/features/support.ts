import { readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import {
  type Analysis,
  type Analyzer,
  createAnalyzer,
  createParser,
  type GivenTexts,
  parseGiven,
} from '../../../src/core';

const require = createRequire(import.meta.url);
const wasm = (name: string) => readFileSync(require.resolve(name));
const ROOT = resolve(import.meta.dirname, '..', '..', '..');

let made: Promise<Analyzer> | undefined;

export const loadParser = (): ReturnType<typeof createParser> =>
  createParser(wasm('web-tree-sitter/web-tree-sitter.wasm'), wasm('tree-sitter-python/tree-sitter-python.wasm'));

const analyzer = (): Promise<Analyzer> => {
  made ??= loadParser().then(createAnalyzer);
  return made;
};

/** Analyses a text as a file of its own, with nothing beside it. */
export const analyse = async (text: string, path?: string): Promise<Analysis> => (await analyser(path))(text);

/** Analyses texts one after the other. */
export const analyser = async (path = '/models/model.py'): Promise<(text: string) => Analysis> => {
  const { analyze } = await analyzer();
  return (text) => analyze({ path, text }, { roots: [], read: (asked) => (asked === path ? text : undefined) });
};

/** The same with what a reader has typed about one of its classes. */
export const analyseGiven = async (text: string, className: string, texts: GivenTexts): Promise<Analysis> => {
  const path = '/models/model.py';
  const { given } = parseGiven(await analyse(text), className, texts, 'en');
  const sources = { roots: [], read: (asked: string) => (asked === path ? text : undefined) };
  return (await analyzer()).analyze({ path, text }, sources, new Map([[className, given]]));
};

/** The Python files of a folder of the project, by name. */
export const pythonFiles = (folder: string): readonly (readonly [name: string, text: string])[] =>
  readdirSync(join(ROOT, folder))
    .filter((name) => name.endsWith('.py'))
    .sort()
    .map((name) => [name, readFileSync(join(ROOT, folder, name), 'utf8')]);

export const goldenPath = (...parts: readonly string[]): string => join(ROOT, 'test', 'golden', ...parts);
