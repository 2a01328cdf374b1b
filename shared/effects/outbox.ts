/**
 * The outbox: events lie beside the change that causes them, in the same transaction, and leave afterwards, at
 * least once. The relay sends what the stream shows it; the sweeper what stayed behind.
 *
 * | Key | Value |
 * |---|---|
 * | pk | `OUTBOX#<shard>`; events of one partition key share theirs, since a stream keeps order within a pk alone |
 * | sk | id of the event |
 * | unsentShard (index unsent) | as pk, until the event is sent |
 * | createdAt | time of the commit |
 */
import { NotFoundError } from '../errors/index.ts';
import type { CloudEvent, OutgoingEvent } from '../messaging/events.ts';
import { iso } from '../time/index.ts';
import { type Change, type Guard, present, put, update, when } from './change.ts';
import type { Item, Key } from './item.ts';
import { shardOf } from './shard.ts';
import { ChangesRefused, type EffectStore } from './store.ts';

export const OUTBOX_SHARDS = 4;

/** Sent events stay so long, for traces and questions. */
export const SENT_KEEP_DAYS = 30;

/** By what an event is found again: id and, where it has one, partition key. */
type Told = Pick<CloudEvent, 'id' | 'partitionkey'>;

const keyOfEvent = ({ id, partitionkey }: Told): Key => ({
  pk: `OUTBOX#${shardOf(partitionkey ?? id, OUTBOX_SHARDS)}`,
  sk: id,
});

/** The changes that lay events into the outbox. */
export const outboxChanges = (
  events: readonly OutgoingEvent[],
  at: Date,
  ids: () => string,
): readonly Change[] =>
  events.map((event) => {
    const createdAt = iso(at);
    const committed: CloudEvent = { ...event, id: event.id ?? ids(), time: event.time ?? createdAt };
    const key = keyOfEvent(committed);
    const item = { ...committed } as Item; // put() refuses what is not plain data
    return put(key, { event: item, state: 'unsent', createdAt, unsentShard: key.pk });
  });

/** The event in an outbox item, as it was committed. @throws {TypeError} it is another item */
export const eventOf = ({ pk, event }: Item): CloudEvent => {
  if (!String(pk).startsWith('OUTBOX#') || typeof event !== 'object')
    throw new TypeError(`${pk} is no outbox item`);
  return event as unknown as CloudEvent; // written by outboxChanges
};

/**
 * Marks events as sent, after the bus accepted them. From then on they expire. Marking twice changes nothing more.
 *
 * @throws {StoreBusy} try again; what was marked stays marked
 */
export const markSent = async (store: EffectStore, events: readonly Told[], at: Date): Promise<void> => {
  const set = {
    state: 'sent',
    sentAt: iso(at),
    expiresAt: Math.floor(at.getTime() / 1000) + SENT_KEEP_DAYS * 24 * 60 * 60,
  };
  await Promise.all(
    events.map(async (event) => {
      try {
        const change = { set, remove: ['unsentShard'] };
        await store.transact([update(keyOfEvent(event), change, stillThere(event.id))]);
      } catch (caught) {
        // Sent long ago and expired since. Writing a stub in its place would only puzzle a reader.
        if (!(caught instanceof ChangesRefused)) throw caught;
      }
    }),
  );
};

const stillThere = (id: string): Guard => when(present(), () => new NotFoundError({ what: 'event', id }));

/**
 * Events that are not marked as sent and were committed before `before`, the oldest of each shard first.
 *
 * @param limit at most so many a shard
 */
export const unsentBefore = async (
  store: EffectStore,
  { before, limit }: { before: Date; limit: number },
): Promise<readonly CloudEvent[]> => {
  const shards = Array.from({ length: OUTBOX_SHARDS }, (_, shard) => `OUTBOX#${shard}`);
  const pages = await Promise.all(shards.map((pk) => store.query({ index: 'unsent', pk, limit })));
  return pages
    .flatMap(({ items }) => items)
    .filter(({ createdAt }) => String(createdAt) < iso(before))
    .map((item) => eventOf(item));
};
