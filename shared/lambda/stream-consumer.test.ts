import { marshall } from '@aws-sdk/util-dynamodb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { NotFoundError, TransientError } from '../errors/index.ts';
import type { Letter } from '../messaging/queue.ts';
import { streamConsumer } from './index.ts';
import { keptLines, type Lines, lambdaContext } from './lambda.fixture.ts';

const Item = z.object({ pk: z.string(), amount: z.number(), event: z.object({ id: z.string() }) });
const lambda = lambdaContext('paytm-saga-relay-outbox');
const record = (item: object | undefined, eventID = 'e1') => ({
  eventID,
  eventName: 'INSERT',
  eventSource: 'aws:dynamodb',
  eventSourceARN: 'arn:aws:dynamodb:ap-south-1:000000000000:table/t/stream/s',
  dynamodb: item === undefined ? {} : { NewImage: marshall(item) },
});
const item = (id: string) => ({ pk: 'OUTBOX#1', amount: 12, event: { id } });

let lines: Lines;
let parked: Letter[];
let pauses: number[];
beforeEach(() => {
  lines = keptLines();
  parked = [];
  pauses = [];
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const consumer = (use: (items: readonly z.infer<typeof Item>[]) => Promise<void>) =>
  streamConsumer({
    accepts: Item,
    ports: () => ({}),
    handle: () => use,
    parking: () => ({ park: async (letter) => void parked.push(letter) }),
    chance: () => 0.5,
    pause: async (ms) => void pauses.push(ms),
  });

describe('a stream consumer', () => {
  it('hands over the items of a batch as they were written, in order', async () => {
    let seen: unknown;
    await consumer(async (items) => {
      seen = items;
    })({ Records: [record(item('a')), record(item('b'))] }, lambda);
    expect(seen).toEqual([item('a'), item('b')]);
    expect(lines.facts()).toMatchObject([{ message: 'batch done', count: 2, parked: 0 }]);
    expect(lines.metrics()).toMatchObject([{ Count: 2, Faults: 0 }]);
    expect(lines.spans()).toMatchObject([{ kind: 'consumer', attributes: { count: 2 } }]);
  });

  it('tries a batch again where that can help, with full jitter', async () => {
    let attempts = 0;
    await consumer(async () => {
      if (++attempts < 4) throw new TransientError({ reason: 'busy' });
    })({ Records: [record(item('a'))] }, lambda);
    expect(attempts).toBe(4);
    expect(pauses).toEqual([25, 50, 100]);
  });

  it('gives a batch back to the stream after a second, with nothing parked', async () => {
    const busy = new TransientError({ reason: 'busy' });
    const batch = consumer(() => Promise.reject(busy))({ Records: [record(item('a'))] }, lambda);
    await expect(batch).rejects.toBe(busy);
    expect(pauses.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(1000);
    expect(pauses.length).toBeGreaterThan(4);
    expect(parked).toEqual([]);
    expect(lines.metrics()).toMatchObject([{ Faults: 1 }]);
  });

  it('gives a batch back at once where trying again is of no use', async () => {
    const missing = new NotFoundError({ what: 'table', id: 't' });
    await expect(
      consumer(() => Promise.reject(missing))({ Records: [record(item('a'))] }, lambda),
    ).rejects.toBe(missing);
    await expect(
      consumer(() => Promise.reject(new TypeError('x')))({ Records: [record(item('a'))] }, lambda),
    ).rejects.toMatchObject({ name: 'UnexpectedError' });
    expect(pauses).toEqual([]);
    expect(lines.facts()[0]).toMatchObject({ level: 'ERROR', message: 'the stream brings the batch again' });
  });

  it('parks an item of another shape, and goes on with the rest', async () => {
    let seen: unknown;
    const Records = [record({ pk: 'OTHER' }, 'e1'), record(undefined, 'e2'), record(item('b'), 'e3')];
    await consumer(async (items) => {
      seen = items;
    })({ Records }, lambda);
    expect(seen).toEqual([item('b')]);
    expect(parked).toMatchObject([
      {
        error: 'InvalidInputError',
        body: '{"pk":"OTHER"}',
        messageId: 'e1',
        source: expect.stringContaining('stream'),
      },
      { error: 'InvalidInputError', body: '{}', messageId: 'e2' },
    ]);
    expect(lines.metrics()).toMatchObject([{ Count: 3, Faults: 2 }]);
  });

  describe('of which the stream brings a batch with an unreadable item again', () => {
    const bad = (eventID: string) => record({ pk: 'OTHER' }, eventID);

    it('parks it when the rest is done, not each time that the rest fails', async () => {
      let faults = 3;
      const work = consumer(async () => {
        if (faults-- > 0) throw new NotFoundError({ what: 'bus', id: 'b' });
      });
      const batch = { Records: [bad('e1'), record(item('a'), 'e2')] };
      for (let delivery = 1; delivery <= 3; delivery += 1)
        await expect(work(batch, lambda)).rejects.toThrow();
      expect(parked).toEqual([]);
      await work(batch, lambda);
      expect(parked.map(({ messageId }) => messageId)).toEqual(['e1']);
    });

    it('parks no item twice because another could not be parked', async () => {
      let faults = 2;
      const work = streamConsumer({
        accepts: Item,
        ports: () => ({}),
        handle: () => async () => undefined,
        parking: () => ({
          async park(letter) {
            if (letter.messageId === 'e2' && faults-- > 0) throw new TransientError({ reason: 'queue' });
            parked.push(letter);
          },
        }),
      });
      const batch = { Records: [bad('e1'), bad('e2'), bad('e3')] };
      await expect(work(batch, lambda)).rejects.toThrow();
      await expect(work(batch, lambda)).rejects.toThrow();
      await work(batch, lambda);
      expect(parked.map(({ messageId }) => messageId)).toEqual(['e1', 'e2', 'e3']);
    });
  });

  it('parks on the queue of the environment', () => {
    vi.stubEnv('AWS_LAMBDA_FUNCTION_NAME', 'paytm-saga-relay-outbox');
    const options = { accepts: Item, ports: () => ({}), handle: () => async () => undefined };
    expect(() => streamConsumer(options)).toThrow('The environment has no PARKING_QUEUE');
  });
});
