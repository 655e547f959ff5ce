import { Uri, workspace } from 'vscode';
import { type Analyzer, createAnalyzer, createParser } from '../core';

/** Gives the analyzer, whose parser is loaded when it is first asked for. */
export const lazyAnalyzer = (extensionUri: Uri): (() => Promise<Analyzer>) => {
  let loading: Promise<Analyzer> | undefined;
  return () => {
    loading ??= load(extensionUri).catch((reason: unknown) => {
      loading = undefined;
      throw reason;
    });
    return loading;
  };
};

const load = async (extensionUri: Uri): Promise<Analyzer> => {
  const [runtime, grammar] = await Promise.all(
    ['web-tree-sitter.wasm', 'tree-sitter-python.wasm'].map((name) =>
      workspace.fs.readFile(Uri.joinPath(extensionUri, 'dist', name)),
    ),
  );
  if (!runtime || !grammar) throw new Error('the parser is not in the package');
  return createAnalyzer(await createParser(runtime, grammar));
};
