import { type Disposable, type Memento, Uri, ViewColumn, type WebviewPanel, window, workspace } from 'vscode';
import { say } from '../../core';
import type { View } from '../../webview/protocol';
import { settingsFor } from '../settings';
import type { ViewParts } from './answer';
import { pageFolder, pageHtml, tabIcon } from './page';
import type { Subject } from './subject';

/** Editor tabs of one view, one for each class. */
export interface ClassTabs {
  readonly show: (uri: Uri, className: string) => void;
  readonly subscriptions: readonly Disposable[];
}

export interface ClassTab extends Disposable {
  readonly reveal: () => void;
  /** Draws again when nothing has changed for a moment. */
  readonly ask: () => void;
  /** Shows where the cursor is. */
  readonly light: () => void;
}

interface Kind {
  /** The type of the panel, as VS Code restores it. */
  readonly type: string;
  readonly view: View;
  /** What stands behind the name of the class in the title. */
  readonly word: { readonly en: string; readonly zh: string };
  readonly open: (parts: ViewParts, panel: WebviewPanel, subject: Subject) => ClassTab;
}

/** Keeps the tabs of a view; `state` remembers which file a class is of. */
export const classTabs = (parts: ViewParts, state: Memento, kind: Kind): ClassTabs => {
  const open = new Map<string, ClassTab>();
  const keyOf = ({ uri, className }: Subject): string => `${uri.toString()} ${className}`;
  const adopt = (panel: WebviewPanel, subject: Subject): void => {
    const key = keyOf(subject);
    void state.update(`${kind.view} ${subject.className}`, subject.uri.toString());
    const tab = kind.open(parts, panel, subject);
    open.set(key, tab);
    panel.iconPath = tabIcon(parts.extensionUri);
    panel.webview.html = pageHtml(
      panel.webview,
      parts.extensionUri,
      kind.view,
      `TensorScribe ${kind.view}`,
      settingsFor().language,
    );
    panel.onDidDispose(() => {
      open.get(key)?.dispose();
      open.delete(key);
    });
  };
  const askAll = (): void => {
    for (const tab of open.values()) tab.ask();
  };
  return {
    show: (uri, className) => {
      const known = open.get(keyOf({ uri, className }));
      if (known) return known.reveal();
      const column = { viewColumn: ViewColumn.Beside, preserveFocus: true };
      const title = `${className} · ${say(kind.word, settingsFor().language)}`;
      adopt(window.createWebviewPanel(kind.type, title, column, optionsOf(parts)), { uri, className });
    },
    subscriptions: [
      { dispose: () => open.forEach((tab) => void tab.dispose()) },
      window.registerWebviewPanelSerializer(kind.type, {
        deserializeWebviewPanel: async (panel, kept: unknown) => {
          const className = classNameOf(kept);
          const uri = className === undefined ? undefined : state.get<unknown>(`${kind.view} ${className}`);
          if (className === undefined || typeof uri !== 'string') return panel.dispose();
          panel.webview.options = optionsOf(parts);
          adopt(panel, { uri: Uri.parse(uri), className });
        },
      }),
      workspace.onDidChangeTextDocument(({ contentChanges }) => {
        if (contentChanges.length > 0) askAll();
      }),
      workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('tensorscribe')) askAll();
      }),
      window.onDidChangeTextEditorSelection(() => {
        for (const tab of open.values()) tab.light();
      }),
      parts.analyses.onDidChange(askAll),
      parts.typed.onDidChange(askAll),
    ],
  };
};

const optionsOf = ({ extensionUri }: ViewParts) => ({
  enableScripts: true,
  localResourceRoots: [pageFolder(extensionUri)],
});

const classNameOf = (kept: unknown): string | undefined =>
  typeof kept === 'object' && kept !== null && 'className' in kept && typeof kept.className === 'string'
    ? kept.className
    : undefined;
