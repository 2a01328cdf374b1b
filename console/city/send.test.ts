import { fc, test } from '@fast-check/vitest';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { mayHelpToAskAgain } from './ask.ts';
import { type Answered, openDoors } from './city.fixture.ts';
import { AskProblem, isSignedOut } from './problem.ts';
import { send } from './send.ts';

const route = {
  ...{ method: 'POST', path: '/machines/{machine}/runs/{run}' },
  request: {
    path: z.object({ machine: z.string(), run: z.string() }),
    query: z.object({ search: z.string().optional(), limit: z.number().optional() }),
    body: z.unknown(),
  },
  answers: { 200: z.unknown() },
} as const;
const path = { machine: 'm', run: 'r' };
const parts = { path, query: {}, body: {} };

let answer: Answered = {};
let doors: Awaited<ReturnType<typeof openDoors>>;
beforeAll(async () => {
  doors = await openDoors(() => answer, { gone: 'http://127.0.0.1:9' });
});
afterAll(() => {
  doors.close();
  vi.unstubAllGlobals();
});
const problemOf = async (told: Answered, system = 'console'): Promise<AskProblem> => {
  answer = told;
  const thrown: unknown = await send(system, route, parts).catch((cause: unknown) => cause);
  if (!(thrown instanceof AskProblem)) throw new Error('no problem', { cause: thrown });
  return thrown;
};

describe('a question', () => {
  const anyName = fc.string({ unit: 'grapheme', minLength: 1 }).filter((name) => !/^\.\.?$/.test(name));

  test.prop([anyName, anyName, fc.string({ unit: 'grapheme' }), fc.option(fc.nat(), { nil: undefined })])(
    'arrives as it was asked, whatever is in its names',
    async (machine, run, search, limit) => {
      answer = { body: {} };
      await send('console', route, { path: { machine, run }, query: { search, limit }, body: { search } });
      const asked = doors.asked.at(-1);
      const [, machines, first, runs, second, ...rest] = asked?.path.split('/') ?? [];
      expect([machines, runs, rest]).toEqual(['machines', 'runs', []]);
      expect([first, second].map((part) => decodeURIComponent(part ?? ''))).toEqual([machine, run]);
      expect(Object.fromEntries(asked?.query ?? [])).toEqual({
        ...(search === '' ? {} : { search }),
        ...(limit === undefined ? {} : { limit: String(limit) }),
      });
      expect(asked?.body).toEqual({ search });
    },
  );

  it('carries what it is told to, and nothing else', async () => {
    answer = { body: { ok: true } };
    expect(await send('console', route, parts)).toEqual({ ok: true });
    const bare = doors.asked.at(-1)?.headers ?? {};
    for (const name of ['authorization', 'cookie', 'idempotency-key', 'x-correlation-id'])
      expect(bare[name]).toBeUndefined();
    await send('console', route, parts, {
      ...{ token: 't', language: 'hi', idempotencyKey: 'k', correlationId: 'c' },
    });
    expect(doors.asked.at(-1)?.headers).toMatchObject({
      ...{ authorization: 'Bearer t', 'accept-language': 'hi', 'content-type': 'application/json' },
      ...{ 'idempotency-key': 'k', 'x-correlation-id': 'c' },
    });
  });

  it('may be answered by nothing', async () => {
    answer = { status: 204 };
    expect(await send('console', route, parts)).toBeUndefined();
  });
});

describe('a problem', () => {
  it('is what the door says', async () => {
    const body = { name: 'ConflictError', detail: 'Taken.', traceId: 'abc', status: 200, retryable: true };
    expect(await problemOf({ status: 409, body })).toMatchObject({
      ...{ message: 'Taken.', status: 409, problem: 'ConflictError', traceId: 'abc', retryable: true },
      facts: { ...body, status: 409 },
    });
    expect(isSignedOut(await problemOf({ status: 401, body: { message: 'Unauthorized' } }))).toBe(true);
  });

  it.each([
    ['<html>Bad gateway</html>', 502, true],
    ['"only a text"', 500, true],
    ['null', 404, false],
    ['', 400, false],
  ])('is read out of %j too', async (body, status, helps) => {
    const problem = await problemOf({ status, body });
    expect(problem).toMatchObject({ status, problem: 'Unknown', traceId: undefined, message: body });
    expect(mayHelpToAskAgain(problem)).toBe(helps);
  });

  it.each<[string, Answered, string]>([
    ['has no address', {}, 'nowhere'],
    ['does not answer', {}, 'gone'],
    ['ends in the middle of an answer', { body: '{"items":[', broken: true }, 'console'],
    ['ends in the middle of a problem', { status: 500, body: '{"detail":', broken: true }, 'console'],
    ['is another one, with a page of its own', { body: '<html>Log in to this network</html>' }, 'console'],
  ])('is said where the door %s', async (_what, told, system) => {
    const problem = await problemOf(told, system);
    expect(problem.status).toBe(system === 'nowhere' ? 404 : 0);
    expect(mayHelpToAskAgain(problem)).toBe(system !== 'nowhere');
  });

  it('is none where the question was taken back', async () => {
    const controller = new AbortController();
    const asked = send('console', route, parts, { signal: controller.signal });
    controller.abort();
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' });
  });
});
