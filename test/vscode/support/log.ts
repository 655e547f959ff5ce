import { commands, workspace } from 'vscode';
import { EXTENSION } from './editor';
import { until } from './until';

/** How the name of the channel begins; newer versions of VS Code add `.log`. */
const CHANNEL = `${EXTENSION}.TensorScribe`;

/** The lines of the extension's own log, read as a person does: in the output view. */
export async function ownLog(): Promise<readonly string[]> {
  const show = await until('the log to be offered', async () =>
    (await commands.getCommands()).find((name) => name.startsWith(`workbench.action.output.show.${CHANNEL}`)),
  );
  await commands.executeCommand(show);
  const lines = await until('the log to be shown', () => {
    const shown = workspace.textDocuments.find((document) => document.uri.path.startsWith(CHANNEL))?.getText();
    return shown?.includes('\n') && shown.split('\n').filter((line) => line !== '');
  });
  await commands.executeCommand('workbench.action.closePanel');
  return lines;
}
