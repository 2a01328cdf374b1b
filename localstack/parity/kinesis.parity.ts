import {
  CreateStreamCommand,
  DeleteStreamCommand,
  KinesisClient,
  PutRecordCommand,
  waitUntilStreamExists,
} from '@aws-sdk/client-kinesis';
import type { KinesisStreamEvent, SQSEvent } from 'aws-lambda';
import { behaviour, behaviourToCome, type Cloud } from './behaviour.ts';
import { expectSeen } from './harness/difference.ts';
import { feed, makeWorker, notesOf, notesWhen, toldBy } from './harness/lambda.ts';
import { LAMBDA } from './harness/pages.ts';
import { makeQueue, received, send } from './harness/sqs.ts';

const FROM_THE_START = { StartingPosition: 'TRIM_HORIZON' } as const;

const makeStream = async (cloud: Cloud): Promise<{ name: string; arn: string }> => {
  const kinesis = cloud.client(KinesisClient);
  const StreamName = cloud.name('stream');
  await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
  cloud.later(() => kinesis.send(new DeleteStreamCommand({ StreamName, EnforceConsumerDeletion: true })));
  await waitUntilStreamExists({ client: kinesis, maxWaitTime: 60, minDelay: 1 }, { StreamName });
  return {
    name: StreamName,
    arn: `arn:aws:kinesis:${cloud.place.region}:${cloud.account}:stream/${StreamName}`,
  };
};

const put = (cloud: Cloud, { name: StreamName }: { name: string }, ...texts: string[]) =>
  texts.reduce(async (before, text) => {
    await before;
    await cloud
      .client(KinesisClient)
      .send(new PutRecordCommand({ StreamName, PartitionKey: 'one', Data: Buffer.from(text) }));
  }, Promise.resolve());

behaviour(
  'Records of one partition key come in the order in which they were put',
  { page: LAMBDA.withKinesis },
  async (cloud) => {
    const stream = await makeStream(cloud);
    const worker = await makeWorker(cloud, {
      does: async ({ Records }: KinesisStreamEvent, { note }) => {
        for (const { kinesis } of Records) await note(Buffer.from(kinesis.data, 'base64').toString());
      },
    });
    await feed(cloud, worker, stream.arn, { ...FROM_THE_START, BatchSize: 2 });
    const texts = ['1', '2', '3', '4', '5'];
    await put(cloud, stream, ...texts);
    expectSeen(
      'records',
      await notesWhen(cloud, worker, (all) => all.length >= 5, { what: 'all five' }),
      texts,
    );
  },
);

behaviour(
  'After a partial failure records come again from the reported one',
  { page: LAMBDA.kinesisPartial },
  async (cloud) => {
    const stream = await makeStream(cloud);
    const worker = await makeWorker(cloud, {
      does: async ({ Records }: KinesisStreamEvent, { note }) => {
        for (const { kinesis } of Records) {
          const text = Buffer.from(kinesis.data, 'base64').toString();
          await note(text);
          const known = globalThis as { failed?: boolean };
          if (text === 'b' && !known.failed) {
            known.failed = true;
            return { batchItemFailures: [{ itemIdentifier: kinesis.sequenceNumber }] };
          }
        }
        return { batchItemFailures: [] };
      },
    });
    await put(cloud, stream, 'a', 'b', 'c');
    await feed(cloud, worker, stream.arn, {
      ...FROM_THE_START,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
    });
    const notes = await notesWhen(cloud, worker, (all) => all.includes('c'), { what: 'the last record' });
    expectSeen('seen by the consumer', notes, ['a', 'b', 'b', 'c']);
  },
);

behaviour(
  'A batch that failed as often as the retry limit allows is passed over, and its place is told to the failure queue',
  { page: LAMBDA.kinesisFailures },
  async (cloud) => {
    const failures = await makeQueue(cloud, { as: 'failures' });
    const stream = await makeStream(cloud);
    const worker = await makeWorker(cloud, {
      does: async ({ Records }: KinesisStreamEvent, { note }) => {
        const texts = Records.map(({ kinesis }) => Buffer.from(kinesis.data, 'base64').toString());
        await note(texts);
        if (texts.includes('bad')) throw new Error('never');
      },
    });
    await put(cloud, stream, 'bad');
    await feed(cloud, worker, stream.arn, {
      ...FROM_THE_START,
      BatchSize: 1,
      MaximumRetryAttempts: 1,
      DestinationConfig: { OnFailure: { Destination: failures.arn } },
    });
    await put(cloud, stream, 'good');
    const [told] = await received(cloud, failures, 1, { what: 'word of the failure' });
    const body = toldBy(told);
    expectSeen(
      'told',
      [body.requestContext?.condition, body.KinesisBatchInfo?.batchSize, body.KinesisBatchInfo?.streamArn],
      ['RetryAttemptsExhausted', 1, stream.arn],
    );
    const notes = await notesWhen<string[]>(cloud, worker, (all) => all.flat().includes('good'), {
      what: 'the next',
    });
    expectSeen('seen by the consumer', notes, [['bad'], ['bad'], ['good']]);
  },
);

behaviour(
  'A failing batch is halved until the bad record stands alone',
  { page: LAMBDA.kinesisFailures },
  async (cloud) => {
    const stream = await makeStream(cloud);
    const worker = await makeWorker(cloud, {
      does: async ({ Records }: KinesisStreamEvent, { note }) => {
        const texts = Records.map(({ kinesis }) => Buffer.from(kinesis.data, 'base64').toString());
        if (texts.includes('bad')) throw new Error('never');
        for (const text of texts) await note(text);
      },
    });
    await put(cloud, stream, 'a', 'b', 'bad', 'c');
    await feed(cloud, worker, stream.arn, {
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
  'A slow consumer of a stream does not hold up the consumer of a queue',
  { page: LAMBDA.batching, reliedOn: 'functions/platform — relay and consumers run beside each other' },
  async (cloud) => {
    const stream = await makeStream(cloud);
    const queue = await makeQueue(cloud);
    const slow = await makeWorker(cloud, {
      as: 'slow',
      timeout: 12,
      does: async (_event: KinesisStreamEvent, { note, pause }) => {
        await note('began');
        await pause(7_000);
        await note('ended');
      },
    });
    const quick = await makeWorker(cloud, {
      as: 'quick',
      does: (_event: SQSEvent, { note }) => note('done'),
    });
    await feed(cloud, quick, queue.arn);
    await feed(cloud, slow, stream.arn, FROM_THE_START);
    await put(cloud, stream, 'one');
    await notesWhen(cloud, slow, (all) => all.includes('began'), { what: 'the slow one' });
    await send(cloud, queue, 'one');
    await notesWhen(cloud, quick, (all) => all.length > 0, { what: 'the quick one' });
    expectSeen('the slow one, meanwhile', await notesOf(cloud, slow), ['began']);
  },
);

behaviourToCome('Several batches of one shard are under way at once, each key in order', {
  page: LAMBDA.withKinesis,
  waits: 'no mapping of ours sets a parallelization factor',
});
