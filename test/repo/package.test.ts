import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { listFiles, PackageManager } from '@vscode/vsce';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectFiles, rootPath } from './files';

/** What the build makes and the package holds. */
const BUILT = [
  'dist/engine.cjs',
  'dist/extension.cjs',
  'dist/third-party-licenses.txt',
  'dist/tree-sitter-python.wasm',
  'dist/web-tree-sitter.wasm',
  'dist/web/extension.cjs',
  'dist/webview.css',
  'dist/webview.js',
];

/** What lies about in a work tree and must not slip in. */
const STRAY = ['dist/extension.cjs.map', 'dist/cli.js', 'out/a.js', '.vscode-host/a.js', 'media/draft.png', 'notes.md'];

const TEXTS =
  /^(package(\.nls(\.zh-cn)?)?\.json|(README(\.zh-CN)?|CHANGELOG)\.md|LICENSE|media\/icon\.(png|svg)|media\/walkthrough\/.*|docs\/problems\/.*\.md|examples\/residual_block\.py|syntaxes\/.*\.json)$/;

// In a copy, because the packer looks at every file that lies about before it leaves it out.
const copy = mkdtempSync(join(tmpdir(), 'package-'));

beforeAll(() => {
  for (const file of projectFiles(/./)) cpSync(rootPath(file), join(copy, file));
  for (const file of [...BUILT, ...STRAY]) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    writeFileSync(join(copy, file), '');
  }
});
afterAll(() => rmSync(copy, { recursive: true }));

test('the package holds the bundles, the texts and nothing else', async () => {
  const files = await listFiles({ cwd: copy, packageManager: PackageManager.None });
  expect([...files].sort()).toEqual([...BUILT, ...projectFiles(TEXTS)].sort());
});
