import { dirname, posix } from 'node:path';
import { describe, expect, test } from 'vitest';
import { projectFiles, readText } from './files';

/** The folders of the core, lowest first: a file imports from folders before its own only. */
const ORDER = [
  'once',
  'text',
  'syntax',
  'dims',
  'shapes',
  'ops',
  'values',
  'interp',
  'graph',
  'fuse',
  'idioms',
  'traps',
  'explain',
  'features',
  'index',
];

/** The only packages in the core, each with the one folder that knows it. */
const PACKAGES: Readonly<Record<string, string>> = { 'web-tree-sitter': 'syntax', '@dagrejs/dagre': 'graph' };

interface Import {
  readonly file: string;
  /** As it is written. */
  readonly from: string;
  /** The path from the root for a relative one. */
  readonly path: string | undefined;
}

function importsOf(file: string): readonly Import[] {
  const stated = String.raw`^(?:import|export)\b(?:[^'"=();]*?\bfrom)?\s*'([^']+)'`;
  const found = readText(file).matchAll(new RegExp(String.raw`${stated}|\bimport\('([^']+)'\)`, 'gm'));
  return [...found].map(([, fixed, dynamic]) => {
    const from = fixed ?? dynamic ?? '';
    return { file, from, path: from.startsWith('.') ? posix.join(dirname(file), from) : undefined };
  });
}

const importsIn = (pattern: RegExp): readonly Import[] => projectFiles(pattern).flatMap(importsOf);
const shown = (bad: readonly Import[]): readonly string[] => bad.map(({ file, from }) => `${file}: ${from}`);

/** `dims` for src/core/dims/print.ts, `index` for src/core/index.ts. */
const folderOf = (path: string): string => path.split('/')[2]?.replace(/\.ts$/, '') ?? '';

describe('the core', () => {
  const imports = importsIn(/^src\/core\/.*\.ts$/);
  const inside = imports.filter(({ path }) => path?.startsWith('src/core/'));

  test('is found', () => expect(inside.length).toBeGreaterThan(50));

  test('imports nothing but itself and its two packages', () => {
    const foreign = imports.filter(({ file, from, path }) =>
      path === undefined ? PACKAGES[from] !== folderOf(file) : !path.startsWith('src/core/'),
    );
    expect(shown(foreign)).toEqual([]);
  });

  test('imports downwards only', () => {
    const rank = (path: string): number => ORDER.indexOf(folderOf(path));
    const upwards = inside.filter(({ file, path = '' }) => rank(path) > rank(file) || rank(path) < 0);
    expect(shown(upwards)).toEqual([]);
  });

  test('enters another folder by its index', () => {
    // The index of the core itself is the door of the features.
    const files = inside.filter(({ file }) => file !== 'src/core/index.ts');
    const sideways = files.filter(({ file, path = '' }) => folderOf(path) !== folderOf(file));
    expect(shown(sideways.filter(({ path = '' }) => path.split('/').length > 3))).toEqual([]);
  });
});

test('only src/vscode and its tests know the editor', () => {
  const elsewhere = importsIn(/\.ts$/).filter(({ file }) => !/^(src|test)\/vscode\//.test(file));
  expect(shown(elsewhere.filter(({ from }) => from === 'vscode'))).toEqual([]);
});

test('the shells do not import each other, and enter the core by its index', () => {
  const shells = importsIn(/^src\/(cli|engine|vscode|webview)\/.*\.ts$/).filter(({ path }) => path !== undefined);
  const bad = shells.filter(({ file, path = '' }) => {
    const [, shell] = file.split('/');
    const isTypes = shell === 'vscode' && path === 'src/webview/protocol';
    const isBelow = shell === 'vscode' && path.startsWith('src/engine');
    return !(path.startsWith(`src/${shell}/`) || path === 'src/core' || isTypes || isBelow);
  });
  expect(shown(bad)).toEqual([]);
});

test('what starts on the desktop knows the engine by its index and how it is started', () => {
  const files = importsIn(/^src\/vscode\/.*\.ts$/).filter(({ file }) => file !== 'src/vscode/web.ts');
  const bad = files.filter(({ path = '' }) => /^src\/engine\/(?!start-thread$)/.test(path));
  expect(shown(bad)).toEqual([]);
});

test('the page takes types alone from the core', () => {
  const values = projectFiles(/^src\/webview\/.*\.ts$/).filter((file) =>
    /^(?:import|export) (?!type\b)[^'"]*from '[^']*core/m.test(readText(file)),
  );
  expect(values).toEqual([]);
});
