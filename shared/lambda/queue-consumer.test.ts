import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { HouseError, TransientError } from '../errors/index.ts';
import { defineEvent } from '../messaging/events.ts';
import type { Letter } from '../messaging/queue.ts';
import { currentScope } from '../tracing/index.ts';
import { type MessageContext, queueConsumer } from './index.ts';
import { keptLines, type Lines, lambdaContext, sqsRecord, TRACE, TRACEPARENT } from './lambda.fixture.ts';

class SoldOutError extends HouseError<{ train: string }> {
  override readonly name = 'SoldOutError';
  override readonly status = 409;
}

const Command = z.object({ n: z.int(), correlationId: z.string().optional() });
const lambda = lambdaContext('irctc-booking-allocate');

let lines: Lines;
let parked: Letter[];
beforeEach(() => {
  lines = keptLines();
  parked = [];
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

type Use = (message: { n: number }, context: MessageContext) => Promise<void>;
const consumer = (use: Use, park = async (letter: Letter) => void parked.push(letter)) =>
  queueConsumer({
    ...{ accepts: Command, ports: () => ({}), handle: () => use },
    ...{ parking: () => ({ park }), maxReceives: () => 3 },
  });
const again = ({ batchItemFailures }: { batchItemFailures: readonly { itemIdentifier: string }[] }) =>
  batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);
const fifo = (messageId: string, n: number, group: string) =>
  sqsRecord(messageId, { n }, { attributes: { ApproximateReceiveCount: '2', MessageGroupId: group } });

describe('a queue consumer', () => {
  it('takes off the queue what is done, and only that', async () => {
    const done: number[] = [];
    const use: Use = async ({ n }) => {
      if (n === 2) throw new TransientError({ reason: 'busy' });
      done.push(n);
    };
    const records = [1, 2, 3].map((n) => sqsRecord(`m${n}`, { n }));
    expect(again(await consumer(use)({ Records: records }, lambda))).toEqual(['m2']);
    expect(done).toEqual([1, 3]);
    expect(parked).toEqual([]);
    expect(lines.metrics()).toMatchObject([{ Count: 3, Faults: 1 }]);
    expect(lines.facts()).toContainEqual(
      expect.objectContaining({ level: 'WARN', message: 'message comes again', messageId: 'm2' }),
    );
  });

  it('parks at once what no retry can help, with reason and way back, and takes it off the queue', async () => {
    const use: Use = async () => {
      throw new SoldOutError({ train: '12951' });
    };
    const record = sqsRecord('m1', { n: 1, correlationId: 'corr-9', traceparent: TRACEPARENT });
    expect(again(await consumer(use)({ Records: [record] }, lambda))).toEqual([]);
    expect(parked).toEqual([
      {
        error: 'SoldOutError',
        message: 'SoldOutError: train=12951',
        consumer: 'irctc-booking-allocate',
        body: record.body,
        source: record.eventSourceARN,
        messageId: 'm1',
        group: undefined,
        trail: undefined,
        redrives: undefined,
        firstAt: undefined,
        attempts: 1,
      },
    ]);
    expect(lines.facts()).toMatchObject([
      { level: 'ERROR', message: 'message parked', correlationId: 'corr-9' },
    ]);
    expect(lines.metrics()).toMatchObject([{ Count: 1, Faults: 1 }]);
  });

  it('keeps the trail of a message that was sent back and failed again', async () => {
    const use: Use = async () => {
      throw new SoldOutError({ train: '12951' });
    };
    const text = (stringValue: string) => ({ dataType: 'String', stringValue });
    const firstAt = '2026-11-28T10:00:00.000Z';
    const messageAttributes = { trail: text('m0'), redrives: text('2'), firstAt: text(firstAt) };
    await consumer(use)({ Records: [{ ...sqsRecord('m1', { n: 1 }), messageAttributes }] }, lambda);
    expect(parked).toMatchObject([{ messageId: 'm1', trail: 'm0', redrives: 2, firstAt }]);
  });

  it.each([
    ['a message that is not accepted', { n: 'x' }, 'message.n'],
    ['a message that is no JSON', 'hello', 'message'],
    ['a defect', { n: 1 }, 'reason=TypeError'],
  ])('parks %s', async (_, body, said) => {
    const use: Use = async () => {
      throw new TypeError('x');
    };
    await consumer(use)({ Records: [sqsRecord('m1', body)] }, lambda);
    expect(parked).toHaveLength(1);
    expect(parked[0]?.message).toContain(said);
  });

  it('leaves a message where it is when it cannot be parked', async () => {
    const use: Use = async () => {
      throw new SoldOutError({ train: '1' });
    };
    const broken = consumer(use, async () => Promise.reject(new Error('no such queue')));
    expect(again(await broken({ Records: [sqsRecord('m1', { n: 1 })] }, lambda))).toEqual(['m1']);
    expect(lines.facts()).toMatchObject([{ level: 'ERROR', message: 'message could not be parked' }]);
  });

  it('keeps the order of a group: all behind a failed message come again, other groups go on', async () => {
    const tried: number[] = [];
    const use: Use = async ({ n }) => {
      tried.push(n);
      if (n === 2) throw new TransientError({ reason: 'busy' });
    };
    const records = [fifo('a1', 1, 'a'), fifo('a2', 2, 'a'), fifo('b1', 10, 'b'), fifo('a3', 3, 'a')];
    expect(again(await consumer(use)({ Records: records }, lambda))).toEqual(['a2', 'a3']);
    expect(tried.toSorted((one, other) => one - other)).toEqual([1, 2, 10]);
  });

  it('goes on in a group behind a parked message', async () => {
    const done: number[] = [];
    const use: Use = async ({ n }) => {
      if (n === 1) throw new SoldOutError({ train: '1' });
      done.push(n);
    };
    const records = [fifo('a1', 1, 'a'), fifo('a2', 2, 'a')];
    expect(again(await consumer(use)({ Records: records }, lambda))).toEqual([]);
    expect(done).toEqual([2]);
    expect(parked).toMatchObject([{ group: 'a' }]);
  });

  it('begins nothing that Lambda would end in the middle', async () => {
    const use = vi.fn<Use>();
    const event = { Records: [sqsRecord('m1', { n: 1 })] };
    expect(again(await consumer(use)(event, lambdaContext('f', 100)))).toEqual(['m1']);
    expect(use).not.toHaveBeenCalled();
  });

  it('makes ports and parking at init inside Lambda, so that a missing variable is seen at once', () => {
    vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'irctc-booking-allocate');
    const options = { accepts: Command, ports: () => ({}), handle: () => async () => undefined };
    expect(() => queueConsumer(options)).toThrow('The environment has no PARKING_QUEUE');
  });
});

