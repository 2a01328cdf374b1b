import {
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parkedLetters } from './parked.ts';
import { type ParkedMessage, parkingQueue } from './queue.ts';

const client = new SQSClient({
  endpoint: process.env.DABBA_STORE_ENDPOINT ?? '',
  region: 'ap-south-1',
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});
let QueueUrl: string;
beforeEach(async () => {
  const made = await client.send(new CreateQueueCommand({ QueueName: `parked-${crypto.randomUUID()}` }));
  QueueUrl = made.QueueUrl ?? '';
});
afterEach(() => client.send(new DeleteQueueCommand({ QueueUrl })));
afterAll(() => client.destroy());

const park = (body: string) =>
  parkingQueue(QueueUrl, { client }).park({ error: 'E', message: 'm', consumer: 'c', body });
const isAbout = (body: string) => (letter: ParkedMessage) => letter.body === body;
/** What anybody who asks now could have, and what somebody holds. */
const counts = async () => {
  const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
  const { Attributes } = await client.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...AttributeNames] }),
  );
  return AttributeNames.map((name) => Number(Attributes?.[name]));
};

describe('the letters of a parking queue', () => {
  it('are taken out when they are settled, however many lie before them; the others are back at once', async () => {
    for (let n = 0; n < 23; n += 1) await park(`other ${n}`);
    await park('mine');
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: 'no letter' }));
    await client.send(new SendMessageCommand({ QueueUrl, MessageBody: '{"no":"letter"}' }));
    await park('mine');
    expect(await parkedLetters(QueueUrl, { client }).takeOut(isAbout('mine'))).toBe(2);
    expect(await counts()).toEqual([25, 0]);
    expect(await parkedLetters(QueueUrl, { client }).takeOut(isAbout('mine'))).toBe(0);
  });

  it('are left when somebody else has them in hand', async () => {
    await park('mine');
    await client.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 60 }));
    expect(await parkedLetters(QueueUrl, { client }).takeOut(isAbout('mine'))).toBe(0);
    expect(await counts()).toEqual([0, 1]);
  });

  it('are read no longer than the time for it lasts, and are back then, too', async () => {
    for (let n = 0; n < 12; n += 1) await park(`other ${n}`);
    await park('mine');
    let asked = 0;
    const now = () => (asked++ < 2 ? 0 : 60_000); // time for one page
    expect(await parkedLetters(QueueUrl, { client, now }).takeOut(isAbout('mine'))).toBe(0);
    expect(await counts()).toEqual([13, 0]);
  });

  it('are back when the queue fails half-way', async () => {
    await park('other');
    let asked = 0;
    const failing = {
      send: (async (command: ReceiveMessageCommand) => {
        asked += 1;
        if (asked === 2) throw new Error('the line broke');
        return client.send(command);
      }) as SQSClient['send'],
    };
    const letters = parkedLetters(QueueUrl, { client: failing });
    await expect(letters.takeOut(isAbout('mine'))).rejects.toThrow('the line broke');
    expect(await counts()).toEqual([1, 0]);
  });
});
