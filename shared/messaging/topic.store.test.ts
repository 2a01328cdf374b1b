/** A FIFO topic, a FIFO queue on it, and its consumer: what is told in order is worked on in order, group by group. */
import { CreateTopicCommand, DeleteTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { DeleteMessageCommand, type Message, ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { deadLetters } from '../dead-letters/index.ts';
import { openQueues, type Queue } from '../dead-letters/queues.fixture.ts';
import { TransientError } from '../errors/index.ts';
import { queueConsumer } from '../lambda/index.ts';
import { lambdaContext } from '../lambda/lambda.fixture.ts';
import { CloudEvent, defineEvent } from './events.ts';
import { parkingQueue } from './queue.ts';
import { topic } from './topic.ts';

const queues = openQueues();
const sns = new SNSClient({
  endpoint: process.env.DABBA_STORE_ENDPOINT ?? '',
  region: 'ap-south-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});
afterAll(async () => {
  await queues.close();
  sns.destroy();
});

const data = z.object({});
const asked = defineEvent({ type: 'irctc-booking.BookingAsked', version: 1, data });
const moved = defineEvent({ type: 'irctc-booking.WaitlistMoved', version: 1, data });
const event = (id: string, { of = asked.of } = {}): CloudEvent =>
  CloudEvent.parse({
    // `a1` is the first of group a.
    ...of({ id, subject: id, correlationId: 'c', data: {}, partitionKey: id[0] }),
    time: '2026-11-29T11:30:00Z',
  });

let topicArn: string;
let queue: Queue;
let parking: Queue;
/** Events that were worked on, in order, and those whose peer is away. */
let done: string[];
const away = new Set<string>();

beforeEach(async () => {
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  done = [];
  away.clear();
  const Name = `topic-${crypto.randomUUID()}.fifo`;
  const made = await sns.send(new CreateTopicCommand({ Name, Attributes: { FifoTopic: 'true' } }));
  topicArn = made.TopicArn ?? '';
  parking = await queues.make('parking');
  queue = await bound([asked.type]);
});
afterEach(async () => {
  vi.restoreAllMocks();
  await sns.send(new DeleteTopicCommand({ TopicArn: topicArn }));
});

/** A FIFO queue that gets some types from the topic, as `WorkQueue.onTopic` binds it. */
const bound = async (chosen: readonly unknown[]): Promise<Queue> => {
  const Policy = JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'sns.amazonaws.com' },
        Action: 'sqs:SendMessage',
        Resource: '*',
        Condition: { ArnEquals: { 'aws:SourceArn': topicArn } },
      },
    ],
  });
  const made = await queues.make('bookings.fifo', { FifoQueue: 'true', VisibilityTimeout: '0', Policy });
  const Attributes = { RawMessageDelivery: 'true', FilterPolicy: JSON.stringify({ type: chosen }) };
  await sns.send(
    new SubscribeCommand({ TopicArn: topicArn, Protocol: 'sqs', Endpoint: made.arn, Attributes }),
  );
  return made;
};
const tell = (...events: CloudEvent[]) => topic({ client: sns, topicArn }).publish(events);

const consumer = (parksAfter?: number) =>
  queueConsumer({
    accepts: z.union([asked.schema, moved.schema]),
    ports: () => ({}),
    handle: () => async (event) => {
      if (away.has(event.id)) throw new TransientError({ reason: 'ServiceUnavailable' });
      done.push(event.id);
    },
    ...{ parking: () => parkingQueue(parking.url, { client: queues.client }), maxReceives: () => 9 },
    ...{ chance: () => 0, ...(parksAfter === undefined ? {} : { parksAfter }) },
  });

const recordOf = (
  { MessageId = '', Body = '', Attributes, MessageAttributes = {} }: Message,
  { arn }: Queue,
) => ({
  ...{ messageId: MessageId, body: Body, attributes: { ...Attributes }, eventSourceARN: arn },
  messageAttributes: Object.fromEntries(
    Object.entries(MessageAttributes).map(([name, { StringValue = '' }]) => [
      name,
      { dataType: 'String', stringValue: StringValue },
    ]),
  ),
});

/** Hands a batch to a consumer and takes off what it does not report, as Lambda does. */
const poll = async (handler: ReturnType<typeof consumer>, from = queue): Promise<number> => {
  const { Messages = [] } = await queues.client.send(
    new ReceiveMessageCommand({
      QueueUrl: from.url,
      MaxNumberOfMessages: 10,
      MessageAttributeNames: ['All'],
      MessageSystemAttributeNames: ['All'],
    }),
  );
  const Records = Messages.map((message) => recordOf(message, from));
  const { batchItemFailures } = await handler({ Records }, lambdaContext('irctc-booking-book'));
  const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
  for (const { ReceiptHandle } of Messages.filter(({ MessageId = '' }) => !failed.has(MessageId)))
    await queues.client.send(new DeleteMessageCommand({ QueueUrl: from.url, ReceiptHandle }));
  return Messages.length;
};
const of = (group: string) => done.filter((id) => id.startsWith(group));

describe('a FIFO topic and its queue', () => {
  it('keep each group in order; one that is stuck holds up none but itself, and goes on where it was', async () => {
    away.add('a1');
    await tell(event('a1'), event('b1'), event('a2'), event('b2'), event('a3'), event('b3'));
    const handler = consumer();
    await poll(handler);
    await poll(handler);
    expect([of('a'), of('b')]).toEqual([[], ['b1', 'b2', 'b3']]);
    away.clear();
    await poll(handler);
    expect(of('a')).toEqual(['a1', 'a2', 'a3']);
    expect(await poll(handler)).toBe(0);
  });

  it('hand over an event once, however often an outbox tells it', async () => {
    await tell(event('a1'));
    await tell(event('a1'), event('a2'));
    await poll(consumer());
    expect(done).toEqual(['a1', 'a2']);
  });

  it('go on behind what was parked after some tries; sent back, it comes in its group once more', async () => {
    away.add('a1');
    await tell(event('a1'), event('a2'));
    await poll(consumer(3));
    expect(done).toEqual(['a2']);
    const letters = deadLetters({ client: queues.client, queue: parking.name });
    expect((await letters.look()).letters).toMatchObject([
      { error: 'TransientError', attempts: 3, group: 'a', backTo: queue.arn, about: 'a1' },
    ]);
    away.clear();
    expect(await letters.redrive(() => true)).toMatchObject([{ outcome: 'sent back' }]);
    const back = await queues.take(queue);
    expect(back.Attributes?.MessageGroupId).toBe('a');
    await poll(consumer(3));
    expect(done).toEqual(['a2', 'a1']);
  });

  it('hand over only the types that the queue asks for, also by how they begin', async () => {
    const waiting = await bound([{ prefix: 'irctc-booking.Waitlist' }]);
    await tell(event('a1'), event('a2', { of: moved.of }));
    await poll(consumer(), waiting);
    expect(done).toEqual(['a2']);
    await poll(consumer());
    expect(done).toEqual(['a2', 'a1']);
  });
});
