import type { Sources } from '../interp';

/** Sources that remember what was asked of them, so that an answer that changed is noticed. */
export interface WatchedSources {
  readonly sources: Sources;
  /** Whether other sources would have answered the same; they are asked from now on. */
  readonly follow: (next: Sources) => boolean;
}

export const watchSources = (first: Sources): WatchedSources => {
  let current = first;
  const texts = new Map<string, string | undefined>();
  const folders = new Map<string, boolean>();
  const isFolder = (path: string): boolean => current.isFolder?.(path) ?? false;
  return {
    sources: {
      roots: first.roots,
      read: (path) => remembered(texts, path, (p) => current.read(p)),
      isFolder: (path) => remembered(folders, path, isFolder),
    },
    follow: (next) => {
      if (next.roots.join('\n') !== first.roots.join('\n')) return false;
      current = next;
      for (const [path, text] of texts) if (next.read(path) !== text) return false;
      for (const [path, is] of folders) if (isFolder(path) !== is) return false;
      return true;
    },
  };
};

const remembered = <T>(known: Map<string, T>, path: string, ask: (path: string) => T): T => {
  const answer = ask(path);
  known.set(path, answer);
  return answer;
};
