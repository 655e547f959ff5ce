import { ConfigurationTarget, extensions, type TextEditor, Uri, window, workspace } from 'vscode';
import { until } from './until';

/** The extension under test. */
export const EXTENSION = 'tensorscribe.tensorscribe';

/** Opens a file of the examples in an editor and waits for the extension; the file is the test's own copy. */
export async function open(file: string): Promise<TextEditor> {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  if (!folder) throw new Error('the tests need a workspace folder');
  const editor = await window.showTextDocument(await workspace.openTextDocument(Uri.joinPath(folder, file)));
  await until('the extension to be active', () => extensions.getExtension(EXTENSION)?.isActive);
  return editor;
}

/** Writes a setting of the user, `undefined` to take it back. */
export async function setting(name: string, value: unknown): Promise<void> {
  await workspace.getConfiguration().update(name, value, ConfigurationTarget.Global);
}
