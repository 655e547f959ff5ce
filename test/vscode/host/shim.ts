// A stand-in for the desktop VS Code executable: takes the command line that `runTests` passes, starts the VS Code
// server, opens the workbench in headless Chromium, lets the tests run in the extension host and ends with their code.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { readArguments } from './arguments';
import { perform } from './bridge/perform';
import { BRIDGE_VARIABLE, OUTPUT_MARK } from './bridge/protocol';
import { serveBridge } from './bridge/serve';
import { openPage } from './browser';
import { installHost, type Pin } from './install';
import { type Server, startServer } from './server';
import { loadInWebWorker, workbenchUrl } from './workbench';

const args = readArguments(process.argv.slice(2));
const pin: Pin = process.env.VSCODE_HOST === 'minimum' ? 'minimum' : 'current';
const inWebWorker = process.env.VSCODE_HOST === 'web';
const verbose = process.env.VSCODE_HOST_VERBOSE === '1';
const limit = Number(process.env.VSCODE_HOST_TIMEOUT_MS ?? 300_000);

/** Exit codes beside those of the tests. */
const EXIT = { failed: 1, hung: 124, interrupted: 130 } as const;

const scratch = mkdtempSync(join(tmpdir(), 'vscode-host-'));
let server: Server | undefined;
let browser: Browser | undefined;
let page: Page | undefined;
let ending = false;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => finish(EXIT.interrupted));
setTimeout(() => finish(EXIT.hung, `no result after ${limit / 1000} s`), limit).unref();
main().catch((error: unknown) => finish(EXIT.failed, error instanceof Error ? error.message : String(error)));

async function main(): Promise<void> {
  const bridge = process.env[BRIDGE_VARIABLE];
  if (bridge) await serveBridge(bridge, async (order) => page && perform(page, order));
  const dataDir = resolve(args.userDataDir ?? join(scratch, 'user'));
  const host = installHost(pin);
  server = await startServer(host, {
    dataDir,
    extensionsDir: resolve(args.extensionsDir ?? join(scratch, 'extensions')),
    // Without the smoke test driver the server ignores the tests in silence.
    flags: ['--enable-smoke-test-driver', ...(args.disableTrust ? ['--disable-workspace-trust'] : [])],
  });
  server.ended.then((log) => finish(EXIT.failed, `the server ended early\n${log}`));
  ({ browser, page } = await openPage(args.locale, {
    log: printLog,
    exit: (code) => finish(code),
    crash: () => finish(EXIT.failed, 'the page crashed'),
  }));
  // In the address the token would cost a redirect.
  await page
    .context()
    .addCookies([{ name: 'vscode-tkn', value: server.token, url: `http://127.0.0.1:${server.port}` }]);
  if (inWebWorker) await loadInWebWorker(page, host, args);
  const inNode = inWebWorker ? { ...args, developmentPaths: [], testsPath: undefined } : args;
  await page.goto(workbenchUrl(server, inNode));
}

async function finish(code: number, reason?: string): Promise<void> {
  if (ending) return;
  ending = true;
  if (reason) console.error(`[vscode-host] ${reason}`);
  await browser?.close().catch(() => undefined);
  await server?.stop();
  rmSync(scratch, { recursive: true, force: true });
  process.exit(code);
}

/** VS Code's own services log much that says nothing about the tests; VSCODE_HOST_VERBOSE=1 shows it. */
function printLog(level: string, parts: readonly unknown[]): void {
  const [first, ...rest] = parts;
  const marked = typeof first === 'string' && first.startsWith(OUTPUT_MARK);
  if (verbose) console.log(`[${level}]`, ...parts);
  else if (marked) console.log(...[first.slice(OUTPUT_MARK.length).trimStart(), ...rest].filter((part) => part !== ''));
}
