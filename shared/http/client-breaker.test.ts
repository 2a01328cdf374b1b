import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { HouseError } from '../errors/index.ts';
import { inScope, startTracing } from '../tracing/index.ts';
import { breaker } from './breaker.ts';
import { type ClientOptions, client, defineRoute } from './index.ts';
import { peerAnswering } from './peer.fixture.ts';

const routes = {
  get: defineRoute({
    name: 'get',
    method: 'GET',
    path: '/',
    summary: 'A door.',
    access: { public: 'It is a test.' },
    request: {},
    answers: { 204: null },
    errors: [],
  }),
};

describe('a client with a breaker', () => {
  let status: number | 'nothing';
  let asked: number;
  const clock = { ms: 0 };

  const peer = peerAnswering((request, response) => {
    asked += 1;
    if (status === 'nothing') request.socket.destroy();
    else response.writeHead(status, { 'retry-after': '1' }).end();
  });
  beforeAll(() => {
    startTracing();
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  });
  afterAll(() => {
    vi.restoreAllMocks();
  });
  beforeEach(() => {
    status = 204;
    asked = 0;
    clock.ms = 0;
  });

  /** Time passes only where somebody waits. */
  const pause = async (ms: number) => {
    clock.ms += ms;
  };
  const door = (options: Partial<ClientOptions> = {}) =>
    client({ baseUrl: peer.url(), peer: 'trains', chance: () => 0, pause, ...options }, routes);
  const guarded = (options: Partial<ClientOptions> = {}) =>
    door({ breaker: breaker({ nowMs: () => clock.ms }), ...options });
  const refusal = async (call: Promise<unknown>): Promise<HouseError> => {
    const caught = await call.then(
      () => undefined,
      (error: unknown) => error,
    );
    if (caught instanceof HouseError) return caught;
    throw new Error('it was answered', { cause: caught });
  };
  const inHandler = <T>(work: () => T): T =>
    inScope({ correlationId: 'c', function: 'f', remainingMs: () => 60_000 }, work);

  it.each([503, 500, 'nothing'] as const)(
    'stops asking after five times %s, and waits for nothing',
    async (fault) => {
      const trains = guarded();
      status = fault;
      await refusal(trains.get());
      const error = await refusal(trains.get());
      expect(asked).toBe(5);
      expect(error).toMatchObject({
        name: 'PeerUnavailableError',
        retryable: true,
        facts: { peer: 'trains', circuit: 'open' },
      });
      const before = clock.ms;
      const { retryAfterSeconds = 0 } = await refusal(trains.get());
      expect([asked, clock.ms]).toEqual([5, before]);

      await pause(retryAfterSeconds * 1000);
      status = 204;
      await trains.get();
      await trains.get();
      expect(asked).toBe(7);
    },
  );

  it.each([404, 409, 429])('takes %s for an answer', async (answer) => {
    const trains = guarded({ attempts: 1 });
    status = answer;
    for (let n = 0; n < 10; n += 1) await refusal(trains.get());
    expect(asked).toBe(10);
  });

  it('holds nothing against a peer that was not asked', async () => {
    const away = () => Promise.reject(new Error('identity is away'));
    const shared = { breaker: breaker({ nowMs: () => clock.ms }) };
    for (let n = 0; n < 10; n += 1)
      await door({ ...shared, token: away })
        .get()
        .catch(() => undefined);
    await door(shared).get();
    expect(asked).toBe(1);
  });

  it('does not wait for the circuit of somebody whom it needs for the call', async () => {
    const identity = guarded({ peer: 'identity' });
    status = 503;
    await refusal(identity.get());
    await refusal(identity.get());
    const before = clock.ms;
    const trains = guarded({ token: async () => String((await identity.get()).status) });
    expect(await refusal(trains.get())).toMatchObject({ facts: { peer: 'identity', circuit: 'open' } });
    expect([asked, clock.ms]).toEqual([5, before]);
  });

  it('shares it with all calls of the process to the peer, inside of a handler', async () => {
    const once = { peer: 'shared', attempts: 1 };
    status = 503;
    await inHandler(async () => {
      for (let n = 0; n < 5; n += 1) await refusal(door(once).get());
      expect(await refusal(door(once).get())).toMatchObject({ facts: { circuit: 'open' } });
      await refusal(door({ peer: 'another' }).get());
    });
    expect(asked).toBe(8);
  });

  it('has none outside of a handler: a command line asks what it is told to ask', async () => {
    status = 503;
    for (let n = 0; n < 10; n += 1) await refusal(door({ attempts: 1 }).get());
    expect(asked).toBe(10);
  });
});
