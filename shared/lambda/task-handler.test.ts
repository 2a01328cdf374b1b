import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { HouseError, NotFoundError, PeerUnavailableError, TransientError } from '../errors/index.ts';
import { currentTraceparent } from '../tracing/index.ts';
import { type TaskContext, taskHandler } from './index.ts';
import { keptLines, type Lines, lambdaContext, TRACE, TRACEPARENT } from './lambda.fixture.ts';

const Input = z.object({ payment: z.string(), traceparent: z.string() });
type Input = z.infer<typeof Input>;
const lambda = lambdaContext('paytm-saga-reserve-funds');
const context = {
  executionId: 'payment_1.1',
  state: 'ReserveFunds',
  retryCount: 0,
  enteredAt: '2026-11-24T11:30:00.000Z',
  correlationId: 'corr-1',
};
const event = (over: object = {}) => ({
  context,
  input: { payment: 'payment_1', traceparent: TRACEPARENT, ...over },
});

const task = (use: (input: Input, context: TaskContext) => Promise<unknown>, raw: unknown = event()) =>
  taskHandler({ accepts: Input, ports: () => ({}), handle: () => use })(raw, lambda);
const thrown = async (use: () => Promise<unknown>, raw: unknown = event()): Promise<HouseError> => {
  const caught = await task(use, raw).catch((error: unknown) => error);
  if (caught instanceof HouseError) return caught;
  throw new Error('no house error was thrown');
};
const throwing = (error: unknown) => () => Promise.reject(error);

let lines: Lines;
beforeEach(() => {
  lines = keptLines();
});
afterEach(() => vi.restoreAllMocks());

describe('a task', () => {
  it('hands over input and context, and answers the result of the state', async () => {
    const result = await task(async (input, its) => ({ input, its }));
    expect(result).toEqual({ input: event().input, its: context });
  });

  it('works in the trace that the door began, whichever state it is', async () => {
    const inside = await task(async () => currentTraceparent());
    expect(inside).toContain(TRACE);
    expect(lines.spans()).toMatchObject([
      {
        traceId: TRACE,
        name: 'ReserveFunds',
        correlationId: 'corr-1',
        attributes: { executionId: 'payment_1.1', state: 'ReserveFunds', retryCount: 0 },
      },
    ]);
    expect(lines.facts()).toMatchObject([{ message: 'task done', executionId: 'payment_1.1' }]);
    expect(lines.metrics()).toMatchObject([{ Count: 1, Faults: 0 }]);
  });

  it('may answer nothing', async () => {
    expect(await task(async () => undefined)).toBeUndefined();
  });
});

describe('what Step Functions sees of an error', () => {
  it('is its own name, where no retry helps, and its facts in the message', async () => {
    const own = new NotFoundError({ what: 'payment', id: 'payment_1' });
    const error = await thrown(throwing(own));
    expect(error).toBe(own);
    expect(error.message).toBe('NotFoundError: what=payment id=payment_1');
    expect(lines.facts()).toMatchObject([
      { level: 'INFO', message: 'task failed', errorName: 'NotFoundError' },
    ]);
    expect(lines.spans()).toMatchObject([{ status: 'error', attributes: { 'error.type': 'NotFoundError' } }]);
  });

  it('is TransientError, where a retry can help, with the real name and facts in message, log and span', async () => {
    const error = await thrown(throwing(new PeerUnavailableError({ peer: 'sandbox-bank', status: 503 })));
    expect(error.name).toBe('TransientError');
    expect(error.message).toBe('TransientError: peer=sandbox-bank status=503 reason=PeerUnavailableError');
    expect(error.cause).toBeInstanceOf(PeerUnavailableError);
    expect(lines.facts()).toMatchObject([
      { level: 'WARN', errorName: 'PeerUnavailableError', retryable: true },
    ]);
    expect(lines.spans()).toMatchObject([
      { attributes: { 'error.type': 'TransientError', 'error.name': 'PeerUnavailableError' } },
    ]);
    expect(lines.metrics()).toMatchObject([{ Count: 1, Faults: 1 }]);
  });

  it('is a TransientError as it was thrown', async () => {
    const own = new TransientError({ reason: 'TimeoutError' });
    expect(await thrown(throwing(own))).toBe(own);
  });

  it('is TransientError for what the SDK says about load', async () => {
    const throttled = Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
    expect(await thrown(throwing(throttled))).toMatchObject({ name: 'TransientError', cause: throttled });
  });

  it('is UnexpectedError for a defect, which a person has to see', async () => {
    expect(await thrown(throwing(new TypeError('x')))).toMatchObject({
      name: 'UnexpectedError',
      facts: { reason: 'TypeError' },
    });
    expect(lines.facts()).toMatchObject([{ level: 'ERROR' }]);
  });

  it('is TransientError when the work takes longer than Lambda leaves', async () => {
    const never = taskHandler({
      accepts: Input,
      ports: () => ({}),
      handle: () => () => new Promise<never>(() => undefined),
    });
    await expect(never(event(), lambdaContext('f', 160))).rejects.toMatchObject({
      name: 'TransientError',
      facts: { reason: 'TimeoutError' },
    });
  });

  it.each([
    ['an input that is not accepted', event({ payment: 7 }), 'task.input.payment'],
    ['no context', { input: event().input }, 'task.context'],
    ['nothing', null, 'task'],
    ['a context that is a text', { context: 'x', input: 'y' }, 'task.context'],
  ])('is InvalidInputError for %s', async (_, raw, field) => {
    const error = await thrown(async () => undefined, raw);
    expect(error.name).toBe('InvalidInputError');
    expect(JSON.stringify(error.facts)).toContain(`"${field}"`);
  });
});

describe('an error that names a time before which a retry is of no use', () => {
  /** How long a task waits, ms, before it shows Step Functions what its use case threw. */
  const waited = async (error: HouseError, remainingMs = 10_000): Promise<number[]> => {
    const waits: number[] = [];
    const handler = taskHandler({
      accepts: Input,
      ports: () => ({}),
      handle: () => throwing(error),
      pause: async (ms) => {
        waits.push(ms);
      },
    });
    await expect(handler(event(), lambdaContext('f', remainingMs))).rejects.toThrow();
    return waits;
  };
  const away = (retryAfterSeconds: number) =>
    new PeerUnavailableError({ peer: 'sandbox-bank' }, { retryAfterSeconds });

  it('is shown after that time, because Retry of Step Functions cannot read it', async () => {
    expect(await waited(away(2))).toEqual([2_000]);
  });

  it('is waited for no longer than five seconds, nor than the invocation has left', async () => {
    expect(await waited(away(60))).toEqual([5_000]);
    expect(await waited(away(5), 3_000)).toEqual([2_500]);
  });

  it('is shown at once where it names none', async () => {
    expect(await waited(new PeerUnavailableError({ peer: 'sandbox-bank' }))).toEqual([]);
    expect(await waited(new NotFoundError({ what: 'payment', id: 'payment_1' }))).toEqual([]);
  });
});

it('takes its ports from its use case: a wrong one does not compile', () => {
  const use = (_: { bank: string }) => async (_input: Input) => 1;
  // @ts-expect-error the port is called bank
  taskHandler({ accepts: Input, handle: use, ports: () => ({ banks: '' }) });
  expect(taskHandler({ accepts: Input, handle: use, ports: () => ({ bank: '' }) })).toBeTypeOf('function');
});
