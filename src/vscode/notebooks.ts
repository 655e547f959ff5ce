import { type TextDocument, workspace } from 'vscode';

/** The Python of the cells before one of a notebook, as if they had been run in order; undefined for other documents. */
export const earlierCells = (document: TextDocument): string | undefined => {
  const notebook = notebookOf(document);
  if (!notebook) return undefined;
  const cells = notebook.getCells().map((cell) => cell.document);
  const before = cells.slice(0, cells.indexOf(document)).filter(({ languageId }) => languageId === 'python');
  return before.map((cell) => `${cell.getText()}\n`).join('');
};

/** The cells after one: what they mean may change with it. */
export const laterCells = (document: TextDocument): readonly TextDocument[] => {
  const cells =
    notebookOf(document)
      ?.getCells()
      .map((cell) => cell.document) ?? [];
  return cells.slice(cells.indexOf(document) + 1);
};

const notebookOf = (document: TextDocument) =>
  document.uri.scheme === 'vscode-notebook-cell'
    ? workspace.notebookDocuments.find((notebook) => notebook.getCells().some((cell) => cell.document === document))
    : undefined;
