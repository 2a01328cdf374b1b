import { ReceiveMessageCommand } from '@aws-sdk/client-sqs';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { parkingQueue } from '../messaging/queue.ts';
import { waitFor } from '../testing/index.ts';
import { deadLetters } from './index.ts';
import { FIRST_AT, REDRIVES, TRAIL } from './letter.ts';
import { openQueues, type Queue } from './queues.fixture.ts';

const queues = openQueues();
const { client, make, moved, take } = queues;

const all = () => true;

afterAll(() => queues.close());

describe('the dead letters of a queue', () => {
  let dead: Queue;
  let source: Queue;
  const letters = () => deadLetters({ client, queue: dead.name });
  const list = async () => (await letters().look()).letters;

  beforeEach(async () => {
    dead = await make('dead');
    source = await make('source', {
      VisibilityTimeout: '0',
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 1 }),
    });
  });
  const park = (body: string) => queues.park(dead, source, body);

  it('are of two kinds, and one reader tells both: what failed, why, whose trace, and where it goes back to', async () => {
    const id = await moved(source, dead, { body: '{"pnr":1}' });
    await park('{"pnr":2}');
    expect(await list()).toMatchObject([
      {
        ...{ kind: 'moved', trail: id, queue: dead.name, body: '{"pnr":1}', backTo: source.arn },
        ...{ error: 'TooManyReceives', consumer: source.name, redrives: 0, traceId: 'a'.repeat(32) },
      },
      {
        ...{ kind: 'parked', trail: 'first-id', body: '{"pnr":2}', backTo: source.arn, redrives: 0 },
        ...{ error: 'PnrGoneError', consumer: 'irctc-booking-charting', traceId: 'c'.repeat(32) },
        correlationId: 'corr-1',
      },
    ]);
    // Reading takes nothing away, and hides nothing afterwards.
    expect(await list()).toHaveLength(2);
  });

  it('go back as they were, under a trail that outlives every redrive', async () => {
    const id = await moved(source, dead, { body: '{"pnr":1}' });
    const [{ firstAt } = { firstAt: '' }] = await list();
    for (const times of [1, 2, 3]) {
      expect(await letters().redrive(all)).toMatchObject([{ outcome: 'sent back', letter: { trail: id } }]);
      expect(await list()).toEqual([]);
      const back = await take(source);
      expect(back.Body).toBe('{"pnr":1}');
      expect(back.MessageAttributes).toMatchObject({
        [TRAIL]: { StringValue: id },
        [REDRIVES]: { StringValue: String(times) },
        [FIRST_AT]: { StringValue: firstAt },
        traceparent: { StringValue: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01` },
      });
      // It was received once already, so the next receive moves it again.
      await waitFor(
        async () => {
          await client.send(new ReceiveMessageCommand({ QueueUrl: source.url, VisibilityTimeout: 0 }));
          const [letter] = await list();
          return letter?.trail === id && letter.redrives === times;
        },
        { what: 'the message to fail again' },
      );
    }
  });

  it('go back to the group that they had', async () => {
    dead = await make('dead.fifo', { FifoQueue: 'true' });
    source = await make('source.fifo', {
      FifoQueue: 'true',
      VisibilityTimeout: '0',
      RedrivePolicy: JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 1 }),
    });
    await moved(source, dead, { body: '{"pnr":1}', group: '12951|2A' });
    expect(await letters().redrive(all)).toMatchObject([{ outcome: 'sent back' }]);
    expect((await take(source)).Attributes?.MessageGroupId).toBe('12951|2A');
  });

  it('are chosen: the others stay where they are', async () => {
    await park('{"pnr":1}');
    await park('{"pnr":2}');
    const second = (letter: { body: string }) => letter.body === '{"pnr":2}';
    expect(await letters().redrive(second)).toHaveLength(1);
    expect((await list()).map(({ body }) => body)).toEqual(['{"pnr":1}']);
    expect(await letters().discard(second)).toEqual([]);
    expect(await letters().discard(all)).toMatchObject([{ outcome: 'discarded' }]);
    expect(await list()).toEqual([]);
  });

  it('are left alone by a dry run, which says what would happen', async () => {
    await park('{"pnr":1}');
    expect(await letters().redrive(all, { dryRun: true })).toMatchObject([{ outcome: 'sent back' }]);
    expect(await letters().discard(all, { dryRun: true })).toMatchObject([{ outcome: 'discarded' }]);
    expect(await list()).toHaveLength(1);
    const { Messages } = await client.send(new ReceiveMessageCommand({ QueueUrl: source.url }));
    expect(Messages).toBeUndefined();
  });

  it('stay when they came from no queue, since no message leads back there', async () => {
    await parkingQueue(dead.url, { client }).park({
      ...{
        error: 'CreditsBlockedError',
        message: '',
        consumer: 'paytm-saga-payment',
        body: '{"payment":"p"}',
      },
    });
    expect(await letters().redrive(all)).toMatchObject([{ outcome: 'no way back' }]);
    expect(await list()).toHaveLength(1);
  });

  it('are more than one page, and all of them are read', async () => {
    for (let n = 1; n <= 25; n++) await park(`{"pnr":${n}}`);
    expect(new Set((await list()).map(({ body }) => body)).size).toBe(25);
  });
});

describe('a queue that is not there', () => {
  it('is an error by its name', async () => {
    await expect(deadLetters({ client, queue: 'none' }).look()).rejects.toMatchObject({
      name: 'QueueDoesNotExist',
    });
  });
});
