import { setTimeout as pause } from 'node:timers/promises';
import type { SQSEvent } from 'aws-lambda';
import { waitFor } from '../../shared/testing/index.ts';
import { behaviour, type Cloud } from './behaviour.ts';
import { expectSeen } from './harness/difference.ts';
import { feed, invoke, makeWorker, notesOf, notesWhen, type Worker } from './harness/lambda.ts';
import { LAMBDA } from './harness/pages.ts';
import { depth, makeQueue, received, send } from './harness/sqs.ts';

/** Starts the worker's process, so that its first batch is not longer under way than it is hidden. */
const warm = (cloud: Cloud, worker: Worker) => invoke(cloud, worker, { Records: [] });

behaviour(
  'Only the messages that a consumer reports as failed come back',
  { page: LAMBDA.sqsErrors, reliedOn: 'shared/lambda — queueConsumer' },
  async (cloud) => {
    const queue = await makeQueue(cloud, { attributes: { VisibilityTimeout: '2' } });
    const worker = await makeWorker(cloud, {
      timeout: 2,
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
    await warm(cloud, worker);
    await feed(cloud, worker, queue.arn, { FunctionResponseTypes: ['ReportBatchItemFailures'] });
    const notes = await notesWhen<string>(cloud, worker, (all) => all.includes('bad 3'), {
      what: 'the third time',
    });
    expectSeen('received', notes.toSorted(), ['bad 1', 'bad 2', 'bad 3', 'fine 1', 'good 1']);
  },
);

behaviour(
  'A consumer that throws gets the whole batch again when the visibility time-out is over',
  { page: LAMBDA.sqsErrors, reliedOn: 'shared/lambda — queueConsumer' },
  async (cloud) => {
    const queue = await makeQueue(cloud, { attributes: { VisibilityTimeout: '2' } });
    const worker = await makeWorker(cloud, {
      timeout: 2,
      does: async ({ Records }: SQSEvent, { note }) => {
        for (const { body, attributes } of Records)
          await note(`${body} ${attributes.ApproximateReceiveCount}`);
        if (Records.some(({ attributes }) => attributes.ApproximateReceiveCount === '1'))
          throw new Error('once');
      },
    });
    for (const body of ['a', 'b']) await send(cloud, queue, body);
    await warm(cloud, worker);
    await feed(cloud, worker, queue.arn, { FunctionResponseTypes: ['ReportBatchItemFailures'] });
    const notes = await notesWhen<string>(
      cloud,
      worker,
      (all) => all.filter((n) => n.endsWith('2')).length === 2,
      {
        what: 'both again',
      },
    );
    expectSeen('received', notes.toSorted(), ['a 1', 'a 2', 'b 1', 'b 2']);
  },
);

behaviour(
  'A message whose consumer fails maxReceiveCount times goes to the dead-letter queue, with its id and body',
  { page: LAMBDA.sqsErrors, reliedOn: 'stacks — work queues and their dead letters' },
  async (cloud) => {
    const dead = await makeQueue(cloud, { as: 'dead' });
    const queue = await makeQueue(cloud, {
      attributes: { VisibilityTimeout: '2' },
      dead: { queue: dead, after: 2 },
    });
    const worker = await makeWorker(cloud, {
      timeout: 2,
      does: async ({ Records }: SQSEvent, { note }) => {
        if (Records.length === 0) return;
        await note('called');
        throw new Error('never');
      },
    });
    await warm(cloud, worker);
    await feed(cloud, worker, queue.arn);
    const id = await send(cloud, queue, 'poison');
    const [letter] = await received(cloud, dead, 1, { what: 'a dead letter' });
    expectSeen('the dead letter', [letter?.MessageId, letter?.Body], [id, 'poison']);
    expectSeen('calls', await notesOf(cloud, worker), ['called', 'called']);
  },
);

behaviour(
  'What a FIFO consumer reports as failed comes again before anything later of its group',
  { page: LAMBDA.sqsErrors },
  async (cloud) => {
    const queue = await makeQueue(cloud, { fifo: true, attributes: { VisibilityTimeout: '2' } });
    const worker = await makeWorker(cloud, {
      timeout: 2,
      does: async ({ Records }: SQSEvent, { note }) => {
        const bad = Records.findIndex(
          ({ body, attributes }) => body === '2' && attributes.ApproximateReceiveCount === '1',
        );
        const done = bad < 0 ? Records : Records.slice(0, bad);
        for (const { body } of done) await note(body);
        return {
          batchItemFailures: Records.slice(done.length).map(({ messageId }) => ({
            itemIdentifier: messageId,
          })),
        };
      },
    });
    for (const body of ['1', '2', '3']) await send(cloud, queue, body, { group: 'a', once: body });
    await warm(cloud, worker);
    await feed(cloud, worker, queue.arn, { FunctionResponseTypes: ['ReportBatchItemFailures'] });
    const notes = await notesWhen<string>(cloud, worker, (all) => all.length >= 3, { what: 'all three' });
    expectSeen('done', notes, ['1', '2', '3']);
  },
);

behaviour(
  'A batching window gathers messages that come one by one into one call',
  { page: LAMBDA.batching },
  async (cloud) => {
    const queue = await makeQueue(cloud);
    const worker = await makeWorker(cloud, {
      does: ({ Records }: SQSEvent, { note }) => note(Records.map(({ body }) => body)),
    });
    await feed(cloud, worker, queue.arn, { BatchSize: 50, MaximumBatchingWindowInSeconds: 3 });
    for (const body of ['a', 'b', 'c']) {
      await send(cloud, queue, body);
      // Far enough apart that a source without a window has called by then.
      await pause(700);
    }
    const notes = await notesWhen<string[]>(cloud, worker, (all) => all.flat().length >= 3, {
      what: 'all three',
    });
    expectSeen(
      'calls',
      notes.map((batch) => batch.toSorted()),
      [['a', 'b', 'c']],
    );
  },
);

behaviour(
  'No more calls are under way than the maximum concurrency of the source',
  { page: LAMBDA.sqsScaling },
  async (cloud) => {
    const queue = await makeQueue(cloud);
    const worker = await makeWorker(cloud, {
      does: async (_event: SQSEvent, { note, pause }) => {
        const began = Date.now();
        await pause(400);
        await note({ began, ended: Date.now() });
      },
    });
    for (let n = 0; n < 8; n++) await send(cloud, queue, `${n}`);
    await feed(cloud, worker, queue.arn, { BatchSize: 1, ScalingConfig: { MaximumConcurrency: 2 } });
    const calls = await notesWhen<{ began: number; ended: number }>(cloud, worker, (all) => all.length >= 8, {
      what: 'eight calls',
    });
    const overlap = Math.max(
      ...calls.map(
        ({ began }) => calls.filter((other) => other.began <= began && began < other.ended).length,
      ),
    );
    expectSeen('at once', overlap <= 2, true);
  },
);

behaviour(
  'A message that no filter matches is taken from the queue without a call',
  { page: LAMBDA.sqsFiltering },
  async (cloud) => {
    const queue = await makeQueue(cloud);
    const worker = await makeWorker(cloud, {
      does: async ({ Records }: SQSEvent, { note }) => {
        for (const { body } of Records) await note(JSON.parse(body));
      },
    });
    await feed(cloud, worker, queue.arn, {
      FilterCriteria: { Filters: [{ Pattern: JSON.stringify({ body: { kind: ['wanted'] } }) }] },
    });
    await send(cloud, queue, JSON.stringify({ kind: 'other' }));
    await send(cloud, queue, JSON.stringify({ kind: 'wanted' }));
    const notes = await notesWhen(cloud, worker, (all) => all.length >= 1, { what: 'the wanted one' });
    expectSeen('called with', notes, [{ kind: 'wanted' }]);
    await waitFor(
      async (seen) => {
        const left = await depth(cloud, queue);
        seen(left);
        return left.waiting + left.hidden === 0;
      },
      { what: 'an empty queue' },
    );
  },
);
