import { type CodeAction, CodeActionKind, type Disposable, languages } from 'vscode';
import { fixesAt, refactoringsAt } from '../core';
import type { Analyses } from './analyses';
import { toCodeAction } from './convert';
import { PYTHON } from './providers';
import { settingsFor } from './settings';

/** What is offered at findings, and what a reader may want where nothing is wrong. */
export const registerFixes = (analyses: Analyses): Disposable =>
  languages.registerCodeActionsProvider(
    PYTHON,
    {
      provideCodeActions: async (document, range, { diagnostics, only }, token) => {
        const settings = settingsFor(document);
        const analysis = await analyses.whole(document, token);
        if (!analysis) return [];
        const { language } = settings;
        const again = await analyses.again(document);
        const span = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
        const isWanted = (kind: CodeActionKind): boolean => !only || only.contains(kind) || kind.contains(only);
        const act = (offered: Parameters<typeof toCodeAction>[2]): CodeAction =>
          toCodeAction(analysis, document.uri, offered, diagnostics);
        const fixes = settings.problems && isWanted(CodeActionKind.QuickFix);
        return [
          ...(fixes ? fixesAt(analysis, span, language, again) : []),
          ...(isWanted(CodeActionKind.RefactorRewrite) ? refactoringsAt(analysis, span, language, again) : []),
        ].map(act);
      },
    },
    { providedCodeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite] },
  );
