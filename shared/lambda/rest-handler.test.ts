import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { NotFoundError } from '../errors/index.ts';
import { defineRoute } from '../http/index.ts';
import { logger } from '../logging/index.ts';
import { call, context, held, type Request, route } from './door.fixture.ts';
import { restHandler } from './index.ts';
import type { CallContext } from './invocation.ts';
import { keptLines, type Lines, proxyEvent, TRACE } from './lambda.fixture.ts';

let lines: Lines;
beforeEach(() => {
  lines = keptLines();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

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
      'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
      'Cross-Origin-Resource-Policy': 'same-origin',
      'Referrer-Policy': 'no-referrer',
      'Strict-Transport-Security': 'max-age=15552000; includeSubDomains',
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
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
