import { type Disposable, EventEmitter, languages, workspace } from 'vscode';
import { hints, hover, lenses } from '../core';
import type { Analyses } from './analyses';
import { toCodeLens, toHover, toInlayHint } from './convert';
import { hintStyle, settingsFor } from './settings';

/** Without a scheme, so that cells of notebooks are served too. */
export const PYTHON = { language: 'python' };

/** Hovers, inlay hints and code lenses. */
export const registerProviders = (analyses: Analyses): readonly Disposable[] => {
  const changed = new EventEmitter<void>();
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
        return found && toHover(analysis.lines, found);
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
        return found.map((hint) => toInlayHint(analysis.lines, hint));
      },
    }),
    languages.registerCodeLensProvider(PYTHON, {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses: async (document, token) => {
        const settings = settingsFor(document);
        if (!settings.codeLens) return [];
        const analysis = await analyses.of(document, token);
        if (!analysis) return [];
        return lenses(analysis, settings.language).map((lens) => toCodeLens(analysis.lines, document.uri, lens));
      },
    }),
  ];
};
