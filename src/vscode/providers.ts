import { type Disposable, EventEmitter, type InlayHint, languages, type TextDocument, workspace } from 'vscode';
import { hintComment, hints, hover, lenses } from '../core';
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
        const analysis = await analyses.of(document, token);
        if (!analysis) return undefined;
        const found = hover(analysis, document.offsetAt(position), settingsFor(document).language);
        return found && toHover(analysis.lines, document.uri, found);
      },
    }),
    languages.registerInlayHintsProvider(PYTHON, {
      onDidChangeInlayHints: changed.event,
      provideInlayHints: async (document, range, token) => {
        const settings = settingsFor(document);
        if (!settings.inlayHints) return [];
        const asked = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
        const analysis = await analyses.of(document, token);
        if (!analysis) return [];
        const { language } = settings;
        const found = hints(analysis, asked, { position: 'assignments', style: hintStyle(settings), language });
        const { version } = document;
        return found.map((one) => {
          const hint = toInlayHint(analysis.lines, one);
          documents.set(hint, { document, version });
          return hint;
        });
      },
      // A double click writes the hint as a comment; what that takes is only worked out when somebody may do it.
      resolveInlayHint: async (hint, token) => {
        const made = documents.get(hint);
        const analysis = made && (await analyses.of(made.document, token));
        if (!made || !analysis || made.document.version !== made.version) return hint;
        const { comments } = settingsFor(made.document);
        const edits = hintComment(analysis, made.document.offsetAt(hint.position), comments);
        if (edits.length > 0) hint.textEdits = [...toTextEdits(analysis.text, edits)];
        return hint;
      },
    }),
    languages.registerCodeLensProvider(PYTHON, {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses: async (document, token) => {
        const settings = settingsFor(document);
        if (!settings.codeLens) return [];
        const analysis = await analyses.whole(document, token);
        if (!analysis) return [];
        return lenses(analysis, settings.language).map((lens) => toCodeLens(analysis.lines, document.uri, lens));
      },
    }),
  ];
};
