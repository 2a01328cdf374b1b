import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { eventOf } from '../../../shared/effects/index.ts';
import type { Session } from '../../../shared/lambda/index.ts';
import { keptLines } from '../../../shared/lambda/lambda.fixture.ts';
import { JUNCTIONS } from '../contract.mumbai.ts';
import { MOST_MESSAGES } from '../domain/chat.ts';
import {
  BURGER_KING,
  beingCooked,
  ORDER,
  TRACEPARENT,
  type trackingInMemory,
  wholeStory,
} from '../tracking.fixture.ts';

let tracking: ReturnType<typeof trackingInMemory>;
let rahul: Session;
let ravi: Session;
let kitchen: Session;
afterEach(() => {
  vi.restoreAllMocks();
});
beforeEach(async () => {
  keptLines();
  ({ tracking, rahul, ravi, kitchen } = await beingCooked());
});

describe('a chat', () => {
  it('is stored with who the sender is, answered with its place, and sent to all, the sender too', async () => {
    for (const one of [rahul, ravi, kitchen]) await tracking.subscribes(one);
    const answer = await tracking.chats(rahul, 'When will it come? कब आएगा?', 'm-1');
    expect(answer).toEqual({ order: ORDER, sequence: 6, at: tracking.clock.now().toISOString() });
    await tracking.chats(ravi, 'In ten minutes', 'm-1');
    await tracking.fansOut();
    for (const one of [rahul, ravi, kitchen]) {
      const chats = tracking
        .got(one)
        .flatMap((frame) => (frame.type === 'item' && frame.item.kind === 'chat' ? [frame.item] : []));
      expect(chats.map(({ sequence, from, text }) => [sequence, from, text])).toEqual([
        [6, 'customer', 'When will it come? कब आएगा?'],
        [7, 'rider', 'In ten minutes'],
      ]);
    }
    // Who was not there reads it later.
    const late = await tracking.connects(BURGER_KING, 'kitchen');
    expect((await tracking.subscribes(late, ORDER, 5)).items).toHaveLength(2);
    // What was written is in the log alone: not in what the city is told.
    const told = tracking.logs.all().filter(({ pk }) => String(pk).startsWith('OUTBOX#'));
    expect(JSON.stringify(told)).not.toContain('ten minutes');
    // And the trace goes on in it, to the last push.
    const last = told.map(eventOf).find(({ sequence }) => sequence === 7);
    expect(last).toMatchObject({ correlationid: 'c-chat', traceparent: TRACEPARENT });
  });

  it('is one message, however often it is sent; another text under its name is refused', async () => {
    const first = await tracking.chats(rahul, 'hello', 'm-1');
    tracking.clock.advance(5_000);
    expect(await tracking.chats(rahul, 'hello', 'm-1')).toEqual(first);
    await expect(tracking.chats(rahul, 'goodbye', 'm-1')).rejects.toMatchObject({
      name: 'IdempotencyKeyReusedError',
    });
    expect((await tracking.ports.orders.find(ORDER))?.tracked.head).toBe(6);
  });

  it('is limited a sender, not counting what comes again; others go on', async () => {
    for (let n = 0; n < MOST_MESSAGES; n += 1) await tracking.chats(rahul, 'hello', `m-${n}`);
    for (let n = 0; n < MOST_MESSAGES; n += 1) await tracking.chats(rahul, 'hello', `m-${n}`);
    await expect(tracking.chats(rahul, 'hello', 'm-more')).rejects.toMatchObject({
      name: 'TooManyRequestsError',
      retryAfterSeconds: expect.any(Number),
    });
    await tracking.chats(ravi, 'hello', 'm-1');
    tracking.clock.advance(10_000);
    await tracking.chats(rahul, 'hello', 'm-more');
  });

  it('ends with its order; the answer to what was written before is still there', async () => {
    const before = await tracking.chats(rahul, 'thank you', 'm-1');
    await tracking.hears(...wholeStory().slice(5));
    const ended = { name: 'OrderEndedError', status: 409, facts: { order: ORDER, state: 'DELIVERED' } };
    await expect(tracking.chats(rahul, 'one more thing', 'm-2')).rejects.toMatchObject(ended);
    await expect(tracking.isAt(ravi, JUNCTIONS.colaba)).rejects.toMatchObject(ended);
    expect(await tracking.chats(rahul, 'thank you', 'm-1')).toEqual(before);
  });

  it('by many at once is one log without a gap', async () => {
    const five = Array.from({ length: 5 }, (_, n) => n);
    await Promise.all(
      [rahul, ravi, kitchen].flatMap((one) => five.map((n) => tracking.chats(one, `${n}`, `m-${n}`))),
    );
    const { items } = await tracking.ports.orders.after(ORDER, 0);
    expect(items.map(({ sequence }) => sequence)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
  });
});
