import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runTests } from '@vscode/test-electron';
import type { Told } from '../support/told';
import { BRIDGE_VARIABLE } from './bridge/protocol';
import { freeAddress } from './bridge/serve';
import { bundleShim, bundleSuite } from './bundle';
import { ensureSystemPackages } from './system';

/** What is run, and how: a folder of `test/vscode`, tests whose title has `grep`, a display language. */
export interface Selection {
  readonly suite: string;
  readonly grep?: string | undefined;
  readonly locale?: string | undefined;
}

/** The counts that a finished run leaves behind. */
export interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** VS Code answers 0 when its extension host crashes; a run that left no counts is worth this code instead. */
const CRASHED = 70;

/** Where a run of a suite leaves its counts. */
export const resultFile = (suite: string): string => resolve('out', 'test-results', `vscode-${suite}.json`);

/**
 * Runs a suite in a real VS Code and answers the exit code: 0 passed, 1 failed, 70 the extension host went away,
 * 124 no end in time. VSCODE_HOST chooses it: `current` or `minimum` (servers out of packages, shown by Chromium),
 * `web` (current, extension in a web worker) or `desktop` (downloaded; the default where there is no server).
 */
export async function runVsCodeTests(selection: Selection): Promise<number> {
  const desktop = (process.env.VSCODE_HOST ?? (process.platform === 'linux' ? 'current' : 'desktop')) === 'desktop';
  if (!desktop) ensureSystemPackages();
  const result = resultFile(selection.suite);
  rmSync(result, { force: true });
  const scratch = mkdtempSync(join(tmpdir(), 'tensorscribe-'));
  const bridge = desktop ? '' : await freeAddress();
  const told: Told = {
    result,
    screenshots: resolve('out', 'screenshots'),
    grep: selection.grep ?? '',
    bridge,
  };
  try {
    const workspace = join(scratch, 'workspace');
    cpSync('examples', workspace, { recursive: true });
    await runTests({
      ...(desktop ? {} : { vscodeExecutablePath: await bundleShim() }),
      extensionDevelopmentPath: resolve('.'),
      extensionTestsPath: await bundleSuite(selection.suite, told),
      launchArgs: [
        workspace,
        `--user-data-dir=${join(scratch, 'user')}`,
        `--extensions-dir=${join(scratch, 'extensions')}`,
        ...(selection.locale ? [`--locale=${selection.locale}`] : []),
      ],
      extensionTestsEnv: { [BRIDGE_VARIABLE]: bridge },
    });
  } catch (error) {
    return isFailedRun(error) ? error.code : 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
  return codeOf(result);
}

/** `runTests` rejects with an error that carries the exit code, but exports its class only as a type. */
function isFailedRun(error: unknown): error is Error & { readonly code: number } {
  return error instanceof Error && 'code' in error && typeof error.code === 'number';
}

function codeOf(result: string): number {
  if (!existsSync(result)) {
    console.error('the extension host went away before the tests ended');
    return CRASHED;
  }
  const counts: Counts = JSON.parse(readFileSync(result, 'utf8'));
  if (counts.passed + counts.failed === 0) console.error('no test ran');
  return counts.failed > 0 || counts.passed === 0 ? 1 : 0;
}
