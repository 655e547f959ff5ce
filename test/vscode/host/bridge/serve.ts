import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage } from 'node:http';
import { createServer as createPlainServer } from 'node:net';
import type { Order } from './protocol';

/** An address of this machine that nobody can guess, on a port that is free now. */
export async function freeAddress(): Promise<string> {
  const probe = createPlainServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const bound = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (bound === null || typeof bound === 'string') throw new Error('no free port');
  return `http://127.0.0.1:${bound.port}/${randomUUID()}`;
}

/**
 * The door through which tests in the extension host reach the browser: answers every order with JSON, status 200 and
 * what `perform` answered, or 500 and why not.
 */
export async function serveBridge(address: string, perform: (order: Order) => Promise<unknown>): Promise<void> {
  const { port, pathname } = new URL(address);
  const server = createServer(async (request, response) => {
    // The tests may run in a web worker, whose origin is another one.
    response.setHeader('access-control-allow-origin', '*');
    if (request.url !== pathname) return void response.writeHead(404).end();
    try {
      const answer = await perform(JSON.parse(await body(request)));
      response.end(JSON.stringify(answer ?? null));
    } catch (error) {
      response.writeHead(500).end(JSON.stringify(error instanceof Error ? error.message : String(error)));
    }
  });
  await new Promise<void>((resolve) => server.listen(Number(port), '127.0.0.1', resolve));
}

async function body(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}
