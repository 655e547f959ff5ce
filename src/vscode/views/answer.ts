import { commands, env, type Uri } from 'vscode';
import { summary, summaryText } from '../../core';
import type { FromPage } from '../../webview/protocol';
import type { Analyses } from '../analyses';
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
      await commands.executeCommand(
        message.view === 'panel' ? 'tensorscribe.openShapePanel' : 'tensorscribe.openDiagram',
        uri,
        message.className,
      );
      return;
    case 'copy': {
      const { className } = message;
      const analysis = document && (await analyses.given(document, className, typed.of(uri, className)));
      const table = analysis && summary(analysis, className);
      if (table) await env.clipboard.writeText(summaryText(table));
    }
  }
};
