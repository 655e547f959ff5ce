import { readFileSync, statSync } from 'node:fs';
import type { Sources } from '../core';

/** Python files below some folders, read when they are first asked for. */
export const folderSources = (roots: readonly string[]): Sources => {
  const texts = new Map<string, string | undefined>();
  return {
    roots,
    read: (path) => {
      if (!texts.has(path)) texts.set(path, readText(path));
      return texts.get(path);
    },
    isFolder: (path) => statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false,
  };
};

/** The text of a file, or undefined where there is none. */
export const readText = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};
