import { beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { CloudEvent, defineEvent } from './events.ts';
import { topic } from './topic.ts';

const PLAIN = 'arn:aws:sns:ap-south-1:000000000000:irctc-booking-notices';
const FIFO = 'arn:aws:sns:ap-south-1:000000000000:irctc-booking-bookings.fifo';
const asked = defineEvent({ type: 'irctc-booking.BookingAsked', version: 1, data: z.object({}) });
const event = (id: string, partitionKey?: string): CloudEvent =>
  CloudEvent.parse({
    ...asked.of({ id, subject: 'booking_1', correlationId: 'corr-1', data: {}, partitionKey }),
    ...{ time: '2026-11-29T11:30:00Z', traceparent: '00-a-b-01' },
  });

interface Input {
  readonly Message: string;
  readonly MessageGroupId?: string;
}

/** What SNS was asked, in the order of the calls. */
let inputs: Input[];
/** How many calls were under way at most. */
let atOnce: number;
beforeEach(() => {
  inputs = [];
  atOnce = 0;
});
const ids = () => inputs.map(({ Message }) => JSON.parse(Message).id as string);

const sns = (answer: (id: string) => Error | undefined = () => undefined) => {
  let underWay = 0;
  const send = async ({ input }: { input: Input }) => {
    inputs.push(input);
    underWay += 1;
    atOnce = Math.max(atOnce, underWay);
    await new Promise((resolve) => setImmediate(resolve));
    underWay -= 1;
    const thrown = answer(JSON.parse(input.Message).id);
    if (thrown) throw thrown;
    return {};
  };
  return { send } as never;
};
const named = (name: string) => Object.assign(new Error('x'), { name });

describe('a topic', () => {
  it('gets the event as the message, with its type to choose by, and its own trace', async () => {
    await topic({ client: sns(), topicArn: PLAIN }).publish([event('e1')]);
    expect(inputs).toEqual([
      {
        TopicArn: PLAIN,
        Message: JSON.stringify(event('e1')),
        MessageAttributes: {
          type: { DataType: 'String', StringValue: 'irctc-booking.BookingAsked' },
          traceparent: { DataType: 'String', StringValue: '00-a-b-01' },
          correlationId: { DataType: 'String', StringValue: 'corr-1' },
        },
      },
    ]);
  });

  it('that is FIFO keeps events in the order of their partition key, each id once', async () => {
    await topic({ client: sns(), topicArn: FIFO }).publish([event('e1', '12951|3A')]);
    expect(inputs).toMatchObject([{ MessageGroupId: '12951|3A', MessageDeduplicationId: 'e1' }]);
  });

  it('that is FIFO takes no event without one, nor any told with it', async () => {
    const publishing = topic({ client: sns(), topicArn: FIFO }).publish([event('e1', 'a'), event('e2')]);
    await expect(publishing).rejects.toThrow(
      new TypeError('irctc-booking.BookingAsked goes to a FIFO topic and names no partitionkey'),
    );
    expect(inputs).toEqual([]);
  });

  it('gets groups side by side, and of a group the next when the one before was accepted', async () => {
    const told = [event('a1', 'a'), event('a2', 'a'), event('b1', 'b'), event('a3', 'a'), event('b2', 'b')];
    await topic({ client: sns(), topicArn: FIFO }).publish(told);
    expect(ids()).toEqual(['a1', 'b1', 'a2', 'b2', 'a3']);
    expect(atOnce).toBe(2);
  });

  it('lets no event pass one of its group that was refused', async () => {
    const client = sns((id) => (id === 'a1' ? named('ThrottledException') : undefined));
    const publishing = topic({ client, topicArn: FIFO }).publish([event('a1', 'a'), event('a2', 'a')]);
    await expect(publishing).rejects.toMatchObject({ name: 'TransientError' });
    expect(ids()).toEqual(['a1']);
  });

  it('gets ten at once at most', async () => {
    const told = Array.from({ length: 23 }, (_, n) => event(`e${n}`));
    await topic({ client: sns(), topicArn: PLAIN }).publish(told);
    expect(ids()).toEqual(told.map(({ id }) => id));
    expect(atOnce).toBe(10);
  });

  it('answers what the SDK throws in the words of the house, when the others at its side are done', async () => {
    const client = sns((id) => (id === 'e1' ? named('InvalidParameterException') : undefined));
    const publishing = topic({ client, topicArn: PLAIN }).publish([event('e1'), event('e2')]);
    await expect(publishing).rejects.toMatchObject({ name: 'UnexpectedError' });
    expect(ids()).toEqual(['e1', 'e2']);
  });

  it('is not asked for nothing', async () => {
    await topic({ client: sns(), topicArn: FIFO }).publish([]);
    expect(inputs).toEqual([]);
  });
});
