import { existsSync, mkdirSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join, posix, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import type { Arguments } from './arguments';
import type { HostPaths } from './install';
import type { Server } from './server';

/** The address of the workbench that opens the folder or files and runs the extension and its tests in Node. */
export function workbenchUrl(
  server: Server,
  args: Pick<Arguments, 'developmentPaths' | 'testsPath' | 'paths'>,
): string {
  const authority = `127.0.0.1:${server.port}`;
  const remote = (path: string): string => `vscode-remote://${authority}${pathToFileURL(resolve(path)).pathname}`;
  const paths = args.paths.map((path) => resolve(path)).filter((path) => existsSync(path));
  const folder = paths.find((path) => statSync(path).isDirectory());
  const payload = [
    ['skipWelcome', 'true'],
    ['skipReleaseNotes', 'true'],
    ...args.developmentPaths.map((path) => ['extensionDevelopmentPath', remote(path)]),
    ...(args.testsPath ? [['extensionTestsPath', remote(args.testsPath)]] : []),
    ...paths.filter((path) => path !== folder).map((path) => ['openFile', remote(path)]),
  ];
  const query = new URLSearchParams({ ...(folder ? { folder } : { ew: 'true' }), payload: JSON.stringify(payload) });
  return `http://${authority}/?${query}`;
}

/**
 * Makes the workbench load the extension and its tests as vscode.dev does: over HTTP, into a web worker. The page's
 * own settings carry that, so they are changed before the workbench reads them. The page may load from its own origin
 * only, so it is linked into what the server serves.
 */
export async function loadInWebWorker(page: Page, host: HostPaths, args: Arguments): Promise<void> {
  const folder = join(host.serverRoot, SERVED);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
  for (const name of LINKED) symlinkSync(resolve(name), join(folder, name));
  const served = (path: string): string => posix.join(SERVED, relative(resolve('.'), resolve(path)));
  const extensions = args.developmentPaths.map(served);
  const tests = args.testsPath === undefined ? undefined : served(args.testsPath);
  await page.addInitScript(developHere, { extensions, tests });
}

const SERVED = 'under-test';

/** Not the whole project: a link to it would make a circle, as the server lies within. */
const LINKED = ['package.json', 'package.nls.json', 'package.nls.zh-cn.json', 'dist', 'media', 'syntaxes', 'out'];

/** Runs in the page, while it is being read. */
function developHere({
  extensions,
  tests,
}: {
  readonly extensions: readonly string[];
  readonly tests?: string | undefined;
}) {
  const observer = new MutationObserver(() => {
    const base = document.getElementById('vscode-workbench-web-base-url')?.dataset.settings;
    const configuration = document.getElementById('vscode-workbench-web-configuration')?.dataset;
    if (!base || !configuration?.settings) return;
    observer.disconnect();
    const uri = (path: string) => ({ scheme: 'http', authority: location.host, path: `/${base}/${path}` });
    const options = JSON.parse(configuration.settings);
    const developmentOptions = {
      ...options.developmentOptions,
      extensions: extensions.map(uri),
      ...(tests === undefined ? {} : { extensionTestsPath: uri(tests) }),
    };
    configuration.settings = JSON.stringify({ ...options, developmentOptions });
  });
  observer.observe(document, { childList: true, subtree: true });
}
