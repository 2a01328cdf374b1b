import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { HouseError, TooManyRequestsError } from '../errors/index.ts';
import { RemoteProblem } from '../http/index.ts';
import { defineMessages } from '../messages/index.ts';
import { defineSocket } from '../socket/index.ts';
import { type CommandOf, type Session, socketHandler } from './index.ts';
import { keptLines, type Lines, lambdaContext, TRACE, TRACEPARENT } from './lambda.fixture.ts';

/** A refusal that the contract names. */
class BerthTakenError extends HouseError<{ berth: string }> {
  override readonly name = 'BerthTakenError';
  override readonly status = 409;
}
const messages = defineMessages({
  BerthTakenError: {
    en: ({ berth }) => `Berth ${berth} is taken.`,
    hi: ({ berth }) => `बर्थ ${berth} ले ली गई है।`,
  },
});

const socket = defineSocket({
  connect: {
    route: '$connect',
    name: 'connect',
    summary: 'Opens.',
    query: z.object({ ticket: z.string().min(3) }),
  },
  disconnect: { route: '$disconnect', name: 'disconnect', summary: 'Closes.' },
  commands: {
    hold: {
      route: 'hold',
      name: 'hold-berth',
      summary: 'Holds a berth.',
      roles: ['customer'],
      payload: z.strictObject({ berth: z.string().max(4), count: z.int().default(1) }),
      answer: z.object({ berth: z.string(), held: z.int() }),
      errors: ['BerthTakenError'],
    },
  },
});
const { hold } = socket.commands;

const lambda = lambdaContext('irctc-booking-hold-berth');
const session: Session = { connection: 'c1=', subject: 'user_1', role: 'customer', language: 'en' };
const message = (body: unknown) => ({
  requestContext: { routeKey: 'hold', connectionId: 'c1=' },
  body: typeof body === 'string' ? body : JSON.stringify(body),
});
const frame = { type: 'hold', id: 'm-1', payload: { berth: '12A' } };

type Use = (command: CommandOf<typeof hold>) => Promise<unknown>;
const said = async (
  use: Use,
  body: unknown = frame,
  { who = session, within = lambda }: { who?: Session; within?: typeof lambda } = {},
) => {
  const handler = socketHandler({
    on: hold,
    handle: () => use as never,
    ports: () => ({ sessions: { of: async () => who } }),
    messages,
  });
  const { statusCode, body: text = '' } = await handler(message(body), within);
  expect(statusCode).toBe(200);
  return { text, frame: JSON.parse(text) };
};
const held: Use = async ({ payload }) => ({ berth: payload.berth, held: payload.count });
const throwing =
  (error: unknown): Use =>
  () =>
    Promise.reject(error);

let lines: Lines;
beforeEach(() => {
  lines = keptLines();
});
afterEach(() => vi.restoreAllMocks());

describe('a command', () => {
  it('hands its use case what the contract promises, and who asks', async () => {
    let seen: CommandOf<typeof hold> | undefined;
    await said(async (command) => {
      seen = command;
      return held(command);
    });
    expect(seen).toMatchObject({ payload: { berth: '12A', count: 1 }, id: 'm-1', session });
    expect(seen?.say('BerthTakenError', { berth: '1' })).toBe('Berth 1 is taken.');
    expect(seen?.say('ForbiddenError')).toBe('You may not do this.');
  });

  it('is acknowledged under the id that the client gave it, with nothing that the contract does not name', async () => {
    const { frame: ack } = await said(async () => ({ berth: '12A', held: 2, phone: '+919876543210' }));
    expect(ack).toEqual({ type: 'ack', id: 'm-1', payload: { berth: '12A', held: 2 } });
    expect(lines.facts()).toMatchObject([{ message: 'command answered', door: 'hold-berth' }]);
    expect(lines.metrics()).toMatchObject([{ Count: 1, Faults: 0 }]);
  });

  it('goes on in the trace that the client began', async () => {
    await said(held, { ...frame, traceparent: TRACEPARENT });
    expect(lines.spans()).toMatchObject([
      { traceId: TRACE, name: 'socket hold', attributes: { door: 'hold-berth', connection: 'c1=' } },
    ]);
    await said(held, { ...frame, traceparent: 'nonsense' });
    expect(lines.spans()[1]?.traceId).not.toBe(TRACE);
  });
});

