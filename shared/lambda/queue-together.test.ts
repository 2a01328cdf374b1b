/** A consumer that works on a whole batch in one go. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { NotFoundError, TransientError } from '../errors/index.ts';
import type { Letter } from '../messaging/queue.ts';
import { queueConsumer } from './index.ts';
import { keptLines, type Lines, lambdaContext, sqsRecord } from './lambda.fixture.ts';

const lambda = lambdaContext('irctc-booking-allocate');
let lines: Lines;
let parked: Letter[];
/** What was worked on, in one go each. */
let worked: (readonly number[])[];
beforeEach(() => {
  lines = keptLines();
  [parked, worked] = [[], []];
});
afterEach(() => vi.restoreAllMocks());

type Together = (messages: readonly { n: number }[]) => Promise<void>;
const all: Together = async (messages) => void worked.push(messages.map(({ n }) => n));
const consumer = (together: Together, single: (n: number) => Promise<void> = async () => undefined) =>
  queueConsumer({
    ...{ accepts: z.object({ n: z.int() }), ports: () => ({}), together: () => together },
    handle:
      () =>
      async ({ n }) => {
        await single(n);
        worked.push([n]);
      },
    ...{ parking: () => ({ park: async (letter) => void parked.push(letter) }), maxReceives: () => 3 },
  });
const inGroup = (n: unknown, group = 'a', receives = '1') =>
  sqsRecord(`m${n}`, { n }, { attributes: { ApproximateReceiveCount: receives, MessageGroupId: group } });
const again = ({ batchItemFailures }: { batchItemFailures: readonly { itemIdentifier: string }[] }) =>
  batchItemFailures.map(({ itemIdentifier }) => itemIdentifier);

it('hands over all messages of a batch at once, in their order, and each is done in a span of its own', async () => {
  const Records = [inGroup(1), inGroup(2, 'b'), inGroup(3)];
  expect(again(await consumer(all)({ Records }, lambda))).toEqual([]);
  expect(worked).toEqual([[1, 2, 3]]);
  const spans = lines.spans().filter(({ name }) => String(name).endsWith('message'));
  expect(spans.map(({ attributes }) => attributes)).toMatchObject([1, 2, 3].map(() => ({ fate: 'done' })));
  expect(lines.metrics()).toMatchObject([{ Count: 3, Faults: 0 }]);
});

it('works on one message as ever', async () => {
  await consumer(all)({ Records: [inGroup(1)] }, lambda);
  expect(worked).toEqual([[1]]);
  expect(lines.spans()).toHaveLength(2);
});

it.each([
  ['a retry can help', new TransientError({ reason: 'busy' })],
  ['none can', new NotFoundError({ what: 'booking', id: 'b1' })],
])('works on each by itself after an error, where %s, so that one fails alone', async (_, error) => {
  const fails: Together = () => Promise.reject(error);
  const single = async (n: number) => {
    if (n === 1) throw error;
  };
  const left = again(await consumer(fails, single)({ Records: [inGroup(1), inGroup(2, 'b')] }, lambda));
  expect(left).toEqual(error.retryable ? ['m1'] : []);
  expect(parked).toHaveLength(error.retryable ? 0 : 1);
  expect(worked).toEqual([[2]]);
  expect(lines.facts()).toContainEqual(
    expect.objectContaining({ level: 'WARN', message: 'messages are worked on one by one', count: 2 }),
  );
});

it('works on each by itself where one is not what the queue holds: that one is parked', async () => {
  const Records = [inGroup('one'), inGroup(2), inGroup(3)];
  expect(again(await consumer(all)({ Records }, lambda))).toEqual([]);
  expect(worked).toEqual([[2], [3]]);
  expect(parked).toMatchObject([{ error: 'InvalidInputError', messageId: 'mone' }]);
});

it('works on each by itself where one comes again, which may be what failed', async () => {
  const Records = [inGroup(1, 'a', '2'), inGroup(2)];
  expect(again(await consumer(all)({ Records }, lambda))).toEqual([]);
  expect(worked).toEqual([[1], [2]]);
});
