import { parentPort } from 'node:worker_threads';
import { serve } from './server';

// The whole of a thread: it ends when the line to it is closed.
if (parentPort) {
  const port = parentPort;
  serve({ post: (reply) => port.postMessage(reply), listen: (take) => port.on('message', take) });
}
