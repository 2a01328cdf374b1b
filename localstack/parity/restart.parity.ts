import { DynamoDBClient, PutItemCommand, paginateScan, ScanCommand } from '@aws-sdk/client-dynamodb';
import { DescribeExecutionCommand, SFNClient } from '@aws-sdk/client-sfn';
import type { DynamoDBStreamEvent, SQSEvent } from 'aws-lambda';
import { waitFor } from '../../shared/testing/index.ts';
import { behaviourAcrossRestart, type Cloud } from './behaviour.ts';
import { expectSeen } from './harness/difference.ts';
import { makeTable } from './harness/dynamodb.ts';
import { unless } from './harness/errors.ts';
import { feed, invoke, makeWorker, notesWhen } from './harness/lambda.ts';
import { makeGroup, write } from './harness/logs.ts';
import { ended, historyOf, makeMachine, run, start } from './harness/machine.ts';
import { DURABLE } from './harness/pages.ts';
import { depth, makeQueue, received, send } from './harness/sqs.ts';

const KEEPS = 'localstack/cloud — npm stop keeps the data';

const put = (cloud: Cloud, TableName: string, pk: string) =>
  cloud.client(DynamoDBClient).send(new PutItemCommand({ TableName, Item: { pk: { S: pk } } }));

/** A table that is not there has none. */
const countItems = async (cloud: Cloud, TableName: string): Promise<number> => {
  const pages = paginateScan({ client: cloud.client(DynamoDBClient) }, { TableName, Select: 'COUNT' });
  let count = 0;
  await unless('ResourceNotFoundException', async () => {
    for await (const { Count } of pages) count += Count ?? 0;
  });
  return count;
};

behaviourAcrossRestart(
  'Items, messages and functions are there after a restart',
  { page: DURABLE.items, reliedOn: KEEPS },
  async (cloud, restart) => {
    const table = await makeTable(cloud);
    const queue = await makeQueue(cloud);
    const worker = await makeWorker(cloud, { does: () => 'well' });
    await put(cloud, table.name, 'a');
    await send(cloud, queue, 'one');
    await restart();
    const { Items } = await cloud.client(DynamoDBClient).send(new ScanCommand({ TableName: table.name }));
    expectSeen('items', Items, [{ pk: { S: 'a' } }]);
    const [message] = await received(cloud, queue, 1, { what: 'the message' });
    expectSeen('message', message?.Body, 'one');
    expectSeen('answer', (await invoke(cloud, worker)).body, 'well');
  },
);

behaviourAcrossRestart(
  'A message that a consumer had when the cloud stopped comes again',
  { page: DURABLE.messages, reliedOn: KEEPS },
  async (cloud, restart) => {
    const queue = await makeQueue(cloud, { attributes: { VisibilityTimeout: '3' } });
    await send(cloud, queue, 'one');
    await received(cloud, queue, 1, { what: 'the message' });
    await restart();
    const [again] = await received(cloud, queue, 1, { what: 'the message again' });
    expectSeen('receive count', again?.Attributes?.ApproximateReceiveCount, '2');
  },
);

behaviourAcrossRestart(
  'A queue still calls its consumer after a restart',
  { page: DURABLE.events, reliedOn: KEEPS },
  async (cloud, restart) => {
    const queue = await makeQueue(cloud);
    const worker = await makeWorker(cloud, {
      does: ({ Records }: SQSEvent, { note }) => note(Records.map(({ body }) => body)),
    });
    await feed(cloud, worker, queue.arn);
    await send(cloud, queue, 'before');
    await notesWhen(cloud, worker, (all) => all.length === 1, { what: 'the first' });
    await restart();
    await send(cloud, queue, 'after');
    const notes = await notesWhen(cloud, worker, (all) => all.length >= 2, { what: 'the second' });
    expectSeen('received', notes, [['before'], ['after']]);
  },
);

behaviourAcrossRestart(
  'A stream gives its consumer each record once, before a restart and after it',
  { page: DURABLE.streams, reliedOn: 'functions/platform — the outbox relay' },
  async (cloud, restart) => {
    const table = await makeTable(cloud, { stream: 'NEW_IMAGE' });
    const worker = await makeWorker(cloud, {
      does: async ({ Records }: DynamoDBStreamEvent, { note }) => {
        for (const { dynamodb } of Records) await note(dynamodb?.NewImage?.pk?.S);
      },
    });
    await feed(cloud, worker, table.stream, { StartingPosition: 'TRIM_HORIZON' });
    await put(cloud, table.name, 'before');
    await notesWhen(cloud, worker, (all) => all.length === 1, { what: 'the first' });
    await restart();
    for (const pk of ['after 1', 'after 2']) await put(cloud, table.name, pk);
    const notes = await notesWhen(cloud, worker, (all) => all.includes('after 2'), { what: 'the last' });
    expectSeen('records', notes, ['before', 'after 1', 'after 2']);
  },
);

