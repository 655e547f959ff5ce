// Stands in for the native module `@vscode/spdlog`, which needs a compiler: without it the server writes no logs.
import { appendFileSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

const LEVELS = ['trace', 'debug', 'info', 'warning', 'error', 'critical', 'off'] as const;
const INFO = 2;

interface Logger {
  readonly [write: string]: (argument: never) => unknown;
}

/** A logger that appends to one file; it does not rotate, as a test run is short. */
export async function createAsyncRotatingLogger(_name: string, file: string): Promise<Logger> {
  mkdirSync(dirname(file), { recursive: true });
  let least: number = INFO;
  let plain = false;
  const write = (level: number) => (message: string) => {
    if (level < least) return;
    const time = new Date().toISOString().replace('T', ' ').slice(0, -1);
    appendFileSync(file, plain ? message : `${time} [${LEVELS[level]}] ${message}\n`);
  };
  return {
    trace: write(0),
    debug: write(1),
    info: write(2),
    warn: write(3),
    error: write(4),
    critical: write(5),
    getLevel: () => least,
    setLevel: (level: number) => {
      least = level;
    },
    clearFormatters: () => {
      plain = true;
    },
    setPattern: () => undefined,
    flush: () => undefined,
    drop: () => undefined,
  };
}

/** Every logger has its own level, and every line is written at once. */
export const setLevel = (): void => undefined;
export const setFlushOn = (): void => undefined;