describe('the trace of a message', () => {
  const seatTaken = defineEvent({ type: 'irctc.SeatTaken', version: 1, data: z.object({ n: z.int() }) });
  const origin = { correlationId: 'corr-2', traceparent: TRACEPARENT };

  it('is that of whoever told the event, linked to the batch', async () => {
    let seen: unknown;
    const handler = queueConsumer({
      accepts: seatTaken.schema,
      ports: () => ({}),
      handle: () => async (event, context) => {
        seen = [event.data.n, context.correlationId, context.receiveCount, currentScope()?.correlationId];
      },
      parking: () => ({ park: async () => undefined }),
      maxReceives: () => 3,
    });
    const event = seatTaken.of({ subject: 's1', data: { n: 4 }, ...origin });
    const whole = { ...event, id: 'e1', time: '2026-11-24T11:30:00.000Z' };
    expect(again(await handler({ Records: [sqsRecord('m1', whole)] }, lambda))).toEqual([]);
    expect(seen).toEqual([4, 'corr-2', 1, 'corr-2']);
    const [message, batch] = lines.spans();
    expect(message).toMatchObject({
      traceId: TRACE,
      kind: 'consumer',
      correlationId: 'corr-2',
      links: [{ traceId: batch?.traceId, spanId: batch?.spanId }],
      attributes: {
        'messaging.message.id': 'm1',
        'messaging.destination.name': 'irctc-booking-allocate',
        'cloudevents.event_id': 'e1',
        'cloudevents.event_type': 'irctc.SeatTaken',
        receiveCount: 1,
        sentAt: new Date(1_795_500_000_000).toISOString(),
        fate: 'done',
      },
    });
    expect(batch?.traceId).not.toBe(TRACE);
  });

  it.each([
    ['again', 'what a retry can help', '1', new TransientError({ reason: 'busy' }), 'message comes again'],
    [
      ...(['dead', 'what SQS will not hand over again', '3'] as const),
      new TransientError({ reason: 'busy' }),
      'message goes to the dead letters',
    ],
    ['parked', 'what no retry can help', '3', new SoldOutError({ train: '1' }), 'message parked'],
  ])('says the fate of a message: %s for %s', async (fate, _what, count, error, said) => {
    const attributes = { ApproximateReceiveCount: count };
    const record = sqsRecord('m1', { n: 1 }, { attributes });
    const answer = await consumer(async () => Promise.reject(error))({ Records: [record] }, lambda);
    // What stays in its queue is moved by SQS, not by us.
    expect(again(answer)).toEqual(fate === 'parked' ? [] : ['m1']);
    const [message] = lines.spans();
    expect(message).toMatchObject({ status: 'error', attributes: { fate, receiveCount: Number(count) } });
    // A command is no event, and not every poller says since when a message was there.
    expect(Object.keys(message?.attributes as object)).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/cloudevents|sentAt/)]),
    );
    expect(lines.facts()).toContainEqual(expect.objectContaining({ message: said }));
  });

  it('says that a message is dead that could neither be worked on nor parked', async () => {
    const record = sqsRecord('m1', { n: 'x' }, { attributes: { ApproximateReceiveCount: '3' } });
    const broken = consumer(
      async () => undefined,
      async () => Promise.reject(new Error('no such queue')),
    );
    expect(again(await broken({ Records: [record] }, lambda))).toEqual(['m1']);
    expect(lines.spans()[0]).toMatchObject({ attributes: { fate: 'dead' } });
  });

  it('is found in the attributes of a message too', async () => {
    const messageAttributes = {
      traceparent: { dataType: 'String', stringValue: TRACEPARENT },
      correlationId: { dataType: 'String', stringValue: 'corr-3' },
    };
    const record = sqsRecord('m1', { n: 1 }, { messageAttributes });
    await consumer(async () => undefined)({ Records: [record] }, lambda);
    expect(lines.spans()[0]).toMatchObject({ traceId: TRACE, correlationId: 'corr-3' });
  });

  it('begins with the message where there is none', async () => {
    await consumer(async () => undefined)({ Records: [sqsRecord('m1', { n: 1 })] }, lambda);
    const [message] = lines.spans();
    expect(message?.correlationId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('shows what went wrong with it', async () => {
    const use: Use = async () => {
      throw new SoldOutError({ train: '1' });
    };
    await consumer(use)({ Records: [sqsRecord('m1', { n: 1 })] }, lambda);
    const [message, batch] = lines.spans();
    expect(message).toMatchObject({ status: 'error', attributes: { 'error.type': 'SoldOutError' } });
    expect(batch).toMatchObject({ status: 'ok' });
  });
});
