import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { HostPaths } from './install';

/** A running VS Code server that listens on the loopback address only. */
export interface Server {
  readonly port: number;
  readonly token: string;
  /** Settles when the process ends, with what it printed last. */
  readonly ended: Promise<string>;
  readonly stop: () => Promise<void>;
}

/** Where a server keeps its state and what it is started with. */
export interface ServerOptions {
  readonly dataDir: string;
  readonly extensionsDir: string;
  readonly flags: readonly string[];
  /** 0 for any free port. */
  readonly port?: number;
}

/** Milliseconds until a server that says nothing counts as failed. */
const START_LIMIT = 60_000;

/** What nobody wants to see in a test or a picture: invitations, updates, welcome pages. */
const QUIET_SETTINGS = {
  'chat.disableAIFeatures': true,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoUpdate': false,
  'extensions.autoCheckUpdates': false,
  'extensions.ignoreRecommendations': true,
  'workbench.startupEditor': 'none',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'workbench.tips.enabled': false,
};

/** Starts the server and waits until it listens; rejects with its output when it does not. */
export async function startServer(host: HostPaths, options: ServerOptions): Promise<Server> {
  prepareProfile(options);
  const token = randomUUID();
  const child = spawn(host.node, serverArguments(host, options, token), {
    env: serverEnvironment(options.dataDir),
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own, so that its extension host, watcher and terminals end with it.
    detached: true,
  });
  let log = '';
  const ended = new Promise<string>((resolve) => child.once('exit', () => resolve(log.slice(-4000))));
  const listening = new Promise<number>((resolve) => {
    const read = (data: Buffer): void => {
      log += data.toString('utf8');
      const port = /Extension host agent listening on (\d+)/.exec(log)?.[1];
      if (port) resolve(Number(port));
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
  });
  const port = await Promise.race([
    listening,
    ended.then(() => undefined),
    delay(START_LIMIT, undefined, { ref: false }),
  ]);
  if (port === undefined) {
    await stopGroup(child);
    throw new Error(`the VS Code server did not start:\n${log.slice(-4000)}`);
  }
  return { port, token, ended, stop: () => stopGroup(child) };
}

function serverArguments(host: HostPaths, options: ServerOptions, token: string): readonly string[] {
  return [
    join(host.serverRoot, 'out', 'server-main.js'),
    ...['--host', '127.0.0.1', '--port', String(options.port ?? 0), '--connection-token', token],
    ...['--accept-server-license-terms', '--telemetry-level', 'off'],
    ...['--server-data-dir', join(options.dataDir, 'server'), '--user-data-dir', options.dataDir],
    ...['--extensions-dir', options.extensionsDir],
    ...options.flags,
  ];
}

/** A test run started from VS Code's own terminal must not talk to that VS Code. */
function serverEnvironment(dataDir: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(VSCODE_IPC|VSCODE_NLS|ELECTRON_)/.test(name));
  return { ...Object.fromEntries(inherited), XDG_RUNTIME_DIR: dataDir };
}

/** The settings lie where the desktop has them, so that a caller may bring its own. */
function prepareProfile({ dataDir, extensionsDir }: ServerOptions): void {
  const settings = join(dataDir, 'User', 'settings.json');
  mkdirSync(join(dataDir, 'User'), { recursive: true });
  mkdirSync(extensionsDir, { recursive: true });
  if (!existsSync(settings)) writeFileSync(settings, JSON.stringify(QUIET_SETTINGS, undefined, 2));
}

async function stopGroup(child: ChildProcess): Promise<void> {
  const signal = (name: NodeJS.Signals | 0): boolean => {
    try {
      return child.pid !== undefined && process.kill(-child.pid, name);
    } catch {
      return false;
    }
  };
  signal('SIGTERM');
  for (let waited = 0; signal(0) && waited < 3000; waited += 50) await delay(50);
  signal('SIGKILL');
}
