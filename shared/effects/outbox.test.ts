import { describe, expect, it } from 'vitest';
import type { OutgoingEvent } from '../messaging/events.ts';
import { ConnectionLost, sequenceIds } from '../testing/index.ts';
import { memoryStore } from './memory-store.ts';
import { eventOf, markSent, outboxChanges, unsentBefore } from './outbox.ts';

const event = (id?: string): OutgoingEvent => ({
  ...(id === undefined ? {} : { id }),
  specversion: '1.0',
  source: 'paytm-saga',
  type: 'paytm-saga.FundsHeld',
  subject: 'payment_1',
  datacontenttype: 'application/json',
  dataschema: 'urn:dabbawala:schema:paytm-saga.FundsHeld:1',
  correlationid: 'c',
  data: { amount: 1 },
});
const early = new Date('2026-11-24T11:30:00.000Z');
const late = new Date('2026-11-24T11:31:00.000Z');

const setUp = async () => {
  const store = memoryStore();
  const ids = ['a', 'b', 'c', 'd', 'e', 'f'];
  await store.transact(outboxChanges(ids.map(event), early, sequenceIds()));
  await store.transact(outboxChanges([event('late')], late, sequenceIds()));
  const unsent = async (before: Date, limit = 10) =>
    (await unsentBefore(store, { before, limit })).map(({ id }) => id).sort();
  return { store, ids, unsent };
};

describe('the outbox', () => {
  it('keeps an event as unsent, with the id and time that it has or gets', async () => {
    const store = memoryStore();
    await store.transact(outboxChanges([event()], early, sequenceIds()));
    const [item = {}] = store.all();
    const id = '00000000-0000-7000-8000-000000000001';
    expect(item).toMatchObject({
      sk: id,
      state: 'unsent',
      unsentShard: item.pk,
      createdAt: early.toISOString(),
    });
    expect(item).not.toHaveProperty('expiresAt');
    expect(eventOf(item)).toEqual({ ...event(id), time: early.toISOString() });
  });

  it('keeps what has one partition key under one key, in whose stream it stays in order, and finds it to mark it', async () => {
    const store = memoryStore();
    const events = ['a', 'b', 'c', 'd', 'e', 'f'].map((id) => ({ ...event(id), partitionkey: '12951|3A' }));
    await store.transact(outboxChanges(events, early, sequenceIds()));
    expect(new Set(store.all().map(({ pk }) => pk)).size).toBe(1);
    await markSent(store, store.all().map(eventOf), late);
    expect(store.all().map(({ state }) => state)).toEqual(events.map(() => 'sent'));
  });

  it('tells the sweeper what was committed before a moment and is not sent', async () => {
    const { store, ids, unsent } = await setUp();
    expect(await unsent(early)).toEqual([]);
    expect(await unsent(late)).toEqual(ids);
    await markSent(store, [{ id: 'b' }, { id: 'e' }], late);
    expect(await unsent(late)).toEqual(['a', 'c', 'd', 'f']);
    expect(await unsent(new Date(late.getTime() + 1))).toEqual(['a', 'c', 'd', 'f', 'late']);
    expect((await unsent(late, 1)).length).toBeLessThanOrEqual(4);
  });

  it('lets an event expire only once it is sent, and marks it twice without harm', async () => {
    const { store } = await setUp();
    await markSent(store, [{ id: 'a' }], late);
    const sent = store.all().find(({ sk }) => sk === 'a') ?? {};
    expect(sent).toMatchObject({
      state: 'sent',
      sentAt: late.toISOString(),
      expiresAt: Date.parse('2026-12-24T11:31:00Z') / 1000,
    });
    expect(sent).not.toHaveProperty('unsentShard');
    await markSent(store, [{ id: 'a' }], late);
    expect(store.all()).toContainEqual(sent);
  });

  it('writes nothing for an event that is gone, and passes on what else goes wrong', async () => {
    const { store } = await setUp();
    const before = store.all();
    await markSent(store, [{ id: 'gone' }], late);
    expect(store.all()).toEqual(before);
    const broken = { ...store, transact: () => Promise.reject(new ConnectionLost()) };
    await expect(markSent(broken, [{ id: 'a' }], late)).rejects.toBeInstanceOf(ConnectionLost);
  });

  it.each([{ pk: 'wallet#1', event: {} }, { pk: 'OUTBOX#1' }])('reads no event from %j', (item) => {
    expect(() => eventOf(item)).toThrow('is no outbox item');
  });
});
