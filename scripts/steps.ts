import { spawnSync } from 'node:child_process';

/** Prints the heading of a step. */
export function heading(text: string): void {
  console.log(`\n=== ${text}`);
}

/** Runs a script of package.json with its output on the terminal; answers whether it ended with 0. */
export function runScript(name: string, ...args: readonly string[]): boolean {
  return succeeded('npm', ['run', '--silent', name, ...(args.length > 0 ? ['--', ...args] : [])]);
}

/** Runs a program of this Node with its output on the terminal; answers whether it ended with 0. */
export function runNode(...args: readonly string[]): boolean {
  return succeeded(process.execPath, args);
}

function succeeded(command: string, args: readonly string[]): boolean {
  const shell = process.platform === 'win32' && command === 'npm';
  return spawnSync(command, [...args], { stdio: 'inherit', shell }).status === 0;
}
