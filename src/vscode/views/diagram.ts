import { type Memento, type TextDocument, type WebviewPanel, workspace } from 'vscode';
import { type DiagramModel, type DiagramRequest, labelsIn } from '../../core';
import type { FromPage, ToPage } from '../../webview/protocol';
import { settingsFor } from '../settings';
import { messages } from '../words';
import { answerShared, type ViewParts } from './answer';
import { messageFrom } from './receive';
import { decoded, exported, save, toPaint } from './save';
import { cursorOf } from './shape-page';
import { rested, type Subject } from './subject';
import { type ClassTab, type ClassTabs, classTabs } from './tabs';

const TYPE = 'tensorscribe.diagram';

/** How long code has to rest before its diagram is drawn again, in milliseconds. */
const REST = 250;

/** Layer diagrams in editor tabs, one for each class. */
export const diagrams = (parts: ViewParts, state: Memento): ClassTabs =>
  classTabs(parts, state, { type: TYPE, view: 'diagram', word: messages.diagram, open: newTab });

const newTab = (parts: ViewParts, panel: WebviewPanel, { uri, className }: Subject): ClassTab => {
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
      case 'fold':
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
  const opened = await analyses.given(document, className, typed.of(document.uri, className));
  return opened?.ask('diagram', className, settingsFor(document).language, request);
};
