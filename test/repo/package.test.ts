import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { listFiles, PackageManager } from '@vscode/vsce';
import { beforeAll, expect, test } from 'vitest';
import { projectFiles, rootPath } from './files';

/** What is shipped beside the texts: what is not named here must not slip in. */
const BUILT = [
  'dist/extension.cjs',
  'dist/third-party-licenses.txt',
  'dist/tree-sitter-python.wasm',
  'dist/web-tree-sitter.wasm',
  'dist/web/extension.cjs',
  'dist/webview.css',
  'dist/webview.js',
];

const TEXTS =
  /^(package(\.nls(\.zh-cn)?)?\.json|(README(\.zh-CN)?|CHANGELOG)\.md|LICENSE|media\/icon\.(png|svg)|media\/walkthrough\/.*|syntaxes\/.*\.json)$/;

beforeAll(() => {
  if (!BUILT.every((file) => existsSync(rootPath(file)))) execFileSync('node', ['esbuild.mjs'], { cwd: rootPath('.') });
}, 60_000);

test('the package holds the bundles, the texts and nothing else', async () => {
  const files = await listFiles({ cwd: rootPath('.'), packageManager: PackageManager.None });
  expect([...files].sort()).toEqual([...BUILT, ...projectFiles(TEXTS)].sort());
});
