/** Test help: a peer on this machine, over real HTTP. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from 'vitest';

/** Answers from before the first test of a file, or a group, until after its last. */
export const peerAnswering = (
  answer: (request: IncomingMessage, response: ServerResponse) => unknown,
): { readonly url: () => string } => {
  const server = createServer((request, response) => void answer(request, response));
  beforeAll(
    () =>
      new Promise<void>((resolve) => {
        server.listen(0, '127.0.0.1', resolve);
      }),
  );
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  return { url: () => `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
};
