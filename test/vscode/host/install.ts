import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';

/** The pinned VS Code of `pins/`: the current one, or the oldest that the manifest allows. */
export type Pin = 'current' | 'minimum';

/** Where an installed VS Code server and the Node for it lie. */
export interface HostPaths {
  readonly serverRoot: string;
  readonly node: string;
}

/** Native modules of the server that are replaced, because building them needs a compiler. */
const NATIVES = ['spdlog', 'native-watchdog'] as const;

/**
 * Installs the VS Code server of a pin into `.vscode-host/` from packages alone; does nothing when the installed
 * one is what the pin asks for. Takes about half a minute and 800 MB.
 */
export function installHost(pin: Pin): HostPaths {
  const source = resolve('test', 'vscode', 'host', 'pins', pin);
  const target = resolve('.vscode-host', pin);
  const stamp = join(target, 'installed.txt');
  const wanted = readFileSync(join(source, 'package-lock.json'), 'utf8');
  const host = hostPaths(target);
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
    download(source, target, host);
    writeFileSync(stamp, wanted);
  }
  for (const name of NATIVES) replaceNative(host, name);
  return host;
}

function download(source: string, target: string, host: HostPaths): void {
  console.log(`installing VS Code for tests into ${target} (once, about 800 MB)`);
  mkdirSync(target, { recursive: true });
  cpSync(source, target, { recursive: true });
  npm(target, 'ci');
  // The server brings its own shrinkwrap, which `npm ci` refuses as out of step with its package.json.
  npm(host.serverRoot, 'install', '--omit=dev');
}

const nativeSource = (name: string): string => resolve('test', 'vscode', 'host', 'natives', `${name}.ts`);

function replaceNative(host: HostPaths, name: string): void {
  buildSync({
    entryPoints: [nativeSource(name)],
    outfile: join(host.serverRoot, 'node_modules', '@vscode', name, 'index.js'),
    allowOverwrite: true,
    bundle: true,
    format: 'cjs',
    platform: 'node',
    target: 'node20',
  });
}

const hostPaths = (target: string): HostPaths => ({
  serverRoot: join(target, 'node_modules', 'code-server', 'lib', 'vscode'),
  node: join(target, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin', 'node'),
});

/** Without scripts: the server's own would build native modules that neither tests nor a preview need. */
function npm(folder: string, ...args: readonly string[]): void {
  const start = performance.now();
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', '--engine-strict=false'];
  const { status } = spawnSync('npm', [...args, ...quiet], { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });
  if (status !== 0) throw new Error(`npm ${args.join(' ')} failed in ${folder}`);
  console.log(`npm ${args.join(' ')}: ${((performance.now() - start) / 1000).toFixed(1)} s`);
}
