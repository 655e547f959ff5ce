import { readFileSync } from 'node:fs';
import { createParser, type Module, parseModule } from '../core';

/** The parsers lie beside the bundle. */
const beside = (name: string): Uint8Array => readFileSync(new URL(`./${name}`, import.meta.url));

/** Parses Python files; one that was parsed is not parsed again while its text is the same. */
export const parserOfSources = async (wasm = beside): Promise<(path: string, text: string) => Module> => {
  const parser = await createParser(wasm('web-tree-sitter.wasm'), wasm('tree-sitter-python.wasm'));
  const parsed = new Map<string, Module>();
  return (path, text) => {
    const known = path === '' ? undefined : parsed.get(path);
    if (known?.text === text) return known;
    const module = parseModule(parser, text);
    if (path !== '') parsed.set(path, module);
    return module;
  };
};
