import {
  BatchWriteItemCommand,
  ConditionalCheckFailedException,
  DynamoDBClient,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactionCanceledException,
  type TransactWriteItem,
  TransactWriteItemsCommand,
  UpdateItemCommand,
  UpdateTimeToLiveCommand,
} from '@aws-sdk/client-dynamodb';
import { waitFor } from '../../shared/testing/index.ts';
import { behaviour, type Cloud } from './behaviour.ts';
import { caught, errorOf, expectSeen } from './harness/difference.ts';
import { makeTable, type Table } from './harness/dynamodb.ts';
import { DYNAMODB } from './harness/pages.ts';

const EFFECTS = 'shared/effects — one transaction or nothing';

const put = (cloud: Cloud, { name: TableName }: Table, pk: string, more: Record<string, string> = {}) =>
  cloud.client(DynamoDBClient).send(new PutItemCommand({ TableName, Item: item(pk, more) }));

const item = (pk: string, more: Record<string, string> = {}) =>
  Object.fromEntries(Object.entries({ pk, ...more }).map(([name, S]) => [name, { S }]));

const get = async (cloud: Cloud, { name: TableName }: Table, pk: string) => {
  const command = new GetItemCommand({ TableName, Key: item(pk), ConsistentRead: true });
  return (await cloud.client(DynamoDBClient).send(command)).Item;
};

const putNew = (
  { name: TableName }: Table,
  pk: string,
  more: Record<string, string> = {},
): TransactWriteItem => ({
  Put: {
    TableName,
    Item: item(pk, more),
    ConditionExpression: 'attribute_not_exists(pk)',
    ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
  },
});

const transact = (cloud: Cloud, TransactItems: TransactWriteItem[], ClientRequestToken?: string) =>
  cloud
    .client(DynamoDBClient)
    .send(
      new TransactWriteItemsCommand({ TransactItems, ...(ClientRequestToken ? { ClientRequestToken } : {}) }),
    );

behaviour(
  'A write whose condition does not hold changes nothing, and tells the item that was found when asked to',
  { page: DYNAMODB.conditions, reliedOn: 'shared/effects — guards' },
  async (cloud) => {
    const table = await makeTable(cloud);
    await put(cloud, table, 'a', { by: 'first' });
    const command = new PutItemCommand({
      ...putNew(table, 'a', { by: 'second' }).Put,
      TableName: table.name,
      Item: item('a', { by: 'second' }),
    });
    const refused = await caught(cloud.client(DynamoDBClient).send(command));
    expectSeen('answered', refused?.name, 'ConditionalCheckFailedException');
    const found = refused instanceof ConditionalCheckFailedException ? refused.Item : undefined;
    expectSeen('the item that was found', found, item('a', { by: 'first' }));
    expectSeen('the item afterwards', await get(cloud, table, 'a'), item('a', { by: 'first' }));
  },
);

behaviour(
  'Of many writers that put an item if it is not there exactly one succeeds',
  { page: DYNAMODB.conditions, reliedOn: 'shared/effects — the effect record wins' },
  async (cloud) => {
    const table = await makeTable(cloud);
    const outcomes = await Promise.all(
      Array.from({ length: 20 }, (_, n) => errorOf(transact(cloud, [putNew(table, 'a', { by: `${n}` })]))),
    );
    expectSeen('succeeded', outcomes.filter((name) => name === 'no error').length, 1);
  },
);

behaviour(
  'A transaction writes all of its items, or none and says for each in order why',
  { page: DYNAMODB.cancelled, reliedOn: EFFECTS },
  async (cloud) => {
    const table = await makeTable(cloud);
    await put(cloud, table, 'b', { by: 'before' });
    const refused = await caught(
      transact(
        cloud,
        ['a', 'b', 'c'].map((pk) => putNew(table, pk)),
      ),
    );
    expectSeen('answered', refused?.name, 'TransactionCanceledException');
    const reasons = refused instanceof TransactionCanceledException ? refused.CancellationReasons : [];
    expectSeen(
      'reasons',
      reasons?.map(({ Code }) => Code),
      ['None', 'ConditionalCheckFailed', 'None'],
    );
    expectSeen('the item in the reason', reasons?.[1]?.Item, item('b', { by: 'before' }));
    expectSeen(
      'written',
      [await get(cloud, table, 'a'), await get(cloud, table, 'c')],
      [undefined, undefined],
    );
  },
);

behaviour(
  'A transaction of 100 actions is done, one of 101 is refused',
  { page: DYNAMODB.transactions, reliedOn: 'shared/effects — at most 100 changes' },
  async (cloud) => {
    const table = await makeTable(cloud);
    const actions = Array.from({ length: 101 }, (_, n) => putNew(table, `${n}`));
    expectSeen('101 actions', await errorOf(transact(cloud, actions)), 'ValidationException');
    expectSeen('100 actions', await errorOf(transact(cloud, actions.slice(1))), 'no error');
  },
);

behaviour(
  'Two actions of one transaction on the same item are refused',
  { page: DYNAMODB.transactions, reliedOn: 'shared/effects — changes to one key are merged' },
  async (cloud) => {
    const table = await makeTable(cloud);
    const call = transact(cloud, [putNew(table, 'a'), putNew(table, 'a', { by: 'second' })]);
    expectSeen('answered', await errorOf(call), 'ValidationException');
  },
);

