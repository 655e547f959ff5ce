import { describe, expect, test } from 'vitest';
import { projectFiles, readText } from './files';

/** Written in parts, so that this file does not contain what it looks for. */
const REGISTRIES = [
  ['registry', 'npmjs', 'org'],
  ['registry', 'yarnpkg', 'com'],
  ['npmmirror', 'com'],
  ['pypi', 'org'],
  ['files', 'pythonhosted', 'org'],
  ['deb', 'debian', 'org'],
].map((parts) => parts.join('.'));

const LEFT_OPEN = [
  ['TO', 'DO'],
  ['FIX', 'ME'],
  ['@ts-', 'ignore'],
  ['@ts-', 'expect-error'],
  ['biome-', 'ignore'],
].map((parts) => parts.join(''));

/** Code that must not compile says so line by line. */
const MISTAKES = /\/types\/[^/]*\.ts$/;

const files = projectFiles(/\.(ts|mjs|json|md|css|py|sh|yml|html)$|^\.ci\/|^\.npmrc$/);
const whereAny = (words: readonly string[], among: readonly string[]): readonly string[] =>
  among.flatMap((file) => words.filter((word) => readText(file).includes(word)).map((word) => `${file}: ${word}`));

describe('no file', () => {
  test('names the host of a package registry', () => expect(whereAny(REGISTRIES, files)).toEqual([]));

  test('of the source leaves something open', () => {
    const source = files.filter((file) => /\.(ts|mjs)$/.test(file) && !MISTAKES.test(file));
    expect(whereAny(LEFT_OPEN, source)).toEqual([]);
  });

  test('but .ci/run reaches out of the project', () => {
    const outside = ['..', 'shared'].join('/');
    expect(whereAny([outside], files)).toEqual([`.ci/run: ${outside}`]);
  });
});
