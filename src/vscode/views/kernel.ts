import { type Memento, type WebviewPanel, workspace } from 'vscode';
import { type KernelRequest, kernelLabelsIn } from '../../core';
import type { FromPage } from '../../webview/protocol';
import { settingsFor } from '../settings';
import { messages } from '../words';
import { answerShared, type ViewParts } from './answer';
import { messageFrom } from './receive';
import { rested, type Subject } from './subject';
import { type ClassTab, type ClassTabs, classTabs } from './tabs';

/** How long code has to rest before the preview is computed again, in milliseconds. */
const REST = 250;

/** Previews of fused kernels in editor tabs, one for each class. */
export const kernels = (parts: ViewParts, state: Memento): ClassTabs =>
  classTabs(parts, state, { type: 'tensorscribe.kernel', view: 'kernel', word: messages.kernel, open: newTab });

const newTab = (parts: ViewParts, panel: WebviewPanel, { uri, className }: Subject): ClassTab => {
  const { webview } = panel;
  let isReady = false;
  let answers = 0;
  let wanted: KernelRequest = {};
  const draw = async (): Promise<void> => {
    if (!isReady) return;
    const document = await workspace.openTextDocument(uri);
    const { language } = settingsFor(document);
    const began = answers;
    const opened = await parts.analyses.given(document, className, parts.typed.of(uri, className));
    const model = await opened?.ask('kernelView', className, language, wanted);
    if (began !== answers) return;
    const empty = kernelLabelsIn(language).noClass;
    void webview.postMessage({ type: 'kernel', answers, model: model ?? null, empty });
  };
  const later = rested(REST, () => void draw().catch(parts.fail));
  const take = async (message: FromPage): Promise<void> => {
    switch (message.type) {
      case 'ready':
        isReady = true;
        answers = 0;
        return draw();
      case 'fold': {
        const { sequence, region, output, input, edits } = message;
        answers = sequence;
        wanted = { output, input, edits, ...(region !== null && { region }) };
        return draw();
      }
      case 'reveal':
      case 'revealSpan':
      case 'show':
      case 'copy':
        return answerShared(parts, uri, message);
      default:
        return;
    }
  };
  webview.onDidReceiveMessage((data: unknown) => {
    const message = messageFrom(data);
    if (message) take(message).catch(parts.fail);
  });
  return {
    reveal: () => panel.reveal(undefined, true),
    ask: later.ask,
    light: () => undefined,
    dispose: later.dispose,
  };
};
