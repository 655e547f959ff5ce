import { readFileSync } from 'node:fs';
import { createParser, type ParsedModule, parseModule } from '../../../src/core/syntax';

const bytes = (path: string): Uint8Array => readFileSync(new URL(`../../../node_modules/${path}`, import.meta.url));

const parser = await createParser(
  bytes('web-tree-sitter/web-tree-sitter.wasm'),
  bytes('tree-sitter-python/tree-sitter-python.wasm'),
);

export const parse = (text: string, previous?: ParsedModule): ParsedModule => parseModule(parser, text, previous);

/** The texts of a module's faults, with what is missing where they have none. */
export const faultTexts = ({ text, faults }: ParsedModule): readonly string[] =>
  faults.map(({ start, end, kind, expected }) => (kind === 'missing' ? `+${expected}` : text.slice(start, end)));
