import { type Disposable, languages, type TextDocument, workspace } from 'vscode';
import { lineIndex } from '../core';
import { type Analyses, isAnalysed } from './analyses';
import { toDiagnostic } from './convert';
import { laterCells } from './notebooks';
import { settingsFor } from './settings';

/** How long a document has to rest before its problems are looked for again, in milliseconds. */
const REST = 300;

/** Versions that only a comparison shows: nobody works on them. */
const PAST = new Set(['git', 'gitfs', 'svn', 'pr', 'review', 'output', 'vscode-local-history', 'timeline']);

/** The proved faults of all open documents. */
export const registerDiagnostics = (analyses: Analyses): readonly Disposable[] => {
  const collection = languages.createDiagnosticCollection('tensorscribe');
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();
  const report = async (document: TextDocument): Promise<void> => {
    const { language, problems: isOn, hints } = settingsFor(document);
    if (!isOn || !isAnalysed(document) || PAST.has(document.uri.scheme)) return collection.delete(document.uri);
    const { version } = document;
    const opened = await analyses.whole(document);
    const found = await opened?.ask('problems', language);
    if (!opened || !found || document.isClosed || document.version !== version) return;
    const lines = lineIndex(opened.text);
    collection.set(
      document.uri,
      found
        .filter(({ severity }) => hints || severity !== 'hint')
        .map((problem) => toDiagnostic(lines, opened.path, document.uri, problem)),
    );
  };
  const plan = (document: TextDocument): void => {
    const key = document.uri.toString();
    clearTimeout(waiting.get(key));
    waiting.set(
      key,
      setTimeout(() => {
        waiting.delete(key);
        void report(document);
      }, REST),
    );
  };
  const planAll = (): void => {
    for (const document of workspace.textDocuments) if (document.languageId === 'python') plan(document);
  };
  planAll();
  return [
    collection,
    { dispose: () => waiting.forEach((timer) => void clearTimeout(timer)) },
    analyses.onDidChange(planAll),
    workspace.onDidOpenTextDocument((document) => {
      if (document.languageId === 'python') plan(document);
    }),
    workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (document.languageId !== 'python' || contentChanges.length === 0) return;
      for (const one of [document, ...laterCells(document)]) if (one.languageId === 'python') plan(one);
    }),
    workspace.onDidCloseTextDocument(({ uri }) => {
      clearTimeout(waiting.get(uri.toString()));
      waiting.delete(uri.toString());
      collection.delete(uri);
    }),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('tensorscribe')) planAll();
    }),
  ];
};
