// Takes the pictures of the README: what the screenshot suite puts into `readme/` goes to media/screenshots/. The others,
// for looking at every view in every theme, stay in out/screenshots/: npm run screenshots [-- --grep TEXT]
import { cpSync, existsSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { chosenHost, runVsCodeTests } from '../test/vscode/host/tests';

const TAKEN = resolve('out', 'screenshots', 'readme');
const KEPT = resolve('media', 'screenshots');

const { values } = parseArgs({ options: { grep: { type: 'string' } } });
rmSync(TAKEN, { recursive: true, force: true });
// Twice the pixels, so that the pictures are sharp on today's screens.
process.env.VSCODE_HOST_SCALE = '2';
process.env.VSCODE_HOST_TIMEOUT_MS ??= '1200000';
process.exitCode = await runVsCodeTests({ suite: 'screenshots', host: chosenHost(), grep: values.grep });
if (process.exitCode === 0 && existsSync(TAKEN)) {
  // Some of the pictures replace themselves, all of them replace what there was.
  if (!values.grep) rmSync(KEPT, { recursive: true, force: true });
  cpSync(TAKEN, KEPT, { recursive: true });
  console.log(`the pictures are in ${KEPT}`);
}
