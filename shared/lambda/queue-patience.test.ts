/** A consumer that parks what fails too often, so that the group goes on. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { HouseError, TransientError } from '../errors/index.ts';
import type { Letter } from '../messaging/queue.ts';
import { type MessageContext, queueConsumer } from './index.ts';
import { keptLines, type Lines, lambdaContext, sqsRecord } from './lambda.fixture.ts';

class SoldOutError extends HouseError<{ train: string }> {
  override readonly name = 'SoldOutError';
  override readonly status = 409;
}

const lambda = lambdaContext('irctc-booking-notify');
const busy = new TransientError({ reason: 'ThrottlingException' });
let lines: Lines;
let parked: Letter[];
let pauses: number[];
/** Every try: which message, and which attempt of its handler it was told to be. */
let tried: (readonly [number, number])[];
beforeEach(() => {
  lines = keptLines();
  [parked, pauses, tried] = [[], [], []];
});
afterEach(() => vi.restoreAllMocks());

type Use = (n: number, attempt: number) => Promise<void>;
const consumer = (use: Use, park = async (letter: Letter) => void parked.push(letter)) =>
  queueConsumer({
    accepts: z.object({ n: z.int() }),
    ports: () => ({}),
    handle:
      () =>
      async ({ n }, { attempt }: MessageContext) => {
        tried.push([n, attempt]);
        await use(n, attempt);
      },
    ...{ parking: () => ({ park }), maxReceives: () => 3, chance: () => 0.5, parksAfter: 3 },
    pause: async (ms: number) => void pauses.push(ms),
  });
const inGroup = (n: number, group = 'a', receives = '1') =>
  sqsRecord(`m${n}`, { n }, { attributes: { ApproximateReceiveCount: receives, MessageGroupId: group } });
const again = ({ batchItemFailures }: { batchItemFailures: readonly { itemIdentifier: string }[] }) =>
  batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);

describe('a consumer whose groups go on', () => {
  it('tries again what failed for a moment, after a pause of full jitter, and says so', async () => {
    const use: Use = async (_, attempt) => {
      if (attempt < 3) throw busy;
    };
    expect(again(await consumer(use)({ Records: [inGroup(1)] }, lambda))).toEqual([]);
    expect(tried).toEqual([
      [1, 1],
      [1, 2],
      [1, 3],
    ]);
    expect(pauses).toEqual([100, 200]);
    expect(parked).toEqual([]);
    expect(lines.facts()).toMatchObject([
      { level: 'WARN', message: 'message is tried again', messageId: 'm1', attempt: 1 },
      { level: 'WARN', message: 'message is tried again', messageId: 'm1', attempt: 2 },
      { level: 'INFO', message: 'message done' },
    ]);
    expect(lines.spans()[0]).toMatchObject({ status: 'ok', attributes: { fate: 'done', attempts: 3 } });
  });

  it('parks once what fails every time, with reason, attempts and group, and works on what is behind it', async () => {
    const use: Use = async (n) => {
      if (n === 1) throw busy;
    };
    const records = [inGroup(1, 'a', '2'), inGroup(2), inGroup(3, 'b')];
    expect(again(await consumer(use)({ Records: records }, lambda))).toEqual([]);
    expect(parked).toMatchObject([
      {
        ...{ error: 'TransientError', message: 'TransientError: reason=ThrottlingException' },
        ...{ messageId: 'm1', group: 'a', source: records[0]?.eventSourceARN, attempts: 4 },
      },
    ]);
    expect(tried.filter(([n]) => n === 1)).toHaveLength(3);
    expect(tried).toContainEqual([2, 1]);
    expect(tried.findIndex(([n]) => n === 2)).toBeGreaterThan(tried.findLastIndex(([n]) => n === 1));
    expect(lines.spans().find(({ status }) => status === 'error')).toMatchObject({
      attributes: { fate: 'parked', attempts: 3 },
    });
  });

  it('leaves a message that could not be parked where it is, and all behind it', async () => {
    const use: Use = async (n) => {
      if (n === 1) throw busy;
    };
    const handler = consumer(use, async () => Promise.reject(new Error('no such queue')));
    const records = [inGroup(1), inGroup(2), inGroup(3, 'b')];
    expect(again(await handler({ Records: records }, lambda))).toEqual(['m1', 'm2']);
    expect(tried.map(([n]) => n)).not.toContain(2);
    expect(lines.facts()).toContainEqual(expect.objectContaining({ message: 'message could not be parked' }));
  });

  it('does not try again what no retry can help, also when that shows at the second try', async () => {
    const use: Use = async (_, attempt) => {
      throw attempt === 1 ? busy : new SoldOutError({ train: '12951' });
    };
    expect(again(await consumer(use)({ Records: [inGroup(1)] }, lambda))).toEqual([]);
    expect(tried).toHaveLength(2);
    expect(parked).toMatchObject([{ error: 'SoldOutError', attempts: 2 }]);
  });

  it('leaves time to park and to answer, whatever tries there are left', async () => {
    const use: Use = async () => Promise.reject(busy);
    // The pause would be 100 ms, and parking and answering get a second.
    await consumer(use)({ Records: [inGroup(1)] }, lambdaContext('f', 1_100));
    expect([tried.length, pauses, parked.length]).toEqual([1, [], 1]);
    await consumer(use)({ Records: [inGroup(2)] }, lambdaContext('f', 1_101));
    expect([tried.length, pauses, parked.length]).toEqual([3, [100], 2]);
  });

  it('is not what others are: they try once, and the message comes again', async () => {
    const use: Use = async () => Promise.reject(busy);
    const handler = queueConsumer({
      accepts: z.object({ n: z.int() }),
      ports: () => ({}),
      handle:
        () =>
        async ({ n }, { attempt }) => {
          tried.push([n, attempt]);
          await use(n, attempt);
        },
      ...{
        parking: () => ({ park: async (letter: Letter) => void parked.push(letter) }),
        maxReceives: () => 3,
      },
    });
    expect(again(await handler({ Records: [inGroup(1), inGroup(2)] }, lambda))).toEqual(['m1', 'm2']);
    expect([tried, parked]).toEqual([[[1, 1]], []]);
  });
});
