import { type ExtensionContext, window } from 'vscode';

/** Starts the extension; the same for the desktop and for the browser. */
export function activate(context: ExtensionContext): void {
  const log = window.createOutputChannel('TensorScribe', { log: true });
  context.subscriptions.push(log);
  log.info(`TensorScribe ${context.extension.packageJSON.version} is active`);
}
