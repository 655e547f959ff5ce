import { commands, env, type Uri } from 'vscode';
import { type GivenTexts, type Language, panelTable, summaryText } from '../../core';
import type { Opened } from '../../engine';
import type { CopyFormat, FromPage, View } from '../../webview/protocol';
import type { Analyses } from '../analyses';
import { settingsFor } from '../settings';
import type { WorkspaceSources } from '../sources';
import { reveal } from './reveal';
import { openDocument } from './subject';
import type { TypedTexts } from './typed';

/** What both views are made with. */
export interface ViewParts {
  readonly extensionUri: Uri;
  readonly analyses: Analyses;
  readonly sources: WorkspaceSources;
  readonly typed: TypedTexts;
  /** Takes what an asynchronous step threw. */
  readonly fail: (error: unknown) => void;
}

const OPENS: Readonly<Record<View, string>> = {
  panel: 'tensorscribe.openShapePanel',
  diagram: 'tensorscribe.openDiagram',
  kernel: 'tensorscribe.openKernels',
};

/** Messages that mean the same from both pages; `uri` is the document that the page is about. */
export type SharedMessage = Extract<FromPage, { type: 'reveal' | 'revealSpan' | 'show' | 'copy' }>;

export const answerShared = async ({ analyses, sources, typed }: ViewParts, uri: Uri, message: SharedMessage) => {
  const document = openDocument(uri);
  switch (message.type) {
    case 'reveal': {
      const { place } = message;
      const at = document ? sources.uriOf(document, place.path) : undefined;
      if (at) await reveal(at, place);
      return;
    }
    case 'revealSpan':
      await reveal(uri, message);
      return;
    case 'show':
      await commands.executeCommand(OPENS[message.view], uri, message.className);
      return;
    case 'copy': {
      const { className, format } = message;
      const texts = typed.of(uri, className);
      const opened = document && (await analyses.given(document, className, texts));
      const table = opened && (await tableOf(opened, className, texts, format, settingsFor(document).language));
      if (table !== undefined) await env.clipboard.writeText(table);
    }
  }
};

/** The layers of a class as text to take elsewhere. */
const tableOf = async (
  opened: Opened,
  className: string,
  texts: GivenTexts,
  format: CopyFormat,
  language: Language,
): Promise<string | undefined> => {
  if (format === 'python') return opened.ask('deployCode', className);
  if (format === 'text') {
    const table = await opened.ask('summary', className);
    return table && summaryText(table);
  }
  const model = await opened.ask('panel', className, language, texts);
  return model && panelTable(model, format);
};
