// The first look: an example annotated in the terminal, its diagram, and an editor with the extension loaded.
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { installHost } from '../test/vscode/host/install';
import { startServer } from '../test/vscode/host/server';
import { workbenchUrl } from '../test/vscode/host/workbench';
import { heading, runScript } from './steps';

const EXAMPLE = join('examples', 'residual_block.py');
const CLASS = 'Classifier';
const PROFILE = resolve('.vscode-host', 'profile');

const { values } = parseArgs({ options: { 'no-editor': { type: 'boolean', default: false } } });

heading('build');
if (!runScript('build')) process.exit(1);
for (const language of ['en', 'zh-cn']) {
  heading(`${EXAMPLE}, annotated (${language})`);
  process.stdout.write(cli('annotate', EXAMPLE, '--language', language));
}
const diagram = join('out', 'residual_block.svg');
mkdirSync('out', { recursive: true });
writeFileSync(diagram, cli('diagram', EXAMPLE, '--class', CLASS, '--format', 'svg'));
heading(`the diagram of ${CLASS} is in ${diagram}`);

const interactive = process.stdin.isTTY && process.stdout.isTTY;
if (interactive && !values['no-editor']) await openEditor();

/** What the command line of this build prints; ends the start when it fails. */
function cli(...args: readonly string[]): string {
  const { status, stdout } = spawnSync(process.execPath, [join('dist', 'cli.js'), ...args], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    maxBuffer: 64 * 1024 * 1024,
  });
  if (status !== 0) process.exit(status ?? 1);
  return stdout;
}

async function openEditor(): Promise<void> {
  heading('editor');
  const shell = process.platform === 'win32';
  const code = spawnSync('code', [`--extensionDevelopmentPath=${resolve('.')}`, resolve('examples')], { shell });
  if (code.status === 0) return console.log('VS Code opened the examples with the extension loaded.');
  if (process.platform !== 'linux') {
    return console.log('Install VS Code and its command `code` to open the examples with the extension loaded.');
  }
  await serveEditor();
}

/** A VS Code in the browser, for machines without the desktop one; it listens on this machine only. */
async function serveEditor(): Promise<void> {
  const server = await startServer(installHost('current'), {
    dataDir: PROFILE,
    extensionsDir: join(PROFILE, 'extensions'),
    // Only with this flag the server loads an extension from its source folder.
    flags: ['--enable-smoke-test-driver', '--disable-workspace-trust'],
  });
  const url = workbenchUrl(server, { developmentPaths: ['.'], paths: ['examples', EXAMPLE], testsPath: undefined });
  console.log(`\nOpen the examples in your browser (Ctrl+C ends it):\n\n  ${url}&tkn=${server.token}\n`);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => server.stop());
  await server.ended;
}
