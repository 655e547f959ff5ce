import {
  type Disposable,
  type Memento,
  type TextDocument,
  Uri,
  ViewColumn,
  type WebviewPanel,
  window,
  workspace,
} from 'vscode';
import { type DiagramModel, type DiagramRequest, diagram, labelsIn, say } from '../../core';
import type { FromPage, ToPage } from '../../webview/protocol';
import { settingsFor } from '../settings';
import { messages } from '../words';
import { answerShared, type ViewParts } from './answer';
import { pageFolder, pageHtml, tabIcon } from './page';
import { messageFrom } from './receive';
import { decoded, exported, save, toPaint } from './save';
import { cursorOf } from './shape-page';
import { rested, type Subject } from './subject';

const TYPE = 'tensorscribe.diagram';

/** How long code has to rest before its diagram is drawn again, in milliseconds. */
const REST = 250;

/** How long a layout may take before what is left is laid out plainly, in milliseconds. */
const DEADLINE = 1500;

export interface Diagrams {
  readonly show: (uri: Uri, className: string) => void;
  readonly subscriptions: readonly Disposable[];
}

/** Layer diagrams in editor tabs, one for each class; `state` remembers which file a class is of. */
export const diagrams = (parts: ViewParts, state: Memento): Diagrams => {
  const open = new Map<string, Tab>();
  const adopt = (panel: WebviewPanel, subject: Subject): void => {
    const key = `${subject.uri.toString()} ${subject.className}`;
    void state.update(`diagram ${subject.className}`, subject.uri.toString());
    open.set(key, newTab(parts, panel, subject));
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
      const known = open.get(`${uri.toString()} ${className}`);
      if (known) return known.reveal();
      const column = { viewColumn: ViewColumn.Beside, preserveFocus: true };
      const panel = window.createWebviewPanel(TYPE, titleOf(className), column, optionsOf(parts));
      adopt(panel, { uri, className });
    },
    subscriptions: [
      { dispose: () => open.forEach((tab) => void tab.dispose()) },
      window.registerWebviewPanelSerializer(TYPE, {
        deserializeWebviewPanel: async (panel, kept: unknown) => {
          const className = classNameOf(kept);
          const uri = className === undefined ? undefined : state.get<unknown>(`diagram ${className}`);
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

const titleOf = (className: string): string => `${className} · ${say(messages.diagram, settingsFor().language)}`;

const classNameOf = (kept: unknown): string | undefined =>
  typeof kept === 'object' && kept !== null && 'className' in kept && typeof kept.className === 'string'
    ? kept.className
    : undefined;

interface Tab extends Disposable {
  readonly reveal: () => void;
  /** Draws again when nothing has changed for a moment. */
  readonly ask: () => void;
  readonly light: () => void;
}

const newTab = (parts: ViewParts, panel: WebviewPanel, { uri, className }: Subject): Tab => {
  const { webview } = panel;
  let isReady = false;
  let answers = 0;
  let arranged: DiagramRequest = {};
  let document: TextDocument | undefined;
  const post = (message: ToPage): void => {
    if (isReady) void webview.postMessage(message);
  };
  const draw = async (): Promise<void> => {
    if (!isReady) return;
    document = await workspace.openTextDocument(uri);
    const { language } = settingsFor(document);
    const began = answers;
    const model = await modelOf(parts, document, className, arranged);
    if (began !== answers) return;
    post({ type: 'diagram', answers, model: model ?? null, labels: labelsIn(language) });
    post(cursorOf(document));
  };
  const later = rested(REST, () => void draw().catch(parts.fail));
  const take = async (message: FromPage): Promise<void> => {
    switch (message.type) {
      case 'ready':
        isReady = true;
        answers = 0;
        return draw();
      case 'arrange':
        answers = message.sequence;
        arranged = { direction: message.direction, ...(message.open !== null && { open: message.open }) };
        return draw();
      case 'export': {
        const { format } = message;
        const model = document && (await modelOf(parts, document, className, arranged));
        if (!model) return;
        if (format === 'png') post({ type: 'paint', ...toPaint(model) });
        else await save(uri, className, format, exported(model, format));
        return;
      }
      case 'picture':
        return save(uri, className, 'png', decoded(message.png));
      case 'give':
      case 'pin':
        return;
      default:
        await answerShared(parts, uri, message);
    }
  };
  webview.onDidReceiveMessage((data: unknown) => {
    const message = messageFrom(data);
    if (message) take(message).catch(parts.fail);
  });
  panel.iconPath = tabIcon(parts.extensionUri);
  webview.html = pageHtml(webview, parts.extensionUri, 'diagram', 'TensorScribe diagram', settingsFor().language);
  return {
    reveal: () => panel.reveal(undefined, true),
    ask: later.ask,
    light: () => post(cursorOf(document)),
    dispose: later.dispose,
  };
};

const modelOf = async (
  { analyses, typed }: ViewParts,
  document: TextDocument,
  className: string,
  request: DiagramRequest,
): Promise<DiagramModel | undefined> => {
  const analysis = await analyses.given(document, className, typed.of(document.uri, className));
  const end = Date.now() + DEADLINE;
  return (
    analysis &&
    diagram(analysis, className, settingsFor(document).language, { ...request, expired: () => Date.now() > end })
  );
};
