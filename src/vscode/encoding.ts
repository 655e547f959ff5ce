import { type TextDocument, workspace } from 'vscode';
import { applyEdits, type TextEdit } from '../core';

/** What stands in for characters that older encodings do not have. */
const PLAIN: Readonly<Record<string, string>> = {
  '²': '^2',
  '³': '^3',
  '·': '*',
  '⌊': 'floor(',
  '⌋': ')',
  '⌈': 'ceil(',
  '⌉': ')',
  '×': 'x',
  '→': '->',
  '≥': '>=',
  '≤': '<=',
  '≠': '!=',
  '−': '-',
  '∗': '*',
  '…': '...',
  '√': 'sqrt ',
};

/** The same edits, with characters that the document's encoding can hold; undefined where it cannot hold them. */
export const encodable = async (
  document: TextDocument,
  text: string,
  edits: readonly TextEdit[],
): Promise<readonly TextEdit[] | undefined> => {
  const { encoding } = document;
  if (/^utf/i.test(encoding)) return edits;
  if (await survives(applyEdits(text, edits), encoding)) return edits;
  const plain = edits.map((edit) => ({
    ...edit,
    newText: edit.newText.replace(/[^\x20-\x7e]/g, (c) => PLAIN[c] ?? c),
  }));
  return (await survives(applyEdits(text, plain), encoding)) ? plain : undefined;
};

const survives = async (text: string, encoding: string): Promise<boolean> =>
  (await workspace.decode(await workspace.encode(text, { encoding }), { encoding })) === text;
