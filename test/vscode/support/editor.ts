import {
  ConfigurationTarget,
  commands,
  extensions,
  Position,
  Range,
  Selection,
  type TextEditor,
  TextEditorRevealType,
  Uri,
  window,
  workspace,
} from 'vscode';
import { waitText } from './bridge';
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

/**
 * Scrolls to a text and opens the list of problems once lenses in that language stand in the editor: VS Code shows those
 * that it had, and asks for none as soon as the editor loses the focus.
 */
export async function showProblems(
  editor: TextEditor,
  language: 'en' | 'zh-cn',
  text: string,
  wanted: string,
): Promise<void> {
  const scrollTo = (at: Position): void => editor.revealRange(new Range(at, at), TextEditorRevealType.AtTop);
  scrollTo(new Position(0, 0));
  await waitText('.codelens-decoration', language === 'en' ? 'annotate' : '写注释');
  scrollTo(editor.document.positionAt(editor.document.getText().indexOf(text)));
  await commands.executeCommand('workbench.actions.view.problems');
  await waitText('.markers-panel', wanted);
}

/** Puts the cursor into a text and asks for the hover there. */
export async function showHover(editor: TextEditor, text: string, into: number): Promise<void> {
  const at = editor.document.positionAt(editor.document.getText().indexOf(text) + into);
  await window.showTextDocument(editor.document);
  editor.selection = new Selection(at, at);
  editor.revealRange(editor.selection.with(new Position(at.line, 0)), TextEditorRevealType.InCenter);
  // Asked before the first analysis is done, VS Code may show nothing at all.
  await until('the hover', async () => {
    await commands.executeCommand('editor.action.showHover');
    return waitText('.monaco-hover-content', '', { timeout: 2000 }).then(
      () => true,
      () => false,
    );
  });
}