behaviourAcrossRestart(
  'A record that was written and not yet read when the cloud stopped reaches the consumer',
  { page: DURABLE.streams },
  async (cloud, restart) => {
    const table = await makeTable(cloud, { stream: 'NEW_IMAGE' });
    await put(cloud, table.name, 'unread');
    await restart();
    const worker = await makeWorker(cloud, {
      does: async ({ Records }: DynamoDBStreamEvent, { note }) => {
        for (const { dynamodb } of Records) await note(dynamodb?.NewImage?.pk?.S);
      },
    });
    await feed(cloud, worker, table.stream, { StartingPosition: 'TRIM_HORIZON' });
    await put(cloud, table.name, 'later');
    const notes = await notesWhen(cloud, worker, (all) => all.includes('later'), { what: 'the later one' });
    expectSeen('records', notes, ['unread', 'later']);
  },
);

behaviourAcrossRestart(
  'What was done one after the other is there so after a restart: first an item, then the message of it',
  { page: DURABLE.items, reliedOn: KEEPS },
  async (cloud, restart) => {
    const table = await makeTable(cloud);
    const queue = await makeQueue(cloud);
    const machine = await makeMachine(cloud, {
      StartAt: 'Put',
      States: {
        Put: {
          Type: 'Task',
          Resource: 'arn:aws:states:::dynamodb:putItem',
          Arguments: { TableName: table.name, Item: { pk: { S: '{% $string($states.input.n) %}' } } },
          Output: '{% $states.input %}',
          Next: 'Send',
        },
        Send: {
          Type: 'Task',
          Resource: 'arn:aws:states:::sqs:sendMessage',
          Arguments: { QueueUrl: queue.url, MessageBody: '{% $string($states.input.n) %}' },
          Output: "{% {'n': $states.input.n + 1} %}",
          Next: 'Put',
        },
      },
    });
    // So much that it takes a while to save: only then can what is done meanwhile get in between.
    const group = await makeGroup(cloud);
    const lines = Array.from({ length: 10_000 }, (_, n) => `line ${n} of a log that takes a while to save`);
    for (let n = 0; n < 3; n++) await write(cloud, group, ...lines);
    await start(cloud, machine, { n: 1 });
    await waitFor(async () => (await depth(cloud, queue)).waiting > 20, { what: 'messages' });
    await restart();
    const items = await countItems(cloud, table.name);
    const { waiting: messages } = await depth(cloud, queue);
    const inStep = messages > 0 && (items === messages || items === messages + 1);
    expectSeen('as many messages as items, or one fewer', inStep, true);
  },
);

behaviourAcrossRestart(
  'An execution that was over is there with its output and history, and its machine runs again',
  { page: DURABLE.runs, reliedOn: KEEPS },
  async (cloud, restart) => {
    const machine = await makeMachine(cloud, {
      StartAt: 'Over',
      States: { Over: { Type: 'Pass', Output: 42, End: true } },
    });
    const { arn: executionArn } = await run(cloud, machine);
    const before = (await historyOf(cloud, executionArn)).length;
    await restart();
    const found = await cloud.client(SFNClient).send(new DescribeExecutionCommand({ executionArn }));
    expectSeen('found', [found.status, found.output], ['SUCCEEDED', '42']);
    expectSeen('events', (await historyOf(cloud, executionArn)).length, before);
    expectSeen('runs again', (await run(cloud, machine)).output, 42);
  },
);

behaviourAcrossRestart(
  'An execution that was under way goes on',
  { page: DURABLE.runs },
  async (cloud, restart) => {
    const machine = await makeMachine(cloud, {
      StartAt: 'Wait',
      States: { Wait: { Type: 'Wait', Seconds: 3, End: true } },
    });
    const execution = await start(cloud, machine);
    await restart();
    const { status, error } = await ended(cloud, execution);
    expectSeen('ended', error ? `${status} ${error}` : status, 'SUCCEEDED');
  },
);
