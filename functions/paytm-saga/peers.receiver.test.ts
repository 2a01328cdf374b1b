import { createServer as createTcpServer } from 'node:net';
import { expect, it, vi } from 'vitest';
import { peerAnswering } from '../../shared/http/peer.fixture.ts';
import { loopbackCallbacks, receiverOverHttp } from './peers.receiver.ts';

interface Seen {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: { readonly [name: string]: unknown };
  readonly body: string;
}
const seen: Seen[] = [];
/** A system on this machine that answers what the path says. */
const shop = peerAnswering(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const { method, url = '', headers } = request;
  seen.push({ method, url, headers, body });
  if (url === '/silent') return;
  if (url === '/moved') return response.writeHead(307, { location: '/elsewhere' }).end();
  if (url === '/hang-up') return response.destroy();
  if (url === '/endless') {
    response.writeHead(200);
    const more = () => {
      if (!response.destroyed) response.write('x'.repeat(65_536), () => setImmediate(more));
    };
    return more();
  }
  if (url === '/half') return response.writeHead(200, { 'content-length': '100' }).write('half');
  response.writeHead(Number(url.slice(1)) || 200).end('thank you');
});
const call = { headers: { 'webhook-id': 'event-1' }, body: '{"नमस्ते":1}' };
const local = receiverOverHttp({ loopback: true });
const post = (path: string, receiver = local) => receiver.post(new URL(path, shop.url()), call);
const at = (...addresses: string[]) =>
  vi.fn(async (_host: string) =>
    addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
  );

it('a receiver is told by one POST, and answers a status', async () => {
  seen.length = 0;
  expect(await post('/204?order=1')).toBe(200);
  expect(await post('/204')).toBe(204);
  expect(await post('/503')).toBe(503);
  expect(seen).toHaveLength(3);
  expect(seen[0]).toMatchObject({
    method: 'POST',
    url: '/204?order=1',
    body: call.body,
    headers: { 'webhook-id': 'event-1', 'content-type': 'application/json', connection: 'close' },
  });
});

it('a redirect is an answer, and is not followed', async () => {
  seen.length = 0;
  expect(await post('/moved')).toBe(307);
  expect(seen.map(({ url }) => url)).toEqual(['/moved']);
});

it('of an answer without end little is read', async () => {
  expect(await post('/endless', receiverOverHttp({ loopback: true, deadlineMs: 60_000 }))).toBe(200);
});

it('an answer that breaks off has its status all the same', async () => {
  expect(await post('/half', receiverOverHttp({ loopback: true, deadlineMs: 300 }))).toBe(200);
});

it.each([
  ['says nothing in time', '/silent', 'TimeoutError'],
  ['hangs up', '/hang-up', 'ECONNRESET'],
])('a receiver that %s did not answer', async (_, path, reason) => {
  await expect(post(path, receiverOverHttp({ loopback: true, deadlineMs: 300 }))).rejects.toMatchObject({
    name: 'CallbackUnansweredError',
    retryable: true,
    facts: { host: '127.0.0.1', reason },
  });
});

it('a name that nobody knows, or that takes too long, is no answer', async () => {
  const unknown = async () => {
    throw Object.assign(new Error('getaddrinfo ENOTFOUND'), { code: 'ENOTFOUND' });
  };
  const never = () => new Promise<never>(() => undefined);
  for (const [resolve, reason] of [
    [unknown, 'ENOTFOUND'],
    [never, 'TimeoutError'],
  ] as const) {
    const receiver = receiverOverHttp({ loopback: false, resolve, deadlineMs: 100 });
    await expect(receiver.post(new URL('https://shop.example/'), call)).rejects.toMatchObject({
      name: 'CallbackUnansweredError',
      facts: { host: 'shop.example', reason },
    });
  }
});

/** How often somebody connected to a port of this machine while a receiver was called there by https. */
const connectionsDuring = async (work: (port: number) => Promise<unknown>): Promise<number> => {
  let connections = 0;
  const server = createTcpServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await work((server.address() as { port: number }).port);
    return connections;
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
};

it('a name is resolved once, and the connection made to what was looked at', async () => {
  const resolve = at('127.0.0.1');
  const receiver = receiverOverHttp({ loopback: true, resolve });
  const connections = await connectionsDuring((port) =>
    // No resolver of this machine knows the name; who hangs up is the server, so it was reached.
    expect(receiver.post(new URL(`https://shop.invalid:${port}/`), call)).rejects.toMatchObject({
      name: 'CallbackUnansweredError',
      facts: { host: 'shop.invalid', reason: 'ECONNRESET' },
    }),
  );
  expect(connections).toBe(1);
  expect(resolve.mock.calls).toEqual([['shop.invalid']]);
});

it.each([
  ['this machine', ['127.0.0.1']],
  ['a private address', ['10.0.0.1']],
  ['the metadata of a machine', ['169.254.169.254']],
  ['one private address among public ones', ['93.184.216.34', '10.0.0.1']],
  ['an IPv4 address in the clothes of IPv6', ['::ffff:127.0.0.1']],
  ['nothing', []],
])('a name that stands for %s is forbidden, and nobody is connected to', async (_, addresses) => {
  const receiver = receiverOverHttp({ loopback: false, resolve: at(...addresses) });
  const connections = await connectionsDuring((port) =>
    expect(receiver.post(new URL(`https://shop.example:${port}/paid?order=1`), call)).rejects.toMatchObject({
      name: 'CallbackForbiddenError',
      message: 'CallbackForbiddenError: host=shop.example because=address',
      retryable: false,
    }),
  );
  expect(connections).toBe(0);
});

it('plain http goes nowhere but to this machine, even where that may be called', async () => {
  const resolve = at('93.184.216.34');
  const receiver = receiverOverHttp({ loopback: true, resolve });
  const asked = receiver.post(new URL('http://localhost:3000/'), call);
  await expect(asked).rejects.toMatchObject({
    name: 'CallbackForbiddenError',
    facts: { because: 'address' },
  });
});

it('an address that its text forbids is not even resolved', async () => {
  const resolve = at('93.184.216.34');
  const receiver = receiverOverHttp({ loopback: false, resolve });
  const asked = receiver.post(new URL('https://asha:secret@shop.example/'), call);
  await expect(asked).rejects.toMatchObject({ facts: { because: 'credentials' } });
  expect(resolve).not.toHaveBeenCalled();
});

it('this machine may be called where the stack says so by that one word', () => {
  for (const [value, allowed] of [
    ['allowed', true],
    ['true', false],
    [undefined, false],
  ] as const) {
    vi.stubEnv('LOOPBACK_CALLBACKS', value);
    expect(loopbackCallbacks()).toBe(allowed);
  }
  vi.unstubAllEnvs();
});
