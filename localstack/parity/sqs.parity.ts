import type { SQSEvent } from 'aws-lambda';
import { behaviour } from './behaviour.ts';
import { expectSeen } from './harness/difference.ts';
import { feed, makeWorker, notesWhen } from './harness/lambda.ts';
import { LAMBDA } from './harness/pages.ts';
import { depth, makeQueue, received, send } from './harness/sqs.ts';

behaviour(
  'Only the messages that a consumer reports as failed come back',
  { page: LAMBDA.sqsErrors, reliedOn: 'shared/lambda — queueConsumer' },
  async (cloud) => {
    const queue = await makeQueue(cloud, { attributes: { VisibilityTimeout: '1' } });
    const worker = await makeWorker(cloud, {
      timeout: 1,
      does: async ({ Records }: SQSEvent, { note }) => {
        const failed = [];
        for (const { body, messageId, attributes } of Records) {
          const count = Number(attributes.ApproximateReceiveCount);
          await note(`${body} ${count}`);
          if (body === 'bad' && count < 3) failed.push({ itemIdentifier: messageId });
        }
        return { batchItemFailures: failed };
      },
    });
    for (const body of ['good', 'bad', 'fine']) await send(cloud, queue, body);
    await feed(cloud, worker, queue.arn, { FunctionResponseTypes: ['ReportBatchItemFailures'] });
    const notes = await notesWhen<string>(cloud, worker, (all) => all.includes('bad 3'), {
      what: 'the third time',
    });
    expectSeen('received', notes.toSorted(), ['bad 1', 'bad 2', 'bad 3', 'fine 1', 'good 1']);
  },
);

behaviour(
  'A message that was received maxReceiveCount times goes to the dead-letter queue, with its id and body',
  { page: LAMBDA.sqsErrors, reliedOn: 'stacks — queues and their dead letters' },
  async (cloud) => {
    const dead = await makeQueue(cloud, { as: 'dead' });
    const queue = await makeQueue(cloud, {
      attributes: { VisibilityTimeout: '1' },
      dead: { queue: dead, after: 2 },
    });
    const worker = await makeWorker(cloud, {
      timeout: 1,
      does: async (_event: SQSEvent, { note }) => {
        await note('called');
        throw new Error('never');
      },
    });
    await feed(cloud, worker, queue.arn);
    const id = await send(cloud, queue, 'poison');
    const [letter] = await received(cloud, dead, 1, { what: 'a dead letter' });
    expectSeen('the dead letter', [letter?.MessageId, letter?.Body], [id, 'poison']);
    expectSeen('left on the queue', await depth(cloud, queue), { waiting: 0, hidden: 0 });
  },
);
