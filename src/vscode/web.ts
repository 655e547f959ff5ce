import type { ExtensionContext } from 'vscode';
import type { AskingPort } from '../engine';
import { serve } from '../engine/server';
import { start } from './extension';

/** In a browser all extensions share a worker already. */
export const activate = (context: ExtensionContext): void => start(context, startHere);

/** Starts the engine in the thread of the caller. */
const startHere = (): AskingPort => {
  const { port1: near, port2: far } = new MessageChannel();
  serve({
    post: (reply) => far.postMessage(reply),
    listen: (take) => {
      far.onmessage = ({ data }) => take(data);
    },
    // While it works nobody else gets a turn who could say otherwise.
    isWanted: () => true,
  });
  return {
    post: (message) => near.postMessage(message),
    listen: (take) => {
      near.onmessage = ({ data }) => take(data);
    },
    onGone: () => undefined,
    giveUp: () => undefined,
    close: () => near.close(),
  };
};
