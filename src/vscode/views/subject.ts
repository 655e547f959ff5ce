import { type TextDocument, type Uri, workspace } from 'vscode';

/** What a view is about: a class of a document. */
export interface Subject {
  readonly uri: Uri;
  readonly className: string;
}

/** The document, when it is open. */
export const openDocument = (uri: Uri): TextDocument | undefined =>
  workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());

/** Runs `act` once it has not been asked for a while, in milliseconds. */
export const rested = (rest: number, act: () => void): { readonly ask: () => void; readonly dispose: () => void } => {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    ask: () => {
      clearTimeout(timer);
      timer = setTimeout(act, rest);
    },
    dispose: () => clearTimeout(timer),
  };
};
