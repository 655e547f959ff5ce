import { type Disposable, FileType, type TextDocument, Uri, workspace } from 'vscode';
import type { Roots, Shared } from '../engine';
import { pathOf } from './convert';

/** Python files of the workspace that analyses import, shared with the engine. */
export interface WorkspaceSources extends Disposable {
  /** Where the imports of a document are looked up: only what has been loaded answers. */
  readonly of: (document: TextDocument) => Promise<Roots>;
  /** Looks modules up for a document; whether anything new was found. */
  readonly load: (document: TextDocument, modules: readonly string[]) => Promise<boolean>;
  /** The address of a path that an analysis of the document names; undefined for a file that was not loaded. */
  readonly uriOf: (document: TextDocument, path: string) => Uri | undefined;
}

/** Files that one window holds at most, and bytes of one file. */
const MOST_FILES = 400;
const MOST_BYTES = 1_000_000;

/**
 * `share` is given each file and folder; `changed` is called when a file that was loaded, or a folder in which one was
 * sought, is another now.
 */
export const workspaceSources = (share: (shared: Shared) => void, changed: () => void): WorkspaceSources => {
  const loaded = new Set<string>();
  const folders = new Map<string, Promise<Listing>>();
  const list = (folder: Uri): Promise<Listing> => {
    const key = folder.toString();
    const known = folders.get(key);
    if (known) return known;
    const listing = readFolder(folder);
    folders.set(key, listing);
    void listing.then((found) => found && share({ type: 'folder', name: nameOf(folder), exists: true }));
    return listing;
  };
  const forget = (uri: Uri): void => {
    const above = Uri.joinPath(uri, '..').toString();
    const isKnown = loaded.delete(uri.toString()) || folders.delete(above);
    share({ type: 'file', name: nameOf(uri), text: null });
    folders.delete(above);
    folders.delete(Uri.joinPath(uri, '..', '..').toString());
    share({ type: 'folder', name: nameOf(Uri.joinPath(uri, '..')), exists: false });
    if (isKnown) changed();
  };
  const readFile = async (uri: Uri): Promise<boolean> => {
    const key = uri.toString();
    if (loaded.has(key) || loaded.size >= MOST_FILES) return false;
    const text = openText(key) ?? (await textOf(uri));
    if (text === undefined) return false;
    loaded.add(key);
    share({ type: 'file', name: nameOf(uri), text });
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
      if (contentChanges.length === 0 || !loaded.has(document.uri.toString())) return;
      share({ type: 'file', name: nameOf(document.uri), text: document.getText() });
      changed();
    }),
  ];
  return {
    of: async (document) => ({
      place: placeOf(document.uri),
      roots: (await rootsOf(document)).map(({ path }) => path),
    }),
    load: async (document, modules) => {
      const roots = await rootsOf(document);
      const found = await Promise.all(modules.flatMap((module) => roots.map((root) => find(root, module))));
      return found.includes(true);
    },
    uriOf: (document, path) => {
      if (path === pathOf(document)) return document.uri;
      const uri = document.uri.with({ path, fragment: '', query: '' });
      return loaded.has(uri.toString()) ? uri : undefined;
    },
    dispose: () => {
      for (const subscription of subscriptions) subscription.dispose();
    },
  };
};

/** What the engine calls a file or folder: the place, which documents share with what they import, and the path. */
const nameOf = (uri: Uri): string => placeOf(uri) + uri.path;
const placeOf = ({ scheme, authority }: Uri): string => `${scheme}://${authority}`;

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
