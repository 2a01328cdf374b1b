/** Where a question goes: to the address beside the page, else to the one that the city tells. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { sessionRoutes } from '../../functions/identity/contract.sessions.ts';

const DOOR = sessionRoutes.createCode;
const parts = { body: { role: 'viewer' } } as const;

/** The city as a browser meets it: what is asked at which address, and what is answered there. */
let asked: string[];
let answers: { [address: string]: () => unknown };
beforeEach(() => {
  asked = [];
  answers = {
    './city.json': () => ({ urls: { identity: 'https://i.example', console: 'https://c.example' } }),
    'https://i.example/sessions': () => ({ role: 'operator', endsAt: '2099-01-01T00:00:00.000Z' }),
    'https://i.example/sessions/tokens': () => ({ accessToken: 't', expiresInSeconds: 300 }),
    'https://i.example/codes': () => ({ code: 'of identity' }),
    'https://b.example/codes': () => ({ code: 'of the bank' }),
    'https://c.example/systems': () => ({
      items: [{ name: 'sandbox-bank', url: 'https://b.example' }, { name: 'no-doors' }],
    }),
  };
  vi.stubGlobal('document', { documentElement: { lang: 'en' } });
  vi.stubGlobal('sessionStorage', { setItem: () => undefined, removeItem: () => undefined });
  vi.stubGlobal('fetch', async (address: string) => {
    asked.push(address);
    const answer = answers[address];
    if (answer === undefined) throw new TypeError(`nobody at ${address}`);
    const body = answer();
    return body instanceof Response ? body : Response.json(body);
  });
});
afterEach(() => {
  vi.unstubAllGlobals();
  vi.resetModules();
});

/** A page that has just been opened, signed in. */
const opened = async () => {
  vi.resetModules();
  const [{ ask }, { openSession }] = await Promise.all([import('./ask.ts'), import('./session.ts')]);
  await openSession('code');
  return ask;
};
const times = (address: string): number => asked.filter((other) => other === address).length;

it('goes where the page was told, and asks nobody for an address', async () => {
  const ask = await opened();
  expect(await ask('identity', DOOR, parts)).toEqual({ code: 'of identity' });
  expect(times('https://c.example/systems')).toBe(0);
});

it('asks the city once for the addresses that the page was not told, however many ask at once', async () => {
  const ask = await opened();
  const bank = () => ask('sandbox-bank', DOOR, parts);
  expect(await Promise.all([bank(), bank()])).toEqual([{ code: 'of the bank' }, { code: 'of the bank' }]);
  await bank();
  expect(times('https://b.example/codes')).toBe(3);
  expect(times('https://c.example/systems')).toBe(1);
});

it.each(['no-doors', 'nobody-knows-it'])('says that the city has no %s', async (system) => {
  const ask = await opened();
  await expect(ask(system, DOOR, parts)).rejects.toMatchObject({
    status: 404,
    message: `No address of ${system}.`,
  });
});

it.each([
  ['the city could not say it', () => Response.json({ name: 'TransientError' }, { status: 503 }), 503],
  ['it knew of nobody yet', () => ({ items: [{ name: 'sandbox-bank' }] }), 404],
])('asks for an address again when %s', async (_, first, status) => {
  const ask = await opened();
  const later = answers['https://c.example/systems'];
  answers['https://c.example/systems'] = first;
  await expect(ask('sandbox-bank', DOOR, parts)).rejects.toMatchObject({ status });
  if (later) answers['https://c.example/systems'] = later;
  expect(await ask('sandbox-bank', DOOR, parts)).toEqual({ code: 'of the bank' });
});

it('asks nobody else where the page was not told of the console itself', async () => {
  answers['./city.json'] = () => ({ urls: { identity: 'https://i.example' } });
  const ask = await opened();
  await expect(ask('console', DOOR, parts)).rejects.toMatchObject({ status: 404 });
  await expect(ask('sandbox-bank', DOOR, parts)).rejects.toMatchObject({ status: 404 });
});
