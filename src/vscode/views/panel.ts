import { type Disposable, type Uri, ViewColumn, type WebviewPanel, type WebviewView, window, workspace } from 'vscode';
import { say } from '../../core';
import { settingsFor } from '../settings';
import { messages } from '../words';
import type { ViewParts } from './answer';
import { tabIcon } from './page';
import { type ShapePage, shapePage } from './shape-page';
import type { Subject } from './subject';

/** The id of the view in the side bar, and that of the same page in an editor tab. */
export const SHAPES = 'tensorscribe.shapes';
const TAB = 'tensorscribe.shapesTab';

export interface ShapePanel {
  /** Shows a class, until the cursor goes to another one. */
  readonly show: (uri: Uri, className: string) => void;
  /** Opens the page beside the editor; about a class, or about the one at the cursor. */
  readonly openTab: (subject: Subject | undefined) => void;
  readonly subscriptions: readonly Disposable[];
}

/** The shape panel in the side bar and in editor tabs. */
export const shapePanel = (parts: ViewParts): ShapePanel => {
  let inSideBar: ShapePage | undefined;
  let wanted: Subject | undefined;
  const tabs = new Set<ShapePage>();
  const pages = (): readonly ShapePage[] => [...(inSideBar ? [inSideBar] : []), ...tabs];
  const askAll = (): void => {
    for (const page of pages()) page.ask();
  };
  const provider = {
    resolveWebviewView: (view: WebviewView): void => {
      const page = shapePage(parts, view.webview, () => view.visible);
      inSideBar = page;
      if (wanted) page.show(wanted);
      view.onDidChangeVisibility(page.ask);
      view.onDidDispose(() => {
        page.dispose();
        inSideBar = undefined;
      });
    },
  };
  const adopt = (panel: WebviewPanel): ShapePage => {
    const page = shapePage(parts, panel.webview, () => panel.visible);
    tabs.add(page);
    panel.iconPath = tabIcon(parts.extensionUri);
    panel.onDidChangeViewState(page.ask);
    panel.onDidDispose(() => {
      page.dispose();
      tabs.delete(page);
    });
    return page;
  };
  return {
    show: (uri, className) => {
      wanted = { uri, className };
      inSideBar?.show(wanted);
    },
    openTab: (subject) => {
      const title = say(messages.shapesTab, settingsFor(window.activeTextEditor?.document).language);
      const page = adopt(window.createWebviewPanel(TAB, title, { viewColumn: ViewColumn.Beside, preserveFocus: true }));
      if (subject) page.show(subject);
    },
    subscriptions: [
      { dispose: () => pages().forEach((page) => void page.dispose()) },
      window.registerWebviewViewProvider(SHAPES, provider),
      window.registerWebviewPanelSerializer(TAB, { deserializeWebviewPanel: async (panel) => void adopt(panel) }),
      window.onDidChangeTextEditorSelection(askAll),
      window.onDidChangeActiveTextEditor(askAll),
      workspace.onDidChangeTextDocument(askAll),
      workspace.onDidChangeConfiguration(askAll),
      parts.typed.onDidChange(() => pages().forEach((page) => void page.refresh())),
      parts.analyses.onDidChange(askAll),
    ],
  };
};
