import { commands, Uri, window, workspace } from 'vscode';
import { PROBLEM_PAGES } from '../core';

/** Opens a copy of a model that comes with the extension: nothing that is written there gets lost or overwrites. */
export const openExample = async (extensionUri: Uri): Promise<void> => {
  const bytes = await workspace.fs.readFile(Uri.joinPath(extensionUri, 'examples', 'residual_block.py'));
  const content = new TextDecoder().decode(bytes);
  await window.showTextDocument(await workspace.openTextDocument({ language: 'python', content }));
};

/** Shows the page of a finding, when it has one. */
export const openPage = async (extensionUri: Uri, code: unknown): Promise<void> => {
  if (typeof code !== 'string' || !PROBLEM_PAGES.includes(code)) return;
  await commands.executeCommand('markdown.showPreview', Uri.joinPath(extensionUri, 'docs', 'problems', `${code}.md`));
};
