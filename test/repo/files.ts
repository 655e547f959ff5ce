import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..', '..');

/** The files of the project that git keeps or would keep, relative to its root, whose path matches. */
export function projectFiles(pattern: RegExp): readonly string[] {
  const list = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
    cwd: ROOT,
    encoding: 'utf8',
  });
  return list.split('\n').filter((file) => pattern.test(file) && existsSync(resolve(ROOT, file)));
}

export const readText = (file: string): string => readFileSync(resolve(ROOT, file), 'utf8');

export const rootPath = (file: string): string => resolve(ROOT, file);

/** What the test reads out of a JSON file is for the test to say; comments are not understood. */
export function readJson<T>(file: string): T {
  return JSON.parse(readText(file));
}
