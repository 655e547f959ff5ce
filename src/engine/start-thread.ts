import { Worker } from 'node:worker_threads';
import type { AskingPort } from './protocol';

/** Starts the engine of a bundle in a thread of its own: whatever it is given, the caller goes on. */
export const startThread = (bundle: string): AskingPort => {
  /** The number of the last message whose answer nobody wants: a thread that works reads no messages, but memory. */
  const givenUp = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(bundle, { workerData: givenUp });
  let posted = 0;
  let isClosed = false;
  return {
    post: (message) => {
      posted++;
      worker.postMessage(message);
    },
    giveUp: () => void Atomics.store(givenUp, 0, posted),
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
