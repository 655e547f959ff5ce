import { type LogOutputChannel, type TextDocument, type TextEditor, type Uri, window, workspace } from 'vscode';
import { removeComments, say, type TextEdit } from '../core';
import type { Opened } from '../engine';
import { type Analyses, describe, MOST_LINES } from './analyses';
import { toTextEdits } from './convert';
import { encodable } from './encoding';
import { type Settings, settingsFor } from './settings';
import { messages } from './words';

/** The edits that a command would make, or why it makes none. */
type Planned = { readonly edits: readonly TextEdit[] } | { readonly refused: Message };
export type Message = Parameters<typeof say>[0];
/** Undefined where the document has changed meanwhile. */
type Plan = (opened: Opened, options: Settings['comments']) => Promise<Planned | undefined>;

/** How often a command begins again because the document was changed meanwhile. */
const MOST_TRIES = 3;

/** The commands that write, refresh and remove comments. */
export const commentCommands = (
  analyses: Analyses,
  log: LogOutputChannel,
  preview: (document: TextDocument) => Promise<Message | undefined>,
): Readonly<
  Record<'annotateModule' | 'annotateClass' | 'refreshComments' | 'removeComments' | 'previewComments', Command>
> => {
  const command =
    (act: (editor: TextEditor, className: string | undefined) => Promise<Message | undefined>): Command =>
    async (uri, className) => {
      const editor = await editorOf(uri);
      if (!editor) return tell(messages.noEditor);
      try {
        const refused = await act(editor, typeof className === 'string' ? className : undefined);
        if (refused) tell(refused);
      } catch (error) {
        log.error(describe(error));
        tell(messages.notRead);
      }
    };
  const writing = (planOf: (className?: string) => Plan): Command =>
    command((editor, className) => perform(analyses, editor, planOf(className)));
  return {
    annotateModule: writing(() => annotatePlan()),
    annotateClass: writing(annotatePlan),
    refreshComments: writing(() => refreshPlan),
    removeComments: writing(() => removePlan),
    previewComments: command(({ document }) => preview(document)),
  };
};

type Command = (uri?: Uri, className?: unknown) => Promise<void>;

/** The editor of a document that a lens names; the active one where nothing is named. */
const editorOf = async (uri: Uri | undefined): Promise<TextEditor | undefined> => {
  const active = window.activeTextEditor;
  if (!uri || active?.document.uri.toString() === uri.toString())
    return active?.document.languageId === 'python' ? active : undefined;
  const shown = window.visibleTextEditors.find(({ document }) => document.uri.toString() === uri.toString());
  return shown ?? window.showTextDocument(await workspace.openTextDocument(uri));
};

const tell = (message: Message): void => {
  void window.showInformationMessage(say(message, settingsFor(window.activeTextEditor?.document).language));
};

/** Writes as one step of undo, and only into the text that was analysed; answers why nothing was written. */
const perform = async (analyses: Analyses, editor: TextEditor, plan: Plan): Promise<Message | undefined> => {
  const { document } = editor;
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const { version } = document;
    const text = document.getText();
    const planned = await plannedEdits(analyses, document, plan);
    if ('refused' in planned) return planned.refused;
    if (planned.edits.length === 0) return document.version === version ? messages.upToDate : undefined;
    if (document.version !== version) continue;
    const written = await editor.edit((builder) => {
      for (const { range, newText } of toTextEdits(text, planned.edits)) builder.replace(range, newText);
    });
    if (written) return undefined;
    if (document.version === version) return messages.readOnly;
  }
  return messages.keepsChanging;
};

/** The edits of a plan for a document as it is now, in characters that its encoding can hold. */
export const plannedEdits = async (analyses: Analyses, document: TextDocument, plan: Plan): Promise<Planned> => {
  if (document.lineCount > MOST_LINES) return { refused: messages.tooLong };
  const opened = await analyses.of(document);
  const planned = opened && (await plan(opened, settingsFor(document).comments));
  if (!planned) return { refused: messages.notRead };
  if ('refused' in planned) return planned;
  const edits = await encodable(document, opened.text, planned.edits);
  return edits ? { edits } : { refused: messages.encoding };
};

export const annotatePlan =
  (className?: string): Plan =>
  (opened, options) =>
    opened.ask('annotate', { ...options, ...(className !== undefined && { className }) });

const removePlan: Plan = async ({ text }, { mark }) => {
  if (mark === '') return { refused: messages.noMark };
  const edits = removeComments(text, mark);
  return edits.length === 0 ? { refused: messages.noneOfOurs } : { edits };
};

/** Only the classes that have comments of ours get new ones. */
const refreshPlan: Plan = async (opened, options) => {
  const ours = await removePlan(opened, options);
  return !ours || 'refused' in ours ? ours : opened.ask('refreshComments', options);
};
