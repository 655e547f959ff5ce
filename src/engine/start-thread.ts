import { Worker } from 'node:worker_threads';
import type { AskingPort } from './protocol';

/** Starts the engine of a bundle in a thread of its own: whatever it is given, the caller goes on. */
export const startThread = (bundle: string): AskingPort => {
  const worker = new Worker(bundle);
  let isClosed = false;
  return {
    post: (message) => worker.postMessage(message),
    listen: (take) => worker.on('message', take),
    onGone: (tell) => {
      let reason = 'the engine ended';
      worker.on('error', (error) => {
        reason = error.stack ?? error.message;
      });
      worker.on('exit', () => {
        if (!isClosed) tell(reason);
      });
    },
    close: () => {
      isClosed = true;
      void worker.terminate();
    },
  };
};
