import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HouseError, InProgressError, UnauthenticatedError } from '../errors/index.ts';
import { RemoteProblem } from '../http/index.ts';
import { call, context, held, hindi, route, SeatTakenError } from './door.fixture.ts';
import { restHandler } from './index.ts';
import { keptLines, type Lines, lambdaContext, proxyEvent, TRACE } from './lambda.fixture.ts';

let lines: Lines;
beforeEach(() => {
  lines = keptLines();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe('a problem', () => {
  it('says with a 401 how to authenticate (RFC 9110 11.6.1), and with nothing else', async () => {
    const unknown = await call(async () => {
      throw new UnauthenticatedError({ reason: 'no token' });
    });
    expect(unknown.statusCode).toBe(401);
    expect(unknown.headers).toMatchObject({ 'WWW-Authenticate': 'Bearer' });
    expect((await call(taken)).headers).not.toHaveProperty('WWW-Authenticate');
  });

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
      error: { cause: { name: 'TypeError', stack: expect.stringContaining('problem.test.ts') } },
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
