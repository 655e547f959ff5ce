import { type Disposable, EventEmitter, type InlayHint, languages, type TextDocument, workspace } from 'vscode';
import { lineIndex } from '../core';
import type { Analyses } from './analyses';
import { toCodeLens, toHover, toInlayHint, toTextEdits } from './convert';
import { hintStyle, settingsFor } from './settings';

/** Without a scheme, so that cells of notebooks are served too. */
export const PYTHON = { language: 'python' };

/** Hovers, inlay hints and code lenses. */
export const registerProviders = (analyses: Analyses): readonly Disposable[] => {
  const changed = new EventEmitter<void>();
  const documents = new WeakMap<InlayHint, { readonly document: TextDocument; readonly version: number }>();
  return [
    changed,
    analyses.onDidChange(() => changed.fire()),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('tensorscribe')) changed.fire();
    }),
    languages.registerHoverProvider(PYTHON, {
      provideHover: async (document, position, token) => {
        const offset = document.offsetAt(position);
        const opened = await analyses.of(document, token);
        const found = await opened?.ask('hover', offset, settingsFor(document).language);
        return opened && found && toHover(lineIndex(opened.text), document.uri, found);
      },
    }),
    languages.registerInlayHintsProvider(PYTHON, {
      onDidChangeInlayHints: changed.event,
      provideInlayHints: async (document, range, token) => {
        const settings = settingsFor(document);
        if (!settings.inlayHints) return [];
        const asked = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
        const { version } = document;
        const opened = await analyses.of(document, token);
        const { language } = settings;
        const options = { position: 'assignments', style: hintStyle(settings), language } as const;
        const found = await opened?.ask('hints', asked, options);
        if (!opened || !found) return [];
        const lines = lineIndex(opened.text);
        return found.map((one) => {
          const hint = toInlayHint(lines, one);
          documents.set(hint, { document, version });
          return hint;
        });
      },
      // A double click writes the hint as a comment; what that takes is only worked out when somebody may do it.
      resolveInlayHint: async (hint, token) => {
        const made = documents.get(hint);
        const opened = made && (await analyses.of(made.document, token));
        if (!made || !opened || made.document.version !== made.version) return hint;
        const { comments } = settingsFor(made.document);
        const edits = await opened.ask('hintComment', made.document.offsetAt(hint.position), comments);
        if (edits && edits.length > 0) hint.textEdits = [...toTextEdits(opened.text, edits)];
        return hint;
      },
    }),
    languages.registerCodeLensProvider(PYTHON, {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses: async (document, token) => {
        const settings = settingsFor(document);
        if (!settings.codeLens) return [];
        const opened = await analyses.whole(document, token);
        const found = await opened?.ask('lenses', settings.language);
        if (!opened || !found) return [];
        const lines = lineIndex(opened.text);
        return found.map((lens) => toCodeLens(lines, document.uri, lens));
      },
    }),
  ];
};
