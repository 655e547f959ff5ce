import {
  type Disposable,
  LanguageModelTextPart,
  type LanguageModelTool,
  LanguageModelToolResult,
  lm,
  type TextDocument,
  Uri,
  workspace,
} from 'vscode';
import { say } from '../core';
import type { Analyses } from './analyses';
import { settingsFor } from './settings';
import { messages } from './words';

const SHAPES_TOOL = 'tensorscribe_shapes';

/** The tools that assistants may use, where this editor has such. */
export const registerTools = (analyses: Analyses): readonly Disposable[] =>
  typeof lm === 'undefined' || typeof lm.registerTool !== 'function'
    ? []
    : [lm.registerTool(SHAPES_TOOL, shapesTool(analyses))];

/** Tells the shapes along the classes of a file, and what is proved to fail in it. */
const shapesTool = (analyses: Analyses): LanguageModelTool<unknown> => ({
  prepareInvocation: ({ input }) => ({
    invocationMessage: say(messages.toolReads, settingsFor().language).replace('{file}', field(input, 'file') ?? '?'),
  }),
  invoke: async ({ input }, token) => {
    const document = await documentAt(field(input, 'file'));
    const opened = document && (await analyses.of(document, token));
    const shapes = await opened?.ask('shapesOfClasses');
    const problems = await opened?.ask('problems', 'en');
    if (!document || !shapes || !problems)
      return answer({ error: 'There is no such Python file in the workspace, or it cannot be read.' });
    const wanted = field(input, 'class');
    const classes = shapes.filter(({ name }) => wanted === undefined || name === wanted);
    return answer({
      classes: classes.map((one) => ({ ...one, needs: one.needs.map((need) => say(need, 'en')) })),
      problems: problems.map(({ span, code, severity, message }) => ({
        line: document.positionAt(span.start).line + 1,
        code,
        severity,
        message,
      })),
    });
  },
});

const answer = (content: unknown): LanguageModelToolResult =>
  new LanguageModelToolResult([new LanguageModelTextPart(JSON.stringify(content, undefined, 1))]);

/** A text among what a model has sent: it may send anything. */
const field = (input: unknown, name: 'file' | 'class'): string | undefined => {
  const value: unknown = typeof input === 'object' && input !== null ? Reflect.get(input, name) : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
};

/** An open document or a file of the workspace, by its path from the workspace folder or by its whole path. */
const documentAt = async (file: string | undefined): Promise<TextDocument | undefined> => {
  if (file === undefined) return undefined;
  const folders = workspace.workspaceFolders ?? [];
  const candidates = folders.map(({ uri }) =>
    file.startsWith('/') ? uri.with({ path: file }) : Uri.joinPath(uri, file),
  );
  const open = workspace.textDocuments.find(
    ({ uri }) => uri.path === file || candidates.some((other) => other.toString() === uri.toString()),
  );
  if (open) return open;
  for (const uri of candidates.filter((other) => workspace.getWorkspaceFolder(other))) {
    const document = await workspace.openTextDocument(uri).then(
      (opened) => opened,
      () => undefined,
    );
    if (document?.languageId === 'python') return document;
  }
  return undefined;
};
