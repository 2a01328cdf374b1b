/** Dead letters of FIFO queues: what a topic could not hand over, and more of a group than SQS shows at once. */
import { CreateTopicCommand, DeleteTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { ReceiveMessageCommand, SendMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { CloudEvent, defineEvent } from '../messaging/events.ts';
import { topic } from '../messaging/topic.ts';
import { waitFor } from '../testing/index.ts';
import { editing } from './edit.ts';
import { deadLetters } from './index.ts';
import { openQueues, type Queue } from './queues.fixture.ts';

const queues = openQueues();
const { client, make, take } = queues;
afterAll(() => queues.close());

const FIFO = { FifoQueue: 'true' };
let dead: Queue;
let source: Queue;
beforeEach(async () => {
  // Of one name, as a stack gives them.
  const as = crypto.randomUUID();
  dead = await make('book-dead.fifo', FIFO, as);
  source = await make('book.fifo', FIFO, as);
});
const all = () => true;
const desk = () => deadLetters({ client, queue: dead.name });
/** A letter of a group, as a consumer parks it. */
const lay = (n: number, group: string) => {
  const parked = { error: 'PnrGoneError', message: '', consumer: 'c', body: `{"n":${n}}`, group };
  return client.send(
    new SendMessageCommand({
      QueueUrl: dead.url,
      MessageBody: JSON.stringify({ ...parked, source: source.arn, parkedAt: '2026-11-29T00:00:00.000Z' }),
      ...{ MessageGroupId: group, MessageDeduplicationId: `${group}${n}` },
    }),
  );
};
const numbers = (length: number) => Array.from({ length }, (_, n) => n);
/** What waits in the source, in its order. */
const waiting = async (): Promise<(string | undefined)[]> => {
  const { Messages = [] } = await client.send(
    new ReceiveMessageCommand({ QueueUrl: source.url, MaxNumberOfMessages: 10, VisibilityTimeout: 60 }),
  );
  return Messages.map(({ Body }) => Body);
};

describe('the dead letters of a FIFO queue', () => {
  it('all go back, more of a group than SQS hands over at once, and in their order', async () => {
    for (const n of numbers(13)) await lay(n, 'a');
    expect(await desk().redrive(all)).toHaveLength(13);
    expect(await desk().look()).toEqual({ letters: [], waiting: 0 });
    expect(await waiting()).toEqual(numbers(10).map((n) => `{"n":${n}}`));
  });

  it('are all discarded; one that stays is told once, and a dry run ends', async () => {
    for (const n of numbers(12)) await lay(n, 'a');
    expect(await desk().discard(all, { dryRun: true })).toHaveLength(10);
    expect((await desk().look()).waiting).toBe(12);
    const outcomes = await desk().discard(({ body }) => body !== '{"n":3}');
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(numbers(11).map(() => 'discarded'));
    await lay(90, 'b');
    const worked = async ({ body }: { body: string }) => (body === '{"n":3}' ? 'yes' : 'no') as 'yes' | 'no';
    const redriven = await desk().redrive(all, { worked });
    expect(redriven.map(({ outcome }) => outcome)).toEqual(['sent back', 'already processed']);
  });

  it('go back edited, to their group', async () => {
    await lay(1, '12951|3A');
    const [letter] = (await desk().look()).letters;
    const edited = editing({ [letter?.trail ?? '']: [{ path: '/n', json: '2' }] });
    expect(await desk().redrive(all, { edited })).toMatchObject([{ outcome: 'sent back' }]);
    expect(await take(source)).toMatchObject({ Body: '{"n":2}', Attributes: { MessageGroupId: '12951|3A' } });
  });
});

it('what a topic could not hand to its queue says so, and goes back to that queue', async () => {
  const sns = new SNSClient({
    endpoint: process.env.DABBA_STORE_ENDPOINT ?? '',
    region: 'ap-south-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const Name = `bookings-${crypto.randomUUID()}.fifo`;
  const { TopicArn = '' } = await sns.send(
    new CreateTopicCommand({ Name, Attributes: { FifoTopic: 'true' } }),
  );
  try {
    // No policy of the queue lets the topic in.
    const Attributes = {
      RawMessageDelivery: 'true',
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn }),
    };
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: source.arn, Attributes }));
    const asked = defineEvent({ type: 'irctc.Asked', version: 1, data: z.object({}) });
    const telling = { subject: 'b1', correlationId: 'corr-1', data: {}, partitionKey: '12951', id: 'e1' };
    const event = CloudEvent.parse({ ...asked.of(telling), time: '2026-11-29T00:00:00Z' });
    await topic({ client: sns, topicArn: TopicArn }).publish([event]);
    const letters = await waitFor(
      async () => {
        const { letters } = await desk().look();
        return letters.length > 0 ? letters : undefined;
      },
      { what: 'the letter of the topic' },
    );
    expect(letters).toMatchObject([
      {
        ...{ kind: 'undelivered', consumer: source.name, backTo: source.arn, group: '12951' },
        ...{ about: 'b1', correlationId: 'corr-1' },
      },
    ]);
    expect(await desk().redrive(all)).toMatchObject([{ outcome: 'sent back' }]);
    const back = await take(source);
    expect(back).toMatchObject({ Body: JSON.stringify(event), Attributes: { MessageGroupId: '12951' } });
    expect(back.MessageAttributes).not.toHaveProperty('ErrorCode');
  } finally {
    await sns.send(new DeleteTopicCommand({ TopicArn }));
    sns.destroy();
  }
});
