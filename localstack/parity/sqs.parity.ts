import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ListMessageMoveTasksCommand,
  type Message,
  SendMessageBatchCommand,
  SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { expect } from 'vitest';
import { waitFor } from '../../shared/testing/index.ts';
import { behaviour, type Cloud } from './behaviour.ts';
import { errorOf, expectSeen } from './harness/difference.ts';
import { SQS } from './harness/pages.ts';
import { depth, makeQueue, type Queue, receive, received, send } from './harness/sqs.ts';

const take = (cloud: Cloud, { url: QueueUrl }: Queue, { ReceiptHandle }: Message) =>
  cloud.client(SQSClient).send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));

const bodies = (messages: readonly Message[]): (string | undefined)[] => messages.map(({ Body }) => Body);

behaviour(
  'A received message is hidden until its visibility time-out is over, and then comes again with a higher count',
  { page: SQS.visibility, reliedOn: 'shared/lambda — queueConsumer' },
  async (cloud) => {
    const queue = await makeQueue(cloud, { attributes: { VisibilityTimeout: '2' } });
    await send(cloud, queue, 'one');
    const first = performance.now();
    await received(cloud, queue, 1, { what: 'the first time' });
    expectSeen('received at once', bodies(await receive(cloud, queue)), []);
    const [again] = await received(cloud, queue, 1, { what: 'the second time' });
    expectSeen('hidden for 2 s', performance.now() - first > 1_900, true);
    expectSeen('received', again?.Attributes?.ApproximateReceiveCount, '2');
  },
);

behaviour(
  'A visibility time-out that is changed to 0 gives a message back at once',
  { page: SQS.visibilityChange },
  async (cloud) => {
    const queue = await makeQueue(cloud, { attributes: { VisibilityTimeout: '30' } });
    await send(cloud, queue, 'one');
    const [message] = await received(cloud, queue, 1, { what: 'the message' });
    await cloud.client(SQSClient).send(
      new ChangeMessageVisibilityCommand({
        QueueUrl: queue.url,
        ReceiptHandle: message?.ReceiptHandle,
        VisibilityTimeout: 0,
      }),
    );
    await received(cloud, queue, 1, { what: 'the message again', timeoutMs: 5_000 });
  },
);

behaviour(
  'A message that was received maxReceiveCount times goes to the dead-letter queue at the next receive',
  { page: SQS.deadLetters, reliedOn: 'stacks — work queues and their dead letters' },
  async (cloud) => {
    const dead = await makeQueue(cloud, { as: 'dead' });
    const queue = await makeQueue(cloud, {
      attributes: { VisibilityTimeout: '0' },
      dead: { queue: dead, after: 2 },
    });
    const id = await send(cloud, queue, 'poison');
    for (const count of ['1', '2']) {
      const [message] = await received(cloud, queue, 1, { what: `receive ${count}` });
      expectSeen('receive count', message?.Attributes?.ApproximateReceiveCount, count);
    }
    const letter = await waitFor(
      async () => {
        expectSeen('received a third time', bodies(await receive(cloud, queue)), []);
        return (await receive(cloud, dead))[0];
      },
      { what: 'the dead letter' },
    );
    expectSeen('the dead letter', [letter.MessageId, letter.Body], [id, 'poison']);
  },
);

/** A queue, its dead letters, and a message that SQS has moved there. */
const deadLetter = async (cloud: Cloud) => {
  const dead = await makeQueue(cloud, { as: 'dead' });
  const queue = await makeQueue(cloud, {
    attributes: { VisibilityTimeout: '0' },
    dead: { queue: dead, after: 1 },
  });
  const id = await send(cloud, queue, 'poison');
  await waitFor(
    async () => {
      await receive(cloud, queue);
      return (await depth(cloud, dead)).waiting === 1;
    },
    { what: 'the dead letter' },
  );
  return { queue, dead, id };
};

/** The newest task of a queue. */
const taskOf = async (cloud: Cloud, dead: Queue) => {
  const asked = new ListMessageMoveTasksCommand({ SourceArn: dead.arn });
  return (await cloud.client(SQSClient).send(asked)).Results?.[0];
};

behaviour(
  'A move task takes dead letters back to the queue that they came from',
  { page: SQS.moveTask, reliedOn: 'shared/dead-letters — redriveWhole' },
  async (cloud) => {
    const { queue, dead } = await deadLetter(cloud);
    await cloud.client(SQSClient).send(new StartMessageMoveTaskCommand({ SourceArn: dead.arn }));
    await waitFor(async () => (await depth(cloud, queue)).waiting === 1, {
      what: 'the message on its queue',
    });
    const task = await taskOf(cloud, dead);
    expectSeen('the task', task, expect.objectContaining({ ApproximateNumberOfMessagesMoved: 1 }));
  },
);

behaviour(
  'A message that a move task took back is a new one, with an id of its own',
  { page: SQS.redrive },
  async (cloud) => {
    const { queue, dead, id } = await deadLetter(cloud);
    await cloud.client(SQSClient).send(new StartMessageMoveTaskCommand({ SourceArn: dead.arn }));
    const [message] = await received(cloud, queue, 1, { what: 'the message on its queue' });
    expectSeen('the body', message?.Body, 'poison');
    expectSeen('the same id', message?.MessageId === id, false);
  },
);

