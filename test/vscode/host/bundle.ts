import { chmodSync, readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build } from 'esbuild';
import type { Told } from '../support/told';

const TARGET = join('out', 'vscode-test');

/** Bundles the stand-in for VS Code into one executable file and answers its path. */
export async function bundleShim(): Promise<string> {
  const outfile = resolve(TARGET, 'shim.mjs');
  await build({
    entryPoints: [join('test', 'vscode', 'host', 'shim.ts')],
    outfile,
    bundle: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    banner: { js: '#!/usr/bin/env node' },
    logLevel: 'warning',
  });
  chmodSync(outfile, 0o755);
  return outfile;
}

/**
 * Bundles every file of a suite into one that runs in Node's extension host and in a web worker alike, and answers
 * its path. A web worker has no environment, so what the tests are told stands in the bundle.
 */
export async function bundleSuite(suite: string, told: Told): Promise<string> {
  const folder = resolve('test', 'vscode', suite);
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  const outfile = resolve(TARGET, `${suite}.cjs`);
  await build({
    stdin: {
      contents: `import { runSuite } from '../support/suite';
        export const run = () => runSuite(() => { ${files.map((name) => `require('./${name}');`).join(' ')} });`,
      resolveDir: folder,
      loader: 'ts',
    },
    outfile,
    bundle: true,
    format: 'cjs',
    platform: 'browser',
    target: 'es2022',
    external: ['vscode'],
    inject: [resolve('test', 'vscode', 'support', 'console.ts')],
    define: { TOLD: JSON.stringify(told) },
    sourcemap: 'inline',
    logLevel: 'warning',
  });
  return outfile;
}
