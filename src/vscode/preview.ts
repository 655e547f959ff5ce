import { commands, type Disposable, EventEmitter, type TextDocument, Uri, workspace } from 'vscode';
import { applyEdits, say } from '../core';
import type { Analyses } from './analyses';
import { annotatePlan, type Message, plannedEdits } from './comments';
import { settingsFor } from './settings';
import { messages } from './words';

/** The scheme of documents that show another one as it would be with comments. */
export const PREVIEW_SCHEME = 'tensorscribe-preview';

/** Shows what the comments would be in a diff editor, beside the document as it is; nothing is written. */
export const commentPreview = (
  analyses: Analyses,
): {
  readonly show: (document: TextDocument) => Promise<Message | undefined>;
  readonly subscriptions: readonly Disposable[];
} => {
  const shown = new Map<string, Uri>();
  const changed = new EventEmitter<Uri>();
  const refresh = (document: TextDocument): void => {
    const preview = shown.get(document.uri.toString());
    if (preview) changed.fire(preview);
  };
  const provider = workspace.registerTextDocumentContentProvider(PREVIEW_SCHEME, {
    onDidChange: changed.event,
    provideTextDocumentContent: async (uri) => {
      const document = await workspace.openTextDocument(Uri.parse(uri.query, true));
      const planned = await plannedEdits(analyses, document, annotatePlan());
      return 'edits' in planned ? applyEdits(document.getText(), planned.edits) : document.getText();
    },
  });
  return {
    show: async (document) => {
      const planned = await plannedEdits(analyses, document, annotatePlan());
      if ('refused' in planned) return planned.refused;
      if (planned.edits.length === 0) return messages.upToDate;
      const name = document.uri.path.slice(document.uri.path.lastIndexOf('/') + 1);
      const preview = Uri.from({ scheme: PREVIEW_SCHEME, path: document.uri.path, query: document.uri.toString() });
      shown.set(document.uri.toString(), preview);
      changed.fire(preview);
      const title = `${name}: ${say(messages.withComments, settingsFor(document).language)}`;
      await commands.executeCommand('vscode.diff', document.uri, preview, title);
      return undefined;
    },
    subscriptions: [
      provider,
      changed,
      workspace.onDidChangeTextDocument(({ document }) => refresh(document)),
      workspace.onDidCloseTextDocument(({ uri }) => {
        if (uri.scheme === PREVIEW_SCHEME) shown.delete(uri.query);
      }),
    ],
  };
};
