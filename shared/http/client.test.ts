import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, expectTypeOf, it, vi } from 'vitest';
import * as z from 'zod';
import { HouseError, PeerAnswerError, PeerUnavailableError } from '../errors/index.ts';
import { idSchema, newId, uuidV7 } from '../ids/index.ts';
import { inScope, inSpan, startTracing } from '../tracing/index.ts';
import { client, defineRoute, RemoteProblem } from './index.ts';
import { peerAnswering } from './peer.fixture.ts';

const SeatId = idSchema('seat');
const Seat = z.object({ id: SeatId, state: z.enum(['free', 'held']).default('free') });
const seat = SeatId.parse(newId('seat', uuidV7));

const common = { summary: 'A door.', access: { roles: ['customer'] }, errors: [] } as const;
const routes = {
  getSeat: defineRoute({
    ...common,
    name: 'get-seat',
    method: 'GET',
    path: '/trains/{train}/seats/{seat}',
    request: {
      path: z.object({ train: z.string(), seat: SeatId }),
      query: z.object({ class: z.array(z.string()).optional(), limit: z.coerce.number().default(10) }),
    },
    answers: { 200: Seat },
  }),
  holdSeat: defineRoute({
    ...common,
    name: 'hold-seat',
    method: 'POST',
    path: '/seats',
    idempotent: 'key',
    request: { body: z.strictObject({ seat: SeatId, note: z.string().default('') }) },
    answers: { 201: Seat, 202: z.object({ waiting: z.boolean() }) },
  }),
  complain: defineRoute({
    ...common,
    name: 'complain',
    method: 'POST',
    path: '/complaints',
    request: { headers: z.object({ 'x-desk': z.string().optional() }) },
    answers: { 204: null },
  }),
};

type Answering = (request: IncomingMessage & { body: string }, response: ServerResponse) => void;