behaviour(
  'The same transaction with the same client token is done once and succeeds twice; another one with it is refused',
  { page: DYNAMODB.transactions },
  async (cloud) => {
    const table = await makeTable(cloud);
    const token = crypto.randomUUID();
    const add = (amount: string): TransactWriteItem => ({
      Update: {
        TableName: table.name,
        Key: item('a'),
        UpdateExpression: 'ADD amount :amount',
        ExpressionAttributeValues: { ':amount': { N: amount } },
      },
    });
    await transact(cloud, [add('5')], token);
    await transact(cloud, [add('5')], token);
    expectSeen('amount', (await get(cloud, table, 'a'))?.amount?.N, '5');
    expectSeen(
      'another',
      await errorOf(transact(cloud, [add('6')], token)),
      'IdempotentParameterMismatchException',
    );
  },
);

behaviour(
  'Numbers added by many writers at once add up',
  { page: DYNAMODB.atomicCounters, reliedOn: 'shared/effects — balances are added to, never written' },
  async (cloud) => {
    const table = await makeTable(cloud);
    const add = new UpdateItemCommand({
      TableName: table.name,
      Key: item('a'),
      UpdateExpression: 'ADD amount :one',
      ExpressionAttributeValues: { ':one': { N: '1' } },
    });
    await Promise.all(Array.from({ length: 40 }, () => cloud.client(DynamoDBClient).send(add)));
    expectSeen('amount', (await get(cloud, table, 'a'))?.amount?.N, '40');
  },
);

const byKind = (cloud: Cloud, { name: TableName }: Table, more: object = {}) =>
  cloud.client(DynamoDBClient).send(
    new QueryCommand({
      TableName,
      IndexName: 'byKind',
      KeyConditionExpression: 'kind = :kind',
      ExpressionAttributeValues: { ':kind': { S: 'x' } },
      ...more,
    }),
  );

behaviour(
  'An item is in a global index while it has the index key, and not without it',
  { page: DYNAMODB.sparse, reliedOn: 'shared/effects — the unsent index of the outbox' },
  async (cloud) => {
    const table = await makeTable(cloud, { index: true });
    await put(cloud, table, 'without');
    await put(cloud, table, 'with', { kind: 'x' });
    await waitFor(async () => (await byKind(cloud, table)).Count === 1, { what: 'one item in the index' });
    await put(cloud, table, 'with');
    await waitFor(async () => (await byKind(cloud, table)).Count === 0, { what: 'an empty index' });
  },
);

behaviour('A consistent read of a global index is refused', { page: DYNAMODB.consistency }, async (cloud) => {
  const table = await makeTable(cloud, { index: true });
  expectSeen(
    'answered',
    await errorOf(byKind(cloud, table, { ConsistentRead: true })),
    'ValidationException',
  );
});

behaviour(
  'A query with a limit gives a page and the key to go on from',
  { page: DYNAMODB.paging, reliedOn: 'shared/effects — pages of a query' },
  async (cloud) => {
    const table = await makeTable(cloud, { index: true });
    for (const pk of ['a', 'b', 'c']) await put(cloud, table, pk, { kind: 'x' });
    await waitFor(async () => (await byKind(cloud, table)).Count === 3, { what: 'three items in the index' });
    const first = await byKind(cloud, table, { Limit: 2 });
    const second = await byKind(cloud, table, { Limit: 2, ExclusiveStartKey: first.LastEvaluatedKey });
    const keys = [...(first.Items ?? []), ...(second.Items ?? [])].map(({ pk }) => pk?.S);
    expectSeen('items of both pages', keys.toSorted(), ['a', 'b', 'c']);
    expectSeen('a third page', second.LastEvaluatedKey, undefined);
  },
);

behaviour(
  'An item whose time to live is over is read until it is deleted',
  { page: DYNAMODB.ttl, reliedOn: 'shared/effects — expiry is judged by the reader' },
  async (cloud) => {
    const table = await makeTable(cloud);
    const dynamo = cloud.client(DynamoDBClient);
    await dynamo.send(
      new UpdateTimeToLiveCommand({
        TableName: table.name,
        TimeToLiveSpecification: { AttributeName: 'expiresAt', Enabled: true },
      }),
    );
    const expired = { ...item('a'), expiresAt: { N: `${Math.floor(Date.now() / 1000) - 60}` } };
    await dynamo.send(new PutItemCommand({ TableName: table.name, Item: expired }));
    expectSeen('read', await get(cloud, table, 'a'), expired);
  },
);

behaviour(
  'An item of more than 400 KB, a batch of 26 and an empty key are refused',
  { page: DYNAMODB.limits },
  async (cloud) => {
    const table = await makeTable(cloud);
    const dynamo = cloud.client(DynamoDBClient);
    const seen = {
      large: await errorOf(put(cloud, table, 'a', { text: 'x'.repeat(410_000) })),
      batch: await errorOf(
        dynamo.send(
          new BatchWriteItemCommand({
            RequestItems: {
              [table.name]: Array.from({ length: 26 }, (_, n) => ({ PutRequest: { Item: item(`${n}`) } })),
            },
          }),
        ),
      ),
      empty: await errorOf(put(cloud, table, '')),
    };
    const refused = 'ValidationException';
    expectSeen('answered', seen, { large: refused, batch: refused, empty: refused });
  },
);

behaviour(
  'A reserved word that stands in an expression without an alias is refused',
  { page: DYNAMODB.reserved, reliedOn: 'shared/effects — every name is an alias' },
  async (cloud) => {
    const table = await makeTable(cloud);
    const command = new UpdateItemCommand({
      TableName: table.name,
      Key: item('a'),
      UpdateExpression: 'SET status = :new',
      ExpressionAttributeValues: { ':new': { S: 'x' } },
    });
    expectSeen('answered', await errorOf(cloud.client(DynamoDBClient).send(command)), 'ValidationException');
  },
);