behaviour(
  'A move task fails at a message that SQS did not move to the dead letters',
  { page: SQS.redriveFailures },
  async (cloud) => {
    const { queue, dead } = await deadLetter(cloud);
    const task = async () => {
      await cloud.client(SQSClient).send(new StartMessageMoveTaskCommand({ SourceArn: dead.arn }));
      return waitFor(
        async () => {
          const found = await taskOf(cloud, dead);
          return found?.Status === 'RUNNING' ? undefined : found?.Status;
        },
        { what: 'the task to end' },
      );
    };
    expectSeen('a task of what SQS moved', await task(), 'COMPLETED');
    await received(cloud, queue, 1, { what: 'the message on its queue' });
    await send(cloud, dead, 'sent here by hand');
    expectSeen('a task of what somebody sent', await task(), 'FAILED');
    expectSeen('left', (await depth(cloud, dead)).waiting, 1);
  },
);

behaviour(
  'Messages of a FIFO group come in the order in which they were sent',
  { page: SQS.fifoLogic },
  async (cloud) => {
    const queue = await makeQueue(cloud, { fifo: true });
    const sent = ['1', '2', '3', '4', '5'];
    for (const body of sent) await send(cloud, queue, body, { group: 'a', once: body });
    const seen: (string | undefined)[] = [];
    await waitFor(
      async () => {
        for (const message of await receive(cloud, queue, { most: 2 })) {
          seen.push(message.Body);
          await take(cloud, queue, message);
        }
        return seen.length >= sent.length;
      },
      { what: 'all five' },
    );
    expectSeen('received', seen, sent);
  },
);

behaviour(
  'While a message of a FIFO group is hidden nobody gets another of that group, but of other groups',
  { page: SQS.groups },
  async (cloud) => {
    const queue = await makeQueue(cloud, { fifo: true });
    for (const [group, body] of [
      ['a', 'a1'],
      ['a', 'a2'],
      ['b', 'b1'],
    ] as const) {
      await send(cloud, queue, body, { group, once: body });
    }
    const [first] = await receive(cloud, queue, { most: 1, wait: 5 });
    expectSeen('first', first?.Body, 'a1');
    const [other] = await received(cloud, queue, 1, { what: 'another group' });
    expectSeen('beside it', other?.Body, 'b1');
    expectSeen('beside both', bodies(await receive(cloud, queue)), []);
    if (first) await take(cloud, queue, first);
    const [next] = await received(cloud, queue, 1, { what: 'the next of the group' });
    expectSeen('after it was deleted', next?.Body, 'a2');
  },
);

behaviour(
  'A second message with the deduplication id of a first is accepted and not delivered, even after the first is gone',
  { page: SQS.fifoTerms },
  async (cloud) => {
    const queue = await makeQueue(cloud, { fifo: true });
    const first = await send(cloud, queue, 'once', { group: 'a', once: 'x' });
    const [message] = await received(cloud, queue, 1, { what: 'the first' });
    if (message) await take(cloud, queue, message);
    expectSeen('the id of the second', await send(cloud, queue, 'once', { group: 'a', once: 'x' }), first);
    await send(cloud, queue, 'after', { group: 'a', once: 'y' });
    const [next] = await received(cloud, queue, 1, { what: 'the next' });
    expectSeen('delivered', next?.Body, 'after');
  },
);

behaviour(
  'With content-based deduplication the same body counts as the same message',
  { page: SQS.fifoTerms },
  async (cloud) => {
    const queue = await makeQueue(cloud, { fifo: true, attributes: { ContentBasedDeduplication: 'true' } });
    for (const body of ['a', 'a', 'b']) await send(cloud, queue, body, { group: 'g' });
    const messages = await received(cloud, queue, 2, { what: 'two messages' });
    expectSeen('received', bodies(messages), ['a', 'b']);
  },
);

behaviour(
  'A batch of eleven messages is refused whole',
  { page: SQS.batch, reliedOn: 'shared/messaging — senders send in tens' },
  async (cloud) => {
    const queue = await makeQueue(cloud);
    const Entries = Array.from({ length: 11 }, (_, n) => ({ Id: `${n}`, MessageBody: `${n}` }));
    const call = cloud.client(SQSClient).send(new SendMessageBatchCommand({ QueueUrl: queue.url, Entries }));
    expectSeen('answered', await errorOf(call), 'TooManyEntriesInBatchRequest');
    expectSeen('on the queue', (await depth(cloud, queue)).waiting, 0);
  },
);

behaviour(
  'A message that is delayed is received after its delay and not before',
  { page: SQS.delay },
  async (cloud) => {
    const queue = await makeQueue(cloud, { attributes: { DelaySeconds: '2' } });
    const sent = performance.now();
    await send(cloud, queue, 'later');
    expectSeen('received at once', bodies(await receive(cloud, queue)), []);
    await received(cloud, queue, 1, { what: 'the message' });
    expectSeen('delayed by 2 s', performance.now() - sent > 1_500, true);
  },
);

behaviour(
  'A message may have a delay of its own, on a queue that has none, and holds up no other one',
  { page: SQS.timers, reliedOn: 'functions/swiggy-tracking — the next position goes out a second later' },
  async (cloud) => {
    const queue = await makeQueue(cloud);
    const sent = performance.now();
    await send(cloud, queue, 'later', { delaySeconds: 2 });
    await send(cloud, queue, 'now');
    expectSeen('received first', bodies(await received(cloud, queue, 1, { what: 'the other one' })), ['now']);
    await received(cloud, queue, 1, { what: 'the delayed one' });
    expectSeen('delayed by 2 s', performance.now() - sent > 1_500, true);
  },
);

behaviour('A long poll answers as soon as a message comes', { page: SQS.polling }, async (cloud) => {
  const queue = await makeQueue(cloud);
  const began = performance.now();
  const poll = receive(cloud, queue, { wait: 15 });
  await send(cloud, queue, 'now');
  expectSeen('received', bodies(await poll), ['now']);
  expectSeen('within 5 s', performance.now() - began < 5_000, true);
});
