import {
  BatchGetItemCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  UpdateItemCommand,
} from '@aws-sdk/client-dynamodb';
import { waitFor } from '../../shared/testing/index.ts';
import { behaviour, behaviourToCome, type Cloud } from './behaviour.ts';
import { errorOf, expectSeen } from './harness/difference.ts';
import { makeTable, type Table } from './harness/dynamodb.ts';
import { DYNAMODB, DYNAMODB_ITEMS } from './harness/pages.ts';

const putText = (cloud: Cloud, { name: TableName }: Table, pk: string, bytes: number) =>
  cloud.client(DynamoDBClient).send(
    new PutItemCommand({
      TableName,
      Item: { pk: { S: pk }, kind: { S: 'x' }, text: { S: 'x'.repeat(bytes) } },
    }),
  );

const update = (cloud: Cloud, { name: TableName }: Table, more: { UpdateExpression: string }) =>
  cloud.client(DynamoDBClient).send(
    new UpdateItemCommand({
      TableName,
      Key: { pk: { S: 'a' } },
      ExpressionAttributeValues: { ':x': { S: 'x' } },
      ...more,
    }),
  );

behaviour(
  'An update of what is within a map is refused when the map is not there',
  { page: DYNAMODB_ITEMS.paths },
  async (cloud) => {
    const table = await makeTable(cloud);
    await putText(cloud, table, 'a', 1);
    const within = await errorOf(update(cloud, table, { UpdateExpression: 'SET address.city = :x' }));
    expectSeen('answered', within, 'ValidationException');
    expectSeen(
      'beside it',
      await errorOf(update(cloud, table, { UpdateExpression: 'SET city = :x' })),
      'no error',
    );
  },
);

behaviour(
  'An update makes the item when it is not there, unless a condition says otherwise',
  { page: DYNAMODB_ITEMS.paths, reliedOn: 'shared/effects — guards' },
  async (cloud) => {
    const table = await makeTable(cloud);
    const guarded = { UpdateExpression: 'SET city = :x', ConditionExpression: 'attribute_exists(pk)' };
    expectSeen('guarded', await errorOf(update(cloud, table, guarded)), 'ConditionalCheckFailedException');
    expectSeen(
      'not guarded',
      await errorOf(update(cloud, table, { UpdateExpression: 'SET city = :x' })),
      'no error',
    );
    expectSeen('guarded, now that it is there', await errorOf(update(cloud, table, guarded)), 'no error');
  },
);

behaviour(
  'A page of a query ends at 1 MB, with the key to go on from',
  { page: DYNAMODB.paging, reliedOn: 'shared/effects — pages of a query' },
  async (cloud) => {
    const table = await makeTable(cloud, { index: true });
    for (const pk of ['a', 'b', 'c', 'd']) await putText(cloud, table, pk, 380_000);
    const ask = (more: object = {}) =>
      cloud.client(DynamoDBClient).send(
        new QueryCommand({
          TableName: table.name,
          IndexName: 'byKind',
          KeyConditionExpression: 'kind = :kind',
          ExpressionAttributeValues: { ':kind': { S: 'x' } },
          ...more,
        }),
      );
    // A count is of the page, too: all four are there when two pages have four.
    const counts = await waitFor(
      async (seen) => {
        const first = await ask({ Select: 'COUNT' });
        const second = first.LastEvaluatedKey
          ? await ask({ Select: 'COUNT', ExclusiveStartKey: first.LastEvaluatedKey })
          : { Count: 0 };
        const both = [first.Count ?? 0, second.Count ?? 0] as const;
        seen(both);
        return both[0] + both[1] === 4 ? both : undefined;
      },
      { what: 'four items in the index' },
    );
    expectSeen('items on each page', [counts[0] < 4, counts[1] > 0], [true, true]);
  },
);

behaviour(
  'A batch get of more than 16 MB gives a part, and the keys that are left',
  { page: DYNAMODB_ITEMS.batchGet },
  async (cloud) => {
    const table = await makeTable(cloud);
    const keys = Array.from({ length: 44 }, (_, n) => `${n}`);
    for (const pk of keys) await putText(cloud, table, pk, 390_000);
    const { Responses, UnprocessedKeys } = await cloud.client(DynamoDBClient).send(
      new BatchGetItemCommand({
        RequestItems: { [table.name]: { Keys: keys.map((pk) => ({ pk: { S: pk } })) } },
      }),
    );
    const got = Responses?.[table.name]?.length ?? 0;
    const left = UnprocessedKeys?.[table.name]?.Keys?.length ?? 0;
    expectSeen(
      'got and left',
      { some: got > 0, left: left > 0, all: got + left },
      { some: true, left: true, all: 44 },
    );
  },
);

behaviourToCome('Of two transactions on one item at the same time one may be cancelled for the conflict', {
  page: DYNAMODB.transactions,
  waits: 'nobody can force it; what we do then is tested with a store that conflicts',
});