describe('a client', () => {
  let baseUrl: string;
  let answers: Answering[];
  let seen: (IncomingMessage & { body: string })[];
  let pauses: number[];

  const peer = peerAnswering(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += String(chunk);
    const whole = Object.assign(request, { body });
    seen.push(whole);
    (answers.shift() ?? json(200, { id: seat }))(whole, response);
  });
  beforeAll(() => {
    startTracing();
    // The spans of the calls.
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    baseUrl = `${peer.url()}/live`;
  });
  afterAll(() => {
    vi.restoreAllMocks();
  });
  beforeEach(() => {
    answers = [];
    seen = [];
    pauses = [];
  });

  const json =
    (status: number, body: unknown, headers = {}): Answering =>
    (_, response) => {
      response.writeHead(status, { 'content-type': 'application/json', ...headers });
      response.end(typeof body === 'string' ? body : JSON.stringify(body));
    };
  const hangUp: Answering = (request) => request.socket.destroy();
  const halfAnswer: Answering = (request, response) => {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('{"id":', () => request.socket.destroy());
  };
  const silence: Answering = () => undefined;
  const after =
    (ms: number, answer: Answering): Answering =>
    (request, response) =>
      void setTimeout(() => answer(request, response), ms);
  const trains = (options = {}) =>
    client(
      {
        baseUrl,
        peer: 'trains',
        token: async () => 'tok',
        chance: () => 0.5,
        pause: async (ms) => {
          pauses.push(ms);
        },
        ...options,
      },
      routes,
    );
  const caught = async (call: Promise<unknown>): Promise<HouseError> => {
    try {
      await call;
    } catch (error) {
      if (error instanceof HouseError) return error;
      throw error;
    }
    throw new Error('it did not throw');
  };
  const get = { path: { train: '12951/A', seat } };

  it('writes path, query and body, and answers the parsed body', async () => {
    const { status, body } = await trains().getSeat({ ...get, query: { class: ['1A', '2A'], limit: 5 } });
    expect([status, body]).toEqual([200, { id: seat, state: 'free' }]);
    expect(seen[0]).toMatchObject({
      method: 'GET',
      url: `/live/trains/12951%2FA/seats/${seat}?class=1A&class=2A&limit=5`,
      body: '',
    });

    answers = [json(201, { id: seat, state: 'held' }, { 'x-a': ['1', '2'] })];
    const held = await trains().holdSeat({ body: { seat }, idempotencyKey: 'k-1' });
    expect(held).toMatchObject({ status: 201, body: { state: 'held' }, headers: { 'x-a': '1, 2' } });
    expect(seen[1]?.headers).toMatchObject({ 'content-type': 'application/json', 'idempotency-key': 'k-1' });
    expect(seen[1]?.body).toBe(JSON.stringify({ seat }));
  });

  it('sends who calls, in which language, and what the call belongs to', async () => {
    const scope = { correlationId: 'c-7', function: 'f', remainingMs: () => 60_000 };
    const call = () => trains({ language: 'hi', baseUrl: async () => `${baseUrl}/` }).getSeat(get);
    await inScope(scope, () => inSpan('door', {}, call));
    expect(seen[0]?.url).toMatch(/^\/live\/trains/);
    expect(seen[0]?.headers).toMatchObject({
      authorization: 'Bearer tok',
      'accept-language': 'hi',
      'x-correlation-id': 'c-7',
      traceparent: expect.stringMatching(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/),
    });
  });

  it('sends no token to a public door, and reads no body where there is none', async () => {
    answers = [(_, response) => response.writeHead(204).end()];
    const { status, body } = await client({ baseUrl }, routes).complain({ headers: { 'x-desk': '4' } });
    expect([status, body]).toEqual([204, undefined]);
    expect(seen[0]?.headers).toMatchObject({ 'x-desk': '4' });
    expect(seen[0]?.headers).not.toHaveProperty('authorization');
    await client({ baseUrl }, routes)
      .complain()
      .catch(() => undefined);
    await client({ baseUrl }, routes)
      .complain({ headers: {} })
      .catch(() => undefined);
    expect(seen).toHaveLength(3);
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
    answers = [json(409, problem, { 'content-type': 'application/problem+json' })];
    const error = await caught(trains().getSeat(get));
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
    expect(seen).toHaveLength(1);
  });

  it('names what the gateway answers by its status', async () => {
    answers = [json(401, { message: 'Unauthorized', requestId: 'r-1' }), json(418, 'tea')];
    expect(await caught(trains().getSeat(get))).toMatchObject({
      name: 'UnauthenticatedError',
      detail: 'Unauthorized',
    });
    expect(await caught(trains().getSeat(get))).toMatchObject({ name: 'RemoteProblem', detail: '' });
  });

  it.each([
    ['a lost connection', () => hangUp],
    ['half an answer', () => halfAnswer],
    ['503', () => json(503, { name: 'TransientError' })],
    ['429', () => json(429, '')],
  ])('tries an idempotent call again after %s, with full jitter', async (_, fault) => {
    answers = [fault(), fault()];
    expect((await trains().getSeat(get)).status).toBe(200);
    expect(seen).toHaveLength(3);
    expect(pauses).toEqual([50, 100]);
  });

  it('gives up after three attempts, and says what the other system said', async () => {
    answers = [json(503, { name: 'TransientError', reason: 'x' }), hangUp, json(503, { name: 'SlowError' })];
    const error = await caught(trains().holdSeat({ body: { seat }, idempotencyKey: 'k' }));
    expect(error).toBeInstanceOf(PeerUnavailableError);
    expect(error).toMatchObject({
      retryable: true,
      facts: { peer: 'trains', status: 503 },
      cause: { name: 'SlowError' },
    });
    expect(error.retryAfterSeconds).toBeUndefined();
    expect(seen).toHaveLength(3);
  });

  it('never repeats a call that is not idempotent', async () => {
    answers = [hangUp];
    const error = await caught(trains().complain());
    expect(error).toMatchObject({ name: 'PeerUnavailableError', facts: { peer: 'trains' } });
    expect(seen).toHaveLength(1);
  });

  it('waits as long as Retry-After says, and only if there is time for it', async () => {
    answers = [json(503, '', { 'retry-after': '2' })];
    expect((await trains().getSeat(get)).status).toBe(200);
    expect(pauses).toEqual([2050]);

    answers = [json(409, { name: 'InProgressError', retryable: true }, { 'retry-after': '1' })];
    expect((await trains().getSeat(get)).status).toBe(200);
    expect(pauses).toEqual([2050, 1050]);

    answers = [json(503, '', { 'retry-after': '60' })];
    expect(await caught(trains().getSeat(get))).toMatchObject({
      facts: { status: 503 },
      retryAfterSeconds: 60,
    });
  });

  it('asks again after a silence, while there is time', async () => {
    answers = [silence];
    expect((await trains({ deadlineMs: 300 }).getSeat(get)).status).toBe(200);
    expect(seen).toHaveLength(2);
  });

  it('hears out a peer that takes longer than an even share of the deadline', async () => {
    answers = [after(400, json(200, { id: seat }))];
    expect((await trains({ deadlineMs: 1000 }).getSeat(get)).status).toBe(200);
    expect(seen).toHaveLength(1);
  });

  it('does not ask at all when the invocation has no time left', async () => {
    const scope = { correlationId: 'c', function: 'f', remainingMs: () => 100 };
    const error = await caught(inScope(scope, () => trains().getSeat(get)));
    expect(error).toMatchObject({
      name: 'PeerUnavailableError',
      cause: { message: 'no time was left to ask' },
    });
    expect(seen).toEqual([]);
  });

  it('does not believe an answer that the contract does not know', async () => {
    answers = [json(200, { id: 'seat_1' }), json(200, 'no JSON'), json(203, { id: seat })];
    const errors = [];
    for (let n = 0; n < 3; n++) errors.push(await caught(trains().getSeat(get)));
    expect(errors.every((error) => error instanceof PeerAnswerError && !error.retryable)).toBe(true);
    expect(errors.map(({ facts }) => facts)).toEqual([
      { peer: 'trains', problem: expect.stringContaining('body.id') },
      { peer: 'trains', problem: expect.stringContaining('body') },
      { peer: 'trains', problem: 'status 203' },
    ]);
  });

  it('passes on what went wrong with the token', async () => {
    const own = new PeerUnavailableError({ peer: 'identity' });
    const token = () => Promise.reject(own);
    expect(await caught(trains({ token, attempts: 1 }).getSeat(get))).toBe(own);
    expect(seen).toEqual([]);
  });

  describe('that is told its token is no good', () => {
    const refusal = () => json(401, { message: 'Unauthorized' });
    /** A source of tokens that makes a new one when it is told that the last one was refused. */
    const source = () => {
      const refusals: (string | undefined)[] = [];
      let token = 1;
      return {
        refusals,
        token: async (refused?: string) => {
          refusals.push(refused);
          if (refused === `t${token}`) token += 1;
          return `t${token}`;
        },
      };
    };

    it('asks once more with a new one, at a call that may not be made twice too: nothing has happened', async () => {
      answers = [refusal(), (_, response) => response.writeHead(204).end()];
      const { token, refusals } = source();
      expect((await trains({ token }).complain()).status).toBe(204);
      expect(refusals).toEqual([undefined, 't1']);
      expect(seen.map(({ headers }) => headers.authorization)).toEqual(['Bearer t1', 'Bearer t2']);
      expect(pauses).toEqual([]);
    });

    it('takes the second no for an answer', async () => {
      answers = [refusal(), refusal()];
      const error = await caught(trains({ token: source().token }).getSeat(get));
      expect(error).toMatchObject({ name: 'UnauthenticatedError', retryable: false });
      expect(seen).toHaveLength(2);
    });

    it('does not send the same one twice', async () => {
      answers = [refusal()];
      expect(await caught(trains().getSeat(get))).toMatchObject({ name: 'UnauthenticatedError' });
      expect(seen).toHaveLength(1);
    });
  });

  it('counts the time that the token took', async () => {
    answers = [silence];
    const token = () => new Promise<string>((resolve) => setTimeout(resolve, 80, 'tok'));
    const startedAt = performance.now();
    await caught(trains({ token, attempts: 1, deadlineMs: 200 }).getSeat(get));
    expect(performance.now() - startedAt).toBeLessThan(260);
  });

  it('keeps its connections', async () => {
    await trains().getSeat(get);
    await trains().getSeat(get);
    expect(seen[0]?.socket.remotePort).toBe(seen[1]?.socket.remotePort);
  });

  it('is typed by its routes', () => {
    const api = trains();
    type Held = Awaited<ReturnType<typeof api.holdSeat>>;
    expectTypeOf<Held['status']>().toEqualTypeOf<201 | 202>();
    expectTypeOf(api.complain).toBeCallableWith();
    // @ts-expect-error the key is required
    expect(() => api.holdSeat({ body: { seat } })).toBeTypeOf('function');
    // @ts-expect-error a seat's id is asked for, not any text; and the path is required
    expect(() => api.getSeat({ query: {} })).toBeTypeOf('function');
  });
});
