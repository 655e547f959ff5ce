import { parentPort, workerData } from 'node:worker_threads';
import { serve } from './server';

// The whole of a thread: it ends when the line to it is closed.
if (parentPort) {
  const port = parentPort;
  const givenUp: Int32Array = workerData;
  let taken = 0;
  serve({
    post: (reply) => port.postMessage(reply),
    listen: (take) =>
      port.on('message', (message) => {
        taken++;
        take(message);
      }),
    isWanted: () => Atomics.load(givenUp, 0) < taken,
  });
}
