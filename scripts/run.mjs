// Runs a TypeScript file on a Node without type stripping: node scripts/run.mjs FILE.ts [ARGUMENT…]
import { dirname, join, parse, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

process.chdir(join(dirname(fileURLToPath(import.meta.url)), '..'));
const [script] = process.argv.splice(2, 1);
if (!script) {
  console.error('usage: node scripts/run.mjs FILE.ts [ARGUMENT…]');
  process.exit(2);
}
const outfile = resolve('out', 'scripts', `${parse(script).name}.mjs`);
await build({
  entryPoints: [script],
  outfile,
  bundle: true,
  packages: 'external',
  format: 'esm',
  platform: 'node',
  target: 'node20',
  sourcemap: 'inline',
  logLevel: 'warning',
}).catch(() => process.exit(1));
await import(pathToFileURL(outfile).href);
