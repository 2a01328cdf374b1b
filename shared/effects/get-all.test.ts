import type { BatchGetCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { expect, it } from 'vitest';
import { TransientError } from '../errors/index.ts';
import { dynamoGetAll } from './get-all.ts';

const keyOf = (n: number) => ({ pk: `P${n}`, sk: 'S' });

/** A table that leaves keys aside, as the emulator never does. @param most so many it gives at a time */
const tableOf = (most: number) => {
  let calls = 0;
  const send = async ({ input }: BatchGetCommand) => {
    calls += 1;
    const { Keys = [] } = input.RequestItems?.table ?? {};
    const given = Keys.slice(0, most).filter(({ pk }) => pk !== 'P0');
    return {
      // In an order of its own.
      Responses: { table: given.map((key) => ({ ...key, found: true })).reverse() },
      ...(Keys.length > most ? { UnprocessedKeys: { table: { Keys: Keys.slice(most) } } } : {}),
    };
  };
  const client = { send } as unknown as DynamoDBDocumentClient;
  return { getAll: dynamoGetAll({ client, table: 'table' }), calls: () => calls };
};

it('gives items in the order of their keys, and nothing for one that there is not', async () => {
  const { getAll, calls } = tableOf(10);
  const found = await getAll([keyOf(2), keyOf(0), keyOf(1)]);
  expect(found.map((item) => item?.pk)).toEqual(['P2', undefined, 'P1']);
  expect(calls()).toBe(1);
});

it('asks for nothing where nothing is wanted', async () => {
  const { getAll, calls } = tableOf(10);
  expect(await getAll([])).toEqual([]);
  expect(calls()).toBe(0);
});

it('asks again for what was left aside, until it would be too often', async () => {
  const keys = [1, 2, 3, 4].map(keyOf);
  expect((await tableOf(2).getAll(keys)).map((item) => item?.pk)).toEqual(['P1', 'P2', 'P3', 'P4']);
  await expect(tableOf(1).getAll(keys)).rejects.toThrow(TransientError);
});
