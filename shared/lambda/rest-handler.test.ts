import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { HouseError, InProgressError, NotFoundError } from '../errors/index.ts';
import { defineRoute, RemoteProblem } from '../http/index.ts';
import { logger } from '../logging/index.ts';
import { defineMessages } from '../messages/index.ts';
import { type RequestOf, restHandler } from './index.ts';
import type { CallContext } from './invocation.ts';
import { keptLines, type Lines, lambdaContext, proxyEvent, TRACE } from './lambda.fixture.ts';

class SeatTakenError extends HouseError<{ seat: string }> {
  override readonly name = 'SeatTakenError';
  override readonly status = 409;
}
const messages = defineMessages({
  SeatTakenError: { en: ({ seat }) => `Seat ${seat} is taken.`, hi: ({ seat }) => `सीट ${seat} ले ली गई है।` },
});
const route = defineRoute({
  name: 'hold-seat',
  method: 'POST',
  path: '/seats/{seat}',
  summary: 'Holds a seat.',
  access: { roles: ['customer', 'operator'] },
  idempotent: 'key',
  request: {
    path: z.object({ seat: z.string().max(20) }),
    query: z.object({
      class: z.array(z.string()).optional(),
      limit: z.coerce.number().int().max(100).default(10),
    }),
    headers: z.object({ 'x-desk': z.string().optional() }),
    body: z.strictObject({ count: z.int().min(1) }),
  },
  answers: { 201: z.object({ seat: z.string(), held: z.boolean() }), 204: null },
  errors: ['SeatTakenError'],
});
type Request = RequestOf<typeof route>;

const context = lambdaContext('irctc-booking-hold-seat');
const held = { status: 201, body: { seat: 's 1', held: true } } as const;

