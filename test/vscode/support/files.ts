import { Uri, workspace } from 'vscode';

/** The address of a file of this machine; a web worker reaches it through the server. */
export function fileUri(path: string): Uri {
  const folder = workspace.workspaceFolders?.[0]?.uri;
  return folder ? folder.with({ path: Uri.file(path).path }) : Uri.file(path);
}

/** Writes a text file of this machine, with the folders that it needs. */
export async function writeText(path: string, text: string): Promise<void> {
  await workspace.fs.writeFile(fileUri(path), new TextEncoder().encode(text));
}
