import { type ExtensionContext, Uri } from 'vscode';
import { startThread } from '../engine/start-thread';
import { start } from './extension';

/** On the desktop the engine has a thread of its own, so that no code that it reads can hold up the editor. */
export const activate = (context: ExtensionContext): void => {
  const bundle = Uri.joinPath(context.extensionUri, 'dist', 'engine.cjs').fsPath;
  start(context, () => startThread(bundle));
};