let lines: Lines;
beforeEach(() => {
  lines = keptLines();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** The door with a use case, called with an event; the body comes parsed. */
const call = async (
  use: (request: Request, context: CallContext) => Promise<unknown>,
  event: object = proxyEvent(),
  lambda = context,
) => {
  const handler = restHandler({ route, messages, ports: () => ({}), handle: () => use as never });
  const { body, ...result } = await handler(event, lambda);
  return { ...result, text: body, body: body === '' ? undefined : JSON.parse(body) };
};
const hindi = { ...(proxyEvent().headers as object), 'Accept-Language': 'hi-IN, en;q=0.5' };

describe('a door', () => {
  it('hands its use case what the contract promises', async () => {
    let seen: Request | undefined;
    let seenContext: CallContext | undefined;
    const event = proxyEvent({
      multiValueQueryStringParameters: { class: ['1A'], limit: ['5'] },
      headers: { ...(proxyEvent().headers as object), 'X-Desk': '4' },
    });
    await call(async (request, itsContext) => {
      seen = request;
      seenContext = itsContext;
      return held;
    }, event);
    expect(seen).toMatchObject({
      path: { seat: 's 1' },
      query: { class: ['1A'], limit: 5 },
      headers: { 'x-desk': '4' },
      body: { count: 2 },
      caller: { subject: 'user_1', roles: ['customer', 'rider'] },
      idempotencyKey: 'key-1',
      language: 'en',
    });
    expect(seen?.say('SeatTakenError', { seat: '1' })).toBe('Seat 1 is taken.');
    expect(seen?.say('ForbiddenError')).toBe('You may not do this.');
    expect(seenContext?.correlationId).toBe('corr-1');
    expect(seenContext?.traceparent).toMatch(new RegExp(`^00-${TRACE}-[0-9a-f]{16}-01$`));
    expect(seenContext?.remainingMs()).toBe(10_000);
  });

  it('answers as the contract says, with headers that every answer has', async () => {
    const { statusCode, headers, body } = await call(async () => ({ ...held, headers: { Location: '/x' } }));
    expect([statusCode, body]).toEqual([201, { seat: 's 1', held: true }]);
    expect(headers).toMatchObject({
      'Content-Type': 'application/json',
      'Content-Language': 'en',
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      'Strict-Transport-Security': expect.stringContaining('max-age='),
      'X-Correlation-Id': 'corr-1',
      traceparent: expect.stringContaining(TRACE),
      Location: '/x',
    });
  });

  it('lets nothing out that the contract does not name', async () => {
    const { text } = await call(async () => ({
      status: 201,
      body: { ...held.body, phone: '+919876543210' },
    }));
    expect(JSON.parse(text)).toEqual(held.body);
  });

  it('answers without a body where the contract has none', async () => {
    const { statusCode, text } = await call(async () => ({ status: 204 }));
    expect([statusCode, text]).toEqual([204, '']);
  });

  it.each([
    ['a body that the contract does not know', { status: 201, body: { seat: 1 } }],
    ['a status that the contract does not know', { status: 299, body: {} }],
  ])('does not send %s', async (_, answer) => {
    const { statusCode, body } = await call(async () => answer);
    expect(statusCode).toBe(500);
    expect(body.name).toBe('UnexpectedError');
  });

  it('makes its ports once, and not before they are needed outside of Lambda', async () => {
    let made = 0;
    const options = {
      route: { ...route, answers: { 201: z.object({}) } },
      handle: () => async () => ({ status: 201 as const, body: {} }),
      ports: () => void made++,
    };
    const handler = restHandler(options);
    expect(made).toBe(0);
    await handler(proxyEvent(), context);
    await handler(proxyEvent(), context);
    expect(made).toBe(1);
    vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'irctc-booking-hold-seat');
    restHandler(options);
    expect(made).toBe(2);
  });

  it('needs no caller, key or body where the contract is public and reads nothing', async () => {
    const open = defineRoute({
      name: 'open',
      method: 'GET',
      path: '/open',
      summary: 'Open.',
      access: { public: 'nothing in here is secret' },
      request: {},
      answers: { 200: z.object({ caller: z.string() }) },
      errors: [],
    });
    const handler = restHandler({
      route: open,
      ports: () => undefined,
      handle: () => async (request) => ({
        status: 200 as const,
        body: { caller: `${request.caller} ${request.idempotencyKey} ${request.body} ${request.path}` },
      }),
    });
    const { statusCode, body, headers } = await handler(
      { headers: null, body: 'ignored', requestContext: {}, pathParameters: null },
      context,
    );
    expect([statusCode, body]).toEqual([200, '{"caller":"undefined undefined undefined undefined"}']);
    expect(headers['X-Correlation-Id']).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('reads a body that API Gateway has encoded', async () => {
    const body = Buffer.from('{"count":3}').toString('base64');
    const { statusCode } = await call(
      async (request) => {
        expect(request.body).toEqual({ count: 3 });
        return held;
      },
      proxyEvent({ body, isBase64Encoded: true }),
    );
    expect(statusCode).toBe(201);
  });

  it('replaces a correlation id that does not belong into a log', async () => {
    const headers = { ...(proxyEvent().headers as object), 'X-Correlation-Id': 'a b\n' };
    const { headers: answered } = await call(async () => held, proxyEvent({ headers }));
    expect(answered['X-Correlation-Id']).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('a problem', () => {
  const taken = async () => {
    throw new SeatTakenError({ seat: 's 1' });
  };

  it('is told as RFC 9457 says, with the facts to act on and the trace', async () => {
    const { statusCode, headers, body } = await call(taken);
    expect(statusCode).toBe(409);
    expect(headers).toMatchObject({
      'Content-Type': 'application/problem+json',
      'X-Content-Type-Options': 'nosniff',
      'X-Correlation-Id': 'corr-1',
    });
    expect(headers).not.toHaveProperty('Retry-After');
    expect(body).toEqual({
      type: 'urn:dabbawala:error:SeatTakenError',
      title: 'Seat taken',
      status: 409,
      detail: 'Seat s 1 is taken.',
      name: 'SeatTakenError',
      retryable: false,
      traceId: TRACE,
      seat: 's 1',
    });
  });

  it('is told in Hindi to who reads Hindi', async () => {
    const { headers, body } = await call(taken, proxyEvent({ headers: hindi }));
    expect(headers['Content-Language']).toBe('hi');
    expect(body.detail).toBe('सीट s 1 ले ली गई है।');
  });

  it('says when to come again', async () => {
    const { statusCode, headers, body } = await call(async () => {
      throw new InProgressError({ key: 'k' }, { retryAfterSeconds: 3 });
    });
    expect([statusCode, headers['Retry-After'], body.retryable]).toEqual([409, '3', true]);
  });

  it('cannot be made to say another status by a fact', async () => {
    class OddError extends HouseError<object> {
      override readonly name = 'OddError';
      override readonly status = 418;
    }
    const { body } = await call(async () => {
      throw new OddError({ status: 200, name: 'AllIsWell', traceId: 'x' });
    });
    expect(body).toMatchObject({ status: 418, name: 'OddError', traceId: TRACE });
  });

  it('tells nothing of what nobody expected, and the log everything', async () => {
    const { statusCode, body, text } = await call(async () => {
      throw new TypeError('cannot read properties of secret');
    });
    expect(statusCode).toBe(500);
    expect(body).toMatchObject({ name: 'UnexpectedError', status: 500 });
    expect(text).not.toMatch(/secret|TypeError|at .*\.ts/);
    expect(lines.facts()[0]).toMatchObject({
      level: 'ERROR',
      message: 'request failed',
      traceId: TRACE,
      error: { cause: { name: 'TypeError', stack: expect.stringContaining('rest-handler.test.ts') } },
    });
  });

  it('of another system is not answered as ours, unless the contract says so', async () => {
    const throwing =
      (name: string, retryable = false) =>
      async () => {
        throw new RemoteProblem(409, { name, retryable });
      };
    expect(await call(throwing('SeatTakenError'))).toMatchObject({ statusCode: 409 });
    expect(await call(throwing('AccountClosedError'))).toMatchObject({
      statusCode: 500,
      body: { name: 'UnexpectedError' },
    });
    expect(await call(throwing('InProgressError', true))).toMatchObject({
      statusCode: 503,
      body: { name: 'TransientError', reason: 'InProgressError' },
    });
  });

  it('is answered before Lambda ends the invocation', async () => {
    const never = () => new Promise<never>(() => undefined);
    const { statusCode, body } = await call(never, proxyEvent(), lambdaContext('f', 160));
    expect(statusCode).toBe(503);
    expect(body).toMatchObject({ name: 'TransientError', reason: 'TimeoutError', retryable: true });
  });

  it('is answered even when the ports cannot be made, and when the house itself falls over', async () => {
    const broken = restHandler({
      route,
      handle: () => async () => held,
      ports: () => {
        throw new Error('no TABLE');
      },
    });
    expect((await broken(proxyEvent(), context)).statusCode).toBe(500);
    expect((await broken(null as never, context)).statusCode).toBe(500);
    const oddContext = {
      awsRequestId: 'r',
      getRemainingTimeInMillis: () => 1000,
      get functionName(): string {
        throw new Error('odd');
      },
    };
    const odd = await restHandler({ route, handle: () => async () => held, ports: () => ({}) })(
      proxyEvent(),
      oddContext,
    );
    expect([odd.statusCode, JSON.parse(odd.body).name]).toEqual([500, 'UnexpectedError']);
    expect(lines.facts()).toContainEqual(expect.objectContaining({ message: 'the door itself failed' }));
  });
});

describe('what is wrong with a request', () => {
  const refused = async (over: object, headers: object = {}) => {
    const event = proxyEvent({ headers: { ...(proxyEvent().headers as object), ...headers }, ...over });
    const { statusCode, body } = await call(async () => held, event);
    return [statusCode, body.name, body.issues ?? body];
  };

  it('is said of every field of every part at once', async () => {
    const [status, name, issues] = await refused(
      {
        pathParameters: { seat: 'x'.repeat(21) },
        multiValueQueryStringParameters: { limit: ['1000'] },
        body: '{"count":0,"extra":1}',
      },
      { 'Idempotency-Key': 'no spaces please' },
    );
    expect([status, name]).toEqual([400, 'InvalidInputError']);
    expect(issues).toEqual([
      { field: 'path.seat', expected: 'at most 20 characters' },
      { field: 'query.limit', expected: 'at most 100' },
      { field: 'body.count', expected: 'at least 1' },
      { field: 'body.extra', expected: 'nothing, because no such field is known' },
      { field: 'headers.idempotency-key', expected: '1 to 64 letters, digits and _.:-' },
    ]);
  });

  it('is said in Hindi', async () => {
    const { body } = await call(async () => held, proxyEvent({ headers: hindi, body: '{"count":"x"}' }));
    expect(body.issues).toEqual([{ field: 'body.count', expected: 'संख्या' }]);
    expect(body.detail).toContain('body.count: संख्या');
  });

  it.each([
    ['no body', { body: null }, {}, 400, 'body', 'a value, because it is required'],
    ['an empty body', { body: '' }, {}, 400, 'body', 'a value, because it is required'],
    ['no JSON', { body: '{"count":' }, {}, 400, 'body', 'JSON'],
    ['a body that reaches for prototypes', { body: '{"__proto__":{}}' }, {}, 400, 'body', 'JSON'],
    ['no key', {}, { 'Idempotency-Key': undefined }, 400, 'headers.idempotency-key', expect.any(String)],
    [
      'a bad escape',
      { pathParameters: { seat: '%E0%A4'.repeat(9) } },
      {},
      400,
      'path.seat',
      expect.any(String),
    ],
  ])('is %s', async (_, over, headers, status, field, expected) => {
    expect(await refused(over, headers)).toEqual([status, 'InvalidInputError', [{ field, expected }]]);
  });

  it('is another content type, or none', async () => {
    expect(await refused({}, { 'Content-Type': 'text/plain' })).toMatchObject([
      415,
      'UnsupportedMediaTypeError',
      { found: 'text/plain', expected: 'application/json' },
    ]);
    expect(await refused({}, { 'Content-Type': undefined })).toMatchObject([
      415,
      expect.any(String),
      { found: '' },
    ]);
    expect(await refused({}, { 'Content-Type': 'application/json; charset=utf-8' })).toMatchObject([
      201,
      undefined,
      {},
    ]);
  });

  it('is a body above 64 kB, however it is encoded', async () => {
    const large = JSON.stringify({ count: 1, note: 'x'.repeat(64 * 1024) });
    const problem = [413, 'BodyTooLargeError', { limit: 65_536, bytes: large.length }];
    expect(await refused({ body: large })).toMatchObject(problem);
    expect(
      await refused({ body: Buffer.from(large).toString('base64'), isBase64Encoded: true }),
    ).toMatchObject(problem);
  });

  it('is a caller without one of the roles, before anything else is looked at', async () => {
    const requestContext = { authorizer: { subject: 'kitchen_1', roles: 'kitchen' } };
    const over = { requestContext, body: 'x'.repeat(70_000) };
    expect(await refused(over)).toMatchObject([403, 'ForbiddenError', { door: 'hold-seat' }]);
  });

  it('is a caller that no authorizer has seen', async () => {
    for (const requestContext of [{}, { authorizer: null }, { authorizer: { subject: 'x' } }]) {
      expect(await refused({ requestContext })).toMatchObject([401, 'UnauthenticatedError', {}]);
    }
  });
});

describe('what a door writes down', () => {
  it('is one fact, one span in the trace of the caller, and one line of metrics', async () => {
    vi.stubEnv('SYSTEM', 'irctc-booking');
    await call(async () => held);
    expect(lines.facts()).toEqual([
      expect.objectContaining({
        message: 'request answered',
        door: 'hold-seat',
        status: 201,
        correlationId: 'corr-1',
        traceId: TRACE,
      }),
    ]);
    expect(lines.spans()).toEqual([
      expect.objectContaining({
        traceId: TRACE,
        parentId: 'b7ad6b7169203331',
        name: 'POST /seats/{seat}',
        kind: 'server',
        status: 'ok',
        correlationId: 'corr-1',
        attributes: expect.objectContaining({ 'http.response.status_code': 201 }),
      }),
    ]);
    expect(lines.metrics()).toEqual([
      expect.objectContaining({
        Count: 1,
        Faults: 0,
        Duration: expect.any(Number),
        function: 'irctc-booking-hold-seat',
        traceId: TRACE,
        correlationId: 'corr-1',
      }),
    ]);
  });

  it('holds no token, and counts a refusal as no fault', async () => {
    await call(async () => {
      throw new NotFoundError({ what: 'seat', id: 's 1' });
    });
    expect(lines.facts()).toMatchObject([
      { level: 'INFO', message: 'request refused', reason: 'NotFoundError' },
    ]);
    expect(lines.spans()).toMatchObject([{ status: 'ok', attributes: { 'error.type': 'NotFoundError' } }]);
    expect(lines.metrics()).toMatchObject([{ Faults: 0 }]);
    expect(lines.text()).not.toContain('eyJ');
  });

  it('counts what we did wrong as a fault', async () => {
    await call(async () => {
      logger().info('half way');
      throw new Error('x');
    });
    expect(lines.facts()[0]).toMatchObject({ message: 'half way', traceId: TRACE, correlationId: 'corr-1' });
    expect(lines.spans()).toMatchObject([
      { status: 'error', attributes: { 'error.type': 'UnexpectedError' } },
    ]);
    expect(lines.metrics()).toMatchObject([{ Faults: 1 }]);
  });
});

it('a wrong port, a wrong answer and a wrong status do not compile', () => {
  const ports = () => undefined;
  const use = (_: { seats: string }) => async (_request: Request) => held;
  const wrongStatus = () => async () => ({ status: 200, body: {} }) as const;
  const wrongBody = () => async () => ({ status: 201, body: { seat: '' } }) as const;
  // @ts-expect-error the port is called seats
  restHandler({ route, handle: use, ports: () => ({ seat: '' }) });
  // @ts-expect-error 200 is not in the contract
  restHandler({ route, handle: wrongStatus, ports });
  // @ts-expect-error held is missing
  restHandler({ route, handle: wrongBody, ports });
  expect(restHandler({ route, handle: use, ports: () => ({ seats: '' }) })).toBeTypeOf('function');
});
