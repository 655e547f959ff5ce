import {
  type Disposable,
  type TextDocument,
  type TextEditor,
  type Uri,
  type WebviewView,
  window,
  workspace,
} from 'vscode';
import { classAt, labelsIn, type PanelModel, panel } from '../../core';
import type { FromPage, ToPage } from '../../webview/protocol';
import { documentPlace } from '../convert';
import { settingsFor } from '../settings';
import { answerShared, type ViewParts } from './answer';
import { pageFolder, pageHtml } from './page';
import { messageFrom } from './receive';
import { openDocument, rested, type Subject } from './subject';

/** The id of the view in the side bar. */
export const SHAPES = 'tensorscribe.shapes';

/** How long the cursor has to rest before the panel follows it, in milliseconds. */
const REST = 120;

export interface ShapePanel {
  /** Shows a class, until the cursor goes to another one. */
  readonly show: (uri: Uri, className: string) => void;
  readonly subscriptions: readonly Disposable[];
}

/** The shape panel in the side bar: it follows the cursor unless it is pinned. */
export const shapePanel = (parts: ViewParts): ShapePanel => {
  let view: WebviewView | undefined;
  let isReady = false;
  let subject: Subject | undefined;
  let pinned = false;
  let answers = 0;
  let request = 0;
  const post = (message: ToPage): void => {
    if (isReady) void view?.webview.postMessage(message);
  };
  const follow = async (): Promise<void> => {
    const editor = window.activeTextEditor;
    if (pinned || !editor || editor.document.languageId !== 'python') return;
    subject = await classUnderCursor(parts, editor, subject);
  };
  const refresh = async (): Promise<void> => {
    if (!isReady || !view?.visible) return;
    request++;
    const own = request;
    await follow();
    const document = subject ? openDocument(subject.uri) : undefined;
    const { language } = settingsFor(document ?? window.activeTextEditor?.document);
    const model = subject && document ? await modelOf(parts, document, subject.className) : undefined;
    if (own !== request) return;
    post({ type: 'panel', answers, model: model ?? null, labels: labelsIn(language), pinned });
    post(cursorOf(document));
  };
  const later = rested(REST, () => void refresh().catch(parts.fail));
  const take = async (message: FromPage): Promise<void> => {
    switch (message.type) {
      case 'ready':
        isReady = true;
        answers = 0;
        return refresh();
      case 'give':
        answers = message.sequence;
        if (subject?.className === message.className) parts.typed.set(subject.uri, message.className, message.texts);
        return;
      case 'pin':
        pinned = message.pinned;
        return refresh();
      case 'arrange':
        return;
      default:
        if (subject) await answerShared(parts, subject.uri, message);
    }
  };
  const provider = {
    resolveWebviewView: (resolved: WebviewView): void => {
      view = resolved;
      isReady = false;
      const { webview } = resolved;
      webview.options = { enableScripts: true, localResourceRoots: [pageFolder(parts.extensionUri)] };
      webview.onDidReceiveMessage((data: unknown) => {
        const message = messageFrom(data);
        if (message) take(message).catch(parts.fail);
      });
      resolved.onDidChangeVisibility(later.ask);
      resolved.onDidDispose(() => {
        view = undefined;
        isReady = false;
      });
      const { language } = settingsFor();
      webview.html = pageHtml(webview, parts.extensionUri, 'panel', 'TensorScribe shapes', language);
    },
  };
  return {
    show: (uri, className) => {
      subject = { uri, className };
      later.ask();
    },
    subscriptions: [
      later,
      window.registerWebviewViewProvider(SHAPES, provider),
      window.onDidChangeTextEditorSelection(later.ask),
      window.onDidChangeActiveTextEditor(later.ask),
      workspace.onDidChangeTextDocument(later.ask),
      workspace.onDidChangeConfiguration(later.ask),
      parts.typed.onDidChange(() => void refresh().catch(parts.fail)),
      parts.analyses.onDidChange(later.ask),
    ],
  };
};

/** The class around the cursor; outside of all of them the last one of the document, or else its first. */
const classUnderCursor = async (
  { analyses }: ViewParts,
  { document, selection }: TextEditor,
  last: Subject | undefined,
): Promise<Subject | undefined> => {
  const { uri } = document;
  const analysis = await analyses.of(document);
  if (!analysis) return undefined;
  const around = classAt(analysis, document.offsetAt(selection.active));
  const stays =
    last?.uri.toString() === uri.toString() ? analysis.classes.find(({ name }) => name === last.className) : undefined;
  const unit = around ?? stays ?? analysis.classes[0];
  return unit && { uri, className: unit.name };
};

const modelOf = async (
  { analyses, typed }: ViewParts,
  document: TextDocument,
  className: string,
): Promise<PanelModel | undefined> => {
  const texts = typed.of(document.uri, className);
  const analysis = await analyses.given(document, className, texts);
  return analysis && panel(analysis, className, settingsFor(document).language, texts);
};

/** Where the cursor is, when it is in the document that the view is about. */
export const cursorOf = (document: TextDocument | undefined): ToPage => {
  const editor = window.activeTextEditor;
  const isHere = editor !== undefined && editor.document === document;
  return { type: 'cursor', place: isHere ? documentPlace(editor.document, editor.selection) : null };
};
