/**
 * The outbox: events lie beside the change that causes them, in the same transaction, and leave afterwards, at
 * least once. The relay sends what the stream shows it; the sweeper what stayed behind.
 *
 * | Key | Value |
 * |---|---|
 * | pk | `OUTBOX#<shard>` |
 * | sk | id of the event |
 * | unsentShard (index unsent) | as pk, until the event is sent |
 * | createdAt | time of the commit |
 */
import { UnexpectedError } from '../errors/index.ts';
import { type Change, present, put, update, when } from './change.ts';
import type { Item, Key } from './item.ts';
import { shardOf } from './shard.ts';
import { ChangesRefused, type EffectStore } from './store.ts';

/** An event that is not committed yet. `shared/messaging` makes them; all that counts here is its identity. */
export interface OutgoingEvent {
  /** @default made by the commit */
  readonly id?: string;
  /** ISO 8601 UTC. @default the time of the commit */
  readonly time?: string;
}

/** An event in the outbox. */
export interface OutboxEvent extends OutgoingEvent {
  readonly id: string;
  readonly time: string;
}

export const OUTBOX_SHARDS = 4;

/** Sent events stay so long, for traces and questions. */
export const SENT_KEEP_DAYS = 30;

/** What the relay's stream subscription lets through: only the insertion of an outbox item. */
export const outboxStreamFilter = {
  eventName: ['INSERT'],
  dynamodb: { Keys: { pk: { S: [{ prefix: 'OUTBOX#' }] } } },
} as const;

const keyOfEvent = (id: string): Key => ({ pk: `OUTBOX#${shardOf(id, OUTBOX_SHARDS)}`, sk: id });

/** The changes that lay events into the outbox. */
export const outboxChanges = (
  events: readonly OutgoingEvent[],
  at: Date,
  ids: () => string,
): readonly Change[] =>
  events.map((event) => {
    const createdAt = at.toISOString();
    const committed: OutboxEvent = { ...event, id: event.id ?? ids(), time: event.time ?? createdAt };
    const key = keyOfEvent(committed.id);
    // put() refuses what is not plain data.
    return put(key, { event: { ...committed }, state: 'unsent', createdAt, unsentShard: key.pk });
  });

/** The event in an outbox item, as it was committed. @throws {TypeError} it is another item */
export const eventOf = <E extends OutboxEvent = OutboxEvent>({ pk, event }: Item): E => {
  if (!String(pk).startsWith('OUTBOX#') || typeof event !== 'object')
    throw new TypeError(`${pk} is no outbox item`);
  return event as unknown as E; // written by outboxChanges
};

/**
 * Marks events as sent, after the bus accepted them. From then on they expire. Marking twice changes nothing more.
 *
 * @throws {StoreBusy} try again; what was marked stays marked
 */
export const markSent = async (store: EffectStore, ids: readonly string[], at: Date): Promise<void> => {
  const set = {
    state: 'sent',
    sentAt: at.toISOString(),
    expiresAt: Math.floor(at.getTime() / 1000) + SENT_KEEP_DAYS * 24 * 60 * 60,
  };
  const stillThere = when(present(), () => new UnexpectedError({ reason: 'expired' }));
  await Promise.all(
    ids.map(async (id) => {
      try {
        await store.transact([update(keyOfEvent(id), { set, remove: ['unsentShard'] }, stillThere)]);
      } catch (caught) {
        // Sent long ago and expired since. Writing a stub in its place would only puzzle a reader.
        if (!(caught instanceof ChangesRefused)) throw caught;
      }
    }),
  );
};

/**
 * Events that are not marked as sent and were committed before `before`, the oldest of each shard first.
 *
 * @param limit at most so many a shard
 */
export const unsentBefore = async <E extends OutboxEvent = OutboxEvent>(
  store: EffectStore,
  { before, limit }: { before: Date; limit: number },
): Promise<readonly E[]> => {
  const shards = Array.from({ length: OUTBOX_SHARDS }, (_, shard) => `OUTBOX#${shard}`);
  const pages = await Promise.all(shards.map((pk) => store.query({ index: 'unsent', pk, limit })));
  return pages
    .flatMap(({ items }) => items)
    .filter(({ createdAt }) => String(createdAt) < before.toISOString())
    .map((item) => eventOf<E>(item));
};
