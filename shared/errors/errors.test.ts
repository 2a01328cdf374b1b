import { describe, expect, it } from 'vitest';
import * as errors from './index.ts';

const { HouseError, InvalidInputError, NotFoundError, TransientError, UnexpectedError } = errors;

const samples = [
  new InvalidInputError({ issues: [{ field: 'body.amount', expected: 'a whole number' }] }),
  new errors.UnauthenticatedError({ reason: 'expired' }),
  new errors.ForbiddenError({ what: 'wallet' }),
  new NotFoundError({ what: 'payment', id: 'payment_1' }),
  new errors.InProgressError({ key: 'k' }),
  new errors.BodyTooLargeError({ bytes: 70_000, limit: 65_536 }),
  new errors.UnsupportedMediaTypeError({ found: 'text/plain', expected: 'application/json' }),
  new errors.IdempotencyKeyReusedError({ key: 'k' }),
  new errors.TooManyRequestsError(),
  new UnexpectedError({ reason: 'TypeError' }),
  new TransientError({ reason: 'TimeoutError' }),
  new errors.PeerMissingError({ peer: 'sandbox-bank' }),
  new errors.PeerUnavailableError({ peer: 'sandbox-bank', status: 503 }),
  new errors.PeerAnswerError({ peer: 'sandbox-bank', problem: 'no JSON' }),
];

describe('the errors of the house', () => {
  it('have each the status and the promise about retries that callers rely on', () => {
    expect(samples.map(({ name, status, retryable }) => [name, status, retryable])).toEqual([
      ['InvalidInputError', 400, false],
      ['UnauthenticatedError', 401, false],
      ['ForbiddenError', 403, false],
      ['NotFoundError', 404, false],
      ['InProgressError', 409, true],
      ['BodyTooLargeError', 413, false],
      ['UnsupportedMediaTypeError', 415, false],
      ['IdempotencyKeyReusedError', 422, false],
      ['TooManyRequestsError', 429, true],
      ['UnexpectedError', 500, false],
      ['TransientError', 503, true],
      ['PeerMissingError', 503, true],
      ['PeerUnavailableError', 503, true],
      ['PeerAnswerError', 502, false],
    ]);
  });

  it('say their name and facts in the message', () => {
    expect(new NotFoundError({ what: 'payment', id: 'payment_1' }).message).toBe(
      'NotFoundError: what=payment id=payment_1',
    );
    expect(new InvalidInputError({ issues: [{ field: 'a', expected: 'b' }] }).message).toBe(
      'InvalidInputError: issues=[{"field":"a","expected":"b"}]',
    );
  });

  it('name at least one whole second to wait', () => {
    expect(new errors.InProgressError({ key: 'k' }).retryAfterSeconds).toBe(1);
    expect(new errors.InProgressError({ key: 'k' }, { retryAfterSeconds: 2.1 }).retryAfterSeconds).toBe(3);
    expect(new errors.TooManyRequestsError({}, { retryAfterSeconds: 0 }).retryAfterSeconds).toBe(1);
  });

  it('name none for a peer of which it is not known', () => {
    const away = (options?: object) => new errors.PeerUnavailableError({ peer: 'sandbox-bank' }, options);
    expect([away(), away({ retryAfterSeconds: 0 })].map((error) => error.retryAfterSeconds)).toEqual([
      undefined,
      undefined,
    ]);
    expect(away({ retryAfterSeconds: 0.2 }).retryAfterSeconds).toBe(1);
  });
});

describe('HouseError.from', () => {
  const caught = (name: string, fields: object = {}) => Object.assign(new Error('x'), { name, ...fields });

  it('leaves the errors of the house as they are', () => {
    const own = new NotFoundError({ what: 'payment', id: '1' });
    expect(HouseError.from(own)).toBe(own);
  });

  it.each([
    ['a throttle of DynamoDB', caught('ProvisionedThroughputExceededException')],
    ['a throttle by name', caught('ThrottlingException')],
    ['too many requests', caught('SomeException', { $metadata: { httpStatusCode: 429 } })],
    ['a fault of the service', caught('InternalServerError', { $metadata: { httpStatusCode: 500 } })],
    ['a time-out of the SDK', caught('TimeoutError')],
    ['a conflict of transactions', caught('TransactionConflictException')],
    ['a lost connection', caught('Error', { code: 'ECONNRESET' })],
    [
      'a lost connection that was wrapped',
      caught('TypeError', { cause: caught('Error', { code: 'ECONNREFUSED' }) }),
    ],
  ])('takes %s for transient, with the cause', (_, error) => {
    const house = HouseError.from(error);
    expect(house).toBeInstanceOf(TransientError);
    expect(house.facts).toEqual({ reason: error.name });
    expect(house.cause).toBe(error);
  });

  it.each([
    ['a defect', new TypeError('undefined is not a function'), 'TypeError'],
    [
      'a refused condition',
      caught('ConditionalCheckFailedException', { $metadata: { httpStatusCode: 400 } }),
      'ConditionalCheckFailedException',
    ],
    [
      'a limit that no retry lifts',
      caught('ItemCollectionSizeLimitExceededException'),
      'ItemCollectionSizeLimitExceededException',
    ],
    ['what is no error at all', 'thrown text', 'string'],
  ])('takes %s for unexpected, and not for retrying', (_, thrown, reason) => {
    const house = HouseError.from(thrown);
    expect(house).toBeInstanceOf(UnexpectedError);
    expect(house.retryable).toBe(false);
    expect(house.facts).toEqual({ reason });
    expect(house.cause).toBe(thrown);
  });
});
