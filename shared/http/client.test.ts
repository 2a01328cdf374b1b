import { describe, expect, expectTypeOf, it } from 'vitest';
import { PeerAnswerError, PeerUnavailableError } from '../errors/index.ts';
import { inScope, inSpan } from '../tracing/index.ts';
import { client, RemoteProblem } from './index.ts';
import {
  after,
  caught,
  get,
  halfAnswer,
  hangUp,
  json,
  routes,
  seat,
  silence,
  trainsPeer,
} from './trains.fixture.ts';

describe('a client', () => {
  const peer = trainsPeer();

  it('writes path, query and body, and answers the parsed body', async () => {
    const { status, body } = await peer
      .trains()
      .getSeat({ ...get, query: { class: ['1A', '2A'], limit: 5 } });
    expect([status, body]).toEqual([200, { id: seat, state: 'free' }]);
    expect(peer.seen[0]).toMatchObject({
      method: 'GET',
      url: `/live/trains/12951%2FA/seats/${seat}?class=1A&class=2A&limit=5`,
      body: '',
    });

    peer.answers = [json(201, { id: seat, state: 'held' }, { 'x-a': ['1', '2'] })];
    const held = await peer.trains().holdSeat({ body: { seat }, idempotencyKey: 'k-1' });
    expect(held).toMatchObject({ status: 201, body: { state: 'held' }, headers: { 'x-a': '1, 2' } });
    expect(peer.seen[1]?.headers).toMatchObject({
      'content-type': 'application/json',
      'idempotency-key': 'k-1',
    });
    expect(peer.seen[1]?.body).toBe(JSON.stringify({ seat }));
  });

  it('sends who calls, in which language, and what the call belongs to', async () => {
    const scope = { correlationId: 'c-7', function: 'f', remainingMs: () => 60_000 };
    const call = () =>
      peer.trains({ language: 'hi', baseUrl: async () => `${peer.baseUrl()}/` }).getSeat(get);
    await inScope(scope, () => inSpan('door', {}, call));
    expect(peer.seen[0]?.url).toMatch(/^\/live\/trains/);
    expect(peer.seen[0]?.headers).toMatchObject({
      authorization: 'Bearer tok',
      'accept-language': 'hi',
      'x-correlation-id': 'c-7',
      traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/),
    });
  });

  it('sends headers of its own with every call, and no other in the place of what a call says', async () => {
    const headers = { 'x-forwarded-for': '203.0.113.7', 'accept-language': 'ta' };
    await peer.trains({ headers }).getSeat(get);
    expect(peer.seen[0]?.headers).toMatchObject({
      'x-forwarded-for': '203.0.113.7',
      'accept-language': 'en',
    });
  });

  it('sends no token to a public door, and reads no body where there is none', async () => {
    peer.answers = [(_, response) => response.writeHead(204).end()];
    const { status, body } = await client({ baseUrl: peer.baseUrl() }, routes).complain({
      headers: { 'x-desk': '4' },
    });
    expect([status, body]).toEqual([204, undefined]);
    expect(peer.seen[0]?.headers).toMatchObject({ 'x-desk': '4' });
    expect(peer.seen[0]?.headers).not.toHaveProperty('authorization');
    await client({ baseUrl: peer.baseUrl() }, routes)
      .complain()
      .catch(() => undefined);
    await client({ baseUrl: peer.baseUrl() }, routes)
      .complain({ headers: {} })
      .catch(() => undefined);
    expect(peer.seen).toHaveLength(3);
  });

  it('throws a problem by the name that the other system gave it', async () => {
    const problem = {
      type: 'urn:dabbawala:error:SeatTakenError',
      name: 'SeatTakenError',
      status: 409,
      detail: 'Taken.',
      traceId: 'ab',
      seat: 12,
    };
    peer.answers = [json(409, problem, { 'content-type': 'application/problem+json' })];
    const error = await caught(peer.trains().getSeat(get));
    expect(error).toBeInstanceOf(RemoteProblem);
    expect(error).toMatchObject({
      name: 'SeatTakenError',
      status: 409,
      retryable: false,
      detail: 'Taken.',
      traceId: 'ab',
      facts: { seat: 12 },
    });
    expect(error.message).toBe('SeatTakenError: seat=12');
    expect(peer.seen).toHaveLength(1);
  });

  it('names what the gateway answers by its status', async () => {
    peer.answers = [json(401, { message: 'Unauthorized', requestId: 'r-1' }), json(418, 'tea')];
    expect(await caught(peer.trains().getSeat(get))).toMatchObject({
      name: 'UnauthenticatedError',
      detail: 'Unauthorized',
    });
    expect(await caught(peer.trains().getSeat(get))).toMatchObject({ name: 'RemoteProblem', detail: '' });
  });

  it.each([
    ['a lost connection', () => hangUp],
    ['half an answer', () => halfAnswer],
    ['503', () => json(503, { name: 'TransientError' })],
    ['429', () => json(429, '')],
  ])('tries an idempotent call again after %s, with full jitter', async (_, fault) => {
    peer.answers = [fault(), fault()];
    expect((await peer.trains().getSeat(get)).status).toBe(200);
    expect(peer.seen).toHaveLength(3);
    expect(peer.pauses).toEqual([50, 100]);
  });

  it('gives up after three attempts, and says what the other system said', async () => {
    peer.answers = [
      json(503, { name: 'TransientError', reason: 'x' }),
      hangUp,
      json(503, { name: 'SlowError' }),
    ];
    const error = await caught(peer.trains().holdSeat({ body: { seat }, idempotencyKey: 'k' }));
    expect(error).toBeInstanceOf(PeerUnavailableError);
    expect(error).toMatchObject({
      retryable: true,
      facts: { peer: 'trains', status: 503 },
      cause: { name: 'SlowError' },
    });
    expect(error.retryAfterSeconds).toBeUndefined();
    expect(peer.seen).toHaveLength(3);
  });

  it('never repeats a call that is not idempotent', async () => {
    peer.answers = [hangUp];
    const error = await caught(peer.trains().complain());
    expect(error).toMatchObject({ name: 'PeerUnavailableError', facts: { peer: 'trains' } });
    expect(peer.seen).toHaveLength(1);
  });

  it('waits as long as Retry-After says, and only if there is time for it', async () => {
    peer.answers = [json(503, '', { 'retry-after': '2' })];
    expect((await peer.trains().getSeat(get)).status).toBe(200);
    expect(peer.pauses).toEqual([2050]);

    peer.answers = [json(409, { name: 'InProgressError', retryable: true }, { 'retry-after': '1' })];
    expect((await peer.trains().getSeat(get)).status).toBe(200);
    expect(peer.pauses).toEqual([2050, 1050]);

    peer.answers = [json(503, '', { 'retry-after': '60' })];
    expect(await caught(peer.trains().getSeat(get))).toMatchObject({
      facts: { status: 503 },
      retryAfterSeconds: 60,
    });
  });

  it('asks again after a silence, while there is time', async () => {
    peer.answers = [silence];
    // Long enough for a second answer on a machine that has much else to do.
    expect((await peer.trains({ deadlineMs: 2_000 }).getSeat(get)).status).toBe(200);
    expect(peer.seen).toHaveLength(2);
  });

  it('hears out a peer that takes longer than an even share of the deadline', async () => {
    peer.answers = [after(400, json(200, { id: seat }))];
    expect((await peer.trains({ deadlineMs: 1000 }).getSeat(get)).status).toBe(200);
    expect(peer.seen).toHaveLength(1);
  });

  it('does not ask at all when the invocation has no time left', async () => {
    const scope = { correlationId: 'c', function: 'f', remainingMs: () => 100 };
    const error = await caught(inScope(scope, () => peer.trains().getSeat(get)));
    expect(error).toMatchObject({
      name: 'PeerUnavailableError',
      cause: { message: 'no time was left to ask' },
    });
    expect(peer.seen).toEqual([]);
  });

  it('does not believe an answer that the contract does not know', async () => {
    peer.answers = [json(200, { id: 'seat_1' }), json(200, 'no JSON'), json(203, { id: seat })];
    const errors = [];
    for (let n = 0; n < 3; n++) errors.push(await caught(peer.trains().getSeat(get)));
    expect(errors.every((error) => error instanceof PeerAnswerError && !error.retryable)).toBe(true);
    expect(errors.map(({ facts }) => facts)).toEqual([
      { peer: 'trains', problem: expect.stringContaining('body.id') },
      { peer: 'trains', problem: expect.stringContaining('body') },
      { peer: 'trains', problem: 'status 203' },
    ]);
  });

  it('keeps its connections', async () => {
    await peer.trains().getSeat(get);
    await peer.trains().getSeat(get);
    expect(peer.seen[0]?.socket.remotePort).toBe(peer.seen[1]?.socket.remotePort);
  });

  it('is typed by its routes', () => {
    const api = peer.trains();
    type Held = Awaited<ReturnType<typeof api.holdSeat>>;
    expectTypeOf<Held['status']>().toEqualTypeOf<201 | 202>();
    expectTypeOf(api.complain).toBeCallableWith();
    // @ts-expect-error the key is required
    expect(() => api.holdSeat({ body: { seat } })).toBeTypeOf('function');
    // @ts-expect-error a seat's id is asked for, not any text; and the path is required
    expect(() => api.getSeat({ query: {} })).toBeTypeOf('function');
  });
});