describe('the one frame of errors', () => {
  it('has the name of the house, its facts, and words in the language of the connection', async () => {
    const { frame: refused } = await said(throwing(new BerthTakenError({ berth: '12A' })), frame, {
      who: { ...session, language: 'hi' },
    });
    expect(refused).toMatchObject({
      type: 'error',
      id: 'm-1',
      error: {
        type: 'urn:dabbawala:error:BerthTakenError',
        title: 'Berth taken',
        name: 'BerthTakenError',
        status: 409,
        retryable: false,
        detail: 'बर्थ 12A ले ली गई है।',
        berth: '12A',
        traceId: expect.stringMatching(/^[0-9a-f]{32}$/),
      },
    });
    expect(lines.facts()).toMatchObject([
      { level: 'INFO', message: 'command refused', reason: 'BerthTakenError' },
    ]);
    expect(lines.metrics()).toMatchObject([{ Faults: 0 }]);
  });

  it('says when to ask again', async () => {
    const error = new TooManyRequestsError({}, { retryAfterSeconds: 7 });
    const { frame: refused } = await said(throwing(error));
    expect(refused.error).toMatchObject({
      name: 'TooManyRequestsError',
      retryable: true,
      retryAfterSeconds: 7,
    });
  });

  it.each([
    ['a defect', new RangeError('of user_1'), 'UnexpectedError'],
    [
      'another system’s problem that nobody has translated',
      new RemoteProblem(404, { name: 'NotFoundError' }),
      'UnexpectedError',
    ],
    [
      'something transient',
      Object.assign(new Error('busy'), { name: 'ThrottlingException' }),
      'TransientError',
    ],
  ])('tells of %s nothing of the inside, and counts it as our fault', async (_, thrown, name) => {
    const { frame: refused, text } = await said(throwing(thrown));
    expect(refused).toMatchObject({ type: 'error', id: 'm-1', error: { name } });
    expect(text).not.toContain('user_1');
    expect(lines.facts()).toMatchObject([{ level: 'ERROR', message: 'command failed' }]);
    expect(lines.metrics()).toMatchObject([{ Faults: 1 }]);
  });

  it('comes for an answer that is not in the contract', async () => {
    const { frame: refused } = await said(async () => ({ berth: 12 }));
    expect(refused.error).toMatchObject({ name: 'UnexpectedError', status: 500 });
  });

  it.each([
    ['no JSON', 'hello', 'InvalidInputError', [{ field: 'frame', expected: 'JSON' }], undefined],
    ['nothing', '', 'InvalidInputError', [{ field: 'frame', expected: 'JSON' }], undefined],
    ['no id', { type: 'hold', payload: {} }, 'InvalidInputError', [{ field: 'frame.id' }], undefined],
    ['a list', [], 'InvalidInputError', [{ field: 'frame' }], undefined],
    [
      'a wrong field',
      { ...frame, payload: { berth: 12 } },
      'InvalidInputError',
      [{ field: 'payload.berth' }],
      'm-1',
    ],
    [
      'a field too many',
      { ...frame, payload: { berth: '1', x: 1 } },
      'InvalidInputError',
      [{ field: 'payload.x' }],
      'm-1',
    ],
    ['no payload', { type: 'hold', id: 'm-1' }, 'InvalidInputError', [{ field: 'payload.berth' }], 'm-1'],
    [
      'too much',
      { ...frame, payload: { berth: 'x'.repeat(16_384) } },
      'BodyTooLargeError',
      undefined,
      undefined,
    ],
  ])('is the answer to %s, with the id where there was one', async (_, body, name, issues, id) => {
    const { frame: refused } = await said(held, body);
    expect(refused.error).toMatchObject({ name, ...(issues ? { issues } : {}) });
    expect(refused.id).toBe(id);
  });

  it('refuses a connection that nobody knows, and a role that may not ask', async () => {
    const nobody = socketHandler({
      on: hold,
      handle: () => held as never,
      ports: () => ({ sessions: { of: async () => undefined } }),
    });
    const { body = '' } = await nobody(message(frame), lambda);
    expect(JSON.parse(body)).toMatchObject({ id: 'm-1', error: { name: 'UnauthenticatedError' } });
    const { frame: refused } = await said(held, frame, { who: { ...session, role: 'rider' } });
    expect(refused.error).toMatchObject({ name: 'ForbiddenError', detail: 'You may not do this.' });
  });

  it('comes before Lambda ends the invocation', async () => {
    const { frame: refused } = await said(() => new Promise(() => undefined), frame, {
      within: lambdaContext('f', 200),
    });
    expect(refused).toMatchObject({ id: 'm-1', error: { name: 'TransientError', retryable: true } });
  });
});

describe('the beginning and the end of a connection', () => {
  const opening = (queryStringParameters: object | null) => ({
    requestContext: { routeKey: '$connect', connectionId: 'c1=' },
    headers: {},
    queryStringParameters,
  });
  const opened = (use: (asked: object) => Promise<void>, query: object | null) =>
    socketHandler({ on: socket.connect, handle: () => use, ports: () => ({}) })(opening(query), lambda);

  it('lets in whom the use case lets in', async () => {
    const seen: object[] = [];
    expect(await opened(async (asked) => void seen.push(asked), { ticket: 'abc' })).toEqual({
      statusCode: 200,
    });
    expect(seen).toEqual([{ connection: 'c1=', query: { ticket: 'abc' } }]);
    expect(lines.facts()).toMatchObject([{ message: 'connection opened' }]);
    expect(lines.text()).not.toContain('abc');
  });

  it.each([
    ['what the use case throws', { ticket: 'abc' }, 409],
    ['a query that is not as the contract says', { ticket: 'a' }, 400],
    ['no query', null, 400],
  ])('refuses with the status of the error: %s', async (_, query, statusCode) => {
    const result = await opened(() => Promise.reject(new BerthTakenError({ berth: '1' })), query);
    expect(result).toEqual({ statusCode });
  });

  it('hears of an end, and says nothing to nobody', async () => {
    const seen: object[] = [];
    const handler = socketHandler({
      on: socket.disconnect,
      handle: () => async (asked) => void seen.push(asked),
      ports: () => ({}),
    });
    const event = {
      requestContext: { routeKey: '$disconnect', connectionId: 'c1=', disconnectStatusCode: 1001 },
    };
    expect(await handler(event, lambda)).toEqual({ statusCode: 200 });
    expect(seen).toEqual([{ connection: 'c1=' }]);
    const failing = socketHandler({
      on: socket.disconnect,
      handle: () => () => Promise.reject(new Error('x')),
      ports: () => ({}),
    });
    expect(await failing(event, lambda)).toEqual({ statusCode: 500 });
  });
});
