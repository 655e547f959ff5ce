import { Uri, workspace } from 'vscode';
import type { AskingPort, Connect } from '../engine';

/** Gives an engine that was started its parser, which lies beside the program. */
export const withParser =
  (extensionUri: Uri, start: () => AskingPort): Connect =>
  async () => {
    const [runtime, grammar] = await Promise.all(
      ['web-tree-sitter.wasm', 'tree-sitter-python.wasm'].map((name) =>
        workspace.fs.readFile(Uri.joinPath(extensionUri, 'dist', name)),
      ),
    );
    if (!runtime || !grammar) throw new Error('the parser is not in the package');
    const port = start();
    port.post({ type: 'parser', runtime, grammar });
    return port;
  };
