import { copyFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import * as esbuild from 'esbuild';

const { values: flags } = parseArgs({ options: { watch: { type: 'boolean' }, production: { type: 'boolean' } } });
const require = createRequire(import.meta.url);
const packageFolder = (name) => join('node_modules', name);

/** The runtime of the parser and the grammar: read as bytes at run time, so they are files of their own. */
const WASM = [join('web-tree-sitter', 'web-tree-sitter.wasm'), join('tree-sitter-python', 'tree-sitter-python.wasm')];

const common = {
  bundle: true,
  minify: flags.production ?? false,
  sourcemap: flags.production ? false : 'linked',
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
};

// The ESM build of the parser asks for `import.meta.url`, which is empty in CommonJS and kills `Parser.init`.
const commonJs = {
  format: 'cjs',
  external: ['vscode'],
  alias: { 'web-tree-sitter': require.resolve('web-tree-sitter') },
};

const bundles = [
  {
    ...commonJs,
    entryPoints: { extension: 'src/vscode/main.ts', engine: 'src/engine/thread.ts' },
    outExtension: { '.js': '.cjs' },
    outdir: 'dist',
    platform: 'node',
    target: 'node20',
  },
  {
    ...commonJs,
    entryPoints: { extension: 'src/vscode/web.ts' },
    outExtension: { '.js': '.cjs' },
    outdir: 'dist/web',
    platform: 'browser',
    target: 'es2022',
  },
  {
    entryPoints: { webview: 'src/webview/main.ts' },
    outdir: 'dist',
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
  },
  {
    entryPoints: { cli: 'src/cli/main.ts' },
    outdir: 'dist',
    format: 'esm',
    platform: 'node',
    target: 'node20',
    banner: { js: '#!/usr/bin/env node' },
  },
].map((bundle) => ({ ...common, ...bundle }));

if (!flags.watch) await rm('dist', { recursive: true, force: true });
await mkdir('dist', { recursive: true });
await Promise.all(WASM.map((file) => copyFile(packageFolder(file), join('dist', file.slice(file.indexOf('/') + 1)))));

if (flags.watch) {
  const contexts = await Promise.all(bundles.map((bundle) => esbuild.context({ ...bundle, logLevel: 'info' })));
  await Promise.all(contexts.map((context) => context.watch()));
} else {
  // What is wrong has been printed by then; a stack of the bundler adds nothing.
  const results = await Promise.all(bundles.map((bundle) => esbuild.build(bundle))).catch(() => process.exit(1));
  await writeLicences(results.flatMap((result) => Object.keys(result.metafile.inputs)));
  if (flags.production) printSizes(results);
}

/** The licences of what is bundled ask to be shipped with it. */
async function writeLicences(inputs) {
  const bundled = inputs.map((input) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1]);
  const names = [...new Set([...bundled, ...WASM.map((file) => dirname(file))])].filter((name) => name).sort();
  const texts = await Promise.all(
    names.map(async (name) => `${name}\n\n${await readFile(join(packageFolder(name), 'LICENSE'), 'utf8')}`),
  );
  await writeFile(join('dist', 'third-party-licenses.txt'), texts.join(`\n${'-'.repeat(80)}\n\n`));
}

function printSizes(results) {
  for (const { metafile } of results)
    for (const [file, { bytes }] of Object.entries(metafile.outputs))
      console.log(`${file}  ${Math.ceil(bytes / 1024)} KiB`);
}
