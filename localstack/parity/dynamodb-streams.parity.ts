import { DeleteItemCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { behaviour, behaviourToCome, type Cloud } from './behaviour.ts';
import { expectSeen } from './harness/difference.ts';
import { makeTable, type Table } from './harness/dynamodb.ts';
import { feed, makeWorker, notesWhen, toldBy } from './harness/lambda.ts';
import { DYNAMODB, LAMBDA } from './harness/pages.ts';
import { makeQueue, received } from './harness/sqs.ts';

const RELAY = 'functions/platform — the outbox relay';
const FROM_THE_START = { StartingPosition: 'TRIM_HORIZON', BatchSize: 10 } as const;

const put = (cloud: Cloud, { name: TableName }: Table, pk: string, text = '') =>
  cloud
    .client(DynamoDBClient)
    .send(new PutItemCommand({ TableName, Item: { pk: { S: pk }, text: { S: text } } }));

const erase = (cloud: Cloud, { name: TableName }: Table, pk: string) =>
  cloud.client(DynamoDBClient).send(new DeleteItemCommand({ TableName, Key: { pk: { S: pk } } }));

behaviour(
  'Each change of an item is one record, in order, with what the item was and is',
  { page: DYNAMODB.streams },
  async (cloud) => {
    const table = await makeTable(cloud, { stream: 'NEW_AND_OLD_IMAGES' });
    const worker = await makeWorker(cloud, {
      does: async ({ Records }: DynamoDBStreamEvent, { note }) => {
        for (const { eventName, dynamodb } of Records)
          await note([eventName, dynamodb?.OldImage?.text?.S, dynamodb?.NewImage?.text?.S]);
      },
    });
    await feed(cloud, worker, table.stream, FROM_THE_START);
    await put(cloud, table, 'a', '1');
    await put(cloud, table, 'a', '2');
    await erase(cloud, table, 'a');
    const notes = await notesWhen(cloud, worker, (all) => all.length >= 3, { what: 'three records' });
    expectSeen('records', notes, [
      ['INSERT', null, '1'],
      ['MODIFY', '1', '2'],
      ['REMOVE', '2', null],
    ]);
  },
);

behaviour(
  'A stream of new images has the key and the new image, and never the old one',
  { page: DYNAMODB.streams, reliedOn: RELAY },
  async (cloud) => {
    const table = await makeTable(cloud, { stream: 'NEW_IMAGE' });
    const worker = await makeWorker(cloud, {
      does: async ({ Records }: DynamoDBStreamEvent, { note }) => {
        for (const { dynamodb } of Records)
          await note(Object.keys(dynamodb ?? {}).filter((key) => /Image|Keys/.test(key)));
      },
    });
    await feed(cloud, worker, table.stream, FROM_THE_START);
    await put(cloud, table, 'a', '1');
    await put(cloud, table, 'a', '2');
    const notes = await notesWhen<string[]>(cloud, worker, (all) => all.length >= 2, { what: 'two records' });
    expectSeen(
      'in a record',
      notes.map((keys) => keys.toSorted()),
      [
        ['Keys', 'NewImage'],
        ['Keys', 'NewImage'],
      ],
    );
  },
);

behaviour('A write that changes nothing leaves no record', { page: DYNAMODB.streams }, async (cloud) => {
  const table = await makeTable(cloud, { stream: 'NEW_IMAGE' });
  const worker = await makeWorker(cloud, {
    does: async ({ Records }: DynamoDBStreamEvent, { note }) => {
      for (const { dynamodb } of Records) await note(dynamodb?.NewImage?.pk?.S);
    },
  });
  await feed(cloud, worker, table.stream, FROM_THE_START);
  await put(cloud, table, 'a', 'same');
  await put(cloud, table, 'a', 'same');
  await put(cloud, table, 'last');
  const notes = await notesWhen(cloud, worker, (all) => all.includes('last'), { what: 'the last record' });
  expectSeen('records', notes, ['a', 'last']);
});

behaviour(
  'A batch whose consumer throws comes again until it succeeds, and nothing later before it',
  { page: LAMBDA.dynamoErrors, reliedOn: RELAY },
  async (cloud) => {
    const table = await makeTable(cloud, { stream: 'NEW_IMAGE' });
    const worker = await makeWorker(cloud, {
      does: async ({ Records }: DynamoDBStreamEvent, { note }) => {
        const keys = Records.map(({ dynamodb }) => dynamodb?.NewImage?.pk?.S);
        const calls = ((globalThis as { calls?: number }).calls ?? 0) + 1;
        Object.assign(globalThis, { calls });
        if (keys.includes('a') && calls < 3) throw new Error('not yet');
        for (const key of keys) await note(key);
      },
    });
    await put(cloud, table, 'a');
    await feed(cloud, worker, table.stream, { ...FROM_THE_START, BatchSize: 1 });
    await put(cloud, table, 'b');
    const notes = await notesWhen(cloud, worker, (all) => all.length >= 2, {
      what: 'both',
      timeoutMs: 20_000,
    });
    expectSeen('done', notes, ['a', 'b']);
  },
);

behaviour(
  'After a partial failure records come again from the reported one, not from the first',
  { page: LAMBDA.dynamoPartial },
  async (cloud) => {
    const table = await makeTable(cloud, { stream: 'NEW_IMAGE' });
    const worker = await makeWorker(cloud, {
      does: async ({ Records }: DynamoDBStreamEvent, { note }) => {
        for (const { dynamodb } of Records) {
          const key = dynamodb?.NewImage?.pk?.S;
          await note(key);
          const known = globalThis as { failed?: boolean };
          if (key === 'b' && !known.failed) {
            known.failed = true;
            return { batchItemFailures: [{ itemIdentifier: dynamodb?.SequenceNumber }] };
          }
        }
        return { batchItemFailures: [] };
      },
    });
    for (const pk of ['a', 'b', 'c']) await put(cloud, table, pk);
    await feed(cloud, worker, table.stream, {
      ...FROM_THE_START,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
    const notes = await notesWhen(cloud, worker, (all) => all.includes('c'), { what: 'the last record' });
    expectSeen('seen by the consumer', notes, ['a', 'b', 'b', 'c']);
  },
);

behaviour(
  'A batch that failed as often as the retry limit allows is passed over, and its place is told to the failure queue',
  { page: LAMBDA.dynamoErrors },
  async (cloud) => {
    const failures = await makeQueue(cloud, { as: 'failures' });
    const table = await makeTable(cloud, { stream: 'NEW_IMAGE' });
    const worker = await makeWorker(cloud, {
      does: async ({ Records }: DynamoDBStreamEvent, { note }) => {
        const keys = Records.map(({ dynamodb }) => dynamodb?.NewImage?.pk?.S);
        await note(keys);
        if (keys.includes('bad')) throw new Error('never');
      },
    });
    await put(cloud, table, 'bad');
    await feed(cloud, worker, table.stream, {
      ...FROM_THE_START,
      BatchSize: 1,
      MaximumRetryAttempts: 1,
      DestinationConfig: { OnFailure: { Destination: failures.arn } },
    });
    await put(cloud, table, 'good');
    const [told] = await received(cloud, failures, 1, { what: 'word of the failure' });
    const body = toldBy(told);
    expectSeen(
      'told',
      [
        body.requestContext?.condition,
        body.requestContext?.approximateInvokeCount,
        body.DDBStreamBatchInfo?.batchSize,
      ],
      ['RetryAttemptsExhausted', 2, 1],
    );
    const notes = await notesWhen<string[]>(cloud, worker, (all) => all.flat().includes('good'), {
      what: 'the next',
    });
    expectSeen('seen by the consumer', notes, [['bad'], ['bad'], ['good']]);
  },
);

behaviour(
  'A failing batch is halved until the bad record stands alone',
  { page: LAMBDA.dynamoErrors },
  async (cloud) => {
    const table = await makeTable(cloud, { stream: 'NEW_IMAGE' });
    const worker = await makeWorker(cloud, {
      does: async ({ Records }: DynamoDBStreamEvent, { note }) => {
        const keys = Records.map(({ dynamodb }) => dynamodb?.NewImage?.pk?.S);
        if (keys.includes('bad')) throw new Error('never');
        for (const key of keys) await note(key);
      },
    });
    for (const pk of ['a', 'b', 'bad', 'c']) await put(cloud, table, pk);
    await feed(cloud, worker, table.stream, {
      ...FROM_THE_START,
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 1,
    });
    const notes = await notesWhen(cloud, worker, (all) => all.includes('c'), {
      what: 'the record after the bad one',
      timeoutMs: 20_000,
    });
    expectSeen('done', [...new Set(notes)], ['a', 'b', 'c']);
  },
);

behaviour(
  'Records that no filter matches are passed over',
  { page: LAMBDA.filtering, reliedOn: RELAY },
  async (cloud) => {
    const table = await makeTable(cloud, { stream: 'NEW_IMAGE' });
    const worker = await makeWorker(cloud, {
      does: async ({ Records }: DynamoDBStreamEvent, { note }) => {
        for (const { eventName, dynamodb } of Records) await note([eventName, dynamodb?.NewImage?.pk?.S]);
      },
    });
    await feed(cloud, worker, table.stream, {
      ...FROM_THE_START,
      FilterCriteria: {
        Filters: [
          {
            Pattern: JSON.stringify({
              eventName: ['INSERT'],
              dynamodb: { NewImage: { pk: { S: [{ prefix: 'OUTBOX#' }] } } },
            }),
          },
        ],
      },
    });
    await put(cloud, table, 'other');
    await put(cloud, table, 'OUTBOX#1', '1');
    await put(cloud, table, 'OUTBOX#1', '2');
    await put(cloud, table, 'OUTBOX#2');
    const notes = await notesWhen(cloud, worker, (all) => all.length >= 2, { what: 'two records' });
    expectSeen('records', notes, [
      ['INSERT', 'OUTBOX#1'],
      ['INSERT', 'OUTBOX#2'],
    ]);
  },
);

behaviourToCome('A record older than the maximum age is passed over and told to the failure queue', {
  page: LAMBDA.dynamoErrors,
  waits: 'the shortest age is a minute, and no mapping of ours sets one',
});

behaviourToCome('An item that its time to live ends leaves a REMOVE record of the service', {
  page: DYNAMODB.ttlRecord,
  waits: 'AWS takes up to days, and no code of ours listens for it',
});
