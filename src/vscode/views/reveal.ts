import { type TextDocument, TextEditorRevealType, type Uri, ViewColumn, window, workspace } from 'vscode';
import type { Span } from '../../core';
import { documentRange } from '../convert';

/** Shows a span of a document in the editor that has it, or in the first column. */
export const reveal = async (uri: Uri, span: Span): Promise<void> => {
  const document = await workspace.openTextDocument(uri);
  const column = columnOf(document) ?? ViewColumn.One;
  const range = documentRange(document, span);
  const editor = await window.showTextDocument(document, { viewColumn: column, selection: range });
  editor.revealRange(range, TextEditorRevealType.InCenterIfOutsideViewport);
};

const columnOf = (document: TextDocument): ViewColumn | undefined =>
  window.visibleTextEditors.find((editor) => editor.document === document)?.viewColumn;
