import { type Disposable, LanguageStatusSeverity, languages, window, workspace } from 'vscode';
import { say } from '../core';
import { type Analyses, isAnalysed, MOST_LINES } from './analyses';
import { PYTHON } from './providers';
import { settingsFor } from './settings';
import { messages, modelCount } from './words';

/** Says in the status bar of Python files what was read. */
export const registerStatus = (analyses: Analyses): readonly Disposable[] => {
  const item = languages.createLanguageStatusItem('tensorscribe', PYTHON);
  item.name = 'TensorScribe';
  item.command = { title: 'Log', command: 'tensorscribe.showLog' };
  const show = async (): Promise<void> => {
    const document = window.activeTextEditor?.document;
    if (document?.languageId !== 'python') return;
    const { language } = settingsFor(document);
    item.text = 'TensorScribe';
    if (!isAnalysed(document)) {
      item.severity = LanguageStatusSeverity.Warning;
      item.detail = say(document.lineCount > MOST_LINES ? messages.tooLong : messages.notRead, language);
      return;
    }
    item.busy = analyses.isWorking(document.uri);
    if (item.busy) return;
    const opened = await analyses.of(document);
    const names = await opened?.ask('classNames');
    item.severity = names ? LanguageStatusSeverity.Information : LanguageStatusSeverity.Warning;
    item.detail = say(names ? modelCount(names.length) : messages.notRead, language);
  };
  void show();
  return [
    item,
    window.onDidChangeActiveTextEditor(() => void show()),
    workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('tensorscribe')) void show();
    }),
    analyses.onDidWork((uri) => {
      if (window.activeTextEditor?.document.uri.toString() === uri.toString()) void show();
    }),
  ];
};
