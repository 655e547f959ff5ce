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

/** The colour themes in which every view has to be readable. */
export const THEMES = {
  light: 'Default Light Modern',
  dark: 'Default Dark Modern',
  contrastDark: 'Default High Contrast',
  contrastLight: 'Default High Contrast Light',
} as const;

/** Switches the colour theme and waits until the window has it. */
export async function useTheme(theme: keyof typeof THEMES): Promise<void> {
  const changed = new Promise<void>((resolve) => {
    const subscription = window.onDidChangeActiveColorTheme(() => {
      subscription.dispose();
      resolve();
    });
  });
  const before = workspace.getConfiguration('workbench').get('colorTheme');
  await setting('workbench.colorTheme', THEMES[theme]);
  if (before !== THEMES[theme]) await changed;
}
