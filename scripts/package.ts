// Packs the extension into out/tensorscribe-VERSION.vsix and refuses one that has grown too large.
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createVSIX } from '@vscode/vsce';

const LIMIT_MB = 1.5;

const { name, version }: { readonly name: string; readonly version: string } = JSON.parse(
  readFileSync('package.json', 'utf8'),
);
const packagePath = join('out', `${name}-${version}.vsix`);
await createVSIX({
  packagePath,
  dependencies: false,
  followSymlinks: false,
  allowMissingRepository: true,
  rewriteRelativeLinks: false,
});
const megabytes = statSync(packagePath).size / 1_000_000;
console.log(`${packagePath}: ${megabytes.toFixed(2)} MB`);
if (megabytes > LIMIT_MB) {
  console.error(`larger than ${LIMIT_MB} MB`);
  process.exitCode = 1;
}
