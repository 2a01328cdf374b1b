import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { TooManyRequestsError } from '../errors/index.ts';
import type { Admission } from '../http/index.ts';
import { context, held, type Request, route } from './door.fixture.ts';
import { restHandler } from './index.ts';
import { keptLines, proxyEvent } from './lambda.fixture.ts';

beforeEach(() => {
  keptLines();
});
afterEach(() => vi.restoreAllMocks());

const RATE = { RateLimit: '"seats";r=0;t=30' };

const asked = async (
  admit: (request: Request) => Promise<Admission>,
  use = async () => held,
  event = proxyEvent(),
) =>
  restHandler({ route, ports: () => undefined, handle: () => use as never, admit: () => admit })(
    event,
    context,
  );

it('a caller who may not now is told so, with the headers of that, and the use case is not asked', async () => {
  const use = vi.fn(async () => held);
  const refused = new TooManyRequestsError({}, { retryAfterSeconds: 30 });
  const answer = await asked(async () => ({ headers: RATE, refused }), use);
  expect(use).not.toHaveBeenCalled();
  expect(answer).toMatchObject({ statusCode: 429, headers: { ...RATE, 'Retry-After': '30' } });
  expect(JSON.parse(answer.body)).toMatchObject({ name: 'TooManyRequestsError', retryable: true });
});

it('headers of an admission go out with an answer, and with a problem', async () => {
  const admit = async () => ({ headers: RATE });
  expect(await asked(admit)).toMatchObject({ statusCode: 201, headers: RATE });
  const broken = await asked(admit, () => Promise.reject(new Error('x')));
  expect(broken).toMatchObject({ statusCode: 500, headers: RATE });
});

it('an admission sees the request as the contract has it, and from where it came', async () => {
  let seen: Request | undefined;
  await asked(async (request) => {
    seen = request;
    return { headers: {} };
  });
  expect(seen).toMatchObject({ body: { count: 2 }, client: '203.0.113.7', caller: { subject: 'user_1' } });
  const admit = vi.fn(async () => ({ headers: {} }));
  await asked(admit, undefined, proxyEvent({ body: '{}' }));
  expect(admit).not.toHaveBeenCalled();
});

it('a door that the gateway names no address for is called by nobody in particular', async () => {
  let client: string | undefined;
  const { requestContext } = proxyEvent() as { requestContext: object };
  const event = proxyEvent({ requestContext: { ...requestContext, identity: null } });
  await asked(
    async (request) => {
      client = request.client;
      return { headers: {} };
    },
    undefined,
    event,
  );
  expect(client).toBe('');
});

it('how long an answer may be kept is the door’s to say; else it is not', async () => {
  const admit = async () => ({ headers: {} });
  const kept = await asked(admit, async () => ({ ...held, headers: { 'Cache-Control': 'no-cache' } }));
  expect(kept.headers['Cache-Control']).toBe('no-cache');
  expect((await asked(admit)).headers['Cache-Control']).toBe('no-store');
});
