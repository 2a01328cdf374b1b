import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { call, held, hindi } from './door.fixture.ts';
import { keptLines, proxyEvent } from './lambda.fixture.ts';

beforeEach(() => {
  keptLines();
});
afterEach(() => vi.restoreAllMocks());

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
    ['a bad escape', { pathParameters: { seat: '%E0%A4' } }, {}, 400, 'path.seat', expect.any(String)],
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
