import { type CodeAction, CodeActionKind, type Disposable, languages } from 'vscode';
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
        const span = { start: document.offsetAt(range.start), end: document.offsetAt(range.end) };
        const opened = await analyses.whole(document, token);
        if (!opened) return [];
        const { language } = settings;
        const isWanted = (kind: CodeActionKind): boolean => !only || only.contains(kind) || kind.contains(only);
        const act = (offered: Parameters<typeof toCodeAction>[2]): CodeAction =>
          toCodeAction(opened, document.uri, offered, diagnostics);
        const fixes = settings.problems && isWanted(CodeActionKind.QuickFix);
        const refactorings = isWanted(CodeActionKind.RefactorRewrite);
        return [
          ...((fixes && (await opened.ask('fixes', span, language))) || []),
          ...((refactorings && (await opened.ask('refactorings', span, language))) || []),
        ].map(act);
      },
    },
    { providedCodeActionKinds: [CodeActionKind.QuickFix, CodeActionKind.RefactorRewrite] },
  );
