import type { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { describe, expect, it } from 'vitest';
import { HouseError } from '../errors/index.ts';
import { put } from './change.ts';
import { dynamoStore } from './dynamo-store.ts';
import { ChangesRefused, StoreBusy } from './store.ts';

/** The emulator never answers these (it knows no conflict of transactions), so a client stands in for it. */
const storeThatThrows = (error: Error) =>
  dynamoStore({
    // Only `send` is called.
    client: { send: () => Promise.reject(error) } as unknown as DynamoDBDocumentClient,
    table: 'table',
  });

const cancelled = (...reasons: readonly object[]) =>
  Object.assign(new Error('cancelled'), {
    name: 'TransactionCanceledException',
    CancellationReasons: reasons,
  });

const transact = (error: Error): Promise<unknown> =>
  storeThatThrows(error)
    .transact([put({ pk: 'a', sk: 'b' }, {})])
    .catch((caught: unknown) => caught);

const NONE = { Code: 'None' };
const REFUSED = { Code: 'ConditionalCheckFailed', Item: { pk: { S: 'a' }, n: { N: '1' } } };

describe('a cancelled transaction', () => {
  it('tells the refused changes by position, with what they found', async () => {
    const caught = await transact(
      cancelled(NONE, REFUSED, { Code: 'ConditionalCheckFailed' }, { ...REFUSED, Item: {} }),
    );
    expect(caught).toBeInstanceOf(ChangesRefused);
    expect(caught).toMatchObject({
      refusals: [
        { index: 1, found: { pk: 'a', n: 1 } },
        { index: 2, found: undefined },
        { index: 3, found: undefined },
      ],
      busy: false,
    });
  });

  it.each(['TransactionConflict', 'ProvisionedThroughputExceeded', 'ThrottlingError'])(
    'is a busy store by %s, which a retry helps',
    async (Code) => {
      const caught = await transact(cancelled(NONE, { Code }));
      expect(caught).toBeInstanceOf(StoreBusy);
      expect(HouseError.from(caught)).toMatchObject({
        name: 'TransientError',
        retryable: true,
        facts: { reason: Code },
      });
      expect(await transact(cancelled({ Code }, REFUSED))).toMatchObject({
        name: 'ChangesRefused',
        busy: true,
      });
    },
  );

  it('is a defect by any other reason, and says of which change', async () => {
    const caught = await transact(
      cancelled(NONE, {}, { Code: 'ValidationError', Message: 'no such path' }, { Code: 'X' }),
    );
    expect(caught).toBeInstanceOf(TypeError);
    expect(caught).toHaveProperty(
      'message',
      'The table cannot take these changes: change 2: ValidationError no such path; change 3: X ',
    );
  });

  it('is a defect when it gives no reasons at all', async () => {
    const silent = Object.assign(new Error('cancelled'), { name: 'TransactionCanceledException' });
    expect(await transact(silent)).toBeInstanceOf(TypeError);
  });
});

it('passes every other error on as it is', async () => {
  const error = Object.assign(new Error('time is up'), { name: 'TimeoutError' });
  expect(await transact(error)).toBe(error);
});

it('reads an answer without items as an empty page', async () => {
  const client = { send: () => Promise.resolve({}) } as unknown as DynamoDBDocumentClient;
  expect(await dynamoStore({ client, table: 'table' }).query({ pk: 'a', limit: 1 })).toEqual({ items: [] });
});
