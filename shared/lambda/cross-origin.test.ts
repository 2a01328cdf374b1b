import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { NotFoundError } from '../errors/index.ts';
import { call, context, held, route } from './door.fixture.ts';
import { restHandler } from './index.ts';
import { keptLines, proxyEvent } from './lambda.fixture.ts';

const PAGE = 'https://d111111abcdef8.cloudfront.net';
const CORS = {
  'Access-Control-Allow-Origin': PAGE,
  'Access-Control-Expose-Headers': 'Location,Retry-After,traceparent,X-Correlation-Id',
  Vary: 'Origin',
};
const asks = (Origin: string) => proxyEvent({ headers: { ...(proxyEvent().headers as object), Origin } });

beforeEach(() => void keptLines());
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

it('a door says to a browser that the page may read its answer, and its refusal', async () => {
  vi.stubEnv('CONSOLE_ORIGIN', PAGE);
  const answered = await call(async () => held, asks(PAGE));
  expect(answered.headers).toMatchObject({ ...CORS, 'Cross-Origin-Resource-Policy': 'same-origin' });
  const refused = await call(async () => {
    throw new NotFoundError({ what: 'seat', id: 's 1' });
  }, asks(PAGE));
  expect([refused.statusCode, refused.headers]).toEqual([404, expect.objectContaining(CORS)]);
});

it('a door names the page and never whoever asks, so another page reads nothing', async () => {
  vi.stubEnv('CONSOLE_ORIGIN', PAGE);
  const { headers } = await call(async () => held, asks('https://evil.example'));
  expect(headers).toMatchObject(CORS);
  expect(headers).not.toHaveProperty('Access-Control-Allow-Credentials');
});

it('a door whose own house fails says so where the page can read it', async () => {
  vi.stubEnv('CONSOLE_ORIGIN', PAGE);
  const handler = restHandler({ route, ports: () => ({}), handle: () => async () => held });
  const lambda = {
    ...context,
    get functionName(): string {
      throw new Error('odd');
    },
  };
  const { statusCode, headers } = await handler(asks(PAGE), lambda);
  expect([statusCode, headers]).toEqual([500, expect.objectContaining(CORS)]);
  // The headers that every answer has were not reached.
  expect(headers).not.toHaveProperty('Content-Language');
});

it('a door says nothing of that where no stack tells it of a page', async () => {
  const { headers } = await call(async () => held, asks(PAGE));
  expect(Object.keys(headers).filter((name) => /^(access-control-|vary$)/i.test(name))).toEqual([]);
});
