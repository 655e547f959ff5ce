import { type LogOutputChannel, type TextEditor, type Uri, window, workspace } from 'vscode';
import { type Analysis, annotate, removeComments, say, type TextEdit } from '../core';
import { type Analyses, describe, MOST_LINES } from './analyses';
import { toTextEdits } from './convert';
import { encodable } from './encoding';
import { type Settings, settingsFor } from './settings';
import { messages } from './words';

/** The edits that a command would make, or why it makes none. */
type Planned = { readonly edits: readonly TextEdit[] } | { readonly refused: Message };
type Message = Parameters<typeof say>[0];
type Plan = (analysis: Analysis, settings: Settings) => Planned;

/** How often a command begins again because the document was changed meanwhile. */
const MOST_TRIES = 3;

/** The commands that write, refresh and remove comments. */
export const commentCommands = (
  analyses: Analyses,
  log: LogOutputChannel,
): Readonly<Record<'annotateModule' | 'annotateClass' | 'refreshComments' | 'removeComments', Command>> => {
  const command =
    (planOf: (className?: string) => Plan): Command =>
    async (uri, className) => {
      const editor = await editorOf(uri);
      if (!editor) return tell(messages.noEditor);
      try {
        const refused = await perform(analyses, editor, planOf(typeof className === 'string' ? className : undefined));
        if (refused) tell(refused);
      } catch (error) {
        log.error(describe(error));
        tell(messages.notRead);
      }
    };
  return {
    annotateModule: command(() => annotatePlan()),
    annotateClass: command(annotatePlan),
    refreshComments: command(() => refreshPlan),
    removeComments: command(() => removePlan),
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
    if (document.lineCount > MOST_LINES) return messages.tooLong;
    const analysis = await analyses.of(document);
    if (!analysis) return messages.notRead;
    const planned = plan(analysis, settingsFor(document));
    if ('refused' in planned) return planned.refused;
    if (planned.edits.length === 0) return document.version === version ? messages.upToDate : undefined;
    const edits = await encodable(document, analysis.text, planned.edits);
    if (!edits) return messages.encoding;
    if (document.version !== version) continue;
    const written = await editor.edit((builder) => {
      for (const { range, newText } of toTextEdits(analysis.text, edits)) builder.replace(range, newText);
    });
    if (written) return undefined;
  }
  return messages.keepsChanging;
};

const annotatePlan =
  (className?: string): Plan =>
  (analysis, { comments }) =>
    annotate(analysis, { ...comments, ...(className !== undefined && { className }) });

const removePlan: Plan = (analysis, { comments }) => {
  if (comments.mark === '') return { refused: messages.noMark };
  const edits = removeComments(analysis.text, comments.mark);
  return edits.length === 0 ? { refused: messages.noneOfOurs } : { edits };
};

/** Only the classes that have comments of ours get new ones. */
const refreshPlan: Plan = (analysis, settings) => {
  const ours = removePlan(analysis, settings);
  if ('refused' in ours) return ours;
  const { classes } = analysis;
  const named = classes.filter((_, i) => ours.edits.some(({ start }) => isAbout(analysis, i, start)));
  if (named.length === classes.length) return annotatePlan()(analysis, settings);
  const planned = named.map(({ name }) => annotatePlan(name)(analysis, settings));
  const edits = planned.flatMap((one) => ('edits' in one ? one.edits : []));
  return { edits: [...edits].sort((a, b) => a.start - b.start) };
};

/** Whether a place lies in the class, or between it and what stands before it. */
const isAbout = ({ classes, syntax }: Analysis, index: number, offset: number): boolean => {
  const at = syntax.chunks.findIndex(({ start }) => start === classes[index]?.start);
  const [before, own] = [syntax.chunks[at - 1], syntax.chunks[at]];
  if (!own) return false;
  const from = before ? before.start + before.chunk.text.length : 0;
  return from <= offset && offset <= own.start + own.chunk.text.length;
};
