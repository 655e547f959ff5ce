import { commands, Uri, window } from 'vscode';
import { say } from '../../core';
import type { Analyses } from '../analyses';
import { settingsFor } from '../settings';
import { messages, modelCount } from '../words';
import { SHAPES, type ShapePanel } from './panel';
import type { Subject } from './subject';
import type { ClassTabs } from './tabs';

/** The commands that open the views: about the class that a lens names, or the one at the cursor. */
export const viewCommands = (analyses: Analyses, panel: ShapePanel, diagrams: ClassTabs, kernels: ClassTabs) => ({
  openShapePanel: async (uri?: Uri, className?: unknown): Promise<void> => {
    const subject = named(uri, className);
    if (subject) panel.show(subject.uri, subject.className);
    await commands.executeCommand(`${SHAPES}.focus`);
  },
  openShapesTab: async (uri?: Uri, className?: unknown): Promise<void> => panel.openTab(named(uri, className)),
  openDiagram: async (uri?: Uri, className?: unknown): Promise<void> => {
    const subject = named(uri, className) ?? (await atCursor(analyses));
    if (subject) diagrams.show(subject.uri, subject.className);
  },
  openKernels: async (uri?: Uri, className?: unknown): Promise<void> => {
    const subject = named(uri, className) ?? (await atCursor(analyses));
    if (subject) kernels.show(subject.uri, subject.className);
  },
});

/** From a link the address comes as its parts. */
const named = (uri: Uri | undefined, className: unknown): Subject | undefined =>
  uri && typeof className === 'string' ? { uri: Uri.from(uri), className } : undefined;

/** The class around the cursor, the only one of the file, or the one that the user picks. */
const atCursor = async (analyses: Analyses): Promise<Subject | undefined> => {
  const editor = window.activeTextEditor;
  const { language } = settingsFor(editor?.document);
  const opened = editor && (await analyses.of(editor.document));
  const names = await opened?.ask('classNames');
  if (!opened || !names) {
    void window.showInformationMessage(say(messages.noEditor, language));
    return undefined;
  }
  const { uri } = editor.document;
  const around = await opened.ask('classAt', editor.document.offsetAt(editor.selection.active));
  if (names.length === 0) void window.showInformationMessage(`${say(modelCount(0), language)}`);
  const picked =
    around ??
    (names.length > 1
      ? await window.showQuickPick(names, { placeHolder: say(messages.pickClass, language) })
      : names[0]);
  return picked === undefined ? undefined : { uri, className: picked };
};
