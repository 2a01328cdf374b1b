import { request } from 'node:http';
import { connect } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, expect, it } from 'vitest';
import { cityUnderTest } from './city.ts';

const { endpoint } = cityUnderTest();
const { port } = new URL(endpoint);

const statusOf = (path: string, headers: { [name: string]: string } = {}, method = 'GET'): Promise<number> =>
  new Promise((resolve, reject) => {
    request(`${endpoint}${path}`, { method, headers }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });

describe('the gate before the emulator', () => {
  it('answers a program on this machine', async () => {
    expect(await statusOf('/_ministack/health')).toBe(200);
  });

  it.each([
    ['a foreign Host', '/', { Host: 'evil.example' }],
    ['a foreign Host that ends like ours', '/', { Host: 'localhost.evil.example' }],
    ['a foreign Origin', '/', { Origin: 'https://evil.example' }],
    ['an Origin of another local port', '/', { Origin: 'http://127.0.0.1:1' }],
    ['a cross-site fetch', '/', { 'Sec-Fetch-Site': 'cross-site' }],
    ['the reset of the emulator', '/_ministack/reset', {}],
    ['the admin paths of LocalStack', '/_localstack/state', {}],
    ['an admin path in disguise', '//_MINISTACK/reset', {}],
  ])('refuses %s', async (_, path, headers) => {
    expect(await statusOf(path, headers as { [name: string]: string })).toBe(403);
  });

  it('refuses the preflight of a foreign page', async () => {
    const headers = { Origin: 'https://evil.example', 'Access-Control-Request-Method': 'POST' };
    expect(await statusOf('/', headers, 'OPTIONS')).toBe(403);
  });

  it('listens on no other interface of this machine', async () => {
    const others = Object.values(networkInterfaces())
      .flatMap((addresses) => addresses ?? [])
      .filter(({ internal, address }) => !internal && !address.startsWith('fe80'));
    for (const { address } of others) {
      const open = await new Promise((resolve) => {
        const socket = connect({ host: address, port: Number(port), timeout: 2_000 });
        socket.once('connect', () => resolve(true));
        socket.once('error', () => resolve(false));
        socket.once('timeout', () => resolve(false));
        socket.once('connect', () => socket.destroy());
      });
      expect(open, address).toBe(false);
    }
  });
});
