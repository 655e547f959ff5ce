import { commands, workspace } from 'vscode';
import { EXTENSION } from './editor';
import { until } from './until';

const CHANNEL = `${EXTENSION}.TensorScribe.log`;

/** The lines of the extension's own log, read as a person does: in the output view. */
export async function ownLog(): Promise<readonly string[]> {
  const show = `workbench.action.output.show.${CHANNEL}`;
  await until('the log to be offered', async () => (await commands.getCommands()).includes(show));
  await commands.executeCommand(show);
  const lines = await until('the log to be shown', () => {
    const shown = workspace.textDocuments.find((document) => document.uri.path === CHANNEL)?.getText();
    return shown?.includes('\n') && shown.split('\n').filter((line) => line !== '');
  });
  await commands.executeCommand('workbench.action.closePanel');
  return lines;
}
