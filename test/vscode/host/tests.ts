import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { runTests, TestRunFailedError } from '@vscode/test-electron';
import type { Told } from '../support/told';
import { BRIDGE_VARIABLE } from './bridge/protocol';
import { freeAddress } from './bridge/serve';
import { bundleShim, bundleSuite } from './bundle';
import { installHost } from './install';
import { ensureSystemPackages } from './system';

/**
 * A VS Code to test in: `current` and `minimum` are servers out of packages, shown by Chromium, the newest pinned one
 * and the oldest that the manifest allows; `web` is the current one with the extension in a web worker; `desktop` is
 * downloaded by VS Code's own test runner.
 */
export type Host = 'current' | 'minimum' | 'web' | 'desktop';

/** What is run, and how: a folder of `test/vscode`, tests whose title has `grep`, a display language. */
export interface Selection {
  readonly suite: string;
  readonly host: Host;
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

/** Where a run leaves its counts. */
export const resultFile = (suite: string, host: Host): string =>
  resolve('out', 'test-results', `vscode-${suite}-${host}.json`);

/** The host of this machine unless VSCODE_HOST names another one; the servers are for Linux. */
export function chosenHost(name = process.env.VSCODE_HOST): Host {
  if (name === 'minimum' || name === 'web' || name === 'desktop' || name === 'current') return name;
  if (name) throw new Error(`no host ${name}: current, minimum, web or desktop`);
  return process.platform === 'linux' ? 'current' : 'desktop';
}

/**
 * Runs a suite in a real VS Code and answers the exit code: 0 passed, 1 failed, 70 the extension host went away,
 * 124 no end in time.
 */
export async function runVsCodeTests(selection: Selection): Promise<number> {
  const desktop = selection.host === 'desktop';
  if (!desktop) {
    ensureSystemPackages();
    installHost(selection.host === 'minimum' ? 'minimum' : 'current');
  }
  const result = resultFile(selection.suite, selection.host);
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
      extensionTestsEnv: { [BRIDGE_VARIABLE]: bridge, VSCODE_HOST: selection.host },
    });
  } catch (error) {
    if (error instanceof TestRunFailedError) return error.code ?? 1;
    throw error;
  } finally {
    rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
  }
  return codeOf(result);
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
