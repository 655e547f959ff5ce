import { hasBridge, run, webviews } from './bridge';
import { setting } from './editor';
import { until } from './until';

/** The colour themes in which every view has to be readable, and how the window and its webviews tell them. */
const THEMES = {
  light: { name: 'Default Light Modern', window: 'vs', page: 'vscode-light' },
  dark: { name: 'Default Dark Modern', window: 'vs-dark', page: 'vscode-dark' },
  contrastDark: { name: 'Default High Contrast', window: 'hc-black', page: 'vscode-high-contrast' },
  contrastLight: { name: 'Default High Contrast Light', window: 'hc-light', page: 'vscode-high-contrast-light' },
} as const;

export type Theme = keyof typeof THEMES;

/** The names of all of them, light first. */
export const ALL_THEMES: readonly Theme[] = ['light', 'dark', 'contrastDark', 'contrastLight'];

/** Switches the colour theme and waits until the window and the webviews in it have it. */
export async function useTheme(theme: Theme): Promise<void> {
  await setting('workbench.colorTheme', THEMES[theme].name);
  if (hasBridge) await until(`the theme ${theme}`, () => isShown(theme));
}

/** Goes back to the theme that a new window has. */
export const resetTheme = (): Promise<void> => setting('workbench.colorTheme', undefined);

async function isShown(theme: Theme): Promise<boolean> {
  const { window, page } = THEMES[theme];
  const hasClass = (name: string): boolean =>
    document.querySelector('.monaco-workbench')?.classList.contains(name) ?? false;
  const hasKind = (kind: string): boolean => document.body.dataset.vscodeThemeKind === kind;
  const inPages = (await webviews()).map((webview) => run(hasKind, page, { webview }));
  return (await Promise.all([run(hasClass, window), ...inPages])).every((shown) => shown === true);
}
