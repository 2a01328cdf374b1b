import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { inScope, inSpan, startTracing } from '../tracing/index.ts';
import { eventBus } from './bus.ts';
import { CloudEvent, defineEvent } from './events.ts';
import { cut } from './insist.ts';
import { ParkedMessage, parkingQueue, queueSender, sendTo } from './queue.ts';

const paid = defineEvent({
  type: 'paytm-saga.PaymentCompleted',
  version: 2,
  data: z.object({ amount: z.int(), note: z.string().default('-') }),
});
const telling = { subject: 'payment_1', correlationId: 'corr-1', data: { amount: 5 } };
const committed = (n: number): CloudEvent =>
  CloudEvent.parse({ ...paid.of(telling), id: `e${n}`, time: '2026-11-24T11:30:00Z' });

/** A client of the SDK that answers as told, and keeps what it was asked; with ports that do not wait. */
const sdk = (...answers: (object | Error)[]) => {
  const asked: { readonly [field: string]: unknown }[] = [];
  const pauses: number[] = [];
  const client = {
    send: async ({ input }: { input: { readonly [field: string]: unknown } }) => {
      asked.push(input);
      const answer = answers.shift() ?? {};
      if (answer instanceof Error) throw answer;
      return answer;
    },
  };
  const ports = {
    client: client as never,
    chance: () => 0.5,
    pause: async (ms: number) => void pauses.push(ms),
    deadline: () => 5_000,
  };
  return { asked, pauses, ports };
};
const times = <T>(count: number, make: (n: number) => T): T[] =>
  Array.from({ length: count }, (_, n) => make(n));

describe('an event', () => {
  it('is a CloudEvent of its type and version, with id and time left to the commit', () => {
    expect(paid.of(telling)).toEqual({
      specversion: '1.0',
      source: 'paytm-saga',
      type: 'paytm-saga.PaymentCompleted',
      subject: 'payment_1',
      datacontenttype: 'application/json',
      dataschema: 'urn:dabbawala:schema:paytm-saga.PaymentCompleted:2',
      correlationid: 'corr-1',
      data: { amount: 5, note: '-' },
    });
  });

  it('carries cause, trace, order and an id of its own, where it has them', () => {
    const more = { id: 'e1', causationId: 'c0', traceparent: '00-a-b-01', sequence: 3, partitionKey: 'g|1' };
    expect(paid.of({ ...telling, ...more })).toMatchObject({
      id: 'e1',
      causationid: 'c0',
      traceparent: '00-a-b-01',
      sequence: 3,
      partitionkey: 'g|1',
    });
  });

  it('is heard as it was told, and only as its own kind and version', () => {
    const heard = paid.schema.parse(committed(1));
    expect(heard.data.amount).toBe(5);
    const others = [
      { type: 'paytm-saga.PaymentRefused' },
      { dataschema: 'urn:x:1' },
      { data: {} },
      { id: '' },
    ];
    for (const other of others)
      expect(paid.schema.safeParse({ ...committed(1), ...other }).success).toBe(false);
  });

  it('cannot be told with data of another shape', () => {
    expect(() => paid.of({ ...telling, data: { amount: 0.5 } })).toThrow(z.ZodError);
  });

  it.each(['', 'राजधानी', 'two words', 'x'.repeat(129)])(
    'names no group that a queue would refuse: %j',
    (group) => {
      expect(() => paid.of({ ...telling, partitionKey: group })).toThrow(z.ZodError);
      expect(CloudEvent.safeParse({ ...committed(1), partitionkey: group }).success).toBe(false);
      expect(CloudEvent.parse({ ...committed(1), partitionkey: '12951|2A' }).partitionkey).toBe('12951|2A');
    },
  );
});

