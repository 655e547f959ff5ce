import { type Disposable, FileType, type TextDocument, Uri, workspace } from 'vscode';
import type { Sources } from '../core';
import { pathOf } from './convert';

/** Python files of the workspace that analyses import, held in memory. */
export interface WorkspaceSources extends Disposable {
  /** Where the imports of a document are looked up: only what has been loaded answers. */
  readonly of: (document: TextDocument) => Promise<Sources>;
  /** Looks modules up for a document; whether anything new was found. */
  readonly load: (document: TextDocument, modules: readonly string[]) => Promise<boolean>;
  /** The address of a path that an analysis of the document names; undefined for a file that was not loaded. */
  readonly uriOf: (document: TextDocument, path: string) => Uri | undefined;
}

/** Files that one window holds at most, and bytes of one file. */
const MOST_FILES = 400;
const MOST_BYTES = 1_000_000;

/** `changed` is called when a file that was loaded, or a folder in which one was sought, is another now. */
export const workspaceSources = (changed: () => void): WorkspaceSources => {
  const texts = new Map<string, string>();
  const folders = new Map<string, Promise<Listing>>();
  const listed = new Set<string>();
  const list = (folder: Uri): Promise<Listing> => {
    const key = folder.toString();
    const known = folders.get(key);
    if (known) return known;
    const listing = readFolder(folder);
    folders.set(key, listing);
    void listing.then((found) => found && listed.add(key));
    return listing;
  };
  const forget = (uri: Uri): void => {
    const above = Uri.joinPath(uri, '..').toString();
    const isKnown = texts.delete(uri.toString()) || folders.delete(above);
    folders.delete(above);
    folders.delete(Uri.joinPath(uri, '..', '..').toString());
    listed.delete(above);
    if (isKnown) changed();
  };
  const readFile = async (uri: Uri): Promise<boolean> => {
    const key = uri.toString();
    if (texts.has(key) || texts.size >= MOST_FILES) return false;
    const text = openText(key) ?? (await textOf(uri));
    if (text === undefined) return false;
    texts.set(key, text);
    return true;
  };
  /** One module below one root: the names of its path are followed through the listings of the folders. */
  const find = async (root: Uri, module: string): Promise<boolean> => {
    const names = module.split('.');
    let folder = root;
    let isNew = false;
    for (const [i, name] of names.entries()) {
      const entries = await list(folder);
      if (i === names.length - 1 && entries?.get(`${name}.py`) === FileType.File)
        isNew = (await readFile(Uri.joinPath(folder, `${name}.py`))) || isNew;
      if (!isFolder(entries?.get(name))) return isNew;
      folder = Uri.joinPath(folder, name);
    }
    const inner = await list(folder);
    if (inner?.get('__init__.py') === FileType.File)
      isNew = (await readFile(Uri.joinPath(folder, '__init__.py'))) || isNew;
    return isNew;
  };
  const rootsOf = (document: TextDocument): Promise<readonly Uri[]> => rootsFor(document.uri, list);
  const watcher = workspace.createFileSystemWatcher('**/*.py');
  const subscriptions: readonly Disposable[] = [
    watcher,
    watcher.onDidChange(forget),
    watcher.onDidCreate(forget),
    watcher.onDidDelete(forget),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length === 0 || !texts.has(document.uri.toString())) return;
      texts.set(document.uri.toString(), document.getText());
      changed();
    }),
  ];
  return {
    of: async (document) => {
      const at = (path: string): string => document.uri.with({ path, fragment: '', query: '' }).toString();
      return {
        roots: (await rootsOf(document)).map(({ path }) => path),
        read: (path) => texts.get(at(path)),
        isFolder: (path) => listed.has(at(path)),
      };
    },
    load: async (document, modules) => {
      const roots = await rootsOf(document);
      const found = await Promise.all(modules.flatMap((module) => roots.map((root) => find(root, module))));
      return found.includes(true);
    },
    uriOf: (document, path) => {
      if (path === pathOf(document)) return document.uri;
      const uri = document.uri.with({ path, fragment: '', query: '' });
      return texts.has(uri.toString()) ? uri : undefined;
    },
    dispose: () => {
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
};

type Listing = ReadonlyMap<string, FileType> | undefined;

const isFolder = (type: FileType | undefined): boolean => type !== undefined && (type & FileType.Directory) !== 0;

const readFolder = async (folder: Uri): Promise<Listing> => {
  try {
    return new Map(await workspace.fs.readDirectory(folder));
  } catch {
    return undefined;
  }
};

/** What is open counts as it stands in the editor. */
const openText = (key: string): string | undefined =>
  workspace.textDocuments.find((document) => document.uri.toString() === key)?.getText();

const textOf = async (uri: Uri): Promise<string | undefined> => {
  try {
    if ((await workspace.fs.stat(uri)).size > MOST_BYTES) return undefined;
    return await workspace.decode(await workspace.fs.readFile(uri), { uri });
  } catch {
    return undefined;
  }
};

/**
 * The folders that absolute imports start from, best first: above the document's package, its own folder when that is
 * no package, and the workspace folder with its `src`. Nothing outside the workspace is looked at.
 */
const rootsFor = async (uri: Uri, list: (folder: Uri) => Promise<Listing>): Promise<readonly Uri[]> => {
  const workspaceFolder = workspace.getWorkspaceFolder(uri)?.uri;
  if (!workspaceFolder) return [];
  const top = workspaceFolder.with({ path: workspaceFolder.path.replace(/\/$/, '') });
  let root = Uri.joinPath(uri.with({ fragment: '', query: '' }), '..');
  while (root.path.length > top.path.length && (await list(root))?.has('__init__.py')) root = Uri.joinPath(root, '..');
  const src = Uri.joinPath(top, 'src');
  const hasSrc = isFolder((await list(top))?.get('src'));
  const roots = new Map([root, top, ...(hasSrc ? [src] : [])].map((folder) => [folder.path, folder]));
  return [...roots.values()];
};
