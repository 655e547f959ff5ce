import { type Disposable, type TextDocument, type TextEditor, type Webview, window } from 'vscode';
import { labelsIn, type PanelModel } from '../../core';
import type { FromPage, ToPage } from '../../webview/protocol';
import { documentPlace } from '../convert';
import { settingsFor } from '../settings';
import { answerShared, type ViewParts } from './answer';
import { pageFolder, pageHtml } from './page';
import { messageFrom } from './receive';
import { openDocument, rested, type Subject } from './subject';

/** How long the cursor has to rest before the page follows it, in milliseconds. */
const REST = 120;

/** One page with the shapes of a class, wherever it stands. */
export interface ShapePage extends Disposable {
  /** Shows a class, until the cursor goes elsewhere. */
  readonly show: (subject: Subject) => void;
  /** Looks again once nothing has changed for a moment. */
  readonly ask: () => void;
  /** Looks again at once. */
  readonly refresh: () => void;
}

/** Fills a webview with the shape panel; it follows the cursor unless it is pinned. */
export const shapePage = (parts: ViewParts, webview: Webview, isVisible: () => boolean): ShapePage => {
  let isReady = false;
  let subject: Subject | undefined;
  let held: string | undefined;
  let pinned = false;
  let answers = 0;
  let request = 0;
  const post = (message: ToPage): void => {
    if (isReady) void webview.postMessage(message);
  };
  const follow = async (): Promise<void> => {
    const editor = window.activeTextEditor;
    if (pinned || !editor || editor.document.languageId !== 'python' || held === cursorKey(editor)) return;
    held = undefined;
    subject = await classUnderCursor(parts, editor, subject);
  };
  const draw = async (): Promise<void> => {
    if (!isReady || !isVisible()) return;
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
  const refresh = (): void => void draw().catch(parts.fail);
  const later = rested(REST, refresh);
  const take = async (message: FromPage): Promise<void> => {
    switch (message.type) {
      case 'ready':
        isReady = true;
        answers = 0;
        return draw();
      case 'give':
        answers = message.sequence;
        if (subject?.className === message.className) parts.typed.set(subject.uri, message.className, message.texts);
        return;
      case 'pin':
        pinned = message.pinned;
        return draw();
      case 'arrange':
      case 'fold':
      case 'export':
      case 'picture':
        return;
      default:
        if (subject) await answerShared(parts, subject.uri, message);
    }
  };
  const listening = webview.onDidReceiveMessage((data: unknown) => {
    const message = messageFrom(data);
    if (message) take(message).catch(parts.fail);
  });
  webview.options = { enableScripts: true, localResourceRoots: [pageFolder(parts.extensionUri)] };
  webview.html = pageHtml(webview, parts.extensionUri, 'panel', 'TensorScribe shapes', settingsFor().language);
  return {
    show: (next) => {
      subject = next;
      held = window.activeTextEditor && cursorKey(window.activeTextEditor);
      later.ask();
    },
    ask: later.ask,
    refresh,
    dispose: () => {
      isReady = false;
      later.dispose();
      listening.dispose();
    },
  };
};

const cursorKey = ({ document, selection }: TextEditor): string =>
  `${document.uri.toString()} ${document.offsetAt(selection.active)}`;

/** The class around the cursor; outside of all of them the last one of the document, or else its first. */
const classUnderCursor = async (
  { analyses }: ViewParts,
  { document, selection }: TextEditor,
  last: Subject | undefined,
): Promise<Subject | undefined> => {
  const { uri } = document;
  const offset = document.offsetAt(selection.active);
  const opened = await analyses.of(document);
  const names = await opened?.ask('classNames');
  if (!opened || !names) return undefined;
  const around = await opened.ask('classAt', offset);
  const stays = last?.uri.toString() === uri.toString() ? names.find((name) => name === last.className) : undefined;
  const className = around ?? stays ?? names[0];
  return className === undefined ? undefined : { uri, className };
};

const modelOf = async (
  { analyses, typed }: ViewParts,
  document: TextDocument,
  className: string,
): Promise<PanelModel | undefined> => {
  const texts = typed.of(document.uri, className);
  const opened = await analyses.given(document, className, texts);
  return opened?.ask('panel', className, settingsFor(document).language, texts);
};

/** Where the cursor is, when it is in the document that the view is about. */
export const cursorOf = (document: TextDocument | undefined): ToPage => {
  const editor = window.activeTextEditor;
  const isHere = editor !== undefined && editor.document === document;
  return { type: 'cursor', place: isHere ? documentPlace(editor.document, editor.selection) : null };
};