describe('the bus', () => {
  it('gets the event as the detail, under its system and type, ten at a time', async () => {
    const { asked, ports } = sdk();
    await eventBus({ ...ports, busName: 'dabbawala' }).publish(times(12, committed));
    expect(asked.map(({ Entries }) => (Entries as unknown[]).length)).toEqual([10, 2]);
    const [first] = asked.flatMap(({ Entries }) => Entries as object[]);
    expect(first).toEqual({
      EventBusName: 'dabbawala',
      Source: 'paytm-saga',
      DetailType: 'paytm-saga.PaymentCompleted',
      Time: new Date('2026-11-24T11:30:00Z'),
      Detail: JSON.stringify(committed(0)),
    });
  });

  it('has an event only when it accepted it: the refused are sent again, the others are not', async () => {
    const refused = {
      FailedEntryCount: 1,
      Entries: [{ EventId: '1' }, { ErrorCode: 'ThrottlingException' }],
    };
    const { asked, pauses, ports } = sdk(refused, refused, {});
    await eventBus({ ...ports, busName: 'b' }).publish([committed(1), committed(2)]);
    const ids = asked.map(({ Entries }) =>
      (Entries as { Detail: string }[]).map(({ Detail }) => JSON.parse(Detail).id),
    );
    expect(ids.slice(0, 2)).toEqual([['e1', 'e2'], ['e2']]);
    expect(pauses[0]).toBe(25);
  });

  it('is told to the caller as busy after five attempts', async () => {
    const refused = { Entries: [{ ErrorCode: 'InternalFailure' }] };
    const { asked, ports } = sdk(...times(9, () => refused));
    await expect(eventBus({ ...ports, busName: 'b' }).publish([committed(1)])).rejects.toMatchObject({
      name: 'TransientError',
      facts: { reason: 'InternalFailure' },
    });
    expect(asked).toHaveLength(5);
  });

  it('is not asked again when the deadline is near', async () => {
    const { asked, ports } = sdk({ Entries: [{ ErrorCode: 'ThrottlingException' }] });
    const bus = eventBus({ ...ports, deadline: () => 10, busName: 'b' });
    await expect(bus.publish([committed(1)])).rejects.toMatchObject({ name: 'TransientError' });
    expect(asked).toHaveLength(1);
  });

  it('answers what the SDK throws in the words of the house', async () => {
    const { ports } = sdk(
      Object.assign(new Error('x'), { name: 'ThrottlingException' }),
      new Error('no such bus'),
    );
    const bus = eventBus({ ...ports, busName: 'b' });
    await expect(bus.publish([committed(1)])).rejects.toMatchObject({ name: 'TransientError' });
    await expect(bus.publish([committed(1)])).rejects.toMatchObject({ name: 'UnexpectedError' });
  });

  it('is not asked for nothing', async () => {
    const { asked, ports } = sdk();
    await eventBus({ ...ports, busName: 'b' }).publish([]);
    expect(asked).toEqual([]);
  });
});

describe('batches', () => {
  it('hold no more entries and bytes than one call may carry; what is too big alone goes alone', () => {
    const sizes = [4, 4, 4, 20, 1, 1, 1];
    expect(cut(sizes, (size) => size, { most: 2, mostBytes: 9 })).toEqual([[4, 4], [4], [20], [1, 1], [1]]);
    expect(cut(sizes, (size) => size, { most: 10, mostBytes: 9 })).toEqual([[4, 4], [4], [20], [1, 1, 1]]);
  });
});

