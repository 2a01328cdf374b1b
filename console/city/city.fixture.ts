/** Test help: doors of a city on this machine, and what a tab of a browser has that Node has not. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { vi } from 'vitest';

/** A question as a door got it. */
export interface Asked {
  readonly system: string;
  readonly method: string;
  /** As it was sent, still encoded. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingMessage['headers'];
  readonly body: unknown;
}
export interface Answered {
  /** @default 200 */
  readonly status?: number;
  /** JSON; a text goes as it is. */
  readonly body?: unknown;
  /** The connection ends in the middle of the answer. */
  readonly broken?: boolean;
}

export const SECRET = 'token-of-the-module-memory';

/**
 * Opens doors, and a tab on them. Identity lets everybody in; the other systems answer as they are told, and those of
 * `urls` stand elsewhere. `vi.unstubAllGlobals` closes the tab.
 */
export const openDoors = async (
  answer: (asked: Asked) => Answered,
  urls: { readonly [system: string]: string } = {},
) => {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const [whole = '', query] = (request.url ?? '').split('?');
      const [, system = '', ...path] = whole.split('/');
      const text = Buffer.concat(chunks).toString('utf8');
      const { headers, method = '' } = request;
      const question = {
        system,
        method,
        path: `/${path.join('/')}`,
        query: new URLSearchParams(query),
        headers,
      };
      const full: Asked = { ...question, body: text === '' ? undefined : JSON.parse(text) };
      const { status = 200, body, broken = false } = known(full) ?? answer(full);
      if (known(full) === undefined) asked.push(full);
      response.writeHead(status, broken ? { 'Content-Length': '100' } : {});
      const told = typeof body === 'string' ? body : body === undefined ? '' : JSON.stringify(body);
      if (broken) response.write(told, () => response.destroy());
      else response.end(told);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const known = ({ system, path }: Asked): Answered | undefined => {
    if (system === 'city.json') {
      const own = ['identity', 'console', 'paytm-saga'].map((name) => [name, `${base}/${name}`]);
      return { body: { urls: { ...Object.fromEntries(own), ...urls }, faults: false } };
    }
    if (system !== 'identity') return undefined;
    return path.endsWith('/tokens')
      ? { body: { accessToken: SECRET, expiresInSeconds: 300 } }
      : { body: { role: 'operator', endsAt: '2999-01-01T00:00:00.000Z' } };
  };
  const real = fetch;
  const kept = new Map<string, string>();
  vi.stubGlobal('fetch', (to: string, init?: RequestInit) => real(new URL(to, `${base}/`), init));
  vi.stubGlobal('document', { documentElement: { lang: 'hi' } });
  vi.stubGlobal('sessionStorage', {
    getItem: (name: string) => kept.get(name) ?? null,
    setItem: (name: string, value: string) => kept.set(name, value),
    removeItem: (name: string) => kept.delete(name),
  });
  return {
    asked,
    kept,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
};