describe('a queue', () => {
  beforeEach(() => {
    vi.spyOn(process.stdout, 'write').mockReturnValue(true); // the span
  });
  afterEach(() => vi.restoreAllMocks());

  it('gets messages with group, deduplication and delay, and with the trace as attributes', async () => {
    startTracing();
    const { asked, ports } = sdk();
    const scope = { correlationId: 'corr-1', function: 'f', remainingMs: () => 5_000 };
    const queue = queueSender({ ...ports, queueUrl: 'https://q' });
    await inScope(scope, () =>
      inSpan('send', {}, () =>
        queue.send([
          { body: { n: 1 }, group: 'g', deduplication: 'd' },
          { body: { n: 2 }, delaySeconds: 9 },
        ]),
      ),
    );
    const attributes = {
      traceparent: { DataType: 'String', StringValue: expect.stringMatching(/^00-/) },
      correlationId: { DataType: 'String', StringValue: 'corr-1' },
    };
    expect(asked).toEqual([
      {
        QueueUrl: 'https://q',
        Entries: [
          {
            Id: '0',
            MessageBody: '{"n":1}',
            MessageAttributes: attributes,
            MessageGroupId: 'g',
            MessageDeduplicationId: 'd',
          },
          { Id: '1', MessageBody: '{"n":2}', MessageAttributes: attributes, DelaySeconds: 9 },
        ],
      },
    ]);
  });

  it('gets again what it refused, and gives up at once on what is the sender’s fault', async () => {
    const busy = { Failed: [{ Id: '1', Code: 'InternalError', SenderFault: false }] };
    const wrong = { Failed: [{ Id: '1', Code: 'InvalidMessageContents', SenderFault: true }, { Id: '99' }] };
    const { asked, ports } = sdk(busy, wrong);
    const queue = queueSender({ ...ports, queueUrl: 'https://q' });
    await expect(queue.send([{ body: 1 }, { body: 2 }])).rejects.toMatchObject({
      name: 'UnexpectedError',
      facts: { reason: 'InvalidMessageContents' },
    });
    expect(asked.map(({ Entries }) => (Entries as unknown[]).length)).toEqual([2, 1]);
  });
});

describe('one message to a queue', () => {
  it('goes alone, as it is', async () => {
    const { asked, ports } = sdk();
    await sendTo('https://queue', ports)({ closing: 'due' });
    expect(asked).toMatchObject([{ QueueUrl: 'https://queue', MessageBody: '{"closing":"due"}' }]);
  });

  it('goes later, where it is told to', async () => {
    const { asked, ports } = sdk();
    await sendTo('https://queue', ports)({}, { delaySeconds: 1 });
    await sendTo('https://queue', ports)({}, { delaySeconds: 0 });
    expect(asked[0]).toMatchObject({ DelaySeconds: 1 });
    expect(asked[1]).not.toHaveProperty('DelaySeconds');
  });

  it('that was not taken is told in the words of the house', async () => {
    const { ports } = sdk(Object.assign(new Error('slow down'), { name: 'ThrottlingException' }));
    await expect(sendTo('https://queue', ports)({})).rejects.toMatchObject({
      ...{ name: 'TransientError', facts: { reason: 'ThrottlingException' } },
    });
  });
});

describe('the parking queue', () => {
  const now = () => new Date('2026-11-24T11:30:00Z');
  const letter = { error: 'SoldOutError', message: 'm', consumer: 'irctc-booking-allocate', body: '{"n":1}' };
  const traceId = '0af7651916cd43dd8448eb211c80319c';

  it('holds the message with its reason, its trace and the way back', async () => {
    const { asked, ports } = sdk();
    await parkingQueue('https://parking', { client: ports.client, now }).park({
      ...letter,
      source: 'arn:aws:sqs:x',
      group: undefined,
      traceparent: `00-${traceId}-b7ad6b7169203331-01`,
      correlationId: 'corr-1',
    });
    const parked = ParkedMessage.parse(JSON.parse(String(asked[0]?.MessageBody)));
    expect(parked).toEqual({
      ...letter,
      source: 'arn:aws:sqs:x',
      parkedAt: '2026-11-24T11:30:00.000Z',
      correlationId: 'corr-1',
      traceId,
      traceparent: `00-${traceId}-b7ad6b7169203331-01`,
    });
    expect(asked[0]).toMatchObject({ QueueUrl: 'https://parking', MessageAttributes: { correlationId: {} } });
  });

  it('needs no trace', async () => {
    const { asked, ports } = sdk();
    await parkingQueue('https://parking', { client: ports.client }).park(letter);
    expect(JSON.parse(String(asked[0]?.MessageBody))).toEqual({ ...letter, parkedAt: expect.any(String) });
  });

  it('says when it took nothing', async () => {
    const { ports } = sdk(new Error('no such queue'));
    await expect(parkingQueue('https://parking', { client: ports.client }).park(letter)).rejects.toThrow(
      'no such queue',
    );
  });
});
